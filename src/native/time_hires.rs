//! Time::HiRes: time in fractions of a second (perldoc Time::HiRes).
use super::usage;
use crate::builtins::status;
use crate::sys::file::{self, FileTime};
use crate::sys::signal::{Interval, Timer, getitimer, setitimer};
use crate::sys::{Errno, blocking, time};
use crate::value::Val;
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};
use std::time::Duration;

pub(super) const FAMILY: Family = Family::new(
    "Time::HiRes",
    &[
        row(
            "alarm",
            "$;$",
            alarm,
            "send SIGALRM after a time, and again",
        ),
        row(
            "clock",
            "",
            |_| Ok(Val::Num(time::cpu_clock() as f64 / 1e6).into()),
            "CPU seconds used",
        ),
        row(
            "clock_getres",
            ";$",
            |call| clock(call, time::clock_getres),
            "the resolution of a clock",
        ),
        row(
            "clock_gettime",
            ";$",
            |call| clock(call, time::clock_gettime),
            "the time of a clock",
        ),
        row(
            "clock_nanosleep",
            "$$;$",
            clock_nanosleep,
            "sleep by a clock",
        ),
        row("constant", "$", constant, "error and value of a constant"),
        row(
            "getitimer",
            "$",
            |call| interval(call, None),
            "what is left of a timer",
        ),
        row("gettimeofday", "", gettimeofday, "seconds and microseconds"),
        row(
            "lstat",
            ";$",
            |call| stat(call, true),
            "stat a link, with fractions of seconds",
        ),
        row(
            "nanosleep",
            "$",
            |call| nap(call, "nanosleep", 1e9),
            "sleep for nanoseconds",
        ),
        row("setitimer", "$$;$", set_timer, "start a timer"),
        row("sleep", ";@", sleep, "sleep for seconds"),
        row(
            "stat",
            ";$",
            |call| stat(call, false),
            "stat with fractions of seconds",
        ),
        row(
            "time",
            "",
            |_| Ok(Val::Num(now()).into()),
            "seconds since 1970",
        ),
        row(
            "ualarm",
            "$;$",
            ualarm,
            "send SIGALRM after microseconds, and again",
        ),
        row(
            "usleep",
            "$",
            |call| nap(call, "usleep", 1e6),
            "sleep for microseconds",
        ),
        row(
            "utime",
            "$$@",
            utime,
            "set times of files, with fractions of seconds",
        ),
    ],
);

#[rustfmt::skip]
pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("CLOCKS_PER_SEC", 1_000_000), ("CLOCK_BOOTTIME", 7), ("CLOCK_MONOTONIC", 1), ("CLOCK_MONOTONIC_COARSE", 6),
    ("CLOCK_MONOTONIC_RAW", 4), ("CLOCK_PROCESS_CPUTIME_ID", 2), ("CLOCK_REALTIME", 0),
    ("CLOCK_REALTIME_COARSE", 5), ("CLOCK_THREAD_CPUTIME_ID", 3), ("ITIMER_PROF", 2), ("ITIMER_REAL", 0),
    ("ITIMER_VIRTUAL", 1), ("TIMER_ABSTIME", 1),
    ("d_clock", 1), ("d_clock_getres", 1), ("d_clock_gettime", 1), ("d_clock_nanosleep", 1), ("d_futimens", 1),
    ("d_getitimer", 1), ("d_gettimeofday", 1), ("d_hires_stat", 1), ("d_hires_utime", 1), ("d_nanosleep", 1),
    ("d_setitimer", 1), ("d_ualarm", 1), ("d_usleep", 1), ("d_utimensat", 1),
];

fn now() -> f64 {
    time::clock_gettime(time::REALTIME).map_or(0.0, |(s, ns)| micros(s, ns))
}

/// Seconds with microseconds, as gettimeofday has them.
fn micros(seconds: i64, nanos: u32) -> f64 {
    seconds as f64 + f64::from(nanos / 1000) / 1e6
}

fn gettimeofday(call: &mut Call<'_>) -> Exec<Ret> {
    if !call.wants_list() {
        return Ok(Val::Num(now()).into());
    }
    match time::clock_gettime(time::REALTIME) {
        Ok((seconds, nanos)) => call.list([Val::Int(seconds), Val::Int(i64::from(nanos / 1000))]),
        Err(_) => Ok(Ret::List),
    }
}

/// The error for times before now.
fn negative(call: &mut Call<'_>, what: &str) -> crate::vm::Die {
    call.die(format!(
        "Time::HiRes::{what}: negative time not invented yet"
    ))
}

fn shown(x: f64) -> String {
    Val::Num(x).to_str().to_str_lossy().into_owned()
}

/// A span of time a script gave, in units of a second.
fn span(x: f64) -> Duration {
    let most = 9e9;
    Duration::from_secs_f64(if x.is_nan() { 0.0 } else { x.clamp(0.0, most) })
}

fn sleep(call: &mut Call<'_>) -> Exec<Ret> {
    let start = time::monotonic();
    if call.argc() == 0 {
        let errno = blocking::pause();
        call.set_errno(errno);
    } else {
        let seconds = call.arg_f64(0)?;
        if seconds < 0.0 {
            return Err(negative(call, &format!("sleep({})", shown(seconds))));
        }
        if let Err((errno, _)) = blocking::clock_nanosleep(time::MONOTONIC, span(seconds)) {
            call.set_errno(errno);
        }
    }
    Ok(Val::Num((time::monotonic() - start).as_secs_f64()).into())
}

fn nap(call: &mut Call<'_>, name: &str, unit: f64) -> Exec<Ret> {
    let wanted = call.arg_f64(0)?;
    if wanted < 0.0 {
        return Err(negative(call, &format!("{name}({})", shown(wanted))));
    }
    let start = time::monotonic();
    match blocking::clock_nanosleep(time::MONOTONIC, span(wanted / unit)) {
        Ok(()) if name == "nanosleep" => Ok(Val::Num(wanted.trunc()).into()),
        result => {
            if let Err((errno, _)) = result {
                call.set_errno(errno);
            }
            let slept = (time::monotonic() - start).as_secs_f64() * unit;
            Ok(Val::Num(slept.trunc()).into())
        }
    }
}

fn clock_nanosleep(call: &mut Call<'_>) -> Exec<Ret> {
    let clock = call.arg_int(0)? as i32;
    let wanted = call.arg_f64(1)?;
    let absolute = if call.argc() > 2 {
        call.arg_int(2)? & 1 != 0
    } else {
        false
    };
    if wanted < 0.0 {
        return Err(negative(
            call,
            &format!("clock_nanosleep(..., {})", shown(wanted)),
        ));
    }
    let time = span(wanted / 1e9);
    let result = match absolute {
        true => blocking::clock_sleep_until(clock, time).map_err(|errno| (errno, time)),
        false => blocking::clock_nanosleep(clock, time),
    };
    match result {
        Ok(()) => Ok(Val::Num(wanted.trunc()).into()),
        Err((errno, left)) => {
            call.set_errno(errno);
            let slept = if errno == Errno::EINTR {
                wanted - left.as_nanos() as f64
            } else {
                0.0
            };
            Ok(Val::Num(slept.max(0.0).trunc()).into())
        }
    }
}

fn clock(call: &mut Call<'_>, ask: fn(i32) -> crate::sys::Result<(i64, u32)>) -> Exec<Ret> {
    let id = if call.argc() > 0 {
        call.arg_int(0)? as i32
    } else {
        time::REALTIME
    };
    match ask(id) {
        Ok((seconds, nanos)) => Ok(Val::Num(seconds as f64 + f64::from(nanos) / 1e9).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}

fn optional(call: &mut Call<'_>, i: usize) -> Exec<f64> {
    if i < call.argc() {
        call.arg_f64(i)
    } else {
        Ok(0.0)
    }
}

fn alarm(call: &mut Call<'_>) -> Exec<Ret> {
    let (first, again) = (call.arg_f64(0)?, optional(call, 1)?);
    if first < 0.0 || again < 0.0 {
        return Err(negative(
            call,
            &format!("alarm({}, {})", shown(first), shown(again)),
        ));
    }
    start_alarm(call, span(first), span(again), |left| {
        Val::Num(left.as_secs_f64())
    })
}

fn ualarm(call: &mut Call<'_>) -> Exec<Ret> {
    let first = call.arg_int(0)?;
    let again = if call.argc() > 1 { call.arg_int(1)? } else { 0 };
    if first < 0 || again < 0 {
        return Err(negative(call, &format!("ualarm({first}, {again})")));
    }
    let (first, again) = (
        Duration::from_micros(first as u64),
        Duration::from_micros(again as u64),
    );
    start_alarm(call, first, again, |left| Val::Int(left.as_micros() as i64))
}

fn start_alarm(
    call: &mut Call<'_>,
    value: Duration,
    interval: Duration,
    show: fn(Duration) -> Val,
) -> Exec<Ret> {
    match setitimer(Timer::Real, Interval { value, interval }) {
        Ok(old) => Ok(show(old.value).into()),
        Err(e) => call.errno(e),
    }
}

fn set_timer(call: &mut Call<'_>) -> Exec<Ret> {
    let which = call.arg_int(0)?;
    let (value, again) = (call.arg_f64(1)?, optional(call, 2)?);
    if value < 0.0 || again < 0.0 {
        return Err(negative(
            call,
            &format!("setitimer({which}, {}, {})", shown(value), shown(again)),
        ));
    }
    interval(
        call,
        Some(Interval {
            value: span(value),
            interval: span(again),
        }),
    )
}

/// Sets a timer or asks for it: value, and in list context interval where there is one.
fn interval(call: &mut Call<'_>, new: Option<Interval>) -> Exec<Ret> {
    let which = call.arg_int(0)? as i32;
    let result = Timer::from_number(which).and_then(|timer| match new {
        Some(new) => setitimer(timer, new),
        None => getitimer(timer),
    });
    let found = match result {
        Ok(found) => found,
        Err(e) => {
            call.set_errno(e);
            return Ok(Ret::Nothing);
        }
    };
    let value = Val::Num(found.value.as_secs_f64());
    if !call.wants_list() {
        return Ok(value.into());
    }
    call.list([value, Val::Num(found.interval.as_secs_f64())])
}

fn constant(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let name = name.to_str_lossy().into_owned();
    match CONSTANTS.iter().find(|row| row.0 == name) {
        Some((_, value)) => call.list([Val::Undef, Val::Int(*value)]),
        None => call.list([Val::str(&format!(
            "{name} is not a valid Time::HiRes macro"
        ))]),
    }
}

fn stat(call: &mut Call<'_>, link: bool) -> Exec<Ret> {
    let val = match call.arg_if(0)? {
        Some(val) => val,
        None => {
            let topic = call.vm.names.underscore.scalar();
            call.vm.fetch(&topic)?
        }
    };
    usage(call, 0..=1, "Time::HiRes::stat([file])")?;
    let found = status::look(call.vm, &val, link)?;
    if !call.wants_list() {
        return Ok(Val::Bool(found).into());
    }
    let Some(stat) = status::last(call.vm).stat.filter(|_| found) else {
        return Ok(Ret::List);
    };
    let time = |when: (i64, u32)| match when.1 {
        0 => Val::Int(when.0),
        nanos => Val::Num(when.0 as f64 + f64::from(nanos) * 1e-9),
    };
    call.list([
        Val::uint(stat.dev),
        Val::uint(stat.ino),
        Val::uint(u64::from(stat.mode)),
        Val::uint(stat.nlink),
        Val::uint(u64::from(stat.uid)),
        Val::uint(u64::from(stat.gid)),
        Val::uint(stat.rdev),
        Val::Int(stat.size),
        time(stat.atime),
        time(stat.mtime),
        time(stat.ctime),
        Val::Int(stat.blksize),
        Val::Int(stat.blocks),
    ])
}

fn file_time(call: &mut Call<'_>, i: usize) -> Exec<Option<FileTime>> {
    let Some(val) = call.defined(i)? else {
        return Ok(None);
    };
    let seconds = call.vm.num(&val)?.to_f64();
    if seconds < 0.0 {
        let (a, m) = (call.arg_f64(0)?, call.arg_f64(1)?);
        return Err(negative(
            call,
            &format!("utime({}, {})", shown(a), shown(m)),
        ));
    }
    let whole = seconds.floor();
    Ok(Some(FileTime::At(
        whole as i64,
        ((seconds - whole) * 1e9) as u32,
    )))
}

fn utime(call: &mut Call<'_>) -> Exec<Ret> {
    let zero = FileTime::At(0, 0);
    let times = match (file_time(call, 0)?, file_time(call, 1)?) {
        (None, None) => [FileTime::Now, FileTime::Now],
        (access, modify) => [access.unwrap_or(zero), modify.unwrap_or(zero)],
    };
    let mut done = 0;
    for val in call.args_from(2)? {
        let result = match status::handle_fd(call.vm, &val)? {
            Some(fd) => fd
                .ok_or(Errno::EBADF)
                .and_then(|fd| file::futimes(fd, times)),
            None => {
                let name = call.str(&val)?;
                file::utimes(name.as_bytes(), times)
            }
        };
        match result {
            Ok(()) => done += 1,
            Err(e) => call.set_errno(e),
        }
    }
    Ok(Val::Int(done).into())
}
