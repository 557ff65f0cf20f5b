//! Constants as the compiler sees them; `value` turns each into a value when a unit is loaded.
use std::rc::Rc;

/// One constant of a unit.
#[derive(Clone, Debug)]
pub enum Literal {
    /// `undef`
    Undef,
    /// A 64-bit signed integer.
    Int(i64),
    /// An unsigned integer above `i64::MAX`.
    UInt(u64),
    /// A double.
    Num(f64),
    /// A string: bytes, and whether they are (perl-extended) UTF-8.
    Str(Rc<[u8]>, bool),
    /// A version string: its characters, whether they are UTF-8, and how it was written.
    VStr(Rc<[u8]>, bool, Rc<str>),
    /// `!!1` or `!!0`
    Bool(bool),
}
