//! Shapes of subs and builtins: prototypes.

pub mod builtin;
pub mod prototype;

pub use builtin::{BUILTINS, Builtin};
