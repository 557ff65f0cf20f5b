//! Binary and unary operators (perlop).

use crate::bytecode::{Bin, R, Un};
use crate::text::numeric::{self, ArithError};
use crate::text::{Numeric, PerlStr, bits, increment, whole};
use crate::value::Val;
use crate::vm::long::MUCH;
use crate::vm::{Die, Exec, Vm};
use std::cmp::Ordering;

/// The key of an operator in `use overload`.
pub(in crate::vm) fn overload_key(bin: Bin) -> &'static str {
    match bin {
        Bin::Add | Bin::IAdd => "+",
        Bin::Sub | Bin::ISub => "-",
        Bin::Mul | Bin::IMul => "*",
        Bin::Div | Bin::IDiv => "/",
        Bin::Mod | Bin::IMod => "%",
        Bin::Pow => "**",
        Bin::Concat => ".",
        Bin::Repeat => "x",
        Bin::Shl | Bin::IShl => "<<",
        Bin::Shr | Bin::IShr => ">>",
        Bin::BitAnd | Bin::IBitAnd | Bin::NBitAnd => "&",
        Bin::BitOr | Bin::IBitOr | Bin::NBitOr => "|",
        Bin::BitXor | Bin::IBitXor | Bin::NBitXor => "^",
        Bin::SBitAnd => "&.",
        Bin::SBitOr => "|.",
        Bin::SBitXor => "^.",
        Bin::NumEq | Bin::IEq => "==",
        Bin::NumNe | Bin::INe => "!=",
        Bin::NumLt | Bin::ILt => "<",
        Bin::NumLe | Bin::ILe => "<=",
        Bin::NumGt | Bin::IGt => ">",
        Bin::NumGe | Bin::IGe => ">=",
        Bin::Spaceship | Bin::ICmp => "<=>",
        Bin::StrEq => "eq",
        Bin::StrNe => "ne",
        Bin::StrLt => "lt",
        Bin::StrLe => "le",
        Bin::StrGt => "gt",
        Bin::StrGe => "ge",
        Bin::StrCmp => "cmp",
        Bin::Xor => "xor",
        Bin::Isa => "isa",
        Bin::Smart => "~~",
    }
}

/// The operator a number stands for (`Ext` operands).
pub(in crate::vm) fn bin_of(n: u8) -> Bin {
    const ALL: &[Bin] = &[
        Bin::Add,
        Bin::Sub,
        Bin::Mul,
        Bin::Div,
        Bin::Mod,
        Bin::Pow,
        Bin::Concat,
        Bin::Repeat,
        Bin::Shl,
        Bin::Shr,
        Bin::BitAnd,
        Bin::BitOr,
        Bin::BitXor,
        Bin::SBitAnd,
        Bin::SBitOr,
        Bin::SBitXor,
        Bin::NumEq,
        Bin::NumNe,
        Bin::NumLt,
        Bin::NumLe,
        Bin::NumGt,
        Bin::NumGe,
        Bin::Spaceship,
        Bin::StrEq,
        Bin::StrNe,
        Bin::StrLt,
        Bin::StrLe,
        Bin::StrGt,
        Bin::StrGe,
        Bin::StrCmp,
        Bin::Xor,
        Bin::Isa,
        Bin::Smart,
        Bin::IAdd,
        Bin::ISub,
        Bin::IMul,
        Bin::IDiv,
        Bin::IMod,
        Bin::IEq,
        Bin::INe,
        Bin::ILt,
        Bin::ILe,
        Bin::IGt,
        Bin::IGe,
        Bin::ICmp,
        Bin::IShl,
        Bin::IShr,
        Bin::IBitAnd,
        Bin::IBitOr,
        Bin::IBitXor,
        Bin::NBitAnd,
        Bin::NBitOr,
        Bin::NBitXor,
    ];
    ALL.get(n as usize).copied().unwrap_or(Bin::Add)
}

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn bin_regs(&mut self, bin: Bin, d: R, a: R, b: R) -> Exec {
        let x = self.get(a)?;
        let y = self.get(b)?;
        let val = self.binary(bin, &x, &y)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn bin_const(&mut self, bin: Bin, d: R, a: R, k: *const Val) -> Exec {
        let x = self.get(a)?;
        // SAFETY: constants stand still while their unit runs.
        let y = unsafe { (*k).clone() };
        let val = self.binary(bin, &x, &y)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn bin_int(&mut self, bin: Bin, d: R, a: R, i: i64) -> Exec {
        let x = self.get(a)?;
        if x.is_ref() && x.is_overloaded() {
            // Overloading is told what was written: `-` for a negative number, and `d == a` is
            // what `+=` and `-=` are compiled to.
            let (bin, y) = if i < 0 {
                (Bin::Sub, Val::Int(-i))
            } else {
                (bin, Val::Int(i))
            };
            let val = match d == a {
                true => self.assign_value(bin, &x, &y)?,
                false => self.binary(bin, &x, &y)?,
            };
            return self.put(d, val);
        }
        let val = match d == a && x.is_undef() {
            true => Val::Int(i),
            false => self.binary(bin, &x, &Val::Int(i))?,
        };
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn test_regs(&mut self, bin: Bin, a: R, b: R) -> Exec<bool> {
        let x = self.get(a)?;
        let y = self.get(b)?;
        self.test(bin, &x, &y)
    }

    #[inline(never)]
    pub(in crate::vm) fn test_int(&mut self, bin: Bin, a: R, i: i16) -> Exec<bool> {
        let x = self.get(a)?;
        self.test(bin, &x, &Val::Int(i as i64))
    }

    /// The comparison of a jump, by the operator that was written: it may be overloaded, or warn.
    fn test(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<bool> {
        let (val, not) = match self.written_operator() {
            Some(written @ (Bin::NumGt | Bin::NumGe)) => (self.binary(written, y, x)?, false),
            Some(written) => (self.binary(written, x, y)?, true),
            None => (self.binary(bin, x, y)?, false),
        };
        Ok(self.truth(&val)? != not)
    }

    /// The operator that was written where the running jump compares by another one.
    pub(in crate::vm) fn written_operator(&self) -> Option<Bin> {
        let (frame, op) = self.here()?;
        let turned = &frame.proto().unit.turned;
        let at = |op: u32| turned.binary_search_by_key(&op, |(pc, _)| *pc);
        // under -T a check stands where the jump was
        let found = at(op).or_else(|_| match op.checked_sub(1) {
            Some(before)
                if frame.proto().unit.code.get(before as usize)
                    == Some(&crate::bytecode::Op::Check) =>
            {
                at(before)
            }
            _ => Err(0),
        });
        Some(turned[found.ok()?].1)
    }

    #[inline(never)]
    pub(in crate::vm) fn truth_reg(&mut self, a: R) -> Exec<bool> {
        let x = self.get(a)?;
        self.truth(&x)
    }

    #[inline(never)]
    pub(in crate::vm) fn not_reg(&mut self, d: R, s: R) -> Exec {
        let x = self.get(s)?;
        let val = self.unary_op(Un::Not, &x)?;
        self.put(d, val)
    }

    pub(in crate::vm) fn defined_reg(&mut self, a: R) -> Exec<bool> {
        // SAFETY: a register of the frame.
        let place = unsafe { &*self.reg(a) };
        if place.is_rvalue() {
            return Ok(match place {
                Val::CRef(_) => true,
                other => !other.is_undef(),
            });
        }
        Ok(!self.get(a)?.is_undef())
    }

    pub(in crate::vm) fn same_str(&mut self, a: R, b: R, bin: Bin) -> Exec<bool> {
        // SAFETY: registers of the frame; nothing else runs during the comparison.
        if let (Val::Str(x), Val::Str(y)) = unsafe { (&*self.reg(a), &*self.reg(b)) } {
            return Ok((x == y) == (bin == Bin::StrEq));
        }
        let x = self.get(a)?;
        let y = self.get(b)?;
        self.test(bin, &x, &y)
    }

    /// A binary operator on two values, overloading asked.
    pub fn binary(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        if (x.is_ref() || y.is_ref())
            && (x.is_overloaded() || y.is_overloaded())
            // which asks the right operand first
            && bin != Bin::Smart
            && let Some(val) = self.overload_binary(x, y, overload_key(bin), false)?
        {
            return Ok(val);
        }
        self.plain_binary(bin, x, y)
    }

    /// The same without overloading of the operator itself.
    pub(in crate::vm) fn plain_binary(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        match bin {
            Bin::Add | Bin::Sub | Bin::Mul | Bin::Div | Bin::Mod | Bin::Pow => {
                let (a, b) = self.two_nums(x, y)?;
                Ok(self.calculate(bin, a, b)?.into())
            }
            Bin::NumEq
            | Bin::NumNe
            | Bin::NumLt
            | Bin::NumLe
            | Bin::NumGt
            | Bin::NumGe
            | Bin::Spaceship => {
                let (a, b) = self.two_nums(x, y)?;
                Ok(compare_nums(bin, numeric::cmp(a, b)))
            }
            Bin::StrEq | Bin::StrNe => {
                let (a, b) = self.two_strs(x, y)?;
                Ok(Val::Bool((a == b) == (bin == Bin::StrEq)))
            }
            Bin::StrLt | Bin::StrLe | Bin::StrGt | Bin::StrGe | Bin::StrCmp => {
                let (a, b) = self.two_strs(x, y)?;
                Ok(compare_strs(bin, a.cmp(&b)))
            }
            Bin::Concat => {
                let (a, b) = self.two_strs(x, y)?;
                if a.len() < MUCH && b.len() < MUCH {
                    return Ok(Val::Str(PerlStr::concat(&a, &b)?));
                }
                let mut text = a;
                self.append_text(&mut text, &b)?;
                Ok(Val::Str(text))
            }
            Bin::Repeat => self.repeat(x, y),
            Bin::Shl | Bin::Shr => {
                let (a, b) = self.two_nums(x, y)?;
                let count = b.to_i64_clamped();
                Ok(Val::uint(match bin {
                    Bin::Shl => bits::shift_left(a.to_u64(), count),
                    _ => bits::shift_right(a.to_u64(), count),
                }))
            }
            Bin::BitAnd | Bin::BitOr | Bin::BitXor => self.bitwise(bin, x, y),
            Bin::NBitAnd | Bin::NBitOr | Bin::NBitXor => {
                let (a, b) = self.two_nums(x, y)?;
                let (a, b) = (a.to_u64(), b.to_u64());
                Ok(Val::uint(match bin {
                    Bin::NBitAnd => a & b,
                    Bin::NBitOr => a | b,
                    _ => a ^ b,
                }))
            }
            Bin::SBitAnd | Bin::SBitOr | Bin::SBitXor => self.bitwise_str(bin, x, y),
            Bin::Xor => Ok(Val::Bool(self.truth(x)? != self.truth(y)?)),
            Bin::Isa => {
                let class = self.str(y)?.to_str_lossy().into_owned();
                if !x.is_blessed() {
                    return Ok(Val::Bool(false));
                }
                if let Some(code) = self.find_method(x, "isa")? {
                    let got = self.call_code(
                        code,
                        &[x.clone(), y.clone()],
                        crate::bytecode::Want::Scalar,
                    )?;
                    return Ok(Val::Bool(got.last().is_some_and(Val::to_bool)));
                }
                Ok(Val::Bool(self.is_a(x, &class)?))
            }
            Bin::Smart => self.smart_match(x, y),
            _ => self.integer_op(bin, x, y),
        }
    }

    fn two_nums(&mut self, x: &Val, y: &Val) -> Exec<(Numeric, Numeric)> {
        // perl looks at the right operand first (its warnings come in that order).
        let b = self.num(y)?;
        let a = self.num(x)?;
        Ok((a, b))
    }

    fn two_strs(&mut self, x: &Val, y: &Val) -> Exec<(PerlStr, PerlStr)> {
        let a = self.str(x)?;
        let b = self.str(y)?;
        Ok((a, b))
    }

    #[cold]
    fn arith_error(&mut self, error: ArithError) -> Die {
        self.die(error.message())
    }

    fn calculate(&mut self, bin: Bin, a: Numeric, b: Numeric) -> Exec<Numeric> {
        Ok(match bin {
            Bin::Add => numeric::add(a, b),
            Bin::Sub => numeric::sub(a, b),
            Bin::Mul => numeric::mul(a, b),
            Bin::Div => numeric::div(a, b).map_err(|e| self.arith_error(e))?,
            Bin::Mod => numeric::modulo(a, b).map_err(|e| self.arith_error(e))?,
            _ => numeric::pow(a, b),
        })
    }

    fn repeat(&mut self, x: &Val, y: &Val) -> Exec<Val> {
        let text = self.str(x)?;
        let count = self.num(y)?;
        let n = self.repeat_count(count)?;
        if text.is_empty() || n == 0 {
            let mut empty = PerlStr::new();
            empty.set_utf8_flag(text.is_utf8());
            return Ok(Val::Str(empty));
        }
        self.repeat_in_steps(&text, n).map(Val::Str)
    }

    /// How often `x` repeats, with perl's warnings (perlop "Multiplicative Operators").
    pub(super) fn repeat_count(&mut self, count: Numeric) -> Exec<usize> {
        let nothing = match count {
            Numeric::Num(n) if !n.is_finite() => Some("Non-finite"),
            Numeric::Num(n) if n <= -1.0 => Some("Negative"),
            Numeric::Int(n) if n < 0 => Some("Negative"),
            _ => None,
        };
        if let Some(what) = nothing {
            let text = format!("{what} repeat count does nothing");
            self.warn(crate::diag::warnings::Category::Numeric, text)?;
            return Ok(0);
        }
        Ok(match count {
            Numeric::Num(n) if n < 1.0 => 0,
            Numeric::Num(n) if n >= usize::MAX as f64 => usize::MAX,
            Numeric::Num(n) => n as usize,
            other => other.to_u64() as usize,
        })
    }

    /// `n` copies of a text; many megabytes are made piece by piece, with checkpoints.
    fn repeat_in_steps(&mut self, text: &PerlStr, n: usize) -> Exec<PerlStr> {
        const STEP: usize = 1 << 20;
        let total = text.len().checked_mul(n);
        if n < 2 || total.is_some_and(|total| total <= 16 * STEP) {
            return Ok(text.repeat(n)?);
        }
        if text.len() > STEP {
            let mut out = PerlStr::try_with_capacity(total.unwrap_or(usize::MAX))?;
            out.set_utf8_flag(text.is_utf8());
            for _ in 0..n {
                out.try_push_str(text)?;
                self.checkpoint()?;
            }
            return Ok(out);
        }
        let some = STEP / text.len();
        let piece = text.repeat(some)?;
        let mut out = PerlStr::try_with_capacity(total.unwrap_or(usize::MAX))?;
        for _ in 0..n / some {
            out.try_push_bytes(piece.as_bytes())?;
            self.checkpoint()?;
        }
        out.try_push_bytes(&piece.as_bytes()[..n % some * text.len()])?;
        out.set_utf8_flag(text.is_utf8());
        Ok(out)
    }

    fn bitwise(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        let is_text = |v: &Val| matches!(v, Val::Str(_)) || v.is_undef();
        if is_text(x) && is_text(y) && !(x.is_undef() || y.is_undef()) {
            return self.bitwise_str(
                match bin {
                    Bin::BitAnd => Bin::SBitAnd,
                    Bin::BitOr => Bin::SBitOr,
                    _ => Bin::SBitXor,
                },
                x,
                y,
            );
        }
        let (a, b) = self.two_nums(x, y)?;
        let (a, b) = (a.to_u64(), b.to_u64());
        Ok(Val::uint(match bin {
            Bin::BitAnd => a & b,
            Bin::BitOr => a | b,
            _ => a ^ b,
        }))
    }

    fn bitwise_str(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        let (a, b) = self.two_strs(x, y)?;
        let op = match bin {
            Bin::SBitAnd => bits::BitOp::And,
            Bin::SBitOr => bits::BitOp::Or,
            _ => bits::BitOp::Xor,
        };
        match bits::join(op, &a, &b) {
            Ok(text) => Ok(Val::Str(text)),
            Err(_) => {
                let name = op.name();
                Err(self.die(format!(
                    "Use of strings with code points over 0xFF as arguments to {name} operator is not allowed"
                )))
            }
        }
    }

    fn integer_op(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        let (a, b) = self.two_nums(x, y)?;
        // a count stops at the ends of the words, other numbers wrap
        let count = b.to_i64_clamped();
        let (a, b) = (a.to_i64(), b.to_i64());
        Ok(match bin {
            Bin::IAdd => Val::Int(whole::add(a, b)),
            Bin::ISub => Val::Int(whole::sub(a, b)),
            Bin::IMul => Val::Int(whole::mul(a, b)),
            Bin::IDiv => Val::Int(whole::div(a, b).map_err(|e| self.arith_error(e))?),
            Bin::IMod => Val::Int(whole::modulo(a, b).map_err(|e| self.arith_error(e))?),
            Bin::IShl => Val::Int(whole::shift_left(a, count)),
            Bin::IShr => Val::Int(whole::shift_right(a, count)),
            Bin::IBitAnd => Val::Int(a & b),
            Bin::IBitOr => Val::Int(a | b),
            Bin::IBitXor => Val::Int(a ^ b),
            Bin::IEq => Val::Bool(a == b),
            Bin::INe => Val::Bool(a != b),
            Bin::ILt => Val::Bool(a < b),
            Bin::ILe => Val::Bool(a <= b),
            Bin::IGt => Val::Bool(a > b),
            Bin::IGe => Val::Bool(a >= b),
            _ => Val::Int(a.cmp(&b) as i64),
        })
    }

    #[inline(never)]
    pub(in crate::vm) fn unary_reg(&mut self, un: Un, d: R, s: R) -> Exec {
        if un == Un::Defined {
            let answer = self.defined_reg(s)?;
            return self.put(d, Val::Bool(answer));
        }
        let x = self.get(s)?;
        let val = self.unary_op(un, &x)?;
        self.put(d, val)
    }

    /// A unary operator on a value, overloading asked.
    pub fn unary_op(&mut self, un: Un, x: &Val) -> Exec<Val> {
        if x.is_ref() && x.is_overloaded() {
            let key = match un {
                Un::Neg | Un::INeg => "neg",
                Un::Not => "!",
                Un::BitNot | Un::IBitNot | Un::NBitNot => "~",
                Un::SBitNot => "~.",
                _ => "",
            };
            if !key.is_empty()
                && let Some(val) = self.overload_unary(x, key)?
            {
                return Ok(val);
            }
        }
        match un {
            Un::Neg => self.negate(x),
            Un::Not => Ok(Val::Bool(!self.truth(x)?)),
            Un::BitNot => match x {
                Val::Str(_) => self.complement(x),
                _ => Ok(Val::uint(!self.num(x)?.to_u64())),
            },
            Un::SBitNot => self.complement(x),
            Un::NBitNot => Ok(Val::uint(!self.num(x)?.to_u64())),
            Un::INeg => Ok(Val::Int(whole::neg(self.num(x)?.to_i64()))),
            Un::IBitNot => Ok(Val::Int(!self.num(x)?.to_i64())),
            Un::Defined => Ok(Val::Bool(!x.is_undef())),
            Un::Ref => Ok(match x.ref_name() {
                Some(name) => Val::Str(name),
                None => Val::empty(),
            }),
            Un::Length => {
                if x.is_undef() {
                    return Ok(Val::Undef);
                }
                let text = self.str(x)?;
                let bytes = self.hint(crate::diag::hints::BYTES);
                Ok(Val::Int(
                    if bytes { text.len() } else { text.char_len() } as i64
                ))
            }
            Un::Str => Ok(Val::Str(self.str(x)?)),
            Un::Bool => Ok(Val::Bool(self.truth(x)?)),
            Un::Bytes => Ok(match x {
                Val::Str(text) if text.is_utf8() => {
                    Val::Str(crate::text::PerlStr::from_bytes(text.as_bytes()))
                }
                _ => x.clone(),
            }),
            Un::Piece => match x.is_overloaded() && super::pattern::qr_of(x).is_none() {
                true => Ok(self.overload_unary(x, "qr")?.unwrap_or_else(|| x.clone())),
                false => Ok(x.clone()),
            },
        }
    }

    fn negate(&mut self, x: &Val) -> Exec<Val> {
        if let Val::Str(text) = x {
            return Ok(match increment::negate(text)? {
                increment::Outcome::Str(text) => Val::Str(text),
                increment::Outcome::Num(n, warns) => {
                    if warns {
                        self.num(x)?;
                    }
                    n.into()
                }
            });
        }
        Ok(numeric::neg(self.num(x)?).into())
    }

    fn complement(&mut self, x: &Val) -> Exec<Val> {
        let text = self.str(x)?;
        match bits::complement(&text) {
            Ok(text) => Ok(Val::Str(text)),
            Err(_) => Err(self.die(
                "Use of strings with code points over 0xFF as arguments to 1's complement (~) operator is not allowed",
            )),
        }
    }
}

fn compare_nums(bin: Bin, order: Option<Ordering>) -> Val {
    let Some(order) = order else {
        return match bin {
            Bin::Spaceship => Val::Undef,
            Bin::NumNe => Val::Bool(true),
            _ => Val::Bool(false),
        };
    };
    match bin {
        Bin::NumEq => Val::Bool(order.is_eq()),
        Bin::NumNe => Val::Bool(order.is_ne()),
        Bin::NumLt => Val::Bool(order.is_lt()),
        Bin::NumLe => Val::Bool(order.is_le()),
        Bin::NumGt => Val::Bool(order.is_gt()),
        Bin::NumGe => Val::Bool(order.is_ge()),
        _ => Val::Int(order as i64),
    }
}

fn compare_strs(bin: Bin, order: Ordering) -> Val {
    match bin {
        Bin::StrLt => Val::Bool(order.is_lt()),
        Bin::StrLe => Val::Bool(order.is_le()),
        Bin::StrGt => Val::Bool(order.is_gt()),
        Bin::StrGe => Val::Bool(order.is_ge()),
        _ => Val::Int(order as i64),
    }
}
