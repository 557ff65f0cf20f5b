//! Diagnostics: pragma bits, messages in perl's words.

mod advice;
mod explain;
pub mod hints;
mod layout;
mod syntax_error;
mod texts;
pub mod warnings;

pub use explain::{explain, show};
pub use syntax_error::{SyntaxError, SyntaxErrors};
pub use texts::{Place, Texts};
