//! Matching: what a pattern captures is clean (perlsec "Laundering and Detecting Tainted Data"), unless the pattern
//! itself is tainted, looks at the locale, or `use re 'taint'` is in force.

use super::is_tainted;
use crate::bytecode::{NO, Op, R};
use crate::regex::{Charset, Regex};
use crate::value::{HasSide, Regexp, Scalar, Val};
use crate::vm::matches::{MatchData, MatchState};
use crate::vm::{Exec, Vm};
use std::rc::Rc as Shared;

/// `use re 'taint'`
const RE_TAINT: u32 = 0x10_0000;

/// What a match or substitution makes tainted, and why.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::vm) struct Cause {
    /// The subject is tainted.
    pub(in crate::vm) subject: bool,
    /// The pattern is.
    pub(in crate::vm) pattern: bool,
    /// The replacement is.
    pub(in crate::vm) replacement: bool,
    /// Captures keep the taint of the subject.
    pub(in crate::vm) keeps: bool,
}

impl Cause {
    /// Nothing is.
    pub(in crate::vm) const NONE: Cause = Cause {
        subject: false,
        pattern: false,
        replacement: false,
        keeps: false,
    };

    /// Are captures tainted?
    pub(in crate::vm) fn captures(self) -> bool {
        self.pattern || self.subject && self.keeps
    }

    /// Is the text that a substitution makes?
    pub(in crate::vm) fn text(self) -> bool {
        self.subject || self.pattern || self.replacement
    }

    /// Is the number of a substitution's matches?
    pub(in crate::vm) fn count(self) -> bool {
        self.subject || self.pattern
    }
}

/// Does what a pattern matches depend on the locale?
fn asks_locale(regex: &Regex) -> bool {
    if regex.flags().charset != Charset::Locale {
        return false;
    }
    let text = regex.text().0;
    regex.flags().has(crate::regex::Flags::I)
        || text
            .windows(2)
            .any(|w| w[0] == b'\\' && b"wWsSdDbBhv".contains(&w[1]) || w == b"[:")
}

impl Vm {
    /// Before a match: its subject and its pattern.
    pub(super) fn taint_match(&mut self, t: R, m: u16) -> Exec<super::Cause> {
        let pattern = self.taint_pattern(m)?;
        Ok(Cause {
            subject: match t {
                NO => {
                    let cell = self.names.underscore.scalar();
                    let at: *const Val = cell.place();
                    self.entry_tainted(at)
                }
                t => self.reg_tainted(t),
            },
            ..pattern
        })
    }

    /// Is pattern `m` of the unit made of something tainted?
    pub(super) fn taint_pattern(&mut self, m: u16) -> Exec<Cause> {
        let Some(frame) = self.frames.last() else {
            return Ok(Cause::NONE);
        };
        let spec = &frame.proto().unit.matches[m as usize];
        let register = match spec.constant {
            None => spec.pattern,
            Some(_) => NO,
        };
        let mut tainted = self.reg_tainted(register);
        self.pattern_tainted = tainted;
        let ready = self.pattern(m);
        self.pattern_tainted = false;
        tainted |= asks_locale(&ready?.regex);
        Ok(Cause {
            pattern: tainted,
            keeps: self.hint(RE_TAINT),
            ..Cause::NONE
        })
    }

    /// Behind a match: `$1` and its kin, and what was given back as a list.
    pub(super) fn taint_matched(&mut self, cause: Cause, from: usize) {
        let captures = cause.captures();
        if self.has_matched {
            self.mark_captures(captures);
        }
        for entry in self.list.iter_mut().skip(from) {
            if let Val::Str(text) = entry {
                text.set_taint(captures);
            }
        }
        self.tainted = self.has_matched && captures;
    }

    /// Makes `$1` and its kin tainted, or clean.
    pub(in crate::vm) fn mark_captures(&mut self, on: bool) {
        let Some(data) = self.matched.data().filter(|d| d.subject.taint() != on) else {
            return;
        };
        let mut subject = data.subject.clone();
        subject.set_taint(on);
        self.matched = MatchState(Some(Shared::new(MatchData {
            subject,
            caps: data.caps.clone(),
            regex: data.regex.clone(),
            result: data.result.clone(),
        })));
    }

    /// Behind `qr//`: the object is tainted by its text.
    pub(super) fn taint_qr(&mut self, d: R) {
        // SAFETY: a register of the frame.
        let val = unsafe { &*self.peek(self.reg(d)) };
        let Val::SRef(cell) = val else { return };
        let (cell, class) = (cell.clone(), cell.blessed());
        if is_tainted(val) {
            return;
        }
        let Val::Regexp(body) = cell.get() else {
            return;
        };
        let new = Scalar::new(Val::Regexp(Regexp::tainted(&body)));
        if let Some(class) = class {
            new.bless(class);
        }
        if self.put(d, Val::SRef(new)).is_ok() {
            self.tainted = true;
        }
    }

    /// Behind `split`: the fields are parts of the string.
    pub(super) fn taint_fields(&mut self, d: R, ext: Op, from: usize) {
        if !self.tainted {
            return;
        }
        if let Op::Ext(_, _, _, c) = ext
            && c != NO
        {
            let array = self.arr(c);
            for i in 0..array.len() {
                let at: *const Val = array.place(i);
                if !at.is_null() {
                    self.taint_at(at);
                }
            }
        }
        if d != NO {
            self.taint_reg(d);
        }
        self.taint_list(from);
    }

    /// A substitution that goes on: the code of its replacement sees the target tainted already.
    #[cold]
    pub(in crate::vm) fn taint_target(&mut self, cell: &crate::value::Rc<Scalar>, cause: Cause) {
        if cause.text() {
            let at: *const Val = cell.place();
            self.taint_at(at);
        }
    }

    /// A substitution is over: what it read has no bearing on the rest of the statement.
    #[inline]
    pub(in crate::vm) fn end_tainting(&mut self) {
        self.tainted = false;
    }

    /// Before a substitution.
    #[cold]
    pub(in crate::vm) fn subst_cause(
        &mut self,
        subject: &crate::text::PerlStr,
        m: u16,
    ) -> Exec<Cause> {
        let pattern = self.taint_pattern(m)?;
        Ok(Cause {
            subject: subject.taint(),
            ..pattern
        })
    }
}
