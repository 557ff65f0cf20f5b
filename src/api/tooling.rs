//! Hidden doors for tools that parse without running (measurements, tree dumps).

use crate::source::Source;
use crate::syntax::{self, Failure, Options, fake::FakeFeedback};

/// Parses a text as a stand-alone file: the number of its statements, or perl's error text.
pub fn check_syntax(name: &str, text: Vec<u8>) -> Result<usize, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    outcome(syntax::parse(&source, &Options::default(), &mut feedback)).map(|p| p.stmts.len())
}

/// The tree of a text as text, or perl's error text.
pub fn dump_ast(name: &str, text: Vec<u8>) -> Result<String, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    outcome(syntax::parse(&source, &Options::default(), &mut feedback))
        .map(|program| syntax::dump::dump(&program))
}

fn outcome(result: Result<syntax::Program, Failure>) -> Result<syntax::Program, String> {
    result.map_err(|failure| match failure {
        Failure::Syntax(errors) => errors.errors.into_iter().map(|e| e.text).collect(),
        Failure::Aborted => "aborted\n".to_owned(),
    })
}
