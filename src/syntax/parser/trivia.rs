//! Blanks, comments, POD, `# line` directives, and bodies of here-documents already read.

use super::super::grammar::{self, Rule};
use super::driver::Parser;
use crate::source::LineMark;

impl Parser<'_, '_, '_> {
    /// Moves to the next token.
    pub fn skip(&mut self) {
        let bytes = self.text.as_bytes();
        loop {
            if self.pos >= self.end {
                self.pos = self.pos.min(self.end.max(self.pos));
                return;
            }
            match bytes[self.pos] {
                b' ' | b'\t' | b'\r' | 0x0c => self.pos += 1,
                b'\n' => self.newline(),
                b'#' => self.comment(),
                b'=' if self.pos == 0 && self.map.is_none() && self.at_pod() => self.pod(),
                _ => return,
            }
        }
    }

    /// Steps over a newline and over here-documents and POD behind it.
    fn newline(&mut self) {
        let next = self.pos + 1;
        self.pos = match self.heredocs.is_empty() {
            true => next,
            false => self.heredocs.get(&self.pos).copied().unwrap_or(next),
        };
        if self.byte(0) == b'=' && self.at_pod() {
            self.pod();
        }
    }

    fn at_pod(&self) -> bool {
        self.byte(1).is_ascii_alphabetic() && self.formats == 0
    }

    fn pod(&mut self) {
        match grammar::measure(Rule::pod, self.rest()) {
            Some(len) => self.pos += len,
            None => self.pos = self.end,
        }
    }

    fn comment(&mut self) {
        let column0 = self.pos == 0 || self.text.as_bytes()[self.pos - 1] == b'\n';
        let end = memchr::memchr(b'\n', self.rest().as_bytes()).map_or(self.end, |n| self.pos + n);
        if column0 && self.map.is_none() {
            self.line_mark(end);
        }
        self.pos = end;
    }

    /// Heeds `# line N "FILE"`.
    fn line_mark(&mut self, end: usize) {
        let text = &self.text[self.pos..end];
        if !text[1..]
            .trim_start_matches([' ', '\t'])
            .starts_with("line")
        {
            return;
        }
        let Some(pair) = grammar::parse(Rule::line_mark, text) else {
            return;
        };
        let mut number = None;
        let mut file = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::mark_no => number = part.as_str().parse::<u32>().ok(),
                Rule::mark_quoted | Rule::mark_file => file = Some(part.as_str().into()),
                _ => {}
            }
        }
        if let Some(line) = number {
            self.sh.source.mark(LineMark {
                offset: end as u32 + 1,
                line,
                file,
            });
        }
    }
}
