//! From the tree to instructions.

use super::super::ast::{
    Assert, Cond, CondTest, Literal, Named, Node, Pattern, Repeat, RepeatKind,
};
use super::super::chars::byteset::ByteSet;
use super::super::chars::ranges::RangeSet;
use super::super::chars::sets::{class_ranges, fold_set, named_is_unicode};
use super::super::chars::subject::encode;
use super::super::parse::widths;
use super::super::pattern::Charset;
use super::super::unicode::multi::multi_fold;
use super::super::unicode::{named_ranges, unicode_rules};
use super::program::{CharSet, Giving, Inst, One, Pc, Program};
use std::rc::Rc;

struct Lower {
    code: Vec<Inst>,
    group_start: Vec<Pc>,
    loops: u32,
    utf8: bool,
    forgetful: bool,
}

/// Lowers `pattern` for this kind of subject.
pub fn lower(pattern: &Pattern, utf8: bool) -> Program {
    let mut lower = Lower {
        code: Vec::new(),
        group_start: vec![0; pattern.groups as usize + 1],
        loops: 0,
        utf8,
        forgetful: true,
    };
    lower.node(&pattern.node);
    lower.emit(Inst::Match);
    let mut first = ByteSet::default();
    let known = first_bytes(&pattern.node, utf8, &mut first) == First::Consumes;
    Program {
        code: lower.code,
        group_start: lower.group_start,
        groups: pattern.groups,
        loops: lower.loops,
        first: known.then_some(first),
        // (*ACCEPT) may end a match before it.
        must: if pattern.uses.accept {
            None
        } else {
            must_have(&pattern.node, utf8)
        },
        anchored: begins_at_start(&pattern.node),
        forgetful: lower.forgetful,
    }
}

impl Lower {
    fn emit(&mut self, inst: Inst) -> Pc {
        self.code.push(inst);
        (self.code.len() - 1) as Pc
    }

    fn here(&self) -> Pc {
        self.code.len() as Pc
    }

    fn node(&mut self, node: &Node) {
        crate::source::depth::deeper(128 * 1024, 1024 * 1024, || self.node_here(node));
    }

    fn node_here(&mut self, node: &Node) {
        match node {
            Node::Empty => {}
            Node::Literal(literal) => self.literal(literal),
            Node::Any { .. } | Node::Set(_) => {
                if let Some(one) = self.one(node) {
                    self.emit(Inst::One(one));
                }
            }
            Node::Assert(Assert::Word { negated, charset }) => {
                let unicode = named_is_unicode(*charset, self.utf8);
                let set = named_ranges(Named::Word, unicode).as_ref().clone();
                let set = Rc::new(CharSet::new(set));
                self.emit(Inst::Word {
                    negated: *negated,
                    set,
                });
            }
            Node::Assert(assert) => {
                self.emit(Inst::Assert(*assert));
            }
            Node::LineBreak => {
                self.emit(Inst::LineBreak);
            }
            Node::Grapheme => {
                self.emit(Inst::Grapheme);
            }
            Node::Cat(nodes) => nodes.iter().for_each(|n| self.node(n)),
            Node::Alt(nodes) | Node::Reset(nodes) => self.branches(nodes),
            Node::Group(0, body) | Node::ScriptRun(body) => self.node(body),
            Node::Group(n, body) => {
                let at = self.emit(Inst::Open(*n));
                if let Some(slot) = self.group_start.get_mut(*n as usize)
                    && *slot == 0
                {
                    *slot = at;
                }
                self.node(body);
                self.emit(Inst::Close(*n));
            }
            Node::Repeat(repeat) => self.repeat(repeat),
            Node::Look {
                ahead,
                negated,
                body,
            } => self.look(*ahead, *negated, body),
            Node::Atomic(body) => self.atomic(|l| l.node(body)),
            Node::Backref { groups, fold } => {
                self.forgetful = false;
                let fold = fold.map(|charset| {
                    (
                        charset == Charset::AsciiStrict,
                        unicode_rules(charset, self.utf8),
                    )
                });
                self.emit(Inst::Backref {
                    groups: groups.clone().into(),
                    fold,
                });
            }
            Node::Recurse(n) => {
                self.forgetful = false;
                self.emit(Inst::Recurse(*n));
            }
            Node::Cond(cond) => self.cond(cond),
            Node::Verb(verb, arg) => {
                self.forgetful = false;
                self.emit(Inst::Verb(*verb, arg.clone()));
            }
            Node::Code { index, postponed } => {
                self.forgetful = false;
                let inst = if *postponed {
                    Inst::Postponed(*index)
                } else {
                    Inst::Code(*index)
                };
                self.emit(inst);
            }
        }
    }

    /// What matches a single character, if the node does nothing else.
    fn one(&self, node: &Node) -> Option<One> {
        Some(match node {
            Node::Any { newline: true } => One::Any,
            Node::Any { newline: false } => One::NotNewline,
            Node::Set(class) => One::Set(Rc::new(CharSet::new(class_ranges(class, self.utf8)))),
            Node::Literal(literal) => match (&literal.chars[..], literal.fold) {
                ([c], None) => One::Char(*c),
                ([c], Some(charset)) => {
                    let limit = if self.utf8 { u32::MAX } else { 0xFF };
                    let strict = charset == Charset::AsciiStrict;
                    let unicode = unicode_rules(charset, self.utf8);
                    if unicode && multi_fold(&[*c], strict, limit).is_some() {
                        return None;
                    }
                    self.folded(*c, charset)
                }
                _ => return None,
            },
            Node::Group(0, body) => return self.one(body),
            _ => return None,
        })
    }

    fn folded(&self, c: u32, charset: Charset) -> One {
        let set = fold_set(&RangeSet::new(vec![(c, c)]), charset, self.utf8);
        match set.ranges() {
            [(lo, hi)] if lo == hi => One::Char(*lo),
            _ => One::Set(Rc::new(CharSet::new(set))),
        }
    }

    fn literal(&mut self, literal: &Literal) {
        let Some(charset) = literal.fold else {
            return self.text(&literal.chars);
        };
        let limit = if self.utf8 { u32::MAX } else { 0xFF };
        let strict = charset == Charset::AsciiStrict;
        let unicode = unicode_rules(charset, self.utf8);
        let mut at = 0;
        while let Some(&c) = literal.chars.get(at) {
            if unicode && let Some(multi) = multi_fold(&literal.chars[at..], strict, limit) {
                let split = self.emit(Inst::Fail);
                for c in multi.sequence {
                    let one = self.folded(*c, charset);
                    self.emit(Inst::One(one));
                }
                let jump = self.emit(Inst::Fail);
                let second = self.here();
                let singles = multi.singles.iter().map(|c| (*c, *c)).collect();
                let set = fold_set(&RangeSet::new(singles), charset, self.utf8);
                self.emit(Inst::One(One::Set(Rc::new(CharSet::new(set)))));
                self.set(split, Inst::Split(split + 1, second));
                let end = self.here();
                self.set(jump, Inst::Jump(end));
                at += multi.taken;
                continue;
            }
            let one = self.folded(c, charset);
            self.emit(Inst::One(one));
            at += 1;
        }
    }

    fn text(&mut self, chars: &[u32]) {
        let mut bytes = Vec::with_capacity(chars.len());
        for &c in chars {
            if self.utf8 {
                encode(c, &mut bytes);
            } else if let Ok(byte) = u8::try_from(c) {
                bytes.push(byte);
            } else {
                self.emit(Inst::Fail);
                return;
            }
        }
        self.emit(Inst::Text(bytes.into()));
    }

    fn set(&mut self, at: Pc, inst: Inst) {
        if let Some(slot) = self.code.get_mut(at as usize) {
            *slot = inst;
        }
    }

    fn branches(&mut self, nodes: &[Node]) {
        let Some((last, before)) = nodes.split_last() else {
            self.emit(Inst::Fail);
            return;
        };
        let mut jumps = Vec::new();
        for node in before {
            let split = self.emit(Inst::Fail);
            self.node(node);
            jumps.push(self.emit(Inst::Fail));
            let next = self.here();
            self.set(split, Inst::Branch(split + 1, next));
        }
        self.node(last);
        let end = self.here();
        jumps
            .into_iter()
            .for_each(|at| self.set(at, Inst::Jump(end)));
    }

    fn atomic(&mut self, body: impl FnOnce(&mut Self)) {
        self.forgetful = false;
        self.emit(Inst::Guard { out: None });
        body(self);
        self.emit(Inst::Pass {
            back: false,
            negated: false,
        });
    }

    fn look(&mut self, ahead: bool, negated: bool, body: &Node) {
        self.forgetful = false;
        let guard = self.emit(Inst::Guard { out: None });
        if ahead {
            self.node(body);
        } else {
            self.behind(body);
            self.node(body);
            self.emit(Inst::BehindEnd);
        }
        self.emit(Inst::Pass {
            back: true,
            negated,
        });
        if negated {
            let out = self.here();
            self.set(guard, Inst::Guard { out: Some(out) });
        }
    }

    fn behind(&mut self, body: &Node) {
        let (least, most) = widths(body);
        let most = most.unwrap_or(255);
        // Under /i one character may stand for three, and three for one.
        let (least, most) = if folds(body) {
            (least / 3, most * 3)
        } else {
            (least, most)
        };
        self.emit(Inst::Behind { least, most });
    }

    fn repeat(&mut self, repeat: &Repeat) {
        let max = repeat.max.unwrap_or(u32::MAX);
        if max == 0 {
            return self.skip_groups(&repeat.body);
        }
        if let Some(one) = self.one(&repeat.body) {
            let giving = match repeat.kind {
                RepeatKind::Greedy => Giving::Greedy,
                RepeatKind::Lazy => Giving::Lazy,
                RepeatKind::Possessive => {
                    self.forgetful = false;
                    Giving::Never
                }
            };
            self.emit(Inst::Many {
                one,
                min: repeat.min,
                max,
                giving,
            });
            return;
        }
        match repeat.kind {
            RepeatKind::Greedy => self.counted(&repeat.body, repeat.min, max, false),
            RepeatKind::Lazy => self.counted(&repeat.body, repeat.min, max, true),
            RepeatKind::Possessive => {
                self.atomic(|l| l.counted(&repeat.body, repeat.min, max, false));
            }
        }
    }

    /// `x{0}` matches nothing, but its groups can be called.
    fn skip_groups(&mut self, body: &Node) {
        let jump = self.emit(Inst::Fail);
        self.node(body);
        let end = self.here();
        self.set(jump, Inst::Jump(end));
    }

    fn counted(&mut self, body: &Node, min: u32, max: u32, lazy: bool) {
        if (min, max) == (0, 1) {
            let split = self.emit(Inst::Fail);
            self.node(body);
            let end = self.here();
            let (a, b) = if lazy {
                (end, split + 1)
            } else {
                (split + 1, end)
            };
            self.set(split, Inst::Split(a, b));
            return;
        }
        if (min, max) == (1, 1) {
            return self.node(body);
        }
        self.forgetful &= min <= 1 && max == u32::MAX;
        let id = self.loops;
        self.loops += 1;
        self.emit(Inst::LoopStart(id));
        let enter = self.emit(Inst::Fail);
        let body_at = self.here();
        self.node(body);
        let head = self.emit(Inst::Loop {
            id,
            min,
            max,
            lazy,
            body: body_at,
        });
        self.set(enter, Inst::Jump(head));
        if lazy {
            // The choice of a further round lands here.
            let jump = self.emit(Inst::Fail);
            self.emit(Inst::LoopEnter(id, body_at));
            let end = self.here();
            self.set(jump, Inst::Jump(end));
        }
    }

    fn cond(&mut self, cond: &Cond) {
        self.forgetful = false;
        let test = match &cond.test {
            CondTest::Define => {
                return self.skip_groups(&cond.yes);
            }
            CondTest::Look(look) => return self.look_cond(look, cond),
            _ => self.emit(Inst::Fail),
        };
        self.node(&cond.yes);
        let jump = self.emit(Inst::Fail);
        let no = self.here();
        self.node(&cond.no);
        let end = self.here();
        self.set(jump, Inst::Jump(end));
        let inst = match &cond.test {
            CondTest::Groups(groups) => Inst::IfGroup(groups.clone().into(), no),
            CondTest::Recursion(groups) => Inst::IfRecursion(groups.clone().map(Into::into), no),
            CondTest::Code(index) => Inst::IfCode(*index, no),
            _ => Inst::Fail,
        };
        self.set(test, inst);
    }

    /// The look decides once: its success cuts the way to the other branch.
    fn look_cond(&mut self, look: &Node, cond: &Cond) {
        let Node::Look {
            ahead,
            negated,
            body,
        } = look
        else {
            return;
        };
        let guard = self.emit(Inst::Fail);
        if *ahead {
            self.node(body);
        } else {
            self.behind(body);
            self.node(body);
            self.emit(Inst::BehindEnd);
        }
        self.emit(Inst::Pass {
            back: true,
            negated: false,
        });
        let (met, unmet) = if *negated {
            (&cond.no, &cond.yes)
        } else {
            (&cond.yes, &cond.no)
        };
        self.node(met);
        let jump = self.emit(Inst::Fail);
        let out = self.here();
        self.set(guard, Inst::Guard { out: Some(out) });
        self.node(unmet);
        let end = self.here();
        self.set(jump, Inst::Jump(end));
    }
}

/// The longest text every match holds, if any: where the subject lacks it perl does not even run
/// code blocks.
fn must_have(node: &Node, utf8: bool) -> Option<Box<[u8]>> {
    match node {
        Node::Literal(Literal { chars, fold: None }) => {
            let mut bytes = Vec::new();
            for &c in chars {
                match u8::try_from(c) {
                    _ if utf8 => encode(c, &mut bytes),
                    Ok(byte) => bytes.push(byte),
                    Err(_) => return None,
                }
            }
            Some(bytes.into())
        }
        Node::Cat(nodes) => {
            // Texts with nothing of any width between them are one text.
            let mut runs: Vec<Vec<u8>> = vec![Vec::new()];
            for node in nodes {
                match node {
                    Node::Literal(Literal { fold: None, .. }) => {
                        if let (Some(run), Some(text)) = (runs.last_mut(), must_have(node, utf8)) {
                            run.extend_from_slice(&text);
                        }
                    }
                    Node::Assert(_)
                    | Node::Code {
                        postponed: false, ..
                    } => {}
                    other => {
                        runs.extend(must_have(other, utf8).map(Vec::from));
                        runs.push(Vec::new());
                    }
                }
            }
            let longest = runs.into_iter().max_by_key(Vec::len)?;
            (!longest.is_empty()).then(|| longest.into())
        }
        Node::Group(_, body) | Node::Atomic(body) => must_have(body, utf8),
        Node::Repeat(repeat) if repeat.min > 0 => must_have(&repeat.body, utf8),
        _ => None,
    }
}

/// Whether literals of `node` fold.
fn folds(node: &Node) -> bool {
    match node {
        Node::Literal(literal) => literal.fold.is_some(),
        Node::Cat(nodes) | Node::Alt(nodes) | Node::Reset(nodes) => nodes.iter().any(folds),
        Node::Group(_, body) | Node::Atomic(body) | Node::ScriptRun(body) => folds(body),
        Node::Repeat(repeat) => folds(&repeat.body),
        _ => false,
    }
}

/// Whether a match can only begin at the start of the subject.
fn begins_at_start(node: &Node) -> bool {
    match node {
        Node::Assert(Assert::Start) => true,
        Node::Cat(nodes) => nodes.first().is_some_and(begins_at_start),
        Node::Alt(nodes) => !nodes.is_empty() && nodes.iter().all(begins_at_start),
        Node::Group(_, body) | Node::Atomic(body) => begins_at_start(body),
        _ => false,
    }
}

#[derive(PartialEq, Eq)]
enum First {
    /// Matching consumes, and begins with the bytes gathered.
    Consumes,
    /// It may match nothing; what follows matters too.
    MayBeEmpty,
    /// Nobody knows.
    Unknown,
}

/// Gathers the bytes a match of `node` can begin with.
fn first_bytes(node: &Node, utf8: bool, into: &mut ByteSet) -> First {
    let add_set = |set: &RangeSet, into: &mut ByteSet| {
        for &(lo, hi) in set.ranges() {
            if !utf8 {
                into.insert_range(lo, hi);
                continue;
            }
            into.insert_range(lo, hi.min(0x7F));
            if hi > 0x7F {
                let mut bytes = Vec::new();
                encode(lo.max(0x80), &mut bytes);
                let from = bytes.first().copied().unwrap_or(0x80);
                bytes.clear();
                encode(hi, &mut bytes);
                let to = if hi == u32::MAX {
                    0xFF
                } else {
                    bytes.first().copied().unwrap_or(0xFF)
                };
                into.insert_range(u32::from(from), u32::from(to));
            }
        }
    };
    match node {
        Node::Literal(Literal { chars, fold: None }) => match chars.first() {
            Some(c) => {
                add_set(&RangeSet::new(vec![(*c, *c)]), into);
                First::Consumes
            }
            None => First::MayBeEmpty,
        },
        Node::Set(class) => {
            add_set(&class_ranges(class, utf8), into);
            First::Consumes
        }
        Node::Cat(nodes) => {
            for node in nodes {
                match first_bytes(node, utf8, into) {
                    First::MayBeEmpty => {}
                    other => return other,
                }
            }
            First::MayBeEmpty
        }
        Node::Alt(nodes) if !nodes.is_empty() => {
            let mut worst = First::Consumes;
            for node in nodes {
                match first_bytes(node, utf8, into) {
                    First::Unknown => return First::Unknown,
                    First::MayBeEmpty => worst = First::MayBeEmpty,
                    First::Consumes => {}
                }
            }
            worst
        }
        Node::Group(_, body) | Node::Atomic(body) => first_bytes(body, utf8, into),
        Node::Repeat(repeat) => match first_bytes(&repeat.body, utf8, into) {
            First::Consumes if repeat.min > 0 => First::Consumes,
            First::Unknown => First::Unknown,
            _ => First::MayBeEmpty,
        },
        Node::Assert(Assert::Keep | Assert::Pos) => First::Unknown,
        Node::Assert(_) | Node::Empty | Node::Look { .. } => First::MayBeEmpty,
        Node::Code {
            postponed: false, ..
        } => First::MayBeEmpty,
        _ => First::Unknown,
    }
}
