//! Limits: of resources, of the system, of files.

use super::{Errno, Result, path};
use crate::sys::grant;

/// getrlimit(2): soft and hard limit.
pub(crate) fn getrlimit(resource: i32) -> Result<(u64, u64)> {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: a whole structure.
    Errno::check(unsafe { libc::getrlimit(resource as _, &raw mut limit) })?;
    Ok((limit.rlim_cur, limit.rlim_max))
}

/// RLIMIT_STACK, which the process's first thread has.
pub(crate) fn stack() -> Result<(u64, u64)> {
    getrlimit(libc::RLIMIT_STACK as i32)
}

/// setrlimit(2)
pub(crate) fn setrlimit(resource: i32, soft: u64, hard: u64) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    let limit = libc::rlimit {
        rlim_cur: soft,
        rlim_max: hard,
    };
    // SAFETY: a whole structure.
    Errno::check(unsafe { libc::setrlimit(resource as _, &raw const limit) }).map(drop)
}

/// Tells "no limit" (`None`) from an error where both are -1.
fn limit(run: impl FnOnce() -> libc::c_long) -> Result<Option<i64>> {
    Errno(0).set_last();
    match run() {
        -1 => match Errno::last() {
            Errno(0) => Ok(None),
            error => Err(error),
        },
        value => Ok(Some(value)),
    }
}

/// sysconf(3)
pub(crate) fn sysconf(name: i32) -> Result<Option<i64>> {
    // SAFETY: takes no pointers.
    limit(|| unsafe { libc::sysconf(name) })
}

/// pathconf(3)
pub(crate) fn pathconf(file: &[u8], name: i32) -> Result<Option<i64>> {
    grant::check(grant::READ_FILES)?;
    // SAFETY: a C string.
    path::with(file, |file| limit(|| unsafe { libc::pathconf(file, name) }))?
}

/// fpathconf(3)
pub(crate) fn fpathconf(fd: i32, name: i32) -> Result<Option<i64>> {
    // SAFETY: takes no pointers.
    limit(|| unsafe { libc::fpathconf(fd, name) })
}

/// The length of a tick of `times`, per second.
pub(crate) fn clock_ticks() -> i64 {
    sysconf(libc::_SC_CLK_TCK).ok().flatten().unwrap_or(100)
}

/// The size of a page of memory.
pub(crate) fn page_size() -> usize {
    sysconf(libc::_SC_PAGESIZE).ok().flatten().unwrap_or(4096) as usize
}
