//! PCRE2: compiled programs, matching, interruption. The only user of pcre2-sys.

mod context;
mod program;
mod tables;

use super::chars::ranges::RangeSet;
pub use program::{Outcome, Program, Run, Variant};

use super::emit::Emitted;

/// Whether PCRE2 has a property of this name.
pub fn knows_property(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '=' | '&' | ':');
    if name.is_empty() || !name.chars().all(plain) {
        return false;
    }
    let text = format!("\\p{{{name}}}");
    Program::compile(
        &Emitted {
            text,
            utf: true,
            ..Emitted::default()
        },
        Default::default(),
    )
    .is_ok()
}

/// The code points of a property only PCRE2 knows, by asking it about each.
pub fn property_ranges(name: &str) -> RangeSet {
    let text = format!("[\\p{{{name}}}]+");
    let emitted = Emitted {
        text,
        utf: true,
        ..Emitted::default()
    };
    let Ok(program) = Program::compile(&emitted, Default::default()) else {
        return RangeSet::default();
    };
    let mut ranges = Vec::new();
    let mut caps = super::captures::Captures::default();
    let chars: String = ('\0'..=char::MAX).collect();
    let bytes = chars.as_bytes();
    let mut at = 0;
    while let Outcome::Matched = program.run(bytes, at, Run::default(), &mut caps) {
        let Some((start, end)) = caps.get(0) else {
            break;
        };
        if end <= at {
            break;
        }
        let first = super::chars::subject::decode(bytes, start).0;
        let last_at = super::chars::subject::step_back(bytes, end, true);
        ranges.push((first, super::chars::subject::decode(bytes, last_at).0));
        at = end;
    }
    RangeSet::new(ranges)
}
