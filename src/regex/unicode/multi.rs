//! Folding of one character into several: `\u{df}` matches `ss` under `/i`.

use super::fold_variants;
use super::folds::MULTI;

/// A place in a literal where one character and several stand for each other.
pub struct Multi {
    /// The several.
    pub sequence: &'static [u32],
    /// The single ones.
    pub singles: Vec<u32>,
    /// How many characters of the literal this covers.
    pub taken: usize,
}

/// Whether a literal begins with such a place; `limit` is the largest character the subject can
/// have, `strict` keeps ASCII apart.
pub fn multi_fold(chars: &[u32], strict: bool, limit: u32) -> Option<Multi> {
    let first = *chars.first()?;
    if !may_start(first) {
        return None;
    }
    let own = MULTI.iter().find(|row| {
        row.0 == first || (first > 0xFF && fold_variants(row.0, false).contains(&first))
    });
    let (sequence, taken) = match own {
        Some(row) => (row.1, 1),
        None => {
            let fits = MULTI.iter().filter(|row| starts_with_fold(chars, row.1));
            let best = fits.max_by_key(|row| row.1.len())?;
            (best.1, best.1.len())
        }
    };
    if strict && sequence.iter().any(|c| *c < 0x80) {
        return None;
    }
    let same = MULTI
        .iter()
        .filter(|row| row.1 == sequence && row.0 <= limit);
    let mut singles: Vec<u32> = same.map(|row| row.0).collect();
    if taken == 1 && first <= limit && !singles.contains(&first) {
        singles.push(first);
    }
    (!singles.is_empty()).then_some(Multi {
        sequence,
        singles,
        taken,
    })
}

fn starts_with_fold(chars: &[u32], sequence: &[u32]) -> bool {
    chars.len() >= sequence.len()
        && sequence
            .iter()
            .zip(chars)
            .all(|(want, have)| want == have || fold_variants(*have, false).contains(want))
}

/// A quick test for what may begin, or be, a folding of several characters.
fn may_start(c: u32) -> bool {
    match c {
        0..=0x7F => matches!(
            (c as u8).to_ascii_lowercase(),
            b's' | b'f' | b'i' | b'h' | b't' | b'w' | b'y' | b'a' | b'j'
        ),
        _ => c == 0xDF || c > 0xFF,
    }
}
