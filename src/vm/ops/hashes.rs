//! Operations on hashes.

use crate::bytecode::{K, NO, R, Want, rv};
use crate::diag::warnings::Category;
use crate::text::PerlStr;
use crate::value::{Array, HasSide, Hash, Key, Magic, MagicBody, Rc, Scalar, Val, rc::flag};
use crate::vm::{Exec, Vm};

impl Vm {
    /// A value as a hash key.
    #[inline]
    pub(in crate::vm) fn hash_key(&mut self, val: &Val) -> Exec<Key> {
        match val {
            Val::Str(s) => Ok(Key::new(s)),
            _ => {
                let text = self.str(val)?;
                Ok(Key::new(&text))
            }
        }
    }

    #[inline]
    fn key_reg(&mut self, k: R) -> Exec<Key> {
        // SAFETY: a register of the frame; hashing runs no code.
        if let Val::Str(s) = unsafe { &*self.reg(k) } {
            return Ok(Key::new(s));
        }
        let val = self.get(k)?;
        self.hash_key(&val)
    }

    /// `$hash{key}`, undef where there is none.
    #[inline]
    pub(in crate::vm) fn hash_elem_get(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Val> {
        if hash.header().has(flag::TIED | flag::HOOKED) {
            return Ok(self.hash_fetch(hash, key)?.unwrap_or_default());
        }
        match hash.get_k(key) {
            Some(Val::Magic(magic)) => self.magic_get(&magic),
            Some(val) => Ok(val),
            None if hash.is_restricted() && !hash.is_hidden(&key.text) => Err(self.disallowed(key)),
            None => Ok(Val::Undef),
        }
    }

    /// `$hash{key} = val`
    #[inline]
    pub(in crate::vm) fn hash_elem_set(&mut self, hash: &Rc<Hash>, key: &Key, val: Val) -> Exec {
        if hash.is_simple() {
            let place = hash.place_or_new(key)?;
            // SAFETY: found just now; nothing has run since.
            let place = unsafe { &mut *place };
            if place.is_plain() {
                place.put(val);
                return Ok(());
            }
            if !matches!(place, Val::Cell(_) | Val::Magic(_)) {
                let old = place.replace(val);
                drop(old);
                return Ok(());
            }
        }
        self.hash_store(hash, key, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_get(&mut self, d: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        let hash = self.hash(c);
        let val = self.hash_elem_get(&hash, &key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_get_key(&mut self, d: R, c: R, k: K) -> Exec {
        let hash = self.hash(c);
        // SAFETY: keys of constants stand still while their unit runs.
        let key = unsafe { &*self.key_at(k) };
        let val = self.hash_elem_get(&hash, key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_set(&mut self, c: R, k: R, s: R) -> Exec {
        let key = self.key_reg(k)?;
        let val = self.get(s)?;
        let hash = self.hash(c);
        self.hash_elem_set(&hash, &key, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_set_key(&mut self, c: R, k: K, s: R) -> Exec {
        let val = self.get(s)?;
        let hash = self.hash(c);
        // SAFETY: as above.
        let key = unsafe { &*self.key_at(k) };
        self.hash_elem_set(&hash, key, val)
    }

    fn elem_place(&mut self, t: R, c: R, key: &Key) -> Exec {
        let hash = self.hash(c);
        let cell = self.hash_cell(&hash, key)?;
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn hash_elem(&mut self, t: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        self.elem_place(t, c, &key)
    }

    pub(in crate::vm) fn hash_key_elem(&mut self, t: R, c: R, k: K) -> Exec {
        let key = self.key(k);
        self.elem_place(t, c, &key)
    }

    /// The element's cell if there is one, else one that makes it when assigned to.
    pub(in crate::vm) fn defer_hash(&mut self, hash: &Rc<Hash>, key: &Key) -> Rc<Scalar> {
        let plain = hash.is_simple() || hash.tied().is_none() && hash.hook().is_none();
        let found = if plain { hash.cell_if(key) } else { None };
        found.unwrap_or_else(|| MagicBody::scalar(Magic::DeferHash(hash.clone(), key.clone())))
    }

    fn inner_array(&mut self, t: R, c: R, key: &Key) -> Exec {
        let hash = self.hash(c);
        let val = self.hash_elem_get(&hash, key)?;
        let inner = match val {
            Val::ARef(inner) if !inner.header().has(flag::BLESSED) => inner,
            Val::Undef => {
                let inner = Array::new();
                self.hash_elem_set(&hash, key, Val::ARef(inner.clone()))?;
                inner
            }
            val => {
                let flags = self.rv_here(rv::VIVIFY);
                self.deref_array(val, flags, None)?
            }
        };
        self.put_raw(t, Val::ARef(inner));
        Ok(())
    }

    fn inner_hash(&mut self, t: R, c: R, key: &Key) -> Exec {
        let hash = self.hash(c);
        let val = self.hash_elem_get(&hash, key)?;
        let inner = match val {
            Val::HRef(inner) if !inner.header().has(flag::BLESSED) => inner,
            Val::Undef => {
                let inner = Hash::new();
                self.hash_elem_set(&hash, key, Val::HRef(inner.clone()))?;
                inner
            }
            val => {
                let flags = self.rv_here(rv::VIVIFY);
                self.deref_hash(val, flags, None)?
            }
        };
        self.put_raw(t, Val::HRef(inner));
        Ok(())
    }

    pub(in crate::vm) fn hash_elem_array(&mut self, t: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        self.inner_array(t, c, &key)
    }

    pub(in crate::vm) fn hash_elem_hash(&mut self, t: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        self.inner_hash(t, c, &key)
    }

    pub(in crate::vm) fn hash_key_array(&mut self, t: R, c: R, k: K) -> Exec {
        let key = self.key(k);
        self.inner_array(t, c, &key)
    }

    pub(in crate::vm) fn hash_key_hash(&mut self, t: R, c: R, k: K) -> Exec {
        let key = self.key(k);
        self.inner_hash(t, c, &key)
    }

    /// The hash behind scalar register `x`, vivified.
    #[inline]
    pub(in crate::vm) fn hash_of(&mut self, x: R, vivify: bool) -> Exec<Rc<Hash>> {
        let val = self.get(x)?;
        if let Val::HRef(hash) = &val
            && !(hash.header().has(flag::BLESSED) && hash.blessed_overloads())
        {
            return Ok(hash.clone());
        }
        let flags = self.rv_here(if vivify { rv::VIVIFY } else { 0 });
        self.deref_hash(val, flags, Some(x))
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_ref_get(&mut self, d: R, x: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        let hash = self.hash_of(x, true)?;
        let val = self.hash_elem_get(&hash, &key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_ref_get_key(&mut self, d: R, x: R, k: K) -> Exec {
        let hash = self.hash_of(x, true)?;
        // SAFETY: as above.
        let key = unsafe { &*self.key_at(k) };
        let val = self.hash_elem_get(&hash, key)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_ref_set(&mut self, x: R, k: R, s: R) -> Exec {
        let key = self.key_reg(k)?;
        let val = self.get(s)?;
        let hash = self.hash_of(x, true)?;
        self.hash_elem_set(&hash, &key, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn hash_ref_set_key(&mut self, x: R, k: K, s: R) -> Exec {
        let val = self.get(s)?;
        let hash = self.hash_of(x, true)?;
        // SAFETY: as above.
        let key = unsafe { &*self.key_at(k) };
        self.hash_elem_set(&hash, key, val)
    }

    pub(in crate::vm) fn hash_exists_op(&mut self, d: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        let hash = self.hash(c);
        let answer = self.hash_exists(&hash, &key)?;
        self.put(d, Val::Bool(answer))
    }

    pub(in crate::vm) fn hash_exists_key(&mut self, d: R, c: R, k: K) -> Exec {
        let key = self.key(k);
        let hash = self.hash(c);
        let answer = self.hash_exists(&hash, &key)?;
        self.put(d, Val::Bool(answer))
    }

    pub(in crate::vm) fn hash_delete_op(&mut self, d: R, c: R, k: R) -> Exec {
        let key = self.key_reg(k)?;
        let hash = self.hash(c);
        let val = self.hash_delete(&hash, &key)?;
        if d != NO { self.put(d, val) } else { Ok(()) }
    }

    pub(in crate::vm) fn hash_delete_key(&mut self, d: R, c: R, k: K) -> Exec {
        let key = self.key(k);
        let hash = self.hash(c);
        let val = self.hash_delete(&hash, &key)?;
        if d != NO { self.put(d, val) } else { Ok(()) }
    }

    pub(in crate::vm) fn hash_assign_op(&mut self, c: R, d: R) -> Exec {
        let from = self.pop_mark();
        self.load_list(from)?;
        let n = self.list.len().saturating_sub(from);
        let hash = self.hash(c);
        self.hash_assign_from(&hash, from)?;
        if d != NO {
            self.put(d, Val::Int(n as i64))?;
        }
        Ok(())
    }

    /// `%hash = list`
    pub fn hash_assign(&mut self, hash: &Rc<Hash>, list: Vec<Val>) -> Exec {
        let from = self.list.len();
        self.list.extend(list);
        self.hash_assign_from(hash, from)
    }

    /// Assigns the pairs on the list from `from` on, which are taken off.
    fn hash_assign_from(&mut self, hash: &Rc<Hash>, from: usize) -> Exec {
        let list = self.list.get(from..).unwrap_or_default();
        if list.len() % 2 == 1 {
            let msg = match list {
                [Val::HRef(_) | Val::ARef(_)] => "Reference found where even-sized list expected",
                _ => "Odd number of elements in hash assignment",
            };
            self.warn(Category::Misc, msg)?;
        }
        if hash.is_simple() || hash.header().flags() & flag::SLOW_CONTAINER == flag::GENERATION {
            hash.clear();
            return self.fill_hash(hash, from);
        }
        self.hash_clear(hash)?;
        let mut list = self.list.split_off(from).into_iter();
        while let Some(key) = list.next() {
            let key = self.hash_key(&key)?;
            self.hash_store(hash, &key, list.next().unwrap_or_default())?;
        }
        Ok(())
    }

    pub(in crate::vm) fn push_hash(&mut self, kind: u8, c: R) -> Exec {
        let hash = match self.raw(c) {
            Val::HRef(hash) => hash,
            Val::ARef(array) => return self.push_indexed(kind, &array),
            _ => return Ok(()),
        };
        self.push_hash_items(kind, &hash)
    }

    /// keys (0), values (1), aliases of values (2), pairs (3) of a hash, onto the list.
    pub(in crate::vm) fn push_hash_items(&mut self, kind: u8, hash: &Rc<Hash>) -> Exec {
        hash.reset_iterator();
        if hash.header().has(flag::TIED | flag::HOOKED) || kind == 4 {
            let keys = self.hash_keys(hash)?;
            for text in keys {
                let key = Key::new(&text);
                if matches!(kind, 0 | 3 | 4) {
                    self.list.push(Val::Str(text));
                }
                match kind {
                    1 | 3 => {
                        let val = self.hash_fetch(hash, &key)?.unwrap_or_default();
                        self.list.push(val);
                    }
                    2 | 4 => {
                        let cell = self.hash_cell(hash, &key)?;
                        self.list.push(Val::Cell(cell));
                    }
                    _ => {}
                }
            }
            return Ok(());
        }
        let from = self.list.len();
        match kind {
            0 => hash.push_keys_to(&mut self.list),
            1 => hash.push_values_to(&mut self.list),
            2 => hash.push_cells_to(&mut self.list),
            _ => hash.push_pairs_to(&mut self.list),
        }
        if kind & 1 == 1 {
            self.load_list(from)
        } else {
            Ok(())
        }
    }

    /// keys, values, aliases and pairs of an array.
    fn push_indexed(&mut self, kind: u8, array: &Rc<Array>) -> Exec {
        array.set_iterator(0);
        for i in 0..self.array_len(array)? {
            if matches!(kind, 0 | 3 | 4) {
                self.list.push(Val::Int(i as i64));
            }
            match kind {
                1 | 3 => {
                    let val = self.elem(array, i as i64)?;
                    self.list.push(val);
                }
                2 | 4 => {
                    let cell = self.array_cell(array, i as i64)?;
                    self.list.push(Val::Cell(cell));
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(in crate::vm) fn hash_count(&mut self, kind: u8, d: R, c: R) -> Exec {
        let n = match self.raw(c) {
            Val::HRef(hash) => {
                if kind == 0 {
                    hash.reset_iterator();
                }
                match hash.tied() {
                    Some(object) if kind == 1 => {
                        if let Some(code) = self.find_method(&object, "SCALAR")? {
                            let got = self.call_code(code, &[object], Want::Scalar)?;
                            return self.put(d, got.last().cloned().unwrap_or_default());
                        }
                        let first = self.tie_call(&object, "FIRSTKEY", &[])?;
                        return self.put(d, Val::Int(!first.is_undef() as i64));
                    }
                    Some(_) => self.hash_keys(&hash)?.len(),
                    None => hash.len(),
                }
            }
            Val::ARef(array) => {
                array.set_iterator(0);
                self.array_len(&array)?
            }
            _ => 0,
        };
        self.put(d, Val::Int(n as i64))
    }

    pub(in crate::vm) fn each_op(&mut self, kind: u8, d: R, c: R) -> Exec {
        if kind & 2 != 0 {
            self.arr(c).set_iterator(0);
            return Ok(());
        }
        let list = kind >> 4 == Want::List as u8;
        match self.raw(c) {
            Val::HRef(hash) => {
                let key = self.each_key(&hash)?;
                match (key, list) {
                    (Some(text), true) => {
                        let key = Key::new(&text);
                        let val = self.hash_elem_get(&hash, &key)?;
                        self.list.push(Val::Str(text));
                        self.list.push(val);
                        Ok(())
                    }
                    (None, true) => Ok(()),
                    (key, false) if d != NO => self.put(d, key.map_or(Val::Undef, Val::Str)),
                    _ => Ok(()),
                }
            }
            Val::ARef(array) => {
                let i = array.iterator();
                if i >= self.array_len(&array)? {
                    array.set_iterator(0);
                    return if !list && d != NO {
                        self.put(d, Val::Undef)
                    } else {
                        Ok(())
                    };
                }
                array.set_iterator(i + 1);
                if list {
                    let val = self.elem(&array, i as i64)?;
                    self.list.push(Val::Int(i as i64));
                    self.list.push(val);
                    return Ok(());
                }
                if d != NO {
                    self.put(d, Val::Int(i as i64))
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }

    /// The next key of `each`.
    fn each_key(&mut self, hash: &Rc<Hash>) -> Exec<Option<PerlStr>> {
        let Some(object) = hash.tied() else {
            return Ok(hash.next_key());
        };
        // The iterator of a tied hash: the last key, kept under the object's address.
        let place = object.referent().map_or(0, |r| r.address()) as u64;
        let state = &mut self.slots.of::<TiedIterators>().0;
        let last = state.remove(&place);
        let key = match last {
            Some(last) => self.tie_call(&object, "NEXTKEY", &[last])?,
            None => self.tie_call(&object, "FIRSTKEY", &[])?,
        };
        if key.is_undef() {
            return Ok(None);
        }
        self.slots
            .of::<TiedIterators>()
            .0
            .insert(place, key.clone());
        self.str(&key).map(Some)
    }
}

/// Where `each` stands in tied hashes, by their place.
#[derive(Default)]
struct TiedIterators(std::collections::HashMap<u64, Val>);
