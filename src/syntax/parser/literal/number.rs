//! Numeric literals and version strings.

use crate::syntax::ast::{ExprId, ExprKind, Text};
use crate::syntax::grammar::{self, Rule};
use crate::syntax::parser::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// A number or version string at the current position.
    pub(in crate::syntax::parser) fn number(&mut self) -> P<ExprId> {
        let start = self.pos;
        // The everyday case: a short run of digits.
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let next = self.byte(digits);
        if (1..=17).contains(&digits)
            && !(self.byte(0) == b'0' && digits > 1)
            && !(next == b'.' || next == b'_' || next.is_ascii_alphabetic())
        {
            let value = self.rest()[..digits].parse().unwrap_or(0);
            self.take(digits);
            let node = self.node(ExprKind::Int(value), start);
            return self.number_constant(node, start);
        }
        let Some((rule, from, to, len)) = grammar::first_inner(Rule::number, self.rest()) else {
            return Err(self.syntax_error());
        };
        let text = &self.text[start + from..start + to];
        self.take(len);
        if text.contains('_') {
            self.warn_underscore(text, start);
        }
        let kind = match rule {
            Rule::hexnum if text.len() == 2 => {
                self.note_near_number("hexadecimal", start);
                ExprKind::Int(0)
            }
            Rule::hexnum => self.radix(&text[2..], 4)?,
            Rule::binnum => {
                if self.byte(0).is_ascii_digit() {
                    return Err(self.bad_digit("binary", self.byte(0)));
                }
                self.radix(&text[2..], 1)?
            }
            Rule::octnum => {
                let digits = text[1..].trim_start_matches(['o', 'O']);
                if let Some(bad) = digits.bytes().find(|b| matches!(b, b'8' | b'9')) {
                    return Err(self.bad_digit("octal", bad));
                }
                self.radix(digits, 3)?
            }
            Rule::vstring | Rule::dotted => self.version_string(text),
            _ => decimal(text),
        };
        let node = self.node(kind, start);
        let node = self.number_constant(node, start)?;
        self.postfix(node, false)
    }

    /// `0x` without digits.
    fn note_near_number(&mut self, kind: &str, start: usize) {
        self.recent = [start, start];
        self.pos += self.blanks_behind(self.pos).trim_end_matches('\n').len();
        self.note_behind(&format!("No digits found for {kind} literal"));
    }

    fn bad_digit(&mut self, kind: &str, digit: u8) -> crate::syntax::parser::driver::Stop {
        let (file, line) = (
            self.sh.source.file(self.origin(self.pos) as u32),
            self.line_at(self.pos),
        );
        let digit = char::from(digit);
        self.note(format!(
            "Illegal {kind} digit '{digit}' at {file} line {line}, at end of line\n"
        ));
        crate::syntax::parser::driver::Stop::Failed
    }

    /// `v1.22.333`: a character per number.
    fn version_string(&mut self, text: &str) -> ExprKind {
        let digits = text.trim_start_matches('v').replace('_', "");
        let codes = digits
            .split('.')
            .map(|d| d.parse::<u32>().unwrap_or(u32::MAX));
        let chars: Vec<char> = codes
            .map(|c| char::from_u32(c).unwrap_or('\u{fffd}'))
            .collect();
        let value = if chars.iter().all(|&c| (c as u32) < 256) {
            let bytes: Vec<u8> = chars.iter().map(|&c| c as u32 as u8).collect();
            self.sh.ast.add_bytes(&bytes)
        } else {
            let string: String = chars.iter().collect();
            self.sh.ast.add_text(Text {
                bytes: string.into_bytes().into(),
                utf8: true,
            })
        };
        let text = self.sh.ast.add_bytes(text.as_bytes());
        ExprKind::VString { value, text }
    }

    /// Digits of `bits` bits each, maybe with a fraction and binary exponent.
    fn radix(&mut self, text: &str, bits: u32) -> P<ExprKind> {
        let (mantissa, exponent) = match text.find(['p', 'P']) {
            Some(at) => (
                &text[..at],
                text[at + 1..].replace('_', "").parse::<i32>().unwrap_or(0),
            ),
            None => (text, 0),
        };
        let float = text.contains(['.', 'p', 'P']);
        let mut whole: u64 = 0;
        let mut value = 0f64;
        let mut scale = 0i32;
        let mut overflow = false;
        let mut fraction = false;
        for c in mantissa.chars().filter(|&c| c != '_') {
            if c == '.' {
                fraction = true;
                continue;
            }
            let digit = c.to_digit(16).unwrap_or(0);
            overflow |= whole.leading_zeros() < bits;
            whole = (whole << bits) | u64::from(digit);
            value = value * f64::from(1u32 << bits) + f64::from(digit);
            if fraction {
                scale -= bits as i32;
            }
        }
        if !float {
            self.warn_radix(bits, overflow, value, self.pos);
        }
        if float {
            return Ok(ExprKind::Num(
                value * 2f64.powi(scale.saturating_add(exponent)),
            ));
        }
        if overflow {
            return Ok(ExprKind::Num(value));
        }
        Ok(integer(whole))
    }
}

fn integer(value: u64) -> ExprKind {
    match i64::try_from(value) {
        Ok(small) => ExprKind::Int(small),
        Err(_) => ExprKind::UInt(value),
    }
}

/// A decimal literal.
fn decimal(text: &str) -> ExprKind {
    let clean = if text.contains('_') {
        text.replace('_', "")
    } else {
        text.to_owned()
    };
    if !clean.contains(['.', 'e', 'E']) {
        if let Ok(value) = clean.parse::<u64>() {
            return integer(value);
        }
    }
    ExprKind::Num(clean.parse().unwrap_or(f64::INFINITY))
}
