//! Changing a string: appending, cutting, splicing, repeating.

use crate::text::quota;

use super::{OutOfMemory, PLACES, PerlStr, TAINT, UTF8, out_of_memory};
use crate::text::utf8;

/// What is copied between two looks at whether the run goes on.
const MUCH: usize = 1 << 20;

impl PerlStr {
    /// Asks for room for `n` more bytes.
    pub fn try_reserve(&mut self, n: usize) -> Result<(), OutOfMemory> {
        self.prepare(n)
    }

    /// Appends bytes in the string's own way of storing them.
    #[inline]
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        if self.try_push_bytes(bytes).is_err()
            && quota::lifted(|| self.try_push_bytes(bytes)).is_err()
        {
            out_of_memory(self.len());
        }
    }

    /// As [`PerlStr::push_bytes`], reporting a lack of memory.
    #[inline]
    pub fn try_push_bytes(&mut self, bytes: &[u8]) -> Result<(), OutOfMemory> {
        if bytes.len() > MUCH {
            return self.push_much(bytes);
        }
        self.prepare(bytes.len())?;
        // SAFETY: prepare made the buffer ours with that much room.
        unsafe { self.append_unchecked(bytes) };
        Ok(())
    }

    /// Appends piece by piece; all of it or, where the run is to end, nothing.
    #[cold]
    #[inline(never)]
    fn push_much(&mut self, bytes: &[u8]) -> Result<(), OutOfMemory> {
        self.prepare(bytes.len())?;
        let before = self.len();
        for piece in bytes.chunks(MUCH) {
            if let Err(stopped) = quota::go_on() {
                self.truncate(before);
                return Err(stopped);
            }
            // SAFETY: prepare made the buffer ours with room for all of it.
            unsafe { self.append_unchecked(piece) };
        }
        Ok(())
    }

    /// Appends one byte in the string's own way of storing them.
    #[inline]
    pub fn push_byte(&mut self, byte: u8) {
        self.push_bytes(&[byte]);
    }

    /// Appends a character; one above 255 upgrades the string.
    #[inline]
    pub fn push_char(&mut self, cp: u32) {
        self.push_code_point(cp as u64);
    }

    /// Appends a character of any size; one above 255 upgrades the string.
    #[inline]
    pub fn push_code_point(&mut self, cp: u64) {
        if cp < 0x80 || (cp < 0x100 && !self.is_utf8()) {
            self.push_byte(cp as u8);
        } else {
            self.upgrade();
            self.push_bytes(utf8::encode(cp, &mut [0; utf8::MAX_BYTES]));
        }
    }

    /// Appends another string, upgrading whichever of the two needs it. Taint is added.
    #[inline]
    pub fn push_str(&mut self, other: &PerlStr) {
        if self.try_push_str(other).is_err() && quota::lifted(|| self.try_push_str(other)).is_err()
        {
            out_of_memory(self.len());
        }
    }

    /// As [`PerlStr::push_str`], reporting a lack of memory.
    #[inline]
    pub fn try_push_str(&mut self, other: &PerlStr) -> Result<(), OutOfMemory> {
        if (self.meta() ^ other.meta()) & (UTF8 | TAINT) == 0 {
            return self.try_push_bytes(other.as_bytes());
        }
        self.push_unlike(other)
    }

    #[cold]
    fn push_unlike(&mut self, other: &PerlStr) -> Result<(), OutOfMemory> {
        if other.taint() {
            self.set_taint(true);
        }
        match (self.is_utf8(), other.is_utf8()) {
            (false, true) => {
                self.try_upgrade()?;
                self.try_push_bytes(other.as_bytes())
            }
            (true, false) => self.try_push_latin1(other.as_bytes()),
            _ => self.try_push_bytes(other.as_bytes()),
        }
    }

    /// Appends characters given a byte each, whichever way this string is stored.
    pub fn try_push_latin1(&mut self, latin1: &[u8]) -> Result<(), OutOfMemory> {
        if !self.is_utf8() || latin1.is_ascii() {
            return self.try_push_bytes(latin1);
        }
        self.prepare(
            latin1
                .len()
                .checked_add(utf8::count_high(latin1))
                .ok_or(OutOfMemory)?,
        )?;
        for &b in latin1 {
            if b < 0x80 {
                self.push_bytes(&[b]);
            } else {
                self.push_bytes(&[0xC0 | b >> 6, 0x80 | b & 0x3F]);
            }
        }
        Ok(())
    }

    /// The two strings one after the other.
    pub fn concat(left: &PerlStr, right: &PerlStr) -> Result<PerlStr, OutOfMemory> {
        let total = left.len().checked_add(right.len()).ok_or(OutOfMemory)?;
        let mut out = PerlStr::try_with_capacity(total)?;
        out.try_push_bytes(left.as_bytes())?;
        out.put_flags(left.flags() & (UTF8 | TAINT));
        out.try_push_str(right)?;
        Ok(out)
    }

    /// `n` copies one after the other (perlop, the `x` operator).
    pub fn repeat(&self, n: usize) -> Result<PerlStr, OutOfMemory> {
        let total = self.len().checked_mul(n).ok_or(OutOfMemory)?;
        let flags = self.flags() & !PLACES;
        if n == 1 {
            return Ok(self.clone());
        }
        let mut out = PerlStr::try_with_capacity(total)?;
        let unit = self.as_bytes();
        // SAFETY: the new buffer is ours alone and has room for `total` bytes; each step copies
        // bytes already written to the ones behind them.
        unsafe {
            let to = out.start();
            if unit.len() == 1 {
                for at in (0..total).step_by(MUCH) {
                    quota::go_on()?;
                    std::ptr::write_bytes(to.add(at), unit[0], MUCH.min(total - at));
                }
            } else if total > 0 {
                std::ptr::copy_nonoverlapping(unit.as_ptr(), to, unit.len());
                let mut done = unit.len();
                // Whole units, or what follows them would not be the next.
                let most = unit.len().max(MUCH / unit.len() * unit.len());
                while done < total {
                    quota::go_on()?;
                    let step = done.min(total - done).min(most);
                    std::ptr::copy_nonoverlapping(to, to.add(done), step);
                    done += step;
                }
            }
            out.set_len(total);
        }
        out.put_flags(flags);
        Ok(out)
    }

    /// Drops what is behind the first `n` bytes.
    pub fn truncate(&mut self, n: usize) {
        if n >= self.len() {
            return;
        }
        if self.is_shared() {
            *self = self.slice_bytes(0..n);
        } else {
            self.put_flags(self.flags() & !PLACES);
            // SAFETY: unshared, and the first n of more bytes are initialised.
            unsafe { self.set_len(n) };
        }
    }

    /// Drops the first `n` bytes; moves nothing while the buffer is our own.
    pub fn drain_front(&mut self, n: usize) {
        let n = n.min(self.len());
        if n == 0 {
            return;
        }
        if self.is_shared() {
            *self = self.slice_bytes(n..self.len());
        } else {
            self.advance(n);
        }
    }

    /// Replaces the bytes from `start` to `end`, both clipped to the string, by `new`.
    pub fn try_splice_bytes(
        &mut self,
        start: usize,
        end: usize,
        new: &[u8],
    ) -> Result<(), OutOfMemory> {
        let len = self.len();
        let end = end.min(len);
        let start = start.min(end);
        let old = end - start;
        if start == 0 && new.len() <= old && !self.is_shared() {
            // The front can give way instead of the tail.
            self.advance(old - new.len());
            self.make_mut()[..new.len()].copy_from_slice(new);
            return Ok(());
        }
        self.prepare(new.len().saturating_sub(old))?;
        let total = len - old + new.len();
        if new.len() > old {
            // SAFETY: prepare gave the room; the bytes up to `total` are initialised here before
            // the length includes them.
            unsafe {
                std::ptr::write_bytes(self.start().add(len), 0, total - len);
                self.set_len(total);
            }
        }
        let bytes = self.make_mut();
        if new.len() != old {
            bytes.copy_within(end..len, start + new.len());
        }
        bytes[start..start + new.len()].copy_from_slice(new);
        self.truncate(total);
        Ok(())
    }

    /// These bytes as a string of its own with the same flag; the range is clipped.
    pub fn slice_bytes(&self, range: std::ops::Range<usize>) -> PerlStr {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        if end - start == self.len() {
            return self.clone();
        }
        let flags = self.flags() & !PLACES;
        if start == end && flags & (UTF8 | TAINT) == 0 {
            return PerlStr::new();
        }
        let mut part = PerlStr::with_capacity(end - start);
        // SAFETY: the new buffer is ours and was made that large.
        unsafe { part.append_unchecked(&self.as_bytes()[start..end]) };
        part.put_flags(flags);
        part
    }
}
