//! Numbers.
use super::{FromPerl, IntoPerl, into};
use crate::api::{Cx, Result, Value};
use crate::text::Numeric;
use crate::value::Val;

/// The first whole number above those of 64 bits.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// A number as Perl reads the value, exact where it can be.
fn number(value: &Value, cx: &mut Cx<'_>, wanted: &str) -> Result<Val> {
    Ok(match value {
        Value::Int(n) => Val::Int(*n),
        Value::UInt(n) => Val::UInt(*n),
        Value::Num(n) => Val::Num(*n),
        Value::Bool(b) => Val::Int(i64::from(*b)),
        Value::Str(text) => {
            if !crate::text::number::looks_like_number(text.0.as_bytes()) {
                return Err(value.not(wanted));
            }
            match Val::Str(text.0.clone()).to_num() {
                Numeric::Int(n) => Val::Int(n),
                Numeric::UInt(n) => Val::UInt(n),
                Numeric::Num(n) => Val::Num(n),
            }
        }
        Value::Object(object) => {
            let val = object.0.val_in(cx)?;
            match cx.exec(|vm| vm.num(&val))? {
                Numeric::Int(n) => Val::Int(n),
                Numeric::UInt(n) => Val::UInt(n),
                Numeric::Num(n) => Val::Num(n),
            }
        }
        _ => return Err(value.not(wanted)),
    })
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl FromPerl for $ty {
            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$ty> {
                const WANTED: &str = concat!("an integer that fits ", stringify!($ty));
                let fits = match number(&value, cx, WANTED)? {
                    Val::Int(n) => <$ty>::try_from(n).ok(),
                    Val::UInt(n) => <$ty>::try_from(n).ok(),
                    Val::Num(n) => whole(n).and_then(|n| <$ty>::try_from(n).ok()),
                    _ => None,
                };
                fits.ok_or_else(|| value.not(WANTED))
            }
        }

        impl IntoPerl for $ty {
            fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
                Ok(match i64::try_from(self) {
                    Ok(n) => Value::Int(n),
                    Err(_) => Value::UInt(self as u64),
                })
            }
        }

        into! { &$ty, self => Value::from(*self); }
    )*};
}
integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

/// The integer that a floating-point number is.
fn whole(n: f64) -> Option<i128> {
    (n.trunc() == n && n.abs() < TWO_TO_63 * 2.0).then_some(n as i128)
}

/// 128 bits: a string of digits is read exactly, as it is written where no Perl integer holds it.
macro_rules! wide_integers {
    ($($ty:ty),*) => {$(
        impl FromPerl for $ty {
            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$ty> {
                const WANTED: &str = concat!("an integer that fits ", stringify!($ty));
                if let Value::Str(text) = &value
                    && let Ok(n) = text.to_str().trim().parse()
                {
                    return Ok(n);
                }
                let fits = match number(&value, cx, WANTED)? {
                    Val::Int(n) => <$ty>::try_from(n).ok(),
                    Val::UInt(n) => <$ty>::try_from(n).ok(),
                    Val::Num(n) if n.trunc() == n && n.abs() < 1.7e38 => {
                        <$ty>::try_from(n as i128).ok()
                    }
                    _ => None,
                };
                fits.ok_or_else(|| value.not(WANTED))
            }
        }

        impl IntoPerl for $ty {
            fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
                Ok(match (i64::try_from(self), u64::try_from(self)) {
                    (Ok(n), _) => Value::Int(n),
                    (_, Ok(n)) => Value::UInt(n),
                    _ => Value::from(self.to_string()),
                })
            }
        }
    )*};
}
wide_integers!(i128, u128);

impl FromPerl for f64 {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<f64> {
        Ok(match number(&value, cx, "a number")? {
            Val::Int(n) => n as f64,
            Val::UInt(n) => n as f64,
            Val::Num(n) => n,
            _ => 0.0,
        })
    }
}

impl FromPerl for f32 {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<f32> {
        Ok(f64::from_value(value, cx)? as f32)
    }
}

into! {
    f64, self => Value::Num(self);
    f32, self => Value::Num(f64::from(self));
    &f64, self => Value::Num(*self);
    &f32, self => Value::Num(f64::from(*self));
}
