//! Perl's string: one word pointing at a counted, copy-on-write byte buffer with a UTF-8 flag.
//!
//! With the flag off each byte is a code point below 256; with it on the bytes are perl's extended
//! UTF-8. This file holds the buffer itself, the only unsafe code of the floor; editing, characters
//! and comparison are built on it in the files beside it.

mod chars;
mod compare;
mod convert;
mod edit;
mod flags;

use super::quota;
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};

/// Memory for a string could not be had, or its size is beyond what an address can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// What stands before the bytes. `meta` is the flags in its low byte and the offset of the first
/// live byte above them, so that dropping bytes at the front moves nothing.
#[repr(C)]
struct Header {
    rc: Cell<u32>,
    meta: Cell<u32>,
    len: Cell<usize>,
    /// Bytes behind the header, those before the offset included.
    cap: usize,
}

/// Strings from this length on are held against the interpreter's limits.
const ASKED: usize = 256;
const HEADER: usize = size_of::<Header>();
const OFFSET_SHIFT: u32 = 8;
const MAX_OFFSET: usize = (1 << (32 - OFFSET_SHIFT)) - 1;

/// The bytes are UTF-8.
const UTF8: u32 = 1;
/// The contents came from outside (`perlsec`).
const TAINT: u32 = 2;
/// All bytes are known to be below 0x80; dropped by every change that might end it.
const ASCII: u32 = 4;
/// The position cache of `chars` knows this buffer; dropped by every change.
const POSITIONS: u32 = 8;
/// The bytes are known to be UTF-8 without code points above 0x10FFFF.
const STANDARD: u32 = 16;
/// What dropping bytes invalidates.
const PLACES: u32 = POSITIONS | STANDARD;
/// What a change of the bytes invalidates.
const DERIVED: u32 = ASCII | PLACES;
const FLAGS: u32 = (1 << OFFSET_SHIFT) - 1;

/// A Perl string. Cloning shares the buffer; the first change of a shared buffer copies it.
#[repr(transparent)]
pub struct PerlStr {
    head: NonNull<Header>,
}

thread_local! {
    /// The empty string of this thread, made on first use and never freed: the count it starts
    /// with keeps it shared, hence unchanged.
    static EMPTY: Cell<Option<NonNull<Header>>> = const { Cell::new(None) };
}

impl PerlStr {
    /// The empty string; allocates nothing.
    #[inline]
    pub fn new() -> PerlStr {
        if let Some(head) = EMPTY.get() {
            // SAFETY: EMPTY holds a live header of this thread that is never freed.
            let rc = unsafe { &head.as_ref().rc };
            if rc.get() != u32::MAX {
                rc.set(rc.get() + 1);
                return PerlStr { head };
            }
        }
        PerlStr::first_empty()
    }

    #[cold]
    fn first_empty() -> PerlStr {
        let empty = PerlStr::with_capacity(1);
        EMPTY.set(Some(empty.head));
        std::mem::forget(empty);
        // The first holder is EMPTY itself; the second is the caller.
        PerlStr::new()
    }

    /// An empty string of its own with room for `n` bytes. Aborts where memory runs out; sizes that
    /// a script decides go through [`PerlStr::try_with_capacity`].
    #[inline]
    pub fn with_capacity(n: usize) -> PerlStr {
        PerlStr::allocate(n).unwrap_or_else(|_| out_of_memory(n))
    }

    /// An empty string of its own with room for `n` bytes.
    #[inline]
    pub fn try_with_capacity(n: usize) -> Result<PerlStr, OutOfMemory> {
        if n >= ASKED {
            quota::string_fits(n)?;
        }
        PerlStr::allocate(n)
    }

    /// The same, whatever the interpreter's limits say.
    #[inline]
    fn allocate(n: usize) -> Result<PerlStr, OutOfMemory> {
        let (cap, layout) = room_for(n)?;
        // SAFETY: the layout is never of size zero, since it includes the header.
        let block = unsafe { alloc(layout) }.cast::<Header>();
        let head = NonNull::new(block).ok_or(OutOfMemory)?;
        quota::take(layout.size());
        let (rc, meta, len) = (Cell::new(1), Cell::new(0), Cell::new(0));
        // SAFETY: the block is as large and as aligned as a header needs.
        unsafe { head.write(Header { rc, meta, len, cap }) };
        Ok(PerlStr { head })
    }

    /// A string of these bytes, each a character of its own.
    #[inline]
    pub fn from_bytes(bytes: &[u8]) -> PerlStr {
        if bytes.is_empty() {
            return PerlStr::new();
        }
        let mut s = PerlStr::with_capacity(bytes.len());
        // SAFETY: the new buffer is our own and has room for them.
        unsafe { s.append_unchecked(bytes) };
        s
    }

    /// As [`PerlStr::from_bytes`], for sizes that a script decides.
    pub fn try_from_bytes(bytes: &[u8]) -> Result<PerlStr, OutOfMemory> {
        let mut s = PerlStr::try_with_capacity(bytes.len())?;
        // SAFETY: as above.
        unsafe { s.append_unchecked(bytes) };
        Ok(s)
    }

    #[inline]
    fn head(&self) -> &Header {
        // SAFETY: a PerlStr owns one count of a live header.
        unsafe { self.head.as_ref() }
    }

    #[inline]
    fn meta(&self) -> u32 {
        self.head().meta.get()
    }

    #[inline]
    fn flags(&self) -> u32 {
        self.meta() & FLAGS
    }

    #[inline]
    fn offset(&self) -> usize {
        (self.meta() >> OFFSET_SHIFT) as usize
    }

    /// The first live byte.
    #[inline]
    fn start(&self) -> *mut u8 {
        // SAFETY: offset <= cap, so the place lies in the block or just behind it.
        unsafe { self.head.as_ptr().cast::<u8>().add(HEADER + self.offset()) }
    }

    /// Bytes that can be appended in place if the buffer is not shared.
    #[inline]
    fn spare(&self) -> usize {
        self.head().cap - self.offset() - self.len()
    }

    /// The bytes as they are stored, whatever the flag says of them.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        // SAFETY: offset + len <= cap, and the first len bytes from there are initialised.
        unsafe { std::slice::from_raw_parts(self.start(), self.len()) }
    }

    /// The number of bytes.
    #[inline]
    pub fn len(&self) -> usize {
        self.head().len.get()
    }

    /// Has it no bytes?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does another string share this buffer?
    #[inline]
    pub fn is_shared(&self) -> bool {
        self.head().rc.get() != 1
    }

    /// Are both the same buffer, and so equal without a look?
    #[inline]
    pub fn same_buffer(&self, other: &PerlStr) -> bool {
        self.head == other.head
    }

    /// Replaces `meta`'s flag bits; the caller has un-shared the buffer where it matters.
    #[inline]
    fn put_flags(&self, flags: u32) {
        self.head().meta.set(self.meta() & !FLAGS | flags);
    }

    /// Makes the buffer our own, with room for `additional` more bytes, and forgets what was known
    /// about its bytes. After it the bytes may be changed.
    #[inline]
    fn prepare(&mut self, additional: usize) -> Result<(), OutOfMemory> {
        let head = self.head();
        if head.rc.get() != 1 || self.spare() < additional {
            return self.prepare_slow(additional);
        }
        head.meta.set(head.meta.get() & !DERIVED);
        Ok(())
    }

    #[cold]
    fn prepare_slow(&mut self, additional: usize) -> Result<(), OutOfMemory> {
        let needed = self.len().checked_add(additional).ok_or(OutOfMemory)?;
        if additional > 0 && needed >= ASKED {
            quota::string_fits(needed)?;
        }
        if self.is_shared() {
            let want = if additional == 0 {
                needed
            } else {
                needed.max(grown(self.len()))
            };
            return self.move_to(want);
        }
        let (len, offset) = (self.len(), self.offset());
        if offset >= len && self.head().cap >= needed {
            // What was dropped at the front pays for moving what is left.
            // SAFETY: both places lie in our own block; copy allows them to overlap.
            unsafe { ptr::copy(self.start(), self.start().sub(offset), len) };
            self.head().meta.set(self.flags() & !DERIVED);
            return Ok(());
        }
        if offset > 0 {
            return self.move_to(needed.max(grown(len)));
        }
        let (cap, layout) =
            room_for(needed.max(grown(self.head().cap))).or_else(|_| room_for(needed))?;
        let old = block_layout(self.head().cap);
        // SAFETY: the block was allocated with `old`, is ours alone, and the new size is not zero.
        let block = unsafe { realloc(self.head.as_ptr().cast(), old, layout.size()) };
        self.head = NonNull::new(block.cast::<Header>()).ok_or(OutOfMemory)?;
        quota::take(layout.size().wrapping_sub(old.size()));
        // SAFETY: realloc kept the header; nobody else knows the block.
        unsafe { self.head.as_mut() }.cap = cap;
        self.put_flags(self.flags() & !DERIVED);
        Ok(())
    }

    /// Replaces the buffer by a copy of our own with room for `want` bytes in all.
    fn move_to(&mut self, want: usize) -> Result<(), OutOfMemory> {
        let mut copy = PerlStr::allocate(want)?;
        // SAFETY: the copy is our own; `want` covers the length in both callers.
        unsafe { copy.append_unchecked(self.as_bytes()) };
        copy.put_flags(self.flags() & !DERIVED);
        *self = copy;
        Ok(())
    }

    /// Appends without asking for room.
    ///
    /// # Safety
    /// The buffer is unshared and `spare()` is at least `bytes.len()`.
    #[inline]
    unsafe fn append_unchecked(&mut self, bytes: &[u8]) {
        let (len, n) = (self.len(), bytes.len());
        // SAFETY: the caller promised the room; `bytes` cannot lie in a buffer that we alone hold
        // mutably.
        unsafe { copy_short(bytes.as_ptr(), self.start().add(len), n) };
        self.head().len.set(len + n);
    }

    /// Becomes these bytes in the memory it has; false where that is shared or too small.
    #[inline]
    pub fn refill(&mut self, bytes: &[u8], utf8: bool) -> bool {
        let head = self.head();
        if head.rc.get() != 1 || head.cap < bytes.len() {
            return false;
        }
        head.meta.set(if utf8 { UTF8 } else { 0 });
        head.len.set(0);
        // SAFETY: the buffer is our own and, begun anew, has that much room.
        unsafe { self.append_unchecked(bytes) };
        true
    }

    /// Sets the length after bytes were dropped or written in place.
    ///
    /// # Safety
    /// The buffer is unshared and its first `len` bytes are initialised.
    unsafe fn set_len(&mut self, len: usize) {
        self.head().len.set(len);
    }

    /// Moves the start `n` bytes on. The buffer is unshared and `n <= len`.
    fn advance(&mut self, n: usize) {
        let (len, offset) = (self.len(), self.offset());
        let left = len - n;
        if left == 0 {
            self.head().meta.set(self.flags() & !PLACES);
        } else if offset + n <= MAX_OFFSET {
            let meta = ((offset + n) as u32) << OFFSET_SHIFT | self.flags() & !PLACES;
            self.head().meta.set(meta);
        } else {
            // SAFETY: source and target lie within our own unshared block.
            unsafe { ptr::copy(self.start().add(n), self.start().sub(offset), left) };
            self.head().meta.set(self.flags() & !PLACES);
        }
        self.head().len.set(left);
    }

    /// The bytes, to be changed in place. A caller of a UTF-8 string keeps it well-formed.
    pub fn make_mut(&mut self) -> &mut [u8] {
        if self.prepare(0).is_err() {
            out_of_memory(self.len());
        }
        // SAFETY: prepare made the buffer ours alone; the bytes are initialised.
        unsafe { std::slice::from_raw_parts_mut(self.start(), self.len()) }
    }

    /// Appends `n` bytes that `fill` writes: it gets them zeroed and says how many it has used.
    pub fn append_with(
        &mut self,
        n: usize,
        fill: impl FnOnce(&mut [u8]) -> usize,
    ) -> Result<usize, OutOfMemory> {
        self.prepare(n)?;
        let len = self.len();
        // SAFETY: prepare gave `n` spare bytes of a buffer that is ours alone; they are zeroed
        // before a slice of them exists.
        let room = unsafe {
            let at = self.start().add(len);
            ptr::write_bytes(at, 0, n);
            std::slice::from_raw_parts_mut(at, n)
        };
        let used = fill(room).min(n);
        // SAFETY: those bytes have just been written.
        unsafe { self.set_len(len + used) };
        Ok(used)
    }

    /// Appends what `fill` has written at the beginning of `n` bytes of memory nobody has cleared:
    /// it gives that part back, or says why there is none.
    pub fn append_filled<E>(
        &mut self,
        n: usize,
        fill: impl for<'r> FnOnce(&'r mut [MaybeUninit<u8>]) -> Result<&'r mut [u8], E>,
    ) -> Result<Result<usize, E>, OutOfMemory> {
        self.prepare(n)?;
        let len = self.len();
        // SAFETY: prepare gave `n` spare bytes of a buffer that is ours alone.
        let room: &mut [MaybeUninit<u8>] =
            unsafe { std::slice::from_raw_parts_mut(self.start().add(len).cast(), n) };
        let begin = room.as_ptr().cast::<u8>();
        let filled = match fill(room) {
            Ok(part) if std::ptr::eq(part.as_ptr(), begin) => part.len().min(n),
            Ok(_) => 0,
            Err(why) => return Ok(Err(why)),
        };
        // SAFETY: a slice of bytes is initialised, and this one stands where the room begins.
        unsafe { self.set_len(len + filled) };
        Ok(Ok(filled))
    }

    /// An empty string in this one's memory, where nobody else has it.
    pub fn emptied(mut self) -> PerlStr {
        match self.refill(&[], false) {
            true => self,
            false => PerlStr::new(),
        }
    }
}

impl Clone for PerlStr {
    #[inline]
    fn clone(&self) -> PerlStr {
        let rc = &self.head().rc;
        if rc.get() == u32::MAX {
            return self.deep_copy();
        }
        rc.set(rc.get() + 1);
        PerlStr { head: self.head }
    }
}

impl PerlStr {
    /// A copy that shares nothing.
    #[cold]
    pub fn deep_copy(&self) -> PerlStr {
        let mut copy = PerlStr::with_capacity(self.len());
        // SAFETY: the copy is new and has the room.
        unsafe { copy.append_unchecked(self.as_bytes()) };
        copy.put_flags(self.flags() & !PLACES);
        copy
    }
}

impl Drop for PerlStr {
    #[inline]
    fn drop(&mut self) {
        let rc = self.head().rc.get();
        if rc == 1 {
            let layout = block_layout(self.head().cap);
            quota::give(layout.size());
            // SAFETY: the last count is ours, and the block was allocated with this layout.
            unsafe { dealloc(self.head.as_ptr().cast(), layout) };
        } else {
            self.head().rc.set(rc - 1);
        }
    }
}

/// Half as much again.
#[inline]
fn grown(n: usize) -> usize {
    n.saturating_add(n / 2)
}

/// The capacity and the layout of a block for `n` bytes, rounded up to what an allocator hands out
/// anyway (blocks of 16 bytes, 8 of them its own).
#[inline]
fn room_for(n: usize) -> Result<(usize, Layout), OutOfMemory> {
    if n > isize::MAX as usize - 64 {
        return Err(OutOfMemory);
    }
    let total = (n + HEADER + 8).next_multiple_of(16) - 8;
    Ok((total - HEADER, block_layout(total - HEADER)))
}

#[inline]
fn block_layout(cap: usize) -> Layout {
    // SAFETY: room_for bounded the size, and the alignment is a power of two.
    unsafe { Layout::from_size_align_unchecked(cap + HEADER, align_of::<Header>()) }
}

#[cold]
pub(super) fn out_of_memory(n: usize) -> ! {
    handle_alloc_error(room_for(n).map_or(Layout::new::<u64>(), |(_, layout)| layout))
}

/// Copies `n` bytes; up to 16 without a call.
///
/// # Safety
/// As for `ptr::copy_nonoverlapping`.
#[inline]
unsafe fn copy_short(from: *const u8, to: *mut u8, n: usize) {
    // SAFETY: each branch touches the first and last bytes of the n promised ones only.
    unsafe {
        match n {
            0 => {}
            1 => *to = *from,
            2..=3 => copy_ends::<u16>(from, to, n),
            4..=7 => copy_ends::<u32>(from, to, n),
            8..=16 => copy_ends::<u64>(from, to, n),
            _ => ptr::copy_nonoverlapping(from, to, n),
        }
    }
}

/// Copies `n` bytes as two words, which may overlap.
///
/// # Safety
/// `n` is between the size of `T` and twice that, else as for `ptr::copy_nonoverlapping`.
#[inline]
unsafe fn copy_ends<T: Copy>(from: *const u8, to: *mut u8, n: usize) {
    let back = n - size_of::<T>();
    // SAFETY: both words lie within the n bytes.
    unsafe {
        let head = from.cast::<T>().read_unaligned();
        let tail = from.add(back).cast::<T>().read_unaligned();
        to.cast::<T>().write_unaligned(head);
        to.add(back).cast::<T>().write_unaligned(tail);
    }
}

#[cfg(test)]
mod tests;
