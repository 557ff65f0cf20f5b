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

/// Words with a syntax of their own that are no functions: declarations, control flow, quotes, operators.
pub const KEYWORDS: &[&str] = &[
    "my",
    "our",
    "state",
    "local",
    "sub",
    "do",
    "eval",
    "return",
    "next",
    "last",
    "redo",
    "goto",
    "require",
    "use",
    "no",
    "package",
    "if",
    "unless",
    "elsif",
    "else",
    "while",
    "until",
    "for",
    "foreach",
    "continue",
    "and",
    "or",
    "not",
    "xor",
    "x",
    "eq",
    "ne",
    "lt",
    "gt",
    "le",
    "ge",
    "cmp",
    "isa",
    "q",
    "qq",
    "qw",
    "qr",
    "qx",
    "m",
    "s",
    "tr",
    "y",
    "map",
    "grep",
    "sort",
    "__FILE__",
    "__LINE__",
    "__PACKAGE__",
    "__SUB__",
    "__DATA__",
    "__END__",
    "BEGIN",
    "UNITCHECK",
    "CHECK",
    "INIT",
    "END",
    "try",
    "catch",
    "finally",
    "defer",
    "given",
    "when",
    "default",
];

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
