//! Statements and blocks.

use super::{BlockId, ExprId, ExprList, FormatId, Name, StmtId, StrId, SubId};
use crate::source::Span;
use crate::syntax::feedback::HintsId;

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
    /// Line of its first token, directives heeded.
    pub line: u32,
    /// Pragmas in force.
    pub hints: HintsId,
    /// Current package.
    pub package: Name,
    pub label: Option<Name>,
}

/// A block: statements in a scope.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub stmts: Box<[StmtId]>,
}

/// Statement modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modifier {
    If,
    Unless,
    While,
    Until,
    Foreach,
}

/// `use` or `no`.
#[derive(Clone, Debug)]
pub struct Use {
    /// `no`
    pub no: bool,
    /// None: `use VERSION`.
    pub module: Option<Name>,
    /// `use Module VERSION`, or the version of `use VERSION`: an `Int`, `Num` or `VString`.
    pub version: Option<ExprId>,
    /// None: no list (call `import` with defaults); an empty list `()`: do not call `import`.
    pub args: Option<ExprList>,
}

/// The loop variable of `foreach`.
#[derive(Clone, Debug)]
pub enum LoopVar {
    /// `$_`
    Topic,
    /// `for my $x`: a `My`; `for $x`, `for our $x`: a `Var` or `My`.
    Scalar(ExprId),
    /// `for my ($a, $b)`: `My`s.
    Several(ExprList),
    /// `for \my %h`, `for \$x`: the referent expression.
    Alias(ExprId),
}

/// All statements.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// `;`
    Empty,
    Expr(ExprId),
    /// `body if cond`. `post`: body is a `do BLOCK` with while/until, run before the first test.
    Modified {
        modifier: Modifier,
        body: ExprId,
        cond: ExprId,
        post: bool,
    },
    /// `if/unless (cond) {..} elsif (..) {..} else {..}`; `unless` negates the first condition.
    If {
        unless: bool,
        arms: Box<[(ExprId, BlockId)]>,
        otherwise: Option<BlockId>,
    },
    /// `while/until (cond) {..} continue {..}`; no condition: endless.
    While {
        until: bool,
        cond: Option<ExprId>,
        body: BlockId,
        cont: Option<BlockId>,
    },
    /// `for (init; cond; step) {..}`
    For {
        init: Option<ExprId>,
        cond: Option<ExprId>,
        step: Option<ExprId>,
        body: BlockId,
    },
    Foreach {
        var: LoopVar,
        list: ExprList,
        body: BlockId,
        cont: Option<BlockId>,
    },
    /// A bare block (a loop that runs once).
    Block {
        body: BlockId,
        cont: Option<BlockId>,
    },
    /// A named or lexical sub; installed when it was read. Also a forward declaration.
    Sub(SubId),
    /// `BEGIN` and kin; a `BEGIN` has been run.
    Phase(SubId),
    /// `package NAME;`
    Package {
        name: Name,
        version: Option<StrId>,
    },
    /// `package NAME {..}`
    PackageBlock {
        name: Name,
        version: Option<StrId>,
        body: BlockId,
    },
    /// Has been run.
    Use(Box<Use>),
    Given {
        topic: ExprId,
        body: BlockId,
    },
    When {
        cond: ExprId,
        body: BlockId,
    },
    Default(BlockId),
    /// `break`/`continue` of given/when are builtins.
    Try {
        body: BlockId,
        catch: Option<(ExprId, BlockId)>,
        finally: Option<BlockId>,
    },
    Defer(BlockId),
    Format(FormatId),
    /// `...`
    Yada,
}

/// `format NAME =`
#[derive(Clone, Debug)]
pub struct Format {
    /// Qualified.
    pub name: Name,
    pub lines: Box<[FormatLine]>,
    /// The sub it closes over (a format is compiled like a sub): lexicals it uses.
    pub sub: Option<SubId>,
    pub span: Span,
}

/// A picture line with its arguments (none: literal text).
#[derive(Clone, Debug)]
pub struct FormatLine {
    /// The picture, newline included.
    pub picture: super::StrId,
    /// Arguments in order.
    pub args: ExprList,
    /// Where the argument line stands.
    pub line: u32,
}
