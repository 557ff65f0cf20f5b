//! Which operands of an operation are registers: for renumbering, checking and the disassembler.
use super::{NO, Op, R};

/// Calls `f` for every register operand of `code` (absent operands, `NO`, are skipped).
pub fn each_reg(code: &mut [Op], f: &mut dyn FnMut(&mut R)) {
    let mut owner = Op::Nop;
    for op in code {
        if let Op::Ext(flags, a, b, c) = op {
            ext_regs(owner, *flags, [a, b, c], f);
        } else {
            owner = *op;
            op_regs(op, &mut |r| {
                if *r != NO {
                    f(r)
                }
            });
        }
    }
}

/// The registers in an `Ext` of the operation `owner`.
fn ext_regs(owner: Op, flags: u8, [a, b, c]: [&mut u16; 3], f: &mut dyn FnMut(&mut R)) {
    let mut reg = |r: &mut R| {
        if *r != NO {
            f(r)
        }
    };
    match owner {
        Op::ConcatX(..) | Op::PrintX(..) => {
            for (i, r) in [a, b, c].into_iter().enumerate() {
                if flags & (1 << i) == 0 {
                    reg(r);
                }
            }
        }
        Op::AElemBin(..) | Op::HElemBin(..) => {
            reg(a);
            reg(b);
        }
        Op::Split(..) => {
            reg(b);
            reg(c);
        }
        Op::IterRange(..) => reg(a),
        Op::AliasElem(..) => reg(a),
        _ => {}
    }
}

/// The registers of one operation (not of its `Ext`s).
#[rustfmt::skip]
pub fn op_regs(op: &mut Op, f: &mut dyn FnMut(&mut R)) {
    use Op::*;
    match op {
        Nop | Ext(..) | Check | Statement | RefList | Mark | MarkCall(_) | PushK(_) | PushI(_) | ListDrop | ListDropN(_)
        | ListJoinN(_) | LSlice | LReverse | LocalAlias(_) | RetL | RetVoid | Enter | Leave | EvalLeave | TryLeave
        | LoopCtl(..) | GotoLabel(_) | StateOnce(..) | Jmp(_) | JWantList(_) | PushArgs(..) | ArgCheck(..) => {}

        LoadK(a, _) | ConstCell(a, _) | LoadI(a, _) | LoadUndef(a) | GGet(a, _) | GCell(a, _) | GArr(a, _) | GHash(a, _) | GGlob(a, _)
        | GCode(a, _) | UpCell(a, _) | MyArr(a) | MyHash(a) | ClearRange(a, _) | ClearTemps(a, _)
        | NewArr(a) | NewHash(a) | Closure(a, _) | ConcatX(_, a) | AppendK(a, _) | Inc(a) | Dec(a) | JT(a, _) | JF(a, _)
        | JDef(a, _) | JUndef(a, _) | JLtI(a, _, _) | JLeI(a, _, _) | JGtI(a, _, _) | JGeI(a, _, _) | JNLtI(a, _, _) | JNLeI(a, _, _) | JNGtI(a, _, _) | JNGeI(a, _, _) | JEqI(a, _, _)
        | JNeI(a, _, _) | ArgShift(a) | ArgGet(a, _) | ArgCount(a) | ArgArr(a) | Push(a)
        | PushAlias(a) | PushArr(a) | PushArrA(a) | ListLast(a) | ListCount(a) | LTake(a, _) | LTakeRest(a, _)
        | LCount(a) | LAssign(_, a) | ASlice(_, a) | HSlice(_, a) | LRepeat(a) | LReverseS(a) | LSort(_, a)
        | IterList(a) | IterEnd(a) | CallL(a, _) | CallShare(a, _) | MethPrep(a, _) | GotoSub(a) | Ret(a) | RetW(a)
        | WantArray(a) | CurSub(a) | Assigned(a) | BiL(_, a) | Qr(a, _) | SubstNext(a, _) | MatchSave(a) | MatchRestore(a)
        | LocalScalar(a, _) | LocalArr(a, _) | LocalHash(a, _) | LocalGlob(_, a, _) | Defer(a)
        | EvalEnter(a, _) | TryEnter(a, _) | LoopCtlDyn(_, a) | GotoDyn(a)
        | GDefined(_, a, _) | UndefThing(_, a) => f(a),
        GSet(_, a) | GAlias(_, a) | PushHash(_, a) | AliasUp(_, _, a) => f(a),

        Move(a, b) | Copy(a, b) | Box(a, b) | RvGet(_, a, b) | RvCell(_, a, b) | RvArr(_, a, b)
        | RvHash(_, a, b) | RvCode(_, a, b) | RvGlob(_, a, b) | RefOf(a, b) | RefArr(a, b) | RefHash(a, b)
        | AddI(a, b, _) | ModI(a, b, _) | AddK(a, b, _) | MulK(a, b, _)
        | Un(_, a, b) | Not(a, b) | BinA(_, a, b) | AddA(a, b) | SubA(a, b) | AppendA(a, b)
        | PostInc(a, b) | PostDec(a, b) | JLt(a, b, _) | JLe(a, b, _) | JNLt(a, b, _) | JNLe(a, b, _) | JEq(a, b, _)
        | JNe(a, b, _) | JSEq(a, b, _) | JSNe(a, b, _) | AGetI(a, b, _) | AElemArrI(a, b, _)
        | AElemHashI(a, b, _) | ARGetI(a, b, _) | AElemBin(a, b) | ALen(a, b) | ALast(a, b) | ASetLast(a, b)
        | APush(a, b) | APushL(a, b) | AUnshiftL(a, b) | APop(a, b) | AShift(a, b) | AAssign(a, b) | HGetK(a, b, _) | HAgainK(a, b, _)
        | HElemK(a, b, _) | HElemArrK(a, b, _) | HElemHashK(a, b, _) | HRGetK(a, b, _) | HElemBin(a, b)
        | HExistsK(a, b, _) | HDeleteK(a, b, _) | HAssign(a, b) | HCount(_, a, b) | Each(_, a, b) | PushAElemA(a, b)
        | PushHElemA(a, b) | PushRange(a, b) | LJoin(a, b) | IterArr(_, a, b) | IterRange(_, a, b) | IterNext(a, b, _)
        | IterNextV(a, b, _) | IterLoop(a, b, _) | IterLoopV(a, b, _) | Call(_, a, b, _) | Arg(a, b) | Bi(_, a, b)
        | BiLv(_, a, b) | Chomp(a, b) | Chop(a, b) | Print(_, a, b) | PrintX(_, a, b)
        | ReadLine(_, a, b) | FileTest(_, a, b) | Match(a, b, _) | Subst(a, b, _) | Trans(a, b, _)
        | Split(_, a, b) | SubstStart(a, b, _) | SubstAdd(a, b) | SubstEnd(a, b) | LocalGlobR(_, a, b)
        | LocalSlot(_, a, b) | EvalStr(_, a, b) | Require(_, a, b) | GlobAssign(a, b)
        | AliasVar(_, a, b) | AliasElem(_, a, b) | PutW(a, b) => { f(a); f(b) }
        ASetI(a, _, b) | HSetK(a, _, b) | HRSetK(a, _, b) => { f(a); f(b) }

        Add(a, b, c) | Sub(a, b, c) | Mul(a, b, c) | Div(a, b, c) | Mod(a, b, c) | Concat(a, b, c) | NumEq(a, b, c)
        | NumNe(a, b, c) | NumLt(a, b, c) | NumLe(a, b, c) | NumGt(a, b, c) | NumGe(a, b, c) | StrEq(a, b, c)
        | StrNe(a, b, c) | Bin(_, a, b, c) | AGet(a, b, c) | ASet(a, b, c) | AElem(a, b, c)
        | AElemArr(a, b, c) | AElemHash(a, b, c) | ARGet(a, b, c) | ARSet(a, b, c) | AElemInc(_, a, b, c)
        | AExists(a, b, c) | ADelete(a, b, c) | HGet(a, b, c) | HSet(a, b, c) | HElem(a, b, c) | HAgain(a, b, c)
        | AAgain(a, b, c)
        | HElemArr(a, b, c) | HElemHash(a, b, c) | HRGet(a, b, c) | HRSet(a, b, c) | HElemInc(_, a, b, c)
        | HExists(a, b, c) | HDelete(a, b, c) | ArgAElem(a, b, c) | ArgHElem(a, b, c) | LocalAElem(a, b, c)
        | LocalHElem(a, b, c) | DeleteLocal(_, a, b, c) | GlobSlot(a, b, c) => { f(a); f(b); f(c) }
    }
}

/// The jump distance of an operation, where it has one.
#[rustfmt::skip]
pub fn jump_of(op: &Op) -> Option<i32> {
    use Op::*;
    Some(match *op {
        Jmp(o) | JT(_, o) | JF(_, o) | JDef(_, o) | JUndef(_, o) | JWantList(o) | SubstNext(_, o) | EvalEnter(_, o)
        | TryEnter(_, o) | StateOnce(_, o) => o,
        JLt(_, _, o) | JLe(_, _, o) | JNLt(_, _, o) | JNLe(_, _, o) | JEq(_, _, o) | JNe(_, _, o) | JLtI(_, _, o)
        | JLeI(_, _, o) | JGtI(_, _, o) | JGeI(_, _, o) | JNLtI(_, _, o) | JNLeI(_, _, o) | JNGtI(_, _, o) | JNGeI(_, _, o) | JEqI(_, _, o) | JNeI(_, _, o) | JSEq(_, _, o) | JSNe(_, _, o)
        | IterNext(_, _, o) | IterNextV(_, _, o) | IterLoop(_, _, o) | IterLoopV(_, _, o) => o.into(),
        _ => return None,
    })
}

/// Sets the jump distance; false where a short one does not hold it.
#[rustfmt::skip]
pub fn set_jump(op: &mut Op, to: i32) -> bool {
    use Op::*;
    match op {
        Jmp(o) | JT(_, o) | JF(_, o) | JDef(_, o) | JUndef(_, o) | JWantList(o) | SubstNext(_, o) | EvalEnter(_, o)
        | TryEnter(_, o) | StateOnce(_, o) => *o = to,
        JLt(_, _, o) | JLe(_, _, o) | JNLt(_, _, o) | JNLe(_, _, o) | JEq(_, _, o) | JNe(_, _, o) | JLtI(_, _, o)
        | JLeI(_, _, o) | JGtI(_, _, o) | JGeI(_, _, o) | JNLtI(_, _, o) | JNLeI(_, _, o) | JNGtI(_, _, o) | JNGeI(_, _, o) | JEqI(_, _, o) | JNeI(_, _, o) | JSEq(_, _, o) | JSNe(_, _, o)
        | IterNext(_, _, o) | IterNextV(_, _, o) | IterLoop(_, _, o) | IterLoopV(_, _, o) => {
            let Ok(short) = i16::try_from(to) else { return false };
            *o = short;
        }
        _ => {}
    }
    true
}

/// Whether an operation's jump is a short (16-bit) one.
pub fn has_short_jump(op: &Op) -> bool {
    jump_of(op).is_some()
        && !matches!(
            op,
            Op::Jmp(_)
                | Op::JT(..)
                | Op::JF(..)
                | Op::JDef(..)
                | Op::JUndef(..)
                | Op::JWantList(_)
                | Op::SubstNext(..)
                | Op::EvalEnter(..)
                | Op::TryEnter(..)
                | Op::StateOnce(..)
        )
}
