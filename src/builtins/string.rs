//! Functions for strings (perlfunc, family String). Positions are characters, as scripts count them.
use crate::diag::hints::{self, feature};
use crate::diag::warnings::Category;
use crate::sys::Errno;
use crate::text::{OutOfMemory, PerlStr, case};
use crate::value::Val;
use crate::vm::long::MUCH;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};
use memchr::memmem;
use std::ops::Range;

pub(super) const FAMILY: Family = Family::new(
    "String",
    &[
        function("chr", "_", chr).quick(quick_chr),
        function("crypt", "$$", crypt),
        function("fc", "_", |call| cased(call, case::fc)),
        function("index", "$$;$", index).quick(quick_index),
        function("lc", "_", |call| cased(call, case::lc))
            .quick(|args| quick_case(args, <[u8]>::make_ascii_lowercase)),
        function("lcfirst", "_", |call| cased(call, case::lcfirst)),
        function("length", "_", length),
        function("ord", "_", ord).quick(quick_ord),
        function("quotemeta", "_", |call| cased(call, case::quotemeta)),
        function("rindex", "$$;$", rindex),
        function("substr", "$$;$$", substr).quick(quick_substr),
        function("uc", "_", |call| cased(call, case::uc))
            .quick(|args| quick_case(args, <[u8]>::make_ascii_uppercase)),
        function("ucfirst", "_", |call| cased(call, case::ucfirst)),
        function("vec", "$$$", vec),
    ],
);

fn hint_bits(call: &Call<'_>) -> (u32, u64) {
    call.hints().map_or((0, 0), |h| (h.bits, h.features))
}

/// A case function under the rules in force (`feature 'unicode_strings'`).
fn cased(call: &mut Call<'_>, f: fn(&PerlStr, bool) -> Result<PerlStr, OutOfMemory>) -> Exec<Ret> {
    let mut text = call.arg_str(0)?;
    let (bits, features) = hint_bits(call);
    if bits & hints::BYTES != 0 && text.is_utf8() {
        text = PerlStr::try_from_bytes(text.as_bytes())?;
    }
    let unicode = features & u64::from(feature::UNICODE_STRINGS) != 0 && bits & hints::BYTES == 0;
    let text = call.vm.map_text(text, |piece| f(&piece, unicode))?;
    Ok(Ret::One(Val::Str(text)))
}

/// A string of bytes among the arguments of a short way.
fn bytes_at(args: &[Val], i: usize) -> Option<&PerlStr> {
    match args.get(i)?.behind() {
        Val::Str(text) if !text.is_utf8() => Some(text),
        _ => None,
    }
}

/// A small integer among the arguments of a short way.
fn int_at(args: &[Val], i: usize) -> Option<i64> {
    match args.get(i)?.behind() {
        Val::Int(n) => Some(*n),
        Val::Num(n) if n.abs() < 1e15 => Some(*n as i64),
        _ => None,
    }
}

/// `lc` and `uc` of ASCII.
fn quick_case(args: &[Val], change: fn(&mut [u8])) -> Option<Val> {
    let text = bytes_at(args, 0)?;
    if text.len() >= MUCH || !text.as_bytes().is_ascii() {
        return None;
    }
    let mut out = PerlStr::try_from_bytes(text.as_bytes()).ok()?;
    out.set_taint(text.taint());
    if !out.is_empty() {
        change(out.make_mut());
    }
    Some(Val::Str(out))
}

fn quick_chr(args: &[Val]) -> Option<Val> {
    let n = u8::try_from(int_at(args, 0)?).ok()?;
    Some(Val::bytes(&[n]))
}

fn quick_ord(args: &[Val]) -> Option<Val> {
    let first = bytes_at(args, 0)?.as_bytes().first().copied();
    Some(Val::Int(i64::from(first.unwrap_or(0))))
}

fn quick_index(args: &[Val]) -> Option<Val> {
    let (hay, needle) = (bytes_at(args, 0)?, bytes_at(args, 1)?);
    let from = match args.len() {
        2 => 0,
        _ => int_at(args, 2)?,
    };
    if hay.len() >= MUCH {
        return None;
    }
    let start = to_byte(hay, from);
    let tail = hay.as_bytes().get(start..)?;
    let found = find(tail, needle.as_bytes());
    Some(Val::Int(found.map_or(-1, |at| (at + start) as i64)))
}

/// The part within the string of `substr $bytes, $offset, $length`.
fn quick_substr(args: &[Val]) -> Option<Val> {
    let text = bytes_at(args, 0)?;
    let offset = int_at(args, 1)?;
    let count = match args.len() {
        2 => None,
        3 => Some(int_at(args, 2)?),
        _ => return None,
    };
    let len = text.len();
    let range = match (usize::try_from(offset), count.map(usize::try_from)) {
        (Ok(start), Some(Ok(count))) if start <= len => start..len.min(start.saturating_add(count)),
        _ => {
            let (start, end) = substr_range(len, offset, count)?;
            start..end
        }
    };
    Some(Val::Str(text.slice_bytes(range)))
}

fn chr(call: &mut Call<'_>) -> Exec<Ret> {
    let n = call.arg_num(0)?;
    let mut text = PerlStr::new();
    let as_float = n.to_f64();
    if as_float.is_nan() || as_float.is_infinite() {
        let shown = crate::text::decimal::format_num(as_float);
        return Err(call.die(format!("Cannot chr {}", shown.as_str())));
    }
    if hint_bits(call).0 & hints::BYTES != 0 {
        text.push_byte(n.to_i64() as u8);
    } else if as_float < 0.0 {
        call.warn(
            Category::Utf8,
            format!("Invalid negative number ({}) in chr", n.to_i64()),
        )?;
        text.push_char(0xFFFD);
    } else {
        text.push_code_point(n.to_u64());
    }
    Ok(Ret::One(Val::Str(text)))
}

fn ord(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let first = if hint_bits(call).0 & hints::BYTES != 0 {
        text.as_bytes().first().map(|&b| u64::from(b))
    } else {
        text.chars().next()
    };
    Ok(Ret::One(Val::uint(first.unwrap_or(0))))
}

fn length(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    if val.is_undef() {
        return Ok(Ret::One(Val::Undef));
    }
    let text = call.str(&val)?;
    let bytes = hint_bits(call).0 & hints::BYTES != 0;
    let n = if bytes { text.len() } else { text.char_len() };
    Ok(Ret::One(Val::from(n)))
}

fn crypt(call: &mut Call<'_>) -> Exec<Ret> {
    let (password, salt) = (call.arg_str(0)?, call.arg_str(1)?);
    let Some(password) = password.downgraded() else {
        return Err(call.die("Wide character in crypt"));
    };
    if !call.vm.owns_process && super::crypt_cost::is_dear(salt.as_bytes()) {
        call.set_errno(Errno::EINVAL);
        return Ok(Ret::One(Val::Undef));
    }
    match crate::sys::user::crypt(password.as_bytes(), salt.as_bytes()) {
        Some(Some(hash)) => Ok(Val::bytes(&hash).into()),
        Some(None) => Ok(Ret::One(Val::Undef)),
        None => Err(call.die("The crypt() function is unimplemented due to excessive paranoia.")),
    }
}

/// Both strings in one encoding; none where the needle cannot occur in the haystack.
fn same_encoding(hay: PerlStr, needle: PerlStr) -> Option<(PerlStr, PerlStr)> {
    if hay.is_utf8() == needle.is_utf8() || (needle.is_ascii() && hay.is_ascii()) {
        return Some((hay, needle));
    }
    if hay.is_utf8() {
        return Some((hay, needle.upgraded()));
    }
    let needle = needle.downgraded()?;
    Some((hay, needle))
}

/// Character position to byte position, clamped to the string.
fn to_byte(text: &PerlStr, at: i64) -> usize {
    let Ok(at) = usize::try_from(at) else {
        return 0;
    };
    if text.is_utf8() {
        text.byte_offset_of_char(at).unwrap_or(text.len())
    } else {
        at.min(text.len())
    }
}

fn position(text: &PerlStr, byte: Option<usize>) -> Ret {
    Ret::One(match byte {
        None => Val::Int(-1),
        Some(at) if text.is_utf8() => Val::from(text.char_index_of_byte(at)),
        Some(at) => Val::from(at),
    })
}

/// Where the needle first stands. A short one near the front is found before a searcher is built.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    const NEAR: usize = 64;
    let first = match needle {
        [] => return Some(0),
        [byte] => return memchr::memchr(*byte, hay),
        [first, ..] => *first,
    };
    let near = hay.len().min(NEAR);
    for at in memchr::memchr_iter(first, &hay[..near]) {
        if hay[at..].starts_with(needle) {
            return Some(at);
        }
    }
    memmem::find(&hay[near..], needle).map(|at| at + near)
}

fn index(call: &mut Call<'_>) -> Exec<Ret> {
    let (hay, needle) = (call.arg_str(0)?, call.arg_str(1)?);
    let from = if call.argc() > 2 { call.arg_int(2)? } else { 0 };
    let Some((hay, needle)) = same_encoding(hay, needle) else {
        return Ok(Ret::One(Val::Int(-1)));
    };
    let start = to_byte(&hay, from);
    let (tail, needle) = (&hay.as_bytes()[start..], needle.as_bytes());
    let found = call
        .vm
        .find_text(tail, needle.len(), false, |part| find(part, needle))?;
    Ok(position(&hay, found.map(|at| at + start)))
}

fn rindex(call: &mut Call<'_>) -> Exec<Ret> {
    let (hay, needle) = (call.arg_str(0)?, call.arg_str(1)?);
    let from = if call.argc() > 2 {
        Some(call.arg_int(2)?)
    } else {
        None
    };
    let Some((hay, needle)) = same_encoding(hay, needle) else {
        return Ok(Ret::One(Val::Int(-1)));
    };
    let end = match from {
        None => hay.len(),
        Some(from) if from < 0 => {
            return Ok(Ret::One(Val::Int(if needle.is_empty() { 0 } else { -1 })));
        }
        Some(from) => (to_byte(&hay, from).saturating_add(needle.len())).min(hay.len()),
    };
    let found = match needle.as_bytes() {
        [] => Some(from.map_or(hay.len(), |from| to_byte(&hay, from))),
        bytes => call
            .vm
            .find_text(&hay.as_bytes()[..end], bytes.len(), true, |part| {
                memmem::rfind(part, bytes)
            })?,
    };
    Ok(position(&hay, found))
}

/// The characters that `substr` means: start and end, or none where it is outside the string.
pub fn substr_range(len: usize, offset: i64, count: Option<i64>) -> Option<(usize, usize)> {
    let len = len as i128;
    let mut start = i128::from(offset);
    if start > len {
        return None;
    }
    if start < 0 {
        start += len;
    }
    let mut end = match count {
        None => len,
        Some(n) if n < 0 => (len + i128::from(n)).max(if start < 0 { i128::MIN } else { 0 }),
        Some(n) => start + i128::from(n),
    };
    if end < 0 && start < 0 {
        return None;
    }
    start = start.max(0);
    end = end.clamp(start, len.max(start));
    Some((start as usize, end as usize))
}

/// The bytes of a range of characters.
fn byte_range(text: &PerlStr, (start, end): (usize, usize)) -> std::ops::Range<usize> {
    if !text.is_utf8() || text.is_ascii() {
        return start..end;
    }
    let from = text.byte_offset_of_char(start).unwrap_or(text.len());
    let rest = text.slice_bytes(from..text.len());
    let to = rest
        .byte_offset_of_char(end - start)
        .map_or(text.len(), |n| from + n);
    from..to
}

fn substr(call: &mut Call<'_>) -> Exec<Ret> {
    let mut text = call.arg_str(0)?;
    let offset = call.arg_int(1)?;
    let count = match call.arg_if(2)? {
        Some(val) if call.argc() == 3 || !val.is_undef() => Some(call.vm.num(&val)?.to_i64()),
        Some(val) => Some(call.vm.num(&val)?.to_i64()),
        None => None,
    };
    if text.is_utf8() && hint_bits(call).0 & hints::BYTES != 0 {
        text = PerlStr::from_bytes(text.as_bytes());
    }
    let len = if text.is_utf8() {
        text.char_len()
    } else {
        text.len()
    };
    let Some(range) = substr_range(len, offset, count) else {
        if call.argc() > 3 {
            return Err(call.die("substr outside of string"));
        }
        call.warn(Category::Substr, "substr outside of string")?;
        return Ok(Ret::One(Val::Undef));
    };
    let range = byte_range(&text, range);
    if call.argc() <= 3 {
        return Ok(Ret::One(Val::Str(text.slice_bytes(range))));
    }
    let new = call.arg_str(3)?;
    let old = text.slice_bytes(range.clone());
    let cell = call.cell(0)?;
    let simple = cell.is_simple_string();
    if simple {
        // In place: the scalar gives up its hold so that the buffer is not copied.
        cell.set(Val::Undef);
    }
    let done = replace_bytes(&mut text, range, new);
    match simple {
        true => cell.set(Val::Str(text)),
        false => call.assign(0, Val::Str(text))?,
    }
    done?;
    Ok(Ret::One(Val::Str(old)))
}

/// Puts `new` in the place of a range of bytes, which begins and ends at characters. After an error nothing has changed.
fn replace_bytes(text: &mut PerlStr, range: Range<usize>, new: PerlStr) -> Result<(), OutOfMemory> {
    let (range, new) = match (text.is_utf8(), new.is_utf8()) {
        (false, true) if !new.is_ascii() => {
            // the bytes before and inside the range grow when the string becomes characters
            let before = text.slice_bytes(0..range.start).upgraded().len();
            let inside = text.slice_bytes(range).upgraded().len();
            text.try_upgrade()?;
            (before..before + inside, new)
        }
        (true, false) => (range, new.upgraded()),
        _ => (range, new),
    };
    text.try_splice_bytes(range.start, range.end, new.as_bytes())?;
    if new.taint() {
        text.set_taint(true);
    }
    Ok(())
}

/// Checks the width of `vec`'s elements.
pub fn vec_width(bits: i64) -> Option<u32> {
    let bits = u32::try_from(bits).ok()?;
    (bits.is_power_of_two() && bits <= 64).then_some(bits)
}

/// Element `offset` of a bit vector (perlfunc `vec`): big-endian within bytes above 8 bits.
pub fn vec_get(bytes: &[u8], offset: u64, bits: u32) -> u64 {
    if bits < 8 {
        let bit = offset.saturating_mul(u64::from(bits));
        let byte = usize::try_from(bit / 8)
            .ok()
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(0);
        return u64::from(byte) >> (bit % 8) & ((1 << bits) - 1);
    }
    let width = (bits / 8) as usize;
    let start = usize::try_from(offset)
        .ok()
        .and_then(|at| at.checked_mul(width));
    let Some(start) = start.filter(|&at| at < bytes.len()) else {
        return 0;
    };
    let have = &bytes[start..bytes.len().min(start + width)];
    let mut n = 0;
    for i in 0..width {
        n = n << 8 | u64::from(have.get(i).copied().unwrap_or(0));
    }
    n
}

fn vec(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let offset = call.arg_int(1)?;
    let Some(bits) = vec_width(call.arg_int(2)?) else {
        return Err(call.die("Illegal number of bits in vec"));
    };
    let text = if text.is_utf8() {
        match text.downgraded() {
            Some(text) => text,
            None => {
                let msg =
                    "Use of strings with code points over 0xFF as arguments to vec is forbidden";
                return Err(call.die(msg));
            }
        }
    } else {
        text
    };
    if offset < 0 {
        return Ok(Ret::One(Val::Int(0)));
    }
    Ok(Ret::One(Val::uint(vec_get(
        text.as_bytes(),
        offset as u64,
        bits,
    ))))
}
