//! Shapes of subs and builtins: prototypes.

pub mod builtin;

pub use builtin::{BUILTINS, Builtin};
