//! Terms: what an expression begins with.

use super::super::ast::{ExprId, ExprKind, Sigil, UnOp};
use super::super::precedence::power;
use super::driver::{P, Parser};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// A term with its subscripts.
    pub(super) fn term(&mut self) -> P<ExprId> {
        match self.peek() {
            b'$' => self.scalar_term(),
            b'@' => {
                let term = self.container_term(Sigil::Array)?;
                self.slice_tail(term)
            }
            b'%' => self.container_term(Sigil::Hash),
            b'&' if self.byte(1) != b'&' => self.amp_term(false),
            b'*' => self.glob_term(),
            b'"' | b'\'' | b'`' => {
                let string = self.plain_quote()?;
                self.postfix(string, false)
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() => self.number(),
            b'(' => self.paren_term(),
            b'[' => self.anon_array(),
            b'{' => self.anon_hash(),
            b'\\' => self.reference(),
            b'-' => self.minus(),
            b'+' => self.plus(),
            b'!' if self.byte(1) != b'=' && self.byte(1) != b'~' => self.prefix(UnOp::Not, 1),
            b'~' => self.complement(),
            b'<' => self.angle_or_heredoc(),
            b'/' => self.bare_match(),
            b'v' if self.byte(1).is_ascii_digit() && self.vstring_follows() => self.number(),
            b':' if self.byte(1) == b':' => self.word_term(),
            b'_' => self.word_term(),
            b if b.is_ascii_alphabetic() => self.word_term(),
            b if b >= 0x80 && self.ident_len() > 0 => self.word_term(),
            1..=31 | 127.. => Err(self.unrecognized()),
            _ => Err(self.syntax_error()),
        }
    }

    /// Whether a word such as `v5` is a version string here.
    fn vstring_follows(&mut self) -> bool {
        let digits = self.rest()[1..]
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b'_')
            .count();
        let at = self.pos + 1 + digits;
        match self.byte_at(at) {
            b'.' if self.byte_at(at + 1).is_ascii_digit() => true,
            b':' if self.byte_at(at + 1) == b':' => false,
            _ => !self.word_byte(at) && self.byte_at(at) != b'(' && !self.fat_comma_after(at),
        }
    }

    /// `@x[..]` may be followed by nothing but operators; `@{..}->` may.
    fn slice_tail(&mut self, term: ExprId) -> P<ExprId> {
        if self.byte(0) == b'-' && self.byte(1) == b'>' {
            self.postfix(term, false)
        } else {
            Ok(term)
        }
    }

    /// `( .. )`, a list slice, or `()`.
    fn paren_term(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        let items = self.paren_items()?;
        let list = self.list(&items);
        let term = self.node(ExprKind::List(list), start);
        self.list_tail(term, start)
    }

    /// What may follow a parenthesised list: a slice, then subscripts.
    pub(super) fn list_tail(&mut self, term: ExprId, start: usize) -> P<ExprId> {
        let after = self.pos;
        self.skip();
        if self.byte(0) != b'[' {
            self.pos = after;
            return self.postfix(term, false);
        }
        let ExprKind::List(list) = *self.sh.ast.kind(term) else {
            return Ok(term);
        };
        let keys = self.slice_keys()?;
        let slice = self.node(ExprKind::ListSlice { list, keys }, start);
        self.postfix(slice, true)
    }

    /// `[ .. ]`
    fn anon_array(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.open();
        let items = self.deeper(|p| {
            p.as_code(|p| {
                let items = p.items()?;
                p.expect_close("]")?;
                Ok(items)
            })
        })?;
        let list = self.list(&items);
        let term = self.node(ExprKind::AnonArray(list), start);
        self.postfix(term, false)
    }

    /// `{ .. }` as a term.
    pub(super) fn anon_hash(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.open();
        let items = self.deeper(|p| {
            p.as_code(|p| {
                let items = p.items()?;
                p.expect_close("}")?;
                Ok(items)
            })
        })?;
        let list = self.list(&items);
        let term = self.node(ExprKind::AnonHash(list), start);
        self.postfix(term, false)
    }

    /// `\ ..`
    fn reference(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        let operand = if self.peek() == b'&' && self.byte(1) != b'&' {
            self.deeper(|p| p.amp_term(true))?
        } else {
            self.binding(power::UNARY)?
        };
        Ok(self.node(ExprKind::Ref(operand), start))
    }

    /// A prefix operator of `len` bytes.
    fn prefix(&mut self, op: UnOp, len: usize) -> P<ExprId> {
        let start = self.pos;
        self.take(len);
        let operand = self.binding(power::UNARY)?;
        let expr = self.scalar_operand(operand);
        Ok(self.node(ExprKind::Unary { op, expr }, start))
    }

    fn step(&mut self, op: UnOp) -> P<ExprId> {
        let start = self.pos;
        self.take(2);
        let operand = self.binding(power::INC + 1)?;
        let expr = self.scalar_operand(operand);
        Ok(self.node(ExprKind::Unary { op, expr }, start))
    }

    /// `~`, `~.`, `~~`
    fn complement(&mut self) -> P<ExprId> {
        if self.feature(feature::BITWISE) {
            if self.byte(1) == b'.' && !self.byte(2).is_ascii_digit() {
                return self.prefix(UnOp::StrBitNot, 2);
            }
            return self.prefix(UnOp::NumBitNot, 1);
        }
        self.prefix(UnOp::BitNot, 1)
    }

    fn plus(&mut self) -> P<ExprId> {
        if self.byte(1) == b'+' {
            return self.step(UnOp::PreInc);
        }
        let start = self.pos;
        self.take(1);
        // Unary plus only separates; parentheses behind it keep their meaning.
        let operand = self.binding(power::UNARY)?;
        match self.sh.ast.kind(operand) {
            ExprKind::List(_) => Ok(operand),
            _ => Ok(self.node(
                ExprKind::Unary {
                    op: UnOp::Plus,
                    expr: operand,
                },
                start,
            )),
        }
    }

    /// `-`: a step, a file test, a negated word, or a negation.
    fn minus(&mut self) -> P<ExprId> {
        if self.byte(1) == b'-' {
            return self.step(UnOp::PreDec);
        }
        if self.byte(1) == b'>' {
            return Err(self.syntax_error());
        }
        let start = self.pos;
        if self.byte(1).is_ascii_alphabetic() || self.byte(1) == b'_' || self.byte(1) >= 0x80 {
            if !self.word_byte(self.pos + 2) {
                if let Some(test) = self.file_test()? {
                    return Ok(test);
                }
            }
            if let Some(word) = self.negated_word(start)? {
                return Ok(word);
            }
        }
        self.take(1);
        let operand = self.binding(power::POWER)?;
        let expr = self.scalar_operand(operand);
        Ok(self.node(
            ExprKind::Unary {
                op: UnOp::Neg,
                expr,
            },
            start,
        ))
    }

    /// `-word`: the string "-word" where `word` calls nothing.
    fn negated_word(&mut self, start: usize) -> P<Option<ExprId>> {
        let len = self.word_len_at(start + 1);
        let word = &self.text[start + 1..start + 1 + len];
        let fat = self.fat_comma_after(start + 1 + len);
        if !fat && (super::word::is_keyword(word) || self.known_sub(word).is_some()) {
            return Ok(None);
        }
        if !fat {
            let next = self.byte_at(start + 1 + len);
            if next == b'(' || word.ends_with("::") {
                return Ok(None);
            }
            let at = self.pos;
            self.pos = start + 1 + len;
            self.skip();
            let arrow = self.looking_at("->") || self.byte(0) == b'(';
            self.pos = at;
            if arrow {
                return Ok(None);
            }
        }
        self.take(1 + len);
        Ok(Some(
            self.str_node(&self.text[start..start + 1 + len], start),
        ))
    }
}
