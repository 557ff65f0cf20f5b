//! Subs: named, lexical, anonymous, phase blocks; prototypes and signatures.

use super::super::ast::{
    Attr, Completes, DeclId, DeclKind, DefaultValue, ExprId, ExprKind, Param, Sigil, Signature,
    SignatureId, Slurpy, StmtKind, StrId, SubDef, SubId, SubKind, VarRef,
};
use super::super::feedback::Finished;
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// `sub NAME ..` as a statement (at `sub`); none: an anonymous sub in an expression.
    pub(super) fn sub_statement(&mut self, len: usize, start: usize) -> P<Option<StmtKind>> {
        self.take(len);
        self.skip();
        let tick = usize::from(self.byte(0) == b'\'');
        let name_len = match self.word_len_at(self.pos + tick) {
            0 => 0,
            len => len + tick,
        };
        if name_len == 0 {
            self.pos = start;
            return Ok(None);
        }
        let word = super::variable::normal(&self.text[self.pos..self.pos + name_len]);
        self.take(name_len);
        if Self::phase_kind(&word).is_some() && self.peek() == b'{' {
            return self.phase_statement(&word, start).map(Some);
        }
        let name = match self.declared_sub(&word) {
            Some(VarRef::Lexical(decl)) => return self.complete_sub(decl, start).map(Some),
            Some(VarRef::Our(_, name)) => name,
            _ => self.qualified_sub(&word),
        };
        let sub = self.new_sub(SubKind::Named, start);
        self.sh.ast[sub].name = Some(name);
        self.sub_rest(sub, start, true)?;
        self.finished(Finished::Sub(sub))?;
        Ok(Some(StmtKind::Sub(sub)))
    }

    /// What a scope has declared under the name of a sub.
    fn declared_sub(&mut self, word: &str) -> Option<VarRef> {
        let name = self.sh.ast.name(word);
        self.sh.scopes.lookup(Sigil::Code, name)?;
        Some(self.var_ref(Sigil::Code, word))
    }

    /// `sub f {..}` where `my sub f;` or `state sub f;` is in force gives that its body (perlsub "Lexical
    /// Subroutines").
    fn complete_sub(&mut self, decl: DeclId, start: usize) -> P<StmtKind> {
        let sub = self.new_sub(SubKind::Lexical, start);
        self.sh.ast[sub].name = Some(self.sh.ast[decl].name);
        self.sh.ast[sub].decl = Some(decl);
        let here = self.sh.scopes.subs.last().map(|open| open.id);
        self.sh.ast[sub].completes = match self.sh.ast[decl].owner == here {
            true => Completes::Here,
            false => Completes::Within,
        };
        self.sub_rest(sub, start, true)?;
        self.lexical_prototype(sub, decl);
        self.finished(Finished::Sub(sub))?;
        Ok(StmtKind::Sub(sub))
    }

    fn lexical_prototype(&mut self, sub: SubId, decl: DeclId) {
        if let Some(proto) = self.sh.ast[sub].proto {
            let text = String::from_utf8_lossy(&self.sh.ast[proto].bytes).into_owned();
            self.sh.scopes.prototypes.insert(decl, text.into());
        }
    }

    /// A sub's qualified name (`sub ENV {}` goes to main like the variable).
    fn qualified_sub(&mut self, word: &str) -> super::super::ast::Name {
        self.qualified(word)
    }

    /// `my sub f ..` as a statement (at the word); none: an ordinary declaration.
    pub(super) fn lexical_sub_statement(
        &mut self,
        len: usize,
        start: usize,
    ) -> P<Option<StmtKind>> {
        let word = &self.text[start..start + len];
        self.pos = start + len;
        self.skip();
        if !self.at_word("sub") {
            self.pos = start;
            return Ok(None);
        }
        self.take(3);
        let sub = self.lexical_sub_def(word, start)?;
        Ok(Some(StmtKind::Sub(sub)))
    }

    /// `my sub f {..}` where a term stands: the statement's value is nothing.
    pub(super) fn lexical_sub_term(&mut self, word: &str, start: usize) -> P<ExprId> {
        let _ = self.lexical_sub_def(word, start)?;
        Ok(self.node(ExprKind::Nothing, start))
    }

    fn lexical_sub_def(&mut self, word: &str, start: usize) -> P<SubId> {
        self.skip();
        let len = self.ident_len();
        if len == 0 {
            return Err(self.syntax_error());
        }
        let name = &self.text[self.pos..self.pos + len];
        let at = self.pos;
        self.take(len);
        let id = self.sh.ast.name(name);
        let kind = self.decl_kind(word, name);
        let sub = self.new_sub(SubKind::Lexical, start);
        if let DeclKind::Our(global) = kind {
            self.sh.ast[sub].name = Some(global);
        } else {
            self.sh.ast[sub].name = Some(id);
        }
        let decl = self.add_decl(Sigil::Code, id, kind, at);
        self.sh.ast[sub].decl = Some(decl);
        // Its own body does not see it: there the name means what it meant before.
        self.sub_rest(sub, start, true)?;
        self.sh.scopes.declare_now(Sigil::Code, id, decl);
        self.lexical_prototype(sub, decl);
        self.finished(Finished::Sub(sub))?;
        Ok(sub)
    }

    /// `BEGIN {..}` and kin, at the brace.
    pub(super) fn phase_statement(&mut self, word: &str, start: usize) -> P<StmtKind> {
        let Some(kind) = Self::phase_kind(word) else {
            // `AUTOLOAD {..}` and `DESTROY {..}` are subs without the word.
            let name = self.qualified_sub(word);
            let sub = self.new_sub(SubKind::Named, start);
            self.sh.ast[sub].name = Some(name);
            self.sub_rest(sub, start, true)?;
            self.finished(Finished::Sub(sub))?;
            return Ok(StmtKind::Sub(sub));
        };
        let sub = self.new_sub(kind, start);
        let name = self.qualified_sub(word);
        self.sh.ast[sub].name = Some(name);
        if let Err(stop) = self.sub_rest(sub, start, false) {
            let closed = self.text[self.pos.min(self.end)..self.end].contains('}');
            if word == "BEGIN" && closed && !self.sh.errors.gave_up {
                self.complain("BEGIN not safe after errors--compilation aborted", self.pos);
            }
            return Err(stop);
        }
        self.finished(Finished::Phase(sub))?;
        Ok(StmtKind::Phase(sub))
    }

    /// `sub ..` in an expression; the word has been consumed.
    pub(super) fn anon_sub(&mut self, start: usize) -> P<ExprId> {
        self.skip();
        let sub = self.new_sub(SubKind::Anon, start);
        self.sub_rest(sub, start, true)?;
        if self.sh.ast[sub].body.is_none() {
            return Err(self.syntax_error());
        }
        let term = self.node(ExprKind::AnonSub(sub), start);
        self.postfix(term, false)
    }

    /// A block passed for `&`, at the brace.
    pub(super) fn block_as_sub(&mut self, start: usize) -> P<ExprId> {
        let sub = self.new_sub(SubKind::Anon, start);
        self.sub_rest(sub, start, true)?;
        Ok(self.node(ExprKind::AnonSub(sub), start))
    }

    /// Reserves a sub's id.
    pub(super) fn new_sub(&mut self, kind: SubKind, start: usize) -> SubId {
        let line = self.line_at(start);
        self.sh.ast.add_sub(SubDef {
            kind,
            name: None,
            decl: None,
            completes: Completes::No,
            proto: None,
            signature: None,
            attrs: Box::default(),
            body: None,
            package: self.sh.package_name,
            captures: Vec::new(),
            has_eval: false,
            uses_args: false,
            span: Default::default(),
            line,
            hints: self.sh.hints.id,
        })
    }

    /// Prototype, attributes, signature and body.
    fn sub_rest(&mut self, sub: SubId, start: usize, has_args: bool) -> P<()> {
        self.enter_scope();
        self.sh.scopes.open_sub(sub, has_args);
        let result = self.deeper(|p| p.as_code(|p| p.sub_parts(sub)));
        let open = self.sh.scopes.subs.pop();
        result?;
        self.line_forgotten();
        let span = self.span_from(start);
        let def = &mut self.sh.ast[sub];
        def.span = span;
        if let Some(open) = open {
            def.captures = open.captures;
            def.has_eval = open.has_eval;
            def.uses_args = open.uses_args;
        }
        self.leave_scope();
        Ok(())
    }

    fn sub_parts(&mut self, sub: SubId) -> P<()> {
        let mut attrs = Vec::new();
        let signatures = self.feature(feature::SIGNATURES);
        if self.peek() == b'(' && !signatures {
            let proto = self.prototype()?;
            self.sh.ast[sub].proto = Some(proto);
            self.warn_prototype(sub, proto, false);
        }
        if self.peek() == b':' {
            attrs = self.sub_attributes(sub)?;
        }
        if self.peek() == b'(' {
            let signature = self.signature()?;
            self.sh.ast[sub].signature = Some(signature);
        }
        if self.peek() == b':' {
            attrs.extend(self.sub_attributes(sub)?);
        }
        self.sh.ast[sub].attrs = attrs.into();
        if self.peek() == b'{' {
            let body = self.bare_block()?;
            self.sh.ast[sub].body = Some(body);
            return Ok(());
        }
        if self.sh.ast[sub].kind == SubKind::Anon {
            return Err(self.fail("Illegal declaration of anonymous subroutine"));
        }
        match self.peek() {
            b';' | b'}' => self.end_statement(),
            0 if self.pos >= self.end => Ok(()),
            _ => Err(self.syntax_error()),
        }
    }

    /// Attributes; `:prototype(..)` is taken out of them.
    fn sub_attributes(&mut self, sub: SubId) -> P<Vec<Attr>> {
        let attrs = self.attributes()?;
        let before = self.sh.ast[sub].proto;
        let (mut rest, mut last) = (Vec::new(), None);
        for attr in attrs {
            let arg = match &self.sh.ast[attr.name] {
                "prototype" => attr.arg,
                _ => {
                    rest.push(attr);
                    continue;
                }
            };
            let Some(arg) = arg else { continue };
            let mut text = self.sh.ast[arg].bytes.to_vec();
            text.retain(|b| !b.is_ascii_whitespace());
            let proto = self.sh.ast.add_bytes(&text);
            if last.is_some() {
                let shown = String::from_utf8_lossy(&text);
                let text = format!(
                    "Attribute prototype({shown}) discards earlier prototype attribute in same sub"
                );
                self.warn("misc", &text, self.pos);
            }
            self.warn_prototype(sub, proto, true);
            last = Some(proto);
        }
        if let Some(proto) = last {
            self.warn_overridden(sub, before, proto);
            self.sh.ast[sub].proto = Some(proto);
        }
        Ok(rest)
    }

    /// `( .. )` as prototype text, blanks removed.
    fn prototype(&mut self) -> P<StrId> {
        let Some((_, from, to, len)) = grammar::first_inner(Rule::proto, self.rest()) else {
            return Err(self.unterminated("Prototype not terminated", self.pos));
        };
        let text: String = self.text[self.pos + from..self.pos + to]
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        self.take(len);
        Ok(self.source_str(&text))
    }

    /// `( .. )` as signature; its variables are visible from the next parameter on.
    fn signature(&mut self) -> P<SignatureId> {
        self.expect("(")?;
        let mut params = Vec::new();
        let mut slurpy = None;
        loop {
            match self.peek() {
                b')' => {
                    self.take(1);
                    break;
                }
                b',' if !params.is_empty() => {
                    self.take(1);
                    continue;
                }
                b'$' if slurpy.is_none() => params.push(self.parameter()?),
                b'@' | b'%' if slurpy.is_none() => slurpy = Some(self.slurpy()?),
                b'$' | b'@' | b'%' => return Err(self.fail("Slurpy parameter not last")),
                _ => {
                    return Err(self.fail("A signature parameter must start with '$', '@' or '%'"));
                }
            }
            self.sh.scopes.introduce();
            if !matches!(self.peek(), b',' | b')') {
                return Err(self.syntax_error());
            }
            if self.byte(0) == b',' && slurpy.is_some() {
                self.take(1);
            }
        }
        let mandatory_after = params
            .iter()
            .skip_while(|p: &&Param| matches!(p.default, DefaultValue::Required))
            .any(|p| matches!(p.default, DefaultValue::Required));
        if mandatory_after {
            return Err(self.fail("Mandatory parameter follows optional parameter"));
        }
        Ok(self.sh.ast.add_signature(Signature {
            params: params.into(),
            slurpy,
        }))
    }

    fn parameter_name(&mut self, sigil: Sigil) -> Option<super::super::ast::DeclId> {
        let at = self.pos;
        self.take(1);
        self.skip();
        let len = self.ident_len();
        if len == 0 {
            return None;
        }
        let name = &self.text[self.pos..self.pos + len];
        self.pos += len;
        Some(self.declare("my", sigil, name, at))
    }

    fn parameter(&mut self) -> P<Param> {
        let decl = self.parameter_name(Sigil::Scalar);
        let operator = match self.peek() {
            b'=' => 1,
            b'/' | b'|' if self.byte(2) == b'=' => 3,
            _ => {
                return Ok(Param {
                    decl,
                    default: DefaultValue::Required,
                });
            }
        };
        let kind = self.byte(0);
        self.take(operator);
        if matches!(self.peek(), b',' | b')') {
            return Ok(Param {
                decl,
                default: DefaultValue::Optional,
            });
        }
        let value = self.assignment()?;
        let default = match kind {
            b'/' => DefaultValue::Undefined(value),
            b'|' => DefaultValue::False(value),
            _ => DefaultValue::Missing(value),
        };
        Ok(Param { decl, default })
    }

    fn slurpy(&mut self) -> P<Slurpy> {
        let sigil = if self.byte(0) == b'@' {
            Sigil::Array
        } else {
            Sigil::Hash
        };
        let decl = self.parameter_name(sigil);
        if self.peek() == b'=' {
            return Err(self.fail("A slurpy parameter may not have a default value"));
        }
        Ok(Slurpy { sigil, decl })
    }
}
