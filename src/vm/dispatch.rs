//! table: the loop, one line per operation. Fast ways are macros of `fast`; the rest is in `ops`.

use super::Vm;
use super::die::Exec;
use super::fast::*;
use crate::bytecode::{Bin, Op};
use crate::text::numeric::PRINTS_WHOLE;
use crate::value::Val;

impl Vm {
    /// Runs until `floor` frames are left.
    pub(super) fn run(&mut self, floor: usize) -> Exec {
        loop {
            match self.run_ops(floor) {
                Ok(()) => return Ok(()),
                Err(die) => self.unwind(die, floor)?,
            }
        }
    }

    /// Runs until `floor` frames are left, or something stops it.
    #[allow(clippy::cognitive_complexity)]
    fn run_ops(&mut self, floor: usize) -> Exec {
        let mut pc = self.pc;
        let mut r = self.r;
        let word: *const std::sync::atomic::AtomicU32 = &*self.word;

        /// A register's place.
        macro_rules! at {
            ($a:expr) => {
                // SAFETY: operands lie below the frame's number of registers.
                unsafe { &mut *r.add($a as usize) }
            };
        }
        /// Attends to what is pending.
        macro_rules! safe {
            () => {
                // SAFETY: the word lives as long as the machine.
                if unsafe { (*word).load(std::sync::atomic::Ordering::Relaxed) } != 0 {
                    self.pc = pc;
                    self.attend()?;
                }
            };
        }
        /// Work outside the loop.
        macro_rules! slow {
            ($($e:tt)*) => {{
                self.pc = pc;
                self.$($e)*?;
                safe!();
            }};
        }
        /// Work outside the loop that changes the frame or the place to go on.
        macro_rules! moves {
            ($($e:tt)*) => {{
                self.pc = pc;
                self.$($e)*?;
                pc = self.pc;
                r = self.r;
                safe!();
            }};
        }
        macro_rules! jump {
            ($off:expr) => {{
                let off = $off as isize;
                // SAFETY: the compiler made the target an op of this unit.
                pc = unsafe { pc.offset(off) };
                if off < 0 {
                    safe!();
                }
            }};
        }
        macro_rules! skip {
            () => {
                // SAFETY: an Ext follows.
                pc = unsafe { pc.add(1) }
            };
        }
        macro_rules! arith {
            ($d:ident, $a:ident, $b:ident, $int:ident, $num:tt, $bin:expr) => {{
                let done = match (&*at!($a), &*at!($b)) {
                    (Val::Int(x), Val::Int(y)) => match x.$int(*y) {
                        Some(n) => store_int(at!($d), n),
                        None => false,
                    },
                    (Val::Num(x), Val::Num(y)) => { let n = *x $num *y; n.abs() < PRINTS_WHOLE && store_num(at!($d), n) }
                    _ => false,
                };
                if !done && !calculate($bin, at!($d), at!($a), at!($b)) {
                    slow!(bin_regs($bin, $d, $a, $b))
                }
            }};
        }
        macro_rules! arith_k {
            ($d:ident, $a:ident, $k:ident, $int:ident, $num:tt, $bin:expr) => {{
                let k = self.const_at($k);
                // SAFETY: constants stand still while their unit runs.
                let done = match (&*at!($a), unsafe { &*k }) {
                    (Val::Int(x), Val::Int(y)) => match x.$int(*y) {
                        Some(n) => store_int(at!($d), n),
                        None => false,
                    },
                    (Val::Num(x), Val::Num(y)) => { let n = *x $num *y; n.abs() < PRINTS_WHOLE && store_num(at!($d), n) }
                    _ => false,
                };
                if !done && !calculate($bin, at!($d), at!($a), k) {
                    slow!(bin_const($bin, $d, $a, k))
                }
            }};
        }
        macro_rules! compare {
            ($d:ident, $a:ident, $b:ident, $op:tt, $bin:expr) => {{
                let answer = match (&*at!($a), &*at!($b)) {
                    (Val::Int(x), Val::Int(y)) => Some(x $op y),
                    (Val::Num(x), Val::Num(y)) => Some(x $op y),
                    (x, y) => match numbers(x, y) {
                        Some((x, y)) => Some(x $op y),
                        None => None,
                    },
                };
                match answer {
                    Some(answer) if store_bool(at!($d), answer) => {}
                    _ => slow!(bin_regs($bin, $d, $a, $b)),
                }
            }};
        }
        macro_rules! jump_if {
            ($a:ident, $b:ident, $off:ident, $op:tt, $bin:expr, $want:expr) => {{
                let answer = match (&*at!($a), &*at!($b)) {
                    (Val::Int(x), Val::Int(y)) => x $op y,
                    (Val::Num(x), Val::Num(y)) => x $op y,
                    (x, y) => match numbers(x, y) {
                        Some((x, y)) => x $op y,
                        None => { self.pc = pc; let answer = self.test_regs($bin, $a, $b)?; safe!(); answer }
                    },
                };
                if answer == $want {
                    jump!($off)
                }
            }};
        }
        macro_rules! jump_if_i {
            ($a:ident, $i:ident, $off:ident, $op:tt, $bin:expr, $want:expr) => {{
                let answer = match &*at!($a) {
                    Val::Int(x) => *x $op ($i as i64),
                    Val::Num(x) => *x $op ($i as f64),
                    x => match number(x) {
                        Some(x) => x $op ($i as f64),
                        None => { self.pc = pc; let answer = self.test_int($bin, $a, $i)?; safe!(); answer }
                    },
                };
                if answer == $want {
                    jump!($off)
                }
            }};
        }
        macro_rules! truth {
            ($a:ident) => {
                match &*at!($a) {
                    Val::Bool(b) => *b,
                    Val::Int(n) => *n != 0,
                    Val::Undef => false,
                    x => match truth(x) {
                        Some(answer) => answer,
                        None => {
                            self.pc = pc;
                            let answer = self.truth_reg($a)?;
                            safe!();
                            answer
                        }
                    },
                }
            };
        }
        macro_rules! ret {
            ($($e:tt)*) => {{
                self.pc = pc;
                self.$($e)*?;
                if self.frames.len() <= floor || self.round_done {
                    return Ok(());
                }
                pc = self.pc;
                r = self.r;
                safe!();
            }};
        }

        loop {
            // SAFETY: pc stays within the code of the running unit, which ends in a Ret.
            let op = unsafe { &*pc };
            // SAFETY: as above.
            pc = unsafe { pc.add(1) };
            match *op {
                Op::Nop | Op::Ext(..) | Op::Statement | Op::Assigned(_) => {}
                Op::Check => slow!(taint_step()),

                // ---- loads and moves
                Op::LoadK(d, k) => {
                    if !copy_value(at!(d), self.const_at(k)) {
                        slow!(load_const(d, k))
                    }
                }
                Op::ConstCell(t, k) => slow!(const_cell(t, k)),
                Op::LoadI(d, n) => {
                    if !store_int(at!(d), n as i64) {
                        slow!(put(d, Val::Int(n as i64)))
                    }
                }
                Op::LoadUndef(d) => slow!(put(d, Val::Undef)),
                Op::Move(d, s) | Op::Copy(d, s) => {
                    if !copy_value(at!(d), at!(s)) && !move_value(at!(d), at!(s)) {
                        slow!(copy_reg(d, s))
                    }
                }
                Op::GGet(d, g) => {
                    if !copy_value(at!(d), self.scalar_place(g)) {
                        slow!(global_get(d, g))
                    }
                }
                Op::GSet(g, s) => {
                    if !store_value(self.glob_at(g).scalar_at(), at!(s)) {
                        slow!(global_set(g, s))
                    }
                }
                Op::GCell(t, g) => {
                    if !hold_cell(at!(t), self.glob_at(g)) {
                        slow!(global_cell(t, g))
                    }
                }
                Op::GArr(t, g) => slow!(global_array(t, g)),
                Op::GHash(t, g) => slow!(global_hash(t, g)),
                Op::GGlob(d, g) => slow!(global_glob(d, g)),
                Op::GCode(d, g) => slow!(global_code(d, g)),
                Op::UpCell(t, u) => slow!(up_cell(t, u)),
                Op::Box(t, v) => slow!(box_var(t, v)),
                Op::MyArr(c) => slow!(my_array(c)),
                Op::MyHash(c) => slow!(my_hash(c)),
                Op::ClearRange(a, n) => {
                    self.clear_range(a, n);
                    safe!()
                }
                Op::ClearTemps(a, n) => {
                    self.clear_temps(a, n);
                    safe!()
                }

                // ---- dereference
                Op::RvGet(f, d, s) => slow!(rv_get(f, d, s)),
                Op::RvCell(f, t, s) => slow!(rv_cell(f, t, s)),
                Op::RvArr(f, t, s) => slow!(rv_array(f, t, s)),
                Op::RvHash(f, t, s) => slow!(rv_hash(f, t, s)),
                Op::RvCode(f, d, s) => slow!(rv_code(f, d, s)),
                Op::RvGlob(f, d, s) => slow!(rv_glob(f, d, s)),
                Op::RefOf(d, s) => slow!(ref_of(d, s)),
                Op::RefArr(d, c) | Op::RefHash(d, c) => slow!(ref_container(d, c)),
                Op::RefList => slow!(ref_list()),
                Op::NewArr(d) => slow!(new_array(d)),
                Op::NewHash(d) => slow!(new_hash(d)),
                Op::Closure(d, k) => slow!(closure(d, k)),

                // ---- arithmetic, strings, comparison
                Op::Add(d, a, b) => arith!(d, a, b, checked_add, +, Bin::Add),
                Op::Sub(d, a, b) => arith!(d, a, b, checked_sub, -, Bin::Sub),
                Op::Mul(d, a, b) => arith!(d, a, b, checked_mul, *, Bin::Mul),
                Op::Div(d, a, b) => {
                    if !divide(at!(d), at!(a), at!(b)) {
                        slow!(bin_regs(Bin::Div, d, a, b))
                    }
                }
                Op::Mod(d, a, b) => {
                    let done = match (&*at!(a), &*at!(b)) {
                        (Val::Int(x), Val::Int(y)) if *x >= 0 && *y > 0 => {
                            let n = *x % *y;
                            store_int(at!(d), n)
                        }
                        (a, Val::Int(y)) => remainder(at!(d), a, *y),
                        _ => false,
                    };
                    if !done {
                        slow!(bin_regs(Bin::Mod, d, a, b))
                    }
                }
                Op::ModI(d, a, i) => {
                    let done = match &*at!(a) {
                        Val::Int(x) if *x >= 0 && i > 0 => {
                            let n = *x % i as i64;
                            store_int(at!(d), n)
                        }
                        _ => false,
                    };
                    if !done && !remainder(at!(d), at!(a), i as i64) {
                        slow!(bin_int(Bin::Mod, d, a, i as i64))
                    }
                }
                Op::AddI(d, a, i) => {
                    let done = match &*at!(a) {
                        Val::Int(x) => match x.checked_add(i as i64) {
                            Some(n) => store_int(at!(d), n),
                            None => false,
                        },
                        Val::Num(x) => {
                            let n = *x + i as f64;
                            n.abs() < PRINTS_WHOLE && store_num(at!(d), n)
                        }
                        _ => false,
                    };
                    if !done && !calculate(Bin::Add, at!(d), at!(a), &Val::Int(i as i64)) {
                        slow!(bin_int(Bin::Add, d, a, i as i64))
                    }
                }
                Op::AddK(d, a, k) => arith_k!(d, a, k, checked_add, +, Bin::Add),
                Op::MulK(d, a, k) => arith_k!(d, a, k, checked_mul, *, Bin::Mul),
                Op::Concat(d, a, b) => slow!(concat(d, a, b)),
                Op::ConcatX(n, d) => {
                    slow!(concat_list(n, d));
                    // SAFETY: the operand list follows.
                    pc = unsafe { pc.add((n as usize).div_ceil(3)) };
                }
                Op::NumEq(d, a, b) => compare!(d, a, b, ==, Bin::NumEq),
                Op::NumNe(d, a, b) => compare!(d, a, b, !=, Bin::NumNe),
                Op::NumLt(d, a, b) => compare!(d, a, b, <, Bin::NumLt),
                Op::NumLe(d, a, b) => compare!(d, a, b, <=, Bin::NumLe),
                Op::NumGt(d, a, b) => compare!(d, a, b, >, Bin::NumGt),
                Op::NumGe(d, a, b) => compare!(d, a, b, >=, Bin::NumGe),
                Op::StrEq(d, a, b) => {
                    if !compare_strings(Bin::StrEq, at!(d), at!(a), at!(b)) {
                        slow!(bin_regs(Bin::StrEq, d, a, b))
                    }
                }
                Op::StrNe(d, a, b) => {
                    if !compare_strings(Bin::StrNe, at!(d), at!(a), at!(b)) {
                        slow!(bin_regs(Bin::StrNe, d, a, b))
                    }
                }
                Op::Bin(bin, d, a, b) => {
                    if !simple_binary(bin, at!(d), at!(a), at!(b)) {
                        slow!(bin_regs(bin, d, a, b))
                    }
                }
                Op::Un(un, d, s) => {
                    if !simple_unary(un, at!(d), at!(s)) {
                        slow!(unary_reg(un, d, s))
                    }
                }
                Op::Not(d, s) => {
                    let answer = !truth!(s);
                    if !store_bool(at!(d), answer) {
                        slow!(not_reg(d, s))
                    }
                }
                Op::BinA(bin, d, s) => slow!(bin_assign(bin, d, s)),
                Op::AddA(d, s) => {
                    let done = match (&*at!(d), &*at!(s)) {
                        (Val::Int(x), Val::Int(y)) => match x.checked_add(*y) {
                            Some(n) => store_int(at!(d), n),
                            None => false,
                        },
                        (Val::Num(x), Val::Num(y)) => {
                            let n = *x + *y;
                            n.abs() < PRINTS_WHOLE && store_num(at!(d), n)
                        }
                        _ => false,
                    };
                    if !done && !calculate(Bin::Add, at!(d), at!(d), at!(s)) {
                        slow!(bin_assign(Bin::Add, d, s))
                    }
                }
                Op::SubA(d, s) => {
                    let done = match (&*at!(d), &*at!(s)) {
                        (Val::Int(x), Val::Int(y)) => match x.checked_sub(*y) {
                            Some(n) => store_int(at!(d), n),
                            None => false,
                        },
                        (Val::Num(x), Val::Num(y)) => {
                            let n = *x - *y;
                            n.abs() < PRINTS_WHOLE && store_num(at!(d), n)
                        }
                        _ => false,
                    };
                    if !done && !calculate(Bin::Sub, at!(d), at!(d), at!(s)) {
                        slow!(bin_assign(Bin::Sub, d, s))
                    }
                }
                Op::AppendA(d, s) => slow!(append_reg(d, s)),
                Op::AppendK(d, k) => slow!(append_const(d, k)),
                Op::Inc(d) => match at!(d) {
                    Val::Int(n) if *n < i64::MAX => *n += 1,
                    place if step_cell(place, 1) => {}
                    _ => slow!(increment(d)),
                },
                Op::Dec(d) => match at!(d) {
                    Val::Int(n) if *n > i64::MIN => *n -= 1,
                    place if step_cell(place, -1) => {}
                    _ => slow!(decrement(d)),
                },
                Op::PostInc(d, v) => {
                    let done = match at!(v) {
                        Val::Int(n) if *n < i64::MAX => {
                            let old = *n;
                            let stored = store_int(at!(d), old);
                            if stored && d != v {
                                *n += 1;
                            }
                            stored && d != v
                        }
                        _ => false,
                    };
                    if !done {
                        slow!(post_step(d, v, 1))
                    }
                }
                Op::PostDec(d, v) => slow!(post_step(d, v, -1)),

                // ---- jumps
                Op::Jmp(off) => jump!(off),
                Op::JT(a, off) => {
                    if truth!(a) {
                        jump!(off)
                    }
                }
                Op::JF(a, off) => {
                    if !truth!(a) {
                        jump!(off)
                    }
                }
                Op::JDef(a, off) => {
                    self.pc = pc;
                    if self.defined_reg(a)? {
                        jump!(off)
                    }
                }
                Op::JUndef(a, off) => {
                    self.pc = pc;
                    if !self.defined_reg(a)? {
                        jump!(off)
                    }
                }
                Op::JLt(a, b, off) => jump_if!(a, b, off, <, Bin::NumLt, true),
                Op::JLe(a, b, off) => jump_if!(a, b, off, <=, Bin::NumLe, true),
                Op::JNLt(a, b, off) => jump_if!(a, b, off, <, Bin::NumLt, false),
                Op::JNLe(a, b, off) => jump_if!(a, b, off, <=, Bin::NumLe, false),
                Op::JEq(a, b, off) => jump_if!(a, b, off, ==, Bin::NumEq, true),
                Op::JNe(a, b, off) => jump_if!(a, b, off, !=, Bin::NumNe, true),
                Op::JLtI(a, i, off) => jump_if_i!(a, i, off, <, Bin::NumLt, true),
                Op::JLeI(a, i, off) => jump_if_i!(a, i, off, <=, Bin::NumLe, true),
                Op::JGtI(a, i, off) => jump_if_i!(a, i, off, >, Bin::NumGt, true),
                Op::JGeI(a, i, off) => jump_if_i!(a, i, off, >=, Bin::NumGe, true),
                Op::JNLtI(a, i, off) => jump_if_i!(a, i, off, <, Bin::NumLt, false),
                Op::JNLeI(a, i, off) => jump_if_i!(a, i, off, <=, Bin::NumLe, false),
                Op::JNGtI(a, i, off) => jump_if_i!(a, i, off, >, Bin::NumGt, false),
                Op::JNGeI(a, i, off) => jump_if_i!(a, i, off, >=, Bin::NumGe, false),
                Op::JEqI(a, i, off) => jump_if_i!(a, i, off, ==, Bin::NumEq, true),
                Op::JNeI(a, i, off) => jump_if_i!(a, i, off, !=, Bin::NumNe, true),
                Op::JSEq(a, b, off) => {
                    let answer = match same_text(at!(a), at!(b)) {
                        Some(same) => same,
                        None => {
                            self.pc = pc;
                            self.same_str(a, b, Bin::StrEq)?
                        }
                    };
                    if answer {
                        jump!(off)
                    }
                }
                Op::JSNe(a, b, off) => {
                    let answer = match same_text(at!(a), at!(b)) {
                        Some(same) => !same,
                        None => {
                            self.pc = pc;
                            self.same_str(a, b, Bin::StrNe)?
                        }
                    };
                    if answer {
                        jump!(off)
                    }
                }
                Op::JWantList(off) => {
                    if self.wants_list() {
                        jump!(off)
                    }
                }

                // ---- arrays
                Op::AGet(d, c, i) => {
                    if !array_get(at!(d), at!(c), at!(i)) {
                        slow!(array_get_op(d, c, i))
                    }
                }
                Op::AGetI(d, c, i) => {
                    if !array_get_at(at!(d), at!(c), i as i64) {
                        slow!(array_get_int(d, c, i as i64))
                    }
                }
                Op::ASet(c, i, s) => {
                    if !array_set(at!(c), at!(i), at!(s)) {
                        slow!(array_set_op(c, i, s))
                    }
                }
                Op::ASetI(c, i, s) => slow!(array_set_int(c, i as i64, s)),
                Op::AElem(t, c, i) => slow!(array_elem(t, c, i)),
                Op::AElemArr(t, c, i) => slow!(array_elem_array(t, c, i)),
                Op::AElemHash(t, c, i) => slow!(array_elem_hash(t, c, i)),
                Op::AElemArrI(t, c, i) => slow!(array_int_array(t, c, i as i64)),
                Op::AElemHashI(t, c, i) => slow!(array_int_hash(t, c, i as i64)),
                Op::ARGet(d, x, i) => {
                    if !array_get(at!(d), at!(x), at!(i)) {
                        slow!(array_ref_get(d, x, i))
                    }
                }
                Op::ARGetI(d, x, i) => {
                    if !array_get_at(at!(d), at!(x), i as i64) {
                        slow!(array_ref_get_int(d, x, i as i64))
                    }
                }
                Op::ARSet(x, i, s) => {
                    if !array_set(at!(x), at!(i), at!(s)) {
                        slow!(array_ref_set(x, i, s))
                    }
                }
                Op::AElemBin(c, i) => {
                    // SAFETY: an Ext follows.
                    let done = match unsafe { *pc } {
                        Op::Ext(bin, s, crate::bytecode::NO, _) => {
                            array_bin(bin, at!(c), at!(i), at!(s))
                        }
                        _ => false,
                    };
                    if !done {
                        slow!(array_elem_bin(c, i));
                    }
                    skip!()
                }
                Op::AElemInc(k, d, c, i) => slow!(array_elem_step(k, d, c, i)),
                Op::ALen(d, c) => {
                    if !array_count(at!(d), at!(c)) {
                        slow!(array_length(d, c, 0))
                    }
                }
                Op::ALast(d, c) => slow!(array_length(d, c, -1)),
                Op::ASetLast(c, s) => slow!(array_set_last(c, s)),
                Op::APush(c, s) => slow!(array_push(c, s)),
                Op::APushL(c, d) => slow!(array_push_list(c, d)),
                Op::AUnshiftL(c, d) => slow!(array_unshift_list(c, d)),
                Op::APop(d, c) => slow!(array_pop(d, c)),
                Op::AShift(d, c) => slow!(array_shift(d, c)),
                Op::ArgShift(d) => slow!(arg_shift(d)),
                Op::ArgGet(d, i) => slow!(arg_get(d, i)),
                Op::ArgCount(d) => slow!(arg_count(d)),
                Op::PushArgs(f, i) => slow!(push_args(f, i)),
                Op::ArgArr(t) => slow!(arg_array(t)),
                Op::AAssign(c, d) => slow!(array_assign_op(c, d)),
                Op::AExists(d, c, i) => slow!(array_exists_op(d, c, i)),
                Op::ADelete(d, c, i) => slow!(array_delete_op(d, c, i)),

                // ---- hashes
                Op::HGet(d, c, k) => {
                    if !hash_get_str(at!(d), at!(c), at!(k)) {
                        slow!(hash_get(d, c, k))
                    }
                }
                Op::HGetK(d, c, k) => {
                    if !hash_get_k(at!(d), at!(c), self.key_at(k)) {
                        slow!(hash_get_key(d, c, k))
                    }
                }
                Op::HSet(c, k, s) => slow!(hash_set(c, k, s)),
                Op::HSetK(c, k, s) => slow!(hash_set_key(c, k, s)),
                Op::HAgain(d, c, k) => {
                    if !keeps_values(at!(c)) {
                        slow!(hash_again(d, c, k))
                    }
                }
                Op::HAgainK(d, c, k) => {
                    if !keeps_values(at!(c)) {
                        slow!(hash_again_key(d, c, k))
                    }
                }
                Op::AAgain(d, c, i) => {
                    if !keeps_values(at!(c)) {
                        slow!(array_again(d, c, i))
                    }
                }
                Op::HElem(t, c, k) => slow!(hash_elem(t, c, k)),
                Op::HElemArr(t, c, k) => slow!(hash_elem_array(t, c, k)),
                Op::HElemHash(t, c, k) => slow!(hash_elem_hash(t, c, k)),
                Op::HElemK(t, c, k) => slow!(hash_key_elem(t, c, k)),
                Op::HElemArrK(t, c, k) => slow!(hash_key_array(t, c, k)),
                Op::HElemHashK(t, c, k) => slow!(hash_key_hash(t, c, k)),
                Op::HRGet(d, x, k) => {
                    if !hash_get_str(at!(d), at!(x), at!(k)) {
                        slow!(hash_ref_get(d, x, k))
                    }
                }
                Op::HRGetK(d, x, k) => {
                    if !hash_get_k(at!(d), at!(x), self.key_at(k)) {
                        slow!(hash_ref_get_key(d, x, k))
                    }
                }
                Op::HRSet(x, k, s) => slow!(hash_ref_set(x, k, s)),
                Op::HRSetK(x, k, s) => {
                    if !hash_set_k(at!(x), self.key_at(k), at!(s)) {
                        slow!(hash_ref_set_key(x, k, s))
                    }
                }
                Op::HElemBin(c, k) => {
                    slow!(hash_elem_bin(c, k));
                    skip!()
                }
                Op::HElemInc(f, d, c, k) => {
                    if !(f & 1 == 0 && d == crate::bytecode::NO && hash_count(at!(c), at!(k))) {
                        slow!(hash_elem_step(f, d, c, k))
                    }
                }
                Op::HExists(d, c, k) => slow!(hash_exists_op(d, c, k)),
                Op::HDelete(d, c, k) => slow!(hash_delete_op(d, c, k)),
                Op::HExistsK(d, c, k) => slow!(hash_exists_key(d, c, k)),
                Op::HDeleteK(d, c, k) => slow!(hash_delete_key(d, c, k)),
                Op::HAssign(c, d) => slow!(hash_assign_op(c, d)),
                Op::PushHash(f, c) => slow!(push_hash(f, c)),
                Op::HCount(f, d, c) => slow!(hash_count(f, d, c)),
                Op::Each(f, d, c) => slow!(each_op(f, d, c)),

                // ---- lists
                Op::Mark => self.marks.push(self.list.len() as u32),
                Op::MarkCall(s) => slow!(mark_call(s)),
                Op::Push(a) => slow!(push_reg(a)),
                Op::PushK(k) => slow!(push_const(k)),
                Op::PushI(n) => self.list.push(Val::Int(n as i64)),
                Op::PushAlias(a) => slow!(push_alias(a)),
                Op::PushArr(c) => slow!(push_array(c)),
                Op::PushArrA(c) => slow!(push_array_aliases(c)),
                Op::PushAElemA(c, i) => slow!(push_array_elem(c, i)),
                Op::PushHElemA(c, k) => slow!(push_hash_elem(c, k)),
                Op::PushRange(a, b) => slow!(push_range(a, b)),
                Op::ListLast(d) => slow!(list_last(d)),
                Op::ListCount(d) => slow!(list_count(d)),
                Op::ListDrop => slow!(list_drop(1)),
                Op::ListDropN(n) => slow!(list_drop(n)),
                Op::ListJoinN(n) => slow!(list_join(n)),
                Op::LTake(d, i) => slow!(list_take(d, i)),
                Op::LTakeRest(c, i) => slow!(list_take_rest(c, i)),
                Op::LCount(d) => slow!(list_length(d)),
                Op::LAssign(w, d) => slow!(list_assign(w, d)),
                Op::ASlice(k, c) => slow!(array_slice(k, c)),
                Op::HSlice(k, c) => slow!(hash_slice(k, c)),
                Op::LSlice => slow!(list_slice()),
                Op::LRepeat(s) => slow!(list_repeat(s)),
                Op::LReverse => slow!(list_reverse()),
                Op::LReverseS(d) => slow!(list_reverse_str(d)),
                Op::LSort(k, c) => slow!(list_sort(k, c)),
                Op::LJoin(d, s) => slow!(list_join_str(d, s)),

                // ---- iteration
                Op::IterList(it) => slow!(iter_list(it)),
                Op::IterArr(f, it, c) => slow!(iter_array(f, it, c)),
                Op::IterRange(f, it, a) => {
                    slow!(iter_range(f, it, a));
                    skip!()
                }
                Op::IterNext(v, it, off) => {
                    self.pc = pc;
                    if !self.iter_next(v, it, pc)? {
                        jump!(off)
                    }
                }
                Op::IterNextV(v, it, off) => {
                    if !iter_int(at!(v), at!(it)) {
                        self.pc = pc;
                        if !self.iter_next_value(v, it)? {
                            jump!(off)
                        }
                    }
                }
                Op::IterLoop(v, it, off) => {
                    // SAFETY: the compiler made the target an op of this unit.
                    let then = unsafe { pc.offset(off as isize) };
                    let also = match unsafe { *then } {
                        Op::GAlias(g, a) if a == v => self.glob_at(g).scalar_at(),
                        _ => std::ptr::null(),
                    };
                    if iter_int_cell(at!(v), at!(it), also) {
                        jump!(off)
                    } else {
                        self.pc = pc;
                        if self.iter_next(v, it, then)? {
                            jump!(off)
                        }
                    }
                }
                Op::IterLoopV(v, it, off) => {
                    if iter_int(at!(v), at!(it)) || iter_elem(at!(v), at!(it)) {
                        jump!(off)
                    } else {
                        self.pc = pc;
                        if self.iter_next_value(v, it)? {
                            jump!(off)
                        }
                    }
                }
                Op::GAlias(g, a) => {
                    if !is_alias(self.glob_at(g), at!(a)) {
                        slow!(global_alias(g, a))
                    }
                }
                Op::LocalAlias(g) => slow!(local_alias(g)),
                Op::IterEnd(it) => slow!(iter_end(it)),

                // ---- calls
                Op::Call(n, d, first, s) => moves!(call_op(n, d, first, s)),
                Op::Arg(t, v) => slow!(arg_op(t, v)),
                Op::ArgAElem(t, c, i) => {
                    slow!(arg_array_elem(t, c, i));
                    skip!()
                }
                Op::ArgHElem(t, c, k) => {
                    slow!(arg_hash_elem(t, c, k));
                    skip!()
                }
                Op::CallL(d, s) => moves!(call_list(d, s)),
                Op::CallShare(d, s) => moves!(call_share(d, s)),
                Op::MethPrep(x, s) => slow!(method_prepare(x, s)),
                Op::GotoSub(x) => ret!(goto_sub(x)),
                Op::Ret(a) => ret!(return_reg(a)),
                Op::RetL => ret!(return_list()),
                Op::RetVoid => ret!(return_void()),
                Op::RetW(a) => ret!(return_wanted(a)),
                Op::ArgCheck(f, min, max) => {
                    slow!(arg_check(f, min, max));
                    if f & 1 != 0 {
                        skip!()
                    }
                }
                Op::PutW(d, s) => slow!(put_wanted(d, s)),
                Op::WantArray(d) => slow!(want_array(d)),
                Op::CurSub(d) => slow!(current_sub(d)),

                // ---- builtins
                Op::Bi(nw, d, first) => {
                    slow!(builtin(nw, d, first));
                    skip!()
                }
                Op::BiL(nw, d) => {
                    slow!(builtin_list(nw, d));
                    skip!()
                }
                Op::BiLv(n, t, first) => {
                    slow!(builtin_place(n, t, first));
                    skip!()
                }
                Op::Chomp(d, x) => slow!(chomp_op(d, x)),
                Op::Chop(d, x) => slow!(chop_op(d, x)),
                Op::Print(k, fh, d) => slow!(print_list(k, fh, d)),
                Op::PrintX(k, fh, d) => {
                    slow!(print_operands(k, fh, d));
                    // SAFETY: the operand list follows.
                    pc = unsafe { pc.add((k as usize >> 2).div_ceil(3)) };
                }
                Op::ReadLine(w, d, fh) => slow!(read_line_op(w, d, fh)),
                Op::FileTest(l, d, s) => slow!(file_test(l, d, s)),

                // ---- regex
                Op::Match(d, t, m) => slow!(match_op(d, t, m)),
                Op::Subst(d, t, m) => slow!(subst_op(d, t, m)),
                Op::Trans(d, t, m) => slow!(trans_op(d, t, m)),
                Op::Qr(d, m) => slow!(qr_op(d, m)),
                Op::Split(w, d, s) => {
                    slow!(split_op(w, d, s));
                    skip!()
                }
                Op::SubstStart(it, t, m) => slow!(subst_start(it, t, m)),
                Op::SubstNext(it, off) => {
                    self.pc = pc;
                    if !self.subst_next(it)? {
                        jump!(off)
                    }
                }
                Op::SubstAdd(it, x) => slow!(subst_add(it, x)),
                Op::SubstEnd(d, it) => slow!(subst_end(d, it)),
                Op::MatchSave(x) => slow!(match_save(x)),
                Op::MatchRestore(x) => slow!(match_restore(x)),

                // ---- dynamic scope
                Op::Enter => self.enter_scope(),
                Op::Leave => slow!(leave_scope()),
                Op::LocalScalar(t, g) => slow!(local_scalar_op(t, g)),
                Op::LocalArr(t, g) => slow!(local_array_op(t, g)),
                Op::LocalHash(t, g) => slow!(local_hash_op(t, g)),
                Op::LocalGlob(k, t, g) => slow!(local_glob_op(k, t, g)),
                Op::LocalAElem(t, c, i) => slow!(local_array_elem_op(t, c, i)),
                Op::LocalHElem(t, c, k) => slow!(local_hash_elem_op(t, c, k)),
                Op::DeleteLocal(k, d, c, i) => slow!(delete_local(k, d, c, i)),
                Op::LocalGlobR(k, t, g) => slow!(local_glob_reg(k, t, g)),
                Op::LocalSlot(k, t, g) => slow!(local_slot(k, t, g)),
                Op::Defer(x) => slow!(defer(x)),
                Op::EvalEnter(d, off) => {
                    self.pc = pc;
                    self.eval_enter(d, off, super::frame::Catch::Eval);
                    skip!()
                }
                Op::EvalLeave => {
                    safe!();
                    slow!(eval_leave())
                }
                Op::TryEnter(d, off) => {
                    self.pc = pc;
                    self.eval_enter(d, off, super::frame::Catch::Try);
                    skip!()
                }
                Op::TryLeave => {
                    safe!();
                    drop(self.handlers.pop())
                }
                Op::EvalStr(w, d, s) => {
                    slow!(eval_string(w, d, s));
                    skip!()
                }
                Op::Require(k, d, s) => slow!(require_op(k, d, s)),
                Op::LoopCtl(k, label) => {
                    self.pc = pc;
                    return Err(self.loop_control(k, label));
                }
                Op::LoopCtlDyn(k, label) => {
                    self.pc = pc;
                    return Err(self.loop_control_dynamic(k, label)?);
                }
                Op::GotoLabel(k) => {
                    self.pc = pc;
                    return Err(self.goto_label(k));
                }
                Op::GotoDyn(x) => ret!(goto_dynamic(x)),
                Op::StateOnce(u, off) => {
                    if self.state_once(u) {
                        jump!(off)
                    }
                }

                // ---- globs, packages
                Op::GlobAssign(g, s) => slow!(glob_assign(g, s)),
                Op::GlobSlot(d, x, y) => slow!(glob_slot(d, x, y)),
                Op::GDefined(k, d, g) => slow!(global_defined(k, d, g)),
                Op::AliasVar(k, x, s) => slow!(alias_var(k, x, s)),
                Op::AliasUp(k, u, s) => slow!(alias_up(k, u, s)),
                Op::AliasElem(k, c, i) => {
                    slow!(alias_elem(k, c, i));
                    skip!()
                }
                Op::UndefThing(k, x) => slow!(undef_thing(k, x)),
            }
        }
    }
}
