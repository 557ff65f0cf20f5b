//! What a match leaves behind: offsets of groups and the special variables' raw material.

use std::rc::Rc;

/// An offset of a group that took no part.
pub const UNSET: usize = usize::MAX;

/// Where groups matched, in bytes.
#[derive(Clone, Debug, Default)]
pub struct Captures {
    /// Start and end by group; group 0 is the whole match.
    pub offsets: Vec<[usize; 2]>,
    /// The highest group that is set, for `$+`.
    pub last_paren: u32,
    /// The group closed last, for `$^N`.
    pub last_close: u32,
    /// `$REGMARK` after a match, `$REGERROR` after a failure.
    pub mark: Option<Rc<[u8]>>,
    /// The owner's handle of the last code block's value, `$^R`.
    pub code_result: Option<u32>,
}

impl Captures {
    /// Where a group matched.
    #[inline]
    pub fn get(&self, group: usize) -> Option<(usize, usize)> {
        match self.offsets.get(group) {
            Some(&[start, end]) if start != UNSET && end != UNSET => Some((start, end)),
            _ => None,
        }
    }

    /// Forgets everything and makes room for `groups` groups beside the whole match.
    pub fn reset(&mut self, groups: u32) {
        self.offsets.clear();
        self.offsets.resize(groups as usize + 1, [UNSET; 2]);
        self.last_paren = 0;
        self.last_close = 0;
        self.mark = None;
        self.code_result = None;
    }

    /// A match without groups.
    #[inline]
    pub fn set_whole(&mut self, start: usize, end: usize) {
        self.offsets.clear();
        self.offsets.push([start, end]);
        self.last_paren = 0;
        self.last_close = 0;
        self.mark = None;
        self.code_result = None;
    }

    /// Works out `$+` and `$^N` from the offsets; `parents` tells which group encloses which.
    pub fn settle(&mut self, parents: &[u32]) {
        self.last_paren = 0;
        self.last_close = 0;
        let mut best: Option<usize> = None;
        for (group, &[start, end]) in self.offsets.iter().enumerate().skip(1) {
            if start == UNSET || end == UNSET {
                continue;
            }
            self.last_paren = group as u32;
            let encloses = |outer: u32, mut inner: u32| {
                while inner != 0 && inner != outer {
                    inner = parents.get(inner as usize).copied().unwrap_or(0);
                }
                inner == outer
            };
            // The group that ends last closed last; of two that end together the outer one.
            let later = match best {
                None => true,
                Some(b) if b < end => true,
                Some(b) => b == end && !encloses(self.last_close, group as u32),
            };
            if later {
                best = Some(end);
                self.last_close = group as u32;
            }
        }
    }
}
