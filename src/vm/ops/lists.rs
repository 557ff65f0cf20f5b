//! The list stack: marks, pushes, list assignment, joins.

use crate::bytecode::{K, NO, R, Want};
use crate::value::{Array, Key, Rc, Val, rc::flag};
use crate::vm::long::ITEMS;
use crate::vm::{Exec, Vm};

/// The top bit of a mark: the callee only copies its arguments.
const COPIES: u32 = 1 << 31;

/// How many items are made between two looks at what is pending.
const LIST_STEP: usize = 1 << 16;

impl Vm {
    /// Takes the innermost mark off.
    #[inline]
    pub(in crate::vm) fn pop_mark(&mut self) -> usize {
        (self.marks.pop().unwrap_or(0) & !COPIES) as usize
    }

    /// Where the open list begins.
    #[inline]
    pub(in crate::vm) fn top_mark(&self) -> usize {
        (self.marks.last().copied().unwrap_or(0) & !COPIES) as usize
    }

    /// Does the open list belong to a call whose callee only copies?
    #[inline]
    fn copies(&self) -> bool {
        self.marks.last().is_some_and(|m| m & COPIES != 0)
    }

    pub(in crate::vm) fn mark_call(&mut self, s: u16) -> Exec {
        let copies = self.site_copies(s);
        let mark = self.list.len() as u32 | if copies { COPIES } else { 0 };
        self.marks.push(mark);
        Ok(())
    }

    /// Makes the list entries from `from` on rvalues, with magic asked.
    pub(in crate::vm) fn load_list(&mut self, from: usize) -> Exec {
        for i in from..self.list.len() {
            let Some(entry) = self.list.get(i) else { break };
            if !entry.is_rvalue() || matches!(entry, Val::Hole) {
                let entry = entry.clone();
                let val = self.load(entry)?;
                if let Some(place) = self.list.get_mut(i) {
                    let old = std::mem::replace(place, val);
                    drop(old);
                }
            }
        }
        Ok(())
    }

    /// Takes the open list as values.
    pub(in crate::vm) fn take_values(&mut self) -> Exec<Vec<Val>> {
        let from = self.pop_mark();
        self.load_list(from)?;
        let from = from.min(self.list.len());
        let mut vals = Vec::with_capacity(self.list.len() - from);
        self.drain_list(from, &mut vals)?;
        Ok(vals)
    }

    /// Takes the open list as it is.
    pub(in crate::vm) fn take_entries(&mut self) -> Vec<Val> {
        let from = self.pop_mark();
        let from = from.min(self.list.len());
        self.list.split_off(from)
    }

    #[inline(never)]
    pub(in crate::vm) fn push_reg(&mut self, a: R) -> Exec {
        let val = self.get(a)?;
        Val::append(&mut self.list, val);
        Ok(())
    }

    pub(in crate::vm) fn push_const(&mut self, k: K) -> Exec {
        let val = self.constant(k);
        self.list.push(val);
        Ok(())
    }

    pub(in crate::vm) fn push_alias(&mut self, a: R) -> Exec {
        if self.copies() {
            return self.push_reg(a);
        }
        let cell = self.cell(a)?;
        self.list.push(Val::Cell(cell));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn push_array(&mut self, c: R) -> Exec {
        match self.raw(c) {
            Val::ARef(array) => {
                if array.header().has(flag::TIED) {
                    let vals = self.array_values(&array)?;
                    self.list.extend(vals);
                    return Ok(());
                }
                let from = self.list.len();
                self.list
                    .try_reserve(array.len())
                    .map_err(|_| self.too_large())?;
                if array.len() > ITEMS {
                    return self.push_long_array(&array, from);
                }
                array.push_to(0, &mut self.list);
                self.load_list(from)
            }
            Val::HRef(hash) => self.push_hash_items(3, &hash),
            _ => Ok(()),
        }
    }

    /// The same of an array of many elements, which a handler may change meanwhile.
    #[cold]
    fn push_long_array(&mut self, array: &Rc<Array>, from: usize) -> Exec {
        let mut next = 0;
        while next < array.len() {
            let to = (next + ITEMS).min(array.len());
            array.push_range_to(next..to, &mut self.list);
            self.checkpoint()?;
            next = to;
        }
        self.load_list(from)
    }

    pub(in crate::vm) fn push_array_aliases(&mut self, c: R) -> Exec {
        if self.copies() {
            return self.push_array(c);
        }
        match self.raw(c) {
            Val::ARef(array) => {
                if array.header().has(flag::TIED) {
                    for i in 0..self.array_len(&array)? {
                        let cell = self.array_cell(&array, i as i64)?;
                        self.list.push(Val::Cell(cell));
                    }
                    return Ok(());
                }
                let mut next = 0;
                while next < array.len() {
                    let to = (next + ITEMS).min(array.len());
                    array.push_cells_of(next..to, &mut self.list);
                    self.checkpoint()?;
                    next = to;
                }
                Ok(())
            }
            Val::HRef(hash) => {
                for text in self.hash_keys(&hash)? {
                    let cell = self.hash_cell(&hash, &Key::new(&text))?;
                    self.list.push(Val::Str(text));
                    self.list.push(Val::Cell(cell));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(in crate::vm) fn push_array_elem(&mut self, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let entry = match self.copies() {
            true => self.elem(&array, i)?,
            false => Val::Cell(self.defer_array(&array, i)),
        };
        self.list.push(entry);
        Ok(())
    }

    pub(in crate::vm) fn push_hash_elem(&mut self, c: R, k: R) -> Exec {
        let val = self.get(k)?;
        let key = self.hash_key(&val)?;
        let hash = self.hash(c);
        let entry = match self.copies() {
            true => self.hash_elem_get(&hash, &key)?,
            false => Val::Cell(self.defer_hash(&hash, &key)),
        };
        self.list.push(entry);
        Ok(())
    }

    pub(in crate::vm) fn list_last(&mut self, d: R) -> Exec {
        let from = self.pop_mark();
        let last = match self.list.len() > from {
            true => self.list.pop().unwrap_or_default(),
            false => Val::Undef,
        };
        self.list.truncate(from);
        let last = self.load(last)?;
        if d == NO { Ok(()) } else { self.put(d, last) }
    }

    pub(in crate::vm) fn list_count(&mut self, d: R) -> Exec {
        let from = self.pop_mark();
        let n = self.list.len().saturating_sub(from);
        self.list.truncate(from);
        if d == NO {
            Ok(())
        } else {
            self.put(d, Val::Int(n as i64))
        }
    }

    pub(in crate::vm) fn list_drop(&mut self, n: u16) -> Exec {
        let mut from = self.list.len();
        for _ in 0..n {
            from = self.pop_mark();
        }
        self.list.truncate(from);
        Ok(())
    }

    pub(in crate::vm) fn list_join(&mut self, n: u16) -> Exec {
        let start = self.pop_mark();
        let mut from = start;
        for _ in 1..n {
            from = self.pop_mark();
        }
        if from < start {
            drop(self.list.drain(from..start));
        }
        Ok(())
    }

    pub(in crate::vm) fn list_take(&mut self, d: R, i: u16) -> Exec {
        let at = self.top_mark() + i as usize;
        // Each is taken once; the list is only counted and dropped afterwards.
        let val = match self.list.get_mut(at) {
            Some(entry) => entry.take(),
            None => Val::Undef,
        };
        let val = self.load(val)?;
        self.put(d, val)
    }

    pub(in crate::vm) fn list_take_rest(&mut self, c: R, i: u16) -> Exec {
        let at = (self.top_mark() + i as usize).min(self.list.len());
        let mut vals = Vec::with_capacity(self.list.len() - at);
        for i in at..self.list.len() {
            let val = self.list.get(i).cloned().unwrap_or_default();
            vals.push(self.load(val)?);
        }
        match self.raw(c) {
            Val::ARef(array) => self.array_assign(&array, vals),
            Val::HRef(hash) => self.hash_assign(&hash, vals),
            _ => Ok(()),
        }
    }

    pub(in crate::vm) fn list_length(&mut self, d: R) -> Exec {
        let n = self.list.len() - self.top_mark().min(self.list.len());
        self.put(d, Val::Int(n as i64))
    }

    /// `(places, containers) = values`
    pub(in crate::vm) fn list_assign(&mut self, want: u8, d: R) -> Exec {
        let places = self.take_entries();
        let mut vals = self.take_values()?.into_iter();
        let total = vals.len();
        let mut left: Vec<Val> = Vec::new();
        for (i, place) in places.iter().enumerate() {
            self.round(i)?;
            match place {
                Val::Cell(cell) => {
                    let val = vals.next().unwrap_or_default();
                    self.store(cell, val)?;
                    left.push(place.clone());
                }
                Val::ARef(array) => {
                    let rest: Vec<Val> = vals.by_ref().collect();
                    self.array_assign(array, rest)?;
                    if want == Want::List as u8 {
                        array.push_cells_to(&mut left);
                    }
                }
                Val::HRef(hash) => {
                    let rest: Vec<Val> = vals.by_ref().collect();
                    self.hash_assign(hash, rest)?;
                    if want == Want::List as u8 {
                        for text in hash.keys() {
                            let cell = self.hash_cell(hash, &Key::new(&text))?;
                            left.push(Val::Str(text));
                            left.push(Val::Cell(cell));
                        }
                    }
                }
                // `undef` on the left skips a value; others cannot be assigned to.
                Val::Undef | Val::Hole => drop(vals.next()),
                Val::Glob(glob) => {
                    let val = vals.next().unwrap_or_default();
                    self.assign_glob(&glob.clone(), val)?;
                    left.push(place.clone());
                }
                _ => return Err(self.die("Modification of a read-only value attempted")),
            }
        }
        match want {
            w if w == Want::List as u8 => self.list.extend(left),
            w if w == Want::Scalar as u8 && d != NO => self.put(d, Val::Int(total as i64))?,
            _ => {}
        }
        Ok(())
    }

    pub(in crate::vm) fn list_repeat(&mut self, s: R) -> Exec {
        let n = self.get(s)?;
        let n = self.num(&n)?;
        let n = self.repeat_count(n)?;
        let from = self.pop_mark();
        self.load_list(from)?;
        let once = self.list.len() - from;
        if n == 0 || once == 0 {
            self.list.truncate(from);
            return Ok(());
        }
        let more = once.checked_mul(n - 1).ok_or_else(|| self.too_large())?;
        if more > 1 << 32 {
            return Err(self.too_large());
        }
        self.list.try_reserve(more).map_err(|_| self.too_large())?;
        let step = (LIST_STEP / once).max(1);
        for i in 1..n {
            self.list.extend_from_within(from..from + once);
            if i % step == 0 {
                self.checkpoint()?;
            }
        }
        Ok(())
    }

    pub(in crate::vm) fn list_reverse(&mut self) -> Exec {
        let from = self.pop_mark();
        self.load_list(from)?;
        if let Some(part) = self.list.get_mut(from..) {
            part.reverse();
        }
        Ok(())
    }

    pub(in crate::vm) fn push_range(&mut self, a: R, b: R) -> Exec {
        let (a, b) = (self.get(a)?, self.get(b)?);
        match super::iterate::range_of(self, &a, &b)? {
            super::iterate::Range::Ints(first, last) => {
                if first > last {
                    return Ok(());
                }
                let n = (last as i128 - first as i128 + 1) as u128;
                if n > 1 << 31 {
                    return Err(self.too_large());
                }
                self.list
                    .try_reserve(n as usize)
                    .map_err(|_| self.too_large())?;
                let mut next = Some(first);
                while let Some(begin) = next {
                    let end = begin.saturating_add(LIST_STEP as i64 - 1).min(last);
                    self.list.extend((begin..=end).map(Val::Int));
                    self.checkpoint()?;
                    next = end.checked_add(1).filter(|_| end < last);
                }
                Ok(())
            }
            super::iterate::Range::Strs(first, last) => {
                let mut next = Some(first);
                while let Some(text) = next {
                    next = super::iterate::next_string(&text, &last)?;
                    self.list.push(Val::Str(text));
                    self.checkpoint()?;
                }
                Ok(())
            }
        }
    }
}
