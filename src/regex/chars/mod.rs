//! Characters as subjects hold them, and sets of them.

pub mod byteset;
pub mod ranges;
pub mod sets;
pub mod subject;
