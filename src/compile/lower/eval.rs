//! `eval BLOCK` and `eval STRING`.
use super::builtin::want_bits;
use super::{Dest, Lower};
use crate::bytecode::NO;
use crate::bytecode::{Op, R, Want};
use crate::compile::body::{Dynamic, EvalCx};
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `eval { .. }`
    pub fn eval_block(&mut self, block: BlockId, dest: Dest) {
        let heights = self.b.heights();
        let end = self.b.label();
        let handler = self.b.label();
        let (d, dest) = match dest {
            Dest::Scalar(d) => (d, dest),
            Dest::Caller(d) => (d, dest),
            _ => (NO, dest),
        };
        let first_var = self.b.next_var;
        let floor = self.b.heights();
        let depth = self.b.dynamics.len();
        self.b.jump(Op::EvalEnter(d, 0), handler);
        let ext = self.b.pc();
        self.b.ext(0, 0, 0, 0);
        self.b.evals.push(EvalCx {
            dest,
            end,
            depth,
            marks: self.b.marks,
        });
        self.b.dynamics.push(Dynamic::Eval);
        self.block(block, dest);
        self.b.dynamics.pop();
        self.b.evals.pop();
        self.b.emit(Op::EvalLeave);
        self.b.place_label(end);
        self.b.place_label(handler);
        let cleanup = self.b.cleanup(first_var, floor);
        self.b.unit.code[ext as usize] = Op::Ext(0, cleanup, 0, 0);
        self.b.release(heights);
    }

    /// `eval STRING`; `bytes`: `evalbytes`.
    pub fn eval_str(&mut self, s: ExprId, want: Want, d: R, bytes: bool) {
        let heights = self.b.heights();
        self.b.unit.flags.evals = true;
        self.b.args_real = true;
        let text = self.scalar(s);
        let scope = self.eval_scope();
        self.b.emit(Op::EvalStr(want_bits(want), d, text));
        self.b.ext(0, u16::from(bytes), scope, 0);
        self.b.release(heights);
    }
}
