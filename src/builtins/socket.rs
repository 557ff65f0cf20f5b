//! Functions for sockets (perlfunc, family Socket). What sleeps here ends with EINTR when a signal comes, as in perl.
use super::io::pipe::attach;
use super::io::retry;
use crate::diag::warnings::Category;
use crate::io::{Access, HandleRef, Kind};
use crate::sys::{Errno, blocking, fd, socket};
use crate::text::PerlStr;
use crate::value::{Io, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

#[rustfmt::skip]
pub(super) const FAMILY: Family = Family::new("Socket", &[
    function("accept", "**", accept),
    function("bind", "*$", bind),
    function("connect", "*$", connect),
    function("getpeername", "*", |call| name(call, "getpeername", socket::getpeername)),
    function("getsockname", "*", |call| name(call, "getsockname", socket::getsockname)),
    function("getsockopt", "*$$", getsockopt),
    function("listen", "*$", listen),
    function("recv", "*\\$$$", recv),
    function("send", "*$$;$", send),
    function("setsockopt", "*$$$", setsockopt),
    function("shutdown", "*$", shutdown),
    function("socket", "*$$$", make),
]);

/// `send() on closed socket S`
fn complain(call: &mut Call<'_>, io: Option<&Io>, name: &str, function: &str) -> Exec {
    call.set_errno(Errno::EBADF);
    let was_open = io.is_some_and(|io| io.handle().is_some());
    let (category, what) = match was_open {
        true => (Category::Closed, "closed"),
        false => (Category::Unopened, "unopened"),
    };
    let name = if name.is_empty() {
        String::new()
    } else {
        format!(" {name}")
    };
    call.warn(category, format!("{function}() on {what} socket{name}"))?;
    call.set_errno(Errno::EBADF);
    Ok(())
}

/// The handle and descriptor of argument `i`; none with perl's warning.
fn socket_arg(call: &mut Call<'_>, i: usize, function: &str) -> Exec<Option<(HandleRef, i32)>> {
    let io: Option<Rc<Io>> = call.handle(i)?;
    if let Some(handle) = io.as_ref().and_then(|io| io.handle()) {
        let (number, open) = (handle.borrow().fd(), handle.borrow().is_open());
        if let Some(number) = number {
            return Ok(Some((handle, number)));
        }
        if open {
            // open on a scalar
            call.set_errno(Errno::EBADF);
            return Ok(None);
        }
    }
    let name = match io.as_ref().and_then(|io| io.name.borrow().clone()) {
        Some(name) => name.to_string(),
        None => {
            let val = call.arg(i)?;
            call.vm
                .glob_of(&val)?
                .map_or_else(String::new, |glob| glob.name().to_string())
        }
    };
    complain(call, io.as_deref(), &name, function)?;
    Ok(None)
}

/// Bytes of an argument; characters above 255 are an error.
fn bytes(call: &mut Call<'_>, i: usize, function: &str) -> Exec<PerlStr> {
    let text = call.arg_str(i)?;
    match text.downgraded() {
        Some(text) => Ok(text),
        None => Err(call.die(format!("Wide character in {function}"))),
    }
}

/// True, or undef with `$!`.
fn yes<T>(call: &mut Call<'_>, result: Result<T, Errno>) -> Exec<Ret> {
    match result {
        Ok(_) => Ok(Ret::One(Val::Bool(true))),
        Err(e) => call.errno(e),
    }
}

fn make(call: &mut Call<'_>) -> Exec<Ret> {
    let (domain, kind, protocol) = (call.arg_int(1)?, call.arg_int(2)?, call.arg_int(3)?);
    let Some(glob) = call.glob(0)? else {
        return call.errno(Errno::EBADF);
    };
    // a handle that is open is closed first, whatever becomes of the new one
    if let Some(io) = glob.io()
        && io.is_open()
    {
        super::io::close_handle(call.vm, &io)?;
    }
    let new = match socket::socket(domain as i32, kind as i32, protocol as i32) {
        Ok(new) => new,
        Err(e) => return call.errno(e),
    };
    let result = attach(call, &glob, new, Access::BOTH, Kind::Socket)?;
    if result.is_err() {
        let _ = fd::close(new);
    }
    yes(call, result)
}

fn bind(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((_, number)) = socket_arg(call, 0, "bind")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let address = bytes(call, 1, "bind")?;
    yes(call, socket::bind(number, address.as_bytes()))
}

fn connect(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((_, number)) = socket_arg(call, 0, "connect")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let address = bytes(call, 1, "connect")?;
    let result = blocking::connect(number, address.as_bytes());
    yes(call, result)
}

fn listen(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((_, number)) = socket_arg(call, 0, "listen")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let backlog = call
        .arg_int(1)?
        .clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    yes(call, socket::listen(number, backlog as i32))
}

/// the packed address of the peer.
fn accept(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(glob) = call.glob(0)? else {
        return call.errno(Errno::EBADF);
    };
    let Some((_, number)) = socket_arg(call, 1, "accept")? else {
        return Ok(Ret::One(Val::Undef));
    };
    if let Some(io) = glob.io()
        && io.is_open()
    {
        super::io::close_handle(call.vm, &io)?;
    }
    let (new, peer) = match blocking::accept4(number, 0) {
        Ok(got) => got,
        Err(e) => return call.errno(e),
    };
    if let Err(e) = attach(call, &glob, new, Access::BOTH, Kind::Socket)? {
        let _ = fd::close(new);
        return call.errno(e);
    }
    Ok(Val::bytes(peer.bytes()).into())
}

fn shutdown(call: &mut Call<'_>) -> Exec<Ret> {
    let how = call.arg_int(1)?;
    let Some((handle, number)) = socket_arg(call, 0, "shutdown")? else {
        return Ok(Ret::One(Val::Undef));
    };
    // what was printed goes out before the end of the stream
    if how != 0 {
        let _ = retry(call.vm, &handle, |h| h.flush())?;
    }
    match socket::shutdown(number, how as i32) {
        Ok(()) => Ok(Val::Int(1).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(0).into())
        }
    }
}

fn name(
    call: &mut Call<'_>,
    function: &str,
    ask: fn(i32) -> crate::sys::Result<blocking::Address>,
) -> Exec<Ret> {
    let Some((_, number)) = socket_arg(call, 0, function)? else {
        return Ok(Ret::One(Val::Undef));
    };
    match ask(number) {
        Ok(address) => Ok(Val::bytes(address.bytes()).into()),
        Err(e) => call.errno(e),
    }
}

fn getsockopt(call: &mut Call<'_>) -> Exec<Ret> {
    let (level, option) = (call.arg_int(1)? as i32, call.arg_int(2)? as i32);
    let Some((_, number)) = socket_arg(call, 0, "getsockopt")? else {
        return Ok(Ret::One(Val::Undef));
    };
    match socket::getsockopt(number, level, option) {
        Ok(value) => Ok(Val::bytes(&value).into()),
        Err(e) => call.errno(e),
    }
}

fn setsockopt(call: &mut Call<'_>) -> Exec<Ret> {
    let (level, option) = (call.arg_int(1)? as i32, call.arg_int(2)? as i32);
    let value = call.arg(3)?;
    let packed = match &value {
        Val::Str(_) => bytes(call, 3, "setsockopt")?.as_bytes().to_vec(),
        _ => (call.arg_int(3)? as i32).to_ne_bytes().to_vec(),
    };
    let Some((_, number)) = socket_arg(call, 0, "setsockopt")? else {
        return Ok(Ret::One(Val::Undef));
    };
    yes(call, socket::setsockopt(number, level, option, &packed))
}

fn send(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((handle, number)) = socket_arg(call, 0, "send")? else {
        return Ok(Ret::One(Val::Undef));
    };
    if handle.borrow().is_utf8() {
        return Err(call.die("send() isn't allowed on :utf8 handles"));
    }
    let text = bytes(call, 1, "send")?;
    let flags = call.arg_int(2)? as i32;
    let to = match call.defined(3)? {
        Some(_) => Some(bytes(call, 3, "send")?),
        None => None,
    };
    let to = to.as_ref().map(PerlStr::as_bytes);
    match blocking::send(number, text.as_bytes(), flags, to) {
        Ok(count) => Ok(Val::from(count).into()),
        Err(e) => call.errno(e),
    }
}

/// the packed address of the sender, empty where the protocol tells none.
fn recv(call: &mut Call<'_>) -> Exec<Ret> {
    let (len, flags) = (call.arg_int(2)?, call.arg_int(3)? as i32);
    if len < 0 {
        return Err(call.die("Negative length"));
    }
    let Some((handle, number)) = socket_arg(call, 0, "recv")? else {
        return Ok(Ret::One(Val::Undef));
    };
    if handle.borrow().is_utf8() {
        return Err(call.die("recv() isn't allowed on :utf8 handles"));
    }
    let mut buffer = Vec::new();
    if buffer.try_reserve_exact(len as usize).is_err() {
        return Err(crate::text::OutOfMemory.into());
    }
    buffer.resize(len as usize, 0);
    match blocking::recv(number, &mut buffer, flags) {
        Ok((got, from)) => {
            buffer.truncate(got.min(len as usize));
            call.assign(1, Val::Str(PerlStr::from_bytes(&buffer)))?;
            Ok(Val::bytes(from.bytes()).into())
        }
        Err(e) => call.errno(e),
    }
}
