//! Rust structures as Perl data and the other way round, by serde (feature `serde`).
//!
//! ```
//! use keshi::{Context, Perl};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! struct Point {
//!     x: f64,
//!     y: f64,
//!     label: Option<String>,
//! }
//!
//! # fn main() -> keshi::Result<()> {
//! let mut perl = Perl::new();
//! let point = Point { x: 1.5, y: 2.0, label: None };
//! let value = keshi::data::to_value(&point, &mut perl)?;
//! perl.eval::<()>("sub mirror { my $p = shift; ({ %$p, x => -$p->{x}, label => 'mirrored' }) }")?;
//! let mirrored = perl.call("mirror", value)?;
//! let point: Point = keshi::data::from_value(mirrored, &mut perl)?;
//! assert_eq!(point, Point { x: -1.5, y: 2.0, label: Some("mirrored".into()) });
//! # Ok(())
//! # }
//! ```
//!
//! [`Data`] does the same where a type is asked for: as an argument, a result, a member.
//!
//! ```
//! use keshi::{Perl, data::Data};
//! use serde::{Deserialize, Serialize};
//! # fn main() -> keshi::Result<()> {
//! #[derive(Serialize, Deserialize)]
//! #[serde(rename_all = "lowercase")]
//! enum Shape { Circle { r: f64 }, Square(f64), Nothing }
//!
//! let mut perl = Perl::new();
//! perl.define("area", |_, Data(shape): Data<Shape>| Ok(match shape {
//!     Shape::Circle { r } => 3.0 * r * r,
//!     Shape::Square(a) => a * a,
//!     Shape::Nothing => 0.0,
//! }));
//! let sum: f64 = perl.eval("area({ circle => { r => 2 } }) + area({ square => '3' }) + area('nothing')")?;
//! assert_eq!(sum, 21.0);
//! # Ok(())
//! # }
//! ```
//!
//! # What becomes what
//!
//! Structs and maps are hashes (keys that are numbers or truth values are written as Perl writes
//! them), sequences, sets and tuples arrays, enums their variant's name or a hash of one key, `None`
//! and `()` `undef`. Integers that fit no Perl integer are strings of digits.
//!
//! Read back, numbers are taken from strings too, and strings from numbers, as long as the type says
//! what it wants. It does not where serde reads into a buffer first: with `#[serde(flatten)]`,
//! `untagged` and tagged enums a number has to be a number. References to scalars are read through,
//! objects are looked into as what they are made of, a compiled pattern (`qr//`) is its text. What an
//! error speaks of is named by its keys and indices: `server.ports[1]: ...`.
//!
//! Bytes (`serde_bytes` and its like) are strings of characters below 256. Borrowed data (`&str`)
//! can be written but not read: what is read is made anew.
mod path;
mod read;
mod write;

use super::{Context, Cx, Error, ErrorKind, FromPerl, IntoPerl, Result, Text, Value};
use serde::{Serialize, de::DeserializeOwned};

/// Data inside one another; deeper ones, and circles, are an error.
const DEEPEST: usize = 200;

/// Data without references into an interpreter.
#[derive(Clone, Debug)]
enum Tree {
    Undef,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Num(f64),
    Str(String),
    Bytes(Vec<u8>),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// A structure where a [`FromPerl`] or [`IntoPerl`] type is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Data<T>(pub T);

impl<T: DeserializeOwned> FromPerl for Data<T> {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Data<T>> {
        from_value(value, cx).map(Data)
    }
}

impl<T: Serialize> IntoPerl for Data<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        to_value(&self.0, cx)
    }
}

fn wrong(text: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Conversion, text.to_string())
}

impl serde::ser::Error for Error {
    fn custom<T: std::fmt::Display>(text: T) -> Error {
        wrong(text)
    }
}

/// A structure as Perl data; see [what becomes what](self#what-becomes-what).
pub fn to_value<T: Serialize + ?Sized>(data: &T, context: &mut impl Context) -> Result<Value> {
    let tree = data.serialize(write::Writer)?;
    grow(tree, &mut context.cx())
}

/// Perl data as a structure; see [what becomes what](self#what-becomes-what).
pub fn from_value<T: DeserializeOwned>(value: Value, context: &mut impl Context) -> Result<T> {
    let tree = fell(value, &mut context.cx(), 0)?;
    T::deserialize(tree).map_err(path::Misfit::into_error)
}

fn grow(tree: Tree, cx: &mut Cx<'_>) -> Result<Value> {
    Ok(match tree {
        Tree::Undef => Value::Undef,
        Tree::Bool(b) => Value::Bool(b),
        Tree::Int(n) => Value::Int(n),
        Tree::UInt(n) => Value::UInt(n),
        Tree::Num(n) => Value::Num(n),
        Tree::Str(text) => Value::Str(Text::from(&*text)),
        Tree::Bytes(bytes) => Value::Str(Text::from_bytes(&bytes)),
        Tree::List(items) => {
            let array = cx.new_array();
            for item in items {
                let item = grow(item, cx)?;
                array.push(cx, item)?;
            }
            Value::Array(array)
        }
        Tree::Map(pairs) => {
            let hash = cx.new_hash();
            for (key, item) in pairs {
                let item = grow(item, cx)?;
                hash.set(cx, &*key, item)?;
            }
            Value::Hash(hash)
        }
    })
}

fn fell(value: Value, cx: &mut Cx<'_>, depth: usize) -> Result<Tree> {
    if depth > DEEPEST {
        return Err(wrong("the data are nested too deeply, or in a circle"));
    }
    Ok(match value {
        Value::Undef => Tree::Undef,
        Value::Bool(b) => Tree::Bool(b),
        Value::Int(n) => Tree::Int(n),
        Value::UInt(n) => Tree::UInt(n),
        Value::Num(n) => Tree::Num(n),
        Value::Str(text) => Tree::Str(text.to_str().into_owned()),
        Value::Array(array) => {
            let items = array.to_vec::<Value>(cx)?;
            let items = items.into_iter().map(|item| fell(item, cx, depth + 1));
            Tree::List(items.collect::<Result<_>>()?)
        }
        Value::Hash(hash) => {
            let pairs = hash.pairs::<Value>(cx)?.into_iter();
            let pairs = pairs
                .map(|(key, item)| Ok((key.to_str().into_owned(), fell(item, cx, depth + 1)?)));
            Tree::Map(pairs.collect::<Result<_>>()?)
        }
        Value::Scalar(scalar) => {
            let inner = scalar.get::<Value>(cx)?;
            fell(inner, cx, depth + 1)?
        }
        Value::Object(object) => match object.referent() {
            Value::Object(object) => return Err(Value::Object(object).not("plain data")),
            _ if object.is_pattern() => Tree::Str(object.to_text(cx)?.into()),
            inner => fell(inner, cx, depth + 1)?,
        },
        other => return Err(other.not("plain data")),
    })
}
