//! Quote-like operators: finding their bodies, and what each makes of them.

use super::super::ast::{ExprId, ExprKind, PatFlags, PatPart, Pattern, PatternId};
use super::super::grammar::{self, Rule};
use super::driver::{OffsetMap, P, Parser, Quoted};
use crate::signature::Builtin;

/// The text between two delimiters, as offsets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    pub start: usize,
    pub end: usize,
    /// The opening delimiter.
    pub open: char,
}

impl Body {
    /// The closing delimiter.
    pub fn close(self) -> char {
        match self.open {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            other => other,
        }
    }

    /// Whether the delimiters are brackets.
    pub fn brackets(self) -> bool {
        self.open != self.close()
    }
}

/// The length of `"..."`, `'...'` or `` `...` ``: up to the next such quote without a backslash
/// before it, as the grammar has it. Nearly all strings are of this kind, and the first rule that
/// is asked of the grammar costs a start a tenth of its time.
fn quoted_len(text: &[u8]) -> Option<usize> {
    let quote = *text.first()?;
    let mut at = 1;
    loop {
        at += memchr::memchr2(quote, b'\\', text.get(at..)?)?;
        if text[at] == quote {
            return Some(at + 1);
        }
        at += 2;
    }
}

impl<'t> Parser<'t, '_, '_> {
    /// The body at the current position, which is at its opening delimiter.
    pub(super) fn delimited(&mut self, complaint: Option<&str>) -> P<Body> {
        let start = self.pos;
        let Some(open) = self.rest().chars().next() else {
            return Err(match complaint {
                Some(text) => self.unterminated(text, start),
                None => self.syntax_error(),
            });
        };
        let len = match open {
            '"' | '\'' | '`' => quoted_len(self.rest().as_bytes()),
            _ => grammar::measure(Rule::delimited, self.rest()),
        };
        let Some(len) = len else {
            let body = Body {
                start,
                end: start,
                open,
            };
            return Err(self.open_quote(body, complaint));
        };
        let end = start + len;
        self.pos = end;
        self.last_quote = (start, end, open);
        Ok(Body {
            start: start + open.len_utf8(),
            end: end - body_close_len(open),
            open,
        })
    }

    fn open_quote(&mut self, body: Body, complaint: Option<&str>) -> super::driver::Stop {
        let at = body.start;
        match complaint {
            Some(text) => self.unterminated(text, at),
            None => {
                let close = body.close();
                let quote = if close == '"' { '\'' } else { '"' };
                let text = format!(
                    "Can't find string terminator {quote}{close}{quote} anywhere before EOF"
                );
                self.unterminated(&text, at)
            }
        }
    }

    /// `"..."`, `'...'` or `` `...` ``.
    pub(super) fn plain_quote(&mut self) -> P<ExprId> {
        let start = self.pos;
        let quote = self.byte(0);
        self.take(0);
        let body = self.delimited(None)?;
        match quote {
            b'\'' => self.single_quoted(body, start),
            b'"' => self.double_quoted(body, start),
            _ => self.command(body, start),
        }
    }

    fn command(&mut self, body: Body, start: usize) -> P<ExprId> {
        let text = if body.open == '\'' {
            let text = self.source_str(&self.text[body.start..body.end]);
            self.node(ExprKind::Str(text), start)
        } else {
            self.double_quoted(body, start)?
        };
        self.readpipe(text, start)
    }

    /// What a command gives: `readpipe`, or the sub that overrides it (perlsub "Overriding Built-in Functions").
    pub(super) fn readpipe(&mut self, command: ExprId, start: usize) -> P<ExprId> {
        if let Some(name) = self.override_name("readpipe") {
            return self.call_node(&name, vec![command], None, start);
        }
        let args = self.list(&[command]);
        let func = Builtin::Readpipe;
        Ok(self.node(ExprKind::Builtin { func, args }, start))
    }

    /// A quote-like word (`q`, `m`, `s` ..) at the current position.
    pub(super) fn quote_word(&mut self, word: &str, len: usize) -> P<ExprId> {
        let start = self.pos;
        self.take(len);
        let direct = self.byte(0);
        if direct != b'#' {
            self.skip();
        }
        if self.pos >= self.end {
            let complaint = match word {
                "m" | "qr" => "Search pattern not terminated",
                "s" => "Substitution pattern not terminated",
                "y" | "tr" => "Transliteration pattern not terminated",
                _ => "Can't find string terminator \"^@\" anywhere before EOF",
            };
            return Err(self.unterminated(complaint, start));
        }
        let next = self.byte(0);
        if next == b'=' && self.byte(1) == b'>' || direct.is_ascii_whitespace() && next == b'#' {
            return Err(self.syntax_error());
        }
        match word {
            "q" => {
                let body = self.delimited(None)?;
                let term = self.single_quoted(body, start)?;
                self.postfix(term, false)
            }
            "qq" => {
                let body = self.delimited(None)?;
                let term = self.double_quoted(body, start)?;
                self.postfix(term, false)
            }
            "qx" => {
                let body = self.delimited(None)?;
                self.command(body, start)
            }
            "qw" => self.word_list(start),
            "m" => self.match_at(start),
            "qr" => {
                let body = self.delimited(Some("Search pattern not terminated"))?;
                let flags = self.pattern_flags("qr")?;
                let pattern = self.pattern(body, flags)?;
                let term = self.node(ExprKind::Qr(pattern), start);
                self.postfix(term, false)
            }
            "s" => self.substitution(start),
            _ => self.transliteration(start),
        }
    }

    /// `/../`
    pub(super) fn bare_match(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.take(0);
        self.match_at(start)
    }

    fn match_at(&mut self, start: usize) -> P<ExprId> {
        let body = self.delimited(Some("Search pattern not terminated"))?;
        let flags = self.pattern_flags("m")?;
        let pattern = self.pattern(body, flags)?;
        if body.open == '?' {
            self.sh.ast[pattern].once = true;
        }
        Ok(self.node(
            ExprKind::Match {
                target: None,
                pattern,
                negate: false,
            },
            start,
        ))
    }

    /// `s{..}{..}`, at its first delimiter.
    fn substitution(&mut self, start: usize) -> P<ExprId> {
        let (body, with) = self.two_bodies(
            "Substitution pattern not terminated",
            "Substitution replacement not terminated",
        )?;
        let flags = self.pattern_flags("s")?;
        let pattern = self.pattern(body, flags)?;
        let with = self.replacement(with, flags, start)?;
        let kind = ExprKind::Subst {
            target: None,
            pattern,
            with,
            negate: false,
        };
        Ok(self.node(kind, start))
    }

    /// Two bodies: `{..} {..}` or `/../../`.
    pub(super) fn two_bodies(&mut self, first: &str, second: &str) -> P<(Body, Body)> {
        let body = self.delimited(Some(first))?;
        if body.brackets() {
            self.skip();
            let with = self.delimited(Some(second))?;
            return Ok((body, with));
        }
        // The closing delimiter of the first body opens the second.
        self.pos = body.end;
        let with = self.delimited(Some(second))?;
        Ok((body, with))
    }

    /// The replacement of `s///` as an expression.
    fn replacement(&mut self, with: Body, flags: PatFlags, start: usize) -> P<ExprId> {
        if flags.evals == 0 {
            if with.open == '\'' {
                let text = self.source_str(&self.text[with.start..with.end]);
                return Ok(self.node(ExprKind::Str(text), start));
            }
            return self.double_quoted(with, start);
        }
        let mut expr = self.on_body(with, Quoted::Code, |p| p.code_text())?;
        if flags.evals > 1 {
            self.mark_eval();
        }
        for _ in 1..flags.evals {
            expr = self.node(ExprKind::EvalStr(expr), start);
        }
        Ok(expr)
    }

    /// All of the region as the body of a `do` block.
    fn code_text(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.enter_scope();
        let stmts = self.statements()?;
        if !self.at_end() {
            return Err(self.syntax_error());
        }
        let block = self.make_block(&stmts);
        self.leave_scope();
        Ok(self.node(ExprKind::DoBlock(block), start))
    }

    /// Parses a body with `f`: in place, or as a rewritten text where delimiters are escaped.
    pub(super) fn on_body<T>(
        &mut self,
        body: Body,
        quoted: Quoted,
        mut f: impl FnMut(&mut Parser<'_, '_, '_>) -> P<T>,
    ) -> P<T> {
        if !self.has_escaped_delimiter(body) {
            return self.inside(body.start, body.end, quoted, |p| f(p));
        }
        let (text, map) = self.unescaped(body);
        self.nested(&text, map, |p| {
            (p.quoted, p.within) = (quoted, quoted);
            f(p)
        })
    }

    pub(super) fn has_escaped_delimiter(&self, body: Body) -> bool {
        if body.open == '\\' {
            return false;
        }
        let text = &self.text[body.start..body.end];
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(n) = memchr::memchr(b'\\', &bytes[at..]) {
            let next = at + n + 1;
            match text[next..].chars().next() {
                Some(c) if c == body.open || c == body.close() => return true,
                Some(c) => at = next + c.len_utf8(),
                None => return false,
            }
        }
        false
    }

    /// The body without the backslashes before its delimiters.
    pub(super) fn unescaped(&self, body: Body) -> (String, OffsetMap) {
        let text = &self.text[body.start..body.end];
        let mut out = String::with_capacity(text.len());
        let mut map: OffsetMap = vec![(0, body.start)];
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            if c != '\\' {
                out.push(c);
                continue;
            }
            match chars.next() {
                Some((next, d)) if d == body.open || d == body.close() => {
                    map.push((out.len(), body.start + next));
                    out.push(d);
                }
                Some((_, d)) => {
                    out.push('\\');
                    out.push(d);
                }
                None => out.push('\\'),
            }
            let _ = at;
        }
        (out, map)
    }

    /// Flags behind a pattern.
    fn pattern_flags(&mut self, operator: &str) -> P<PatFlags> {
        let mut flags = PatFlags::default();
        if !self.byte(0).is_ascii_alphabetic() {
            return Ok(flags);
        }
        let len = grammar::measure(Rule::flags, self.rest()).unwrap_or(0);
        let text = &self.text[self.pos..self.pos + len];
        for (i, c) in text.char_indices() {
            let bit = match c {
                'm' => PatFlags::M,
                's' => PatFlags::S,
                'i' => PatFlags::I,
                'x' if flags.has(PatFlags::X) => PatFlags::XX,
                'x' => PatFlags::X,
                'n' => PatFlags::N,
                'p' => PatFlags::P,
                'o' => PatFlags::O,
                'u' => PatFlags::U,
                'l' => PatFlags::L,
                'd' => PatFlags::D,
                'a' => {
                    flags.ascii += 1;
                    continue;
                }
                'g' if operator != "qr" => PatFlags::G,
                'c' if operator != "qr" => PatFlags::C,
                'e' if operator == "s" => {
                    flags.evals = flags.evals.saturating_add(1);
                    continue;
                }
                'r' if operator == "s" => PatFlags::R,
                _ => {
                    // A word operator directly behind the pattern.
                    let rest = &text[i..];
                    if matches!(
                        rest,
                        "and"
                            | "or"
                            | "if"
                            | "unless"
                            | "x"
                            | "cmp"
                            | "eq"
                            | "ne"
                            | "lt"
                            | "gt"
                            | "le"
                            | "ge"
                            | "for"
                            | "foreach"
                            | "while"
                            | "until"
                            | "xor"
                    ) {
                        self.pos += i;
                        return Ok(flags);
                    }
                    let file = self.sh.source.file(self.origin(self.pos) as u32);
                    let line = self.line_at(self.pos);
                    self.note(format!(
                        "Unknown regexp modifier \"/{c}\" at {file} line {line}, at end of line\n"
                    ));
                    continue;
                }
            };
            flags.bits |= bit;
        }
        self.pos += len;
        Ok(flags)
    }

    /// `qw`, at its delimiter.
    fn word_list(&mut self, start: usize) -> P<ExprId> {
        let items = self.words()?;
        let list = self.list(&items);
        let term = self.node(ExprKind::List(list), start);
        self.list_tail(term, start)
    }

    fn words(&mut self) -> P<Vec<ExprId>> {
        let body = self.delimited(None)?;
        let text = &self.text[body.start..body.end];
        self.warn_qw(text, body.start);
        let Some(pair) = grammar::parse(Rule::qw_words, text) else {
            return Ok(Vec::new());
        };
        let mut items = Vec::new();
        for word in pair.into_inner() {
            let span = word.as_span();
            let clean = if word.as_str().contains('\\') {
                self.plain_text(word.as_str(), body)
            } else {
                word.as_str().to_owned()
            };
            let id = self.source_str(&clean);
            let place = crate::source::Span::new(
                self.origin(body.start + span.start()),
                self.origin(body.start + span.end()),
            );
            items.push(self.sh.ast.expr(ExprKind::Str(id), place));
        }
        Ok(items)
    }

    /// A single-quoted string: only `\\` and the escaped delimiter mean something.
    pub(super) fn single_quoted(&mut self, body: Body, start: usize) -> P<ExprId> {
        let text = &self.text[body.start..body.end];
        let id = if memchr::memchr(b'\\', text.as_bytes()).is_none() {
            self.source_str(text)
        } else {
            let plain = self.plain_text(text, body);
            self.source_str(&plain)
        };
        let string = self.node(ExprKind::Str(id), start);
        self.string_constant(string, "q")
    }

    fn plain_text(&self, text: &str, body: Body) -> String {
        let mut out = String::with_capacity(text.len());
        let Some(pair) = grammar::parse(Rule::q_pieces, text) else {
            return text.to_owned();
        };
        for piece in pair.into_inner() {
            let piece = piece.as_str();
            match piece
                .strip_prefix('\\')
                .and_then(|rest| rest.chars().next())
            {
                Some(c)
                    if piece.starts_with('\\')
                        && (c == '\\' || c == body.open || c == body.close()) =>
                {
                    out.push(c);
                }
                _ => out.push_str(piece),
            }
        }
        out
    }

    /// An expression used as pattern (`=~ $re`).
    pub(super) fn expr_pattern(&mut self, expr: ExprId) -> PatternId {
        let part = match *self.sh.ast.kind(expr) {
            ExprKind::Str(text) => PatPart::Lit(text),
            _ => PatPart::Scalar(expr),
        };
        self.sh.ast.add_pattern(Pattern {
            parts: [part].into(),
            flags: PatFlags::default(),
            once: false,
            empty: false,
        })
    }

    /// `<..>` or `<<..` where a term is expected.
    pub(super) fn angle_or_heredoc(&mut self) -> P<ExprId> {
        let start = self.pos;
        if self.byte(1) == b'<' && self.byte(2) != b'>' {
            return self.heredoc();
        }
        let Some((rule, from, to, len)) = grammar::first_inner(Rule::angle, self.rest()) else {
            return Err(self.unterminated("Unterminated <> operator", self.pos));
        };
        let text = &self.text[start + from..start + to];
        self.take(len);
        let kind = match rule {
            Rule::an_safe => ExprKind::ReadArgv { safe: true },
            Rule::an_argv => ExprKind::ReadArgv { safe: false },
            Rule::an_scalar => {
                let name = super::variable::normal(text);
                let handle = self.variable(super::super::ast::Sigil::Scalar, &name, start);
                self.mentioned_enough(handle);
                ExprKind::ReadLine(handle)
            }
            Rule::an_handle => {
                let name = super::variable::normal(text);
                let name = self.qualified(&name);
                self.mention(super::super::ast::Sigil::Glob, name);
                let handle = self.node(ExprKind::Handle(name), start);
                ExprKind::ReadLine(handle)
            }
            _ => {
                let body = Body {
                    start: start + from,
                    end: start + to,
                    open: '<',
                };
                let pattern = self.double_quoted(body, start)?;
                ExprKind::Glob(pattern)
            }
        };
        Ok(self.node(kind, start))
    }
}

fn body_close_len(open: char) -> usize {
    open.len_utf8()
}
