//! Constants: what is known before the program runs.
use super::lower::Lower;
use crate::bytecode::Literal;
use crate::diag::hints;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// The value of a constant expression.
    pub fn constant_value(&mut self, e: ExprId) -> Option<Literal> {
        match *self.ast.kind(e) {
            ExprKind::Int(i) => Some(Literal::Int(i)),
            ExprKind::UInt(u) => Some(Literal::UInt(u)),
            ExprKind::Num(n) => Some(Literal::Num(n)),
            ExprKind::Str(s) => Some(self.text_literal(s)),
            ExprKind::VString { value, text } => {
                let (chars, written) = (&self.ast[value], &self.ast[text]);
                let written = String::from_utf8_lossy(&written.bytes);
                Some(Literal::VStr(
                    chars.bytes.as_ref().into(),
                    chars.utf8,
                    written.as_ref().into(),
                ))
            }
            ExprKind::List(items) => match *self.ast.list(items) {
                [one] => self.constant_value(one),
                _ => None,
            },
            ExprKind::ScalarCx(one) => self.constant_value(one),
            ExprKind::Call {
                callee: Callee::Named(name),
                args,
                form: CallForm::Plain,
            } if args.is_empty() => {
                let name = self.ast[name].to_string();
                self.env.constant(&name)
            }
            ExprKind::Unary { .. } | ExprKind::Binary { .. } | ExprKind::Cond { .. } => {
                if self.unfolded.contains(&e) {
                    return None;
                }
                let value = self.deep(|l| l.fold_operator(e));
                if value.is_none() {
                    self.unfolded.insert(e);
                }
                value
            }
            _ => None,
        }
    }

    fn fold_operator(&mut self, e: ExprId) -> Option<Literal> {
        match *self.ast.kind(e) {
            ExprKind::Unary { op, expr } => {
                let v = self.constant_value(expr)?;
                match (op, v) {
                    (UnOp::Neg, Literal::Int(i)) => {
                        i.checked_neg().filter(|&n| n != 0).map(Literal::Int)
                    }
                    (UnOp::Neg, Literal::Num(n)) => Some(Literal::Num(-n)),
                    (UnOp::Plus, v) => Some(v),
                    (UnOp::Not, v) => truth(&v).map(|t| Literal::Bool(!t)),
                    _ => None,
                }
            }
            ExprKind::Binary { op, left, right } => self.fold_binary(op, left, right),
            ExprKind::Cond { cond, yes, no } => {
                let c = self.constant_value(cond)?;
                if truth(&c)? {
                    self.constant_value(yes)
                } else {
                    self.constant_value(no)
                }
            }
            _ => None,
        }
    }

    /// The constant for a string of the tree.
    pub fn text_literal(&self, s: StrId) -> Literal {
        let t = &self.ast[s];
        Literal::Str(t.bytes.as_ref().into(), t.utf8)
    }

    fn fold_binary(&mut self, op: BinOp, left: ExprId, right: ExprId) -> Option<Literal> {
        if self.hint(hints::INTEGER) {
            return None;
        }
        let (a, b) = (self.constant_value(left)?, self.constant_value(right)?);
        fold(op, &a, &b)
    }

    /// The truth of a constant expression.
    pub fn truth(&mut self, e: ExprId) -> Option<bool> {
        truth(&self.constant_value(e)?)
    }
}

/// Truth of a constant (perlsyn "Truth and Falsehood").
pub fn truth(l: &Literal) -> Option<bool> {
    Some(match l {
        Literal::Undef => false,
        Literal::Int(i) => *i != 0,
        Literal::UInt(u) => *u != 0,
        Literal::Num(n) => *n != 0.0,
        Literal::Str(s, _) | Literal::VStr(s, ..) => !s.is_empty() && **s != *b"0",
        Literal::Bool(b) => *b,
    })
}

fn int(l: &Literal) -> Option<i64> {
    match l {
        Literal::Int(i) => Some(*i),
        _ => None,
    }
}

fn num(l: &Literal) -> Option<f64> {
    match l {
        Literal::Int(i) => Some(*i as f64),
        Literal::UInt(u) => Some(*u as f64),
        Literal::Num(n) => Some(*n),
        _ => None,
    }
}

/// The longest string that `x` makes beforehand.
const LONGEST: usize = 1 << 8;

fn fold(op: BinOp, a: &Literal, b: &Literal) -> Option<Literal> {
    use BinOp::*;
    if let (Some(x), Some(y)) = (int(a), int(b)) {
        let exact = match op {
            Add => x.checked_add(y),
            Sub => x.checked_sub(y),
            Mul => x.checked_mul(y),
            Div if y != 0 && x.checked_rem(y) == Some(0) => x.checked_div(y),
            Mod if x >= 0 && y > 0 => Some(x % y),
            ShiftLeft if x >= 0 && (0..=30).contains(&y) && x < 1 << 31 => Some(x << y),
            ShiftRight if x >= 0 && (0..64).contains(&y) => Some(x >> y),
            BitOr | NumOr if x >= 0 && y >= 0 => Some(x | y),
            BitAnd | NumAnd if x >= 0 && y >= 0 => Some(x & y),
            Pow if (0..64).contains(&y) => x.checked_pow(y as u32).filter(|r| r.abs() < 1 << 53),
            _ => None,
        };
        if let Some(i) = exact {
            return Some(Literal::Int(i));
        }
    }
    if let (Some(x), Some(y)) = (num(a), num(b)) {
        if matches!((a, b), (Literal::Num(_), _) | (_, Literal::Num(_))) || op == Div {
            let value = match op {
                Add => x + y,
                Sub => x - y,
                Mul => x * y,
                Div if y != 0.0 => x / y,
                _ => return None,
            };
            let exact = matches!((a, b), (Literal::Num(_), _) | (_, Literal::Num(_)));
            return (exact || x.abs() < 9e15 && y.abs() < 9e15).then_some(Literal::Num(value));
        }
    }
    if op == Concat {
        if let (Literal::Str(x, u), Literal::Str(y, v)) = (a, b) {
            if u == v || if *u { y.is_ascii() } else { x.is_ascii() } {
                return Some(Literal::Str([&x[..], &y[..]].concat().into(), *u || *v));
            }
        }
    }
    if let (Repeat, Literal::Str(text, utf8), Literal::Int(n)) = (op, a, b) {
        // A negative one is warned of when it is met.
        let n = usize::try_from(*n).ok()?;
        let short = text.len().checked_mul(n).is_some_and(|len| len <= LONGEST);
        return short.then(|| Literal::Str(text.repeat(n).into(), *utf8));
    }
    None
}
