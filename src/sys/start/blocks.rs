//! Memory of a program that makes and drops millions of small things: blocks of up to 144 bytes are
//! cut from chunks, one behind the other, and wait in lists of the thread for the next of their
//! size when they are freed; everything else is the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;

/// The largest block that is ours.
const MOST: usize = 144;
/// Sizes are multiples of this, and all blocks begin at one.
const GRAIN: usize = 16;
/// Sizes of blocks; number 0 is not used.
const CLASSES: usize = MOST / GRAIN + 1;
/// What the system is asked for at a time. Pages nothing was cut from yet are not touched.
const CHUNK: usize = 64 * 1024;

/// A block on a list.
struct Free {
    next: *mut Free,
}

/// What a thread has: the first free block of each size, and the rest of its chunk.
struct Blocks {
    free: [Cell<*mut Free>; CLASSES],
    rest: Cell<*mut u8>,
    left: Cell<usize>,
}

thread_local! {
    static BLOCKS: Blocks = const {
        Blocks {
            free: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            rest: Cell::new(ptr::null_mut()),
            left: Cell::new(0),
        }
    };
}

impl Blocks {
    #[inline(always)]
    fn take(&self, class: usize) -> *mut u8 {
        let block = self.free[class].get();
        if block.is_null() {
            return self.cut(class * GRAIN);
        }
        // SAFETY: a block on the list is ours and begins with the next one's address.
        self.free[class].set(unsafe { (*block).next });
        block.cast()
    }

    #[inline(always)]
    fn give(&self, class: usize, block: *mut u8) {
        let block = block.cast::<Free>();
        // SAFETY: the block is nobody's any more, and has room for an address.
        unsafe { (*block).next = self.free[class].get() };
        self.free[class].set(block);
    }

    /// A block nobody has had before.
    #[inline]
    fn cut(&self, size: usize) -> *mut u8 {
        if self.left.get() < size && !self.refill() {
            return ptr::null_mut();
        }
        let block = self.rest.get();
        // SAFETY: `left` bytes of the chunk begin at `rest`.
        self.rest.set(unsafe { block.add(size) });
        self.left.set(self.left.get() - size);
        block
    }

    /// Begins a new chunk; what is left of the old one, less than a block, is given up.
    #[cold]
    fn refill(&self) -> bool {
        // SAFETY: a size above zero, and an alignment that is a power of two.
        let chunk = unsafe { System.alloc(Layout::from_size_align_unchecked(CHUNK, GRAIN)) };
        if chunk.is_null() {
            return false;
        }
        self.rest.set(chunk);
        self.left.set(CHUNK);
        true
    }
}

#[inline(always)]
const fn class_of(size: usize) -> usize {
    size.div_ceil(GRAIN)
}

/// Whether blocks of this layout are ours.
#[inline(always)]
fn is_small(layout: Layout) -> bool {
    layout.size() <= MOST && layout.align() <= GRAIN
}

/// The allocator of the command. A signal handler must not allocate, with this one as with C's.
pub struct SmallBlocks;

// SAFETY: every block holds each layout of its class; a block on a list belongs to nobody, and
// lists and chunks are a thread's own.
unsafe impl GlobalAlloc for SmallBlocks {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !is_small(layout) {
            // SAFETY: the caller's layout.
            return unsafe { System.alloc(layout) };
        }
        BLOCKS.with(|blocks| blocks.take(class_of(layout.size())))
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if !is_small(layout) {
            // SAFETY: the caller's block and layout.
            return unsafe { System.dealloc(block, layout) };
        }
        BLOCKS.with(|blocks| blocks.give(class_of(layout.size()), block));
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !is_small(layout) {
            // SAFETY: the caller's layout.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: as above; the block holds the layout.
        unsafe {
            let block = self.alloc(layout);
            if !block.is_null() {
                ptr::write_bytes(block, 0, layout.size());
            }
            block
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise about the new size.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (is_small(layout), is_small(new)) {
            // SAFETY: the caller's block and layout.
            (false, false) => unsafe { System.realloc(block, layout, size) },
            (true, true) if class_of(layout.size()) == class_of(size) => block,
            // SAFETY: both blocks hold what is copied; the old one is not used afterwards.
            _ => unsafe {
                let moved = self.alloc(new);
                if !moved.is_null() {
                    ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                    self.dealloc(block, layout);
                }
                moved
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_what_is_in_them_over_every_change_of_size() {
        let memory = SmallBlocks;
        let sizes = [1, 8, 16, 17, 24, 25, 40, 144, 145, 4096, 100, 16, 500, 3];
        for align in [1, 8, 16, 32] {
            let at = |size| Layout::from_size_align(size, align).unwrap();
            // SAFETY: layouts of this test; each block is freed with the last one it had.
            unsafe {
                let mut size = sizes[0];
                let mut block = memory.alloc_zeroed(at(size));
                for next in sizes {
                    block.write(next as u8);
                    let moved = memory.realloc(block, at(size), next);
                    assert_eq!(moved.read(), next as u8);
                    assert_eq!(moved as usize % align, 0);
                    (block, size) = (moved, next);
                    let other = memory.alloc(at(next));
                    assert_ne!(other, block);
                    other.write_bytes(0xA5, next);
                    memory.dealloc(other, at(next));
                    let zeroed = memory.alloc_zeroed(at(next));
                    assert!((0..next).all(|i| zeroed.add(i).read() == 0));
                    memory.dealloc(zeroed, at(next));
                }
                memory.dealloc(block, at(size));
            }
        }
    }

    #[test]
    fn what_is_freed_is_the_next_of_its_size_and_chunks_do_not_overlap() {
        let memory = SmallBlocks;
        let layout = Layout::from_size_align(64, 8).unwrap();
        // SAFETY: each block is freed once, with its layout.
        unsafe {
            let mut blocks: Vec<usize> = (0..3 * CHUNK / 64)
                .map(|_| memory.alloc(layout) as usize)
                .collect();
            let last = *blocks.last().unwrap();
            memory.dealloc(last as *mut u8, layout);
            assert_eq!(memory.alloc(layout) as usize, last);
            blocks.sort_unstable();
            assert!(blocks.windows(2).all(|two| two[1] - two[0] >= 64));
            for block in blocks {
                memory.dealloc(block as *mut u8, layout);
            }
        }
    }
}
