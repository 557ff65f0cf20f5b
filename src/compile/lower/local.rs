//! `local`.
use super::Lower;
use crate::bytecode::op::rv;
use crate::bytecode::{NO, Op, R};
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `local EXPR;`
    pub fn local_void(&mut self, e: ExprId) {
        let heights = self.b.heights();
        match *self.ast.kind(e) {
            ExprKind::List(items) | ExprKind::MyList(items) => {
                let ast = self.ast;
                for &item in ast.list(items) {
                    self.local_void(item);
                }
            }
            ExprKind::Slice { kind, from, keys } => {
                self.b.note_save();
                self.b.mark();
                self.slice(kind, from, keys, 4);
                self.b.close(Op::ListDrop);
            }
            ExprKind::Nothing => {}
            _ if self.is_array(e) || self.is_hash(e) => {
                self.local_container(e);
            }
            _ => {
                self.local_place(e);
            }
        }
        self.b.release(heights);
    }

    /// `local` in list context: the localised places.
    pub fn local_list(&mut self, e: ExprId) {
        match *self.ast.kind(e) {
            ExprKind::List(items) | ExprKind::MyList(items) => {
                let ast = self.ast;
                for &item in ast.list(items) {
                    self.local_list(item);
                }
            }
            ExprKind::Slice { kind, from, keys } => {
                self.b.note_save();
                self.slice(kind, from, keys, 4);
            }
            _ if self.is_array(e) => {
                let c = self.local_container(e);
                self.b.emit(Op::PushArrA(c));
            }
            _ if self.is_hash(e) => {
                let c = self.local_container(e);
                self.b.emit(Op::PushHash(3, c));
            }
            _ => {
                let p = self.local_place(e);
                self.b.emit(if self.b.is_temp(p) {
                    Op::Push(p)
                } else {
                    Op::PushAlias(p)
                });
            }
        }
    }

    /// A localised array or hash.
    pub fn local_container(&mut self, e: ExprId) -> R {
        self.b.note_save();
        let hash = self.is_hash(e);
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, var } if !matches!(var, VarRef::Lexical(_)) => {
                let name = self.global_name(var, sigil, e);
                let g = self.b.glob(&name);
                if self.is_args(e) {
                    self.b.args_real = true;
                }
                let t = self.b.container();
                self.b.emit(if hash {
                    Op::LocalHash(t, g)
                } else {
                    Op::LocalArr(t, g)
                });
                t
            }
            ExprKind::My(d) => {
                let t = self.b.container();
                if let DeclKind::Our(name) = self.ast[d].kind {
                    self.declare_our(d);
                    let g = self.b.glob(&self.ast[name]);
                    self.b.emit(if hash {
                        Op::LocalHash(t, g)
                    } else {
                        Op::LocalArr(t, g)
                    });
                }
                t
            }
            ExprKind::Deref { expr, .. } => {
                let t = self.b.container();
                let heights = self.b.heights();
                let g = self.b.temp();
                let s = self.scalar(expr);
                let flags = self.rv_flags(false)
                    | if hash {
                        rv::LOCAL_HASH
                    } else {
                        rv::LOCAL_ARRAY
                    };
                self.b.emit(Op::RvGlob(flags, g, s));
                self.b.emit(Op::LocalSlot(if hash { 2 } else { 1 }, t, g));
                self.b.release(heights);
                t
            }
            ExprKind::Var {
                var: VarRef::Lexical(d),
                ..
            } => {
                self.local_lexical(d, e);
                self.lexical(d)
            }
            _ => {
                let span = self.ast.span(e);
                self.error(span, "Can't modify expression in local".into());
                self.b.container()
            }
        }
    }

    fn local_lexical(&mut self, d: DeclId, e: ExprId) {
        let name = self.visible_of(d).name;
        let span = self.ast.span(e);
        self.error(span, format!("Can't localize lexical variable {name}"));
    }

    /// `local *name = value`; false where it is no glob.
    pub fn local_assign(&mut self, e: ExprId, v: R) -> bool {
        if !matches!(
            *self.ast.kind(e),
            ExprKind::Var {
                sigil: Sigil::Glob,
                ..
            } | ExprKind::Deref {
                sigil: Sigil::Glob,
                ..
            }
        ) {
            return false;
        }
        let g = self.local_glob(e, 1);
        self.b.emit(Op::GlobAssign(g, v));
        true
    }

    /// A localised glob in a value register. `keep`: 1 where it is assigned to, which leaves what is not assigned.
    pub fn local_glob(&mut self, e: ExprId, keep: u8) -> R {
        self.b.note_save();
        let t = self.b.temp();
        match *self.ast.kind(self.unwrap_list(e)) {
            ExprKind::Deref { expr, .. } => {
                let s = self.scalar(expr);
                let flags = self.rv_flags(false);
                self.b.emit(Op::RvGlob(flags, t, s));
                self.b.emit(Op::LocalGlobR(keep, t, t));
            }
            ExprKind::Var { var, .. } => {
                let name = self.global_name(var, Sigil::Glob, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::LocalGlob(keep, t, g));
            }
            _ => {}
        }
        t
    }

    /// The place of a localised scalar or element; for a glob a value register that holds it.
    pub fn local_place(&mut self, e: ExprId) -> R {
        self.b.note_save();
        let e = self.unwrap_list(e);
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Lexical(d),
            } => {
                self.local_lexical(d, e);
                return self.lexical(d);
            }
            ExprKind::Var {
                sigil: Sigil::Glob, ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Glob, ..
            } => return self.local_glob(e, 0),
            _ => {}
        }
        let p = self.b.place();
        let heights = self.b.heights();
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } => {
                let name = self.global_name(var, Sigil::Scalar, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::LocalScalar(p, g));
            }
            ExprKind::My(d) => {
                if let DeclKind::Our(name) = self.ast[d].kind {
                    self.declare_our(d);
                    let g = self.b.glob(&self.ast[name]);
                    self.b.emit(Op::LocalScalar(p, g));
                }
            }
            ExprKind::Index { array, index } => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::LocalAElem(p, c, i));
            }
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                let k = self.key(key);
                self.b.emit(Op::LocalHElem(p, c, k));
            }
            ExprKind::Deref {
                sigil: Sigil::Scalar,
                expr,
            } => {
                let s = self.scalar(expr);
                let t = self.b.temp();
                let flags = self.rv_flags(false) | rv::LOCAL_SCALAR;
                self.b.emit(Op::RvGlob(flags, t, s));
                self.b.emit(Op::LocalSlot(0, p, t));
            }
            ExprKind::Cond { cond, yes, no } => {
                let (other, end) = (self.b.label(), self.b.label());
                self.jump_if(cond, false, other);
                self.local_into(yes, p);
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(other);
                self.local_into(no, p);
                self.b.place_label(end);
            }
            ExprKind::Assign { to, from } => {
                let v = self.scalar(from);
                let inner = self.local_place(to);
                self.b.emit(Op::Move(inner, v));
                self.b.release(heights);
                return inner;
            }
            _ => {
                let span = self.ast.span(e);
                let what = self.unmodifiable(e).unwrap_or_else(|| "expression".into());
                self.error(span, format!("Can't modify {what} in local"));
            }
        }
        self.b.release(heights);
        p
    }

    fn local_into(&mut self, e: ExprId, p: R) {
        let r = self.local_place(e);
        let t = self.b.temp();
        self.b.emit(Op::RefOf(t, r));
        self.b.emit(Op::RvCell(0, p, t));
        let _ = NO;
    }
}
