//! POSIX: numbers (perldoc POSIX, math.h and fenv.h).
use crate::native::usage;
use crate::sys::libm;
use crate::value::Val;
use crate::vm::native::{Family, Ret, Row, free};
use crate::vm::{Call, Exec};

/// Functions of one number.
macro_rules! unary {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, |call| {
            usage(call, 1..=1, concat!("POSIX::", $name, "(x)"))?;
            let f: fn(f64) -> f64 = $f;
            Ok(Val::Num(f(call.arg_f64(0)?)).into())
        }, $doc)),*]
    };
}

/// Functions of two numbers.
macro_rules! binary {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, |call| {
            usage(call, 2..=2, concat!("POSIX::", $name, "(x, y)"))?;
            let f: fn(f64, f64) -> f64 = $f;
            Ok(Val::Num(f(call.arg_f64(0)?, call.arg_f64(1)?)).into())
        }, $doc)),*]
    };
}

/// Questions about one number, answered by an integer.
macro_rules! tests {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, |call| {
            usage(call, 1..=1, concat!("POSIX::", $name, "(x)"))?;
            let f: fn(f64) -> i64 = $f;
            Ok(Val::Int(f(call.arg_f64(0)?)).into())
        }, $doc)),*]
    };
}

/// Comparisons that know of NaN.
macro_rules! comparisons {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, |call| {
            usage(call, 2..=2, concat!("POSIX::", $name, "(x, y)"))?;
            let f: fn(&f64, &f64) -> bool = $f;
            Ok(Val::Int(i64::from(f(&call.arg_f64(0)?, &call.arg_f64(1)?))).into())
        }, $doc)),*]
    };
}

const UNARY: &[Row] = unary! {
    "acos" f64::acos, "arc cosine";
    "acosh" f64::acosh, "hyperbolic arc cosine";
    "asin" f64::asin, "arc sine";
    "asinh" f64::asinh, "hyperbolic arc sine";
    "atan" f64::atan, "arc tangent";
    "atanh" f64::atanh, "hyperbolic arc tangent";
    "cbrt" f64::cbrt, "cube root";
    "ceil" f64::ceil, "the next whole number up";
    "cosh" f64::cosh, "hyperbolic cosine";
    "erf" libm::erf, "error function";
    "erfc" libm::erfc, "complement of the error function";
    "exp2" libm::exp2, "power of two";
    "expm1" f64::exp_m1, "exponential less one";
    "floor" f64::floor, "the next whole number down";
    "j0" libm::j0, "Bessel function";
    "j1" libm::j1, "Bessel function";
    "lgamma" libm::lgamma, "logarithm of the gamma function";
    "log10" f64::log10, "decimal logarithm";
    "log1p" f64::ln_1p, "logarithm of one more";
    "log2" libm::log2, "binary logarithm";
    "logb" libm::logb, "exponent as a number";
    "nearbyint" libm::nearbyint, "rounded as the mode says";
    "rint" libm::rint, "rounded as the mode says";
    "round" libm::round, "rounded, halves away from zero";
    "sinh" f64::sinh, "hyperbolic sine";
    "tan" f64::tan, "tangent";
    "tanh" f64::tanh, "hyperbolic tangent";
    "tgamma" libm::tgamma, "gamma function";
    "trunc" f64::trunc, "the whole part";
    "y0" libm::y0, "Bessel function of the second kind";
    "y1" libm::y1, "Bessel function of the second kind";
};

const BINARY: &[Row] = binary! {
    "copysign" f64::copysign, "the first number with the sign of the second";
    "fdim" libm::fdim, "positive difference";
    "fmax" libm::fmax, "the larger number";
    "fmin" libm::fmin, "the smaller number";
    "fmod" libm::fmod, "rest of a division";
    "hypot" f64::hypot, "length of the hypotenuse";
    "nextafter" libm::nextafter, "the next number in a direction";
    "nexttoward" libm::nextafter, "the next number in a direction";
    "remainder" libm::remainder, "rest of a division to the nearest";
};

const TESTS: &[Row] = tests! {
    "fpclassify" classify, "FP_NORMAL and its kin";
    "ilogb" |x| i64::from(libm::ilogb(x)), "exponent";
    "isfinite" |x| i64::from(x.is_finite()), "is it finite";
    "isinf" |x| i64::from(x.is_infinite()), "is it infinite";
    "isnan" |x| i64::from(x.is_nan()), "is it not a number";
    "isnormal" |x| i64::from(x.is_normal()), "is it normal";
    "lrint" libm::lrint, "rounded as the mode says";
    "lround" libm::lround, "rounded, halves away from zero";
    "signbit" |x| i64::from(x.is_sign_negative()), "is it negative";
};

const COMPARISONS: &[Row] = comparisons! {
    "isgreater" |x, y| x > y, "quiet >";
    "isgreaterequal" |x, y| x >= y, "quiet >=";
    "isless" |x, y| x < y, "quiet <";
    "islessequal" |x, y| x <= y, "quiet <=";
    "islessgreater" |x, y| x < y || x > y, "quiet unequal";
    "isunordered" |x, y| x.is_nan() || y.is_nan(), "is one of them not a number";
};

const OTHERS: &[Row] = &[
    free(
        "fegetround",
        |call| {
            usage(call, 0..=0, "POSIX::fegetround()")?;
            Ok(Val::from(libm::fegetround()).into())
        },
        "the rounding mode",
    ),
    free(
        "fesetround",
        |call| {
            usage(call, 1..=1, "POSIX::fesetround(x)")?;
            Ok(Val::from(libm::fesetround(call.arg_int(0)? as i32)).into())
        },
        "choose a rounding mode",
    ),
    free(
        "fma",
        |call| {
            usage(call, 3..=3, "POSIX::fma(x, y, z)")?;
            let (x, y, z) = (call.arg_f64(0)?, call.arg_f64(1)?, call.arg_f64(2)?);
            Ok(Val::Num(x.mul_add(y, z)).into())
        },
        "product and sum, rounded once",
    ),
    free(
        "frexp",
        |call| {
            usage(call, 1..=1, "POSIX::frexp(x)")?;
            let (mantissa, exponent) = libm::split(call.arg_f64(0)?);
            call.list([Val::Num(mantissa), Val::from(exponent)])
        },
        "mantissa and exponent",
    ),
    free("jn", |call| bessel(call, "jn", libm::jn), "Bessel function"),
    free(
        "ldexp",
        |call| {
            usage(call, 2..=2, "POSIX::ldexp(x, exp)")?;
            Ok(Val::Num(libm::ldexp(call.arg_f64(0)?, call.arg_int(1)? as i32)).into())
        },
        "times a power of two",
    ),
    free(
        "modf",
        |call| {
            usage(call, 1..=1, "POSIX::modf(x)")?;
            let (fraction, whole) = libm::parts(call.arg_f64(0)?);
            call.list([Val::Num(fraction), Val::Num(whole)])
        },
        "fraction and whole part",
    ),
    free(
        "remquo",
        |call| {
            usage(call, 2..=2, "POSIX::remquo(x, y)")?;
            let (rest, quotient) = libm::remainder_quotient(call.arg_f64(0)?, call.arg_f64(1)?);
            call.list([Val::Num(rest), Val::from(quotient)])
        },
        "rest of a division, and the quotient's low bits",
    ),
    free(
        "scalbn",
        |call| {
            usage(call, 2..=2, "POSIX::scalbn(x, y)")?;
            Ok(Val::Num(libm::scalbn(call.arg_f64(0)?, call.arg_int(1)? as i32)).into())
        },
        "times a power of the radix",
    ),
    free(
        "yn",
        |call| bessel(call, "yn", libm::yn),
        "Bessel function of the second kind",
    ),
    free(
        "nan",
        |call| {
            usage(call, 0..=1, "POSIX::nan(payload = 0)")?;
            let payload = if call.argc() > 0 {
                call.arg_f64(0)?
            } else {
                0.0
            };
            Ok(Val::Num(with_payload(payload, true)).into())
        },
        "not a number",
    ),
    free(
        "getpayload",
        |call| {
            usage(call, 1..=1, "POSIX::getpayload(nv)")?;
            let bits = call.arg_f64(0)?.to_bits() & PAYLOAD;
            Ok(Val::Num(bits as f64).into())
        },
        "the payload of a NaN",
    ),
    free(
        "setpayload",
        |call| {
            usage(call, 2..=2, "POSIX::setpayload(nv, payload)")?;
            set_payload(call, true)
        },
        "make a NaN with a payload",
    ),
    free(
        "setpayloadsig",
        |call| {
            usage(call, 2..=2, "POSIX::setpayloadsig(nv, payload)")?;
            set_payload(call, false)
        },
        "make a signalling NaN with a payload",
    ),
    free(
        "issignaling",
        |call| {
            usage(call, 1..=1, "POSIX::issignaling(nv)")?;
            let x = call.arg_f64(0)?;
            Ok(Val::Int(i64::from(x.is_nan() && x.to_bits() & QUIET == 0)).into())
        },
        "is it a signalling NaN",
    ),
];

pub(super) const FAMILIES: [Family; 5] = [
    Family::new("POSIX", UNARY),
    Family::new("POSIX", BINARY),
    Family::new("POSIX", TESTS),
    Family::new("POSIX", COMPARISONS),
    Family::new("POSIX", OTHERS),
];

const QUIET: u64 = 1 << 51;
const PAYLOAD: u64 = QUIET - 1;

fn classify(x: f64) -> i64 {
    use std::num::FpCategory;
    match x.classify() {
        FpCategory::Nan => 0,
        FpCategory::Infinite => 1,
        FpCategory::Zero => 2,
        FpCategory::Subnormal => 3,
        FpCategory::Normal => 4,
    }
}

fn bessel(call: &mut Call<'_>, name: &str, f: fn(i32, f64) -> f64) -> Exec<Ret> {
    usage(call, 2..=2, &format!("POSIX::{name}(x, y)"))?;
    let n = call
        .arg_int(0)?
        .clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    Ok(Val::Num(f(n as i32, call.arg_f64(1)?)).into())
}

fn with_payload(payload: f64, quiet: bool) -> f64 {
    let bits = payload.clamp(0.0, PAYLOAD as f64) as u64;
    let quiet = if quiet { QUIET } else { 0 };
    f64::from_bits(f64::INFINITY.to_bits() | quiet | bits)
}

fn set_payload(call: &mut Call<'_>, quiet: bool) -> Exec<Ret> {
    let payload = call.arg_f64(1)?;
    call.assign(0, Val::Num(with_payload(payload, quiet)))?;
    Ok(Ret::Nothing)
}
