//! The list stack: a row of values whose growth is on the interpreter's account.

use crate::text::{OutOfMemory, quota};
use crate::value::Val;
use std::ops::{Deref, DerefMut};

/// Room that is kept though nothing needs it.
const KEPT: usize = 1 << 16;

/// The values of all open lists.
#[derive(Default)]
pub struct List(Vec<Val>);

impl List {
    /// An empty one.
    pub const fn new() -> List {
        List(Vec::new())
    }

    /// Adds a value.
    #[inline(always)]
    pub fn push(&mut self, val: Val) {
        if self.0.len() == self.0.capacity() {
            self.grow(1);
        }
        self.0.push(val);
    }

    /// Adds values.
    #[inline]
    pub fn extend(&mut self, vals: impl IntoIterator<Item = Val>) {
        let vals = vals.into_iter();
        let more = vals.size_hint().0;
        if self.0.capacity() - self.0.len() < more {
            self.grow(more);
        }
        for val in vals {
            self.push(val);
        }
    }

    /// Makes room for values, if the limits allow it.
    pub fn try_reserve(&mut self, more: usize) -> Result<(), OutOfMemory> {
        if self.0.capacity() - self.0.len() >= more {
            return Ok(());
        }
        quota::fits(more.saturating_mul(size_of::<Val>()))?;
        quota::give(self.size());
        let done = self.0.try_reserve(more);
        quota::take(self.size());
        done.map_err(|_| OutOfMemory)
    }

    /// Gives back the room of a very long list that is over.
    pub fn trim(&mut self) {
        if self.0.capacity() > KEPT && self.0.len() < KEPT / 2 {
            quota::give(self.size());
            self.0.shrink_to(KEPT);
            quota::take(self.size());
        }
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<Val>()
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        quota::give(self.size());
        self.0.reserve(more);
        quota::take(self.size());
    }
}

impl Deref for List {
    type Target = Vec<Val>;
    #[inline(always)]
    fn deref(&self) -> &Vec<Val> {
        &self.0
    }
}

impl DerefMut for List {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Vec<Val> {
        &mut self.0
    }
}
