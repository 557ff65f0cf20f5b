//! A term where an operator should be: perl warns of it, with a guess at what is missing, before it
//! gives the syntax error (perldiag "%s found where operator expected").

use super::driver::{Parser, Quoted, Stop};
use super::word::is_keyword;

impl Parser<'_, '_, '_> {
    /// The token at the current position does not go on with the expression before it.
    pub(super) fn operator_missing(&mut self) -> Stop {
        self.skip();
        if self.within == Quoted::Code
            && self.pos < self.end
            && let Some(what) = self.term_here()
            && let Some(gap) = self.ends_term()
        {
            let (file, line) = self.place(self.pos);
            let near = self.near();
            let text = format!(
                "{what} found where operator expected at {file} line {line}, near \"{near}\"\n"
            );
            let hint = self.guess(what, gap);
            self.sh.feedback.warn_unless_off("syntax", &text);
            self.sh
                .feedback
                .warn_unless_off("syntax", &format!("\t({hint}?)\n"));
        }
        self.syntax_error()
    }

    /// perl's word for the term that begins here, if one does.
    fn term_here(&self) -> Option<&'static str> {
        Some(match self.byte(0) {
            b'0'..=b'9' => "Number",
            b'"' | b'\'' => "String",
            b'`' => "Backticks",
            b'$' if self.byte(1) == b'#' && self.names_variable(2) => "Array length",
            b'$' if self.names_variable(1) => "Scalar",
            b'@' if self.names_variable(1) => "Array",
            b if b.is_ascii_alphabetic() || b == b'_' => {
                let len = self.word_len_at(self.pos);
                let word = &self.rest()[..len];
                match word.is_empty() || is_keyword(word) || self.is_quoted_by_arrow(len) {
                    true => return None,
                    false => "Bareword",
                }
            }
            _ => return None,
        })
    }

    fn names_variable(&self, at: usize) -> bool {
        let next = self.byte(at);
        next == b'{' || next == b'$' || next == b'_' || next.is_ascii_alphabetic()
    }

    /// Whether the text before can be the end of a term; gives the blanks behind it, which perl
    /// has not read yet where it is a constant or a subscript.
    fn ends_term(&self) -> Option<usize> {
        let before = self.text[..self.pos].trim_end();
        let gap = self.pos - before.len();
        match before.as_bytes().last()? {
            b')' => Some(0),
            b']' | b'}' | b'"' | b'\'' | b'`' => Some(gap),
            b if b.is_ascii_alphanumeric() || *b == b'_' => {
                let token = self.text.get(self.recent[1]..before.len())?;
                let first = *token.as_bytes().first()?;
                match first {
                    b'0'..=b'9' | b'%' | b'&' => Some(gap),
                    _ if is_keyword(token) && self.active_keyword(token).is_some() => None,
                    _ => Some(0),
                }
            }
            _ => None,
        }
    }

    /// What perl thinks is missing.
    fn guess(&self, what: &str, gap: usize) -> String {
        let line_start =
            memchr::memrchr(b'\n', &self.text.as_bytes()[..self.pos]).map_or(0, |n| n + 1);
        if self.text[line_start..self.pos].trim().is_empty() && line_start > 0 {
            return "Missing semicolon on previous line".into();
        }
        let before = self.text.get(self.recent[1]..self.pos).unwrap_or("");
        let word = before.trim_end();
        let is_name = word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b':')
            && word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_name && word.len() < before.len() {
            return format!("Do you need to predeclare {word}");
        }
        let from = match what {
            "Scalar" | "Array length" | "Bareword" => self.pos,
            _ => self.pos - gap,
        };
        let end = (self.pos + self.offending_len()).min(self.end);
        let token = self.text.get(from..end).unwrap_or("");
        format!("Missing operator before {token}")
    }
}
