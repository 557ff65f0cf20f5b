//! Blocks, and the guess whether `{` begins one or a hash.

use super::super::ast::{Block, BlockId, ExprId, ExprKind, StmtId, StmtKind};
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// `{ .. }` with a scope of its own.
    pub(super) fn block(&mut self) -> P<BlockId> {
        if self.peek() != b'{' {
            return Err(self.operator_missing());
        }
        self.enter_scope();
        let package = self.sh.package_name;
        let block = self.bare_block();
        if block.is_ok() {
            self.leave_scope();
            if self.sh.package_name != package {
                // `package` without a block lasts to the end of the block it stands in.
                let outer = self.sh.ast[package].to_string();
                self.set_package(&outer);
            }
        }
        block
    }

    /// `{ .. }` in the scope already open.
    pub(super) fn bare_block(&mut self) -> P<BlockId> {
        let start = self.pos;
        if self.peek() != b'{' {
            return Err(self.syntax_error());
        }
        self.open();
        self.deeper(|p| {
            p.as_code(|p| {
                let package = (p.sh.package.clone(), p.sh.package_name);
                let stmts = p.statements()?;
                p.close_block()?;
                p.block_closed(start);
                // `package NAME;` lasts to the end of its block.
                (p.sh.package, p.sh.package_name) = package;
                Ok(p.make_block(&stmts))
            })
        })
    }

    /// The `}` of a block.
    pub(super) fn close_block(&mut self) -> P<()> {
        if self.eat("}") {
            self.brackets = self.brackets.saturating_sub(1);
            return Ok(());
        }
        if self.pos >= self.end {
            return Err(self.missing_brace());
        }
        Err(self.syntax_error())
    }

    pub(super) fn make_block(&mut self, stmts: &[StmtId]) -> BlockId {
        self.sh.scopes.introduce();
        self.sh.ast.add_block(Block {
            stmts: stmts.into(),
        })
    }

    /// `{ .. }` in `${ .. }`, `print {..}`: the expression itself where it is just one, else a
    /// `DoBlock`. The position is at the brace.
    pub(super) fn block_or_expr(&mut self) -> P<ExprId> {
        let start = self.pos;
        self.note_inner_brace();
        let block = self.block()?;
        if let [only] = self.sh.ast[block].stmts[..] {
            if let StmtKind::Expr(expr) = self.sh.ast[only].kind {
                if !self.declares(expr) {
                    return Ok(expr);
                }
            }
        }
        Ok(self.node(ExprKind::DoBlock(block), start))
    }

    fn declares(&self, expr: ExprId) -> bool {
        match *self.sh.ast.kind(expr) {
            ExprKind::My(_) | ExprKind::MyList(_) | ExprKind::Local(_) => true,
            ExprKind::Assign { to, .. } | ExprKind::AssignList { to, .. } => self.declares(to),
            _ => false,
        }
    }

    /// perl's guess at `{` where both a block and a hash could stand: a hash if it is empty, or
    /// its first thing is a word or string followed by `,` or `=>`.
    pub(super) fn brace_is_hash(&mut self) -> bool {
        let saved = self.pos;
        if saved == self.hash_brace {
            return true;
        }
        self.pos += 1;
        self.skip();
        let hash = self.guess_hash();
        self.pos = saved;
        hash
    }

    /// A brace directly behind the one that begins the block of `map`, `sort`, `print` or of a
    /// dereference is a hash's, whatever is in it: `map {{ %$_ }} @records` copies them.
    pub(super) fn note_inner_brace(&mut self) {
        let saved = self.pos;
        if self.peek() == b'{' {
            self.pos += 1;
            if self.peek() == b'{' {
                self.hash_brace = self.pos;
            }
        }
        self.pos = saved;
    }

    fn guess_hash(&mut self) -> bool {
        let first = self.byte(0);
        let len = match first {
            b'}' => return true,
            b'\'' | b'"' | b'`' => grammar::measure(Rule::delimited, self.rest()).unwrap_or(0),
            b'q' => self.quoted_first(),
            b if b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80 => self
                .rest()
                .bytes()
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)
                .count(),
            _ => 0,
        };
        if len == 0 && first != b',' && first != b'=' {
            return false;
        }
        self.pos += len;
        self.skip();
        match self.byte(0) {
            b',' => first == b'q' || !first.is_ascii_lowercase(),
            b'=' => self.byte(1) == b'>',
            _ => false,
        }
    }

    /// Length of a `q..` string, or of a word that begins with q.
    fn quoted_first(&mut self) -> usize {
        let len = self.ident_len();
        let word = &self.text[self.pos..self.pos + len];
        if !matches!(word, "q" | "qq" | "qx" | "qw") || self.fat_comma_after(self.pos + len) {
            return len;
        }
        let at = self.pos;
        self.pos += len;
        self.skip();
        let total = match grammar::measure(Rule::delimited, self.rest()) {
            Some(body) => self.pos + body - at,
            None => len,
        };
        self.pos = at;
        total
    }
}
