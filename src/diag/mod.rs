//! Diagnostics: pragma bits, messages in perl's words.

pub mod hints;
mod syntax_error;
pub mod warnings;

pub use syntax_error::{SyntaxError, SyntaxErrors};
