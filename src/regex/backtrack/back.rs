//! Failing: what was chosen last is tried another way, and what was assigned since is undone.

use super::super::regex::ExecError;
use super::machine::{Entry, Machine, NO_FRAME, Stop};
use super::program::{Inst, Pc};
use std::collections::HashSet;

/// Failures before those of a forgetful program are remembered, and how many are.
const PATIENCE: u32 = 50_000;
const MEMORY: usize = 1 << 22;

/// Where a failure leads.
pub enum Fail {
    /// Another way.
    Resume((Pc, usize)),
    /// There is no other way.
    Over,
    /// A verb says what follows.
    Stop(Stop),
}

impl Machine<'_, '_> {
    pub(super) fn undo(&mut self, entry: Entry) {
        match entry {
            Entry::Slot { slot, old } => {
                if let Some(place) = self.slots.get_mut(slot as usize) {
                    *place = old;
                }
            }
            Entry::Guard { outer, .. } => self.guard = outer,
            Entry::Frame { frame, frames } => {
                self.frame = frame;
                self.frames.truncate(frames);
            }
            Entry::Program { program, slots } => {
                self.current = program;
                self.slots = slots;
            }
            Entry::Saves(mark) => self.hooks.rewind_saves(mark),
            Entry::Result(old) => self.code_result = old,
            Entry::Mark(old) => self.mark = old,
            _ => {}
        }
    }

    /// Whether going on at this place has failed before.
    fn known_to_fail(&mut self, pc: Pc, at: usize) -> bool {
        self.failures = self.failures.saturating_add(1);
        if self.failures == PATIENCE && self.programs[0].forgetful {
            self.remembered = Some(HashSet::default());
        }
        match &mut self.remembered {
            Some(seen) if self.frame == NO_FRAME && seen.len() < MEMORY => !seen.insert((pc, at)),
            _ => false,
        }
    }

    pub(super) fn fail(&mut self) -> Result<Fail, ExecError> {
        loop {
            let Some(entry) = self.stack.pop() else {
                return Ok(Fail::Over);
            };
            self.steps = self.steps.wrapping_add(1);
            match entry {
                Entry::Choice { pc, at } | Entry::Branch { pc, at } => {
                    if !self.known_to_fail(pc, at) {
                        return Ok(Fail::Resume((pc, at)));
                    }
                }
                Entry::Fewer { pc, low, at } => {
                    let at = super::super::chars::subject::step_back(self.subject, at, self.utf8);
                    if at > low {
                        self.stack.push(Entry::Fewer { pc, low, at });
                    }
                    if !self.known_to_fail(pc, at) {
                        return Ok(Fail::Resume((pc, at)));
                    }
                }
                Entry::More { pc, at, count } => {
                    let code = self.programs[self.current].clone();
                    if let Some(Inst::Many { one, max, .. }) = code.code.get(pc as usize)
                        && let Some(at) = self.one(one, at)
                    {
                        if count + 1 < *max {
                            self.stack.push(Entry::More {
                                pc,
                                at,
                                count: count + 1,
                            });
                        }
                        return Ok(Fail::Resume((pc + 1, at)));
                    }
                }
                Entry::Nearer { pc, at, count } => {
                    let code = self.programs[self.current].clone();
                    if let Some(Inst::Behind { least, .. }) = code.code.get(pc as usize)
                        && count > *least
                    {
                        let at = super::super::chars::subject::step(self.subject, at, self.utf8);
                        self.stack.push(Entry::Nearer {
                            pc,
                            at,
                            count: count - 1,
                        });
                        return Ok(Fail::Resume((pc + 1, at)));
                    }
                }
                Entry::Guard { out, at, outer } => {
                    self.guard = outer;
                    if let Some(out) = out {
                        return Ok(Fail::Resume((out, at)));
                    }
                }
                Entry::Verb(stop) => {
                    if let Some(fail) = self.stop(stop) {
                        return Ok(fail);
                    }
                }
                other => self.undo(other),
            }
        }
    }

    /// Fails over a verb.
    fn stop(&mut self, stop: Stop) -> Option<Fail> {
        let then = matches!(stop, Stop::Then(_));
        // Inside a look the verb reaches no further than the look.
        while let Some(entry) = self.stack.pop() {
            match entry {
                Entry::Branch { pc, at } if then => return Some(Fail::Resume((pc, at))),
                Entry::Guard { out, at, outer } => {
                    self.guard = outer;
                    return match out {
                        Some(out) => Some(Fail::Resume((out, at))),
                        None => None,
                    };
                }
                other => self.undo(other),
            }
        }
        Some(Fail::Stop(stop))
    }
}
