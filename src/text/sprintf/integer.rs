//! `%d %u %o %x %b` and their relatives.

use super::format::Padding;
use super::{Directive, FormatError, Size};
use crate::text::number::Numeric;
use crate::text::{OutOfMemory, format_uint};

/// Appends `n` in the base and shape that `directive` asks for.
pub(super) fn write(
    out: &mut Vec<u8>,
    directive: &Directive,
    n: Numeric,
    padding: &Padding,
    precision: Option<usize>,
) -> Result<(), FormatError> {
    let signed = matches!(directive.letter, b'd' | b'i' | b'D');
    // `D U O` are the long forms whatever size is written before them.
    let size = if directive.letter.is_ascii_uppercase() && !matches!(directive.letter, b'X' | b'B')
    {
        Size::Long
    } else {
        directive.size
    };
    let (negative, magnitude) = if signed {
        cut_signed(n, size)
    } else {
        (false, cut(n, size))
    };
    let mut room = [0u8; 64];
    let digits = digits(magnitude, directive.letter, &mut room);
    let digits = if magnitude == 0 && precision == Some(0) {
        &[]
    } else {
        digits
    };
    let sign: &[u8] = match (signed, negative, directive.sign) {
        (true, true, _) => b"-",
        (true, false, b'+') => b"+",
        (true, false, b' ') => b" ",
        _ => b"",
    };
    let mut zeros = precision.unwrap_or(0).saturating_sub(digits.len());
    let prefix: &[u8] = match directive.letter {
        _ if !directive.alt => b"",
        // The zero of an octal number is a digit, which a precision may have supplied already.
        b'o' | b'O' => {
            zeros = zeros.max((digits.first() != Some(&b'0')) as usize);
            b""
        }
        _ if magnitude == 0 => b"",
        b'x' => b"0x",
        b'X' => b"0X",
        b'b' => b"0b",
        b'B' => b"0B",
        _ => b"",
    };
    let body = sign.len() + prefix.len() + digits.len();
    let body = body.checked_add(zeros).ok_or(FormatError::OutOfMemory)?;
    let mut missing = padding.width.saturating_sub(body);
    if padding.zero && !padding.left && precision.is_none() {
        zeros += std::mem::take(&mut missing);
    }
    out.try_reserve(body.max(padding.width))
        .map_err(|_| OutOfMemory)?;
    let blank = |out: &mut Vec<u8>| out.resize(out.len() + missing, b' ');
    if !padding.left {
        blank(out);
    }
    out.extend_from_slice(sign);
    out.extend_from_slice(prefix);
    out.resize(out.len() + zeros, b'0');
    out.extend_from_slice(digits);
    if padding.left {
        blank(out);
    }
    Ok(())
}

fn cut_signed(n: Numeric, size: Size) -> (bool, u64) {
    let n = n.to_i64();
    let n = match size {
        Size::Char => n as i8 as i64,
        Size::Short => n as i16 as i64,
        _ => n,
    };
    (n < 0, n.unsigned_abs())
}

fn cut(n: Numeric, size: Size) -> u64 {
    let n = n.to_u64();
    match size {
        Size::Char => n as u8 as u64,
        Size::Short => n as u16 as u64,
        _ => n,
    }
}

/// The digits of `n` in the base of `letter`.
fn digits(mut n: u64, letter: u8, room: &mut [u8; 64]) -> &[u8] {
    let (shift, table): (u32, &[u8; 16]) = match letter {
        b'x' => (4, b"0123456789abcdef"),
        b'X' => (4, b"0123456789ABCDEF"),
        b'o' | b'O' => (3, b"0123456789abcdef"),
        b'b' | b'B' => (1, b"0123456789abcdef"),
        _ => {
            let text = format_uint(n);
            let from = room.len() - text.len();
            room[from..].copy_from_slice(&text);
            return &room[from..];
        }
    };
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = table[(n & ((1 << shift) - 1)) as usize];
        n >>= shift;
        if n == 0 {
            return &room[at..];
        }
    }
}
