//! What the compiler asks of the interpreter, and what it reports.
use crate::bytecode::{Hints, Literal};
use crate::syntax::ast::Sigil;
use crate::syntax::feedback::HintsId;
use std::rc::Rc;

/// An error or warning of the compiler.
#[derive(Clone, Debug)]
pub struct Report {
    /// None: an error. Else the warning's category.
    pub category: Option<&'static str>,
    /// Text in perl's words, without ` at FILE line N.`
    pub text: String,
    /// File, `# line` heeded.
    pub file: Rc<str>,
    /// Line.
    pub line: u32,
    /// Offset in the source, to sort reports by.
    pub offset: u32,
    /// Text to show after `, near`, where perl shows it; empty: the end of the text.
    pub near: Option<String>,
}

/// The running program as the compiler sees it.
pub trait Env {
    /// The pragmas of a snapshot, with the package filled in.
    fn hints(&mut self, id: HintsId, package: &str) -> Rc<Hints>;
    /// The value of a constant sub (name qualified), where calls may be replaced by it.
    fn constant(&mut self, name: &str) -> Option<Literal>;
    /// Whether a package variable was imported (so that `strict vars` lets it pass).
    fn imported(&mut self, sigil: Sigil, name: &str) -> bool;
    /// The full name of a defined sub that is no `:lvalue` one; none: there is no such sub (yet), or it is one.
    fn not_lvalue_sub(&mut self, name: &str) -> Option<String> {
        let _ = name;
        None
    }
    /// Whether warnings of a category are in force under these hints.
    fn warns(&mut self, hints: &Hints, category: &str) -> bool {
        let _ = (hints, category);
        false
    }
    /// Whether messages are to show the place they speak of: units then keep where operations stand.
    fn explains(&self) -> bool {
        false
    }
    /// Whether taint checks are on: units then say where their statements begin.
    fn tainting(&self) -> bool {
        false
    }
    /// Whether the run is to end at once: what is compiled then may be left unfinished.
    fn is_stopped(&self) -> bool {
        false
    }
    /// An error or a warning.
    fn report(&mut self, report: Report);
}
