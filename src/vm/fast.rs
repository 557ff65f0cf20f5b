//! The short ways of hot operations: each says whether it has done the work. No value is ever
//! built in a temporary that a long way shares (two stores, one store-forward stall).

use crate::value::rc::flag;
use crate::value::{Key, Steps, Val};

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

/// Copies between places that own nothing (aliases and holes excepted).
#[inline(always)]
pub fn copy_plain(to: &mut Val, from: *const Val) -> bool {
    // SAFETY: the caller passes a live place; both are read as two words.
    unsafe {
        let words = from.cast::<u64>();
        let tag = *words;
        if tag > 5 || tag == 1 || !to.is_plain() {
            return false;
        }
        let target = (to as *mut Val).cast::<u64>();
        *target = tag;
        if tag != 0 {
            *target.add(1) = *words.add(1);
        }
        true
    }
}

/// `$c[i]` of a simple array, an element that owns nothing.
#[inline(always)]
pub fn array_get(d: &mut Val, c: &Val, i: &Val) -> bool {
    match i {
        Val::Int(i) => array_get_at(d, c, *i),
        _ => false,
    }
}

/// The same at a known index.
#[inline(always)]
pub fn array_get_at(d: &mut Val, c: &Val, i: i64) -> bool {
    let Val::ARef(array) = c else { return false };
    if array
        .header()
        .has(flag::TIED | flag::HOOKED | flag::BLESSED)
    {
        return false;
    }
    let i = if i < 0 { i + array.len() as i64 } else { i };
    let place = array.place(i as usize);
    !place.is_null() && copy_plain(d, place)
}

/// `$c[i] = s` of a simple array, both values owning nothing.
#[inline(always)]
pub fn array_set(c: &Val, i: &Val, s: &Val) -> bool {
    let (Val::ARef(array), Val::Int(i)) = (c, i) else {
        return false;
    };
    if array.header().has(flag::SLOW_CONTAINER | flag::BLESSED) || *i < 0 {
        return false;
    }
    let place = array.place(*i as usize);
    if place.is_null() {
        return false;
    }
    // SAFETY: a live element; nothing else runs meanwhile.
    copy_plain(unsafe { &mut *place }, s)
}

/// `$c{k}` of a simple hash, a value that owns nothing.
#[inline(always)]
pub fn hash_get_k(d: &mut Val, c: &Val, key: *const Key) -> bool {
    let Val::HRef(hash) = c else { return false };
    if hash.header().has(flag::TIED | flag::HOOKED) {
        return false;
    }
    if hash.header().has(flag::BLESSED) && hash.blessed_overloads() {
        return false;
    }
    // SAFETY: keys of constants stand still while their unit runs.
    let place = hash.place(unsafe { &*key });
    !place.is_null() && copy_plain(d, place)
}

/// `$c{$k}` of a simple hash, a value that owns nothing.
#[inline(always)]
pub fn hash_get_str(d: &mut Val, c: &Val, k: &Val) -> bool {
    match k {
        Val::Str(text) => Key::lend(text, |key| hash_get_k(d, c, key)),
        _ => false,
    }
}

/// `++$c{$k}` of a simple hash in void context.
#[inline(always)]
pub fn hash_count(c: &Val, k: &Val) -> bool {
    let (Val::HRef(hash), Val::Str(text)) = (c, k) else {
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
    let Val::HRef(hash) = c else { return false };
    if hash.header().has(flag::SLOW_CONTAINER) {
        return false;
    }
    if hash.header().has(flag::BLESSED) && hash.blessed_overloads() {
        return false;
    }
    // SAFETY: as above.
    let place = hash.place(unsafe { &*key });
    // SAFETY: a live entry; nothing else runs meanwhile.
    !place.is_null() && copy_plain(unsafe { &mut *place }, s)
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
