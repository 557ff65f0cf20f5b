//! Reading the subject: characters, tests, references to what groups matched.

use super::super::captures::UNSET;
use super::super::chars::subject::{decode, step_back};
use super::machine::Machine;
use super::program::One;

impl Machine<'_, '_> {
    pub(super) fn group(&self, n: u32) -> Option<(usize, usize)> {
        let at = 2 * n as usize;
        match (self.slots.get(at), self.slots.get(at + 1)) {
            (Some(&start), Some(&end)) if start != UNSET && end != UNSET && n > 0 => {
                Some((start, end))
            }
            _ => None,
        }
    }

    pub(super) fn char_at(&self, at: usize) -> Option<(u32, usize)> {
        let first = *self.subject.get(at)?;
        if !self.utf8 || first < 0x80 {
            return Some((u32::from(first), at + 1));
        }
        let (c, size) = decode(self.subject, at);
        Some((c, at + size))
    }

    pub(super) fn char_before(&self, at: usize) -> Option<u32> {
        if at == 0 {
            return None;
        }
        let from = step_back(self.subject, at, self.utf8);
        self.char_at(from).map(|(c, _)| c)
    }

    #[inline]
    pub(super) fn one(&self, one: &One, at: usize) -> Option<usize> {
        let (c, end) = self.char_at(at)?;
        one.matches(c).then_some(end)
    }

    pub(super) fn assert(&mut self, assert: super::super::ast::Assert, at: usize) -> bool {
        use super::super::ast::Assert;
        let end = self.subject.len();
        let newline = |i: usize| self.subject.get(i) == Some(&b'\n');
        match assert {
            Assert::Start => at == 0,
            Assert::LineStart => at == 0 || (at < end && newline(at - 1)),
            Assert::End => at == end,
            Assert::EndOrNewline => at == end || (at + 1 == end && newline(at)),
            Assert::LineEnd => at == end || newline(at),
            Assert::Pos => at == self.g_pos,
            Assert::Keep => {
                self.set(0, at);
                true
            }
            Assert::Word { .. } => true,
            Assert::Bound { negated, kind } => {
                self.bounds.is_bound(kind, self.subject, self.utf8, at) != negated
            }
        }
    }

    pub(super) fn word(&self, set: &super::program::CharSet, at: usize) -> bool {
        let before = self.char_before(at).is_some_and(|c| set.contains(c));
        let after = self.char_at(at).is_some_and(|(c, _)| set.contains(c));
        before != after
    }

    pub(super) fn line_break(&mut self, at: usize) -> Option<usize> {
        let (c, end) = self.char_at(at)?;
        match c {
            13 if self.subject.get(end) == Some(&b'\n') => Some(end + 1),
            10..=13 | 0x85 | 0x2028 | 0x2029 => Some(end),
            _ => None,
        }
    }

    pub(super) fn backref(
        &self,
        groups: &[u32],
        fold: Option<(bool, bool)>,
        at: usize,
    ) -> Option<usize> {
        let (start, end) = groups.iter().find_map(|g| self.group(*g))?;
        let text = self.subject.get(start..end)?;
        let Some((strict, unicode)) = fold else {
            let rest = self.subject.get(at..)?;
            return rest.starts_with(text).then(|| at + text.len());
        };
        let (mut from, mut here) = (start, at);
        while from < end {
            let (a, next) = self.char_at(from)?;
            let (b, after) = self.char_at(here)?;
            let same = a == b
                || match unicode {
                    true => super::super::unicode::fold_variants(a, strict).contains(&b),
                    false => a < 128 && b < 128 && (a as u8).eq_ignore_ascii_case(&(b as u8)),
                };
            if !same {
                return None;
            }
            (from, here) = (next, after);
        }
        Some(here)
    }
}
