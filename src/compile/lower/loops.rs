//! `while`, `until`, C-style `for`, and the statement modifiers of the same names.
use super::Lower;
use crate::bytecode::Op;
use crate::compile::body::Label;
use crate::signature::Builtin;
use crate::syntax::ast::*;
use std::rc::Rc;

impl Lower<'_> {
    /// `while`/`until` with an optional `continue` block or step expression.
    pub fn while_loop(
        &mut self,
        label: Option<Rc<str>>,
        until: bool,
        cond: Option<ExprId>,
        body: BlockId,
        cont: Option<BlockId>,
        step: Option<ExprId>,
    ) {
        let heights = self.b.heights();
        self.b.open_scope(true);
        let floor = self.b.heights();
        let cond = cond.filter(|&c| self.truth(c) != Some(!until));
        let (next, last, top) = (self.b.label(), self.b.label(), self.b.here());
        let twice = cond.is_some_and(|c| self.is_simple(c, 12));
        if let Some(c) = cond {
            self.loop_cond(c, until, last);
        }
        let begin = self.b.here();
        let soiled = self.b.temps.dirty;
        self.b.clear_temps(floor);
        let redo = self.b.here();
        self.b.open_loop(label, [next, last, redo]);
        self.loop_block(body);
        self.b.place_label(next);
        self.statement_begins();
        if let Some(cont) = cont {
            self.loop_block(cont);
        }
        if let Some(step) = step {
            self.void(step);
            self.b.clear_temps(floor);
        }
        self.fresh_loop_vars();
        match cond {
            Some(c) if twice => self.loop_again(c, until, begin),
            _ => {
                self.b.jump(Op::Jmp(0), top);
            }
        }
        self.b.temps.dirty = soiled;
        self.b.close_loop();
        self.b.place_label(last);
        self.b.clear_temps(floor);
        self.b.close_scope();
        self.b.release(heights);
    }

    /// Variables declared in the condition are new in each iteration.
    fn fresh_loop_vars(&mut self) {
        self.b.clear_own();
    }

    /// Leaves the loop where the condition does not hold.
    fn loop_cond(&mut self, cond: ExprId, until: bool, out: Label) {
        if !self.implicit_defined(cond, until, out) {
            self.jump_if(cond, until, out);
        }
    }

    /// Jumps back where the condition holds.
    fn loop_again(&mut self, cond: ExprId, until: bool, begin: Label) {
        if self.is_implicit(cond) && !until {
            let out = self.b.label();
            self.implicit_defined(cond, until, out);
            self.b.jump(Op::Jmp(0), begin);
            self.b.place_label(out);
            return;
        }
        self.jump_if(cond, !until, begin);
    }

    /// What reads one item and gives undef at the end: `while (my $l = <$fh>)` tests definedness.
    fn reads(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::ReadLine(_) | ExprKind::ReadArgv { .. } | ExprKind::Glob(_) => true,
            ExprKind::Builtin { func, .. } => {
                matches!(
                    func,
                    Builtin::Readdir | Builtin::Each | Builtin::Readline | Builtin::Glob
                )
            }
            _ => false,
        }
    }

    fn is_implicit(&self, cond: ExprId) -> bool {
        match *self.ast.kind(cond) {
            ExprKind::Assign { from, .. } => self.reads(from),
            _ => self.reads(cond),
        }
    }

    /// The implicit `defined($_ = <FH>)`; false where the condition is another.
    fn implicit_defined(&mut self, cond: ExprId, until: bool, out: Label) -> bool {
        if !self.is_implicit(cond) {
            return false;
        }
        let heights = self.b.heights();
        let r = match *self.ast.kind(cond) {
            ExprKind::Assign { .. } => self.scalar(cond),
            _ => {
                let t = self.b.temp();
                self.scalar_to(cond, t);
                let g = self.b.glob("main::_");
                self.b.emit(Op::GSet(g, t));
                t
            }
        };
        self.b.jump(
            if until {
                Op::JDef(r, 0)
            } else {
                Op::JUndef(r, 0)
            },
            out,
        );
        self.b.release(heights);
        true
    }

    /// C-style `for`.
    pub fn c_for(
        &mut self,
        label: Option<Rc<str>>,
        init: Option<ExprId>,
        cond: Option<ExprId>,
        step: Option<ExprId>,
        body: BlockId,
    ) {
        let heights = self.b.heights();
        self.b.open_scope(true);
        let floor = self.b.heights();
        if let Some(init) = init {
            self.void(init);
            self.b.clear_temps(floor);
        }
        self.while_loop(label, false, cond, body, None, step);
        self.b.close_scope();
        self.b.release(heights);
    }

    /// `EXPR while COND`: not a loop for `next` and `last`.
    pub fn while_modifier(&mut self, body: ExprId, cond: ExprId, until: bool) {
        let floor = self.b.heights();
        let cond_opt = Some(cond).filter(|&c| self.truth(c) != Some(!until));
        let (last, top) = (self.b.label(), self.b.here());
        let twice = self.is_simple(cond, 12);
        if let Some(c) = cond_opt {
            self.loop_cond(c, until, last);
        }
        let begin = self.b.here();
        let soiled = self.b.temps.dirty;
        self.b.clear_temps(floor);
        self.void(body);
        self.b.clear_temps(floor);
        match cond_opt {
            Some(c) if twice => self.loop_again(c, until, begin),
            _ => {
                self.b.jump(Op::Jmp(0), top);
            }
        }
        self.b.temps.dirty = soiled;
        self.b.place_label(last);
        self.b.clear_temps(floor);
    }

    /// `do { } while COND`
    pub fn do_while(&mut self, body: ExprId, cond: ExprId, until: bool) {
        let floor = self.b.heights();
        let top = self.b.here();
        self.void(body);
        self.b.clear_temps(floor);
        self.jump_if(cond, !until, top);
        self.b.clear_temps(floor);
    }
}
