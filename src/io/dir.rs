//! Directory handles (perlfunc opendir): a stream that may be closed and opened again.

use crate::sys::Errno;
use crate::sys::dir::{Dir, Entry};

/// The directory half of a glob's io slot.
#[derive(Default)]
pub(crate) struct DirHandle {
    stream: Option<Dir>,
}

impl DirHandle {
    /// Not open.
    pub(crate) fn new() -> DirHandle {
        DirHandle::default()
    }

    /// Opens a directory; one that was open is closed first.
    pub(crate) fn open(&mut self, name: &[u8]) -> Result<(), Errno> {
        self.stream = None;
        self.stream = Some(Dir::open(name)?);
        Ok(())
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    fn stream(&mut self) -> Result<&mut Dir, Errno> {
        self.stream.as_mut().ok_or(Errno::EBADF)
    }

    /// The next entry; `None` at the end.
    pub(crate) fn read(&mut self) -> Result<Option<Entry>, Errno> {
        self.stream()?.read()
    }

    /// The place of the next entry.
    pub(crate) fn tell(&mut self) -> Result<i64, Errno> {
        Ok(self.stream()?.tell())
    }

    /// Goes to a place `tell` gave.
    pub(crate) fn seek(&mut self, to: i64) -> Result<(), Errno> {
        self.stream()?.seek(to);
        Ok(())
    }

    /// Goes to the start.
    pub(crate) fn rewind(&mut self) -> Result<(), Errno> {
        self.stream()?.rewind();
        Ok(())
    }

    /// The descriptor (stat, chdir).
    pub(crate) fn fd(&mut self) -> Result<i32, Errno> {
        Ok(self.stream()?.fd())
    }

    /// Closes it.
    pub(crate) fn close(&mut self) -> Result<(), Errno> {
        self.stream.take().ok_or(Errno::EBADF)?.close()
    }
}
