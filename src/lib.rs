//! Keshi runs Perl 5 programs that fork, signal, pipe and talk over sockets.
//!
//! The modules below are the floors of the house, lowest first; a module imports lower floors
//! only (`t/house.rs` holds the table and fails on an upward or sideways import).
#![deny(unsafe_code)]

// floor 0
pub(crate) mod source;
#[allow(unsafe_code)] // system calls
pub(crate) mod sys;
#[allow(unsafe_code)] // the string buffer
pub(crate) mod text;
// floor 1
pub(crate) mod diag;
pub(crate) mod io;
pub(crate) mod regex;
pub(crate) mod signature;
// floor 2
pub(crate) mod bytecode;
pub(crate) mod syntax;
// floor 3
pub(crate) mod compile;
#[allow(unsafe_code)] // reference counts
pub(crate) mod value;
// floor 4
#[allow(unsafe_code)] // registers of the loop
pub(crate) mod vm;
// floor 5
pub(crate) mod builtins;
pub(crate) mod native;
// floor 6
pub(crate) mod interp;
// floor 7
pub mod api;

pub use api::*;
