//! `sort`: its list, its comparator, and what of a comparator can be told beforehand.

use super::element::KeyAt;
use super::{BodyKind, Dest, Lower};
use crate::bytecode::{Holder, ItemKey, Literal, NO, Op, OrderBy, Variable};
use crate::diag::hints;
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `sort`: appends the sorted items to the open list, as aliases of the items where the list is wanted so.
    pub fn sort(&mut self, by: SortBy, args: ExprList, aliases: bool) {
        let heights = self.b.heights();
        let bit = if aliases { 32 } else { 0 };
        let kind = match by {
            SortBy::Default => Some(0),
            SortBy::Block(b) => self.known_order(b),
            SortBy::Sub(_) => None,
        };
        match kind {
            Some(k) => {
                self.b.mark();
                self.sorted_items(args, aliases);
                self.b.close(Op::LSort(k | bit, NO));
            }
            None => {
                let code = self.b.temp();
                match by {
                    SortBy::Block(b) => {
                        let index = self.comparator(b);
                        self.b.emit(Op::Closure(code, index));
                    }
                    SortBy::Sub(e) => match *self.ast.kind(e) {
                        ExprKind::Bareword(name) | ExprKind::ClassName(name) => {
                            let full = self.qualify(name);
                            let g = self.b.glob(&full);
                            self.b.emit(Op::GCode(code, g));
                        }
                        _ => self.scalar_to(e, code),
                    },
                    SortBy::Default => {}
                }
                self.b.mark();
                self.sorted_items(args, aliases);
                self.b.close(Op::LSort(4 | bit, code));
            }
        }
        self.b.release(heights);
    }

    fn sorted_items(&mut self, args: ExprList, aliases: bool) {
        if !aliases {
            return self.lists(args);
        }
        let ast = self.ast;
        for &e in ast.list(args) {
            self.aliases(e);
        }
    }

    /// The block of a `sort` as a unit.
    fn comparator(&mut self, block: BlockId) -> u16 {
        if let Some(&i) = self.b.anon.get(&(usize::MAX - block.index())) {
            return i;
        }
        let name = format!("{}::__ANON__", self.package);
        let unit = self.nested(BodyKind::Block, name, |l| {
            let t = l.b.temp();
            l.block(block, Dest::Scalar(t));
            l.b.emit(Op::Ret(t));
            l.note_order(block);
        });
        let i = self.add_unit(unit);
        self.b.anon.insert(usize::MAX - block.index(), i);
        i
    }

    /// `{ $a <=> $b }` and its three relatives.
    fn known_order(&mut self, block: BlockId) -> Option<u8> {
        let ExprKind::Binary { op, left, right } = *self.ast.kind(self.only_expr(block)?) else {
            return None;
        };
        let down = match (self.item_name(left)?, self.item_name(right)?) {
            ('a', 'b') => false,
            ('b', 'a') => true,
            _ => return None,
        };
        match op {
            BinOp::NumCmp if !self.hint(hints::INTEGER) => Some(if down { 2 } else { 1 }),
            BinOp::StrCmp => Some(if down { 3 } else { 0 }),
            _ => None,
        }
    }

    /// The expression that is all of a block.
    fn only_expr(&self, block: BlockId) -> Option<ExprId> {
        let [stmt] = *self.ast[block].stmts else {
            return None;
        };
        match self.ast[stmt].kind {
            StmtKind::Expr(e) => Some(e),
            _ => None,
        }
    }

    /// Is it `$a` or `$b` of this package?
    fn item_name(&self, e: ExprId) -> Option<char> {
        let ExprKind::Var {
            sigil: Sigil::Scalar,
            var: VarRef::Global(n) | VarRef::Loose(n) | VarRef::Our(_, n),
        } = *self.ast.kind(e)
        else {
            return None;
        };
        let (package, short) = self.ast[n].rsplit_once("::")?;
        match short {
            "a" | "b" if package == &*self.package => short.chars().next(),
            _ => None,
        }
    }

    /// Notes what a body compares, if it is nothing but a comparison of the same of `$a` and `$b`, which may be found
    /// beforehand. It has been compiled: what it names is captured.
    pub fn note_order(&mut self, body: BlockId) {
        let Some(e) = self.only_expr(body) else {
            return;
        };
        let mut order = Vec::new();
        if !self.hint(hints::LOCALE | hints::BYTES) && self.order_parts(e, &mut order).is_some() {
            self.b.unit.order = order;
        }
    }

    fn order_parts(&mut self, e: ExprId, order: &mut Vec<OrderBy>) -> Option<()> {
        match *self.ast.kind(e) {
            ExprKind::Logic {
                op: LogOp::Or,
                left,
                right,
            } => {
                self.order_parts(left, order)?;
                self.order_parts(right, order)
            }
            ExprKind::Binary { op, left, right } => {
                let numeric = match op {
                    BinOp::NumCmp if !self.hint(hints::INTEGER) => true,
                    BinOp::StrCmp => false,
                    _ => return None,
                };
                let (mut of_left, mut of_right) = (None, None);
                let key = self.item_key(left, &mut of_left)?;
                let same = self.item_key(right, &mut of_right)? == key;
                let descending = match (of_left, of_right) {
                    (Some('a'), Some('b')) if same => false,
                    (Some('b'), Some('a')) if same => true,
                    _ => return None,
                };
                order.push(OrderBy {
                    key,
                    numeric,
                    descending,
                });
                Some(())
            }
            _ => None,
        }
    }

    /// An expression as the key of an item; `item` is the one it names.
    fn item_key(&mut self, e: ExprId, item: &mut Option<char>) -> Option<ItemKey> {
        let ast = self.ast;
        if let Some(name) = self.item_name(e) {
            return (*item.get_or_insert(name) == name).then_some(ItemKey::Item);
        }
        Some(match *ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } => ItemKey::Scalar(self.outside(var)?),
            ExprKind::Key { hash, key } => {
                let hash = Box::new(self.holder(hash, item)?);
                match self.constant_value(key) {
                    Some(Literal::Int(_) | Literal::Str(..)) => match self.key_at(key) {
                        KeyAt::K(k) => ItemKey::KeyK(hash, k),
                        KeyAt::R(_) => return None,
                    },
                    _ => ItemKey::Key(hash, Box::new(self.item_key(key, item)?)),
                }
            }
            ExprKind::Index { array, index } => {
                let array = Box::new(self.holder(array, item)?);
                match self.constant_value(index) {
                    Some(Literal::Int(i)) => ItemKey::IndexK(array, i),
                    _ => ItemKey::Index(array, Box::new(self.item_key(index, item)?)),
                }
            }
            ExprKind::Builtin { func, args } => {
                let [arg] = *ast.list(args) else {
                    return None;
                };
                let arg = Box::new(self.item_key(arg, item)?);
                let unicode = self.hint(hints::UNI_8_BITS);
                match func {
                    Builtin::Length => ItemKey::Length(arg),
                    Builtin::Lc => ItemKey::Lc(arg, unicode),
                    Builtin::Uc => ItemKey::Uc(arg, unicode),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    fn holder(&mut self, e: ExprId, item: &mut Option<char>) -> Option<Holder> {
        match *self.ast.kind(e) {
            ExprKind::Var { var, .. } => Some(Holder::Named(self.outside(var)?)),
            ExprKind::Deref { expr, .. } => Some(Holder::Behind(self.item_key(expr, item)?)),
            _ => None,
        }
    }

    fn outside(&mut self, var: VarRef) -> Option<Variable> {
        match var {
            VarRef::Lexical(decl) => {
                let decl = self.decl_number(decl);
                self.b.ups.get(&decl).map(|&u| Variable::Captured(u))
            }
            VarRef::Our(_, n) | VarRef::Global(n) | VarRef::Loose(n) => {
                let name = &self.ast[n];
                // `@_` is no variable of its package in a sub.
                (name != "main::_").then(|| Variable::Global(self.b.glob(name)))
            }
        }
    }
}
