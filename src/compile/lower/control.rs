//! `next`, `last`, `redo`, `goto`.
use super::Lower;
use crate::bytecode::{NO, Op, Want};
use crate::compile::body::Dynamic;
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `next last redo`: a jump where the loop is in this body, else resolved at run time.
    pub fn loop_control(&mut self, word: LoopWord, label: Label) {
        let which = match word {
            LoopWord::Next => 0,
            LoopWord::Last => 1,
            LoopWord::Redo => 2,
        };
        let ast = self.ast;
        let found = match label {
            Label::None => self.b.loops.iter().rposition(|l| !l.is_when()),
            Label::Named(name) => self
                .b
                .loops
                .iter()
                .rposition(|l| l.label.as_deref() == Some(&ast[name])),
            Label::Expr(e) => {
                let heights = self.b.heights();
                let r = self.scalar(e);
                self.b.emit(Op::LoopCtlDyn(which as u8, r));
                self.b.release(heights);
                return;
            }
        };
        let Some(i) = found else {
            let k = match label {
                Label::Named(name) => self.b.str_constant(&ast[name]),
                _ => crate::bytecode::NO,
            };
            self.b.emit(Op::LoopCtl(which as u8, k));
            return;
        };
        let cx = &self.b.loops[i];
        let (depth, marks, first_var, heights, target) = (
            cx.depth,
            cx.marks,
            cx.first_var,
            cx.heights,
            cx.targets[which],
        );
        self.warn_exiting(depth, word);
        let over = self.b.marks.saturating_sub(marks);
        if over > 0 {
            self.b.emit(Op::ListDropN(over));
        }
        // variables and temporaries of the blocks that are left
        if self.b.next_var > first_var {
            let n = self.b.next_var - first_var;
            self.b.emit(Op::ClearRange(first_var, n));
        }
        let dirty = self.b.temps.dirty;
        self.b.clear_temps(heights);
        self.b.temps.dirty = dirty;
        self.b.undo_to(depth);
        self.b.jump(Op::Jmp(0), target);
    }

    /// Leaving an eval by a jump is warned of when it happens.
    fn warn_exiting(&mut self, depth: usize, word: LoopWord) {
        let leaves = self.b.dynamics[depth..].iter().any(|d| *d == Dynamic::Eval);
        let hints = self.b.hints.clone();
        if !leaves || !self.env.warns(&hints, "exiting") {
            return;
        }
        let word = match word {
            LoopWord::Next => "next",
            LoopWord::Last => "last",
            LoopWord::Redo => "redo",
        };
        let heights = self.b.heights();
        let t = self.b.temp();
        let k = self.b.str_constant(&format!("Exiting eval via {word}"));
        self.b.emit(Op::LoadK(t, k));
        self.bi(Builtin::Warn, Want::Void, NO, t, 1);
        self.b.release(heights);
    }

    /// `goto LABEL`, `goto &sub`, `goto EXPR`
    pub fn goto(&mut self, label: Label) {
        let heights = self.b.heights();
        match label {
            Label::Named(name) => {
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::GotoLabel(k));
            }
            Label::Expr(e) => match *self.ast.kind(e) {
                ExprKind::Var {
                    sigil: Sigil::Code, ..
                }
                | ExprKind::Deref {
                    sigil: Sigil::Code, ..
                }
                | ExprKind::Call {
                    form: CallForm::AmpShare,
                    ..
                } => self.goto_sub(e),
                _ => {
                    let r = self.scalar(e);
                    self.b.emit(Op::GotoDyn(r));
                }
            },
            Label::None => self.die_const("goto must have label"),
        }
        self.b.release(heights);
    }
}
