//! Directory streams (perlfunc opendir).

use super::{Errno, Result, path};
use crate::sys::grant;
use std::ptr::NonNull;

/// An open directory.
pub(crate) struct Dir {
    stream: NonNull<libc::DIR>,
}

/// A directory's entry: its name and, where the file system tells, its kind (DT_DIR ...).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The name without the directory.
    pub(crate) name: Vec<u8>,
    /// DT_REG, DT_DIR, DT_LNK ... or DT_UNKNOWN (0).
    pub(crate) kind: u8,
    /// The file's number.
    pub(crate) ino: u64,
}

impl Dir {
    /// opendir(3)
    pub(crate) fn open(name: &[u8]) -> Result<Dir> {
        grant::check(grant::READ_FILES)?;
        // SAFETY: a C string.
        let stream = path::with(name, |name| unsafe { libc::opendir(name) })?;
        NonNull::new(stream)
            .map(|stream| Dir { stream })
            .ok_or_else(Errno::last)
    }

    /// fdopendir(3): the descriptor belongs to the stream from here on.
    pub(crate) fn from_fd(fd: i32) -> Result<Dir> {
        // SAFETY: takes no pointers.
        let stream = unsafe { libc::fdopendir(fd) };
        NonNull::new(stream)
            .map(|stream| Dir { stream })
            .ok_or_else(Errno::last)
    }

    /// readdir(3): `None` at the end.
    pub(crate) fn read(&mut self) -> Result<Option<Entry>> {
        Errno(0).set_last();
        // SAFETY: the stream is open, and nobody else reads from it during the call.
        let entry = unsafe { libc::readdir(self.stream.as_ptr()) };
        let Some(entry) = NonNull::new(entry) else {
            let error = Errno::last();
            return if error == Errno(0) {
                Ok(None)
            } else {
                Err(error)
            };
        };
        // SAFETY: the entry is valid until the next call on this stream; its name ends with NUL.
        unsafe {
            let entry = entry.as_ptr();
            let name = path::bytes((&raw const (*entry).d_name).cast());
            Ok(Some(Entry {
                name,
                kind: (*entry).d_type,
                ino: (*entry).d_ino,
            }))
        }
    }

    /// telldir(3)
    pub(crate) fn tell(&self) -> i64 {
        // SAFETY: the stream is open.
        unsafe { libc::telldir(self.stream.as_ptr()) as i64 }
    }

    /// seekdir(3), to a place `tell` gave.
    pub(crate) fn seek(&mut self, to: i64) {
        // SAFETY: the stream is open; a wrong place makes later reads end early at worst.
        unsafe { libc::seekdir(self.stream.as_ptr(), to as libc::c_long) }
    }

    /// rewinddir(3)
    pub(crate) fn rewind(&mut self) {
        // SAFETY: the stream is open.
        unsafe { libc::rewinddir(self.stream.as_ptr()) }
    }

    /// dirfd(3)
    pub(crate) fn fd(&self) -> i32 {
        // SAFETY: the stream is open.
        unsafe { libc::dirfd(self.stream.as_ptr()) }
    }

    /// closedir(3), with its result.
    pub(crate) fn close(self) -> Result<()> {
        let stream = self.stream;
        std::mem::forget(self);
        // SAFETY: the stream is open and not used again.
        Errno::check(unsafe { libc::closedir(stream.as_ptr()) }).map(drop)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        // SAFETY: the stream is open and not used again.
        unsafe { libc::closedir(self.stream.as_ptr()) };
    }
}
