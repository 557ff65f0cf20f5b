//! `%e %f %g %a` (`perlfunc sprintf`), rounded from the exact value of the double.

use super::format::Padding;
use super::{Directive, FormatError};
use crate::text::decimal::{round_scaled, round_significant};
use crate::text::quota;
use crate::text::{OutOfMemory, format_int, format_uint};
use std::io::Write;

/// No double has more decimal places than this; zeros follow.
const PLACES: usize = 1100;

/// Appends `x` in the shape that `directive` asks for.
pub(super) fn write(
    out: &mut Vec<u8>,
    directive: &Directive,
    x: f64,
    padding: &Padding,
    precision: Option<usize>,
) -> Result<(), FormatError> {
    let mut body = Vec::new();
    let size = precision.unwrap_or(0).checked_add(400).ok_or(OutOfMemory)?;
    quota::string_fits(size)?;
    body.try_reserve(size).map_err(|_| OutOfMemory)?;
    let sign: &[u8] = match (x.is_nan(), x.is_sign_negative(), directive.sign) {
        (true, ..) => b"",
        (_, true, _) => b"-",
        // Infinity takes a plus for either flag.
        (_, _, b'+') => b"+",
        (_, _, b' ') if x.is_infinite() => b"+",
        (_, _, b' ') => b" ",
        _ => b"",
    };
    let upper = matches!(directive.letter, b'E' | b'G' | b'A');
    let mut prefix: &[u8] = b"";
    let magnitude = x.abs();
    if x.is_nan() {
        body.extend_from_slice(b"NaN");
    } else if x.is_infinite() {
        body.extend_from_slice(b"Inf");
    } else {
        match directive.letter {
            b'f' | b'F' => push_fixed(&mut body, magnitude, precision.unwrap_or(6), directive.alt),
            b'e' | b'E' => {
                push_exponent(&mut body, magnitude, precision.unwrap_or(6), directive.alt)
            }
            b'a' | b'A' => {
                prefix = if upper { b"0X" } else { b"0x" };
                push_hex(&mut body, magnitude, precision, directive.alt);
            }
            _ => push_general(&mut body, magnitude, precision.unwrap_or(6), directive.alt),
        }
        if upper {
            body.make_ascii_uppercase();
        }
    }
    let length = sign.len() + prefix.len() + body.len();
    let missing = padding.width.saturating_sub(length);
    out.try_reserve(length.max(padding.width))
        .map_err(|_| OutOfMemory)?;
    let fill = |out: &mut Vec<u8>, byte: u8| out.resize(out.len() + missing, byte);
    // Infinities are padded as strings are, zeros before the sign.
    let zeros = padding.zero && !padding.left;
    if !padding.left && (!zeros || !x.is_finite()) {
        fill(out, if zeros { b'0' } else { b' ' });
    }
    out.extend_from_slice(sign);
    out.extend_from_slice(prefix);
    if zeros && x.is_finite() {
        fill(out, b'0');
    }
    out.extend_from_slice(&body);
    if padding.left {
        fill(out, b' ');
    }
    Ok(())
}

/// Appends `x` with `places` digits behind the point, as C's `%f`.
pub fn push_fixed(out: &mut Vec<u8>, x: f64, places: usize, alt: bool) {
    if x.is_sign_negative() {
        out.push(b'-');
    }
    let x = x.abs();
    if places <= 17
        && let Some(n) = round_scaled(x, places as i32)
    {
        let digits = format_uint(n);
        let lead = (places + 1).saturating_sub(digits.len());
        let split = digits.len() + lead - places;
        let mut padded = [b'0'; 40];
        if let Some(room) = padded.get_mut(lead..lead + digits.len()) {
            room.copy_from_slice(&digits);
        }
        out.extend_from_slice(&padded[..split]);
        if places > 0 || alt {
            out.push(b'.');
        }
        out.extend_from_slice(&padded[split..lead + digits.len()]);
        return;
    }
    let _ = write!(out, "{:.*}", places.min(PLACES), x);
    out.resize(out.len() + places.saturating_sub(PLACES), b'0');
    if places == 0 && alt {
        out.push(b'.');
    }
}

/// The first digit, the rest of `count` digits in all, and the exponent of the first.
fn digits_of(x: f64, count: usize) -> (Vec<u8>, i32) {
    if x == 0.0 {
        return (vec![b'0'; count], 0);
    }
    if count <= 17
        && let Some((n, exponent)) = round_significant(x, count as u32)
    {
        return (format_uint(n).to_vec(), exponent);
    }
    let kept = count.min(PLACES);
    let text = format!("{:.*e}", kept - 1, x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits: Vec<u8> = mantissa.bytes().filter(|b| *b != b'.').collect();
    digits.resize(count, b'0');
    (digits, exponent.parse().unwrap_or(0))
}

fn push_scientific(out: &mut Vec<u8>, digits: &[u8], exponent: i32, alt: bool) {
    out.extend_from_slice(&digits[..1]);
    if digits.len() > 1 || alt {
        out.push(b'.');
    }
    out.extend_from_slice(&digits[1..]);
    out.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    if exponent.abs() < 10 {
        out.push(b'0');
    }
    out.extend_from_slice(&format_int(exponent.abs() as i64));
}

/// Appends `x` (not negative) with an exponent and `places` digits behind the point, as C's `%e`.
pub fn push_exponent(out: &mut Vec<u8>, x: f64, places: usize, alt: bool) {
    let (digits, exponent) = digits_of(x, places.saturating_add(1));
    push_scientific(out, &digits, exponent, alt);
}

/// Appends `x` (not negative) with `precision` significant digits, as C's `%g`.
pub fn push_general(out: &mut Vec<u8>, x: f64, precision: usize, alt: bool) {
    let count = precision.max(1);
    let (mut digits, exponent) = digits_of(x, count);
    if !alt {
        let kept = digits
            .iter()
            .rposition(|b| *b != b'0')
            .map_or(1, |at| at + 1);
        digits.truncate(kept);
    }
    if exponent < -4 || exponent >= count.min(i32::MAX as usize) as i32 {
        return push_scientific(out, &digits, exponent, alt);
    }
    if exponent < 0 {
        out.extend_from_slice(b"0.");
        out.resize(out.len() + (-exponent - 1) as usize, b'0');
        out.extend_from_slice(&digits);
        return;
    }
    let whole = exponent as usize + 1;
    if digits.len() < whole {
        digits.resize(whole, b'0');
    }
    out.extend_from_slice(&digits[..whole]);
    if digits.len() > whole || alt {
        out.push(b'.');
    }
    out.extend_from_slice(&digits[whole..]);
}

/// Appends `x` (not negative) in hexadecimal without its prefix, as perl's `%a`: the first digit
/// is 1, subnormal numbers are normalised.
pub fn push_hex(out: &mut Vec<u8>, x: f64, precision: Option<usize>, alt: bool) {
    let bits = x.to_bits();
    let (mut fraction, mut exponent) = (bits & ((1 << 52) - 1), (bits >> 52) as i64 - 1023);
    if bits >> 52 == 0 {
        exponent = 0;
        if fraction != 0 {
            let shift = fraction.leading_zeros() - 11;
            fraction <<= shift;
            exponent = -1022 - shift as i64;
        }
    } else {
        fraction |= 1 << 52;
    }
    // 13 hexadecimal digits behind the point.
    if let Some(places) = precision
        && places < 13
    {
        let drop = 4 * (13 - places as u32);
        // perl looks at one digit only when it rounds.
        let (kept, first) = (fraction >> drop, fraction >> (drop - 4) & 15);
        let up = first > 8 || first == 8 && kept & 1 == 1;
        fraction = (kept + up as u64) << drop;
    }
    let digits = format!("{:013x}", fraction & ((1 << 52) - 1));
    let mut tail = digits.as_bytes();
    match precision {
        None => {
            let kept = tail.iter().rposition(|b| *b != b'0').map_or(0, |at| at + 1);
            tail = &tail[..kept];
        }
        Some(places) => tail = &tail[..places.min(13)],
    }
    out.extend_from_slice(&format_uint(fraction >> 52));
    let zeros = precision.unwrap_or(0).saturating_sub(13);
    if !tail.is_empty() || zeros > 0 || alt {
        out.push(b'.');
    }
    out.extend_from_slice(tail);
    out.resize(out.len() + zeros, b'0');
    out.extend_from_slice(if exponent < 0 { b"p-" } else { b"p+" });
    out.extend_from_slice(&format_int(exponent.abs()));
}
