//! A backtracking engine of our own, for what PCRE2 cannot do: `(?{ })` with its undoing,
//! `(??{ })`, `\b{..}`, code points above U+10FFFF, and exponential patterns that memory tames.
//!
//! The tree becomes a list of instructions (`program`); `machine` runs them with an explicit stack
//! of choices and of undone assignments, so that no subject and no pattern can exhaust the native
//! stack.

mod back;
mod bounds;
mod lower;
mod machine;
mod program;
mod read;
mod search;

pub use program::Program;
pub use search::exec;
