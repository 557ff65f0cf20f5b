//! The process's signals, lent by the embedding program to an interpreter: what that changed is put
//! back when it goes, so that the host meets its own handlers, timers and mask again.

use super::disposition::forget_caught;
use super::sigset::{How, SigSet, change_mask};
use super::timers;
use std::sync::{Mutex, PoisonError, TryLockError};

/// What the host had, from the first interpreter with its signals to the last.
struct Lent {
    /// The interpreters that have them.
    interpreters: usize,
    /// The dispositions that were changed, as they were.
    actions: Vec<(i32, libc::sigaction)>,
    /// The timers that were set, by number; `alarm` is the first one's other name.
    timers: [bool; 3],
}

static LENT: Mutex<Option<Lent>> = Mutex::new(None);

fn with<T>(run: impl FnOnce(&mut Option<Lent>) -> T) -> T {
    run(&mut LENT.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The loan of one interpreter. It ends on the thread it began on.
#[derive(Debug)]
pub(crate) struct Loan {
    mask: Option<SigSet>,
    process: i32,
}

impl Loan {
    /// From now on changes are remembered.
    pub(crate) fn begin() -> Loan {
        with(|lent| match lent {
            Some(lent) => lent.interpreters += 1,
            None => {
                *lent = Some(Lent {
                    interpreters: 1,
                    actions: Vec::new(),
                    timers: [false; 3],
                });
            }
        });
        Loan {
            mask: change_mask(How::Block, None).ok(),
            process: crate::sys::process::getpid(),
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if self.process != crate::sys::process::getpid() {
            return; // a forked child: the process is the script's
        }
        let over = with(|lent| {
            let of = lent.as_mut()?;
            of.interpreters -= 1;
            if of.interpreters == 0 {
                lent.take()
            } else {
                None
            }
        });
        if let Some(lent) = over {
            for which in (0..3).filter(|which| lent.timers[*which]) {
                timers::stop(which);
            }
            for (signo, action) in lent.actions {
                // SAFETY: a whole structure that the system gave.
                unsafe { libc::sigaction(signo, &raw const action, std::ptr::null_mut()) };
                forget_caught(signo);
            }
            super::clear_all();
        }
        // What came while it was blocked was the script's; it is let in where the host has it again.
        let _ = change_mask(How::Set, self.mask);
    }
}

/// Remembers something, where there is a loan. It does not wait: in the child of a host with threads
/// the lock may be held for ever, and a child gives nothing back.
fn remember(what: impl FnOnce(&mut Lent)) {
    let mut lent = match LENT.try_lock() {
        Ok(lent) => lent,
        Err(TryLockError::Poisoned(lent)) => lent.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    if let Some(lent) = &mut *lent {
        what(lent);
    }
}

/// A disposition was changed; this was the former one.
pub(super) fn changed(signo: i32, former: &libc::sigaction) {
    remember(|lent| {
        if lent.actions.iter().all(|(of, _)| *of != signo) {
            lent.actions.push((signo, *former));
        }
    });
}

/// A timer was set.
pub(super) fn timer_set(which: usize) {
    remember(|lent| lent.timers[which] = true);
}
