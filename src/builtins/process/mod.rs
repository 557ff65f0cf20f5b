//! Functions for processes and process groups (perlfunc, family Process; perlipc).
mod run;
mod signal;
mod syscall;

use crate::sys::{self, Errno, blocking, process};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Die, Exec, Stop, Vm};

pub(super) const FAMILIES: &[&Family] = &[&FAMILY, &run::FAMILY, &signal::FAMILY, &syscall::FAMILY];

const FAMILY: Family = Family::new(
    "Process",
    &[
        function("exit", ";$", exit),
        function("fork", "", fork),
        function("getpgrp", ";$", getpgrp),
        function("getppid", "", |_| {
            Ok(Ret::One(Val::from(process::getppid())))
        }),
        function("getpriority", "$$", getpriority),
        function("setpgrp", ";$$", setpgrp),
        function("setpriority", "$$$", setpriority),
        function("wait", "", |call| reap(call, -1, 0)),
        function("waitpid", "$$", waitpid),
    ],
);

fn exit(call: &mut Call<'_>) -> Exec<Ret> {
    let status = if call.argc() > 0 { call.arg_int(0)? } else { 0 };
    Err(Die::new(Stop::Exit(status as i32)))
}

fn fork(call: &mut Call<'_>) -> Exec<Ret> {
    super::io::synchronise(call.vm)?;
    match process::fork() {
        Ok(0) => {
            in_child(call.vm);
            Ok(Ret::One(Val::Int(0)))
        }
        Ok(pid) => Ok(Ret::One(Val::from(pid))),
        Err(e) => call.errno(e),
    }
}

/// What a new child has to know of itself.
pub fn in_child(vm: &mut Vm) {
    // signals that were pending belong to the parent (perlfunc fork)
    vm.forget_signals();
    // what is typed belongs to the session that has forked, not to its children
    if std::mem::take(&mut vm.interrupt_key) && sys::fd::isatty(0) {
        let _ = sys::fd::open_on(b"/dev/null", 0);
    }
    if !vm.owns_process {
        super::io::take_standard_descriptors(vm);
    }
}

fn waitpid(call: &mut Call<'_>) -> Exec<Ret> {
    let (pid, options) = (call.arg_int(0)?, call.arg_int(1)?);
    reap(call, pid as i32, options as i32)
}

/// wait4, going on after handlers; sets `$?`.
fn reap(call: &mut Call<'_>, pid: i32, options: i32) -> Exec<Ret> {
    loop {
        match blocking::wait4(pid, options) {
            Ok((found, status)) => {
                call.vm.set_status(if found > 0 { status } else { 0 });
                return Ok(Ret::One(Val::from(found)));
            }
            Err(Errno::EINTR) => call.vm.safepoint()?,
            Err(errno) => {
                call.set_errno(errno);
                call.vm.set_status(-1);
                return Ok(Ret::One(Val::Int(-1)));
            }
        }
    }
}

fn getpgrp(call: &mut Call<'_>) -> Exec<Ret> {
    let pid = if call.argc() > 0 {
        call.arg_int(0)? as i32
    } else {
        0
    };
    match process::getpgid(pid) {
        Ok(group) => Ok(Ret::One(Val::from(group))),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::One(Val::Int(-1)))
        }
    }
}

fn setpgrp(call: &mut Call<'_>) -> Exec<Ret> {
    let pid = if call.argc() > 0 {
        call.arg_int(0)? as i32
    } else {
        0
    };
    let group = if call.argc() > 1 {
        call.arg_int(1)? as i32
    } else {
        0
    };
    call.done(process::setpgid(pid, group))
}

fn getpriority(call: &mut Call<'_>) -> Exec<Ret> {
    let (which, who) = (call.arg_int(0)? as i32, call.arg_int(1)? as u32);
    match process::getpriority(which, who) {
        Ok(n) => Ok(Ret::One(Val::from(n))),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::One(Val::Int(-1)))
        }
    }
}

fn setpriority(call: &mut Call<'_>) -> Exec<Ret> {
    let (which, who, value) = (
        call.arg_int(0)? as i32,
        call.arg_int(1)? as u32,
        call.arg_int(2)? as i32,
    );
    call.done(process::setpriority(which, who, value))
}
