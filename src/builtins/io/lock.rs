//! Descriptor control: flock, fcntl, ioctl (perlfunc). A signal ends a wait with EINTR.
use super::open_handle;
use crate::sys::{Errno, blocking, fd};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "I/O",
    &[
        function("fcntl", "*$$", |call| control(call, "fcntl")),
        function("flock", "*$", flock),
        function("ioctl", "*$$", |call| control(call, "ioctl")),
    ],
);

fn fd_of(call: &mut Call<'_>, function: &str) -> Exec<Option<i32>> {
    let Some((_, handle)) = open_handle(call, 0, function)? else {
        return Ok(None);
    };
    let fd = handle.borrow().fd();
    if fd.is_none() {
        call.set_errno(Errno::EBADF);
    }
    Ok(fd)
}

fn flock(call: &mut Call<'_>) -> Exec<Ret> {
    let operation = call.arg_int(1)? as i32;
    let Some((_, handle)) = open_handle(call, 0, "flock")? else {
        return Ok(Ret::One(Val::Int(0)));
    };
    let flushed = super::retry(call.vm, &handle, |h| h.flush())?;
    let fd = handle.borrow().fd();
    let result = match (flushed, fd) {
        (Err(e), _) => Err(e),
        (_, None) => Err(Errno::EBADF),
        (_, Some(fd)) => blocking::flock(fd, operation),
    };
    match result {
        Ok(()) => Ok(Ret::One(Val::Int(1))),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::One(Val::Int(0)))
        }
    }
}

/// fcntl and ioctl: a number is passed as it is, a string is a buffer the call may fill.
fn control(call: &mut Call<'_>, function: &str) -> Exec<Ret> {
    let request = call.arg_int(1)?;
    let arg = call.arg(2)?;
    let Some(fd) = fd_of(call, function)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let is_buffer = matches!(arg, Val::Str(_)) && !arg.looks_like_number();
    let result = if is_buffer {
        let text = call.str(&arg)?;
        let len = text.len();
        let least = if function == "ioctl" {
            fd::ioctl_size(request as u64).max(256)
        } else {
            256
        };
        let mut buffer = text.as_bytes().to_vec();
        buffer.resize(len.max(least), 0);
        let result = match function {
            "ioctl" => fd::ioctl_buffer(fd, request as u64, &mut buffer),
            _ => blocking::fcntl_buffer(fd, request as i32, &mut buffer),
        };
        let used = if function == "ioctl" {
            len.max(fd::ioctl_size(request as u64))
        } else {
            len
        };
        buffer.truncate(used);
        if result.is_ok() {
            call.assign(2, Val::Str(PerlStr::from_bytes(&buffer)))?;
        }
        result
    } else {
        let n = if arg.is_undef() {
            0
        } else {
            call.vm.num(&arg)?.to_i64()
        };
        match function {
            "ioctl" => fd::ioctl_number(fd, request as u64, n),
            _ => blocking::fcntl_number(fd, request as i32, n),
        }
    };
    match result {
        Ok(0) => Ok(Ret::One(Val::str("0 but true"))),
        Ok(n) => Ok(Ret::One(Val::from(n))),
        Err(e) => call.errno(e),
    }
}
