//! Deadlines for interpreters that are computing: one thread of the process that wakes each when
//! its time is over. It is started by the first deadline, blocks every signal, runs no Perl and
//! sleeps until the next deadline; without deadlines there is no such thread.

use super::guest::GuestWaker;
use crate::sys::signal::pending::{self, Word};
use crate::sys::signal::{AllBlocked, OwnerWaker};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Wakes an interpreter from another thread, whichever way it sleeps.
#[derive(Clone, Debug)]
pub(crate) enum Waker {
    /// A guest in its process: by its descriptor.
    Guest(GuestWaker),
    /// The owner of the process's signals: by a signal.
    Owner(OwnerWaker),
    /// At its next safe point only: there was no descriptor to be had.
    Word(Word),
}

impl Waker {
    /// Marks bits as pending and ends the sleep.
    pub(crate) fn wake(&self, bits: u32) {
        match self {
            Waker::Guest(waker) => waker.wake(bits),
            Waker::Owner(waker) => waker.wake(bits),
            Waker::Word(word) => word.set(bits),
        }
    }
}

#[derive(Default)]
struct Watch {
    waiting: BTreeMap<(Instant, u64), Waker>,
    next: u64,
    /// When the thread will look next; `None` while it sleeps without end.
    looks_at: Option<Instant>,
    /// The process whose thread it is: a forked child has none.
    process: i32,
}

static WATCH: Mutex<Watch> = Mutex::new(Watch {
    waiting: BTreeMap::new(),
    next: 0,
    looks_at: None,
    process: 0,
});
static CHANGED: Condvar = Condvar::new();

fn watch() -> MutexGuard<'static, Watch> {
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A deadline; it is off when this goes.
#[derive(Debug)]
pub(crate) struct Deadline((Instant, u64));

impl Deadline {
    /// TIME becomes pending after so long.
    pub(crate) fn after(time: Duration, waker: Waker) -> Deadline {
        if time.is_zero() {
            // Not a race with the thread: there is no time at all.
            waker.wake(pending::TIME);
        }
        let now = Instant::now();
        let at = now
            .checked_add(time)
            .unwrap_or(now + Duration::from_secs(1 << 31));
        let mut watch = watch();
        watch.next += 1;
        let key = (at, watch.next);
        watch.waiting.insert(key, waker);
        if watch.process != crate::sys::process::getpid() {
            begin(&mut watch);
        }
        if watch.looks_at.is_none_or(|looks| at < looks) {
            CHANGED.notify_one();
        }
        Deadline(key)
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        watch().waiting.remove(&self.0);
    }
}

fn begin(watch: &mut Watch) {
    let _blocked = AllBlocked::new();
    let thread = std::thread::Builder::new().name("deadlines".into());
    if thread.stack_size(64 * 1024).spawn(run).is_ok() {
        watch.process = crate::sys::process::getpid();
        watch.looks_at = None;
    }
}

fn run() {
    let mut state = watch();
    loop {
        let now = Instant::now();
        while let Some(entry) = state.waiting.first_entry() {
            if entry.key().0 > now {
                break;
            }
            entry.remove().wake(pending::TIME);
        }
        let next = state.waiting.keys().next().map(|key| key.0);
        state.looks_at = next;
        state = match next {
            None => CHANGED.wait(state).unwrap_or_else(PoisonError::into_inner),
            Some(at) => {
                let sleep = at.saturating_duration_since(now);
                let woken = CHANGED.wait_timeout(state, sleep);
                woken.unwrap_or_else(PoisonError::into_inner).0
            }
        };
    }
}

/// How many threads of this process are ours.
pub(crate) fn threads() -> usize {
    usize::from(watch().process == crate::sys::process::getpid())
}

/// Before fork: nobody holds the lock then, so the child finds it free.
pub(crate) fn quiet() -> impl Drop {
    struct Quiet {
        _watch: MutexGuard<'static, Watch>,
    }
    impl Drop for Quiet {
        fn drop(&mut self) {}
    }
    Quiet { _watch: watch() }
}
