//! `tr///`: its lists compiled to a table (`perlop`, Transliteration Operator). The syntax has read
//! their escapes; running the table over a string is in `run`.

mod run;

use super::utf8;
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

/// Why a list means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrError {
    /// A range runs backwards, between these code points.
    InvalidRange(u64, u64),
    /// `a-c-e`
    AmbiguousRange,
}

impl TrError {
    /// perl's words, without the place.
    pub fn message(self) -> String {
        match self {
            TrError::InvalidRange(low @ 32..127, high @ 32..127) => {
                let (low, high) = (low as u8 as char, high as u8 as char);
                format!("Invalid range \"{low}-{high}\" in transliteration operator")
            }
            TrError::InvalidRange(low, high) => format!(
                "Invalid range \"\\x{{{low:04X}}}-\\x{{{high:04X}}}\" in transliteration operator"
            ),
            TrError::AmbiguousRange => "Ambiguous range in transliteration operator".into(),
        }
    }
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
}

impl Table {
    /// Compiles two lists of characters in UTF-8, where `mark` (a byte that is none of UTF-8's)
    /// stands between the ends of a range.
    pub fn new(search: &[u8], replacement: &[u8], mark: u8, flags: TrFlags) -> Table {
        let (search, mut replacement) = (ranges(search, mark), ranges(replacement, mark));
        let search = if flags.complement {
            complement(&search)
        } else {
            search
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
        Table::from_segments(map.into_values().collect(), flags.squeeze)
    }

    fn from_segments(segments: Vec<Segment>, squeeze: bool) -> Table {
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
            segments,
            bytes,
        }
    }

    /// Does what becomes of a character depend on the one before?
    pub fn squeezes(&self) -> bool {
        self.squeeze
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

fn ranges(list: &[u8], mark: u8) -> Vec<Range> {
    let (mut ranges, mut at): (Vec<Range>, usize) = (Vec::new(), 0);
    while let Some(&b) = list.get(at) {
        let marked = b == mark && !ranges.is_empty();
        at += marked as usize;
        let (cp, width) = utf8::decode(&list[at..]);
        at += width.max(1);
        match ranges.last_mut().filter(|_| marked) {
            Some((low, high)) => *high = cp.max(*low),
            None => ranges.push((cp, cp)),
        }
    }
    ranges
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
