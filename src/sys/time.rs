//! Clocks and calendars: the C library's own rules for zones and locales, as perl uses them.

use super::{Errno, Result, path};
use std::ffi::CString;
use std::time::Duration;

/// CLOCK_REALTIME
pub(crate) const REALTIME: i32 = libc::CLOCK_REALTIME;
/// CLOCK_MONOTONIC
pub(crate) const MONOTONIC: i32 = libc::CLOCK_MONOTONIC;

/// clock_gettime(2): seconds and nanoseconds.
pub(crate) fn clock_gettime(clock: i32) -> Result<(i64, u32)> {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: a whole structure.
    Errno::check(unsafe { libc::clock_gettime(clock, &raw mut time) })?;
    Ok((time.tv_sec, time.tv_nsec as u32))
}

/// clock_getres(2)
pub(crate) fn clock_getres(clock: i32) -> Result<(i64, u32)> {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: a whole structure.
    Errno::check(unsafe { libc::clock_getres(clock, &raw mut time) })?;
    Ok((time.tv_sec, time.tv_nsec as u32))
}

/// Seconds since the epoch (perlfunc time).
pub(crate) fn now() -> i64 {
    clock_gettime(REALTIME).map_or(0, |time| time.0)
}

/// Time since some point, never running backwards.
pub(crate) fn monotonic() -> Duration {
    clock_gettime(MONOTONIC).map_or(Duration::ZERO, |time| Duration::new(time.0 as u64, time.1))
}

/// clock(3): CPU time in units of 1/1000000 second.
pub(crate) fn cpu_clock() -> i64 {
    // SAFETY: takes nothing.
    unsafe { clock() }
}

/// A broken-down time, in the fields and ranges of C's `struct tm`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tm {
    /// Seconds, 0 to 60.
    pub(crate) sec: i32,
    /// Minutes.
    pub(crate) min: i32,
    /// Hours.
    pub(crate) hour: i32,
    /// Day of the month, from 1.
    pub(crate) mday: i32,
    /// Month, from 0.
    pub(crate) mon: i32,
    /// Years since 1900.
    pub(crate) year: i32,
    /// Day of the week, Sunday is 0.
    pub(crate) wday: i32,
    /// Day of the year, from 0.
    pub(crate) yday: i32,
    /// Daylight saving: yes, no, or not known (-1).
    pub(crate) isdst: i32,
    /// Seconds east of Greenwich.
    pub(crate) gmtoff: i64,
}

impl Tm {
    fn from_libc(tm: &libc::tm) -> Tm {
        Tm {
            sec: tm.tm_sec,
            min: tm.tm_min,
            hour: tm.tm_hour,
            mday: tm.tm_mday,
            mon: tm.tm_mon,
            year: tm.tm_year,
            wday: tm.tm_wday,
            yday: tm.tm_yday,
            isdst: tm.tm_isdst,
            gmtoff: tm.tm_gmtoff,
        }
    }

    fn to_libc(self) -> libc::tm {
        // SAFETY: an all-zero tm is valid (its zone pointer may be null).
        let mut tm: libc::tm = unsafe { std::mem::zeroed() };
        tm.tm_sec = self.sec;
        tm.tm_min = self.min;
        tm.tm_hour = self.hour;
        tm.tm_mday = self.mday;
        tm.tm_mon = self.mon;
        tm.tm_year = self.year;
        tm.tm_wday = self.wday;
        tm.tm_yday = self.yday;
        tm.tm_isdst = self.isdst;
        tm.tm_gmtoff = self.gmtoff;
        tm
    }
}

unsafe extern "C" {
    fn tzset();
    fn clock() -> libc::clock_t;
    static tzname: [*const libc::c_char; 2];
}

/// localtime_r(3), after looking at TZ again; `None` where the year does not fit.
pub(crate) fn localtime(time: i64) -> Option<Tm> {
    read_zone();
    // SAFETY: both are whole values.
    unsafe {
        let mut tm: libc::tm = std::mem::zeroed();
        let found = libc::localtime_r(&raw const time, &raw mut tm);
        (!found.is_null()).then(|| Tm::from_libc(&tm))
    }
}

/// gmtime_r(3); `None` where the year does not fit.
pub(crate) fn gmtime(time: i64) -> Option<Tm> {
    // SAFETY: both are whole values.
    unsafe {
        let mut tm: libc::tm = std::mem::zeroed();
        let found = libc::gmtime_r(&raw const time, &raw mut tm);
        (!found.is_null()).then(|| Tm::from_libc(&tm))
    }
}

/// mktime(3): the moment and the fields brought into their ranges.
pub(crate) fn mktime(tm: Tm) -> Option<(i64, Tm)> {
    let mut raw = tm.to_libc();
    // -1 is a moment, too: only an untouched week day tells failure.
    raw.tm_wday = -1;
    // SAFETY: a whole structure.
    let time = unsafe { libc::mktime(&raw mut raw) };
    (raw.tm_wday != -1).then(|| (time, Tm::from_libc(&raw)))
}

/// timegm(3)
pub(crate) fn timegm(tm: Tm) -> Option<i64> {
    let mut raw = tm.to_libc();
    raw.tm_wday = -1;
    // SAFETY: a whole structure.
    let time = unsafe { libc::timegm(&raw mut raw) };
    (raw.tm_wday != -1).then_some(time)
}

/// strftime(3); a zone given names `%Z` (the local one's names otherwise).
pub(crate) fn strftime(format: &[u8], tm: Tm) -> Result<Vec<u8>> {
    if format.is_empty() {
        return Ok(Vec::new());
    }
    // A marker in front tells an empty result from one that did not fit.
    let mut marked = vec![b'x'];
    marked.extend(format.iter().take_while(|&&b| b != 0));
    let format = CString::new(marked).map_err(|_| Errno::EINVAL)?;
    let mut raw = tm.to_libc();
    read_zone();
    // SAFETY: after tzset the names are C strings that live until the next tzset.
    unsafe { raw.tm_zone = tzname[usize::from(tm.isdst > 0)] as _ };
    let mut size = 128 + format.as_bytes().len() * 2;
    while size <= 1 << 24 {
        let mut buffer = vec![0u8; size];
        // SAFETY: a buffer writable for its length, a C string, a whole structure.
        let len = unsafe {
            libc::strftime(
                buffer.as_mut_ptr().cast(),
                size,
                format.as_ptr(),
                &raw const raw,
            )
        };
        if len > 0 {
            buffer.truncate(len);
            buffer.remove(0);
            return Ok(buffer);
        }
        size *= 4;
    }
    Err(Errno::ENOMEM)
}

/// tzset(3)
pub(crate) fn read_zone() {
    // SAFETY: reads the environment, which only this thread changes (see `env`).
    unsafe { tzset() }
}

/// The names of the zone without and with daylight saving.
pub(crate) fn zone_names() -> (Vec<u8>, Vec<u8>) {
    read_zone();
    // SAFETY: after tzset both are C strings.
    unsafe { (path::bytes(tzname[0]), path::bytes(tzname[1])) }
}
