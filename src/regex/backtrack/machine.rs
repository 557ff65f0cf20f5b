//! Runs a program at one place of the subject, with an explicit stack of what may be undone.

use super::super::captures::UNSET;
use super::super::hooks::{ExecHooks, MatchState};
use super::super::regex::ExecError;
use super::back::Fail;
use super::program::{Giving, Inst, One, Pc, Program};
use std::collections::HashSet;
use std::rc::Rc;

/// Entries the stack may hold before memory counts as exhausted.
const DEEPEST: usize = 1 << 26;
/// Calls of groups without progress before perl gives up.
const IDLE_CALLS: u32 = 1000;

/// What to do when a choice failed: take another, or undo something and go on failing.
pub enum Entry {
    /// Go on there.
    Choice { pc: Pc, at: usize },
    /// The same, of an alternation.
    Branch { pc: Pc, at: usize },
    /// Give back a character of a repeated one.
    Fewer { pc: Pc, low: usize, at: usize },
    /// Take one more character, at the `Many` at `pc`.
    More { pc: Pc, at: usize, count: u32 },
    /// Try a lookbehind from nearer by.
    Nearer { pc: Pc, at: usize, count: u32 },
    /// Put a slot back.
    Slot { slot: u32, old: usize },
    /// A look or atomic group begins here.
    Guard {
        out: Option<Pc>,
        at: usize,
        outer: usize,
    },
    /// Put the call frame back.
    Frame { frame: usize, frames: usize },
    /// Put program and slots back.
    Program { program: usize, slots: Vec<usize> },
    /// Rewind the owner's saves.
    Saves(usize),
    /// Put `$^R` back.
    Result(Option<u32>),
    /// Put the mark back.
    Mark(Option<(Rc<str>, usize)>),
    /// A verb was passed: what failing over it means.
    Verb(Stop),
}

/// How far a failure reaches.
#[derive(Clone, Debug)]
pub enum Stop {
    /// `(*COMMIT)`: no match at all.
    Commit(Option<Rc<str>>),
    /// `(*PRUNE)`: no match beginning here.
    Prune(Option<Rc<str>>),
    /// `(*SKIP)`: go on searching there.
    Skip(usize, Option<Rc<str>>),
    /// `(*THEN)`: the next branch.
    Then(Option<Rc<str>>),
}

/// How an attempt went.
pub enum Attempt {
    /// It matched.
    Matched,
    /// Not here.
    Failed,
    /// Not here, and go on as the verb says.
    Stopped(Stop),
}

pub(super) struct Frame {
    ret: Pc,
    program: usize,
    parent: usize,
    /// The group called; `u32::MAX` for a postponed pattern.
    group: u32,
    slots: Vec<usize>,
    at: usize,
    idle: u32,
}

pub(super) const NO_FRAME: usize = usize::MAX;

/// A running match.
pub struct Machine<'s, 'h> {
    pub(super) subject: &'s [u8],
    pub(super) utf8: bool,
    pub(super) g_pos: usize,
    pub(super) hooks: &'h mut dyn ExecHooks,
    pub(super) programs: Vec<Rc<Program>>,
    pub(super) current: usize,
    pub(super) slots: Vec<usize>,
    pub(super) stack: Vec<Entry>,
    pub(super) frames: Vec<Frame>,
    pub(super) frame: usize,
    pub(super) guard: usize,
    pub(super) code_result: Option<u32>,
    pub(super) mark: Option<(Rc<str>, usize)>,
    pub(super) steps: u32,
    pub(super) forbidden_empty: Option<usize>,
    pub(super) remembered: Option<HashSet<(Pc, usize), foldhash::fast::RandomState>>,
    pub(super) failures: u32,
    pub(super) bounds: super::bounds::Bounds,
}

impl<'s, 'h> Machine<'s, 'h> {
    /// A machine for searches in `subject`.
    pub fn new(
        program: &Rc<Program>,
        subject: &'s [u8],
        utf8: bool,
        g_pos: usize,
        forbidden_empty: Option<usize>,
        hooks: &'h mut dyn ExecHooks,
    ) -> Self {
        Machine {
            subject,
            utf8,
            g_pos,
            hooks,
            programs: vec![program.clone()],
            current: 0,
            slots: vec![UNSET; program.slots()],
            stack: Vec::new(),
            frames: Vec::new(),
            frame: NO_FRAME,
            guard: usize::MAX,
            code_result: None,
            mark: None,
            steps: 0,
            forbidden_empty,
            remembered: None,
            failures: 0,
            bounds: super::bounds::Bounds::default(),
        }
    }

    /// Tries to match beginning at `start`.
    pub fn attempt(&mut self, start: usize) -> Result<Attempt, ExecError> {
        self.programs.truncate(1);
        self.current = 0;
        self.frames.clear();
        self.frame = NO_FRAME;
        self.guard = usize::MAX;
        self.stack.clear();
        self.code_result = None;
        let needed = self.programs[0].slots();
        self.slots.clear();
        self.slots.resize(needed, UNSET);
        let last = self.programs[0].last_slot();
        self.slots[last] = 0;
        self.slots[last + 1] = 0;
        self.slots[0] = start;
        self.run(start)
    }

    fn run(&mut self, start: usize) -> Result<Attempt, ExecError> {
        let mut program = self.programs[0].clone();
        let (mut pc, mut at): (Pc, usize) = (0, start);
        loop {
            self.steps = self.steps.wrapping_add(1);
            if self.steps & 0xFFF == 0 {
                if self.hooks.pending() {
                    self.hooks.on_pending()?;
                }
                if self.stack.len() > DEEPEST {
                    return Err(ExecError::OutOfMemory);
                }
            }
            let known = self.current;
            let next = match program.code.get(pc as usize) {
                Some(Inst::Match) if self.frame == NO_FRAME => {
                    if self.forbidden_empty == Some(at) && self.slots[0] == at {
                        None
                    } else {
                        self.slots[1] = at;
                        return Ok(Attempt::Matched);
                    }
                }
                Some(inst) => self.step(&program, inst, pc, at)?,
                None => None,
            };
            match next {
                Some(next) => (pc, at) = next,
                None => match self.fail()? {
                    Fail::Resume(next) => (pc, at) = next,
                    Fail::Over => return Ok(Attempt::Failed),
                    Fail::Stop(stop) => return Ok(Attempt::Stopped(stop)),
                },
            }
            if self.current != known {
                program = self.programs[self.current].clone();
            }
        }
    }

    fn step(
        &mut self,
        program: &Rc<Program>,
        inst: &Inst,
        pc: Pc,
        at: usize,
    ) -> Result<Option<(Pc, usize)>, ExecError> {
        let on = |ok: bool| ok.then_some((pc + 1, at));
        Ok(match inst {
            Inst::Text(text) => {
                let rest = self.subject.get(at..).unwrap_or(&[]);
                rest.starts_with(text).then(|| (pc + 1, at + text.len()))
            }
            Inst::One(one) => self.one(one, at).map(|at| (pc + 1, at)),
            Inst::Many {
                one,
                min,
                max,
                giving,
            } => self.many(one, *min, *max, *giving, pc, at),
            Inst::Assert(assert) => on(self.assert(*assert, at)),
            Inst::Word { negated, set } => on(self.word(set, at) != *negated),
            Inst::LineBreak => self.line_break(at).map(|at| (pc + 1, at)),
            Inst::Grapheme => {
                super::bounds::grapheme_end(self.subject, self.utf8, at).map(|at| (pc + 1, at))
            }
            Inst::Open(n) => {
                self.set(program.open_slot(*n), at);
                Some((pc + 1, at))
            }
            Inst::Close(n) => Some(self.close(program, *n, pc, at)),
            Inst::Split(first, second) => {
                self.stack.push(Entry::Choice { pc: *second, at });
                Some((*first, at))
            }
            Inst::Branch(first, second) => {
                self.stack.push(Entry::Branch { pc: *second, at });
                Some((*first, at))
            }
            Inst::Jump(to) => Some((*to, at)),
            Inst::LoopStart(id) => {
                let slot = program.loop_slot(*id);
                self.set(slot, 0);
                self.set(slot + 1, UNSET);
                Some((pc + 1, at))
            }
            Inst::Loop {
                id,
                min,
                max,
                lazy,
                body,
            } => Some(self.turn(program, *id, (*min, *max), *lazy, *body, pc, at)),
            Inst::LoopEnter(id, body) => {
                let slot = program.loop_slot(*id);
                self.set(slot, self.slots[slot].wrapping_add(1));
                self.set(slot + 1, at);
                Some((*body, at))
            }
            Inst::Guard { out } => {
                self.stack.push(Entry::Guard {
                    out: *out,
                    at,
                    outer: self.guard,
                });
                self.guard = self.stack.len() - 1;
                Some((pc + 1, at))
            }
            Inst::Pass { back, negated } => self.pass(*back, *negated, pc, at),
            Inst::Behind { least, most } => self.behind(*least, *most, pc, at),
            Inst::BehindEnd => on(self.guard_start() == Some(at)),
            Inst::Backref { groups, fold } => {
                self.backref(groups, *fold, at).map(|at| (pc + 1, at))
            }
            Inst::Recurse(n) => self.call(
                program.group_start.get(*n as usize).copied(),
                *n,
                pc + 1,
                at,
            )?,
            Inst::IfGroup(groups, no) => {
                let set = groups.iter().any(|g| self.group(*g).is_some());
                Some((if set { pc + 1 } else { *no }, at))
            }
            Inst::IfRecursion(groups, no) => {
                let inside = self
                    .frames
                    .get(self.frame)
                    .is_some_and(|frame| match groups {
                        None => true,
                        Some(groups) => groups.contains(&frame.group),
                    });
                Some((if inside { pc + 1 } else { *no }, at))
            }
            Inst::IfCode(index, no) => {
                let truth = self.code(*index, at, false)?;
                Some((if truth { pc + 1 } else { *no }, at))
            }
            Inst::Verb(verb, arg) => return self.verb(*verb, arg, pc, at, program),
            Inst::Code(index) => {
                self.code(*index, at, true)?;
                Some((pc + 1, at))
            }
            Inst::Postponed(index) => self.postponed(*index, pc, at)?,
            Inst::Fail => None,
            Inst::Match => Some(self.give_back(at)),
        })
    }

    /// Assigns a slot, so that it can be undone.
    pub(super) fn set(&mut self, slot: usize, value: usize) {
        let Some(place) = self.slots.get_mut(slot) else {
            return;
        };
        if *place != value {
            self.stack.push(Entry::Slot {
                slot: slot as u32,
                old: *place,
            });
            *place = value;
        }
    }

    fn many(
        &mut self,
        one: &One,
        min: u32,
        max: u32,
        giving: Giving,
        pc: Pc,
        at: usize,
    ) -> Option<(Pc, usize)> {
        let (mut at, mut count) = (at, 0);
        while count < min {
            at = self.one(one, at)?;
            count += 1;
        }
        if giving == Giving::Lazy {
            if count < max {
                self.stack.push(Entry::More { pc, at, count });
            }
            return Some((pc + 1, at));
        }
        let low = at;
        while count < max {
            match self.one(one, at) {
                Some(end) => at = end,
                None => break,
            }
            count += 1;
        }
        if at > low && giving == Giving::Greedy {
            self.stack.push(Entry::Fewer {
                pc: pc + 1,
                low,
                at,
            });
        }
        Some((pc + 1, at))
    }

    fn close(&mut self, program: &Rc<Program>, n: u32, pc: Pc, at: usize) -> (Pc, usize) {
        let start = self.slots[program.open_slot(n)];
        self.set(2 * n as usize, start);
        self.set(2 * n as usize + 1, at);
        let last = program.last_slot();
        if self.slots[last] < n as usize {
            self.set(last, n as usize);
        }
        self.set(last + 1, n as usize);
        match self.frames.get(self.frame) {
            Some(frame) if frame.group == n => self.give_back(at),
            _ => (pc + 1, at),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn turn(
        &mut self,
        program: &Rc<Program>,
        id: u32,
        (min, max): (u32, u32),
        lazy: bool,
        body: Pc,
        pc: Pc,
        at: usize,
    ) -> (Pc, usize) {
        let slot = program.loop_slot(id);
        let (count, last) = (self.slots[slot], self.slots[slot + 1]);
        let idle = count > 0 && last == at;
        if count < min as usize {
            self.set(slot, count + 1);
            self.set(slot + 1, at);
            return (body, at);
        }
        if idle || count >= max as usize {
            return (pc + 1, at);
        }
        if lazy {
            self.stack.push(Entry::Choice { pc: pc + 2, at });
            return (pc + 1, at);
        }
        self.stack.push(Entry::Choice { pc: pc + 1, at });
        self.set(slot, count + 1);
        self.set(slot + 1, at);
        (body, at)
    }

    /// Where the innermost look began.
    fn guard_start(&self) -> Option<usize> {
        match self.stack.get(self.guard) {
            Some(Entry::Guard { at, .. }) => Some(*at),
            _ => None,
        }
    }

    fn pass(&mut self, back: bool, negated: bool, pc: Pc, at: usize) -> Option<(Pc, usize)> {
        let base = self.guard;
        let Some(&Entry::Guard {
            at: began, outer, ..
        }) = self.stack.get(base)
        else {
            return None;
        };
        if negated {
            while self.stack.len() > base + 1 {
                if let Some(entry) = self.stack.pop() {
                    self.undo(entry);
                }
            }
            self.stack.pop();
            self.guard = outer;
            return None;
        }
        // What was chosen inside stands; what was assigned can still be undone.
        let kept = self.stack.split_off(base);
        self.stack.extend(kept.into_iter().filter(|entry| {
            !matches!(
                entry,
                Entry::Choice { .. }
                    | Entry::Branch { .. }
                    | Entry::Fewer { .. }
                    | Entry::More { .. }
                    | Entry::Nearer { .. }
                    | Entry::Guard { .. }
                    | Entry::Verb(Stop::Then(_))
            )
        }));
        self.guard = outer;
        Some((pc + 1, if back { began } else { at }))
    }

    /// Begins a lookbehind's body as far back as it reaches.
    fn behind(&mut self, least: u32, most: u32, pc: Pc, at: usize) -> Option<(Pc, usize)> {
        let (mut from, mut count) = (at, 0);
        while count < most && from > 0 {
            from = super::super::chars::subject::step_back(self.subject, from, self.utf8);
            count += 1;
        }
        if count < least {
            return None;
        }
        self.stack.push(Entry::Nearer {
            pc,
            at: from,
            count,
        });
        Some((pc + 1, from))
    }

    fn call(
        &mut self,
        target: Option<Pc>,
        group: u32,
        ret: Pc,
        at: usize,
    ) -> Result<Option<(Pc, usize)>, ExecError> {
        let Some(target) = target else {
            return Ok(None);
        };
        let idle = match self.frames.get(self.frame) {
            Some(frame) if frame.at == at => frame.idle + 1,
            _ => 0,
        };
        if idle > IDLE_CALLS {
            return Err(ExecError::Fatal(
                "Pattern subroutine nesting without pos change exceeded limit in regex",
            ));
        }
        if self
            .frames
            .iter()
            .rev()
            .take(1)
            .any(|f| f.group == group && f.at == at && idle > 500)
        {
            return Err(ExecError::Fatal("Infinite recursion in regex"));
        }
        self.stack.push(Entry::Frame {
            frame: self.frame,
            frames: self.frames.len(),
        });
        self.frames.push(Frame {
            ret,
            program: self.current,
            parent: self.frame,
            group,
            slots: self.slots.clone(),
            at,
            idle,
        });
        self.frame = self.frames.len() - 1;
        Ok(Some((target, at)))
    }

    /// Returns from a call: groups are what they were before it.
    fn give_back(&mut self, at: usize) -> (Pc, usize) {
        let Some(frame) = self.frames.get(self.frame) else {
            return (Pc::MAX, at);
        };
        let (ret, program, parent) = (frame.ret, frame.program, frame.parent);
        let mut slots = frame.slots.clone();
        self.stack.push(Entry::Frame {
            frame: self.frame,
            frames: self.frames.len(),
        });
        self.frame = parent;
        // \K inside a call counts.
        if program == self.current {
            slots[0] = self.slots[0];
        }
        let old = std::mem::replace(&mut self.slots, slots);
        self.stack.push(Entry::Program {
            program: self.current,
            slots: old,
        });
        self.current = program;
        (ret, at)
    }

    fn state<'a>(&self, offsets: &'a [[usize; 2]], at: usize) -> MatchState<'a>
    where
        's: 'a,
    {
        let last = self.programs[self.current].last_slot();
        MatchState {
            at,
            offsets,
            last_paren: self.slots[last] as u32,
            last_close: self.slots[last + 1] as u32,
            code_result: self.code_result,
        }
    }

    fn offsets(&self, at: usize) -> Vec<[usize; 2]> {
        let groups = self.programs[self.current].groups as usize + 1;
        let mut offsets: Vec<[usize; 2]> = self.slots[..2 * groups]
            .chunks_exact(2)
            .map(|pair| [pair[0], pair[1]])
            .collect();
        if let Some(whole) = offsets.first_mut() {
            whole[1] = at;
        }
        offsets
    }

    /// Runs a code block; its truth. `keep` makes its value `$^R`.
    fn code(&mut self, index: u32, at: usize, keep: bool) -> Result<bool, ExecError> {
        let offsets = self.offsets(at);
        let saves = self.hooks.saves_mark();
        let state = self.state(&offsets, at);
        let value = self.hooks.code_block(index, &state)?;
        self.stack.push(Entry::Saves(saves));
        if keep {
            self.stack.push(Entry::Result(self.code_result));
            self.code_result = Some(value.handle);
        }
        Ok(value.truth)
    }

    fn postponed(
        &mut self,
        index: u32,
        pc: Pc,
        at: usize,
    ) -> Result<Option<(Pc, usize)>, ExecError> {
        let offsets = self.offsets(at);
        let saves = self.hooks.saves_mark();
        let state = self.state(&offsets, at);
        let regex = self.hooks.postponed(index, &state)?;
        self.stack.push(Entry::Saves(saves));
        let inner = regex.own_program(self.utf8);
        let slots = inner.slots();
        let last = inner.last_slot();
        let idle = self
            .frames
            .get(self.frame)
            .map_or(0, |f| if f.at == at { f.idle + 1 } else { 0 });
        if idle > IDLE_CALLS {
            return Err(ExecError::Fatal(
                "EVAL without pos change exceeded limit in regex",
            ));
        }
        self.remembered = None;
        self.call(Some(0), u32::MAX, pc + 1, at)?;
        let mut fresh = vec![UNSET; slots];
        fresh[last] = 0;
        fresh[last + 1] = 0;
        fresh[0] = at;
        let old = std::mem::replace(&mut self.slots, fresh);
        self.stack.push(Entry::Program {
            program: self.current,
            slots: old,
        });
        self.programs.push(inner);
        self.current = self.programs.len() - 1;
        Ok(Some((0, at)))
    }

    fn verb(
        &mut self,
        verb: super::super::ast::Verb,
        arg: &Option<Rc<str>>,
        pc: Pc,
        at: usize,
        program: &Rc<Program>,
    ) -> Result<Option<(Pc, usize)>, ExecError> {
        use super::super::ast::Verb;
        if let Some(arg) = arg
            && !matches!(verb, Verb::Skip | Verb::Fail)
        {
            let old = self.mark.replace((arg.clone(), at));
            self.stack.push(Entry::Mark(old));
        }
        let stop = match verb {
            Verb::Fail => return Ok(None),
            Verb::Mark => return Ok(Some((pc + 1, at))),
            Verb::Accept => return Ok(Some(self.accept(at, program))),
            Verb::Commit => Stop::Commit(arg.clone()),
            Verb::Prune => Stop::Prune(arg.clone()),
            Verb::Then => Stop::Then(arg.clone()),
            Verb::Skip => match arg {
                None => Stop::Skip(at, None),
                Some(name) => match self.marked_at(name) {
                    Some(place) => Stop::Skip(place, arg.clone()),
                    None => return Ok(Some((pc + 1, at))),
                },
            },
        };
        self.stack.push(Entry::Verb(stop));
        Ok(Some((pc + 1, at)))
    }

    fn marked_at(&self, name: &str) -> Option<usize> {
        if let Some((mark, place)) = &self.mark
            && &**mark == name
        {
            return Some(*place);
        }
        self.stack.iter().rev().find_map(|entry| match entry {
            Entry::Mark(Some((mark, place))) if &**mark == name => Some(*place),
            _ => None,
        })
    }

    /// Ends the innermost call or the match; open groups end here.
    fn accept(&mut self, at: usize, program: &Rc<Program>) -> (Pc, usize) {
        let last = program.last_slot();
        for n in (1..=program.groups).rev() {
            let open = self.slots[program.open_slot(n)];
            let started_later = open != UNSET
                && self
                    .group(n)
                    .is_none_or(|(start, end)| open != start || end < open);
            if started_later {
                self.set(2 * n as usize, open);
                self.set(2 * n as usize + 1, at);
                if self.slots[last] < n as usize {
                    self.set(last, n as usize);
                }
                self.set(last + 1, n as usize);
            }
        }
        if self.frame == NO_FRAME {
            return (program.code.len() as Pc - 1, at);
        }
        self.give_back(at)
    }
}
