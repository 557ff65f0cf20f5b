//! Rust values from Perl's and the other way round.
use super::handle::{Array, Code, Hash, Object, Scalar};
use super::{Cx, Error, ErrorKind, Result, Text, Value};
use crate::bytecode::Want;
use crate::value::Val;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash as StdHash;

/// The context something is evaluated in (perlfunc `wantarray`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing is done with the result.
    Void,
    /// One value.
    Scalar,
    /// A list.
    List,
}

impl Wanted {
    pub(super) fn want(self) -> Want {
        match self {
            Wanted::Void => Want::Void,
            Wanted::Scalar => Want::Scalar,
            Wanted::List => Want::List,
        }
    }
}

/// A Rust type that can be made of what Perl gives.
///
/// Numbers are taken from numbers, from strings that are numbers all over and from truth values;
/// strings from everything that is not a reference, and from objects by their overloading;
/// `Option` is `None` for `undef`; a `Vec`, a map or a tuple is made of a list where a list is
/// given (what [`Perl::eval`](crate::Perl::eval) and calls give), else of a reference to an array
/// or hash; a map also of a list that is one such reference.
///
/// ```
/// use std::collections::HashMap;
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = keshi::Perl::new();
/// let pair: (String, i64) = perl.eval("('tea', 3)")?;
/// assert_eq!(pair, ("tea".into(), 3));
/// let stock: HashMap<String, Vec<f64>> = perl.eval("(tea => [1, 2.5], milk => [])")?;
/// assert_eq!(stock["tea"], [1.0, 2.5]);
/// assert!(perl.eval::<i64>("'three'").is_err());
/// # Ok(())
/// # }
/// ```
pub trait FromPerl: Sized {
    /// The context such a value is asked for in.
    const CONTEXT: Wanted = Wanted::Scalar;

    /// From one value.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Self>;

    /// From a list.
    fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Self> {
        Self::from_value(list.into_iter().next().unwrap_or_default(), cx)
    }

    /// The number of values it takes at most, for arguments of native functions.
    #[doc(hidden)]
    fn most() -> Option<usize> {
        match Self::CONTEXT {
            Wanted::Void => Some(0),
            Wanted::Scalar => Some(1),
            Wanted::List => None,
        }
    }
}

/// A Rust type that Perl can be given.
///
/// As arguments and results a `Vec` or a tuple is a list; inside other values it is a reference to
/// a new array, a map one to a new hash.
pub trait IntoPerl: Sized {
    /// As one value.
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value>;

    /// As a list.
    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        out.push(self.into_value(cx)?);
        Ok(())
    }
}

impl FromPerl for Value {
    fn from_value(value: Value, _: &mut Cx<'_>) -> Result<Value> {
        Ok(value)
    }
}

impl IntoPerl for Value {
    fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
        Ok(self)
    }
}

impl FromPerl for () {
    const CONTEXT: Wanted = Wanted::Void;

    fn from_value(_: Value, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
}

impl IntoPerl for () {
    fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
        Ok(Value::Undef)
    }

    fn into_list(self, _: &mut Vec<Value>, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
}

/// A number as Perl reads the value, exact where it can be.
fn number(value: &Value, cx: &mut Cx<'_>, wanted: &str) -> Result<Val> {
    use crate::text::Numeric;
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
                    Val::Num(n) if n.trunc() == n && n.abs() < 9.0e18 => {
                        <$ty>::try_from(n as i64).ok()
                    }
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
    )*};
}
integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

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

impl FromPerl for bool {
    /// Perl's truth: undef, the empty string, "0" and zero are false.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<bool> {
        let val = value.to_val(cx)?;
        cx.exec(|vm| vm.truth(&val))
    }
}

impl FromPerl for Text {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Text> {
        match &value {
            Value::Undef | Value::Scalar(_) | Value::Array(_) | Value::Hash(_) | Value::Code(_) => {
                Err(value.not("a string"))
            }
            _ => {
                let val = value.to_val(cx)?;
                Ok(Text(cx.exec(|vm| vm.str(&val))?))
            }
        }
    }
}

impl FromPerl for String {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<String> {
        Ok(Text::from_value(value, cx)?.to_str().into_owned())
    }
}

impl FromPerl for Box<[u8]> {
    /// The bytes of a string.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Box<[u8]>> {
        let text = Text::from_value(value, cx)?;
        match text.as_bytes() {
            Some(bytes) => Ok(bytes.into_owned().into()),
            None => Err(Error::conversion("a string with wide characters", "bytes")),
        }
    }
}

impl<T: FromPerl> FromPerl for Option<T> {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Option<T>> {
        if value.is_undef() {
            return Ok(None);
        }
        T::from_value(value, cx).map(Some)
    }
}

macro_rules! into {
    ($($ty:ty, $self:ident => $value:expr;)*) => {$(
        impl IntoPerl for $ty {
            fn into_value($self, _: &mut Cx<'_>) -> Result<Value> {
                Ok($value)
            }
        }
    )*};
}
into! {
    f64, self => Value::Num(self);
    f32, self => Value::Num(f64::from(self));
    bool, self => Value::Bool(self);
    &str, self => Value::Str(Text::from(self));
    String, self => Value::Str(Text::from(&*self));
    &String, self => Value::Str(Text::from(&**self));
    std::borrow::Cow<'_, str>, self => Value::Str(Text::from(&*self));
    Text, self => Value::Str(self);
    &[u8], self => Value::Str(Text::from_bytes(self));
    Box<[u8]>, self => Value::Str(Text::from_bytes(&self));
}

impl<T: IntoPerl> IntoPerl for Option<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        self.map_or(Ok(Value::Undef), |value| value.into_value(cx))
    }
}

impl<T: FromPerl> FromPerl for Vec<T> {
    const CONTEXT: Wanted = Wanted::List;

    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Vec<T>> {
        match &value {
            Value::Array(array) => array.to_vec(cx),
            _ => Err(value.not("a reference to an array")),
        }
    }

    fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Vec<T>> {
        list.into_iter()
            .map(|value| T::from_value(value, cx))
            .collect()
    }
}

impl<T: IntoPerl> IntoPerl for Vec<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        let array = cx.new_array();
        array.assign(cx, self)?;
        Ok(Value::Array(array))
    }

    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        for item in self {
            out.push(item.into_value(cx)?);
        }
        Ok(())
    }
}

impl<T: IntoPerl, const N: usize> IntoPerl for [T; N] {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        Vec::from(self).into_value(cx)
    }

    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        Vec::from(self).into_list(out, cx)
    }
}

/// Pairs of a list, or of a reference to a hash.
fn pairs<V: FromPerl>(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Vec<(String, V)>> {
    let mut out = Vec::with_capacity(list.len() / 2);
    let mut list = list.into_iter();
    while let Some(key) = list.next() {
        let Some(value) = list.next() else {
            let text = "a list with an odd number of elements is no hash";
            return Err(Error::new(ErrorKind::Conversion, text));
        };
        out.push((String::from_value(key, cx)?, V::from_value(value, cx)?));
    }
    Ok(out)
}

macro_rules! maps {
    ($($map:ident: $($bound:path),*;)*) => {$(
        impl<K: From<String> $(+ $bound)*, V: FromPerl> FromPerl for $map<K, V> {
            const CONTEXT: Wanted = Wanted::List;

            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$map<K, V>> {
                let hash = match &value {
                    Value::Hash(hash) => hash.clone(),
                    Value::Object(object) => match object.referent() {
                        Value::Hash(hash) => hash,
                        _ => return Err(value.not("a reference to a hash")),
                    },
                    _ => return Err(value.not("a reference to a hash")),
                };
                let pairs = hash.pairs(cx)?.into_iter();
                Ok(pairs.map(|(key, value)| (key.to_str().into_owned().into(), value)).collect())
            }

            fn from_list(mut list: Vec<Value>, cx: &mut Cx<'_>) -> Result<$map<K, V>> {
                if let [Value::Hash(_) | Value::Object(_)] = list[..] {
                    return Self::from_value(list.pop().unwrap_or_default(), cx);
                }
                let pairs = pairs(list, cx)?.into_iter();
                Ok(pairs.map(|(key, value)| (key.into(), value)).collect())
            }
        }

        impl<K: AsRef<str>, V: IntoPerl> IntoPerl for $map<K, V> {
            fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
                let hash = cx.new_hash();
                for (key, value) in self {
                    let value = value.into_value(cx)?;
                    hash.set(cx, key.as_ref(), value)?;
                }
                Ok(Value::Hash(hash))
            }

            fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
                for (key, value) in self {
                    out.push(Value::Str(Text::from(key.as_ref())));
                    out.push(value.into_value(cx)?);
                }
                Ok(())
            }
        }
    )*};
}
maps! {
    HashMap: Eq, StdHash;
    BTreeMap: Ord;
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: FromPerl),+> FromPerl for ($($name,)+) {
            const CONTEXT: Wanted = Wanted::List;

            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Self> {
                match &value {
                    Value::Array(array) => Self::from_list(array.to_vec(cx)?, cx),
                    _ => Err(value.not("a reference to an array")),
                }
            }

            fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Self> {
                let mut list = list.into_iter();
                Ok(($($name::from_value(list.next().unwrap_or_default(), cx)?,)+))
            }

            fn most() -> Option<usize> {
                Some([$(stringify!($name)),+].len())
            }
        }

        #[allow(non_snake_case)]
        impl<$($name: IntoPerl),+> IntoPerl for ($($name,)+) {
            fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
                let mut list = Vec::new();
                self.into_list(&mut list, cx)?;
                list.into_value(cx)
            }

            fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
                let ($($name,)+) = self;
                $(out.push($name.into_value(cx)?);)+
                Ok(())
            }
        }
    )*};
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

macro_rules! handles {
    ($($ty:ident, $wanted:literal;)*) => {$(
        impl FromPerl for $ty {
            fn from_value(value: Value, _: &mut Cx<'_>) -> Result<$ty> {
                match value {
                    Value::$ty(handle) => Ok(handle),
                    Value::Object(object) => match object.referent() {
                        Value::$ty(handle) => Ok(handle),
                        _ => Err(Value::Object(object).not($wanted)),
                    },
                    other => Err(other.not($wanted)),
                }
            }
        }

        impl IntoPerl for $ty {
            fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
                Ok(Value::$ty(self))
            }
        }

        impl IntoPerl for &$ty {
            fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
                Ok(Value::$ty(self.clone()))
            }
        }
    )*};
}
handles! {
    Scalar, "a reference to a scalar";
    Array, "a reference to an array";
    Hash, "a reference to a hash";
    Code, "a reference to a sub";
}

impl FromPerl for Object {
    fn from_value(value: Value, _: &mut Cx<'_>) -> Result<Object> {
        match value {
            Value::Object(object) => Ok(object),
            other => Err(other.not("an object")),
        }
    }
}

impl IntoPerl for Object {
    fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
        Ok(Value::Object(self))
    }
}

impl IntoPerl for &Object {
    fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
        Ok(Value::Object(self.clone()))
    }
}
