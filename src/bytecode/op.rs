//! table: the operations of the register machine, 8 bytes each, with their contract.
//!
//! `R[x]` is register `x` of the frame. The compiler gives each register one class for the whole unit:
//!
//! * **value**: a temporary. Holds plain values only, never a `Cell`.
//! * **variable**: a lexical scalar. Holds a plain value, or a `Cell` once something needed its identity
//!   (lazy boxing). Reading derefs the cell, writing stores *through* it.
//! * **place**: a temporary that holds a `Cell` (an lvalue in hand). Only ops documented "place t" write one,
//!   and they overwrite it raw; value ops given a place as destination store through its cell.
//! * **container**: holds an array or hash (`Val::ARef`/`Val::HRef` as the container itself): a `my @a` / `my %h`,
//!   or a temporary written raw by an op documented "container t".
//!
//! So every op that writes a *value* to `d` may be given a variable or a place and then assigns to it, with magic,
//! read-only checks and everything; every source operand may be any class and is read through its cell and its magic.
//!
//! **Lists** live on one list stack beside the registers. `Mark` opens a list, `Push*` appends, and the op that consumes
//! "the open list" pops the mark. Lists nest. An op that "yields a list" appends to the list that is open when it starts
//! (after popping its own input list). Entries are values, or `Cell`s where a list is built of aliases.
//!
//! **Argument windows.** The value temporaries are a stack above all other registers, so a window `R[first..first+n]`
//! lies above everything that is live: a callee's frame may begin right behind it. Window registers may be filled by
//! value ops, by `Arg*` and by "place t" ops; the consumer (`Call`, `Bi`, `BiLv`) leaves no `Cell` and no pending
//! alias in them (plain values may stay: they are temporaries that die at the next `ClearTemps`).
//!
//! **Operand lists.** `ConcatX` and `PrintX` are followed by ceil(n/3) `Ext(flags, a, b, c)`: operand i of an Ext is
//! a register, or a constant index where bit i of flags is set.
//!
//! **Unwinding inside a frame.** `EvalEnter`/`TryEnter` are followed by `Ext(0, n, 0, 0)`: `Unit::cleanups[n]` lists
//! the registers to clear before `$@` is set; `LoopInfo::cleanup` likewise for dynamic `next`/`last`/`redo`.
//! `Ret*` drop whatever lists, saves and handlers of the frame are still open.
//!
//! Operands: `R` register, `K` constant, `G` glob table index, `U` capture (upvalue) index; jumps are relative to
//! the *next* op. `Ext` operands follow in the next slot(s) and are skipped by the op that owns them.

/// A register number.
pub type R = u16;
/// Index into [`super::Unit::consts`].
pub type K = u16;
/// Index into [`super::Unit::globs`].
pub type G = u16;
/// Index into the captures of the running closure.
pub type U = u16;
/// "No register": the result is not wanted, the operand is absent.
pub const NO: R = u16::MAX;

/// The context a result is wanted in (perldata "Context").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Want {
    /// Thrown away.
    Void,
    /// One value, written to the destination register.
    Scalar,
    /// Any number of values, appended to the open list.
    List,
    /// Whatever the running sub was called for (tail position).
    Caller,
}

/// Binary operators in their generic form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[rustfmt::skip]
pub enum Bin {
    Add, Sub, Mul, Div, Mod, Pow, Concat, Repeat,
    Shl, Shr, BitAnd, BitOr, BitXor, SBitAnd, SBitOr, SBitXor,
    NumEq, NumNe, NumLt, NumLe, NumGt, NumGe, Spaceship,
    StrEq, StrNe, StrLt, StrLe, StrGt, StrGe, StrCmp,
    Xor, Isa, Smart,
    // `use integer`
    IAdd, ISub, IMul, IDiv, IMod, IEq, INe, ILt, ILe, IGt, IGe, ICmp,
    IShl, IShr, IBitAnd, IBitOr, IBitXor,
    // feature `bitwise`: always numeric
    NBitAnd, NBitOr, NBitXor,
}

/// Unary operators in their generic form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[rustfmt::skip]
pub enum Un { Neg, Not, BitNot, SBitNot, INeg, IBitNot, Defined, Ref, Length, Str, Bool, NBitNot,
    /// The bytes of a string, for `use bytes`.
    Bytes,
    /// A value as part of a pattern: an object may stand for a compiled one.
    Piece }

/// How `Rv*` ops treat what they dereference.
pub mod rv {
    /// Vivify an undefined variable or place into a new referent (lvalue context).
    pub const VIVIFY: u8 = 1;
    /// `use strict "refs"` is in force: a string is an error, not a symbolic reference.
    pub const STRICT: u8 = 2;
    /// rvalue context where an undefined value is an error under strict (`@$x` read): without this bit and
    /// without VIVIFY an undefined value reads as empty (with perl's warning).
    pub const MUST: u8 = 4;
    /// Asked by `defined`/`exists`: never dies for undef, never vivifies.
    pub const PROBE: u8 = 8;
    /// For `local $$s`, `local @$s` and `local %$s`: a name will do, a reference is an error.
    pub const LOCAL_SCALAR: u8 = 16;
    /// See `LOCAL_SCALAR`.
    pub const LOCAL_ARRAY: u8 = 32;
    /// See `LOCAL_SCALAR`.
    pub const LOCAL_HASH: u8 = 64;
    /// Asked by `defined`: a sub that is only declared is none.
    pub const BODY: u8 = 128;
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub enum Op {
    /// Nothing (patched-out slot).
    Nop,
    /// Operands of the op before; never executed.
    Ext(u8, u16, u16, u16),
    /// Looks at what the op before has computed and what the next one reads (perlsec). Stands before every op under -T
    /// and -t, and nowhere else.
    Check,
    /// A statement begins: what it has not read yet cannot have tainted it. Under -T and -t only.
    Statement,
    /// The scalar assignment that left s is over: the rest of the statement is as tainted as s. Under -T and -t only.
    Assigned(R),

    // ---- loads and moves -------------------------------------------------------------------------------------
    /// d = constant k
    LoadK(R, K),
    /// place t = constant k as a read-only scalar, the same each time (what `foreach` goes over, what has a `pos`)
    ConstCell(R, K),
    /// d = integer
    LoadI(R, i32),
    /// d = undef (an assignment)
    LoadUndef(R),
    /// d = s: scalar assignment, `$d = $s`
    Move(R, R),
    /// d = value of s, d a value register: a snapshot of a variable (`f($x, $x++)`-like order needs it)
    Copy(R, R),
    /// d = value of the package scalar g
    GGet(R, G),
    /// package scalar g = s
    GSet(G, R),
    /// place t = the package scalar g
    GCell(R, G),
    /// container t = the package array g
    GArr(R, G),
    /// container t = the package hash g
    GHash(R, G),
    /// d = the glob itself (`*foo`)
    GGlob(R, G),
    /// d = reference to the package sub g (`\&foo`; defines a stub if there is none)
    GCode(R, G),
    /// place/container t = captured variable u
    UpCell(R, U),
    /// place t = variable r, boxing it
    Box(R, R),
    /// `my @x` executed: container r = a fresh array if it holds none yet (what it holds is kept: `ClearRange` made it
    /// fresh, or it is the preset first instance)
    MyArr(R),
    /// the same for a hash
    MyHash(R),
    /// Scope exit: variables and containers r..r+n; unshared ones are emptied and kept, shared ones let go (perl's clearsv)
    ClearRange(R, u16),
    /// Statement end: value and place temporaries r..r+n are dropped
    ClearTemps(R, u16),

    // ---- dereference -----------------------------------------------------------------------------------------
    /// d = $$s  (flags rv::*)
    RvGet(u8, R, R),
    /// place t = $$s
    RvCell(u8, R, R),
    /// container t = @$s; s must be a variable or place where VIVIFY is given
    RvArr(u8, R, R),
    /// container t = %$s
    RvHash(u8, R, R),
    /// d = code reference for &$s
    RvCode(u8, R, R),
    /// d = glob for *$s / *{"name"} / a handle
    RvGlob(u8, R, R),
    /// d = \ place or variable s (boxes a variable); s a value register: a reference to a new scalar with a copy of it,
    /// or a GLOB reference to the glob it holds
    RefOf(R, R),
    /// d = reference to container c
    RefArr(R, R),
    /// d = reference to container c
    RefHash(R, R),
    /// Open list of places/containers/subs -> yields a list of references (`\(@a)` already flattened by the compiler)
    RefList,
    /// d = [ open list ] (values copied)
    NewArr(R),
    /// d = { open list } (values copied; odd count warns)
    NewHash(R),
    /// d = new closure over unit.subs[k]; captures as that unit's table says
    Closure(R, u16),

    // ---- arithmetic, strings, comparison -----------------------------------------------------------------------
    Add(R, R, R),
    Sub(R, R, R),
    Mul(R, R, R),
    Div(R, R, R),
    Mod(R, R, R),
    /// d = a + integer; a negative integer was a subtraction (overloading: `-`); d == a: from `+=`, `-=` as far as
    /// overloading is concerned
    AddI(R, R, i16),
    /// d = a op constant (DivK-like forms load the constant)
    AddK(R, R, K),
    /// d = a % positive integer
    ModI(R, R, i16),
    MulK(R, R, K),
    /// d = a . b
    Concat(R, R, R),
    /// d = concatenation of n operands of an operand list, built before d is written (d may be an operand); operands
    /// with overloading: pairwise from the left
    ConcatX(u8, R),
    NumEq(R, R, R),
    NumNe(R, R, R),
    NumLt(R, R, R),
    NumLe(R, R, R),
    NumGt(R, R, R),
    NumGe(R, R, R),
    StrEq(R, R, R),
    StrNe(R, R, R),
    /// d = a <bin> b, any operator
    Bin(Bin, R, R, R),
    /// d = <un> s
    Un(Un, R, R),
    /// d = !s
    Not(R, R),
    /// place/variable d <bin>= s  (overload's assignment variants, no uninitialized warning where perl gives none)
    BinA(Bin, R, R),
    /// d += s, d -= s, d .= s
    AddA(R, R),
    SubA(R, R),
    AppendA(R, R),
    /// d .= constant
    AppendK(R, K),
    /// ++d / --d (d variable or place); the result, if wanted, is read from d afterwards
    Inc(R),
    Dec(R),
    /// d = v++ / v--
    PostInc(R, R),
    PostDec(R, R),

    // ---- jumps (relative to the next op; backward ones are safe points) ------------------------------------------
    Jmp(i32),
    JT(R, i32),
    JF(R, i32),
    JDef(R, i32),
    JUndef(R, i32),
    JLt(R, R, i16),
    JLe(R, R, i16),
    /// jump unless a < b, unless a <= b (not the same as >=, > for NaN); `a > b` is compiled as `b < a`
    JNLt(R, R, i16),
    JNLe(R, R, i16),
    JEq(R, R, i16),
    JNe(R, R, i16),
    /// compare with a small integer
    JLtI(R, i16, i16),
    JLeI(R, i16, i16),
    JGtI(R, i16, i16),
    JGeI(R, i16, i16),
    JNLtI(R, i16, i16),
    JNLeI(R, i16, i16),
    JNGtI(R, i16, i16),
    JNGeI(R, i16, i16),
    JEqI(R, i16, i16),
    JNeI(R, i16, i16),
    JSEq(R, R, i16),
    JSNe(R, R, i16),
    /// Jump by the context the sub was called in: list -> off (falls through for scalar and void)
    JWantList(i32),

    // ---- arrays: c is a container register -----------------------------------------------------------------------
    /// d = $c[i]
    AGet(R, R, R),
    /// d = $c[imm] (negative from the end)
    AGetI(R, R, i16),
    /// $c[i] = s
    ASet(R, R, R),
    ASetI(R, i16, R),
    /// place t = $c[i], created; dies for a negative index out of range
    AElem(R, R, R),
    /// container t = @{ $c[i] } / %{ $c[i] }, vivified inside the element (strictness from the hints at pc)
    AElemArr(R, R, R),
    AElemHash(R, R, R),
    AElemArrI(R, R, i16),
    AElemHashI(R, R, i16),
    /// `$x->[i]` through a scalar register x that holds a reference (vivifies x; strictness from the hints at pc)
    ARGet(R, R, R),
    ARGetI(R, R, i16),
    ARSet(R, R, R),
    /// In-place `$c[i] <bin>= s`: Ext(Bin as u8, s, d or NO, -)
    AElemBin(R, R),
    /// In-place ++ -- of $c[i]: kind 0 ++x 1 --x 2 x++ 3 x--; d may be NO: (kind, d, c, i)
    AElemInc(u8, R, R, R),
    /// d = scalar(@c)
    ALen(R, R),
    /// d = $#c
    ALast(R, R),
    /// $#c = s
    ASetLast(R, R),
    /// push @c, s ; push @c, open list (d = new length or NO)
    APush(R, R),
    APushL(R, R),
    AUnshiftL(R, R),
    /// d = pop/shift @c (d may be NO)
    APop(R, R),
    AShift(R, R),
    /// d = shift @_ on the argument window (subs whose @_ was not made real)
    ArgShift(R),
    /// d = $_[imm] of the window
    ArgGet(R, u16),
    /// d = scalar(@_)
    ArgCount(R),
    /// Append @_ of the window from argument i on: values / aliases
    PushArgs(u8, u16),
    /// container t = @_ as a real array (made on first use in this frame)
    ArgArr(R),
    /// @c = open list (values copied first: safe when the list aliases @c); d = count or NO
    AAssign(R, R),
    /// exists $c[i] / delete $c[i]
    AExists(R, R, R),
    ADelete(R, R, R),

    // ---- hashes ---------------------------------------------------------------------------------------------------
    HGet(R, R, R),
    HGetK(R, R, K),
    HSet(R, R, R),
    HSetK(R, K, R),
    /// d = $c{k} where c, a hash or a reference to one, makes something of what it is given (tie, %ENV); else d stays
    HAgain(R, R, R),
    HAgainK(R, R, K),
    /// the same of an array
    AAgain(R, R, R),
    HElem(R, R, R),
    HElemArr(R, R, R),
    HElemHash(R, R, R),
    /// the same with a constant key
    HElemK(R, R, K),
    HElemArrK(R, R, K),
    HElemHashK(R, R, K),
    /// `$x->{k}` through a scalar register x that holds a reference
    HRGet(R, R, R),
    HRGetK(R, R, K),
    HRSet(R, R, R),
    HRSetK(R, K, R),
    /// In-place `$c{k} <bin>= s`: Ext(Bin as u8, s, d or NO, -)
    HElemBin(R, R),
    /// In-place ++ --: (kind, d, c, key)
    HElemInc(u8, R, R, R),
    HExists(R, R, R),
    HDelete(R, R, R),
    HExistsK(R, R, K),
    HDeleteK(R, R, K),
    /// %c = open list; d = result in scalar context (number of right-hand values) or NO
    HAssign(R, R),
    /// keys/values/kv appended to the open list: kind 0 keys, 1 values (copies), 2 values (aliases), 3 key-value pairs,
    /// 4 keys and aliases of their values
    PushHash(u8, R),
    /// d = scalar(keys %c): resets the iterator; kind 1: scalar(%c), does not
    HCount(u8, R, R),
    /// `each`: kind 0 hash, 1 array; list: appends key and value; scalar: key to d   (kind|want<<4, d, c).
    /// Kind 2: an array's iterator begins anew (keys, values)
    Each(u8, R, R),

    // ---- lists ----------------------------------------------------------------------------------------------------
    Mark,
    /// Like Mark for the arguments of a call of site s: remembers whether the callee only copies its arguments,
    /// so that PushArg*/PushArrA push copies then
    MarkCall(u16),
    /// append a value; a container register: the container itself (for `LAssign`, `RefList`)
    Push(R),
    PushK(K),
    PushI(i32),
    /// append an alias: the variable r (boxed) or the cell of place r
    PushAlias(R),
    /// append elements: values
    PushArr(R),
    /// append elements: aliases
    PushArrA(R),
    /// append an alias of element c[i] / c{k}, deferred (a copy of its value where the open mark is a `MarkCall` of a
    /// callee that only copies)
    PushAElemA(R, R),
    PushHElemA(R, R),
    /// append a..b
    PushRange(R, R),
    /// d = last value of the open list or undef (comma operator's value); pops the mark
    ListLast(R),
    /// d = number of entries; pops the mark
    ListCount(R),
    /// throw the open list away
    ListDrop,
    /// Throw the n innermost open lists away (leaving blocks in the middle of an expression)
    ListDropN(u16),
    /// Move the values of the open list to the list n marks below it, throwing those in between away (n = 1: ListJoin)
    ListJoinN(u16),
    /// list assignment, reading the open (right-hand) list without consuming it: variable d = entry i or undef
    LTake(R, u16),
    /// container c = entries i.. (array / hash by what c holds)
    LTakeRest(R, u16),
    /// d = number of entries
    LCount(R),
    /// General list assignment: the open list holds the places and containers of the left side, the list below it the
    /// right-hand values; both are consumed. (want, d): scalar = right-hand count; list = the left side's places
    LAssign(u8, R),
    /// array slice: open list of indexes -> values (kind 0), places (1), index/value pairs (2), delete (3), local
    /// places (4), delete local (5), delete of pairs `delete %a[..]` (6), deferred places (7, sub arguments, foreach),
    /// assignment (8: the list below holds the values; nothing is yielded)
    ASlice(u8, R),
    HSlice(u8, R),
    /// list slice: list below = values, open list = indexes; yields a list
    LSlice,
    /// repeat the open list s times (`(1,2) x 3`); like `LReverse` and `LSort` it closes its list and yields to the one
    /// below
    LRepeat(R),
    /// reverse the open list; scalar form: d = reversed concatenation
    LReverse,
    LReverseS(R),
    /// sort the open list: kind 0 default, 1 numeric asc, 2 numeric desc, 3 string desc, 4 by code in r (block or sub),
    /// 5 integer; +8 stable/`use sort`, +16 reversed, +32 aliases stay aliases
    LSort(u8, R),
    /// d = join(sep, open list)
    LJoin(R, R),

    // ---- iteration ------------------------------------------------------------------------------------------------
    /// it = iterator over the open list (aliases), which is consumed
    IterList(R),
    /// it = iterator over the live array c (foreach (@a): sees pushes); flag 1: reversed
    IterArr(u8, R, R),
    /// it = iterator over the integers or strings a..b (lazy); flag 1: reversed
    IterRange(u8, R, R),
    // (IterRange: operands it, a; b in Ext(0,b,_,_))
    /// place var = next item of it, or jump when there is none
    IterNext(R, R, i16),
    /// variable var = next integer of a counting iterator, unboxed: used where the loop variable is not captured,
    /// aliased or modified (falls back to what IterNext does for other iterators, copying the value)
    IterNextV(R, R, i16),
    /// The same two at the bottom of the loop: take the next item and jump back; fall through when there is none
    /// (a safe point)
    IterLoop(R, R, i16),
    IterLoopV(R, R, i16),
    /// package scalar g := alias of the cell in place r (foreach/map/grep over $_); restored by the Saves entry of LocalAlias
    GAlias(G, R),
    /// save the slot of g so that leaving the scope puts the old scalar back
    LocalAlias(G),
    /// drop the iterator
    IterEnd(R),

    // ---- calls ----------------------------------------------------------------------------------------------------
    /// Call with n arguments in R[first..first+n]; site names the callee (CallSite::target); result to d by site.want.
    /// Arguments that are variables are pushed with Arg so that the callee may alias them
    Call(u8, R, R, u16),
    /// prepare a fixed argument: R[t] = lazy alias of variable v (resolved at the call: copied for a callee that only
    /// copies, boxed otherwise)
    Arg(R, R),
    /// prepare a fixed argument that is an element: R[t] = alias of c[i] / c{k}, deferred; where the callee of the site
    /// in Ext(0, site, 0, 0) is known to only copy, its value
    ArgAElem(R, R, R),
    ArgHElem(R, R, R),
    /// Call with the open list as arguments: (d, site)
    CallL(R, u16),
    /// `&f;`: call with the caller's @_ itself
    CallShare(R, u16),
    /// Look up the method of site for the invocant in r before the arguments are pushed (inline cache; tells MarkCall)
    MethPrep(R, u16),
    /// goto &sub: r = code; leaves the frame
    GotoSub(R),
    /// return R[r]
    Ret(R),
    /// return the open list (in scalar context: its last value)
    RetL,
    /// return nothing: undef or the empty list
    RetVoid,
    /// return what an op with Want::Caller left: the open list in list context, R[r] in scalar context
    RetW(R),
    /// Signature: die unless the number of arguments is in min..=max (max NO: any); flag 1: a hash takes what is
    /// beyond max's place `Ext(0, first, 0, 0)` and needs an even number. `Too few arguments for subroutine 'main::f'
    /// (got 1; expected 2)`, `(got 0; expected at least 1)`, `Too many ...`, `Odd name/value argument for subroutine 'main::f'`
    ArgCheck(u8, u16, u16),
    /// leave a value as an op with Want::Caller would: list context appends s to the open list, else d = s: (d, s)
    PutW(R, R),
    /// `wantarray`
    WantArray(R),
    /// d = __SUB__
    CurSub(R),

    // ---- builtins (signature::Index numbers) -----------------------------------------------------------------------
    /// builtin id (`signature::Builtin as u16`) in Ext: n arguments in R[first..]; Bi(n | want<<6, d, first),
    /// Ext(0,id,0,0). n at most 63. want Void/Scalar: d (may be NO) receives the result; List: appended. Arguments the
    /// builtin writes (`read`, `open` ...) or keeps (`tie $x`) come as aliases (`Arg`, "place t"), arrays and hashes as
    /// references (`tie @a`, `splice @a`), handles as globs (`FH`) or whatever the expression gave
    Bi(u8, R, R),
    /// the same with the open list as arguments: (want, d), Ext(0,id,1 if `system {prog} list`: first the program,0).
    /// `eof()` has one argument, undef; `eof` none
    BiL(u8, R),
    /// The builtin's result as an lvalue (substr, vec, pos, keys ...): place t. (n, t, first), Ext(0,id,0,0)
    BiLv(u8, R, R),
    /// chomp/chop a variable or place: (d or NO, x)
    Chomp(R, R),
    Chop(R, R),
    /// print/say/printf: kind 0 print 1 say 2 printf; fh register or NO for the selected handle; d or NO; open list
    Print(u8, R, R),
    /// the same for an operand list of n operands: (kind | n<<2, fh or NO, d or NO)
    PrintX(u8, R, R),
    /// <$fh>: (want, d, handle register); list: appends all lines. 0x80: <> / <ARGV>; 0x40 |: <<>>
    ReadLine(u8, R, R),
    /// file test: (letter, d, s); letter | 0x80: on the stat buffer of the last test (stacked tests, `-x _`), s unused
    FileTest(u8, R, R),

    // ---- regex -----------------------------------------------------------------------------------------------------
    /// unit.matches[m]: d = result in scalar context / appended list; target register t (NO: none needed)
    Match(R, R, u16),
    /// unit.substs[m]: (d, target place, m); the replacement is code in the same unit between SubstNext and SubstEnd
    Subst(R, R, u16),
    /// unit.trans[m]
    Trans(R, R, u16),
    /// d = compiled qr// of unit.matches[m]
    Qr(R, u16),
    /// split: pattern unit.matches[m] (m NO: ' '), string s, limit l (NO: none given); yields list / count:
    /// (want,d,s), Ext(0,m,l,c or NO); c: container that receives the fields (`@c = split`), d then their number
    Split(u8, R, R),
    /// s/// with a computed replacement: it = matcher over place or variable t (a value for /r), unit.substs[m]
    SubstStart(R, R, u16),
    /// next match of it (sets captures) or jump
    SubstNext(R, i32),
    /// add the replacement r
    SubstAdd(R, R),
    /// d = result, target stored
    SubstEnd(R, R),
    /// Save / restore the "last successful match" around a block that matches (perlre: dynamic scope)
    MatchSave(R),
    MatchRestore(R),

    // ---- dynamic scope ----------------------------------------------------------------------------------------------
    /// open / close a scope of the save stack (`local`, hints, defer)
    Enter,
    Leave,
    /// place t = local $g (fresh undef)
    LocalScalar(R, G),
    LocalArr(R, G),
    LocalHash(R, G),
    LocalGlob(u8, R, G),
    /// place t = local $c[i] / $c{k}
    LocalAElem(R, R, R),
    LocalHElem(R, R, R),
    /// delete local: d = value: kind 0 array 1 hash
    DeleteLocal(u8, R, R, R),
    /// t = the glob in register g, localized: (t, g)
    LocalGlobR(u8, R, R),
    /// local on a slot of the glob in register g: kind 0 scalar (place t) 1 array (container t) 2 hash (container t)
    LocalSlot(u8, R, R),
    /// run closure r when the scope is left (defer, finally)
    Defer(R),
    /// push an eval handler: on die continue at the jump with $@ set; d (if not NO) receives undef, open lists are cut
    /// to their height here: (d, off), Ext(0, cleanup, 0, 0) follows
    EvalEnter(R, i32),
    /// leave the eval normally: pops the handler after a safe point, $@ = ""
    EvalLeave,
    /// try/catch: like EvalEnter but the error goes to variable d and $@ is untouched
    TryEnter(R, i32),
    TryLeave,
    /// eval STRING: (want, d, s), Ext(0, flags, scope, 0)  flags 1: evalbytes
    EvalStr(u8, R, R),
    /// require / do FILE / use at run time: kind 0 require value 1 require bareword (constant) 2 do FILE 3 version: (kind|want<<4, d, s)
    Require(u8, R, R),
    /// dynamic next/last/redo: kind 0 next 1 last 2 redo, label constant or NO: leaves subs and evals as perl does
    LoopCtl(u8, K),
    LoopCtlDyn(u8, R),
    /// goto LABEL resolved at run time: constant / register
    GotoLabel(K),
    GotoDyn(R),
    /// capture u is a scalar made by CaptureFrom::State for this purpose: if it is true jump, else set it to 1
    StateOnce(U, i32),

    // ---- globs, packages -----------------------------------------------------------------------------------------------
    /// *g = s (glob assignment by the type of s); g in register
    GlobAssign(R, R),
    /// d = *{r}{THING}: the thing's name in a register
    GlobSlot(R, R, R),
    /// kind 0 `defined &name`, 1 `exists &name`, 2 `defined @name`-like existence of the array, 3 of the hash: (kind, d, g)
    GDefined(u8, R, G),
    /// refaliasing (`\$x = $ref`): register x (variable or container) becomes an alias of the referent of r; kind
    /// 0 scalar 1 array 2 hash 3 code; dies `Assigned value is not a reference` / `... is not a SCALAR reference`
    AliasVar(u8, R, R),
    /// the same for capture u
    AliasUp(u8, U, R),
    /// the same for an element: kind 0 c[i], 1 c{k}: (kind, c, i), Ext(0, r, 0, 0)
    AliasElem(u8, R, R),
    /// undef of a thing: kind 0 scalar place 1 array 2 hash 3 code 4 glob
    UndefThing(u8, R),
}
