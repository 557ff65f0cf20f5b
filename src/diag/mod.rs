//! Diagnostics: pragma bits, messages in perl's words.

mod advice;
mod explain;
pub mod hints;
mod syntax_error;
mod texts;
pub mod warnings;

pub use explain::explain;
pub use syntax_error::{SyntaxError, SyntaxErrors};
pub use texts::Texts;
