//! Compound statements: conditions, loops, switch, try.

use super::super::ast::{DeclKind, ExprId, ExprKind, LoopVar, Sigil, StmtKind};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// `( COND )` of a compound statement; declarations in it are visible behind it.
    fn condition(&mut self) -> P<ExprId> {
        self.expect("(")?;
        let cond = self.deeper(|p| p.as_code(|p| p.expr()))?;
        self.expect_close(")")?;
        self.sh.scopes.introduce();
        Ok(cond)
    }

    /// `if`/`unless`, the word being consumed.
    pub(super) fn if_statement(&mut self, unless: bool) -> P<StmtKind> {
        self.enter_scope();
        let mut arms = Vec::new();
        let cond = self.condition()?;
        arms.push((cond, self.block()?));
        let mut otherwise = None;
        loop {
            if self.eat_word("elsif") {
                let cond = self.condition()?;
                arms.push((cond, self.block()?));
            } else if self.eat_word("else") {
                otherwise = Some(self.block()?);
                break;
            } else if self.at_word("elseif") {
                self.warn("syntax", "elseif should be elsif", self.pos);
                self.take(6);
                self.condition()?;
                self.skip();
                self.take(1);
                self.recent = [self.recent[0], self.recent[0]];
                self.note_behind("syntax error");
                return Err(super::driver::Stop::Failed);
            } else {
                break;
            }
        }
        self.leave_scope();
        Ok(StmtKind::If {
            unless,
            arms: arms.into(),
            otherwise,
        })
    }

    /// `while`/`until`, the word being consumed.
    pub(super) fn while_statement(&mut self, until: bool) -> P<StmtKind> {
        self.enter_scope();
        self.expect("(")?;
        let cond = if self.eat(")") {
            None
        } else {
            let cond = self.deeper(|p| p.as_code(|p| p.expr()))?;
            self.expect_close(")")?;
            Some(self.loop_condition(cond))
        };
        self.sh.scopes.introduce();
        let body = self.block()?;
        let cont = self.continue_block()?;
        self.leave_scope();
        Ok(StmtKind::While {
            until,
            cond,
            body,
            cont,
        })
    }

    fn continue_block(&mut self) -> P<Option<super::super::ast::BlockId>> {
        if self.eat_word("continue") {
            self.block().map(Some)
        } else {
            Ok(None)
        }
    }

    /// A block as statement.
    pub(super) fn bare_block_statement(&mut self) -> P<StmtKind> {
        let body = self.block()?;
        let cont = self.continue_block()?;
        Ok(StmtKind::Block { body, cont })
    }

    /// `for`/`foreach`, the word being consumed.
    pub(super) fn for_statement(&mut self) -> P<StmtKind> {
        self.enter_scope();
        let kind = self.for_parts()?;
        self.leave_scope();
        Ok(kind)
    }

    fn for_parts(&mut self) -> P<StmtKind> {
        self.skip();
        if self.byte(0) == b'(' {
            return self.for_paren();
        }
        let var = self.loop_var()?;
        let list = self.foreach_list()?;
        self.foreach_rest(var, list)
    }

    /// `for (init; cond; step)` or `for (list)`.
    fn for_paren(&mut self) -> P<StmtKind> {
        self.take(1);
        let (init, list) = self.deeper(|p| {
            p.as_code(|p| {
                if p.peek() == b';' {
                    return Ok((None, None));
                }
                let at = p.pos;
                let items = p.items()?;
                if p.peek() == b';' {
                    let list = p.list(&items);
                    let init = match items[..] {
                        [only] => only,
                        _ => p.node(ExprKind::List(list), at),
                    };
                    return Ok((Some(init), None));
                }
                Ok((None, Some(items)))
            })
        })?;
        if let Some(items) = list {
            self.expect_close(")")?;
            self.sh.scopes.introduce();
            let list = self.list(&items);
            return self.foreach_rest(LoopVar::Topic, list);
        }
        self.expect(";")?;
        self.sh.scopes.introduce();
        let cond = self.for_part(b';')?.map(|c| self.loop_condition(c));
        self.expect(";")?;
        self.sh.scopes.introduce();
        let step = self.for_part(b')')?;
        self.expect_close(")")?;
        self.sh.scopes.introduce();
        let body = self.block()?;
        Ok(StmtKind::For {
            init,
            cond,
            step,
            body,
        })
    }

    fn for_part(&mut self, close: u8) -> P<Option<ExprId>> {
        if self.peek() == close {
            Ok(None)
        } else {
            self.deeper(|p| p.as_code(|p| p.expr())).map(Some)
        }
    }

    fn foreach_list(&mut self) -> P<super::super::ast::ExprList> {
        self.expect("(")?;
        let items = self.paren_items()?;
        Ok(self.list(&items))
    }

    fn foreach_rest(&mut self, var: LoopVar, list: super::super::ast::ExprList) -> P<StmtKind> {
        self.sh.scopes.introduce();
        let body = self.block()?;
        let cont = self.continue_block()?;
        Ok(StmtKind::Foreach {
            var,
            list,
            body,
            cont,
        })
    }

    /// What stands between `foreach` and the list. Declarations become visible behind the list.
    fn loop_var(&mut self) -> P<LoopVar> {
        let start = self.pos;
        let Some(pair) = grammar::parse(Rule::for_head, self.rest()) else {
            return Err(self.syntax_error());
        };
        let mut decl = None;
        let mut rest = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::for_decl => decl = Some(part.as_str().trim_start_matches("CORE::")),
                Rule::for_rest => rest = Some((part.as_span().start(), part)),
                Rule::for_alias => {
                    self.expect("\\")?;
                    if self.peek() == b'&' {
                        // `for \&f (..)`: the list is no argument list.
                        let at = self.pos;
                        self.take(1);
                        let base = self.base(Sigil::Code)?;
                        return Ok(LoopVar::Alias(self.container(Sigil::Code, base, at)));
                    }
                    let place = self.binding(super::super::precedence::power::UNARY)?;
                    self.aliasing()?;
                    return Ok(LoopVar::Alias(place));
                }
                Rule::for_scalar => {
                    let at = self.pos;
                    self.take(1);
                    let base = self.base(Sigil::Scalar)?;
                    let var = self.container(Sigil::Scalar, base, at);
                    return Ok(LoopVar::Scalar(var));
                }
                _ => return Err(self.no_loop_variable()),
            }
        }
        let (Some(word), Some((at, rest))) = (decl, rest) else {
            return Err(self.syntax_error());
        };
        let end = start + rest.as_span().end();
        let names: Vec<_> = rest
            .clone()
            .into_inner()
            .flatten()
            .filter(|p| p.as_rule() == Rule::for_var)
            .collect();
        let first = rest.into_inner().next().map(|p| p.as_rule());
        match first {
            Some(Rule::for_ref_any) => {
                self.take(at);
                self.expect("\\")?;
                let at = self.pos;
                let sigil = match self.peek() {
                    b'@' => Sigil::Array,
                    b'%' => Sigil::Hash,
                    b'$' => Sigil::Scalar,
                    _ => return Err(self.syntax_error()),
                };
                self.take(1);
                let len = self.ident_len();
                let name = &self.text[self.pos..self.pos + len];
                self.take(len);
                let decl = self.declare(word, sigil, name, at);
                let my = self.node(ExprKind::My(decl), at);
                self.aliasing()?;
                Ok(LoopVar::Alias(my))
            }
            Some(Rule::for_many) => {
                self.pos = end;
                let vars: Vec<ExprId> = names
                    .iter()
                    .map(|n| {
                        let decl = self.declare(word, Sigil::Scalar, n.as_str(), start);
                        self.node(ExprKind::My(decl), start)
                    })
                    .collect();
                Ok(LoopVar::Several(self.list(&vars)))
            }
            _ => {
                self.pos = end;
                if let Some(name) = names.first() {
                    self.recent[1] = self.pos - name.as_str().len() - 1;
                }
                let Some(name) = names.first() else {
                    return Err(self.syntax_error());
                };
                let decl = self.declare(word, Sigil::Scalar, name.as_str(), start);
                let var = self.node(ExprKind::My(decl), start);
                Ok(LoopVar::Scalar(var))
            }
        }
    }

    /// `given`, `when`, `default`, the word being consumed.
    pub(super) fn switch_statement(&mut self, word: &str) -> P<StmtKind> {
        self.enter_scope();
        let kind = match word {
            "default" => StmtKind::Default(self.block()?),
            "given" => {
                self.experimental("smartmatch", "given", self.pos);
                let topic = self.condition()?;
                StmtKind::Given {
                    topic,
                    body: self.block()?,
                }
            }
            _ => {
                self.experimental("smartmatch", "when", self.pos);
                let cond = self.condition()?;
                StmtKind::When {
                    cond,
                    body: self.block()?,
                }
            }
        };
        self.leave_scope();
        Ok(kind)
    }

    /// `try`, the word being consumed.
    pub(super) fn try_statement(&mut self) -> P<StmtKind> {
        self.experimental("try", "try/catch", self.pos);
        let body = self.block()?;
        let mut catch = None;
        if self.eat_word("catch") {
            self.experimental("try", "try/catch", self.pos);
            self.enter_scope();
            self.expect("(")?;
            if self.peek() != b'$' {
                return Err(self.syntax_error());
            }
            let at = self.pos;
            self.take(1);
            let len = self.ident_len();
            let name = &self.text[self.pos..self.pos + len];
            self.take(len);
            let decl = self.declare("my", Sigil::Scalar, name, at);
            let var = self.node(ExprKind::My(decl), at);
            self.expect(")")?;
            self.sh.scopes.introduce();
            let block = self.block()?;
            self.leave_scope();
            catch = Some((var, block));
        }
        let finally = if self.eat_word("finally") {
            self.experimental("try", "try/catch/finally", self.pos);
            Some(self.block()?)
        } else {
            None
        };
        if catch.is_none() && finally.is_none() {
            return Err(self.syntax_error());
        }
        Ok(StmtKind::Try {
            body,
            catch,
            finally,
        })
    }

    /// `foreach my @x (..)`
    fn no_loop_variable(&mut self) -> super::driver::Stop {
        self.skip();
        let at = self.pos;
        if self.eat_word("my") || self.eat_word("our") || self.eat_word("state") {
            if matches!(self.peek(), b'@' | b'%' | b'&') {
                return self.fail("Missing $ on loop variable");
            }
            self.pos = at;
        } else if matches!(self.byte(0), b'@' | b'%') {
            return self.fail("Missing $ on loop variable");
        }
        self.syntax_error()
    }

    /// How a declaring word declares.
    pub(super) fn decl_kind(&mut self, word: &str, name: &str) -> DeclKind {
        match word {
            "our" => DeclKind::Our(self.qualified(name)),
            "state" => DeclKind::State,
            _ => DeclKind::My,
        }
    }
}
