//! Matching: `m//`, `qr//` and what they leave behind (perlop "Regexp Quote-Like Operators").

use super::pattern::{Asked, Ready, Remembered, kind_of, qr_of};
use crate::bytecode::{NO, R, Want};
use crate::regex::{Captures, ExecError, ExecOpts, Regex};
use crate::text::PerlStr;
use crate::value::{HasSide, Rc, Regexp, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::matches::{MatchData, MatchState};
use crate::vm::{Die, Exec, Vm};
use std::rc::Rc as Shared;

/// A captured text of so many bytes is a reason to look at what is pending.
const LARGE: usize = 1 << 14;

impl Vm {
    /// Searches; true where it matched, and `caps` tells where.
    #[inline]
    pub(in crate::vm) fn search(
        &mut self,
        ready: &Ready,
        subject: &PerlStr,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
    ) -> Exec<bool> {
        if let Some(found) =
            ready
                .regex
                .exec_plain(subject.as_bytes(), subject.is_utf8(), start, opts, caps)
        {
            return Ok(found);
        }
        self.search_with(ready, subject, start, opts, caps)
    }

    fn search_with(
        &mut self,
        ready: &Ready,
        subject: &PerlStr,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
    ) -> Exec<bool> {
        let (utf8, opts) = kind_of(subject, opts);
        let has_code = ready.regex.has_code();
        let running = match has_code {
            true => self.running_regex.replace(ready.regex.clone()),
            false => None,
        };
        let code = has_code.then(|| (ready.blocks.clone(), subject.clone()));
        let saves = self.saves.len();
        let mut asked = Asked {
            vm: self,
            died: None,
            code,
        };
        let got = ready
            .regex
            .exec(subject.as_bytes(), utf8, start, opts, caps, &mut asked);
        let died = asked.died.take();
        drop(asked);
        if has_code {
            self.running_regex = running;
            // What its code localised is over with the match (perlre, `(?{ code })`).
            if self.saves.len() > saves {
                self.restore(saves)?;
            }
        }
        match got {
            Ok(found) => Ok(found),
            Err(error) => Err(self.search_error(error, died)),
        }
    }

    #[cold]
    pub(in crate::vm) fn search_error(&mut self, error: ExecError, died: Option<Die>) -> Die {
        match (error, died) {
            (_, Some(die)) => die,
            (ExecError::Fatal(text), _) => self.die(text),
            (ExecError::OutOfMemory, _) => self.too_large(),
            (ExecError::Abort, None) => self.die("panic: match aborted"),
        }
    }

    /// Makes this the last successful match.
    pub(in crate::vm) fn set_match(
        &mut self,
        subject: PerlStr,
        caps: Captures,
        regex: &Shared<Regex>,
    ) {
        if let Some(frame) = self.frames.last_mut()
            && frame.matched.is_none()
            && frame.kind & kind::BLOCK == 0
        {
            frame.matched = Some(self.matched.clone());
        }
        let result = match caps.code_result {
            Some(h) => self
                .block_values
                .get(h as usize)
                .cloned()
                .unwrap_or_default(),
            None => Val::Undef,
        };
        if !self.block_values.is_empty() {
            self.block_values.clear();
        }
        self.has_matched = true;
        if let Some(slot) = &mut self.matched.0
            && let Some(data) = Shared::get_mut(slot)
        {
            data.subject = subject;
            self.idle_caps = std::mem::replace(&mut data.caps, caps);
            if !Shared::ptr_eq(&data.regex, regex) {
                data.regex = regex.clone();
            }
            data.result = result;
            return;
        }
        let data = MatchData {
            subject,
            caps,
            regex: regex.clone(),
            result,
        };
        self.matched = MatchState(Some(Shared::new(data)));
    }

    /// Captures to be filled, with the room of those used before.
    #[inline]
    pub(in crate::vm) fn spare_caps(&mut self) -> Captures {
        std::mem::take(&mut self.idle_caps)
    }

    /// The pattern an empty pattern means.
    #[inline]
    pub(in crate::vm) fn or_last(
        &mut self,
        ready: Ready,
        spec: &crate::bytecode::MatchSpec,
    ) -> Ready {
        if !ready.regex.is_empty() {
            return ready;
        }
        self.or_last_slow(ready, spec)
    }

    #[cold]
    fn or_last_slow(&mut self, ready: Ready, spec: &crate::bytecode::MatchSpec) -> Ready {
        // A text that turns out empty counts, a `qr//` does not.
        let text = || match self.raw(spec.pattern) {
            Val::Cell(cell) => cell.with(|v| qr_of(v).is_none()),
            val => qr_of(&val).is_none(),
        };
        if (spec.empty_means_last || spec.constant.is_none() && text())
            && let Some(regex) = self.matched.regex()
        {
            return Ready {
                regex,
                blocks: ready.blocks,
            };
        }
        ready
    }

    pub(in crate::vm) fn match_op(&mut self, d: R, t: R, m: u16) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let proto: &crate::value::Proto = unsafe { &*proto };
        let spec = &proto.unit.matches[m as usize];
        let want = match spec.want {
            Want::Caller => frame.want,
            want => want,
        };
        let ready = self.pattern(m)?;
        let ready = self.or_last(ready, spec);
        if spec.once && self.once_spent(m, None) {
            return self.match_result(d, want, spec.negate, false);
        }
        let global = spec.flags.contains('g');
        if !global {
            let val = if t == NO { self.topic()? } else { self.get(t)? };
            let subject = self.str(&val)?;
            let mut caps = self.spare_caps();
            // `\G` looks at pos() without /g too (perlop), only pos() stays.
            let (start, opts) = if ready.regex.uses_pos() {
                let cell = match t {
                    NO => self.names.underscore.scalar(),
                    _ => self.cell(t)?,
                };
                let at = Self::start_of(&cell, &subject).0;
                (
                    at,
                    ExecOpts {
                        g_pos: Some(at),
                        ..ExecOpts::default()
                    },
                )
            } else {
                (0, ExecOpts::default())
            };
            let found = self.search(&ready, &subject, start, opts, &mut caps)?;
            if found {
                self.set_match(subject, caps, &ready.regex);
                if spec.once {
                    self.once_spent(m, Some(true));
                }
                if want == Want::List && !spec.negate {
                    return self.push_groups(ready.regex.groups());
                }
            } else {
                self.idle_caps = caps;
            }
            return self.match_result(d, want, spec.negate, found);
        }
        let cell = match t {
            NO => self.names.underscore.scalar(),
            _ => self.cell(t)?,
        };
        let keep = spec.flags.contains('c');
        if want == Want::List && !spec.negate {
            return self.match_all(&ready, &cell, keep);
        }
        let found = self.match_next(&ready, &cell, keep)?;
        self.match_result(d, want, spec.negate, found)
    }

    fn topic(&mut self) -> Exec<Val> {
        let cell = self.names.underscore.scalar();
        self.fetch(&cell)
    }

    /// `m?..?`: has it matched? `set`: it has now.
    fn once_spent(&mut self, m: u16, set: Option<bool>) -> bool {
        let Some(frame) = self.frames.last() else {
            return false;
        };
        let slot = frame.proto().patterns[m as usize].borrow().clone();
        let Some(slot) = slot else { return false };
        match slot.downcast_ref::<Remembered>() {
            Some(known) => match set {
                Some(on) => known.spent.replace(on),
                None => known.spent.get(),
            },
            None => false,
        }
    }

    fn match_result(&mut self, d: R, want: Want, negate: bool, found: bool) -> Exec {
        let answer = found != negate;
        match want {
            Want::List => {
                // A failed match in list context is the empty list, unless it is `!~`.
                if negate || answer {
                    self.list.push(Val::Bool(answer));
                }
                Ok(())
            }
            _ if d == NO => Ok(()),
            _ => self.put(d, Val::Bool(answer)),
        }
    }

    /// Pushes `$1`, `$2` ..., or 1 where there are no groups.
    fn push_groups(&mut self, groups: u32) -> Exec {
        if groups == 0 {
            self.list.push(Val::Int(1));
            return Ok(());
        }
        for n in 1..=groups as usize {
            let part = self.matched.group(n);
            self.list.push(part.map_or(Val::Undef, Val::Str));
        }
        Ok(())
    }

    fn start_of(cell: &Rc<Scalar>, subject: &PerlStr) -> (usize, bool) {
        match cell.pos() {
            Some((at, empty)) => (at.min(subject.len()), empty),
            None => (0, false),
        }
    }

    /// `m//g` in scalar context: from `pos` on.
    fn match_next(&mut self, ready: &Ready, cell: &Rc<Scalar>, keep: bool) -> Exec<bool> {
        let val = self.fetch(cell)?;
        let subject = self.str(&val)?;
        drop(val);
        let (start, empty) = Self::start_of(cell, &subject);
        let mut caps = self.spare_caps();
        let opts = ExecOpts {
            not_empty_at_start: empty,
            g_pos: Some(start),
            ..ExecOpts::default()
        };
        let found = self.search(ready, &subject, start, opts, &mut caps)?;
        if found {
            let (from, to) = caps.get(0).unwrap_or((start, start));
            self.set_match(subject, caps, &ready.regex);
            // Progress is what counts: `\G` can let a match begin before pos.
            cell.set_pos(Some((to, from == to || to <= start)));
        } else {
            self.idle_caps = caps;
            if !keep {
                cell.set_pos(None);
            }
        }
        Ok(found)
    }

    /// `m//g` in list context: all matches.
    fn match_all(&mut self, ready: &Ready, cell: &Rc<Scalar>, keep: bool) -> Exec {
        let val = self.fetch(cell)?;
        let subject = self.str(&val)?;
        drop(val);
        let (mut start, mut empty) = Self::start_of(cell, &subject);
        let groups = ready.regex.groups() as usize;
        let mut last: Option<Captures> = None;
        let mut caps = self.spare_caps();
        loop {
            let opts = ExecOpts {
                not_empty_at_start: empty,
                g_pos: Some(start),
                ..ExecOpts::default()
            };
            if !self.search(ready, &subject, start, opts, &mut caps)? {
                break;
            }
            self.round(self.list.len())?;
            let (from, to) = caps.get(0).unwrap_or((start, start));
            let first = if groups == 0 { 0 } else { 1 };
            for n in first..=groups {
                let span = caps.get(n);
                let part = span.map(|(a, b)| Val::Str(subject.slice_bytes(a..b)));
                self.list.push(part.unwrap_or_default());
                // a few of these may be all the memory there is
                if span.is_some_and(|(a, b)| b - a >= LARGE) {
                    self.checkpoint()?;
                }
            }
            (start, empty) = (to, from == to || to <= start);
            let spare = last.take().unwrap_or_default();
            last = Some(std::mem::replace(&mut caps, spare));
        }
        match last {
            Some(caps) => {
                self.set_match(subject, caps, &ready.regex);
                cell.set_pos(if keep { Some((start, empty)) } else { None });
            }
            None if !keep => cell.set_pos(None),
            None => {}
        }
        Ok(())
    }

    pub(in crate::vm) fn qr_op(&mut self, d: R, m: u16) -> Exec {
        let ready = self.pattern_as(m, crate::regex::Flags::DEFER)?;
        let val = self.new_qr(ready);
        self.put(d, val)
    }

    /// Keeps the closures of a `qr//` where a pattern it is interpolated into finds them.
    #[cold]
    fn remember_code(&mut self, ready: &Ready) {
        const KEPT: usize = 256;
        if self.qr_code.len() > KEPT {
            self.qr_code.clear();
        }
        for (text, index) in ready.regex.codes() {
            if let Some(sub) = ready.blocks.get(*index as usize) {
                self.qr_code.insert(text.clone(), sub.clone());
            }
        }
    }

    /// A `qr//` object.
    pub(in crate::vm) fn new_qr(&mut self, ready: Ready) -> Val {
        if ready.regex.has_code() {
            self.remember_code(&ready);
        }
        let body = Regexp::new(ready.regex, ready.blocks.to_vec());
        let cell = Scalar::new(Val::Regexp(body));
        cell.bless(self.symbols.stash("Regexp"));
        Val::SRef(cell)
    }
}
