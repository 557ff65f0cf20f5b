//! Arithmetic as perl does it: integers stay integers while a word holds them (`perlop`, Integer
//! Arithmetic; `perlnumber`), and a double that is whole takes part as an integer where perl lets it.

use super::number::Numeric::{self, Int, Num, UInt};
use std::cmp::Ordering;

/// What arithmetic can refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithError {
    /// `Illegal division by zero`
    DivisionByZero,
    /// `Illegal modulus zero`
    ModulusZero,
}

impl ArithError {
    /// perl's words for it.
    pub fn message(self) -> &'static str {
        match self {
            ArithError::DivisionByZero => "Illegal division by zero",
            ArithError::ModulusZero => "Illegal modulus zero",
        }
    }
}

/// Below this a double holds every whole number, and perl trusts a whole double to be one.
const TWO_53: f64 = 9_007_199_254_740_992.0;
const TWO_62: f64 = 4_611_686_018_427_387_904.0;
const TWO_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_64: f64 = 18_446_744_073_709_551_616.0;
/// Below this a whole double and an integer print alike, so the difference need not be kept; a sum
/// or product of doubles beyond it may have to become an integer.
pub const PRINTS_WHOLE: f64 = 1e15;

/// The double as the integer it is, if it is below 2**53.
#[inline]
fn small_whole(x: f64) -> Option<i64> {
    let n = x as i64;
    (x.abs() < TWO_53 && n as f64 == x).then_some(n)
}

/// Sign and magnitude of what perl would treat as an integer.
#[inline]
fn integer(n: Numeric) -> Option<(bool, u64)> {
    match n {
        Int(i) => Some((i < 0, i.unsigned_abs())),
        UInt(u) => Some((false, u)),
        Num(x) => small_whole(x).map(|i| (i < 0, i.unsigned_abs())),
    }
}

/// The number with this sign and magnitude; a double beyond the words.
#[inline]
fn from_parts(negative: bool, magnitude: u64) -> Numeric {
    match negative {
        false => Numeric::from_u64(magnitude),
        true if magnitude <= 1 << 63 => Int((magnitude as i64).wrapping_neg()),
        true => Num(-(magnitude as f64)),
    }
}

/// Whole numbers from -2**63 to 2**64 - 1 as the smallest form.
#[inline]
fn from_wide(n: i128) -> Option<Numeric> {
    match i64::try_from(n) {
        Ok(i) => Some(Int(i)),
        Err(_) => u64::try_from(n).ok().map(UInt),
    }
}

impl Numeric {
    /// The number as a double.
    #[inline]
    pub fn to_f64(self) -> f64 {
        match self {
            Int(i) => i as f64,
            UInt(u) => u as f64,
            Num(x) => x,
        }
    }

    /// The number as perl's IV: cut towards zero, what is too large for a signed word wraps from
    /// the unsigned one.
    #[inline]
    pub fn to_i64(self) -> i64 {
        match self {
            Int(i) => i,
            UInt(u) => u as i64,
            Num(x) if x < TWO_63 => x as i64,
            Num(x) => x as u64 as i64,
        }
    }

    /// The number as perl's UV: negative numbers wrap.
    #[inline]
    pub fn to_u64(self) -> u64 {
        match self {
            Int(i) => i as u64,
            UInt(u) => u,
            Num(x) if x < 0.0 => x as i64 as u64,
            Num(x) => x as u64,
        }
    }

    /// The number cut to a signed word, at whose ends it stops.
    #[inline]
    pub fn to_i64_clamped(self) -> i64 {
        match self {
            Int(i) => i,
            UInt(_) => i64::MAX,
            Num(x) => x as i64,
        }
    }
}

/// `left + right`
#[inline]
pub fn add(left: Numeric, right: Numeric) -> Numeric {
    match (left, right) {
        (Int(a), Int(b)) => match a.checked_add(b) {
            Some(sum) => Int(sum),
            None => add_slow(left, right, 1),
        },
        (Num(a), Num(b)) if (a + b).abs() < PRINTS_WHOLE => Num(a + b),
        _ => add_slow(left, right, 1),
    }
}

/// `left - right`
#[inline]
pub fn sub(left: Numeric, right: Numeric) -> Numeric {
    match (left, right) {
        (Int(a), Int(b)) => match a.checked_sub(b) {
            Some(difference) => Int(difference),
            None => add_slow(left, right, -1),
        },
        (Num(a), Num(b)) if (a - b).abs() < PRINTS_WHOLE => Num(a - b),
        _ => add_slow(left, right, -1),
    }
}

/// Adds `right`, or takes it away where `sign` is -1.
fn add_slow(left: Numeric, right: Numeric, sign: i128) -> Numeric {
    let float = left.to_f64() + right.to_f64() * sign as f64;
    let wide = |n: Numeric| match (n, left, right) {
        (Int(i), ..) => Some(i as i128),
        (UInt(u), ..) => Some(u as i128),
        // Two doubles get the benefit of the doubt up to 2**62, one beside an integer does not.
        (Num(x), Num(_), Num(_)) if x.abs() < TWO_62 && x as i64 as f64 == x => {
            Some(x as i64 as i128)
        }
        (Num(x), ..) => small_whole(x).map(|i| i as i128),
    };
    match (wide(left), wide(right)) {
        (Some(a), Some(b)) => from_wide(a + sign * b).unwrap_or(Num(float)),
        _ => Num(float),
    }
}

/// `left * right`
#[inline]
pub fn mul(left: Numeric, right: Numeric) -> Numeric {
    match (left, right) {
        (Int(a), Int(b)) => match a.checked_mul(b) {
            Some(product) => Int(product),
            None => mul_slow(left, right),
        },
        (Num(a), Num(b)) if (a * b).abs() < PRINTS_WHOLE => Num(a * b),
        _ => mul_slow(left, right),
    }
}

fn mul_slow(left: Numeric, right: Numeric) -> Numeric {
    if let (Some((minus_a, a)), Some((minus_b, b))) = (integer(left), integer(right)) {
        let negative = minus_a != minus_b;
        if let Some(product) = a.checked_mul(b)
            && (!negative || product <= 1 << 63)
        {
            return from_parts(negative, product);
        }
    }
    Num(left.to_f64() * right.to_f64())
}

/// `left / right`: exact where the quotient of large integers is whole.
#[inline]
pub fn div(left: Numeric, right: Numeric) -> Result<Numeric, ArithError> {
    let (a, b) = (left.to_f64(), right.to_f64());
    if b == 0.0 {
        return Err(ArithError::DivisionByZero);
    }
    if a.abs() >= TWO_53 {
        return Ok(div_large(left, right));
    }
    Ok(Num(a / b))
}

fn div_large(left: Numeric, right: Numeric) -> Numeric {
    if let (Some((minus_a, a)), Some((minus_b, b))) = (integer(left), integer(right))
        && a > 1 << 53
        && a >= b
        && a % b == 0
    {
        return from_parts(minus_a != minus_b, a / b);
    }
    Num(left.to_f64() / right.to_f64())
}

/// `left % right`: the result has the sign of `right` (`perlop`, Multiplicative Operators).
#[inline]
pub fn modulo(left: Numeric, right: Numeric) -> Result<Numeric, ArithError> {
    if let (Int(a), Int(b)) = (left, right)
        && b > 0
    {
        return Ok(Int(a.rem_euclid(b)));
    }
    modulo_slow(left, right)
}

/// Sign and whole magnitude; `None` for doubles beyond the unsigned word.
fn cut(n: Numeric) -> Option<(bool, u64)> {
    match n {
        Num(x) => (x.abs() < TWO_64).then_some((x < 0.0, x.abs() as u64)),
        other => integer(other),
    }
}

fn modulo_slow(left: Numeric, right: Numeric) -> Result<Numeric, ArithError> {
    let (Some((minus_a, a)), Some((minus_b, b))) = (cut(left), cut(right)) else {
        return modulo_double(left.to_f64(), right.to_f64());
    };
    if b == 0 {
        return Err(ArithError::ModulusZero);
    }
    let rest = a % b;
    let rest = if minus_a != minus_b && rest > 0 {
        b - rest
    } else {
        rest
    };
    Ok(from_parts(minus_b, rest))
}

fn modulo_double(left: f64, right: f64) -> Result<Numeric, ArithError> {
    // Only a fractional modulus is rounded, and then to the nearest.
    let (a, b) = (left.abs(), right.abs());
    let b = if b < TWO_53 && b != b.trunc() {
        (b + 0.5).floor()
    } else {
        b
    };
    if b == 0.0 {
        return Err(ArithError::ModulusZero);
    }
    let rest = a % b;
    let rest = if (left < 0.0) != (right < 0.0) && rest != 0.0 {
        b - rest
    } else {
        rest
    };
    Ok(Num(if right < 0.0 { -rest } else { rest }))
}

/// `left ** right`: an integer where base and exponent are such and the bits suffice for sure.
pub fn pow(left: Numeric, right: Numeric) -> Numeric {
    let float = || left.to_f64().powf(right.to_f64());
    let (Some((minus, base)), Some((minus_power, power))) = (integer(left), integer(right)) else {
        return Num(float());
    };
    if !minus_power && !base.is_power_of_two() && base != 0 {
        let bits = 64 - base.leading_zeros() as u64;
        if power.saturating_mul(bits) <= 64 {
            let mut result = 1u64;
            for _ in 0..power {
                result = result.wrapping_mul(base);
            }
            return from_parts(minus && power & 1 == 1, result);
        }
    }
    // For powers of two perl keeps the parity of a power that a double cannot hold.
    let result = match minus && !minus_power && base.is_power_of_two() && power & 1 == 1 {
        true => -(base as f64).powf(power as f64),
        false => float(),
    };
    small_whole(result).map_or(Num(result), Int)
}

/// `-n`
#[inline]
pub fn neg(n: Numeric) -> Numeric {
    match n {
        Int(i) => i.checked_neg().map_or(UInt(1 << 63), Int),
        UInt(u) => from_parts(true, u),
        Num(x) => Num(-x),
    }
}

/// `abs n`
pub fn abs(n: Numeric) -> Numeric {
    match integer(n) {
        Some((_, magnitude)) => Numeric::from_u64(magnitude),
        None => Num(n.to_f64().abs()),
    }
}

/// `int n`: towards zero.
pub fn int(n: Numeric) -> Numeric {
    match n {
        Num(x) if (0.0..TWO_64).contains(&x) => Numeric::from_u64(x as u64),
        Num(x) if x < 0.0 && x > -TWO_63 => Int(x as i64),
        Num(x) => Num(x.trunc()),
        whole => whole,
    }
}

/// `++n`
#[inline]
pub fn inc(n: Numeric) -> Numeric {
    match n {
        Int(i) => i.checked_add(1).map_or(UInt(1 << 63), Int),
        UInt(u) => u.checked_add(1).map_or(Num(TWO_64), UInt),
        Num(x) => small_whole(x).map_or(Num(x + 1.0), |i| Int(i + 1)),
    }
}

/// `--n`
#[inline]
pub fn dec(n: Numeric) -> Numeric {
    match n {
        Int(i) => i.checked_sub(1).map_or(Num(-TWO_63 - 1.0), Int),
        UInt(u) => Numeric::from_u64(u - 1),
        Num(x) => Num(x - 1.0),
    }
}

/// `left <=> right`; `None` where one is not a number.
#[inline]
pub fn cmp(left: Numeric, right: Numeric) -> Option<Ordering> {
    match (left, right) {
        (Int(a), Int(b)) => Some(a.cmp(&b)),
        (UInt(a), UInt(b)) => Some(a.cmp(&b)),
        // An unsigned number is above every signed one.
        (Int(_), UInt(_)) => Some(Ordering::Less),
        (UInt(_), Int(_)) => Some(Ordering::Greater),
        _ => left.to_f64().partial_cmp(&right.to_f64()),
    }
}
