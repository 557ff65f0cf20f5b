//! What a handle over a scalar needs of it; the scalar itself lives on a higher floor.

use crate::sys::Errno;
use crate::text::quota;

/// The bytes of a scalar that is open as a file.
pub(crate) trait Memory {
    /// Shows the bytes as they are now. `run` does nothing that could reach Perl code.
    fn with(&self, run: &mut dyn FnMut(&[u8]));

    /// Puts bytes at a place, which may lie behind the end: the gap becomes NUL.
    fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), Errno>;

    /// Cuts it to a length, or fills it with NUL up to there.
    fn truncate(&mut self, len: usize) -> Result<(), Errno>;

    /// How many bytes there are.
    fn len(&self) -> usize {
        let mut len = 0;
        self.with(&mut |bytes| len = bytes.len());
        len
    }
}

/// A buffer of our own, for embedders that capture output and for tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedBytes(pub(crate) std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

impl SharedBytes {
    /// These bytes.
    pub(crate) fn new(bytes: Vec<u8>) -> SharedBytes {
        SharedBytes(std::rc::Rc::new(std::cell::RefCell::new(bytes)))
    }

    /// Takes out what has been written.
    pub(crate) fn take(&self) -> Vec<u8> {
        let bytes = self.0.take();
        quota::give(bytes.capacity());
        bytes
    }

    /// Writes at the end, whatever a handle does.
    pub(crate) fn append(&self, text: &[u8]) {
        let end = self.0.borrow().len();
        let _ = self.clone().put(end, text);
    }
}

impl Memory for SharedBytes {
    fn with(&self, run: &mut dyn FnMut(&[u8])) {
        run(&self.0.borrow());
    }

    fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), Errno> {
        let mut all = self.0.borrow_mut();
        let end = at.checked_add(bytes.len()).ok_or(Errno::EINVAL)?;
        if end > all.len() {
            let more = end - all.len();
            quota::fits(more).map_err(|_| Errno::ENOMEM)?;
            quota::give(all.capacity());
            let room = all.try_reserve(more);
            quota::take(all.capacity());
            room.map_err(|_| Errno::ENOMEM)?;
            all.resize(end, 0);
        }
        all[at..end].copy_from_slice(bytes);
        Ok(())
    }

    fn truncate(&mut self, len: usize) -> Result<(), Errno> {
        self.0.borrow_mut().resize(len, 0);
        Ok(())
    }
}
