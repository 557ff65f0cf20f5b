//! A block that is called again and again, for items of a list: it gets one frame, in which every round begins at its
//! first op (perlcall, "Lightweight Callbacks").

use crate::bytecode::{NO, R, Want};
use crate::value::code::Body;
use crate::value::{Code, Rc, Val};
use crate::vm::frame::kind;
use crate::vm::{Exec, Vm};
use std::cmp::Ordering;

/// A block with its frame.
pub struct Rounds {
    code: Rc<Code>,
    /// How many frames are below. None: what is called has no Perl body.
    floor: Option<usize>,
}

impl Vm {
    /// Makes a block ready for its rounds, in scalar context. It sees its caller's `@_`.
    pub fn begin_rounds(&mut self, code: Rc<Code>) -> Exec<Rounds> {
        self.rounds_of(code, kind::NO_ARGS)
    }

    /// The same with these facts of the frame.
    pub(super) fn rounds_of(&mut self, code: Rc<Code>, bits: u8) -> Exec<Rounds> {
        if !matches!(code.body(), Body::Perl(_)) {
            return Ok(Rounds { code, floor: None });
        }
        let floor = self.frames.len();
        let bits = kind::NESTED | kind::OWN_ARGS | bits;
        self.push_frame(code.clone(), self.top, 0, NO, Want::Scalar, bits)?;
        if let Some(frame) = self.frames.last_mut() {
            frame.again = true;
        }
        Ok(Rounds {
            code,
            floor: Some(floor),
        })
    }

    /// One round; [`Vm::answer`] tells what the block gave. Looks at what is pending before, for a block without calls and loops has no
    /// safe point of its own. After an error there are no more rounds: the frame is gone.
    #[inline]
    pub fn next_round(&mut self, rounds: &Rounds) -> Exec {
        let Some(floor) = rounds.floor else {
            self.result = self.call_for_one(&rounds.code, &[])?;
            return Ok(());
        };
        if let Err(died) = self.checkpoint() {
            self.drop_round_frame();
            return Err(died);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.list = self.list.len() as u32;
            self.pc = frame.proto().unit.code.as_ptr();
        }
        let done = self.run_nested(floor);
        self.round_done = false;
        done
    }

    /// What the last round gave.
    pub fn answer(&mut self) -> Val {
        self.result.take()
    }

    /// Is what the last round gave true?
    #[inline]
    pub fn answer_is_true(&mut self) -> Exec<bool> {
        if let Val::Bool(answer) = self.result {
            return Ok(answer);
        }
        let answer = self.answer();
        self.truth(&answer)
    }

    /// The sign of what the last round gave.
    #[inline]
    pub(super) fn answer_as_order(&mut self) -> Exec<Ordering> {
        if let Val::Int(answer) = self.result {
            return Ok(answer.cmp(&0));
        }
        let answer = self.answer();
        self.order_of(&answer)
    }

    /// Calls a block once in list context; it sees its caller's `@_`. How many values it has appended to the list.
    pub fn call_block(&mut self, code: &Rc<Code>) -> Exec<usize> {
        let from = self.list.len();
        self.call_window(code.clone(), self.top, 0, Want::List, kind::NO_ARGS)?;
        Ok(self.list.len() - from)
    }

    /// Takes the block's frame down, unless an error has done so.
    pub fn end_rounds(&mut self, rounds: Rounds) {
        if rounds.floor.is_some_and(|floor| self.frames.len() > floor) {
            self.drop_round_frame();
        }
    }

    fn drop_round_frame(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.again = false;
        }
        self.pop_frame();
    }

    /// The block has its answer, a register's; its frame becomes what it was at the beginning.
    #[inline(never)]
    pub(super) fn finish_round(&mut self, a: R) -> Exec {
        // SAFETY: a register of the frame.
        let place = unsafe { &mut *self.reg(a) };
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let quiet = self.saves.len() == frame.saves as usize
            && self.scopes.len() == frame.scopes as usize
            && self.list.len() == frame.list as usize;
        if !quiet || !place.is_rvalue() {
            let val = self.get(a)?;
            return self.finish_round_with(val);
        }
        // A value that the frame holds itself goes with it.
        self.result.put(place.take());
        self.rewind_frame();
        self.round_done = true;
        Ok(())
    }

    /// The same with a value, and with what may still be open.
    #[cold]
    pub(super) fn finish_round_with(&mut self, val: Val) -> Exec {
        if let Some(frame) = self.frames.last() {
            let (saves, scopes) = (frame.saves as usize, frame.scopes as usize);
            self.list.truncate(frame.list as usize);
            if self.saves.len() > saves {
                self.handlers.truncate(frame.handlers as usize);
                self.restore(saves)?;
            }
            self.scopes.truncate(scopes);
        }
        self.rewind_frame();
        self.result = val;
        self.round_done = true;
        Ok(())
    }

    /// Makes the innermost frame as it was when it began. What its blocks have opened has been closed.
    #[inline]
    fn rewind_frame(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if self.marks.len() > frame.marks as usize {
            self.marks.truncate(frame.marks as usize);
        }
        if self.handlers.len() > frame.handlers as usize {
            self.handlers.truncate(frame.handlers as usize);
        }
        if let Some(matched) = frame.matched.take() {
            self.matched = matched;
        }
        frame.shifted = 0;
        let argv = frame.argv.take();
        let (base, end) = (frame.base as usize, frame.end());
        self.regs.clear(base, end);
        drop(argv);
    }
}
