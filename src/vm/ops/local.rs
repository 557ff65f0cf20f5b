//! `local`, `defer`, and what happens to scopes.

use crate::bytecode::{G, NO, R};
use crate::value::Val;
use crate::vm::magic;
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};

impl Vm {
    pub(in crate::vm) fn local_scalar_op(&mut self, t: R, g: G) -> Exec {
        let glob = self.global(g);
        let cell = self.local_scalar(&glob)?;
        if cell.is_magic() {
            // A special variable becomes undef; what is assigned next is told to it.
            let name = glob.name();
            if !magic::keeps_value(&name) && !magic::is_fixed(&name) {
                self.store(&cell, Val::Undef)?;
            }
        }
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn local_array_op(&mut self, t: R, g: G) -> Exec {
        let glob = self.global(g);
        let array = self.local_array(&glob);
        self.put_raw(t, Val::ARef(array));
        Ok(())
    }

    pub(in crate::vm) fn local_hash_op(&mut self, t: R, g: G) -> Exec {
        let glob = self.global(g);
        let hash = self.local_hash_of(&glob)?;
        self.put_raw(t, Val::HRef(hash));
        Ok(())
    }

    /// `local %h`; a hooked hash (`%ENV`, `%SIG`) is emptied element by element.
    fn local_hash_of(
        &mut self,
        glob: &crate::value::Rc<crate::value::Glob>,
    ) -> Exec<crate::value::Rc<crate::value::Hash>> {
        if let Some(hash) = glob.hash()
            && hash.header().has(crate::value::rc::flag::HOOKED)
        {
            for text in hash.keys() {
                let key = crate::value::Key::new(&text);
                let old = self.hash_fetch(&hash, &key)?;
                self.saves.push(Save::HookedElem(hash.clone(), key, old));
            }
            self.hash_clear(&hash)?;
            return Ok(hash);
        }
        Ok(self.local_hash(glob))
    }

    pub(in crate::vm) fn local_glob_op(&mut self, keep: u8, t: R, g: G) -> Exec {
        let glob = self.global(g);
        self.local_glob(&glob, keep != 0);
        self.put_raw(t, Val::Glob(glob));
        Ok(())
    }

    pub(in crate::vm) fn local_glob_reg(&mut self, keep: u8, t: R, g: R) -> Exec {
        let val = self.get(g)?;
        let Some(glob) = self.glob_of(&val)? else {
            return Err(self.die("Can't localize through a reference"));
        };
        self.local_glob(&glob, keep != 0);
        self.put_raw(t, Val::Glob(glob));
        Ok(())
    }

    pub(in crate::vm) fn local_slot(&mut self, kind: u8, t: R, g: R) -> Exec {
        let val = self.get(g)?;
        let Some(glob) = self.glob_of(&val)? else {
            return Err(self.die("Can't localize through a reference"));
        };
        let entry = match kind {
            0 => Val::Cell(self.local_scalar(&glob)?),
            1 => Val::ARef(self.local_array(&glob)),
            _ => Val::HRef(self.local_hash_of(&glob)?),
        };
        self.put_raw(t, entry);
        Ok(())
    }

    pub(in crate::vm) fn local_array_elem_op(&mut self, t: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let cell = self.local_array_elem(&array, i)?;
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn local_hash_elem_op(&mut self, t: R, c: R, k: R) -> Exec {
        let val = self.get(k)?;
        let key = self.hash_key(&val)?;
        let hash = self.hash(c);
        let cell = self.local_hash_elem(&hash, &key)?;
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn delete_local(&mut self, kind: u8, d: R, c: R, i: R) -> Exec {
        let val = match kind {
            0 => {
                let i = self.index_reg(i)?;
                let array = self.arr(c);
                self.delete_local_array(&array, i)?
            }
            _ => {
                let val = self.get(i)?;
                let key = self.hash_key(&val)?;
                let hash = self.hash(c);
                self.delete_local_hash(&hash, &key)?
            }
        };
        if d == NO { Ok(()) } else { self.put(d, val) }
    }

    pub(in crate::vm) fn defer(&mut self, x: R) -> Exec {
        let val = self.get(x)?;
        if let Val::CRef(code) = val {
            self.saves.push(Save::Run(code));
        }
        Ok(())
    }

    pub(in crate::vm) fn match_save(&mut self, x: R) -> Exec {
        let state: std::rc::Rc<dyn std::any::Any> = std::rc::Rc::new(self.matched.clone());
        self.put_raw(x, Val::Native(crate::value::Native::new(state)));
        Ok(())
    }

    pub(in crate::vm) fn match_restore(&mut self, x: R) -> Exec {
        if let Val::Native(native) = self.raw(x)
            && let Some(state) = native.object.downcast_ref::<crate::vm::MatchState>()
        {
            self.matched = state.clone();
        }
        self.put_raw(x, Val::Undef);
        Ok(())
    }
}
