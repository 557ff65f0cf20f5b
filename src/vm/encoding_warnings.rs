//! What is said about data on its way through a handle: bytes that are none of its encoding,
//! characters it has not, those UTF-8 should not carry, and output that was lost (perldiag,
//! PerlIO::encoding).

use super::Vm;
use super::die::Exec;
use crate::diag::warnings::Category;
use crate::io::HandleRef;
use crate::text::{PerlStr, utf8};

impl Vm {
    /// Warns of what the layers of a handle have noticed since they were asked.
    #[inline]
    pub(crate) fn heed_notices(&mut self, handle: &HandleRef) -> Exec {
        if handle.borrow().has_notices() {
            self.warn_of_notices(handle)
        } else {
            Ok(())
        }
    }

    #[cold]
    fn warn_of_notices(&mut self, handle: &HandleRef) -> Exec {
        let notices = handle.borrow_mut().take_notices();
        for notice in notices {
            self.warn(Category::Utf8, notice.message())?;
        }
        Ok(())
    }

    /// A line of a `:utf8` handle is taken as it is; what is malformed in it is told.
    pub(super) fn warn_of_malformed(&mut self, line: &PerlStr) -> Exec {
        if line.is_ascii() || !self.warns(Category::Utf8) {
            return Ok(());
        }
        let bytes = line.as_bytes();
        let good = utf8::valid_up_to(bytes);
        match bytes.get(good) {
            Some(bad) => self.warn(
                Category::Utf8,
                format!("utf8 \"\\x{bad:02X}\" does not map to Unicode"),
            ),
            None => Ok(()),
        }
    }

    /// Handles that went away with output they could not write.
    #[cold]
    pub(super) fn warn_of_unwritten(&mut self) -> Exec {
        for lost in crate::io::unwritten::take() {
            self.errno = lost.error.0;
            let why = lost.error.message();
            let name = lost
                .name
                .map_or_else(String::new, |name| format!("{name} "));
            let text = format!(
                "Warning: unable to close filehandle {name}properly: {}",
                String::from_utf8_lossy(&why)
            );
            if self.frames.is_empty() {
                let text = format!("{text} during global destruction.\n");
                self.to_stderr(&PerlStr::from(text))?;
            } else if self.warns_or(Category::Io, true) {
                self.warn_on(Category::Io, text)?;
            }
        }
        Ok(())
    }

    /// What is printed to a UTF-8 handle and is no character to be exchanged.
    pub(super) fn warn_of_unusual(&mut self, text: &PerlStr, what: &str) -> Exec {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some((found, cp, width)) = utf8::next_unusual(bytes, at) {
            at = found + width;
            match cp {
                0xD800..0xE000 => self.warn(
                    Category::Surrogate,
                    format!("Unicode surrogate U+{cp:04X} is illegal in UTF-8"),
                ),
                0x11_0000.. => self.warn(
                    Category::NonUnicode,
                    format!("Code point 0x{cp:X} is not Unicode, may not be portable in {what}"),
                ),
                _ => self.warn(
                    Category::Nonchar,
                    format!(
                        "Unicode non-character U+{cp:04X} is not recommended for open \
                         interchange in {what}"
                    ),
                ),
            }?;
        }
        Ok(())
    }
}
