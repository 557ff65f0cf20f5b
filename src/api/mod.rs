//! The embedding API: an interpreter, how it is built, and what the command needs of the process.
mod builder;
mod perl;
mod process;
#[doc(hidden)]
pub mod tooling;
pub use builder::{Builder, Taint, Warn};
pub use perl::{ExitStatus, Perl, Program};
pub use process::{
    change_directory, complain, environment, is_plain_file, parse_only, read_program, say,
};

pub use crate::sys::start::{SmallBlocks, enter};
