//! Operators that change an element in place: `$a[i] += x`, `$h{k}++`.

use super::arith::bin_of;
use crate::bytecode::{Bin, K, NO, Op, R, Want};
use crate::value::{Array, Hash, Key, Rc, Val};
use crate::vm::{Exec, Vm};

/// An element in place.
enum Elem {
    Array(Rc<Array>, i64),
    Hash(Rc<Hash>, Key),
}

impl Vm {
    fn elem_place_of(&mut self, elem: &Elem) -> *mut Val {
        match elem {
            Elem::Array(array, i) if array.is_simple() => array
                .index(*i)
                .map_or(std::ptr::null_mut(), |i| array.place(i)),
            Elem::Hash(hash, key) if hash.is_simple() => hash.place(key),
            _ => std::ptr::null_mut(),
        }
    }

    fn elem_get(&mut self, elem: &Elem) -> Exec<Val> {
        match elem {
            Elem::Array(array, i) => self.elem(array, *i),
            Elem::Hash(hash, key) => self.hash_elem_get(hash, key),
        }
    }

    fn elem_put(&mut self, elem: &Elem, val: Val) -> Exec {
        match elem {
            Elem::Array(array, i) => self.set_elem(array, *i, val),
            Elem::Hash(hash, key) => self.hash_elem_set(hash, key, val),
        }
    }

    fn elem_bin(&mut self, elem: Elem) -> Exec {
        // SAFETY: an Ext follows.
        let Op::Ext(bin, s, d, _) = (unsafe { *self.pc }) else {
            return Ok(());
        };
        let bin = bin_of(bin);
        let y = self.get(s)?;
        let place = self.elem_place_of(&elem);
        if !place.is_null() {
            // SAFETY: a live element; nothing else runs while it is borrowed.
            match (unsafe { &mut *place }, &y, bin) {
                (Val::Int(x), Val::Int(n), Bin::Add) if x.checked_add(*n).is_some() => {
                    *x += *n;
                    let new = *x;
                    return if d == NO {
                        Ok(())
                    } else {
                        self.put(d, Val::Int(new))
                    };
                }
                (Val::Str(text), Val::Str(more), Bin::Concat) if d == NO => {
                    return Ok(text.try_push_str(more)?);
                }
                _ => {}
            }
        }
        let x = self.elem_get(&elem)?;
        let val = self.assign_value(bin, &x, &y)?;
        drop(x);
        if d == NO {
            return self.elem_put(&elem, val);
        }
        self.elem_put(&elem, val.clone())?;
        let simple = match &elem {
            Elem::Array(array, _) => array.is_simple(),
            Elem::Hash(hash, _) => hash.is_simple(),
        };
        let now = if simple { val } else { self.elem_get(&elem)? };
        self.put(d, now)
    }

    /// The value of the operation is only given to a caller who wants none.
    fn is_unwanted(&self) -> bool {
        // SAFETY: an operation follows.
        let next = unsafe { *self.pc };
        matches!(next, Op::Ret(_) | Op::PutW(..))
            && self.frames.last().is_some_and(|f| f.want == Want::Void)
    }

    /// The hash of a register, or the one a reference there means, where it does not simply keep what it is given.
    fn own_minded(&self, c: R) -> Option<Rc<Hash>> {
        match self.raw(c).loaded_deep() {
            Val::HRef(hash) if !hash.is_simple() && !self.is_unwanted() => Some(hash),
            _ => None,
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_again(&mut self, d: R, c: R, k: R) -> Exec {
        let Some(hash) = self.own_minded(c) else {
            return Ok(());
        };
        let key = self.get(k)?;
        let key = self.hash_key(&key)?;
        let val = self.hash_elem_get(&hash, &key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_again_key(&mut self, d: R, c: R, k: K) -> Exec {
        let Some(hash) = self.own_minded(c) else {
            return Ok(());
        };
        // SAFETY: keys of constants stand still while their unit runs.
        let key = unsafe { &*self.key_at(k) };
        let val = self.hash_elem_get(&hash, key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_again(&mut self, d: R, c: R, i: R) -> Exec {
        match self.raw(c).loaded_deep() {
            Val::ARef(array) if !array.is_simple() && !self.is_unwanted() => {
                let i = self.index_reg(i)?;
                let val = self.elem(&array, i)?;
                self.put(d, val)
            }
            _ => Ok(()),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn array_elem_bin(&mut self, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        self.elem_bin(Elem::Array(array, i))
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_elem_bin(&mut self, c: R, k: R) -> Exec {
        let val = self.get(k)?;
        let key = self.hash_key(&val)?;
        let hash = self.hash(c);
        self.elem_bin(Elem::Hash(hash, key))
    }

    fn elem_step(&mut self, kind: u8, d: R, elem: Elem) -> Exec {
        let by = if kind & 1 == 0 { 1 } else { -1 };
        let place = self.elem_place_of(&elem);
        if !place.is_null() {
            // SAFETY: a live element; nothing else runs while it is borrowed.
            if let Val::Int(n) = unsafe { &mut *place }
                && let Some(new) = n.checked_add(by)
            {
                let old = *n;
                *n = new;
                return match d {
                    NO => Ok(()),
                    d => self.put(d, Val::Int(if kind >= 2 { old } else { new })),
                };
            }
        }
        let old = self.elem_get(&elem)?;
        let new = self.stepped(&old, by, d != NO && kind >= 2)?;
        self.elem_put(&elem, new.clone())?;
        if d == NO {
            return Ok(());
        }
        let shown = match (kind >= 2, old) {
            (true, Val::Undef) if by > 0 => Val::Int(0),
            (true, old) => old,
            _ => new,
        };
        self.put(d, shown)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_elem_step(&mut self, kind: u8, d: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        self.elem_step(kind, d, Elem::Array(array, i))
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_elem_step(&mut self, kind: u8, d: R, c: R, k: R) -> Exec {
        let val = self.get(k)?;
        let key = self.hash_key(&val)?;
        drop(val);
        // SAFETY: a register of the frame; nothing else runs while the entry is borrowed.
        if kind == 0
            && d == NO
            && let Val::HRef(hash) = unsafe { &*self.reg(c) }
            && hash.is_simple()
        {
            let place = hash.place_or_new(&key)?;
            // SAFETY: found just now.
            match unsafe { &mut *place } {
                Val::Int(n) if *n < i64::MAX => {
                    *n += 1;
                    return Ok(());
                }
                place @ Val::Undef => {
                    *place = Val::Int(1);
                    return Ok(());
                }
                _ => {}
            }
        }
        let hash = self.hash(c);
        self.elem_step(kind, d, Elem::Hash(hash, key))
    }
}
