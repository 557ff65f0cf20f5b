//! Signals: what is pending, dispositions, masks, names, sending and timers.
//!
//! | file | job |
//! |---|---|
//! | `pending` | the word an interpreter polls and the bits in it |
//! | `handler` | the one handler: counts, keeps the siginfo, sets the word |
//! | `disposition` | default, ignore, catch: asking and changing |
//! | `sigset` | sets of signals and the thread's mask |
//! | `names` | perl's names and numbers |
//! | `timers` | alarm, setitimer |
//! | `lent` | what an embedding program gets back of all this |
//! | `waker` | waking the owner from another thread |

pub(crate) mod disposition;
pub(crate) mod handler;
pub(crate) mod lent;
pub(crate) mod names;
pub(crate) mod pending;
pub(crate) mod sigset;
pub(crate) mod timers;
pub(crate) mod waker;

pub(crate) use disposition::*;
pub(crate) use handler::{SigInfo, clear_all, count, pending_set, take_infos, take_pending};
pub(crate) use names::{NAMES, name_of, number_of};
pub(crate) use sigset::*;
pub(crate) use timers::*;
pub(crate) use waker::OwnerWaker;

use super::{Errno, Result};
use crate::sys::grant;

/// kill(2): a process, or with a negative number a process group; signal 0 only asks.
pub(crate) fn kill(pid: i32, signo: i32) -> Result<()> {
    grant::check(grant::SIGNALS)?;
    if grant::is_guest() && pid == crate::sys::process::getpid() {
        return to_own_thread(signo);
    }
    // SAFETY: kill takes no pointers.
    Errno::check(unsafe { libc::kill(pid, signo) }).map(drop)
}

/// A signal that a guest sends its own process has come before the call is over, as in a process of
/// one thread: another thread of the host might take it when the script has set its handler back.
fn to_own_thread(signo: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    let result = unsafe {
        let process = libc::c_long::from(libc::getpid());
        libc::syscall(libc::SYS_tgkill, process, pending::thread_id(), signo)
    };
    match result {
        0 => Ok(()),
        _ => Err(Errno::last()),
    }
}

/// killpg(2): `kill -9, $group` and `kill KILL => -$group`.
pub(crate) fn killpg(group: i32, signo: i32) -> Result<()> {
    grant::check(grant::SIGNALS)?;
    // SAFETY: killpg takes no pointers.
    Errno::check(unsafe { libc::killpg(group, signo) }).map(drop)
}

/// Sends a signal to the calling thread (POSIX::raise).
pub(crate) fn raise(signo: i32) -> Result<()> {
    grant::check(grant::SIGNALS)?;
    // SAFETY: raise takes no pointers and gives 0 or an error number's sign.
    if unsafe { libc::raise(signo) } == 0 {
        Ok(())
    } else {
        Err(Errno::last())
    }
}
