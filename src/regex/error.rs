//! Messages about patterns, worded and marked as perl does.

/// Which warnings category a pattern's warning belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `regexp`
    Regexp,
    /// `digit`
    Digit,
    /// `experimental::regex_sets` and its like
    Experimental(&'static str),
}

/// A warning met while a pattern was compiled; without the ` at F line N.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its category.
    pub category: Category,
    /// Its text.
    pub text: String,
}

/// Why a pattern is none; without the ` at F line N.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexError {
    /// The message. Characters above 0xFF mean that perl's message would be UTF-8.
    pub text: String,
    /// What was warned about before it failed.
    pub warnings: Vec<Warning>,
}

/// The place mark perl puts into its messages.
pub fn marked(message: &str, pattern: &str, at: usize) -> String {
    let at = floor_boundary(pattern, at);
    let (before, after) = pattern.split_at(at);
    format!("{message} in regex; marked by <-- HERE in m/{before} <-- HERE {after}/")
}

/// The form of message that names the pattern without a place; long patterns are cut.
pub fn unmarked(message: &str, pattern: &str) -> String {
    const SHOWN: usize = 127;
    if pattern.len() > SHOWN {
        let cut = floor_boundary(pattern, SHOWN - 10);
        format!("{message} in regex m/{}.../", &pattern[..cut])
    } else {
        format!("{message} in regex m/{pattern}/")
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
