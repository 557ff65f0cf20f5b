//! Regular expressions: perl's pattern language, run by PCRE2 where it can and by an engine of our
//! own where it cannot.
//!
//! `parse` turns text into a tree (`ast`) by the grammar's tokens; `emit` writes the tree in
//! PCRE2's language for byte or UTF-8 subjects; `engine` runs that; `backtrack` runs the tree
//! itself. Nothing here knows a Perl value: subjects are bytes with a UTF-8 flag, and what needs
//! the program around it (code blocks, names, signals) is asked through hooks.

mod ast;
mod backtrack;
mod cache;
mod captures;
mod chars;
mod emit;
#[allow(unsafe_code)] // calls of PCRE2
mod engine;
mod error;
mod grammar;
mod hooks;
mod literal;
mod parse;
mod pattern;
mod regex;
mod split;
mod tail;
#[cfg(test)]
mod tests;
mod unicode;

pub use cache::PatternCache;
pub use captures::Captures;
pub use error::{Category, RegexError, Warning};
#[cfg(test)]
use hooks::NoExecHooks;
pub use hooks::{Abort, CodeValue, ExecHooks, MatchState};
#[cfg(test)]
use pattern::NoHooks;
pub use pattern::{Charset, CompileHooks, Flags, PatternSource};
pub use regex::{ExecError, ExecOpts, Regex};
pub use split::{Piece, Separator, split};
