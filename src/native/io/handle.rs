//! The native part of IO: what its modules need of handles (perldoc IO::Handle, IO::Seekable, IO::File, IO::Poll).
use super::super::usage;
use crate::builtins::io::{self, Outcome};
use crate::io::position::Whence;
use crate::io::{Access, HandleRef, Kind};
use crate::sys::{Errno, blocking, fd, file, poll};
use crate::value::glob::bit;
use crate::value::{Glob, HasSide, Io, Rc, Val};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};
use std::time::Duration;

pub(in crate::native) const FAMILIES: &[&Family] = &[&HANDLE, &SEEKABLE, &FILE, &POLL, &SOCKET];

const HANDLE: Family = Family::new(
    "IO::Handle",
    &[
        row(
            "blocking",
            "$;$",
            set_blocking,
            "ask or set whether the handle waits",
        ),
        free("clearerr", clearerr, "forget errors of a handle"),
        free("error", error, "has there been an error"),
        free("flush", flush, "write what is buffered"),
        free("getline", |call| getline(call, "getline"), "read a line"),
        free("getlines", getlines, "read all lines"),
        free("gets", |call| getline(call, "gets"), "read a line"),
        free("setbuf", |call| no_buffers(call, "setbuf"), "not available"),
        free(
            "setvbuf",
            |call| no_buffers(call, "setvbuf"),
            "not available",
        ),
        free("sync", sync, "make the system write to the device"),
        free("ungetc", ungetc, "put a character back"),
        free("untaint", untaint, "trust what is read"),
    ],
);

const SEEKABLE: Family = Family::new(
    "IO::Seekable",
    &[
        free("getpos", getpos, "a value for the current position"),
        free("setpos", setpos, "go back to a position of getpos"),
    ],
);

const FILE: Family = Family::new(
    "IO::File",
    &[free(
        "new_tmpfile",
        new_tmpfile,
        "a file without a name, gone when closed",
    )],
);

const POLL: Family = Family::new("IO::Poll", &[free("_poll", wait, "wait for descriptors")]);

const SOCKET: Family = Family::new(
    "IO::Socket",
    &[row(
        "sockatmark",
        "$",
        sockatmark,
        "is the next byte behind urgent data",
    )],
);

/// Named from IO's package on.
#[rustfmt::skip]
pub(in crate::native) const CONSTANTS: &[(&str, i64)] = &[
    ("Handle::_IOFBF", 0), ("Handle::_IOLBF", 1), ("Handle::_IONBF", 2),
    ("Poll::POLLIN", 1), ("Poll::POLLPRI", 2), ("Poll::POLLOUT", 4), ("Poll::POLLERR", 8),
    ("Poll::POLLHUP", 16), ("Poll::POLLNVAL", 32), ("Poll::POLLRDNORM", 64), ("Poll::POLLRDBAND", 128),
    ("Poll::POLLWRNORM", 256), ("Poll::POLLWRBAND", 512), ("Poll::POLLNORM", 1024),
];

/// What IO::Handle has from Fcntl.
pub(in crate::native) const OF_FCNTL: &[&str] = &["SEEK_CUR", "SEEK_END", "SEEK_SET"];

/// The handle of the first argument: perl dies where it is no handle at all.
fn io_of(call: &mut Call<'_>) -> Exec<Rc<Io>> {
    if let Some(io) = call.handle(0)? {
        return Ok(io);
    }
    let val = call.arg(0)?;
    if val.is_undef() {
        return Err(call.die("Can't use an undefined value as filehandle reference"));
    }
    let shown = match &val {
        Val::Glob(glob) | Val::GRef(glob) => glob.name().to_string(),
        _ => call.str(&val)?.to_str_lossy().into_owned(),
    };
    Err(call.die(format!("Bad filehandle: {shown}")))
}

/// The open handle of the first argument.
fn handle(call: &mut Call<'_>) -> Exec<Option<HandleRef>> {
    let handle: Option<HandleRef> = io_of(call)?.handle();
    Ok(handle.filter(|handle| handle.borrow().is_open()))
}

/// `0 but true`, a number, or undef with `$!`: what SysRet of XS gives.
fn sys_ret<T: Into<i64>>(call: &mut Call<'_>, result: Result<T, Errno>) -> Exec<Ret> {
    match result.map(Into::into) {
        Ok(0) => Ok(Val::str("0 but true").into()),
        Ok(n) => Ok(Val::Int(n).into()),
        Err(e) => call.errno(e),
    }
}

/// -1 with `$!` EINVAL.
fn invalid(call: &mut Call<'_>) -> Exec<Ret> {
    call.set_errno(Errno::EINVAL);
    Ok(Val::Int(-1).into())
}

fn set_blocking(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "IO::Handle::blocking(handle, blk=-1)")?;
    let wanted = match call.arg_if(1)? {
        Some(val) => Some(call.vm.truth(&val)?),
        None => None,
    };
    let Some(number) = handle(call)?.and_then(|h| h.borrow().fd()) else {
        return call.errno(Errno::EBADF);
    };
    let non_block = 0o4000;
    let was = match fd::status_flags(number) {
        Ok(flags) => flags & non_block == 0,
        Err(e) => return call.errno(e),
    };
    if let Some(on) = wanted
        && on != was
        && let Err(e) = fd::set_blocking(number, on)
    {
        return call.errno(e);
    }
    Ok(Val::Int(i64::from(was)).into())
}

fn clearerr(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Handle::clearerr(handle)")?;
    if let Some(handle) = handle(call)? {
        handle.borrow_mut().clear_error();
    }
    Ok(Val::Int(0).into())
}

fn error(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Handle::error(handle)")?;
    match handle(call)? {
        Some(handle) => Ok(Val::Int(i64::from(handle.borrow().error().is_some())).into()),
        None => invalid(call),
    }
}

fn untaint(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Handle::untaint(handle)")?;
    if let Some(io) = call.handle(0)? {
        io.trusted.set(true);
    }
    Ok(Val::Int(0).into())
}

/// `$io->getline`, whose other name is gets.
fn getline(call: &mut Call<'_>, name: &str) -> Exec<Ret> {
    if call.argc() != 1 {
        return Err(call.die(format!("usage: $io->{name}()")));
    }
    let io = call.arg(0)?;
    let line = call.vm.line_of(&io, None, true)?;
    Ok(line.unwrap_or_default().into())
}

fn getlines(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 1 {
        return Err(call.die("usage: $io->getlines()"));
    }
    if !call.wants_list() {
        let text = "Can't call $io->getlines in a scalar context, use $io->getline";
        return Err(call.die(text));
    }
    let io = call.arg(0)?;
    if let Some(ret) = io::tied(call, 0, "READLINE", &[])? {
        return Ok(ret);
    }
    let mut lines = Vec::new();
    while let Some(line) = call.vm.line_of(&io, None, false)? {
        lines.push(line);
    }
    call.list(lines)
}

fn flush(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Handle::flush(handle)")?;
    let Some(handle) = handle(call)? else {
        return call.errno(Errno::EINVAL);
    };
    let result = io::retry(call.vm, &handle, |h| h.flush())?;
    sys_ret(call, result.map(|()| 0))
}

fn sync(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Handle::sync(arg)")?;
    let Some(number) = handle(call)?.and_then(|h| h.borrow().fd()) else {
        return call.errno(Errno::EINVAL);
    };
    let result = blocking::fsync(number);
    sys_ret(call, result.map(|()| 0))
}

fn no_buffers(call: &mut Call<'_>, name: &str) -> Exec<Ret> {
    match name {
        "setbuf" => usage(call, 1..=usize::MAX, "IO::Handle::setbuf(handle, ...)")?,
        _ => usage(call, 4..=4, "IO::Handle::setvbuf(handle, buf, type, size)")?,
    }
    io_of(call)?;
    if name == "setbuf" {
        return Ok(Ret::Nothing);
    }
    Err(call.die(format!(
        "IO::Handle::{name} not implemented on this architecture"
    )))
}

fn ungetc(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "IO::Handle::ungetc(handle, c)")?;
    let number = call.arg_num(1)?;
    let Some(handle) = handle(call)? else {
        return invalid(call);
    };
    let n = number.to_i64();
    if number.to_f64() < 0.0 {
        return Err(call.die("Negative character number in ungetc()"));
    }
    let mut bytes = Vec::with_capacity(8);
    if handle.borrow().is_utf8() {
        crate::text::utf8::push(&mut bytes, number.to_u64());
    } else {
        let Ok(byte) = u8::try_from(n) else {
            return Err(call.die("Wide character number in ungetc()"));
        };
        bytes.push(byte);
    }
    match io::retry(call.vm, &handle, |h| h.unread(&bytes))? {
        Ok(()) => Ok(Val::Int(n).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}

fn getpos(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Seekable::getpos(handle)")?;
    let Some(handle) = handle(call)? else {
        return call.errno(Errno::EINVAL);
    };
    match io::retry(call.vm, &handle, |h| h.tell())? {
        Ok(at) => Ok(Val::bytes(&at.to_ne_bytes()).into()),
        Err(e) => call.errno(e),
    }
}

fn setpos(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "IO::Seekable::setpos(handle, pos)")?;
    let Some(handle) = handle(call)? else {
        return call.errno(Errno::EINVAL);
    };
    let pos = call.arg_str(1)?;
    let Some(at) = pos.as_bytes().try_into().ok().map(i64::from_ne_bytes) else {
        return call.errno(Errno::EINVAL);
    };
    let result: Outcome<()> = io::retry(call.vm, &handle, |h| h.seek(at, Whence::Start))?;
    sys_ret(call, result.map(|()| 0))
}

fn new_tmpfile(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        0..=1,
        "IO::File::new_tmpfile(packname = \"IO::File\")",
    )?;
    let class = match call.arg_if(0)? {
        Some(val) => match val.blessed() {
            Some(stash) => stash,
            None => {
                let name = call.str(&val)?;
                call.symbols().stash(&name.to_str_lossy())
            }
        },
        None => call.symbols().stash("IO::File"),
    };
    let dir = crate::builtins::status::env(call, "TMPDIR").map(|d| d.as_bytes().to_vec());
    let dir = dir
        .filter(|d| !d.is_empty())
        .unwrap_or_else(|| b"/tmp".to_vec());
    let template = [&dir[..], b"/PerlIO_XXXXXX"].concat();
    let made = file::mkstemp(&template).or_else(|_| file::mkstemp(b"/tmp/PerlIO_XXXXXX"));
    let number = match made {
        Ok((number, name)) => {
            // Nobody else is to find it; it lives as long as it is open.
            let _ = file::unlink(&name);
            number
        }
        Err(e) => return call.errno(e),
    };
    let glob = Glob::new("IO::File", "_GEN_TMP");
    glob.set_bits(bit::ANONYMOUS);
    if let Err(e) = io::pipe::attach(call, &glob, number, Access::BOTH, Kind::File)? {
        let _ = fd::close(number);
        return call.errno(e);
    }
    glob.bless(class);
    Ok(Ret::One(Val::GRef(glob)))
}

/// `_poll(MILLISECONDS, FD, MASK, FD, MASK ...)`: the masks are written back.
fn wait(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=usize::MAX, "IO::Poll::_poll(timeout, ...)")?;
    let millis = call.arg_f64(0)?;
    let mut fds = Vec::with_capacity(call.argc() / 2);
    for i in (1..call.argc().saturating_sub(1)).step_by(2) {
        let number = call.arg_int(i)? as i32;
        fds.push(poll::ask(number, call.arg_int(i + 1)? as i16));
    }
    let mut time = (millis >= 0.0).then(|| Duration::from_secs_f64((millis / 1000.0).min(1e9)));
    match blocking::ppoll(&mut fds, time.as_mut(), None) {
        Ok(count) => {
            for (i, found) in fds.iter().enumerate() {
                call.assign(2 * i + 1, Val::from(found.fd))?;
                call.assign(2 * i + 2, Val::Int(i64::from(found.revents)))?;
            }
            Ok(Val::from(count).into())
        }
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}

/// SIOCATMARK
const AT_MARK: u64 = 0x8905;

fn sockatmark(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IO::Socket::sockatmark(sock)")?;
    let Some(number) = handle(call)?.and_then(|h| h.borrow().fd()) else {
        return call.errno(Errno::EBADF);
    };
    let mut flag = [0u8; 4];
    match fd::ioctl_buffer(number, AT_MARK, &mut flag) {
        Ok(_) => Ok(Val::Int(i64::from(i32::from_ne_bytes(flag))).into()),
        Err(e) => call.errno(e),
    }
}
