//! The last successful match, as `$1`, `$&`, `@-`, `%+` show it (perlvar).

use crate::regex::{Captures, Regex};
use crate::text::PerlStr;
use crate::value::Val;
use std::rc::Rc;

/// What a successful match leaves behind: offsets into the subject as it was.
pub struct MatchData {
    /// The subject.
    pub subject: PerlStr,
    /// Where groups matched, in bytes.
    pub caps: Captures,
    /// The pattern.
    pub regex: Rc<Regex>,
    /// `$^R`
    pub result: Val,
}

/// The last successful match, if any.
#[derive(Clone, Default)]
pub struct MatchState(pub(super) Option<Rc<MatchData>>);

impl MatchState {
    /// The match.
    pub fn data(&self) -> Option<&MatchData> {
        self.0.as_deref()
    }

    /// The match, if its pattern said `/p`: only then `${^MATCH}` and its kin are set.
    pub fn kept(&self) -> Option<&MatchState> {
        let kept = |m: &Rc<MatchData>| m.regex.flags().has(crate::regex::Flags::P);
        self.0.as_ref().filter(|m| kept(m)).map(|_| self)
    }

    /// The pattern.
    pub fn regex(&self) -> Option<Rc<Regex>> {
        self.0.as_ref().map(|m| m.regex.clone())
    }

    /// Group `n` (0: the whole match).
    pub fn group(&self, n: usize) -> Option<PerlStr> {
        let data = self.0.as_ref()?;
        let (start, end) = data.caps.get(n)?;
        Some(data.subject.slice_bytes(start..end))
    }

    /// Byte range of group `n`.
    pub fn span(&self, n: usize) -> Option<(usize, usize)> {
        self.0.as_ref()?.caps.get(n)
    }

    /// Range of group `n` in characters (`@-`, `@+`).
    pub fn char_span(&self, n: usize) -> Option<(usize, usize)> {
        let data = self.0.as_ref()?;
        let (start, end) = data.caps.get(n)?;
        Some((
            data.subject.char_index_of_byte(start),
            data.subject.char_index_of_byte(end),
        ))
    }

    /// `` $` ``
    pub fn before(&self) -> Option<PerlStr> {
        let (start, _) = self.span(0)?;
        Some(self.0.as_ref()?.subject.slice_bytes(0..start))
    }

    /// `$'`
    pub fn after(&self) -> Option<PerlStr> {
        let (_, end) = self.span(0)?;
        let subject = &self.0.as_ref()?.subject;
        Some(subject.slice_bytes(end..subject.len()))
    }

    /// Number of groups, the whole match not counted.
    pub fn groups(&self) -> usize {
        self.0.as_ref().map_or(0, |m| m.regex.groups() as usize)
    }

    /// `$+`: the highest group that took part.
    pub fn last_paren(&self) -> Option<PerlStr> {
        let n = self.0.as_ref()?.caps.last_paren;
        if n == 0 { None } else { self.group(n as usize) }
    }

    /// `$^N`: the group closed last.
    pub fn last_closed(&self) -> Option<PerlStr> {
        let n = self.0.as_ref()?.caps.last_close;
        if n == 0 { None } else { self.group(n as usize) }
    }

    /// `$+{name}`: the leftmost group of that name that took part.
    pub fn named(&self, name: &str) -> Option<PerlStr> {
        let data = self.0.as_ref()?;
        data.regex
            .group_named(name)
            .iter()
            .find_map(|n| self.group(*n as usize))
    }

    /// `$-{name}`: all groups of that name.
    pub fn all_named(&self, name: &str) -> Option<Vec<Option<PerlStr>>> {
        let data = self.0.as_ref()?;
        let groups = data.regex.group_named(name);
        if groups.is_empty() {
            return None;
        }
        Some(groups.iter().map(|n| self.group(*n as usize)).collect())
    }

    /// The names of groups.
    pub fn names(&self) -> Vec<Rc<str>> {
        match &self.0 {
            Some(data) => data.regex.names().iter().map(|row| row.0.clone()).collect(),
            None => Vec::new(),
        }
    }

    /// `$^R`
    pub fn result(&self) -> Val {
        self.0.as_ref().map_or(Val::Undef, |m| m.result.clone())
    }
}
