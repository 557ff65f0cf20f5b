//! `map`, `grep` and `sort`.
use super::{BodyKind, Dest, Lower};
use crate::bytecode::{NO, Op, R};
use crate::compile::body::Dynamic;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// `map`/`grep` run in the same frame: each round appends to the open list, or counts.
    pub fn map(&mut self, grep: bool, each: Each, args: ExprList, dest: Dest) {
        match dest {
            Dest::List => self.map_loop(grep, each, args, Some(false), NO),
            Dest::Scalar(d) if grep => {
                let count = if self.b.is_temp(d) { d } else { self.b.temp() };
                self.map_loop(true, each, args, None, count);
                self.put(dest, count);
            }
            Dest::Scalar(d) => {
                self.b.mark();
                self.map_loop(false, each, args, Some(false), NO);
                self.b.close(Op::ListCount(d));
            }
            _ => {
                self.b.mark();
                self.map_loop(grep, each, args, Some(false), NO);
                self.b.close(Op::ListDrop);
            }
        }
    }

    /// `grep` where aliases of the items are wanted.
    pub fn map_aliases(&mut self, each: Each, args: ExprList) {
        self.map_loop(true, each, args, Some(true), NO);
    }

    /// The loop. `push`: items are appended (`true`: as aliases); else `count` counts them.
    fn map_loop(&mut self, grep: bool, each: Each, args: ExprList, push: Option<bool>, count: R) {
        let heights = self.b.heights();
        let ast = self.ast;
        if count != NO {
            self.b.emit(Op::LoadI(count, 0));
        }
        let it = self.b.held();
        let p = self.b.place();
        match *ast.list(args) {
            [one] if self.is_array(one) => {
                // Items may be assigned to, so an undefined reference becomes an array.
                let c = self.array(one, true);
                self.b.emit(Op::IterArr(0, it, c));
            }
            _ => {
                self.b.mark();
                for &e in ast.list(args) {
                    self.alias_places(e);
                }
                self.b.close(Op::IterList(it));
            }
        }
        let g = self.b.glob("main::_");
        self.b.emit(Op::Enter);
        self.b.unit.flags.saves = true;
        self.b.dynamics.push(Dynamic::Enter);
        self.b.emit(Op::LocalAlias(g));
        let (next, end) = (self.b.label(), self.b.label());
        self.b.jump(Op::IterNext(p, it, 0), end);
        let begin = self.b.here();
        self.b.emit(Op::GAlias(g, p));
        let floor = self.b.heights();
        let outer_dirty = self.b.temps.dirty;
        for (dirty, floor) in self.b.temps.dirty.iter_mut().zip(floor) {
            *dirty = floor.min(*dirty);
        }
        if grep {
            let r = match each {
                Each::Block(b) => {
                    let t = self.b.temp();
                    self.block(b, Dest::Scalar(t));
                    self.b.jump(Op::JF(t, 0), next);
                    None
                }
                Each::Expr(e) => Some(e),
            };
            if let Some(e) = r {
                self.jump_if(e, false, next);
            }
            match push {
                Some(true) => self.b.emit(Op::PushAlias(p)),
                Some(false) => self.b.emit(Op::Push(p)),
                None => self.b.emit(Op::Inc(count)),
            };
        } else {
            match each {
                Each::Block(b) => self.block(b, Dest::List),
                Each::Expr(e) => self.list(e),
            }
        }
        self.b.place_label(next);
        self.b.release(floor);
        self.b.clear_temps(floor);
        self.b.temps.dirty = outer_dirty;
        self.b.jump(Op::IterLoop(p, it, 0), begin);
        self.b.place_label(end);
        self.b.emit(Op::IterEnd(it));
        self.b.dynamics.pop();
        self.b.emit(Op::Leave);
        self.b.release(heights);
        self.b.temps.soil(p);
    }

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

    /// A name in the current package.
    pub fn qualify(&self, name: Name) -> String {
        let name = &self.ast[name];
        if name.contains("::") {
            name.to_string()
        } else {
            format!("{}::{name}", self.package)
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
        });
        let i = self.add_unit(unit);
        self.b.anon.insert(usize::MAX - block.index(), i);
        i
    }

    /// `{ $a <=> $b }` and its three relatives.
    fn known_order(&mut self, block: BlockId) -> Option<u8> {
        let [stmt] = *self.ast[block].stmts else {
            return None;
        };
        let StmtKind::Expr(e) = self.ast[stmt].kind else {
            return None;
        };
        let ExprKind::Binary { op, left, right } = *self.ast.kind(e) else {
            return None;
        };
        let name = |l: &Self, e: ExprId| match *l.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Global(n) | VarRef::Loose(n),
            } => {
                let full = &l.ast[n];
                let (package, short) = full.rsplit_once("::")?;
                (package == &*l.package).then(|| short.to_string())
            }
            _ => None,
        };
        let integer = self.hint(crate::diag::hints::INTEGER);
        let (a, b) = (name(self, left)?, name(self, right)?);
        let down = match (a.as_str(), b.as_str()) {
            ("a", "b") => false,
            ("b", "a") => true,
            _ => return None,
        };
        match op {
            BinOp::NumCmp if !integer => Some(if down { 2 } else { 1 }),
            BinOp::StrCmp => Some(if down { 3 } else { 0 }),
            _ => None,
        }
    }
}
