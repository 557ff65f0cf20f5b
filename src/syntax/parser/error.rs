//! Errors of the parse, in perl's words and with perl's `near`.

use super::driver::{Parser, Stop};
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

    fn place(&self, pos: usize) -> (std::rc::Rc<str>, u32) {
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
        let near = self.near();
        self.record(format!("syntax error at {file} line {line}, near \"{near}\"\n"), self.pos)
    }

    /// The text perl shows: the token before the offending one, and that one.
    fn near(&self) -> &str {
        let here = self.pos;
        let line_start = memchr::memrchr(b'\n', &self.text.as_bytes()[..here]).map_or(0, |n| n + 1);
        let before = self.recent[1];
        let from = if before >= line_start && here - before < 200 { before } else { here };
        let len = match self.byte(0) {
            0 => 0,
            b if b.is_ascii_alphanumeric() || b == b'_' => self.word_len_at(here).max(
                self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric()).count(),
            ),
            b'"' | b'\'' => super::super::grammar::measure(
                super::super::grammar::Rule::delimited,
                self.rest(),
            )
            .unwrap_or(1),
            b'$' | b'@' | b'%' | b'&' => 1 + self.ident_len_at(here + 1),
            _ => self.rest().chars().next().map_or(1, char::len_utf8),
        };
        self.text.get(from..(here + len).min(self.end)).unwrap_or("")
    }

    /// The text ran out where `what` was open.
    pub fn missing_brace(&mut self) -> Stop {
        let (file, line) = self.place(self.end);
        if self.regions.is_empty() && self.map.is_none() {
            self.sh.errors.incomplete = true;
        }
        let text =
            format!("Missing right curly or square bracket at {file} line {line}, at end of line\n");
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
