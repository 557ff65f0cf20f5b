//! Depth of recursion: what nests deeply goes on in a new segment of stack where the present one is
//! short. Asking the system how long a stack is means reading `/proc/self/maps`, so a program's
//! first stretch of it is measured from where the program began.

use std::cell::Cell;

/// How far from its beginning a process's own stack is known to go on.
const KNOWN: usize = 1024 * 1024;
/// What the callers of `begin` have of the stack above it, at most.
const ABOVE: usize = 64 * 1024;

thread_local! {
    /// Where the stack of the process begins; 0 on stacks of which nothing is known.
    static BEGIN: Cell<usize> = const { Cell::new(0) };
}

/// An address of the present frame.
#[inline(always)]
fn here() -> usize {
    let mark = 0u8;
    std::hint::black_box(&raw const mark) as usize
}

/// Says that the thread's stack begins about here and has `size` bytes.
pub fn begin(size: u64) {
    if size >= 2 * KNOWN as u64 {
        BEGIN.set(here() + ABOVE);
    }
}

/// Calls `f` with at least `red` bytes of stack, on a segment of `size` bytes where there are less.
#[inline]
pub fn deeper<T>(red: usize, size: usize, f: impl FnOnce() -> T) -> T {
    // Stacks grow downwards; elsewhere the difference is beyond any stack.
    if BEGIN.get().wrapping_sub(here()) < KNOWN - red.min(KNOWN) {
        return f();
    }
    stacker::maybe_grow(red, size, f)
}
