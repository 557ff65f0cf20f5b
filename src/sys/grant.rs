//! What the running interpreter may do outside itself: the one gate every area of `sys` asks.
//!
//! A script reaches the system through this floor only, so a right is refused here and nowhere
//! else: a builtin that forgets to ask cannot be written. `t/house.rs` holds the list of what
//! asks and of what needs no right. Threads that run no interpreter, and the host's own work,
//! are granted everything.

use super::{Errno, Result};
use std::cell::Cell;

/// Looking at files and directories by name.
pub(crate) const READ_FILES: u32 = 1;
/// Making, changing and removing them.
pub(crate) const WRITE_FILES: u32 = 2;
/// Sockets and names of hosts.
pub(crate) const NETWORK: u32 = 4;
/// Making processes and programs, waiting for them, System V IPC, and what belongs to the process
/// as a whole (ids, groups, the current directory, umask, resource limits).
pub(crate) const PROCESSES: u32 = 8;
/// Sending, catching and ignoring signals, timers that send them.
pub(crate) const SIGNALS: u32 = 16;
/// What is around the process: users and groups, the machine's name, locales, the parent.
pub(crate) const ENVIRONMENT: u32 = 32;
/// Native halves of modules that reach the system (POSIX, Socket ...).
pub(crate) const MODULES: u32 = 64;
/// fork where the host has other threads.
pub(crate) const FORK_WITH_THREADS: u32 = 128;
/// The process is the script's own: `exec`, `_exit` and `chdir` are its business.
pub(crate) const PROCESS_ITSELF: u32 = 256;
/// Everything.
pub(crate) const ALL: u32 = 511;

thread_local! {
    static CURRENT: Cell<u32> = const { Cell::new(ALL) };
    /// What was asked for and refused, until somebody looks.
    static REFUSED: Cell<u32> = const { Cell::new(0) };
}

/// Is a right among others?
pub(crate) fn has_in(rights: u32, right: u32) -> bool {
    rights & right == right
}

/// Is it granted?
#[inline]
pub(crate) fn has(rights: u32) -> bool {
    let missing = rights & !CURRENT.get();
    if missing != 0 {
        REFUSED.set(REFUSED.get() | missing);
    }
    missing == 0
}

/// Would it be granted? For what is tried on the side: nobody has asked.
pub(crate) fn allows(rights: u32) -> bool {
    CURRENT.get() & rights == rights
}

/// Is the process somebody else's? (No refusal.)
pub(crate) fn is_guest() -> bool {
    !allows(PROCESS_ITSELF)
}

/// `Permission denied` where it is not granted.
#[inline]
pub(crate) fn check(rights: u32) -> Result<()> {
    if has(rights) {
        Ok(())
    } else {
        Err(Errno::EACCES)
    }
}

/// What the interpreter on this thread was refused since this was last asked.
pub(crate) fn take_refused() -> u32 {
    REFUSED.take()
}

/// Puts back what was refused, where one interpreter makes room for another.
pub(crate) fn replace_refused(refused: u32) -> u32 {
    REFUSED.replace(refused)
}

/// While it lives other rights are in force on this thread.
pub(crate) struct Entered(u32);

/// From now on these rights, until the guard goes.
pub(crate) fn enter(rights: u32) -> Entered {
    Entered(CURRENT.replace(rights))
}

/// In a forked child: the process is the interpreter's own from now on.
pub(crate) fn own_process() {
    CURRENT.set(CURRENT.get() | PROCESS_ITSELF);
}

/// Runs the crate's own work (a look at `/etc/hosts`, an embedded module) with every right.
pub(crate) fn as_host<T>(run: impl FnOnce() -> T) -> T {
    let _entered = enter(ALL);
    run()
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}
