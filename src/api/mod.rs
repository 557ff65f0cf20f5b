//! The embedding API: an interpreter, how it is built, and what the command needs of the process.
mod access;
mod builder;
mod capability;
mod context;
mod convert;
#[cfg(feature = "serde")]
pub mod data;
mod error;
mod handle;
mod limit;
mod native;
mod perl;
mod process;
mod repl;
mod stream;
mod text;
#[doc(hidden)]
pub mod tooling;
mod value;

pub use builder::{Builder, Taint, Warn};
pub use capability::Capability;
pub use context::{Context, Cx};
pub use convert::{FromPerl, IntoPerl, Rest, Wanted};
pub use error::{Error, ErrorKind, Place, Result, TraceFrame};
pub use handle::{Array, Code, Hash, Native, Object, Scalar};
pub use limit::{Interrupter, LimitKind, Limits};
pub use native::{Call, Constant, Package};
pub use perl::{ExitStatus, Perl, Program, Script};
#[doc(hidden)] // for the command
pub use process::{
    become_program, change_directory, complain, environment, is_executable, is_plain_file,
    is_terminal, is_this_program, parse_only, read_program, say, say_last,
};
#[doc(hidden)]
pub use repl::{Answer, Child, Repl, Terminal, Waited, builtin_names, cpu_seconds, is_keyword};
pub use stream::{Input, Output};
pub use text::Text;
pub use value::{Opaque, Value};

#[doc(hidden)] // for the command
pub use crate::sys::start::{SmallBlocks, enter};
