//! The array: values in a row, with a cheap shift. An element becomes a cell once something needs
//! its identity, and is a plain value again when nothing else does.

use super::rc::{Header, Rc, flag};
use super::side::Aside;
use super::{Scalar, Val, stash};
use crate::text::{OutOfMemory, quota};
use std::cell::{Cell, UnsafeCell};

/// Most elements an array may be asked to have: what an address can hold.
const MOST: usize = isize::MAX as usize / 16 - 1;

/// An array.
#[repr(C)]
pub struct Array {
    pub(super) header: Header,
    row: UnsafeCell<Row>,
    /// The iterator of `each`, `keys`, `values`.
    iter: Cell<usize>,
    pub(super) aside: Aside,
}

#[derive(Default)]
struct Row {
    /// Entries before this one have been shifted off; they are holes.
    off: usize,
    v: Vec<Val>,
}

impl Row {
    #[inline(always)]
    fn live(&self) -> &[Val] {
        // SAFETY: off <= v.len() always.
        unsafe { self.v.get_unchecked(self.off..) }
    }

    #[inline(always)]
    fn live_mut(&mut self) -> &mut [Val] {
        // SAFETY: off <= v.len() always.
        unsafe { self.v.get_unchecked_mut(self.off..) }
    }

    #[inline]
    fn room(&mut self, more: usize) -> Result<(), OutOfMemory> {
        if self.v.capacity() - self.v.len() >= more {
            return Ok(());
        }
        self.room_slow(more)
    }

    #[cold]
    fn room_slow(&mut self, more: usize) -> Result<(), OutOfMemory> {
        if self.off > 0 && self.off >= self.v.len() / 2 {
            self.v.drain(..self.off);
            self.off = 0;
        }
        let len = self.v.len().checked_add(more).ok_or(OutOfMemory)?;
        if len > MOST {
            return Err(OutOfMemory);
        }
        quota::fits(more.saturating_mul(size_of::<Val>()))?;
        self.give_back();
        let done = self.v.try_reserve(more);
        self.charge();
        done.map_err(|_| OutOfMemory)
    }

    /// The memory of the elements is on the interpreter's account.
    #[inline]
    fn charge(&self) {
        quota::take(self.v.capacity() * size_of::<Val>());
    }

    #[inline]
    fn give_back(&self) {
        quota::give(self.v.capacity() * size_of::<Val>());
    }
}

impl Drop for Row {
    #[inline]
    fn drop(&mut self) {
        self.give_back();
    }
}

/// The owned elements of a list, for an array that takes them over.
fn cleaned(mut list: Vec<Val>) -> Vec<Val> {
    for val in &mut list {
        if !val.is_rvalue() {
            *val = val.loaded();
        }
    }
    list
}

impl Array {
    /// An empty array.
    #[inline]
    pub fn new() -> Rc<Array> {
        Array::from_raw(Vec::new())
    }

    /// An array of copies of these values.
    pub fn from_vec(list: Vec<Val>) -> Rc<Array> {
        Array::from_raw(cleaned(list))
    }

    /// An array of these entries as they are: cells among them are shared (aliases).
    #[inline]
    pub fn from_raw(v: Vec<Val>) -> Rc<Array> {
        let row = Row { off: 0, v };
        row.charge();
        let row = UnsafeCell::new(row);
        let (header, iter, aside) = (Header::new(), Cell::new(0), Aside::new());
        Rc::new(Array {
            header,
            row,
            iter,
            aside,
        })
    }

    /// Takes the short way of every operation: no tie, hook, method cache or restriction.
    #[inline(always)]
    pub fn is_simple(&self) -> bool {
        !self.header.has(flag::SLOW_CONTAINER)
    }

    #[inline(always)]
    fn row(&self) -> &Row {
        // SAFETY: one thread; no borrow made here outlives the method it was made in, and no
        // method drops a value or runs foreign code while it holds one.
        unsafe { &*self.row.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn row_mut(&self) -> &mut Row {
        // SAFETY: as above.
        unsafe { &mut *self.row.get() }
    }

    #[inline(always)]
    fn touch(&self) {
        if self.header.has(flag::GENERATION) {
            stash::next_generation();
        }
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        let row = self.row();
        row.v.len() - row.off
    }

    /// Has it none?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A script's index as ours: negative ones count from the end. `None` before the start.
    #[inline(always)]
    pub fn index(&self, i: i64) -> Option<usize> {
        if i >= 0 {
            Some(i as usize)
        } else {
            usize::try_from(i + self.len() as i64).ok()
        }
    }

    /// Element `i`, undef where there is none. May be `Magic`.
    #[inline(always)]
    pub fn get(&self, i: usize) -> Val {
        match self.row().live().get(i) {
            Some(val) => val.loaded(),
            None => Val::Undef,
        }
    }

    /// Looks at the raw entry. `f` must not run Perl code nor change the array.
    #[inline(always)]
    pub fn with<R>(&self, i: usize, f: impl FnOnce(&Val) -> R) -> Option<R> {
        self.row().live().get(i).map(f)
    }

    /// Changes the raw entry in place. `f` must not run Perl code, drop a heap value, nor reach
    /// the array.
    #[inline(always)]
    pub fn with_mut<R>(&self, i: usize, f: impl FnOnce(&mut Val) -> R) -> Option<R> {
        self.row_mut().live_mut().get_mut(i).map(f)
    }

    /// Where the raw entry stands, for the machine's loop; null where there is none.
    #[inline(always)]
    pub fn place(&self, i: usize) -> *mut Val {
        match self.row_mut().live_mut().get_mut(i) {
            Some(val) => val,
            None => std::ptr::null_mut(),
        }
    }

    /// Stores a value in element `i`, through the cell if it is one. The caller has seen to magic.
    #[inline]
    pub fn set(&self, i: usize, val: Val) -> Result<(), OutOfMemory> {
        let row = self.row_mut();
        match row.live_mut().get_mut(i) {
            Some(Val::Cell(cell)) => {
                let cell = cell.clone();
                cell.set(val);
            }
            Some(place) => {
                let old = place.replace(val);
                if !old.is_plain() {
                    drop(old);
                }
            }
            None => {
                self.grow(i)?;
                self.row_mut().v.push(val);
            }
        }
        self.touch();
        Ok(())
    }

    /// Stores an entry raw (a cell becomes shared, a weak reference stays weak).
    pub fn set_raw(&self, i: usize, val: Val) -> Result<(), OutOfMemory> {
        if let Some(place) = self.row_mut().live_mut().get_mut(i) {
            let old = std::mem::replace(place, val);
            drop(old);
        } else {
            self.grow(i)?;
            self.row_mut().v.push(val);
        }
        self.touch();
        Ok(())
    }

    /// Lengthens the array with holes to `n` elements and leaves room for one more.
    fn grow(&self, n: usize) -> Result<(), OutOfMemory> {
        let more = n.saturating_sub(self.len());
        let row = self.row_mut();
        row.room(more.checked_add(1).ok_or(OutOfMemory)?)?;
        let len = row.v.len() + more;
        row.v.resize_with(len, || Val::Hole);
        Ok(())
    }

    /// The cell of element `i`, made (with the element) where there is none.
    pub fn cell(&self, i: usize) -> Result<Rc<Scalar>, OutOfMemory> {
        if i >= self.len() {
            self.resize(i.checked_add(1).ok_or(OutOfMemory)?)?;
        }
        Ok(self
            .row_mut()
            .live_mut()
            .get_mut(i)
            .map_or_else(|| Scalar::new(Val::Undef), boxed))
    }

    /// The cell of element `i` if the element exists.
    pub fn cell_if(&self, i: usize) -> Option<Rc<Scalar>> {
        let place = self.row_mut().live_mut().get_mut(i)?;
        if matches!(place, Val::Hole) {
            None
        } else {
            Some(boxed(place))
        }
    }

    /// Turns the cell of element `i` back into a plain value if nothing else holds it.
    #[inline]
    pub fn unbox(&self, i: usize) {
        let Some(place) = self.row_mut().live_mut().get_mut(i) else {
            return;
        };
        if let Val::Cell(cell) = place
            && Scalar::is_fresh(cell)
        {
            let val = cell.with_mut(Val::take);
            let old = std::mem::replace(place, val);
            drop(old);
        }
    }

    /// Does element `i` exist (perlfunc exists)?
    pub fn exists(&self, i: usize) -> bool {
        self.row()
            .live()
            .get(i)
            .is_some_and(|v| !matches!(v, Val::Hole))
    }

    /// Deletes element `i` (perlfunc delete): a hole, and the end moves over trailing holes.
    pub fn delete(&self, i: usize) -> Val {
        let row = self.row_mut();
        let Some(place) = row.live_mut().get_mut(i) else {
            return Val::Undef;
        };
        let old = std::mem::replace(place, Val::Hole);
        if i + 1 == self.len() {
            while matches!(self.row().live().last(), Some(Val::Hole)) {
                self.row_mut().v.pop();
            }
        }
        self.touch();
        old.loaded()
    }

    /// Appends a value.
    #[inline(always)]
    pub fn push(&self, val: Val) -> Result<(), OutOfMemory> {
        let row = self.row_mut();
        row.room(1)?;
        Val::append(&mut row.v, val);
        self.touch();
        Ok(())
    }

    /// Appends these entries as they are.
    pub fn extend_raw(&self, list: Vec<Val>) -> Result<(), OutOfMemory> {
        let row = self.row_mut();
        row.room(list.len())?;
        row.v.extend(list);
        self.touch();
        Ok(())
    }

    /// Takes the last element.
    #[inline]
    pub fn pop(&self) -> Val {
        let row = self.row_mut();
        if row.v.len() == row.off {
            return Val::Undef;
        }
        let val = row.v.pop().unwrap_or_default();
        self.touch();
        if val.is_rvalue() { val } else { val.loaded() }
    }

    /// Takes the first element.
    #[inline]
    pub fn shift(&self) -> Val {
        let row = self.row_mut();
        let Some(place) = row.live_mut().first_mut() else {
            return Val::Undef;
        };
        let val = place.replace(Val::Hole);
        row.off += 1;
        if row.off == row.v.len() {
            row.v.clear();
            row.off = 0;
        }
        self.touch();
        if val.is_rvalue() { val } else { val.loaded() }
    }

    /// Puts copies of these values before the first element.
    pub fn unshift(&self, list: Vec<Val>) -> Result<(), OutOfMemory> {
        self.splice(0, 0, list).map(drop)
    }

    /// Replaces `count` elements from `start` on, both clipped, by copies of `list`; gives what
    /// was there.
    pub fn splice(
        &self,
        start: usize,
        count: usize,
        list: Vec<Val>,
    ) -> Result<Vec<Val>, OutOfMemory> {
        let list = cleaned(list);
        let len = self.len();
        let start = start.min(len);
        let count = count.min(len - start);
        let row = self.row_mut();
        let n = list.len();
        if start <= len - start - count && n <= row.off + count {
            // The front moves, giving or taking holes; nothing behind it does.
            let gone = &mut row.live_mut()[start..start + count];
            let out = gone
                .iter_mut()
                .map(|v| std::mem::replace(v, Val::Hole))
                .collect();
            let off = row.off + count - n;
            let moved = &mut row.v[off.min(row.off)..row.off.max(off) + start];
            if off > row.off {
                moved.rotate_right(off - row.off);
            } else {
                moved.rotate_left(row.off - off);
            }
            row.off = off;
            for (place, val) in row.live_mut()[start..].iter_mut().zip(list) {
                *place = val;
            }
            self.touch();
            return Ok(cleaned(out));
        }
        row.room(list.len().saturating_sub(count))?;
        if start == 0 && row.off == 0 && list.len() > count {
            // Room at the front for more of the same, so that a run of unshifts stays linear.
            let spare = row.v.len() / 2;
            if row.room(list.len() + spare).is_ok() {
                row.v
                    .splice(0..0, std::iter::repeat_with(|| Val::Hole).take(spare));
                row.off = spare;
            }
        }
        let at = row.off + start;
        row.give_back();
        let out: Vec<Val> = row.v.splice(at..at + count, list).collect();
        row.charge();
        self.touch();
        Ok(cleaned(out))
    }

    /// Makes it `n` elements long (`$#a = n - 1`).
    pub fn resize(&self, n: usize) -> Result<(), OutOfMemory> {
        let len = self.len();
        if n < len {
            let row = self.row_mut();
            let gone = row.v.split_off(row.off + n);
            self.touch();
            drop(gone);
        } else {
            self.grow(n)?;
        }
        Ok(())
    }

    /// Empties it, keeping its memory where it is small.
    pub fn clear(&self) {
        let room = self.take_room();
        if self.row().v.capacity() == 0 {
            self.replace(room);
        }
    }

    /// Empties it and takes its memory where that is small: for a list that becomes its next
    /// contents.
    pub fn take_room(&self) -> Vec<Val> {
        /// Elements whose room is worth keeping.
        const KEPT: usize = 64;
        let mut row = std::mem::take(self.row_mut());
        self.iter.set(0);
        self.touch();
        row.give_back();
        let mut room = std::mem::take(&mut row.v);
        if room.capacity() > KEPT {
            return Vec::new();
        }
        room.clear();
        room
    }

    /// Its new contents are copies of these values.
    pub fn assign(&self, list: Vec<Val>) {
        self.replace(cleaned(list));
    }

    /// Its new entries, as they are.
    pub fn replace(&self, list: Vec<Val>) {
        let new = Row { off: 0, v: list };
        new.charge();
        let old = std::mem::replace(self.row_mut(), new);
        self.iter.set(0);
        self.touch();
        drop(old);
    }

    /// Copies of all elements. Entries may be `Magic`.
    pub fn to_vec(&self) -> Vec<Val> {
        self.row().live().iter().map(Val::loaded).collect()
    }

    /// Appends copies of all elements from `from` on to a list.
    #[inline]
    pub fn push_to(&self, from: usize, out: &mut Vec<Val>) {
        out.extend(self.row().live().iter().skip(from).map(Val::loaded));
    }

    /// Appends the values of some elements.
    pub fn push_range_to(&self, range: std::ops::Range<usize>, out: &mut Vec<Val>) {
        out.extend(
            self.row()
                .live()
                .get(range)
                .unwrap_or_default()
                .iter()
                .map(Val::loaded),
        );
    }

    /// Appends the cells of some elements, making them.
    pub fn push_cells_of(&self, range: std::ops::Range<usize>, out: &mut Vec<Val>) {
        if let Some(part) = self.row_mut().live_mut().get_mut(range) {
            out.extend(part.iter_mut().map(|v| Val::Cell(boxed(v))));
        }
    }

    /// Appends the cells of all elements to a list, making them.
    pub fn push_cells_to(&self, out: &mut Vec<Val>) {
        out.extend(
            self.row_mut()
                .live_mut()
                .iter_mut()
                .map(|v| Val::Cell(boxed(v))),
        );
    }

    /// Is it blessed into a class that overloads something?
    #[inline]
    pub fn blessed_overloads(&self) -> bool {
        use super::side::HasSide;
        self.class_overloads()
    }

    /// Where `each` is.
    pub fn iterator(&self) -> usize {
        self.iter.get()
    }

    /// Moves `each`.
    pub fn set_iterator(&self, at: usize) {
        self.iter.set(at);
    }
}

/// Makes the entry a cell, if it is none yet.
#[inline]
pub(super) fn boxed(place: &mut Val) -> Rc<Scalar> {
    if let Val::Cell(cell) = place {
        return cell.clone();
    }
    if matches!(place, Val::Hole) {
        *place = Val::Undef;
    }
    let cell = Scalar::new(place.take());
    place.put(Val::Cell(cell.clone()));
    cell
}
