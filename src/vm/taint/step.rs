//! Before and behind each operation.

use super::{Seen, flow};
use crate::bytecode::{NO, Op, R};
use crate::value::rc::flag;
use crate::value::{Key, Val};
use crate::vm::{Exec, Vm};

impl Vm {
    /// `Op::Check`: what the operation before has computed, what the next one is going to read.
    #[inline(never)]
    pub(in crate::vm) fn taint_step(&mut self) -> Exec {
        let seen = self.seen.take();
        if !seen.at.is_null() {
            self.taint_after(&seen);
        }
        // SAFETY: an operation follows.
        let op = unsafe { *self.pc };
        self.taint_before(op)
    }

    /// Perl code that an operation runs: what was seen of the operation and of its statement outlives it.
    #[cold]
    pub(in crate::vm) fn taint_nested(&mut self, floor: usize) -> Exec {
        let (seen, tainted) = (self.seen.take(), std::mem::take(&mut self.tainted));
        let done = self.nested(floor);
        self.seen = seen;
        self.tainted |= tainted;
        done
    }

    /// Looks at what an operation is going to read; refuses what must not be tainted.
    fn taint_before(&mut self, op: Op) -> Exec {
        let mut seen = Seen {
            at: self.pc,
            list: self.list.len(),
            regs: self.r,
            ..Seen::NOTHING
        };
        for a in flow::of(op).reads {
            self.taint_read(a);
        }
        let index = flow::index(op);
        self.index_tainted = self.reg_tainted(index);
        self.tainted |= self.index_tainted;
        match op {
            Op::Statement
            | Op::IterLoop(..)
            | Op::IterLoopV(..)
            | Op::Ret(_)
            | Op::RetL
            | Op::RetVoid
            | Op::RetW(_) => self.tainted = false,
            Op::Assigned(a) => self.tainted = self.reg_tainted(a),
            Op::Jmp(off) if off < 0 => self.tainted = false,
            Op::ConcatX(n, _) => self.taint_read_operands(n as usize),
            Op::PrintX(k, ..) => {
                if let (2, Op::Ext(flags, a, ..)) = (k & 3, self.op_ahead())
                    && flags & 1 == 0
                    && self.reg_tainted(a)
                {
                    self.tainted = true;
                    self.taint_proper("printf")?;
                }
                self.taint_read_operands(k as usize >> 2);
            }
            Op::Inc(a) | Op::Dec(a) | Op::PostInc(_, a) | Op::PostDec(_, a) => {
                seen.own = self.reg_tainted(a);
                self.tainted |= seen.own;
            }
            Op::AElemBin(c, i) | Op::HElemBin(c, i) => {
                if let Op::Ext(_, s, ..) = self.op_ahead() {
                    self.taint_read(s);
                }
                seen.own = self.element_tainted(c, i);
                self.tainted |= seen.own;
            }
            Op::AElemInc(_, _, c, i) | Op::HElemInc(_, _, c, i) => {
                seen.own = self.element_tainted(c, i);
                self.tainted |= seen.own;
            }
            Op::LJoin(..)
            | Op::LReverseS(_)
            | Op::NewArr(_)
            | Op::NewHash(_)
            | Op::APushL(..)
            | Op::AUnshiftL(..) => {
                self.taint_read_list(self.top_mark(), usize::MAX);
            }
            Op::Print(k, ..) => {
                let from = self.top_mark();
                if k & 3 == 2 {
                    self.taint_format(from, "printf")?;
                }
                self.taint_read_list(from, usize::MAX);
            }
            Op::Split(_, _, s) => self.taint_read(s),
            Op::Match(_, t, m) => {
                seen.cause = self.taint_match(t, m)?;
                self.has_matched = false;
            }
            Op::Qr(_, m) => seen.cause = self.taint_pattern(m)?,
            Op::Bi(nw, _, first) => self.taint_call(first, (nw & 63) as usize, &mut seen)?,
            Op::BiL(..) => {
                seen.list = self.top_mark();
                self.taint_call_list(&mut seen)?;
            }
            Op::EvalStr(_, _, s) => {
                self.taint_read(s);
                self.taint_proper("eval")?;
            }
            _ => {}
        }
        self.seen = seen;
        Ok(())
    }

    /// Taints what an operation has computed, where the statement is tainted.
    fn taint_after(&mut self, seen: &Seen) {
        if seen.regs != self.r {
            return;
        }
        // SAFETY: the operation of this frame that ran last.
        let (op, ext) = unsafe { (*seen.at, *seen.at.add(1)) };
        match op {
            Op::Inc(a) | Op::Dec(a) if seen.own => self.taint_reg(a),
            Op::PostInc(d, a) | Op::PostDec(d, a) => {
                if seen.own {
                    self.taint_reg(a);
                }
                self.taint_result(d);
            }
            Op::ConcatX(_, d) => self.taint_result(d),
            Op::AElemBin(c, i) | Op::HElemBin(c, i) => {
                if self.tainted {
                    self.taint_element(c, i);
                }
                if let Op::Ext(_, _, d, _) = ext {
                    self.taint_result(d);
                }
            }
            Op::AElemInc(_, d, c, i) | Op::HElemInc(_, d, c, i) => {
                if seen.own {
                    self.taint_element(c, i);
                }
                self.taint_result(d);
            }
            Op::LAssign(..)
            | Op::LTake(..)
            | Op::LTakeRest(..)
            | Op::AAssign(..)
            | Op::HAssign(..) => self.tainted = false,
            Op::HGet(d, c, _) | Op::HGetK(d, c, _) if self.is_watched(c) => self.taint_read(d),
            Op::ReadLine(_, d, _) => self.taint_lines(d, seen.list),
            Op::Match(..) => self.taint_matched(seen.cause, seen.list),
            Op::Qr(d, _) if seen.cause.pattern => self.taint_qr(d),
            Op::Split(_, d, _) => self.taint_fields(d, ext, seen.list),
            Op::Bi(_, d, _) | Op::BiL(_, d) => self.taint_called(d, ext, seen),
            op => self.taint_result(flow::of(op).result),
        }
    }

    /// What was computed is tainted where the statement is, and the statement where it is (overloading can have
    /// brought that in).
    fn taint_result(&mut self, d: R) {
        if d == NO {
            return;
        }
        if self.tainted {
            self.taint_reg(d);
        } else {
            self.taint_read(d);
        }
    }

    /// The operands behind the next operation.
    pub(super) fn op_ahead(&self) -> Op {
        // SAFETY: asked only for operations that have an Ext, with `pc` before them.
        unsafe { *self.pc.add(1) }
    }

    fn taint_read_operands(&mut self, n: usize) {
        for i in 0..n.div_ceil(3) {
            // SAFETY: the operand list follows.
            let Op::Ext(flags, a, b, c) = (unsafe { *self.pc.add(i + 1) }) else {
                return;
            };
            for (j, r) in [a, b, c].into_iter().enumerate().take(n - 3 * i) {
                if flags & 1 << j == 0 {
                    self.taint_read(r);
                }
            }
        }
    }

    /// The place of an element of a plain container, if it has one.
    fn element(&self, c: R, i: R) -> Option<*const Val> {
        // SAFETY: registers of the frame; nothing runs while they are looked at.
        let (container, key) = unsafe { (&*self.peek(self.reg(c)), &*self.peek(self.reg(i))) };
        let place = match container {
            Val::ARef(array) if !array.header().has(flag::TIED) => {
                array.place(array.index(key.to_int())?)
            }
            Val::HRef(hash) if !hash.header().has(flag::TIED) => {
                hash.place(&Key::new(&key.to_str()))
            }
            _ => return None,
        };
        Some(place.cast_const()).filter(|p| !p.is_null())
    }

    /// Is it `%ENV` or its like? Asking for an element of these reads it.
    fn is_watched(&self, c: R) -> bool {
        // SAFETY: a register of the frame.
        let container = unsafe { &*self.peek(self.reg(c)) };
        matches!(container, Val::HRef(hash) if hash.header().has(flag::HOOKED))
    }

    fn element_tainted(&mut self, c: R, i: R) -> bool {
        match self.element(c, i) {
            Some(place) => self.entry_tainted(place),
            None => false,
        }
    }

    fn taint_element(&mut self, c: R, i: R) {
        if let Some(place) = self.element(c, i) {
            self.taint_at(place);
        }
    }
}
