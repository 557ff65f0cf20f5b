//! Positions, ends and modes of open files: eof, fileno, seek, tell, truncate, binmode, getc.
use super::{open_handle, retry, tied};
use crate::io::layers;
use crate::io::position::Whence;
use crate::sys::{Errno, file};
use crate::text::PerlStr;
use crate::value::{Io, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "I/O",
    &[
        function("binmode", "*;$", binmode),
        function("eof", ";*", eof),
        function("fileno", "*", fileno),
        function("getc", ";*", getc),
        function("seek", "*$$", seek),
        function("tell", ";*", tell),
        function("truncate", "$$", truncate),
    ],
);

fn binmode(call: &mut Call<'_>) -> Exec<Ret> {
    let spec = if call.argc() > 1 {
        call.arg_str(1)?
    } else {
        PerlStr::from(":raw")
    };
    let extra: Vec<Val> = if call.argc() > 1 {
        vec![call.arg(1)?]
    } else {
        Vec::new()
    };
    if let Some(ret) = tied(call, 0, "BINMODE", &extra)? {
        return Ok(ret);
    }
    let Some((_, handle)) = open_handle(call, 0, "binmode")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let specs = match layers::parse(spec.as_bytes()) {
        Ok(specs) => specs,
        Err(e) => {
            call.warn(
                crate::diag::warnings::Category::Layer,
                String::from_utf8_lossy(&e.message()),
            )?;
            return call.errno(e.errno());
        }
    };
    let result = retry(call.vm, &handle, |h| h.push_layers(&specs))?;
    call.done(result)
}

fn fileno(call: &mut Call<'_>) -> Exec<Ret> {
    if let Some(ret) = tied(call, 0, "FILENO", &[])? {
        return Ok(ret);
    }
    let Some(io) = call.handle(0)? else {
        return call.errno(Errno::EBADF);
    };
    if let Some(handle) = io.handle() {
        let fd = handle.borrow().fd();
        let memory = handle.borrow().is_open() && fd.is_none();
        return match fd {
            Some(fd) => Ok(Ret::One(Val::from(fd))),
            None if memory => Ok(Ret::One(Val::Int(-1))),
            None => Ok(Ret::One(Val::Undef)),
        };
    }
    match io.dir() {
        Some(dir) => match dir.borrow_mut().fd() {
            Ok(fd) => Ok(Ret::One(Val::from(fd))),
            Err(e) => call.errno(e),
        },
        None => call.errno(Errno::EBADF),
    }
}

fn getc(call: &mut Call<'_>) -> Exec<Ret> {
    if let Some(ret) = tied(call, 0, "GETC", &[])? {
        return Ok(ret);
    }
    let Some((_, handle)) = open_handle(call, 0, "getc")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let mut text = PerlStr::new();
    text.set_utf8_flag(handle.borrow().is_utf8());
    let mut left = 1;
    let result = retry(call.vm, &handle, |h| h.read(&mut text, &mut left))?;
    match result {
        Ok(()) if text.is_empty() => Ok(Ret::One(Val::Undef)),
        Ok(()) => Ok(Ret::One(Val::Str(text))),
        Err(e) => call.errno(e),
    }
}

/// The handle the first argument means; from now on it is the one `$.`, `eof`, `tell` and messages are about.
pub(super) fn means(call: &mut Call<'_>) -> Exec<Option<Rc<Io>>> {
    let io = call.handle(0)?;
    match &io {
        Some(io) => call.vm.set_last_read(io),
        None => call.vm.forget_last_read(),
    }
    Ok(io)
}

fn seek(call: &mut Call<'_>) -> Exec<Ret> {
    let (at, from) = (call.arg(1)?, call.arg(2)?);
    if let Some(ret) = tied(call, 0, "SEEK", &[at, from])? {
        return Ok(ret);
    }
    let (offset, whence) = (call.arg_int(1)?, call.arg_int(2)?);
    means(call)?;
    let Some((_, handle)) = open_handle(call, 0, "seek")? else {
        return Ok(Ret::One(Val::Bool(false)));
    };
    let Some(whence) = Whence::from_number(whence) else {
        call.set_errno(Errno::EINVAL);
        return Ok(Ret::One(Val::Bool(false)));
    };
    let result = retry(call.vm, &handle, |h| h.seek(offset, whence))?;
    call.done(result)
}

fn tell(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() > 0
        && let Some(ret) = tied(call, 0, "TELL", &[])?
    {
        return Ok(ret);
    }
    let handle = if call.argc() == 0 {
        call.vm.last_read().and_then(|io| io.handle())
    } else {
        means(call)?;
        open_handle(call, 0, "tell")?.map(|(_, handle)| handle)
    };
    let Some(handle) = handle else {
        call.set_errno(Errno::EBADF);
        return Ok(Ret::One(Val::Int(-1)));
    };
    match retry(call.vm, &handle, |h| h.tell())? {
        Ok(at) => Ok(Ret::One(Val::Int(at))),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::One(Val::Int(-1)))
        }
    }
}

fn truncate(call: &mut Call<'_>) -> Exec<Ret> {
    let len = call.arg_int(1)?;
    let val = call.arg(0)?;
    let handle = match &val {
        Val::Str(_) | Val::Int(_) | Val::Num(_) => None,
        _ => call.vm.io_of(&val)?,
    };
    let result = match handle {
        Some(io) => match io.handle().filter(|_| io.is_open()) {
            Some(handle) => retry(call.vm, &handle, |h| h.truncate(len))?,
            None => Err(Errno::EBADF),
        },
        None => {
            let name = crate::builtins::file::name_of(call.vm, &val, "truncate")?;
            file::truncate(name.as_bytes(), len)
        }
    };
    match result {
        Ok(()) => Ok(Ret::One(Val::Int(1))),
        Err(e) => call.errno(e),
    }
}

/// `eof(FH)`, `eof` (the handle last read), `eof()` (the end of the last file of `<>`).
fn eof(call: &mut Call<'_>) -> Exec<Ret> {
    let given = call.argc() > 0;
    let whole = given && matches!(call.raw(0), Val::Undef);
    if whole {
        return call.vm.eof_argv().map(|end| Val::Bool(end).into());
    }
    if given && let Some(ret) = tied(call, 0, "EOF", &[Val::Int(1)])? {
        return Ok(ret);
    }
    let io = if given {
        means(call)?
    } else {
        call.vm.last_read()
    };
    let Some(handle) = io
        .and_then(|io| io.handle())
        .filter(|h| h.borrow().is_open())
    else {
        return Ok(Val::Bool(true).into());
    };
    match retry(call.vm, &handle, |h| h.eof())? {
        Ok(end) => Ok(Val::Bool(end).into()),
        Err(_) => Ok(Val::Bool(true).into()),
    }
}
