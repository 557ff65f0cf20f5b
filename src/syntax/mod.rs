//! From text to trees: Perl's syntax, and the answers it needs from the running program.
//!
//! The one entry is `parse`: it reads a `Source` to its end, asks `Feedback` what depends on the
//! running program, and hands over what takes effect at once (`use`, `BEGIN`, subs) when it is read.
#![allow(missing_docs)]

pub mod ast;
pub mod dump;
pub mod fake;
pub mod feedback;
mod grammar;
mod parser;
mod precedence;
mod program;
mod scopes;

pub use program::{Failure, Mode, Options, Program};

use crate::source::Source;
use std::rc::Rc;

/// Parses `source`.
pub fn parse(
    source: &Rc<Source>,
    options: &Options,
    feedback: &mut dyn feedback::Feedback,
) -> Result<Program, Failure> {
    parser::parse_source(source, options, feedback)
}
