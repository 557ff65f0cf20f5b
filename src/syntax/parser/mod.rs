//! The driver: recursion, precedence, expectation and everything else that needs memory.
//!
//! What can be recognised from the text alone is asked of the grammar (`syntax::grammar`).

mod assign;
mod block;
mod builtin;
mod call;
mod declare;
mod driver;
mod error;
mod expr;
mod format;
mod handle;
mod heredoc;
mod indirect;
mod interpolate;
mod list_ops;
mod literal;
mod loops;
mod operator_missing;
mod package;
mod pattern;
mod postfix;
mod quote;
mod statement;
mod statement_line;
mod sub;
mod term;
mod trans;
mod trivia;
mod variable;
mod warn;
mod word;

pub(super) use driver::parse_source;
