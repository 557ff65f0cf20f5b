//! The instructions of the engine and the program they make up.

use super::super::ast::{Assert, Pattern, Verb};
use super::super::chars::byteset::ByteSet;
use super::super::chars::ranges::RangeSet;
use std::rc::Rc;

/// Where an instruction continues.
pub type Pc = u32;

/// Matches one character.
#[derive(Clone, Debug)]
pub enum One {
    /// Any character.
    Any,
    /// Any but newline.
    NotNewline,
    /// This one.
    Char(u32),
    /// One of a set.
    Set(Rc<CharSet>),
}

/// A set made quick for small characters.
#[derive(Debug)]
pub struct CharSet {
    low: ByteSet,
    all: RangeSet,
}

impl CharSet {
    /// From ranges.
    pub fn new(all: RangeSet) -> CharSet {
        let mut low = ByteSet::default();
        for &(lo, hi) in all.ranges() {
            low.insert_range(lo, hi);
        }
        CharSet { low, all }
    }

    /// Whether it holds `c`.
    #[inline]
    pub fn contains(&self, c: u32) -> bool {
        if c <= 0xFF {
            self.low.contains(c as u8)
        } else {
            self.all.contains(c)
        }
    }
}

impl One {
    /// Whether it matches `c`.
    #[inline]
    pub fn matches(&self, c: u32) -> bool {
        match self {
            One::Any => true,
            One::NotNewline => c != 10,
            One::Char(own) => *own == c,
            One::Set(set) => set.contains(c),
        }
    }
}

/// How a repeated single character gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giving {
    /// Longest first.
    Greedy,
    /// Shortest first.
    Lazy,
    /// Longest only.
    Never,
}

/// An instruction.
#[derive(Clone, Debug)]
pub enum Inst {
    /// These bytes.
    Text(Box<[u8]>),
    /// One character.
    One(One),
    /// One character several times.
    Many {
        /// Which.
        one: One,
        /// At least.
        min: u32,
        /// At most.
        max: u32,
        /// How it gives back.
        giving: Giving,
    },
    /// A test, `\b{..}` excluded.
    Assert(Assert),
    /// A word test against a set.
    Word {
        /// `\B`
        negated: bool,
        /// What counts as a word character.
        set: Rc<CharSet>,
    },
    /// `\R`
    LineBreak,
    /// `\X`
    Grapheme,
    /// A group begins.
    Open(u32),
    /// A group ends.
    Close(u32),
    /// Go on at the first; the second is a choice left.
    Split(Pc, Pc),
    /// The same for the branches of an alternation, which `(*THEN)` goes to.
    Branch(Pc, Pc),
    /// Go on there.
    Jump(Pc),
    /// A counted loop begins: its number.
    LoopStart(u32),
    /// The head of a counted loop; its exit is the next instruction.
    Loop {
        /// Its number.
        id: u32,
        /// At least.
        min: u32,
        /// At most.
        max: u32,
        /// Lazy.
        lazy: bool,
        /// Where the body begins.
        body: Pc,
    },
    /// A further round of a lazy loop.
    LoopEnter(u32, Pc),
    /// A lookahead or atomic group begins; a negated lookahead goes on at `out` if its body fails.
    Guard {
        /// Where a negated look goes on.
        out: Option<Pc>,
    },
    /// It ends: what it chose stands. `back` returns to where it began.
    Pass {
        /// Look: return to the beginning.
        back: bool,
        /// Negated: having come here is failure.
        negated: bool,
    },
    /// Lookbehind: the body must end where the look began; tried from the nearest start.
    Behind {
        /// Shortest body.
        least: u32,
        /// Longest body.
        most: u32,
    },
    /// The end of a lookbehind's body.
    BehindEnd,
    /// What a group matched, again.
    Backref {
        /// Candidates.
        groups: Box<[u32]>,
        /// Folding, and whether ASCII stays apart, and whether by Unicode.
        fold: Option<(bool, bool)>,
    },
    /// Call a group.
    Recurse(u32),
    /// Go on if any is set, else there.
    IfGroup(Box<[u32]>, Pc),
    /// Go on in a recursion (into one of these), else there.
    IfRecursion(Option<Box<[u32]>>, Pc),
    /// Go on if the code says so, else there.
    IfCode(u32, Pc),
    /// A verb.
    Verb(Verb, Option<Rc<str>>),
    /// `(?{ })`
    Code(u32),
    /// `(??{ })`
    Postponed(u32),
    /// Failure.
    Fail,
    /// The end of the pattern.
    Match,
}

/// A lowered pattern.
#[derive(Debug)]
pub struct Program {
    /// Instructions; it begins at 0.
    pub code: Vec<Inst>,
    /// Where each group begins; index 0 is the whole.
    pub group_start: Vec<Pc>,
    /// Groups.
    pub groups: u32,
    /// Loops.
    pub loops: u32,
    /// Bytes a match can begin with, if that is known.
    pub first: Option<ByteSet>,
    /// Text every match holds.
    pub must: Option<Box<[u8]>>,
    /// It mentions `\G` only at its start or nowhere; matches need not be sought elsewhere.
    pub anchored: bool,
    /// Failure at a place does not depend on how it was reached.
    pub forgetful: bool,
}

impl Program {
    /// Lowers a pattern for this kind of subject.
    pub fn new(pattern: &Pattern, utf8: bool) -> Program {
        super::lower::lower(pattern, utf8)
    }

    /// Whether failed places can be remembered, which makes matching linear.
    pub fn can_remember(&self) -> bool {
        self.forgetful
    }

    /// The place of a group's remembered start among the slots.
    pub fn open_slot(&self, group: u32) -> usize {
        2 * (self.groups as usize + 1) + group as usize
    }

    /// The place of a loop's count; its last position is next.
    pub fn loop_slot(&self, id: u32) -> usize {
        3 * (self.groups as usize + 1) + 2 * id as usize
    }

    /// The place of `$+`; `$^N` is next.
    pub fn last_slot(&self) -> usize {
        3 * (self.groups as usize + 1) + 2 * self.loops as usize
    }

    /// How many slots a run needs.
    pub fn slots(&self) -> usize {
        self.last_slot() + 2
    }
}
