//! `tr///`: its lists with escapes decoded and ranges marked.

use super::super::ast::{ExprId, ExprKind, TRANS_RANGE, Text, Trans, TransFlags};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};
use super::interpolate::Literal;
use super::quote::Body;
use crate::text::tr::TrError;
use crate::text::utf8;

impl Parser<'_, '_, '_> {
    /// `tr` or `y`, at its first delimiter.
    pub(super) fn transliteration(&mut self, start: usize) -> P<ExprId> {
        let (from, to) = self.two_bodies(
            "Transliteration pattern not terminated",
            "Transliteration replacement not terminated",
        )?;
        let mut flags = TransFlags::default();
        while self.byte(0).is_ascii_alphabetic() {
            match self.byte(0) {
                b'c' => flags.complement = true,
                b'd' => flags.delete = true,
                b's' => flags.squeeze = true,
                b'r' => flags.copy = true,
                _ => break,
            }
            self.pos += 1;
        }
        let from = self.trans_list(from)?;
        let to = self.trans_list(to)?;
        let from = self.sh.ast.add_text(from);
        let to = self.sh.ast.add_text(to);
        let trans = self.sh.ast.add_trans(Trans { from, to, flags });
        Ok(self.node(
            ExprKind::Trans {
                target: None,
                trans,
                negate: false,
            },
            start,
        ))
    }

    /// A list's characters as UTF-8, with `TRANS_RANGE` between the ends of ranges.
    fn trans_list(&mut self, body: Body) -> P<Text> {
        let (text, _) = if self.has_escaped_delimiter(body) && body.open != '-' {
            self.unescaped(body)
        } else {
            (self.text[body.start..body.end].to_owned(), Vec::new())
        };
        let mut items: Vec<Option<Literal>> = Vec::new();
        if body.open == '\'' {
            self.trans_chars(&text, &mut items);
        } else if let Some(run) = grammar::parse(Rule::tr_run, &text) {
            for piece in run.into_inner() {
                match piece.as_rule() {
                    Rule::tr_range => items.push(None),
                    Rule::tr_text => self.trans_chars(piece.as_str(), &mut items),
                    _ => {
                        let Some(escape) = piece.into_inner().next() else {
                            continue;
                        };
                        let mut one = Literal::default();
                        if escape.as_rule() == Rule::e_other && escape.as_str() == "-" {
                            one.push_code(u64::from(b'-'), false);
                        } else {
                            self.character(&mut one, escape)?;
                        }
                        items.push(Some(one));
                    }
                }
            }
        }
        joined(items).map_err(|error| self.fail(&error.message()))
    }

    fn trans_chars(&mut self, text: &str, items: &mut Vec<Option<Literal>>) {
        let decoded = self.text_of(text);
        if decoded.utf8 {
            for c in text.chars() {
                let mut one = Literal::default();
                one.push_code(u64::from(c as u32), true);
                items.push(Some(one));
            }
            return;
        }
        for &b in &decoded.bytes {
            let mut one = Literal::default();
            one.push_code(u64::from(b), false);
            items.push(Some(one));
        }
    }
}

/// A `-` between two characters is a range; at either end it is itself.
fn joined(items: Vec<Option<Literal>>) -> Result<Text, TrError> {
    let mut bytes = Vec::new();
    let last = items.len().saturating_sub(1);
    let (mut in_range, mut ended, mut low) = (false, false, 0);
    for (i, item) in items.into_iter().enumerate() {
        match item {
            Some(mut c) => {
                c.upgrade();
                let (cp, _) = utf8::decode(&c.bytes);
                if in_range && cp < low {
                    return Err(TrError::InvalidRange(low, cp));
                }
                bytes.extend_from_slice(&c.bytes);
                (ended, in_range, low) = (in_range, false, cp);
            }
            None if i == 0 || i == last || in_range => {
                bytes.push(b'-');
                (ended, in_range, low) = (in_range, false, u64::from(b'-'));
            }
            None if ended => return Err(TrError::AmbiguousRange),
            None => {
                bytes.push(TRANS_RANGE);
                in_range = true;
            }
        }
    }
    Ok(Text {
        bytes: bytes.into(),
        utf8: true,
    })
}
