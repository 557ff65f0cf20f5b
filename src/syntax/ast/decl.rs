//! Declarations: lexicals, subs, signatures.

use super::{BlockId, DeclId, ExprId, Name, Sigil, SignatureId, StrId, SubId};
use crate::source::Span;
use crate::syntax::feedback::HintsId;

/// How a lexical was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclKind {
    /// `my`
    My,
    /// `state`
    State,
    /// `our`: an alias of a package variable, name qualified.
    Our(Name),
    /// A lexical of the scope around an `eval STRING` (or an earlier REPL input): the key the
    /// caller gave with it.
    Outer(u32),
}

/// A declared lexical.
#[derive(Clone, Debug)]
pub struct Decl {
    /// Its kind of variable; `Code` for lexical subs.
    pub sigil: Sigil,
    /// Name without sigil.
    pub name: Name,
    /// How it was declared.
    pub kind: DeclKind,
    /// Where.
    pub span: Span,
    /// The sub it belongs to; none: the file (or eval) itself.
    pub owner: Option<SubId>,
    /// Whether an inner sub uses it (final once the scope is closed).
    pub captured: bool,
    /// `my Foo $x`.
    pub class: Option<Name>,
    /// Attributes (`:shared`, `:Foo(bar)`).
    pub attrs: Box<[Attr]>,
}

/// An attribute: name and raw argument.
#[derive(Clone, Debug)]
pub struct Attr {
    pub name: Name,
    /// Text between the parentheses, where there are any.
    pub arg: Option<StrId>,
}

/// Kinds of sub bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubKind {
    /// `sub name {..}`, name qualified.
    Named,
    /// `my sub` / `state sub` / `our sub` (`our sub` also installs the package sub).
    Lexical,
    /// `sub {..}`, also `&`-prototype blocks.
    Anon,
    Begin,
    UnitCheck,
    Check,
    Init,
    End,
}

/// A sub, or a phase block.
#[derive(Clone, Debug)]
pub struct SubDef {
    pub kind: SubKind,
    /// Qualified name.
    pub name: Option<Name>,
    /// Declaration of a lexical sub.
    pub decl: Option<DeclId>,
    /// Whether it is the body of a lexical sub declared before.
    pub completes: Completes,
    /// Prototype text, blanks removed.
    pub proto: Option<StrId>,
    pub signature: Option<SignatureId>,
    pub attrs: Box<[Attr]>,
    /// None: a forward declaration.
    pub body: Option<BlockId>,
    /// The package it was compiled in.
    pub package: Name,
    /// Lexicals of enclosing subs (or the file) that it or its inner subs use, in order of use.
    pub captures: Vec<DeclId>,
    /// It, or a sub in it, contains `eval STRING`, `s///ee`, or run-time code in patterns.
    pub has_eval: bool,
    /// Whether it mentions `@_` (or `shift`/`pop` without argument, `&f;`, `goto &f`).
    pub uses_args: bool,
    pub span: Span,
    pub line: u32,
    /// Hints at the start of the body.
    pub hints: HintsId,
}

/// Whether `sub f {..}` is the body of `my sub f;` or `state sub f;`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completes {
    /// It is a sub of its own.
    #[default]
    No,
    /// It is, and stands in the body that declares it.
    Here,
    /// It is, and stands in a sub within that: it counts from the declaration on.
    Within,
}

/// A signature.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    pub params: Box<[Param]>,
    /// `@rest`, `%rest`, or a bare `@`/`%`.
    pub slurpy: Option<Slurpy>,
}

/// The rest of the arguments.
#[derive(Clone, Copy, Debug)]
pub struct Slurpy {
    pub sigil: Sigil,
    pub decl: Option<DeclId>,
}

/// A positional parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// None: a bare `$`.
    pub decl: Option<DeclId>,
    pub default: DefaultValue,
}

/// The default of a parameter.
#[derive(Clone, Copy, Debug)]
pub enum DefaultValue {
    /// The argument is required.
    Required,
    /// `$=`: optional, no value computed.
    Optional,
    /// `= expr`
    Missing(ExprId),
    /// `//= expr`
    Undefined(ExprId),
    /// `||= expr`
    False(ExprId),
}
