//! Globs: assignment, slots, definedness, aliases by reference, undef.

use crate::bytecode::{G, Op, R, U};
use crate::text::PerlStr;
use crate::value::code::{Body, bit::FORWARD};
use crate::value::{Glob, Rc, Scalar, Symbols, Val, glob::bit};
use crate::vm::{Exec, Vm};

impl Vm {
    pub(in crate::vm) fn glob_assign(&mut self, g: R, s: R) -> Exec {
        let target = self.get(g)?;
        let Some(glob) = self.glob_of(&target)? else {
            return Err(self.die("Not a GLOB reference"));
        };
        let val = self.get(s)?;
        self.assign_glob(&glob, val)
    }

    /// `*glob = val`
    pub fn assign_glob(&mut self, glob: &Rc<Glob>, val: Val) -> Exec {
        match &val {
            Val::Undef => {
                self.warn(
                    crate::diag::warnings::Category::Misc,
                    "Undefined value assigned to typeglob",
                )?;
                return Ok(());
            }
            Val::Str(_) | Val::Int(_) | Val::Num(_) | Val::Dual(_) => {
                let name = val.to_str().to_str_lossy().into_owned();
                let full = Symbols::qualify(&name, &self.package());
                let other = self.symbols.glob(&full);
                glob.alias(&other);
                return Ok(());
            }
            Val::ARef(array) if glob.same(&self.names.underscore) => {
                if self.set_args(array.clone(), false) {
                    return Ok(());
                }
            }
            Val::Glob(other) | Val::GRef(other) if glob.same(&self.names.underscore) => {
                self.set_args(other.array_mut(), false);
            }
            _ => {}
        }
        let foreign = *self.package() != *glob.package();
        if foreign {
            glob.set_bits(match &val {
                Val::SRef(_) => bit::IMPORTED_SCALAR,
                Val::ARef(_) => bit::IMPORTED_ARRAY,
                Val::HRef(_) => bit::IMPORTED_HASH,
                Val::CRef(_) => bit::IMPORTED_CODE,
                Val::Glob(_) | Val::GRef(_) => {
                    bit::IMPORTED_SCALAR
                        | bit::IMPORTED_ARRAY
                        | bit::IMPORTED_HASH
                        | bit::IMPORTED_CODE
                }
                _ => 0,
            });
        }
        if let Val::CRef(code) = &val {
            if let Some(old) = glob.code()
                && (old.is_defined() || old.bits() & FORWARD != 0)
                && !old.same(code)
            {
                self.warn_redefined(&old, code, &glob.full_name())?;
            }
        }
        let stash_hash = matches!(&val, Val::HRef(_)) && glob.name().ends_with("::");
        if !glob.assign_ref(&val) {
            return Err(self.die("Can't assign to a typeglob"));
        }
        if stash_hash {
            crate::value::stash::next_generation();
        }
        Ok(())
    }

    /// `*glob{THING}`
    pub(in crate::vm) fn glob_slot(&mut self, d: R, x: R, key: R) -> Exec {
        let thing = self.get(key)?;
        let thing = self.str(&thing)?;
        let val = self.get(x)?;
        let Some(glob) = self.glob_of(&val)? else {
            return self.put(d, Val::Undef);
        };
        let got = match &*thing.to_str_lossy() {
            "SCALAR" => Val::SRef(glob.scalar()),
            "ARRAY" => glob.array().map_or(Val::Undef, Val::ARef),
            "HASH" => glob.hash().map_or(Val::Undef, Val::HRef),
            "CODE" => glob.code().map_or(Val::Undef, Val::CRef),
            "IO" | "FILEHANDLE" => glob.io().map_or(Val::Undef, Val::IoRef),
            "FORMAT" => glob.format().map_or(Val::Undef, Val::FRef),
            "GLOB" => Val::GRef(glob),
            "NAME" => Val::Str(PerlStr::from(&*glob.name())),
            "PACKAGE" => Val::Str(PerlStr::from(&*glob.package())),
            _ => Val::Undef,
        };
        self.put(d, got)
    }

    pub(in crate::vm) fn global_defined(&mut self, kind: u8, d: R, g: G) -> Exec {
        let glob = self.global(g);
        let answer = match kind {
            0 => glob.code().is_some_and(|code| code.is_defined()),
            1 => glob.code().is_some(),
            2 => glob.array().is_some_and(|a| !a.is_empty()),
            _ => glob.hash().is_some_and(|h| !h.is_empty()),
        };
        self.put(d, Val::Bool(answer))
    }

    /// The entry a reference makes of a lexical, by kind.
    fn alias_entry(&mut self, kind: u8, val: Val) -> Exec<Val> {
        if !val.is_ref() {
            return Err(self.die("Assigned value is not a reference"));
        }
        let (entry, wanted) = match (kind, &val) {
            (0, Val::SRef(cell)) => (Some(Val::Cell(cell.clone())), "a SCALAR"),
            (1, Val::ARef(_)) | (2, Val::HRef(_)) => (Some(val.clone()), ""),
            (3, Val::CRef(_)) => (Some(Val::Cell(Scalar::new(val.clone()))), ""),
            (0, _) => (None, "a SCALAR"),
            (1, _) => (None, "an ARRAY"),
            (2, _) => (None, "a HASH"),
            _ => (None, "a CODE"),
        };
        match entry {
            Some(entry) => Ok(entry),
            None => Err(self.die(format!("Assigned value is not {wanted} reference"))),
        }
    }

    pub(in crate::vm) fn alias_var(&mut self, kind: u8, x: R, s: R) -> Exec {
        let val = self.get(s)?;
        let entry = self.alias_entry(kind, val)?;
        self.put_raw(x, entry);
        Ok(())
    }

    pub(in crate::vm) fn alias_up(&mut self, kind: u8, u: U, s: R) -> Exec {
        let val = self.get(s)?;
        let entry = self.alias_entry(kind, val)?;
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let place = frame.captures.cast_mut();
        // SAFETY: the closure's captures live while the frame does; the entry is replaced whole
        // and the old one dropped after.
        let old = unsafe { std::mem::replace(&mut *place.add(u as usize), entry) };
        drop(old);
        Ok(())
    }

    pub(in crate::vm) fn alias_elem(&mut self, kind: u8, c: R, i: R) -> Exec {
        // SAFETY: an Ext follows.
        let Op::Ext(_, s, ..) = (unsafe { *self.pc }) else {
            return Ok(());
        };
        let val = self.get(s)?;
        let entry = self.alias_entry(0, val)?;
        if kind == 0 {
            let i = self.index_reg(i)?;
            let array = self.arr(c);
            let Some(at) = array.index(i) else {
                return Err(self.not_creatable(i));
            };
            return Ok(array.set_raw(at, entry)?);
        }
        let key = self.get(i)?;
        let key = self.hash_key(&key)?;
        let hash = self.hash(c);
        Ok(hash.set_raw(&key, entry)?)
    }

    pub(in crate::vm) fn undef_thing(&mut self, kind: u8, x: R) -> Exec {
        match kind {
            0 => {
                // SAFETY: a register of the frame.
                if let Val::Cell(cell) = unsafe { &*self.reg(x) } {
                    let cell = cell.clone();
                    return self.store(&cell, Val::Undef);
                }
                self.put_raw(x, Val::Undef);
                Ok(())
            }
            1 | 2 => self.empty(x),
            3 => {
                let val = self.get(x)?;
                if let Some(code) = self.code_of(&val)? {
                    code.set_body(Body::Stub);
                }
                Ok(())
            }
            _ => {
                let val = self.get(x)?;
                if let Some(glob) = self.glob_of(&val)? {
                    drop(glob.take_slots());
                }
                Ok(())
            }
        }
    }
}
