//! Operators: arithmetic, comparison, strings, steps.
use super::Lower;
use crate::bytecode::{Bin, Literal, NO, Op, R, Un};
use crate::diag::hints;
use crate::syntax::ast::*;

/// The generic operation of an operator.
pub fn bin(op: BinOp, integer: bool) -> Bin {
    use BinOp as B;
    if integer {
        match op {
            B::Add => return Bin::IAdd,
            B::Sub => return Bin::ISub,
            B::Mul => return Bin::IMul,
            B::Div => return Bin::IDiv,
            B::Mod => return Bin::IMod,
            B::NumEq => return Bin::IEq,
            B::NumNe => return Bin::INe,
            B::NumLt => return Bin::ILt,
            B::NumLe => return Bin::ILe,
            B::NumGt => return Bin::IGt,
            B::NumGe => return Bin::IGe,
            B::NumCmp => return Bin::ICmp,
            B::ShiftLeft => return Bin::IShl,
            B::ShiftRight => return Bin::IShr,
            B::BitAnd | B::NumAnd => return Bin::IBitAnd,
            B::BitOr | B::NumOr => return Bin::IBitOr,
            B::BitXor | B::NumXor => return Bin::IBitXor,
            _ => {}
        }
    }
    match op {
        B::Add => Bin::Add,
        B::Sub => Bin::Sub,
        B::Mul => Bin::Mul,
        B::Div => Bin::Div,
        B::Mod => Bin::Mod,
        B::Pow => Bin::Pow,
        B::Concat => Bin::Concat,
        B::Repeat => Bin::Repeat,
        B::ShiftLeft => Bin::Shl,
        B::ShiftRight => Bin::Shr,
        B::BitAnd => Bin::BitAnd,
        B::BitOr => Bin::BitOr,
        B::BitXor => Bin::BitXor,
        B::StrAnd => Bin::SBitAnd,
        B::StrOr => Bin::SBitOr,
        B::StrXor => Bin::SBitXor,
        B::NumAnd => Bin::NBitAnd,
        B::NumOr => Bin::NBitOr,
        B::NumXor => Bin::NBitXor,
        B::NumEq => Bin::NumEq,
        B::NumNe => Bin::NumNe,
        B::NumLt => Bin::NumLt,
        B::NumGt => Bin::NumGt,
        B::NumLe => Bin::NumLe,
        B::NumGe => Bin::NumGe,
        B::NumCmp => Bin::Spaceship,
        B::StrEq => Bin::StrEq,
        B::StrNe => Bin::StrNe,
        B::StrLt => Bin::StrLt,
        B::StrGt => Bin::StrGt,
        B::StrLe => Bin::StrLe,
        B::StrGe => Bin::StrGe,
        B::StrCmp => Bin::StrCmp,
        B::SmartMatch => Bin::Smart,
        B::Xor => Bin::Xor,
    }
}

impl Lower<'_> {
    /// Both operands in order; a package scalar on the left is taken as a place where the right side may change it.
    pub fn operands(&mut self, left: ExprId, right: ExprId) -> (R, R) {
        let a = match *self.ast.kind(left) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } if !matches!(var, VarRef::Lexical(_)) && !self.quiet(right) => self.place_of(left),
            _ => self.scalar(left),
        };
        (a, self.scalar(right))
    }

    /// Whether evaluating `e` changes nothing.
    pub fn quiet(&self, e: ExprId) -> bool {
        self.quiet_to(e, 60)
    }

    fn quiet_to(&self, e: ExprId, depth: usize) -> bool {
        use ExprKind::*;
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match *self.ast.kind(e) {
            Int(_)
            | UInt(_)
            | Num(_)
            | Str(_)
            | Var { .. }
            | Interp(_)
            | ArrayLen(_)
            | AnonSub(_)
            | Bareword(_) => true,
            Index { array: a, index: b }
            | Key { hash: a, key: b }
            | Binary {
                left: a, right: b, ..
            }
            | Logic {
                left: a, right: b, ..
            } => self.quiet_to(a, depth) && self.quiet_to(b, depth),
            Deref { expr, .. } | ScalarCx(expr) => self.quiet_to(expr, depth),
            Unary {
                op: UnOp::Not | UnOp::Neg | UnOp::Plus,
                expr,
            } => self.quiet_to(expr, depth),
            List(items) => self
                .ast
                .list(items)
                .iter()
                .all(|&e| self.quiet_to(e, depth)),
            _ => false,
        }
    }

    /// `left op right` into `d`.
    pub fn binary(&mut self, op: BinOp, left: ExprId, right: ExprId, d: R) {
        use BinOp::*;
        let integer = self.hint(hints::INTEGER);
        if op == Concat {
            return self.concat(left, right, d);
        }
        if op == SmartMatch {
            return self.smart_match(left, right, d);
        }
        if !integer && self.binary_const(op, left, right, d) {
            return;
        }
        let (a, b) = self.operands(left, right);
        let (a, b) = match op {
            StrEq | StrNe | StrLt | StrLe | StrGt | StrGe | StrCmp => {
                (self.as_bytes(a), self.as_bytes(b))
            }
            _ => (a, b),
        };
        let generic = Op::Bin(bin(op, integer), d, a, b);
        let op = match op {
            _ if integer => generic,
            Add => Op::Add(d, a, b),
            Sub => Op::Sub(d, a, b),
            Mul => Op::Mul(d, a, b),
            Div => Op::Div(d, a, b),
            Mod => Op::Mod(d, a, b),
            NumEq => Op::NumEq(d, a, b),
            NumNe => Op::NumNe(d, a, b),
            NumLt => Op::NumLt(d, a, b),
            NumLe => Op::NumLe(d, a, b),
            NumGt => Op::NumGt(d, a, b),
            NumGe => Op::NumGe(d, a, b),
            StrEq => Op::StrEq(d, a, b),
            StrNe => Op::StrNe(d, a, b),
            _ => generic,
        };
        self.b.emit(op);
    }

    /// Under `use bytes` the bytes of a value, whatever characters they stand for (perldoc bytes).
    pub fn as_bytes(&mut self, r: R) -> R {
        if !self.hint(hints::BYTES) {
            return r;
        }
        let t = self.b.temp();
        self.b.emit(Op::Un(crate::bytecode::Un::Bytes, t, r));
        t
    }

    /// Forms with a constant right operand.
    fn binary_const(&mut self, op: BinOp, left: ExprId, right: ExprId, d: R) -> bool {
        if !matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Mod) {
            return false;
        }
        let Some(value) = self.constant_value(right) else {
            return false;
        };
        let small = match (&value, op) {
            (Literal::Int(i), BinOp::Add) if *i >= 0 => i16::try_from(*i).ok(),
            (Literal::Int(i), BinOp::Sub) if *i > 0 => i16::try_from(-*i).ok(),
            _ => None,
        };
        if let Some(i) = small.filter(|_| op == BinOp::Add) {
            let a = self.scalar(left);
            self.b.emit(Op::AddI(d, a, i));
            return true;
        }
        match (op, value) {
            (BinOp::Mod, Literal::Int(i)) if (1..=i64::from(i16::MAX)).contains(&i) => {
                let a = self.scalar(left);
                self.b.emit(Op::ModI(d, a, i as i16));
            }
            (BinOp::Add, v @ Literal::Num(_)) => {
                let a = self.scalar(left);
                let k = self.b.constant(&v);
                self.b.emit(Op::AddK(d, a, k));
            }
            (BinOp::Mul, v @ (Literal::Num(_) | Literal::Int(_))) => {
                let a = self.scalar(left);
                let k = self.b.constant(&v);
                self.b.emit(Op::MulK(d, a, k));
            }
            // the sign of the constant tells an overloaded `-` from `+`
            (BinOp::Sub, Literal::Int(_)) if small.is_some() => {
                let a = self.scalar(left);
                self.b.emit(Op::AddI(d, a, small.unwrap_or(0)));
            }
            _ => return false,
        }
        true
    }

    /// A chain of concatenations as one operation.
    fn concat(&mut self, left: ExprId, right: ExprId, d: R) {
        let mut parts = vec![right];
        let mut e = left;
        while let ExprKind::Binary {
            op: BinOp::Concat,
            left,
            right,
        } = *self.ast.kind(e)
        {
            parts.push(right);
            e = left;
        }
        parts.push(e);
        parts.reverse();
        if parts.len() == 2 && parts.iter().all(|&p| self.constant_value(p).is_none()) {
            let (a, b) = self.operands(parts[0], parts[1]);
            self.b.emit(Op::Concat(d, a, b));
            return;
        }
        let mut operands = Vec::with_capacity(parts.len());
        let last_loud = parts.iter().rposition(|&q| !self.quiet(q));
        for (i, &p) in parts.iter().enumerate() {
            operands.push(self.operand(p, last_loud.is_none_or(|last| last <= i)));
        }
        self.concat_x(operands, d);
    }

    /// One operand of an operand list: a register or a constant.
    pub fn operand(&mut self, e: ExprId, rest_quiet: bool) -> (bool, u16) {
        if let Some(value) = self.constant_value(e) {
            return (true, self.b.constant(&value));
        }
        let r = match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } if !matches!(var, VarRef::Lexical(_)) && !rest_quiet => self.place_of(e),
            _ => self.scalar(e),
        };
        (false, r)
    }

    /// Concatenates operands into `d`, in portions of 255.
    pub fn concat_x(&mut self, mut operands: Vec<(bool, u16)>, d: R) {
        while operands.len() > 255 {
            let t = self.b.temp();
            let rest = operands.split_off(255);
            self.b.emit(Op::ConcatX(255, t));
            self.operand_list(&operands);
            operands = rest;
            operands.insert(0, (false, t));
        }
        self.b.emit(Op::ConcatX(operands.len() as u8, d));
        self.operand_list(&operands);
    }

    /// Writes an operand list behind its operation.
    pub fn operand_list(&mut self, operands: &[(bool, u16)]) {
        for three in operands.chunks(3) {
            let mut flags = 0;
            let mut regs = [NO; 3];
            for (i, &(constant, operand)) in three.iter().enumerate() {
                flags |= u8::from(constant) << i;
                regs[i] = operand;
            }
            self.b.ext(flags, regs[0], regs[1], regs[2]);
        }
    }

    /// `a < b <= c`: each operand once, left to right, stopping at the first that fails.
    pub fn chain(&mut self, operands: ExprList, ops: ChainId, d: R) {
        let ast = self.ast;
        let (operands, ops) = (ast.list(operands), &ast[ops]);
        let integer = self.hint(hints::INTEGER);
        let end = self.b.label();
        let Some((&first, rest)) = operands.split_first() else {
            return;
        };
        let t = if self.b.is_temp(d) { d } else { self.b.temp() };
        let mut a = self.scalar(first);
        for (i, (&e, &op)) in rest.iter().zip(ops.iter()).enumerate() {
            let b = self.scalar(e);
            self.b.emit(Op::Bin(bin(op, integer), t, a, b));
            if i + 1 < rest.len() {
                self.b.jump(Op::JF(t, 0), end);
            }
            a = b;
        }
        self.b.place_label(end);
        if t != d {
            self.b.emit(Op::Move(d, t));
        }
    }

    /// Operators of one operand.
    pub fn unary(&mut self, op: UnOp, expr: ExprId, d: R) {
        let integer = self.hint(hints::INTEGER);
        let un = match op {
            UnOp::PreInc | UnOp::PreDec => {
                self.step(expr, op == UnOp::PreInc, Some((d, false)));
                return;
            }
            UnOp::PostInc | UnOp::PostDec => {
                self.step(expr, op == UnOp::PostInc, Some((d, true)));
                return;
            }
            UnOp::Not => {
                let s = self.scalar(expr);
                self.b.emit(Op::Not(d, s));
                return;
            }
            UnOp::Plus => return self.scalar_to(expr, d),
            UnOp::Neg if integer => Un::INeg,
            UnOp::Neg => Un::Neg,
            UnOp::BitNot | UnOp::NumBitNot if integer => Un::IBitNot,
            UnOp::BitNot => Un::BitNot,
            UnOp::NumBitNot => Un::NBitNot,
            UnOp::StrBitNot => Un::SBitNot,
        };
        if let (UnOp::Neg, ExprKind::Bareword(name)) = (op, *self.ast.kind(expr)) {
            let text = format!("-{}", &self.ast[name]);
            let k = self.b.str_constant(&text);
            self.b.emit(Op::LoadK(d, k));
            return;
        }
        let s = self.scalar(expr);
        self.b.emit(Op::Un(un, d, s));
    }

    /// `++` and `--`; `result`: register and whether the old value is wanted.
    pub fn step(&mut self, e: ExprId, up: bool, result: Option<(R, bool)>) {
        let heights = self.b.heights();
        let (d, post) = result.unwrap_or((NO, false));
        let kind = match (up, post) {
            (true, false) => 0,
            (false, false) => 1,
            (true, true) => 2,
            (false, true) => 3,
        };
        match *self.ast.kind(e) {
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                let k = self.key(key);
                self.b.emit(Op::HElemInc(kind, d, c, k));
            }
            ExprKind::Index { array, index } => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::AElemInc(kind, d, c, i));
            }
            ExprKind::ArrayLen(a) => {
                let c = self.array(a, true);
                let t = self.b.temp();
                self.b.emit(Op::ALast(t, c));
                if post {
                    self.b.emit(Op::Move(d, t));
                }
                self.b.emit(Op::AddI(t, t, if up { 1 } else { -1 }));
                self.b.emit(Op::ASetLast(c, t));
                if !post && d != NO {
                    self.b.emit(Op::Move(d, t));
                }
            }
            _ => {
                let name = match (post, up) {
                    (false, true) => "preincrement (++)",
                    (false, false) => "predecrement (--)",
                    (true, true) => "postincrement (++)",
                    (true, false) => "postdecrement (--)",
                };
                let v = self.lvalue(e, name);
                if d != NO && post {
                    self.b.emit(if up {
                        Op::PostInc(d, v)
                    } else {
                        Op::PostDec(d, v)
                    });
                } else {
                    self.b.emit(if up { Op::Inc(v) } else { Op::Dec(v) });
                    if d != NO {
                        self.b.emit(Op::Move(d, v));
                    }
                }
            }
        }
        self.b.release(heights);
    }

    /// Flip-flop: the state is a captured scalar of its own.
    pub fn flip_flop(&mut self, left: ExprId, right: ExprId, three: bool, flip: u32, d: R) {
        let s = self.flip_state(flip);
        let t = if self.b.is_temp(d) { d } else { self.b.temp() };
        let (inside, out, end) = (self.b.label(), self.b.label(), self.b.label());
        self.b.jump(Op::JT(s, 0), inside);
        let on = self.b.label();
        self.flip_test(left, on);
        let no = self.b.constant(&Literal::Bool(false));
        self.b.emit(Op::LoadK(t, no));
        self.b.jump(Op::Jmp(0), end);
        self.b.place_label(on);
        self.b.emit(Op::LoadI(s, 1));
        self.b.emit(Op::LoadI(t, 1));
        if three {
            self.b.jump(Op::Jmp(0), end);
        } else {
            self.flip_test(right, out);
            self.b.jump(Op::Jmp(0), end);
        }
        self.b.place_label(inside);
        self.b.emit(Op::Inc(s));
        self.b.emit(Op::Move(t, s));
        self.flip_test(right, out);
        self.b.jump(Op::Jmp(0), end);
        self.b.place_label(out);
        let k = self.b.str_constant("E0");
        self.b.emit(Op::Move(t, s));
        self.b.emit(Op::AppendK(t, k));
        self.b.emit(Op::LoadI(s, 0));
        self.b.place_label(end);
        if t != d {
            self.b.emit(Op::Move(d, t));
        }
    }

    /// A constant operand of a flip-flop is compared with `$.`.
    fn flip_test(&mut self, e: ExprId, to: crate::compile::body::Label) {
        if let Some(Literal::Int(_) | Literal::Num(_)) = self.constant_value(e) {
            let heights = self.b.heights();
            let a = self.b.temp();
            let g = self.b.glob("main::.");
            self.b.emit(Op::GGet(a, g));
            let b = self.scalar(e);
            self.b.jump(Op::JEq(a, b, 0), to);
            self.b.release(heights);
        } else {
            self.jump_if(e, true, to);
        }
    }
}
