//! Text as Perl sees it: strings, numbers written in strings, and the templates that join the two.
//! Nothing here knows of values, handles or the system.

pub mod perlstr;
pub mod utf8;

pub use perlstr::{OutOfMemory, PerlStr};
