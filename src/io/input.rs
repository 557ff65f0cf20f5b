//! Buffered reading: filling the buffer, bytes, characters, eof, ungetc.

use super::handle::{BUFFER, BUFFER_MAX, End, Handle};
use super::{Result, Stop, registry};
use crate::sys::{Errno, blocking};
use crate::text::{PerlStr, utf8};

/// The most that one system call reads straight into a string.
const DIRECT: usize = 256 * 1024;

impl Handle {
    /// Reads more behind what the buffer holds; false at the end of the file.
    pub(super) fn fill(&mut self) -> Result<bool> {
        if !self.access.read {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if !self.output.is_empty() && !self.duplex {
            self.flush()?;
        }
        if self.tty {
            // A prompt without a newline is to be seen before the answer is waited for.
            registry::flush_lines();
        }
        if self.input.start > 0 {
            let (start, end) = (self.input.start, self.input.end);
            self.input.bytes.copy_within(start..end, 0);
            (self.input.start, self.input.end) = (0, end - start);
        }
        let got = if self.plain && self.ahead.is_empty() {
            self.fill_plain()?
        } else {
            self.fill_through_layers()?
        };
        self.at_eof = !got;
        if !self.duplex {
            self.fast_output = false;
        }
        Ok(got)
    }

    fn fill_plain(&mut self) -> Result<bool> {
        let (end, chunk) = (self.input.end, self.chunk);
        if self.input.bytes.len() < end + chunk {
            self.grow_input(end + chunk)?;
        }
        let got = self.raw_read(end, chunk)?;
        self.input.end += got;
        // A file that is read on and on is worth fewer and larger calls; a pipe gives no more
        // than it holds, and what we take of it others cannot have.
        if got == chunk && chunk < BUFFER_MAX && self.regular {
            self.chunk = (chunk * 2).min(BUFFER_MAX);
        }
        Ok(got > 0)
    }

    fn grow_input(&mut self, size: usize) -> Result<()> {
        let more = size - self.input.bytes.len();
        self.input
            .bytes
            .try_reserve(more)
            .map_err(|_| Stop::OutOfMemory)?;
        self.input.bytes.resize(size, 0);
        Ok(())
    }

    /// One read from the end into the buffer's memory.
    fn raw_read(&mut self, at: usize, len: usize) -> Result<usize> {
        let room = &mut self.input.bytes[at..at + len];
        match &mut self.end {
            End::Closed => Err(Stop::Failed(Errno::EBADF)),
            End::Fd(fd) => match blocking::read(*fd, room) {
                Ok(got) => Ok(got),
                Err(error) => Err(self.failed(error)),
            },
            End::Memory { memory, at } => {
                let mut got = 0;
                memory.with(&mut |bytes| {
                    let rest = bytes.get(*at..).unwrap_or(&[]);
                    got = rest.len().min(room.len());
                    room[..got].copy_from_slice(&rest[..got]);
                });
                *at += got;
                Ok(got)
            }
        }
    }

    fn fill_through_layers(&mut self) -> Result<bool> {
        loop {
            let raw = if self.ahead.is_empty() {
                let mut raw = std::mem::take(&mut self.raw);
                raw.resize(BUFFER, 0);
                std::mem::swap(&mut raw, &mut self.input.bytes);
                let read = self.raw_read(0, BUFFER);
                std::mem::swap(&mut raw, &mut self.input.bytes);
                raw.truncate(*read.as_ref().unwrap_or(&0));
                if let Err(stop) = read {
                    self.raw = raw;
                    return Err(stop);
                }
                raw
            } else {
                std::mem::take(&mut self.ahead)
            };
            let last = raw.is_empty();
            let cooked = self.layers.decode(&raw, last, &mut self.notices);
            self.raw = raw;
            if !cooked.is_empty() {
                let end = self.input.end;
                if self.input.bytes.len() < end + cooked.len() {
                    self.grow_input(end + cooked.len())?;
                }
                self.input.bytes[end..end + cooked.len()].copy_from_slice(&cooked);
                self.input.end += cooked.len();
                return Ok(true);
            }
            if last {
                return Ok(false);
            }
        }
    }

    /// Takes input of a scalar that no layer changes: `take` says how many bytes it used.
    pub(super) fn take_memory(&mut self, take: &mut dyn FnMut(&[u8]) -> usize) {
        if let End::Memory { memory, at } = &mut self.end {
            let mut used = 0;
            memory.with(&mut |bytes| used = take(bytes.get(*at..).unwrap_or(&[])));
            *at += used;
        }
    }

    pub(super) fn is_plain_memory(&self) -> bool {
        self.plain && self.input.is_empty() && matches!(self.end, End::Memory { .. })
    }

    /// Appends up to `left` bytes (characters of a UTF-8 handle) to `out`, counting `left` down:
    /// perl's `read`. Less comes only at the end of the file.
    pub(crate) fn read(&mut self, out: &mut PerlStr, left: &mut usize) -> Result<()> {
        if !self.access.read || !self.is_open() {
            return Err(Stop::Failed(Errno::EBADF));
        }
        while *left > 0 {
            if self.is_plain_memory() {
                return self.read_memory(out, left);
            }
            if self.input.is_empty() && !self.utf8 && *left >= self.chunk && self.plain {
                let read = self.read_direct(out, *left)?;
                *left -= read;
                if read == 0 {
                    break;
                }
                continue;
            }
            let used = take_units(self.input.rest(), self.utf8, left, self.at_eof, out)?;
            self.input.start += used;
            if *left > 0 && !self.fill()? && self.input.is_empty() {
                break;
            }
        }
        self.refresh_fast();
        Ok(())
    }

    /// Straight from the descriptor into the string, past the empty buffer.
    fn read_direct(&mut self, out: &mut PerlStr, left: usize) -> Result<usize> {
        let End::Fd(fd) = self.end else {
            return self.fill_and_take(out, left);
        };
        if !self.ahead.is_empty() || !self.output.is_empty() && !self.duplex || self.tty {
            return self.fill_and_take(out, left);
        }
        let mut result = Ok(0);
        let read = out.append_with(left.min(DIRECT), |room| {
            result = blocking::read(fd, room);
            result.unwrap_or(0)
        })?;
        self.at_eof = result == Ok(0);
        match result {
            Ok(_) => Ok(read),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn fill_and_take(&mut self, out: &mut PerlStr, left: usize) -> Result<usize> {
        self.fill()?;
        let take = self.input.rest().len().min(left);
        out.try_push_bytes(&self.input.rest()[..take])?;
        self.input.start += take;
        Ok(take)
    }

    fn read_memory(&mut self, out: &mut PerlStr, left: &mut usize) -> Result<()> {
        let utf8 = self.utf8;
        let mut result = Ok(0);
        self.take_memory(&mut |rest| {
            result = take_units(rest, utf8, left, true, out);
            result.unwrap_or(0)
        });
        result.map(drop)
    }

    /// Whether nothing is left to read. Waits for input to find out, as perl does.
    pub(crate) fn eof(&mut self) -> Result<bool> {
        if !self.input.is_empty() {
            return Ok(false);
        }
        if !self.is_open() || !self.access.read {
            return Ok(true);
        }
        if self.is_plain_memory() {
            let mut empty = true;
            self.take_memory(&mut |rest| {
                empty = rest.is_empty();
                0
            });
            return Ok(empty);
        }
        match self.fill() {
            Ok(got) => Ok(!got),
            Err(Stop::Failed(_)) => Ok(true),
            Err(stop) => Err(stop),
        }
    }

    /// Takes what has been read from the system, or put back, and nobody has read yet.
    pub(crate) fn take_unread(&mut self) -> Vec<u8> {
        let rest = self.input.rest().to_vec();
        self.input.start = self.input.end;
        self.refresh_fast();
        rest
    }

    /// Puts bytes back in front of what is still to be read (IO::Handle ungetc).
    pub(crate) fn unread(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.access.read || !self.is_open() {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if let (true, End::Memory { at, .. }) = (self.is_plain_memory(), &mut self.end)
            && *at >= bytes.len()
        {
            *at -= bytes.len();
            return Ok(());
        }
        if self.input.start < bytes.len() {
            let rest = self.input.rest();
            let mut new = Vec::new();
            // As much room again in front, so that putting back many is not quadratic.
            let front = bytes.len() + rest.len();
            let size = front + rest.len();
            new.try_reserve(size).map_err(|_| Stop::OutOfMemory)?;
            new.resize(front, 0);
            new.extend_from_slice(rest);
            self.input.bytes = new;
            (self.input.start, self.input.end) = (front, size);
        }
        let start = self.input.start - bytes.len();
        self.input.bytes[start..self.input.start].copy_from_slice(bytes);
        self.input.start = start;
        self.refresh_fast();
        Ok(())
    }

    /// What is in the buffer and not yet taken (select knows nothing of it).
    pub(crate) fn buffered_input(&self) -> &[u8] {
        self.input.rest()
    }
}

/// Appends whole units from `rest`; an incomplete character waits unless nothing more comes.
fn take_units(
    rest: &[u8],
    characters: bool,
    left: &mut usize,
    last: bool,
    out: &mut PerlStr,
) -> Result<usize> {
    if !characters {
        let take = rest.len().min(*left);
        out.try_push_bytes(&rest[..take])?;
        *left -= take;
        return Ok(take);
    }
    let (mut at, mut taken) = (0, 0);
    while taken < *left && at < rest.len() {
        let width = utf8::width_of_first(rest[at]).max(1);
        if at + width > rest.len() {
            if !last {
                break;
            }
            at = rest.len();
        } else {
            at += width;
        }
        taken += 1;
    }
    out.try_push_bytes(&rest[..at])?;
    *left -= taken;
    Ok(at)
}
