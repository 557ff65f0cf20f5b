//! Keshi runs Perl 5 programs that fork, signal, pipe and talk over sockets. This is the library:
//! a Perl interpreter for Rust programs.
//!
//! # A guided tour
//!
//! **Values.** [`Perl::eval`] gives the value of a text; the type asked for picks the context and the
//! conversion ([`FromPerl`]). [`Perl::call`] calls a sub; arguments are anything [`IntoPerl`].
//!
//! ```
//! use keshi::Perl;
//! use std::collections::HashMap;
//!
//! # fn main() -> keshi::Result<()> {
//! let mut perl = Perl::new();
//! let sum: i64 = perl.eval("my $s = 0; $s += $_ for 1 .. 10; $s")?;
//! assert_eq!(sum, 55);
//! perl.eval::<()>("sub count { my %n; $n{$_}++ for @_; %n }")?;
//! let count: HashMap<String, u32> = perl.call("count", ["a", "b", "a"])?;
//! assert_eq!(count["a"], 2);
//! # Ok(())
//! # }
//! ```
//!
//! **Handles.** [`Scalar`], [`Array`], [`Hash`](struct@Hash), [`Code`] and [`Object`] are live references into the
//! interpreter; what they do takes it as an argument, since it may run Perl code.
//!
//! ```
//! # fn main() -> keshi::Result<()> {
//! # let mut perl = keshi::Perl::new();
//! let config = perl.hash("main::config");
//! config.set(&mut perl, "colour", "green")?;
//! assert_eq!(perl.eval::<String>("uc $config{colour}")?, "GREEN");
//! # Ok(())
//! # }
//! ```
//!
//! **Rust in Perl.** [`Perl::define`] makes a sub of a closure, [`Package`] a module that `use` finds,
//! [`Cx::new_object`] an object with a Rust value inside. Errors they give are Perl errors.
//!
//! **Programs.** [`Perl::compile`] and [`Perl::run`] compile once and run often. [`Builder`] sets up
//! `@ARGV`, `%ENV`, `@INC`, [streams](Output), modules from memory, and what the host is told of.
//!
//! **Stopping.** An [`Interrupter`] stops a script from another thread, [`Limits`] stop it by time,
//! steps, memory, depth and string size. The interpreter is usable afterwards.
//!
//! **Sandboxes.** [`Perl::sandbox`] may touch nothing outside itself but what it is
//! [granted](Capability).
//!
//! ```
//! use keshi::{Capability, Limits, Perl};
//! use std::time::Duration;
//!
//! # fn main() -> keshi::Result<()> {
//! let mut perl = Perl::sandbox()
//!     .grant(Capability::ReadFiles)
//!     .limits(Limits::new().time(Duration::from_millis(200)).memory(32 << 20))
//!     .build();
//! perl.eval::<()>("print 'only seen here'")?;
//! assert_eq!(perl.take_output(), b"only seen here");
//! assert!(perl.eval::<bool>("!defined(system 'true') || $? == -1")?);
//! # Ok(())
//! # }
//! ```
//!
//! **Errors** are [one word](Error), `Send`, and say kind, text, place and trace.
//!
//! `docs/embedding.md` has the rules for hosts that fork, have threads or handle signals.
//!
//! # The house
//!
//! The modules below are the floors of the house, lowest first; a module imports lower floors
//! only (`t/house.rs` holds the table and fails on an upward or sideways import).
#![deny(unsafe_code, missing_docs)]

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
mod api;

pub use api::*;
