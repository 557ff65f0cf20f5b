//! Finding methods (perlobj), and the class of an invocant.

use super::Vm;
use super::die::{Die, Exec};
use crate::value::{Code, Glob, HasSide, Rc, Stash, Symbols, Val};

impl Vm {
    /// The class of an invocant: of an object, of a handle, or the one a name means.
    pub(super) fn class_of(&mut self, invocant: &Val) -> Exec<Option<Rc<Stash>>> {
        if let Some(stash) = invocant.blessed() {
            return Ok(Some(stash));
        }
        match invocant {
            Val::GRef(glob) | Val::Glob(glob) if glob.io().is_some() => {
                let own = glob.io().and_then(|io| io.blessed());
                Ok(Some(own.unwrap_or_else(|| self.symbols.stash("IO::File"))))
            }
            Val::IoRef(_) => Ok(Some(self.symbols.stash("IO::File"))),
            Val::Str(_)
            | Val::Dual(_)
            | Val::Int(_)
            | Val::Num(_)
            | Val::UInt(_)
            | Val::Glob(_)
            | Val::Bool(_) => {
                let name = invocant.to_str();
                let name = name.to_str_lossy();
                let name = name.strip_prefix('*').unwrap_or(&name);
                let name = name.strip_suffix("::").unwrap_or(name);
                if name.is_empty() {
                    return Ok(None);
                }
                match self.symbols.stash_if(name) {
                    None if self.handle_named(invocant).is_some() => {
                        Ok(Some(self.symbols.stash("IO::File")))
                    }
                    stash => Ok(stash),
                }
            }
            _ => Ok(None),
        }
    }

    /// The handle a plain string means as an invocant: one of that name, where no package has it.
    pub(super) fn handle_named(&self, invocant: &Val) -> Option<Rc<Glob>> {
        let Val::Str(text) = invocant else {
            return None;
        };
        let name = text.to_str_lossy();
        let name = name.strip_suffix("::").unwrap_or(&name);
        if name.is_empty() || self.symbols.stash_if(name).is_some() {
            return None;
        }
        let name = Symbols::qualify(name.strip_prefix('*').unwrap_or(name), &self.package());
        self.symbols
            .glob_if(&name)
            .filter(|glob| glob.io().is_some())
    }

    /// IO::File for a reference to a glob with a handle, and for a handle's name.
    pub fn handle_class(&self, object: &Val) -> Option<Rc<Stash>> {
        let handle = match object {
            Val::GRef(glob) => glob.io().is_some(),
            Val::IoRef(_) => true,
            name => self.handle_named(name).is_some(),
        };
        handle.then(|| self.symbols.stash("IO::File"))
    }

    /// The method to call on a handle that was named by a string; it gets a reference to the glob
    /// as its invocant (perlobj "Invoking Class Methods").
    pub(super) fn method_of_handle(
        &mut self,
        handle: Rc<Glob>,
        at: usize,
        name: &str,
    ) -> Exec<Rc<Code>> {
        let invocant = Val::GRef(handle);
        self.put_raw_at(at, invocant.clone());
        self.method_of(&invocant, name)
    }

    /// The method to call on an invocant, AUTOLOAD considered.
    pub(in crate::vm) fn method_of(&mut self, invocant: &Val, name: &str) -> Exec<Rc<Code>> {
        if let Some((class, method)) = name.rsplit_once("::") {
            return self.method_in(invocant, class, method);
        }
        match self.class_of(invocant)? {
            Some(stash) => self.method_from(&stash, name, invocant),
            None => self.method_of_unknown(invocant, name),
        }
    }

    fn method_from(&mut self, stash: &Rc<Stash>, name: &str, invocant: &Val) -> Exec<Rc<Code>> {
        if let Some(code) = stash.find_method(name) {
            if code.is_defined() {
                return Ok(code);
            }
            // Declared only: AUTOLOAD gets the name of the class that declared it.
            if let Some(auto) = self.autoload_for(&code)? {
                return Ok(auto);
            }
        }
        // import and unimport are not missed, not by AUTOLOAD either (perlfunc use).
        if name == "import" || name == "unimport" {
            return Ok(Code::constant(Vec::new()));
        }
        if let Some(auto) = self.autoload_in(stash, name)? {
            return Ok(auto);
        }
        if &*stash.name() == "IO::File" && self.load_io_file()? {
            return self.method_from(stash, name, invocant);
        }
        Err(self.no_method(name, &stash.name(), invocant))
    }

    /// Handles know the methods of IO::File, which is loaded when one is first missed (perlfunc open). False where it
    /// had been loaded before.
    fn load_io_file(&mut self) -> Exec<bool> {
        let inc = self.symbols.glob("main::INC").hash_mut();
        if inc.get_str("IO/File.pm").is_some() {
            return Ok(false);
        }
        let Some(host) = self.host.clone() else {
            return Ok(false);
        };
        host.require(self, &Val::str("IO/File.pm"), true)?;
        Ok(true)
    }

    /// A method looked for in a named class (`$o->Other::m`) or behind one (`SUPER::m`).
    pub(super) fn method_in(&mut self, invocant: &Val, class: &str, name: &str) -> Exec<Rc<Code>> {
        let (home, behind) = match class.strip_suffix("SUPER") {
            Some("") => (self.package().to_string(), true),
            Some(home) if home.ends_with("::") => (home.trim_end_matches(':').to_string(), true),
            _ => (class.to_string(), false),
        };
        if !behind {
            let Some(stash) = self.symbols.stash_if(&home) else {
                if name == "import" || name == "unimport" {
                    return Ok(Code::constant(Vec::new()));
                }
                return Err(self.no_method(name, &home, invocant));
            };
            return self.method_from(&stash, name, invocant);
        }
        let stash = self.symbols.stash(&home);
        if let Some(code) = stash.find_super(name) {
            if code.is_defined() {
                return Ok(code);
            }
            if let Some(auto) = self.autoload_for(&code)? {
                return Ok(auto);
            }
        }
        if name == "import" || name == "unimport" {
            return Ok(Code::constant(Vec::new()));
        }
        if let Some(auto) = stash.find_super("AUTOLOAD") {
            let home = auto
                .name()
                .map_or_else(|| stash.name(), |(package, _)| package);
            let cell = self.symbols.glob(&format!("{home}::AUTOLOAD")).scalar();
            self.store(&cell, Val::str(&format!("{}::SUPER::{name}", stash.name())))?;
            return Ok(auto);
        }
        Err(self.die(format!(
            "Can't locate object method \"{name}\" via package \"{home}::SUPER\""
        )))
    }

    #[cold]
    fn method_of_unknown(&mut self, invocant: &Val, name: &str) -> Exec<Rc<Code>> {
        if invocant.is_undef() {
            return Err(self.die(format!(
                "Can't call method \"{name}\" on an undefined value"
            )));
        }
        if invocant.is_ref() {
            return Err(self.die(format!(
                "Can't call method \"{name}\" on unblessed reference"
            )));
        }
        let class = invocant.to_str();
        if class.is_empty() {
            return Err(self.die(format!(
                "Can't call method \"{name}\" without a package or object reference"
            )));
        }
        let class = class.to_str_lossy().into_owned();
        // UNIVERSAL's methods work on any name.
        let universal = self.symbols.stash("UNIVERSAL");
        if let Some(code) = universal.find_method(name) {
            return Ok(code);
        }
        if name == "import" || name == "unimport" {
            return Ok(Code::constant(Vec::new()));
        }
        if let Some(auto) = universal.find_method("AUTOLOAD") {
            let cell = self.symbols.glob("UNIVERSAL::AUTOLOAD").scalar();
            self.store(&cell, Val::str(&format!("{class}::{name}")))?;
            return Ok(auto);
        }
        Err(self.no_method(name, &class, invocant))
    }

    #[cold]
    fn no_method(&mut self, name: &str, class: &str, invocant: &Val) -> Die {
        let known = self.symbols.stash_if(class).is_some();
        if known || invocant.is_blessed() {
            return self.die(format!(
                "Can't locate object method \"{name}\" via package \"{class}\""
            ));
        }
        self.die(format!(
            "Can't locate object method \"{name}\" via package \"{class}\" (perhaps you forgot to load \"{class}\"?)"
        ))
    }

    /// Is the invocant (an object or a class name) of that class (UNIVERSAL::isa)?
    pub fn is_a(&mut self, invocant: &Val, class: &str) -> Exec<bool> {
        let class = class.strip_prefix("main::").unwrap_or(class);
        match self.class_of(invocant)? {
            Some(stash) => Ok(stash.isa(class)),
            None if invocant.is_ref() => Ok(invocant.ref_name().is_some_and(|n| n == *class)),
            None => Ok(invocant.to_str() == *class),
        }
    }
}
