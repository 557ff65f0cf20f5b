//! Memory of a program that makes and drops millions of small things: freed blocks of up to 136
//! bytes wait in lists of the thread for the next of their size; everything else is the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;

/// The largest block that is kept. Sizes are 24, 40, 56 ...: what fills a block of the C library.
const MOST: usize = 136;
/// Alignment of all kept blocks.
const ALIGN: usize = 16;
/// Sizes of kept blocks; number 0 is not used.
const CLASSES: usize = class_of(MOST) + 1;
/// Blocks of one size that are kept: what a program lets go of at once goes back to the system.
const KEPT: u32 = 1024;

/// A block on a list.
struct Free {
    next: *mut Free,
}

/// The lists of a thread: the first block of each size, and how many there are.
struct Lists {
    first: [Cell<*mut Free>; CLASSES],
    count: [Cell<u32>; CLASSES],
}

thread_local! {
    static LISTS: Lists = const {
        Lists {
            first: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            count: [const { Cell::new(0) }; CLASSES],
        }
    };
}

#[inline(always)]
const fn class_of(size: usize) -> usize {
    (size + 7) / 16
}

/// Whether a block of this layout is kept when it is freed.
#[inline(always)]
fn is_small(layout: Layout) -> bool {
    layout.size() <= MOST && layout.size() > 8 && layout.align() <= ALIGN
}

/// What the system is asked for where the list is empty.
#[inline(always)]
fn full(class: usize) -> Layout {
    // SAFETY: a small size, and an alignment that is a power of two.
    unsafe { Layout::from_size_align_unchecked(class * 16 + 8, ALIGN) }
}

/// The allocator of the command. A signal handler must not allocate, with this one as with C's.
pub struct SmallBlocks;

// SAFETY: every block comes from the system's allocator with the layout of its class, which holds
// each layout of that class; a block on a list belongs to nobody, and lists are a thread's own.
unsafe impl GlobalAlloc for SmallBlocks {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !is_small(layout) {
            // SAFETY: the caller's layout.
            return unsafe { System.alloc(layout) };
        }
        let class = class_of(layout.size());
        LISTS.with(|lists| {
            let block = lists.first[class].get();
            if block.is_null() {
                // SAFETY: not of size zero.
                return unsafe { System.alloc(full(class)) };
            }
            // SAFETY: a block on the list is ours and begins with the next one's address.
            lists.first[class].set(unsafe { (*block).next });
            lists.count[class].set(lists.count[class].get() - 1);
            block.cast()
        })
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if !is_small(layout) {
            // SAFETY: the caller's block and layout.
            return unsafe { System.dealloc(block, layout) };
        }
        let class = class_of(layout.size());
        LISTS.with(|lists| {
            let count = lists.count[class].get();
            if count >= KEPT {
                // SAFETY: it came from the system with this layout.
                return unsafe { System.dealloc(block, full(class)) };
            }
            let block = block.cast::<Free>();
            // SAFETY: the block is nobody's any more, and has room for an address.
            unsafe { (*block).next = lists.first[class].get() };
            lists.first[class].set(block);
            lists.count[class].set(count + 1);
        });
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
        let sizes = [1, 8, 9, 24, 25, 40, 136, 137, 4096, 100, 16, 500, 3];
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
    fn more_than_is_kept_goes_back() {
        let memory = SmallBlocks;
        let layout = Layout::from_size_align(64, 8).unwrap();
        // SAFETY: each block is freed once, with its layout.
        unsafe {
            let blocks: Vec<*mut u8> = (0..3 * KEPT).map(|_| memory.alloc(layout)).collect();
            for block in blocks {
                memory.dealloc(block, layout);
            }
        }
        LISTS.with(|lists| assert!(lists.count[class_of(64)].get() <= KEPT));
    }
}
