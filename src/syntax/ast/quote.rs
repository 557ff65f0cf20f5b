//! Strings with variables in them, and patterns.

use super::{BlockId, ExprId, StrId};

/// An interpolated string: its pieces are concatenated.
#[derive(Clone, Debug, Default)]
pub struct Interp {
    /// The pieces.
    pub parts: Box<[Part]>,
}

/// A piece of an interpolated string.
#[derive(Clone, Debug)]
pub enum Part {
    /// Constant text, escapes decoded.
    Str(StrId),
    /// `$x` and any scalar expression.
    Scalar(ExprId),
    /// `@x` and any list expression, joined with `$"`.
    Join(ExprId),
    /// `\L..\E` and the like around pieces; `\u \l` cover what follows them.
    Case(CaseMod, Box<[Part]>),
}

/// What is done to the text of a `Part::Case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseMod {
    /// `\L`
    Lower,
    /// `\U`
    Upper,
    /// `\F`
    Fold,
    /// `\Q`
    Quote,
    /// `\l`
    LowerFirst,
    /// `\u`
    UpperFirst,
}

/// A regular expression as written.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The pieces; literal text is raw pattern text (escapes not decoded).
    pub parts: Box<[PatPart]>,
    /// Its flags.
    pub flags: PatFlags,
    /// `?..?` (match once, reset by `reset`).
    pub once: bool,
    /// An empty pattern means the last successful one (`m//`, `s//x/`), not in `split`.
    pub empty: bool,
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub enum PatPart {
    /// Raw pattern text.
    Lit(StrId),
    /// An interpolated scalar (maybe a compiled pattern).
    Scalar(ExprId),
    /// An interpolated list, joined with `$"`.
    Join(ExprId),
    /// `(?{ .. })`: the text of the whole group, and its code.
    Code {
        text: StrId,
        block: BlockId,
        kind: CodeKind,
    },
    /// `\Q..\E`, `\U..\E` around pieces.
    Case(CaseMod, Box<[PatPart]>),
}

/// Which code group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// `(?{ })`
    Run,
    /// `(??{ })`
    Pattern,
    /// `(?(?{ })yes|no)`
    Test,
}

/// Flags of `m s qr`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatFlags {
    /// The regexp's own flags.
    pub bits: u16,
    /// Number of `e` flags of `s///`.
    pub evals: u8,
    /// Number of `a` flags.
    pub ascii: u8,
}

impl PatFlags {
    pub const M: u16 = 1;
    pub const S: u16 = 2;
    pub const I: u16 = 4;
    pub const X: u16 = 8;
    pub const XX: u16 = 16;
    pub const N: u16 = 32;
    pub const P: u16 = 64;
    pub const O: u16 = 128;
    pub const G: u16 = 256;
    pub const C: u16 = 512;
    /// `r` of `s///r`
    pub const R: u16 = 1024;
    pub const U: u16 = 2048;
    pub const L: u16 = 4096;
    pub const D: u16 = 8192;

    /// Whether a flag is set.
    pub fn has(self, bit: u16) -> bool {
        self.bits & bit != 0
    }
}
