//! Here-documents: the marker, the body behind the line, indentation.

use super::super::ast::ExprId;
use super::super::grammar::{self, Rule};
use super::driver::{OffsetMap, P, Parser, Quoted};

impl<'t> Parser<'t, '_, '_> {
    /// `<<TAG` at the current position.
    pub(super) fn heredoc(&mut self) -> P<ExprId> {
        let start = self.pos;
        let Some(pair) = grammar::parse(Rule::heredoc, self.rest()) else {
            if self.byte(1) == b'<' {
                return Err(self.fail("Use of bare << to mean <<\"\" is forbidden"));
            }
            return Err(self.syntax_error());
        };
        let len = pair.as_span().end();
        let mut indent = false;
        let mut tag = "";
        let mut kind = Rule::hd_bare;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::hd_indent => indent = true,
                rule => (kind, tag) = (rule, part.as_str()),
            }
        }
        self.take(len);
        let (from, to) = self.heredoc_body(tag, indent, start)?;
        let indent = indent.then(|| self.mark_indent(tag, to));
        let term = self.heredoc_string(kind, indent, from, to, start)?;
        self.postfix(term, false)
    }

    /// Finds the body: behind the end of the current line (or of the line around the quote this
    /// stands in) and behind bodies already there. Marks it to be skipped.
    fn heredoc_body(&mut self, tag: &str, indent: bool, start: usize) -> P<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut limit = self.end;
        let mut from = self.pos;
        let mut newline = memchr::memchr(b'\n', &bytes[from..limit]).map(|n| from + n);
        for &outer in self.regions.iter().rev() {
            if newline.is_some() {
                break;
            }
            from = limit.max(from);
            limit = outer;
            newline = memchr::memchr(b'\n', &bytes[from.min(limit)..limit]).map(|n| from + n);
        }
        let Some(newline) = newline else {
            return Err(self.open_heredoc(tag, start));
        };
        let body = self.heredocs.get(&newline).copied().unwrap_or(newline + 1);
        let mut at = body;
        while at < limit {
            let end = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |n| at + n);
            let line = self.text[at..end]
                .strip_suffix('\r')
                .unwrap_or(&self.text[at..end]);
            let found = match indent {
                true => line
                    .strip_suffix(tag)
                    .is_some_and(|before| before.trim_start_matches([' ', '\t']).is_empty()),
                false => line == tag,
            };
            if found {
                if !self.regions.is_empty() || self.map.is_some() {
                    self.jump = Some(newline);
                }
                self.heredocs.insert(newline, (end + 1).min(limit.max(end)));
                if end == limit {
                    self.heredocs.insert(newline, limit);
                }
                return Ok((body, at));
            }
            at = end + 1;
        }
        let complete = self.text[..limit].ends_with('\n');
        if tag.is_empty() && complete && limit == self.end && self.regions.is_empty() {
            // the end of the text is an empty line, too
            self.heredocs.insert(newline, limit);
            return Ok((body, limit));
        }
        Err(self.open_heredoc(tag, start))
    }

    fn open_heredoc(&mut self, tag: &str, start: usize) -> super::driver::Stop {
        let text = format!("Can't find string terminator \"{tag}\" anywhere before EOF");
        self.unterminated(&text, start)
    }

    fn heredoc_string(
        &mut self,
        kind: Rule,
        indent: Option<&str>,
        from: usize,
        to: usize,
        start: usize,
    ) -> P<ExprId> {
        let literal = matches!(kind, Rule::hd_sq | Rule::hd_bare_sq);
        let text = &self.text[from..to];
        let plain = memchr::memchr3(b'$', b'@', b'\\', text.as_bytes()).is_none();
        let string = if let Some(indent) = indent {
            let (text, map) = self.unindented(indent, from, to)?;
            if literal {
                self.str_node(&text, start)
            } else {
                let parts = self.nested(&text, map, |p| {
                    p.quoted = Quoted::Text;
                    p.deeper(|p| p.parts())
                })?;
                self.string_of(parts, start)?
            }
        } else if literal || plain {
            if text.contains('\r') && self.text[..from].ends_with("\r\n") {
                let text = text.replace("\r\n", "\n");
                self.str_node(&text, start)
            } else {
                self.str_node(text, start)
            }
        } else {
            let parts = self.inside(from, to, Quoted::Text, |p| p.deeper(|p| p.parts()))?;
            self.string_of(parts, start)?
        };
        if kind == Rule::hd_bt {
            return self.readpipe(string, start);
        }
        Ok(string)
    }

    /// What stands before the closing mark of `<<~`, whose line begins at `at`.
    fn mark_indent(&self, tag: &str, at: usize) -> &'t str {
        let line = self.text.get(at..).and_then(|rest| rest.lines().next());
        let line = line.unwrap_or("");
        line.strip_suffix(tag).unwrap_or("")
    }

    /// The body of `<<~` without the indentation of its closing mark (perlop "Indented Here-docs").
    fn unindented(&mut self, indent: &str, from: usize, to: usize) -> P<(String, OffsetMap)> {
        let text = &self.text[from..to];
        let blank = |line: &str| line.trim_matches([' ', '\t', '\r', '\n']).is_empty();
        let mut out = String::with_capacity(text.len());
        let mut map: OffsetMap = vec![(0, from)];
        let mut at = from;
        for line in text.split_inclusive('\n') {
            let kept = match line.strip_prefix(indent) {
                Some(kept) => kept,
                None if blank(line) => line.trim_start_matches([' ', '\t']),
                None => {
                    let row = self.sh.source.line(self.origin(at) as u32)
                        - self.sh.source.line(self.origin(from) as u32)
                        + 1;
                    self.sh.errors.abrupt = true;
                    return Err(self.fail(&format!(
                        "Indentation on line {row} of here-doc doesn't match delimiter"
                    )));
                }
            };
            map.push((out.len(), at + line.len() - kept.len()));
            out.push_str(kept);
            at += line.len();
        }
        Ok((out, map))
    }
}
