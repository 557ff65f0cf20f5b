//! The bytes that say what follows (the format of perl's Storable 3.26).

use crate::value::Val;

pub(super) const MAJOR: u8 = 2;
pub(super) const MINOR: u8 = 11;
/// What `pst0` files of this machine say about their numbers: the order of bytes, and the sizes of
/// int, long, pointer and double.
pub(super) const NATIVE: &[u8] = b"\x0812345678\x04\x08\x08\x08";

/// What hooks are told.
pub(super) fn cloning(on: bool) -> Val {
    Val::Int(if on { 4 } else { 0 })
}

/// Objects may be blessed.
pub(super) const BLESS_OK: i64 = 2;
/// Variables may be tied.
pub(super) const TIE_OK: i64 = 4;

pub(super) const OBJECT: u8 = 0;
pub(super) const LSCALAR: u8 = 1;
pub(super) const ARRAY: u8 = 2;
pub(super) const HASH: u8 = 3;
pub(super) const REF: u8 = 4;
pub(super) const UNDEF: u8 = 5;
pub(super) const INTEGER: u8 = 6;
pub(super) const DOUBLE: u8 = 7;
pub(super) const BYTE: u8 = 8;
pub(super) const NETINT: u8 = 9;
pub(super) const SCALAR: u8 = 10;
pub(super) const TIED_ARRAY: u8 = 11;
pub(super) const TIED_HASH: u8 = 12;
pub(super) const TIED_SCALAR: u8 = 13;
pub(super) const SV_UNDEF: u8 = 14;
pub(super) const SV_YES: u8 = 15;
pub(super) const SV_NO: u8 = 16;
pub(super) const BLESS: u8 = 17;
pub(super) const IX_BLESS: u8 = 18;
pub(super) const HOOK: u8 = 19;
pub(super) const OVERLOAD: u8 = 20;
pub(super) const UTF8STR: u8 = 23;
pub(super) const LUTF8STR: u8 = 24;
pub(super) const FLAG_HASH: u8 = 25;
pub(super) const WEAKREF: u8 = 27;
pub(super) const WEAKOVERLOAD: u8 = 28;
pub(super) const VSTRING: u8 = 29;
pub(super) const LVSTRING: u8 = 30;
pub(super) const SVUNDEF_ELEM: u8 = 31;
pub(super) const REGEXP: u8 = 32;

/// Flags of a hash and of its keys.
pub(super) const HASH_RESTRICTED: u8 = 0x80;
pub(super) const KEY_UTF8: u8 = 1;
pub(super) const KEY_WAS_UTF8: u8 = 2;
pub(super) const KEY_LOCKED: u8 = 4;
pub(super) const KEY_PLACEHOLDER: u8 = 16;

/// Flags of what a hook gave.
pub(super) const HOOK_TYPE: u8 = 3;
pub(super) const HOOK_SCALAR: u8 = 0;
pub(super) const HOOK_ARRAY: u8 = 1;
pub(super) const HOOK_HASH: u8 = 2;
pub(super) const HOOK_LARGE_CLASS: u8 = 4;
pub(super) const HOOK_LARGE_TEXT: u8 = 8;
pub(super) const HOOK_LARGE_LIST: u8 = 0x10;
pub(super) const HOOK_KNOWN_CLASS: u8 = 0x20;
pub(super) const HOOK_RECURSE: u8 = 0x40;
pub(super) const HOOK_HAS_LIST: u8 = 0x80;

/// Up to this length one byte tells it.
pub(super) const SHORT: usize = 127;
/// A class's length or number takes four bytes.
pub(super) const LONG_CLASS: u8 = 0x80;
