//! Assignment to scalars, plain and with operators.
use super::element::KeyAt;
use super::{Dest, Lower};
use crate::bytecode::{Literal, NO, Op, R, Want};
use crate::diag::hints;
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// Whether evaluating into a visible variable writes it once, at the very end.
    fn writes_once(&self, e: ExprId) -> bool {
        self.writes_once_to(e, 60)
    }

    fn writes_once_to(&self, e: ExprId, depth: usize) -> bool {
        use ExprKind::*;
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match *self.ast.kind(e) {
            Logic { .. }
            | DoBlock(_)
            | EvalBlock(_)
            | Chain { .. }
            | Range { .. }
            | AssignList { .. }
            | Map { .. }
            | AssignLogic { .. }
            | FileTest { .. }
            | EvalStr(_)
            | Slice { .. }
            | ListSlice { .. } => false,
            Cond { yes, no, .. } => {
                self.writes_once_to(yes, depth) && self.writes_once_to(no, depth)
            }
            List(items) => self
                .ast
                .list(items)
                .last()
                .is_some_and(|&e| self.writes_once_to(e, depth)),
            ScalarCx(inner) => self.writes_once_to(inner, depth),
            _ => true,
        }
    }

    /// `to = from` as a statement.
    pub fn assign_void(&mut self, to: ExprId, from: ExprId) {
        self.assign(to, from);
    }

    /// `to = from` where the result is wanted. It is what the variable makes of the value: a tied or special one may
    /// hold something else than it was given.
    pub fn assign_keep(&mut self, to: ExprId, from: ExprId) -> R {
        match *self.ast.kind(to) {
            _ if self.env.tainting() => {}
            ExprKind::Index { array, index } => return self.index_set_keep(array, index, from),
            ExprKind::Key { hash, key } => return self.key_set_keep(hash, key, from),
            _ => {}
        }
        let r = self.assign(to, from);
        match *self.ast.kind(to) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Our(_, name) | VarRef::Global(name) | VarRef::Loose(name),
            } => {
                let g = self.b.glob(&self.ast[name]);
                let t = self.b.temp();
                self.b.emit(Op::GGet(t, g));
                t
            }
            _ => r,
        }
    }

    /// `to = from` as the last thing of a sub or file, whose caller may want nothing: a tied variable is asked only where
    /// the register is read.
    pub fn assign_last(&mut self, to: ExprId, from: ExprId) -> R {
        match *self.ast.kind(to) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } if !matches!(var, VarRef::Lexical(_)) && !self.env.tainting() => {
                let v = self.scalar(from);
                let p = self.place_of(to);
                self.b.emit(Op::Move(p, v));
                p
            }
            _ => self.assign_keep(to, from),
        }
    }

    /// `to = from`; the register holds the new value (a variable, a place or a value).
    pub fn assign(&mut self, to: ExprId, from: ExprId) -> R {
        let r = self.assign_to(to, from);
        if self.env.tainting() {
            self.b.emit(Op::Assigned(r));
        }
        r
    }

    fn assign_to(&mut self, to: ExprId, from: ExprId) -> R {
        let ast = self.ast;
        match *ast.kind(to) {
            ExprKind::My(d) if ast[d].sigil == Sigil::Scalar => match ast[d].kind {
                DeclKind::Our(name) => {
                    let v = self.scalar(from);
                    self.declare_our(d);
                    let g = self.b.glob(&ast[name]);
                    self.b.emit(Op::GSet(g, v));
                    v
                }
                DeclKind::State => {
                    let r = self.declare(d);
                    let done = self.once();
                    self.scalar_to(from, r);
                    self.b.place_label(done);
                    r
                }
                _ => {
                    let r = self.declare(d);
                    if let (
                        ExprKind::Builtin {
                            func: Builtin::Shift,
                            args,
                        },
                        true,
                    ) = (*ast.kind(from), self.in_sub())
                    {
                        if ast.list(args).first().is_some_and(|&a| self.is_args(a)) {
                            self.b.emit(Op::ArgShift(r));
                            return r;
                        }
                    }
                    self.scalar_to(from, r);
                    r
                }
            },
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Lexical(d),
            } => {
                let r = self.lexical(d);
                if matches!(*ast.kind(from), ExprKind::Var { sigil: Sigil::Scalar, var: VarRef::Lexical(s) } if s == d)
                {
                    // even a read-only value may be assigned to itself
                    return r;
                }
                if self.writes_once(from) {
                    self.scalar_to(from, r);
                } else {
                    let heights = self.b.heights();
                    let t = self.scalar(from);
                    self.b.emit(Op::Move(r, t));
                    self.b.release(heights);
                }
                r
            }
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } => {
                if let ExprKind::ReadLine(handle) = *ast.kind(from) {
                    // Straight into the variable, whose string lends its memory to the next line.
                    let t = self.b.temp();
                    let heights = self.b.heights();
                    let h = self.handle(handle);
                    let name = self.global_name(var, Sigil::Scalar, to);
                    let g = self.b.glob(&name);
                    self.b.emit(Op::GCell(t, g));
                    self.b.emit(Op::ReadLine(1, t, h));
                    self.b.release(heights);
                    return t;
                }
                let v = self.scalar(from);
                let name = self.global_name(var, Sigil::Scalar, to);
                let g = self.b.glob(&name);
                self.b.emit(Op::GSet(g, v));
                v
            }
            ExprKind::Index { array, index } => {
                let v = self.scalar(from);
                let heights = self.b.heights();
                self.index_set(array, index, v);
                self.b.release(heights);
                v
            }
            ExprKind::Key { hash, key } => {
                let v = self.scalar(from);
                let heights = self.b.heights();
                self.key_set(hash, key, v);
                self.b.release(heights);
                v
            }
            ExprKind::ArrayLen(a) => {
                let v = self.scalar(from);
                let c = self.array(a, true);
                self.b.emit(Op::ASetLast(c, v));
                v
            }
            ExprKind::Builtin {
                func: Builtin::Substr,
                args,
            } if ast.list(args).len() < 4 => self.assign_substr(args, from),
            ExprKind::Builtin {
                func: Builtin::Keys,
                args,
            } => {
                let v = self.scalar(from);
                for &a in ast.list(args) {
                    if self.is_hash(a) {
                        self.hash(a, true);
                    }
                }
                v
            }
            ExprKind::Local(inner) => {
                let v = self.scalar(from);
                if self.local_assign(inner, v) {
                    return v;
                }
                let p = self.local_place(inner);
                self.b.emit(Op::Move(p, v));
                p
            }
            ExprKind::Var {
                sigil: Sigil::Glob, ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Glob, ..
            } => {
                let v = self.scalar(from);
                let g = self.b.temp();
                self.scalar_to(to, g);
                self.b.emit(Op::GlobAssign(g, v));
                v
            }
            ExprKind::List(items) if ast.list(items).len() == 1 => {
                self.assign(ast.list(items)[0], from)
            }
            ExprKind::ScalarCx(inner) => self.assign(inner, from),
            ExprKind::Nothing => self.scalar(from),
            _ => {
                let v = self.scalar(from);
                self.assigned = Some(from);
                let p = self.lvalue(to, "scalar assignment");
                self.assigned = None;
                self.b.emit(Op::Move(p, v));
                p
            }
        }
    }

    /// Jumps over what follows except the first time this closure gets here.
    pub fn once(&mut self) -> crate::compile::body::Label {
        let done = self.b.label();
        let u = self.hidden_state();
        self.b.jump(Op::StateOnce(u, 0), done);
        done
    }

    /// A captured scalar of the compiler's own, new with each closure.
    pub fn hidden_state(&mut self) -> u16 {
        use crate::bytecode::{Capture, CaptureFrom, PadKind};
        let u = self.b.unit.captures.len() as u16;
        let name = "".into();
        self.b.unit.captures.push(Capture {
            decl: 0,
            name,
            kind: PadKind::Scalar,
            from: CaptureFrom::State,
            our: None,
        });
        u
    }

    /// The register of a flip-flop's state.
    pub fn flip_state(&mut self, flip: u32) -> R {
        let key = flip as usize;
        if let Some(&r) = self.b.flips.get(&key) {
            return r;
        }
        let u = self.hidden_state();
        let r = self.b.temps.take(crate::compile::temps::UP);
        self.b.entry.push(Op::UpCell(r, u));
        self.b.flips.insert(key, r);
        r
    }

    /// `substr(..) = v` is its form with four arguments.
    fn assign_substr(&mut self, args: ExprList, from: ExprId) -> R {
        let v = self.scalar(from);
        let heights = self.b.heights();
        let ast = self.ast;
        let args = ast.list(args);
        let first = self.window(4);
        for (i, &a) in args.iter().enumerate() {
            if i == 0 {
                self.alias_in(a, first);
            } else {
                self.scalar_to(a, first + i as R);
            }
        }
        if args.len() == 2 {
            // to the end: undef would be 0
            let k = self.b.constant(&crate::bytecode::Literal::Int(i64::MAX));
            self.b.emit(Op::LoadK(first + 2, k));
        }
        self.b.emit(Op::Copy(first + 3, v));
        self.bi(Builtin::Substr, Want::Void, NO, first, 4);
        self.b.release(heights);
        v
    }

    /// `to op= from`; the register holds the result where `keep`.
    pub fn assign_op(&mut self, op: BinOp, to: ExprId, from: ExprId, keep: bool) -> R {
        let integer = self.hint(hints::INTEGER);
        let generic = super::operator::bin(op, integer);
        let ast = self.ast;
        match *ast.kind(to) {
            ExprKind::Key { hash, key } => {
                let d = if keep { self.b.temp() } else { NO };
                let heights = self.b.heights();
                let c = self.hash(hash, true);
                let k = self.key(key);
                let v = self.scalar(from);
                self.b.emit(Op::HElemBin(c, k));
                self.b.ext(generic as u8, v, d, 0);
                self.b.temps.soil(d);
                self.b.release(heights);
                return d;
            }
            ExprKind::Index { array, index } if !self.is_arg_element(array, index) => {
                let d = if keep { self.b.temp() } else { NO };
                let heights = self.b.heights();
                let c = self.array(array, true);
                let i = self.scalar(index);
                let v = self.scalar(from);
                self.b.emit(Op::AElemBin(c, i));
                self.b.ext(generic as u8, v, d, 0);
                self.b.temps.soil(d);
                self.b.release(heights);
                return d;
            }
            ExprKind::ArrayLen(a) => {
                let t = self.b.temp();
                let c = self.array(a, true);
                self.b.emit(Op::ALast(t, c));
                let v = self.scalar(from);
                self.b.emit(Op::BinA(generic, t, v));
                self.b.emit(Op::ASetLast(c, t));
                return t;
            }
            ExprKind::Local(inner) => {
                let p = self.local_place(inner);
                let v = self.scalar(from);
                self.b.emit(Op::BinA(generic, p, v));
                return p;
            }
            ExprKind::List(items) if op == BinOp::Repeat => {
                return self.repeat_list(to, items, from);
            }
            _ if self.is_array(to) => {
                let items = [to];
                return self.repeat_items(to, &items, from);
            }
            _ => {}
        }
        self.assigned = Some(from);
        let p = self.lvalue(to, super::lvalue::binary_name(op).unwrap_or("assignment"));
        self.assigned = None;
        let heights = self.b.heights();
        let small = self.small_int(from);
        match (op, small) {
            (BinOp::Add, Some(i)) if !integer && i > 0 => {
                self.b.emit(Op::AddI(p, p, i));
            }
            (BinOp::Sub, Some(i)) if !integer && i > 0 => {
                self.b.emit(Op::AddI(p, p, -i));
            }
            (BinOp::Concat, _) => match self.constant_value(from) {
                Some(value @ Literal::Str(..)) => {
                    let k = self.b.constant(&value);
                    self.b.emit(Op::AppendK(p, k));
                }
                _ => {
                    let v = self.scalar(from);
                    self.b.emit(Op::AppendA(p, v));
                }
            },
            _ => {
                let v = self.scalar(from);
                self.b.emit(match op {
                    BinOp::Add if !integer => Op::AddA(p, v),
                    BinOp::Sub if !integer => Op::SubA(p, v),
                    _ => Op::BinA(generic, p, v),
                });
            }
        }
        self.b.release(heights);
        p
    }

    /// `(@a) x= 3`, `my @x x= 3`
    fn repeat_list(&mut self, to: ExprId, items: ExprList, count: ExprId) -> R {
        let items = self.ast.list(items).to_vec();
        self.repeat_items(to, &items, count)
    }

    fn repeat_items(&mut self, to: ExprId, items: &[ExprId], count: ExprId) -> R {
        let t = self.b.temp();
        self.b.mark();
        self.b.mark();
        for &e in items {
            self.list(e);
        }
        let n = self.scalar(count);
        self.b.close(Op::LRepeat(n));
        let one = self.unwrap_list(to);
        if self.is_array(one) {
            let c = self.array(one, true);
            self.b.close(Op::AAssign(c, t));
        } else {
            self.b.close(Op::ListCount(t));
        }
        t
    }

    /// Gives a value in `r` to a destination.
    pub fn put(&mut self, dest: Dest, r: R) {
        match dest {
            Dest::Void => return,
            Dest::Scalar(d) if d == r => return,
            Dest::Scalar(d) => self.b.emit(Op::Move(d, r)),
            Dest::List => self.b.emit(Op::Push(r)),
            Dest::Caller(d) => self.b.emit(Op::PutW(d, r)),
            Dest::Tail => self.b.emit(Op::Ret(r)),
        };
    }

    /// `&&= ||= //=`
    pub fn assign_logic(&mut self, op: LogOp, to: ExprId, from: ExprId, dest: Dest) {
        let to = self.unwrap_list(to);
        let heights = self.b.heights();
        let end = self.b.label();
        let stop = |r| match op {
            LogOp::And => Op::JF(r, 0),
            LogOp::Or => Op::JT(r, 0),
            LogOp::DefinedOr => Op::JDef(r, 0),
        };
        let result = match *self.ast.kind(to) {
            ExprKind::Key { hash, key } => {
                let t = self.b.temp();
                let c = self.hash(hash, true);
                let k = self.key_at(key);
                self.b.emit(match k {
                    KeyAt::K(k) => Op::HGetK(t, c, k),
                    KeyAt::R(r) => Op::HGet(t, c, r),
                });
                self.b.jump(stop(t), end);
                self.scalar_to(from, t);
                self.b.emit(match k {
                    KeyAt::K(k) => Op::HSetK(c, k, t),
                    KeyAt::R(r) => Op::HSet(c, r, t),
                });
                t
            }
            ExprKind::Index { array, index } if !self.is_arg_element(array, index) => {
                let t = self.b.temp();
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::AGet(t, c, i));
                self.b.jump(stop(t), end);
                self.scalar_to(from, t);
                self.b.emit(Op::ASet(c, i, t));
                t
            }
            _ if self.is_array(to) || self.is_hash(to) => {
                return self.assign_logic_whole(op, to, from, dest);
            }
            _ => {
                let v = self.lvalue(to, "logical assignment");
                self.b.jump(stop(v), end);
                if self.writes_once(from) {
                    self.scalar_to(from, v);
                } else {
                    let t = self.scalar(from);
                    self.b.emit(Op::Move(v, t));
                }
                v
            }
        };
        self.b.place_label(end);
        self.put(dest, result);
        self.b.release(heights);
    }

    /// `@a ||= ...` assigns a list's scalar value to the whole array.
    fn assign_logic_whole(&mut self, op: LogOp, to: ExprId, from: ExprId, dest: Dest) {
        let end = self.b.label();
        let t = self.b.temp();
        self.scalar_to(to, t);
        let stop = match op {
            LogOp::And => Op::JF(t, 0),
            LogOp::Or => Op::JT(t, 0),
            LogOp::DefinedOr => Op::JDef(t, 0),
        };
        self.b.jump(stop, end);
        self.assign_list(to, from, Dest::Scalar(t));
        self.b.place_label(end);
        self.put(dest, t);
    }
}
