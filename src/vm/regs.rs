//! The register file: values in a row that never move. All registers that belong to no frame are
//! undef, so a new frame finds its own clean.

use crate::value::Val;
use std::alloc::{Layout, alloc_zeroed, dealloc};

/// Registers asked for, most first: address space only, memory comes as it is touched.
const SIZES: [usize; 4] = [1 << 26, 1 << 23, 1 << 20, 1 << 16];

/// All registers of an interpreter.
pub struct Regs {
    start: *mut Val,
    len: usize,
}

impl Regs {
    /// As many as the system gives address space for.
    pub fn new() -> Regs {
        for len in SIZES {
            let Ok(layout) = Layout::array::<Val>(len) else {
                continue;
            };
            // SAFETY: the layout is not of size zero. Zeroes are `Val::Undef` (tag 0).
            let start = unsafe { alloc_zeroed(layout) }.cast::<Val>();
            if !start.is_null() {
                return Regs { start, len };
            }
        }
        Regs {
            start: std::ptr::NonNull::dangling().as_ptr(),
            len: 0,
        }
    }

    /// Their number.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The place of register `i`, which is below `len`.
    #[inline(always)]
    pub fn at(&self, i: usize) -> *mut Val {
        debug_assert!(i <= self.len);
        // SAFETY: within the block, or just behind it.
        unsafe { self.start.add(i) }
    }

    /// Makes registers `from..to` undef, letting go of what they hold.
    #[inline(always)]
    pub fn clear(&self, from: usize, to: usize) {
        debug_assert!(from <= to && to <= self.len);
        for i in from..to {
            // SAFETY: within the block; the value is taken out before it is dropped.
            unsafe {
                Val::discard(&mut *self.start.add(i));
            }
        }
    }
}

impl Drop for Regs {
    fn drop(&mut self) {
        if let (true, Ok(layout)) = (self.len > 0, Layout::array::<Val>(self.len)) {
            // SAFETY: allocated with this layout. Values still in registers are let go by the
            // machine before.
            unsafe { dealloc(self.start.cast(), layout) };
        }
    }
}
