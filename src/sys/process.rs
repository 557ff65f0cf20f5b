//! Processes: fork, wait statuses, identities of processes, groups and sessions, priorities, times.

use super::blocking::watchdog;
use super::signal::{AllBlocked, clear_all, disposition, pending};
use super::{Errno, Result};
use crate::sys::grant;
use std::time::Duration;

/// fork(2): 0 in the child. Signals are masked across it, and the child starts with none pending;
/// handles must have been synchronised by the caller.
pub(crate) fn fork() -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    if grant::is_guest() && !grant::allows(grant::FORK_WITH_THREADS) && host_threads() > 1 {
        grant::check(grant::FORK_WITH_THREADS)?;
    }
    let blocked = AllBlocked::new();
    // The lock of our own thread is free in the child.
    let quiet = watchdog::quiet();
    // SAFETY: fork copies the process; the child goes on with this one thread.
    let pid = Errno::check(unsafe { libc::fork() })?;
    if pid == 0 {
        clear_all();
        disposition::after_fork();
        pending::after_fork();
        children::forget();
        grant::own_process();
    }
    drop(quiet);
    drop(blocked);
    if pid > 0 && !grant::has(grant::PROCESS_ITSELF) {
        children::add(pid);
    }
    Ok(pid)
}

/// Threads of the process that are not ours. What cannot be counted counts as many.
fn host_threads() -> usize {
    let tasks = grant::as_host(|| super::dir::Dir::open(b"/proc/self/task"));
    let Ok(mut tasks) = tasks else {
        return usize::MAX;
    };
    let mut count = 0;
    while let Ok(Some(entry)) = tasks.read() {
        if entry.name.iter().all(u8::is_ascii_digit) {
            count += 1;
        }
    }
    count - watchdog::threads().min(count)
}

/// The children of guests: they wait for none but their own (perlfunc wait, in a host that may
/// have children too).
pub(crate) mod children {
    use std::cell::RefCell;

    thread_local! {
        static OURS: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    }

    /// One has been made by the interpreter that runs.
    pub(crate) fn add(pid: i32) {
        OURS.with_borrow_mut(|ours| ours.push(pid));
    }

    /// It has been waited for.
    pub(crate) fn remove(pid: i32) {
        OURS.with_borrow_mut(|ours| ours.retain(|&known| known != pid));
    }

    /// All that have not been waited for.
    pub(crate) fn all() -> Vec<i32> {
        OURS.with_borrow(Clone::clone)
    }

    /// In a new child: they are the parent's.
    pub(crate) fn forget() {
        OURS.with_borrow_mut(Vec::clear);
    }
}

/// _exit(2): ends at once, running nothing.
pub(crate) fn exit_now(status: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::_exit(status) }
}

/// exit(3): runs what C libraries registered; the last step of a normal end.
pub(crate) fn exit(status: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::exit(status) }
}

/// abort(3)
pub(crate) fn abort() -> ! {
    std::process::abort()
}

/// A child's status as wait gives it (perlvar `$?`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status(pub(crate) i32);

impl Status {
    /// WIFEXITED
    pub(crate) fn exited(self) -> bool {
        libc::WIFEXITED(self.0)
    }
    /// WEXITSTATUS
    pub(crate) fn exit_code(self) -> i32 {
        libc::WEXITSTATUS(self.0)
    }
    /// WIFSIGNALED
    pub(crate) fn signaled(self) -> bool {
        libc::WIFSIGNALED(self.0)
    }
    /// WTERMSIG
    pub(crate) fn signal(self) -> i32 {
        libc::WTERMSIG(self.0)
    }
    /// WIFSTOPPED
    pub(crate) fn stopped(self) -> bool {
        libc::WIFSTOPPED(self.0)
    }
    /// WSTOPSIG
    pub(crate) fn stop_signal(self) -> i32 {
        libc::WSTOPSIG(self.0)
    }
    /// WIFCONTINUED
    pub(crate) fn continued(self) -> bool {
        libc::WIFCONTINUED(self.0)
    }
    /// WCOREDUMP
    pub(crate) fn dumped_core(self) -> bool {
        libc::WCOREDUMP(self.0)
    }
}

/// How a child has ended that nobody has waited for yet; it stays to be waited for. None: it runs, or is no child.
pub(crate) fn peek_ended(pid: i32) -> Option<Status> {
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    let info = super::blocking::waitid(libc::P_PID, pid as u32, options).ok()?;
    // SAFETY: waitid has filled the structure, with zeros where no child was ready.
    let (who, status) = unsafe { (info.si_pid(), info.si_status()) };
    if who == 0 {
        return None;
    }
    Some(Status(match info.si_code {
        libc::CLD_EXITED => (status & 0xff) << 8,
        libc::CLD_DUMPED => status & 0x7f | 0x80,
        _ => status & 0x7f,
    }))
}

/// `$$`
pub(crate) fn getpid() -> i32 {
    // SAFETY: cannot fail.
    unsafe { libc::getpid() }
}

/// getppid(2)
pub(crate) fn getppid() -> i32 {
    if !grant::has(grant::ENVIRONMENT) {
        return 0;
    }
    // SAFETY: cannot fail.
    unsafe { libc::getppid() }
}

/// getpgid(2); 0 is the process itself.
pub(crate) fn getpgid(pid: i32) -> Result<i32> {
    grant::check(grant::ENVIRONMENT)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::getpgid(pid) })
}

/// setpgid(2)
pub(crate) fn setpgid(pid: i32, group: i32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setpgid(pid, group) }).map(drop)
}

/// getsid(2)
pub(crate) fn getsid(pid: i32) -> Result<i32> {
    grant::check(grant::ENVIRONMENT)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::getsid(pid) })
}

/// setsid(2)
pub(crate) fn setsid() -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setsid() })
}

/// tcgetpgrp(3)
pub(crate) fn tcgetpgrp(fd: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::tcgetpgrp(fd) })
}

/// tcsetpgrp(3)
pub(crate) fn tcsetpgrp(fd: i32, group: i32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::tcsetpgrp(fd, group) }).map(drop)
}

/// getpriority(2), where -1 may be a value.
pub(crate) fn getpriority(which: i32, who: u32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    Errno(0).set_last();
    // SAFETY: takes no pointers.
    let value = unsafe { libc::getpriority(which as _, who) };
    match Errno::last() {
        error if value == -1 && error != Errno(0) => Err(error),
        _ => Ok(value),
    }
}

/// setpriority(2)
pub(crate) fn setpriority(which: i32, who: u32, value: i32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setpriority(which as _, who, value) }).map(drop)
}

/// nice(2), where -1 may be a value: the new niceness.
pub(crate) fn nice(step: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    Errno(0).set_last();
    // SAFETY: takes no pointers.
    let value = unsafe { libc::nice(step) };
    match Errno::last() {
        error if value == -1 && error != Errno(0) => Err(error),
        _ => Ok(value),
    }
}

/// umask(2): the former mask.
pub(crate) fn umask(mask: u32) -> u32 {
    if !grant::has(grant::PROCESSES) {
        return current_umask();
    }
    change_umask(mask)
}

fn change_umask(mask: u32) -> u32 {
    // SAFETY: cannot fail.
    unsafe { libc::umask(mask as libc::mode_t) as u32 }
}

/// The present umask. There is no call that only asks.
pub(crate) fn current_umask() -> u32 {
    let mask = change_umask(0);
    change_umask(mask);
    mask
}

/// CPU times of the process and its waited-for children (perlfunc times).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    /// Clock ticks since an arbitrary point (POSIX::times' first value).
    pub(crate) elapsed: i64,
    /// User time in ticks.
    pub(crate) user: i64,
    /// System time in ticks.
    pub(crate) system: i64,
    /// Children's user time in ticks.
    pub(crate) child_user: i64,
    /// Children's system time in ticks.
    pub(crate) child_system: i64,
}

/// times(2)
pub(crate) fn times() -> Result<Times> {
    // SAFETY: an all-zero tms is valid, and a whole one is passed.
    let (elapsed, tms) = unsafe {
        let mut tms: libc::tms = std::mem::zeroed();
        (libc::times(&raw mut tms), tms)
    };
    if elapsed == -1 {
        return Err(Errno::last());
    }
    Ok(Times {
        elapsed,
        user: tms.tms_utime,
        system: tms.tms_stime,
        child_user: tms.tms_cutime,
        child_system: tms.tms_cstime,
    })
}

/// getrusage(2): user and system time, finer than ticks.
pub(crate) fn rusage(who: i32) -> Result<(Duration, Duration)> {
    let usage = rusage_all(who)?;
    let time = |t: libc::timeval| Duration::new(t.tv_sec as u64, (t.tv_usec * 1000) as u32);
    Ok((time(usage.ru_utime), time(usage.ru_stime)))
}

/// getrusage(2), the peak resident set in kilobytes.
pub(crate) fn peak_memory() -> Result<i64> {
    Ok(rusage_all(libc::RUSAGE_SELF)?.ru_maxrss)
}

fn rusage_all(who: i32) -> Result<libc::rusage> {
    // SAFETY: an all-zero rusage is valid, and a whole one is passed.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        Errno::check(libc::getrusage(who, &raw mut usage))?;
        Ok(usage)
    }
}

/// RUSAGE_SELF
pub(crate) const RUSAGE_SELF: i32 = libc::RUSAGE_SELF;
/// RUSAGE_CHILDREN
pub(crate) const RUSAGE_CHILDREN: i32 = libc::RUSAGE_CHILDREN;
