//! readline: one record for every form of `$/` (perlvar).
//!
//! Input goes straight from the buffer to the end of the caller's string; nothing else is
//! allocated. The string is also the progress: after an interruption the call goes on behind what
//! it has already appended.

use super::handle::{End, Handle};
use super::{Result, Stop};
use crate::sys::{Errno, file};
use crate::text::{PerlStr, utf8};

/// What ends a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// A byte: `"\n"` as a rule.
    Byte(u8),
    /// A string of two bytes or more.
    Bytes(Box<[u8]>),
    /// `""`: one or more empty lines.
    Paragraph,
    /// `undef`: the end of the file.
    Slurp,
    /// `\N`: a number of bytes, or of characters on a UTF-8 handle.
    Record(usize),
}

impl Separator {
    /// From `$/` as a string, for a handle that is UTF-8 or not.
    pub(crate) fn of(text: &PerlStr, handle_utf8: bool) -> Separator {
        if handle_utf8 != text.is_utf8() && !text.is_ascii() {
            if handle_utf8 {
                return Separator::of_bytes(text.upgraded().as_bytes());
            }
            if let Some(bytes) = text.downgraded() {
                return Separator::of_bytes(bytes.as_bytes());
            }
        }
        Separator::of_bytes(text.as_bytes())
    }

    /// From the bytes as they stand in the input.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Separator {
        match bytes {
            [] => Separator::Paragraph,
            [byte] => Separator::Byte(*byte),
            _ => Separator::Bytes(bytes.into()),
        }
    }
}

/// Looks at buffered bytes; gives how many it used and whether it has all it wants.
type Take<'a> = dyn FnMut(&[u8]) -> Result<(usize, bool)> + 'a;

impl Handle {
    /// Takes the next line where it is whole in the buffer (by far the most frequent case), and
    /// says whether it is UTF-8.
    #[inline]
    pub(crate) fn line_at_hand(&mut self, end: u8) -> Option<(&[u8], bool)> {
        let start = self.input.start;
        let upto = start + memchr::memchr(end, self.input.rest())? + 1;
        self.input.start = upto;
        self.gave = true;
        Some((&self.input.bytes[start..upto], self.utf8))
    }

    /// Appends a record to `out`, which was `start` bytes long when the operation began; false
    /// where the file had ended. `out`'s earlier contents must be stored as the handle's are
    /// (UTF-8 or not); its flag is set here.
    #[inline]
    pub(crate) fn read_line(
        &mut self,
        separator: &Separator,
        out: &mut PerlStr,
        start: usize,
    ) -> Result<bool> {
        if let Separator::Byte(byte) = separator {
            if let Some((line, utf8)) = self.line_at_hand(*byte) {
                out.try_push_bytes(line)?;
                if utf8 {
                    out.set_utf8_flag(true);
                }
                return Ok(true);
            }
        }
        self.read_record(separator, out, start)
    }

    fn read_record(
        &mut self,
        separator: &Separator,
        out: &mut PerlStr,
        start: usize,
    ) -> Result<bool> {
        if !self.is_open() || !self.access.read {
            return Err(Stop::Failed(Errno::EBADF));
        }
        let result = match separator {
            Separator::Byte(byte) => self.read_to_byte(*byte, out),
            Separator::Bytes(bytes) => self.read_to_bytes(bytes, out, start),
            Separator::Paragraph => self.read_paragraph(out, start),
            Separator::Slurp => self.read_all(out),
            Separator::Record(size) => self.read_counted(*size, out, start),
        };
        self.refresh_fast();
        match result {
            Err(Stop::Failed(error)) if out.len() == start => return Err(Stop::Failed(error)),
            // What came before the error is given; the error comes with the next call.
            Err(Stop::Failed(_)) | Ok(()) => {}
            Err(stop) => return Err(stop),
        }
        if self.utf8 && out.len() > start {
            out.set_utf8_flag(true);
        }
        self.gave |= out.len() > start;
        Ok(out.len() > start)
    }

    /// Whether a file that has ended gave no record yet; from now on it has.
    pub(crate) fn gives_nothing_once(&mut self) -> bool {
        !std::mem::replace(&mut self.gave, true)
    }

    /// Shows `take` what is buffered (reading more where nothing is) until it says it is done:
    /// it gives how many bytes it used and whether that was all it wanted.
    fn each_piece(&mut self, take: &mut Take<'_>) -> Result<()> {
        if self.is_plain_memory() {
            let mut result = Ok(());
            self.take_memory(&mut |rest| match take(rest) {
                Ok((used, _)) => used,
                Err(stop) => {
                    result = Err(stop);
                    0
                }
            });
            return result;
        }
        loop {
            if self.input.is_empty() && !self.fill()? {
                return Ok(());
            }
            let (used, done) = take(self.input.rest())?;
            self.input.start += used;
            if done {
                return Ok(());
            }
        }
    }

    fn read_to_byte(&mut self, byte: u8, out: &mut PerlStr) -> Result<()> {
        self.each_piece(&mut |rest| {
            let found = memchr::memchr(byte, rest);
            let end = found.map_or(rest.len(), |at| at + 1);
            out.try_push_bytes(&rest[..end])?;
            Ok((end, found.is_some()))
        })
    }

    fn read_to_bytes(&mut self, end: &[u8], out: &mut PerlStr, start: usize) -> Result<()> {
        let last = end[end.len() - 1];
        self.each_piece(&mut |rest| {
            let mut used = 0;
            while let Some(at) = memchr::memchr(last, &rest[used..]) {
                out.try_push_bytes(&rest[used..=used + at])?;
                used += at + 1;
                if out.as_bytes()[start..].ends_with(end) {
                    return Ok((used, true));
                }
            }
            out.try_push_bytes(&rest[used..])?;
            Ok((rest.len(), false))
        })
    }

    fn read_paragraph(&mut self, out: &mut PerlStr, start: usize) -> Result<()> {
        if out.len() == start {
            self.skip_newlines()?;
        }
        if !out.as_bytes()[start..].ends_with(b"\n\n") {
            self.read_to_bytes(b"\n\n", out, start)?;
        }
        // The rest of the gap goes with this paragraph, so that eof is seen in time.
        self.skip_newlines()
    }

    fn skip_newlines(&mut self) -> Result<()> {
        self.each_piece(&mut |rest| {
            let used = rest.iter().position(|&b| b != b'\n').unwrap_or(rest.len());
            Ok((used, used < rest.len()))
        })
    }

    fn read_all(&mut self, out: &mut PerlStr) -> Result<()> {
        if self.plain
            && let End::Fd(fd) = self.end
            && let Ok(stat) = file::fstat(fd)
            && stat.size > 0
            && let Ok(at) = file::lseek(fd, 0, super::handle::libc_seek_cur())
        {
            // A size the file only claims to have is not a reason to fail.
            let rest = (stat.size - at).max(0) as usize + self.input.rest().len();
            let _ = out.try_reserve(rest);
        }
        self.each_piece(&mut |rest| {
            out.try_push_bytes(rest)?;
            Ok((rest.len(), false))
        })
    }

    fn read_counted(&mut self, size: usize, out: &mut PerlStr, start: usize) -> Result<()> {
        let have = &out.as_bytes()[start..];
        let have = if self.utf8 {
            utf8::count(have)
        } else {
            have.len()
        };
        let mut left = size.saturating_sub(have);
        self.read(out, &mut left)
    }
}
