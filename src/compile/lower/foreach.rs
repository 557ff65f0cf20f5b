//! `foreach` over lists, arrays and ranges.
use super::Lower;
use crate::bytecode::{NO, Op, R};
use crate::compile::body::Dynamic;
use crate::signature::Builtin;
use crate::syntax::ast::*;
use std::rc::Rc;

/// What a loop runs.
#[derive(Clone, Copy)]
pub enum LoopBody {
    /// A block.
    Block(BlockId),
    /// The expression of a statement modifier.
    Expr(ExprId),
}

/// How the loop variable is held.
enum Item {
    /// A lexical's register; `copy`: a copy is enough; `fresh`: but each round needs a new one.
    Lexical { r: R, copy: bool, fresh: bool },
    /// A package scalar, aliased through its glob.
    Global(u16, R),
    /// Several lexicals.
    Several(Vec<R>),
    /// `foreach \my %h`
    Alias(ExprId, R),
}

/// A lexical's home before the loop took its name.
type Rebound = Option<(crate::bytecode::DeclId, Option<R>, Option<u16>)>;

impl Lower<'_> {
    /// `foreach VAR (LIST) BLOCK`
    pub fn foreach(
        &mut self,
        label: Option<Rc<str>>,
        var: &LoopVar,
        list: ExprList,
        body: LoopBody,
        cont: Option<BlockId>,
    ) {
        let items = self.ast.list(list).to_vec();
        self.foreach_items(label, var, &items, body, cont);
    }

    /// The same for items in a slice.
    pub fn foreach_items(
        &mut self,
        label: Option<Rc<str>>,
        var: &LoopVar,
        items: &[ExprId],
        body: LoopBody,
        cont: Option<BlockId>,
    ) {
        let heights = self.b.heights();
        let it = self.b.held();
        let copies = self.only_reads(var);
        // what a modifier's list declares stays visible behind the statement
        if matches!(body, LoopBody::Expr(_)) {
            self.iterate(items, it, copies);
            self.b.open_scope(true);
        } else {
            self.b.open_scope(true);
            self.iterate(items, it, copies);
        }
        let rvalues = items.iter().all(|&e| self.gives_rvalues(e));
        let (item, rebound) = self.loop_item(var, rvalues);
        let global = matches!(item, Item::Global(..));
        if let Item::Global(g, _) = item {
            self.b.emit(Op::Enter);
            self.b.unit.flags.saves = true;
            self.b.dynamics.push(Dynamic::Enter);
            self.b.emit(Op::LocalAlias(g));
        }
        self.hold_dirty();
        let floor = self.b.heights();
        let (next, last) = (self.b.label(), self.b.label());
        match &item {
            Item::Lexical { r, copy, .. } => {
                let op = if *copy {
                    Op::IterNextV(*r, it, 0)
                } else {
                    Op::IterNext(*r, it, 0)
                };
                self.b.jump(op, last);
            }
            Item::Global(_, p) | Item::Alias(_, p) => {
                self.b.jump(Op::IterNext(*p, it, 0), last);
            }
            Item::Several(rs) => {
                self.b.jump(Op::IterNext(rs[0], it, 0), last);
            }
        }
        let begin = self.b.here();
        match &item {
            Item::Global(g, p) => {
                self.b.emit(Op::GAlias(*g, *p));
            }
            Item::Several(rs) => self.more_items(&rs[1..], it),
            Item::Alias(target, p) => {
                let (target, p) = (*target, *p);
                self.alias_to(target, p);
            }
            Item::Lexical { .. } => {}
        }
        let redo = self.b.here();
        self.b.open_loop(label, [next, last, redo]);
        match body {
            LoopBody::Block(b) => self.loop_block(b),
            LoopBody::Expr(e) => {
                self.void(e);
                self.b.clear_temps(floor);
            }
        }
        self.b.place_label(next);
        if let Some(cont) = cont {
            self.loop_block(cont);
        }
        if let Item::Lexical { r, fresh: true, .. } = item {
            self.b.emit(Op::ClearRange(r, 1));
        }
        let again = match &item {
            Item::Lexical { r, copy: true, .. } => Op::IterLoopV(*r, it, 0),
            Item::Lexical { r, .. } => Op::IterLoop(*r, it, 0),
            Item::Global(_, p) | Item::Alias(_, p) => Op::IterLoop(*p, it, 0),
            Item::Several(rs) => Op::IterLoop(rs[0], it, 0),
        };
        self.b.jump(again, begin);
        self.b.close_loop();
        self.b.place_label(last);
        self.b.emit(Op::IterEnd(it));
        if global {
            self.b.dynamics.pop();
            self.b.emit(Op::Leave);
        }
        match &item {
            Item::Lexical { r, .. } => {
                self.b.emit(Op::ClearTemps(*r, 1));
            }
            Item::Several(rs) => {
                self.b.emit(Op::ClearTemps(rs[0], rs.len() as u16));
            }
            _ => {}
        }
        self.unbind(rebound);
        self.b.close_scope();
        self.b.release(heights);
    }

    /// Opens the iterator over what stands in the parentheses.
    fn iterate(&mut self, items: &[ExprId], it: R, copies: bool) {
        let single = match items {
            [one] => Some(self.unwrap_list(*one)),
            _ => None,
        };
        if let Some(e) = single {
            match *self.ast.kind(e) {
                ExprKind::Range { left, right, .. } => {
                    return self.iterate_range(left, right, it, 0);
                }
                _ if self.is_array(e) => {
                    let heights = self.b.heights();
                    let c = self.array(e, true);
                    self.b.emit(Op::IterArr(0, it, c));
                    self.b.release(heights);
                    return;
                }
                ExprKind::Builtin {
                    func: Builtin::Reverse,
                    args,
                } => {
                    if let [one] = *self.ast.list(args) {
                        let one = self.unwrap_list(one);
                        if let ExprKind::Range { left, right, .. } = *self.ast.kind(one) {
                            return self.iterate_range(left, right, it, 1);
                        }
                        if self.is_array(one) {
                            let heights = self.b.heights();
                            let c = self.array(one, true);
                            self.b.emit(Op::IterArr(1, it, c));
                            self.b.release(heights);
                            return;
                        }
                    }
                }
                _ => {}
            }
        }
        self.b.mark();
        for &e in items {
            match *self.ast.kind(self.unwrap_list(e)) {
                ExprKind::Sort { by, args } if copies => self.sort(by, args, false),
                _ => self.alias_places(e),
            }
        }
        self.b.close(Op::IterList(it));
    }

    /// Whether the loop variable is a lexical that the body only looks at.
    fn only_reads(&self, var: &LoopVar) -> bool {
        let LoopVar::Scalar(e) = var else {
            return false;
        };
        match *self.ast.kind(*e) {
            ExprKind::My(d) => {
                !matches!(self.ast[d].kind, DeclKind::Our(_)) && !self.b.facts.touched(d, self.ast)
            }
            _ => false,
        }
    }

    /// Whether an item of the list gives values nobody else can see, so that the variable need not alias them.
    pub fn gives_rvalues(&self, e: ExprId) -> bool {
        match *self.ast.kind(self.unwrap_list(e)) {
            ExprKind::Range { .. } | ExprKind::Map { grep: false, .. } => true,
            ExprKind::Sort { args, .. } => {
                let items = self.ast.list(args);
                items.iter().all(|&a| self.gives_rvalues(a))
            }
            ExprKind::Builtin {
                func: Builtin::Keys | Builtin::Split,
                ..
            } => true,
            ExprKind::Builtin {
                func: Builtin::Reverse,
                args,
            } => {
                let items = self.ast.list(args);
                !items.is_empty() && items.iter().all(|&a| self.gives_rvalues(a))
            }
            _ => false,
        }
    }

    fn iterate_range(&mut self, left: ExprId, right: ExprId, it: R, flags: u8) {
        let heights = self.b.heights();
        let a = self.scalar(left);
        let b = self.scalar(right);
        self.b.emit(Op::IterRange(flags, it, a));
        self.b.ext(0, b, 0, 0);
        self.b.release(heights);
    }

    /// A list of one expression in parentheses is that expression.
    pub fn unwrap_list(&self, mut e: ExprId) -> ExprId {
        loop {
            match *self.ast.kind(e) {
                ExprKind::List(items) | ExprKind::MyList(items) => match *self.ast.list(items) {
                    [one] => e = one,
                    _ => return e,
                },
                ExprKind::Unary {
                    op: UnOp::Plus,
                    expr,
                } => e = expr,
                _ => return e,
            }
        }
    }

    /// Rebinds a lexical to a register of the loop.
    fn rebind(&mut self, d: DeclId) -> (R, Rebound) {
        let decl = self.decl_number(d);
        // an outer variable used as loop variable must be known here first
        let r = self.b.var();
        let old = (decl, self.b.homes.insert(decl, r), self.b.ups.remove(&decl));
        (r, Some(old))
    }

    fn unbind(&mut self, rebound: Rebound) {
        if let Some((decl, home, up)) = rebound {
            match home {
                Some(home) => self.b.homes.insert(decl, home),
                None => self.b.homes.remove(&decl),
            };
            if let Some(up) = up {
                self.b.ups.insert(decl, up);
            }
        }
    }

    fn loop_item(&mut self, var: &LoopVar, rvalues: bool) -> (Item, Rebound) {
        match var {
            LoopVar::Topic => (self.global_item("main::_"), None),
            LoopVar::Scalar(e) => match *self.ast.kind(*e) {
                ExprKind::My(d) => match self.ast[d].kind {
                    DeclKind::Our(name) => {
                        self.declare_our(d);
                        let name = self.ast[name].to_string();
                        (self.global_item(&name), None)
                    }
                    _ => {
                        let v = self.visible_of(d);
                        let r = self.b.var();
                        self.b.homes.insert(v.decl, r);
                        self.b.visible.push(v.clone());
                        let pc = self.b.pc();
                        self.b.unit.pad.push(crate::bytecode::PadEntry {
                            decl: v.decl,
                            name: v.name,
                            kind: v.kind,
                            reg: r,
                            visible: (pc, u32::MAX),
                        });
                        let touched = self.b.facts.touched(d, self.ast);
                        (
                            Item::Lexical {
                                r,
                                copy: rvalues || !touched,
                                fresh: rvalues && touched,
                            },
                            None,
                        )
                    }
                },
                ExprKind::Var {
                    var: VarRef::Lexical(d),
                    ..
                } => {
                    let (r, old) = self.rebind(d);
                    (
                        Item::Lexical {
                            r,
                            copy: false,
                            fresh: false,
                        },
                        old,
                    )
                }
                ExprKind::Var { var, .. } => {
                    let name = self.global_name(var, Sigil::Scalar, *e);
                    (self.global_item(&name), None)
                }
                _ => (self.global_item("main::_"), None),
            },
            LoopVar::Several(list) => {
                let mut regs = Vec::new();
                let ast = self.ast;
                if let Some(&first) = ast.list(*list).first() {
                    let span = ast.span(first);
                    self.warn(
                        "experimental::for_list",
                        span,
                        "for my (...) is experimental".into(),
                    );
                }
                for &e in ast.list(*list) {
                    if let ExprKind::My(d) = *ast.kind(e) {
                        let v = self.visible_of(d);
                        let r = self.b.var();
                        self.b.homes.insert(v.decl, r);
                        self.b.visible.push(v);
                        regs.push(r);
                    }
                }
                if regs.is_empty() {
                    regs.push(self.b.var());
                }
                (Item::Several(regs), None)
            }
            LoopVar::Alias(e) => {
                let p = self.b.place();
                (Item::Alias(*e, p), None)
            }
        }
    }

    fn global_item(&mut self, name: &str) -> Item {
        let g = self.b.glob(name);
        let p = self.b.place();
        Item::Global(g, p)
    }

    /// The second and further variables of one round: undef where the list has run out.
    fn more_items(&mut self, regs: &[R], it: R) {
        for &r in regs {
            let (none, on) = (self.b.label(), self.b.label());
            self.b.jump(Op::IterNext(r, it, 0), none);
            self.b.jump(Op::Jmp(0), on);
            self.b.place_label(none);
            self.b.emit(Op::ClearTemps(r, 1));
            self.b.place_label(on);
        }
        let _ = NO;
    }
}
