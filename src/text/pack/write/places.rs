//! Moving about in the string that `pack` writes: `x X @ .`

use super::super::{Item, Repeat};
use super::{Done, PackArgs, Writer};
use crate::text::utf8;

impl<A: PackArgs> Writer<'_, A> {
    /// Characters, or bytes where those are written, since byte offset `start`.
    pub(super) fn distance(&self, start: usize) -> usize {
        let part = self.out.as_bytes().get(start..).unwrap_or_default();
        if self.chars {
            utf8::count(part)
        } else {
            part.len()
        }
    }

    pub(super) fn skip(&mut self, item: &Item, times: usize) -> Done<A> {
        match (item.native, times) {
            (true, 0) => Ok(()),
            (true, unit) => {
                let over = self.distance(0) % unit;
                self.zeros(if over > 0 { unit - over } else { 0 })
            }
            (false, times) => self.zeros(times),
        }
    }

    pub(super) fn back(&mut self, item: &Item, times: usize) -> Done<A> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => self.distance(0) % unit,
            (false, times) => times,
        };
        self.shrink(times, 'X')
    }

    /// Drops the last `n` characters or bytes.
    pub(super) fn shrink(&mut self, n: usize, code: char) -> Done<A> {
        let mut end = self.out.len();
        if !self.chars {
            end = end.wrapping_sub(n);
        } else {
            for _ in 0..n {
                let (_, width) = utf8::decode_last(&self.out.as_bytes()[..end]);
                end = if width == 0 { usize::MAX } else { end - width };
                if end == usize::MAX {
                    break;
                }
            }
        }
        if end > self.out.len() {
            return self.fail(format!("'{code}' outside of string in pack"));
        }
        self.out.truncate(end);
        for start in &mut self.starts {
            *start = (*start).min(end);
        }
        Ok(())
    }

    /// Goes to `offset` characters (bytes with `!`) behind byte `from`: zeros are added or what
    /// is behind is dropped.
    pub(super) fn seek(&mut self, item: &Item, from: usize, offset: i64) -> Done<A> {
        let by_chars = self.chars && !item.native;
        let here = if by_chars {
            self.distance(from)
        } else {
            self.out.len().saturating_sub(from)
        };
        let code = item.code;
        match offset.checked_sub(here as i64) {
            Some(more @ 0..) => self.zeros(more as usize),
            Some(less) if by_chars => self.shrink(less.unsigned_abs() as usize, code),
            Some(less) => {
                let chars = std::mem::replace(&mut self.chars, false);
                let done = self.shrink(less.unsigned_abs() as usize, code);
                self.chars = chars;
                done
            }
            None => self.fail(format!("'{code}' outside of string in pack")),
        }
    }

    pub(super) fn seek_to_value(&mut self, item: &Item, repeat: Repeat, times: usize) -> Done<A> {
        let from = match (repeat, times) {
            (Repeat::Star, _) => 0,
            (_, 0) => self.out.len(),
            (_, n) => self
                .starts
                .len()
                .checked_sub(n)
                .map_or(0, |at| self.starts[at]),
        };
        let offset = self.whole('.')?.to_i64();
        self.seek(item, from, offset)
    }
}
