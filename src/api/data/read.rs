//! From data to structures.
use super::Tree;
use super::path::Misfit;
use crate::value::Val;
use serde::de::{self, Error as _, IntoDeserializer, Visitor};

type Result<T> = std::result::Result<T, Misfit>;

impl<'de> IntoDeserializer<'de, Misfit> for Tree {
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

/// A whole number is an integer, however it was computed.
fn whole(tree: Tree) -> Tree {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    match tree {
        Tree::Num(n) if n.trunc() == n && n.abs() < TWO_TO_63 => Tree::Int(n as i64),
        Tree::Num(n) if n.trunc() == n && n > 0.0 && n < TWO_TO_63 * 2.0 => Tree::UInt(n as u64),
        other => other,
    }
}

fn as_number(tree: Tree) -> Tree {
    match tree {
        Tree::Str(ref text) => number(text).unwrap_or(tree),
        Tree::Bool(b) => Tree::Int(i64::from(b)),
        other => other,
    }
}

macro_rules! integers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            whole(as_number(self)).deserialize_any(visitor)
        }
    )*};
}

macro_rules! floats {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            as_number(self).deserialize_any(visitor)
        }
    )*};
}

macro_rules! wide_integers {
    ($($name:ident $visit:ident;)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            if let Tree::Str(text) = &self
                && let Ok(n) = text.trim().parse()
            {
                return visitor.$visit(n);
            }
            whole(as_number(self)).deserialize_any(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Tree {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Undef => visitor.visit_unit(),
            Tree::Bool(b) => visitor.visit_bool(b),
            Tree::Int(n) => visitor.visit_i64(n),
            Tree::UInt(n) => visitor.visit_u64(n),
            Tree::Num(n) => visitor.visit_f64(n),
            Tree::Str(text) => visitor.visit_string(text),
            Tree::Bytes(bytes) => visitor.visit_byte_buf(bytes),
            Tree::List(items) => {
                let mut list = Items(items.into_iter(), 0);
                let made = visitor.visit_seq(&mut list)?;
                match list.0.len() {
                    0 => Ok(made),
                    left => {
                        let expected = format!("{} elements", list.1);
                        Err(Misfit::invalid_length(list.1 + left, &&*expected))
                    }
                }
            }
            Tree::Map(pairs) => visitor.visit_map(Pairs(pairs.into_iter(), None)),
        }
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    wide_integers! {
        deserialize_i128 visit_i128;
        deserialize_u128 visit_u128;
    }

    floats! { deserialize_f32 deserialize_f64 }

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
            Tree::Bool(b) => visitor.visit_str(if b { "1" } else { "" }),
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
        let Tree::Str(text) = self else {
            return self.deserialize_any(visitor);
        };
        let bytes: std::result::Result<Vec<u8>, _> =
            text.chars().map(|c| u8::try_from(u32::from(c))).collect();
        match bytes {
            Ok(bytes) => visitor.visit_byte_buf(bytes),
            Err(_) => Err(Misfit::custom("a string with wide characters is not bytes")),
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
                None => Err(Misfit::custom("an empty hash is no variant")),
            },
            _ => Err(Misfit::custom(
                "a variant is its name, or a hash of one key",
            )),
        }
    }

    serde::forward_to_deserialize_any! {
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The elements of an array, and how many have been read.
struct Items(std::vec::IntoIter<Tree>, usize);

impl<'de> de::SeqAccess<'de> for &mut Items {
    type Error = Misfit;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>> {
        let Some(item) = self.0.next() else {
            return Ok(None);
        };
        self.1 += 1;
        let made = seed.deserialize(item);
        made.map(Some).map_err(|misfit| misfit.at(self.1 - 1))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The pairs of a hash, and the one whose key has been read.
struct Pairs(std::vec::IntoIter<(String, Tree)>, Option<(String, Tree)>);

impl<'de> de::MapAccess<'de> for Pairs {
    type Error = Misfit;

    fn next_key_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        self.1 = self.0.next();
        let Some((key, _)) = &self.1 else {
            return Ok(None);
        };
        let made = seed.deserialize(Tree::Str(key.clone()));
        made.map(Some).map_err(|misfit| misfit.under(key))
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let (key, value) = self.1.take().unwrap_or((String::new(), Tree::Undef));
        let made = seed.deserialize(value);
        made.map_err(|misfit| misfit.under(&key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A variant with its data.
struct Variant(String, Option<Tree>);

impl<'de> de::EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Data;

    fn variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Data)> {
        let name = seed.deserialize(Tree::Str(self.0))?;
        Ok((name, Data(self.1)))
    }
}

/// What belongs to a variant.
struct Data(Option<Tree>);

impl<'de> de::VariantAccess<'de> for Data {
    type Error = Misfit;

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
