//! `given`, `when`, `default`, and smart matching.
use super::{Dest, Lower};
use crate::bytecode::{Bin, NO, Op, R};
use crate::compile::body::Dynamic;
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `given (EXPR) {..}`: a block with `$_` as a copy of the topic, left by `break` and `when`.
    pub fn given(&mut self, topic: ExprId, body: BlockId, dest: Dest) {
        let heights = self.b.heights();
        let inner = self.inner_dest(dest);
        if let Dest::Scalar(d) | Dest::Caller(d) = inner {
            self.b.emit(Op::LoadUndef(d));
        }
        self.b.open_scope(true);
        let v = self.topic_value(topic);
        let g = self.b.glob("main::_");
        self.b.emit(Op::Enter);
        self.b.unit.flags.saves = true;
        self.b.dynamics.push(Dynamic::Enter);
        let p = self.b.place();
        self.b.emit(Op::LocalScalar(p, g));
        self.b.emit(Op::Move(p, v));
        let end = self.b.label();
        let redo = self.b.here();
        self.b.open_loop(Some("given".into()), [end, end, redo]);
        self.b.whens.push(end);
        self.given_dests.push(inner);
        self.block(body, inner);
        self.given_dests.pop();
        self.b.whens.pop();
        self.b.place_label(end);
        self.b.close_loop();
        self.b.dynamics.pop();
        self.b.emit(Op::Leave);
        self.b.close_scope();
        if let (Dest::Tail, Dest::Caller(d)) = (dest, inner) {
            self.b.close(Op::RetW(d));
        }
        self.b.release(heights);
    }

    /// Where the value of a `when` goes, whichever statement it is: to the `given` it leaves.
    fn when_dest(&self) -> Dest {
        let in_given = self
            .b
            .loops
            .iter()
            .rfind(|l| !l.is_when())
            .is_some_and(|l| l.label.as_deref() == Some("given"));
        match self.given_dests.last() {
            Some(&dest) if in_given => dest,
            _ => Dest::Void,
        }
    }

    /// Arrays and hashes as topics are taken by reference.
    fn topic_value(&mut self, e: ExprId) -> R {
        if self.is_array(e) || self.is_hash(e) {
            let t = self.b.temp();
            self.reference(e, t);
            return t;
        }
        self.scalar(e)
    }

    /// `when (COND) {..}`
    pub fn when(&mut self, cond: ExprId, body: BlockId) {
        let next = self.b.label();
        self.when_test(cond, next);
        let dest = self.when_dest();
        self.b.open_scope(false);
        // for a `continue` in a sub that the block calls
        self.b.open_loop(Some("when".into()), [next, next, next]);
        self.whens_next(next, |l| l.block(body, dest));
        self.b.close_loop();
        self.b.close_scope();
        self.leave_when();
        self.b.place_label(next);
    }

    /// `default {..}`
    pub fn default(&mut self, body: BlockId) {
        let next = self.b.label();
        let dest = self.when_dest();
        self.whens_next(next, |l| l.block(body, dest));
        self.leave_when();
        self.b.place_label(next);
    }

    fn whens_next(&mut self, next: crate::compile::body::Label, run: impl FnOnce(&mut Self)) {
        let depth = self.b.dynamics.len();
        self.b.continues.push((next, depth));
        run(self);
        self.b.continues.pop();
    }

    /// The end of a `when`: on to the end of `given`, or the next item of a loop.
    fn leave_when(&mut self) {
        self.loop_control(LoopWord::Next, Label::None);
    }

    /// `break`
    pub fn break_given(&mut self) {
        let given = self
            .b
            .loops
            .iter()
            .rposition(|l| l.label.as_deref() == Some("given"));
        match given {
            Some(_)
                if self
                    .b
                    .loops
                    .iter()
                    .rfind(|l| !l.is_when())
                    .is_some_and(|l| l.label.as_deref() == Some("given")) =>
            {
                self.loop_control(LoopWord::Last, Label::None)
            }
            // one in a sub around, if there is any
            None => {
                let k = self.b.str_constant("given");
                self.b.emit(crate::bytecode::Op::LoopCtl(1, k));
            }
            _ => self.die_const("Can't \"break\" outside a given block"),
        }
    }

    /// `continue` in a `when`
    pub fn continue_when(&mut self) {
        match self.b.continues.last().copied() {
            Some((next, depth)) => {
                self.b.undo_to(depth);
                self.b.jump(Op::Jmp(0), next);
            }
            None => {
                let k = self.b.str_constant("when");
                self.b.emit(crate::bytecode::Op::LoopCtl(0, k));
            }
        }
    }

    /// Jumps to `next` unless the condition of a `when` holds: tests are taken as they are, the rest is matched
    /// against `$_`.
    fn when_test(&mut self, cond: ExprId, next: crate::compile::body::Label) {
        let cond = self.unwrap_list(cond);
        if self.is_test(cond) {
            return self.jump_if(cond, false, next);
        }
        let heights = self.b.heights();
        let t = self.b.temp();
        let topic = self.b.temp();
        let g = self.b.glob("main::_");
        self.b.emit(Op::GGet(topic, g));
        let v = self.smart_operand(cond);
        self.b.emit(Op::Bin(Bin::Smart, t, topic, v));
        self.b.jump(Op::JF(t, 0), next);
        self.b.release(heights);
    }

    fn is_test(&self, e: ExprId) -> bool {
        use BinOp::*;
        match *self.ast.kind(e) {
            ExprKind::Call { .. }
            | ExprKind::Method { .. }
            | ExprKind::Match { .. }
            | ExprKind::Subst { .. }
            | ExprKind::FileTest { .. }
            | ExprKind::Isa { .. }
            | ExprKind::Chain { .. } => true,
            ExprKind::Unary { op: UnOp::Not, .. } => true,
            ExprKind::Binary { op, .. } => matches!(
                op,
                NumEq
                    | NumNe
                    | NumLt
                    | NumLe
                    | NumGt
                    | NumGe
                    | StrEq
                    | StrNe
                    | StrLt
                    | StrLe
                    | StrGt
                    | StrGe
                    | SmartMatch
            ),
            ExprKind::Builtin { func, .. } => {
                matches!(func, Builtin::Defined | Builtin::Exists | Builtin::Eof)
            }
            ExprKind::Logic {
                op: LogOp::And,
                left,
                right,
            } => self.is_test(left) && self.is_test(right),
            ExprKind::Logic {
                op: LogOp::Or,
                left,
                ..
            } => self.is_test(left),
            ExprKind::Range { .. } => true,
            ExprKind::Str(_) | ExprKind::Int(_) => false,
            _ => false,
        }
    }

    /// `~~`
    pub fn smart_match(&mut self, left: ExprId, right: ExprId, d: R) {
        if let ExprKind::Match {
            target: None,
            pattern,
            negate: false,
        } = *self.ast.kind(self.unwrap_list(right))
        {
            if !self.is_array(left) && !self.is_hash(left) {
                let t = self.scalar(left);
                return self.match_value(t, pattern, d);
            }
        }
        let a = self.smart_operand(left);
        let b = self.smart_operand(right);
        self.b.emit(Op::Bin(Bin::Smart, d, a, b));
        let _ = NO;
    }

    /// Arrays, hashes and patterns are taken by reference.
    fn smart_operand(&mut self, e: ExprId) -> R {
        let e = self.unwrap_list(e);
        if self.is_array(e) || self.is_hash(e) {
            let t = self.b.temp();
            self.reference(e, t);
            return t;
        }
        if let ExprKind::Match {
            target: None,
            pattern,
            negate: false,
        } = *self.ast.kind(e)
        {
            let t = self.b.temp();
            self.qr(pattern, t);
            return t;
        }
        self.scalar(e)
    }
}
