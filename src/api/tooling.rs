//! Hidden doors for tools that parse without running (measurements, tree dumps).

use crate::source::Source;
use crate::syntax::{self, Failure, Options, fake::FakeFeedback};

/// Parses a text as a stand-alone file: the number of its statements, or perl's error text.
#[doc(hidden)]
pub fn check_syntax(name: &str, text: Vec<u8>) -> Result<usize, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => Ok(program.stmts.len()),
        Err(Failure::Syntax(errors)) => Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => Err("aborted\n".to_owned()),
    }
}

/// The tree of a text as text, or perl's error text.
#[doc(hidden)]
pub fn dump_ast(name: &str, text: Vec<u8>) -> Result<String, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => Ok(syntax::dump::dump(&program)),
        Err(Failure::Syntax(errors)) => Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => Err("aborted\n".to_owned()),
    }
}
