//! What is alive, for the end of an interpreter: objects that hold themselves in a circle get their
//! DESTROY then (perlobj "Global Destruction"), and a host gets the memory of all circles back.
//!
//! Listed are objects of classes with DESTROY, and every container where memory is counted
//! (`text::quota`): a script with a memory limit must not be able to leave that much behind each time.

use super::destroy::with_living;
use super::rc::{Header, Kind, flag};
use super::reference::Ref;
use super::{Scalar, Val};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ptr::NonNull;

thread_local! {
    /// A listed body was freed outside its interpreter: no list of this thread can be trusted.
    static STRAYED: Cell<bool> = const { Cell::new(false) };
}

/// The bodies of one interpreter that are alive, by address.
#[derive(Default)]
pub(super) struct Living {
    bodies: RefCell<HashMap<usize, Kind, foldhash::fast::RandomState>>,
    /// The interpreter is at its end: nothing is listed any more.
    closed: Cell<bool>,
}

/// May bodies of this kind hold others that hold them?
pub(super) const fn holds(kind: Kind) -> bool {
    matches!(kind, Kind::Scalar | Kind::Array | Kind::Hash | Kind::Code)
}

/// A body is alive from now on.
#[cold]
#[inline(never)]
pub(super) fn list(kind: Kind, header: &Header) {
    if header.has(flag::LISTED) {
        return;
    }
    with_living(|living| {
        if !living.closed.get() {
            let at = std::ptr::from_ref(header) as usize;
            living.bodies.borrow_mut().insert(at, kind);
            header.set(flag::LISTED);
        }
    });
}

/// A listed body is about to be freed.
#[cold]
#[inline(never)]
pub(super) fn unlist(header: &Header) {
    let at = std::ptr::from_ref(header) as usize;
    let was_there = with_living(|living| living.bodies.borrow_mut().remove(&at).is_some());
    if was_there != Some(true) {
        STRAYED.set(true);
    }
}

/// The bodies that are alive, held; `wanted` looks at their headers.
fn held(wanted: impl Fn(&Header) -> bool) -> Vec<Ref> {
    if STRAYED.get() {
        return Vec::new();
    }
    let held = with_living(|living| {
        let bodies = living.bodies.borrow();
        let alive = bodies.iter().filter_map(|(at, kind)| {
            let at = NonNull::new(*at as *mut ())?;
            // SAFETY: whatever is listed is alive, since it is taken off the list before it is freed;
            // the count it has belongs to others, so that ours is a clone.
            unsafe {
                if !wanted(at.cast::<Header>().as_ref()) {
                    return None;
                }
                let others = std::mem::ManuallyDrop::new(Ref::from_raw(*kind, at)?);
                Some((*others).clone())
            }
        });
        alive.collect::<Vec<Ref>>()
    });
    held.unwrap_or_default()
}

/// The objects that are left, for their DESTROY.
pub fn objects() -> Vec<Ref> {
    held(|header| header.has(flag::BLESSED) && !header.has(flag::DESTROYED | flag::QUEUED))
}

/// Empties everything that is left, so that circles let go of each other. Nothing is listed, and no
/// code of this interpreter runs, from now on.
pub fn sweep() {
    let left = held(|_| true);
    with_living(|living| living.closed.set(true));
    for body in &left {
        body.header().clear(flag::LISTED);
        match body {
            Ref::Array(array) => array.clear(),
            Ref::Hash(hash) => hash.clear(),
            Ref::Scalar(scalar) => empty(scalar),
            // what a sub has captured is among the others
            _ => {}
        }
    }
    with_living(|living| living.bodies.take());
}

/// A host may still ask an object for the Rust value inside, which is in no circle of Perl's.
fn empty(scalar: &Scalar) {
    if !scalar.with(|val| matches!(val, Val::Native(_))) {
        scalar.set(Val::Undef);
    }
}
