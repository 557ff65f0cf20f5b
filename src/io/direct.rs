//! sysread, syswrite and sysseek: one system call each, past the buffers.

use super::handle::{End, Handle};
use super::position::Whence;
use super::{Result, Stop};
use crate::sys::{Errno, blocking, file};
use crate::text::PerlStr;

/// Reads up to this size are copied once more: it costs less than a string of that size.
const SCRATCH: usize = 4096;
/// Memory for reads up to this size is kept for the next.
const KEPT: usize = 1024 * 1024;

impl Handle {
    fn descriptor(&self, allowed: bool) -> Result<i32> {
        match self.end {
            End::Fd(fd) if allowed => Ok(fd),
            _ => Err(Stop::Failed(Errno::EBADF)),
        }
    }

    /// Appends up to `len` bytes of one read(2) to `out`; 0 at the end of the file.
    pub(crate) fn sysread(&mut self, out: &mut PerlStr, len: usize) -> Result<usize> {
        let fd = self.descriptor(self.access.read)?;
        if len <= SCRATCH {
            let got = self.read_scratch(fd, len)?;
            out.try_push_bytes(&self.raw[..got])?;
            return Ok(got);
        }
        Ok(out.append_filled(len, |room| blocking::read_uninit(fd, room))??)
    }

    /// Makes `out` what one read(2) of up to `len` bytes gives, in the memory it has where that
    /// will do; unchanged where the call fails.
    pub(crate) fn sysread_over(&mut self, out: &mut PerlStr, len: usize) -> Result<usize> {
        let fd = self.descriptor(self.access.read)?;
        if len <= SCRATCH {
            let got = self.read_scratch(fd, len)?;
            if !out.refill(&self.raw[..got], false) {
                *out = PerlStr::try_from_bytes(&self.raw[..got])?;
            }
            return Ok(got);
        }
        let mut landing = std::mem::take(&mut self.landing);
        let got = landing.append_filled(len, |room| blocking::read_uninit(fd, room))??;
        if got < len / 2 {
            // the string would hold on to memory it has no use for
            if !out.refill(landing.as_bytes(), false) {
                *out = PerlStr::try_from_bytes(landing.as_bytes())?;
            }
        } else {
            std::mem::swap(out, &mut landing);
        }
        if len <= KEPT {
            self.landing = landing.emptied();
        }
        Ok(got)
    }

    /// One read(2) into memory that is kept.
    fn read_scratch(&mut self, fd: i32, len: usize) -> Result<usize> {
        if self.raw.len() < len {
            self.raw.resize(len, 0);
        }
        Ok(blocking::read(fd, &mut self.raw[..len])?)
    }

    /// One write(2); gives how much of it was taken.
    pub(crate) fn syswrite(&mut self, bytes: &[u8]) -> Result<usize> {
        let fd = self.descriptor(self.access.write)?;
        Ok(blocking::write(fd, bytes)?)
    }

    /// lseek(2) as it is, with no look at the buffers.
    pub(crate) fn sysseek(&mut self, offset: i64, whence: Whence) -> Result<i64> {
        let fd = self.descriptor(true)?;
        Ok(file::lseek(fd, offset, whence as i32)?)
    }
}
