//! Variables: what a sigil is followed by, and what the name means.

use super::super::ast::{CallForm, Callee, DeclKind, ExprId, ExprKind, Sigil, SliceKind, VarRef};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser, Quoted};
use std::borrow::Cow;

/// What follows a sigil.
pub(super) enum Base<'t> {
    /// A name.
    Named(Cow<'t, str>),
    /// `${name}` in a string: no subscript may follow.
    Closed(Cow<'t, str>),
    /// An expression giving a reference (or a symbolic name).
    Ref(ExprId),
    /// `${name[0]}` in a string: the element itself.
    Elem(ExprId),
}

impl<'t> Parser<'t, '_, '_> {
    /// What stands behind a sigil, the position being behind it.
    pub(super) fn base(&mut self, sigil: Sigil) -> P<Base<'t>> {
        if self.quoted == Quoted::Code && self.byte(0).is_ascii_whitespace() {
            self.skip();
        }
        if self.quoted == Quoted::Text {
            self.pos += self.blanks_at(self.pos);
        }
        match self.byte(0) {
            b'$' if self.name_at(self.pos + 1)
                || sigil != Sigil::Scalar && self.byte(1) == b'$' =>
            {
                self.ref_operand().map(Base::Ref)
            }
            b'{' => self.braced_base(sigil),
            _ => self.named_base(sigil),
        }
    }

    /// How many blanks stand at `at` inside a string.
    pub(super) fn blanks_at(&self, at: usize) -> usize {
        let text = &self.text.as_bytes()[at.min(self.end)..self.end];
        text.iter().take_while(|b| b.is_ascii_whitespace()).count()
    }

    /// Whether `at` begins a name, `{` or another `$` (so that a `$` before it dereferences).
    pub(super) fn name_at(&self, at: usize) -> bool {
        match self.byte_at(at) {
            b'_' | b'{' => true,
            b'$' => self.byte_at(at + 1) == b'$' || self.name_at(at + 1),
            b':' => self.byte_at(at + 1) == b':' && self.byte_at(at + 2) != b'$',
            b if b.is_ascii_alphabetic() || b >= 0x80 => true,
            _ => false,
        }
    }

    /// `$name`, `$$name`, `${..}` as operand of a dereference; the position is at its `$`.
    fn ref_operand(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.pos += 1;
        match self.deeper(|p| p.base(Sigil::Scalar))? {
            Base::Named(name) | Base::Closed(name) => {
                Ok(self.variable(Sigil::Scalar, &name, start))
            }
            Base::Ref(expr) => Ok(self.node(
                ExprKind::Deref {
                    sigil: Sigil::Scalar,
                    expr,
                },
                start,
            )),
            Base::Elem(expr) => Ok(expr),
        }
    }

    fn braced_base(&mut self, sigil: Sigil) -> P<Base<'t>> {
        if let Some((rule, _, _, len)) = grammar::first_inner(Rule::var_name, self.rest()) {
            if matches!(rule, Rule::v_braced | Rule::v_caret_braced) {
                let inner = &self.text[self.pos + 1..self.pos + len - 1];
                let name = strip_blanks(inner);
                self.pos += len;
                return Ok(match self.quoted {
                    Quoted::Code => Base::Named(normal(name)),
                    _ => Base::Closed(normal(name)),
                });
            }
        }
        if self.quoted != Quoted::Code || sigil == Sigil::Scalar {
            if let Some(elem) = self.braced_element()? {
                return Ok(Base::Elem(elem));
            }
        }
        let expr = self.deeper(|p| p.as_code(|p| p.block_or_expr()))?;
        Ok(Base::Ref(expr))
    }

    /// `${name[1]}` and `${name{key}}`: the same as `$name[1]`; of other sigils inside strings only.
    fn braced_element(&mut self) -> P<Option<ExprId>> {
        let Some((_, from, to, _)) = grammar::first_inner(Rule::braced_elem, self.rest()) else {
            return Ok(None);
        };
        let start = self.pos;
        let name = normal(&self.text[start + from..start + to]);
        if super::word::is_keyword(&name) {
            return Ok(None);
        }
        self.pos = start + to;
        let elem = self.as_code(|p| {
            p.skip();
            let base = p.element_of(Base::Named(name), start)?;
            let elem = p.postfix(base, true)?;
            p.expect("}")?;
            Ok(elem)
        })?;
        Ok(Some(elem))
    }

    fn named_base(&mut self, sigil: Sigil) -> P<Base<'t>> {
        let b = self.byte(0);
        if b.is_ascii_alphabetic() || b == b'_' {
            let len = match self.ascii_word(self.pos) {
                Some(len) => len,
                None => grammar::measure(Rule::v_word, self.rest()).unwrap_or(1),
            };
            let name = normal(&self.text[self.pos..self.pos + len]);
            self.pos += len;
            return Ok(Base::Named(name));
        }
        let rule = if matches!(sigil, Sigil::Scalar | Sigil::Glob) {
            Rule::var_name
        } else {
            Rule::arr_name
        };
        match grammar::first_inner(rule, self.rest()) {
            Some((kind, from, to, len)) if kind != Rule::v_none => {
                let name = &self.text[self.pos + from..self.pos + to];
                let name = normal(name);
                self.pos += len;
                Ok(Base::Named(name))
            }
            _ => self
                .latin1_name()
                .map_or_else(|| Err(self.syntax_error()), Ok),
        }
    }

    /// Without `use utf8` any graphic character of Latin-1 is a name of its own.
    fn latin1_name(&mut self) -> Option<Base<'t>> {
        let c = self.rest().chars().next()?;
        let graphic = matches!(c, '\u{A1}'..='\u{FF}') && c != '\u{AD}';
        if !graphic || self.is_utf8() || !self.sh.source.is_latin1() {
            return None;
        }
        let from = self.pos;
        self.pos += c.len_utf8();
        Some(Base::Named(normal(&self.text[from..self.pos])))
    }

    /// The container a subscript of `base` reaches into.
    pub(super) fn container(&mut self, sigil: Sigil, base: Base<'t>, start: usize) -> ExprId {
        match base {
            Base::Named(name) | Base::Closed(name) => self.variable(sigil, &name, start),
            Base::Ref(expr) => self.node(ExprKind::Deref { sigil, expr }, start),
            Base::Elem(expr) => expr,
        }
    }

    /// `$..`: a scalar or an element; the position is at the `$`.
    pub(super) fn scalar_term(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        if self.byte(0) == b'#' && self.array_len_follows() {
            self.pos += 1;
            let base = self.base(Sigil::Array)?;
            let array = self.container(Sigil::Array, base, start);
            return Ok(self.node(ExprKind::ArrayLen(array), start));
        }
        let base = self.base(Sigil::Scalar)?;
        match base {
            Base::Elem(elem) => return self.postfix(elem, true),
            Base::Closed(name) => {
                self.still_supported(&name)?;
                return Ok(self.variable(Sigil::Scalar, &name, start));
            }
            _ => {}
        }
        let after = self.pos;
        if self.quoted == Quoted::Code {
            self.skip();
        }
        if self.subscript_follows() {
            let elem = self.element_of(base, start)?;
            return self.postfix(elem, true);
        }
        self.pos = after;
        if let Base::Named(name) = &base {
            self.still_supported(name)?;
        }
        let scalar = self.container(Sigil::Scalar, base, start);
        self.postfix(scalar, false)
    }

    /// `$#` and `$*` are gone (perlvar "Deprecated and removed variables").
    fn still_supported(&mut self, name: &str) -> P<()> {
        if !matches!(name, "#" | "*") || self.quoted == Quoted::Pattern {
            return Ok(());
        }
        self.sh.errors.abrupt = true;
        Err(self.fail(&format!("${name} is no longer supported as of Perl 5.30")))
    }

    fn array_len_follows(&self) -> bool {
        match self.byte(1) {
            b'{' | b'_' => true,
            b'$' => self.name_at(self.pos + 2),
            b':' => self.byte(2) == b':',
            b'^' => self.quoted == Quoted::Code && self.byte(2).is_ascii_uppercase(),
            b'+' | b'-' => {
                // $#+ and $#-: last index of @+ and @-
                self.quoted != Quoted::Pattern
                    && !self.word_byte(self.pos + 2)
                    && self.byte(2) != b'$'
            }
            b => b.is_ascii_alphabetic() || b >= 0x80,
        }
    }

    /// Whether a subscript begins right here.
    pub(super) fn subscript_follows(&self) -> bool {
        match (self.byte(0), self.quoted) {
            (b'[' | b'{', Quoted::Code) => true,
            (b'[' | b'{', Quoted::Text) => true,
            (b'{', Quoted::Pattern) => grammar::measure(Rule::quantifier, self.rest()).is_none(),
            (b'[', Quoted::Pattern) => grammar::measure(Rule::re_subscript, self.rest()).is_some(),
            _ => false,
        }
    }

    /// `$base[..]` or `$base{..}`, the position being at the bracket.
    fn element_of(&mut self, base: Base<'t>, start: usize) -> P<ExprId> {
        if self.byte(0) == b'[' {
            let array = self.container(Sigil::Array, base, start);
            let index = self.index()?;
            Ok(self.node(ExprKind::Index { array, index }, start))
        } else {
            let hash = self.container(Sigil::Hash, base, start);
            let key = self.key()?;
            Ok(self.node(ExprKind::Key { hash, key }, start))
        }
    }

    /// `[ .. ]`
    pub(super) fn index(&mut self) -> P<ExprId> {
        let start = self.pos;
        if matches!(self.byte(1), b'0'..=b'9' | b'-') {
            if let Some((_, from, to, len)) = grammar::first_inner(Rule::array_index, self.rest()) {
                let value = self.text[start + from..start + to].parse().unwrap_or(0);
                self.take(len);
                let span =
                    crate::source::Span::new(self.origin(start + from), self.origin(start + to));
                return Ok(self.sh.ast.expr(ExprKind::Int(value), span));
            }
        }
        self.open();
        self.deeper(|p| {
            p.as_code(|p| {
                let index = p.expr()?;
                p.expect_close("]")?;
                Ok(index)
            })
        })
    }

    /// `{ .. }` as subscript.
    pub(super) fn key(&mut self) -> P<ExprId> {
        if let Some(key) = self.word_key() {
            self.line_forgotten();
            return Ok(key);
        }
        let start = self.pos;
        self.open();
        self.deeper(|p| {
            p.as_code(|p| {
                let mut key = p.expr()?;
                if let ExprKind::List(items) = *p.sh.ast.kind(key) {
                    if items.len != 1 && p.byte_at(start + 1) != b'(' || items.len > 1 {
                        key = p.node_like(ExprKind::JoinKey(items), key);
                    }
                }
                p.expect_close("}")?;
                p.line_forgotten();
                Ok(key)
            })
        })
    }

    /// `{word}` and `{-word}`.
    fn word_key(&mut self) -> Option<ExprId> {
        let b = self.byte(1);
        if !(b.is_ascii_alphabetic()
            || matches!(b, b'_' | b'-' | b' ' | b'\t' | b'\n')
            || b >= 0x80)
        {
            return None;
        }
        let (_, from, to, len) = grammar::first_inner(Rule::hash_key, self.rest())?;
        let start = self.pos;
        let text = self.source_str(&self.text[start + from..start + to]);
        self.take(len);
        let span = crate::source::Span::new(self.origin(start + from), self.origin(start + to));
        Some(self.sh.ast.expr(ExprKind::Str(text), span))
    }

    /// The keys of a slice, at its bracket.
    pub(super) fn slice_keys(&mut self) -> P<super::super::ast::ExprList> {
        let close = if self.byte(0) == b'[' { "]" } else { "}" };
        if close == "}" {
            if let Some(key) = self.word_key() {
                self.line_forgotten();
                return Ok(self.list(&[key]));
            }
        }
        self.open();
        self.deeper(|p| {
            p.as_code(|p| {
                let items = p.items()?;
                p.expect_close(close)?;
                if close == "}" {
                    p.line_forgotten();
                }
                Ok(p.list(&items))
            })
        })
    }

    /// `@..`, `%..`: a container or a slice; the position is at the sigil.
    pub(super) fn container_term(&mut self, sigil: Sigil) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        let base = self.base(sigil)?;
        if let Base::Closed(name) = base {
            return Ok(self.variable(sigil, &name, start));
        }
        let after = self.pos;
        if self.quoted == Quoted::Code && sigil == Sigil::Array {
            self.skip();
        }
        if self.subscript_follows() {
            let (kind, inner) = match (sigil, self.byte(0)) {
                (Sigil::Array, b'[') => (SliceKind::Array, Sigil::Array),
                (Sigil::Array, _) => (SliceKind::Hash, Sigil::Hash),
                (_, b'[') => (SliceKind::KeyArray, Sigil::Array),
                _ => (SliceKind::KeyHash, Sigil::Hash),
            };
            let from = self.container(inner, base, start);
            let keys = self.slice_keys()?;
            let slice = self.node(ExprKind::Slice { kind, from, keys }, start);
            let after = self.pos;
            if self.quoted != Quoted::Code
                || self.peek() != b'='
                || matches!(self.byte(1), b'=' | b'~')
            {
                self.warn_slice(slice, start);
            }
            self.pos = after;
            return Ok(slice);
        }
        self.pos = after;
        Ok(self.container(sigil, base, start))
    }

    /// `*..`: a glob.
    pub(super) fn glob_term(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        let base = self.base(Sigil::Glob)?;
        let glob = self.container(Sigil::Glob, base, start);
        if self.byte(0) == b'{' {
            let key = self.key()?;
            let slot = self.node(ExprKind::Key { hash: glob, key }, start);
            return self.postfix(slot, true);
        }
        self.postfix(glob, false)
    }

    /// `&..`: a call, or under `\`, `defined` and the like the sub itself.
    pub(super) fn amp_term(&mut self, no_call: bool) -> P<ExprId> {
        let start = self.pos;
        self.take(1);
        let base = match self.base(Sigil::Code)? {
            Base::Elem(e) => Base::Ref(e),
            base => base,
        };
        let paren = self.peek_paren();
        if no_call && !paren {
            return Ok(self.container(Sigil::Code, base, start));
        }
        let callee = match base {
            Base::Named(name) | Base::Closed(name) => self.callee(&name),
            Base::Ref(expr) | Base::Elem(expr) => Callee::Expr(expr),
        };
        let (args, form) = if paren {
            self.expect("(")?;
            (self.paren_items()?, CallForm::Amp)
        } else {
            self.uses_args();
            (Vec::new(), CallForm::AmpShare)
        };
        let args = self.list(&args);
        let call = self.node(ExprKind::Call { callee, args, form }, start);
        self.postfix(call, false)
    }

    /// Whether `(` is next (blanks allowed); does not move unless it is.
    pub(super) fn peek_paren(&mut self) -> bool {
        let at = self.pos;
        self.skip();
        if self.byte(0) == b'(' {
            return true;
        }
        self.pos = at;
        false
    }

    /// Who `name` calls: a lexical sub, or a package sub.
    pub(super) fn callee(&mut self, name: &str) -> Callee {
        match self.var_ref(Sigil::Code, name) {
            VarRef::Lexical(decl) => Callee::Lexical(decl),
            VarRef::Our(_, name) | VarRef::Global(name) | VarRef::Loose(name) => {
                self.mention(Sigil::Code, name);
                Callee::Named(name)
            }
        }
    }

    /// A `Var` node.
    pub(super) fn variable(&mut self, sigil: Sigil, name: &str, start: usize) -> ExprId {
        let var = self.var_ref(sigil, name);
        if let VarRef::Global(name) | VarRef::Loose(name) = var {
            self.mention(sigil, name);
        }
        self.node(ExprKind::Var { sigil, var }, start)
    }

    /// A package's name has just been read.
    pub(super) fn mention(&mut self, sigil: Sigil, name: super::super::ast::Name) {
        let offset = self.origin(self.pos);
        let sh = &mut *self.sh;
        sh.feedback.mention(&sh.ast[name], sigil, offset);
    }

    /// perl does not tell of a name that is met once, in a place like this.
    pub(super) fn mentioned_enough(&mut self, term: ExprId) {
        match *self.sh.ast.kind(term) {
            ExprKind::Handle(name)
            | ExprKind::Var {
                var: VarRef::Global(name) | VarRef::Loose(name),
                ..
            } => self.mention(Sigil::Code, name),
            _ => {}
        }
    }

    /// The current sub looks at `@_`.
    pub(super) fn uses_args(&mut self) {
        if let Some(sub) = self.sh.scopes.subs.last_mut() {
            sub.uses_args = true;
        }
    }

    /// What a name with a sigil means here.
    pub(super) fn var_ref(&mut self, sigil: Sigil, name: &str) -> VarRef {
        if name == "_" && sigil == Sigil::Array {
            self.uses_args();
        }
        if name.contains("::") {
            return VarRef::Global(self.qualified(name));
        }
        let id = self.sh.ast.name(name);
        let scopes = &self.sh.scopes;
        let found = scopes.lookup(sigil, id).or_else(|| {
            // `our $x = 0 unless defined $x` sees the one it is declaring.
            let decl = scopes.pending(sigil, id)?;
            matches!(self.sh.ast[decl].kind, DeclKind::Our(_)).then_some(decl)
        });
        if let Some(decl) = found {
            let (kind, owner) = (self.sh.ast[decl].kind, self.sh.ast[decl].owner);
            if let DeclKind::Our(name) = kind {
                return VarRef::Our(decl, name);
            }
            if self.sh.scopes.capture(decl, owner) {
                self.sh.ast[decl].captured = true;
            }
            return VarRef::Lexical(decl);
        }
        if is_special(name) {
            return VarRef::Global(self.in_package("main", name));
        }
        let qualified = self.in_current(name);
        match name {
            "a" | "b" if sigil == Sigil::Scalar => VarRef::Global(qualified),
            _ if matches!(sigil, Sigil::Code | Sigil::Glob) => VarRef::Global(qualified),
            _ => VarRef::Loose(qualified),
        }
    }

    /// A name with its package spelled out.
    pub(super) fn qualified(&mut self, name: &str) -> super::super::ast::Name {
        if let Some(rest) = name.strip_prefix("::") {
            return self.in_package("main", rest);
        }
        if let Some(rest) = name.strip_prefix("main::") {
            if rest.starts_with("main::") {
                return self.qualified(rest);
            }
        }
        if let Some((package, _)) = name.split_once("::") {
            if matches!(package, "warnings" | "feature" | "bytes") {
                self.sh.feedback.looks_into(package);
            }
            return self.sh.ast.name(name);
        }
        if is_special(name) {
            self.in_package("main", name)
        } else {
            self.in_current(name)
        }
    }

    pub(super) fn in_package(&mut self, package: &str, name: &str) -> super::super::ast::Name {
        let mut buffer = std::mem::take(&mut self.sh.buffer);
        buffer.clear();
        buffer.push_str(package);
        buffer.push_str("::");
        buffer.push_str(name);
        let id = self.sh.ast.name(&buffer);
        self.sh.buffer = buffer;
        id
    }

    fn in_current(&mut self, name: &str) -> super::super::ast::Name {
        let package = self.sh.package.clone();
        self.in_package(&package, name)
    }

    /// The `$_` perl fills in.
    pub(super) fn topic(&mut self) -> ExprId {
        let pos = self.pos;
        self.variable(Sigil::Scalar, "_", pos)
    }
}

/// Names that live in `main` whatever the package.
pub(super) fn is_special(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(b) if !(b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80) => true,
        _ => matches!(
            name,
            "_" | "ENV" | "SIG" | "ARGV" | "INC" | "STDIN" | "STDOUT" | "STDERR" | "ARGVOUT"
        ),
    }
}

/// `'` as package separator becomes `::`.
pub(super) fn normal(name: &str) -> Cow<'_, str> {
    match name.len() > 1 && name.contains('\'') {
        true => Cow::Owned(name.replace('\'', "::")),
        false => Cow::Borrowed(name),
    }
}

fn strip_blanks(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = text.strip_prefix('#').filter(|r| r.contains('\n')) {
        text = rest.split_once('\n').map_or("", |x| x.1).trim();
    }
    match text.split_once(|c: char| c.is_whitespace()) {
        Some((name, _)) => name,
        None => text,
    }
}
