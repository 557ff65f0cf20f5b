//! alarm, setitimer and getitimer: the timers that send signals.

use super::{Errno, Result};
use crate::sys::grant;
use std::time::Duration;

/// alarm(2): seconds until SIGALRM, 0 to cancel; gives the seconds that were left.
pub(crate) fn alarm(seconds: u32) -> u32 {
    if !grant::has(grant::SIGNALS) {
        return 0;
    }
    super::lent::timer_set(0);
    // SAFETY: alarm takes no pointers and cannot fail.
    unsafe { libc::alarm(seconds) }
}

/// Which timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timer {
    /// Real time, SIGALRM.
    Real,
    /// The process's own CPU time, SIGVTALRM.
    Virtual,
    /// CPU time with the kernel's, SIGPROF.
    Prof,
}

impl Timer {
    /// From the numbers ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF.
    pub(crate) fn from_number(which: i32) -> Result<Timer> {
        match which {
            0 => Ok(Timer::Real),
            1 => Ok(Timer::Virtual),
            2 => Ok(Timer::Prof),
            _ => Err(Errno::EINVAL),
        }
    }

    fn number(self) -> usize {
        match self {
            Timer::Real => 0,
            Timer::Virtual => 1,
            Timer::Prof => 2,
        }
    }
}

/// A timer's setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interval {
    /// Time to the next signal; zero means stopped.
    pub(crate) value: Duration,
    /// Time between later ones; zero means once.
    pub(crate) interval: Duration,
}

fn timeval(time: Duration) -> libc::timeval {
    libc::timeval {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_usec: i64::from(time.subsec_micros()) as _,
    }
}

fn duration(time: libc::timeval) -> Duration {
    Duration::new(
        time.tv_sec.max(0) as u64,
        (time.tv_usec.clamp(0, 999_999) * 1000) as u32,
    )
}

/// setitimer(2); gives the former setting.
pub(crate) fn setitimer(timer: Timer, new: Interval) -> Result<Interval> {
    grant::check(grant::SIGNALS)?;
    super::lent::timer_set(timer.number());
    set(timer.number(), new)
}

/// Stops a timer that an interpreter left running.
pub(super) fn stop(which: usize) {
    let _ = set(which, Interval::default());
}

fn set(which: usize, new: Interval) -> Result<Interval> {
    let new = libc::itimerval {
        it_interval: timeval(new.interval),
        it_value: timeval(new.value),
    };
    let mut old = new;
    // SAFETY: both are whole structures. The raw call, as libc's wrapper types `which` by target.
    let result = unsafe { libc::syscall(libc::SYS_setitimer, which, &raw const new, &raw mut old) };
    if result != 0 {
        return Err(Errno::last());
    }
    Ok(Interval {
        value: duration(old.it_value),
        interval: duration(old.it_interval),
    })
}

/// getitimer(2)
pub(crate) fn getitimer(timer: Timer) -> Result<Interval> {
    let zero = timeval(Duration::ZERO);
    let mut now = libc::itimerval {
        it_interval: zero,
        it_value: zero,
    };
    // SAFETY: a whole structure.
    let result = unsafe { libc::syscall(libc::SYS_getitimer, timer.number(), &raw mut now) };
    if result != 0 {
        return Err(Errno::last());
    }
    Ok(Interval {
        value: duration(now.it_value),
        interval: duration(now.it_interval),
    })
}
