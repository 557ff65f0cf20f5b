//! `sort`: its list, its comparator, and what of a comparator can be told beforehand.

use super::element::KeyAt;
use super::{BodyKind, Dest, Lower};
use crate::bytecode::{Holder, ItemKey, Literal, NO, Op, OrderBy, Variable};
use crate::diag::hints;
use crate::signature::Builtin;
use crate::syntax::ast::*;

/// More comparisons in a chain, or more parts of a key, are left to the comparator.
const MOST: usize = 16;

/// What an expression has named so far.
#[derive(Default)]
struct Naming {
    /// `$a` or `$b`.
    item: Option<char>,
    /// Parts of the key.
    depth: usize,
}

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
            BinOp::StrCmp if !self.hint(hints::BYTES) => Some(if down { 3 } else { 0 }),
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
        if !self.hint(hints::LOCALE | hints::BYTES) {
            self.b.unit.order = self.order_parts(e).unwrap_or_default();
        }
    }

    /// The comparisons of a chain, which is short: a key is found for each of them.
    fn order_parts(&mut self, e: ExprId) -> Option<Vec<OrderBy>> {
        let (mut order, mut rest) = (Vec::new(), vec![e]);
        while let Some(e) = rest.pop() {
            match *self.ast.kind(e) {
                ExprKind::Logic {
                    op: LogOp::Or,
                    left,
                    right,
                } => rest.extend([right, left]),
                ExprKind::Binary { op, left, right } => {
                    order.push(self.order_by(op, left, right)?);
                }
                _ => return None,
            }
            if order.len() + rest.len() > MOST {
                return None;
            }
        }
        Some(order)
    }

    /// One comparison of the same of both items.
    fn order_by(&mut self, op: BinOp, left: ExprId, right: ExprId) -> Option<OrderBy> {
        let numeric = match op {
            BinOp::NumCmp if !self.hint(hints::INTEGER) => true,
            BinOp::StrCmp => false,
            _ => return None,
        };
        let (mut of_left, mut of_right) = (Naming::default(), Naming::default());
        let key = self.item_key(left, &mut of_left)?;
        if self.item_key(right, &mut of_right)? != key {
            return None;
        }
        let descending = match (of_left.item?, of_right.item?) {
            ('a', 'b') => false,
            ('b', 'a') => true,
            _ => return None,
        };
        Some(OrderBy {
            key,
            numeric,
            descending,
        })
    }

    /// An expression as the key of an item.
    fn item_key(&mut self, e: ExprId, naming: &mut Naming) -> Option<ItemKey> {
        let ast = self.ast;
        naming.depth += 1;
        if naming.depth > MOST {
            return None;
        }
        if let Some(name) = self.item_name(e) {
            let same = *naming.item.get_or_insert(name) == name;
            return same.then_some(ItemKey::Item);
        }
        Some(match *ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } => ItemKey::Scalar(self.outside(var)?),
            ExprKind::Key { hash, key } => {
                let hash = Box::new(self.holder(hash, Sigil::Hash, naming)?);
                match self.constant_value(key) {
                    Some(Literal::Int(_) | Literal::Str(..)) => match self.key_at(key) {
                        KeyAt::K(k) => ItemKey::KeyK(hash, k),
                        KeyAt::R(_) => return None,
                    },
                    _ => ItemKey::Key(hash, Box::new(self.item_key(key, naming)?)),
                }
            }
            ExprKind::Index { array, index } => {
                let array = Box::new(self.holder(array, Sigil::Array, naming)?);
                match self.constant_value(index) {
                    Some(Literal::Int(i)) => ItemKey::IndexK(array, i),
                    _ => ItemKey::Index(array, Box::new(self.item_key(index, naming)?)),
                }
            }
            ExprKind::Builtin { func, args } => {
                let [arg] = *ast.list(args) else {
                    return None;
                };
                let arg = Box::new(self.item_key(arg, naming)?);
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

    /// A hash or array.
    fn holder(&mut self, e: ExprId, kind: Sigil, naming: &mut Naming) -> Option<Holder> {
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, var } if sigil == kind => {
                Some(Holder::Named(self.outside(var)?))
            }
            ExprKind::Deref { sigil, expr } if sigil == kind => {
                Some(Holder::Behind(self.item_key(expr, naming)?))
            }
            _ => None,
        }
    }

    /// A variable, as the body finds it when it runs.
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
