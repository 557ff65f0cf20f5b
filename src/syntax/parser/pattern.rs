//! Patterns: raw text, variables, code groups.

use super::super::ast::{
    CaseMod, CodeKind, Part, PatFlags, PatPart, Pattern, PatternId, Sigil, Text,
};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser, Quoted};
use super::quote::Body;
use crate::diag::hints;

struct Builder {
    stack: Vec<(Option<CaseMod>, Vec<PatPart>)>,
    /// Start of literal text not yet pushed.
    text: String,
}

impl Parser<'_, '_, '_> {
    /// A pattern from its body and flags.
    pub(super) fn pattern(&mut self, body: Body, flags: PatFlags) -> P<PatternId> {
        let empty = body.start == body.end;
        let parts = if body.open == '\'' {
            let (text, _) = self.unescaped(body);
            vec![PatPart::Lit(self.source_str(&text))]
        } else if memchr::memchr3(
            b'$',
            b'@',
            b'\\',
            self.text[body.start..body.end].as_bytes(),
        )
        .is_none()
            && !self.text[body.start..body.end].contains("?{")
        {
            // (`\\N{..}` has a backslash: the long way.)
            if empty {
                Vec::new()
            } else {
                vec![PatPart::Lit(
                    self.source_str(&self.text[body.start..body.end]),
                )]
            }
        } else {
            let extended = flags.has(PatFlags::X);
            // Brackets keep their backslashes: they mean something to the pattern.
            if body.brackets() {
                self.inside(body.start, body.end, Quoted::Pattern, |p| {
                    p.deeper(|p| p.pattern_parts(extended))
                })?
            } else {
                self.on_body(body, Quoted::Pattern, |p| {
                    p.deeper(|p| p.pattern_parts(extended))
                })?
            }
        };
        let parts = self.pattern_constants(parts, body.start)?;
        let variables = parts
            .iter()
            .any(|p| matches!(p, PatPart::Scalar(_) | PatPart::Join(_)));
        if variables && self.sh.hints.bits & hints::RE_EVAL != 0 {
            self.mark_eval();
        }
        Ok(self.sh.ast.add_pattern(Pattern {
            parts: parts.into(),
            flags,
            once: false,
            empty,
        }))
    }

    fn pattern_parts(&mut self, extended: bool) -> P<Vec<PatPart>> {
        let mut b = Builder {
            stack: vec![(None, Vec::new())],
            text: String::new(),
        };
        let run = if extended {
            Rule::re_run_x
        } else {
            Rule::re_run
        };
        while self.pos < self.end {
            if let Some(len) = grammar::measure(run, self.rest()).filter(|&n| n > 0) {
                b.text.push_str(&self.rest()[..len]);
                self.pos += len;
            }
            match self.byte(0) {
                _ if self.pos >= self.end => break,
                b'\\' if self.pos + 1 < self.end => {
                    let c = self.byte(1);
                    self.pos += 2;
                    self.pattern_case(&mut b, c)?;
                }
                b'(' => self.pattern_group(&mut b)?,
                b'$' | b'@' => match self.pattern_variable()? {
                    Some(part) => {
                        self.flush_pattern(&mut b)?;
                        b.push(part);
                    }
                    None => self.literal_char(&mut b),
                },
                _ => self.literal_char(&mut b),
            }
        }
        while b.stack.len() > 1 {
            self.close_pattern_case(&mut b)?;
        }
        self.flush_pattern(&mut b)?;
        Ok(b.stack.pop().map(|top| top.1).unwrap_or_default())
    }

    fn literal_char(&mut self, b: &mut Builder) {
        if let Some(c) = self.rest().chars().next() {
            b.text.push(c);
            self.pos += c.len_utf8();
        }
    }

    fn flush_pattern(&mut self, b: &mut Builder) -> P<()> {
        if !b.text.is_empty() {
            let mut text = std::mem::take(&mut b.text);
            if text.contains("\\N{") {
                text = self.with_codes(&text)?;
            }
            let id = self.source_str(&text);
            b.push(PatPart::Lit(id));
        }
        Ok(())
    }

    fn pattern_case(&mut self, b: &mut Builder, c: u8) -> P<()> {
        let what = match c {
            b'L' => CaseMod::Lower,
            b'U' => CaseMod::Upper,
            b'F' => CaseMod::Fold,
            b'Q' => CaseMod::Quote,
            b'l' => CaseMod::LowerFirst,
            b'u' => CaseMod::UpperFirst,
            _ => {
                return self.close_pattern_case(b);
            }
        };
        self.flush_pattern(b)?;
        b.stack.push((Some(what), Vec::new()));
        Ok(())
    }

    fn close_pattern_case(&mut self, b: &mut Builder) -> P<()> {
        self.flush_pattern(b)?;
        if b.stack.len() > 1 {
            if let Some((Some(what), parts)) = b.stack.pop() {
                b.push(PatPart::Case(what, parts.into()));
            }
        }
        Ok(())
    }

    /// `(?{ .. })` and kin, at the parenthesis.
    fn pattern_group(&mut self, b: &mut Builder) -> P<()> {
        let mut test = false;
        if let Some(len) = self.matches(Rule::re_test) {
            b.text.push_str(&self.rest()[..len]);
            self.pos += len;
            test = true;
        }
        let start = self.pos;
        let Some(len) = self.matches(Rule::re_code) else {
            self.literal_char(b);
            return Ok(());
        };
        let postponed =
            self.rest()[..len].starts_with("(??") || self.rest()[..len].starts_with("(**");
        self.pos += len - 1;
        let block = self.deeper(|p| p.as_code(|p| p.block()))?;
        if self.byte(0) != b')' {
            return Err(self.fail("Sequence (?{...}) not terminated with ')'"));
        }
        self.pos += 1;
        self.flush_pattern(b)?;
        let text = self.source_str(&self.text[start..self.pos]);
        let kind = match (test, postponed) {
            (true, _) => CodeKind::Test,
            (_, true) => CodeKind::Pattern,
            _ => CodeKind::Run,
        };
        b.push(PatPart::Code { text, block, kind });
        Ok(())
    }

    /// A variable in a pattern; none: the character is text.
    fn pattern_variable(&mut self) -> P<Option<PatPart>> {
        let next = self.byte(1);
        let expr = if self.byte(0) == b'$' {
            if self.pos + 1 >= self.end
                || matches!(next, b'(' | b')' | b'|' | b' ' | b'\r' | b'\n' | b'\t')
            {
                return Ok(None);
            }
            self.scalar_term()?
        } else {
            let is_array = next.is_ascii_alphanumeric()
                || matches!(next, b'_' | b'{' | b'$')
                || next >= 0x80
                || next == b':' && self.byte(2) == b':';
            if !is_array {
                return Ok(None);
            }
            self.container_term(Sigil::Array)?
        };
        Ok(Some(match self.part_of(expr) {
            Part::Join(expr) => PatPart::Join(expr),
            _ => PatPart::Scalar(expr),
        }))
    }

    /// `\N{name}` as `\N{U+hex}`, the only form the pattern language knows.
    fn with_codes(&mut self, text: &str) -> P<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("\\N{") {
            let escaped = rest[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
            out.push_str(&rest[..at + 3]);
            rest = &rest[at + 3..];
            let Some(end) = rest.find('}').filter(|_| !escaped) else {
                continue;
            };
            let name = &rest[..end];
            let plain = name.starts_with("U+") || !name.starts_with(char::is_alphabetic);
            let own = match plain {
                true => None,
                false => self.translated_name(name)?,
            };
            let codes = match own {
                Some(text) if text.bytes.is_empty() => {
                    out.truncate(out.len() - "\\N{".len());
                    out.push_str("(?:)");
                    rest = &rest[end + 1..];
                    continue;
                }
                Some(text) => codes_of(&text),
                None => super::literal::charname::characters(name)
                    .map(|c| format!("U+{:X}", c as u32))
                    .unwrap_or_default(),
            };
            if !codes.is_empty() {
                out.push_str(&codes);
                rest = &rest[end..];
            }
        }
        Ok(out + rest)
    }
}

/// The characters of a text as `\N{}` takes them.
fn codes_of(text: &Text) -> String {
    let codes: Vec<String> = match text.utf8 {
        true => String::from_utf8_lossy(&text.bytes)
            .chars()
            .map(|c| format!("{:X}", c as u32))
            .collect(),
        false => text.bytes.iter().map(|b| format!("{b:X}")).collect(),
    };
    match codes.is_empty() {
        true => String::new(),
        false => format!("U+{}", codes.join(".")),
    }
}

impl Builder {
    fn push(&mut self, part: PatPart) {
        if let Some(top) = self.stack.last_mut() {
            top.1.push(part);
        }
    }
}
