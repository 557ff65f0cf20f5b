//! The short ways of hot operations: each says whether it has done the work. No value is ever
//! built in a temporary that a long way shares (two stores, one store-forward stall).

use crate::bytecode::{Bin, Un};
use crate::text::numeric::PRINTS_WHOLE;
use crate::text::{Numeric, PerlStr};
use crate::value::rc::flag;
use crate::value::{Glob, Key, Scalar, Steps, Val};

/// Writes tag and payload as two words.
///
/// # Safety
/// `place` holds a value that owns nothing.
#[inline(always)]
unsafe fn write(place: *mut Val, tag: u64, payload: u64) {
    let words = place.cast::<u64>();
    // SAFETY: a Val is two words, the tag first; the caller's promise for the rest.
    unsafe {
        *words = tag;
        *words.add(1) = payload;
    }
}

/// Stores an integer where nothing must be let go or asked.
#[inline(always)]
pub fn store_int(place: &mut Val, n: i64) -> bool {
    if !place.is_plain() {
        return false;
    }
    // SAFETY: plain; tag 3 is Int.
    unsafe { write(place, 3, n as u64) };
    true
}

/// Stores a double where nothing must be let go or asked.
#[inline(always)]
pub fn store_num(place: &mut Val, n: f64) -> bool {
    if !place.is_plain() {
        return false;
    }
    // SAFETY: plain; tag 5 is Num.
    unsafe { write(place, 5, n.to_bits()) };
    true
}

/// Stores a truth where nothing must be let go or asked.
#[inline(always)]
pub fn store_bool(place: &mut Val, b: bool) -> bool {
    if !place.is_plain() {
        return false;
    }
    // SAFETY: plain; tag 2 is Bool, its byte the low one of the second word.
    unsafe { write(place, 2, b as u64) };
    true
}

/// Stores an alias of an absolute register.
#[inline(always)]
pub fn store_slot(place: &mut Val, i: u32) {
    Val::discard(place);
    // SAFETY: plain now; tag 6 is Slot.
    unsafe { write(place, 6, i as u64) };
}

/// Copies a value to a place that owns nothing: bits, or a string or reference with its count.
/// Aliases, holes, cells, magic and weak references are left to the long way.
#[inline(always)]
pub fn copy_value(to: &mut Val, from: *const Val) -> bool {
    // SAFETY: the caller passes live places.
    to.is_plain() && unsafe { (*from).copy_bits_to(to) }
}

/// Doubles hold whole numbers below this exactly.
const EXACT: u64 = 1 << 53;

/// Where a result goes without code being told: a place that owns nothing, or the one in a cell.
#[inline(always)]
fn target<'a>(d: *mut Val) -> Option<&'a mut Val> {
    // SAFETY: a register of the frame; nothing else runs while the caller stores.
    let place = match unsafe { &mut *d } {
        Val::Cell(cell) if !cell.header().has(flag::SLOW_STORE) => unsafe { &mut *cell.place() },
        place => place,
    };
    if place.is_plain() { Some(place) } else { None }
}

/// An integer, or the one that a string of a few digits is.
#[inline(always)]
fn whole(x: &Val) -> Option<i64> {
    match x.behind() {
        Val::Int(n) => Some(*n),
        Val::Str(text) => digits(text),
        _ => None,
    }
}

/// The number a string of up to 15 digits is. Taint must not get lost on the way.
#[inline(never)]
fn digits(text: &PerlStr) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 15 || text.taint() {
        return None;
    }
    bytes.iter().try_fold(0, |n: i64, b| match b {
        b'0'..=b'9' => Some(n * 10 + i64::from(b - b'0')),
        _ => None,
    })
}

/// A number as a double, if that loses nothing.
#[inline(always)]
pub fn number(x: &Val) -> Option<f64> {
    match x.behind() {
        Val::Num(x) => Some(*x),
        Val::Int(x) if x.unsigned_abs() < EXACT => Some(*x as f64),
        Val::Str(text) => digits(text).map(|n| n as f64),
        _ => None,
    }
}

/// Both as doubles, if that loses nothing.
#[inline(never)]
pub fn numbers(a: &Val, b: &Val) -> Option<(f64, f64)> {
    Some((number(a)?, number(b)?))
}

/// Sums, differences and products of numbers in cells and of integers with doubles.
#[inline(never)]
pub fn calculate(bin: Bin, d: *mut Val, a: *const Val, b: *const Val) -> bool {
    // SAFETY: registers of the frame or constants.
    let (a, b) = unsafe { ((*a).behind(), (*b).behind()) };
    if let (Some(x), Some(y)) = (whole(a), whole(b)) {
        let n = match bin {
            Bin::Add => x.checked_add(y),
            Bin::Sub => x.checked_sub(y),
            Bin::Mul => x.checked_mul(y),
            _ => None,
        };
        return match (n, target(d)) {
            (Some(n), Some(place)) => store_int(place, n),
            _ => false,
        };
    }
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return false;
    };
    let n = match bin {
        Bin::Add => x + y,
        Bin::Sub => x - y,
        Bin::Mul => x * y,
        _ => return false,
    };
    match target(d) {
        Some(place) if n.abs() < PRINTS_WHOLE => store_num(place, n),
        _ => false,
    }
}

/// `a / b` of numbers that doubles hold.
#[inline(always)]
pub fn divide(d: *mut Val, a: &Val, b: &Val) -> bool {
    match (number(a), number(b), target(d)) {
        (Some(x), Some(y), Some(place)) if y != 0.0 && x.abs() < EXACT as f64 => {
            store_num(place, x / y)
        }
        _ => false,
    }
}

/// `a % m` of an integer, `m` above 0.
#[inline(never)]
pub fn remainder(d: *mut Val, a: &Val, m: i64) -> bool {
    match (a.behind(), target(d)) {
        (Val::Int(x), Some(place)) if m > 0 => store_int(place, x.rem_euclid(m)),
        _ => false,
    }
}

/// `++` and `--` of a number in a cell.
#[inline(never)]
pub fn step_cell(v: &Val, by: i64) -> bool {
    let Val::Cell(cell) = v else { return false };
    if cell.header().has(flag::SLOW_STORE) {
        return false;
    }
    // SAFETY: nothing else runs while the place is borrowed.
    match unsafe { &mut *cell.place() } {
        Val::Int(n) => match n.checked_add(by) {
            Some(new) => {
                *n = new;
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// The truth of what needs no code to be asked.
#[inline(never)]
pub fn truth(v: &Val) -> Option<bool> {
    Some(match v.behind() {
        Val::Undef => false,
        Val::Bool(b) => *b,
        Val::Int(n) => *n != 0,
        Val::Num(n) => *n != 0.0,
        Val::Str(text) => !matches!(text.as_bytes(), b"" | b"0"),
        other if other.is_ref() && !other.is_blessed() => true,
        _ => return None,
    })
}

/// Are two strings the same?
#[inline(always)]
pub fn same_text(a: &Val, b: &Val) -> Option<bool> {
    match (a.behind(), b.behind()) {
        (Val::Str(x), Val::Str(y)) => Some(x == y),
        _ => None,
    }
}

/// `eq`, `ne`, `cmp` and their kin on strings.
#[inline(never)]
pub fn compare_strings(bin: Bin, d: *mut Val, a: &Val, b: &Val) -> bool {
    let (Val::Str(x), Val::Str(y)) = (a.behind(), b.behind()) else {
        return false;
    };
    let Some(place) = target(d) else { return false };
    let answer = match bin {
        Bin::StrEq => x == y,
        Bin::StrNe => x != y,
        Bin::StrLt => x < y,
        Bin::StrLe => x <= y,
        Bin::StrGt => x > y,
        Bin::StrGe => x >= y,
        Bin::StrCmp => return store_int(place, x.cmp(y) as i64),
        _ => return false,
    };
    store_bool(place, answer)
}

/// The binary operators without operations of their own, on plain operands.
#[inline(never)]
pub fn simple_binary(bin: Bin, d: *mut Val, a: &Val, b: &Val) -> bool {
    match bin {
        Bin::Spaceship => {
            let order = match (a.behind(), b.behind()) {
                (Val::Int(x), Val::Int(y)) => Some(x.cmp(y)),
                (x, y) => numbers(x, y).and_then(|(x, y)| x.partial_cmp(&y)),
            };
            match (order, target(d)) {
                (Some(order), Some(place)) => store_int(place, order as i64),
                _ => false,
            }
        }
        Bin::StrLt | Bin::StrLe | Bin::StrGt | Bin::StrGe | Bin::StrCmp => {
            compare_strings(bin, d, a, b)
        }
        Bin::BitAnd | Bin::BitOr | Bin::BitXor | Bin::Shl | Bin::Shr => {
            let (Val::Int(x), Val::Int(y)) = (a.behind(), b.behind()) else {
                return false;
            };
            if *x < 0 || *y < 0 {
                return false;
            }
            let n = match bin {
                Bin::BitAnd => x & y,
                Bin::BitOr => x | y,
                Bin::BitXor => x ^ y,
                Bin::Shr if *y < 64 => x >> y,
                Bin::Shl if *y < i64::from(x.leading_zeros()) => x << y,
                _ => return false,
            };
            target(d).is_some_and(|place| store_int(place, n))
        }
        Bin::Pow => {
            let numeric = |v: &Val| match v.behind() {
                Val::Int(n) => Some(Numeric::Int(*n)),
                Val::Num(n) => Some(Numeric::Num(*n)),
                _ => None,
            };
            let (Some(x), Some(y), Some(place)) = (numeric(a), numeric(b), target(d)) else {
                return false;
            };
            match crate::text::numeric::pow(x, y) {
                Numeric::Int(n) => store_int(place, n),
                Numeric::Num(n) => store_num(place, n),
                Numeric::UInt(_) => false,
            }
        }
        _ => false,
    }
}

/// The unary operators on plain operands.
#[inline(never)]
pub fn simple_unary(un: Un, d: *mut Val, s: &Val) -> bool {
    let Some(place) = target(d) else { return false };
    match (un, s.behind()) {
        (Un::Length, Val::Str(text)) if !text.is_utf8() => store_int(place, text.len() as i64),
        (Un::Neg, Val::Int(n)) => n.checked_neg().is_some_and(|n| store_int(place, n)),
        (Un::Neg, Val::Num(n)) => store_num(place, -*n),
        (Un::Defined, v) if v.is_rvalue() => store_bool(place, !v.is_undef()),
        _ => false,
    }
}

/// Assigns an rvalue to a place whose old value somebody else holds too, or that owned nothing.
#[inline(always)]
fn overwrite(to: *mut Val, from: &Val) -> bool {
    // SAFETY: live places; nothing else runs meanwhile.
    unsafe {
        if std::ptr::eq(to, from) || !from.is_rvalue() || matches!(from, Val::Hole) {
            return false;
        }
        let to = &mut *to;
        (to.is_plain() || to.is_rvalue() && to.let_go()) && from.copy_bits_to(to)
    }
}

/// `d = s` where one of them is a cell, or `d` holds something it shares.
#[inline(never)]
pub fn move_value(d: *mut Val, s: &Val) -> bool {
    // SAFETY: a register of the frame.
    let to = match unsafe { &mut *d } {
        Val::Cell(cell) if cell.header().has(flag::SLOW_STORE) => return false,
        Val::Cell(cell) => cell.place(),
        place => place,
    };
    overwrite(to, s.behind())
}

/// Assigns to a package scalar.
#[inline(always)]
pub fn store_value(scalar: *const Scalar, s: &Val) -> bool {
    // SAFETY: the glob holds its scalar while nothing else runs.
    let scalar = unsafe { &*scalar };
    !scalar.is_slow_store() && overwrite(scalar.place(), s.behind())
}

/// place `t` = the scalar of a glob.
#[inline(always)]
pub fn hold_cell(t: &mut Val, glob: &Glob) -> bool {
    if !t.let_go() {
        return false;
    }
    // SAFETY: it owns nothing now.
    unsafe { Val::write(t, Val::Cell(glob.scalar())) };
    true
}

/// Is the glob's scalar that of the cell?
#[inline(always)]
pub fn is_alias(glob: &Glob, v: &Val) -> bool {
    matches!(v, Val::Cell(cell) if std::ptr::eq(glob.scalar_at(), &raw const **cell))
}

/// `scalar(@c)`
#[inline(always)]
pub fn array_count(d: *mut Val, c: &Val) -> bool {
    let Val::ARef(array) = c else { return false };
    !array.header().has(flag::TIED | flag::HOOKED)
        && target(d).is_some_and(|place| store_int(place, array.len() as i64))
}

/// `$c[i]` of a simple array, an element that owns nothing.
#[inline(always)]
pub fn array_get(d: &mut Val, c: &Val, i: &Val) -> bool {
    match i.behind() {
        Val::Int(i) => array_get_at(d, c, *i),
        // Cut towards zero, as any index.
        Val::Num(i) if *i >= 0.0 && *i < PRINTS_WHOLE => array_get_at(d, c, *i as i64),
        _ => false,
    }
}

/// The same at a known index.
#[inline(always)]
pub fn array_get_at(d: &mut Val, c: &Val, i: i64) -> bool {
    let Val::ARef(array) = c.behind() else {
        return false;
    };
    if array.header().has(flag::TIED | flag::HOOKED)
        || array.header().has(flag::BLESSED) && array.blessed_overloads()
    {
        return false;
    }
    let i = if i < 0 { i + array.len() as i64 } else { i };
    let place = array.place(i as usize);
    // SAFETY: a live element; nothing else runs meanwhile.
    !place.is_null() && copy_value(d, unsafe { (*place).behind() })
}

/// `$c[i] = s` of a simple array, both values owning nothing.
#[inline(always)]
pub fn array_set(c: &Val, i: &Val, s: &Val) -> bool {
    let (Val::ARef(array), Val::Int(i)) = (c.behind(), i.behind()) else {
        return false;
    };
    if array.header().has(flag::SLOW_CONTAINER | flag::BLESSED) || *i < 0 {
        return false;
    }
    let place = array.place(*i as usize);
    if place.is_null() {
        return false;
    }
    overwrite(place, s.behind())
}

/// `$c[i] += s` and its like on numbers, in place.
#[inline(always)]
pub fn array_bin(bin: u8, c: &Val, i: &Val, s: &Val) -> bool {
    let (Val::ARef(array), Val::Int(i)) = (c, i.behind()) else {
        return false;
    };
    if array.header().has(flag::SLOW_CONTAINER) {
        return false;
    }
    let i = if *i < 0 { *i + array.len() as i64 } else { *i };
    let place = array.place(i as usize);
    // SAFETY: a live element; nothing else runs meanwhile.
    !place.is_null() && number_bin(bin, unsafe { &mut *place }, s.behind())
}

/// `place += s`, `-=`, `*=` where both are numbers of a kind.
#[inline(always)]
fn number_bin(bin: u8, place: &mut Val, s: &Val) -> bool {
    const ADD: u8 = Bin::Add as u8;
    const SUB: u8 = Bin::Sub as u8;
    const MUL: u8 = Bin::Mul as u8;
    if let (Val::Int(x), Val::Int(y)) = (&*place, s) {
        let n = match bin {
            ADD => x.checked_add(*y),
            SUB => x.checked_sub(*y),
            MUL => x.checked_mul(*y),
            _ => None,
        };
        return match n {
            Some(n) => store_int(place, n),
            None => false,
        };
    }
    if matches!(place, Val::Cell(_)) {
        return false;
    }
    let (Some(x), Some(y)) = (number(place), number(s)) else {
        return false;
    };
    let n = match bin {
        ADD => x + y,
        SUB => x - y,
        MUL => x * y,
        _ => return false,
    };
    n.abs() < PRINTS_WHOLE && store_num(place, n)
}

/// `$c{k}` of a simple hash, a value that owns nothing.
#[inline(always)]
pub fn hash_get_k(d: &mut Val, c: &Val, key: *const Key) -> bool {
    let Val::HRef(hash) = c.behind() else {
        return false;
    };
    if hash.header().has(flag::TIED | flag::HOOKED) {
        return false;
    }
    if hash.header().has(flag::BLESSED) && hash.blessed_overloads() {
        return false;
    }
    // SAFETY: keys of constants stand still while their unit runs.
    let place = hash.place(unsafe { &*key });
    // SAFETY: a live entry; nothing else runs meanwhile.
    !place.is_null() && copy_value(d, unsafe { (*place).behind() })
}

/// Whether a container, or the one a reference means, simply keeps what it is given.
#[inline(always)]
pub fn keeps_values(c: &Val) -> bool {
    let header = match c.behind() {
        Val::HRef(hash) => hash.header(),
        Val::ARef(array) => array.header(),
        _ => return false,
    };
    !header.has(flag::TIED | flag::HOOKED)
}

/// `$c{$k}` of a simple hash, a value that owns nothing.
#[inline(always)]
pub fn hash_get_str(d: &mut Val, c: &Val, k: &Val) -> bool {
    match k.behind() {
        Val::Str(text) => Key::lend(text, |key| hash_get_k(d, c, key)),
        _ => false,
    }
}

/// `++$c{$k}` of a simple hash in void context.
#[inline(always)]
pub fn hash_count(c: &Val, k: &Val) -> bool {
    let (Val::HRef(hash), Val::Str(text)) = (c, k.behind()) else {
        return false;
    };
    if hash.header().has(flag::SLOW_CONTAINER) {
        return false;
    }
    Key::lend(text, |key| {
        let Ok(place) = hash.place_or_new(key) else {
            return false;
        };
        // SAFETY: found just now.
        match unsafe { &mut *place } {
            Val::Int(n) if *n < i64::MAX => {
                *n += 1;
                true
            }
            place @ Val::Undef => store_int(place, 1),
            _ => false,
        }
    })
}

/// `$c{k} = s` of a simple hash, both values owning nothing.
#[inline(always)]
pub fn hash_set_k(c: &Val, key: *const Key, s: &Val) -> bool {
    let Val::HRef(hash) = c.behind() else {
        return false;
    };
    if hash.header().has(flag::SLOW_CONTAINER) {
        return false;
    }
    if hash.header().has(flag::BLESSED) && hash.blessed_overloads() {
        return false;
    }
    // SAFETY: as above.
    let place = hash.place(unsafe { &*key });
    !place.is_null() && overwrite(place, s.behind())
}

/// The next integer of a counting iterator.
#[inline(always)]
pub fn iter_int(v: &mut Val, it: &Val) -> bool {
    let Val::Iter(it) = it else { return false };
    let Steps::Ints(next, last) = &it.steps else {
        return false;
    };
    let n = next.get();
    if n > *last || n == i64::MAX || !v.is_plain() {
        return false;
    }
    next.set(n + 1);
    store_int(v, n)
}

/// The next integer of a counting iterator, into the scalar of the one before where nobody has
/// kept it; `also` is who else may hold it (the glob of `$_`).
#[inline(always)]
pub fn iter_int_cell(v: &Val, it: &Val, also: *const Scalar) -> bool {
    let (Val::Cell(cell), Val::Iter(it)) = (v, it) else {
        return false;
    };
    let Steps::Ints(next, last) = &it.steps else {
        return false;
    };
    let owners = 1 + u32::from(std::ptr::eq(also, &raw const **cell));
    if cell.header().flags() != 0 || cell.count() != owners {
        return false;
    }
    let n = next.get();
    // SAFETY: nothing else runs while the place is borrowed.
    let place = unsafe { &mut *cell.place() };
    if n > *last || n == i64::MAX || !place.is_plain() {
        return false;
    }
    next.set(n + 1);
    store_int(place, n)
}

/// variable `v` = a copy of the next element of a simple array.
#[inline(always)]
pub fn iter_elem(v: &mut Val, it: &Val) -> bool {
    let Val::Iter(it) = it else { return false };
    let (array, at) = match &it.steps {
        Steps::Array(array, at) => (array, at),
        Steps::List(entries, at) => {
            let entries = entries.borrow();
            let Some(entry) = entries.get(at.get()) else {
                return false;
            };
            let done = overwrite(v, entry.behind());
            at.set(at.get() + usize::from(done));
            return done;
        }
        _ => return false,
    };
    let place = array.place(at.get());
    if !array.is_simple() || place.is_null() {
        return false;
    }
    // SAFETY: a live element; nothing else runs meanwhile.
    if !overwrite(v, unsafe { (*place).behind() }) {
        return false;
    }
    at.set(at.get() + 1);
    true
}
