//! Positions: seek, tell, truncate, and giving back what was read ahead.

use super::handle::{End, Handle, libc_seek_cur};
use super::{Result, Stop};
use crate::sys::{Errno, file};

/// From where a position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whence {
    /// SEEK_SET
    Start,
    /// SEEK_CUR
    Here,
    /// SEEK_END
    End,
}

impl Whence {
    /// From the number a script gives.
    pub(crate) fn from_number(number: i64) -> Option<Whence> {
        match number {
            0 => Some(Whence::Start),
            1 => Some(Whence::Here),
            2 => Some(Whence::End),
            _ => None,
        }
    }
}

impl Handle {
    /// How many bytes of the file have been read and not been taken.
    fn unread_raw(&self) -> usize {
        let ahead = self.ahead.len();
        if self.plain {
            self.input.rest().len() + ahead
        } else {
            self.layers.raw_length(self.input.rest()) + ahead
        }
    }

    /// Where the next byte would be read or written (perlfunc tell).
    pub(crate) fn tell(&mut self) -> Result<i64> {
        match &self.end {
            End::Closed => Err(Stop::Failed(Errno::EBADF)),
            End::Memory { at, .. } => Ok(*at as i64 - self.unread_raw() as i64),
            End::Fd(fd) => {
                let fd = *fd;
                if self.access.append {
                    self.flush()?;
                }
                let at = file::lseek(fd, 0, libc_seek_cur()).map_err(Stop::Failed)?;
                let pending = self.output.len() - self.written;
                Ok(at + pending as i64 - self.unread_raw() as i64)
            }
        }
    }

    /// Moves there (perlfunc seek).
    pub(crate) fn seek(&mut self, offset: i64, whence: Whence) -> Result<()> {
        self.flush()?;
        let invalid = Stop::Failed(Errno::EINVAL);
        let (offset, whence) = match whence {
            Whence::Here => (
                self.tell()?.checked_add(offset).ok_or(invalid)?,
                Whence::Start,
            ),
            other => (offset, other),
        };
        let fd = match &mut self.end {
            End::Closed => return Err(Stop::Failed(Errno::EBADF)),
            End::Memory { memory, at } => {
                let base = if whence == Whence::End {
                    memory.len() as i64
                } else {
                    0
                };
                let to = base.checked_add(offset).ok_or(invalid)?;
                *at = usize::try_from(to).map_err(|_| invalid)?;
                None
            }
            End::Fd(fd) => Some(*fd),
        };
        let mut to = 0;
        if let Some(fd) = fd {
            to = file::lseek(fd, offset, whence as i32).map_err(Stop::Failed)?;
        }
        self.input.clear();
        self.ahead.clear();
        self.layers.forget_pending(to == 0);
        self.at_eof = false;
        self.chunk = super::handle::BUFFER;
        self.refresh_fast();
        Ok(())
    }

    /// Gives input that was read ahead back to the file, so that another process, or another
    /// handle on the same file, goes on where the script has read to. Where the file cannot
    /// seek, the input stays in the buffer.
    pub(crate) fn give_back(&mut self) -> Result<()> {
        let unread = self.unread_raw();
        let End::Fd(fd) = self.end else { return Ok(()) };
        if unread == 0 {
            return Ok(());
        }
        if file::lseek(fd, -(unread as i64), libc_seek_cur()).is_ok() {
            self.input.clear();
            self.ahead.clear();
            self.layers.forget_pending(false);
            self.refresh_fast();
        }
        Ok(())
    }

    /// Empties the input buffer before writing or a change of layers. What cannot be given back
    /// is kept as bytes of the file, to be read again through the layers.
    pub(super) fn drop_input(&mut self) {
        let _ = self.give_back();
        if self.input.is_empty() {
            return;
        }
        if let End::Memory { .. } = self.end {
            let unread = self.unread_raw();
            if let End::Memory { at, .. } = &mut self.end {
                *at = at.saturating_sub(unread);
            }
        } else {
            let mut raw = Vec::new();
            let mut ignored = Vec::new();
            if self.plain {
                raw.extend_from_slice(self.input.rest());
            } else {
                let rest = self.input.rest().to_vec();
                self.layers.encode(&rest, &mut raw, &mut ignored);
            }
            raw.append(&mut self.ahead);
            self.ahead = raw;
        }
        self.input.clear();
    }

    /// Cuts the file to a length (perlfunc truncate); the position stays.
    pub(crate) fn truncate(&mut self, len: i64) -> Result<()> {
        self.flush()?;
        let invalid = Stop::Failed(Errno::EINVAL);
        match &mut self.end {
            End::Closed => Err(Stop::Failed(Errno::EBADF)),
            End::Memory { memory, .. } => {
                let len = usize::try_from(len).map_err(|_| invalid)?;
                memory.truncate(len).map_err(Stop::Failed)
            }
            End::Fd(fd) => file::ftruncate(*fd, len).map_err(Stop::Failed),
        }
    }
}
