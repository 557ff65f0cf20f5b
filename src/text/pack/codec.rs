//! Encodings of single values: BER integers, uuencoding, bits, hexadecimal, long doubles.

use crate::text::{OutOfMemory, quota};

/// Appends `n` as a BER compressed integer: seven bits a byte, the high bit set on all but the last.
pub(super) fn push_ber(out: &mut Vec<u8>, n: u128) {
    let groups = (128 - n.leading_zeros()).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        out.push((n >> (7 * group)) as u8 & 0x7F | more);
    }
}

/// The BER form of a decimal number of any length.
pub(super) fn ber_of_decimal(digits: &[u8]) -> Vec<u8> {
    let mut decimal: Vec<u8> = digits.iter().map(|b| b.wrapping_sub(b'0')).collect();
    let mut out = Vec::new();
    loop {
        let mut rest = 0u32;
        for digit in &mut decimal {
            let value = rest * 10 + *digit as u32;
            *digit = (value >> 7) as u8;
            rest = value & 0x7F;
        }
        let leading = decimal.iter().take_while(|d| **d == 0).count();
        decimal.drain(..leading);
        out.push(rest as u8 | if out.is_empty() { 0 } else { 0x80 });
        if decimal.is_empty() {
            out.reverse();
            return out;
        }
    }
}

/// A whole number of any size, lowest limb first, in base 10**18.
pub(super) struct Decimal {
    limbs: Vec<u64>,
}

const LIMB: u64 = 1_000_000_000_000_000_000;

impl Decimal {
    pub(super) fn new(n: u64) -> Decimal {
        Decimal {
            limbs: vec![n % LIMB, n / LIMB],
        }
    }

    /// Shifts by seven bits and adds `low`.
    pub(super) fn push_group(&mut self, low: u8) {
        let mut carry = low as u64;
        for limb in &mut self.limbs {
            let wide = *limb as u128 * 128 + carry as u128;
            *limb = (wide % LIMB as u128) as u64;
            carry = (wide / LIMB as u128) as u64;
        }
        if carry > 0 {
            self.limbs.push(carry);
        }
    }

    pub(super) fn digits(&self) -> String {
        let mut text = String::new();
        for limb in self.limbs.iter().rev() {
            match text.is_empty() {
                true if *limb == 0 => {}
                true => text = limb.to_string(),
                false => text.push_str(&format!("{limb:018}")),
            }
        }
        if text.is_empty() { "0".into() } else { text }
    }
}

fn uu_char(six: u8) -> u8 {
    if six == 0 { b'`' } else { b' ' + six }
}

/// Appends `bytes` uuencoded, `line` bytes to a line.
pub(super) fn push_uuencoded(
    out: &mut Vec<u8>,
    bytes: &[u8],
    line: usize,
) -> Result<(), OutOfMemory> {
    for (i, row) in bytes.chunks(line.clamp(3, 63)).enumerate() {
        quota::round(i)?;
        out.push(uu_char(row.len() as u8));
        for group in row.chunks(3) {
            let at = |n: usize| group.get(n).copied().unwrap_or(0);
            let (a, b, c) = (at(0), at(1), at(2));
            out.extend(
                [
                    a >> 2,
                    (a & 3) << 4 | b >> 4,
                    (b & 15) << 2 | c >> 6,
                    c & 63,
                ]
                .map(uu_char),
            );
        }
        out.push(b'\n');
    }
    Ok(())
}

/// Decodes uuencoded lines at the head of `bytes`; what they hold and how long they are.
pub(super) fn uudecode(bytes: &[u8]) -> Result<(Vec<u8>, usize), OutOfMemory> {
    let is_uu = |at: usize| bytes.get(at).is_some_and(|b| (b' '..b'a').contains(b));
    let (mut out, mut at, mut lines) = (Vec::new(), 0, 0);
    while is_uu(at) && bytes[at] != b' ' {
        quota::round(lines)?;
        lines += 1;
        let mut left = (bytes[at] - b' ') as usize & 63;
        at += 1;
        while left > 0 && at < bytes.len() {
            let mut six = [0u8; 4];
            for slot in &mut six {
                if is_uu(at) {
                    *slot = (bytes[at] - b' ') & 63;
                    at += 1;
                }
            }
            let [a, b, c, d] = six;
            let three = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
            out.extend_from_slice(&three[..left.min(3)]);
            left = left.saturating_sub(3);
            // Nothing of the kind follows: the rest of the line would be zeros without end.
            if !is_uu(at) && left > 0 {
                out.resize(out.len() + left, 0);
                break;
            }
        }
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\n'), _) => at += 1,
            // A checksum character may close the line.
            (Some(_), Some(b'\n')) => at += 2,
            _ => {}
        }
    }
    Ok((out, at))
}

/// The value of a hexadecimal digit as `H` reads any character.
pub(super) fn nibble(b: u8) -> u8 {
    if b.is_ascii_alphabetic() {
        b.wrapping_add(9) & 15
    } else {
        b & 15
    }
}

/// A double as the 80-bit extended number of x86-64, padded to 16 bytes, lowest byte first.
pub(super) fn to_extended(x: f64) -> [u8; 16] {
    let bits = x.to_bits();
    let (sign, field) = ((bits >> 63) as u16, (bits >> 52) as i32 & 0x7FF);
    let fraction = bits & ((1 << 52) - 1);
    let (exponent, mantissa) = match (field, fraction) {
        (0, 0) => (0, 0),
        (0, _) => {
            let shift = fraction.leading_zeros();
            (16383 - 1022 - (shift as i32 - 11), fraction << shift)
        }
        (0x7FF, _) => (0x7FFF, 1 << 63 | fraction << 11),
        _ => (field - 1023 + 16383, 1 << 63 | fraction << 11),
    };
    let mut out = [0; 16];
    out[..8].copy_from_slice(&mantissa.to_le_bytes());
    out[8..10].copy_from_slice(&(sign << 15 | exponent as u16).to_le_bytes());
    out
}

/// The double nearest to an 80-bit extended number.
pub(super) fn from_extended(bytes: &[u8; 16]) -> f64 {
    let [m0, m1, m2, m3, m4, m5, m6, m7, e0, e1, ..] = *bytes;
    let mantissa = u64::from_le_bytes([m0, m1, m2, m3, m4, m5, m6, m7]);
    let top = u16::from_le_bytes([e0, e1]);
    let sign = if top >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = (top & 0x7FFF) as i32;
    match (exponent, mantissa << 1) {
        (0x7FFF, 0) => sign * f64::INFINITY,
        (0x7FFF, _) => f64::NAN,
        // A number that is not normalised is none.
        (1.., _) if mantissa >> 63 == 0 => f64::NAN,
        _ => {
            // Two steps, so that neither factor leaves the range of doubles.
            let power = (exponent - 16383 - 63).clamp(-2200, 2200);
            let half = power / 2;
            sign * (mantissa as f64 * 2f64.powi(half)) * 2f64.powi(power - half)
        }
    }
}
