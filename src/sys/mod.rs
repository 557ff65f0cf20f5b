//! System calls, typed: every function gives `Result<T, Errno>` and knows nothing of Perl.
//!
//! The only place that names libc, nix or socket2. Whatever can put the process to sleep goes
//! through [`blocking`], so that a signal cannot slip in between a check and the sleep.
#![allow(dead_code, unused_imports)] // the floor for limits and embedding, ahead of its callers
#![allow(clippy::unnecessary_cast)] // C's types differ from target to target

pub(crate) mod blocking;
pub(crate) mod dir;
pub(crate) mod env;
pub(crate) mod errno;
pub(crate) mod fd;
pub(crate) mod file;
pub(crate) mod grant;
pub(crate) mod host;
pub(crate) mod kept_terminal;
pub(crate) mod libm;
pub(crate) mod limits;
pub(crate) mod locale;
pub(crate) mod netdb;
pub(crate) mod path;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod signal;
pub(crate) mod socket;
pub(crate) mod spawn;
pub(crate) mod start;
pub(crate) mod sysv;
pub(crate) mod time;
pub(crate) mod tty;
pub(crate) mod user;

pub(crate) use errno::Errno;

/// What every call of this floor gives.
pub(crate) type Result<T> = std::result::Result<T, Errno>;
