//! Moving about in the string that `unpack` reads: `x X @ .`

use super::super::{Item, PackError, Repeat};
use super::{Reader, Unpacked};
use crate::text::number::Numeric;
use crate::text::utf8;

impl Reader<'_> {
    pub(super) fn skip(
        &mut self,
        item: &Item,
        repeat: Repeat,
        times: usize,
    ) -> Result<(), PackError> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => (unit - self.distance(0) % unit) % unit,
            // `x*` takes as much as the whole string has.
            _ if repeat == Repeat::Star && self.chars => utf8::count(self.bytes),
            (false, times) => times,
        };
        match self.ahead(times) {
            Some(to) => {
                self.at = to;
                Ok(())
            }
            None => self.fail("'x' outside of string in unpack"),
        }
    }

    /// Characters or bytes since byte offset `from`.
    pub(super) fn distance(&self, from: usize) -> usize {
        let part = self.bytes.get(from..self.at).unwrap_or_default();
        if self.chars {
            utf8::count(part)
        } else {
            part.len()
        }
    }

    pub(super) fn back(&mut self, item: &Item, _: Repeat, times: usize) -> Result<(), PackError> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => self.distance(0) % unit,
            (false, times) => times,
        };
        let here = self.distance(0);
        let Some(target) = here.checked_sub(times) else {
            return self.fail("'X' outside of string in unpack");
        };
        self.at = match self.chars {
            true => utf8::offset_of(self.bytes, target).unwrap_or(0),
            false => target,
        };
        Ok(())
    }

    pub(super) fn seek(&mut self, item: &Item, times: usize) -> Result<(), PackError> {
        self.at = self.starts.last().copied().unwrap_or(0);
        let to = match item.native {
            true => self
                .at
                .checked_add(times)
                .filter(|to| *to <= self.bytes.len()),
            false => self.ahead(times),
        };
        match to {
            Some(to) => {
                self.at = to;
                Ok(())
            }
            None => self.fail("'@' outside of string in unpack"),
        }
    }

    pub(super) fn offset(
        &mut self,
        item: &Item,
        repeat: Repeat,
        times: usize,
    ) -> Result<(), PackError> {
        let from = match (repeat, times) {
            (Repeat::Star, _) => 0,
            (_, 0) => self.at,
            (_, n) => self
                .starts
                .len()
                .checked_sub(n)
                .map_or(0, |at| self.starts[at]),
        };
        let (low, high) = (from.min(self.at), from.max(self.at));
        let part = self.bytes.get(low..high).unwrap_or_default();
        let count = if self.chars && !item.native {
            utf8::count(part)
        } else {
            part.len()
        } as i64;
        let count = if from > self.at { -count } else { count };
        self.give_value(Unpacked::Num(Numeric::Int(count)))?;
        Ok(())
    }
}
