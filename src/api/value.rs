//! Values on their way between the host and a script.
use super::handle::{Array, Code, Hash, Held, Object, Scalar};
use super::{Context, Cx, Error, FromPerl, Result, Text};
use crate::value::Val;
use crate::vm::enter::Home;
use std::fmt;
use std::rc::Rc;

/// Anything a Perl scalar can hold. References are live handles: what is done through them is seen
/// by the script, and the other way round.
///
/// ```
/// use keshi::{Perl, Value};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// match perl.eval::<Value>("[1, 2, 3]")? {
///     Value::Array(array) => assert_eq!(array.len(&mut perl)?, 3),
///     other => panic!("not an array: {other:?}"),
/// }
/// let list: Vec<Value> = perl.eval("(1, 'two')")?;
/// assert_eq!(list, [Value::from(1), Value::from("two")]);
/// assert_eq!(list[1].to::<String>(&mut perl)?, "two");
/// # Ok(())
/// # }
/// ```
///
/// Equal are values of the same sort with the same contents; references, if they refer to the same
/// thing. (Perl's `==` and `eq` are [`Cx::eval`]'s.)
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `undef`
    #[default]
    Undef,
    /// `!!1` and `!!0`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer above `i64::MAX`.
    UInt(u64),
    /// A floating-point number.
    Num(f64),
    /// A string.
    Str(Text),
    /// A reference to a scalar.
    Scalar(Scalar),
    /// A reference to an array.
    Array(Array),
    /// A reference to a hash.
    Hash(Hash),
    /// A reference to a sub.
    Code(Code),
    /// A reference to an object: to anything that was blessed.
    Object(Object),
    /// A glob, a handle or a format: to be passed on, not to be looked into.
    Other(Opaque),
}

/// A value that has no Rust shape: globs, file handles, formats.
#[derive(Clone)]
pub struct Opaque(pub(super) Held);

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.val())
    }
}

impl PartialEq for Opaque {
    /// The same thing, not merely like contents.
    fn eq(&self, other: &Opaque) -> bool {
        self.0.val().same_bits(other.0.val())
    }
}

impl Eq for Opaque {}

macro_rules! from {
    ($($ty:ty, $value:ident => $made:expr;)*) => {$(
        impl From<$ty> for Value {
            fn from($value: $ty) -> Value {
                $made
            }
        }
    )*};
}
from! {
    bool, b => Value::Bool(b);
    i8, n => Value::Int(n.into());
    i16, n => Value::Int(n.into());
    i32, n => Value::Int(n.into());
    i64, n => Value::Int(n);
    isize, n => Value::Int(n as i64);
    u8, n => Value::Int(n.into());
    u16, n => Value::Int(n.into());
    u32, n => Value::Int(n.into());
    u64, n => i64::try_from(n).map_or(Value::UInt(n), Value::Int);
    usize, n => Value::from(n as u64);
    f32, n => Value::Num(n.into());
    f64, n => Value::Num(n);
    &str, text => Value::Str(text.into());
    String, text => Value::Str(text.into());
    Text, text => Value::Str(text);
    Scalar, it => Value::Scalar(it);
    Array, it => Value::Array(it);
    Hash, it => Value::Hash(it);
    Code, it => Value::Code(it);
    Object, it => Value::Object(it);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Undef, Into::into)
    }
}

impl Value {
    /// As a Rust type; see [`FromPerl`].
    pub fn to<T: FromPerl>(&self, context: &mut impl Context) -> Result<T> {
        T::from_value(self.clone(), &mut context.cx())
    }

    /// `undef`?
    pub fn is_undef(&self) -> bool {
        matches!(self, Value::Undef)
    }

    pub(super) fn from_val(val: Val, home: &Rc<Home>) -> Value {
        let held = |val: Val| Held::new(val, home);
        if val.is_blessed() {
            return Value::Object(Object(held(val)));
        }
        match val {
            Val::Bool(b) => Value::Bool(b),
            Val::Int(n) => Value::Int(n),
            Val::UInt(n) => Value::UInt(n),
            Val::Num(n) => Value::Num(n),
            Val::Str(text) => Value::Str(Text(text)),
            Val::Dual(_) => Value::Str(Text(val.to_str())),
            Val::SRef(_) => Value::Scalar(Scalar(held(val))),
            Val::ARef(_) => Value::Array(Array(held(val))),
            Val::HRef(_) => Value::Hash(Hash(held(val))),
            Val::CRef(_) => Value::Code(Code(held(val))),
            Val::GRef(_) | Val::IoRef(_) | Val::FRef(_) | Val::Glob(_) => {
                Value::Other(Opaque(held(val)))
            }
            _ => Value::Undef,
        }
    }

    /// The machine's form, if it is a value of that interpreter.
    pub(super) fn to_val(&self, cx: &Cx<'_>) -> Result<Val> {
        Ok(match self {
            Value::Undef => Val::Undef,
            Value::Bool(b) => Val::Bool(*b),
            Value::Int(n) => Val::Int(*n),
            Value::UInt(n) => Val::uint(*n),
            Value::Num(n) => Val::Num(*n),
            Value::Str(text) => Val::Str(text.0.clone()),
            Value::Scalar(x) => x.0.val_in(cx)?,
            Value::Array(x) => x.0.val_in(cx)?,
            Value::Hash(x) => x.0.val_in(cx)?,
            Value::Code(x) => x.0.val_in(cx)?,
            Value::Object(x) => x.0.val_in(cx)?,
            Value::Other(x) => x.0.val_in(cx)?,
        })
    }

    /// What it is, for messages.
    pub(super) fn kind_name(&self) -> String {
        match self {
            Value::Undef => "undef".into(),
            Value::Bool(_) => "a truth value".into(),
            Value::Int(_) | Value::UInt(_) | Value::Num(_) => "a number".into(),
            Value::Str(text) => {
                let shown: String = text.to_str().chars().take(40).collect();
                format!("{shown:?}")
            }
            Value::Scalar(_) => "a reference to a scalar".into(),
            Value::Array(_) => "a reference to an array".into(),
            Value::Hash(_) => "a reference to a hash".into(),
            Value::Code(_) => "a reference to a sub".into(),
            Value::Object(object) => format!("an object of class {}", object.class()),
            Value::Other(_) => "a glob or handle".into(),
        }
    }

    pub(super) fn not(&self, wanted: &str) -> Error {
        Error::conversion(&self.kind_name(), wanted)
    }
}
