//! The embedding API: an interpreter, how it is built, and what the command needs of the process.
mod builder;
mod perl;
mod process;
mod repl;
#[doc(hidden)]
pub mod tooling;
pub use builder::{Builder, Taint, Warn};
pub use perl::{ExitStatus, Perl, Program};
pub use process::{
    become_program, change_directory, complain, environment, is_executable, is_plain_file,
    is_terminal, parse_only, read_program, say,
};
#[doc(hidden)]
pub use repl::{Answer, Child, Repl, Waited, builtin_names, cpu_seconds};

pub use crate::sys::start::{SmallBlocks, enter};
