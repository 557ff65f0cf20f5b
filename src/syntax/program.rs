//! What is asked of a parse, and what it yields.

use super::ast::{Ast, StmtId};
use super::feedback::OuterLexical;
use crate::diag::SyntaxErrors;

/// What kind of text is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A script or module file.
    #[default]
    File,
    /// The text of an `eval STRING`.
    Eval,
    /// An input of the REPL: lexicals stay declared, nothing is missing at the end.
    Repl,
}

/// How to parse.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub mode: Mode,
    /// Current package at the start; empty: `main`.
    pub package: String,
    /// Lexicals visible around the text, outermost first.
    pub outer: Vec<OuterLexical>,
}

/// A parsed text.
#[derive(Debug)]
pub struct Program {
    pub ast: Ast,
    /// Statements of the file itself, in order (also those already handed over).
    pub stmts: Vec<StmtId>,
    /// Offset of the text behind `__END__`/`__DATA__`, and the package whose `DATA` it is
    /// (empty: that of the script, behind `__END__`).
    pub data: Option<(u32, String)>,
    /// Package at the end of the text, and lexicals then visible (for the REPL).
    pub package: String,
    pub visible: Vec<super::ast::DeclId>,
}

/// Why there is no tree.
#[derive(Debug)]
pub enum Failure {
    /// Errors in the text.
    Syntax(SyntaxErrors),
    /// `Feedback` said stop (a BEGIN died, or exit).
    Aborted,
}
