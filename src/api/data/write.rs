//! From structures to data.
use super::super::{Error, Result};
use super::{Tree, wrong};
use serde::ser::{self, Serialize};

/// Makes data.
pub(super) struct Writer;

/// A list that grows, for a variant of this name if there is one.
pub(super) struct ListWriter(Option<&'static str>, Vec<Tree>);

/// A map that grows, for a variant of this name if there is one.
pub(super) struct MapWriter(Option<&'static str>, Vec<(String, Tree)>, Option<String>);

fn variant(name: Option<&'static str>, data: Tree) -> Tree {
    match name {
        Some(name) => Tree::Map(vec![(name.into(), data)]),
        None => data,
    }
}

macro_rules! plain {
    ($($name:ident $ty:ty, $value:ident => $tree:expr;)*) => {$(
        fn $name(self, $value: $ty) -> Result<Tree> {
            Ok($tree)
        }
    )*};
}

impl ser::Serializer for Writer {
    type Ok = Tree;
    type Error = Error;
    type SerializeSeq = ListWriter;
    type SerializeTuple = ListWriter;
    type SerializeTupleStruct = ListWriter;
    type SerializeTupleVariant = ListWriter;
    type SerializeMap = MapWriter;
    type SerializeStruct = MapWriter;
    type SerializeStructVariant = MapWriter;

    plain! {
        serialize_bool bool, b => Tree::Bool(b);
        serialize_i8 i8, n => Tree::Int(n.into());
        serialize_i16 i16, n => Tree::Int(n.into());
        serialize_i32 i32, n => Tree::Int(n.into());
        serialize_i64 i64, n => Tree::Int(n);
        serialize_u8 u8, n => Tree::Int(n.into());
        serialize_u16 u16, n => Tree::Int(n.into());
        serialize_u32 u32, n => Tree::Int(n.into());
        serialize_u64 u64, n => Tree::UInt(n);
        serialize_f32 f32, n => Tree::Num(n.into());
        serialize_f64 f64, n => Tree::Num(n);
        serialize_char char, c => Tree::Str(c.to_string());
        serialize_str &str, text => Tree::Str(text.into());
        serialize_bytes &[u8], bytes => Tree::Bytes(bytes.to_vec());
    }

    fn serialize_i128(self, n: i128) -> Result<Tree> {
        Ok(match (i64::try_from(n), u64::try_from(n)) {
            (Ok(n), _) => Tree::Int(n),
            (_, Ok(n)) => Tree::UInt(n),
            _ => Tree::Str(n.to_string()),
        })
    }

    fn serialize_u128(self, n: u128) -> Result<Tree> {
        Ok(match u64::try_from(n) {
            Ok(n) => Tree::UInt(n),
            Err(_) => Tree::Str(n.to_string()),
        })
    }

    fn serialize_none(self) -> Result<Tree> {
        Ok(Tree::Undef)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree> {
        Ok(Tree::Undef)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree> {
        Ok(Tree::Undef)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<Tree> {
        Ok(Tree::Str(name.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Tree> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Tree> {
        Ok(variant(Some(name), value.serialize(Writer)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListWriter> {
        Ok(ListWriter(None, Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWriter> {
        Ok(ListWriter(None, Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWriter> {
        Ok(ListWriter(None, Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<ListWriter> {
        Ok(ListWriter(Some(name), Vec::new()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MapWriter> {
        Ok(MapWriter(None, Vec::new(), None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapWriter> {
        Ok(MapWriter(None, Vec::new(), None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<MapWriter> {
        Ok(MapWriter(Some(name), Vec::new(), None))
    }
}

macro_rules! lists {
    ($($of:ident $add:ident;)*) => {$(
        impl ser::$of for ListWriter {
            type Ok = Tree;
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.1.push(value.serialize(Writer)?);
                Ok(())
            }

            fn end(self) -> Result<Tree> {
                Ok(variant(self.0, Tree::List(self.1)))
            }
        }
    )*};
}
lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

impl ser::SerializeMap for MapWriter {
    type Ok = Tree;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.2 = Some(match key.serialize(Writer)? {
            Tree::Str(text) => text,
            Tree::Int(n) => n.to_string(),
            Tree::UInt(n) => n.to_string(),
            Tree::Num(n) => n.to_string(),
            Tree::Bool(b) => if b { "1" } else { "" }.into(),
            _ => return Err(wrong("a key of a hash is a string")),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = self.2.take().unwrap_or_default();
        self.1.push((key, value.serialize(Writer)?));
        Ok(())
    }

    fn end(self) -> Result<Tree> {
        Ok(variant(self.0, Tree::Map(self.1)))
    }
}

macro_rules! structs {
    ($($of:ident)*) => {$(
        impl ser::$of for MapWriter {
            type Ok = Tree;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<()> {
                self.1.push((name.into(), value.serialize(Writer)?));
                Ok(())
            }

            fn end(self) -> Result<Tree> {
                Ok(variant(self.0, Tree::Map(self.1)))
            }
        }
    )*};
}
structs!(SerializeStruct SerializeStructVariant);
