//! Blocks of bytes and characters: read, sysread, syswrite, sysseek (perlfunc, family I/O).
use super::{Outcome, once, open_handle, open_io, retry, tied};
use crate::diag::warnings::Category;
use crate::io::HandleRef;
use crate::io::position::Whence;
use crate::sys::Errno;
use crate::text::PerlStr;
use crate::value::{self, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILY: Family = Family::new(
    "I/O",
    &[
        function("read", "*\\$$;$", |call| read_into(call, Way::Buffered)),
        function("sysread", "*\\$$;$", |call| read_into(call, Way::Direct))
            .at_hand(Vm::sysread_at_hand),
        function("sysseek", "*$$", sysseek),
        function("syswrite", "*$;$$", syswrite).at_hand(Vm::syswrite_at_hand),
    ],
);

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Buffered,
    Direct,
}

/// The string a reading starts with: what stands before OFFSET, filled up with NUL.
fn prefix(call: &mut Call<'_>, offset: i64, utf8: bool) -> Exec<PerlStr> {
    let old = call.arg(1)?;
    let mut text = if old.is_undef() {
        PerlStr::new()
    } else {
        call.str(&old)?
    };
    let len = text.char_len() as i64;
    let at = if offset < 0 { len + offset } else { offset };
    if at < 0 {
        return Err(call.die("Offset outside string"));
    }
    if at <= len {
        let byte = text.byte_offset_of_char(at as usize).unwrap_or(text.len());
        text.truncate(byte);
    } else {
        let gap = PerlStr::from_bytes(&[0]).repeat((at - len) as usize)?;
        text.try_push_bytes(gap.as_bytes())?;
    }
    if utf8 && !text.is_utf8() {
        text.try_upgrade()?;
    } else if !utf8 {
        text.downgrade();
    }
    Ok(text)
}

fn read_into(call: &mut Call<'_>, way: Way) -> Exec<Ret> {
    let name = if way == Way::Direct {
        "sysread"
    } else {
        "read"
    };
    let io = call.handle(0)?;
    if io.as_ref().is_some_and(|io| io.is_tied()) {
        // the buffer is an alias for READ
        let mut args = vec![Val::Cell(call.cell(1)?)];
        args.extend(call.args_from(2)?);
        return Ok(tied(call, 0, "READ", &args)?.unwrap_or(Ret::Nothing));
    }
    let len = call.arg_int(2)?;
    let offset = if call.argc() > 3 { call.arg_int(3)? } else { 0 };
    if len < 0 {
        return Err(call.die("Negative length"));
    }
    let Some((_, handle)) = open_io(call, 0, io, name)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let utf8 = handle.borrow().is_utf8();
    if way == Way::Direct && utf8 {
        return Err(call.die("sysread() isn't allowed on :utf8 handles"));
    }
    if !handle.borrow().access().read {
        call.warn(Category::Io, format!("Filehandle opened only for output"))?;
        return call.errno(Errno::EBADF);
    }
    let cell = call.cell(1)?;
    if cell.is_read_only() {
        return Err(call.die("Modification of a read-only value attempted"));
    }
    if way == Way::Direct && offset == 0 && (cell.is_simple() || cell.is_simple_string()) {
        return read_over(call, &handle, &cell, len as usize);
    }
    let mut text = prefix(call, offset, utf8)?;
    let mut new = PerlStr::new();
    new.set_utf8_flag(utf8);
    match fill(call, &handle, way, &mut new, len as usize)? {
        Ok(()) => {
            if cell.is_simple_string() {
                // In place: the scalar gives up its hold so that the buffer is not copied.
                cell.set(Val::Undef);
            }
            let count = new.char_len();
            let done = text.try_push_str(&new);
            call.assign(1, Val::Str(text))?;
            done?;
            Ok(Ret::One(Val::from(count)))
        }
        Err(e) => call.errno(e),
    }
}

/// sysread into a plain variable, whose string lends its memory.
fn read_over(
    call: &mut Call<'_>,
    handle: &HandleRef,
    cell: &Rc<value::Scalar>,
    len: usize,
) -> Exec<Ret> {
    let former = cell.with_mut(|place| match place {
        Val::Str(_) => place.take(),
        _ => Val::Undef,
    });
    let was_string = matches!(former, Val::Str(_));
    let mut text = match former {
        Val::Str(text) => text,
        _ => PerlStr::new(),
    };
    // Nothing runs while the variable is without its string.
    let result = once(handle, |h| h.sysread_over(&mut text, len));
    if was_string || matches!(result, Ok(Ok(_))) {
        cell.set(Val::Str(text));
    }
    match result? {
        Ok(got) => Ok(Ret::One(Val::from(got))),
        Err(e) => call.errno(e),
    }
}

fn fill(
    call: &mut Call<'_>,
    handle: &HandleRef,
    way: Way,
    text: &mut PerlStr,
    len: usize,
) -> Exec<Outcome<()>> {
    if way == Way::Buffered {
        let mut left = len;
        return retry(call.vm, handle, |h| h.read(text, &mut left));
    }
    Ok(once(handle, |h| h.sysread(text, len))?.map(drop))
}

fn syswrite(call: &mut Call<'_>) -> Exec<Ret> {
    let io = call.handle(0)?;
    if io.as_ref().is_some_and(|io| io.is_tied()) {
        let rest = call.args_from(1)?;
        return Ok(tied(call, 0, "WRITE", &rest)?.unwrap_or(Ret::Nothing));
    }
    let text = call.arg_str(1)?;
    let Some((_, handle)) = open_io(call, 0, io, "syswrite")? else {
        return Ok(Ret::One(Val::Undef));
    };
    if handle.borrow().is_utf8() {
        return Err(call.die("syswrite() isn't allowed on :utf8 handles"));
    }
    let Some(bytes) = text.downgraded() else {
        return Err(call.die("Wide character in syswrite"));
    };
    let len = bytes.len() as i64;
    let want = call
        .defined(2)?
        .map(|v| call.vm.num(&v).map(|n| n.to_i64()))
        .transpose()?;
    let offset = if call.argc() > 3 { call.arg_int(3)? } else { 0 };
    if want.is_some_and(|n| n < 0) {
        return Err(call.die("Negative length"));
    }
    let at = if offset < 0 { len + offset } else { offset };
    if at < 0 || at > len {
        return Err(call.die("Offset outside string"));
    }
    let end = want.map_or(len, |n| at.saturating_add(n).min(len));
    let part = &bytes.as_bytes()[at as usize..end as usize];
    match once(&handle, |h| h.syswrite(part))? {
        Ok(n) => Ok(Ret::One(Val::from(n))),
        Err(e) => call.errno(e),
    }
}

fn sysseek(call: &mut Call<'_>) -> Exec<Ret> {
    let (offset, whence) = (call.arg_int(1)?, call.arg_int(2)?);
    super::seek::means(call)?;
    let Some((_, handle)) = open_handle(call, 0, "sysseek")? else {
        return Ok(Ret::One(Val::Undef));
    };
    let Some(whence) = Whence::from_number(whence) else {
        return call.errno(Errno::EINVAL);
    };
    match once(&handle, |h| h.sysseek(offset, whence))? {
        Ok(0) => Ok(Ret::One(Val::str("0 but true"))),
        Ok(at) => Ok(Ret::One(Val::Int(at))),
        Err(e) => {
            call.set_errno(e);
            Ok(Ret::One(Val::Bool(false)))
        }
    }
}
