//! Output, input, file tests, `require`.
use super::Lower;
use super::builtin::want_bits;
use crate::bytecode::{NO, Op, R, Want};
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `print`, `say`, `printf`
    pub fn print(&mut self, func: Builtin, handle: Option<ExprId>, args: ExprList, d: R) {
        let heights = self.b.heights();
        if let (Builtin::System | Builtin::Exec, Some(program)) = (func, handle) {
            self.b.mark();
            self.push_scalar(program);
            self.lists(args);
            let want = if d == NO { Want::Void } else { Want::Scalar };
            self.b.close(Op::BiL(want_bits(want), d));
            self.b.ext(0, func as u16, 1, 0);
            return self.b.release(heights);
        }
        let kind = match func {
            Builtin::Say => 1,
            Builtin::Printf => 2,
            _ => 0,
        };
        let ast = self.ast;
        let items = ast.list(args);
        let fh = match handle {
            Some(h) if !matches!(*ast.kind(h), ExprKind::Nothing) => self.handle(h),
            _ => NO,
        };
        if items.len() <= 60 && items.iter().all(|&e| self.is_single(e)) {
            let mut operands = Vec::with_capacity(items.len());
            for (i, &e) in items.iter().enumerate() {
                let quiet = items[i + 1..].iter().all(|&q| self.quiet(q));
                operands.push(self.operand(e, quiet));
            }
            self.b
                .emit(Op::PrintX(kind | (items.len() as u8) << 2, fh, d));
            self.operand_list(&operands);
        } else {
            self.b.mark();
            self.lists(args);
            self.b.close(Op::Print(kind, fh, d));
        }
        self.b.release(heights);
    }

    /// A handle in a register.
    pub fn handle(&mut self, e: ExprId) -> R {
        match *self.ast.kind(e) {
            ExprKind::Bareword(name) => {
                let t = self.b.temp();
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(t, k));
                t
            }
            _ => self.scalar(e),
        }
    }

    /// `<$fh>`; `want`: as in `want_bits`.
    pub fn read_line(&mut self, handle: ExprId, want: u8, d: R) {
        let heights = self.b.heights();
        let h = self.handle(handle);
        self.b.emit(Op::ReadLine(want, d, h));
        self.b.release(heights);
    }

    /// `-e $file`, stacked.
    pub fn file_test(&mut self, test: u8, file: ExprId, d: R) {
        let ast = self.ast;
        match *ast.kind(file) {
            ExprKind::FileTest { test: inner, file } => {
                let t = if self.b.is_temp(d) { d } else { self.b.temp() };
                let end = self.b.label();
                self.file_test(inner, file, t);
                self.b.jump(Op::JF(t, 0), end);
                self.b.emit(Op::FileTest(test | 0x80, t, NO));
                self.b.place_label(end);
                if t != d {
                    self.b.emit(Op::Move(d, t));
                }
            }
            ExprKind::Handle(name) if &ast[name] == "main::_" => {
                self.b.emit(Op::FileTest(test | 0x80, d, NO));
            }
            _ => {
                let s = self.handle(file);
                self.b.emit(Op::FileTest(test, d, s));
            }
        }
    }

    /// `require EXPR`, `do FILE`
    pub fn require_op(&mut self, kind: u8, e: ExprId, want: Want, d: R) {
        let heights = self.b.heights();
        let kind = match *self.ast.kind(e) {
            ExprKind::VString { .. } | ExprKind::Num(_) | ExprKind::Int(_) if kind == 0 => 3,
            _ => kind,
        };
        let s = self.scalar(e);
        self.b.emit(Op::Require(kind | want_bits(want) << 4, d, s));
        self.b.release(heights);
    }
}
