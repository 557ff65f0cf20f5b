//! References: `\`, and assignment to them (refaliasing).
use super::Lower;
use crate::bytecode::{NO, Op, R};
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `\ EXPR` in scalar context.
    pub fn reference(&mut self, e: ExprId, d: R) {
        match *self.ast.kind(e) {
            ExprKind::List(items) => {
                let ast = self.ast;
                match *ast.list(items) {
                    [one] if !self.is_array(one) && !self.is_hash(one) => self.reference(one, d),
                    [ref first @ .., last] if !first.is_empty() => {
                        for &f in first {
                            self.void(f);
                        }
                        self.reference(last, d);
                    }
                    _ => {
                        self.b.mark();
                        self.reference_list(e);
                        self.b.close(Op::ListLast(d));
                    }
                }
            }
            ExprKind::MyList(_) => {
                self.b.mark();
                self.reference_list(e);
                self.b.close(Op::ListLast(d));
            }
            ExprKind::Var {
                sigil: Sigil::Code,
                var,
            } if !matches!(var, VarRef::Lexical(_)) => {
                let name = self.global_name(var, Sigil::Code, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::GCode(d, g));
            }
            ExprKind::Var {
                sigil: Sigil::Code,
                var: VarRef::Lexical(decl),
            } => {
                let r = self.lexical(decl);
                self.b.emit(Op::Move(d, r));
            }
            ExprKind::Call {
                callee: Callee::Named(name),
                form: CallForm::AmpShare,
                ..
            } => {
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GCode(d, g));
            }
            ExprKind::Call {
                callee: Callee::Lexical(decl),
                form: CallForm::AmpShare,
                ..
            } => {
                let r = self.lexical(decl);
                self.b.emit(Op::Move(d, r));
            }
            ExprKind::Call {
                callee: Callee::Expr(inner),
                form: CallForm::AmpShare,
                ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Code,
                expr: inner,
            } => {
                let s = self.scalar(inner);
                // `\&$name` is no symbolic reference (strict(3perl))
                let flags = self.rv_flags(false) & !crate::bytecode::rv::STRICT;
                self.b.emit(Op::RvCode(flags, d, s));
            }
            ExprKind::Cond { cond, yes, no } => {
                let (other, end) = (self.b.label(), self.b.label());
                self.jump_if(cond, false, other);
                self.reference(yes, d);
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(other);
                self.reference(no, d);
                self.b.place_label(end);
            }
            ExprKind::Local(inner) if self.is_array(inner) || self.is_hash(inner) => {
                let hash = self.is_hash(inner);
                let c = self.local_container(inner);
                self.b.emit(if hash {
                    Op::RefHash(d, c)
                } else {
                    Op::RefArr(d, c)
                });
            }
            ExprKind::AssignList { to, .. } => {
                let to = self.unwrap_list(to);
                if self.is_array(to) {
                    let c = self.array(e, true);
                    self.b.emit(Op::RefArr(d, c));
                } else if self.is_hash(to) {
                    let c = self.hash(e, true);
                    self.b.emit(Op::RefHash(d, c));
                } else {
                    self.b.mark();
                    self.reference_list(e);
                    self.b.close(Op::ListLast(d));
                }
            }
            _ if self.is_array(e) => {
                let c = self.array(e, true);
                self.b.emit(Op::RefArr(d, c));
            }
            _ if self.is_hash(e) => {
                let c = self.hash(e, true);
                self.b.emit(Op::RefHash(d, c));
            }
            ExprKind::Builtin {
                func: crate::signature::Builtin::Shift,
                args,
            } => {
                // `\shift`: the element itself
                let a = self.ast.list(args)[0];
                let c = self.array(a, true);
                let (p, i) = (self.b.place(), self.b.temp());
                self.b.emit(Op::LoadI(i, 0));
                self.b.emit(Op::AElem(p, c, i));
                self.b.emit(Op::AShift(NO, c));
                self.b.emit(Op::RefOf(d, p));
            }
            ExprKind::Slice { .. } | ExprKind::ListSlice { .. } => {
                self.b.mark();
                self.reference_list(e);
                self.b.close(Op::ListLast(d));
            }
            ExprKind::AnonSub(_) => {
                let t = self.b.temp();
                self.scalar_to(e, t);
                self.b.emit(Op::RefOf(d, t));
            }
            // `\\$x`, `\[..]`: a scalar of its own each time, which no later use of the register may touch
            ExprKind::Ref(_) | ExprKind::AnonArray(_) | ExprKind::AnonHash(_) => {
                let t = self.b.temp();
                self.scalar_to(e, t);
                self.b.emit(Op::RefOf(t, t));
                self.b.emit(Op::Move(d, t));
            }
            ExprKind::Call { .. } | ExprKind::Method { .. } if self.constant_value(e).is_none() => {
                self.b.mark();
                self.reference_list(e);
                self.b.close(Op::ListLast(d));
            }
            _ if self.is_literal(e) => {
                let p = self.b.place();
                let value = self
                    .constant_value(e)
                    .unwrap_or(crate::bytecode::Literal::Undef);
                let k = self.b.own_constant(e.index(), &value);
                self.b.emit(Op::ConstCell(p, k));
                self.b.emit(Op::RefOf(d, p));
            }
            _ => {
                let s = self.place_of(e);
                if self.b.is_temp(s) && s != d {
                    self.b.emit(Op::RefOf(s, s));
                    self.b.emit(Op::Move(d, s));
                } else {
                    self.b.emit(Op::RefOf(d, s));
                }
            }
        }
    }

    /// `\ (LIST)`: a reference to each.
    pub fn reference_list(&mut self, e: ExprId) {
        match *self.ast.kind(e) {
            ExprKind::List(items) | ExprKind::MyList(items) => {
                let ast = self.ast;
                let items = ast.list(items);
                // `\(@a)` alone or among others: one reference per element
                self.b.mark();
                for &item in items {
                    let inner = matches!(*ast.kind(item), ExprKind::List(_));
                    self.referents(item, items.len() == 1 || inner);
                }
                self.b.emit(Op::RefList);
                self.b.marks -= 1;
            }
            ExprKind::Slice { .. }
            | ExprKind::ListSlice { .. }
            | ExprKind::Call { .. }
            | ExprKind::Method { .. }
            | ExprKind::AssignList { .. }
            | ExprKind::DoBlock(_) => {
                if let ExprKind::AssignList { to, .. } = *self.ast.kind(e) {
                    let to = self.unwrap_list(to);
                    if self.is_array(to) || self.is_hash(to) {
                        let t = self.b.temp();
                        self.reference(e, t);
                        self.b.emit(Op::Push(t));
                        return;
                    }
                }
                self.b.mark();
                self.referents(e, true);
                self.b.emit(Op::RefList);
                self.b.marks -= 1;
            }
            ExprKind::Local(inner) if matches!(*self.ast.kind(inner), ExprKind::List(_)) => {
                self.b.mark();
                self.local_list(inner);
                self.b.emit(Op::RefList);
                self.b.marks -= 1;
            }
            _ => {
                let heights = self.b.heights();
                let t = self.b.temp();
                self.reference(e, t);
                self.b.emit(Op::Push(t));
                self.b.release(heights);
            }
        }
    }

    fn referents(&mut self, e: ExprId, flatten: bool) {
        match *self.ast.kind(e) {
            ExprKind::Local(inner) if !flatten && (self.is_array(inner) || self.is_hash(inner)) => {
                let c = self.local_container(inner);
                self.b.emit(Op::Push(c));
            }
            _ if self.is_hash(e) && !flatten => {
                let c = self.hash(e, true);
                self.b.emit(Op::Push(c));
            }
            _ if self.is_hash(e) => {
                // `\(%h)` gives references to copies of the keys and to the values; `\(%h, ..)` likewise
                self.aliases(e);
            }
            _ if self.is_array(e) && !flatten => {
                let c = self.array(e, true);
                self.b.emit(Op::Push(c));
            }
            ExprKind::Var {
                sigil: Sigil::Code, ..
            } => {
                let t = self.b.temp();
                self.reference(e, t);
                self.b.emit(Op::Push(t));
            }
            // a reference is a value of its own here, not what it refers to
            ExprKind::Ref(inner) if !matches!(self.ast.kind(inner), ExprKind::List(_)) => {
                let p = self.b.place();
                self.place_into(e, p);
                self.b.emit(Op::PushAlias(p));
            }
            ExprKind::Slice { kind, from, keys } => self.slice(kind, from, keys, 1),
            ExprKind::Index { .. } | ExprKind::Key { .. } => {
                let p = self.place_of(e);
                self.b.emit(Op::PushAlias(p));
            }
            _ => self.aliases(e),
        }
    }

    /// `\$x = $ref` and its kin.
    pub fn assign_alias(&mut self, to: ExprId, from: ExprId) {
        let heights = self.b.heights();
        match *self.ast.kind(to) {
            ExprKind::Ref(inner)
                if matches!(
                    *self.ast.kind(inner),
                    ExprKind::List(_) | ExprKind::MyList(_)
                ) =>
            {
                let ast = self.ast;
                let (ExprKind::List(items) | ExprKind::MyList(items)) = *ast.kind(inner) else {
                    return;
                };
                self.b.mark();
                self.list(from);
                let t = self.b.temp();
                for (i, &e) in ast.list(items).iter().enumerate() {
                    self.b.emit(Op::LTake(t, i as u16));
                    self.alias_target(e, t);
                }
                self.b.close(Op::ListDrop);
            }
            ExprKind::Ref(inner) => {
                let r = self.scalar(from);
                self.alias_target(inner, r);
            }
            ExprKind::List(items) | ExprKind::MyList(items) => {
                let ast = self.ast;
                let items = ast.list(items).to_vec();
                self.b.mark();
                self.list(from);
                let t = self.b.temp();
                for (i, e) in items.into_iter().enumerate() {
                    self.b.emit(Op::LTake(t, i as u16));
                    match *ast.kind(e) {
                        ExprKind::Ref(inner) => self.alias_target(inner, t),
                        _ => {
                            let p = self.lvalue(e, "list assignment");
                            self.b.emit(Op::Move(p, t));
                        }
                    }
                }
                self.b.close(Op::ListDrop);
            }
            ExprKind::Local(inner) => {
                self.local_void(match *self.ast.kind(inner) {
                    ExprKind::Ref(i) => i,
                    _ => inner,
                });
                self.assign_alias(inner, from);
            }
            _ => {
                let r = self.scalar(from);
                self.alias_target(to, r);
            }
        }
        self.b.release(heights);
    }

    /// `foreach \my %h (..)`: the item in place `p` is a reference.
    pub fn alias_to(&mut self, target: ExprId, p: R) {
        let inner = match *self.ast.kind(target) {
            ExprKind::Ref(inner) => inner,
            _ => target,
        };
        self.alias_target(inner, p);
    }

    fn alias_target(&mut self, e: ExprId, r: R) {
        let e = self.unwrap_list(e);
        match *self.ast.kind(e) {
            ExprKind::Local(inner) => {
                self.local_void(inner);
                self.alias_target(inner, r);
            }
            ExprKind::My(d) if matches!(self.ast[d].kind, DeclKind::Our(_)) => {
                self.declare_our(d);
                if let DeclKind::Our(name) = self.ast[d].kind {
                    let g = self.b.glob(&self.ast[name]);
                    let t = self.b.temp();
                    self.b.emit(Op::GGlob(t, g));
                    self.b.emit(Op::GlobAssign(t, r));
                }
            }
            ExprKind::My(d) => {
                let (kind, v) = (kind_of(self.ast[d].sigil), self.declare(d));
                self.b.emit(Op::AliasVar(kind, v, r));
            }
            ExprKind::Var {
                sigil,
                var: VarRef::Lexical(d),
            } => {
                let v = self.lexical(d);
                let decl = self.decl_number(d);
                match self.b.ups.get(&decl).copied() {
                    Some(u) => {
                        self.b.emit(Op::AliasUp(kind_of(sigil), u, r));
                        self.b.emit(Op::UpCell(v, u));
                    }
                    None => {
                        self.b.emit(Op::AliasVar(kind_of(sigil), v, r));
                    }
                }
            }
            ExprKind::Var { sigil, var } => {
                let name = self.global_name(var, sigil, e);
                let g = self.b.glob(&name);
                let t = self.b.temp();
                self.b.emit(Op::GGlob(t, g));
                self.b.emit(Op::GlobAssign(t, r));
            }
            ExprKind::Index { array, index } => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::AliasElem(0, c, i));
                self.b.ext(0, r, 0, 0);
            }
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                let k = self.key(key);
                self.b.emit(Op::AliasElem(1, c, k));
                self.b.ext(0, r, 0, 0);
            }
            _ => {
                let span = self.ast.span(e);
                self.error(
                    span,
                    "Can't modify reference to expression in scalar assignment".into(),
                );
            }
        }
        let _ = NO;
    }
}

fn kind_of(sigil: Sigil) -> u8 {
    match sigil {
        Sigil::Array => 1,
        Sigil::Hash => 2,
        Sigil::Code => 3,
        _ => 0,
    }
}
