//! The save stack: what `local` and friends put back when a scope is left (perlsub "Temporary
//! Values via local()").

use super::Vm;
use super::die::Exec;
use super::frame::kind;
use crate::bytecode::Want;
use crate::value::glob::Slots;
use crate::value::{Array, Code, Glob, HasSide, Hash, Key, Magic, Rc, Scalar, Val};
use std::rc::Rc as Shared;

/// One thing to put back.
pub enum Save {
    /// The scalar of a glob.
    Scalar(Rc<Glob>, Rc<Scalar>),
    /// The value of a magic scalar, assigned back.
    Value(Rc<Scalar>, Val),
    /// The array of a glob.
    Array(Rc<Glob>, Option<Rc<Array>>),
    /// The hash of a glob.
    Hash(Rc<Glob>, Option<Rc<Hash>>),
    /// All slots of a glob.
    Glob(Rc<Glob>, Shared<Slots>),
    /// An array element, raw; none: delete it.
    Elem(Rc<Array>, i64, Option<Val>),
    /// A hash element, raw; none: delete it.
    HashElem(Rc<Hash>, Key, Option<Val>),
    /// The element of a hooked or tied hash, assigned back; none: deleted.
    HookedElem(Rc<Hash>, Key, Option<Val>),
    /// The `@_` of a frame, by its number and first register: the real array, or none for its window.
    Args(u32, u32, Option<Rc<Array>>),
    /// The handle `$.` is about.
    LastRead(Val),
    /// Runs a sub (`defer`, `finally`).
    Run(Rc<Code>),
}

impl Vm {
    /// Opens a scope.
    #[inline]
    pub(super) fn enter_scope(&mut self) {
        self.scopes.push(self.saves.len() as u32);
    }

    /// Closes the innermost scope.
    #[inline]
    pub(super) fn leave_scope(&mut self) -> Exec {
        let mark = self.scopes.pop().unwrap_or(0) as usize;
        if self.saves.len() > mark {
            self.restore(mark)
        } else {
            Ok(())
        }
    }

    /// Puts everything back down to a height of the save stack. The first error is given when
    /// all is done.
    pub(super) fn restore(&mut self, mark: usize) -> Exec {
        let mut result = Ok(());
        while self.saves.len() > mark {
            let Some(save) = self.saves.pop() else { break };
            let done = self.put_back(save);
            if result.is_ok() {
                result = done;
            }
        }
        result
    }

    fn put_back(&mut self, save: Save) -> Exec {
        match save {
            Save::Scalar(glob, old) => drop(glob.set_scalar(old)),
            Save::Value(cell, val) => return self.store(&cell, val),
            Save::Array(glob, old) => glob.set_array(old),
            Save::Hash(glob, old) => glob.set_hash(old),
            Save::Glob(glob, slots) => glob.put_slots(slots),
            Save::Elem(array, i, Some(val)) => {
                if let Some(i) = array.index(i) {
                    array.set_raw(i, val)?;
                }
            }
            Save::Elem(array, i, None) => {
                if let Some(i) = array.index(i) {
                    drop(array.delete(i));
                }
            }
            Save::HashElem(hash, key, Some(val)) => hash.set_raw(&key, val)?,
            Save::HashElem(hash, key, None) => drop(hash.delete_raw(&key)),
            Save::HookedElem(hash, key, Some(val)) => self.hash_store(&hash, &key, val)?,
            Save::HookedElem(hash, key, None) => drop(self.hash_delete(&hash, &key)?),
            Save::Args(at, base, old) => {
                if let Some(frame) = self.frames.get_mut(at as usize)
                    && frame.base == base
                {
                    drop(std::mem::replace(&mut frame.argv, old));
                }
            }
            Save::LastRead(handle) => self.last_read = handle,
            Save::Run(code) => drop(self.call_sv(&Val::CRef(code), &[], Want::Void)?),
        }
        Ok(())
    }

    /// `local $x`: the fresh scalar.
    pub(super) fn local_scalar(&mut self, glob: &Rc<Glob>) -> Exec<Rc<Scalar>> {
        let old = glob.scalar();
        if old.is_magic() || old.is_read_only() {
            let special =
                old.with(|v| matches!(v, Val::Magic(m) if matches!(m.kind, Magic::Special(..))));
            if special {
                if super::magic::is_fixed(&glob.name()) {
                    return Ok(old);
                }
                if &*glob.name() == "." {
                    // which handle it is about, not what it counts (perlvar `$.`)
                    if self.last_read().is_none() {
                        let val = self.fetch(&old)?;
                        self.saves.push(Save::Value(old.clone(), val));
                    }
                    self.saves.push(Save::LastRead(self.last_read.clone()));
                    return Ok(old);
                }
                let val = self.fetch(&old)?;
                self.saves.push(Save::Value(old.clone(), val));
                return Ok(old);
            }
            // A tie stays: its object is told of the value meanwhile and of the one that comes back.
            if old.with(|v| matches!(v, Val::Magic(m) if matches!(m.kind, Magic::Tied(_)))) {
                let val = self.fetch(&old)?;
                self.saves.push(Save::Value(old.clone(), val));
                self.store(&old, Val::Undef)?;
                return Ok(old);
            }
        }
        let fresh = Scalar::new(Val::Undef);
        let old = glob.set_scalar(fresh.clone());
        self.saves.push(Save::Scalar(glob.clone(), old));
        Ok(fresh)
    }

    /// `local @x`: the fresh array.
    pub(super) fn local_array(&mut self, glob: &Rc<Glob>) -> Rc<Array> {
        let fresh = Array::new();
        if glob.same(&self.names.underscore) && self.set_args(fresh.clone(), true) {
            return fresh;
        }
        self.saves.push(Save::Array(glob.clone(), glob.array()));
        glob.set_array(Some(fresh.clone()));
        fresh
    }

    /// Makes an array the `@_` of the running sub, and sees that the one of before comes back; false outside subs,
    /// where `@_` is an array like others.
    pub(super) fn set_args(&mut self, array: Rc<Array>, save: bool) -> bool {
        let at = self.args_frame();
        match self.frames.get_mut(at) {
            Some(frame) if frame.kind & kind::NO_ARGS == 0 => {
                let old = frame.argv.replace(array);
                let base = frame.base;
                if save {
                    self.saves.push(Save::Args(at as u32, base, old));
                }
                true
            }
            _ => false,
        }
    }

    /// `local %x`: the fresh hash.
    pub(super) fn local_hash(&mut self, glob: &Rc<Glob>) -> Rc<Hash> {
        let fresh = Hash::new();
        self.saves.push(Save::Hash(glob.clone(), glob.hash()));
        glob.set_hash(Some(fresh.clone()));
        fresh
    }

    /// `local *x`: fresh slots; the handle stays visible until something is assigned. `keep`: it is `local *x = ..`,
    /// after which all that is not assigned is what it was.
    pub(super) fn local_glob(&mut self, glob: &Rc<Glob>, keep: bool) {
        if glob.same(&self.names.underscore) {
            let args = match keep {
                true => self.real_args(self.args_frame()),
                false => Array::new(),
            };
            self.set_args(args, true);
        }
        let slots = glob.take_slots();
        if keep {
            glob.put_slots(slots.copied());
        }
        self.saves.push(Save::Glob(glob.clone(), slots));
    }

    /// `local $h{k}`: the fresh scalar of the element.
    pub(super) fn local_hash_elem(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Rc<Scalar>> {
        if !hash.is_simple() {
            // An entry of a symbol table: the glob keeps its place and loses what is in it.
            if hash.tied().is_none()
                && hash.hook().is_none()
                && let Some(Val::Glob(glob)) = hash.get_k(key)
            {
                self.local_glob(&glob, false);
                return self.hash_cell(hash, key);
            }
            self.may_have(hash, key)?;
            let old = match self.hash_exists(hash, key)? {
                true => Some(self.hash_fetch(hash, key)?.unwrap_or_default()),
                false => None,
            };
            self.saves
                .push(Save::HookedElem(hash.clone(), key.clone(), old));
            if self.names.env.hash().is_some_and(|env| env.same(hash)) {
                // undefined to the program, empty to the programs it runs
                hash.set_raw(key, Val::Undef)?;
            }
            return self.hash_cell(hash, key);
        }
        let old = hash.with_mut(key, |v| std::mem::replace(v, Val::Undef));
        self.saves
            .push(Save::HashElem(hash.clone(), key.clone(), old));
        Ok(hash.cell(key)?)
    }

    /// `local $a[i]`: the fresh scalar of the element.
    pub(super) fn local_array_elem(&mut self, array: &Rc<Array>, i: i64) -> Exec<Rc<Scalar>> {
        let Some(at) = array.index(i) else {
            return Err(self.die(format!(
                "Modification of non-creatable array value attempted, subscript {i}"
            )));
        };
        let old = match array.exists(at) {
            true => array.with_mut(at, |v| std::mem::replace(v, Val::Undef)),
            false => None,
        };
        self.saves.push(Save::Elem(array.clone(), at as i64, old));
        Ok(array.cell(at)?)
    }
}
