//! What happens when the last owner of a body goes: blessed bodies are queued for DESTROY, the
//! others freed, long chains without recursion.

use super::living::{self, Living};
use super::rc::{Body, Header, Kind, OVERHEAD, flag};
use super::reference::Ref;
use super::*;
use crate::sys::signal::pending::{self, Word};
use crate::text::quota;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ptr::NonNull;
use std::rc::Rc as Shared;

/// Bodies freed inside one another before the rest waits its turn.
const DEEPEST: u32 = 40;

thread_local! {
    /// How many bodies are being freed inside one another.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// Bodies that wait to be freed until the ones around them are.
    static WAITING: RefCell<Vec<(Kind, NonNull<()>)>> = const { RefCell::new(Vec::new()) };
    /// Where the objects of the thread's running interpreter wait for DESTROY.
    static SINK: RefCell<Option<Shared<Sink>>> = const { RefCell::new(None) };
}

/// The objects of one interpreter that wait for DESTROY.
pub struct Sink {
    /// Objects whose last reference is gone; each owns the one count it was revived with.
    queue: RefCell<VecDeque<Ref>>,
    /// What is alive.
    living: Living,
    /// Classes something has been blessed into.
    classes: RefCell<Vec<Rc<Stash>>>,
    /// The interpreter's pending word.
    word: Word,
}

impl Sink {
    /// An empty one, which announces what comes in the word.
    pub fn new(word: Word) -> Shared<Sink> {
        Shared::new(Sink {
            queue: RefCell::default(),
            living: Living::default(),
            classes: RefCell::default(),
            word,
        })
    }

    /// From now on what dies on this thread comes here, until the guard goes.
    pub fn enter(self: &Shared<Sink>) -> Entered {
        Entered(SINK.replace(Some(self.clone())))
    }
}

/// While it lives an interpreter's sink is the thread's.
pub struct Entered(Option<Shared<Sink>>);

impl Drop for Entered {
    fn drop(&mut self) {
        let own = SINK.replace(self.0.take());
        drop(own);
    }
}

/// Looks at the list of what is alive in the thread's running interpreter.
pub(super) fn with_living<T>(run: impl FnOnce(&Living) -> T) -> Option<T> {
    let look = SINK.try_with(|sink| {
        let sink = sink.try_borrow().ok()?;
        Some(run(&sink.as_ref()?.living))
    });
    look.ok().flatten()
}

/// A class gets its first object.
pub(super) fn remember_class(class: &Rc<Stash>) {
    SINK.with_borrow(|sink| {
        if let Some(sink) = sink {
            sink.classes.borrow_mut().push(class.clone());
        }
    });
}

/// May there be an object whose end runs something (its class has DESTROY, or AUTOLOAD)?
pub fn may_run_code() -> bool {
    let classes = SINK.with_borrow(|sink| {
        let classes = sink.as_ref().map(|sink| sink.classes.borrow().clone());
        classes.unwrap_or_default()
    });
    classes.iter().any(|class| !class.never_destroys())
}

/// The next object that waits for DESTROY.
pub fn take_queued() -> Option<Ref> {
    let object = SINK.with_borrow(|sink| sink.as_ref()?.queue.borrow_mut().pop_front())?;
    object.header().clear(flag::QUEUED);
    Some(object)
}

/// Lets go of the objects that wait, without DESTROY: nobody may run it any more.
pub fn discard_queued() {
    // What they hold may come to the queue in turn.
    for _ in 0..1_000_000 {
        match take_queued() {
            Some(object) => {
                object.header().set(flag::DESTROYED);
                drop(object);
            }
            None => return,
        }
    }
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
    let mut object = Some(object);
    // At the thread's end there is no sink either.
    let _ = SINK.try_with(|sink| {
        if let Ok(sink) = sink.try_borrow()
            && let Some(sink) = sink.as_ref()
            && let Some(object) = object.take()
        {
            header.set(flag::QUEUED);
            sink.queue.borrow_mut().push_back(object);
            sink.word.announce(pending::DESTROY);
        }
    });
    match object {
        // Nobody could run DESTROY: it is freed as any other body.
        Some(object) => {
            std::mem::forget(object);
            false
        }
        None => true,
    }
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
        quota::give(size_of::<T>() + OVERHEAD);
        // SAFETY: bodies come from `Box` in `Rc::new`.
        drop(unsafe { Box::from_raw(at.cast::<T>().as_ptr()) });
    }
    // SAFETY: a header stands first in every body.
    let header = unsafe { at.cast::<Header>().as_ref() };
    if header.has(flag::LISTED) {
        living::unlist(header);
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
