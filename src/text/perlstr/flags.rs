//! The flags of a string: UTF-8, taint, and the change between the two ways of storing it.

use crate::text::quota;

use super::{ASCII, DERIVED, OutOfMemory, PLACES, PerlStr, STANDARD, TAINT, UTF8, out_of_memory};
use crate::text::utf8;

/// From this many bytes on the way a string is stored is changed piece by piece.
const MUCH: usize = 1 << 18;

impl PerlStr {
    /// Are the bytes UTF-8?
    #[inline]
    pub fn is_utf8(&self) -> bool {
        self.meta() & UTF8 != 0
    }

    /// Turns the flag on or off without touching the bytes (`Encode::_utf8_on`).
    pub fn set_utf8_flag(&mut self, on: bool) {
        if self.is_utf8() != on {
            self.own();
            self.put_flags(
                if on {
                    self.flags() | UTF8
                } else {
                    self.flags() & !UTF8
                } & !PLACES,
            );
        }
    }

    /// Neither UTF-8 nor tainted?
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.meta() & (UTF8 | TAINT) == 0
    }

    /// Did the contents come from outside?
    #[inline]
    pub fn taint(&self) -> bool {
        self.meta() & TAINT != 0
    }

    /// Marks the contents as coming from outside or not.
    pub fn set_taint(&mut self, on: bool) {
        if self.taint() != on {
            self.own();
            self.put_flags(if on {
                self.flags() | TAINT
            } else {
                self.flags() & !TAINT
            });
        }
    }

    /// Makes the buffer our own before a flag changes that other holders must not see changed.
    fn own(&mut self) {
        if self.is_shared() {
            *self = self.deep_copy();
        }
    }

    /// Are all bytes below 0x80? The answer yes is remembered.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        if self.meta() & ASCII != 0 {
            return true;
        }
        let ascii = self.as_bytes().is_ascii();
        if ascii {
            self.head().meta.set(self.meta() | ASCII);
        }
        ascii
    }

    /// Is it remembered that all bytes are below 0x80?
    #[inline]
    pub fn is_known_ascii(&self) -> bool {
        self.meta() & ASCII != 0
    }

    /// Are the bytes well-formed UTF-8 without code points above 0x10FFFF (surrogates may occur)?
    /// The answer yes is remembered. What libraries are handed as UTF-8 must be this.
    pub fn is_standard_utf8(&self) -> bool {
        if self.meta() & (STANDARD | ASCII) != 0 || self.is_ascii() {
            return true;
        }
        let standard = utf8::is_standard(self.as_bytes());
        if standard {
            self.head().meta.set(self.meta() | STANDARD);
        }
        standard
    }

    /// Stores the string as UTF-8, in place (`utf8::upgrade`).
    pub fn upgrade(&mut self) {
        if self.try_upgrade().is_err() && quota::lifted(|| self.try_upgrade()).is_err() {
            out_of_memory(self.len());
        }
    }

    /// As [`PerlStr::upgrade`], reporting a lack of memory.
    pub fn try_upgrade(&mut self) -> Result<(), OutOfMemory> {
        if self.is_utf8() {
            return Ok(());
        }
        if self.is_ascii() {
            self.set_utf8_flag(true);
            return Ok(());
        }
        let (len, extra) = (self.len(), utf8::count_high(self.as_bytes()));
        if len >= MUCH {
            // Piece by piece: the string is whole until it is done.
            let mut wide = PerlStr::try_with_capacity(len + extra)?;
            wide.set_utf8_flag(true);
            for piece in self.as_bytes().chunks(MUCH) {
                quota::go_on()?;
                wide.try_push_latin1(piece)?;
            }
            wide.put_flags(self.flags() & !DERIVED | UTF8);
            *self = wide;
            return Ok(());
        }
        self.append_with(extra, |room| room.len())?;
        let bytes = self.make_mut();
        // From the end, so that no byte is overwritten before it has been read.
        let (mut from, mut to) = (len, len + extra);
        while from < to {
            from -= 1;
            let b = bytes[from];
            if b < 0x80 {
                to -= 1;
                bytes[to] = b;
            } else {
                to -= 2;
                bytes[to] = 0xC0 | b >> 6;
                bytes[to + 1] = 0x80 | b & 0x3F;
            }
        }
        self.put_flags(self.flags() & !DERIVED | UTF8);
        Ok(())
    }

    /// Stores the string with a byte per character, in place; false, and no change, where a
    /// character is above 255 (`utf8::downgrade`).
    pub fn downgrade(&mut self) -> bool {
        if !self.is_utf8() {
            return true;
        }
        if self.is_ascii() {
            self.set_utf8_flag(false);
            return true;
        }
        if !utf8::fits_latin1(self.as_bytes()) {
            return false;
        }
        let bytes = self.make_mut();
        let (mut from, mut to) = (0, 0);
        while let Some(&b) = bytes.get(from) {
            if b < 0x80 {
                bytes[to] = b;
                from += 1;
            } else {
                bytes[to] = (b & 0x03) << 6 | bytes.get(from + 1).copied().unwrap_or(0) & 0x3F;
                from += 2;
            }
            to += 1;
        }
        self.truncate(to);
        self.put_flags(self.flags() & !(UTF8 | DERIVED));
        true
    }

    /// This string stored as UTF-8; shares the buffer if it is already.
    pub fn upgraded(&self) -> PerlStr {
        let mut copy = self.clone();
        copy.upgrade();
        copy
    }

    /// This string with a byte per character, if it can be so; shares the buffer if it is already.
    pub fn downgraded(&self) -> Option<PerlStr> {
        let mut copy = self.clone();
        copy.downgrade().then_some(copy)
    }

    /// The bytes to write to a handle without layers; `None` where a character is above 255 and
    /// perl warns `Wide character` and writes [`PerlStr::as_bytes`].
    pub fn to_bytes_for_io(&self) -> Option<std::borrow::Cow<'_, [u8]>> {
        if !self.is_utf8() || self.is_ascii() {
            return Some(self.as_bytes().into());
        }
        utf8::to_latin1(self.as_bytes()).map(Into::into)
    }
}
