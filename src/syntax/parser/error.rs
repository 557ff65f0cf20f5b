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
        let ended = self.pos >= self.end || self.sh.eval && self.byte(0) == b';';
        let tail = if ended {
            "at EOF".to_owned()
        } else {
            format!("near \"{near}\"")
        };
        let _ = self.record(format!("{text} at {file} line {line}, {tail}\n"), self.pos);
    }

    /// Records `text at FILE line N, near "..."` where the last two tokens have been consumed.
    pub fn note_behind(&mut self, text: &str) {
        let (file, line) = self.place(self.pos.min(self.end));
        let mut near = self
            .text
            .get(self.recent[0]..self.pos)
            .unwrap_or("")
            .to_owned();
        if near.ends_with(')') || near.len() == 2 && near.starts_with('0') {
            near.push_str(&self.blanks_behind(self.pos));
        }
        let _ = self.record(
            format!("{text} at {file} line {line}, near \"{near}\"\n"),
            self.pos,
        );
    }

    pub(super) fn place(&self, mut pos: usize) -> (std::rc::Rc<str>, u32) {
        // The end of the text belongs to its last line.
        if !self.sh.eval
            && pos >= self.end
            && pos > 0
            && self.text.as_bytes().get(pos - 1) == Some(&b'\n')
        {
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
            if self.brackets > 0 {
                return self.missing(self.sh.eval && self.within == Quoted::Code);
            }
            let runaway = self.runaway(line);
            let text = format!("syntax error at {file} line {line}, at EOF\n{runaway}");
            return self.record(text, self.pos);
        }
        if self.sh.eval && self.byte(0) == b';' {
            return self.record(
                format!("syntax error at {file} line {line}, at EOF\n"),
                self.pos,
            );
        }
        if self.byte(0) >= 0x80 && self.ident_len_at(self.pos) == 0 {
            return self.unrecognized();
        }
        if self.brackets == 0 && matches!(self.byte(0), b'}' | b']') {
            let what = if self.byte(0) == b'}' {
                "curly"
            } else {
                "square"
            };
            self.note(format!(
                "Unmatched right {what} bracket at {file} line {line}, at end of line\n"
            ));
        }
        let near = self.near().to_owned();
        let near = near + &self.blanks_behind_token();
        let runaway = self.runaway(line);
        self.record(
            format!("syntax error at {file} line {line}, near \"{near}\"\n{runaway}"),
            self.pos,
        )
    }

    /// The blanks perl has also read behind the offending token.
    fn blanks_behind_token(&self) -> String {
        let len = self.offending_len();
        let skips = match self.byte(0) {
            // behind a parenthesis it begins a block
            b'{' => !self.text[..self.pos].trim_end().ends_with(')'),
            b')' | b'$' | b'@' | b'%' => true,
            b'-' => len > 2,
            b if b.is_ascii_alphabetic() || b == b'_' => {
                let word = &self.rest()[..len];
                matches!(word, "my" | "our" | "state" | "continue")
                    || !super::word::is_keyword(word) && !self.is_quoted_by_arrow(len)
            }
            _ => false,
        };
        if skips {
            self.blanks_behind(self.pos + len)
        } else {
            String::new()
        }
    }

    /// Does `=>` follow the word here?
    pub(super) fn is_quoted_by_arrow(&self, len: usize) -> bool {
        self.rest()[len..].trim_start().starts_with("=>")
    }

    /// Blanks from `at` on; at the end of an `eval` also the newline perl appends.
    pub(super) fn blanks_behind(&self, at: usize) -> String {
        let rest = &self.text[at.min(self.end)..self.end];
        let len = rest
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
        let mut blanks = rest[..len].to_owned();
        if self.sh.eval && len == rest.len() {
            blanks.push('\n');
        }
        blanks
    }

    /// A hint at a string of several lines that ended just before the error.
    fn runaway(&self, line: u32) -> String {
        let (start, end, open) = self.last_quote;
        if start == end {
            return String::new();
        }
        let (first, last) = (self.line_at(start), self.line_at(end));
        if first == last || line.saturating_sub(last) > 1 {
            return String::new();
        }
        let close = super::quote::Body { start, end, open }.close();
        format!("  (Might be a runaway multi-line {open}{close} string starting on line {first})\n")
    }

    /// The text perl shows: the token before the offending one, and that one.
    pub(super) fn near(&self) -> &str {
        let here = self.pos;
        let line_start = memchr::memrchr(b'\n', &self.text.as_bytes()[..here]).map_or(0, |n| n + 1);
        let before = match self.text[..here].trim_end() {
            text if text.ends_with(['}', ']']) => text.len() - 1,
            _ => self.recent[1],
        };
        let from = if before >= line_start && here - before < 200 {
            before
        } else {
            here
        };
        let len = self.offending_len();
        self.text
            .get(from..(here + len).min(self.end))
            .unwrap_or("")
    }

    /// Length of the token perl would have read last.
    pub(super) fn offending_len(&self) -> usize {
        use super::super::grammar::{Rule, measure};
        let rest = self.rest();
        match self.byte(0) {
            0 => 0,
            b'0'..=b'9' => measure(Rule::number, rest).unwrap_or(1),
            b'=' if self.byte(1) == b'>' => 2,
            b'-' if self.byte(1) == b'>' => 2 + self.ident_len_at(self.pos + 2),
            b if b.is_ascii_alphabetic() || b == b'_' => self.word_len_at(self.pos).max(1),
            b'"' | b'\'' => measure(Rule::delimited, rest).unwrap_or(1),
            b'$' | b'@' | b'%' | b'&' if self.ident_len_at(self.pos + 1) > 0 => {
                1 + self.ident_len_at(self.pos + 1)
            }
            b'$' if self.byte(1) == b'#' && self.ident_len_at(self.pos + 2) > 0 => {
                2 + self.ident_len_at(self.pos + 2)
            }
            b'$' | b'@' if self.byte(1) == b'{' => {
                let name = self.ident_len_at(self.pos + 2);
                match self.byte(2 + name) {
                    b'}' if name > 0 => name + 3,
                    _ => 2,
                }
            }
            b'`' => measure(Rule::delimited, rest).unwrap_or(1),
            _ => match measure(Rule::infix, rest) {
                Some(len) if len > 0 => len,
                _ => rest.chars().next().map_or(1, char::len_utf8),
            },
        }
    }

    /// The text ran out inside a block.
    pub fn missing_brace(&mut self) -> Stop {
        self.missing(false)
    }

    /// The text ran out inside brackets; `late`: perl notices the syntax error first.
    fn missing(&mut self, late: bool) -> Stop {
        let (file, line) = self.place(self.end);
        if self.regions.is_empty() && self.map.is_none() {
            self.sh.errors.incomplete = true;
        }
        let place = match self.within {
            Quoted::Code => "at end of line",
            Quoted::Text => "within string",
            Quoted::Pattern => "within pattern",
        };
        let missing =
            format!("Missing right curly or square bracket at {file} line {line}, {place}\n");
        let syntax = format!("syntax error at {file} line {line}, at EOF\n");
        let (first, second) = if late {
            (syntax, missing)
        } else {
            (missing, syntax)
        };
        let _ = self.record(first, self.end);
        self.record(second, self.end)
    }

    /// A character no token begins with.
    pub fn unrecognized(&mut self) -> Stop {
        let Some(c) = self.rest().chars().next() else {
            return self.syntax_error();
        };
        let line_start =
            memchr::memrchr(b'\n', &self.text.as_bytes()[..self.pos]).map_or(0, |n| n + 1);
        let before = &self.text[line_start..self.pos];
        let column = before.chars().count() + 1;
        let before = shown_before(before);
        let mut code = c as u32;
        if code >= 0x80 && !self.is_utf8() && !self.sh.source.is_latin1() {
            code = u32::from(self.byte(0));
        }
        let shown = if code < 256 {
            format!("\\x{code:02X}")
        } else {
            format!("\\x{{{code:x}}}")
        };
        self.sh.errors.abrupt = true;
        self.fail(&format!(
            "Unrecognized character {shown}; marked by <-- HERE after {before}<-- HERE near column {column}"
        ))
    }

    /// `$` and a character of several bytes without `use utf8`: the first byte is the variable, the next is nothing.
    pub fn unrecognized_in_name(&mut self) -> Stop {
        let line_start =
            memchr::memrchr(b'\n', &self.text.as_bytes()[..self.pos]).map_or(0, |n| n + 1);
        let mut before = self.text[line_start..self.pos].to_owned();
        before.push(char::from(self.byte(0)));
        let (code, column) = (self.byte(1), before.chars().count() + 1);
        self.sh.errors.abrupt = true;
        let before = shown_before(&before);
        self.fail(&format!(
            "Unrecognized character \\x{code:02X}; marked by <-- HERE after {before}<-- HERE near column {column}"
        ))
    }

    /// A quote-like construct is not closed.
    pub fn unterminated(&mut self, text: &str, pos: usize) -> Stop {
        self.sh.errors.abrupt = true;
        if self.regions.is_empty() && self.map.is_none() {
            self.sh.errors.incomplete = true;
        }
        self.fail_at(text, pos)
    }
}

/// As much of what stands before a character as perl shows: ten characters.
fn shown_before(before: &str) -> &str {
    let from = before.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
    &before[from..]
}
