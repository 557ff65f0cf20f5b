//! Statements.
use super::{Dest, Lower};
use crate::bytecode::{Op, Want};
use crate::syntax::ast::*;
use std::rc::Rc;

impl Lower<'_> {
    /// The statements of a file or eval: the value of the last is the result.
    pub fn program(&mut self, stmts: &[StmtId]) {
        self.b.open_scope(false);
        self.stmts(stmts, Dest::Tail);
        self.b.emit(Op::RetVoid);
        self.b.close_scope();
    }

    /// The finished unit of the outermost body.
    pub fn done(mut self) -> Rc<crate::bytecode::Unit> {
        let empty = self.start_body(super::BodyKind::File, String::new());
        let body = std::mem::replace(&mut self.b, empty);
        self.finish_body(body)
    }

    /// Takes place and pragmas of a statement.
    pub fn at_stmt(&mut self, id: StmtId) {
        let stmt = &self.ast[id];
        let package: &str = &self.ast[stmt.package];
        if *self.package != *package {
            self.package = package.into();
        }
        let hints = self.env.hints(stmt.hints, package);
        self.b.set_hints(hints);
        let file = self.source.file(stmt.span.start);
        self.b.set_line(stmt.line, &file);
        self.b.span = stmt.span;
    }

    /// Statements in a row; the last that can give a value gives it to `dest`.
    pub fn stmts(&mut self, stmts: &[StmtId], dest: Dest) {
        let gives = |s: &&StmtId| {
            !matches!(
                self.ast[**s].kind,
                StmtKind::Empty
                    | StmtKind::Sub(_)
                    | StmtKind::Phase(_)
                    | StmtKind::Use(_)
                    | StmtKind::Format(_)
                    | StmtKind::Package { .. }
            )
        };
        let last = match dest {
            Dest::Void => None,
            _ => stmts.iter().rfind(gives).copied(),
        };
        if last.is_none() && dest != Dest::Void {
            for &s in stmts {
                self.stmt(s, Dest::Void);
            }
            self.nothing(dest);
            return;
        }
        for &s in stmts {
            if self.env.is_stopped() {
                return;
            }
            let to = if Some(s) == last { dest } else { Dest::Void };
            self.stmt(s, to);
        }
    }

    /// No value: an empty list or undef.
    pub fn nothing(&mut self, dest: Dest) {
        match dest {
            Dest::Scalar(d) => {
                self.b.emit(Op::LoadUndef(d));
            }
            Dest::Caller(d) => {
                let over = self.b.label();
                self.b.jump(Op::JWantList(0), over);
                self.b.emit(Op::LoadUndef(d));
                self.b.place_label(over);
            }
            Dest::Tail => {
                self.b.emit(Op::RetVoid);
            }
            Dest::Void | Dest::List => {}
        }
    }

    /// One statement.
    pub fn stmt(&mut self, id: StmtId, dest: Dest) {
        self.at_stmt(id);
        let floor = self.b.heights();
        let outer_dirty = self.b.temps.dirty;
        for (dirty, floor) in self.b.temps.dirty.iter_mut().zip(floor) {
            *dirty = floor.min(*dirty);
        }
        if let Some(label) = self.ast[id].label {
            let pc = self.b.pc();
            let marks = self.b.marks;
            self.b
                .unit
                .labels
                .push((self.ast[label].into(), pc, 0, marks, 0));
            let dynamics = self.b.dynamics.clone();
            self.b.label_dynamics.push(dynamics);
        }
        self.statement_begins();
        self.deep(|l| l.stmt_kind(id, dest));
        self.b.release(floor);
        if matches!(dest, Dest::Void) {
            self.b.clear_temps(floor);
        }
        for (dirty, outer) in self.b.temps.dirty.iter_mut().zip(outer_dirty) {
            *dirty = outer.max(*dirty);
        }
        if matches!(dest, Dest::Void) {
            self.b.temps.dirty = outer_dirty;
        }
    }

    /// What has been read so far does not taint what follows.
    pub fn statement_begins(&mut self) {
        if self.env.tainting() {
            self.b.emit(Op::Statement);
        }
    }

    fn stmt_kind(&mut self, id: StmtId, dest: Dest) {
        let ast = self.ast;
        let stmt = &ast[id];
        let label: Option<Rc<str>> = stmt.label.map(|l| ast[l].into());
        match &stmt.kind {
            StmtKind::Empty
            | StmtKind::Use(_)
            | StmtKind::Phase(_)
            | StmtKind::Format(_)
            | StmtKind::Package { .. } => {}
            StmtKind::Expr(e) => self.expr(*e, dest),
            StmtKind::Modified {
                modifier,
                body,
                cond,
                post,
            } => self.modified(label, *modifier, *body, *cond, *post, dest),
            StmtKind::If {
                unless,
                arms,
                otherwise,
            } => self.if_stmt(*unless, arms, *otherwise, dest),
            StmtKind::While {
                until,
                cond,
                body,
                cont,
            } => {
                self.while_loop(label, *until, *cond, *body, *cont, None);
                self.nothing(dest);
            }
            StmtKind::For {
                init,
                cond,
                step,
                body,
            } => {
                self.c_for(label, *init, *cond, *step, *body);
                self.nothing(dest);
            }
            StmtKind::Foreach {
                var,
                list,
                body,
                cont,
            } => {
                self.foreach(
                    label,
                    var,
                    *list,
                    super::foreach::LoopBody::Block(*body),
                    *cont,
                );
                self.nothing(dest);
            }
            StmtKind::Block { body, cont } => self.bare_block(label, *body, *cont, dest),
            StmtKind::Sub(sub) => self.sub_stmt(*sub),
            StmtKind::PackageBlock { body, .. } => self.block(*body, dest),
            StmtKind::Given { topic, body } => self.given(*topic, *body, dest),
            StmtKind::When { cond, body } => self.when(*cond, *body),
            StmtKind::Default(body) => self.default(*body),
            StmtKind::Try {
                body,
                catch,
                finally,
            } => self.try_stmt(*body, *catch, *finally, dest),
            StmtKind::Defer(body) => self.defer(*body),
            StmtKind::Yada => self.die_const("Unimplemented"),
        }
    }

    /// Code that dies with a fixed text.
    pub fn die_const(&mut self, text: &str) {
        let heights = self.b.heights();
        let t = self.b.temp();
        let k = self.b.str_constant(text);
        self.b.emit(Op::LoadK(t, k));
        self.bi(
            crate::signature::Builtin::Die,
            Want::Void,
            crate::bytecode::NO,
            t,
            1,
        );
        self.b.release(heights);
    }

    /// `my $x if 0` is refused.
    pub fn check_false_my(&mut self, e: ExprId) {
        if self.declares(e) {
            let text = "This use of my() in false conditional is no longer allowed";
            self.error(self.ast.span(e), text.into());
        }
    }

    fn declares(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::My(d) => matches!(self.ast[d].kind, DeclKind::My),
            ExprKind::MyList(items) => self.ast.list(items).iter().any(|&e| self.declares(e)),
            _ => false,
        }
    }

    fn modified(
        &mut self,
        label: Option<Rc<str>>,
        modifier: Modifier,
        body: ExprId,
        cond: ExprId,
        post: bool,
        dest: Dest,
    ) {
        match modifier {
            Modifier::If | Modifier::Unless => {
                if let Some(truth) = self.truth(cond) {
                    if truth != (modifier == Modifier::If) {
                        self.check_false_my(body);
                    }
                    if truth == (modifier == Modifier::If) {
                        return self.expr(body, dest);
                    }
                    return self.expr(cond, dest);
                }
                let end = self.b.label();
                if dest == Dest::Void {
                    self.jump_if(cond, modifier == Modifier::Unless, end);
                    self.hold_dirty();
                    self.expr(body, dest);
                } else {
                    self.value_or(cond, modifier == Modifier::If, dest, end);
                    self.expr(body, dest);
                }
                self.b.place_label(end);
            }
            Modifier::While | Modifier::Until => {
                if post {
                    self.do_while(body, cond, modifier == Modifier::Until);
                } else {
                    self.while_modifier(body, cond, modifier == Modifier::Until);
                }
                self.nothing(dest);
            }
            Modifier::Foreach => {
                let items = match *self.ast.kind(cond) {
                    ExprKind::List(items) => self.ast.list(items).to_vec(),
                    _ => vec![cond],
                };
                self.foreach_items(
                    label,
                    &LoopVar::Topic,
                    &items,
                    super::foreach::LoopBody::Expr(body),
                    None,
                );
                self.nothing(dest);
            }
        }
    }

    /// The value of a condition that decides whether something else gives the value: leaves it in `dest` and jumps to
    /// `end` where its truth is not `wanted`.
    pub fn value_or(
        &mut self,
        cond: ExprId,
        wanted: bool,
        dest: Dest,
        end: crate::compile::body::Label,
    ) {
        self.check_condition(cond);
        let heights = self.b.heights();
        let go = |r| if wanted { Op::JT(r, 0) } else { Op::JF(r, 0) };
        let stop = |r| if wanted { Op::JF(r, 0) } else { Op::JT(r, 0) };
        match dest {
            Dest::Scalar(d) => {
                if self.b.is_temp(d) {
                    self.scalar_to(cond, d);
                    self.b.jump(stop(d), end);
                } else {
                    let t = self.scalar(cond);
                    let on = self.b.label();
                    self.b.jump(go(t), on);
                    self.b.emit(Op::Move(d, t));
                    self.b.jump(Op::Jmp(0), end);
                    self.b.place_label(on);
                }
            }
            Dest::Void => self.jump_if(cond, !wanted, end),
            _ => {
                let t = self.scalar(cond);
                let on = self.b.label();
                self.b.jump(go(t), on);
                match dest {
                    Dest::List => self.b.emit(Op::Push(t)),
                    Dest::Caller(d) => self.b.emit(Op::PutW(d, t)),
                    _ => self.b.emit(Op::Ret(t)),
                };
                if dest != Dest::Tail {
                    self.b.jump(Op::Jmp(0), end);
                }
                self.b.place_label(on);
            }
        }
        self.b.release(heights);
    }

    /// Keeps what a condition's temporaries hold alive while the code it guards runs.
    pub fn hold_dirty(&mut self) {
        let temps = &mut self.b.temps;
        for c in 0..crate::compile::temps::STACKS {
            temps.height[c] = temps.height[c].max(temps.dirty[c]);
            temps.max[c] = temps.max[c].max(temps.height[c]);
        }
    }

    fn if_stmt(
        &mut self,
        unless: bool,
        arms: &[(ExprId, BlockId)],
        otherwise: Option<BlockId>,
        dest: Dest,
    ) {
        self.b.open_scope(false);
        let end = self.b.label();
        for (i, &(cond, block)) in arms.iter().enumerate() {
            let wanted = !(unless && i == 0);
            if i > 0 {
                let line = self.source.line(self.ast.span(cond).start);
                self.b.line = line;
            }
            match self.truth(cond) {
                Some(t) if t == wanted => {
                    self.block(block, dest);
                    self.b.place_label(end);
                    self.b.close_scope();
                    return;
                }
                Some(_) if i + 1 < arms.len() || otherwise.is_some() => continue,
                Some(_) => {
                    self.expr(cond, dest);
                    continue;
                }
                None => {}
            }
            let next = self.b.label();
            let last = i + 1 == arms.len() && otherwise.is_none();
            if last && dest != Dest::Void {
                self.value_or(cond, wanted, dest, end);
            } else {
                self.jump_if(cond, !wanted, next);
            }
            self.hold_dirty();
            self.block(block, dest);
            if !last && dest != Dest::Tail {
                self.b.jump(Op::Jmp(0), end);
            }
            self.b.place_label(next);
        }
        if let Some(block) = otherwise {
            self.block(block, dest);
        }
        self.b.place_label(end);
        self.b.close_scope();
    }
}
