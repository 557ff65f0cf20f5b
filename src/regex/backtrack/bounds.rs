//! `\X` and the boundaries `\b{gcb}`, `\b{wb}`, `\b{sb}`, `\b{lb}`.

use super::super::ast::BoundKind;
use super::super::chars::subject::decode;
use unicode_segmentation::UnicodeSegmentation;

/// The end of the grapheme cluster at `at`.
pub fn grapheme_end(subject: &[u8], utf8: bool, at: usize) -> Option<usize> {
    let rest = subject.get(at..).filter(|rest| !rest.is_empty())?;
    if !utf8 {
        return Some(at + if rest.starts_with(b"\r\n") { 2 } else { 1 });
    }
    let valid = match std::str::from_utf8(rest) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or(""),
    };
    match valid.graphemes(true).next() {
        Some(cluster) => Some(at + cluster.len()),
        None => Some(at + decode(subject, at).1),
    }
}

/// Boundaries of a subject, worked out once for each kind asked about.
#[derive(Default)]
pub struct Bounds {
    kinds: [Option<Vec<usize>>; 4],
}

impl Bounds {
    /// Whether there is a boundary at `at`.
    pub fn is_bound(&mut self, kind: BoundKind, subject: &[u8], utf8: bool, at: usize) -> bool {
        let slot = match kind {
            BoundKind::Grapheme => 0,
            BoundKind::Line => 1,
            BoundKind::Sentence => 2,
            BoundKind::Word => 3,
        };
        if subject.is_empty() {
            return false;
        }
        let known = self.kinds[slot].get_or_insert_with(|| find(kind, subject, utf8));
        known.binary_search(&at).is_ok()
    }
}

/// All boundaries, in bytes of the subject.
fn find(kind: BoundKind, subject: &[u8], utf8: bool) -> Vec<usize> {
    let mut text = String::with_capacity(subject.len());
    // Offsets in `text` where it differs from the subject: every character's two places.
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < subject.len() {
        places.push((text.len(), at));
        let (c, size) = if utf8 {
            decode(subject, at)
        } else {
            (u32::from(subject[at]), 1)
        };
        text.push(char::from_u32(c).unwrap_or('\u{FFFD}'));
        at += size;
    }
    places.push((text.len(), subject.len()));
    let ours: Vec<usize> = match kind {
        BoundKind::Grapheme => text.grapheme_indices(true).map(|(at, _)| at).collect(),
        BoundKind::Sentence => text
            .split_sentence_bound_indices()
            .map(|(at, _)| at)
            .collect(),
        BoundKind::Word => words(&text),
        BoundKind::Line => lines(&text),
    };
    let mut out: Vec<usize> = ours
        .into_iter()
        .chain(std::iter::once(text.len()))
        .filter_map(|at| {
            let i = places.binary_search_by_key(&at, |place| place.0).ok()?;
            Some(places[i].1)
        })
        .collect();
    out.dedup();
    out
}

/// Word boundaries as perl tailors them: a run of blanks is not broken up.
fn words(text: &str) -> Vec<usize> {
    let blank = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_whitespace()
                && !matches!(
                    c,
                    '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
                )
        })
    };
    text.split_word_bound_indices()
        .map(|(at, _)| at)
        .filter(|&at| {
            let (before, after) = text.split_at(at);
            !(blank(before.chars().next_back()) && blank(after.chars().next()))
        })
        .collect()
}

/// Where a line may be broken: after blanks and hyphens, and after line ends.
fn lines(text: &str) -> Vec<usize> {
    let mut out = vec![0];
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let open = match before {
            Some('\r') => c != '\n',
            Some('\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') => true,
            Some(b) if b.is_whitespace() && b != '\u{a0}' => !c.is_whitespace(),
            Some('-') => c.is_alphabetic(),
            _ => false,
        };
        if open {
            out.push(at);
        }
        before = Some(c);
    }
    out
}
