//! A string as a row of characters: counting them, finding them, walking them.

use super::{ASCII, POSITIONS, PerlStr};
use crate::text::utf8;
use std::cell::Cell;

impl PerlStr {
    /// The number of characters.
    #[inline]
    pub fn char_len(&self) -> usize {
        if !self.is_utf8() || self.meta() & ASCII != 0 {
            self.len()
        } else {
            self.count_chars()
        }
    }

    fn count_chars(&self) -> usize {
        if self.len() < CACHE_FROM {
            return if self.is_ascii() {
                self.len()
            } else {
                utf8::count(self.as_bytes())
            };
        }
        if self.is_ascii() {
            return self.len();
        }
        let known = Known::of(self);
        if let Some(total) = known.total {
            return total;
        }
        let total = known.chars + utf8::count(&self.as_bytes()[known.bytes..]);
        Known {
            total: Some(total),
            ..known
        }
        .keep(self);
        total
    }

    /// The byte offset of character number `n`; the end of the string is an offset too.
    #[inline]
    pub fn byte_offset_of_char(&self, n: usize) -> Option<usize> {
        if !self.is_utf8() || self.meta() & ASCII != 0 {
            return (n <= self.len()).then_some(n);
        }
        if self.len() < CACHE_FROM {
            return utf8::offset_of(self.as_bytes(), n);
        }
        self.find_char(n)
    }

    fn find_char(&self, n: usize) -> Option<usize> {
        if self.is_ascii() {
            return (n <= self.len()).then_some(n);
        }
        let known = Known::of(self);
        let bytes = self.as_bytes();
        let at = if n >= known.chars {
            known.bytes + utf8::offset_of(&bytes[known.bytes..], n - known.chars)?
        } else if known.chars - n < n {
            let mut at = known.bytes;
            for _ in n..known.chars {
                at -= utf8::decode_last(&bytes[..at]).1;
            }
            at
        } else {
            utf8::offset_of(bytes, n)?
        };
        Known {
            bytes: at,
            chars: n,
            ..known
        }
        .keep(self);
        Some(at)
    }

    /// The number of the character that begins at byte `at` (or holds it).
    pub fn char_index_of_byte(&self, at: usize) -> usize {
        let at = at.min(self.len());
        if !self.is_utf8() || self.meta() & ASCII != 0 {
            return at;
        }
        if self.len() < CACHE_FROM {
            return utf8::count(&self.as_bytes()[..at]);
        }
        if self.is_ascii() {
            return at;
        }
        let known = Known::of(self);
        let bytes = self.as_bytes();
        let chars = if at >= known.bytes {
            known.chars + utf8::count(&bytes[known.bytes..at])
        } else {
            utf8::count(&bytes[..at])
        };
        if bytes.get(at).is_none_or(|b| !utf8::is_continuation(*b)) {
            Known {
                bytes: at,
                chars,
                ..known
            }
            .keep(self);
        }
        chars
    }

    /// `len` characters from number `start` on, clipped to the string.
    pub fn substr_chars(&self, start: usize, len: usize) -> PerlStr {
        let from = self.byte_offset_of_char(start).unwrap_or(self.len());
        let to = self
            .byte_offset_of_char(start.saturating_add(len))
            .unwrap_or(self.len());
        self.slice_bytes(from..to)
    }

    /// The characters from first to last, or from last to first.
    #[inline]
    pub fn chars(&self) -> Chars<'_> {
        Chars {
            bytes: self.as_bytes(),
            utf8: self.is_utf8(),
        }
    }

    /// The characters of these bytes read one way or the other.
    pub fn chars_of(bytes: &[u8], utf8: bool) -> Chars<'_> {
        Chars { bytes, utf8 }
    }
}

/// The code points of a string.
#[derive(Clone)]
pub struct Chars<'a> {
    bytes: &'a [u8],
    utf8: bool,
}

impl Iterator for Chars<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let (cp, width) = match *self.bytes {
            [] => return None,
            [b, ..] if !self.utf8 || b < 0x80 => (b as u64, 1),
            _ => utf8::decode(self.bytes),
        };
        self.bytes = &self.bytes[width..];
        Some(cp)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let least = if self.utf8 {
            self.bytes.len().div_ceil(utf8::MAX_BYTES)
        } else {
            self.bytes.len()
        };
        (least, Some(self.bytes.len()))
    }
}

impl DoubleEndedIterator for Chars<'_> {
    fn next_back(&mut self) -> Option<u64> {
        let (cp, width) = match *self.bytes {
            [] => return None,
            [.., b] if !self.utf8 => (b as u64, 1),
            _ => utf8::decode_last(self.bytes),
        };
        self.bytes = &self.bytes[..self.bytes.len() - width];
        Some(cp)
    }
}

/// From this many bytes on, places in a string are remembered, so that a loop over `substr` or
/// `pos` stays linear.
const CACHE_FROM: usize = 128;
const CACHE_SIZE: usize = 4;

/// One place whose byte and character numbers are both known, and perhaps the length.
#[derive(Clone, Copy)]
struct Known {
    bytes: usize,
    chars: usize,
    total: Option<usize>,
}

thread_local! {
    /// Known places by buffer address. An entry holds only while its buffer carries POSITIONS,
    /// which every change clears and a new buffer lacks.
    static CACHE: [Cell<(usize, Known)>; CACHE_SIZE] = const {
        [const { Cell::new((0, Known { bytes: 0, chars: 0, total: None })) }; CACHE_SIZE]
    };
    static NEXT: Cell<usize> = const { Cell::new(0) };
}

impl Known {
    fn of(s: &PerlStr) -> Known {
        if s.meta() & POSITIONS != 0 {
            let address = s.head.as_ptr() as usize;
            let hit = CACHE.with(|c| c.iter().map(Cell::get).find(|(at, _)| *at == address));
            if let Some((_, known)) = hit {
                return known;
            }
        }
        Known {
            bytes: 0,
            chars: 0,
            total: None,
        }
    }

    fn keep(self, s: &PerlStr) {
        let address = s.head.as_ptr() as usize;
        CACHE.with(|cache| {
            let old = cache.iter().find(|slot| slot.get().0 == address);
            let slot = old.unwrap_or_else(|| {
                let n = NEXT.get();
                NEXT.set((n + 1) % CACHE_SIZE);
                &cache[n % CACHE_SIZE]
            });
            slot.set((address, self));
        });
        s.head().meta.set(s.meta() | POSITIONS);
    }
}
