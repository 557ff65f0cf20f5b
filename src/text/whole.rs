//! Arithmetic under `use integer`: signed words that wrap, division towards zero (`integer`).

use super::numeric::ArithError;

/// `left + right`
#[inline]
pub fn add(left: i64, right: i64) -> i64 {
    left.wrapping_add(right)
}

/// `left - right`
#[inline]
pub fn sub(left: i64, right: i64) -> i64 {
    left.wrapping_sub(right)
}

/// `left * right`
#[inline]
pub fn mul(left: i64, right: i64) -> i64 {
    left.wrapping_mul(right)
}

/// `left / right`
#[inline]
pub fn div(left: i64, right: i64) -> Result<i64, ArithError> {
    if right == 0 {
        Err(ArithError::DivisionByZero)
    } else {
        Ok(left.wrapping_div(right))
    }
}

/// `left % right`: the sign is that of `left`.
#[inline]
pub fn modulo(left: i64, right: i64) -> Result<i64, ArithError> {
    if right == 0 {
        Err(ArithError::ModulusZero)
    } else {
        Ok(left.wrapping_rem(right))
    }
}

/// `-n`
#[inline]
pub fn neg(n: i64) -> i64 {
    n.wrapping_neg()
}

/// `left << right`; a negative count shifts the other way.
#[inline]
pub fn shift_left(left: i64, count: i64) -> i64 {
    if count < 0 {
        right_by(left, count.unsigned_abs())
    } else {
        left_by(left, count.unsigned_abs())
    }
}

/// `left >> right`; a negative count shifts the other way.
#[inline]
pub fn shift_right(left: i64, count: i64) -> i64 {
    if count < 0 {
        left_by(left, count.unsigned_abs())
    } else {
        right_by(left, count.unsigned_abs())
    }
}

fn left_by(n: i64, count: u64) -> i64 {
    if count > 63 { 0 } else { n << count }
}

fn right_by(n: i64, count: u64) -> i64 {
    n >> count.min(63)
}
