//! The generator behind `rand`: the 48-bit linear congruential one perl documents, so that a seed gives the same
//! numbers everywhere (perlfunc srand).
use std::cell::Cell;

thread_local! {
    /// State of the generator; none before the first number or seed.
    static STATE: Cell<Option<u64>> = const { Cell::new(None) };
}

const MASK: u64 = (1 << 48) - 1;

/// Puts another state in place and gives the former: each interpreter has its own.
pub fn replace(state: Option<u64>) -> Option<u64> {
    STATE.replace(state)
}

/// Starts over from a seed.
pub fn seed(n: u32) {
    STATE.set(Some((u64::from(n) << 16) + 0x330E));
}

/// Was it ever seeded?
pub fn is_seeded() -> bool {
    STATE.get().is_some()
}

/// The next number in [0, 1).
pub fn next() -> f64 {
    let state = STATE.get().unwrap_or(0x330E);
    let next = state.wrapping_mul(0x5_DEEC_E66D).wrapping_add(0xB) & MASK;
    STATE.set(Some(next));
    next as f64 / (MASK + 1) as f64
}
