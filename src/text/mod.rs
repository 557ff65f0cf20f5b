//! Text as Perl sees it: strings, numbers written in strings, and the templates that join the two.
//! Nothing here knows of values, handles or the system.

pub mod bits;
pub mod case;
pub mod charname;
pub mod decimal;
pub mod format_picture;
pub mod glob_pattern;
mod grammar;
pub mod increment;
pub mod number;
pub mod numeric;
pub mod pack;
pub mod perlstr;
pub mod quota;
pub mod radix;
pub mod random;
mod recent;
pub mod sprintf;
pub mod tr;
pub mod utf8;
pub mod whole;

pub use decimal::{format_int, format_num, format_uint};
pub use number::Numeric;
pub use perlstr::{OutOfMemory, PerlStr};
