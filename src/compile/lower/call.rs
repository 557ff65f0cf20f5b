//! Calls of subs and methods.
use super::Lower;
use crate::bytecode::{CallSite, Literal, NO, Op, Place, R, Target, Want};
use crate::syntax::ast::*;

/// Most arguments a window takes.
const WINDOW: usize = 200;

impl Lower<'_> {
    /// A call site.
    pub fn site(&mut self, target: Target, want: Want, amp: bool, place: Place) -> u16 {
        self.b.unit.sites.push(CallSite {
            target,
            want,
            amp,
            place,
            consts: Vec::new(),
        });
        self.b.unit.sites.len() as u16 - 1
    }

    /// A sub or method call; the result goes where `want` says, `d` for scalar.
    pub fn call_expr(&mut self, e: ExprId, want: Want, d: R) {
        let place = std::mem::replace(&mut self.call_place, Place::No);
        let d = if d == NO && want == Want::Scalar {
            self.b.temp()
        } else {
            d
        };
        match *self.ast.kind(e) {
            ExprKind::Call { callee, args, form } => self.call(callee, args, form, want, d, place),
            ExprKind::Method {
                invocant,
                method,
                args,
            } => self.method(invocant, method, args, want, d, place),
            _ => {}
        }
    }

    fn call(
        &mut self,
        callee: Callee,
        args: ExprList,
        form: CallForm,
        want: Want,
        d: R,
        place: Place,
    ) {
        let target = match callee {
            Callee::Named(name) => Target::Glob(self.b.glob(&self.ast[name])),
            Callee::Lexical(decl) => Target::Reg(self.lexical(decl)),
            Callee::Expr(e) => Target::Reg(self.code_operand(e)),
        };
        let site = self.site(target, want, form != CallForm::Plain, place);
        if form == CallForm::AmpShare {
            self.b.args_real = true;
            self.b.emit(Op::CallShare(d, site));
            return;
        }
        self.call_args(None, args, d, site);
    }

    /// The register of a computed callee.
    fn code_operand(&mut self, e: ExprId) -> R {
        self.scalar(e)
    }

    /// Whether arguments can stand in a window.
    fn windowed(&self, args: &[ExprId]) -> bool {
        args.len() <= WINDOW && args.iter().all(|&a| self.is_single(a))
    }

    /// Arguments and the call itself. `first_arg`: an invocant already in the first register of the window to come.
    fn call_args(&mut self, invocant: Option<ExprId>, args: ExprList, d: R, site: u16) {
        let ast = self.ast;
        let args = ast.list(args);
        if self.windowed(args) && invocant.is_none_or(|i| self.is_single(i)) {
            let extra = usize::from(invocant.is_some());
            let first = self.window(args.len() + extra);
            if let Some(i) = invocant {
                self.invocant_in(i, first);
                // Only elements are taken as the callee wants them.
                let element = |&a: &ExprId| {
                    matches!(
                        self.ast.kind(a),
                        ExprKind::Index { .. } | ExprKind::Key { .. }
                    )
                };
                if args.iter().any(element) {
                    self.b.emit(Op::MethPrep(first, site));
                }
            }
            for (i, &a) in args.iter().enumerate() {
                if self.is_literal(a) && self.constant_value(a).is_some() {
                    self.b.unit.sites[site as usize]
                        .consts
                        .push((i + extra) as u8);
                }
                self.arg_in(a, first + (i + extra) as R, site);
            }
            self.b
                .emit(Op::Call((args.len() + extra) as u8, d, first, site));
            return;
        }
        let held = invocant.map(|i| {
            let r = self.scalar(i);
            self.b.emit(Op::MethPrep(r, site));
            r
        });
        self.b.emit(Op::MarkCall(site));
        self.b.marks += 1;
        if let Some(r) = held {
            self.b.emit(if self.b.is_temp(r) {
                Op::Push(r)
            } else {
                Op::PushAlias(r)
            });
        }
        for &a in args {
            self.aliases(a);
        }
        self.b.close(Op::CallL(d, site));
    }

    fn invocant_in(&mut self, e: ExprId, r: R) {
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } => self.alias_in(e, r),
            ExprKind::Bareword(name) => {
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(r, k));
            }
            _ => self.scalar_to(e, r),
        }
    }

    /// One argument in window register `r`.
    fn arg_in(&mut self, e: ExprId, r: R, site: u16) {
        if let Some(value) = self.constant_value(e) {
            return self.load(r, &value);
        }
        let heights = self.b.heights();
        match *self.ast.kind(e) {
            ExprKind::Index { array, index } => {
                if self.is_args(array) && self.in_sub() {
                    self.b.args_real = true;
                }
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::ArgAElem(r, c, i));
                self.b.ext(0, site, 0, 0);
            }
            ExprKind::Key { hash, .. } if self.is_glob(hash) => self.scalar_to(e, r),
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                let k = self.key(key);
                self.b.emit(Op::ArgHElem(r, c, k));
                self.b.ext(0, site, 0, 0);
            }
            ExprKind::ScalarCx(inner) if !self.has_place(inner) => self.scalar_to(e, r),
            ExprKind::Builtin { args, .. } if self.is_of_call(args) => self.scalar_to(e, r),
            _ => self.alias_in(e, r),
        }
        self.b.release(heights);
    }

    fn method(
        &mut self,
        invocant: ExprId,
        method: Method,
        args: ExprList,
        want: Want,
        d: R,
        place: Place,
    ) {
        let target = match method {
            Method::Named(name) => {
                let full = &self.ast[name];
                let (class, short) = match full.rfind("::") {
                    Some(at) => (Some(full[..at].into()), &full[at + 2..]),
                    None => (None, full),
                };
                Target::Method {
                    name: short.into(),
                    class,
                    is_super: false,
                }
            }
            Method::Super { name, from } => Target::Method {
                name: self.ast[name].into(),
                class: Some(self.ast[from].into()),
                is_super: true,
            },
            Method::Dynamic(e) => match self.constant_value(e) {
                Some(Literal::Str(s, _)) => match std::str::from_utf8(&s) {
                    Ok(s) => Target::Method {
                        name: s.into(),
                        class: None,
                        is_super: false,
                    },
                    Err(_) => Target::DynMethod(self.scalar(e)),
                },
                _ => Target::DynMethod(self.scalar(e)),
            },
        };
        let site = self.site(target, want, false, place);
        self.call_args(Some(invocant), args, d, site);
    }

    /// `goto &sub`
    pub fn goto_sub(&mut self, e: ExprId) {
        let t = self.b.temp();
        self.b.args_real = true;
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Code, ..
            } => self.scalar_to(e, t),
            ExprKind::Call {
                callee: Callee::Named(name),
                ..
            } => {
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GCode(t, g));
            }
            ExprKind::Call {
                callee: Callee::Expr(inner),
                ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Code,
                expr: inner,
            } => {
                let s = self.scalar(inner);
                let flags = self.rv_flags(false);
                self.b.emit(Op::RvCode(flags, t, s));
            }
            ExprKind::Call {
                callee: Callee::Lexical(d),
                ..
            } => {
                let r = self.lexical(d);
                self.b.emit(Op::Move(t, r));
            }
            _ => self.scalar_to(e, t),
        }
        self.b.emit(Op::GotoSub(t));
    }
}
