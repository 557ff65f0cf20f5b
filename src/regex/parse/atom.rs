//! Single atoms: anchors, escapes, numbers of characters.

use super::super::ast::{Assert, BoundKind, Class, Item, Named, Node};
use super::super::error::Category;
use super::super::grammar::{Rule, Token};
use super::super::pattern::Flags;
use super::{Last, Parse, Parser};
use std::rc::Rc;

impl Parser<'_, '_> {
    pub(super) fn simple(&mut self, token: Token) -> Parse<()> {
        let line = self.flags.has(Flags::M);
        let node = match self.slice(token) {
            "." => Node::Any {
                newline: self.flags.has(Flags::S),
            },
            "^" if line => Node::Assert(Assert::LineStart),
            "^" => Node::Assert(Assert::Start),
            _ if line => Node::Assert(Assert::LineEnd),
            _ => Node::Assert(Assert::EndOrNewline),
        };
        self.push(node, token.start);
        Ok(())
    }

    /// A single named set such as `\w`.
    pub(super) fn set_of(&self, named: Named, negated: bool) -> Node {
        Node::Set(Rc::new(Class {
            negated,
            items: vec![Item::Named(named, false)],
            fold: None,
            charset: self.charset(),
        }))
    }

    pub(super) fn escape(&mut self, token: Token) -> Parse<()> {
        match token.rule {
            Rule::kind => self.kind(token),
            Rule::braced_bound => self.bound(token),
            Rule::bad_bound => {
                let letter = &self.slice(token)[1..2];
                self.fail(&format!("Missing right brace on \\{letter}{{}}"), token.end)
            }
            Rule::property_braced | Rule::property_short => {
                let item = self.property(token)?;
                let class = Class {
                    negated: false,
                    items: vec![item],
                    fold: self.fold(),
                    charset: self.charset(),
                };
                self.push(Node::Set(Rc::new(class)), token.start);
                Ok(())
            }
            Rule::bad_property => self.bad_property(token),
            Rule::hex_braced | Rule::hex_short | Rule::octal_braced | Rule::control => {
                let c = self.coded_char(token)?;
                self.push_char(c, token.start);
                Ok(())
            }
            Rule::bad_hex | Rule::bad_octal | Rule::bad_named => self.bad_braces(token),
            Rule::number => self.number(token),
            Rule::ref_group | Rule::ref_named | Rule::bad_ref => self.reference(token),
            Rule::named_braced => {
                let chars = self.named_chars(token)?;
                self.push_sequence(&chars, token.start);
                Ok(())
            }
            Rule::trailing => self.fail_plain("Trailing \\"),
            _ => self.any_char(token),
        }
    }

    /// Several characters that count as one atom.
    fn push_sequence(&mut self, chars: &[u32], start: usize) {
        if let [c] = chars {
            return self.push_char(*c, start);
        }
        let fold = self.fold();
        let literal = super::Literal {
            chars: chars.to_vec(),
            fold,
        };
        self.push(Node::Group(0, Box::new(Node::Literal(literal))), start);
    }

    fn any_char(&mut self, token: Token) -> Parse<()> {
        let c = self.slice(token).chars().nth(1).unwrap_or('\\');
        if c == 'C' {
            return self.fail("\\C no longer supported", token.start + 1);
        }
        if c == 'c' {
            let message = "Character following \"\\c\" must be printable ASCII";
            return self.fail(message, token.end);
        }
        if c as u32 > 0xFF {
            self.need_unicode()?;
        }
        if c.is_ascii_alphabetic() && escaped_char(c).is_none() {
            if self.brace_follows(token.end) {
                return self.fail(
                    "Unescaped left brace in regex is illegal here",
                    token.end + 1,
                );
            }
            // Before a quantifier's brace perl says nothing.
            if !self.rest(token.end).starts_with('{') {
                let message = format!("Unrecognized escape \\{c} passed through");
                self.warn(Category::Regexp, &message, token.end);
            }
        }
        self.push_char(escaped_char(c).unwrap_or(c as u32), token.start);
        Ok(())
    }

    /// Whether a `{` that is no quantifier stands at `at`.
    fn brace_follows(&self, at: usize) -> bool {
        self.rest(at).starts_with('{')
            && self
                .tokens
                .get(self.next)
                .is_none_or(|t| t.rule != Rule::repeat)
    }

    fn kind(&mut self, token: Token) -> Parse<()> {
        let letter = self.slice(token).as_bytes().get(1).copied().unwrap_or(0);
        if self.brace_follows(token.end) {
            return self.fail(
                "Unescaped left brace in regex is illegal here",
                token.end + 1,
            );
        }
        let upper = letter.is_ascii_uppercase();
        let charset = self.charset();
        let node = match letter {
            b'A' => Node::Assert(Assert::Start),
            b'z' => Node::Assert(Assert::End),
            b'Z' => Node::Assert(Assert::EndOrNewline),
            b'G' => {
                self.uses.pos = true;
                Node::Assert(Assert::Pos)
            }
            b'K' => {
                if self.looks > 0 {
                    let message = "\\K not permitted in lookahead/lookbehind";
                    return self.fail(message, token.end);
                }
                self.uses.keep = true;
                Node::Assert(Assert::Keep)
            }
            b'b' | b'B' => Node::Assert(Assert::Word {
                negated: upper,
                charset,
            }),
            b'R' => Node::LineBreak,
            b'X' => Node::Grapheme,
            b'N' if self.stray_brace_next() => {
                return self.fail("Missing braces on \\N{}", token.end);
            }
            b'N' => Node::Any { newline: false },
            _ => match named_letter(letter) {
                Some(named) => self.set_of(named, upper),
                None => Node::Empty,
            },
        };
        self.push(node, token.start);
        Ok(())
    }

    /// Whether a brace that is no quantifier comes next, blanks and comments apart.
    fn stray_brace_next(&self) -> bool {
        let dull = |t: &&Token| matches!(t.rule, Rule::blank | Rule::comment);
        let next = self
            .tokens
            .get(self.next..)
            .unwrap_or(&[])
            .iter()
            .find(|t| !dull(t));
        next.is_some_and(|t| t.rule == Rule::stray && self.slice(*t) == "{")
    }

    fn bound(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let name = text[3..text.len() - 1].trim();
        let kind = match name {
            "" => return self.fail(&format!("Empty {}{{}}", &text[..2]), token.end),
            "g" | "gcb" => BoundKind::Grapheme,
            "lb" => BoundKind::Line,
            "sb" => BoundKind::Sentence,
            "wb" => BoundKind::Word,
            _ => return self.fail(&format!("'{name}' is an unknown bound type"), token.end - 1),
        };
        self.need_unicode()?;
        self.uses.bounds = true;
        let negated = text.as_bytes()[1] == b'B';
        self.push(Node::Assert(Assert::Bound { negated, kind }), token.start);
        Ok(())
    }

    /// `\1` ... : a reference or an octal number.
    fn number(&mut self, token: Token) -> Parse<()> {
        let digits = &self.slice(token)[1..];
        let n: u32 = digits.parse().unwrap_or(u32::MAX);
        let octal_start = digits.starts_with(|c| ('0'..='7').contains(&c));
        let is_octal = digits.starts_with('0') || (octal_start && n > 9 && !self.has_group(n));
        if !is_octal {
            if !self.has_group(n) {
                return self.fail("Reference to nonexistent group", token.end);
            }
            return self.backref(vec![n], token.start);
        }
        let len = digits
            .bytes()
            .take(3)
            .take_while(|b| (b'0'..=b'7').contains(b))
            .count();
        let value = u32::from_str_radix(&digits[..len], 8).unwrap_or(0);
        let after = token.start + 1 + len;
        if let Some(bad) = digits[len..].chars().next().filter(|_| len < 3) {
            let shown = format!("{:0>3}", &digits[..len]);
            let message = format!(
                "Non-octal character '{bad}' terminates \\0 early.  Resolved as \"\\{shown}{}\"",
                &digits[len..=len]
            );
            self.warn(Category::Digit, &message, after + 1);
        }
        self.push_char(value, token.start);
        for (i, c) in digits[len..].char_indices() {
            self.push_char(c as u32, after + i);
        }
        Ok(())
    }

    /// Whether group `n` exists anywhere in the pattern; on the first reading, whatever is not
    /// there yet is taken to exist.
    pub(super) fn has_group(&mut self, n: u32) -> bool {
        match &self.known.layout {
            Some((total, _)) => n <= *total,
            None if n <= self.groups => true,
            None => {
                self.used_layout = true;
                n != u32::MAX
            }
        }
    }

    /// The groups of a name; on the first reading a name not met yet is taken to exist.
    pub(super) fn groups_named(&mut self, name: &str) -> Option<Vec<u32>> {
        self.used_layout = true;
        match &self.known.layout {
            Some((_, names)) => names
                .iter()
                .find(|row| &*row.0 == name)
                .map(|row| row.1.clone()),
            None => Some(vec![0]),
        }
    }

    pub(super) fn backref(&mut self, groups: Vec<u32>, start: usize) -> Parse<()> {
        self.uses.backrefs = true;
        let fold = self.fold();
        self.push(Node::Backref { groups, fold }, start);
        Ok(())
    }

    fn reference(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        if token.rule == Rule::bad_ref {
            return self.bad_reference(token);
        }
        if token.rule == Rule::ref_named {
            let name = text[3..text.len() - 1].trim();
            let name_end = token.start + text.find(name).unwrap_or(3) + name.len();
            return self.named_ref(name, name_end, token.start);
        }
        let body = text[2..].trim_matches(['{', '}', ' ', '\t']);
        let body_at = token.start + text.find(body).unwrap_or(2);
        let (relative, digits) = match body.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, body),
        };
        let digits_at = body_at + usize::from(relative);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            if relative || digits.is_empty() {
                let message = "Group name must start with a non-digit word character";
                return self.fail(message, digits_at);
            }
            return self.named_ref(digits, digits_at + digits.len(), token.start);
        }
        let Some(n) = digits.parse::<u32>().ok().filter(|n| *n < 1 << 31) else {
            if digits.bytes().all(|b| b.is_ascii_digit()) {
                return self.fail("Reference to nonexistent group", digits_at);
            }
            return self.fail("Unterminated \\g{...} pattern", digits_at + 1);
        };
        if n == 0 {
            return self.fail("Reference to invalid group 0", digits_at);
        }
        if relative {
            let Some(target) = (self.groups + 1).checked_sub(n).filter(|t| *t > 0) else {
                let message = "Reference to nonexistent or unclosed group";
                return self.fail(message, digits_at);
            };
            return self.backref(vec![target], token.start);
        }
        if !self.has_group(n) {
            return self.fail("Reference to nonexistent group", token.end);
        }
        self.backref(vec![n], token.start)
    }

    pub(super) fn named_ref(&mut self, name: &str, name_end: usize, start: usize) -> Parse<()> {
        match self.groups_named(name) {
            Some(groups) => self.backref(groups, start),
            None => self.fail("Reference to nonexistent named group", name_end),
        }
    }

    fn bad_reference(&mut self, token: Token) -> Parse<()> {
        let letter = &self.slice(token)[1..];
        let rest = self.rest(token.end);
        let opener = rest.chars().next().filter(|c| match letter {
            "k" => matches!(c, '{' | '<' | '\''),
            _ => *c == '{',
        });
        let Some(open) = opener else {
            if letter == "k" {
                return self.fail("Sequence \\k... not terminated", token.end);
            }
            return self.fail("Unterminated \\g... pattern", token.end);
        };
        let inner = &rest[1..];
        let blanks = match open {
            '{' => inner.len() - inner.trim_start_matches([' ', '\t']).len(),
            _ => 0,
        };
        let at = token.end + 1 + blanks;
        let inner = &inner[blanks..];
        let name_len = word_prefix(inner);
        if letter == "g" && inner.starts_with(|c: char| c.is_ascii_digit()) {
            return self.fail("Unterminated \\g{...} pattern", at + name_len);
        }
        let first = inner.chars().next();
        match first {
            Some('-') => {
                let message = "Group name must start with a non-digit word character";
                self.fail(message, at + 1)
            }
            Some(c) if name_len == 0 || c.is_ascii_digit() => {
                let message = "Group name must start with a non-digit word character";
                self.fail(message, self.past(at))
            }
            _ => {
                let message = format!("Sequence \\{letter}{open}... not terminated");
                self.fail(&message, at + name_len)
            }
        }
    }

    pub(super) fn stray(&mut self, token: Token) -> Parse<()> {
        match self.slice(token) {
            "(?" => self.bad_open(token),
            "(*" => self.bad_verb(token),
            "\\" => self.fail_plain("Trailing \\"),
            "{" => {
                let before = self.text[..token.start].chars().next_back();
                let quiet = !matches!(self.last, Last::Atom(_))
                    || before.is_none()
                    || matches!(
                        self.cat.last(),
                        Some(Node::Assert(Assert::Start | Assert::LineStart))
                    );
                if !quiet && self.brace_start != token.start {
                    let message = "Unescaped left brace in regex is passed through";
                    self.warn(Category::Regexp, message, token.end);
                }
                self.push_char(u32::from(b'{'), token.start);
                Ok(())
            }
            _ => self.literal(token),
        }
    }
}

/// The length of the word characters at the start of `text`.
pub(super) fn word_prefix(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

/// The set a letter escape names.
pub(super) fn named_letter(letter: u8) -> Option<Named> {
    Some(match letter.to_ascii_lowercase() {
        b'd' => Named::Digit,
        b'w' => Named::Word,
        b's' => Named::Space,
        b'h' => Named::Horizontal,
        b'v' => Named::Vertical,
        _ => return None,
    })
}

/// The control characters with a letter of their own.
pub(super) fn escaped_char(c: char) -> Option<u32> {
    Some(match c {
        't' => 9,
        'n' => 10,
        'r' => 13,
        'f' => 12,
        'e' => 27,
        'a' => 7,
        _ => return None,
    })
}
