//! `\\N{name}`: characters by their Unicode name (perldoc charnames, `:full` and `:short`).

use crate::text::charname;

/// The characters a name stands for: a Unicode name, a name of control characters, or a short name
/// such as `greek:alpha`.
pub(in crate::syntax::parser) fn characters(name: &str) -> Option<char> {
    let name = name.trim();
    if let Some(c) = charname::character(name) {
        return Some(c);
    }
    let (script, letter) = name.split_once(':')?;
    let case = if letter.chars().any(char::is_uppercase) {
        "CAPITAL"
    } else {
        "SMALL"
    };
    let full = format!("{script} {case} LETTER {letter}").to_uppercase();
    charname::character(&full)
        .or_else(|| charname::character(&format!("{script} LETTER {letter}").to_uppercase()))
}
