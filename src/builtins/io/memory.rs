//! A scalar that is open as a file (perlfunc open, "in-memory files").
use crate::io::memory::Memory;
use crate::sys::Errno;
use crate::text::PerlStr;
use crate::value::{Rc, Scalar, Val};

/// The bytes of a scalar.
pub struct ScalarBytes(pub Rc<Scalar>);

impl ScalarBytes {
    fn text(&self) -> PerlStr {
        match self.0.get() {
            Val::Str(text) => text,
            Val::Undef => PerlStr::new(),
            other => other.to_str(),
        }
    }

    fn edit(
        &mut self,
        change: impl FnOnce(&mut PerlStr) -> Result<(), Errno>,
    ) -> Result<(), Errno> {
        // Taken out so that the buffer has one owner and grows in place.
        let mut text = match self.0.get_raw() {
            Val::Str(_) => {
                let text = self.text();
                self.0.set(Val::Undef);
                text
            }
            _ => self.text(),
        };
        let result = change(&mut text);
        self.0.set(Val::Str(text));
        result
    }
}

impl Memory for ScalarBytes {
    fn with(&self, run: &mut dyn FnMut(&[u8])) {
        run(self.text().as_bytes());
    }

    fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), Errno> {
        self.edit(|text| {
            let end = at.checked_add(bytes.len()).ok_or(Errno::EINVAL)?;
            let len = text.len();
            if at > len {
                let gap = PerlStr::from_bytes(&[0])
                    .repeat(at - len)
                    .map_err(|_| Errno::ENOMEM)?;
                text.try_push_bytes(gap.as_bytes())
                    .map_err(|_| Errno::ENOMEM)?;
            }
            let len = text.len();
            if at == len {
                return text.try_push_bytes(bytes).map_err(|_| Errno::ENOMEM);
            }
            text.try_splice_bytes(at, end.min(len), bytes)
                .map_err(|_| Errno::ENOMEM)
        })
    }

    fn truncate(&mut self, len: usize) -> Result<(), Errno> {
        self.edit(|text| {
            if len <= text.len() {
                text.truncate(len);
                return Ok(());
            }
            let gap = PerlStr::from_bytes(&[0])
                .repeat(len - text.len())
                .map_err(|_| Errno::ENOMEM)?;
            text.try_push_bytes(gap.as_bytes())
                .map_err(|_| Errno::ENOMEM)
        })
    }
}
