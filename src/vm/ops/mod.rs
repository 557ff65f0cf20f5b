//! What operations do, by family. Each function is one operation, or a few alike.

mod arith;
mod arrays;
mod assign;
mod at_hand;
mod builtins;
mod calls;
mod control;
mod deref;
mod elements;
mod globs;
mod hashes;
mod io;
mod iterate;
mod lists;
mod loads;
mod local;
mod pattern;
mod raw_io;
mod regex;
pub mod rounds;
mod slices;
mod smart_match;
mod sort;
mod split;
mod strings;
mod subst;
mod trans;

pub(in crate::vm) use arith::bin_of;
