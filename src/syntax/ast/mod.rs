//! The tree a parse yields: nodes in arenas, named by small ids, with spans into their `Source`.
//!
//! Everything is already decided here that Perl decides while it reads: variables are resolved to
//! declarations, prototypes applied, `$_` defaults filled in, blocks told from hashes. What stays
//! open is what depends on context (list or scalar, flip-flop or range): that is the compiler's.

mod arena;
pub mod decl;
pub mod expr;
pub mod quote;
pub mod stmt;

pub use arena::*;
pub use decl::*;
pub use expr::*;
pub use quote::*;
pub use stmt::*;
