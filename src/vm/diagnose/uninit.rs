//! `Use of uninitialized value $x in addition (+)`: naming what was undefined, after the fact,
//! from the operation that complains and the ones that filled its operands.

use crate::bytecode::{Bin, NO, Op, R, Un};
use crate::diag::warnings::Category;
use crate::signature::Builtin;
use crate::value::{Magic, Val};
use crate::vm::Vm;
use crate::vm::die::Exec;
use crate::vm::frame::Frame;

/// How far back the operation that filled a register is looked for.
const BACK: usize = 60;

/// An operator as perl's messages name it.
fn bin_name(bin: Bin) -> &'static str {
    match bin {
        Bin::Add => "addition (+)",
        Bin::Sub => "subtraction (-)",
        Bin::Mul => "multiplication (*)",
        Bin::Div => "division (/)",
        Bin::Mod => "modulus (%)",
        Bin::Pow => "exponentiation (**)",
        Bin::Concat => "concatenation (.) or string",
        Bin::Repeat => "repeat (x)",
        Bin::Shl | Bin::IShl => "left bitshift (<<)",
        Bin::Shr | Bin::IShr => "right bitshift (>>)",
        Bin::BitAnd => "bitwise and (&)",
        Bin::BitOr => "bitwise or (|)",
        Bin::BitXor => "bitwise xor (^)",
        Bin::NBitAnd | Bin::IBitAnd => "numeric bitwise and (&)",
        Bin::NBitOr | Bin::IBitOr => "numeric bitwise or (|)",
        Bin::NBitXor | Bin::IBitXor => "numeric bitwise xor (^)",
        Bin::SBitAnd => "string bitwise and (&.)",
        Bin::SBitOr => "string bitwise or (|.)",
        Bin::SBitXor => "string bitwise xor (^.)",
        Bin::NumEq => "numeric eq (==)",
        Bin::NumNe => "numeric ne (!=)",
        Bin::NumLt => "numeric lt (<)",
        Bin::NumLe => "numeric le (<=)",
        Bin::NumGt => "numeric gt (>)",
        Bin::NumGe => "numeric ge (>=)",
        Bin::Spaceship => "numeric comparison (<=>)",
        Bin::StrEq => "string eq",
        Bin::StrNe => "string ne",
        Bin::StrLt => "string lt",
        Bin::StrLe => "string le",
        Bin::StrGt => "string gt",
        Bin::StrGe => "string ge",
        Bin::StrCmp => "string comparison (cmp)",
        Bin::Xor => "logical xor",
        Bin::Isa => "derived class test (isa)",
        Bin::Smart => "smart match",
        Bin::IAdd => "integer addition (+)",
        Bin::ISub => "integer subtraction (-)",
        Bin::IMul => "integer multiplication (*)",
        Bin::IDiv => "integer division (/)",
        Bin::IMod => "integer modulus (%)",
        Bin::IEq => "integer eq (==)",
        Bin::INe => "integer ne (!=)",
        Bin::ILt => "integer lt (<)",
        Bin::ILe => "integer le (<=)",
        Bin::IGt => "integer gt (>)",
        Bin::IGe => "integer ge (>=)",
        Bin::ICmp => "integer comparison (<=>)",
    }
}

/// Does the operator look at its right operand first?
fn right_first(bin: Bin) -> bool {
    !matches!(
        bin,
        Bin::Concat
            | Bin::Repeat
            | Bin::StrEq
            | Bin::StrNe
            | Bin::StrLt
            | Bin::StrLe
            | Bin::StrGt
            | Bin::StrGe
            | Bin::StrCmp
            | Bin::SBitAnd
            | Bin::SBitOr
            | Bin::SBitXor
    )
}

fn un_name(un: Un) -> &'static str {
    match un {
        Un::Neg => "negation (-)",
        Un::INeg => "integer negation (-)",
        Un::BitNot => "1's complement (~)",
        Un::NBitNot | Un::IBitNot => "numeric 1's complement (~)",
        Un::SBitNot => "string 1's complement (~)",
        Un::Length => "length",
        Un::Str => "string",
        _ => "",
    }
}

/// A function as perl's messages name it.
fn builtin_name(id: u16) -> &'static str {
    let Some(builtin) = crate::signature::BUILTINS.get(id as usize) else {
        return "";
    };
    match builtin {
        Builtin::Join => "join or string",
        Builtin::Chomp => "chomp",
        Builtin::Chop => "chop",
        Builtin::Readpipe => "quoted execution (``, qx)",
        Builtin::Pos => "match position",
        Builtin::Sprintf => "sprintf",
        other => other.name(),
    }
}

impl Vm {
    /// Warns that an undefined value was used.
    #[cold]
    pub(in crate::vm) fn warn_uninit(&mut self) -> Exec {
        if !self.warns(Category::Uninitialized) {
            return Ok(());
        }
        let op = self.op_name();
        let tail = if op.is_empty() {
            String::new()
        } else {
            format!(" in {op}")
        };
        let name = self
            .undefined_name()
            .map_or_else(String::new, |name| format!(" {name}"));
        self.warn(
            Category::Uninitialized,
            format!("Use of uninitialized value{name}{tail}"),
        )
    }

    /// The running operation as messages name it.
    pub(in crate::vm) fn op_name(&self) -> String {
        let Some(op) = self.op() else {
            return String::new();
        };
        if let Some(written) = self.written_operator() {
            return bin_name(written).into();
        }
        let name = match op {
            Op::Add(..) | Op::AddA(..) | Op::AddK(..) => "addition (+)",
            Op::AddI(_, _, i) if i < 0 => "subtraction (-)",
            Op::AddI(..) => "addition (+)",
            Op::ModI(..) => "modulus (%)",
            Op::Sub(..) | Op::SubA(..) => "subtraction (-)",
            Op::Mul(..) | Op::MulK(..) => "multiplication (*)",
            Op::Div(..) => "division (/)",
            Op::Mod(..) => "modulus (%)",
            Op::Concat(..) | Op::ConcatX(..) | Op::AppendA(..) | Op::AppendK(..) => {
                "concatenation (.) or string"
            }
            Op::NumEq(..) | Op::JEq(..) | Op::JEqI(..) => "numeric eq (==)",
            Op::NumNe(..) | Op::JNe(..) | Op::JNeI(..) => "numeric ne (!=)",
            Op::NumLt(..) | Op::JLt(..) | Op::JLtI(..) | Op::JNLt(..) | Op::JNLtI(..) => {
                "numeric lt (<)"
            }
            Op::NumLe(..) | Op::JLe(..) | Op::JLeI(..) | Op::JNLe(..) | Op::JNLeI(..) => {
                "numeric le (<=)"
            }
            Op::NumGt(..) | Op::JGtI(..) | Op::JNGtI(..) => "numeric gt (>)",
            Op::NumGe(..) | Op::JGeI(..) | Op::JNGeI(..) => "numeric ge (>=)",
            Op::StrEq(..) | Op::JSEq(..) => "string eq",
            Op::StrNe(..) | Op::JSNe(..) => "string ne",
            Op::Bin(bin, ..) | Op::BinA(bin, ..) => bin_name(bin),
            Op::AElemBin(..) | Op::HElemBin(..) => match self.ext_after() {
                Some(Op::Ext(bin, ..)) => bin_name(crate::vm::ops::bin_of(bin)),
                _ => "",
            },
            Op::Un(un, ..) => un_name(un),
            Op::Inc(_) | Op::PostInc(..) => "preincrement (++)",
            Op::Dec(_) | Op::PostDec(..) => "predecrement (--)",
            Op::Print(k, ..) | Op::PrintX(k, ..) => match k & 3 {
                0 => "print",
                1 => "say",
                _ => "printf",
            },
            Op::Bi(..) | Op::BiL(..) | Op::BiLv(..) => match self.ext_after() {
                Some(Op::Ext(_, id, ..)) => builtin_name(id),
                _ => "",
            },
            Op::LJoin(..) => "join or string",
            Op::LSort(..) => "sort",
            Op::LReverseS(_) => "reverse",
            Op::LRepeat(_) => "repeat (x)",
            Op::LSlice => "list slice",
            Op::ASlice(..) => "array slice",
            Op::HSlice(..) => "hash slice",
            Op::Chomp(..) => "scalar chomp",
            Op::Chop(..) => "scalar chop",
            Op::Match(..) => "pattern match (m//)",
            Op::Qr(..) => "regexp compilation",
            Op::Subst(..) | Op::SubstStart(..) | Op::SubstNext(..) => "substitution (s///)",
            Op::SubstAdd(..) => "substitution iterator",
            Op::Trans(..) => "transliteration (tr///)",
            Op::Split(..) => "split",
            Op::HGet(..)
            | Op::HSet(..)
            | Op::HElem(..)
            | Op::HRGet(..)
            | Op::HRSet(..)
            | Op::HElemArr(..)
            | Op::HElemHash(..)
            | Op::PushHElemA(..)
            | Op::ArgHElem(..)
            | Op::LocalHElem(..) => "hash element",
            Op::AGet(..)
            | Op::ASet(..)
            | Op::AElem(..)
            | Op::ARGet(..)
            | Op::ARSet(..)
            | Op::AElemArr(..)
            | Op::AElemHash(..)
            | Op::AElemInc(..)
            | Op::PushAElemA(..)
            | Op::ArgAElem(..)
            | Op::LocalAElem(..) => "array element",
            Op::HExists(..) | Op::AExists(..) => "exists",
            Op::HDelete(..) | Op::ADelete(..) => "delete",
            Op::HAssign(..) | Op::LAssign(..) => "list assignment",
            Op::NewHash(_) => "anonymous hash ({})",
            Op::PushRange(..) => "range (or flop)",
            Op::IterRange(..) => "foreach loop entry",
            Op::RvGet(..) | Op::RvCell(..) => "scalar dereference",
            Op::RvArr(..) => "array dereference",
            Op::RvHash(..) => "hash dereference",
            Op::RvCode(..) => "subroutine dereference",
            Op::EvalStr(..) => "eval \"string\"",
            Op::Require(..) => "require",
            Op::ReadLine(..) => "<HANDLE>",
            Op::ASetLast(..) => "scalar assignment",
            Op::FileTest(letter, ..) => return format!("-{}", (letter & 0x7F) as char),
            _ => "",
        };
        name.to_string()
    }

    fn ext_after(&self) -> Option<Op> {
        let (frame, op) = self.here()?;
        frame.proto().unit.code.get(op as usize + 1).copied()
    }

    /// The registers an operation reads, in the order it looks at them.
    fn operands(&self, op: Op) -> Vec<R> {
        match op {
            Op::Add(_, a, b)
            | Op::Sub(_, a, b)
            | Op::Mul(_, a, b)
            | Op::Div(_, a, b)
            | Op::Mod(_, a, b)
            | Op::NumEq(_, a, b)
            | Op::NumNe(_, a, b)
            | Op::NumLt(_, a, b)
            | Op::NumLe(_, a, b)
            | Op::NumGt(_, a, b)
            | Op::NumGe(_, a, b) => vec![b, a],
            Op::JLt(a, b, _) | Op::JLe(a, b, _) | Op::JNLt(a, b, _) | Op::JNLe(a, b, _)
                if self.written_operator().is_some() =>
            {
                // `b > a`
                vec![a, b]
            }
            Op::JLt(a, b, _)
            | Op::JLe(a, b, _)
            | Op::JNLt(a, b, _)
            | Op::JNLe(a, b, _)
            | Op::JEq(a, b, _)
            | Op::JNe(a, b, _) => vec![b, a],
            Op::Bin(bin, _, a, b) if right_first(bin) => vec![b, a],
            Op::Bin(_, _, a, b)
            | Op::Concat(_, a, b)
            | Op::StrEq(_, a, b)
            | Op::StrNe(_, a, b)
            | Op::JSEq(a, b, _)
            | Op::JSNe(a, b, _) => vec![a, b],
            Op::BinA(_, d, s) | Op::AddA(d, s) | Op::SubA(d, s) | Op::AppendA(d, s) => vec![s, d],
            Op::AddI(_, a, _)
            | Op::ModI(_, a, _)
            | Op::AddK(_, a, _)
            | Op::MulK(_, a, _)
            | Op::Un(_, _, a)
            | Op::JLtI(a, ..)
            | Op::JLeI(a, ..)
            | Op::JGtI(a, ..)
            | Op::JGeI(a, ..)
            | Op::JNLtI(a, ..)
            | Op::JNLeI(a, ..)
            | Op::JNGtI(a, ..)
            | Op::JNGeI(a, ..)
            | Op::JEqI(a, ..)
            | Op::JNeI(a, ..)
            | Op::Chomp(_, a)
            | Op::Chop(_, a)
            | Op::SubstAdd(_, a)
            | Op::EvalStr(_, _, a)
            | Op::Require(_, _, a)
            | Op::RvArr(_, _, a)
            | Op::RvHash(_, _, a)
            | Op::RvGet(_, _, a)
            | Op::RvCell(_, _, a)
            | Op::FileTest(_, _, a)
            | Op::Split(_, _, a)
            | Op::LJoin(_, a) => vec![a],
            Op::Match(_, t, m) => {
                let pattern = self
                    .here()
                    .map_or(NO, |(f, _)| f.proto().unit.matches[m as usize].pattern);
                vec![pattern, t]
            }
            Op::Subst(_, t, _) | Op::SubstStart(_, t, _) | Op::Trans(_, t, _) => vec![t],
            Op::HGet(_, _, k)
            | Op::HElem(_, _, k)
            | Op::HRGet(_, _, k)
            | Op::HElemArr(_, _, k)
            | Op::HElemHash(_, _, k)
            | Op::HSet(_, k, _)
            | Op::HRSet(_, k, _)
            | Op::HExists(_, _, k)
            | Op::HDelete(_, _, k)
            | Op::HElemInc(_, _, _, k) => vec![k],
            Op::AGet(_, _, i)
            | Op::AElem(_, _, i)
            | Op::ARGet(_, _, i)
            | Op::ASet(_, i, _)
            | Op::ARSet(_, i, _) => vec![i],
            Op::AElemBin(_, i) | Op::HElemBin(_, i) => match self.ext_after() {
                Some(Op::Ext(_, s, ..)) => vec![s, i],
                _ => vec![i],
            },
            Op::Bi(nw, _, first) => (first..first + (nw & 63) as u16).collect(),
            Op::ConcatX(n, _) => self.listed(n as usize),
            Op::PrintX(k, ..) => self.listed(k as usize >> 2),
            Op::IterRange(_, _, a) => match self.ext_after() {
                Some(Op::Ext(_, b, ..)) => vec![a, b],
                _ => vec![a],
            },
            Op::PushRange(a, b) => vec![a, b],
            _ => Vec::new(),
        }
    }

    /// The registers of the operand list behind the running op.
    fn listed(&self, n: usize) -> Vec<R> {
        let Some((frame, op)) = self.here() else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for i in 0..n {
            if let Some(Op::Ext(flags, a, b, c)) =
                frame.proto().unit.code.get(op as usize + 1 + i / 3)
                && flags >> (i % 3) & 1 == 0
            {
                out.push([*a, *b, *c][i % 3]);
            }
        }
        out
    }

    /// The name of the undefined operand, where perl would know one.
    fn undefined_name(&mut self) -> Option<String> {
        let op = self.op()?;
        if let (Op::LJoin(..), Some(i)) = (op, self.list_item) {
            return self.pushed_name(i);
        }
        let operands = self.operands(op);
        let undefined: Vec<R> = operands
            .into_iter()
            .filter(|r| *r != NO && self.holds_undef(*r))
            .collect();
        if undefined.is_empty() {
            return None;
        }
        // An operation that warns twice means its operands one after the other.
        let again = match self.warned_at {
            (pc, n) if pc == self.pc => n + 1,
            _ => 0,
        };
        self.warned_at = (self.pc, again);
        let reg = undefined[again as usize % undefined.len()];
        let (frame, pc) = self.here()?;
        self.register_name(frame, pc, reg)
    }

    /// Whether a register holds an undefined value. Special variables (`$1`) are asked; tied ones are not, as that
    /// would run their code a second time.
    fn holds_undef(&mut self, reg: R) -> bool {
        match self.raw(reg).loaded_deep() {
            Val::Magic(magic) if matches!(magic.kind, Magic::Special(..)) => {
                self.magic_get(&magic).is_ok_and(|val| val.is_undef())
            }
            val => val.is_undef(),
        }
    }

    /// The name behind item `i` of a list that was pushed item by item.
    fn pushed_name(&self, i: usize) -> Option<String> {
        let (frame, pc) = self.here()?;
        let code = &frame.proto().unit.code;
        let mark = (0..pc as usize)
            .rev()
            .find(|at| matches!(code[*at], Op::Mark))?;
        let mut seen = 0;
        for at in mark..pc as usize {
            match code[at] {
                Op::Push(r) if seen == i => return self.register_name(frame, at as u32, r),
                Op::Push(_) | Op::PushK(_) | Op::PushI(_) => seen += 1,
                Op::PushArr(_)
                | Op::PushHash(..)
                | Op::CallL(..)
                | Op::Call(..)
                | Op::PushArgs(..) => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// The name of the lexical an argument window's entry stands for.
    pub(in crate::vm) fn lexical_name(&self, at: usize) -> Option<String> {
        let (frame, pc) = self.here()?;
        let base = frame.base as usize;
        match self.raw_at(at) {
            Val::Slot(i) => pad_name(frame, pc, (i as usize).checked_sub(base)? as R),
            Val::Cell(cell) => {
                let held = |p: &&crate::bytecode::PadEntry| matches!(self.raw(p.reg), Val::Cell(other) if other.same(&cell));
                let found = frame
                    .proto()
                    .unit
                    .pad
                    .iter()
                    .rev()
                    .find(held)
                    .map(|p| p.name.to_string());
                found.or_else(|| {
                    let captures = &frame.proto().unit.captures;
                    let same = |u: &usize| {
                        matches!(self.captured(*u as u16), Val::Cell(other) if other.same(&cell))
                    };
                    (0..captures.len()).find(same).map(|u| captures[u].name.to_string())
                })
            }
            _ => None,
        }
    }

    fn register_name(&self, frame: &Frame, pc: u32, reg: R) -> Option<String> {
        if let Some(name) = pad_name(frame, pc, reg) {
            return Some(name);
        }
        let (at, filled) = self.filler(frame, pc, reg)?;
        let unit = &frame.proto().unit;
        let plain = |full: &str| full.strip_prefix("main::").unwrap_or(full).to_string();
        match filled {
            Op::GGet(_, g) | Op::GCell(_, g) => {
                Some(format!("${}", plain(&unit.globs[g as usize].name)))
            }
            Op::UpCell(_, u) => Some(unit.captures[u as usize].name.to_string()),
            Op::Move(_, s) | Op::Copy(_, s) | Op::Arg(_, s) | Op::Box(_, s) => {
                self.register_name(frame, at, s)
            }
            Op::AGetI(_, c, i) => {
                let name = self.container_name(frame, at, c)?;
                Some(format!("${name}[{i}]"))
            }
            Op::AGet(_, c, i) => {
                let name = self.container_name(frame, at, c)?;
                let index = self.raw(i).loaded_deep();
                Some(format!("${name}[{}]", index.to_str()))
            }
            Op::HGetK(_, c, k) => {
                let name = self.container_name(frame, at, c)?;
                let key = frame.proto().consts.get(k as usize)?.to_str();
                Some(format!("${name}{{\"{}\"}}", super::quoted(&key, 32)))
            }
            Op::HGet(_, c, k) => {
                let name = self.container_name(frame, at, c)?;
                let key = self.raw(k).loaded_deep();
                if key.is_undef() {
                    return None;
                }
                Some(format!(
                    "${name}{{\"{}\"}}",
                    super::quoted(&key.to_str(), 32)
                ))
            }
            Op::ArgGet(_, i) => Some(format!("$_[{i}]")),
            _ => None,
        }
    }

    /// The name of an array or hash in a container register, without sigil.
    pub(super) fn container_name(&self, frame: &Frame, pc: u32, c: R) -> Option<String> {
        if let Some(name) = pad_name(frame, pc, c) {
            return Some(name[1..].to_string());
        }
        let unit = &frame.proto().unit;
        match self.filler(frame, pc, c)?.1 {
            Op::GArr(_, g) | Op::GHash(_, g) => {
                let full = &unit.globs[g as usize].name;
                Some(full.strip_prefix("main::").unwrap_or(full).to_string())
            }
            Op::UpCell(_, u) => Some(unit.captures[u as usize].name.get(1..)?.to_string()),
            Op::ArgArr(_) => Some("_".into()),
            _ => None,
        }
    }

    /// The operation that filled a register, looked for backwards.
    pub(super) fn filler(&self, frame: &Frame, pc: u32, reg: R) -> Option<(u32, Op)> {
        let code = &frame.proto().unit.code;
        let from = pc as usize;
        let back = if frame.proto().unit.flags.taint {
            2 * BACK
        } else {
            BACK
        };
        for at in (from.saturating_sub(back)..from).rev() {
            let op = *code.get(at)?;
            let filled = match op {
                Op::LoadUndef(d)
                | Op::LoadK(d, _)
                | Op::GGet(d, _)
                | Op::GCell(d, _)
                | Op::GArr(d, _)
                | Op::GHash(d, _)
                | Op::UpCell(d, _)
                | Op::Move(d, _)
                | Op::Copy(d, _)
                | Op::AGetI(d, ..)
                | Op::AGet(d, ..)
                | Op::HGetK(d, ..)
                | Op::HGet(d, ..)
                | Op::AElem(d, ..)
                | Op::HElem(d, ..)
                | Op::HElemK(d, ..)
                | Op::LocalScalar(d, _)
                | Op::Arg(d, _)
                | Op::Box(d, _)
                | Op::ArgGet(d, _)
                | Op::ArgArr(d)
                | Op::Un(_, d, _)
                | Op::HRGetK(d, ..)
                | Op::HRGet(d, ..)
                | Op::ARGetI(d, ..)
                | Op::ARGet(d, ..)
                | Op::RvArr(_, d, _)
                | Op::RvHash(_, d, _)
                | Op::Bi(_, d, _)
                | Op::Call(_, d, ..)
                | Op::CallL(d, _)
                | Op::RvGet(_, d, _)
                | Op::Bin(_, d, ..)
                | Op::AElemArrI(d, ..)
                | Op::HElemHashK(d, ..)
                | Op::HElemArrK(d, ..)
                | Op::AElemHashI(d, ..)
                | Op::ADelete(d, ..)
                | Op::HDelete(d, ..)
                | Op::HDeleteK(d, ..)
                | Op::APop(d, _)
                | Op::AShift(d, _) => d == reg,
                _ => false,
            };
            if filled {
                return Some((at as u32, op));
            }
        }
        None
    }
}

/// The lexical that lives in a register at an op.
fn pad_name(frame: &Frame, pc: u32, reg: R) -> Option<String> {
    let unit = &frame.proto().unit;
    let fits =
        |p: &&crate::bytecode::PadEntry| p.reg == reg && p.visible.0 <= pc + 1 && pc <= p.visible.1;
    unit.pad.iter().rev().find(fits).map(|p| p.name.to_string())
}

impl Val {
    /// What an entry stands for, without asking magic.
    pub(in crate::vm) fn loaded_deep(&self) -> Val {
        match self {
            Val::Cell(cell) => cell.get(),
            other => other.loaded(),
        }
    }
}
