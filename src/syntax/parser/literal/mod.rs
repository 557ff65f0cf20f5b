//! Numbers and names of characters: what stands for a value by itself.

pub(super) mod charname;
mod constant;
mod number;
