//! What a value is as a string, a number, a truth (perldata "Scalar values"). Nothing here asks
//! magic or overload: the machine has done that before.

use super::reference::Ref;
use super::{Scalar, Val};
use crate::text::PerlStr;
use crate::text::decimal::{format_int, format_num, format_uint};
use crate::text::number::{self, Numeric};
use std::fmt::Write;

impl Val {
    /// As a string.
    #[inline]
    pub fn to_str(&self) -> PerlStr {
        match self {
            Val::Str(s) => s.clone(),
            Val::Int(n) => PerlStr::from_bytes(&format_int(*n)),
            _ => self.to_str_slow(),
        }
    }

    #[cold]
    fn to_str_slow(&self) -> PerlStr {
        match self {
            Val::Undef | Val::Hole | Val::Slot(_) | Val::Iter(_) | Val::Magic(_) => PerlStr::new(),
            Val::Bool(b) => PerlStr::from(if *b { "1" } else { "" }),
            Val::Int(n) => PerlStr::from_bytes(&format_int(*n)),
            Val::UInt(n) => PerlStr::from_bytes(&format_uint(*n)),
            Val::Num(n) => PerlStr::from_bytes(&format_num(*n)),
            Val::Str(s) => s.clone(),
            Val::Dual(dual) => {
                let mut text = dual.text.clone().unwrap_or_else(|| dual.num.to_str());
                if dual.taint {
                    text.set_taint(true);
                }
                text
            }
            Val::Glob(glob) => PerlStr::from(format!("*{}", glob.full_name())),
            Val::Regexp(regexp) => regexp.text.clone(),
            Val::Native(native) => PerlStr::from(format!("NATIVE(0x{:x})", native.address())),
            Val::Cell(cell) => cell.get().to_str(),
            Val::Weak(weak) => weak.get().to_str(),
            _ => self.referent().map_or_else(PerlStr::new, |r| ref_str(&r)),
        }
    }

    /// Appends it as a string.
    #[inline]
    pub fn push_to_str(&self, out: &mut PerlStr) {
        match self {
            Val::Str(s) => out.push_str(s),
            Val::Int(n) => out.push_bytes(&format_int(*n)),
            Val::Undef => {}
            _ => out.push_str(&self.to_str_slow()),
        }
    }

    /// As a number.
    #[inline]
    pub fn to_num(&self) -> Numeric {
        match self {
            Val::Int(n) => Numeric::Int(*n),
            Val::Num(n) => Numeric::Num(*n),
            Val::Str(s) => number::numeric(s.as_bytes()),
            _ => self.to_num_slow(),
        }
    }

    #[cold]
    fn to_num_slow(&self) -> Numeric {
        match self {
            Val::Bool(b) => Numeric::Int(*b as i64),
            Val::Int(n) => Numeric::Int(*n),
            Val::UInt(n) => Numeric::from_u64(*n),
            Val::Num(n) => Numeric::Num(*n),
            Val::Str(s) => number::numeric(s.as_bytes()),
            Val::Dual(dual) => match (&dual.num, &dual.text) {
                (Val::Undef, Some(text)) => number::numeric(text.as_bytes()),
                (num, _) => num.to_num(),
            },
            Val::Cell(cell) => cell.get().to_num(),
            Val::Weak(weak) => weak.get().to_num(),
            Val::Glob(_) | Val::Regexp(_) => number::numeric(self.to_str().as_bytes()),
            Val::Native(native) => Numeric::from_u64(native.address() as u64),
            _ => match self.referent() {
                Some(r) => Numeric::from_u64(r.address() as u64),
                None => Numeric::Int(0),
            },
        }
    }

    /// As a double.
    #[inline]
    pub fn to_f64(&self) -> f64 {
        match self.to_num() {
            Numeric::Int(n) => n as f64,
            Numeric::UInt(n) => n as f64,
            Numeric::Num(n) => n,
        }
    }

    /// As a signed integer, cut towards zero; out of range to the ends (perl's IV).
    #[inline]
    pub fn to_int(&self) -> i64 {
        match self.to_num() {
            Numeric::Int(n) => n,
            Numeric::UInt(n) => n as i64,
            Numeric::Num(n) if n >= i64::MAX as f64 => n as u64 as i64,
            Numeric::Num(n) => n as i64,
        }
    }

    /// As an unsigned integer (perl's UV): negative ones wrap.
    #[inline]
    pub fn to_uint(&self) -> u64 {
        match self.to_num() {
            Numeric::Int(n) => n as u64,
            Numeric::UInt(n) => n,
            Numeric::Num(n) if n < 0.0 => n as i64 as u64,
            Numeric::Num(n) => n as u64,
        }
    }

    /// A number as a size: negative ones 0, too large ones the largest.
    pub fn to_size(&self) -> usize {
        match self.to_num() {
            Numeric::Int(n) => n.max(0) as usize,
            Numeric::UInt(n) => n as usize,
            Numeric::Num(n) => n as usize,
        }
    }

    /// Is it true (perlsyn "Truth and Falsehood")?
    #[inline(always)]
    pub fn to_bool(&self) -> bool {
        match self {
            Val::Undef => false,
            Val::Bool(b) => *b,
            Val::Int(n) => *n != 0,
            _ => self.to_bool_slow(),
        }
    }

    #[inline(never)]
    fn to_bool_slow(&self) -> bool {
        match self {
            Val::Undef | Val::Hole => false,
            Val::Bool(b) => *b,
            Val::Int(n) => *n != 0,
            Val::UInt(n) => *n != 0,
            Val::Num(n) => *n != 0.0,
            Val::Str(s) => !matches!(s.as_bytes(), b"" | b"0"),
            Val::Dual(dual) => match &dual.text {
                Some(text) => !matches!(text.as_bytes(), b"" | b"0"),
                None => dual.num.to_bool(),
            },
            Val::Cell(cell) => cell.get().to_bool(),
            Val::Weak(weak) => !weak.is_gone(),
            Val::Regexp(regexp) => !regexp.text.is_empty(),
            _ => true,
        }
    }

    /// Is it held as a number rather than as a string?
    pub fn is_number(&self) -> bool {
        match self {
            Val::Int(_) | Val::UInt(_) | Val::Num(_) | Val::Bool(_) => true,
            Val::Dual(dual) => !matches!(dual.num, Val::Undef),
            _ => false,
        }
    }

    /// Is it a number, or a string that looks like one (Scalar::Util)?
    pub fn looks_like_number(&self) -> bool {
        match self {
            Val::Str(s) => number::looks_like_number(s.as_bytes()),
            Val::Bool(_) => true,
            other => other.is_number(),
        }
    }

    /// Did it come from outside (perlsec)?
    pub fn taint(&self) -> bool {
        match self {
            Val::Str(s) => s.taint(),
            Val::Dual(dual) => dual.taint || dual.text.as_ref().is_some_and(PerlStr::taint),
            _ => false,
        }
    }

    /// `ref`: the class or the kind of the referent; none for what is no reference.
    pub fn ref_name(&self) -> Option<PerlStr> {
        let referent = self.referent()?;
        Some(match referent.blessed() {
            Some(stash) => PerlStr::from(&*stash.name()),
            None if matches!(referent, Ref::Io(_)) => PerlStr::from("IO::File"),
            None => PerlStr::from(referent.kind_name()),
        })
    }

    /// The order of two values as strings.
    pub fn cmp_str(&self, other: &Val) -> std::cmp::Ordering {
        match (self, other) {
            (Val::Str(a), Val::Str(b)) => a.cmp(b),
            _ => self.to_str().cmp(&other.to_str()),
        }
    }
}

/// The order of two numbers; none where one is NaN.
pub fn cmp_numeric(a: Numeric, b: Numeric) -> Option<std::cmp::Ordering> {
    use Numeric::{Int, Num, UInt};
    match (a, b) {
        (Int(a), Int(b)) => Some(a.cmp(&b)),
        (UInt(a), UInt(b)) => Some(a.cmp(&b)),
        (UInt(_), Int(_)) => Some(std::cmp::Ordering::Greater),
        (Int(_), UInt(_)) => Some(std::cmp::Ordering::Less),
        (Num(a), Num(b)) => a.partial_cmp(&b),
        (Int(a), Num(b)) => cmp_int_num(a as i128, b),
        (UInt(a), Num(b)) => cmp_int_num(a as i128, b),
        (Num(a), Int(b)) => cmp_int_num(b as i128, a).map(std::cmp::Ordering::reverse),
        (Num(a), UInt(b)) => cmp_int_num(b as i128, a).map(std::cmp::Ordering::reverse),
    }
}

/// Exact where the double could not hold the integer.
fn cmp_int_num(a: i128, b: f64) -> Option<std::cmp::Ordering> {
    if a.unsigned_abs() <= 1 << 53 || b.is_nan() || b.abs() >= 2e19 {
        return (a as f64).partial_cmp(&b);
    }
    Some(a.cmp(&(b.floor() as i128)).then(if b.fract() == 0.0 {
        std::cmp::Ordering::Equal
    } else {
        std::cmp::Ordering::Less
    }))
}

impl From<Numeric> for Val {
    #[inline]
    fn from(n: Numeric) -> Val {
        match n {
            Numeric::Int(n) => Val::Int(n),
            Numeric::UInt(n) => Val::uint(n),
            Numeric::Num(n) => Val::Num(n),
        }
    }
}

/// `Foo=HASH(0x55...)`; a `qr//` object shows its pattern.
pub fn ref_str(referent: &Ref) -> PerlStr {
    if let Ref::Scalar(scalar) = referent
        && let Some(text) = pattern_of(scalar)
    {
        return text;
    }
    plain_ref_str(referent)
}

/// `Foo=HASH(0x55...)` whatever it is (overload::StrVal).
pub fn plain_ref_str(referent: &Ref) -> PerlStr {
    let mut out = PerlStr::new();
    // Writing to a string fails for lack of memory only.
    let _ = match referent.blessed() {
        Some(class) => write!(
            out,
            "{}={}(0x{:x})",
            class.name(),
            referent.kind_name(),
            referent.address()
        ),
        None if matches!(referent, Ref::Io(_)) => {
            write!(out, "IO::File=IO(0x{:x})", referent.address())
        }
        None => write!(out, "{}(0x{:x})", referent.kind_name(), referent.address()),
    };
    out
}

fn pattern_of(scalar: &Scalar) -> Option<PerlStr> {
    scalar.with(|v| match v {
        Val::Regexp(regexp) => Some(regexp.text.clone()),
        _ => None,
    })
}
