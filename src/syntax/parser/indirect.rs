//! Indirect object syntax: `new Foo(..)`, `method $object ..`, `method {expr} ..` (perlobj).

use super::super::ast::{ExprId, ExprKind, Method, Sigil};
use super::super::feedback::SubShape;
use super::driver::{P, Parser};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// `word $object ..` or `word {..} ..`, where `word` is no sub; the position is at the `$`/`{`.
    pub(super) fn indirect_object(&mut self, word: &str, start: usize) -> P<Option<ExprId>> {
        let invocant = if self.byte(0) == b'{' {
            self.deeper(|p| p.block_or_expr())?
        } else {
            let Some(scalar) = self.simple_scalar()? else {
                return Ok(None);
            };
            scalar
        };
        self.indirect_call(word, invocant, start).map(Some)
    }

    /// `$name` where what follows makes it an indirect object.
    fn simple_scalar(&mut self) -> P<Option<ExprId>> {
        let at = self.pos;
        let len = self.word_len_at(at + 1);
        if len == 0 {
            return Ok(None);
        }
        let end = at + 1 + len;
        // after `[` an argument begins, strange as that is: `foo $x[0]` is `$x->foo([0])`
        if self.byte_at(end) == b'{' || self.byte_at(end) == b'-' && self.byte_at(end + 1) == b'>' {
            return Ok(None);
        }
        self.pos = end;
        let name = super::variable::normal(&self.text[at + 1..end]);
        Ok(Some(self.variable(Sigil::Scalar, &name, at)))
    }

    /// `word Class ..`: a method call unless the second word is a sub, a keyword, or a string.
    pub(super) fn indirect_word(
        &mut self,
        word: &str,
        shape: Option<&SubShape>,
        start: usize,
    ) -> P<Option<ExprId>> {
        if !self.feature(feature::INDIRECT) || self.byte(0) == b'$' {
            return Ok(None);
        }
        let at = self.pos;
        let len = self.word_len_at(at);
        let class = super::variable::normal(&self.text[at..at + len]);
        if len == 0 || super::word::is_keyword(&class) {
            return Ok(None);
        }
        let handle = self.qualified(word);
        if self.sh.feedback.is_filehandle(&self.sh.ast[handle]) {
            return Ok(None);
        }
        let bare = class.strip_suffix("::");
        if bare.is_none() {
            if self.fat_comma_after(at + len) || self.known_sub(&class).is_some() {
                return Ok(None);
            }
            if shape.is_some() && !self.is_package(&class) {
                return Ok(None);
            }
        }
        self.take(len);
        let name = self.sh.ast.name(bare.unwrap_or(&class));
        let invocant = self.node(ExprKind::ClassName(name), at);
        self.indirect_call(word, invocant, start).map(Some)
    }

    fn indirect_call(&mut self, word: &str, invocant: ExprId, start: usize) -> P<ExprId> {
        let paren = self.peek_paren();
        let args = if paren {
            self.take(1);
            self.paren_items()?
        } else {
            self.list_args()?
        };
        let args = self.list(&args);
        let method = match self.method_named(word) {
            Method::Named(_) => Method::Named(self.sh.ast.name(word)),
            other => other,
        };
        let call = self.node(
            ExprKind::Method {
                invocant,
                method,
                args,
            },
            start,
        );
        if paren {
            self.postfix(call, false)
        } else {
            Ok(call)
        }
    }
}
