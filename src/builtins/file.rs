//! Functions for files and directories by name (perlfunc, family File). Open files are in `io`.
use super::status;
use crate::diag::warnings::Category;
use crate::sys::file::{self, FileTime};
use crate::sys::{Errno, process};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILY: Family = Family::new(
    "File",
    &[
        function("chdir", ";$", chdir),
        function("chmod", "@", chmod),
        function("chown", "@", chown),
        function("chroot", "_", chroot),
        function("link", "$$", link),
        function("mkdir", "_;$", mkdir),
        function("readlink", "_", readlink),
        function("rename", "$$", rename),
        function("rmdir", "_", rmdir),
        function("symlink", "$$", symlink),
        function("umask", ";$", umask),
        function("unlink", "@", unlink),
        function("utime", "@", utime),
    ],
);

/// Argument `i` as a file name; with perl's warning for a NUL inside (which no file can have).
fn name(call: &mut Call<'_>, i: usize, function: &str) -> Exec<PerlStr> {
    let val = call.arg(i)?;
    name_of(call.vm, &val, function)
}

/// A value as a file name.
pub fn name_of(vm: &mut Vm, val: &Val, function: &str) -> Exec<PerlStr> {
    let text = vm.str(val)?;
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
        let shown = |bytes: &[u8]| {
            let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        };
        let msg = format!(
            "Invalid \\0 character in pathname for {function}: {}\\0{}",
            shown(before),
            shown(after)
        );
        vm.warn(Category::Syscalls, msg)?;
    }
    Ok(text)
}

fn chdir(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 0 {
        let home = ["HOME", "LOGDIR"]
            .into_iter()
            .find_map(|key| status::env(call, key));
        let result = home.map_or(Err(Errno::EINVAL), |dir| file::chdir(dir.as_bytes()));
        return call.done(result);
    }
    let val = call.arg(0)?;
    if let Some(fd) = status::handle_fd(call.vm, &val)? {
        if fd.is_none() {
            status::warn_closed(call.vm, &val, "chdir()")?;
        }
        let result = fd.ok_or(Errno::EBADF).and_then(file::fchdir);
        return match result {
            Ok(()) => Ok(Ret::One(Val::Int(1))),
            Err(errno) => {
                call.set_errno(errno);
                Ok(Ret::One(Val::Int(0)))
            }
        };
    }
    let dir = name_of(call.vm, &val, "chdir")?;
    let result = file::chdir(dir.as_bytes());
    call.done(result)
}

/// A change applied to each of the arguments from `from` on; gives the number of successes.
fn each(
    call: &mut Call<'_>,
    from: usize,
    function: &str,
    by_fd: Option<&dyn Fn(i32) -> Result<(), Errno>>,
    by_name: &dyn Fn(&[u8]) -> Result<(), Errno>,
) -> Exec<Ret> {
    let mut done = 0;
    for val in call.args_from(from)? {
        let handle = match by_fd {
            Some(_) => status::handle_fd(call.vm, &val)?,
            None => None,
        };
        let result = match (handle, by_fd) {
            (Some(fd), Some(change)) => fd.ok_or(Errno::EBADF).and_then(change),
            _ => {
                let name = name_of(call.vm, &val, function)?;
                by_name(name.as_bytes())
            }
        };
        match result {
            Ok(()) => done += 1,
            Err(e) => call.set_errno(e),
        }
    }
    Ok(Ret::One(Val::Int(done)))
}

fn chmod(call: &mut Call<'_>) -> Exec<Ret> {
    let mode = call.arg_int(0)? as u32;
    each(
        call,
        1,
        "chmod",
        Some(&|fd| file::fchmod(fd, mode)),
        &|name| file::chmod(name, mode),
    )
}

fn chown(call: &mut Call<'_>) -> Exec<Ret> {
    let (uid, gid) = (call.arg_int(0)? as u32, call.arg_int(1)? as u32);
    let by_fd = |fd| file::fchown(fd, uid, gid);
    each(call, 2, "chown", Some(&by_fd), &|name| {
        file::chown(name, uid, gid)
    })
}

fn unlink(call: &mut Call<'_>) -> Exec<Ret> {
    each(call, 0, "unlink", None, &|name| {
        // perl refuses directories even where the system would let the superuser
        if file::lstat(name)?.kind() == file::Kind::Directory {
            return Err(Errno::EISDIR);
        }
        file::unlink(name)
    })
}

fn utime(call: &mut Call<'_>) -> Exec<Ret> {
    let (access, modify) = (call.arg(0)?, call.arg(1)?);
    let times = if access.is_undef() && modify.is_undef() {
        [FileTime::Now, FileTime::Now]
    } else {
        let mut times = [FileTime::Now, FileTime::Now];
        for (time, val) in times.iter_mut().zip([access, modify]) {
            if val.is_undef() {
                call.str(&val)?;
            }
            *time = file_time(call.vm.num(&val)?.to_f64());
        }
        times
    };
    let by_fd = |fd| file::futimes(fd, times);
    each(call, 2, "utime", Some(&by_fd), &|name| {
        file::utimes(name, times)
    })
}

/// Seconds since 1970 with a fraction.
fn file_time(seconds: f64) -> FileTime {
    let whole = seconds.floor();
    FileTime::At(whole as i64, ((seconds - whole) * 1e9) as u32)
}

fn chroot(call: &mut Call<'_>) -> Exec<Ret> {
    let dir = name(call, 0, "chroot")?;
    call.done(file::chroot(dir.as_bytes()))
}

fn two_names(
    call: &mut Call<'_>,
    function: &str,
    change: fn(&[u8], &[u8]) -> Result<(), Errno>,
) -> Exec<Ret> {
    let (from, to) = (name(call, 0, function)?, name(call, 1, function)?);
    call.done(change(from.as_bytes(), to.as_bytes()))
}

fn link(call: &mut Call<'_>) -> Exec<Ret> {
    two_names(call, "link", file::link)
}

fn symlink(call: &mut Call<'_>) -> Exec<Ret> {
    two_names(call, "symlink", file::symlink)
}

fn rename(call: &mut Call<'_>) -> Exec<Ret> {
    two_names(call, "rename", file::rename)
}

/// Without the slashes at the end, as perl gives directory names to the system.
fn trimmed(name: &[u8]) -> &[u8] {
    let end = name.iter().rposition(|&b| b != b'/').map_or(1, |at| at + 1);
    &name[..end.min(name.len())]
}

fn mkdir(call: &mut Call<'_>) -> Exec<Ret> {
    let dir = name(call, 0, "mkdir")?;
    let mode = if call.argc() > 1 {
        call.arg_int(1)? as u32
    } else {
        0o777
    };
    call.done(file::mkdir(trimmed(dir.as_bytes()), mode))
}

fn rmdir(call: &mut Call<'_>) -> Exec<Ret> {
    let dir = name(call, 0, "rmdir")?;
    call.done(file::rmdir(trimmed(dir.as_bytes())))
}

fn readlink(call: &mut Call<'_>) -> Exec<Ret> {
    let link = name(call, 0, "readlink")?;
    match file::readlink(link.as_bytes()) {
        Ok(target) => Ok(Ret::One(Val::bytes(&target))),
        Err(e) => call.errno(e),
    }
}

fn umask(call: &mut Call<'_>) -> Exec<Ret> {
    let old = match call.defined(0)? {
        Some(val) => process::umask(call.vm.num(&val)?.to_i64() as u32),
        None => process::current_umask(),
    };
    Ok(Ret::One(Val::Int(i64::from(old))))
}
