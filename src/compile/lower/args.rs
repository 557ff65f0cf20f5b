//! Lists of aliases: sub arguments, what `foreach`, `map` and `grep` go over.
use super::Lower;
use crate::bytecode::{Literal, NO, Op, Place, Want};
use crate::signature::Builtin as Func;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// Appends aliases of what `e` names, and the values of what it does not. Elements come into being only when
    /// they are assigned to (arguments of subs).
    pub fn aliases(&mut self, e: ExprId) {
        self.aliases_of(e, false);
    }

    /// The same for what `foreach`, `map` and `grep` go over: elements come into being (perlsyn "Foreach Loops").
    pub fn alias_places(&mut self, e: ExprId) {
        self.aliases_of(e, true);
    }

    fn aliases_of(&mut self, e: ExprId, places: bool) {
        let heights = self.b.heights();
        self.within(e, |l| l.aliases_kind(e, places));
        self.b.release(heights);
    }

    fn aliases_kind(&mut self, e: ExprId, places: bool) {
        use ExprKind::*;
        if let Some(value) = self.constant_value(e) {
            if self.is_literal(e) || matches!(value, Literal::Bool(_)) {
                let p = self.b.place();
                let k = self.b.own_constant(e.index(), &value);
                self.b.emit(Op::ConstCell(p, k));
                self.b.emit(Op::PushAlias(p));
            } else {
                // What was folded is a value like others, which may be changed.
                let r = self.scalar(e);
                self.b.emit(Op::Push(r));
            }
            return;
        }
        match *self.ast.kind(e) {
            List(items) | MyList(items) => {
                let ast = self.ast;
                for &item in ast.list(items) {
                    self.aliases_of(item, places);
                }
            }
            Var {
                sigil: Sigil::Array,
                ..
            } if self.in_sub() && self.is_args(e) => {
                self.b.args_aliased = true;
                self.b.emit(Op::PushArgs(1, 0));
            }
            _ if self.is_array(e) => {
                let c = self.array(e, true);
                self.b.emit(Op::PushArrA(c));
            }
            _ if self.is_hash(e) => {
                let c = self.hash(e, true);
                self.b.emit(Op::PushHash(4, c));
            }
            Index { array, .. } if places && !self.is_args(array) => {
                let p = self.place_of(e);
                self.b.emit(Op::PushAlias(p));
            }
            Index { array, index } => {
                if self.is_args(array) && self.in_sub() {
                    self.b.args_real = true;
                }
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::PushAElemA(c, i));
            }
            Key { hash, .. } if self.is_glob(hash) => self.list(e),
            Key { .. } if places => {
                let p = self.place_of(e);
                self.b.emit(Op::PushAlias(p));
            }
            Key { hash, key } => {
                let c = self.hash(hash, true);
                let k = self.key(key);
                self.b.emit(Op::PushHElemA(c, k));
            }
            Slice { kind, from, keys } if !super::list::is_pairs(kind) => {
                self.slice(kind, from, keys, 1)
            }
            Cond { cond, yes, no } => {
                let (other, end) = (self.b.label(), self.b.label());
                self.jump_if(cond, false, other);
                self.aliases_of(yes, places);
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(other);
                self.aliases_of(no, places);
                self.b.place_label(end);
            }
            Builtin {
                func: Func::Values,
                args,
            } => match *self.ast.list(args) {
                [a] if self.is_array(a) => self.aliases(a),
                [a] => {
                    let c = self.hash(a, true);
                    self.b.emit(Op::PushHash(2, c));
                }
                _ => {}
            },
            Builtin {
                func: Func::Substr | Func::Vec | Func::Pos,
                args,
            } if !self.is_of_call(args) => {
                let p = self.place_of(e);
                self.b.emit(Op::PushAlias(p));
            }
            Map {
                grep: true,
                each,
                args,
            } => self.map_aliases(each, args),
            Sort { by, args } if places && !self.gives_rvalues(e) => self.sort(by, args, true),
            AssignList { to, from } => self.assign_list(to, from, super::Dest::List),
            Var {
                sigil: Sigil::Scalar,
                ..
            }
            | My(_)
            | Deref {
                sigil: Sigil::Scalar,
                ..
            }
            | Assign { .. }
            | AssignOp { .. }
            | AssignLogic { .. }
            | Local(_)
            | Unary {
                op: UnOp::PreInc | UnOp::PreDec,
                ..
            } => {
                let r = self.place_of(e);
                self.b.emit(if self.b.is_temp(r) {
                    Op::Push(r)
                } else {
                    Op::PushAlias(r)
                });
            }
            Call { .. } | Method { .. } => self.call_for(e, Want::List, NO, Place::Perhaps),
            ScalarCx(inner) if self.has_place(inner) => self.aliases_of(inner, places),
            _ => self.list(e),
        }
    }

    /// Is the first argument what a sub gives? There is nothing to assign to then.
    pub fn is_of_call(&self, args: ExprList) -> bool {
        let first = self.ast.list(args).first().copied();
        first.is_some_and(|e| {
            matches!(
                self.ast.kind(e),
                ExprKind::Call { .. } | ExprKind::Method { .. }
            )
        })
    }
}
