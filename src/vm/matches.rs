//! The last successful match, as `$1`, `$&`, `@-`, `%+` show it (perlvar).

use crate::text::PerlStr;
use crate::value::Val;
use std::any::Any;
use std::rc::Rc;

/// The last successful match: offsets into the subject as it was.
#[derive(Clone, Default)]
pub struct MatchState {
    /// The subject.
    pub subject: PerlStr,
    /// Start and end in bytes of the match and each group; `usize::MAX`: did not take part.
    pub offsets: Rc<[usize]>,
    /// Group names with their numbers.
    pub names: Option<Rc<[(String, Vec<u32>)]>>,
    /// `$+`: highest group that took part; `$^N`: most recently closed.
    pub last_paren: u32,
    /// `$^N`
    pub last_closed: u32,
    /// `$^R`
    pub result: Option<Rc<Val>>,
    /// The pattern, for the empty pattern's sake.
    pub pattern: Option<Rc<dyn Any>>,
}

impl MatchState {
    /// Group `n` (0: the whole match).
    pub fn group(&self, n: usize) -> Option<PerlStr> {
        let (start, end) = self.span(n)?;
        Some(self.subject.slice_bytes(start..end))
    }

    /// Byte range of group `n`.
    pub fn span(&self, n: usize) -> Option<(usize, usize)> {
        let start = *self.offsets.get(n * 2)?;
        let end = *self.offsets.get(n * 2 + 1)?;
        if start == usize::MAX || end == usize::MAX {
            None
        } else {
            Some((start, end))
        }
    }

    /// `` $` ``
    pub fn before(&self) -> Option<PerlStr> {
        let (start, _) = self.span(0)?;
        Some(self.subject.slice_bytes(0..start))
    }

    /// `$'`
    pub fn after(&self) -> Option<PerlStr> {
        let (_, end) = self.span(0)?;
        Some(self.subject.slice_bytes(end..self.subject.len()))
    }

    /// Number of groups, the whole match included.
    pub fn groups(&self) -> usize {
        self.offsets.len() / 2
    }
}
