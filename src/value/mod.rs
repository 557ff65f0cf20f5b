//! Perl's values: scalars, arrays, hashes, subs, globs, packages and references to them.
//!
//! Nothing here runs Perl code. Containers hand out values, never Rust references, so that
//! whatever runs between two of their operations finds them whole.
//!
//! | file | holds |
//! |---|---|
//! | `rc` | the counted pointer and the flags of a body |
//! | `destroy` | the last owner going: DESTROY queue, iterative freeing |
//! | `living` | what is alive, for the end of an interpreter: circles |
//! | `side` | blessing, weak boxes, `pos`, tie objects |
//! | `val` | the 16-byte value |
//! | `reference` | references of any kind, weak ones |
//! | `scalar array hash` | the containers; `hash::hashing` the hash function, `hash::restricted` Hash::Util's |
//! | `code glob bodies` | subs, globs, and the small bodies |
//! | `stash mro symbols` | packages, inheritance, all names |
//! | `magic iter proto` | magic tags, foreach iterators, loaded units |
//! | `convert` | strings, numbers, truth, order |
#![allow(missing_docs)]

pub mod array;
pub mod bodies;
pub mod code;
pub mod convert;
pub mod destroy;
pub mod glob;
pub mod hash;
pub mod iter;
pub mod living;
pub mod magic;
pub mod mro;
pub mod proto;
pub mod rc;
pub mod reference;
mod scalar;
pub mod side;
pub mod stash;
pub mod symbols;
pub mod val;

pub use array::Array;
pub use bodies::{Dual, Format, Io, Native, Regexp};
pub use code::Code;
pub use glob::Glob;
pub use hash::{Hash, Key};
pub use iter::{Iter, Steps};
pub use magic::{Magic, MagicBody};
pub use proto::Proto;
pub use rc::Rc;
pub use reference::{Ref, WeakBox};
pub use scalar::Scalar;
pub use side::HasSide;
pub use stash::Stash;
pub use symbols::Symbols;
pub use val::Val;
