//! How a value names a handle or a glob (perldata "Typeglobs and Filehandles").

use super::Vm;
use super::die::Exec;
use crate::value::{Glob, Io, Rc, Symbols, Val};

impl Vm {
    /// The handle a value means: a glob, a reference to one, an IO reference, an object that
    /// derefs to a glob, or a name.
    pub fn io_of(&mut self, val: &Val) -> Exec<Option<Rc<Io>>> {
        match val {
            Val::IoRef(io) => Ok(Some(io.clone())),
            _ => Ok(self.glob_if(val)?.and_then(|glob| glob.io())),
        }
    }

    /// The glob a value means. A name makes one.
    pub fn glob_of(&mut self, val: &Val) -> Exec<Option<Rc<Glob>>> {
        match self.handle_name_of(val) {
            Some(full) => Ok(Some(self.symbols.glob(&full))),
            None => self.glob_if(val),
        }
    }

    /// The full name a value is, where it is no reference and no glob.
    fn handle_name_of(&self, val: &Val) -> Option<String> {
        if !matches!(val, Val::Dual(_) | Val::Str(_) | Val::Int(_) | Val::Num(_)) {
            return None;
        }
        let name = val.to_str();
        let name = (!name.is_empty()).then_some(name)?;
        Some(Symbols::qualify(&name.to_str_lossy(), &self.package()))
    }

    /// The glob a value means, if there is one: a name makes none.
    pub fn glob_if(&mut self, val: &Val) -> Exec<Option<Rc<Glob>>> {
        if let Some(full) = self.handle_name_of(val) {
            return Ok(self.symbols.glob_if(&full));
        }
        match val {
            Val::Glob(glob) | Val::GRef(glob) => return Ok(Some(glob.clone())),
            Val::SRef(cell) => {
                let inner = self.fetch(cell)?;
                if let Val::Glob(glob) = inner {
                    return Ok(Some(glob));
                }
            }
            Val::Undef | Val::Hole => return Ok(None),
            _ => {}
        }
        if val.is_overloaded()
            && let Some(got) = self.overload_deref(val, "*{}")?
            && let Val::Glob(glob) | Val::GRef(glob) = got
        {
            return Ok(Some(glob));
        }
        Ok(None)
    }
}
