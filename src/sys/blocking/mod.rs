//! The one list of system calls that can sleep, each made so that no signal is slept through.
//!
//! | file | calls |
//! |---|---|
//! | `stub` | the instructions and the handler's half of the mechanism |
//! | `files` | open read write readv writev close fcntl(F_SETLKW) flock fsync |
//! | `sockets` | accept4 connect send* recv* |
//! | `waiting` | wait4 waitid ppoll select clock_nanosleep rt_sigsuspend |
//! | `by_number` | whatever `syscall` is asked for |
//! | `guest` | how an interpreter sleeps that does not own the process's signals |
//! | `watchdog` | deadlines for interpreters that compute |
//! | `sysv` | semop semtimedop msgsnd msgrcv |
//!
//! Nothing here retries: EINTR goes to the caller, who dispatches what is pending and then asks
//! again or reports the error, by perl's table (design: safe points). The wrappers of libc, nix,
//! socket2 and std for the same calls bypass the mechanism and must not be used.

pub(crate) mod by_number;
pub(crate) mod files;
pub(crate) mod guest;
pub(crate) mod sockets;
pub(crate) mod stub;
pub(crate) mod sysv;
pub(crate) mod waiting;
pub(crate) mod watchdog;

#[cfg(test)]
mod stress;

pub(crate) use files::*;
pub(crate) use guest::run_as_owner;
pub(crate) use sockets::*;
pub(crate) use sysv::*;
pub(crate) use waiting::*;

use super::signal::pending;
use super::{Errno, Result};
use std::cell::Cell;
use std::sync::atomic::AtomicU32;

/// The word of a thread that runs no interpreter: nothing is ever pending there.
static NEVER: AtomicU32 = AtomicU32::new(0);

thread_local! {
    static CURRENT: Cell<*const AtomicU32> = const { Cell::new(&raw const NEVER) };
    /// What of the word ends a call.
    static MASK: Cell<u32> = const { Cell::new(pending::WAKE) };
}

/// The thread's calls look at `word` from now on; null means at none. Gives the former word, to
/// be put back when a nested interpreter returns.
///
/// # Safety
/// The word must outlive its being current.
pub(crate) unsafe fn set_current(word: *const AtomicU32) -> *const AtomicU32 {
    let word = if word.is_null() {
        &raw const NEVER
    } else {
        word
    };
    CURRENT.with(|current| current.replace(word))
}

/// Makes call `nr`, to be ended early by whatever wakes an interpreter.
///
/// # Safety
/// The arguments must be what the kernel expects of call `nr`, with pointers valid during it.
#[inline]
pub(crate) unsafe fn call(nr: libc::c_long, args: [usize; 6]) -> Result<usize> {
    let word = CURRENT.with(Cell::get);
    // SAFETY: the word is alive by `set_current`'s contract; the rest is the caller's promise.
    let result = unsafe { stub::call(&*word, MASK.get(), nr, &args) };
    if (-4095..0).contains(&result) {
        Err(Errno(-result as i32))
    } else {
        Ok(result as usize)
    }
}

/// Whether the running interpreter is a guest in its process.
pub(crate) fn is_guest() -> bool {
    guest::is_current()
}

/// Whether something pending would end a sleep at once.
pub(crate) fn woken() -> bool {
    // SAFETY: the word is alive by `set_current`'s contract.
    let word = unsafe { &*CURRENT.with(Cell::get) };
    word.load(std::sync::atomic::Ordering::SeqCst) & MASK.get() != 0
}

/// While it lives only a stop ends the thread's calls (an interrupt, a limit), not a signal: where
/// nobody could dispatch one, but the host need not wait either.
pub(crate) struct StopsOnly {
    former: u32,
}

impl StopsOnly {
    /// From now on.
    pub(crate) fn new() -> StopsOnly {
        StopsOnly {
            former: MASK.replace(pending::STOP),
        }
    }
}

impl Drop for StopsOnly {
    fn drop(&mut self) {
        MASK.set(self.former);
    }
}

/// While it lives the thread's calls are not ended by what is pending: for the last steps of
/// things being dropped, where nobody could dispatch it.
pub(crate) struct Deaf {
    former: *const AtomicU32,
    guest: *const guest::Guest,
}

impl Deaf {
    /// From now on.
    pub(crate) fn new() -> Deaf {
        // SAFETY: the word for nobody is static.
        let former = unsafe { set_current(std::ptr::null()) };
        Deaf {
            former,
            guest: guest::replace(std::ptr::null()),
        }
    }
}

impl Drop for Deaf {
    fn drop(&mut self) {
        guest::replace(self.guest);
        // SAFETY: the former word was current, and its guard outlives this one.
        unsafe { set_current(self.former) };
    }
}
