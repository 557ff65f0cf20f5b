//! Numbers written as perl prints them: integers, and doubles as `%.15g` (`perlnumber`).

use std::io::Write;

/// A number's text, held without allocating.
#[derive(Clone, Copy)]
pub struct NumText {
    buf: [u8; 40],
    start: u8,
    end: u8,
}

impl NumText {
    fn new() -> NumText {
        NumText {
            buf: [0; 40],
            start: 0,
            end: 0,
        }
    }

    /// The text, always ASCII.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.buf[self.start as usize..self.end as usize]
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    fn push(&mut self, bytes: &[u8]) {
        for &b in bytes {
            if let Some(slot) = self.buf.get_mut(self.end as usize) {
                *slot = b;
                self.end += 1;
            }
        }
    }
}

impl std::ops::Deref for NumText {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.as_bytes()
    }
}

static PAIRS: &[u8; 200] = b"\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// An unsigned integer.
#[inline]
pub fn format_uint(n: u64) -> NumText {
    let mut text = NumText::new();
    write_digits(&mut text, n);
    text
}

/// A signed integer.
#[inline]
pub fn format_int(n: i64) -> NumText {
    let mut text = NumText::new();
    write_digits(&mut text, n.unsigned_abs());
    if n < 0 {
        text.start -= 1;
        text.buf[text.start as usize] = b'-';
    }
    text
}

/// Fills the text from its end, which leaves room before the digits.
#[inline]
fn write_digits(text: &mut NumText, mut n: u64) {
    let mut at = text.buf.len();
    while n >= 100 {
        let pair = (n % 100) as usize * 2;
        n /= 100;
        at -= 2;
        text.buf[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if n >= 10 {
        let pair = n as usize * 2;
        at -= 2;
        text.buf[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    } else {
        at -= 1;
        text.buf[at] = b'0' + n as u8;
    }
    (text.start, text.end) = (at as u8, text.buf.len() as u8);
}

/// A double as perl turns it into a string: 15 significant digits, `Inf`, `NaN`, and no sign for
/// zero.
pub fn format_num(x: f64) -> NumText {
    // Whole numbers of up to 15 digits need no rounding.
    if x.abs() < 1e15 && x == x.trunc() {
        return format_int(x as i64);
    }
    let mut text = NumText::new();
    if x.is_nan() {
        text.push(b"NaN");
        return text;
    }
    if x < 0.0 {
        text.push(b"-");
    }
    if x.is_infinite() {
        text.push(b"Inf");
        return text;
    }
    let (digits, exponent) = significant(x.abs());
    let digits = digits.as_bytes();
    let kept = digits
        .iter()
        .rposition(|b| *b != b'0')
        .map_or(1, |at| at + 1);
    let (first, rest) = digits[..kept].split_at(1);
    if (-4..0).contains(&exponent) {
        text.push(b"0.");
        text.push(&b"000"[..(-exponent - 1) as usize]);
        text.push(&digits[..kept]);
    } else if (0..15).contains(&exponent) {
        let whole = exponent as usize + 1;
        text.push(&digits[..whole]);
        if kept > whole {
            text.push(b".");
            text.push(&digits[whole..kept]);
        }
    } else {
        text.push(first);
        if !rest.is_empty() {
            text.push(b".");
            text.push(rest);
        }
        text.push(if exponent < 0 { b"e-" } else { b"e+" });
        if exponent.abs() < 10 {
            text.push(b"0");
        }
        text.push(format_int(exponent.abs() as i64).as_bytes());
    }
    text
}

/// The 15 significant digits of a positive finite double, and the decimal exponent of the first.
fn significant(x: f64) -> (NumText, i32) {
    if let Some((n, exponent)) = round_significant(x, 15) {
        return (format_uint(n), exponent);
    }
    // 14 digits behind the point, "d.dddde-123": at most 24 bytes.
    let mut room = [0u8; 40];
    let mut cursor = &mut room[..];
    let _ = write!(cursor, "{x:.14e}");
    let left = cursor.len();
    let written = &room[..room.len() - left];
    let mut text = NumText::new();
    let mut parts = written.split(|b| *b == b'e');
    let mantissa = parts.next().unwrap_or(b"0");
    mantissa
        .iter()
        .filter(|b| **b != b'.')
        .for_each(|b| text.push(&[*b]));
    let exponent = parts.next().and_then(|e| std::str::from_utf8(e).ok());
    (text, exponent.and_then(|e| e.parse().ok()).unwrap_or(0))
}

/// Powers of ten that fit 74 bits.
static TENS: [u128; 23] = {
    let mut tens = [1u128; 23];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// `x * 10**power`, rounded half to even; `None` where 128 bits cannot hold the exact product or
/// 63 bits the result. `x` is finite and not negative.
pub fn round_scaled(x: f64, power: i32) -> Option<u64> {
    let bits = x.to_bits();
    let field = (bits >> 52) as i32;
    let (mantissa, exponent) = match field {
        0 => (bits, -1074),
        _ => (bits & ((1 << 52) - 1) | 1 << 52, field - 1075),
    };
    let mut wide = mantissa as u128;
    if exponent > 0 {
        // Bounded so that the shift stays within 128 bits.
        if exponent > 74 {
            return None;
        }
        wide <<= exponent;
    }
    let ten = *TENS.get(power.unsigned_abs() as usize)?;
    if power >= 0 {
        wide = wide.checked_mul(ten)?;
        if exponent < 0 {
            let shift = -exponent as u32;
            if shift > 127 {
                return None;
            }
            return rounded(wide >> shift, wide & ((1 << shift) - 1), 1 << shift);
        }
        return rounded(wide, 0, 1);
    }
    if exponent >= 0 {
        return rounded(wide / ten, wide % ten, ten);
    }
    let divisor = ten.checked_mul(1u128.checked_shl(-exponent as u32)?)?;
    if divisor >> 127 != 0 || divisor >> (-exponent as u32) != ten {
        return None;
    }
    rounded(wide / divisor, wide % divisor, divisor)
}

/// `quotient + rest/whole`, half to even. `whole` is below 2**127.
fn rounded(quotient: u128, rest: u128, whole: u128) -> Option<u64> {
    let twice = rest << 1;
    let up = twice > whole || twice == whole && quotient & 1 == 1 && rest > 0;
    let n = quotient + up as u128;
    (n < 1 << 63).then_some(n as u64)
}

/// The `count` (at most 17) significant digits of a positive finite double as an integer, and the
/// decimal exponent of the first digit; `None` beyond the reach of [`round_scaled`].
pub fn round_significant(x: f64, count: u32) -> Option<(u64, i32)> {
    let binary = ((x.to_bits() >> 52) as i32) - 1023;
    let (low, high) = (
        10u64.checked_pow(count.checked_sub(1)?)?,
        10u64.checked_pow(count)?,
    );
    // floor(binary * log10(2)), which is the exponent or one less.
    let mut exponent = (binary as i64 * 315_653 >> 20) as i32;
    for _ in 0..3 {
        let n = round_scaled(x, count as i32 - 1 - exponent)?;
        match n {
            n if n < low => exponent -= 1,
            n if n >= high => exponent += 1,
            n => return Some((n, exponent)),
        }
    }
    None
}
