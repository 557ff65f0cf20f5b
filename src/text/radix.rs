//! Numbers in base 16, 8 and 2 (`perlfunc hex`, `perlfunc oct`).

use super::number::{Numeric, is_space};

/// What `hex` or `oct` read, and what perl warns of, in the order it warns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Radix {
    /// The number read; a double where it overflowed.
    pub value: Numeric,
    /// 16, 8 or 2.
    pub base: u8,
    /// `Integer overflow in %s number`
    pub overflow: bool,
    /// `Illegal %s digit '%c' ignored`
    pub illegal: Option<u8>,
    /// `Hexadecimal number > 0xffffffff non-portable` and its like.
    pub non_portable: bool,
}

impl Radix {
    /// The base as perl's messages name it: `hexadecimal`, `octal`, `binary`.
    pub fn base_name(&self) -> &'static str {
        match self.base {
            16 => "hexadecimal",
            8 => "octal",
            _ => "binary",
        }
    }

    /// The text of the warning for numbers that 32 bits do not hold.
    pub fn non_portable_text(&self) -> &'static str {
        match self.base {
            16 => "Hexadecimal number > 0xffffffff non-portable",
            8 => "Octal number > 037777777777 non-portable",
            _ => "Binary number > 0b11111111111111111111111111111111 non-portable",
        }
    }
}

/// `hex`: an optional `0x` or `x`, then digits.
pub fn hex(text: &[u8]) -> Radix {
    match text {
        [b'0', b'x' | b'X', rest @ ..] | [b'x' | b'X', rest @ ..] => digits(rest, 16),
        _ => digits(text, 16),
    }
}

/// `oct`: leading space, then `0x`, `0b`, `0o` or their last letter alone, or octal digits.
pub fn oct(text: &[u8]) -> Radix {
    let start = text
        .iter()
        .position(|b| !is_space(*b))
        .unwrap_or(text.len());
    let text = &text[start..];
    let rest = text.strip_prefix(b"0").unwrap_or(text);
    match rest {
        [b'x' | b'X', rest @ ..] => digits(rest, 16),
        [b'b' | b'B', rest @ ..] => digits(rest, 2),
        [b'o' | b'O', rest @ ..] => digits(rest, 8),
        _ => digits(text, 8),
    }
}

/// Digits of `base` with single underscores between or before them, up to the first thing that is
/// neither.
pub fn digits(text: &[u8], base: u8) -> Radix {
    let shift = base.trailing_zeros();
    let (mut word, mut double, mut overflow, mut illegal) = (0u64, 0.0f64, false, None);
    let mut at = 0;
    while let Some(&b) = text.get(at) {
        let Some(digit) = digit_of(b, base) else {
            if b == b'_'
                && text
                    .get(at + 1)
                    .is_some_and(|b| digit_of(*b, base).is_some())
            {
                at += 1;
                continue;
            }
            // Octal text may end in anything; only 8 and 9 look like a mistake.
            illegal = (base != 8 || matches!(b, b'8' | b'9')).then_some(b);
            break;
        };
        at += 1;
        if !overflow && word >> (64 - shift) == 0 {
            word = word << shift | digit;
            continue;
        }
        if !overflow {
            overflow = true;
            double = word as f64;
        }
        double = double * base as f64 + digit as f64;
        if super::quota::round(at).is_err() {
            // The run ends: nobody will see the number.
            break;
        }
    }
    let value = if overflow {
        Numeric::Num(double)
    } else {
        Numeric::from_u64(word)
    };
    let non_portable = overflow || word > u32::MAX as u64;
    Radix {
        value,
        base,
        overflow,
        illegal,
        non_portable,
    }
}

fn digit_of(b: u8, base: u8) -> Option<u64> {
    (b as char).to_digit(base as u32).map(u64::from)
}
