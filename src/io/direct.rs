//! sysread, syswrite and sysseek: one system call each, past the buffers.

use super::handle::{End, Handle};
use super::position::Whence;
use super::{Result, Stop};
use crate::sys::{Errno, blocking, file};
use crate::text::PerlStr;

/// Reads up to this size are copied once more instead of clearing memory for them.
const SCRATCH: usize = 65536;

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
            // By way of memory that is kept, which need not be cleared for each call.
            if self.raw.len() < len {
                self.raw.resize(len, 0);
            }
            let got = blocking::read(fd, &mut self.raw[..len])?;
            out.try_push_bytes(&self.raw[..got])?;
            return Ok(got);
        }
        let mut result = Ok(0);
        out.append_with(len, |room| {
            result = blocking::read(fd, room);
            result.unwrap_or(0)
        })?;
        Ok(result?)
    }

    /// Makes `out` what one read(2) of up to `len` bytes gives, in the memory it has where that
    /// will do; unchanged where the call fails.
    pub(crate) fn sysread_over(&mut self, out: &mut PerlStr, len: usize) -> Result<usize> {
        if len > SCRATCH {
            let mut fresh = PerlStr::new();
            let got = self.sysread(&mut fresh, len)?;
            *out = fresh;
            return Ok(got);
        }
        let fd = self.descriptor(self.access.read)?;
        if self.raw.len() < len {
            self.raw.resize(len, 0);
        }
        let got = blocking::read(fd, &mut self.raw[..len])?;
        if !out.refill(&self.raw[..got], false) {
            *out = PerlStr::try_from_bytes(&self.raw[..got])?;
        }
        Ok(got)
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
