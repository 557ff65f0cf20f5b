//! From data to structures.
use super::super::{Error, Result};
use super::{Tree, wrong};
use crate::value::Val;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, IntoDeserializer, Visitor};

impl<'de> IntoDeserializer<'de, Error> for Tree {
    type Deserializer = Tree;
    fn into_deserializer(self) -> Tree {
        self
    }
}

/// The number a string is, as Perl reads it.
fn number(text: &str) -> Option<Tree> {
    let text = text.trim();
    if let Ok(n) = text.parse() {
        return Some(Tree::Int(n));
    }
    if let Ok(n) = text.parse() {
        return Some(Tree::UInt(n));
    }
    text.parse().ok().map(Tree::Num)
}

macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self {
                Tree::Str(ref text) => match number(text) {
                    Some(tree) => tree.deserialize_any(visitor),
                    None => self.deserialize_any(visitor),
                },
                Tree::Bool(b) => visitor.visit_i64(i64::from(b)),
                // A whole number is an integer, however it was computed.
                Tree::Num(n) if n.trunc() == n && n.abs() < 9.0e15 => visitor.visit_i64(n as i64),
                other => other.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Undef => visitor.visit_unit(),
            Tree::Bool(b) => visitor.visit_bool(b),
            Tree::Int(n) => visitor.visit_i64(n),
            Tree::UInt(n) => visitor.visit_u64(n),
            Tree::Num(n) => visitor.visit_f64(n),
            Tree::Str(text) => visitor.visit_string(text),
            Tree::Bytes(bytes) => visitor.visit_byte_buf(bytes),
            Tree::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Tree::Map(pairs) => visitor.visit_map(MapDeserializer::new(pairs.into_iter())),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_bool(match self {
            Tree::Undef => false,
            Tree::Bool(b) => b,
            Tree::Int(n) => n != 0,
            Tree::UInt(n) => n != 0,
            Tree::Num(n) => n != 0.0,
            Tree::Str(text) => !text.is_empty() && text != "0",
            _ => true,
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Undef => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Int(n) => visitor.visit_string(n.to_string()),
            Tree::UInt(n) => visitor.visit_string(n.to_string()),
            Tree::Num(n) => visitor.visit_string(Val::Num(n).to_str().to_str_lossy().into_owned()),
            Tree::Bytes(bytes) => visitor.visit_string(bytes.into_iter().map(char::from).collect()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Str(text) => visitor.visit_byte_buf(text.into_bytes()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self {
            Tree::Str(name) => visitor.visit_enum(Variant(name, None)),
            Tree::Map(mut pairs) if pairs.len() == 1 => match pairs.pop() {
                Some((name, data)) => visitor.visit_enum(Variant(name, Some(data))),
                None => Err(wrong("an empty hash is no variant")),
            },
            _ => Err(wrong("a variant is its name, or a hash of one key")),
        }
    }

    serde::forward_to_deserialize_any! {
        i128 u128 unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant with its data.
struct Variant(String, Option<Tree>);

impl<'de> de::EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = Data;

    fn variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Data)> {
        let name = seed.deserialize(Tree::Str(self.0))?;
        Ok((name, Data(self.1)))
    }
}

/// What belongs to a variant.
struct Data(Option<Tree>);

impl<'de> de::VariantAccess<'de> for Data {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.0.unwrap_or(Tree::Undef))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        de::Deserializer::deserialize_any(self.0.unwrap_or(Tree::Undef), visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        de::Deserializer::deserialize_any(self.0.unwrap_or(Tree::Undef), visitor)
    }
}
