//! The line a statement is said to be on: `caller`, warnings and `die` tell it.
//!
//! It is the line of the statement's first word, unless the statement goes over several lines
//! and has braces in it. perl forgets the line it had at every `{` of a block or subscript; a
//! block that ends gives back the line of its `{`, and behind a subscript or an anonymous sub
//! the next word, variable or literal tells the line.

use super::driver::Parser;

/// The last brace closed: where it ended, and where the line is to be taken from.
#[derive(Clone, Copy, Default)]
pub(super) struct LastBrace {
    end: usize,
    /// The `{` of a block; none where the line is that of what follows.
    open: Option<usize>,
}

/// Words that are operators: they do not tell a line.
const OPERATORS: [&str; 14] = [
    "and", "or", "xor", "not", "x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "isa", "sub",
];

impl Parser<'_, '_, '_> {
    /// A block that began at `open` has ended here.
    pub(super) fn block_closed(&mut self, open: usize) {
        self.last_brace = LastBrace {
            end: self.pos,
            open: Some(open),
        };
    }

    /// A subscript or an anonymous sub has ended here.
    pub(super) fn line_forgotten(&mut self) {
        self.last_brace = LastBrace {
            end: self.pos,
            open: None,
        };
    }

    /// The line of the simple statement that began at `start` and ends here.
    pub(super) fn statement_line(&self, start: usize) -> u32 {
        let LastBrace { end, open } = self.last_brace;
        if end <= start || end > self.pos {
            return self.line_at(start);
        }
        match open {
            Some(open) if open > start => self.line_at(open),
            Some(_) => self.line_at(start),
            None => self.line_at(self.next_telling(end)),
        }
    }

    /// The first place from `at` on that tells a line; the statement's end if there is none.
    fn next_telling(&self, mut at: usize) -> usize {
        let stop = self.pos.saturating_sub(1);
        while at < stop {
            match self.byte_at(at) {
                b'#' => {
                    let rest = &self.text.as_bytes()[at..stop];
                    at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                }
                b'$' | b'@' | b'\'' | b'"' | b'`' | b'(' | b']' | b'0'..=b'9' => return at,
                b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                    let len = self.text.as_bytes()[at..stop]
                        .iter()
                        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_' || **b >= 0x80)
                        .count();
                    if !OPERATORS.contains(&self.text.get(at..at + len).unwrap_or("")) {
                        return at;
                    }
                    at += len;
                }
                _ => at += 1,
            }
        }
        stop
    }
}
