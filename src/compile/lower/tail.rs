//! Values for the caller's context: what a sub returns.
use super::{Dest, Lower};
use crate::bytecode::{Op, Place, R, Want};
use crate::syntax::ast::*;

impl Lower<'_> {
    /// Returns the value of `e` from the sub.
    pub fn tail(&mut self, e: ExprId) {
        let heights = self.b.heights();
        self.within(e, |l| l.tail_kind(e));
        self.b.release(heights);
    }

    fn tail_kind(&mut self, e: ExprId) {
        use ExprKind::*;
        match *self.ast.kind(e) {
            Cond { cond, yes, no } => return self.cond_expr(cond, yes, no, Dest::Tail),
            Logic { op, left, right } => return self.logic(op, left, right, Dest::Tail),
            DoBlock(b) => return self.do_block(b, Dest::Tail),
            Return(list) => return self.return_stmt(list),
            Loop { .. } | Goto(_) => return self.void(e),
            List(items) if items.is_empty() => {
                self.b.emit(Op::RetVoid);
                return;
            }
            List(items) => {
                let ast = self.ast;
                if let [one] = *ast.list(items) {
                    return self.tail(one);
                }
                if ast.list(items).iter().all(|&e| self.is_single(e)) && !self.b.unit.flags.lvalue {
                    self.b.mark();
                    self.lists(items);
                    self.b.close(Op::RetL);
                    return;
                }
            }
            AssignList { to, from } => return self.assign_list(to, from, Dest::Tail),
            Assign { to, from } if !self.b.unit.flags.lvalue => {
                let r = self.assign_last(to, from);
                self.b.emit(Op::Ret(r));
                return;
            }
            Call { .. } if self.constant_value(e).is_some() => {
                let r = self.scalar(e);
                self.b.emit(Op::Ret(r));
                return;
            }
            Call { .. } | Method { .. } | EvalBlock(_) | EvalStr(_) => {
                self.b.mark();
                let d = self.b.temp();
                match *self.ast.kind(e) {
                    EvalBlock(b) => self.eval_block(b, Dest::Caller(d)),
                    EvalStr(s) => self.eval_str(s, Want::Caller, d, false),
                    _ if self.b.unit.flags.lvalue => {
                        self.call_for(e, Want::Caller, d, Place::AsCalled);
                    }
                    _ => self.call_expr(e, Want::Caller, d),
                }
                self.b.close(Op::RetW(d));
                return;
            }
            _ => {}
        }
        if self.b.unit.flags.lvalue {
            return self.tail_lvalue(e);
        }
        if self.is_single(e) {
            let r = self.scalar(e);
            self.b.emit(Op::Ret(r));
            return;
        }
        let list = self.b.label();
        self.b.jump(Op::JWantList(0), list);
        let heights = self.b.heights();
        let before = std::mem::replace(&mut self.context_open, true);
        let r = self.scalar(e);
        self.context_open = before;
        self.b.emit(Op::Ret(r));
        self.b.release(heights);
        self.b.place_label(list);
        self.b.mark();
        self.list(e);
        self.b.close(Op::RetL);
    }

    /// `:lvalue` subs return places.
    fn tail_lvalue(&mut self, e: ExprId) {
        if self.is_single(e) {
            let r = self.place_of(e);
            self.b.emit(Op::Ret(r));
            return;
        }
        let list = self.b.label();
        if !matches!(*self.ast.kind(e), ExprKind::List(_)) {
            self.b.jump(Op::JWantList(0), list);
            let heights = self.b.heights();
            let r = self.scalar(e);
            self.b.emit(Op::Ret(r));
            self.b.release(heights);
        }
        self.b.place_label(list);
        self.b.mark();
        self.aliases(e);
        self.b.close(Op::RetL);
    }

    /// Leaves a value as an operation with `Want::Caller` does: in list context it appends to the open list, else it
    /// writes `d`.
    pub fn leave(&mut self, e: ExprId, d: R) {
        let heights = self.b.heights();
        self.within(e, |l| l.leave_kind(e, d));
        self.b.release(heights);
    }

    fn leave_kind(&mut self, e: ExprId, d: R) {
        use ExprKind::*;
        match *self.ast.kind(e) {
            Cond { cond, yes, no } => return self.cond_expr(cond, yes, no, Dest::Caller(d)),
            Logic { op, left, right } => return self.logic(op, left, right, Dest::Caller(d)),
            DoBlock(b) => return self.do_block(b, Dest::Caller(d)),
            EvalBlock(b) => return self.eval_block(b, Dest::Caller(d)),
            Return(list) => return self.return_stmt(list),
            Loop { .. } | Goto(_) => return self.void(e),
            AssignList { to, from } => return self.assign_list(to, from, Dest::Caller(d)),
            Assign { to, from } => {
                let r = self.assign_last(to, from);
                self.b.emit(Op::PutW(d, r));
                return;
            }
            Call { .. } if self.constant_value(e).is_some() => {
                let r = self.scalar(e);
                self.b.emit(Op::PutW(d, r));
                return;
            }
            Call { .. } | Method { .. } => return self.call_expr(e, Want::Caller, d),
            EvalStr(s) => return self.eval_str(s, Want::Caller, d, false),
            _ => {}
        }
        if self.is_single(e) {
            let r = self.scalar(e);
            self.b.emit(Op::PutW(d, r));
            return;
        }
        let (list, end) = (self.b.label(), self.b.label());
        self.b.jump(Op::JWantList(0), list);
        let before = std::mem::replace(&mut self.context_open, true);
        self.scalar_to(e, d);
        self.context_open = before;
        self.b.jump(Op::Jmp(0), end);
        self.b.place_label(list);
        self.list(e);
        self.b.place_label(end);
    }

    /// `return LIST`, also out of an `eval BLOCK`.
    pub fn return_stmt(&mut self, list: ExprList) {
        self.b.unit.flags.returns = true;
        let one = self.return_value(list);
        let Some(eval) = self.b.evals.last().cloned() else {
            match one {
                Some(e) => self.tail(e),
                None => self.return_list(list),
            }
            return;
        };
        // the value goes where the eval's value goes; then the eval is left
        let heights = self.b.heights();
        let above = self.b.marks.saturating_sub(eval.marks);
        if matches!(eval.dest, Dest::List | Dest::Caller(_) | Dest::Tail) && above > 0 {
            self.b.mark();
        }
        self.return_into(list, one, eval.dest);
        if above > 0 {
            if matches!(eval.dest, Dest::List | Dest::Caller(_) | Dest::Tail) {
                self.b.emit(Op::ListJoinN(above + 1));
                self.b.marks -= 1;
            } else {
                self.b.emit(Op::ListDropN(above));
            }
        }
        self.b.undo_to(eval.depth);
        self.b.jump(Op::Jmp(0), eval.end);
        self.b.release(heights);
    }

    fn return_value(&self, list: ExprList) -> Option<ExprId> {
        match *self.ast.list(list) {
            [one] => Some(one),
            _ => None,
        }
    }

    fn return_into(&mut self, list: ExprList, one: Option<ExprId>, dest: Dest) {
        match (one, dest) {
            (Some(e), Dest::Void) if self.constant_value(e).is_some() => {}
            (Some(e), _) => self.expr(e, dest),
            (None, _) if list.is_empty() => self.nothing(dest),
            (None, Dest::List) => self.lists(list),
            (None, Dest::Caller(d)) => {
                let (want_list, end) = (self.b.label(), self.b.label());
                self.b.jump(Op::JWantList(0), want_list);
                let before = std::mem::replace(&mut self.context_open, true);
                self.last_of(list, Dest::Scalar(d));
                self.context_open = before;
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(want_list);
                self.lists(list);
                self.b.place_label(end);
            }
            (None, dest) => self.last_of(list, dest),
        }
    }

    fn last_of(&mut self, list: ExprList, dest: Dest) {
        let ast = self.ast;
        if let [first @ .., last] = ast.list(list) {
            for &e in first {
                self.void(e);
            }
            self.expr(*last, dest);
        }
    }

    /// Returns a comma list: all in list context, the last in scalar context.
    pub fn return_list(&mut self, list: ExprList) {
        let ast = self.ast;
        let items = ast.list(list);
        if items.is_empty() {
            self.b.emit(Op::RetVoid);
            return;
        }
        if !self.b.unit.flags.lvalue && !items.iter().all(|&e| self.is_single(e)) {
            let want_list = self.b.label();
            self.b.jump(Op::JWantList(0), want_list);
            if let [first @ .., last] = items {
                let before = std::mem::replace(&mut self.context_open, true);
                for &e in first {
                    self.void(e);
                }
                let heights = self.b.heights();
                let r = self.scalar(*last);
                self.context_open = before;
                self.b.emit(Op::Ret(r));
                self.b.release(heights);
            }
            self.b.place_label(want_list);
        }
        self.b.mark();
        for &e in items {
            if self.b.unit.flags.lvalue {
                self.aliases(e);
            } else {
                self.list(e);
            }
        }
        self.b.close(Op::RetL);
    }
}
