//! `format NAME =`: picture lines and their arguments.

use super::super::ast::{ExprId, ExprKind, ExprList, Format, FormatLine, StmtKind, SubKind};
use super::super::feedback::Finished;
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// A format, the word being consumed; none: `format` is an ordinary word here.
    pub(super) fn format_statement(&mut self, start: usize) -> P<Option<StmtKind>> {
        let Some(pair) = grammar::parse(Rule::format_head, self.rest()) else {
            return Ok(None);
        };
        let len = pair.as_span().end();
        let word = pair
            .into_inner()
            .next()
            .map(|p| super::variable::normal(p.as_str()));
        let name = self.qualified(word.as_deref().unwrap_or("STDOUT"));
        self.take(len);
        let sub = self.new_sub(SubKind::Anon, start);
        self.enter_scope();
        self.sh.scopes.open_sub(sub, true);
        let lines = self.format_lines();
        let open = self.sh.scopes.subs.pop();
        self.leave_scope();
        let lines = lines?;
        let span = self.span_from(start);
        if let Some(open) = open {
            let def = &mut self.sh.ast[sub];
            def.captures = open.captures;
            def.uses_args = open.uses_args;
            def.span = span;
        }
        let format = Format {
            name,
            lines: lines.into(),
            sub: Some(sub),
            span,
        };
        let id = self.sh.ast.add_format(format);
        self.finished(Finished::Format(id))?;
        Ok(Some(StmtKind::Format(id)))
    }

    fn format_lines(&mut self) -> P<Vec<FormatLine>> {
        let mut lines = Vec::new();
        loop {
            if self.pos >= self.end {
                let file = self.sh.source.file(self.origin(self.end) as u32);
                let open = u32::from(!self.text[..self.end].ends_with('\n'));
                let line = self.line_at(self.end) + open;
                self.sh.errors.incomplete = true;
                self.note(format!(
                    "Format not terminated at {file} line {line}, at end of line\n"
                ));
                self.note(format!("syntax error at {file} line {line}, at EOF\n"));
                return Err(super::driver::Stop::Failed);
            }
            let (line, next) = self.line_here();
            let text = self.text[self.pos..line].to_owned();
            let number = self.line_at(self.pos);
            if text.trim_end_matches([' ', '\t', '\r']) == "." {
                self.pos = next;
                return Ok(lines);
            }
            self.pos = next;
            if text.starts_with('#') {
                continue;
            }
            let fields = has_fields(&text);
            let picture = self.source_str(&(text + "\n"));
            let args = if fields {
                self.format_args()?
            } else {
                Vec::new()
            };
            let args: ExprList = self.list(&args);
            lines.push(FormatLine {
                picture,
                args,
                line: number,
            });
        }
    }

    /// End of the line here, and start of the next.
    fn line_here(&self) -> (usize, usize) {
        match memchr::memchr(b'\n', self.rest().as_bytes()) {
            Some(n) => (self.pos + n, self.pos + n + 1),
            None => (self.end, self.end),
        }
    }

    /// The argument line: a list, or several lines in braces.
    fn format_args(&mut self) -> P<Vec<ExprId>> {
        let (end, next) = self.line_here();
        let text = &self.text[self.pos..end];
        if text.trim_start().starts_with('{') {
            self.formats += 1;
            self.skip();
            let block = self.deeper(|p| p.block_or_expr());
            self.formats -= 1;
            let block = block?;
            self.pos = self.line_here().1;
            return Ok(match *self.sh.ast.kind(block) {
                ExprKind::List(list) => self.sh.ast[list].to_vec(),
                _ => vec![block],
            });
        }
        let start = self.pos;
        let (end, next) = self.arguments_end(end, next);
        let several = self.text[start..end]
            .trim_end_matches([' ', '\t', '\n', ';'])
            .contains(';');
        let items = self.inside(start, end, super::driver::Quoted::Code, |p| {
            if !several {
                let items = p.items()?;
                p.eat(";");
                return match p.at_end() {
                    true => Ok(items),
                    false => Err(p.syntax_error()),
                };
            }
            let before = p.pos;
            // several statements: the last one gives the arguments
            let stmts = p.statements()?;
            if !p.at_end() {
                return Err(p.syntax_error());
            }
            let block = p.make_block(&stmts);
            Ok(vec![p.node(ExprKind::DoBlock(block), before)])
        })?;
        self.pos = next;
        Ok(items)
    }
}

impl Parser<'_, '_, '_> {
    /// The end of an argument line, and the start of the next: a string in it may go over lines.
    fn arguments_end(&self, end: usize, next: usize) -> (usize, usize) {
        let mut quote = None;
        let mut before = 0u8;
        let mut bytes = self.rest().bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match (quote, byte) {
                (Some(_), b'\\') => drop(bytes.next()),
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'\n') => return (self.pos + at, self.pos + at + 1),
                (None, b'"') => quote = Some(byte),
                (None, b'\'') if !before.is_ascii_alphanumeric() => quote = Some(byte),
                _ => {}
            }
            before = byte;
        }
        (end, next)
    }
}

fn has_fields(text: &str) -> bool {
    let Some(line) = grammar::parse(Rule::format_line, text) else {
        return false;
    };
    line.into_inner()
        .any(|piece| piece.as_rule() == Rule::fmt_field)
}
