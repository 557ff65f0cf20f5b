//! `sort`, `map`, `grep`, `do`, `eval`, `return`, loop control, `require`, `local`, file tests.

use super::super::ast::{Each, ExprId, ExprKind, Label, LoopWord, Sigil, SortBy};
use super::super::precedence::power;
use super::driver::{P, Parser};
use super::word::Keyword;

impl Parser<'_, '_, '_> {
    /// `sort ..`; the word has been consumed.
    pub(super) fn sort_term(&mut self, start: usize) -> P<ExprId> {
        let parens = self.peek() == b'(';
        let (by, args) = if parens {
            self.take(1);
            self.deeper(|p| {
                p.as_code(|p| {
                    let by = p.comparator(true)?;
                    p.eat_comma_after_block(by);
                    let args = p.items()?;
                    p.expect_close(")")?;
                    Ok((by, args))
                })
            })?
        } else {
            let by = self.comparator(false)?;
            self.eat_comma_after_block(by);
            (by, self.list_args()?)
        };
        let args = self.list(&args);
        let term = self.node(ExprKind::Sort { by, args }, start);
        if parens {
            self.postfix(term, false)
        } else {
            Ok(term)
        }
    }

    /// perl tolerates a comma behind the block.
    fn eat_comma_after_block(&mut self, by: SortBy) {
        if matches!(by, SortBy::Block(_)) {
            self.eat_comma();
        }
    }

    fn comparator(&mut self, parens: bool) -> P<SortBy> {
        match self.peek() {
            b'{' if !self.brace_is_hash() => Ok(SortBy::Block(self.deeper(|p| p.block())?)),
            b'$' => Ok(match self.scalar_place()? {
                Some(sub) => SortBy::Sub(sub),
                None => SortBy::Default,
            }),
            b if b.is_ascii_alphabetic() || b == b'_' || b == b':' => self.comparator_name(parens),
            _ => Ok(SortBy::Default),
        }
    }

    /// `sort NAME LIST`; but `sort(NAME(..))` sorts what the sub gives.
    fn comparator_name(&mut self, parens: bool) -> P<SortBy> {
        let at = self.pos;
        let len = self.word_len_at(at);
        let word = &self.text[at..at + len];
        if len == 0 || super::word::is_keyword(word) || self.fat_comma_after(at + len) {
            return Ok(SortBy::Default);
        }
        if parens && self.text.as_bytes().get(at + len) == Some(&b'(') {
            return Ok(SortBy::Default);
        }
        self.pos = at + len;
        let next = self.peek();
        if matches!(
            next,
            b',' | b';' | b')' | b'.' | b':' | b'}' | b']' | b'=' | 0
        ) || next == b'-' && self.byte(1) == b'>'
        {
            self.pos = at;
            return Ok(SortBy::Default);
        }
        self.pos = at + len;
        let name = super::variable::normal(word);
        Ok(SortBy::Sub(self.variable(Sigil::Code, &name, at)))
    }

    /// `map ..` or `grep ..`; the word has been consumed.
    pub(super) fn map_term(&mut self, grep: bool, start: usize) -> P<ExprId> {
        let parens = self.peek() == b'(';
        if parens {
            self.take(1);
        }
        let (each, args) = if parens {
            self.deeper(|p| {
                p.as_code(|p| {
                    let parts = p.map_parts(true)?;
                    p.expect_close(")")?;
                    Ok(parts)
                })
            })?
        } else {
            self.map_parts(false)?
        };
        let args = self.list(&args);
        let term = self.node(ExprKind::Map { grep, each, args }, start);
        if parens {
            self.postfix(term, false)
        } else {
            Ok(term)
        }
    }

    fn map_parts(&mut self, parens: bool) -> P<(Each, Vec<ExprId>)> {
        if self.peek() == b'{' && !self.brace_is_hash() {
            self.note_inner_brace();
            let block = self.deeper(|p| p.block())?;
            self.eat_comma();
            let args = if parens {
                self.items()?
            } else {
                self.list_args()?
            };
            if args.is_empty() {
                return Err(self.syntax_error());
            }
            return Ok((Each::Block(block), args));
        }
        let mut items = if parens {
            self.items()?
        } else {
            self.list_args()?
        };
        if items.is_empty() {
            return Err(self.syntax_error());
        }
        let expr = items.remove(0);
        Ok((Each::Expr(expr), items))
    }

    /// `do BLOCK`, `do FILE`; the word has been consumed.
    pub(super) fn do_term(&mut self, start: usize) -> P<ExprId> {
        if self.peek() == b'{' {
            let block = self.deeper(|p| p.block())?;
            let term = self.node(ExprKind::DoBlock(block), start);
            return self.postfix(term, false);
        }
        let file = self.binding(power::SHIFT)?;
        let file = self.unwrapped(file);
        Ok(self.node(ExprKind::DoFile(file), start))
    }

    /// `eval BLOCK`, `eval STRING`; the word has been consumed.
    pub(super) fn eval_term(&mut self, start: usize) -> P<ExprId> {
        if self.peek() == b'{' {
            let block = self.deeper(|p| p.block())?;
            let term = self.node(ExprKind::EvalBlock(block), start);
            return self.postfix(term, false);
        }
        self.mark_eval();
        let after = self.pos;
        let text = if self.byte(0) == b'(' {
            self.take(1);
            let items = self.paren_items()?;
            match items[..] {
                [] => self.topic(),
                [only] => only,
                _ => {
                    let list = self.list(&items);
                    self.node(ExprKind::List(list), start)
                }
            }
        } else {
            match self.unary_args(after)?.first() {
                Some(&text) => text,
                None => self.topic(),
            }
        };
        let term = self.node(ExprKind::EvalStr(text), start);
        self.postfix(term, false)
    }

    /// `return ..`; the word has been consumed.
    pub(super) fn return_term(&mut self, start: usize) -> P<ExprId> {
        let items = self.list_args()?;
        let list = self.list(&items);
        Ok(self.node(ExprKind::Return(list), start))
    }

    /// `next`, `last`, `redo`; the word has been consumed.
    pub(super) fn loop_word(&mut self, known: Keyword, start: usize) -> P<ExprId> {
        let word = match known {
            Keyword::Next => LoopWord::Next,
            Keyword::Last => LoopWord::Last,
            _ => LoopWord::Redo,
        };
        let label = self.label_operand()?;
        Ok(self.node(ExprKind::Loop { word, label }, start))
    }

    /// `goto`, `dump`; the word has been consumed.
    pub(super) fn goto_term(&mut self, known: Keyword, start: usize) -> P<ExprId> {
        if self.peek() == b'&' && self.byte(1) != b'&' {
            let sub = self.amp_term(true)?;
            self.uses_args();
            let sub = match *self.sh.ast.kind(sub) {
                ExprKind::Call { .. } => sub,
                _ => self.node_like(ExprKind::Ref(sub), sub),
            };
            return Ok(self.node(ExprKind::Goto(Label::Expr(sub)), start));
        }
        let label = self.label_operand()?;
        self.uses_args();
        let kind = if known == Keyword::Goto {
            ExprKind::Goto(label)
        } else {
            ExprKind::Dump(label)
        };
        Ok(self.node(kind, start))
    }

    fn label_operand(&mut self) -> P<Label> {
        let after = self.pos;
        self.skip();
        if self.at_word("x") {
            self.take(1);
            return Ok(Label::Named(self.sh.ast.name("x")));
        }
        if !self.term_follows() {
            self.pos = after;
            return Ok(Label::None);
        }
        let len = self.ident_len();
        if len > 0 {
            let word = &self.text[self.pos..self.pos + len];
            let at = self.pos;
            self.pos += len;
            let next = self.peek();
            self.pos = at;
            let plain = !matches!(next, b'(' | b':') && !(next == b'-' && self.looking_at("->"));
            if plain && super::word::keyword(word).is_none() {
                self.take(len);
                return Ok(Label::Named(self.sh.ast.name(word)));
            }
        }
        Ok(Label::Expr(self.binding(power::ASSIGN)?))
    }

    /// `require ..`; the word has been consumed.
    pub(super) fn require_term(&mut self, start: usize) -> P<ExprId> {
        self.skip();
        let len = self.word_len_at(self.pos);
        let at = self.pos;
        let version = self.byte(0) == b'v' && self.byte(1).is_ascii_digit();
        if len > 0 && !version {
            let word = super::variable::normal(&self.text[at..at + len]);
            let simple = !word.contains("::");
            let keyword = simple && super::word::is_keyword(&word);
            self.pos = at + len;
            let next = self.peek();
            let call =
                next == b'(' || next == b'-' && self.byte(1) == b'>' || self.looking_at("=>");
            self.pos = at;
            if !keyword && !call {
                self.take(len);
                self.sh.required.insert(word.clone().into_owned());
                let path = word.strip_suffix("::").unwrap_or(&word).replace("::", "/") + ".pm";
                let path = self.source_str(&path);
                return Ok(self.node(ExprKind::RequireFile(path), start));
            }
        }
        let after = self.pos;
        let file = match self.unary_args(after)?.first() {
            Some(&file) => self.unwrapped(file),
            None => self.topic(),
        };
        Ok(self.node(ExprKind::Require(file), start))
    }

    /// `local ..`; the word has been consumed.
    pub(super) fn local(&mut self, start: usize) -> P<ExprId> {
        self.skip();
        let at = self.pos;
        if self.byte(0) == b'\\' {
            self.declared_ref(at)?;
            self.take(1);
            let inner = self.local(start)?;
            return Ok(self.node(ExprKind::Ref(inner), at));
        }
        let place = self.binding(power::INC)?;
        if let ExprKind::List(items) = *self.sh.ast.kind(place) {
            let items = self.sh.ast[items].to_vec();
            let is_ref = |&e: &ExprId| matches!(self.sh.ast.kind(e), ExprKind::Ref(_));
            if items.iter().any(is_ref) {
                return self.local_refs(&items, at);
            }
        }
        if let ExprKind::My(decl) = *self.sh.ast.kind(self.unwrapped(place)) {
            if !matches!(self.sh.ast[decl].kind, super::super::ast::DeclKind::Our(_)) {
                let sigil = match self.sh.ast[decl].sigil {
                    Sigil::Array => '@',
                    Sigil::Hash => '%',
                    _ => '$',
                };
                let name = self.sh.ast[self.sh.ast[decl].name].to_owned();
                return Err(self.fail(&format!("Can't localize lexical variable {sigil}{name}")));
            }
        }
        Ok(self.node(ExprKind::Local(place), start))
    }

    /// `local (\$x, ..)`: each is localised, and a reference to it is meant.
    fn local_refs(&mut self, items: &[ExprId], at: usize) -> P<ExprId> {
        self.declared_ref(at)?;
        let mut out = Vec::with_capacity(items.len());
        for &item in items {
            let parts = match *self.sh.ast.kind(item) {
                ExprKind::Ref(inner) => match *self.sh.ast.kind(inner) {
                    ExprKind::List(inner) => Some(self.sh.ast[inner].to_vec()),
                    _ => None,
                },
                _ => None,
            };
            for part in parts.iter().flatten() {
                let place = self.local_ref(*part, at);
                out.push(self.node(ExprKind::Ref(place), at));
            }
            if parts.is_none() {
                out.push(self.local_ref(item, at));
            }
        }
        let list = self.list(&out);
        Ok(self.node(ExprKind::List(list), at))
    }

    fn local_ref(&mut self, item: ExprId, at: usize) -> ExprId {
        let kind = match *self.sh.ast.kind(item) {
            ExprKind::Ref(inner) => ExprKind::Ref(self.local_ref(inner, at)),
            _ => ExprKind::Local(item),
        };
        self.node(kind, at)
    }

    /// A file test, if that is what stands here (at the `-`).
    pub(super) fn file_test(&mut self) -> P<Option<ExprId>> {
        use super::super::grammar::Rule;
        let start = self.pos;
        if self.matches(Rule::file_test).is_none() || self.fat_comma_after(start + 2) {
            return Ok(None);
        }
        let test = self.byte(1);
        self.take(2);
        let after = self.pos;
        self.skip();
        // `-e => 1` and `-x;` aside, an operator behind the letter means $_ is tested.
        let file = if self.term_follows() {
            let file = self.binding(power::SHIFT)?;
            self.as_handle(file)
        } else {
            self.pos = after;
            if test == b't' {
                let name = self.in_package("main", "STDIN");
                self.node(ExprKind::Handle(name), start)
            } else {
                self.topic()
            }
        };
        Ok(Some(self.node(ExprKind::FileTest { test, file }, start)))
    }
}
