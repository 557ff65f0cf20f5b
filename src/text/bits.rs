//! Shifts of unsigned words, and the bitwise operators on strings (`perlop`, Bitwise String
//! Operators). On words `& | ^ ~` are Rust's own.

use super::{OutOfMemory, PerlStr};

/// `left << count`; a negative count shifts the other way, 64 and more give 0.
#[inline]
pub fn shift_left(left: u64, count: i64) -> u64 {
    match count {
        0..=63 => left << count,
        -63..0 => left >> -count,
        _ => 0,
    }
}

/// `left >> count`; a negative count shifts the other way, 64 and more give 0.
#[inline]
pub fn shift_right(left: u64, count: i64) -> u64 {
    match count {
        0..=63 => left >> count,
        -63..0 => left << -count,
        _ => 0,
    }
}

/// Which operator joins two strings bit by bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitOp {
    /// `&`: as long as the shorter string.
    And,
    /// `|`: as long as the longer string.
    Or,
    /// `^`: as long as the longer string.
    Xor,
}

/// Why strings could not be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitError {
    /// `Use of strings with code points over 0xFF as arguments to %s operator is not allowed`
    WideCharacter,
    /// No memory for the result.
    OutOfMemory,
}

impl From<OutOfMemory> for BitError {
    fn from(_: OutOfMemory) -> BitError {
        BitError::OutOfMemory
    }
}

impl BitOp {
    /// The operator's name in perl's messages.
    pub fn name(self) -> &'static str {
        match self {
            BitOp::And => "bitwise and (&)",
            BitOp::Or => "bitwise or (|)",
            BitOp::Xor => "bitwise xor (^)",
        }
    }
}

/// `left OP right` on strings; the result is UTF-8 if one of them is.
pub fn join(op: BitOp, left: &PerlStr, right: &PerlStr) -> Result<PerlStr, BitError> {
    let utf8 = left.is_utf8() || right.is_utf8();
    let left = left.downgraded().ok_or(BitError::WideCharacter)?;
    let right = right.downgraded().ok_or(BitError::WideCharacter)?;
    let (short, long) = if left.len() <= right.len() {
        (&left, &right)
    } else {
        (&right, &left)
    };
    let mut out = match op {
        BitOp::And => PerlStr::try_from_bytes(short.as_bytes())?,
        _ => PerlStr::try_from_bytes(long.as_bytes())?,
    };
    let other = if op == BitOp::And { long } else { short };
    let pairs = out.make_mut().iter_mut().zip(other.as_bytes());
    match op {
        BitOp::And => pairs.for_each(|(a, b)| *a &= b),
        BitOp::Or => pairs.for_each(|(a, b)| *a |= b),
        BitOp::Xor => pairs.for_each(|(a, b)| *a ^= b),
    }
    if utf8 {
        out.try_upgrade()?;
    }
    out.set_taint(left.taint() || right.taint());
    Ok(out)
}

/// `~text` on a string.
pub fn complement(text: &PerlStr) -> Result<PerlStr, BitError> {
    let text = text.downgraded().ok_or(BitError::WideCharacter)?;
    let mut out = PerlStr::try_from_bytes(text.as_bytes())?;
    out.make_mut().iter_mut().for_each(|b| *b = !*b);
    out.set_taint(text.taint());
    Ok(out)
}
