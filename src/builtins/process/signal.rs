//! Sending signals and waiting for time to pass: kill, alarm, sleep (perlfunc, perlipc).
use crate::sys::{blocking, grant, signal, time};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};
use std::time::Duration;

pub(super) const FAMILY: Family = Family::new(
    "Process",
    &[
        function("alarm", "_", alarm),
        function("kill", "@", kill),
        function("sleep", ";$", sleep),
    ],
);

/// A signal by name (with or without SIG, `-` for groups) or number: the number and whether groups are meant.
fn signal_number(call: &mut Call<'_>, val: &Val) -> Exec<Option<(i32, bool)>> {
    if val.looks_like_number() {
        let n = call.vm.num(val)?.to_i64() as i32;
        return Ok(Some((n.abs(), n < 0)));
    }
    let text = call.str(val)?;
    let bytes = text.as_bytes();
    let (group, name) = match bytes.strip_prefix(b"-") {
        Some(name) => (true, name),
        None => (false, bytes),
    };
    let name = name.strip_prefix(b"SIG").unwrap_or(name);
    if name == b"ZERO" {
        return Ok(Some((0, group)));
    }
    match signal::number_of(name) {
        Some(n) => Ok(Some((n, group))),
        None => {
            let shown = String::from_utf8_lossy(name).into_owned();
            Err(call.die(format!("Unrecognized signal name \"{shown}\"")))
        }
    }
}

fn kill(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 0 {
        return Ok(Ret::One(Val::Int(0)));
    }
    let first = call.arg(0)?;
    let Some((signo, group)) = signal_number(call, &first)? else {
        return Ok(Ret::One(Val::Int(0)));
    };
    let mut sent = 0;
    for val in call.args_from(1)? {
        if !val.looks_like_number() && !matches!(val, Val::Dual(_)) {
            return Err(call.die("Can't kill a non-numeric process ID"));
        }
        let pid = call.vm.num(&val)?.to_i64() as i32;
        let result = if group {
            signal::killpg(pid, signo)
        } else {
            signal::kill(pid, signo)
        };
        match result {
            Ok(()) => sent += 1,
            Err(e) => call.set_errno(e),
        }
    }
    // what was sent to ourselves has arrived: handlers run before the next statement
    Ok(Ret::One(Val::Int(sent)))
}

fn alarm(call: &mut Call<'_>) -> Exec<Ret> {
    let seconds = call.arg_int(0)?;
    if seconds < 0 {
        call.warn(
            crate::diag::warnings::Category::Misc,
            "alarm() with negative argument",
        )?;
        call.set_errno(crate::sys::Errno::EINVAL);
        return Ok(Ret::One(Val::Undef));
    }
    if let Err(errno) = grant::check(grant::SIGNALS) {
        return call.errno(errno);
    }
    let left = signal::alarm(u32::try_from(seconds).unwrap_or(u32::MAX));
    Ok(Ret::One(Val::Int(i64::from(left))))
}

/// Sleeps until the time has passed or a signal comes; gives the whole seconds slept.
fn sleep(call: &mut Call<'_>) -> Exec<Ret> {
    let start = time::now();
    if call.argc() == 0 {
        let errno = blocking::pause();
        call.set_errno(errno);
    } else {
        let seconds = call.arg_int(0)?;
        if seconds < 0 {
            call.warn(
                crate::diag::warnings::Category::Misc,
                "sleep() with negative argument",
            )?;
            call.set_errno(crate::sys::Errno::EINVAL);
            return Ok(Ret::One(Val::Int(0)));
        }
        if let Err((errno, _)) =
            blocking::clock_nanosleep(time::MONOTONIC, Duration::from_secs(seconds as u64))
        {
            call.set_errno(errno);
        }
    }
    Ok(Ret::One(Val::Int(time::now() - start)))
}
