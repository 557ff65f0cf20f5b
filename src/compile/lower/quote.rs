//! Interpolated strings.
use super::Lower;
use crate::bytecode::{NO, Op, R, Un, Want};
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `"..."` into `d`.
    pub fn interp(&mut self, id: InterpId, d: R) {
        let ast = self.ast;
        self.parts(&ast[id].parts, d);
    }

    fn parts(&mut self, parts: &[Part], d: R) {
        if let [Part::Scalar(e)] = *parts {
            let s = self.scalar(e);
            self.b.emit(Op::Un(Un::Str, d, s));
            return;
        }
        if let [Part::Join(e)] = *parts {
            return self.join_list(e, d);
        }
        let mut operands = Vec::with_capacity(parts.len());
        let last_loud = parts.iter().rposition(|p| match p {
            Part::Str(_) => false,
            Part::Scalar(e) => !self.quiet(*e),
            _ => true,
        });
        for (i, part) in parts.iter().enumerate() {
            let quiet = last_loud.is_none_or(|last| last <= i);
            operands.push(match part {
                Part::Str(s) => {
                    let literal = self.text_literal(*s);
                    (true, self.b.constant(&literal))
                }
                Part::Scalar(e) => self.operand(*e, quiet),
                Part::Join(e) => {
                    let t = self.b.temp();
                    self.join_list(*e, t);
                    (false, t)
                }
                Part::Case(case, inner) => {
                    let t = self.b.temp();
                    self.case_part(*case, inner, t);
                    (false, t)
                }
            });
        }
        match operands.len() {
            0 => {
                let k = self.b.str_constant("");
                self.b.emit(Op::LoadK(d, k));
            }
            1 if !operands[0].0 => {
                self.b.emit(Op::Un(Un::Str, d, operands[0].1));
            }
            _ => self.concat_x(operands, d),
        }
    }

    /// `@x` in a string: joined with `$"`.
    pub fn join_list(&mut self, e: ExprId, d: R) {
        let heights = self.b.heights();
        let sep = self.b.temp();
        let g = self.b.glob("main::\"");
        self.b.emit(Op::GGet(sep, g));
        self.b.mark();
        self.list(e);
        self.b.close(Op::LJoin(d, sep));
        self.b.release(heights);
    }

    fn case_part(&mut self, case: CaseMod, parts: &[Part], d: R) {
        let heights = self.b.heights();
        let first = self.window(1);
        match *parts {
            [Part::Scalar(e)] => self.scalar_to(e, first),
            _ => self.parts(parts, first),
        }
        self.case_op(case, first, d);
        self.b.release(heights);
    }

    /// `\L \U \F \Q \l \u` of the window register `first`.
    pub fn case_op(&mut self, case: CaseMod, first: R, d: R) {
        let func = match case {
            CaseMod::Lower => Builtin::Lc,
            CaseMod::Upper => Builtin::Uc,
            CaseMod::Fold => Builtin::Fc,
            CaseMod::Quote => Builtin::Quotemeta,
            CaseMod::LowerFirst => Builtin::Lcfirst,
            CaseMod::UpperFirst => Builtin::Ucfirst,
        };
        self.bi(func, Want::Scalar, d, first, 1);
        let _ = NO;
    }
}
