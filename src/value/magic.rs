//! Values that code stands behind. Here are only the tags; `vm::magic` knows what they do.

use super::rc::{Body, Header, Kind, Rc};
use super::{Array, Hash, Key, Scalar, Val};
use std::cell::Cell;

/// What stands behind a magic value.
pub enum Magic {
    /// A special variable of the interpreter's table, with a number for the ones that share a
    /// row (`$1`).
    Special(u32, u32),
    /// A tied scalar: the object.
    Tied(Val),
    /// Element of a tied or hooked array.
    ArrayElem(Rc<Array>, i64),
    /// Element of a tied or hooked hash.
    HashElem(Rc<Hash>, Key),
    /// An array element that is made when it is assigned to.
    DeferArray(Rc<Array>, i64),
    /// A hash element that is made when it is assigned to.
    DeferHash(Rc<Hash>, Key),
    /// `substr($x, off, len)` as an lvalue: offset and length as given, in characters.
    Substr(Rc<Scalar>, Cell<i64>, Cell<Option<i64>>),
    /// `vec($x, offset, bits)` as an lvalue.
    Vec(Rc<Scalar>, u64, u32),
    /// `pos($x)`
    Pos(Rc<Scalar>),
    /// `$#{$a}` as an lvalue.
    LastIndex(Rc<Array>),
    /// `keys %h` as an lvalue.
    Keys(Rc<Hash>),
}

/// The body of a magic value.
#[repr(C)]
pub struct MagicBody {
    header: Header,
    /// What it is.
    pub kind: Magic,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for MagicBody {
    const KIND: Kind = Kind::Magic;
}

impl MagicBody {
    /// A magic value.
    pub fn new(kind: Magic) -> Rc<MagicBody> {
        Rc::new(MagicBody {
            header: Header::new(),
            kind,
        })
    }

    /// A scalar that holds a magic value.
    pub fn scalar(kind: Magic) -> Rc<Scalar> {
        Scalar::new(Val::Magic(MagicBody::new(kind)))
    }

    /// What `reftype` says of a reference to it.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Magic::Substr(..) | Magic::Vec(..) | Magic::Pos(_) | Magic::Keys(_) => "LVALUE",
            _ => "SCALAR",
        }
    }
}
