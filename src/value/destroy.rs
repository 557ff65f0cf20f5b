//! What happens when the last owner of a body goes: blessed bodies are queued for DESTROY, the
//! others freed, long chains without recursion.

use super::rc::{Body, Header, Kind, flag};
use super::reference::Ref;
use super::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bodies freed inside one another before the rest waits its turn.
const DEEPEST: u32 = 40;

thread_local! {
    /// How many bodies are being freed inside one another.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// Bodies that wait to be freed until the ones around them are.
    static WAITING: RefCell<Vec<(Kind, NonNull<()>)>> = const { RefCell::new(Vec::new()) };
    /// Objects whose last reference is gone; each owns the one count it was revived with.
    static QUEUE: RefCell<VecDeque<Ref>> = const { RefCell::new(VecDeque::new()) };
    /// Classes something has been blessed into.
    static CLASSES: RefCell<Vec<Rc<Stash>>> = const { RefCell::new(Vec::new()) };
    /// The pending word of the thread's running interpreter, and the bit that means DESTROY.
    static WORD: Cell<(*const AtomicU32, u32)> = const { Cell::new((std::ptr::null(), 0)) };
}

/// A class gets its first object.
pub(super) fn remember_class(class: &Rc<Stash>) {
    CLASSES.with_borrow_mut(|classes| classes.push(class.clone()));
}

/// May there be an object whose end runs something (its class has DESTROY, or AUTOLOAD)?
pub fn may_run_code() -> bool {
    let classes = CLASSES.with_borrow(Clone::clone);
    classes.iter().any(|class| !class.never_destroys())
}

/// Names the word (and the bit in it) that is set when an object waits for DESTROY; gives the
/// former one.
///
/// # Safety
/// The word outlives its use here: it is put back or replaced before it is freed.
pub unsafe fn set_word(word: *const AtomicU32, bit: u32) -> (*const AtomicU32, u32) {
    WORD.replace((word, bit))
}

/// The next object that waits for DESTROY.
pub fn take_queued() -> Option<Ref> {
    let object = QUEUE.with(|q| q.borrow_mut().pop_front())?;
    object.header().clear(flag::QUEUED);
    Some(object)
}

/// Ends an object for which DESTROY has run: it is not queued again unless it was blessed anew.
pub fn finish(object: Ref) {
    // One that DESTROY has stored somewhere lives on and may be destroyed again.
    if object.header().count() == 1 {
        object.header().set(flag::DESTROYED);
    }
    drop(object);
}

#[cold]
pub(super) fn last_owner_gone(kind: Kind, at: NonNull<()>) {
    // SAFETY: every body begins with its header, and the count of 1 keeps it alive here.
    let header = unsafe { at.cast::<Header>().as_ref() };
    if header.has(flag::BLESSED) && !header.has(flag::DESTROYED) && queue(kind, at, header) {
        return;
    }
    if header.has(flag::HAS_WEAK) {
        clear_weak(kind, at);
    }
    if DEPTH.get() >= DEEPEST {
        WAITING.with(|w| w.borrow_mut().push((kind, at)));
        return;
    }
    DEPTH.set(DEPTH.get() + 1);
    // SAFETY: the last count was given up by our caller.
    unsafe { free(kind, at) };
    DEPTH.set(DEPTH.get() - 1);
    if DEPTH.get() == 0 {
        while let Some((kind, at)) = WAITING.with(|w| w.borrow_mut().pop()) {
            DEPTH.set(1);
            // SAFETY: as above, for each that waited.
            unsafe { free(kind, at) };
            DEPTH.set(0);
        }
    }
}

/// Queues an object for DESTROY if its class (or AUTOLOAD, or anything not known yet) wants it.
fn queue(kind: Kind, at: NonNull<()>, header: &Header) -> bool {
    // SAFETY: the count is 1 and becomes the queue's own.
    let Some(object) = (unsafe { Ref::from_raw(kind, at) }) else {
        return false;
    };
    if object.blessed().is_none_or(|stash| stash.never_destroys()) {
        std::mem::forget(object);
        return false;
    }
    header.set(flag::QUEUED);
    QUEUE.with(|q| q.borrow_mut().push_back(object));
    let (word, bit) = WORD.get();
    // SAFETY: set_word's caller promised that the word lives.
    if let Some(word) = unsafe { word.as_ref() } {
        word.fetch_or(bit, Ordering::Relaxed);
    }
    true
}

fn clear_weak(kind: Kind, at: NonNull<()>) {
    // SAFETY: borrowed for the look at its side body only; the count is not given up here.
    if let Some(object) = unsafe { Ref::from_raw(kind, at) } {
        object.forget_weak();
        std::mem::forget(object);
    }
}

/// Frees a body.
///
/// # Safety
/// `at` is a body of that kind which nobody else will look at.
unsafe fn free(kind: Kind, at: NonNull<()>) {
    /// # Safety
    /// As for `free`.
    unsafe fn one<T: Body>(at: NonNull<()>) {
        // SAFETY: bodies come from `Box` in `Rc::new`.
        drop(unsafe { Box::from_raw(at.cast::<T>().as_ptr()) });
    }
    // SAFETY: the kind names the type the body was made with.
    unsafe {
        match kind {
            Kind::Scalar => one::<Scalar>(at),
            Kind::Array => one::<Array>(at),
            Kind::Hash => one::<Hash>(at),
            Kind::Code => one::<Code>(at),
            Kind::Glob => one::<Glob>(at),
            Kind::Io => one::<Io>(at),
            Kind::Format => one::<Format>(at),
            Kind::Stash => one::<Stash>(at),
            Kind::Dual => one::<Dual>(at),
            Kind::Weak => one::<WeakBox>(at),
            Kind::Magic => one::<MagicBody>(at),
            Kind::Iter => one::<Iter>(at),
            Kind::Regexp => one::<Regexp>(at),
            Kind::Native => one::<Native>(at),
        }
    }
}
