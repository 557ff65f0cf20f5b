//! Slices of arrays, hashes and lists (perldata "Slices").

use crate::bytecode::R;
use crate::value::{Array, HasSide, Hash, Key, Rc, Val};
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};

impl Vm {
    /// The keys or indexes of a slice: where they stand on the list, made values, and their number.
    fn slice_keys(&mut self) -> Exec<(usize, usize)> {
        let from = self.pop_mark();
        self.load_list(from)?;
        let from = from.min(self.list.len());
        Ok((from, self.list.len() - from))
    }

    /// kinds: 0 values, 1 places, 2 pairs, 3 delete, 4 local places, 5 delete local, 6 delete of
    /// pairs, 7 deferred places, 8 assignment of the list below the indexes.
    pub(in crate::vm) fn array_slice(&mut self, kind: u8, c: R) -> Exec {
        let (from, n) = self.slice_keys()?;
        let array = self.arr(c);
        if kind == 8 {
            let start = self.slice_values()?;
            for k in 0..n {
                self.round(k)?;
                let index = self.list_entry(from + k);
                let i = self.index_val(&index)?;
                let val = match start + k < from {
                    true => self.list_entry(start + k),
                    false => Val::Undef,
                };
                self.set_elem(&array, i, val)?;
            }
            self.list.truncate(start);
            return Ok(());
        }
        for k in 0..n {
            self.round(k)?;
            let index = self.list_entry(from + k);
            let i = self.index_val(&index)?;
            self.array_slice_one(kind, &array, i)?;
        }
        drop(self.list.drain(from..from + n));
        Ok(())
    }

    /// The values that a slice is assigned: where they begin, below its keys.
    fn slice_values(&mut self) -> Exec<usize> {
        let start = self.pop_mark();
        self.load_list(start)?;
        Ok(start)
    }

    /// A value on the list.
    fn list_entry(&self, i: usize) -> Val {
        self.list.get(i).cloned().unwrap_or_default()
    }

    fn array_slice_one(&mut self, kind: u8, array: &Rc<Array>, i: i64) -> Exec {
        let entry = match kind {
            0 => self.elem(array, i)?,
            1 => Val::Cell(self.array_cell(array, i)?),
            2 => {
                self.list.push(Val::Int(i));
                self.elem(array, i)?
            }
            3 => self.array_delete(array, i)?,
            4 => Val::Cell(self.local_array_elem(array, i)?),
            5 => self.delete_local_array(array, i)?,
            6 => {
                self.list.push(Val::Int(i));
                self.array_delete(array, i)?
            }
            _ => Val::Cell(self.defer_array(array, i)),
        };
        self.list.push(entry);
        Ok(())
    }

    pub(in crate::vm) fn hash_slice(&mut self, kind: u8, c: R) -> Exec {
        let (from, n) = self.slice_keys()?;
        let hash = self.hash(c);
        if kind == 8 {
            let start = self.slice_values()?;
            for k in 0..n {
                self.round(k)?;
                let key = self.list_entry(from + k);
                let key = self.hash_key(&key)?;
                let val = match start + k < from {
                    true => self.list_entry(start + k),
                    false => Val::Undef,
                };
                self.hash_elem_set(&hash, &key, val)?;
            }
            self.list.truncate(start);
            return Ok(());
        }
        for k in 0..n {
            self.round(k)?;
            let key = self.list_entry(from + k);
            let key = self.hash_key(&key)?;
            self.hash_slice_one(kind, &hash, &key)?;
        }
        drop(self.list.drain(from..from + n));
        Ok(())
    }

    fn hash_slice_one(&mut self, kind: u8, hash: &Rc<Hash>, key: &Key) -> Exec {
        let entry = match kind {
            0 => self.hash_elem_get(hash, key)?,
            1 => Val::Cell(self.hash_cell(hash, key)?),
            2 => {
                self.list.push(Val::Str(key.text.clone()));
                self.hash_elem_get(hash, key)?
            }
            3 => self.hash_delete(hash, key)?,
            4 => Val::Cell(self.local_hash_elem(hash, key)?),
            5 => self.delete_local_hash(hash, key)?,
            6 => {
                self.list.push(Val::Str(key.text.clone()));
                self.hash_delete(hash, key)?
            }
            _ => Val::Cell(self.defer_hash(hash, key)),
        };
        self.list.push(entry);
        Ok(())
    }

    /// `delete local $a[i]`
    pub(in crate::vm) fn delete_local_array(&mut self, array: &Rc<Array>, i: i64) -> Exec<Val> {
        let Some(at) = array.index(i) else {
            return Ok(Val::Undef);
        };
        let old = match array.exists(at) {
            true => array.with(at, Val::clone),
            false => None,
        };
        self.saves.push(Save::Elem(array.clone(), at as i64, old));
        self.array_delete(array, at as i64)
    }

    /// `delete local $h{k}`
    pub(in crate::vm) fn delete_local_hash(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Val> {
        if !hash.is_simple() && (hash.tied().is_some() || hash.hook().is_some()) {
            let old = match self.hash_exists(hash, key)? {
                true => self.hash_fetch(hash, key)?,
                false => None,
            };
            self.saves
                .push(Save::HookedElem(hash.clone(), key.clone(), old));
            return self.hash_delete(hash, key);
        }
        if hash.is_restricted() {
            self.before_delete(hash, key)?;
        }
        let old = hash.delete_raw(key);
        self.saves
            .push(Save::HashElem(hash.clone(), key.clone(), old.clone()));
        match old {
            Some(val) => self.load(val),
            None => Ok(Val::Undef),
        }
    }

    /// `(list)[indexes]`
    pub(in crate::vm) fn list_slice(&mut self) -> Exec {
        let (from, n) = self.slice_keys()?;
        let start = self.pop_mark().min(from);
        let entries = from - start;
        if entries > 0 {
            for k in 0..n {
                self.round(k)?;
                let index = self.list_entry(from + k);
                let i = self.index_val(&index)?;
                let i = if i < 0 { i + entries as i64 } else { i };
                let val = match usize::try_from(i) {
                    Ok(i) if i < entries => self.list_entry(start + i),
                    _ => Val::Undef,
                };
                let val = self.load(val)?;
                self.list.push(val);
            }
        }
        drop(self.list.drain(start..from + n));
        Ok(())
    }
}
