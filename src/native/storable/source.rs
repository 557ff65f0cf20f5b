//! Where frozen bytes come from.

use crate::builtins::io;
use crate::io::HandleRef;
use crate::text::PerlStr;
use crate::vm::{Call, Exec};

/// A string, or a handle that is read no further than needed.
pub(super) enum Source<'a> {
    Text(&'a [u8]),
    Handle(HandleRef, Vec<u8>),
}

impl<'a> Source<'a> {
    pub(super) fn text(bytes: &'a [u8]) -> Source<'a> {
        Source::Text(bytes)
    }

    pub(super) fn handle(handle: HandleRef) -> Source<'a> {
        Source::Handle(handle, Vec::new())
    }

    pub(super) fn is_file(&self) -> bool {
        matches!(self, Source::Handle(..))
    }

    /// The next `n` bytes; `None` where there are not so many.
    pub(super) fn take(&mut self, call: &mut Call<'_>, n: usize) -> Exec<Option<&[u8]>> {
        match self {
            Source::Text(bytes) => {
                let Some((head, tail)) = bytes.split_at_checked(n) else {
                    return Ok(None);
                };
                *bytes = tail;
                Ok(Some(head))
            }
            Source::Handle(handle, buffer) => {
                buffer.clear();
                while buffer.len() < n {
                    let mut piece = PerlStr::new();
                    let mut left = (n - buffer.len()).min(1 << 16);
                    let done = io::retry(call.vm, handle, |h| h.read(&mut piece, &mut left))?;
                    if done.is_err() || piece.is_empty() {
                        return Ok(None);
                    }
                    buffer.extend_from_slice(piece.as_bytes());
                }
                Ok(Some(buffer))
            }
        }
    }
}
