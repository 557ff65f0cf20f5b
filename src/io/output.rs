//! Buffered writing: print, flush, and the rules of when a buffer goes out.

use super::handle::{BUFFER, End, Handle};
use super::{Result, Stop};
use crate::sys::{Errno, blocking};
use crate::text::PerlStr;
use std::borrow::Cow;

/// How a string is to be given to a handle.
pub(crate) struct Prepared<'a> {
    /// The bytes to write.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// It has characters above 0xFF for a handle of bytes (`Wide character in %s`).
    pub(crate) wide: bool,
}

/// The most bytes handed to the system at once.
const LARGEST: usize = 1 << 20;

impl Handle {
    /// The bytes a string stands for on this handle.
    #[inline]
    pub(crate) fn prepare<'a>(&self, text: &'a PerlStr) -> Prepared<'a> {
        let same = text.is_utf8() == self.utf8;
        if same || text.is_ascii() {
            return Prepared {
                bytes: Cow::Borrowed(text.as_bytes()),
                wide: false,
            };
        }
        if self.utf8 {
            let bytes = Cow::Owned(text.upgraded().as_bytes().to_vec());
            return Prepared { bytes, wide: false };
        }
        match text.downgraded() {
            Some(bytes) => Prepared {
                bytes: Cow::Owned(bytes.as_bytes().to_vec()),
                wide: false,
            },
            None => Prepared {
                bytes: Cow::Borrowed(text.as_bytes()),
                wide: true,
            },
        }
    }

    /// Puts bytes into the buffer if that is all there is to do; false leaves everything to
    /// [`Handle::write`].
    #[inline]
    pub(crate) fn put(&mut self, bytes: &[u8]) -> bool {
        if self.fast_output && self.output.len() + bytes.len() < BUFFER {
            if self.output.capacity() == 0 {
                self.output.reserve(BUFFER);
            }
            self.output.extend_from_slice(bytes);
            return true;
        }
        false
    }

    /// The buffer, where `n` more bytes fit and nothing but putting them there is to be done.
    #[inline]
    pub(crate) fn room_at_hand(&mut self, n: usize) -> Option<&mut Vec<u8>> {
        if !self.fast_output || self.output.len() + n >= BUFFER {
            return None;
        }
        if self.output.capacity() == 0 {
            self.output.reserve(BUFFER);
        }
        Some(&mut self.output)
    }

    /// Writes bytes that are as the handle wants them. `done` is how many of them have been
    /// accepted: zero at first, and where it comes back interrupted, for the next call.
    pub(crate) fn write(&mut self, bytes: &[u8], done: &mut usize) -> Result<()> {
        if *done == 0 && self.put(bytes) {
            *done = bytes.len();
            return Ok(());
        }
        if !self.is_open() || !self.access.write {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if !self.duplex && !self.input.is_empty() {
            self.drop_input();
        }
        let result = self.write_by_layers(bytes, done);
        self.refresh_fast();
        result
    }

    fn write_by_layers(&mut self, bytes: &[u8], done: &mut usize) -> Result<()> {
        if !self.plain || matches!(self.end, End::Memory { .. }) {
            if *done < bytes.len() || bytes.is_empty() {
                let mut output = std::mem::take(&mut self.output);
                self.layers
                    .encode(&bytes[*done..], &mut output, &mut self.notices);
                self.output = output;
                *done = bytes.len();
            }
            let buffers = match self.end {
                End::Memory { .. } => self.layers.buffers_memory(),
                _ => !self.unbuffered,
            };
            let keep = buffers && !self.line_buffered;
            return if keep && self.output.len() < BUFFER {
                Ok(())
            } else {
                self.flush()
            };
        }
        if self.unbuffered {
            return self.write_through(bytes, done, bytes.len());
        }
        if self.line_buffered {
            if let Some(at) = memchr::memrchr(b'\n', &bytes[*done..]) {
                let upto = *done + at + 1;
                self.write_through(bytes, done, upto)?;
            } else if *done > 0 && bytes[..*done].ends_with(b"\n") {
                self.flush()?;
            }
        }
        self.write_buffered(bytes, done)
    }

    /// Fills the buffer; what is longer than it goes out in whole buffers without being copied.
    fn write_buffered(&mut self, bytes: &[u8], done: &mut usize) -> Result<()> {
        loop {
            let rest = bytes.len() - *done;
            if self.output.len() + rest < BUFFER {
                if self.output.capacity() == 0 {
                    self.output.reserve(BUFFER);
                }
                self.output.extend_from_slice(&bytes[*done..]);
                *done = bytes.len();
                return Ok(());
            }
            let pending = self.output.len() - self.written;
            let whole = (pending + rest) / BUFFER * BUFFER;
            let upto = *done + whole.saturating_sub(pending).min(rest);
            self.write_through(bytes, done, upto)?;
        }
    }

    /// Writes the buffer and then `bytes[done..upto]`, all of it, in calls of the system that do not take long: one
    /// to a file cannot be broken off.
    fn write_through(&mut self, bytes: &[u8], done: &mut usize, upto: usize) -> Result<()> {
        let End::Fd(fd) = self.end else {
            return Err(Stop::Failed(Errno::EBADF));
        };
        loop {
            let pending = &self.output[self.written..];
            let direct = &bytes[*done..upto.min(*done + LARGEST)];
            let result = match (pending.is_empty(), direct.is_empty()) {
                (true, true) => break,
                (true, false) => blocking::write(fd, direct),
                (false, true) => blocking::write(fd, pending),
                (false, false) => blocking::write_two(fd, pending, direct),
            };
            match result {
                Ok(count) => {
                    let from_buffer = count.min(pending.len());
                    self.written += from_buffer;
                    *done += count - from_buffer;
                }
                Err(error) => return Err(self.write_failed(error)),
            }
        }
        self.output.clear();
        self.written = 0;
        Ok(())
    }

    /// What could not be written is lost, as in perl; an interruption loses nothing.
    fn write_failed(&mut self, error: Errno) -> Stop {
        let stop = self.failed(error);
        if stop != Stop::Interrupted {
            self.output.clear();
            self.written = 0;
        }
        stop
    }

    /// Writes everything that is buffered.
    pub(crate) fn flush(&mut self) -> Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        let result = if let End::Memory { memory, at } = &mut self.end {
            let place = if self.access.append {
                memory.len()
            } else {
                *at
            };
            let result = memory.put(place, &self.output);
            *at = place + self.output.len();
            match result {
                Ok(()) => {
                    self.output.clear();
                    Ok(())
                }
                Err(error) => Err(self.write_failed(error)),
            }
        } else {
            self.write_through(&[], &mut 0, 0)
        };
        self.refresh_fast();
        result
    }

    /// What print does after its last item: with `$|` the buffer goes out.
    #[inline]
    pub(crate) fn after_print(&mut self) -> Result<()> {
        if self.autoflush() {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Everything out before closing, marks of stateful encodings included.
    pub(super) fn finish_output(&mut self) -> Result<()> {
        self.flush()
    }
}
