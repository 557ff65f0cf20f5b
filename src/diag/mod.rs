//! Diagnostics: pragma bits, messages in perl's words.

pub mod hints;
pub mod warnings;
mod syntax_error;

pub use syntax_error::{SyntaxError, SyntaxErrors};
