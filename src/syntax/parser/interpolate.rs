//! Double-quoted text: escapes, variables, case changes.

use super::super::ast::{CaseMod, ExprId, ExprKind, Interp, Part, Sigil, Text};
use super::super::grammar::{self, Pair, Rule};
use super::driver::{P, Parser, Quoted};
use super::quote::Body;

/// Constant text that grows: bytes until a character forces UTF-8.
#[derive(Debug, Default)]
pub(super) struct Literal {
    pub bytes: Vec<u8>,
    pub utf8: bool,
}

impl Literal {
    /// Appends text that is already decoded.
    pub fn push_text(&mut self, text: &Text) {
        if text.utf8 == self.utf8 || text.bytes.is_ascii() {
            self.bytes.extend_from_slice(&text.bytes);
        } else if text.utf8 {
            self.upgrade();
            self.bytes.extend_from_slice(&text.bytes);
        } else {
            text.bytes
                .iter()
                .for_each(|&b| encode(u64::from(b), &mut self.bytes));
        }
    }

    /// Appends a character by number; above 255 (or `force`) the text becomes UTF-8.
    pub fn push_code(&mut self, code: u64, force: bool) {
        if !self.utf8 && (code > 255 || force) {
            self.upgrade();
        }
        if self.utf8 {
            encode(code, &mut self.bytes)
        } else {
            self.bytes.push(code as u8)
        }
    }

    /// Bytes become characters.
    pub fn upgrade(&mut self) {
        if self.utf8 {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        bytes
            .iter()
            .for_each(|&b| encode(u64::from(b), &mut self.bytes));
        self.utf8 = true;
    }

    /// The text so far, leaving none.
    pub fn take(&mut self) -> Text {
        let text = Text {
            bytes: std::mem::take(&mut self.bytes).into(),
            utf8: self.utf8,
        };
        self.utf8 = false;
        text
    }
}

/// perl's extended UTF-8.
fn encode(code: u64, out: &mut Vec<u8>) {
    let tail = |out: &mut Vec<u8>, n: u32| {
        (0..n)
            .rev()
            .for_each(|i| out.push(0x80 | ((code >> (6 * i)) & 0x3f) as u8));
    };
    match code {
        0..=0x7f => out.push(code as u8),
        0x80..=0x7ff => {
            out.push(0xc0 | (code >> 6) as u8);
            tail(out, 1);
        }
        0x800..=0xffff => {
            out.push(0xe0 | (code >> 12) as u8);
            tail(out, 2);
        }
        0x1_0000..=0x1f_ffff => {
            out.push(0xf0 | (code >> 18) as u8);
            tail(out, 3);
        }
        0x20_0000..=0x3ff_ffff => {
            out.push(0xf8 | (code >> 24) as u8);
            tail(out, 4);
        }
        0x400_0000..=0x7fff_ffff => {
            out.push(0xfc | (code >> 30) as u8);
            tail(out, 5);
        }
        0x8000_0000..=0xf_ffff_ffff => {
            out.push(0xfe);
            tail(out, 6);
        }
        _ => {
            out.extend([0xff, 0x80]);
            tail(out, 11);
        }
    }
}

/// Pieces under construction, with the open case changes.
struct Builder {
    literal: Literal,
    stack: Vec<(Option<CaseMod>, Vec<Part>)>,
}

impl Parser<'_, '_, '_> {
    /// Double-quoted text as an expression.
    pub(super) fn double_quoted(&mut self, body: Body, start: usize) -> P<ExprId> {
        let text = &self.text[body.start..body.end];
        if memchr::memchr3(b'$', b'@', b'\\', text.as_bytes()).is_none() {
            let id = self.source_str(text);
            let string = self.node(ExprKind::Str(id), start);
            return self.string_constant(string, "q");
        }
        let variables = memchr::memchr2(b'$', b'@', text.as_bytes()).is_some();
        let parts = if variables || body.open != '"' {
            self.on_body(body, Quoted::Text, |p| p.deeper(|p| p.parts()))?
        } else {
            self.inside(body.start, body.end, Quoted::Text, |p| p.parts())?
        };
        self.string_of(parts, start)
    }

    /// The node for a string's pieces.
    pub(super) fn string_of(&mut self, parts: Vec<Part>, start: usize) -> P<ExprId> {
        let parts = self.constant_parts(parts, start)?;
        let kind = match &parts[..] {
            [] => ExprKind::Str(self.sh.ast.add_bytes(b"")),
            [Part::Str(text)] => ExprKind::Str(*text),
            _ => ExprKind::Interp(self.sh.ast.add_interp(Interp {
                parts: parts.into(),
            })),
        };
        Ok(self.node(kind, start))
    }

    /// The pieces of the current region.
    pub(super) fn parts(&mut self) -> P<Vec<Part>> {
        let mut b = Builder {
            literal: Literal::default(),
            stack: vec![(None, Vec::new())],
        };
        while self.pos < self.end {
            self.text_run(&mut b)?;
            if self.pos >= self.end {
                break;
            }
            match self.variable_part()? {
                Some(part) => {
                    self.flush(&mut b);
                    b.push(part);
                }
                None => {
                    let c = self.rest().chars().next().unwrap_or('$');
                    if c == '$' && self.pos + 1 >= self.end && self.quoted == Quoted::Text {
                        return Err(self.within_string("Final $ should be \\$ or $name"));
                    }
                    b.literal.push_code(c as u64, false);
                    self.pos += c.len_utf8();
                }
            }
        }
        while b.stack.len() > 1 {
            self.close_case(&mut b);
        }
        self.flush(&mut b);
        Ok(b.stack.pop().map(|top| top.1).unwrap_or_default())
    }

    /// Text and escapes up to the next `$` or `@`.
    fn text_run(&mut self, b: &mut Builder) -> P<()> {
        let mut text = self.rest();
        let jump = self.jump.filter(|&nl| nl >= self.pos && nl < self.end);
        if let Some(newline) = jump {
            text = &self.text[self.pos..=newline];
        }
        let plain = self.plain_run(b, text);
        self.pos += plain;
        text = &text[plain..];
        if !text.is_empty() && !matches!(text.as_bytes()[0], b'$' | b'@') {
            let base = self.pos;
            if let Some(run) = grammar::parse(Rule::qq_run, text) {
                let end = run.as_span().end();
                for piece in run.into_inner() {
                    match piece.as_rule() {
                        Rule::qq_text => {
                            let text = self.text_of(piece.as_str());
                            b.literal.push_text(&text);
                        }
                        _ => {
                            self.pos = base + piece.as_span().start();
                            if let Some(escape) = piece.into_inner().next() {
                                self.escape(b, escape)?;
                            }
                        }
                    }
                }
                self.pos = base + end;
            }
        }
        if jump.is_some_and(|nl| self.pos == nl + 1) {
            self.jump = None;
            self.pos = self
                .heredocs
                .get(&(self.pos - 1))
                .copied()
                .unwrap_or(self.pos)
                .min(self.end);
        }
        Ok(())
    }

    /// The characters that stand for themselves and the everyday escapes, which are most of what
    /// strings hold; the grammar reads on from the first other escape. Gives how much that was.
    fn plain_run(&mut self, b: &mut Builder, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let next = memchr::memchr3(b'\\', b'$', b'@', &bytes[at..]);
            let next = next.map_or(bytes.len(), |n| at + n);
            if next > at {
                let piece = self.text_of(&text[at..next]);
                b.literal.push_text(&piece);
                at = next;
            }
            let code = match bytes.get(at..at + 2) {
                Some(b"\\n") => b'\n',
                Some(b"\\t") => b'\t',
                Some(b"\\r") => b'\r',
                Some([b'\\', c @ (b'\\' | b'"' | b'$' | b'@')]) => *c,
                _ => return at,
            };
            b.literal.push_code(u64::from(code), false);
            at += 2;
        }
    }

    fn flush(&mut self, b: &mut Builder) {
        if !b.literal.bytes.is_empty() {
            let text = b.literal.take();
            let id = self.sh.ast.add_text(text);
            b.push(Part::Str(id));
        }
    }

    fn escape(&mut self, b: &mut Builder, escape: Pair<'_, Rule>) -> P<()> {
        let rule = escape.as_rule();
        if let Some(wrong) = self.incomplete(rule, escape.as_str()) {
            return Err(self.within_string(&wrong));
        }
        if rule == Rule::e_case {
            let c = escape.as_str().chars().next().unwrap_or('E');
            self.case_escape(b, c);
            return Ok(());
        }
        if rule == Rule::e_named {
            return self.named_character(b, escape);
        }
        self.character(&mut b.literal, escape)
    }

    /// What an escape lacks, in perl's words.
    fn incomplete(&self, rule: Rule, text: &str) -> Option<String> {
        let brace = self.byte_at(self.pos + 1 + text.len()) == b'{';
        Some(match (rule, text) {
            (Rule::e_hex, "x") if brace => "Missing right brace on \\x{}".into(),
            (Rule::e_other, "N" | "o") if brace => format!("Missing right brace on \\{text}{{}}"),
            (Rule::e_other, "N" | "o") => format!("Missing braces on \\{text}{{}}"),
            (Rule::e_other, "c") => "Missing control char name in \\c".into(),
            (Rule::e_octb, "o{}") => "Empty \\o{}".into(),
            _ => return None,
        })
    }

    /// An error in the text of a string.
    fn within_string(&mut self, text: &str) -> super::driver::Stop {
        let (file, line) = (
            self.sh.source.file(self.origin(self.pos) as u32),
            self.line_at(self.pos),
        );
        self.note(format!("{text} at {file} line {line}, within string\n"));
        super::driver::Stop::Failed
    }

    /// `\N{name}`: asked of `charnames` when the string is built.
    fn named_character(&mut self, b: &mut Builder, escape: Pair<'_, Rule>) -> P<()> {
        let name = escape
            .into_inner()
            .next()
            .map(|p| p.as_str().to_owned())
            .unwrap_or_default();
        if let Some(text) = self.translated_name(&name)? {
            b.literal.upgrade();
            b.literal.push_text(&text);
            return Ok(());
        }
        if let Some(c) = super::literal::charname::characters(&name) {
            b.literal.push_code(u64::from(c as u32), true);
            return Ok(());
        }
        self.flush(b);
        let at = self.pos;
        let text = self.source_str(&name);
        let arg = self.node(ExprKind::Str(text), at);
        let args = self.list(&[arg]);
        let name = self.sh.ast.name("charnames::string_vianame");
        let callee = super::super::ast::Callee::Named(name);
        let form = super::super::ast::CallForm::Plain;
        let call = self.node(ExprKind::Call { callee, args, form }, at);
        b.push(Part::Scalar(call));
        Ok(())
    }

    /// What a module's own translator makes of a name.
    pub(super) fn translated_name(&mut self, name: &str) -> P<Option<Text>> {
        let feedback = &mut self.sh.feedback;
        feedback
            .char_name(name)
            .map_err(|_| super::driver::Stop::Aborted)
    }

    /// A character escape.
    pub(super) fn character(&mut self, literal: &mut Literal, escape: Pair<'_, Rule>) -> P<()> {
        let text = escape.as_str();
        let digits = |e: Pair<'_, Rule>| {
            e.into_inner()
                .next()
                .map(|p| p.as_str().trim().replace('_', ""))
                .unwrap_or_default()
        };
        let prefix = |text: &str, radix: u32| {
            let end = text
                .find(|c: char| !c.is_digit(radix))
                .unwrap_or(text.len());
            u64::from_str_radix(&text[..end], radix).unwrap_or(0)
        };
        let (code, force) = match escape.as_rule() {
            Rule::e_char => (
                match text {
                    "n" => 10,
                    "t" => 9,
                    "r" => 13,
                    "f" => 12,
                    "e" => 27,
                    "a" => 7,
                    _ => 8,
                },
                false,
            ),
            Rule::e_oct => (prefix(text, 8), false),
            Rule::e_hex => (prefix(&text[1..], 16), false),
            Rule::e_hexb => (prefix(&digits(escape), 16), false),
            Rule::e_octb => (prefix(&digits(escape), 8), false),
            Rule::e_uni => (prefix(&digits(escape), 16), true),
            Rule::e_ctrl => {
                let c = text[1..].chars().next().unwrap_or('@');
                (u64::from(c.to_ascii_uppercase() as u32 ^ 64), false)
            }
            Rule::e_end => (u64::from(b'\\'), false),
            Rule::e_named => {
                let name = escape
                    .into_inner()
                    .next()
                    .map(|p| p.as_str())
                    .unwrap_or_default();
                match super::literal::charname::characters(name) {
                    Some(c) => (u64::from(c as u32), true),
                    None => return Err(self.fail(&format!("Unknown charname '{name}'"))),
                }
            }
            _ => {
                if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
                    let shown = format!("Unrecognized escape \\{text} passed through");
                    self.warn("misc", &shown, self.pos);
                }
                let text = self.text_of(text);
                literal.push_text(&text);
                return Ok(());
            }
        };
        literal.push_code(code, force);
        Ok(())
    }

    fn case_escape(&mut self, b: &mut Builder, c: char) {
        let what = match c {
            'L' => CaseMod::Lower,
            'U' => CaseMod::Upper,
            'F' => CaseMod::Fold,
            'Q' => CaseMod::Quote,
            'l' => CaseMod::LowerFirst,
            'u' => CaseMod::UpperFirst,
            _ => {
                self.close_first(b);
                if b.stack.len() > 1 {
                    self.close_case(b);
                }
                return;
            }
        };
        let first = matches!(what, CaseMod::LowerFirst | CaseMod::UpperFirst);
        let empty =
            b.literal.bytes.is_empty() && b.stack.last().is_some_and(|top| top.1.is_empty());
        let top = b.stack.last().and_then(|top| top.0);
        if first && empty && matches!(top, Some(CaseMod::Lower | CaseMod::Upper | CaseMod::Fold)) {
            // `\L\u` means `\u\L`.
            if let Some(open) = b.stack.pop() {
                b.stack.push((Some(what), Vec::new()));
                b.stack.push(open);
            }
            return;
        }
        if !empty {
            self.close_first(b);
        }
        let change = |m: CaseMod| matches!(m, CaseMod::Lower | CaseMod::Upper | CaseMod::Fold);
        if change(what) && b.stack.iter().any(|s| s.0.is_some_and(change)) {
            self.close_case(b);
        }
        self.flush(b);
        b.stack.push((Some(what), Vec::new()));
    }

    fn close_first(&mut self, b: &mut Builder) {
        if let Some((Some(CaseMod::LowerFirst | CaseMod::UpperFirst), _)) = b.stack.last() {
            self.close_case(b);
        }
    }

    fn close_case(&mut self, b: &mut Builder) {
        self.flush(b);
        if let Some((Some(what), parts)) = b.stack.pop() {
            b.push(Part::Case(what, parts.into()));
        }
    }

    /// A variable at the current `$` or `@`; none: the character is text.
    fn variable_part(&mut self) -> P<Option<Part>> {
        let next = self.byte(1);
        if self.byte(0) == b'$' {
            // `"$ x"` is `"$x"`; in a pattern the `$` is the end of the line.
            let name = self.pos + 1 + self.blanks_at(self.pos + 1);
            let named = self.quoted == Quoted::Text
                && name < self.end
                && (self.name_at(name) || self.byte_at(name).is_ascii_digit());
            let literal = self.pos + 1 >= self.end || next.is_ascii_whitespace() && !named;
            if literal {
                return Ok(None);
            }
            let expr = self.scalar_term()?;
            return Ok(Some(self.part_of(expr)));
        }
        let is_array = next.is_ascii_alphanumeric()
            || matches!(next, b'_' | b'{' | b'$' | b'+' | b'-')
            || next >= 0x80
            || next == b':' && self.byte(2) == b':';
        if !is_array {
            return Ok(None);
        }
        let expr = self.container_term(Sigil::Array)?;
        Ok(Some(self.part_of(expr)))
    }

    /// Whether an interpolated expression is joined or stringified.
    pub(super) fn part_of(&self, expr: ExprId) -> Part {
        match *self.sh.ast.kind(expr) {
            ExprKind::Var {
                sigil: Sigil::Array,
                ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Array,
                ..
            }
            | ExprKind::Slice { .. } => Part::Join(expr),
            _ => Part::Scalar(expr),
        }
    }
}

impl Builder {
    fn push(&mut self, part: Part) {
        if let Some(top) = self.stack.last_mut() {
            top.1.push(part);
        }
    }
}
