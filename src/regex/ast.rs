//! The parsed form of a pattern, which both engines are made from.

use super::chars::ranges::RangeSet;
use super::pattern::Charset;
use std::rc::Rc;

/// A part of a pattern.
#[derive(Clone, Debug)]
pub enum Node {
    /// Matches the empty string.
    Empty,
    /// Characters in a row.
    Literal(Literal),
    /// `.`; with `newline` under `/s`.
    Any {
        /// Whether it matches `\n` too.
        newline: bool,
    },
    /// One character of a set.
    Set(Rc<Class>),
    /// A zero-width test.
    Assert(Assert),
    /// `\R`
    LineBreak,
    /// `\X`
    Grapheme,
    /// One after another.
    Cat(Vec<Node>),
    /// One of several, in order.
    Alt(Vec<Node>),
    /// One of several, each counting its groups from the same number: `(?|..)`.
    Reset(Vec<Node>),
    /// A capture group, counted from 1; 0 for a group that does not capture.
    Group(u32, Box<Node>),
    /// `x*` and its kin; `max` is `None` for no limit.
    Repeat(Box<Repeat>),
    /// `(?=..) (?!..) (?<=..) (?<!..)`
    Look {
        /// Ahead or behind.
        ahead: bool,
        /// Whether the body must not match.
        negated: bool,
        /// The body.
        body: Box<Node>,
    },
    /// `(?>..)`
    Atomic(Box<Node>),
    /// A reference to what a group matched: the first set one of these.
    Backref {
        /// Candidates in order.
        groups: Vec<u32>,
        /// Under `/i`, whose rules.
        fold: Option<Charset>,
    },
    /// `(?1)`, `(?R)` is 0.
    Recurse(u32),
    /// `(?(condition)yes|no)`
    Cond(Box<Cond>),
    /// `(*VERB:arg)`
    Verb(Verb, Option<Rc<str>>),
    /// `(?{ })`, or `(??{ })` when postponed.
    Code {
        /// The owner's number.
        index: u32,
        /// Whether its result is a pattern.
        postponed: bool,
    },
    /// `(*script_run:..)`
    ScriptRun(Box<Node>),
}

/// Characters in a row, with the rules of folding under `/i`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Code points.
    pub chars: Vec<u32>,
    /// Under `/i`, whose rules.
    pub fold: Option<Charset>,
}

/// A quantified part.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// At least.
    pub min: u32,
    /// At most.
    pub max: Option<u32>,
    /// How eager.
    pub kind: RepeatKind,
    /// What is repeated.
    pub body: Node,
}

/// How a quantifier gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// As much as possible.
    Greedy,
    /// As little as possible.
    Lazy,
    /// As much as possible, without giving back.
    Possessive,
}

/// Zero-width tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assert {
    /// `\A`, and `^` without `/m`
    Start,
    /// `^` under `/m`
    LineStart,
    /// `\z`
    End,
    /// `\Z`, and `$` without `/m`
    EndOrNewline,
    /// `$` under `/m`
    LineEnd,
    /// `\G`
    Pos,
    /// `\K` (it is not a test, but as wide)
    Keep,
    /// `\b` and `\B`
    Word {
        /// `\B`
        negated: bool,
        /// Whose rules.
        charset: Charset,
    },
    /// `\b{gcb}` and its kin.
    Bound {
        /// `\B{..}`
        negated: bool,
        /// Which boundary.
        kind: BoundKind,
    },
}

/// The boundaries of Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// `gcb`, `g`
    Grapheme,
    /// `lb`
    Line,
    /// `sb`
    Sentence,
    /// `wb`
    Word,
}

/// A conditional group.
#[derive(Clone, Debug)]
pub struct Cond {
    /// What decides.
    pub test: CondTest,
    /// Taken if so.
    pub yes: Node,
    /// Taken if not.
    pub no: Node,
}

/// What a conditional group asks.
#[derive(Clone, Debug)]
pub enum CondTest {
    /// Any of these groups is set.
    Groups(Vec<u32>),
    /// In a recursion at all (`None`), or into one of these groups.
    Recursion(Option<Vec<u32>>),
    /// Never: `(?(DEFINE)..)`.
    Define,
    /// A lookaround node.
    Look(Node),
    /// A code block.
    Code(u32),
}

/// Backtracking control, perlre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `(*ACCEPT)`
    Accept,
    /// `(*COMMIT)`
    Commit,
    /// `(*FAIL)`, `(*F)`
    Fail,
    /// `(*MARK:..)`
    Mark,
    /// `(*PRUNE)`
    Prune,
    /// `(*SKIP)`
    Skip,
    /// `(*THEN)`
    Then,
}

/// A set of characters as it was written.
#[derive(Clone, Debug)]
pub struct Class {
    /// `[^...]`
    pub negated: bool,
    /// Its members.
    pub items: Vec<Item>,
    /// Under `/i`, whose rules.
    pub fold: Option<Charset>,
    /// Whose rules for named members.
    pub charset: Charset,
}

/// A member of a class.
#[derive(Clone, Debug)]
pub enum Item {
    /// From, to; both included.
    Range(u32, u32),
    /// `\w`, `[:alpha:]` and the like; negated.
    Named(Named, bool),
    /// `\p{...}`; negated.
    Property(Rc<Property>, bool),
    /// Ranges worked out already.
    Ranges(Rc<RangeSet>),
}

/// Sets whose extent depends on the character set rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Named {
    Word,
    Digit,
    Space,
    Horizontal,
    Vertical,
    Alpha,
    Alnum,
    Ascii,
    Blank,
    Cntrl,
    Graph,
    Lower,
    Print,
    Punct,
    Upper,
    XDigit,
}

/// A Unicode property.
#[derive(Debug)]
pub struct Property {
    /// The name PCRE2 knows it by, if it does.
    pub native: Option<String>,
    /// The same under `/i`, where that differs (`Lu` matches any cased letter).
    pub folded: Option<Rc<Property>>,
    /// The code points.
    pub ranges: Rc<RangeSet>,
}

/// A whole pattern.
#[derive(Debug)]
pub struct Pattern {
    /// The tree.
    pub node: Node,
    /// How many capture groups there are.
    pub groups: u32,
    /// The enclosing group of each group; index 0 is the whole match.
    pub parents: Vec<u32>,
    /// Names in order of first appearance, with their groups.
    pub names: Vec<(Rc<str>, Vec<u32>)>,
    /// The charset after the pattern's own demands (UTF-8 text, `\p{}` make `/d` into `/u`).
    pub charset: Charset,
    /// What it uses that decides about engines.
    pub uses: Uses,
    /// The code blocks: text between the braces, and number.
    pub codes: Vec<(Box<str>, u32)>,
}

/// Features that decide which engine can run a pattern.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uses {
    /// `(?{ })`
    pub code: bool,
    /// `(??{ })`
    pub postponed: bool,
    /// `\b{..}`
    pub bounds: bool,
    /// `\G`
    pub pos: bool,
    /// Verbs other than `(*FAIL)` and `(*ACCEPT)`
    pub verbs: bool,
    /// `(*ACCEPT)`
    pub accept: bool,
    /// `\K`
    pub keep: bool,
    /// Recursion
    pub recursion: bool,
    /// Backreferences
    pub backrefs: bool,
    /// A class or literal with a character above 0x10FFFF.
    pub wide: bool,
    /// Script runs
    pub script_run: bool,
    /// `(?p)`
    pub copies: bool,
    /// Properties that no sub defined yet.
    pub deferred: bool,
}
