//! Expressions: dispatch by kind for void, scalar and list context.
use super::{Dest, Lower};
use crate::bytecode::{Literal, NO, Op, R, Want};
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    // ---- void --------------------------------------------------------------------------------------------------

    /// Evaluates for effects only.
    pub fn void(&mut self, e: ExprId) {
        let heights = self.b.heights();
        self.within(e, |l| l.void_kind(e));
        self.b.release(heights);
    }

    fn void_kind(&mut self, e: ExprId) {
        use ExprKind::*;
        match *self.ast.kind(e) {
            Int(_) | UInt(_) | Num(_) | Str(_) | VString { .. } | Nothing | ClassName(_) => {
                self.useless(e)
            }
            Bareword(_) => self.bareword(e),
            List(items) => {
                let ast = self.ast;
                for &item in ast.list(items) {
                    self.void(item);
                }
            }
            Var {
                sigil: Sigil::Code, ..
            } => {
                let t = self.b.temp();
                self.scalar_to(e, t);
            }
            Var { var, sigil } => {
                self.check_var(var, sigil, e);
                self.useless(e);
            }
            My(d) => self.my_void(d),
            MyList(items) => {
                let ast = self.ast;
                for &item in ast.list(items) {
                    self.void(item);
                }
            }
            Local(inner) => self.local_void(inner),
            Assign { to, from } => self.assign_void(to, from),
            AssignList { to, from } => self.assign_list(to, from, Dest::Void),
            AssignOp { op, to, from } => {
                self.assign_op(op, to, from, false);
            }
            AssignLogic { op, to, from } => self.assign_logic(op, to, from, Dest::Void),
            AssignAlias { to, from } => self.assign_alias(to, from),
            Unary {
                op: UnOp::PreInc | UnOp::PostInc,
                expr,
            } => {
                self.step(expr, true, None);
            }
            Unary {
                op: UnOp::PreDec | UnOp::PostDec,
                expr,
            } => {
                self.step(expr, false, None);
            }
            Logic { op, left, right } => {
                if let Some(t) = self.truth(left) {
                    if op == LogOp::And && !t {
                        self.check_false_my(right);
                    }
                    if op != LogOp::DefinedOr {
                        if t == (op == LogOp::And) {
                            self.void(right);
                        }
                        return;
                    }
                }
                let end = self.b.label();
                match op {
                    LogOp::And => self.jump_if(left, false, end),
                    LogOp::Or => self.jump_if(left, true, end),
                    LogOp::DefinedOr => {
                        let r = self.scalar(left);
                        self.b.jump(Op::JDef(r, 0), end);
                    }
                }
                self.void(right);
                self.b.place_label(end);
            }
            Cond { cond, yes, no } => self.cond_expr(cond, yes, no, Dest::Void),
            Call { .. } | Method { .. } => self.call_expr(e, Want::Void, NO),
            Builtin { func, args } => {
                self.useless(e);
                self.builtin(e, func, args, Want::Void, NO)
            }
            Print { func, handle, args } => self.print(func, handle, args, NO),
            DoBlock(b) => self.do_block(b, Dest::Void),
            EvalBlock(b) => self.eval_block(b, Dest::Void),
            EvalStr(s) => self.eval_str(s, Want::Void, NO, false),
            Map { grep, each, args } => self.map(grep, each, args, Dest::Void),
            Match { .. } => self.match_expr(e, Want::Void, NO),
            Subst { .. } => self.subst(e, NO),
            Trans { .. } => self.trans(e, NO),
            Return(list) => self.return_stmt(list),
            Loop { word, label } => self.loop_control(word, label),
            Goto(label) => self.goto(label),
            Dump(_) => self.die_const("dump is not supported"),
            ScalarCx(inner) => {
                let t = self.b.temp();
                self.scalar_to(inner, t);
            }
            Range { .. } => {
                let t = self.b.temp();
                self.scalar_to(e, t);
            }
            AnonSub(_) | Ref(_) => {
                self.useless(e);
                let t = self.b.temp();
                self.scalar_to(e, t);
            }
            DoFile(f) => self.require_op(2, f, Want::Void, NO),
            _ => {
                if !matches!(
                    *self.ast.kind(e),
                    ReadLine(_) | ReadArgv { .. } | Glob(_) | Require(_) | RequireFile(_)
                ) {
                    self.useless(e);
                }
                let t = self.b.temp();
                self.scalar_to(e, t);
            }
        }
    }

    // ---- scalar ------------------------------------------------------------------------------------------------

    /// Evaluates in scalar context; the register is a variable's own where the expression is a variable.
    pub fn scalar(&mut self, e: ExprId) -> R {
        if let ExprKind::Var {
            sigil: Sigil::Scalar,
            var: VarRef::Lexical(d),
        } = *self.ast.kind(e)
        {
            return self.lexical(d);
        }
        let around = std::mem::replace(&mut self.b.span, self.ast.span(e));
        let register = self.scalar_kept(e);
        self.b.span = around;
        register
    }

    fn scalar_kept(&mut self, e: ExprId) -> R {
        match *self.ast.kind(e) {
            ExprKind::ScalarCx(inner) if !self.is_list_operator(inner) => {
                return self.scalar(inner);
            }
            ExprKind::List(items) => {
                if let [one] = *self.ast.list(items) {
                    return self.scalar(one);
                }
            }
            ExprKind::My(d)
                if self.ast[d].sigil == Sigil::Scalar
                    && !matches!(self.ast[d].kind, DeclKind::Our(_)) =>
            {
                return self.declare(d);
            }
            ExprKind::Assign { to, from } => return self.assign_keep(to, from),
            ExprKind::Unary {
                op: UnOp::Plus,
                expr,
            } => return self.scalar(expr),
            ExprKind::Unary {
                op: op @ (UnOp::PreInc | UnOp::PreDec),
                expr,
            } => {
                if let ExprKind::Var {
                    sigil: Sigil::Scalar,
                    var: VarRef::Lexical(d),
                } = *self.ast.kind(expr)
                {
                    let r = self.lexical(d);
                    self.b.emit(if op == UnOp::PreInc {
                        Op::Inc(r)
                    } else {
                        Op::Dec(r)
                    });
                    return r;
                }
            }
            ExprKind::AssignOp { op, to, from } => {
                if let ExprKind::Var {
                    sigil: Sigil::Scalar,
                    ..
                } = *self.ast.kind(to)
                {
                    return self.assign_op(op, to, from, true);
                }
            }
            _ => {}
        }
        let t = self.b.temp();
        self.scalar_to(e, t);
        t
    }

    /// A scalar as it is now: a variable is copied, so that later changes do not show.
    pub fn scalar_copy(&mut self, e: ExprId) -> R {
        let t = self.b.temp();
        let r = self.scalar_in(e, t);
        if r == t {
            return t;
        }
        self.b.emit(Op::Copy(t, r));
        t
    }

    /// Evaluates into `t` unless the expression already has a register, which is then the answer.
    fn scalar_in(&mut self, e: ExprId, t: R) -> R {
        if let ExprKind::Var {
            sigil: Sigil::Scalar,
            var: VarRef::Lexical(d),
        } = *self.ast.kind(e)
        {
            return self.lexical(d);
        }
        self.scalar_to(e, t);
        t
    }

    /// Evaluates in scalar context into `d`, as an assignment where `d` is a variable.
    pub fn scalar_to(&mut self, e: ExprId, d: R) {
        let heights = self.b.heights();
        self.within(e, |l| l.scalar_kind(e, d));
        self.b.release(heights);
    }

    /// Loads a constant.
    pub fn load(&mut self, d: R, value: &Literal) {
        match value {
            Literal::Int(i) if i32::try_from(*i).is_ok() => {
                self.b.emit(Op::LoadI(d, *i as i32));
            }
            Literal::Undef => {
                self.b.emit(Op::LoadUndef(d));
            }
            _ => {
                let k = self.b.constant(value);
                self.b.emit(Op::LoadK(d, k));
            }
        }
    }

    fn scalar_kind(&mut self, e: ExprId, d: R) {
        use ExprKind::*;
        if let Some(value) = self.constant_value(e) {
            return self.load(d, &value);
        }
        match *self.ast.kind(e) {
            Int(_) | UInt(_) | Num(_) | Str(_) | VString { .. } => {}
            Interp(i) => self.interp(i, d),
            Bareword(name) => {
                self.bareword(e);
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(d, k));
            }
            ClassName(name) => {
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(d, k));
            }
            CurrentSub => {
                self.b.emit(Op::CurSub(d));
            }
            Nothing => {
                self.b.emit(Op::LoadUndef(d));
            }
            Var { sigil, var } => self.var_scalar(sigil, var, e, d),
            My(decl) => self.my_scalar(decl, d),
            MyList(items) | List(items) => self.comma_scalar(items, d),
            Local(inner) if !self.is_single(e) => {
                self.b.mark();
                self.local_list(inner);
                self.b.close(Op::ListLast(d));
            }
            Local(inner) => {
                let p = self.local_place(inner);
                self.b.emit(Op::Move(d, p));
            }
            ArrayLen(a) => {
                let c = self.array(a, false);
                self.b.emit(Op::ALast(d, c));
            }
            Index { array, index } => self.index_get(array, index, d),
            Key { hash, key } => self.key_get(hash, key, d),
            JoinKey(items) => self.join_key(items, d),
            Slice { .. } | ListSlice { .. } => {
                self.b.mark();
                self.list(e);
                self.b.close(Op::ListLast(d));
            }
            Deref { sigil, expr } => self.deref_scalar(sigil, expr, e, d),
            Call { .. } | Method { .. } => self.call_expr(e, Want::Scalar, d),
            Builtin { func, args } => self.builtin(e, func, args, Want::Scalar, d),
            Print { func, handle, args } => self.print(func, handle, args, d),
            Handle(name) => {
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GGlob(d, g));
            }
            ScalarCx(inner) => self.scalar_to(inner, d),
            Sort { by, args } => {
                self.b.mark();
                self.sort(by, args, false);
                self.b.close(Op::ListCount(d));
            }
            Map { grep, each, args } => self.map(grep, each, args, Dest::Scalar(d)),
            FileTest { test, file } => self.file_test(test, file, d),
            ReadLine(handle) => self.read_line(handle, 1, d),
            ReadArgv { safe } => {
                self.b
                    .emit(Op::ReadLine(1 | if safe { 0xC0 } else { 0x80 }, d, NO));
            }
            Glob(pattern) => self.bi_args(Builtin_GLOB, &[pattern], Want::Scalar, d),
            DoFile(f) => self.require_op(2, f, Want::Scalar, d),
            DoBlock(b) => self.do_block(b, Dest::Scalar(d)),
            EvalBlock(b) => self.eval_block(b, Dest::Scalar(d)),
            EvalStr(s) => self.eval_str(s, Want::Scalar, d, false),
            Require(f) => self.require_op(0, f, Want::Scalar, d),
            RequireFile(s) => {
                let t = self.b.temp();
                let k = self.b.constant(&self.text_literal(s));
                self.b.emit(Op::LoadK(t, k));
                self.b.emit(Op::Require(1 | 1 << 4, d, t));
            }
            Return(list) => self.return_stmt(list),
            Loop { word, label } => self.loop_control(word, label),
            Goto(label) => self.goto(label),
            Dump(_) => self.die_const("dump is not supported"),
            Match { .. } => self.match_expr(e, Want::Scalar, d),
            Subst { .. } => self.subst(e, d),
            Trans { .. } => self.trans(e, d),
            Qr(p) => self.qr(p, d),
            Binary { op, left, right } => self.binary(op, left, right, d),
            Chain { operands, ops } => self.chain(operands, ops, d),
            Repeat { list, count } => {
                // in scalar context the last item is repeated as a string
                let t = self.b.temp();
                self.comma_scalar(list, t);
                let n = self.scalar(count);
                self.b.emit(Op::Bin(crate::bytecode::Bin::Repeat, d, t, n));
            }
            Unary { op, expr } => self.unary(op, expr, d),
            Logic { op, left, right } => self.logic(op, left, right, Dest::Scalar(d)),
            Cond { cond, yes, no } => self.cond_expr(cond, yes, no, Dest::Scalar(d)),
            Assign { to, from } => {
                let r = self.assign_keep(to, from);
                self.b.emit(Op::Move(d, r));
            }
            AssignList { to, from } => self.assign_list(to, from, Dest::Scalar(d)),
            AssignOp { op, to, from } => {
                let r = self.assign_op(op, to, from, true);
                if r != d {
                    self.b.emit(Op::Move(d, r));
                }
            }
            AssignLogic { op, to, from } => self.assign_logic(op, to, from, Dest::Scalar(d)),
            AssignAlias { to, from } => {
                self.assign_alias(to, from);
                self.b.emit(Op::LoadUndef(d));
            }
            Range {
                left,
                right,
                three,
                flip,
            } => self.flip_flop(left, right, three, flip, d),
            Ref(inner) => self.reference(inner, d),
            Isa { object, class } => {
                let (a, b) = self.operands(object, class);
                self.b.emit(Op::Bin(crate::bytecode::Bin::Isa, d, a, b));
            }
            AnonArray(items) => {
                self.b.mark();
                self.lists(items);
                self.b.close(Op::NewArr(d));
            }
            AnonHash(items) => {
                self.b.mark();
                self.lists(items);
                self.b.close(Op::NewHash(d));
            }
            AnonSub(sub) => self.anon_sub(sub, d),
        }
    }

    /// `EXPR, EXPR` in scalar context: the last one's value.
    fn comma_scalar(&mut self, items: ExprList, d: R) {
        let ast = self.ast;
        match ast.list(items) {
            [] => {
                self.b.emit(Op::LoadUndef(d));
            }
            [first @ .., last] => {
                for &e in first {
                    self.void(e);
                }
                self.scalar_to(*last, d);
            }
        }
    }

    /// `?:`
    pub fn cond_expr(&mut self, cond: ExprId, yes: ExprId, no: ExprId, dest: Dest) {
        if let Some(t) = self.truth(cond) {
            return self.expr(if t { yes } else { no }, dest);
        }
        let (other, end) = (self.b.label(), self.b.label());
        self.jump_if(cond, false, other);
        self.expr(yes, dest);
        if dest != Dest::Tail {
            self.b.jump(Op::Jmp(0), end);
        }
        self.b.place_label(other);
        self.expr(no, dest);
        self.b.place_label(end);
    }

    /// `&& || //` for a value.
    pub fn logic(&mut self, op: LogOp, left: ExprId, right: ExprId, dest: Dest) {
        let stop = |r| match op {
            LogOp::And => Op::JF(r, 0),
            LogOp::Or => Op::JT(r, 0),
            LogOp::DefinedOr => Op::JDef(r, 0),
        };
        let end = self.b.label();
        match dest {
            Dest::Void => return,
            Dest::Scalar(d) if self.b.is_temp(d) => {
                self.scalar_to(left, d);
                self.b.jump(stop(d), end);
                self.scalar_to(right, d);
            }
            Dest::Scalar(d) => {
                let t = self.b.temp();
                self.scalar_to(left, t);
                self.b.jump(stop(t), end);
                self.scalar_to(right, t);
                self.b.place_label(end);
                self.b.emit(Op::Move(d, t));
                return;
            }
            _ => {
                let heights = self.b.heights();
                let t = self.scalar(left);
                let on = self.b.label();
                let go = match op {
                    LogOp::And => Op::JT(t, 0),
                    LogOp::Or => Op::JF(t, 0),
                    LogOp::DefinedOr => Op::JUndef(t, 0),
                };
                self.b.jump(go, on);
                match dest {
                    Dest::List => self.b.emit(Op::Push(t)),
                    Dest::Caller(d) => self.b.emit(Op::PutW(d, t)),
                    _ => self.b.emit(Op::Ret(t)),
                };
                if dest != Dest::Tail {
                    self.b.jump(Op::Jmp(0), end);
                }
                self.b.place_label(on);
                self.b.release(heights);
                self.expr(right, dest);
            }
        }
        self.b.place_label(end);
    }

    /// Whether `e` is a builtin whose scalar value differs from a plain one, so that `scalar(..)` must stay.
    fn is_list_operator(&self, e: ExprId) -> bool {
        matches!(
            *self.ast.kind(e),
            ExprKind::Builtin {
                func: Builtin::Reverse,
                ..
            }
        )
    }
}

#[allow(non_upper_case_globals)]
const Builtin_GLOB: Builtin = Builtin::Glob;
