//! POSIX: what its module needs of the system (perldoc POSIX). A file per header, more or less.
mod constants;
mod files;
mod locale;
mod math;
mod process;
mod signal;
mod sigset;
mod termios;
mod time;
mod wait;

use super::{define_constant, share_fcntl};
use crate::sys::Errno;
use crate::value::Val;
use crate::vm::native::{Family, Ret};
use crate::vm::{Call, Exec, Vm};

pub(in crate::native) use constants::CONSTANTS;

pub(super) const FAMILIES: &[&Family] = &[
    &files::FAMILY,
    &locale::FAMILY,
    &math::FAMILIES[0],
    &math::FAMILIES[1],
    &math::FAMILIES[2],
    &math::FAMILIES[3],
    &math::FAMILIES[4],
    &process::FAMILY,
    &signal::FAMILY,
    &sigset::FAMILY,
    &termios::FAMILY,
    &termios::TERMINAL,
    &time::FAMILY,
    &wait::FAMILY,
];

/// Constants that are no whole numbers.
const NUMBERS: &[(&str, f64)] = {
    use std::f64::consts as c;
    &[
        ("DBL_EPSILON", f64::EPSILON),
        ("DBL_MAX", f64::MAX),
        ("DBL_MIN", f64::MIN_POSITIVE),
        ("FLT_EPSILON", f32::EPSILON as f64),
        ("FLT_MAX", f32::MAX as f64),
        ("FLT_MIN", f32::MIN_POSITIVE as f64),
        ("HUGE_VAL", f64::INFINITY),
        ("INFINITY", f64::INFINITY),
        ("Inf", f64::INFINITY),
        ("M_1_PI", c::FRAC_1_PI),
        ("M_2_PI", c::FRAC_2_PI),
        ("M_2_SQRTPI", c::FRAC_2_SQRT_PI),
        ("M_E", c::E),
        ("M_LN10", c::LN_10),
        ("M_LN2", c::LN_2),
        ("M_LOG10E", c::LOG10_E),
        ("M_LOG2E", c::LOG2_E),
        ("M_PI", c::PI),
        ("M_PI_2", c::FRAC_PI_2),
        ("M_PI_4", c::FRAC_PI_4),
        ("M_SQRT1_2", c::FRAC_1_SQRT_2),
        ("M_SQRT2", c::SQRT_2),
        ("NAN", f64::NAN),
        ("NaN", f64::NAN),
    ]
};

/// Defines what the table of whole numbers cannot hold.
pub(super) fn begin(vm: &mut Vm) {
    share_fcntl(vm, "POSIX", constants::OF_FCNTL);
    for (name, value) in NUMBERS {
        define_constant(vm, &format!("POSIX::{name}"), Val::Num(*value));
    }
    define_constant(vm, "POSIX::ULONG_MAX", Val::uint(u64::MAX));
}

/// What XS's SysRet gives: `0 but true`, a number, or undef with `$!`.
fn sys_ret(call: &mut Call<'_>, result: Result<i64, Errno>) -> Exec<Ret> {
    match result {
        Ok(0) => Ok(Val::str("0 but true").into()),
        Ok(n) => Ok(Val::Int(n).into()),
        Err(e) => call.errno(e),
    }
}
