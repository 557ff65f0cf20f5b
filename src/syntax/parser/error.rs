//! Errors of the parse, in perl's words and with perl's `near`.

use super::driver::{Parser, Quoted, Stop};
use crate::diag::SyntaxError;

impl Parser<'_, '_, '_> {
    /// Records `text at FILE line N.` for the current position.
    pub fn fail(&mut self, text: &str) -> Stop {
        self.fail_at(text, self.pos)
    }

    /// Records `text at FILE line N.` for an offset.
    pub fn fail_at(&mut self, text: &str, pos: usize) -> Stop {
        let (file, line) = self.place(pos);
        self.record(format!("{text} at {file} line {line}.\n"), pos)
    }

    /// Records an error that does not end the parse.
    pub fn complain(&mut self, text: &str, pos: usize) {
        let _ = self.fail_at(text, pos);
    }

    /// Records a complete text; the parse goes on.
    pub fn note(&mut self, text: String) {
        let _ = self.record(text, self.pos);
    }

    /// Records `text at FILE line N, near "..."`; the parse goes on.
    pub fn note_near(&mut self, text: &str) {
        let (file, line) = self.place(self.pos.min(self.end));
        self.skip();
        let near = self.near().to_owned();
        let tail = if self.pos >= self.end { "at EOF".to_owned() } else { format!("near \"{near}\"") };
        let _ = self.record(format!("{text} at {file} line {line}, {tail}\n"), self.pos);
    }

    /// Records `text at FILE line N, near "..."` where the last two tokens have been consumed.
    pub fn note_behind(&mut self, text: &str) {
        let (file, line) = self.place(self.pos.min(self.end));
        let near = self.text.get(self.recent[0]..self.pos).unwrap_or("").to_owned();
        let _ = self.record(format!("{text} at {file} line {line}, near \"{near}\"\n"), self.pos);
    }

    fn place(&self, mut pos: usize) -> (std::rc::Rc<str>, u32) {
        // The end of the text belongs to its last line.
        if pos >= self.end && pos > 0 && self.text.as_bytes().get(pos - 1) == Some(&b'\n') {
            pos -= 1;
        }
        let origin = self.origin(pos) as u32;
        (self.sh.source.file(origin), self.sh.source.line(origin))
    }

    fn record(&mut self, text: String, pos: usize) -> Stop {
        let (file, line) = self.place(pos);
        let errors = &mut self.sh.errors;
        if errors.gave_up {
            return Stop::Failed;
        }
        let offset = pos as u32;
        errors.errors.push(SyntaxError { text, offset, line });
        if errors.errors.len() >= 10 {
            errors.gave_up = true;
            let text = format!("{file} has too many errors.\n");
            errors.errors.push(SyntaxError { text, offset, line });
        }
        Stop::Failed
    }

    /// The token at the current position does not fit.
    pub fn syntax_error(&mut self) -> Stop {
        self.skip();
        let (file, line) = self.place(self.pos.min(self.end));
        if self.pos >= self.end {
            if self.regions.is_empty() && self.map.is_none() {
                self.sh.errors.incomplete = true;
            }
            if self.quoted != super::driver::Quoted::Code {
                let what = if self.quoted == super::driver::Quoted::Text { "string" } else { "pattern" };
                return self.record(
                    format!("syntax error at {file} line {line}, within {what}\n"),
                    self.pos,
                );
            }
            return self.record(format!("syntax error at {file} line {line}, at EOF\n"), self.pos);
        }
        if self.brackets == 0 && matches!(self.byte(0), b'}' | b']') {
            let what = if self.byte(0) == b'}' { "curly" } else { "square" };
            self.note(format!("Unmatched right {what} bracket at {file} line {line}, at end of line\n"));
        }
        let near = self.near();
        self.record(format!("syntax error at {file} line {line}, near \"{near}\"\n"), self.pos)
    }

    /// The text perl shows: the token before the offending one, and that one.
    fn near(&self) -> &str {
        let here = self.pos;
        let line_start = memchr::memrchr(b'\n', &self.text.as_bytes()[..here]).map_or(0, |n| n + 1);
        let before = self.recent[1];
        let from = if before >= line_start && here - before < 200 { before } else { here };
        let len = self.offending_len();
        self.text.get(from..(here + len).min(self.end)).unwrap_or("")
    }

    /// Length of the token perl would have read last.
    fn offending_len(&self) -> usize {
        use super::super::grammar::{Rule, measure};
        let rest = self.rest();
        let blanks = |len: usize| {
            len + rest[len..].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
        };
        match self.byte(0) {
            0 => 0,
            b'0'..=b'9' => measure(Rule::number, rest).unwrap_or(1),
            b')' => blanks(1),
            b if b.is_ascii_alphabetic() || b == b'_' => {
                let len = self.word_len_at(self.pos).max(1);
                if matches!(&rest[..len], "my" | "our" | "state") { blanks(len) } else { len }
            }
            b'"' | b'\'' => measure(Rule::delimited, rest).unwrap_or(1),
            b'$' | b'@' | b'%' | b'&' if self.ident_len_at(self.pos + 1) > 0 => {
                1 + self.ident_len_at(self.pos + 1)
            }
            _ => match measure(Rule::infix, rest) {
                Some(len) if len > 0 => len,
                _ => rest.chars().next().map_or(1, char::len_utf8),
            },
        }
    }

    /// The text ran out where `what` was open.
    pub fn missing_brace(&mut self) -> Stop {
        let (file, line) = self.place(self.end);
        if self.regions.is_empty() && self.map.is_none() {
            self.sh.errors.incomplete = true;
        }
        let place = match self.within {
            Quoted::Code => "at end of line",
            Quoted::Text => "within string",
            Quoted::Pattern => "within pattern",
        };
        let text = format!("Missing right curly or square bracket at {file} line {line}, {place}\n");
        let _ = self.record(text, self.end);
        self.record(format!("syntax error at {file} line {line}, at EOF\n"), self.end)
    }

    /// A quote-like construct is not closed.
    pub fn unterminated(&mut self, text: &str, pos: usize) -> Stop {
        if self.regions.is_empty() && self.map.is_none() {
            self.sh.errors.incomplete = true;
        }
        self.fail_at(text, pos)
    }
}
