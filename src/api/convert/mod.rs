//! Rust values from Perl's and the other way round.
//!
//! | file | whose |
//! |---|---|
//! | `numbers` | integers and floating-point numbers |
//! | `strings` | text, bytes, file names |
//! | `lists` | vectors, arrays, sets, maps, tuples, the rest of a list |
//! | `handles` | live references |
mod handles;
mod lists;
mod numbers;
mod strings;

pub use lists::Rest;

use super::{Cx, Result, Value};
use crate::bytecode::Want;

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
/// | Rust | from |
/// |---|---|
/// | integers, floats | numbers, strings that are numbers all over, truth values; what does not fit is an error |
/// | `String`, `Box<str>`, `Rc<str>`, `Arc<str>`, `char` | the characters of anything that is not a reference; objects by their overloading |
/// | [`Text`](crate::Text), `Box<[u8]>` | the same as Perl has it, or as bytes |
/// | `PathBuf`, `OsString` | the bytes that `open` would be given |
/// | `bool` | Perl's truth |
/// | `Option` | `None` for `undef` |
/// | `Vec`, sets, arrays, tuples | a list where one is given (what [`Perl::eval`](crate::Perl::eval) and calls give), else a reference to an array |
/// | `HashMap`, `BTreeMap`, `IndexMap` | a list of pairs or of one reference to a hash; inside other values a reference to a hash |
/// | [`Rest`](crate::Rest) | what is left of a list |
/// | [`Value`], handles | anything, as it is |
/// | [`Native`](crate::Native) | the Rust value inside an object |
#[cfg_attr(
    feature = "serde",
    doc = "| [`Data`](crate::data::Data) | any type that serde can read |"
)]
///
/// A `Vec<u8>` is a list of small numbers like any other `Vec`; a string's bytes are a `Box<[u8]>`.
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
///
/// Types of your own can have it too; `?` then works in a native function's signature:
///
/// ```
/// use keshi::{Cx, FromPerl, IntoPerl, Perl, Value};
///
/// #[derive(Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl FromPerl for Celsius {
///     fn from_value(value: Value, cx: &mut Cx<'_>) -> keshi::Result<Celsius> {
///         f64::from_value(value, cx).map(Celsius)
///     }
/// }
///
/// impl IntoPerl for Celsius {
///     fn into_value(self, cx: &mut Cx<'_>) -> keshi::Result<Value> {
///         self.0.into_value(cx)
///     }
/// }
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// perl.define("warmer", |_, (t, by): (Celsius, f64)| Ok(Celsius(t.0 + by)));
/// assert_eq!(perl.eval::<Celsius>("warmer(20, 1.5)")?, Celsius(21.5));
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

    /// As a member of a tuple, from the list the tuple is made of.
    #[doc(hidden)]
    fn from_next(list: &mut std::vec::IntoIter<Value>, cx: &mut Cx<'_>) -> Result<Self> {
        Self::from_value(list.next().unwrap_or_default(), cx)
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

    /// The same, as a member of a tuple.
    #[doc(hidden)]
    fn most_next() -> Option<usize> {
        Some(1)
    }
}

/// A Rust type that Perl can be given.
///
/// As arguments and results a `Vec`, an array, a set or a tuple is a list, and a map a list of its
/// pairs; inside other values they are references to new arrays and hashes. A [`Rest`](crate::Rest)
/// is a list inside a tuple as well. A number of 128 bits that fits no Perl integer is the string of
/// its digits.
pub trait IntoPerl: Sized {
    /// As one value.
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value>;

    /// As a list.
    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        out.push(self.into_value(cx)?);
        Ok(())
    }

    /// As a member of a tuple that is a list.
    #[doc(hidden)]
    fn into_next(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        out.push(self.into_value(cx)?);
        Ok(())
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
use into;

impl FromPerl for Value {
    fn from_value(value: Value, _: &mut Cx<'_>) -> Result<Value> {
        Ok(value)
    }
}

into! {
    Value, self => self;
    &Value, self => self.clone();
    bool, self => Value::Bool(self);
    &bool, self => Value::Bool(*self);
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

impl FromPerl for bool {
    /// Perl's truth: undef, the empty string, "0" and zero are false.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<bool> {
        let val = value.to_val(cx)?;
        cx.exec(|vm| vm.truth(&val))
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

impl<T: IntoPerl> IntoPerl for Option<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        self.map_or(Ok(Value::Undef), |value| value.into_value(cx))
    }
}
