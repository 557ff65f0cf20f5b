//! The hash: entries in order of insertion, a linear row while small, an index of positions above.
//!
//! Deleting moves the last entry into the gap; iteration runs from the last entry down, which
//! gives exactly what perlfunc each promises about deleting the current key.

pub mod hashing;
mod restricted;

use self::hashing::{hash_bytes, normalised};
use crate::text::{OutOfMemory, PerlStr, quota};
use crate::value::array::boxed;
use crate::value::rc::{Header, Rc, flag};
use crate::value::side::Aside;
use crate::value::{Scalar, Val, stash};
use std::cell::{Cell, UnsafeCell};

/// Up to this many entries are searched in a row.
const SMALL: usize = 8;
/// Most entries: positions are 32 bits.
const MOST: usize = 1 << 31;

/// A key ready for look-up: normalised, with its hash. Constants make theirs once.
#[derive(Clone)]
pub struct Key {
    /// The normalised string.
    pub text: PerlStr,
    /// Its hash.
    pub hash: u32,
}

impl Key {
    /// Of a string.
    #[inline]
    pub fn new(text: &PerlStr) -> Key {
        let text = normalised(text);
        let hash = hash_bytes(text.as_bytes());
        Key { text, hash }
    }

    /// Lends a string as a key for one look, without touching its count. `f` must not run Perl
    /// code.
    #[inline(always)]
    pub fn lend<R>(text: &PerlStr, f: impl FnOnce(&Key) -> R) -> R {
        if !text.is_plain() {
            return f(&Key::new(text));
        }
        // SAFETY: never dropped, so the count the string owns is not given up twice.
        let text = unsafe { std::ptr::read(text) };
        let hash = hash_bytes(text.as_bytes());
        let key = std::mem::ManuallyDrop::new(Key { text, hash });
        f(&key)
    }

    #[inline(always)]
    fn is(&self, entry: &Entry) -> bool {
        entry.hash == self.hash
            && (entry.key.same_buffer(&self.text)
                || (entry.key.as_bytes() == self.text.as_bytes()
                    && entry.key.is_utf8() == self.text.is_utf8()))
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Key {
        Key::new(&PerlStr::from(text))
    }
}

struct Entry {
    hash: u32,
    key: PerlStr,
    val: Val,
}

/// A hash.
#[repr(C)]
pub struct Hash {
    pub(in crate::value) header: Header,
    table: UnsafeCell<Table>,
    /// Entries below this position have not been visited by `each`; `usize::MAX` at the start.
    iter: Cell<usize>,
    pub(in crate::value) aside: Aside,
}

#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    /// Open addressing, a power of two of them: position + 1 in the low bits that number a slot,
    /// the hash's own bits above; 0 is free. Empty while small.
    slots: Vec<u32>,
}

impl Table {
    #[inline]
    fn find(&self, key: &Key) -> Option<usize> {
        if self.slots.is_empty() {
            return self.entries.iter().position(|e| key.is(e));
        }
        let mask = self.slots.len() - 1;
        let mut at = key.hash as usize & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            if (slot ^ key.hash) & !(mask as u32) == 0 {
                let i = (slot as usize & mask) - 1;
                if self.entries.get(i).is_some_and(|e| key.is(e)) {
                    return Some(i);
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: Key, val: Val) -> Result<usize, OutOfMemory> {
        let i = self.entries.len();
        if i >= MOST {
            return Err(OutOfMemory);
        }
        if i == self.entries.capacity() {
            self.more_entries(i.max(3))?;
        }
        // At most five of eight slots are taken.
        if i >= SMALL && (i + 1) * 8 > self.slots.len() * 5 {
            self.rebuild(i + 1)?;
        }
        if !self.slots.is_empty() {
            self.occupy(key.hash, i);
        }
        self.entries.push(Entry {
            hash: key.hash,
            key: key.text,
            val,
        });
        Ok(i)
    }

    /// What the slot of position `i` holds.
    #[inline]
    fn slot(&self, hash: u32, i: usize) -> u32 {
        hash & !((self.slots.len() - 1) as u32) | (i as u32 + 1)
    }

    fn more_entries(&mut self, more: usize) -> Result<(), OutOfMemory> {
        quota::fits(more.saturating_mul(size_of::<Entry>()))?;
        quota::give(self.size());
        let done = self.entries.try_reserve(more);
        quota::take(self.size());
        done.map_err(|_| OutOfMemory)
    }

    /// What its entries and its index take.
    fn size(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.slots.capacity() * size_of::<u32>()
    }

    fn occupy(&mut self, hash: u32, i: usize) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = self.slot(hash, i);
    }

    /// A new index with room for `n` entries and as many again.
    #[cold]
    fn rebuild(&mut self, n: usize) -> Result<(), OutOfMemory> {
        let size = (n * 2).next_power_of_two().max(32);
        let mut slots = Vec::new();
        quota::fits(size.saturating_mul(size_of::<u64>()))?;
        slots.try_reserve_exact(size).map_err(|_| OutOfMemory)?;
        slots.resize(size, 0);
        quota::give(self.size());
        self.slots = slots;
        quota::take(self.size());
        for i in 0..self.entries.len() {
            self.occupy(self.entries[i].hash, i);
        }
        Ok(())
    }

    /// The slot that holds position `i`, known to be there.
    fn slot_of(&self, hash: u32, i: usize) -> usize {
        let mask = self.slots.len() - 1;
        let want = self.slot(hash, i);
        let mut at = hash as usize & mask;
        while self.slots[at] != want && self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    fn remove(&mut self, i: usize) -> Entry {
        if self.slots.is_empty() {
            return self.entries.swap_remove(i);
        }
        let mask = self.slots.len() - 1;
        let mut gap = self.slot_of(self.entries[i].hash, i);
        let last = self.entries.len() - 1;
        if last != i {
            let hash = self.entries[last].hash;
            let moved = self.slot_of(hash, last);
            self.slots[moved] = self.slot(hash, i);
        }
        let entry = self.entries.swap_remove(i);
        // Close the gap: later entries of the run move up unless that takes them before their
        // own place.
        let mut at = gap;
        loop {
            at = (at + 1) & mask;
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            let home = self.entries[(slot as usize & mask) - 1].hash as usize & mask;
            if at.wrapping_sub(home) & mask >= at.wrapping_sub(gap) & mask {
                self.slots[gap] = slot;
                gap = at;
            }
        }
        self.slots[gap] = 0;
        entry
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        quota::give(self.size());
    }
}

impl Hash {
    /// An empty hash.
    #[inline]
    pub fn new() -> Rc<Hash> {
        Rc::new(Hash {
            header: Header::new(),
            table: UnsafeCell::new(Table::default()),
            iter: Cell::new(usize::MAX),
            aside: Aside::new(),
        })
    }

    /// Takes the short way of every operation: no tie, hook, method cache or restriction.
    #[inline(always)]
    pub fn is_simple(&self) -> bool {
        !self.header.has(flag::SLOW_CONTAINER)
    }

    #[inline(always)]
    fn table(&self) -> &Table {
        // SAFETY: one thread; no borrow made here outlives the method it was made in, and no
        // method drops a value or runs foreign code while it holds one.
        unsafe { &*self.table.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table_mut(&self) -> &mut Table {
        // SAFETY: as above.
        unsafe { &mut *self.table.get() }
    }

    #[inline(always)]
    fn touch(&self) {
        if self.header.has(flag::GENERATION) {
            stash::next_generation();
        }
    }

    /// The number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table().entries.len()
    }

    /// Has it none?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key; `None` where there is none. May be `Magic`.
    #[inline]
    pub fn get_k(&self, key: &Key) -> Option<Val> {
        let table = self.table();
        table
            .find(key)
            .and_then(|i| table.entries.get(i))
            .map(|e| e.val.loaded())
    }

    /// The value of a key; `None` where there is none. May be `Magic`.
    #[inline]
    pub fn get(&self, key: &PerlStr) -> Option<Val> {
        self.get_k(&Key::new(key))
    }

    /// The value of a key written in Rust.
    pub fn get_str(&self, key: &str) -> Option<Val> {
        self.get_k(&Key::from(key))
    }

    /// Changes the raw entry of a key in place, if there is one. `f` must not run Perl code, drop
    /// a heap value, nor reach the hash.
    #[inline]
    pub fn with_mut<R>(&self, key: &Key, f: impl FnOnce(&mut Val) -> R) -> Option<R> {
        let table = self.table_mut();
        table
            .find(key)
            .and_then(|i| table.entries.get_mut(i))
            .map(|e| f(&mut e.val))
    }

    /// Where the raw entry of a key stands, for the machine's loop; null where there is none.
    #[inline(always)]
    pub fn place(&self, key: &Key) -> *mut Val {
        let table = self.table_mut();
        match table.find(key).and_then(|i| table.entries.get_mut(i)) {
            Some(e) => &mut e.val,
            None => std::ptr::null_mut(),
        }
    }

    /// As [`Hash::place`], the entry made where there is none.
    #[inline]
    pub fn place_or_new(&self, key: &Key) -> Result<*mut Val, OutOfMemory> {
        let table = self.table_mut();
        let i = match table.find(key) {
            Some(i) => i,
            None => {
                let i = table.insert(key.clone(), Val::Undef)?;
                self.touch();
                i
            }
        };
        Ok(&raw mut self.table_mut().entries[i].val)
    }

    /// Stores a value, through the cell if there is one. The caller has seen to magic.
    #[inline]
    pub fn set_k(&self, key: &Key, val: Val) -> Result<(), OutOfMemory> {
        let place = self.place_or_new(key)?;
        // SAFETY: the place was found just now; nothing has run since.
        let place = unsafe { &mut *place };
        if let Val::Cell(cell) = place {
            let cell = cell.clone();
            cell.set(val);
        } else {
            let old = place.replace(val);
            drop(old);
        }
        self.touch();
        Ok(())
    }

    /// Stores a value, through the cell if there is one. The caller has seen to magic.
    pub fn set(&self, key: &PerlStr, val: Val) -> Result<(), OutOfMemory> {
        self.set_k(&Key::new(key), val)
    }

    /// Stores the value of a key written in Rust.
    pub fn set_str(&self, key: &str, val: Val) {
        // A lack of memory for one entry shows at the next script-sized request.
        let _ = self.set_k(&Key::from(key), val);
    }

    /// Stores an entry raw (a cell becomes shared, a weak reference stays weak).
    pub fn set_raw(&self, key: &Key, val: Val) -> Result<(), OutOfMemory> {
        let place = self.place_or_new(key)?;
        // SAFETY: the place was found just now; nothing has run since.
        let old = std::mem::replace(unsafe { &mut *place }, val);
        self.touch();
        drop(old);
        Ok(())
    }

    /// The cell of a key, made (with the entry) where there is none.
    pub fn cell(&self, key: &Key) -> Result<Rc<Scalar>, OutOfMemory> {
        let place = self.place_or_new(key)?;
        // SAFETY: the place was found just now; nothing has run since.
        Ok(boxed(unsafe { &mut *place }))
    }

    /// The cell of a key if there is an entry.
    pub fn cell_if(&self, key: &Key) -> Option<Rc<Scalar>> {
        self.with_mut(key, boxed)
    }

    /// Is there such a key?
    #[inline]
    pub fn exists_k(&self, key: &Key) -> bool {
        self.table().find(key).is_some()
    }

    /// Is there such a key?
    pub fn exists(&self, key: &PerlStr) -> bool {
        self.exists_k(&Key::new(key))
    }

    /// Deletes a key; gives its value, raw.
    pub fn delete_raw(&self, key: &Key) -> Option<Val> {
        let table = self.table_mut();
        let i = table.find(key)?;
        let entry = table.remove(i);
        if table.entries.is_empty() {
            self.iter.set(usize::MAX);
        }
        self.touch();
        Some(entry.val)
    }

    /// Deletes a key; gives its value.
    pub fn delete_k(&self, key: &Key) -> Option<Val> {
        self.delete_raw(key)
            .map(|val| if val.is_rvalue() { val } else { val.loaded() })
    }

    /// Deletes a key; gives its value.
    pub fn delete(&self, key: &PerlStr) -> Option<Val> {
        self.delete_k(&Key::new(key))
    }

    /// Empties it.
    pub fn clear(&self) {
        let mut old = std::mem::take(self.table_mut());
        self.iter.set(usize::MAX);
        self.touch();
        if old.slots.is_empty() {
            // A small one keeps its room, unless it has got entries meanwhile.
            old.entries.clear();
            let table = self.table_mut();
            if table.entries.capacity() == 0 {
                table.entries = std::mem::take(&mut old.entries);
            }
        }
    }

    /// Makes room for so many keys (`keys(%h) = n`).
    pub fn reserve(&self, n: usize) -> Result<(), OutOfMemory> {
        let table = self.table_mut();
        let more = n.saturating_sub(table.entries.len());
        if n >= MOST {
            return Err(OutOfMemory);
        }
        table.more_entries(more)
    }

    /// The keys, in order of iteration.
    pub fn keys(&self) -> Vec<PerlStr> {
        self.table()
            .entries
            .iter()
            .rev()
            .map(|e| e.key.clone())
            .collect()
    }

    /// Appends the keys to a list.
    pub fn push_keys_to(&self, out: &mut Vec<Val>) {
        out.extend(
            self.table()
                .entries
                .iter()
                .rev()
                .map(|e| Val::Str(e.key.clone())),
        );
    }

    /// Appends copies of the values to a list. Entries may be `Magic`.
    pub fn push_values_to(&self, out: &mut Vec<Val>) {
        out.extend(self.table().entries.iter().rev().map(|e| e.val.loaded()));
    }

    /// Appends the cells of the values to a list, making them.
    pub fn push_cells_to(&self, out: &mut Vec<Val>) {
        let entries = &mut self.table_mut().entries;
        out.extend(
            entries
                .iter_mut()
                .rev()
                .map(|e| Val::Cell(boxed(&mut e.val))),
        );
    }

    /// Appends keys and values to a list.
    pub fn push_pairs_to(&self, out: &mut Vec<Val>) {
        for e in self.table().entries.iter().rev() {
            out.push(Val::Str(e.key.clone()));
            out.push(e.val.loaded());
        }
    }

    /// Copies of all pairs, in order of iteration.
    pub fn pairs(&self) -> Vec<(PerlStr, Val)> {
        self.table()
            .entries
            .iter()
            .rev()
            .map(|e| (e.key.clone(), e.val.loaded()))
            .collect()
    }

    /// The next key of `each`; `None` at the end, where it starts over.
    pub fn next_key(&self) -> Option<PerlStr> {
        let at = self.iter.get().min(self.len());
        if at == 0 {
            self.iter.set(usize::MAX);
            return None;
        }
        self.iter.set(at - 1);
        self.table().entries.get(at - 1).map(|e| e.key.clone())
    }

    /// Starts `each` over.
    pub fn reset_iterator(&self) {
        self.iter.set(usize::MAX);
    }
}

impl Hash {
    /// Is it blessed into a class that overloads something?
    #[inline]
    pub fn blessed_overloads(&self) -> bool {
        use crate::value::side::HasSide;
        self.class_overloads()
    }
}
