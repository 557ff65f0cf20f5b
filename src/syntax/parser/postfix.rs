//! What may follow a term directly: subscripts, `->`, `++` and `--`.

use super::super::ast::{CallForm, Callee, ExprId, ExprKind, ExprList, Method, Sigil, SliceKind};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser, Quoted};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// Applies subscripts and arrows to `left`. `subscripted`: `left` ends in a subscript, so that
    /// the arrow between subscripts may be left out (a call by a code reference counts, other calls do not).
    pub(super) fn postfix(&mut self, mut left: ExprId, mut subscripted: bool) -> P<ExprId> {
        let start = self.sh.ast.span(left).start as usize;
        loop {
            let after = self.pos;
            if self.quoted == Quoted::Code {
                self.skip();
            }
            let next = match self.byte(0) {
                b'[' | b'{' if subscripted && self.subscript_follows() => {
                    self.subscript(left, start)?
                }
                b'(' if subscripted && self.quoted == Quoted::Code => {
                    self.take(1);
                    let args = self.paren_items()?;
                    let args = self.list(&args);
                    let callee = Callee::Expr(left);
                    self.sub_node(
                        ExprKind::Call {
                            callee,
                            args,
                            form: CallForm::Plain,
                        },
                        start,
                    )
                }
                b'-' if self.byte(1) == b'>' => match self.arrow(left, start)? {
                    Some((expr, again)) => {
                        subscripted = again;
                        left = expr;
                        continue;
                    }
                    None => {
                        self.pos = after;
                        return Ok(left);
                    }
                },
                _ => {
                    self.pos = after;
                    return Ok(left);
                }
            };
            left = next;
            subscripted = true;
        }
    }

    /// A node whose start is an offset of the source (not of a rewritten text).
    fn sub_node(&mut self, kind: ExprKind, start: usize) -> ExprId {
        let end = self.origin(self.pos);
        self.sh
            .ast
            .expr(kind, crate::source::Span::new(start, end.max(start)))
    }

    /// `left[..]` / `left{..}` where `left` gives a reference.
    fn subscript(&mut self, left: ExprId, start: usize) -> P<ExprId> {
        if self.byte(0) == b'[' {
            let array = self.sub_node(
                ExprKind::Deref {
                    sigil: Sigil::Array,
                    expr: left,
                },
                start,
            );
            let index = self.index()?;
            Ok(self.sub_node(ExprKind::Index { array, index }, start))
        } else {
            let hash = self.sub_node(
                ExprKind::Deref {
                    sigil: Sigil::Hash,
                    expr: left,
                },
                start,
            );
            let key = self.key()?;
            Ok(self.sub_node(ExprKind::Key { hash, key }, start))
        }
    }

    /// `left->..`; `None` where a string's text goes on instead.
    fn arrow(&mut self, left: ExprId, start: usize) -> P<Option<(ExprId, bool)>> {
        if self.quoted != Quoted::Code {
            return self.quoted_arrow(left, start);
        }
        self.take(2);
        self.skip();
        match self.byte(0) {
            b'[' | b'{' => Ok(Some((self.subscript(left, start)?, true))),
            b'(' => {
                self.take(1);
                let args = self.paren_items()?;
                let args = self.list(&args);
                let kind = ExprKind::Call {
                    callee: Callee::Expr(left),
                    args,
                    form: CallForm::Plain,
                };
                Ok(Some((self.sub_node(kind, start), true)))
            }
            b'@' | b'%' | b'*' | b'&' => self.postfix_deref(left, start).map(Some),
            b'$' if matches!(self.byte(1), b'*' | b'#') => {
                self.postfix_deref(left, start).map(Some)
            }
            _ => Ok(Some((self.method(left, start)?, false))),
        }
    }

    /// In strings only subscripts (and postfix dereferences, where the feature is on) count.
    fn quoted_arrow(&mut self, left: ExprId, start: usize) -> P<Option<(ExprId, bool)>> {
        let qq = self.feature(feature::POSTDEREF_QQ);
        match (self.byte(2), self.byte(3)) {
            (b'[', _) => {
                if self.quoted == Quoted::Pattern && self.byte(3) == b']' {
                    return Ok(None);
                }
                self.take(2);
                Ok(Some((self.subscript(left, start)?, true)))
            }
            (b'{', _) => {
                self.take(2);
                Ok(Some((self.subscript(left, start)?, true)))
            }
            (b'$', b'*') | (b'@', b'*' | b'[' | b'{') if qq => {
                self.take(2);
                self.postfix_deref(left, start).map(Some)
            }
            (b'$', b'#') if qq && self.byte(4) == b'*' => {
                self.take(2);
                self.postfix_deref(left, start).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `->@*` and its kin, at the sigil.
    fn postfix_deref(&mut self, left: ExprId, start: usize) -> P<(ExprId, bool)> {
        let sigil = match self.byte(0) {
            b'@' => Sigil::Array,
            b'%' => Sigil::Hash,
            b'*' => Sigil::Glob,
            b'&' => Sigil::Code,
            _ => Sigil::Scalar,
        };
        if sigil == Sigil::Scalar && self.byte(1) == b'#' {
            if self.byte(2) != b'*' {
                return Err(self.syntax_error());
            }
            self.take(3);
            let array = self.sub_node(
                ExprKind::Deref {
                    sigil: Sigil::Array,
                    expr: left,
                },
                start,
            );
            return Ok((self.sub_node(ExprKind::ArrayLen(array), start), false));
        }
        match self.byte(1) {
            b'*' => {
                self.take(2);
                if sigil == Sigil::Code {
                    return self.postfix_call(left, start);
                }
                let expr = self.sub_node(ExprKind::Deref { sigil, expr: left }, start);
                Ok((expr, false))
            }
            b'[' | b'{' if matches!(sigil, Sigil::Array | Sigil::Hash) => {
                self.take(1);
                let array = self.byte(0) == b'[';
                let (kind, inner) = match (sigil, array) {
                    (Sigil::Array, true) => (SliceKind::Array, Sigil::Array),
                    (Sigil::Array, false) => (SliceKind::Hash, Sigil::Hash),
                    (_, true) => (SliceKind::KeyArray, Sigil::Array),
                    _ => (SliceKind::KeyHash, Sigil::Hash),
                };
                let from = self.sub_node(
                    ExprKind::Deref {
                        sigil: inner,
                        expr: left,
                    },
                    start,
                );
                let keys = self.slice_keys()?;
                Ok((
                    self.sub_node(ExprKind::Slice { kind, from, keys }, start),
                    false,
                ))
            }
            b'{' if sigil == Sigil::Glob => {
                self.take(1);
                let hash = self.sub_node(ExprKind::Deref { sigil, expr: left }, start);
                let key = self.key()?;
                Ok((self.sub_node(ExprKind::Key { hash, key }, start), true))
            }
            _ if sigil == Sigil::Code => {
                // `$object->&sub(..)`
                let sub = self.amp_term(true)?;
                Ok((sub, true))
            }
            _ => Err(self.syntax_error()),
        }
    }

    /// `$code->&*`: a call sharing `@_` (with arguments, where a list follows).
    fn postfix_call(&mut self, left: ExprId, start: usize) -> P<(ExprId, bool)> {
        self.uses_args();
        let callee = Callee::Expr(left);
        let args = ExprList::default();
        let kind = ExprKind::Call {
            callee,
            args,
            form: CallForm::AmpShare,
        };
        Ok((self.sub_node(kind, start), true))
    }

    /// `left->name(..)`, `left->$name(..)`, `left->SUPER::name`.
    fn method(&mut self, left: ExprId, start: usize) -> P<ExprId> {
        let method = if self.byte(0) == b'$' {
            let at = self.pos;
            self.take(1);
            let base = self.base(Sigil::Scalar)?;
            let name = self.container(Sigil::Scalar, base, at);
            Method::Dynamic(name)
        } else {
            let len = self.word_len_at(self.pos);
            if len == 0 {
                return Err(self.syntax_error());
            }
            let name = super::variable::normal(&self.text[self.pos..self.pos + len]);
            self.take(len);
            self.method_named(&name)
        };
        let args = if self.peek_paren() {
            self.take(1);
            self.paren_items()?
        } else {
            Vec::new()
        };
        let args = self.list(&args);
        let invocant = self.invocant(left);
        Ok(self.sub_node(
            ExprKind::Method {
                invocant,
                method,
                args,
            },
            start,
        ))
    }

    /// The method called `name`.
    pub(super) fn method_named(&mut self, name: &str) -> Method {
        if let Some(base) = name.strip_prefix("SUPER::") {
            let (name, from) = (self.sh.ast.name(base), self.sh.package_name);
            return Method::Super { name, from };
        }
        if let Some((package, base)) = name.rsplit_once("::SUPER::") {
            let (name, from) = (self.sh.ast.name(base), self.sh.ast.name(package));
            return Method::Super { name, from };
        }
        Method::Named(self.sh.ast.name(name))
    }

    /// A bareword before `->` is a class.
    fn invocant(&mut self, left: ExprId) -> ExprId {
        match *self.sh.ast.kind(left) {
            ExprKind::Bareword(name) => self.node_like(ExprKind::ClassName(name), left),
            _ => left,
        }
    }

    /// Whether the text right here is what `rule` matches.
    pub(super) fn matches(&self, rule: Rule) -> Option<usize> {
        grammar::measure(rule, self.rest())
    }
}
