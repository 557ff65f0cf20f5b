//! What a foreach loop walks over.

use super::rc::{Body, Header, Kind, Rc};
use super::{Array, Val};
use crate::text::PerlStr;
use std::cell::{Cell, RefCell};

/// The state of a foreach loop.
pub enum Steps {
    /// Over a list: entries are values or cells.
    List(RefCell<Vec<Val>>, Cell<usize>),
    /// Over a live array, forwards.
    Array(Rc<Array>, Cell<usize>),
    /// Over a live array, backwards: how many are left.
    ArrayBack(Rc<Array>, Cell<usize>),
    /// Over integers: the next, the last.
    Ints(Cell<i64>, i64),
    /// Over integers downwards: the next, the last.
    IntsBack(Cell<i64>, i64),
    /// Over strings, by magic increment: the next, the last, its length.
    Strings(RefCell<Option<PerlStr>>, PerlStr),
}

/// A foreach iterator.
#[repr(C)]
pub struct Iter {
    header: Header,
    /// Where it is.
    pub steps: Steps,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for Iter {
    const KIND: Kind = Kind::Iter;
}

impl Iter {
    /// A new iterator.
    pub fn new(steps: Steps) -> Rc<Iter> {
        Rc::new(Iter {
            header: Header::new(),
            steps,
        })
    }
}
