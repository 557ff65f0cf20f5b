//! Waiting as such: for children, for readiness, for time, for a signal.

use super::{Errno, Result, call, guest};
use crate::sys::grant;
use crate::sys::process::{Status, children};
use crate::sys::signal::SigSet;
use std::time::Duration;

/// wait4(2): the child and its raw status; child 0 where WNOHANG found none ready.
pub(crate) fn wait4(pid: i32, options: i32) -> Result<(i32, i32)> {
    grant::check(grant::PROCESSES)?;
    if grant::has(grant::PROCESS_ITSELF) {
        return wait_for(pid, options);
    }
    let result = match pid {
        1.. if children::all().contains(&pid) => wait_for(pid, options),
        -1 => wait_for_ours(options),
        _ => Err(Errno::ECHILD),
    };
    if let Ok((child, status)) = result
        && child > 0
        && !Status(status).stopped()
        && !Status(status).continued()
    {
        children::remove(child);
    }
    result
}

/// Waits for any of the children that interpreters of this thread have made.
fn wait_for_ours(options: i32) -> Result<(i32, i32)> {
    let mut pause = Duration::from_micros(50);
    loop {
        let ours = children::all();
        let mut left = false;
        for pid in ours {
            match wait_for(pid, options | libc::WNOHANG) {
                Ok((0, _)) => left = true,
                Err(Errno::ECHILD) => children::remove(pid),
                other => return other,
            }
        }
        if !left {
            return Err(Errno::ECHILD);
        }
        if options & libc::WNOHANG != 0 {
            return Ok((0, 0));
        }
        let mut time = pause;
        ppoll(&mut [], Some(&mut time), None)?;
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}

fn wait_for(pid: i32, options: i32) -> Result<(i32, i32)> {
    let mut status = 0i32;
    let args = [
        pid as isize as usize,
        &raw mut status as usize,
        options as u32 as usize,
        0,
        0,
        0,
    ];
    let tried = guest::retry(|| {
        let mut args = args;
        args[2] |= libc::WNOHANG as usize;
        // SAFETY: as below.
        match unsafe { guest::attempt(libc::SYS_wait4, args) }? {
            0 if options & libc::WNOHANG == 0 => Ok(None),
            child => Ok(Some(child)),
        }
    });
    // SAFETY: the status is writable; no rusage is asked for.
    let child = tried.unwrap_or_else(|| unsafe { call(libc::SYS_wait4, args) })?;
    Ok((child as i32, status))
}

/// waitid(2): waits for a child to change without necessarily reaping it (WNOWAIT).
pub(crate) fn waitid(kind: u32, id: u32, options: i32) -> Result<libc::siginfo_t> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: an all-zero siginfo is valid.
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let args = [
        kind as usize,
        id as usize,
        &raw mut info as usize,
        options as u32 as usize,
        0,
        0,
    ];
    // SAFETY: the info is writable.
    unsafe { call(libc::SYS_waitid, args) }.map(|_| info)
}

/// A descriptor that can be read from when a child has ended (pidfd_open(2)).
pub(crate) fn end_of_child(pid: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    unsafe { call(libc::SYS_pidfd_open, [pid as usize, 0, 0, 0, 0, 0]) }.map(|fd| fd as i32)
}

/// A duration as the kernel wants it.
pub(crate) fn timespec(time: Duration) -> libc::timespec {
    libc::timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(time.subsec_nanos()),
    }
}

fn duration(time: &libc::timespec) -> Duration {
    Duration::new(
        time.tv_sec.max(0) as u64,
        time.tv_nsec.clamp(0, 999_999_999) as u32,
    )
}

const SIGSET_BYTES: usize = 8;

/// ppoll(2). With a mask, it holds during the sleep. The time left is written to `timeout`.
pub(crate) fn ppoll(
    fds: &mut [libc::pollfd],
    timeout: Option<&mut Duration>,
    mask: Option<&SigSet>,
) -> Result<usize> {
    if let Some(result) = guest::poll(fds, timeout.as_deref().copied()) {
        return result;
    }
    let mut time = timeout.as_deref().copied().map(timespec);
    let time_at = time.as_mut().map_or(0, |time| &raw mut *time as usize);
    let raw = mask.map(|mask| mask.bits());
    let mask_at = raw.as_ref().map_or(0, |raw| &raw const *raw as usize);
    let args = [
        fds.as_mut_ptr() as usize,
        fds.len(),
        time_at,
        mask_at,
        SIGSET_BYTES,
        0,
    ];
    // SAFETY: all pointers are to locals or the slice, with their lengths.
    let result = unsafe { call(libc::SYS_ppoll, args) };
    if let (Some(timeout), Some(left)) = (timeout, &time) {
        *timeout = duration(left);
    }
    result
}

/// select(2) over perl's bit vectors, each written in place; gives the count and the time left.
/// Vectors must be whole 8-byte words long enough for `count` bits.
pub(crate) fn select(
    count: usize,
    sets: [Option<&mut [u64]>; 3],
    timeout: Option<Duration>,
) -> Result<(usize, Duration)> {
    let words = count.div_ceil(64);
    let mut at = [0usize; 3];
    for (place, set) in at.iter_mut().zip(sets) {
        if let Some(set) = set {
            if set.len() < words {
                return Err(Errno::EINVAL);
            }
            *place = set.as_mut_ptr() as usize;
        }
    }
    if guest::is_current() {
        return select_as_guest(count, at, words, timeout);
    }
    let mut time = timeout.map(timespec);
    let time_at = time.as_mut().map_or(0, |time| &raw mut *time as usize);
    let args = [count, at[0], at[1], at[2], time_at, 0];
    // SAFETY: each set has the words the count asks for; the time is a local.
    let ready = unsafe { call(libc::SYS_pselect6, args) }?;
    Ok((ready, time.as_ref().map_or(Duration::ZERO, duration)))
}

/// Looks again and again, since select has no place for the guest's own descriptor.
fn select_as_guest(
    count: usize,
    at: [usize; 3],
    words: usize,
    timeout: Option<Duration>,
) -> Result<(usize, Duration)> {
    let begin = crate::sys::time::monotonic();
    // SAFETY: each address is null or that of `words` words, checked by the caller.
    let saved = at.map(|at| match at {
        0 => Vec::new(),
        at => unsafe { std::slice::from_raw_parts(at as *const u64, words) }.to_vec(),
    });
    let tried = guest::retry(|| {
        let zero = timespec(Duration::ZERO);
        let args = [count, at[0], at[1], at[2], &raw const zero as usize, 0];
        // SAFETY: as in `select`.
        let ready = unsafe { guest::attempt(libc::SYS_pselect6, args) }?;
        let slept = crate::sys::time::monotonic().saturating_sub(begin);
        if ready > 0 || timeout.is_some_and(|timeout| slept >= timeout) {
            let left = timeout.map_or(Duration::ZERO, |timeout| timeout.saturating_sub(slept));
            return Ok(Some((ready, left)));
        }
        for (at, saved) in at.iter().zip(&saved) {
            // SAFETY: what was copied from there goes back.
            unsafe {
                std::ptr::copy_nonoverlapping(saved.as_ptr(), *at as *mut u64, saved.len());
            }
        }
        Ok(None)
    });
    tried.unwrap_or(Err(Errno::EINTR))
}

/// clock_nanosleep(2), relative; where it is interrupted, the error comes with the time left.
pub(crate) fn clock_nanosleep(
    clock: i32,
    time: Duration,
) -> std::result::Result<(), (Errno, Duration)> {
    if guest::is_current() {
        return sleep_as_guest(time);
    }
    let wanted = timespec(time);
    let mut left = wanted;
    let args = [
        clock as usize,
        0,
        &raw const wanted as usize,
        &raw mut left as usize,
        0,
        0,
    ];
    // SAFETY: both times are locals.
    match unsafe { call(libc::SYS_clock_nanosleep, args) } {
        Ok(_) => Ok(()),
        Err(error) => Err((error, duration(&left))),
    }
}

fn sleep_as_guest(time: Duration) -> std::result::Result<(), (Errno, Duration)> {
    let begin = crate::sys::time::monotonic();
    match guest::poll(&mut [], Some(time)) {
        Some(Err(error)) => {
            let slept = crate::sys::time::monotonic().saturating_sub(begin);
            Err((error, time.saturating_sub(slept)))
        }
        _ => Ok(()),
    }
}

/// clock_nanosleep(2) until an absolute time of the clock.
pub(crate) fn clock_sleep_until(clock: i32, time: Duration) -> Result<()> {
    if guest::is_current() {
        let (sec, nsec) = crate::sys::time::clock_gettime(clock)?;
        let now = Duration::new(u64::try_from(sec).unwrap_or(0), nsec);
        return sleep_as_guest(time.saturating_sub(now)).map_err(|(error, _)| error);
    }
    let wanted = timespec(time);
    let flags = libc::TIMER_ABSTIME as usize;
    let args = [clock as usize, flags, &raw const wanted as usize, 0, 0, 0];
    // SAFETY: the time is a local.
    unsafe { call(libc::SYS_clock_nanosleep, args) }.map(drop)
}

/// rt_sigsuspend(2): waits with `mask` in place for a signal; always an error, EINTR as a rule.
pub(crate) fn sigsuspend(mask: &SigSet) -> Errno {
    if let Err(error) = grant::check(grant::SIGNALS) {
        return error;
    }
    let raw = mask.bits();
    let args = [&raw const raw as usize, SIGSET_BYTES, 0, 0, 0, 0];
    // SAFETY: the mask is a local.
    match unsafe { call(libc::SYS_rt_sigsuspend, args) } {
        Ok(_) => Errno::EINTR,
        Err(error) => error,
    }
}

/// pause(2): waits for any signal that is not blocked.
pub(crate) fn pause() -> Errno {
    match ppoll(&mut [], None, None) {
        Ok(_) => Errno::EINTR,
        Err(error) => error,
    }
}
