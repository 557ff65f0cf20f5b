//! Expressions.

use super::{
    BlockId, ChainId, DeclId, ExprId, ExprList, InterpId, Name, PatternId, StrId, SubId, TransId,
};
use crate::signature::Builtin;
use crate::source::Span;

/// An expression with its place.
#[derive(Clone, Copy, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kind of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sigil {
    /// `$`
    Scalar,
    /// `@`
    Array,
    /// `%`
    Hash,
    /// `&`
    Code,
    /// `*`
    Glob,
}

/// What a variable name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VarRef {
    /// A `my`/`state` variable (also of an enclosing sub: then it is in the sub's `captures`).
    Lexical(DeclId),
    /// A package variable named through `our`; the name is qualified.
    Our(DeclId, Name),
    /// A package variable that needs no declaration under `strict vars`: qualified in the source,
    /// punctuation, `$a $b`, `ENV ARGV INC STDIN ..`. The name is qualified (`main::ENV`).
    Global(Name),
    /// An undeclared, unqualified name: an error under `strict vars` unless imported. The name is
    /// qualified with the current package.
    Loose(Name),
}

/// How a sub call was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallForm {
    /// `f(..)`, `f ..`, `f`, `$code->(..)`; prototypes have been applied.
    Plain,
    /// `&f(..)`, `&$code(..)`: prototypes do not apply.
    Amp,
    /// `&f;`, `&$code;`: the callee sees the caller's `@_`.
    AmpShare,
}

/// Who is called.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    /// A package sub, name qualified.
    Named(Name),
    /// A lexical sub (`my sub f`, `state sub f`).
    Lexical(DeclId),
    /// Any expression that gives a code reference (or a name).
    Expr(ExprId),
}

/// Which method is called.
#[derive(Clone, Copy, Debug)]
pub enum Method {
    /// `->name`, also `->Pkg::name`.
    Named(Name),
    /// `->SUPER::name`; only the name behind `SUPER::`, looked up above the package in `from`.
    Super { name: Name, from: Name },
    /// `->$name`, `->$code`.
    Dynamic(ExprId),
}

/// Operators of two operands that evaluate both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Concat,
    /// `x` on a string (list repetition is `ExprKind::Repeat`).
    Repeat,
    ShiftLeft,
    ShiftRight,
    /// `& | ^`: numeric or string by operand type (or only numeric under feature `bitwise`).
    BitAnd,
    BitOr,
    BitXor,
    /// `&. |. ^.`
    StrAnd,
    StrOr,
    StrXor,
    /// `& | ^` under feature `bitwise`: always numeric.
    NumAnd,
    NumOr,
    NumXor,
    NumEq,
    NumNe,
    NumLt,
    NumGt,
    NumLe,
    NumGe,
    NumCmp,
    StrEq,
    StrNe,
    StrLt,
    StrGt,
    StrLe,
    StrGe,
    StrCmp,
    /// `~~`
    SmartMatch,
    /// `xor`, `^^`
    Xor,
}

/// Operators that may leave out the right operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogOp {
    /// `&&`, `and`
    And,
    /// `||`, `or`
    Or,
    /// `//`
    DefinedOr,
}

/// Operators of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnOp {
    /// `!`, `not`
    Not,
    /// `-` (also string negation)
    Neg,
    /// unary `+`: no effect
    Plus,
    /// `~`
    BitNot,
    /// `~` under feature `bitwise`
    NumBitNot,
    /// `~.`
    StrBitNot,
    PreInc,
    PreDec,
    PostInc,
    PostDec,
}

/// Loop control words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoopWord {
    Next,
    Last,
    Redo,
}

/// The target of `next`, `goto` and their kin.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// No label: the innermost loop.
    None,
    /// A label.
    Named(Name),
    /// `goto &sub` / `next EXPR`: computed (a `Var` with sigil `Code` stands for `goto &name`).
    Expr(ExprId),
}

/// How `sort` compares.
#[derive(Clone, Copy, Debug)]
pub enum SortBy {
    /// As strings.
    Default,
    /// `sort { .. } list`
    Block(BlockId),
    /// `sort name list` / `sort $code list`: an expression giving code or a name.
    Sub(ExprId),
}

/// What an argument of `map`/`grep` is.
#[derive(Clone, Copy, Debug)]
pub enum Each {
    /// `map { .. } list`
    Block(BlockId),
    /// `map expr, list`
    Expr(ExprId),
}

/// Which part of a container a slice takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SliceKind {
    /// `@a[..]`
    Array,
    /// `@h{..}`
    Hash,
    /// `%a[..]`
    KeyArray,
    /// `%h{..}`
    KeyHash,
}

/// A `tr///`.
#[derive(Clone, Copy, Debug)]
pub struct Trans {
    /// The search list, escapes decoded; ranges are marked by `TRANS_RANGE` between their ends.
    pub from: StrId,
    /// The replacement list, likewise.
    pub to: StrId,
    /// Flags.
    pub flags: TransFlags,
}

/// The character that stands for a range's `-` in `Trans` lists (a literal `-` is itself). It is
/// outside Unicode as the strings are encoded: the byte 0xFF, which occurs in no UTF-8 text.
pub const TRANS_RANGE: u8 = 0xFF;

/// Flags of `tr///`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransFlags {
    /// `c`
    pub complement: bool,
    /// `d`
    pub delete: bool,
    /// `s`
    pub squeeze: bool,
    /// `r`
    pub copy: bool,
}

/// All expressions.
#[derive(Clone, Copy, Debug)]
pub enum ExprKind {
    // ---- constants and strings
    /// An integer literal.
    Int(i64),
    /// An integer literal above `i64::MAX`.
    UInt(u64),
    /// A floating literal.
    Num(f64),
    /// A constant string.
    Str(StrId),
    /// A version string: its characters, and as written.
    VString {
        value: StrId,
        text: StrId,
    },
    /// A string with variables in it.
    Interp(InterpId),
    /// A word used as a string: an error under `strict subs` unless context allows it.
    Bareword(Name),
    /// `Foo::Bar` used as class name (invocant of a method call, `Foo::`).
    ClassName(Name),
    /// `__FILE__` / `__LINE__` / `__PACKAGE__` are `Str`/`Int`; this is `__SUB__`.
    CurrentSub,
    /// An empty place: `undef` in `my (undef, $x)`, a missing handle.
    Nothing,

    // ---- variables
    /// `$x @x %x &x *x`. `&x` stands only under `\`, `defined`, `exists`, `undef`, `goto`.
    Var {
        sigil: Sigil,
        var: VarRef,
    },
    /// `my $x`, `our @x`, `state %x`.
    My(DeclId),
    /// `my ($x, undef, @y)`: `My`, refalias `Ref(My)` and `Nothing` items.
    MyList(ExprList),
    /// `local EXPR`.
    Local(ExprId),
    /// `$#a`, `$#{expr}`, `$x->$#*`; the operand is an array (`Var` or `Deref`).
    ArrayLen(ExprId),
    /// `$a[i]`, `$r->[i]`, `$$r[i]`: `array` is a `Var` or `Deref` with sigil `Array`.
    Index {
        array: ExprId,
        index: ExprId,
    },
    /// `$h{k}` and its forms: `hash` is a `Var` or `Deref` with sigil `Hash`.
    /// `$h{1,2}` has a `JoinKey` as key.
    Key {
        hash: ExprId,
        key: ExprId,
    },
    /// `$h{1,2}`: the list joined with `$;`.
    JoinKey(ExprList),
    /// `@a[..] @h{..} %a[..] %h{..}` and postfix forms; `from` as in `Index`/`Key`.
    Slice {
        kind: SliceKind,
        from: ExprId,
        keys: ExprList,
    },
    /// `(list)[..]`
    ListSlice {
        list: ExprList,
        keys: ExprList,
    },
    /// `@$x @{..} $x->@*` and all sigils; the operand gives a reference or a name. `${..}{..}` and
    /// `->` subscripts use it below `Index`/`Key`. A block operand is a `DoBlock`.
    Deref {
        sigil: Sigil,
        expr: ExprId,
    },

    // ---- calls
    /// A call of a user's sub. `&`-block arguments are `AnonSub`, `\@`-arguments are `Ref`,
    /// `$` arguments are wrapped in `ScalarCx`.
    Call {
        callee: Callee,
        args: ExprList,
        form: CallForm,
    },
    /// A method call; `maybe`: written without argument list.
    Method {
        invocant: ExprId,
        method: Method,
        args: ExprList,
    },
    /// A function of perlfunc, defaults (`$_`, `@_`/`@ARGV`) filled in. Filehandle arguments that
    /// are words are `Handle`.
    Builtin {
        func: Builtin,
        args: ExprList,
    },
    /// `print`, `printf`, `say`; `handle` is a `Handle`, an expression, or none (selected handle).
    /// Without arguments `$_` has been filled in.
    Print {
        func: Builtin,
        handle: Option<ExprId>,
        args: ExprList,
    },
    /// A filehandle named by a word (qualified: `main::STDIN`).
    Handle(Name),
    /// Forces scalar context on an argument (`$` in a prototype, `scalar(..)`).
    ScalarCx(ExprId),
    /// `sort`; `reverse` folded in is the compiler's business.
    Sort {
        by: SortBy,
        args: ExprList,
    },
    /// `map` (`grep` where `grep`).
    Map {
        grep: bool,
        each: Each,
        args: ExprList,
    },
    /// `-e $file`; stacked tests nest (`-r -w $f`: the operand is a `FileTest`).
    FileTest {
        test: u8,
        file: ExprId,
    },
    /// `<$fh>`, `<FH>`, `<STDIN>`; `handle` is a `Handle` or expression.
    ReadLine(ExprId),
    /// `<>` (and `<<>>` where `safe`).
    ReadArgv {
        safe: bool,
    },
    /// `<*.c>` or `glob(..)`.
    Glob(ExprId),
    /// `do FILE`
    DoFile(ExprId),
    /// `do BLOCK`
    DoBlock(BlockId),
    /// `eval BLOCK`
    EvalBlock(BlockId),
    /// `eval STRING`
    EvalStr(ExprId),
    /// `require EXPR` (or version number)
    Require(ExprId),
    /// `require Foo::Bar`: the file `Foo/Bar.pm`.
    RequireFile(StrId),
    /// `return LIST`
    Return(ExprList),
    /// `next last redo`
    Loop {
        word: LoopWord,
        label: Label,
    },
    /// `goto`
    Goto(Label),
    /// `dump`
    Dump(Label),

    // ---- matching
    /// `m//`, also a bare pattern operand of `=~` (`$x =~ $re`: a pattern of one piece).
    /// Without target: `$_`.
    Match {
        target: Option<ExprId>,
        pattern: PatternId,
        negate: bool,
    },
    /// `s///`; the replacement is an expression giving a string (`Interp`, or for `/e` a
    /// `DoBlock`, for `/ee` an `EvalStr` of it).
    Subst {
        target: Option<ExprId>,
        pattern: PatternId,
        with: ExprId,
        negate: bool,
    },
    /// `tr///`
    Trans {
        target: Option<ExprId>,
        trans: TransId,
        negate: bool,
    },
    /// `qr//`
    Qr(PatternId),

    // ---- operators
    Binary {
        op: BinOp,
        left: ExprId,
        right: ExprId,
    },
    /// `$a < $b <= $c`: operands and the operators between them.
    Chain {
        operands: ExprList,
        ops: ChainId,
    },
    /// `(list) x n`
    Repeat {
        list: ExprList,
        count: ExprId,
    },
    Unary {
        op: UnOp,
        expr: ExprId,
    },
    Logic {
        op: LogOp,
        left: ExprId,
        right: ExprId,
    },
    /// `c ? a : b`
    Cond {
        cond: ExprId,
        yes: ExprId,
        no: ExprId,
    },
    /// Assignment to a scalar place.
    Assign {
        to: ExprId,
        from: ExprId,
    },
    /// Assignment to a list, array, hash, slice, `my (..)`, `local (..)`.
    AssignList {
        to: ExprId,
        from: ExprId,
    },
    /// `+= .= x= ..`
    AssignOp {
        op: BinOp,
        to: ExprId,
        from: ExprId,
    },
    /// `&&= ||= //=`
    AssignLogic {
        op: LogOp,
        to: ExprId,
        from: ExprId,
    },
    /// `\$x = \$y`, `\my @a = ..`, `foreach \my %h`: the left side as written (`Ref`).
    AssignAlias {
        to: ExprId,
        from: ExprId,
    },
    /// `..` (`...` where `exclusive`): range or flip-flop by context.
    Range {
        left: ExprId,
        right: ExprId,
        three: bool,
        flip: u32,
    },
    /// `\ EXPR`; `\(@a)` has a `List` operand.
    Ref(ExprId),
    /// `$x isa Class`
    Isa {
        object: ExprId,
        class: ExprId,
    },
    /// A parenthesised list (also `()`), or a comma list.
    List(ExprList),
    /// `[..]`
    AnonArray(ExprList),
    /// `{..}`
    AnonHash(ExprList),
    /// `sub {..}`
    AnonSub(SubId),
}
