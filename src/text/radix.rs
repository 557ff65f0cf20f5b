//! Numbers in base 16, 8 and 2 (`perlfunc hex`, `perlfunc oct`) and hexadecimal fractions.

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

/// A hexadecimal, octal or binary fraction of a source text, such as `0x1.8p3` without its prefix
/// (`perldata`, Scalar value constructors); `None` where the exponent is missing.
pub fn fraction(text: &[u8], base: u8) -> Option<f64> {
    let shift = base.trailing_zeros() as i64;
    let (mut bits, mut scale, mut seen_dot, mut at) = (0u128, 0i64, false, 0);
    while let Some(&b) = text.get(at) {
        at += 1;
        match digit_of(b, base) {
            Some(digit) if bits >> 120 == 0 => {
                bits = bits << shift | digit as u128;
                scale -= if seen_dot { shift } else { 0 };
            }
            // Beyond what rounding can see, but for a sticky bit.
            Some(digit) => {
                bits |= (digit != 0) as u128;
                scale += if seen_dot { 0 } else { shift };
            }
            None if b == b'_' => {}
            None if b == b'.' && !seen_dot => seen_dot = true,
            None if matches!(b, b'p' | b'P') => {
                let exponent = std::str::from_utf8(&text[at..]).ok()?.replace('_', "");
                let exponent = exponent.parse::<i64>().ok()?.clamp(-100_000, 100_000);
                return Some(scale_by(bits, scale.saturating_add(exponent)));
            }
            None => return None,
        }
    }
    None
}

/// `bits * 2**exponent`, rounded once.
fn scale_by(bits: u128, exponent: i64) -> f64 {
    let Some(top) = bits.checked_ilog2() else {
        return 0.0;
    };
    // The exponent of the result's last bit: 53 bits, fewer near zero.
    let last = (top as i64 + exponent - 52).max(-1074);
    let drop = last - exponent;
    let kept = if drop <= 0 {
        bits as f64
    } else if drop > 127 {
        0.0
    } else {
        let (kept, rest) = (bits >> drop, bits & ((1 << drop) - 1));
        let half = 1u128 << (drop - 1);
        (kept + (rest > half || rest == half && kept & 1 == 1) as u128) as f64
    };
    let mut power = if drop <= 0 { exponent } else { last };
    let mut value = kept;
    while power != 0 {
        // In steps, since 2**power alone may be no double; each is exact or final.
        let step = power.clamp(-1000, 1000);
        value *= 2f64.powi(step as i32);
        power -= step;
    }
    value
}
