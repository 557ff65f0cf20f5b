//! The word of pending bits that an interpreter polls at its safe points.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicPtr, AtomicU32, AtomicU64, Ordering};

/// A signal has been counted and waits for its Perl handler.
pub(crate) const SIGNAL: u32 = 1;
/// An `Interrupter` of the embedding program wants the script to stop.
pub(crate) const INTERRUPT: u32 = 2;
/// A limit (time, memory) has been reached.
pub(crate) const LIMIT: u32 = 4;
/// An object waits for DESTROY.
pub(crate) const DESTROY: u32 = 8;
/// The time for a run is over.
pub(crate) const TIME: u32 = 16;
/// Safe points are counted: a limit of operations. Stays set while that is so.
pub(crate) const STEPS: u32 = 32;
/// What stops a run. Stays set until the embedding program has got its error, so that nothing a
/// script does on its way out can swallow it.
pub(crate) const STOP: u32 = INTERRUPT | LIMIT | TIME;
/// What ends a sleep: everything but DESTROY and STEPS.
pub(crate) const WAKE: u32 = SIGNAL | STOP;

/// One interpreter's word; clones share it, so an `Interrupter` may keep one on another thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word(Arc<AtomicU32>);

impl Word {
    /// A word with nothing pending.
    pub(crate) fn new() -> Word {
        Word::default()
    }

    /// What is pending now: the one relaxed load of a safe point.
    #[inline(always)]
    pub(crate) fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// Marks something as pending.
    pub(crate) fn set(&self, bits: u32) {
        self.0.fetch_or(bits, Ordering::SeqCst);
    }

    /// Marks something as pending that only this thread looks at.
    pub(crate) fn announce(&self, bits: u32) {
        self.0.fetch_or(bits, Ordering::Relaxed);
    }

    /// The word itself, for those who keep it.
    pub(crate) fn shared(&self) -> Arc<AtomicU32> {
        Arc::clone(&self.0)
    }

    /// Takes bits away; gives those that were set. Clear SIGNAL before looking at the counts.
    pub(crate) fn clear(&self, bits: u32) -> u32 {
        self.0.fetch_and(!bits, Ordering::SeqCst) & bits
    }

    /// Makes this the word of the thread's sleeping calls; the former one is put back on drop.
    pub(crate) fn enter(&self) -> Entered {
        let word = Arc::clone(&self.0);
        // SAFETY: the guard keeps the word alive and takes it out of use when dropped.
        let former = unsafe { super::super::blocking::set_current(Arc::as_ptr(&word)) };
        Entered {
            former,
            _word: word,
        }
    }

    /// Makes this the word of the process's signals and the calling thread the one that is woken
    /// by them. The word is never freed: a handler may look at it at any time.
    pub(crate) fn own_signals(&self) {
        let kept = Arc::into_raw(Arc::clone(&self.0)).cast_mut();
        own_here();
        OWNER.store(kept, Ordering::SeqCst);
    }
}

impl Deref for Word {
    type Target = AtomicU32;

    fn deref(&self) -> &AtomicU32 {
        &self.0
    }
}

/// While it lives, the thread's sleeping calls are woken through the word it came from.
pub(crate) struct Entered {
    former: *const AtomicU32,
    _word: Arc<AtomicU32>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // SAFETY: the former word belongs to an enclosing guard, or is the word for nobody.
        unsafe { super::super::blocking::set_current(self.former) };
    }
}

static OWNER: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());
static OWNER_THREAD: AtomicI32 = AtomicI32::new(0);
static OWNER_SELF: AtomicU64 = AtomicU64::new(0);

/// The word signals are reported to, if an interpreter owns them. Async-signal-safe.
pub(super) fn owner() -> Option<&'static AtomicU32> {
    // SAFETY: only `own_signals` stores here, a word that is never freed.
    unsafe { OWNER.load(Ordering::SeqCst).as_ref() }
}

/// The thread to be woken for them; 0 while nobody owns them.
pub(super) fn owner_thread() -> i32 {
    OWNER_THREAD.load(Ordering::SeqCst)
}

/// After fork, in the child: the one thread there is, and nothing pending.
pub(crate) fn after_fork() {
    if owner_thread() != 0 {
        own_here();
    }
    if let Some(word) = owner() {
        word.fetch_and(!(SIGNAL | INTERRUPT), Ordering::SeqCst);
    }
}

/// Makes the calling thread the one to be woken.
fn own_here() {
    OWNER_SELF.store(this_thread(), Ordering::SeqCst);
    OWNER_THREAD.store(thread_id(), Ordering::SeqCst);
}

/// Is the calling thread the one to be woken, or nobody? Async-signal-safe, and no system call.
pub(super) fn at_home() -> bool {
    owner_thread() == 0 || OWNER_SELF.load(Ordering::SeqCst) == this_thread()
}

/// The C library's name of the calling thread, which a fork leaves as it is.
fn this_thread() -> libc::pthread_t {
    // SAFETY: takes nothing and cannot fail; async-signal-safe (POSIX.1-2008 TC2).
    unsafe { libc::pthread_self() }
}

/// The kernel's number of the calling thread. Async-signal-safe.
pub(super) fn thread_id() -> i32 {
    // SAFETY: gettid takes nothing and cannot fail.
    unsafe { libc::syscall(libc::SYS_gettid) as i32 }
}
