//! List context: expressions append their values to the open list.
use super::{Dest, Lower};
use crate::bytecode::{Literal, NO, Op, Want};
use crate::signature::Builtin;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// All expressions of a list.
    pub fn lists(&mut self, items: ExprList) {
        let ast = self.ast;
        self.list_items(ast.list(items));
    }

    /// The same for a slice.
    pub fn list_items(&mut self, items: &[ExprId]) {
        for i in 0..items.len() {
            self.list_item(items, i);
        }
    }

    /// One item of a list: `($x, $x++)`: the first is the variable itself until the list is taken.
    pub fn list_item(&mut self, items: &[ExprId], i: usize) {
        match *self.ast.kind(items[i]) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } if items[i + 1..].iter().any(|&l| self.changes(l, var)) => self.aliases(items[i]),
            _ => self.list(items[i]),
        }
    }

    /// Whether an item changes a variable that stands before it.
    pub fn hazard(&self, items: &[ExprId]) -> bool {
        items
            .iter()
            .enumerate()
            .any(|(i, &e)| match *self.ast.kind(e) {
                ExprKind::Var {
                    sigil: Sigil::Scalar,
                    var,
                } => items[i + 1..].iter().any(|&l| self.changes(l, var)),
                _ => false,
            })
    }

    /// Whether evaluating `e` visibly changes a scalar variable.
    fn changes(&self, e: ExprId, var: VarRef) -> bool {
        self.changes_to(e, var, 60)
    }

    fn changes_to(&self, e: ExprId, var: VarRef, depth: usize) -> bool {
        use ExprKind::*;
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        let is = |t: ExprId| matches!(*self.ast.kind(t), Var { sigil: Sigil::Scalar, var: v } if v == var);
        match *self.ast.kind(e) {
            Unary {
                op: UnOp::PreInc | UnOp::PreDec | UnOp::PostInc | UnOp::PostDec,
                expr,
            } => is(expr),
            Assign { to, from } | AssignOp { to, from, .. } => {
                is(to) || self.changes_to(from, var, depth)
            }
            Unary { expr, .. } | ScalarCx(expr) => self.changes_to(expr, var, depth),
            Binary { left, right, .. } => {
                self.changes_to(left, var, depth) || self.changes_to(right, var, depth)
            }
            List(items) => self
                .ast
                .list(items)
                .iter()
                .any(|&e| self.changes_to(e, var, depth)),
            _ => false,
        }
    }

    /// Appends the values of `e`.
    pub fn list(&mut self, e: ExprId) {
        if self.env.is_stopped() {
            return;
        }
        let heights = self.b.heights();
        self.within(e, |l| l.list_kind(e));
        self.b.release(heights);
    }

    /// Appends a constant.
    pub fn push_constant(&mut self, value: &Literal) {
        match value {
            Literal::Int(i) if i32::try_from(*i).is_ok() => {
                self.b.emit(Op::PushI(*i as i32));
            }
            _ => {
                let k = self.b.constant(value);
                self.b.emit(Op::PushK(k));
            }
        }
    }

    /// Appends the scalar value of `e`.
    pub fn push_scalar(&mut self, e: ExprId) {
        if let Some(value) = self.constant_value(e) {
            return self.push_constant(&value);
        }
        let heights = self.b.heights();
        let r = self.scalar(e);
        self.b.emit(Op::Push(r));
        self.b.release(heights);
    }

    fn list_kind(&mut self, e: ExprId) {
        use ExprKind::*;
        match *self.ast.kind(e) {
            List(items) | MyList(items) => self.lists(items),
            Nothing => {}
            Var {
                sigil: Sigil::Array,
                ..
            } if self.in_sub() && self.is_args(e) => {
                self.b.emit(Op::PushArgs(0, 0));
            }
            Var {
                sigil: Sigil::Array,
                ..
            }
            | Deref {
                sigil: Sigil::Array,
                ..
            } => {
                let c = self.array(e, false);
                self.b.emit(Op::PushArr(c));
            }
            Var {
                sigil: Sigil::Hash, ..
            }
            | Deref {
                sigil: Sigil::Hash, ..
            } => {
                let c = self.hash(e, false);
                self.b.emit(Op::PushHash(3, c));
            }
            My(d) if self.ast[d].sigil == Sigil::Array => {
                let c = self.my_container(d);
                self.b.emit(Op::PushArr(c));
            }
            My(d) if self.ast[d].sigil == Sigil::Hash => {
                let c = self.my_container(d);
                self.b.emit(Op::PushHash(3, c));
            }
            Local(inner) => self.local_list(inner),
            Slice { kind, from, keys } => {
                self.slice(kind, from, keys, if is_pairs(kind) { 2 } else { 0 })
            }
            ListSlice { list, keys } => {
                self.b.mark();
                self.lists(list);
                self.b.mark();
                self.lists(keys);
                self.b.marks = self.b.marks.saturating_sub(2);
                self.b.emit(Op::LSlice);
            }
            Call { .. } | Method { .. } => match self.constant_value(e) {
                Some(value) => self.push_constant(&value),
                None => self.call_expr(e, Want::List, NO),
            },
            Builtin { func, args } => self.builtin(e, func, args, Want::List, NO),
            Sort { by, args } => self.sort(by, args, false),
            Map { grep, each, args } => self.map(grep, each, args, Dest::List),
            ReadLine(handle) => self.read_line(handle, 2, NO),
            ReadArgv { safe } => {
                self.b
                    .emit(Op::ReadLine(2 | if safe { 0xC0 } else { 0x80 }, NO, NO));
            }
            Glob(pattern) => self.bi_args(GLOB, &[pattern], Want::List, NO),
            DoFile(f) => self.require_op(2, f, Want::List, NO),
            DoBlock(b) => self.do_block(b, Dest::List),
            EvalBlock(b) => self.eval_block(b, Dest::List),
            EvalStr(s) => self.eval_str(s, Want::List, NO, false),
            Return(list) => self.return_stmt(list),
            Loop { word, label } => self.loop_control(word, label),
            Goto(label) => self.goto(label),
            Match { .. } => self.match_expr(e, Want::List, NO),
            Repeat { list, count } => {
                self.b.mark();
                self.lists(list);
                let n = self.scalar(count);
                self.b.close(Op::LRepeat(n));
            }
            Logic { op, left, right } => self.logic(op, left, right, Dest::List),
            Cond { cond, yes, no } => self.cond_expr(cond, yes, no, Dest::List),
            AssignList { to, from } => self.assign_list(to, from, Dest::List),
            AssignLogic { op, to, from } => self.assign_logic(op, to, from, Dest::List),
            Range { left, right, .. } => {
                let a = self.scalar(left);
                let b = self.scalar(right);
                self.b.emit(Op::PushRange(a, b));
            }
            Ref(inner) => self.reference_list(inner),
            Unary {
                op: UnOp::Plus,
                expr,
            } => self.list(expr),
            AssignAlias { to, from } => self.assign_alias(to, from),
            _ => self.push_scalar(e),
        }
    }

    /// A slice; `code` is the kind operand of `ASlice`/`HSlice`.
    pub fn slice(&mut self, kind: SliceKind, from: ExprId, keys: ExprList, code: u8) {
        let heights = self.b.heights();
        let hash = matches!(kind, SliceKind::Hash | SliceKind::KeyHash);
        // the container may be vivified by reading a slice of it, as perl does for elements
        let c = if hash {
            self.hash(from, true)
        } else {
            self.array(from, true)
        };
        self.b.mark();
        self.lists(keys);
        self.b.close(if hash {
            Op::HSlice(code, c)
        } else {
            Op::ASlice(code, c)
        });
        self.b.release(heights);
    }

    /// Whether `e` gives exactly one value in list context too.
    pub fn is_single(&self, e: ExprId) -> bool {
        self.is_single_to(e, 60)
    }

    fn is_single_to(&self, e: ExprId, depth: usize) -> bool {
        use ExprKind::*;
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match *self.ast.kind(e) {
            Int(_)
            | UInt(_)
            | Num(_)
            | Str(_)
            | VString { .. }
            | Interp(_)
            | Bareword(_)
            | ClassName(_)
            | CurrentSub
            | ArrayLen(_)
            | Index { .. }
            | Key { .. }
            | JoinKey(_)
            | Print { .. }
            | Handle(_)
            | ScalarCx(_)
            | FileTest { .. }
            | Require(_)
            | RequireFile(_)
            | Subst { .. }
            | Trans { .. }
            | Qr(_)
            | Binary { .. }
            | Chain { .. }
            | Assign { .. }
            | AssignOp { .. }
            | Isa { .. }
            | AnonArray(_)
            | AnonHash(_)
            | AnonSub(_) => true,
            Unary {
                op: UnOp::Plus,
                expr,
            } => self.is_single_to(expr, depth),
            Unary { .. } => true,
            Var { sigil, .. } | Deref { sigil, .. } => !matches!(sigil, Sigil::Array | Sigil::Hash),
            My(d) => !matches!(self.ast[d].sigil, Sigil::Array | Sigil::Hash),
            AssignLogic { to, .. } => self.is_single_to(to, depth),
            Cond { yes, no, .. } => self.is_single_to(yes, depth) && self.is_single_to(no, depth),
            Logic { right, .. } => self.is_single_to(right, depth),
            List(items) => matches!(*self.ast.list(items), [one] if self.is_single_to(one, depth)),
            Ref(inner) => match *self.ast.kind(inner) {
                List(items) => {
                    matches!(*self.ast.list(items), [one] if self.is_single_to(one, depth) && self.has_place(one))
                }
                Call { .. } | Method { .. } | MyList(_) | Cond { .. } | Builtin { .. } => false,
                Local(_) | DoBlock(_) | Slice { .. } | ListSlice { .. } | AssignList { .. } => {
                    false
                }
                _ => true,
            },
            Builtin { func, args } => self.builtin_single(func, args),
            Local(inner) => {
                self.is_single_to(inner, depth) && !matches!(*self.ast.kind(inner), List(_))
            }
            Match { .. } => false,
            _ => false,
        }
    }

    /// Whether a builtin gives one value in any context.
    fn builtin_single(&self, func: Builtin, args: ExprList) -> bool {
        use Builtin::*;
        match func {
            Caller | Each | Keys | Values | Splice | Split | Reverse | Localtime | Gmtime
            | Stat | Lstat | Unpack | Getpwent | Getpwnam | Getpwuid | Getgrent | Getgrgid
            | Getgrnam | Gethostbyaddr | Gethostbyname | Gethostent | Getnetbyaddr
            | Getnetbyname | Getnetent | Getprotobyname | Getprotobynumber | Getprotoent
            | Getservbyname | Getservbyport | Getservent | Readline | Readdir | Readpipe | Glob
            | Times | Select | Evalbytes => false,
            Delete => self
                .ast
                .list(args)
                .first()
                .is_some_and(|&a| match *self.ast.kind(a) {
                    ExprKind::Index { .. } | ExprKind::Key { .. } => true,
                    _ => false,
                }),
            Undef if args.is_empty() => true,
            _ => true,
        }
    }
}

/// Whether a slice gives pairs.
pub fn is_pairs(kind: SliceKind) -> bool {
    matches!(kind, SliceKind::KeyArray | SliceKind::KeyHash)
}

const GLOB: Builtin = Builtin::Glob;
