//! `s///`: with a constant replacement at once, with a computed one as a loop of the unit.

use super::pattern::Ready;
use crate::bytecode::{NO, R};
use crate::regex::{Captures, ExecOpts};
use crate::text::PerlStr;
use crate::value::{HasSide, Native, Rc, Scalar, Val};
use crate::vm::taint::{Cause, tainted};
use crate::vm::{Exec, Vm};
use std::cell::RefCell;
use std::rc::Rc as Shared;

/// A substitution on its way.
struct Work {
    ready: Ready,
    subject: PerlStr,
    /// Where the result goes; none for `/r`.
    target: Option<Rc<Scalar>>,
    out: PerlStr,
    /// What is behind this has not been copied yet.
    copied: usize,
    /// Where the next search begins, and whether the last match was empty there.
    start: usize,
    empty: bool,
    /// What `\G` means.
    g_pos: usize,
    count: i64,
    global: bool,
    negate: bool,
    /// The present match.
    span: (usize, usize),
    done: bool,
    /// What is tainted.
    cause: Cause,
}

impl Work {
    /// Copies the subject up to `end`.
    fn copy_to(&mut self, end: usize) -> Exec {
        copy(&self.subject, self.copied, end, &mut self.out)
    }
}

/// Appends a stretch of `subject`, which is stored as `out` was when it was begun.
fn copy(subject: &PerlStr, from: usize, to: usize, out: &mut PerlStr) -> Exec {
    let part = subject.as_bytes().get(from..to).unwrap_or(&[]);
    match subject.is_utf8() == out.is_utf8() {
        true => out.try_push_bytes(part)?,
        false => out.try_push_latin1(part)?,
    }
    Ok(())
}

impl Vm {
    fn subst_work(&mut self, t: R, s: u16) -> Exec<(Work, Option<crate::bytecode::Literal>)> {
        let Some(frame) = self.frames.last() else {
            return Err(self.die("panic: no frame"));
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let unit = unsafe { &(*proto).unit };
        let spec = &unit.substs[s as usize];
        let pattern = &unit.matches[spec.pattern as usize];
        let ready = self.pattern(spec.pattern)?;
        let ready = self.or_last(ready, pattern);
        let target = match spec.ret {
            true => None,
            false if t == NO => Some(self.names.underscore.scalar()),
            false => Some(self.cell(t)?),
        };
        let val = match &target {
            Some(cell) => self.fetch(cell)?,
            None if t == NO => {
                let cell = self.names.underscore.scalar();
                self.fetch(&cell)?
            }
            None => self.get(t)?,
        };
        let subject = self.str(&val)?;
        let cause = match self.tainting {
            0 => Cause::NONE,
            _ => self.subst_cause(&subject, spec.pattern)?,
        };
        let pos = target
            .as_ref()
            .and_then(|cell| cell.pos())
            .map_or(0, |(at, _)| at);
        let work = Work {
            g_pos: pos.min(subject.len()),
            ready,
            subject,
            target,
            out: PerlStr::new(),
            copied: 0,
            start: 0,
            empty: false,
            count: 0,
            global: spec.global,
            negate: pattern.negate,
            span: (0, 0),
            done: false,
            cause,
        };
        Ok((work, spec.replacement.clone()))
    }

    /// The next match of a substitution; its captures become the last match.
    fn subst_search(&mut self, work: &mut Work) -> Exec<bool> {
        if work.done {
            return Ok(false);
        }
        let mut caps = self.spare_caps();
        if !self.subst_find(work, &mut caps)? {
            self.idle_caps = caps;
            return Ok(false);
        }
        self.set_match(work.subject.clone(), caps, &work.ready.regex);
        if self.tainting != 0 {
            self.mark_captures(work.cause.captures());
            if let Some(cell) = work.target.as_ref().filter(|_| work.count > 1) {
                self.taint_target(cell, work.cause);
            }
        }
        if let Some(cell) = &work.target {
            cell.set_pos(Some((work.span.0, false)));
        }
        Ok(true)
    }

    /// The next match, with what stands before it copied.
    fn subst_find(&mut self, work: &mut Work, caps: &mut Captures) -> Exec<bool> {
        let opts = ExecOpts {
            not_empty_at_start: work.empty,
            g_pos: Some(work.g_pos),
            not_before_start: work.count > 0,
            ..ExecOpts::default()
        };
        if !self.search(&work.ready, &work.subject, work.start, opts, caps)? {
            work.done = true;
            return Ok(false);
        }
        work.span = caps.get(0).unwrap_or((work.start, work.start));
        (work.start, work.empty) = (work.span.1, work.span.0 == work.span.1);
        work.g_pos = work.start;
        work.done = !work.global;
        if work.count == 0 {
            work.out = PerlStr::try_with_capacity(work.subject.len())?;
            work.out.set_utf8_flag(work.subject.is_utf8());
            if work.subject.taint() {
                work.out.set_taint(true);
            }
        }
        work.count += 1;
        self.round(work.count as usize)?;
        work.copy_to(work.span.0)?;
        work.copied = work.span.1;
        Ok(true)
    }

    /// Finishes: stores the result and gives what the operator yields.
    fn subst_finish(&mut self, work: Work) -> Exec<Val> {
        let Work {
            subject,
            target,
            mut out,
            copied,
            count,
            negate,
            global,
            cause,
            ..
        } = work;
        self.end_tainting();
        let Some(cell) = target else {
            if count == 0 {
                return Ok(Val::Str(subject));
            }
            copy(&subject, copied, subject.len(), &mut out)?;
            if cause.text() {
                out.set_taint(true);
            }
            return Ok(Val::Str(out));
        };
        if count > 0 {
            copy(&subject, copied, subject.len(), &mut out)?;
            drop(subject);
            if cause.text() {
                out.set_taint(true);
            }
            self.store(&cell, Val::Str(out))?;
        }
        Ok(match (negate, count) {
            (true, n) => Val::Bool(n == 0),
            (false, 0) => Val::Bool(false),
            (false, n) if global && cause.count() => tainted(Val::Int(n)),
            (false, n) => Val::Int(n),
        })
    }

    pub(in crate::vm) fn subst_op(&mut self, d: R, t: R, s: u16) -> Exec {
        let (mut work, replacement) = self.subst_work(t, s)?;
        let with = replacement
            .as_ref()
            .map_or_else(PerlStr::new, |l| crate::value::proto::literal(l).to_str());
        let (mut caps, mut last) = (self.spare_caps(), Captures::default());
        while !work.done && self.subst_find(&mut work, &mut caps)? {
            work.out.try_push_str(&with)?;
            std::mem::swap(&mut caps, &mut last);
        }
        if work.count > 0 {
            self.set_match(work.subject.clone(), last, &work.ready.regex);
            if self.tainting != 0 {
                self.mark_captures(work.cause.captures());
            }
        }
        if work.count > 0
            && let Some(cell) = &work.target
            && cell.is_read_only()
        {
            return Err(self.die("Modification of a read-only value attempted"));
        }
        let val = self.subst_finish(work)?;
        if d == NO { Ok(()) } else { self.put(d, val) }
    }

    pub(in crate::vm) fn subst_start(&mut self, it: R, t: R, s: u16) -> Exec {
        let (work, _) = self.subst_work(t, s)?;
        let work: Shared<dyn std::any::Any> = Shared::new(RefCell::new(Some(Box::new(work))));
        self.put_raw(it, Val::Native(Native::new(work)));
        Ok(())
    }

    /// Takes the work out of its register while it is worked on.
    fn take_work(&mut self, it: R) -> Option<(Val, Box<Work>)> {
        let val = self.raw(it);
        let Val::Native(native) = &val else {
            return None;
        };
        let work = native
            .object
            .downcast_ref::<RefCell<Option<Box<Work>>>>()?
            .take()?;
        Some((val, work))
    }

    fn put_work(val: &Val, work: Box<Work>) {
        if let Val::Native(native) = val
            && let Some(slot) = native.object.downcast_ref::<RefCell<Option<Box<Work>>>>()
        {
            slot.replace(Some(work));
        }
    }

    pub(in crate::vm) fn subst_next(&mut self, it: R) -> Exec<bool> {
        let Some((val, mut work)) = self.take_work(it) else {
            return Ok(false);
        };
        let found = self.subst_search(&mut work);
        Self::put_work(&val, work);
        found
    }

    pub(in crate::vm) fn subst_add(&mut self, it: R, x: R) -> Exec {
        let with = self.get(x)?;
        let with = self.str(&with)?;
        let Some((val, mut work)) = self.take_work(it) else {
            return Ok(());
        };
        work.cause.replacement |= with.taint();
        let done = work.out.try_push_str(&with);
        Self::put_work(&val, work);
        Ok(done?)
    }

    pub(in crate::vm) fn subst_end(&mut self, d: R, it: R) -> Exec {
        let Some((_, work)) = self.take_work(it) else {
            return Ok(());
        };
        self.put_raw(it, Val::Undef);
        let val = self.subst_finish(*work)?;
        if d == NO { Ok(()) } else { self.put(d, val) }
    }
}
