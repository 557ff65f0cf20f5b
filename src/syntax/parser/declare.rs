//! `my our state`, `package`, `use` and `no`.

use super::super::ast::{
    Attr, Decl, DeclId, DeclKind, ExprId, ExprKind, Sigil, StmtKind, SubKind, Use,
};
use super::super::feedback::Finished;
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};
use super::word::Keyword;

impl Parser<'_, '_, '_> {
    /// Declares a lexical; it is visible from the next statement on.
    pub(super) fn declare(&mut self, word: &str, sigil: Sigil, name: &str, at: usize) -> DeclId {
        let kind = self.decl_kind(word, name);
        if let DeclKind::Our(full) = kind {
            let full = self.sh.ast[full].to_string();
            self.sh.feedback.mentioned(&full);
        }
        let name = self.sh.ast.name(name.trim_start_matches("::"));
        let id = self.add_decl(sigil, name, kind, at);
        self.sh.scopes.declare(sigil, name, id);
        id
    }

    pub(super) fn add_decl(
        &mut self,
        sigil: Sigil,
        name: super::super::ast::Name,
        kind: DeclKind,
        at: usize,
    ) -> DeclId {
        let owner = self.sh.scopes.subs.last().map(|s| s.id);
        let span = self.span_from(at);
        self.sh.ast.add_decl(Decl {
            sigil,
            name,
            kind,
            span,
            owner,
            captured: false,
            class: None,
            attrs: Box::default(),
        })
    }

    /// `my ..`, `our ..`, `state ..` as a term; the word has been consumed.
    pub(super) fn my(&mut self, known: Keyword, start: usize) -> P<ExprId> {
        let word = match known {
            Keyword::Our => "our",
            Keyword::State => "state",
            _ => "my",
        };
        self.skip();
        if self.at_word("sub") {
            self.take(3);
            let sub = self.lexical_sub_term(word, start)?;
            return Ok(sub);
        }
        let mut class = None;
        if self.byte(0).is_ascii_alphabetic() || self.byte(0) == b'_' {
            let Some((_, from, to, len)) = grammar::first_inner(Rule::my_class, self.rest()) else {
                return Err(self.syntax_error());
            };
            let name = super::variable::normal(&self.text[self.pos + from..self.pos + to]);
            let name = match name.strip_suffix("::") {
                Some(name) => name.to_owned(),
                None if name == "__PACKAGE__" => self.sh.package.to_string(),
                None => name.into_owned(),
            };
            let name = self.constant_class(name);
            class = Some(self.sh.ast.name(&name));
            if !self.is_package(&name) {
                let near = self.text[start..self.pos + to].to_owned();
                let (file, line) = (
                    self.sh.source.file(self.origin(start) as u32),
                    self.line_at(start),
                );
                self.note(format!(
                    "No such class {name} at {file} line {line}, near \"{near}\"\n"
                ));
            }
            self.take(len);
        }
        let term = if self.peek() == b'(' {
            self.take(1);
            self.my_list(word, start)?
        } else if self.byte(0) == b'\\' {
            let at = self.pos;
            self.declared_ref(at)?;
            self.take(1);
            let inner = self.my(known, start)?;
            self.node(ExprKind::Ref(inner), at)
        } else {
            self.my_var(word)?
        };
        let attrs = if self.peek() == b':' && self.byte(1) != b':' && self.attribute_follows() {
            self.attributes()?
        } else {
            self.no_attributes()?;
            Vec::new()
        };
        if class.is_some() || !attrs.is_empty() {
            self.decorate(term, class, &attrs);
        }
        Ok(term)
    }

    /// `my \\$x`: its feature must be on.
    pub(super) fn declared_ref(&mut self, at: usize) -> P<()> {
        if !self.feature(crate::diag::hints::feature::DECLARED_REFS) {
            return Err(self.fail("The experimental declared_refs feature is not enabled"));
        }
        self.experimental("declared_refs", "Declaring references", at);
        Ok(())
    }

    /// `my CLASS $x`: a constant stands for the class it names.
    fn constant_class(&mut self, name: String) -> String {
        if self.is_package(&name) {
            return name;
        }
        let full = match name.contains("::") {
            true => name.clone(),
            false => format!("{}::{name}", self.sh.package),
        };
        self.sh.feedback.constant_text(&full).unwrap_or(name)
    }

    /// `my $x : = 1`: a list of no attributes.
    fn no_attributes(&mut self) -> P<()> {
        if self.peek() != b':' || self.byte(1) == b':' {
            return Ok(());
        }
        if self.byte(1) == b'=' && !matches!(self.byte(2), b'=' | b'~') {
            let text = "Use of := for an empty attribute list is not allowed";
            return Err(self.fail(text));
        }
        let at = self.pos;
        self.take(1);
        let next = self.peek();
        let value = next == b'=' && !matches!(self.byte(1), b'=' | b'~');
        if !(value || matches!(next, b';' | b'}') || self.pos >= self.end) {
            self.pos = at;
        }
        Ok(())
    }

    /// Whether `:` begins attributes rather than the other half of `?:`.
    fn attribute_follows(&mut self) -> bool {
        let at = self.pos;
        self.pos += 1;
        self.skip();
        let len = self.ident_len();
        let next = self.byte_at(self.pos + len);
        let word = &self.text[self.pos..self.pos + len];
        let yes = len > 0 && !super::word::is_keyword(word) && next != b'-' && next != b':';
        self.pos = at;
        yes
    }

    fn decorate(&mut self, term: ExprId, class: Option<super::super::ast::Name>, attrs: &[Attr]) {
        let decls: Vec<DeclId> = match *self.sh.ast.kind(term) {
            ExprKind::My(decl) => vec![decl],
            ExprKind::MyList(list) => {
                let ids = self.sh.ast[list].to_vec();
                ids.into_iter()
                    .filter_map(|i| match *self.sh.ast.kind(i) {
                        ExprKind::My(decl) => Some(decl),
                        _ => None,
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        for decl in decls {
            let decl = &mut self.sh.ast[decl];
            decl.class = class;
            decl.attrs = attrs.into();
        }
    }

    fn my_list(&mut self, word: &str, start: usize) -> P<ExprId> {
        let mut items = Vec::new();
        loop {
            match self.peek() {
                b')' => {
                    self.take(1);
                    break;
                }
                b',' => {
                    self.take(1);
                    continue;
                }
                b'u' if self.at_word("undef") => {
                    let at = self.pos;
                    self.take(5);
                    self.empty_parens();
                    items.push(self.node(ExprKind::Nothing, at));
                }
                b'\\' => items.extend(self.declared_refs(word)?),
                b'$' | b'@' | b'%' => items.push(self.my_var(word)?),
                _ => {
                    let term = self.assignment()?;
                    self.undeclarable(word, term)?;
                }
            }
            if !matches!(self.peek(), b',' | b')') {
                let Some(&last) = items.last() else {
                    return Err(self.syntax_error());
                };
                let term = self.infix_loop(last, super::super::precedence::power::ASSIGN)?;
                self.comma_tail(term)?;
                self.undeclarable(word, term)?;
            }
        }
        let list = self.list(&items);
        Ok(self.node(ExprKind::MyList(list), start))
    }

    /// `\$x`, `\(@x, %y)`, `\\$z` in the list of a `my`, at the backslash.
    fn declared_refs(&mut self, word: &str) -> P<Vec<ExprId>> {
        let at = self.pos;
        self.declared_ref(at)?;
        self.take(1);
        let inner = match self.peek() {
            b'\\' => self.declared_refs(word)?,
            b'(' => {
                let inside = self.pos;
                self.take(1);
                let list = self.my_list(word, inside)?;
                match *self.sh.ast.kind(list) {
                    ExprKind::MyList(inner) => self.sh.ast[inner].to_vec(),
                    _ => Vec::new(),
                }
            }
            _ => vec![self.my_var(word)?],
        };
        let refs = inner.into_iter();
        Ok(refs
            .map(|item| self.node(ExprKind::Ref(item), at))
            .collect())
    }

    /// `my (.., 1)`: perl reads the list, then complains of what is no variable.
    fn undeclarable(&mut self, word: &str, term: ExprId) -> P<()> {
        let what = match *self.sh.ast.kind(term) {
            ExprKind::Assign { .. } => "scalar assignment",
            ExprKind::Int(_) | ExprKind::Num(_) | ExprKind::Str(_) | ExprKind::Bareword(_) => {
                "constant item"
            }
            ExprKind::Call { .. } => "subroutine entry",
            _ => return Err(self.syntax_error()),
        };
        if self.peek() != b')' {
            return Err(self.syntax_error());
        }
        self.take(1);
        self.skip();
        self.note_near(&format!("Can't declare {what} in \"{word}\""));
        Err(super::driver::Stop::Failed)
    }

    /// One declared variable, at its sigil.
    fn my_var(&mut self, word: &str) -> P<ExprId> {
        let at = self.pos;
        let sigil = match self.byte(0) {
            b'$' => Sigil::Scalar,
            b'@' => Sigil::Array,
            b'%' => Sigil::Hash,
            _ => return Err(self.syntax_error()),
        };
        self.take(1);
        self.skip();
        let len = if word == "our" {
            self.word_len_at(self.pos)
        } else {
            self.ident_len()
        };
        if len == 0 {
            return self.odd_my_var(word, sigil, at);
        }
        let name = super::variable::normal(&self.text[self.pos..self.pos + len]);
        self.pos += len;
        if name == "_" && word != "our" {
            let text = format!("Can't use global {}_ in \"{word}\"", sigil_char(sigil));
            self.note_near(&text);
        }
        if name.contains("::") {
            let text = format!(
                "No package name allowed for variable {} in \"our\"",
                &self.text[at..self.pos]
            );
            if !name.starts_with("::") {
                self.note_near(&text);
            }
        }
        if word == "our" {
            self.warn_our(sigil, &name, at);
        }
        let decl = self.declare(word, sigil, &name, at);
        Ok(self.node(ExprKind::My(decl), at))
    }

    /// `our $^X`-like declarations, and errors such as `my $1`.
    fn odd_my_var(&mut self, word: &str, sigil: Sigil, at: usize) -> P<ExprId> {
        if self.byte(0) >= 0x80 && !self.is_utf8() {
            if !self.sh.source.is_latin1() {
                return Err(self.unrecognized_in_name());
            }
            let first = self.rest().chars().next().map_or(1, char::len_utf8);
            if self.byte(first) >= 0x80 {
                self.pos += first;
                return Err(self.unrecognized());
            }
        }
        let Some((rule, _, to, len)) = grammar::first_inner(Rule::var_name, self.rest()) else {
            return Err(self.syntax_error());
        };
        if rule == Rule::v_none {
            return Err(self.syntax_error());
        }
        let shown = format!("{}{}", sigil_char(sigil), &self.rest()[..to]);
        let name = self.rest()[..to].trim_matches(['{', '}']).to_owned();
        self.take(len);
        if word != "our" && rule != Rule::v_braced {
            self.note_near(&format!("Can't use global {shown} in \"{word}\""));
        }
        let decl = self.declare(word, sigil, &name, at);
        Ok(self.node(ExprKind::My(decl), at))
    }

    /// `use ..`/`no ..`, the word being consumed.
    pub(super) fn use_statement(&mut self, no: bool, start: usize) -> P<StmtKind> {
        let Some(pair) = grammar::parse(Rule::use_head, self.rest()) else {
            return Err(self.syntax_error());
        };
        let (at, len) = (self.pos, pair.as_span().end());
        let mut module = None;
        let mut version_at = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::word => module = Some(super::variable::normal(part.as_str())),
                Rule::use_version | Rule::use_mversion => {
                    version_at = Some(at + part.as_span().start());
                }
                _ => return Err(self.syntax_error()),
            }
        }
        let mut version = None;
        match version_at {
            Some(place) => {
                self.pos = place;
                version = Some(self.number()?);
            }
            None => self.take(len),
        }
        self.recent = [start, start];
        let mut args = None;
        if module.is_some() && !matches!(self.peek(), b';' | b'}') && self.pos < self.end {
            let mut items = self.use_list()?;
            // `()` and `qw()`: no call of `import`.
            if let [only] = items[..] {
                if matches!(*self.sh.ast.kind(only), ExprKind::List(l) if l.is_empty()) {
                    items.clear();
                }
            }
            args = Some(self.list(&items));
        }
        self.end_statement()?;
        self.sh.scopes.introduce();
        let module = module.map(|m| self.sh.ast.name(&m));
        let kind = StmtKind::Use(Box::new(Use {
            no,
            module,
            version,
            args,
        }));
        let stmt = self.make_stmt(kind.clone(), start, None);
        self.finished(Finished::Use(stmt))?;
        Ok(kind)
    }

    /// The list of a `use`: it runs as a BEGIN block, so subs in it belong to that.
    fn use_list(&mut self) -> P<Vec<ExprId>> {
        self.items()
    }

    /// Attributes from the first `:` on.
    pub(super) fn attributes(&mut self) -> P<Vec<Attr>> {
        let mut out = Vec::new();
        while self.peek() == b':' && self.byte(1) != b':' || !out.is_empty() && self.ident_len() > 0
        {
            if self.byte(0) == b':' {
                self.take(1);
                self.skip();
            }
            if self.ident_len() == 0 {
                break;
            }
            let Some(pair) = grammar::parse(Rule::attr, self.rest()) else {
                break;
            };
            let len = pair.as_span().end();
            let mut name = None;
            let mut arg = None;
            for part in pair.into_inner() {
                match part.as_rule() {
                    Rule::ident => name = Some(self.sh.ast.name(part.as_str())),
                    _ => arg = Some(self.source_str(part.as_str())),
                }
            }
            self.take(len);
            let Some(name) = name else { break };
            out.push(Attr { name, arg });
            if self.byte(0) != b':' && self.text.as_bytes()[self.pos - 1] == b':' {
                self.skip();
                if self.ident_len() == 0 {
                    break;
                }
            }
        }
        Ok(out)
    }

    /// The kind of a phase block called `word`.
    pub(super) fn phase_kind(word: &str) -> Option<SubKind> {
        Some(match word {
            "BEGIN" => SubKind::Begin,
            "END" => SubKind::End,
            "INIT" => SubKind::Init,
            "CHECK" => SubKind::Check,
            "UNITCHECK" => SubKind::UnitCheck,
            _ => return None,
        })
    }
}

fn sigil_char(sigil: Sigil) -> char {
    match sigil {
        Sigil::Scalar => '$',
        Sigil::Array => '@',
        Sigil::Hash => '%',
        Sigil::Code => '&',
        Sigil::Glob => '*',
    }
}
