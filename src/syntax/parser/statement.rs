//! Statements: heads, modifiers, ends.

use super::super::ast::{DeclKind, ExprId, ExprKind, Modifier, Name, Stmt, StmtId, StmtKind};
use super::super::feedback::View;
use super::super::grammar::{self, Rule};
use super::super::program::Options;
use super::driver::{P, Parser, Stop};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// The whole text.
    pub(super) fn program(&mut self, options: &Options) -> P<Vec<StmtId>> {
        for outer in &options.outer {
            self.outer_lexical(outer);
        }
        if self.text.starts_with('\u{feff}') {
            // A byte order mark.
            self.pos = 3;
        }
        let mut stmts = Vec::new();
        loop {
            match self.statement()? {
                Some(stmt) => {
                    stmts.push(stmt);
                    self.hand_over(stmt)?;
                }
                None if self.pos >= self.end => return Ok(stmts),
                None => return Err(self.syntax_error()),
            }
        }
    }

    fn hand_over(&mut self, stmt: StmtId) -> P<()> {
        if !self.sh.errors.errors.is_empty() {
            return Ok(());
        }
        let line = self.sh.ast[stmt].line;
        let sh = &mut *self.sh;
        let view = View {
            ast: &sh.ast,
            visible: &sh.scopes.visible,
            package: &sh.package,
            line,
        };
        sh.feedback
            .statement(stmt, &view)
            .map_err(|_| Stop::Aborted)
    }

    /// Statements up to a `}` or the end.
    pub(super) fn statements(&mut self) -> P<Vec<StmtId>> {
        let mut stmts = Vec::new();
        while let Some(stmt) = self.statement()? {
            stmts.push(stmt);
        }
        Ok(stmts)
    }

    /// The next statement; none at a closing bracket or the end.
    pub(super) fn statement(&mut self) -> P<Option<StmtId>> {
        loop {
            match self.peek() {
                0 if self.pos >= self.end => return Ok(None),
                4 | 26 => {
                    self.pos = self.end;
                    return Ok(None);
                }
                b'}' | b']' | b')' => return Ok(None),
                b';' => self.take(1),
                _ => break,
            }
        }
        let start = self.pos;
        let mut label = None;
        let kind = loop {
            match self.byte(0) {
                b'{' if !self.brace_is_hash() => break self.bare_block_statement()?,
                b'.' if self.looking_at("...") && !self.byte(3).is_ascii_digit() => {
                    self.take(3);
                    self.end_statement()?;
                    break StmtKind::Yada;
                }
                b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                    let len = self.ident_len();
                    if len == 0 {
                        break self.simple()?;
                    }
                    if self.looking_at("CORE::") && self.core_switch() {
                        let word_len = self.ident_len();
                        let word = &self.text[self.pos..self.pos + word_len];
                        self.take(word_len);
                        break self.switch_statement(word)?;
                    }
                    if let Some(name) = self.label(len) {
                        label = Some(name);
                        if matches!(self.peek(), b'}' | 0) {
                            break StmtKind::Empty;
                        }
                        if self.byte(0) == b';' {
                            self.take(1);
                            break StmtKind::Empty;
                        }
                        continue;
                    }
                    match self.word_statement(len, self.pos)? {
                        Some(kind) => break kind,
                        None => {
                            if self.at_data() {
                                return Ok(None);
                            }
                            break self.simple()?;
                        }
                    }
                }
                _ => break self.simple()?,
            }
        };
        self.sh.scopes.introduce();
        Ok(Some(self.make_stmt(kind, start, label)))
    }

    /// Steps over `CORE::` before a word of `given`/`when`.
    fn core_switch(&mut self) -> bool {
        let at = self.pos + "CORE::".len();
        let len = self.ident_len_at(at);
        let found = matches!(&self.text[at..at + len], "given" | "when" | "default");
        if found {
            self.pos = at;
        }
        found
    }

    pub(super) fn make_stmt(
        &mut self,
        kind: StmtKind,
        start: usize,
        label: Option<Name>,
    ) -> StmtId {
        let line = match &kind {
            StmtKind::Modified { cond, .. } => {
                // perl reports the line of the modifier's word.
                let at = self.sh.ast.span(*cond).start;
                let line = self.sh.source.line(at);
                let body_line = self.line_at(start);
                if line > body_line {
                    self.modifier_line.unwrap_or(line)
                } else {
                    body_line
                }
            }
            StmtKind::Expr(_) => self.statement_line(start),
            _ => self.line_at(start),
        };
        let stmt = Stmt {
            kind,
            span: self.span_from(start),
            line,
            hints: self.sh.hints.id,
            package: self.sh.package_name,
            label,
        };
        self.sh.ast.add_stmt(stmt)
    }

    /// `LABEL:`; consumed if it is one.
    fn label(&mut self, len: usize) -> Option<Name> {
        let at = self.pos + len;
        let next = self.byte_at(at);
        if !(next == b':' || next.is_ascii_whitespace()) {
            return None;
        }
        let word = &self.text[self.pos..at];
        if matches!(word, "default") && self.feature(feature::SWITCH) {
            return None;
        }
        if next == b' ' && !matches!(self.byte_at(at + 1), b':' | b' ' | b'\t' | b'\n') {
            return None;
        }
        let saved = self.pos;
        self.pos = at;
        let colon = self.peek() == b':' && self.byte(1) != b':';
        self.pos = saved;
        if !colon {
            return None;
        }
        let total = grammar::measure(Rule::label, self.rest())?;
        if matches!(
            word,
            "sub" | "q" | "qq" | "qw" | "qx" | "qr" | "m" | "s" | "y" | "tr"
        ) {
            return None;
        }
        self.take(total);
        Some(self.sh.ast.name(word))
    }

    /// A statement that begins with a keyword of its own; none: an expression.
    fn word_statement(&mut self, len: usize, start: usize) -> P<Option<StmtKind>> {
        let word = &self.text[start..start + len];
        let known = match word {
            "if" | "unless" | "while" | "until" | "for" | "foreach" | "sub" | "package" | "use"
            | "no" | "BEGIN" | "END" | "INIT" | "CHECK" | "UNITCHECK" | "format" | "given"
            | "when" | "default" | "try" | "defer" | "my" | "our" | "state" | "AUTOLOAD"
            | "DESTROY" => true,
            "continue" if !self.feature(feature::SWITCH) => {
                let rest = self.text[start + len..self.end].trim_ascii_start();
                rest.starts_with('{')
            }
            _ => false,
        };
        if !known || self.fat_comma_after(start + len) {
            return Ok(None);
        }
        let next = self.byte_at(start + len);
        if next == b':' && self.byte_at(start + len + 1) == b':'
            || next == b'-' && self.byte_at(start + len + 1) == b'>'
        {
            return Ok(None);
        }
        let kind = match word {
            "continue" => return Err(self.syntax_error()),
            "if" | "unless" => {
                self.take(len);
                self.if_statement(word == "unless")?
            }
            "while" | "until" => {
                self.take(len);
                self.while_statement(word == "until")?
            }
            "for" | "foreach" => {
                self.take(len);
                self.for_statement()?
            }
            "package" => {
                self.take(len);
                self.package_statement()?
            }
            "use" | "no" => {
                self.take(len);
                return self.use_statement(word == "no", start).map(Some);
            }
            "BEGIN" | "END" | "INIT" | "CHECK" | "UNITCHECK" | "AUTOLOAD" | "DESTROY" => {
                self.take(len);
                if self.peek() != b'{' {
                    self.pos = start;
                    return Ok(None);
                }
                self.phase_statement(word, start)?
            }
            "sub" => return self.sub_statement(len, start),
            "my" | "our" | "state" => return self.lexical_sub_statement(len, start),
            "format" => {
                self.take(len);
                match self.format_statement(start)? {
                    Some(kind) => kind,
                    None => {
                        self.pos = start;
                        return Ok(None);
                    }
                }
            }
            "given" | "when" | "default" if self.feature(feature::SWITCH) => {
                self.take(len);
                self.switch_statement(word)?
            }
            "try" if self.feature(feature::TRY) => {
                self.take(len);
                self.try_statement()?
            }
            "defer" if self.feature(feature::DEFER) => {
                self.take(len);
                self.experimental("defer", "defer", start);
                let body = self.block()?;
                StmtKind::Defer(body)
            }
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    /// `__END__` and `__DATA__`: the program ends here.
    fn at_data(&mut self) -> bool {
        let word = if self.at_word("__END__") || self.at_word("CORE::__END__") {
            "__END__"
        } else if self.at_word("CORE::__DATA__") {
            "__DATA__"
        } else if self.at_word("__DATA__") {
            "__DATA__"
        } else {
            return false;
        };
        let line_end = memchr::memchr(b'\n', self.rest().as_bytes());
        let data = line_end.map_or(self.end, |n| self.pos + n + 1);
        if self.map.is_none() && self.regions.is_empty() {
            // `__END__` has a handle in the script itself only
            let package = if word == "__END__" {
                String::new()
            } else {
                self.sh.package.to_string()
            };
            self.sh.data = Some((data as u32, package));
        }
        self.end = self.pos;
        true
    }

    /// An expression with its modifier.
    fn simple(&mut self) -> P<StmtKind> {
        let expr = self.expr()?;
        let kind = self.modified(expr)?;
        self.end_statement()?;
        Ok(kind)
    }

    fn modified(&mut self, body: ExprId) -> P<StmtKind> {
        let b = self.peek();
        if !matches!(b, b'i' | b'u' | b'w' | b'f') {
            return Ok(StmtKind::Expr(body));
        }
        let len = self.ident_len();
        let at = self.pos;
        let modifier = match &self.text[at..at + len] {
            "if" => Modifier::If,
            "unless" => Modifier::Unless,
            "while" => Modifier::While,
            "until" => Modifier::Until,
            "for" | "foreach" => Modifier::Foreach,
            "when" if self.feature(feature::SWITCH) => {
                self.take(len);
                let cond = self.expr()?;
                return self.when_modifier(body, cond);
            }
            _ => return Ok(StmtKind::Expr(body)),
        };
        let line = self.line_at(at);
        self.take(len);
        let mut cond = self.expr()?;
        if modifier != Modifier::Foreach {
            cond = self.unwrapped(cond);
        }
        self.modifier_line = Some(line);
        let post = matches!(modifier, Modifier::While | Modifier::Until)
            && matches!(self.sh.ast.kind(body), ExprKind::DoBlock(_));
        if modifier == Modifier::While || modifier == Modifier::Until {
            cond = self.loop_condition(cond);
        }
        Ok(StmtKind::Modified {
            modifier,
            body,
            cond,
            post,
        })
    }

    fn when_modifier(&mut self, body: ExprId, cond: ExprId) -> P<StmtKind> {
        let at = self.sh.ast.span(body);
        let line = self.sh.source.line(at.start);
        let inner = Stmt {
            kind: StmtKind::Expr(body),
            span: at,
            line,
            hints: self.sh.hints.id,
            package: self.sh.package_name,
            label: None,
        };
        let inner = self.sh.ast.add_stmt(inner);
        let block = super::super::ast::Block {
            stmts: [inner].into(),
        };
        let body = self.sh.ast.add_block(block);
        Ok(StmtKind::When { cond, body })
    }

    /// `;`, or what may stand in its place.
    pub(super) fn end_statement(&mut self) -> P<()> {
        match self.peek() {
            b';' => {
                self.take(1);
                Ok(())
            }
            b'}' => Ok(()),
            0 if self.pos >= self.end => Ok(()),
            4 | 26 => Ok(()),
            b'_' if self.at_data() => Ok(()),
            _ => Err(self.operator_missing()),
        }
    }

    /// A lexical of the scope around an `eval STRING`.
    fn outer_lexical(&mut self, outer: &super::super::feedback::OuterLexical) {
        let name = self.sh.ast.name(&outer.name);
        let kind = match &outer.our {
            Some(global) => DeclKind::Our(self.sh.ast.name(global)),
            None => DeclKind::Outer(outer.key),
        };
        let id = self.sh.ast.add_decl(super::super::ast::Decl {
            sigil: outer.sigil,
            name,
            kind,
            span: crate::source::Span::default(),
            owner: None,
            captured: false,
            class: None,
            attrs: Box::default(),
        });
        if let Some(proto) = &outer.prototype {
            self.sh.scopes.prototypes.insert(id, proto.clone());
        }
        self.sh.scopes.declare_now(outer.sigil, name, id);
    }
}
