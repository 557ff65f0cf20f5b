//! What the parser asks the running program, and tells it.
//!
//! Perl's syntax depends on what has been executed: imported subs and their prototypes, pragmas.
//! The interpreter implements `Feedback`; `FakeFeedback` answers for tools that do not run code.

use crate::syntax::ast::{Ast, DeclId, ExprId, FormatId, Name, Sigil, StmtId, StrId, SubId, Text};
use std::rc::Rc;

/// A snapshot of all pragmas, kept by who implements `Feedback` (equal ids: equal pragmas).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HintsId(pub u32);

/// What the parser itself needs to know of the pragmas in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HintsNow {
    /// The snapshot to store in statements.
    pub id: HintsId,
    /// `$^H` (see `diag::hints`).
    pub bits: u32,
    /// Enabled features (see `diag::hints::feature`).
    pub features: u32,
}

/// A sub the parser may call without parentheses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubShape {
    /// Its prototype, where it has one.
    pub prototype: Option<Rc<str>>,
}

/// A lexical of the scope around an `eval STRING`.
#[derive(Clone, Debug)]
pub struct OuterLexical {
    pub sigil: Sigil,
    pub name: Rc<str>,
    /// `our` variables: the qualified name they stand for.
    pub our: Option<Rc<str>>,
    /// `state`/`my` sub with prototype, for `Code`.
    pub prototype: Option<Rc<str>>,
    /// Whatever identifies it to the caller; comes back as `DeclKind::Outer(key)`.
    pub key: u32,
}

/// What has just been read to its end.
#[derive(Clone, Copy, Debug)]
pub enum Finished {
    /// A `use` or `no` statement: run it now.
    Use(StmtId),
    /// A phase block: run `BEGIN` now, queue the others.
    Phase(SubId),
    /// A named sub, lexical sub or forward declaration: install it now.
    Sub(SubId),
    /// A format: install it.
    Format(FormatId),
    /// `package NAME;` or the head of `package NAME {`: the package exists now, and has its `$VERSION`.
    Package(Name, Option<StrId>),
}

/// The parser's state at the moment something is finished.
pub struct View<'a> {
    pub ast: &'a Ast,
    /// Visible lexicals, outermost first; a later one hides an earlier one of the same name.
    pub visible: &'a [DeclId],
    /// Current package.
    pub package: &'a str,
    /// Line of the token just read.
    pub line: u32,
}

/// The program died while the parser waited (the reason is kept by who implements `Feedback`).
#[derive(Clone, Copy, Debug)]
pub struct Abort;

/// Answers and notifications, in the order of the text.
pub trait Feedback {
    /// A defined or declared sub (name qualified).
    fn sub_shape(&mut self, name: &str) -> Option<SubShape>;
    /// The name a sub was defined under, elsewhere perhaps (name qualified).
    fn sub_name(&mut self, name: &str) -> Option<String> {
        let _ = name;
        None
    }
    /// Whether the package exists.
    fn is_package(&mut self, name: &str) -> bool;
    /// Whether the glob has a handle (name qualified).
    fn is_filehandle(&mut self, name: &str) -> bool;
    /// Whether a sub imported from another package overrides the builtin `name` in `package` (or
    /// `CORE::GLOBAL` does): the qualified name to call.
    fn override_of(&mut self, package: &str, name: &str) -> Option<Rc<str>> {
        let _ = (package, name);
        None
    }
    /// Whether any builtin may be overridden at all (saves `override_of` questions).
    fn any_overrides(&mut self) -> bool {
        false
    }
    /// Whether the run is to end at once (an interrupt, a limit): asked now and then in long texts.
    fn is_stopped(&self) -> bool {
        false
    }
    /// Pragmas in force.
    fn hints(&mut self) -> HintsNow;
    /// A block begins: remember the pragmas.
    fn enter_scope(&mut self);
    /// A block ends: restore them.
    fn leave_scope(&mut self);
    /// Something was completed that takes effect at once.
    fn finished(&mut self, what: Finished, view: &View<'_>) -> Result<(), Abort>;
    /// A statement of the file itself is complete (after `finished`, where both apply).
    fn statement(&mut self, stmt: StmtId, view: &View<'_>) -> Result<(), Abort> {
        let _ = (stmt, view);
        Ok(())
    }
    /// The text a constant sub gives (name qualified).
    fn constant_text(&mut self, name: &str) -> Option<String> {
        let _ = name;
        None
    }
    /// A package variable was declared (name qualified): its symbol exists from now on.
    fn mentioned(&mut self, name: &str) {
        let _ = name;
    }
    /// Whether what runs while the text is being read may take lines of the text itself.
    fn lends_text(&self) -> bool {
        false
    }
    /// Something is about to run: the text from `from` on may be read by it.
    fn lend(&mut self, from: usize) {
        let _ = from;
    }
    /// It has run: where the text goes on, if it has taken some.
    fn take_back(&mut self) -> Option<usize> {
        None
    }
    /// The text has the name of a package variable, sub or handle (name qualified) at `offset`.
    fn mention(&mut self, name: &str, sigil: Sigil, offset: usize) {
        let _ = (name, sigil, offset);
    }
    /// A function is given a bareword as handle (name qualified): the glob has one from now on.
    fn names_handle(&mut self, name: &str) {
        let _ = name;
    }
    /// A variable of a pragma is named, whose module may be native as far as its import goes.
    fn looks_into(&mut self, package: &str) {
        let _ = package;
    }
    /// A constant of a kind that a module has taken over (`$^H` says so): the name of the variable that holds what the
    /// module makes of it.
    fn constant(
        &mut self,
        kind: &str,
        written: &Text,
        value: ExprId,
        mode: &str,
        view: &View<'_>,
    ) -> Result<Option<String>, Abort> {
        let _ = (kind, written, value, mode, view);
        Ok(None)
    }
    /// The characters of a name where a module gives names of its own (`$^H{charnames}`); none: nobody does.
    fn char_name(&mut self, name: &str) -> Result<Option<Text>, Abort> {
        let _ = name;
        Ok(None)
    }
    /// A whole warning, place included, that is on unless it was switched off.
    fn warn_unless_off(&mut self, _category: &str, _text: &str) {}

    /// A warning of the parser in category `category`, text without `at FILE line N.`
    fn warn(&mut self, category: &str, text: &str, line: u32, view: &View<'_>) {
        let _ = (category, text, line, view);
    }
}
