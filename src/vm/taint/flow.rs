//! table: what an operation reads and computes, as far as taint is concerned.
//!
//! As in perl only what computes a value of its own taints it: assignments, arguments and list building hand values on
//! with the flag they have, truth values never carry one.

use crate::bytecode::{NO, Op, R};

/// Registers an operation reads, and the one that gets what it computes.
pub(super) struct Flow {
    /// Read.
    pub reads: [R; 3],
    /// Computed; `NO` for none.
    pub result: R,
}

/// Reads these, computes that.
const fn flow(result: R, reads: [R; 3]) -> Flow {
    Flow { reads, result }
}

/// What an operation does; those with more to them are seen to in `step`.
#[rustfmt::skip]
pub(super) fn of(op: Op) -> Flow {
    use Op::*;
    match op {
        Add(d, a, b) | Sub(d, a, b) | Mul(d, a, b) | Div(d, a, b) | Mod(d, a, b) | Concat(d, a, b)
        | NumEq(d, a, b) | NumNe(d, a, b) | NumLt(d, a, b) | NumLe(d, a, b) | NumGt(d, a, b) | NumGe(d, a, b)
        | StrEq(d, a, b) | StrNe(d, a, b) | Bin(_, d, a, b) => flow(d, [a, b, NO]),
        AddI(d, a, _) | ModI(d, a, _) | AddK(d, a, _) | MulK(d, a, _) | Un(_, d, a) | Not(d, a)
        | FileTest(_, d, a) | Trans(d, a, _) | Chomp(d, a) | Chop(d, a) => flow(d, [a, NO, NO]),
        BinA(_, d, a) | AddA(d, a) | SubA(d, a) | AppendA(d, a) => flow(d, [d, a, NO]),
        AppendK(d, _) => flow(d, [d, NO, NO]),
        LJoin(d, s) => flow(d, [s, NO, NO]),
        LReverseS(d) | APushL(_, d) | AUnshiftL(_, d) | Print(_, _, d) | PrintX(_, _, d) => flow(d, [NO; 3]),
        Qr(_, _) => flow(NO, [NO; 3]),

        JT(a, _) | JF(a, _) | JDef(a, _) | JUndef(a, _) | JLtI(a, ..) | JLeI(a, ..) | JGtI(a, ..) | JGeI(a, ..)
        | JNLtI(a, ..) | JNLeI(a, ..) | JNGtI(a, ..) | JNGeI(a, ..) | JEqI(a, ..) | JNeI(a, ..) => flow(NO, [a, NO, NO]),
        JLt(a, b, _) | JLe(a, b, _) | JNLt(a, b, _) | JNLe(a, b, _) | JEq(a, b, _) | JNe(a, b, _) | JSEq(a, b, _)
        | JSNe(a, b, _) => flow(NO, [a, b, NO]),

        RvGet(_, _, s) | RvCell(_, _, s) | RvArr(_, _, s) | RvHash(_, _, s)
        | RvGlob(_, _, s) | Require(_, _, s) | APush(_, s) | LRepeat(s) | ASetLast(_, s) => flow(NO, [s, NO, NO]),
        PushRange(a, b) => flow(NO, [a, b, NO]),
        _ => flow(NO, [NO; 3]),
    }
}

/// The register of the subscript an operation takes, `NO` for none.
#[rustfmt::skip]
pub(super) fn index(op: Op) -> R {
    use Op::*;
    match op {
        AGet(_, _, i) | AElem(_, _, i) | AElemArr(_, _, i) | AElemHash(_, _, i) | ARGet(_, _, i) | AExists(_, _, i)
        | ADelete(_, _, i) | HGet(_, _, i) | HElem(_, _, i) | HElemArr(_, _, i) | HElemHash(_, _, i)
        | HRGet(_, _, i) | HExists(_, _, i) | HDelete(_, _, i) | ASet(_, i, _) | ARSet(_, i, _) | HSet(_, i, _)
        | HRSet(_, i, _) | AElemBin(_, i) | HElemBin(_, i) | AElemInc(_, _, _, i) | HElemInc(_, _, _, i) => i,
        _ => NO,
    }
}
