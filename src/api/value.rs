//! Values on their way between the host and a script.
use super::handle::{Array, Code, Hash, Held, Object, Scalar};
use super::{Cx, Error, Result};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::enter::Home;
use std::fmt;
use std::rc::Rc;

/// A string of Perl's: bytes, or characters.
///
/// A Perl string is a row of characters, each a number; one whose characters are all below 256 may
/// stand for bytes as well. [`Text::to_str`] reads it as characters, [`Text::as_bytes`] as bytes.
#[derive(Clone)]
pub struct Text(pub(super) PerlStr);

impl Text {
    /// A string of bytes, each a character below 256.
    pub fn from_bytes(bytes: &[u8]) -> Text {
        Text(PerlStr::from_bytes(bytes))
    }

    /// Its characters. Numbers that are no Unicode characters become U+FFFD.
    pub fn to_str(&self) -> std::borrow::Cow<'_, str> {
        self.0.to_str_lossy()
    }

    /// Its bytes; `None` where it has characters above 255.
    pub fn as_bytes(&self) -> Option<std::borrow::Cow<'_, [u8]>> {
        if self.0.is_utf8() && !self.0.is_ascii() {
            let bytes = self.0.downgraded()?;
            return Some(bytes.as_bytes().to_vec().into());
        }
        Some(self.0.as_bytes().into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(PerlStr::from(text))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.0 == other.0
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_str())
    }
}

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
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
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

impl Value {
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
