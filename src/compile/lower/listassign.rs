//! List assignment: arrays, hashes, `my (..)`, swaps, slices, in all contexts.
use super::{Dest, Lower};
use crate::bytecode::{NO, Op, Place, R, Want};
use crate::syntax::ast::*;

/// One item of a left side.
enum Item {
    /// A variable or place register.
    Scalar(R),
    /// A package scalar.
    Global(u16),
    /// An array or hash.
    Container(R),
    /// `undef`
    Skip,
}

impl Lower<'_> {
    /// The items of a left side, parentheses opened.
    fn left_items(&self, e: ExprId, out: &mut Vec<(ExprId, bool)>, local: bool) {
        match *self.ast.kind(e) {
            ExprKind::List(items) | ExprKind::MyList(items) => {
                for &item in self.ast.list(items) {
                    self.left_items(item, out, local);
                }
            }
            ExprKind::Local(inner) => self.left_items(inner, out, true),
            ExprKind::Repeat { list, count } => {
                if let ExprKind::Int(n) = *self.ast.kind(count) {
                    for _ in 0..n.clamp(0, 10_000) {
                        for &item in self.ast.list(list) {
                            self.left_items(item, out, local);
                        }
                    }
                } else {
                    out.push((e, local));
                }
            }
            _ => out.push((e, local)),
        }
    }

    /// `to = from` in list form.
    pub fn assign_list(&mut self, to: ExprId, from: ExprId, dest: Dest) {
        self.assign_list_to(to, from, dest);
        // what was assigned stands on its own
        self.statement_begins();
    }

    fn assign_list_to(&mut self, to: ExprId, from: ExprId, dest: Dest) {
        let heights = self.b.heights();
        let mut items = Vec::new();
        self.left_items(to, &mut items, false);
        if let [(one, local)] = items[..] {
            if self.is_array(one) || self.is_hash(one) {
                self.assign_whole(one, local, from, dest);
                self.b.release(heights);
                return;
            }
        }
        if let [(one, false)] = items[..]
            && dest == Dest::Void
            && let ExprKind::Slice {
                kind: kind @ (SliceKind::Array | SliceKind::Hash),
                from: container,
                keys,
            } = *self.ast.kind(one)
        {
            self.b.mark();
            self.list(from);
            self.slice(kind, container, keys, 8);
            // the list of values is consumed with that of the keys
            self.b.marks = self.b.marks.saturating_sub(1);
            self.b.release(heights);
            return;
        }
        let whole = |l: &Self, e: ExprId| l.is_array(e) || l.is_hash(e) || l.is_my_container(e);
        let source = self.unwrap_list(from);
        if matches!(
            *self.ast.kind(source),
            ExprKind::Builtin {
                func: crate::signature::Builtin::Split,
                ..
            }
        ) && !items
            .iter()
            .any(|&(e, local)| whole(self, e) || !self.simple_item(e, local))
        {
            self.split_limit = Some(items.len() as i32 + 1);
        }
        let is_state = |e: ExprId| match *self.ast.kind(e) {
            ExprKind::My(d) => matches!(self.ast[d].kind, DeclKind::State),
            _ => false,
        };
        let state = is_state(to);
        if !state && items.iter().any(|&(e, _)| is_state(e)) {
            let span = self.ast.span(to);
            self.error(
                span,
                "Initialization of state variables in list currently forbidden".into(),
            );
        }
        // `($a, $b) = ($b, $a) = ...`: the right side gives its places
        let chained = matches!(
            *self.ast.kind(self.unwrap_list(from)),
            ExprKind::AssignList { .. }
        );
        let simple =
            !state && !chained && items.iter().all(|&(e, local)| self.simple_item(e, local));
        if simple && self.args_to_scalars(&items, from, dest) {
            self.b.release(heights);
            return;
        }
        if simple && dest == Dest::Void && self.assign_pairs(&items, from) {
            self.b.release(heights);
            return;
        }
        if simple {
            self.assign_items(&items, from, dest);
        } else {
            self.assign_general(&items, from, dest);
        }
        self.b.release(heights);
    }

    /// Items whose places can be taken before anything is assigned.
    fn simple_item(&self, e: ExprId, local: bool) -> bool {
        if local {
            return false;
        }
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => {
                matches!(sigil, Sigil::Scalar | Sigil::Array | Sigil::Hash)
            }
            ExprKind::My(d) => !matches!(self.ast[d].sigil, Sigil::Code | Sigil::Glob),
            ExprKind::Nothing | ExprKind::Index { .. } | ExprKind::Key { .. } => true,
            ExprKind::Builtin {
                func: crate::signature::Builtin::Undef,
                args,
            } => args.is_empty(),
            _ => false,
        }
    }

    /// `my ($a, $b) = @_;`
    fn args_to_scalars(&mut self, items: &[(ExprId, bool)], from: ExprId, dest: Dest) -> bool {
        let one = self.unwrap_list(from);
        if dest != Dest::Void || !self.in_sub() || !self.is_args(one) {
            return false;
        }
        let scalar_my = |e: ExprId| match *self.ast.kind(e) {
            ExprKind::My(d) => !matches!(self.ast[d].kind, DeclKind::State | DeclKind::Our(_)),
            ExprKind::Nothing => true,
            ExprKind::Builtin {
                func: crate::signature::Builtin::Undef,
                args,
            } => args.is_empty(),
            _ => false,
        };
        if !items.iter().all(|&(e, _)| scalar_my(e)) {
            return false;
        }
        for (i, &(e, _)) in items.iter().enumerate() {
            let ExprKind::My(d) = *self.ast.kind(e) else {
                continue;
            };
            match self.ast[d].sigil {
                Sigil::Scalar => {
                    let r = self.declare(d);
                    self.b.emit(Op::ArgGet(r, i as u16));
                }
                sigil => {
                    let c = self.my_container(d);
                    self.b.mark();
                    self.b.emit(Op::PushArgs(0, i as u16));
                    self.b.close(if sigil == Sigil::Hash {
                        Op::HAssign(c, NO)
                    } else {
                        Op::AAssign(c, NO)
                    });
                    // nothing is left for what follows
                    for &(e, _) in &items[i + 1..] {
                        self.void(e);
                    }
                    return true;
                }
            }
        }
        true
    }

    /// `my @x` or `my %x`
    fn is_my_container(&self, e: ExprId) -> bool {
        matches!(*self.ast.kind(e), ExprKind::My(d) if self.ast[d].sigil != Sigil::Scalar)
    }

    /// `my ($x, $y) = (1, 2)` and `($x, $y) = ($y, $x)`: as many scalars on the left as single values on the right.
    fn assign_pairs(&mut self, items: &[(ExprId, bool)], from: ExprId) -> bool {
        let ast = self.ast;
        let values = match *ast.kind(from) {
            ExprKind::List(list) => ast.list(list),
            _ => return false,
        };
        if values.len() != items.len()
            || values.len() > 8
            || !values.iter().all(|&v| self.is_single(v))
        {
            return false;
        }
        let fresh = |e: ExprId| match *ast.kind(e) {
            ExprKind::My(d) => ast[d].sigil == Sigil::Scalar && matches!(ast[d].kind, DeclKind::My),
            _ => false,
        };
        let plain = |e: ExprId| {
            fresh(e)
                || matches!(
                    *ast.kind(e),
                    ExprKind::Var {
                        sigil: Sigil::Scalar,
                        var: VarRef::Lexical(_)
                    }
                )
        };
        if items.iter().all(|&(e, _)| fresh(e)) && values.iter().all(|&v| self.quiet(v)) {
            for (&(e, _), &v) in items.iter().zip(values) {
                self.assign(e, v);
            }
            return true;
        }
        if !items.iter().all(|&(e, _)| plain(e)) || self.hazard(values) {
            return false;
        }
        let temps: Vec<R> = values.iter().map(|&v| self.scalar_copy(v)).collect();
        for (&(e, _), &t) in items.iter().zip(&temps) {
            let r = self.place_of(e);
            self.b.emit(Op::Move(r, t));
        }
        true
    }

    fn take_item(&mut self, e: ExprId) -> Item {
        match *self.ast.kind(e) {
            ExprKind::Nothing | ExprKind::Builtin { .. } => Item::Skip,
            _ if self.is_hash(e) => Item::Container(self.hash(e, true)),
            _ if self.is_array(e) => Item::Container(self.array(e, true)),
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } if !matches!(var, VarRef::Lexical(_)) => {
                let name = self.global_name(var, Sigil::Scalar, e);
                Item::Global(self.b.glob(&name))
            }
            _ => Item::Scalar(self.lvalue(e, "list assignment")),
        }
    }

    fn assign_items(&mut self, items: &[(ExprId, bool)], from: ExprId, dest: Dest) {
        self.b.mark();
        self.list(from);
        let places: Vec<Item> = items.iter().map(|&(e, _)| self.take_item(e)).collect();
        let mut i = 0u16;
        let t = self.b.temp();
        for place in &places {
            match *place {
                Item::Scalar(r) => {
                    self.b.emit(Op::LTake(r, i));
                }
                Item::Global(g) => {
                    self.b.emit(Op::LTake(t, i));
                    self.b.emit(Op::GSet(g, t));
                }
                Item::Container(c) => {
                    self.b.emit(Op::LTakeRest(c, i));
                    i = u16::MAX - 1;
                }
                Item::Skip => {}
            }
            i = i.saturating_add(1).min(u16::MAX - 1);
        }
        let t = match dest {
            Dest::Scalar(d) if self.b.is_temp(d) => d,
            _ => t,
        };
        if let Dest::Scalar(_) | Dest::Tail | Dest::Caller(_) = dest {
            self.b.emit(Op::LCount(t));
        }
        self.b.close(Op::ListDrop);
        match dest {
            Dest::Void => {}
            Dest::Scalar(_) => self.put(dest, t),
            Dest::List => self.push_items(&places, t),
            Dest::Tail | Dest::Caller(_) => {
                let (list, end) = (self.b.label(), self.b.label());
                self.b.jump(Op::JWantList(0), list);
                self.put(dest, t);
                if dest != Dest::Tail {
                    self.b.jump(Op::Jmp(0), end);
                }
                self.b.place_label(list);
                if dest == Dest::Tail {
                    self.b.mark();
                }
                self.push_items(&places, t);
                if dest == Dest::Tail {
                    self.b.close(Op::RetL);
                }
                self.b.place_label(end);
            }
        }
    }

    /// In list context the assignment gives its left side.
    fn push_items(&mut self, places: &[Item], t: R) {
        for place in places {
            match *place {
                Item::Scalar(r) => self.b.emit(Op::PushAlias(r)),
                Item::Global(g) => {
                    let p = self.b.place();
                    self.b.emit(Op::GCell(p, g));
                    self.b.emit(Op::PushAlias(p))
                }
                Item::Container(c) => self.b.emit(Op::PushArrA(c)),
                Item::Skip => {
                    self.b.emit(Op::LoadUndef(t));
                    self.b.emit(Op::Push(t))
                }
            };
        }
    }

    /// A whole array or hash.
    fn assign_whole(&mut self, e: ExprId, local: bool, from: ExprId, dest: Dest) {
        let hash = self.is_hash(e);
        let state = match *self.ast.kind(e) {
            ExprKind::My(d) => matches!(self.ast[d].kind, DeclKind::State),
            _ => false,
        };
        let done = state.then(|| {
            self.container_of_item(e, local, hash);
            self.once()
        });
        if !hash && !local && self.split_into(e, from, dest) {
            return;
        }
        self.b.mark();
        self.list(from);
        let c = self.container_of_item(e, local, hash);
        let d = match dest {
            Dest::Void | Dest::List => NO,
            Dest::Scalar(d) if self.b.is_temp(d) => d,
            _ => self.b.temp(),
        };
        self.b.close(if hash {
            Op::HAssign(c, d)
        } else {
            Op::AAssign(c, d)
        });
        if let Some(done) = done {
            self.b.place_label(done);
        }
        match dest {
            Dest::Void => {}
            Dest::List => {
                self.b.emit(if hash {
                    Op::PushHash(3, c)
                } else {
                    Op::PushArrA(c)
                });
            }
            Dest::Scalar(_) => self.put(dest, d),
            Dest::Tail | Dest::Caller(_) => {
                let (list, end) = (self.b.label(), self.b.label());
                self.b.jump(Op::JWantList(0), list);
                self.put(dest, d);
                if dest != Dest::Tail {
                    self.b.jump(Op::Jmp(0), end);
                }
                self.b.place_label(list);
                if dest == Dest::Tail {
                    self.b.mark();
                }
                self.b.emit(if hash {
                    Op::PushHash(3, c)
                } else {
                    Op::PushArr(c)
                });
                if dest == Dest::Tail {
                    self.b.close(Op::RetL);
                }
                self.b.place_label(end);
            }
        }
    }

    fn container_of_item(&mut self, e: ExprId, local: bool, hash: bool) -> R {
        match (local, hash) {
            (true, _) => self.local_container(e),
            (false, true) => self.hash(e, true),
            (false, false) => self.array(e, true),
        }
    }

    /// The general form: places on a list of their own.
    fn assign_general(&mut self, items: &[(ExprId, bool)], from: ExprId, dest: Dest) {
        self.b.mark();
        self.list(from);
        self.b.mark();
        for &(e, local) in items {
            self.left_place(e, local);
        }
        // both lists are consumed
        self.b.marks = self.b.marks.saturating_sub(2);
        match dest {
            Dest::Void => {
                self.b.emit(Op::LAssign(0, NO));
            }
            Dest::Scalar(d) => {
                self.b.emit(Op::LAssign(1, d));
            }
            Dest::List => {
                self.b.emit(Op::LAssign(2, NO));
            }
            Dest::Tail | Dest::Caller(_) => {
                let t = self.b.temp();
                self.b.emit(Op::LAssign(1, t));
                self.put(dest, t);
            }
        }
    }

    /// Appends the place(s) of one item of a left side.
    fn left_place(&mut self, e: ExprId, local: bool) {
        let heights = self.b.heights();
        match *self.ast.kind(e) {
            ExprKind::Nothing => {
                let t = self.b.temp();
                self.b.emit(Op::LoadUndef(t));
                self.b.emit(Op::Push(t));
            }
            ExprKind::Builtin {
                func: crate::signature::Builtin::Undef,
                args,
            } if args.is_empty() => {
                let t = self.b.temp();
                self.b.emit(Op::LoadUndef(t));
                self.b.emit(Op::Push(t));
            }
            _ if self.is_array(e) || self.is_hash(e) => {
                let c = self.container_of_item(e, local, self.is_hash(e));
                self.b.emit(Op::Push(c));
            }
            ExprKind::Slice { kind, from, keys } => {
                let code = if local { 4 } else { 1 };
                if local {
                    self.b.note_save();
                }
                self.slice(kind, from, keys, code);
            }
            ExprKind::Var {
                sigil: Sigil::Glob, ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Glob, ..
            } if local => {
                let g = self.local_glob(e, 1);
                self.b.emit(Op::Push(g));
            }
            _ if local => {
                let p = self.local_place(e);
                self.b.emit(if self.b.is_temp(p) {
                    Op::Push(p)
                } else {
                    Op::PushAlias(p)
                });
            }
            ExprKind::Var {
                sigil: Sigil::Glob, ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Glob, ..
            } => {
                let t = self.scalar(e);
                self.b.emit(Op::Push(t));
            }
            ExprKind::Cond { cond, yes, no } => {
                let (other, end) = (self.b.label(), self.b.label());
                self.jump_if(cond, false, other);
                self.left_list(yes, local);
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(other);
                self.left_list(no, local);
                self.b.place_label(end);
            }
            ExprKind::Call { .. } | ExprKind::Method { .. } => {
                self.call_for(e, Want::List, NO, Place::Must);
            }
            ExprKind::AssignList { to, from } => {
                self.assign_list(to, from, Dest::List);
            }
            _ => {
                let r = self.lvalue(e, "list assignment");
                self.b.emit(Op::PushAlias(r));
            }
        }
        self.b.release(heights);
    }

    fn left_list(&mut self, e: ExprId, local: bool) {
        let mut items = Vec::new();
        self.left_items(e, &mut items, local);
        for (e, local) in items {
            self.left_place(e, local);
        }
    }
}
