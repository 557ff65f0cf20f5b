//! Keshi runs Perl 5 programs that fork, signal, pipe and talk over sockets. This is the library:
//! a Perl interpreter for Rust programs.
//!
//! # A guided tour
//!
//! ## Values
//!
//! [`Perl::eval`] gives the value of a text; the type asked for picks the context and the
//! conversion ([`FromPerl`] has the table). [`Perl::call`] calls a sub; arguments are anything
//! [`IntoPerl`]: one value, or a tuple or `Vec` for several.
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
//! Structures of your own go both ways by serde, with the feature `serde`
#![cfg_attr(feature = "serde", doc = "([`data`] shows how).")]
#![cfg_attr(not(feature = "serde"), doc = "(`keshi::data` shows how).")]
//!
//! ## Handles
//!
//! [`Scalar`], [`Array`], [`Hash`](struct@Hash), [`Code`] and [`Object`] are live references into the
//! interpreter, to keep as long as you like. What they do takes the interpreter as an argument, since
//! it may run Perl code: from outside the [`Perl`], inside a native function its [`Call`].
//!
//! ```
//! # fn main() -> keshi::Result<()> {
//! # let mut perl = keshi::Perl::new();
//! let config = perl.hash("main::config");
//! config.set(&mut perl, "colour", "green")?;
//! assert_eq!(perl.eval::<String>("uc $config{colour}")?, "GREEN");
//!
//! let counter: keshi::Code = perl.eval("my $n = 0; sub { $n += shift }")?;
//! counter.call::<()>(&mut perl, 5)?;
//! assert_eq!(counter.call::<i64>(&mut perl, 2)?, 7);
//! # Ok(())
//! # }
//! ```
//!
//! ## Rust in Perl
//!
//! [`Perl::define`] makes a sub of a closure, [`Perl::new_code`] one without a name, [`Package`] a
//! module that `use` finds, [`Perl::new_object`] an object with a Rust value inside, which
//! [`Native`] gives back. `?` makes Perl errors of Rust's ([`Error::external`]); a panic becomes one too.
//!
//! ```
//! use keshi::{Native, Package, Perl};
//! use std::cell::RefCell;
//!
//! # fn main() -> keshi::Result<()> {
//! let stack = Package::new("Stack")
//!     .function("new", |call, class: String| call.new_object(&class, RefCell::<Vec<i64>>::default()))
//!     .function("push", |_, (this, n): (Native<RefCell<Vec<i64>>>, i64)| {
//!         this.borrow_mut().push(n);
//!         Ok(this)
//!     })
//!     .function("sum", |_, this: Native<RefCell<Vec<i64>>>| Ok(this.borrow().iter().sum::<i64>()));
//! let mut perl = Perl::builder().package(stack).build();
//! perl.define("double", |_, n: i64| Ok(n * 2));
//! let sum: i64 = perl.eval("use Stack; Stack->new->push(1)->push(double(20))->sum")?;
//! assert_eq!(sum, 41);
//! # Ok(())
//! # }
//! ```
//!
//! ## Programs
//!
//! [`Perl::compile`] and [`Perl::run`] compile once and run often. [`Builder`] sets up `@ARGV`,
//! `%ENV`, `@INC`, [streams](Output), modules from memory, and what the host is told of.
//!
//! ## Errors
//!
//! An [`Error`] is one word, `Send` and `Sync`, and says [kind](ErrorKind), perl's text, place and
//! trace; [`Perl::exception`] has the value that was thrown.
//!
//! ```
//! use keshi::{ErrorKind, Perl};
//!
//! # fn main() -> keshi::Result<()> {
//! let mut perl = Perl::new();
//! let error = perl.eval::<()>("sub buy { die \"no more $_[0]\" }\nbuy('tea')").unwrap_err();
//! assert_eq!(error.kind(), &ErrorKind::Died);
//! assert_eq!(error.to_string(), "no more tea at (eval 1) line 1.");
//! assert_eq!(error.trace()[0].sub, "main::buy");
//! # Ok(())
//! # }
//! ```
//!
//! ## Stopping and sandboxes
//!
//! An [`Interrupter`] stops a script from another thread, [`Limits`] stop it by time, steps, memory,
//! depth and string size; no `eval` of the script catches that, and the interpreter is usable
//! afterwards. [`Perl::sandbox`] may touch nothing outside itself but what it is
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
//! assert!(perl.eval::<()>("eval { 1 while 1 }").unwrap_err().is_stop());
//! assert!(perl.eval::<bool>("system('true') == -1 && $!{EACCES}")?);
//! assert_eq!(perl.take_refused(), [Capability::Processes]);
//! # Ok(())
//! # }
//! ```
//!
//! `docs/embedding.md` has the rules for hosts that fork, have threads or handle signals, and a table
//! for those who know mlua.
#![deny(unsafe_code, missing_docs)]

// The floors of the house, lowest first; a module imports lower floors only (`t/house.rs`).
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
