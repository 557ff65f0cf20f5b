//! POSIX: locales, and numbers and characters in texts (perldoc POSIX, locale.h, stdlib.h, string.h).
use crate::native::usage;
use crate::sys::libm::{self, Parsed};
use crate::sys::{Errno, locale};
use crate::text::{PerlStr, utf8};
use crate::value::{Hash, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    &[
        free(
            "localeconv",
            localeconv,
            "how numbers and money are written",
        ),
        free("mblen", mblen, "the bytes of the first character"),
        free("mbtowc", mbtowc, "the first character of some bytes"),
        free("setlocale", setlocale, "choose or ask for a locale"),
        free("strcoll", strcoll, "compare texts by the locale"),
        free(
            "strtod",
            |call| float(call, "strtod"),
            "the number at the start of a text",
        ),
        free("strtol", strtol, "the integer at the start of a text"),
        free(
            "strtold",
            |call| float(call, "strtold"),
            "the number at the start of a text",
        ),
        free(
            "strtoul",
            strtoul,
            "the unsigned integer at the start of a text",
        ),
        free(
            "strxfrm",
            strxfrm,
            "a text whose bytes sort as the locale does",
        ),
        free("wctomb", wctomb, "the bytes of a character"),
    ],
);

fn setlocale(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "POSIX::setlocale(category, locale = 0)")?;
    let category = call.arg_int(0)? as i32;
    let name = match call.defined(1)? {
        Some(val) => Some(call.str(&val)?),
        None => None,
    };
    let found = locale::setlocale(category, name.as_ref().map(PerlStr::as_bytes));
    Ok(Ret::One(found.map(|name| Val::bytes(&name)).into()))
}

fn localeconv(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::localeconv()")?;
    let (strings, numbers) = locale::localeconv();
    let hash = Hash::new();
    for (name, text) in strings {
        hash.set_str(name, Val::bytes(&text));
    }
    for (name, number) in numbers {
        hash.set_str(name, Val::Int(i64::from(number)));
    }
    Ok(Val::HRef(hash).into())
}

fn strcoll(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::strcoll(s1, s2)")?;
    let (a, b) = (call.arg_str(0)?, call.arg_str(1)?);
    Ok(Val::from(libm::strcoll(a.as_bytes(), b.as_bytes())).into())
}

fn strxfrm(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::strxfrm(src)")?;
    let text = call.arg_str(0)?;
    Ok(Val::bytes(&libm::strxfrm(text.as_bytes())).into())
}

/// The number, and in list context how many bytes were not taken.
fn parsed<T>(call: &mut Call<'_>, found: Parsed<T>, val: impl Fn(T) -> Val) -> Exec<Ret> {
    let (number, left, error) = found;
    if let Some(errno) = error {
        call.set_errno(errno);
    }
    if !call.wants_list() {
        return Ok(val(number).into());
    }
    call.list([val(number), Val::from(left)])
}

fn float(call: &mut Call<'_>, name: &str) -> Exec<Ret> {
    usage(call, 1..=1, &format!("POSIX::{name}(str)"))?;
    let text = call.arg_str(0)?;
    parsed(call, libm::strtod(text.as_bytes()), Val::Num)
}

/// The base: 0, or 2 to 36.
fn base(call: &mut Call<'_>) -> Exec<Option<i32>> {
    let base = if call.argc() > 1 { call.arg_int(1)? } else { 0 };
    Ok(i32::try_from(base)
        .ok()
        .filter(|b| *b == 0 || (2..=36).contains(b)))
}

fn bad_base(call: &mut Call<'_>) -> Exec<Ret> {
    call.set_errno(Errno::EINVAL);
    if call.wants_list() {
        return call.list([Val::Undef, Val::Undef]);
    }
    Ok(Ret::One(Val::Undef))
}

fn strtol(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "POSIX::strtol(str, base = 0)")?;
    let text = call.arg_str(0)?;
    match base(call)? {
        Some(base) => parsed(call, libm::strtol(text.as_bytes(), base), Val::Int),
        None => bad_base(call),
    }
}

fn strtoul(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "POSIX::strtoul(str, base = 0)")?;
    let text = call.arg_str(0)?;
    match base(call)? {
        Some(base) => parsed(call, libm::strtoul(text.as_bytes(), base), Val::uint),
        None => bad_base(call),
    }
}

/// The code point at the start of UTF-8 bytes and its length; none where they are not well-formed.
fn first(bytes: &[u8], most: u64) -> Option<(u64, usize)> {
    let most = usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len());
    match bytes[..most] {
        [] => None,
        [0, ..] => Some((0, 0)),
        _ => utf8::decode_strict(&bytes[..most]),
    }
}

fn mblen(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "POSIX::mblen(s, n = ~0)")?;
    let Some(val) = call.defined(0)? else {
        return Ok(Val::Int(0).into());
    };
    let text = call.str(&val)?;
    let most = if call.argc() > 1 {
        call.arg_uint(1)?
    } else {
        u64::MAX
    };
    let len = first(text.as_bytes(), most).map_or(-1, |(_, len)| len as i64);
    if len < 0 {
        call.set_errno(Errno(84)); // EILSEQ
    }
    Ok(Val::Int(len).into())
}

fn mbtowc(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=3, "POSIX::mbtowc(pwc, s, n = ~0)")?;
    let Some(val) = call.defined(1)? else {
        return Ok(Val::Int(0).into());
    };
    let text = call.str(&val)?;
    let most = if call.argc() > 2 {
        call.arg_uint(2)?
    } else {
        u64::MAX
    };
    match first(text.as_bytes(), most) {
        Some((cp, len)) => {
            call.assign(0, Val::uint(cp))?;
            Ok(Val::from(len).into())
        }
        None => Ok(Val::Int(-1).into()),
    }
}

fn wctomb(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::wctomb(s, wchar)")?;
    let cp = call.arg_int(1)?;
    let Some(c) = u32::try_from(cp).ok().and_then(char::from_u32) else {
        return Ok(Val::Int(-1).into());
    };
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).as_bytes();
    call.assign(0, Val::bytes(bytes))?;
    Ok(Val::from(bytes.len()).into())
}
