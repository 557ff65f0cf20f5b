//! Literals: escapes, and under `/i` the characters that fold to several.

use super::super::ast::Literal;
use super::super::pattern::Charset;
use super::super::unicode::multi::multi_fold;
use super::super::unicode::{fold_variants, unicode_rules};
use super::{Caseless, Emit, Emitter};
use std::fmt::Write;

impl Emitter {
    pub(super) fn literal(&mut self, literal: &Literal) -> Emit {
        match literal.fold {
            None => self.exact(&literal.chars),
            Some(charset) => self.folded(&literal.chars, charset),
        }
    }

    fn exact(&mut self, chars: &[u32]) -> Emit {
        let limit = if self.out.utf { 0x10FFFF } else { 0xFF };
        if chars.iter().any(|c| *c > limit) {
            self.push("(?!)");
            return Ok(());
        }
        if chars.iter().any(|c| has_case(*c)) {
            self.case(Caseless::Off);
        }
        chars.iter().for_each(|c| self.char(*c));
        Ok(())
    }

    /// Writes one character as itself.
    pub(super) fn char(&mut self, c: u32) {
        write_char(&mut self.out.text, c);
    }

    fn folded(&mut self, chars: &[u32], charset: Charset) -> Emit {
        let unicode = unicode_rules(charset, self.out.utf);
        let strict = charset == Charset::AsciiStrict;
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            if unicode {
                if let Some(done) = self.multi(&chars[at..], charset, strict) {
                    at += done;
                    continue;
                }
            }
            self.fold_one(c, charset, unicode, strict);
            at += 1;
        }
        Ok(())
    }

    fn fold_one(&mut self, c: u32, charset: Charset, unicode: bool, strict: bool) {
        if self.out.utf {
            if c > 0x10FFFF {
                return self.push("(?!)");
            }
            if has_case(c) {
                self.case_for(Some(charset));
            }
            return self.char(c);
        }
        if c > 0xFF {
            let low: Vec<u32> = fold_variants(c, strict)
                .into_iter()
                .filter(|v| *v <= 0xFF)
                .collect();
            if low.is_empty() || !unicode {
                return self.push("(?!)");
            }
            self.case(Caseless::Off);
            return self.one_of(&low);
        }
        if c >= 0x80 && !unicode {
            // ASCII rules: the tables may know better.
            if self.out.latin1 {
                self.case(Caseless::Off);
            }
            return self.char(c);
        }
        if has_case(c) {
            self.case(Caseless::On);
        }
        self.char(c);
    }

    fn one_of(&mut self, chars: &[u32]) {
        if let [c] = chars {
            return self.char(*c);
        }
        self.push("[");
        chars.iter().for_each(|c| self.char(*c));
        self.push("]");
    }

    /// A character that folds to several, or several that are the folding of one; gives how many
    /// characters were written.
    fn multi(&mut self, chars: &[u32], charset: Charset, strict: bool) -> Option<usize> {
        let limit = if self.out.utf { 0x10FFFF } else { 0xFF };
        let multi = multi_fold(chars, strict, limit)?;
        self.case_for(Some(charset));
        let before = self.caseless;
        self.push("(?:");
        if multi.sequence.iter().all(|c| *c <= limit) {
            multi.sequence.iter().for_each(|c| self.char(*c));
            self.push("|");
        }
        self.one_of(&multi.singles);
        self.push(")");
        self.caseless = before;
        Some(multi.taken)
    }
}

/// Whether caseless matching could make a difference for `c`.
pub(super) fn has_case(c: u32) -> bool {
    match c {
        0..=0x7F => (c as u8).is_ascii_alphabetic(),
        _ => true,
    }
}

/// Writes a character so that it stands for itself, in and out of classes.
pub(super) fn write_char(text: &mut String, c: u32) {
    match c {
        0x30..=0x39
        | 0x41..=0x5A
        | 0x61..=0x7A
        | 0x5F
        | 0x20
        | 0x22
        | 0x25
        | 0x26
        | 0x27
        | 0x2C
        | 0x2F
        | 0x3A
        | 0x3B
        | 0x3C
        | 0x3D
        | 0x3E
        | 0x40
        | 0x7E
        | 0x60
        | 0x21 => {
            text.push(c as u8 as char);
        }
        0x21..=0x7E => {
            text.push('\\');
            text.push(c as u8 as char);
        }
        0..=0xFF => {
            let _ = write!(text, "\\x{c:02x}");
        }
        _ => {
            let _ = write!(text, "\\x{{{c:x}}}");
        }
    }
}
