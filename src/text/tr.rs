//! `tr///`: its lists compiled to a table (`perlop`, Transliteration Operator), and its errors.
//! Running the table over a string is in `run`.

mod run;

use super::PerlStr;
use super::grammar::{TrItem, tr_items};
use std::collections::BTreeMap;

/// The letters behind the operator; `r` is the caller's business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrFlags {
    /// `c`: everything that is not in the search list.
    pub complement: bool,
    /// `d`: what has no replacement goes.
    pub delete: bool,
    /// `s`: runs that become one character become a single one.
    pub squeeze: bool,
}

/// Why lists cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrError {
    /// A range runs backwards, between these code points.
    InvalidRange(u64, u64),
    /// `a-c-e`
    AmbiguousRange,
    /// `\c` at the end.
    MissingControl,
    /// `\N{...}` names no character.
    UnknownName(String),
}

impl TrError {
    /// perl's words, without the place.
    pub fn message(&self) -> String {
        match self {
            TrError::InvalidRange(low @ 32..127, high @ 32..127) => {
                let (low, high) = (*low as u8 as char, *high as u8 as char);
                format!("Invalid range \"{low}-{high}\" in transliteration operator")
            }
            TrError::InvalidRange(low, high) => format!(
                "Invalid range \"\\x{{{low:04X}}}-\\x{{{high:04X}}}\" in transliteration operator"
            ),
            TrError::AmbiguousRange => "Ambiguous range in transliteration operator".into(),
            TrError::MissingControl => "Missing control char name in \\c".into(),
            TrError::UnknownName(name) => format!("Unknown charname '{name}'"),
        }
    }
}

/// What perl warns of when it compiles the lists (category misc).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrWarning {
    /// `Useless use of /d modifier in transliteration operator`
    UselessDelete,
    /// `Replacement list is longer than search list`
    LongReplacement,
}

/// What becomes of the characters of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// The first becomes this one, the next the one behind it, and so on.
    From(u64),
    /// All become this one.
    One(u64),
    /// They go.
    Nothing,
}

/// Characters that belong together, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    low: u64,
    high: u64,
    to: To,
}

/// What becomes of a byte: its replacement, or one of these.
const KEPT: u16 = 256;
const GONE: u16 = 257;
const WIDE: u16 = 258;

/// A compiled `tr///`.
#[derive(Debug)]
pub struct Table {
    /// In order and without overlaps.
    segments: Vec<Segment>,
    bytes: [u16; 256],
    squeeze: bool,
    /// Every character stays as it is: only counting is left.
    identity: bool,
    /// No byte becomes a character above 255.
    narrow: bool,
    /// No ASCII character becomes one that is not.
    keeps_ascii: bool,
    /// Does some byte go?
    deletes_bytes: bool,
    /// The only bytes that match, if they are one run.
    run: Option<(u8, u8)>,
    /// What perl warns of.
    pub warning: Option<TrWarning>,
}

impl Table {
    /// Compiles the lists as they stand between the delimiters; with `raw` (single quotes) a
    /// backslash is a character. `name` knows the characters of `\N{...}`.
    pub fn parse(
        search: &PerlStr,
        replacement: &PerlStr,
        flags: TrFlags,
        raw: bool,
        name: &dyn Fn(&str) -> Option<u64>,
    ) -> Result<Table, TrError> {
        let search = ranges(search, raw, name)?;
        let replacement = ranges(replacement, raw, name)?;
        Ok(Table::build(search, replacement, flags))
    }

    fn build(search: Vec<Range>, mut replacement: Vec<Range>, flags: TrFlags) -> Table {
        let search = if flags.complement {
            complement(&search)
        } else {
            search
        };
        let (wanted, given) = (total(&search), total(&replacement));
        let warning = if flags.delete && given >= wanted && wanted > 0 && !flags.complement {
            Some(TrWarning::UselessDelete)
        } else if given > wanted {
            Some(TrWarning::LongReplacement)
        } else {
            None
        };
        if replacement.is_empty() && !flags.delete {
            replacement = search.clone();
        }
        let mut map = BTreeMap::new();
        let delete = flags.delete;
        let mut replies = Replies {
            ranges: &replacement,
            at: 0,
            used: 0,
            delete,
        };
        for range in &search {
            replies
                .take(*range)
                .into_iter()
                .for_each(|segment| add(&mut map, segment));
        }
        Table::from_segments(map.into_values().collect(), flags.squeeze, warning)
    }

    fn from_segments(segments: Vec<Segment>, squeeze: bool, warning: Option<TrWarning>) -> Table {
        let mut bytes = [KEPT; 256];
        for segment in segments.iter().take_while(|s| s.low < 256) {
            for byte in segment.low..=segment.high.min(255) {
                bytes[byte as usize] = match segment.reply(byte) {
                    None => GONE,
                    Some(cp @ 0..256) => cp as u16,
                    Some(_) => WIDE,
                };
            }
        }
        let stays = |s: &Segment| match s.to {
            To::From(to) => to == s.low,
            To::One(to) => to == s.low && s.high == s.low,
            To::Nothing => false,
        };
        let identity = !squeeze && segments.iter().all(stays);
        let matching = |b: &u8| bytes[*b as usize] != KEPT;
        let first = (0..=255u8).find(matching);
        let last = (0..=255u8).rfind(matching);
        let run = first
            .zip(last)
            .filter(|(first, last)| (*first..=*last).all(|b| matching(&b)));
        Table {
            squeeze,
            identity,
            narrow: !bytes.contains(&WIDE),
            keeps_ascii: bytes[..128]
                .iter()
                .all(|to| *to < 128 || *to == KEPT || *to == GONE),
            deletes_bytes: bytes.contains(&GONE),
            run,
            warning,
            segments,
            bytes,
        }
    }

    /// Does it leave every string as it is, so that read-only values may be counted?
    pub fn is_identity(&self) -> bool {
        self.identity
    }

    /// The segment that `cp` belongs to.
    fn segment(&self, cp: u64) -> Option<&Segment> {
        let at = self.segments.partition_point(|s| s.high < cp);
        self.segments.get(at).filter(|s| s.low <= cp)
    }
}

impl Segment {
    /// What `cp`, which belongs to it, becomes; `None` if it goes.
    fn reply(&self, cp: u64) -> Option<u64> {
        match self.to {
            To::From(to) => Some(to.wrapping_add(cp - self.low)),
            To::One(to) => Some(to),
            To::Nothing => None,
        }
    }
}

/// A run of characters, both ends included.
type Range = (u64, u64);

fn total(ranges: &[Range]) -> u64 {
    ranges.iter().fold(0u64, |sum, (low, high)| {
        sum.saturating_add((high - low).saturating_add(1))
    })
}

fn ranges(
    list: &PerlStr,
    raw: bool,
    name: &dyn Fn(&str) -> Option<u64>,
) -> Result<Vec<Range>, TrError> {
    let items = if raw {
        let item = |cp| {
            if cp == '-' as u64 {
                TrItem::Hyphen
            } else {
                TrItem::Char(cp)
            }
        };
        list.chars().map(item).collect()
    } else {
        let to_char = |cp: u64| u32::try_from(cp).ok().and_then(char::from_u32);
        let source: String = list
            .chars()
            .map(|cp| to_char(cp).unwrap_or('\u{FFFD}'))
            .collect();
        tr_items(&source, name)?
    };
    let mut ranges = Vec::new();
    let mut at = 0;
    let value = |item: TrItem| match item {
        TrItem::Char(cp) => cp,
        TrItem::Hyphen => '-' as u64,
    };
    while let Some(item) = items.get(at) {
        let low = value(*item);
        // A hyphen that is first or last stands for itself.
        let (Some(TrItem::Hyphen), Some(end)) = (items.get(at + 1), items.get(at + 2)) else {
            ranges.push((low, low));
            at += 1;
            continue;
        };
        let high = value(*end);
        if high < low {
            return Err(TrError::InvalidRange(low, high));
        }
        ranges.push((low, high));
        at += 3;
        if items.get(at) == Some(&TrItem::Hyphen) && at + 1 < items.len() {
            return Err(TrError::AmbiguousRange);
        }
    }
    Ok(ranges)
}

/// Everything that is in none of the ranges, in order.
fn complement(ranges: &[Range]) -> Vec<Range> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let (mut out, mut next) = (Vec::new(), 0u64);
    for (low, high) in sorted {
        if low > next {
            out.push((next, low - 1));
        }
        next = next.max(high.saturating_add(1));
    }
    out.push((next, i64::MAX as u64));
    out
}

/// Hands out the replacement list piece by piece.
struct Replies<'a> {
    ranges: &'a [Range],
    /// The range that is next, and how much of it has been used.
    at: usize,
    used: u64,
    delete: bool,
}

impl Replies<'_> {
    /// The replies to `range`, cut where the replacement list jumps.
    fn take(&mut self, (mut low, high): Range) -> Vec<Segment> {
        let mut out = Vec::new();
        loop {
            let Some(&(from, to)) = self.ranges.get(self.at) else {
                // The last character serves for all that is left, unless that goes.
                let to = match self.ranges.last() {
                    Some((_, last)) if !self.delete => To::One(*last),
                    _ => To::Nothing,
                };
                out.push(Segment { low, high, to });
                return out;
            };
            let from = from + self.used;
            let end = high.min(low.saturating_add(to - from));
            out.push(Segment {
                low,
                high: end,
                to: To::From(from),
            });
            if end - low == to - from {
                (self.at, self.used) = (self.at + 1, 0);
            } else {
                self.used += end - low + 1;
            }
            if end == high {
                return out;
            }
            low = end + 1;
        }
    }
}

/// Adds the parts of `segment` that no earlier one has taken.
fn add(map: &mut BTreeMap<u64, Segment>, segment: Segment) {
    let mut low = segment.low;
    while low <= segment.high {
        let before = map.range(..=low).next_back().map(|(_, s)| s.high);
        if let Some(taken) = before.filter(|high| *high >= low) {
            let Some(next) = taken.checked_add(1) else {
                return;
            };
            low = next;
            continue;
        }
        let next = map.range(low..).next().map(|(next, _)| *next - 1);
        let high = next.map_or(segment.high, |next| next.min(segment.high));
        let to = match segment.to {
            To::From(to) => To::From(to + (low - segment.low)),
            other => other,
        };
        map.insert(low, Segment { low, high, to });
        let Some(next) = high.checked_add(1) else {
            return;
        };
        low = next;
    }
}
