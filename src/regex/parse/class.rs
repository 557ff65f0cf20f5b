//! Bracketed classes, properties, and the escapes that stand for one character.

use super::super::ast::{Class, Item, Named, Node};
use super::super::chars::ranges::LAST;
use super::super::error::Category;
use super::super::grammar::{Rule, Token};
use super::super::pattern::Flags;
use super::super::unicode;
use super::atom::{escaped_char, named_letter};
use super::{Parse, Parser};
use std::rc::Rc;

/// A member while ranges are being put together.
enum Member {
    Char(u32),
    Item(Item),
    Dash,
}

struct Piece {
    member: Member,
    start: usize,
    end: usize,
}

impl Parser<'_, '_> {
    pub(super) fn bracketed(&mut self, token: Token) -> Parse<()> {
        let inner = self.inner(token);
        self.warn_posix_outside(token);
        let (class, mut sequences) = self.class(token, &inner)?;
        if class.fold.is_some() && !class.negated && self.unicode_now() {
            sequences.extend(folded_sequences(&class));
        }
        let set = Node::Set(Rc::new(class));
        if sequences.is_empty() {
            self.push(set, token.start);
            return Ok(());
        }
        let fold = self.fold();
        let mut branches: Vec<Node> = sequences
            .into_iter()
            .map(|chars| Node::Literal(super::Literal { chars, fold }))
            .collect();
        branches.push(set);
        self.push(Node::Group(0, Box::new(Node::Alt(branches))), token.start);
        Ok(())
    }

    fn warn_posix_outside(&mut self, token: Token) {
        let text = self.slice(token);
        let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
        let Some(mark @ (':' | '.' | '=')) = inner.chars().next() else {
            return;
        };
        let body = &inner[1..];
        let name = body.trim_end_matches(mark);
        let letters = name.trim_start_matches('^');
        if letters.is_empty() || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
            return;
        }
        let closed = name.len() < body.len();
        let note = match mark {
            ':' if closed && posix_name(letters).is_some() => "",
            ':' if closed || posix_name(letters).is_some() => " (but this one isn't fully valid)",
            _ if closed => " (but this one isn't implemented)",
            _ => return,
        };
        let message =
            format!("POSIX syntax [{mark} {mark}] belongs inside character classes{note}");
        let end = if closed { token.end } else { token.end - 1 };
        self.warn(Category::Regexp, &message, end);
    }

    /// The class of a `class` token; beside it the sequences of several characters it matches.
    pub(super) fn class(&mut self, token: Token, inner: &[Token]) -> Parse<(Class, Vec<Vec<u32>>)> {
        let mut pieces = Vec::with_capacity(inner.len());
        let mut sequences = Vec::new();
        let mut negated = false;
        for (i, &part) in inner.iter().enumerate() {
            match part.rule {
                Rule::class_run if i == 0 && self.flags.has(Flags::XX) => {
                    // Under /xx the `^` may stand behind blanks.
                    let text = self.slice(part);
                    let rest = text.trim_start_matches([' ', '\t']);
                    negated = rest.len() < text.len() && rest.starts_with('^');
                    let skip = if negated {
                        text.len() - rest.len() + 1
                    } else {
                        0
                    };
                    let part = Token {
                        start: part.start + skip,
                        ..part
                    };
                    self.class_piece(part, negated, &mut pieces, &mut sequences)?;
                }
                Rule::negated => negated = true,
                _ => self.class_piece(part, negated, &mut pieces, &mut sequences)?,
            }
        }
        let items = self.ranges_of(pieces)?;
        let _ = token;
        let charset = self.charset();
        Ok((
            Class {
                negated,
                items,
                fold: self.fold(),
                charset,
            },
            sequences,
        ))
    }

    fn class_piece(
        &mut self,
        part: Token,
        negated: bool,
        pieces: &mut Vec<Piece>,
        sequences: &mut Vec<Vec<u32>>,
    ) -> Parse<()> {
        let text = self.slice(part);
        let (start, end) = (part.start, part.end);
        let mut add = |member: Member| pieces.push(Piece { member, start, end });
        match part.rule {
            Rule::class_run | Rule::class_range | Rule::open_bracket | Rule::first_close => {
                return self.class_chars(part, pieces);
            }
            Rule::dash => add(Member::Dash),
            Rule::posix => {
                let item = self.posix(part)?;
                add(Member::Item(item));
            }
            Rule::posix_bad => {
                let c = text.as_bytes()[1] as char;
                let message = format!("POSIX syntax [{c} {c}] is reserved for future extensions");
                return self.fail(&message, end);
            }
            Rule::class_kind => {
                let letter = text.as_bytes()[1];
                match named_letter(letter) {
                    Some(named) => {
                        add(Member::Item(Item::Named(
                            named,
                            letter.is_ascii_uppercase(),
                        )));
                    }
                    None if letter == b'N' => {
                        let message =
                            "\\N in a character class must be a named character: \\N{...}";
                        return self.fail(message, end);
                    }
                    None => {
                        add(Member::Char(u32::from(letter)));
                        self.warn_class_escape(letter as char, end);
                    }
                }
            }
            Rule::property_braced | Rule::property_short => {
                let item = self.property(part)?;
                add(Member::Item(item));
            }
            Rule::bad_property => return self.bad_property(part),
            Rule::bad_hex | Rule::bad_octal | Rule::bad_named => return self.bad_braces(part),
            Rule::named_braced => {
                let chars = self.named_chars(part)?;
                match chars[..] {
                    [] => {}
                    [c] => add(Member::Char(c)),
                    [first, ..] if negated => {
                        let message =
                            "Using just the first character returned by \\N{} in character class";
                        self.warn(Category::Regexp, message, end);
                        add(Member::Char(first));
                    }
                    _ => sequences.push(chars),
                }
            }
            _ => {
                let c = self.coded_char(part)?;
                add(Member::Char(c));
            }
        }
        Ok(())
    }

    /// Plain characters; under `/xx` blanks and tabs are not there.
    fn class_chars(&mut self, part: Token, pieces: &mut Vec<Piece>) -> Parse<()> {
        let blanks = self.flags.has(Flags::XX);
        for (i, c) in self.slice(part).char_indices() {
            if blanks && matches!(c, ' ' | '\t') {
                continue;
            }
            if c as u32 > 0xFF {
                self.need_unicode()?;
            }
            let member = match c {
                '-' if part.rule == Rule::class_range && i > 0 => Member::Dash,
                _ => Member::Char(c as u32),
            };
            let start = part.start + i;
            pieces.push(Piece {
                member,
                start,
                end: start + c.len_utf8(),
            });
        }
        Ok(())
    }

    fn warn_class_escape(&mut self, c: char, end: usize) {
        let message = format!("Unrecognized escape \\{c} in character class passed through");
        self.warn(Category::Regexp, &message, end);
    }

    /// Joins `a - b` into ranges.
    fn ranges_of(&mut self, pieces: Vec<Piece>) -> Parse<Vec<Item>> {
        let mut items = Vec::with_capacity(pieces.len());
        let dash = (u32::from(b'-'), u32::from(b'-'));
        let mut i = 0;
        while let Some(piece) = pieces.get(i) {
            let after = (pieces.get(i + 1), pieces.get(i + 2));
            let ranged = matches!(
                after,
                (
                    Some(Piece {
                        member: Member::Dash,
                        ..
                    }),
                    Some(_)
                )
            );
            match (&piece.member, after.1) {
                (Member::Dash, _) if !ranged => items.push(Item::Range(dash.0, dash.1)),
                (member, Some(last)) if ranged => {
                    let low = match member {
                        Member::Char(c) => Some(*c),
                        Member::Dash => Some(dash.0),
                        Member::Item(_) => None,
                    };
                    let high = match last.member {
                        Member::Char(c) => Some(c),
                        Member::Dash => Some(dash.0),
                        Member::Item(_) => None,
                    };
                    if let (Some(low), Some(high)) = (low, high) {
                        if low > high {
                            let shown = self.text.get(piece.start..last.end).unwrap_or("");
                            let message = format!("Invalid [] range \"{shown}\"");
                            return self.fail(&message, last.end);
                        }
                        self.uses.wide |= high > 0x10FFFF;
                        items.push(Item::Range(low, high));
                        i += 3;
                        continue;
                    }
                    i += self.false_range(piece, last, &mut items);
                    continue;
                }
                (Member::Char(c), _) => {
                    self.uses.wide |= *c > 0x10FFFF;
                    items.push(Item::Range(*c, *c));
                }
                (Member::Item(item), _) => items.push(item.clone()),
                (Member::Dash, _) => items.push(Item::Range(dash.0, dash.1)),
            }
            i += 1;
        }
        Ok(items)
    }

    /// `[a-\d]` and `[\d-a]`: all are members; gives how many pieces are done.
    fn false_range(&mut self, low: &Piece, high: &Piece, items: &mut Vec<Item>) -> usize {
        let dash = u32::from(b'-');
        let (end, done) = match &low.member {
            Member::Item(item) => {
                items.push(item.clone());
                (low.end + 1, 2)
            }
            Member::Char(c) => {
                items.push(Item::Range(*c, *c));
                (high.end, 2)
            }
            Member::Dash => {
                items.push(Item::Range(dash, dash));
                (high.end, 2)
            }
        };
        items.push(Item::Range(dash, dash));
        let shown = self.text.get(low.start..end).unwrap_or("");
        let message = format!("False [] range \"{shown}\"");
        self.warn(Category::Regexp, &message, end);
        done
    }

    pub(super) fn posix(&mut self, part: Token) -> Parse<Item> {
        let text = self.slice(part);
        let body = &text[2..text.len() - 2];
        let (negated, name) = match body.strip_prefix('^') {
            Some(name) => (true, name),
            None => (false, body),
        };
        let Some(named) = posix_name(name) else {
            return self.fail(&format!("POSIX class {text} unknown"), part.end);
        };
        Ok(Item::Named(named, negated))
    }

    /// The one character of a `\x`, `\o`, octal, `\c` or letter escape.
    pub(super) fn coded_char(&mut self, token: Token) -> Parse<u32> {
        let text = self.slice(token);
        let c = match token.rule {
            Rule::hex_short => {
                let digits = &text[2..];
                if digits.len() < 2
                    && let Some(bad) = self.rest(token.end).chars().next()
                {
                    let message = format!(
                        "Non-hex character '{bad}' terminates \\x early.  Resolved as \"\\x{digits:0>2}{bad}\""
                    );
                    self.warn(Category::Digit, &message, token.end);
                }
                u32::from_str_radix(digits, 16).unwrap_or(0)
            }
            Rule::hex_braced => self.braced_number(token, 16)?,
            Rule::octal_braced => self.braced_number(token, 8)?,
            Rule::class_octal => {
                let digits = &text[1..];
                if digits.len() < 3
                    && let Some(bad) = self
                        .rest(token.end)
                        .chars()
                        .next()
                        .filter(|c| matches!(c, '8' | '9'))
                {
                    let message = format!(
                        "Non-octal character '{bad}' terminates \\0 early.  Resolved as \"\\{digits:0>3}{bad}\""
                    );
                    self.warn(Category::Digit, &message, token.end + 1);
                }
                u32::from_str_radix(digits, 8).unwrap_or(0)
            }
            Rule::control => {
                let c = text[2..].chars().next().unwrap_or('\0');
                if !(' '..='~').contains(&c) {
                    let message = "Character following \"\\c\" must be printable ASCII";
                    return self.fail(message, token.start + 2);
                }
                let upper = c.to_ascii_uppercase() as u32;
                if c == '{' {
                    return self.fail("Use \";\" instead of \"\\c{\"", token.end);
                }
                let code = upper ^ 64;
                if let Some(plain) = char::from_u32(code).filter(|p| (' '..='~').contains(p)) {
                    let slash = if plain.is_alphanumeric() { "" } else { "\\" };
                    let message =
                        format!("\"\\c{c}\" is more clearly written simply as \"{slash}{plain}\"");
                    self.warn(Category::Regexp, &message, token.end);
                }
                code
            }
            _ => {
                let c = text.chars().nth(1).unwrap_or('\\');
                match escaped_char(c) {
                    _ if c == 'b' => 8,
                    Some(code) => code,
                    None => {
                        if c.is_ascii_alphanumeric() {
                            self.warn_class_escape(c, token.end);
                        }
                        c as u32
                    }
                }
            }
        };
        if c > 0xFF {
            self.need_unicode()?;
        }
        Ok(c)
    }

    fn braced_number(&mut self, token: Token, radix: u32) -> Parse<u32> {
        let text = self.slice(token);
        let letter = &text[1..2];
        let raw = &text[3..text.len() - 1];
        let body = raw.trim_matches([' ', '\t']);
        if body.is_empty() {
            if letter == "x" {
                return Ok(0);
            }
            return self.fail(&format!("Empty \\{letter}{{}}"), token.end);
        }
        let good = |c: &char| c.is_digit(radix) || *c == '_';
        let digits: String = body
            .chars()
            .take_while(good)
            .filter(|c| *c != '_')
            .collect();
        if let Some(bad) = body.chars().find(|c| !good(c)) {
            let (kind, shown) = match radix {
                16 => ("hex", format!("\\x{{{:0>2}}}", digits)),
                _ => ("octal", format!("\\o{{{:0>3}}}", digits)),
            };
            let message = format!(
                "Non-{kind} character '{bad}' terminates \\{letter} early.  Resolved as \"{shown}\""
            );
            self.warn(Category::Digit, &message, token.end);
        }
        match u64::from_str_radix(&digits, radix) {
            Ok(c) => Ok(u32::try_from(c).unwrap_or(LAST)),
            Err(_) if digits.is_empty() => Ok(0),
            Err(_) => {
                let message = format!(
                    "Use of code point 0x{digits} is not allowed; the permissible max is 0x7FFFFFFFFFFFFFFF"
                );
                self.fail(&message, token.end)
            }
        }
    }

    pub(super) fn bad_braces<T>(&mut self, token: Token) -> Parse<T> {
        let text = self.slice(token);
        let letter = &text[1..2];
        if text.len() == 2 {
            return self.fail(&format!("Missing braces on \\{letter}{{}}"), token.end);
        }
        self.fail(&format!("Missing right brace on \\{letter}{{}}"), token.end)
    }

    pub(super) fn bad_property<T>(&mut self, token: Token) -> Parse<T> {
        let text = self.slice(token);
        let letter = &text[..2];
        if text.len() == 2 {
            return self.fail(&format!("Empty {letter}"), token.end);
        }
        self.fail(&format!("Missing right brace on {letter}{{}}"), token.end)
    }

    /// The characters of `\N{...}`.
    pub(super) fn named_chars(&mut self, token: Token) -> Parse<Vec<u32>> {
        let text = self.slice(token);
        let raw = &text[3..text.len() - 1];
        let body = raw.trim_matches([' ', '\t']);
        self.need_unicode()?;
        let body_at = token.start + 3 + (raw.len() - raw.trim_start_matches([' ', '\t']).len());
        let Some(codes) = body.strip_prefix("U+") else {
            return match self.hooks.named_char(body) {
                Some(chars) => Ok(chars),
                None => self.fail(&format!("Unknown charname '{body}'"), token.end - 1),
            };
        };
        let mut chars = Vec::new();
        let mut at = body_at + 2;
        for code in codes.split('.') {
            let digits: String = code.chars().filter(|c| *c != '_').collect();
            let bad = code.find(|c: char| !(c.is_ascii_hexdigit() || c == '_'));
            if let Some(bad) = bad {
                let at = self.past(at + bad);
                return self.fail("Invalid hexadecimal number in \\N{U+...}", at);
            }
            if digits.is_empty() {
                return self.fail("Invalid hexadecimal number in \\N{U+...}", token.end);
            }
            chars.push(u32::from_str_radix(&digits, 16).unwrap_or(LAST));
            at += code.len() + 1;
        }
        self.uses.wide |= chars.iter().any(|c| *c > 0x10FFFF);
        Ok(chars)
    }

    /// `\p{...}`, `\P{...}`, `\pL`.
    pub(super) fn property(&mut self, token: Token) -> Parse<Item> {
        let text = self.slice(token);
        let mut negated = text.as_bytes()[1] == b'P';
        let raw = if token.rule == Rule::property_braced {
            &text[3..text.len() - 1]
        } else {
            &text[2..]
        };
        let letter = &text[..2];
        if token.rule == Rule::property_short {
            let c = raw.chars().next().unwrap_or(' ');
            if !(c.is_ascii_alphanumeric() || c == '_') {
                let message = format!(
                    "Character following {letter} must be '{{' or a single-character Unicode property name"
                );
                return self.fail(&message, self.past(token.start + 2));
            }
        }
        let mut name = raw.trim();
        if let Some(rest) = name.strip_prefix('^') {
            negated = !negated;
            name = rest.trim_start();
        }
        if name.is_empty() {
            return self.fail(&format!("Empty {letter}{{}}"), token.start + 3);
        }
        self.need_unicode()?;
        let property = self.property_named(name, raw, token)?;
        Ok(Item::Property(property, negated))
    }
}

/// Under `/i`, the several characters that members of a class fold to.
fn folded_sequences(class: &Class) -> Vec<Vec<u32>> {
    let ranges = class.items.iter().filter_map(|item| match item {
        // perl leaves those of ranges out.
        Item::Range(lo, hi) if lo == hi && *hi >= 0xDF => Some((*lo, *hi)),
        _ => None,
    });
    let strict = class.fold == Some(super::Charset::AsciiStrict);
    let mut out: Vec<Vec<u32>> = Vec::new();
    for (lo, hi) in ranges {
        for (c, sequence) in unicode::folds::MULTI {
            let keep = !strict || sequence.iter().all(|c| *c > 0x7F);
            if keep && (lo..=hi).contains(c) && !out.iter().any(|s| s == sequence) {
                out.push(sequence.to_vec());
            }
        }
    }
    out.sort_by_key(|s| std::cmp::Reverse(s.len()));
    out
}

/// The set a POSIX class names.
fn posix_name(name: &str) -> Option<Named> {
    Some(match name {
        "alpha" => Named::Alpha,
        "alnum" => Named::Alnum,
        "ascii" => Named::Ascii,
        "blank" => Named::Blank,
        "cntrl" => Named::Cntrl,
        "digit" => Named::Digit,
        "graph" => Named::Graph,
        "lower" => Named::Lower,
        "print" => Named::Print,
        "punct" => Named::Punct,
        "space" => Named::Space,
        "upper" => Named::Upper,
        "word" => Named::Word,
        "xdigit" => Named::XDigit,
        _ => return None,
    })
}
