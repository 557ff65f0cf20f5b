//! The C library's mathematics and number parsing, where Rust has none of its own (POSIX, `use locale`).
use super::Errno;
use std::ffi::CString;

macro_rules! functions {
    ($($name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)*) => {
        mod c {
            unsafe extern "C" {
                $(pub(super) fn $name($($arg: $ty),*) -> $out;)*
            }
        }
        $(
            #[doc = concat!(stringify!($name), "(3)")]
            pub(crate) fn $name($($arg: $ty),*) -> $out {
                // SAFETY: takes and gives numbers only.
                unsafe { c::$name($($arg),*) }
            }
        )*
    };
}

functions! {
    erf(x: f64) -> f64;
    erfc(x: f64) -> f64;
    exp2(x: f64) -> f64;
    fdim(x: f64, y: f64) -> f64;
    fegetround() -> i32;
    fesetround(mode: i32) -> i32;
    fmax(x: f64, y: f64) -> f64;
    fmin(x: f64, y: f64) -> f64;
    fmod(x: f64, y: f64) -> f64;
    ilogb(x: f64) -> i32;
    j0(x: f64) -> f64;
    j1(x: f64) -> f64;
    jn(n: i32, x: f64) -> f64;
    ldexp(x: f64, n: i32) -> f64;
    lgamma(x: f64) -> f64;
    log2(x: f64) -> f64;
    logb(x: f64) -> f64;
    lrint(x: f64) -> i64;
    lround(x: f64) -> i64;
    nearbyint(x: f64) -> f64;
    nextafter(x: f64, y: f64) -> f64;
    remainder(x: f64, y: f64) -> f64;
    rint(x: f64) -> f64;
    round(x: f64) -> f64;
    scalbn(x: f64, n: i32) -> f64;
    tgamma(x: f64) -> f64;
    y0(x: f64) -> f64;
    y1(x: f64) -> f64;
    yn(n: i32, x: f64) -> f64;
}

unsafe extern "C" {
    fn frexp(x: f64, exponent: *mut i32) -> f64;
    fn modf(x: f64, whole: *mut f64) -> f64;
    fn remquo(x: f64, y: f64, quotient: *mut i32) -> f64;
}

/// frexp(3): mantissa and exponent.
pub(crate) fn split(x: f64) -> (f64, i32) {
    let mut exponent = 0;
    // SAFETY: room for one number.
    let mantissa = unsafe { frexp(x, &raw mut exponent) };
    (mantissa, exponent)
}

/// modf(3): fraction and whole part.
pub(crate) fn parts(x: f64) -> (f64, f64) {
    let mut whole = 0.0;
    // SAFETY: room for one number.
    let fraction = unsafe { modf(x, &raw mut whole) };
    (fraction, whole)
}

/// remquo(3): remainder and low bits of the quotient.
pub(crate) fn remainder_quotient(x: f64, y: f64) -> (f64, i32) {
    let mut quotient = 0;
    // SAFETY: room for one number.
    let rest = unsafe { remquo(x, y, &raw mut quotient) };
    (rest, quotient)
}

/// A number at the start of a text, how many bytes it does not take, and ERANGE where it does not fit.
pub(crate) type Parsed<T> = (T, usize, Option<Errno>);

fn parse<T>(
    text: &[u8],
    call: impl FnOnce(*const libc::c_char, *mut *mut libc::c_char) -> T,
) -> Parsed<T> {
    let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
    let text = CString::new(&text[..end]).unwrap_or_default();
    let start = text.as_ptr();
    let mut rest = start.cast_mut();
    Errno(0).set_last();
    let value = call(start, &raw mut rest);
    let error = Errno::last();
    let taken = (rest as usize).saturating_sub(start as usize);
    let left = text.as_bytes().len().saturating_sub(taken);
    (value, left, (error != Errno(0)).then_some(error))
}

/// strtod(3)
pub(crate) fn strtod(text: &[u8]) -> Parsed<f64> {
    // SAFETY: a C string and room for a pointer into it.
    parse(text, |start, rest| unsafe { libc::strtod(start, rest) })
}

/// strtol(3)
pub(crate) fn strtol(text: &[u8], base: i32) -> Parsed<i64> {
    // SAFETY: as above.
    parse(text, |start, rest| unsafe {
        libc::strtol(start, rest, base) as i64
    })
}

/// strtoul(3)
pub(crate) fn strtoul(text: &[u8], base: i32) -> Parsed<u64> {
    // SAFETY: as above.
    parse(text, |start, rest| unsafe {
        libc::strtoul(start, rest, base) as u64
    })
}

/// strcoll(3)
pub(crate) fn strcoll(a: &[u8], b: &[u8]) -> i32 {
    let text = |bytes: &[u8]| {
        CString::new(bytes.split(|c| *c == 0).next().unwrap_or_default()).unwrap_or_default()
    };
    let (a, b) = (text(a), text(b));
    // SAFETY: two C strings.
    unsafe { libc::strcoll(a.as_ptr(), b.as_ptr()) }
}

/// strxfrm(3)
pub(crate) fn strxfrm(text: &[u8]) -> Vec<u8> {
    let text = CString::new(text.split(|c| *c == 0).next().unwrap_or_default()).unwrap_or_default();
    let mut out = vec![0u8; text.as_bytes().len() * 4 + 16];
    loop {
        // SAFETY: a buffer writable for its length, a C string.
        let len = unsafe { libc::strxfrm(out.as_mut_ptr().cast(), text.as_ptr(), out.len()) };
        if len < out.len() {
            out.truncate(len);
            return out;
        }
        out.resize(len + 1, 0);
    }
}
