//! Handles: buffers and layers over descriptors and memory (perl's PerlIO).
//!
//! | file | job |
//! |---|---|
//! | `handle` | what a handle is; opening on a descriptor, closing, flags |
//! | `input` | buffered reading: bytes, characters, eof, ungetc |
//! | `line` | readline for every form of `$/` |
//! | `output` | buffered writing, print, flush |
//! | `position` | seek, tell, truncate, and giving unread input back |
//! | `direct` | sysread, syswrite, sysseek |
//! | `layers` | the layer stack and its notation |
//! | `encoding` | what `:encoding(NAME)` converts |
//! | `memory` | handles over a scalar |
//! | `mode` | the notation of open's modes |
//! | `open` | putting a new descriptor behind a handle |
//! | `registry` | all handles of the thread: flushing before fork, exec and exit |
//! | `unwritten` | what was lost when a handle went away unasked |
//! | `dir` | directory handles |
//! | `glob` | names that match patterns |
//!
//! Every operation that may sleep is a step: where a signal ends the sleep it gives
//! [`Stop::Interrupted`] with its progress kept in the handle (or in what the caller passed), so
//! the caller lets go of the handle, runs Perl handlers, looks whether the handle is still the
//! same ([`Handle::generation`]) and asks again with the same arguments.

pub(crate) mod dir;
pub(crate) mod direct;
pub(crate) mod encoding;
pub(crate) mod fds;
pub(crate) mod glob;
pub(crate) mod handle;
pub(crate) mod input;
pub(crate) mod layers;
pub(crate) mod line;
pub(crate) mod memory;
pub(crate) mod mode;
pub(crate) mod open;
pub(crate) mod output;
pub(crate) mod position;
pub(crate) mod registry;
pub(crate) mod unwritten;

#[cfg(test)]
mod tests;

pub(crate) use handle::{Access, Handle, HandleRef, Kind};
pub(crate) use line::Separator;

use crate::sys::Errno;
use crate::text::OutOfMemory;

/// Why an operation did not finish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A signal waits: dispatch it, look at the handle again, then ask again.
    Interrupted,
    /// It failed for good.
    Failed(Errno),
    /// The string could not grow.
    OutOfMemory,
}

impl From<Errno> for Stop {
    fn from(error: Errno) -> Stop {
        if error == Errno::EINTR {
            Stop::Interrupted
        } else {
            Stop::Failed(error)
        }
    }
}

impl From<OutOfMemory> for Stop {
    fn from(_: OutOfMemory) -> Stop {
        Stop::OutOfMemory
    }
}

/// What every operation on a handle gives.
pub(crate) type Result<T> = std::result::Result<T, Stop>;
