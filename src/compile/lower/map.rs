//! `map` and `grep`.
use super::{Dest, Lower};
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

    /// A name in the current package.
    pub fn qualify(&self, name: Name) -> String {
        let name = &self.ast[name];
        if name.contains("::") {
            name.to_string()
        } else {
            format!("{}::{name}", self.package)
        }
    }
}
