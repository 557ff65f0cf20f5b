//! POSIX: this process, its ids and its terminal's name (perldoc POSIX, unistd.h).
use super::sys_ret;
use crate::native::usage;
use crate::sys::{blocking, fd, grant, host, process, time, user};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Die, Exec, Stop};
use std::time::Duration;

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    &[
        free("_exit", exit_now, "end at once, running nothing"),
        free("abort", abort, "end by SIGABRT"),
        free("ctermid", ctermid, "the path of the controlling terminal"),
        free("cuserid", cuserid, "the name of the effective user"),
        free("nice", nice, "change the niceness"),
        free("pause", pause, "wait for a signal"),
        free(
            "setgid",
            |call| id(call, "setgid(gid)", user::setgid),
            "set the group ids",
        ),
        free("setpgid", setpgid, "set the process group of a process"),
        free("setsid", setsid, "begin a session of one's own"),
        free(
            "setuid",
            |call| id(call, "setuid(uid)", user::setuid),
            "set the user ids",
        ),
        free("sleep", sleep, "wait; gives the seconds left"),
        free(
            "tcgetpgrp",
            tcgetpgrp,
            "the foreground process group of a terminal",
        ),
        free(
            "tcsetpgrp",
            tcsetpgrp,
            "set the foreground process group of a terminal",
        ),
        free("times", times, "elapsed and CPU times in clock ticks"),
        free("ttyname", ttyname, "the path of a terminal"),
        free("uname", uname, "names of the system"),
    ],
);

fn abort(call: &mut Call<'_>) -> Exec<Ret> {
    match grant::check(grant::PROCESS_ITSELF) {
        Ok(()) => process::abort(),
        Err(errno) => call.errno(errno),
    }
}

fn exit_now(call: &mut Call<'_>) -> Exec<Ret> {
    if !grant::has(grant::PROCESS_ITSELF) {
        // The process is the host's: only the script ends.
        return Err(Die::new(Stop::Exit(call.arg_int(0)? as i32)));
    }
    usage(call, 1..=1, "POSIX::_exit(status)")?;
    process::exit_now(call.arg_int(0)? as i32)
}

fn ctermid(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=1, "POSIX::ctermid(s = 0)")?;
    Ok(Val::bytes(&fd::ctermid()).into())
}

fn cuserid(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=1, "POSIX::cuserid(s = 0)")?;
    let name = user::getpwuid(user::uids().effective).map(|p| p.name);
    Ok(Val::bytes(&name.unwrap_or_default()).into())
}

fn nice(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::nice(incr)")?;
    let step = call.arg_int(0)? as i32;
    sys_ret(call, process::nice(step).map(i64::from))
}

fn pause(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::pause()")?;
    let errno = blocking::pause();
    call.vm.safepoint()?;
    call.errno(errno)
}

fn sleep(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::sleep(seconds)")?;
    let seconds = call.arg_uint(0)?.min(u64::from(u32::MAX));
    let left = match blocking::clock_nanosleep(time::MONOTONIC, Duration::from_secs(seconds)) {
        Ok(()) => 0,
        Err((errno, left)) => {
            call.set_errno(errno);
            // whole seconds, rounded as the C library does
            left.as_secs() + u64::from(left.subsec_nanos() >= 500_000_000)
        }
    };
    Ok(Val::uint(left).into())
}

fn id(
    call: &mut Call<'_>,
    signature: &str,
    change: fn(u32) -> crate::sys::Result<()>,
) -> Exec<Ret> {
    usage(call, 1..=1, &format!("POSIX::{signature}"))?;
    let id = call.arg_int(0)? as u32;
    sys_ret(call, change(id).map(|()| 0))
}

fn setpgid(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::setpgid(pid, pgid)")?;
    let (pid, group) = (call.arg_int(0)? as i32, call.arg_int(1)? as i32);
    sys_ret(call, process::setpgid(pid, group).map(|()| 0))
}

fn setsid(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::setsid()")?;
    sys_ret(call, process::setsid().map(i64::from))
}

fn tcgetpgrp(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::tcgetpgrp(fd)")?;
    let number = call.arg_int(0)? as i32;
    match process::tcgetpgrp(number) {
        Ok(group) => Ok(Val::from(group).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}

fn tcsetpgrp(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::tcsetpgrp(fd, pgrp_id)")?;
    let (number, group) = (call.arg_int(0)? as i32, call.arg_int(1)? as i32);
    sys_ret(call, process::tcsetpgrp(number, group).map(|()| 0))
}

fn times(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::times()")?;
    match process::times() {
        Ok(t) => {
            call.list([t.elapsed, t.user, t.system, t.child_user, t.child_system].map(Val::Int))
        }
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::Nothing)
        }
    }
}

fn ttyname(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::ttyname(fd)")?;
    let number = call.arg_int(0)? as i32;
    match fd::ttyname(number) {
        Ok(name) => Ok(Val::bytes(&name).into()),
        Err(e) => call.errno(e),
    }
}

fn uname(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::uname()")?;
    match host::uname() {
        Ok(u) => call.list(
            [u.sysname, u.nodename, u.release, u.version, u.machine].map(|part| Val::bytes(&part)),
        ),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::Nothing)
        }
    }
}
