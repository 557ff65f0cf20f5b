//! Running a compiled `tr///` over strings: counting, changing in place, changing a copy.

use super::{GONE, KEPT, Table, WIDE};
use crate::text::{OutOfMemory, PerlStr, utf8};

impl Table {
    /// How many characters of `text` match.
    pub fn count(&self, text: &PerlStr) -> usize {
        let bytes = text.as_bytes();
        if text.is_utf8() && !text.is_ascii() {
            return text.chars().filter(|cp| self.matches(*cp)).count();
        }
        match self.run {
            Some((only, last)) if only == last => memchr::memchr_iter(only, bytes).count(),
            // One comparison a byte, which the compiler spreads over wide registers.
            Some((first, last)) => bytes
                .iter()
                .filter(|b| b.wrapping_sub(first) <= last - first)
                .count(),
            None => bytes
                .iter()
                .filter(|b| self.bytes[**b as usize] != KEPT)
                .count(),
        }
    }

    #[inline]
    fn matches(&self, cp: u64) -> bool {
        match self.bytes.get(cp as usize) {
            Some(to) if cp < 256 => *to != KEPT,
            _ => self.segment(cp).is_some(),
        }
    }

    /// Changes `text` in place; the number of characters that matched.
    pub fn apply(&self, text: &mut PerlStr) -> Result<usize, OutOfMemory> {
        if self.identity {
            return Ok(self.count(text));
        }
        let by_bytes = match text.is_utf8() {
            true => self.keeps_ascii && text.is_ascii(),
            false => self.narrow,
        };
        if by_bytes {
            return Ok(self.apply_bytes(text));
        }
        let (new, count) = self.rebuild(text)?;
        if count > 0 {
            *text = new;
        }
        Ok(count)
    }

    /// A changed copy (`tr///r`).
    pub fn replaced(&self, text: &PerlStr) -> Result<PerlStr, OutOfMemory> {
        let mut copy = text.clone();
        self.apply(&mut copy)?;
        Ok(copy)
    }

    /// Does every byte stay where it is, changed or not?
    fn keeps_places(&self) -> bool {
        !self.squeeze && !self.deletes_bytes
    }

    /// The bytes of a text that is nobody else's, where they can be changed part by part
    /// ([`Table::apply_part`]).
    pub fn parts<'t>(&self, text: &'t mut PerlStr) -> Option<&'t mut [u8]> {
        let by_bytes = self.narrow && !text.is_utf8() && !text.is_shared();
        (by_bytes && !self.identity && self.keeps_places()).then(|| text.make_mut())
    }

    /// Changes some bytes of a text; how many were in the list.
    pub fn apply_part(&self, part: &mut [u8]) -> usize {
        let mut count = 0;
        for b in part {
            let to = self.bytes[*b as usize];
            if to != KEPT {
                *b = to as u8;
                count += 1;
            }
        }
        count
    }

    fn apply_bytes(&self, text: &mut PerlStr) -> usize {
        // Nothing is copied where nothing changes.
        if text.is_shared() && self.count(text) == 0 {
            return 0;
        }
        if self.keeps_places() {
            return self.apply_part(text.make_mut());
        }
        let bytes = text.make_mut();
        let (mut count, mut end, mut last) = (0, 0, KEPT);
        for at in 0..bytes.len() {
            let to = self.bytes[bytes[at] as usize];
            count += (to != KEPT) as usize;
            match to {
                GONE => continue,
                KEPT => {
                    bytes[end] = bytes[at];
                    last = KEPT;
                }
                to if self.squeeze && to == last => continue,
                to => {
                    bytes[end] = to as u8;
                    last = to;
                }
            }
            end += 1;
        }
        text.truncate(end);
        count
    }

    fn rebuild(&self, text: &PerlStr) -> Result<(PerlStr, usize), OutOfMemory> {
        let mut out = PerlStr::try_with_capacity(text.len())?;
        out.set_utf8_flag(text.is_utf8());
        let (mut count, mut last) = (0, None);
        for cp in text.chars() {
            let to = match self.bytes.get(cp as usize) {
                Some(to) if cp < 256 && *to != WIDE => match *to {
                    KEPT => None,
                    GONE => Some(None),
                    to => Some(Some(to as u64)),
                },
                _ => self.segment(cp).map(|segment| segment.reply(cp)),
            };
            count += to.is_some() as usize;
            let new = match to {
                None => cp,
                Some(None) => continue,
                Some(Some(new)) if self.squeeze && last == Some(new) => continue,
                Some(Some(new)) => new,
            };
            last = to.flatten();
            if new < 0x80 || new < 0x100 && !out.is_utf8() {
                out.try_push_bytes(&[new as u8])?;
            } else {
                out.try_upgrade()?;
                out.try_push_bytes(utf8::encode(new, &mut [0; utf8::MAX_BYTES]))?;
            }
        }
        out.set_taint(text.taint());
        Ok((out, count))
    }
}
