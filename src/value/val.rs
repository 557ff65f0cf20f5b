//! The 16-byte value: a tag word and a payload word. Tags below [`HEAP`] are plain bits.

use super::rc::Rc;
use super::reference::Ref;
use super::*;
use crate::text::PerlStr;

/// A value, or one of the internal entries that registers and containers hold.
#[repr(u64)]
pub enum Val {
    /// `undef`
    Undef = 0,
    /// An array element that does not exist; reads as undef.
    Hole = 1,
    /// `!!1` and `!!0`
    Bool(bool) = 2,
    /// A signed integer.
    Int(i64) = 3,
    /// An unsigned integer above `i64::MAX`.
    UInt(u64) = 4,
    /// A double.
    Num(f64) = 5,
    /// Internal: an argument that stands for the variable in this absolute register.
    #[allow(dead_code)] // written by `vm::fast::store_slot`
    Slot(u32) = 6,
    /// A string.
    Str(PerlStr) = 7,
    /// A number and a string at once (`$!`, dualvar, tainted numbers).
    Dual(Rc<Dual>) = 8,
    /// Reference to a scalar.
    SRef(Rc<Scalar>) = 9,
    /// Reference to an array; in a container register the array itself.
    ARef(Rc<Array>) = 10,
    /// Reference to a hash; in a container register the hash itself.
    HRef(Rc<Hash>) = 11,
    /// Reference to a sub.
    CRef(Rc<Code>) = 12,
    /// Reference to a glob.
    GRef(Rc<Glob>) = 13,
    /// Reference to an IO handle (`*STDIN{IO}`).
    IoRef(Rc<Io>) = 14,
    /// Reference to a format.
    FRef(Rc<Format>) = 15,
    /// A glob as a value (`*foo`).
    Glob(Rc<Glob>) = 16,
    /// A compiled pattern: what the referent of a `qr//` object holds.
    Regexp(Rc<Regexp>) = 17,
    /// An embedder's or native module's own object.
    Native(Rc<Native>) = 18,
    /// Internal: a weak reference, read as the strong one or undef.
    Weak(Rc<WeakBox>) = 19,
    /// Internal: a variable or element that has been given an identity of its own.
    Cell(Rc<Scalar>) = 20,
    /// Internal: what this holds is asked and told by code (`tie`, `$1`, `substr` as lvalue).
    Magic(Rc<MagicBody>) = 21,
    /// Internal: a foreach iterator.
    Iter(Rc<Iter>) = 22,
}

/// The first tag that owns something.
pub const HEAP: u64 = 7;
/// The first tag that is never an rvalue.
pub const INTERNAL: u64 = 19;
/// The first reference tag, and the last.
const REFS: std::ops::RangeInclusive<u64> = 9..=15;

impl Val {
    /// The tag word.
    #[inline(always)]
    pub fn tag(&self) -> u64 {
        // SAFETY: repr(u64) puts the tag first (Rust reference, "Primitive representation").
        unsafe { *(self as *const Val).cast::<u64>() }
    }

    /// Owns nothing: can be copied and forgotten as bits.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.tag() < HEAP
    }

    /// The payload word, whatever it means.
    #[inline(always)]
    pub(super) fn payload(&self) -> u64 {
        // SAFETY: a Val is two words; the second may be uninitialised for Undef, so it is only
        // asked for tags that have one.
        unsafe { *(self as *const Val).cast::<u64>().add(1) }
    }

    /// Undef or a hole?
    #[inline(always)]
    pub fn is_undef(&self) -> bool {
        self.tag() <= 1
    }

    /// A reference of any kind?
    #[inline(always)]
    pub fn is_ref(&self) -> bool {
        REFS.contains(&self.tag())
    }

    /// Is it what a program may hold (no cell, magic, weak, iterator)?
    #[inline(always)]
    pub fn is_rvalue(&self) -> bool {
        self.tag() < INTERNAL && self.tag() != 6
    }

    /// A string value.
    #[inline]
    pub fn str(text: &str) -> Val {
        Val::Str(PerlStr::from(text))
    }

    /// A string of these bytes.
    #[inline]
    pub fn bytes(bytes: &[u8]) -> Val {
        Val::Str(PerlStr::from_bytes(bytes))
    }

    /// The empty string.
    #[inline]
    pub fn empty() -> Val {
        Val::Str(PerlStr::new())
    }

    /// An integer, signed where it fits.
    #[inline]
    pub fn uint(n: u64) -> Val {
        if n <= i64::MAX as u64 {
            Val::Int(n as i64)
        } else {
            Val::UInt(n)
        }
    }

    /// The referent, if this is a reference.
    pub fn referent(&self) -> Option<Ref> {
        Some(match self {
            Val::SRef(x) => Ref::Scalar(x.clone()),
            Val::ARef(x) => Ref::Array(x.clone()),
            Val::HRef(x) => Ref::Hash(x.clone()),
            Val::CRef(x) => Ref::Code(x.clone()),
            Val::GRef(x) => Ref::Glob(x.clone()),
            Val::IoRef(x) => Ref::Io(x.clone()),
            Val::FRef(x) => Ref::Format(x.clone()),
            _ => return None,
        })
    }

    /// The class of the referent, if this is a reference to an object.
    #[inline]
    pub fn blessed(&self) -> Option<Rc<Stash>> {
        match self {
            Val::SRef(x) => x.blessed(),
            Val::ARef(x) => x.blessed(),
            Val::HRef(x) => x.blessed(),
            Val::CRef(x) => x.blessed(),
            Val::GRef(x) => x.blessed(),
            Val::IoRef(x) => x.blessed(),
            Val::FRef(x) => x.blessed(),
            _ => None,
        }
    }

    /// What a method call's cache tells invocants apart by: the class of an object, or the buffer of a class's name.
    #[inline]
    pub fn invocant_id(&self) -> usize {
        match self {
            Val::HRef(x) => x.class_address(),
            Val::ARef(x) => x.class_address(),
            Val::SRef(x) => x.class_address(),
            Val::CRef(x) => x.class_address(),
            Val::GRef(x) => x.class_address(),
            Val::Str(name) if !name.is_empty() => name.as_bytes().as_ptr() as usize | 1,
            Val::Cell(cell) => cell.with(|v| {
                if matches!(v, Val::Cell(_)) {
                    0
                } else {
                    v.invocant_id()
                }
            }),
            _ => 0,
        }
    }

    /// Is this a reference to an object?
    #[inline(always)]
    pub fn is_blessed(&self) -> bool {
        self.is_ref() && self.body_has(rc::flag::BLESSED)
    }

    /// A reference to an object whose class overloads something.
    #[inline(always)]
    pub fn is_overloaded(&self) -> bool {
        self.is_blessed() && self.class_overloads()
    }

    #[cold]
    #[inline(never)]
    fn class_overloads(&self) -> bool {
        match self {
            Val::SRef(x) => x.class_overloads(),
            Val::ARef(x) => x.class_overloads(),
            Val::HRef(x) => x.class_overloads(),
            Val::CRef(x) => x.class_overloads(),
            Val::GRef(x) => x.class_overloads(),
            Val::IoRef(x) => x.class_overloads(),
            Val::FRef(x) => x.class_overloads(),
            _ => false,
        }
    }

    /// Flags of the body that a heap tag points at.
    #[inline(always)]
    fn body_has(&self, bits: u32) -> bool {
        // SAFETY: the tags asked here all hold an Rc to a live body, which begins with a Header.
        let header = unsafe { &*(self.payload() as *const rc::Header) };
        header.has(bits)
    }

    /// The value without the internal layers that need no code to be asked: cells, weak
    /// references, holes. May still be `Magic`.
    #[inline(always)]
    pub fn loaded(&self) -> Val {
        if self.tag() < INTERNAL && self.tag() != 1 {
            self.clone()
        } else {
            self.load_slow()
        }
    }

    #[cold]
    #[inline(never)]
    fn load_slow(&self) -> Val {
        match self {
            Val::Cell(cell) => cell.get(),
            Val::Weak(weak) => weak.get(),
            Val::Hole => Val::Undef,
            other => other.clone(),
        }
    }

    /// The value in a cell, or this entry itself, for a short look: it ends before anything else
    /// runs or is changed. May be magic or an alias, as entries are.
    #[inline(always)]
    pub fn behind(&self) -> &Val {
        match self {
            // SAFETY: the cell keeps its value while nothing runs that could change it.
            Val::Cell(cell) => unsafe { &*cell.place() },
            other => other,
        }
    }

    /// The same reference, glob or plain value, bit by bit? (Not equality.)
    pub fn same_bits(&self, other: &Val) -> bool {
        self.tag() == other.tag() && (self.tag() <= 1 || self.payload() == other.payload())
    }

    /// Puts `val` here. Short where what was here owned nothing.
    #[inline(always)]
    pub fn put(&mut self, val: Val) {
        if !self.is_plain() {
            Val::discard(self);
        }
        // SAFETY: a plain value owns nothing, so overwriting it without a drop leaks nothing.
        unsafe { Val::write(self, val) }
    }

    /// Puts `val` here without a look at what was here. The words are written one by one: a value
    /// that has just been made as two words is not read back as one, which would wait for both.
    ///
    /// # Safety
    /// `place` is valid for writes; what it held owned nothing or has been let go.
    #[inline(always)]
    pub unsafe fn write(place: *mut Val, val: Val) {
        use std::mem::MaybeUninit;
        // SAFETY: a Val is two words, perhaps partly uninitialised, which MaybeUninit allows; the
        // array takes over what the value owns, and so does the place.
        unsafe {
            let words = std::mem::transmute::<Val, [MaybeUninit<u64>; 2]>(val);
            let to = place.cast::<MaybeUninit<u64>>();
            to.write_volatile(words[0]);
            to.add(1).write_volatile(words[1]);
        }
    }

    /// Takes the value, leaving undef.
    #[inline(always)]
    pub fn take(&mut self) -> Val {
        // SAFETY: what the bits own goes with them.
        unsafe {
            let val = self.bits();
            std::ptr::write(self, Val::Undef);
            val
        }
    }

    /// Puts `val` here and gives what was here.
    #[inline(always)]
    pub fn replace(&mut self, val: Val) -> Val {
        // SAFETY: what the bits own goes with them.
        unsafe {
            let old = self.bits();
            Val::write(self, val);
            old
        }
    }

    /// Appends a value to a list, word by word as [`Val::write`] does.
    #[inline(always)]
    pub fn append(list: &mut Vec<Val>, val: Val) {
        let n = list.len();
        if n == list.capacity() {
            list.reserve(1);
        }
        // SAFETY: there is room for one more.
        unsafe {
            Val::write(list.as_mut_ptr().add(n), val);
            list.set_len(n + 1);
        }
    }
}

impl Clone for Val {
    #[inline(always)]
    fn clone(&self) -> Val {
        if !self.is_plain() {
            return self.clone_heap();
        }
        // SAFETY: plain values are bits.
        unsafe { self.bits() }
    }
}

impl Val {
    /// The same bits. The words are read one by one: they have often just been written so, and
    /// a load of both at once would wait for the two stores.
    ///
    /// # Safety
    /// The caller has seen to the count of what the value owns.
    #[inline(always)]
    unsafe fn bits(&self) -> Val {
        use std::mem::MaybeUninit;
        let words = (self as *const Val).cast::<MaybeUninit<u64>>();
        // SAFETY: a Val is two words; each may be partly uninitialised, which MaybeUninit allows.
        unsafe {
            let pair = [words.read_volatile(), words.add(1).read_volatile()];
            std::mem::transmute::<[MaybeUninit<u64>; 2], Val>(pair)
        }
    }
}

impl Val {
    /// The count of what a heap value owns: the first word of every body and string buffer.
    #[inline(always)]
    fn count_word(&self) -> &std::cell::Cell<u32> {
        // SAFETY: heap tags hold an Rc (the Header stands first in a Body) or a PerlStr (whose
        // buffer begins with its count); both begin with a u32 in a Cell.
        unsafe { &*(self.payload() as *const std::cell::Cell<u32>) }
    }

    /// How many references there are to what this one refers to.
    pub fn holders(&self) -> u32 {
        match self.is_ref() {
            true => self.count_word().get(),
            false => 0,
        }
    }

    #[inline(always)]
    fn clone_heap(&self) -> Val {
        let count = self.count_word();
        let n = count.get();
        if n == u32::MAX {
            return self.clone_immortal();
        }
        count.set(n + 1);
        // SAFETY: the copy owns the count just added.
        unsafe { self.bits() }
    }

    /// Copies this rvalue over `to`, which owns nothing; false for what needs a closer look
    /// (aliases, holes, cells, weak references, magic, a count at its top). The words are written
    /// one by one, as they will be read.
    ///
    /// # Safety
    /// `to` holds a value that owns nothing.
    #[inline(always)]
    pub unsafe fn copy_bits_to(&self, to: &mut Val) -> bool {
        let tag = self.tag();
        if tag >= HEAP {
            if tag >= INTERNAL {
                return false;
            }
            let count = self.count_word();
            let n = count.get();
            if n == u32::MAX {
                return false;
            }
            count.set(n + 1);
        } else if tag == 1 || tag == 6 {
            return false;
        }
        let (from, to) = (
            (self as *const Val).cast::<std::mem::MaybeUninit<u64>>(),
            (to as *mut Val).cast::<std::mem::MaybeUninit<u64>>(),
        );
        // SAFETY: both are two words; the count of what is owned twice now has been raised.
        unsafe {
            let (tag, payload) = (from.read_volatile(), from.add(1).read_volatile());
            to.write(tag);
            to.add(1).write(payload);
        }
        true
    }

    /// A count at its top: strings are copied, bodies stay.
    #[cold]
    #[inline(never)]
    fn clone_immortal(&self) -> Val {
        match self {
            Val::Str(x) => Val::Str(x.clone()),
            // SAFETY: a body whose count is at its top is never freed.
            _ => unsafe { std::ptr::read(self) },
        }
    }

    /// Lets go of what a place holds; it is undef then.
    #[inline(always)]
    pub fn discard(place: &mut Val) {
        if place.is_plain() {
            // SAFETY: plain values own nothing.
            unsafe { std::ptr::write(place, Val::Undef) };
            return;
        }
        let count = place.count_word();
        let n = count.get();
        if n > 1 && n != u32::MAX {
            count.set(n - 1);
            // SAFETY: the count the old value owned has just been given up.
            unsafe { std::ptr::write(place, Val::Undef) };
        } else {
            Val::discard_last(place);
        }
    }

    /// Lets go of what is here unless that is the last count of it; it is undef then.
    #[inline(always)]
    pub fn let_go(&mut self) -> bool {
        if !self.is_plain() {
            let count = self.count_word();
            let n = count.get();
            if n <= 1 || n == u32::MAX {
                return false;
            }
            count.set(n - 1);
        }
        // SAFETY: the count the old value owned, if any, has just been given up.
        unsafe { std::ptr::write(self, Val::Undef) };
        true
    }

    #[inline(never)]
    fn discard_last(place: &mut Val) {
        drop(place.take());
    }
}

impl Default for Val {
    fn default() -> Val {
        Val::Undef
    }
}

impl std::fmt::Debug for Val {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Val::Undef => f.write_str("undef"),
            Val::Hole => f.write_str("hole"),
            Val::Bool(b) => write!(f, "bool {b}"),
            Val::Int(n) => write!(f, "{n}"),
            Val::UInt(n) => write!(f, "{n}u"),
            Val::Num(n) => write!(f, "{n:?}"),
            Val::Slot(n) => write!(f, "slot {n}"),
            Val::Str(s) => write!(f, "{s:?}"),
            Val::Cell(c) => write!(f, "cell({:?})", c.get_raw()),
            Val::Magic(_) => f.write_str("magic"),
            Val::Iter(_) => f.write_str("iterator"),
            Val::Weak(_) => f.write_str("weak"),
            other => write!(f, "{}", other.to_str()),
        }
    }
}

macro_rules! from {
    ($($ty:ty => $variant:ident),*) => {$(
        impl From<$ty> for Val {
            #[inline]
            fn from(x: $ty) -> Val {
                Val::$variant(x)
            }
        }
    )*};
}

from! {
    i64 => Int, f64 => Num, bool => Bool, PerlStr => Str, Rc<Scalar> => SRef, Rc<Array> => ARef,
    Rc<Hash> => HRef, Rc<Code> => CRef, Rc<Glob> => Glob, Rc<Io> => IoRef, Rc<Regexp> => Regexp
}

impl From<i32> for Val {
    fn from(n: i32) -> Val {
        Val::Int(n as i64)
    }
}

impl From<u64> for Val {
    fn from(n: u64) -> Val {
        Val::uint(n)
    }
}

impl From<usize> for Val {
    fn from(n: usize) -> Val {
        Val::uint(n as u64)
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Val {
        Val::str(text)
    }
}

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(x: Option<T>) -> Val {
        x.map_or(Val::Undef, Into::into)
    }
}
