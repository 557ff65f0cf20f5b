//! `print HANDLE LIST`, `exec PROGRAM LIST`: the place before the list.

use super::super::ast::{ExprId, ExprKind, Sigil};
use super::driver::{P, Parser};
use crate::signature::Builtin;

impl Parser<'_, '_, '_> {
    /// `print`, `printf`, `say`; the word has been consumed.
    pub(super) fn print_term(&mut self, func: Builtin, start: usize) -> P<ExprId> {
        let parens = self.peek() == b'(';
        let (handle, mut args) = if parens {
            self.warn_parens(func.name(), start);
            self.take(1);
            self.deeper(|p| {
                p.as_code(|p| {
                    let handle = p.print_handle()?;
                    let args = p.items()?;
                    p.expect_close(")")?;
                    Ok((handle, args))
                })
            })?
        } else {
            (self.print_handle()?, self.list_args()?)
        };
        if args.is_empty() {
            args.push(self.topic());
        }
        let args = self.list(&args);
        let term = self.node(ExprKind::Print { func, handle, args }, start);
        if parens {
            self.postfix(term, false)
        } else {
            Ok(term)
        }
    }

    /// `exec` and `system`: `{program} list`, `$program list`, or just a list.
    pub(super) fn exec_term(&mut self, func: Builtin, start: usize) -> P<ExprId> {
        let parens = self.peek() == b'(';
        let (program, args) = if parens {
            self.take(1);
            self.deeper(|p| {
                p.as_code(|p| {
                    let program = p.program_place()?;
                    let args = p.items()?;
                    p.expect_close(")")?;
                    Ok((program, args))
                })
            })?
        } else {
            (self.program_place()?, self.list_args()?)
        };
        let args = self.list(&args);
        let kind = match program {
            Some(_) => ExprKind::Print {
                func,
                handle: program,
                args,
            },
            None => ExprKind::Builtin { func, args },
        };
        Ok(self.node(kind, start))
    }

    fn program_place(&mut self) -> P<Option<ExprId>> {
        match self.peek() {
            b'{' if !self.brace_is_hash() => self.deeper(|p| p.block_or_expr()).map(Some),
            b'$' => self.scalar_place(),
            _ => Ok(None),
        }
    }

    /// A handle before the list, if there is one.
    fn print_handle(&mut self) -> P<Option<ExprId>> {
        match self.peek() {
            b'{' if !self.brace_is_hash() => {
                let block = self.deeper(|p| p.block_or_expr())?;
                let handle = self.as_handle(block);
                if let ExprKind::Handle(_) = self.sh.ast.kind(handle) {
                    self.mentioned_enough(handle);
                }
                Ok(Some(handle))
            }
            b'$' => self.scalar_place(),
            b'*' => Ok(None),
            b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 || b == b':' => {
                self.word_place()
            }
            _ => Ok(None),
        }
    }

    /// `$fh` before a list: blank behind it, and then the beginning of a term (perl's rule).
    pub(super) fn scalar_place(&mut self) -> P<Option<ExprId>> {
        let at = self.pos;
        let len = self.word_len_at(at + 1);
        if len == 0 {
            return Ok(None);
        }
        let end = at + 1 + len;
        let direct = self.byte_at(end);
        if !direct.is_ascii_whitespace()
            && !matches!(direct, b'"' | b'\'' | b'$' | b'@' | b'\\' | b'(')
        {
            return Ok(None);
        }
        self.pos = end;
        self.skip();
        let (b, b1, b2) = (self.byte(0), self.byte(1), self.byte(2));
        let is_handle = match b {
            b'$' | b'@' | b'"' | b'\'' | b'`' | b'\\' | b'(' => {
                direct.is_ascii_whitespace() || b != b'('
            }
            b'&' | b'*' | b'%' => self.name_at(self.pos + 1) && b1 != b'{',
            b'<' if b1 == b'<' => !b2.is_ascii_whitespace() && b2 != b'=',
            b'<' => b1 == b'$' || b1.is_ascii_alphabetic() || b1 == b'_',
            b'-' | b'+' | b'?' => {
                !b1.is_ascii_whitespace() && b1 != b'=' && !(b == b'-' && b1 == b'>') && b1 != b
            }
            b'/' => !b1.is_ascii_whitespace() && b1 != b'=' && b1 != b'/',
            b'.' => b1.is_ascii_digit(),
            b'0'..=b'9' => true,
            b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                let len = self.ident_len();
                let word = &self.text[self.pos..self.pos + len];
                !matches!(
                    word,
                    "x" | "eq"
                        | "ne"
                        | "gt"
                        | "lt"
                        | "ge"
                        | "le"
                        | "or"
                        | "and"
                        | "cmp"
                        | "xor"
                        | "isa"
                        | "if"
                        | "unless"
                        | "while"
                        | "until"
                        | "for"
                        | "foreach"
                )
            }
            _ => false,
        };
        if !is_handle {
            self.pos = at;
            return Ok(None);
        }
        self.pos = end;
        let name = super::variable::normal(&self.text[at + 1..end]);
        Ok(Some(self.variable(Sigil::Scalar, &name, at)))
    }

    /// `FH` before a list.
    fn word_place(&mut self) -> P<Option<ExprId>> {
        let at = self.pos;
        let len = self.word_len_at(at);
        let word = &self.text[at..at + len];
        if len == 0 || super::word::is_keyword(word) {
            return Ok(None);
        }
        let end = at + len;
        let direct = self.byte_at(end);
        if direct == b'(' || word.ends_with("::") || self.fat_comma_after(end) {
            return Ok(None);
        }
        self.pos = end;
        let next = self.peek();
        let next1 = self.byte(1);
        let not_handle = match next {
            b',' | b'?' | b'|' | b'^' | b'>' => true,
            b'=' => true,
            b'.' => !next1.is_ascii_digit(),
            b'-' => next1 == b'>' || next1 == b' ' || next1 == b'-' || next1 == b'=',
            b'+' | b'*' | b'/' | b'%' | b'&' => {
                next1 == b' ' || next1 == b'=' || next1 == b'&' || next1 == b'*'
            }
            b'<' => next1 == b' ' || next1 == b'=',
            b':' => true,
            b'!' => next1 == b'=' || next1 == b'~',
            b'x' | b'e' | b'n' | b'l' | b'g' | b'c' | b'a' | b'o' | b'i' => {
                let at = self.ident_len();
                matches!(
                    &self.text[self.pos..self.pos + at],
                    "x" | "eq" | "ne" | "gt" | "lt" | "ge" | "le" | "or" | "and" | "cmp" | "xor"
                )
            }
            _ => false,
        };
        let name = super::variable::normal(word);
        let qualified = self.qualified(&name);
        let standard = matches!(word, "STDIN" | "STDOUT" | "STDERR");
        let known = standard || self.sh.feedback.is_filehandle(&self.sh.ast[qualified]);
        let refuse = (not_handle && !(known && matches!(next, b'a' | b'o' | b'c' | b'x')))
            || (!known && self.known_sub(&name).is_some())
            || (!known && self.class_behind(next));
        self.pos = end;
        if refuse {
            self.pos = at;
            return Ok(None);
        }
        self.mention(Sigil::Glob, qualified);
        Ok(Some(self.node(ExprKind::Handle(qualified), at)))
    }

    /// Whether the word here is a package, so that `word Class` is a method call.
    fn class_behind(&mut self, next: u8) -> bool {
        if !(next.is_ascii_alphabetic() || next == b'_') {
            return false;
        }
        let len = self.word_len_at(self.pos);
        let word = super::variable::normal(&self.text[self.pos..self.pos + len]);
        !super::word::is_keyword(&word) && self.known_sub(&word).is_none() && self.is_package(&word)
    }
}
