//! Conditions: jumps by truth, with fused comparisons.
use super::Lower;
use crate::bytecode::{Bin, Op, R};
use crate::compile::body::Label;
use crate::diag::hints;
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// Jumps to `to` where the truth of `e` is `sense`.
    pub fn jump_if(&mut self, e: ExprId, sense: bool, to: Label) {
        let heights = self.b.heights();
        self.within(e, |l| l.jump_kind(e, sense, to));
        self.b.release(heights);
    }

    fn jump_kind(&mut self, e: ExprId, sense: bool, to: Label) {
        match *self.ast.kind(e) {
            ExprKind::Unary {
                op: UnOp::Not,
                expr,
            } => return self.jump_if(expr, !sense, to),
            ExprKind::ScalarCx(inner) => return self.jump_if(inner, sense, to),
            ExprKind::List(items) => {
                if let [one] = *self.ast.list(items) {
                    return self.jump_if(one, sense, to);
                }
            }
            ExprKind::Logic {
                op: LogOp::And,
                left,
                right,
            } => {
                if sense {
                    let over = self.b.label();
                    self.jump_if(left, false, over);
                    self.jump_if(right, true, to);
                    self.b.place_label(over);
                } else {
                    self.jump_if(left, false, to);
                    self.jump_if(right, false, to);
                }
                return;
            }
            ExprKind::Logic {
                op: LogOp::Or,
                left,
                right,
            } => {
                if sense {
                    self.jump_if(left, true, to);
                    self.jump_if(right, true, to);
                } else {
                    let over = self.b.label();
                    self.jump_if(left, true, over);
                    self.jump_if(right, false, to);
                    self.b.place_label(over);
                }
                return;
            }
            ExprKind::Binary { op, left, right } => {
                if self.jump_compare(op, left, right, sense, to) {
                    return;
                }
            }
            ExprKind::Builtin {
                func: Builtin::Defined,
                args,
            } => {
                if let [arg] = *self.ast.list(args) {
                    if self.is_plain_scalar(arg) {
                        let r = self.scalar(arg);
                        self.b.jump(
                            if sense {
                                Op::JDef(r, 0)
                            } else {
                                Op::JUndef(r, 0)
                            },
                            to,
                        );
                        return;
                    }
                }
            }
            _ => self.check_condition(e),
        }
        if let Some(truth) = self.truth(e) {
            if truth == sense {
                self.b.jump(Op::Jmp(0), to);
            }
            return;
        }
        let r = self.scalar_bool(e);
        self.b
            .jump(if sense { Op::JT(r, 0) } else { Op::JF(r, 0) }, to);
    }

    /// Warns of `if ($x = 5)`.
    pub fn check_condition(&mut self, e: ExprId) {
        if let ExprKind::Assign { from, .. } = *self.ast.kind(e) {
            if self.constant_value(from).is_some() {
                let span = self.ast.span(e);
                self.warn(
                    "syntax",
                    span,
                    "Found = in conditional, should be ==".into(),
                );
            }
        }
    }

    /// A value whose truth is wanted: aggregates need not be counted exactly, but are.
    fn scalar_bool(&mut self, e: ExprId) -> R {
        self.scalar(e)
    }

    /// A scalar that is read without side effects of `defined` (not a call of `defined &f`, `defined @a`).
    pub fn is_plain_scalar(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil == Sigil::Scalar,
            ExprKind::List(items) => {
                matches!(*self.ast.list(items), [one] if self.is_plain_scalar(one))
            }
            ExprKind::My(d) => self.ast[d].sigil == Sigil::Scalar,
            // `defined &$f` calls nothing
            ExprKind::Call {
                form: CallForm::AmpShare,
                ..
            } => false,
            ExprKind::Slice { .. } | ExprKind::ListSlice { .. } | ExprKind::Local(_) => false,
            _ => true,
        }
    }

    /// Fused compare-and-jump; false where there is none for the operator.
    fn jump_compare(
        &mut self,
        op: BinOp,
        left: ExprId,
        right: ExprId,
        sense: bool,
        to: Label,
    ) -> bool {
        use BinOp::*;
        if !matches!(
            op,
            NumEq | NumNe | NumLt | NumLe | NumGt | NumGe | StrEq | StrNe
        ) || self.hint(hints::INTEGER) && !matches!(op, StrEq | StrNe)
            || self.hint(hints::BYTES) && matches!(op, StrEq | StrNe)
        {
            return false;
        }
        if let Some(i) = self.small_int(right) {
            if !matches!(op, StrEq | StrNe) {
                let a = self.scalar(left);
                let jump = match (op, sense) {
                    (NumEq, true) | (NumNe, false) => Op::JEqI(a, i, 0),
                    (NumNe, true) | (NumEq, false) => Op::JNeI(a, i, 0),
                    (NumLt, true) => Op::JLtI(a, i, 0),
                    (NumLe, true) => Op::JLeI(a, i, 0),
                    (NumGt, true) => Op::JGtI(a, i, 0),
                    (NumGe, true) => Op::JGeI(a, i, 0),
                    (NumLt, false) => Op::JNLtI(a, i, 0),
                    (NumLe, false) => Op::JNLeI(a, i, 0),
                    (NumGt, false) => Op::JNGtI(a, i, 0),
                    _ => Op::JNGeI(a, i, 0),
                };
                self.turned_jump(op, jump, to);
                return true;
            }
        }
        let (a, b) = self.operands(left, right);
        let jump = match (op, sense) {
            (NumEq, true) | (NumNe, false) => Op::JEq(a, b, 0),
            (NumNe, true) | (NumEq, false) => Op::JNe(a, b, 0),
            (NumLt, true) => Op::JLt(a, b, 0),
            (NumLe, true) => Op::JLe(a, b, 0),
            (NumGt, true) => Op::JLt(b, a, 0),
            (NumGe, true) => Op::JLe(b, a, 0),
            (NumLt, false) => Op::JNLt(a, b, 0),
            (NumLe, false) => Op::JNLe(a, b, 0),
            (NumGt, false) => Op::JNLt(b, a, 0),
            (NumGe, false) => Op::JNLe(b, a, 0),
            (StrEq, true) | (StrNe, false) => Op::JSEq(a, b, 0),
            _ => Op::JSNe(a, b, 0),
        };
        self.turned_jump(op, jump, to);
        true
    }

    /// Jumps by a comparison; where it is another than was written, overloading and messages must know.
    fn turned_jump(&mut self, written: BinOp, jump: Op, to: Label) {
        let written = match (written, jump) {
            (BinOp::NumEq, Op::JNe(..) | Op::JNeI(..)) => Some(Bin::NumEq),
            (BinOp::NumNe, Op::JEq(..) | Op::JEqI(..)) => Some(Bin::NumNe),
            (BinOp::StrEq, Op::JSNe(..)) => Some(Bin::StrEq),
            (BinOp::StrNe, Op::JSEq(..)) => Some(Bin::StrNe),
            (BinOp::NumGt, Op::JLt(..) | Op::JNLt(..)) => Some(Bin::NumGt),
            (BinOp::NumGe, Op::JLe(..) | Op::JNLe(..)) => Some(Bin::NumGe),
            _ => None,
        };
        let pc = self.b.jump(jump, to);
        self.b.unit.turned.extend(written.map(|bin| (pc, bin)));
    }

    /// An integer literal that fits an operand.
    pub fn small_int(&mut self, e: ExprId) -> Option<i16> {
        match self.constant_value(e)? {
            crate::bytecode::Literal::Int(i) => i16::try_from(i).ok(),
            _ => None,
        }
    }

    /// Whether an expression is cheap enough to compile twice: no blocks in it, and few nodes.
    pub fn is_simple(&self, e: ExprId, budget: usize) -> bool {
        self.cost(e, budget).is_some()
    }

    fn cost(&self, e: ExprId, budget: usize) -> Option<usize> {
        use ExprKind::*;
        let budget = budget.checked_sub(1)?;
        let all = |l: ExprList| {
            self.ast
                .list(l)
                .iter()
                .try_fold(budget, |b, &e| self.cost(e, b))
        };
        match *self.ast.kind(e) {
            Int(_)
            | UInt(_)
            | Num(_)
            | Str(_)
            | Var { .. }
            | My(_)
            | Handle(_)
            | Nothing
            | Bareword(_) => Some(budget),
            Binary { left, right, .. } | Logic { left, right, .. } => {
                self.cost(right, self.cost(left, budget)?)
            }
            Assign { to, from } | AssignList { to, from } | AssignOp { to, from, .. } => {
                self.cost(from, self.cost(to, budget)?)
            }
            Unary { expr, .. }
            | ScalarCx(expr)
            | Deref { expr, .. }
            | ArrayLen(expr)
            | ReadLine(expr)
            | FileTest { file: expr, .. } => self.cost(expr, budget),
            ReadArgv { .. } => Some(budget),
            Index { array: a, index: b } | Key { hash: a, key: b } => {
                self.cost(b, self.cost(a, budget)?)
            }
            List(l) | MyList(l) => all(l),
            Builtin { args, .. } => all(args),
            Call {
                args,
                callee: Callee::Named(_),
                ..
            } => all(args),
            Method {
                invocant,
                args,
                method: self::Method::Named(_),
            } => {
                let b = self.cost(invocant, budget)?;
                self.ast
                    .list(args)
                    .iter()
                    .try_fold(b, |b, &e| self.cost(e, b))
            }
            Match {
                target, pattern, ..
            } => {
                let simple = self.ast[pattern]
                    .parts
                    .iter()
                    .all(|p| matches!(p, PatPart::Lit(_) | PatPart::Scalar(_)));
                match target {
                    Some(t) if simple => self.cost(t, budget),
                    None if simple => Some(budget),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
