//! POSIX: descriptors and names of files (perldoc POSIX, fcntl.h, unistd.h, sys/stat.h).
use super::sys_ret;
use crate::io::registry;
use crate::native::usage;
use crate::sys::{Errno, blocking, fd, file, limits};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    &[
        free("access", access, "may the file be used so"),
        free("close", close, "close a descriptor"),
        free("dup", dup, "another descriptor for the same file"),
        free("dup2", dup2, "make a descriptor stand for another's file"),
        free("fpathconf", fpathconf, "a limit of an open file"),
        free("getcwd", getcwd, "the current directory"),
        free("lchown", lchown, "change the owner of a link itself"),
        free("lseek", lseek, "move the position of a descriptor"),
        free("mkfifo", mkfifo, "make a named pipe"),
        free("open", open, "open a file by descriptor"),
        free("pathconf", pathconf, "a limit of a file"),
        free("pipe", pipe, "two connected descriptors"),
        free("read", read, "read from a descriptor"),
        free("sysconf", sysconf, "a limit of the system"),
        free("write", write, "write to a descriptor"),
    ],
);

/// A descriptor: negative ones are refused before the system is asked.
fn descriptor(call: &mut Call<'_>, i: usize) -> Exec<Result<i32, Errno>> {
    let n = call.arg_int(i)?;
    let fd = i32::try_from(n).ok().filter(|n| *n >= 0);
    Ok(fd
        .ok_or(Errno::EBADF)
        .and_then(|fd| registry::may_use(fd).map(|()| fd)))
}

fn access(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::access(filename, mode)")?;
    let name = call.arg_str(0)?;
    let mode = call.arg_int(1)? as i32;
    sys_ret(call, file::access(name.as_bytes(), mode, false).map(|()| 0))
}

fn mkfifo(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::mkfifo(filename, mode)")?;
    let name = call.arg_str(0)?;
    let mode = call.arg_int(1)? as u32;
    sys_ret(call, file::mkfifo(name.as_bytes(), mode).map(|()| 0))
}

fn lchown(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 3..=3, "POSIX::lchown(uid, gid, path)")?;
    let (uid, gid) = (call.arg_int(0)? as u32, call.arg_int(1)? as u32);
    let name = call.arg_str(2)?;
    sys_ret(call, file::lchown(name.as_bytes(), uid, gid).map(|()| 0))
}

fn close(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::close(fd)")?;
    let result = descriptor(call, 0)?.and_then(fd::close);
    sys_ret(call, result.map(|()| 0))
}

fn dup(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::dup(fd)")?;
    let result = descriptor(call, 0)?.and_then(fd::dup_inheritable);
    sys_ret(call, result.map(i64::from))
}

fn dup2(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::dup2(fd1, fd2)")?;
    let (from, to) = (descriptor(call, 0)?, descriptor(call, 1)?);
    let result = from.and_then(|from| fd::dup2(from, to?));
    sys_ret(call, result.map(i64::from))
}

fn pipe(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::pipe()")?;
    match fd::pipe2(0) {
        Ok((read, write)) => call.list([Val::from(read), Val::from(write)]),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::Nothing)
        }
    }
}

fn open(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        1..=3,
        "POSIX::open(filename, flags = O_RDONLY, mode = 0666)",
    )?;
    let name = call.arg_str(0)?;
    let flags = if call.argc() > 1 {
        call.arg_int(1)? as i32
    } else {
        0
    };
    let mode = if call.argc() > 2 {
        call.arg_int(2)? as u32
    } else {
        0o666
    };
    let result = blocking::open(name.as_bytes(), flags, mode).and_then(|new| {
        // what POSIX opens stays open over exec
        fd::set_cloexec(new, false)?;
        Ok(i64::from(new))
    });
    sys_ret(call, result)
}

fn lseek(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 3..=3, "POSIX::lseek(fd, offset, whence)")?;
    let (offset, whence) = (call.arg_int(1)?, call.arg_int(2)? as i32);
    match descriptor(call, 0)?.and_then(|fd| file::lseek(fd, offset, whence)) {
        Ok(at) => Ok(Val::Int(at).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}

/// More than this is not read at once; the system gives less as it is.
const MOST: u64 = 1 << 30;

fn read(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 3..=3, "POSIX::read(fd, buffer, nbytes)")?;
    let fd = descriptor(call, 0)?;
    let wanted = call.arg_uint(2)?.min(MOST) as usize;
    let mut buffer = Vec::new();
    if buffer.try_reserve_exact(wanted).is_err() {
        return Err(crate::text::OutOfMemory.into());
    }
    buffer.resize(wanted, 0);
    match fd.and_then(|fd| blocking::read(fd, &mut buffer)) {
        Ok(got) => {
            call.assign(1, Val::Str(PerlStr::from_bytes(&buffer[..got])))?;
            sys_ret(call, Ok(got as i64))
        }
        Err(e) => sys_ret(call, Err(e)),
    }
}

fn write(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 3..=3, "POSIX::write(fd, buffer, nbytes)")?;
    let fd = descriptor(call, 0)?;
    let text = call.arg_str(1)?;
    let count = call.arg_uint(2)?.min(text.len() as u64) as usize;
    let result = fd.and_then(|fd| blocking::write(fd, &text.as_bytes()[..count]));
    sys_ret(call, result.map(|n| n as i64))
}

fn getcwd(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::getcwd()")?;
    match file::getcwd() {
        Ok(dir) => Ok(Val::bytes(&dir).into()),
        Err(e) => call.errno(e),
    }
}

/// A limit: undef without an error where there is none.
fn limit(call: &mut Call<'_>, result: Result<Option<i64>, Errno>) -> Exec<Ret> {
    match result {
        Ok(Some(n)) => sys_ret(call, Ok(n)),
        Ok(None) => Ok(Ret::One(Val::Undef)),
        Err(e) => call.errno(e),
    }
}

fn sysconf(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::sysconf(name)")?;
    let name = call.arg_int(0)? as i32;
    limit(call, limits::sysconf(name))
}

fn pathconf(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::pathconf(filename, name)")?;
    let file = call.arg_str(0)?;
    let name = call.arg_int(1)? as i32;
    limit(call, limits::pathconf(file.as_bytes(), name))
}

fn fpathconf(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::fpathconf(fd, name)")?;
    let name = call.arg_int(1)? as i32;
    let result = descriptor(call, 0)?.and_then(|fd| limits::fpathconf(fd, name));
    limit(call, result)
}
