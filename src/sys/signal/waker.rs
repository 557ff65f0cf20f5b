//! Waking the thread that owns the process's signals from another thread (an `Interrupter`).
//!
//! A real-time signal of our own does it, installed only when the first waker is made; scripts
//! see it as any other, so a script that uses the same number takes it away from embedders only.

use super::pending::{self, Word};
use crate::sys::blocking::stub;
use crate::sys::{Errno, Result};
use libc::{c_int, c_void, siginfo_t};
use std::sync::atomic::{AtomicBool, Ordering};

/// Wakes the owner's thread; may be used from any thread.
#[derive(Clone, Debug)]
pub(crate) struct OwnerWaker {
    word: Word,
    thread: i32,
}

fn signal_number() -> i32 {
    libc::SIGRTMAX() - 1
}

static INSTALLED: AtomicBool = AtomicBool::new(false);

extern "C" fn on_wake(_: c_int, _: *mut siginfo_t, context: *mut c_void) {
    let errno = Errno::last();
    // SAFETY: the context is the one passed to this handler.
    unsafe { stub::leave(context) };
    errno.set_last();
}

impl OwnerWaker {
    /// A waker of the calling thread, whose interpreter has this word.
    pub(crate) fn new(word: &Word) -> Result<OwnerWaker> {
        // SAFETY: an all-zero sigaction is valid; the handler is async-signal-safe.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_wake as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            Errno::check(libc::sigaction(
                signal_number(),
                &raw const action,
                std::ptr::null_mut(),
            ))?;
        }
        INSTALLED.store(true, Ordering::SeqCst);
        Ok(OwnerWaker {
            word: word.clone(),
            thread: pending::thread_id(),
        })
    }

    /// Marks bits as pending and ends the thread's sleep.
    pub(crate) fn wake(&self, bits: u32) {
        self.word.set(bits);
        wake(self.thread);
    }
}

/// Ends a thread's sleep, if the signal for that is installed. Async-signal-safe.
pub(super) fn wake(thread: i32) -> bool {
    // SAFETY: takes no pointers.
    INSTALLED.load(Ordering::SeqCst)
        && unsafe {
            let process = libc::c_long::from(libc::getpid());
            libc::syscall(libc::SYS_tgkill, process, thread, signal_number()) == 0
        }
}
