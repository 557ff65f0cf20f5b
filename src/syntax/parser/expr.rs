//! Operators: the binding-power loop.

use super::super::ast::{BinOp, ExprId, ExprKind, LogOp, UnOp};
use super::super::grammar::{self, Rule};
use super::super::precedence::{self, Infix, Row, power};
use super::driver::{P, Parser};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// A whole expression: comma lists, `and`, `or`, `not`.
    pub(super) fn expr(&mut self) -> P<ExprId> {
        if self.list_ends() && !self.lexical_sub_here() {
            return Err(self.syntax_error());
        }
        let start = self.pos;
        let mut left = self.assignment()?;
        if self.eat_comma() {
            let mut items = vec![left];
            items.append(&mut self.comma_list()?.into_vec());
            let list = self.list(&items);
            left = self.node(ExprKind::List(list), start);
        }
        self.infix_loop(left, power::LOW_OR)
    }

    /// The items of a list up to its closing bracket; low operators apply to the whole list.
    pub(super) fn items(&mut self) -> P<Vec<ExprId>> {
        let start = {
            self.skip();
            self.pos
        };
        let items = self.comma_list()?;
        if !self.low_operator() || items.is_empty() {
            return Ok(items.into_vec());
        }
        let left = if items.len() == 1 {
            items[0]
        } else {
            let list = self.list(&items);
            self.node(ExprKind::List(list), start)
        };
        Ok(vec![self.infix_loop(left, power::LOW_OR)?])
    }

    /// The items of `( .. )`, the opening parenthesis being consumed.
    pub(super) fn paren_items(&mut self) -> P<Vec<ExprId>> {
        self.deeper(|p| {
            p.as_code(|p| {
                let items = p.items()?;
                p.expect_close(")")?;
                Ok(items)
            })
        })
    }

    /// The closing bracket, or an error that tells whether the text ran out.
    pub(super) fn expect_close(&mut self, close: &str) -> P<()> {
        if self.eat(close) {
            if close != ")" {
                self.brackets = self.brackets.saturating_sub(1);
            }
            return Ok(());
        }
        if close == "}" && self.at_end() && self.within == super::driver::Quoted::Code {
            // perl lets a `;` stand before the brace
            return Err(self.missing_brace());
        }
        Err(self.operator_missing())
    }

    /// Expressions separated by commas, possibly none; a comma may end the list.
    pub(super) fn comma_list(&mut self) -> P<Items> {
        let mut items = Items::default();
        loop {
            self.skip();
            while self.eat_comma() {
                items.had_comma = true;
            }
            if self.list_ends() {
                return Ok(items);
            }
            items.push(self.assignment()?);
            if !self.eat_comma() {
                return Ok(items);
            }
            items.had_comma = true;
        }
    }

    /// Consumes `,` or `=>`.
    pub(super) fn eat_comma(&mut self) -> bool {
        match self.peek() {
            b',' => {
                self.take(1);
                true
            }
            b'=' if self.byte(1) == b'>' => {
                self.take(2);
                true
            }
            _ => false,
        }
    }

    /// Whether no further item of a list can begin here.
    pub(super) fn list_ends(&mut self) -> bool {
        match self.peek() {
            0 => self.pos >= self.end,
            b')' | b']' | b'}' | b';' => true,
            b'_' => self.at_word("__END__") || self.at_word("__DATA__"),
            b':' => self.byte(1) != b':',
            b'>' | b'|' | b'^' | b'?' | b'=' | b',' => true,
            b'.' => !self.byte(1).is_ascii_digit(),
            b'!' => matches!(self.byte(1), b'=' | b'~'),
            b'&' => self.byte(1) == b'&',
            b'a' | b'o' | b'x' | b'i' | b'u' | b'w' | b'f' | b'c' | b'n' | b'e' | b'l' | b'g' => {
                self.word_ends_list()
            }
            _ => false,
        }
    }

    fn word_ends_list(&mut self) -> bool {
        let len = self
            .rest()
            .bytes()
            .take_while(u8::is_ascii_lowercase)
            .count();
        if self.word_byte(self.pos + len) {
            return false;
        }
        let word = &self.text[self.pos..self.pos + len];
        matches!(
            word,
            "and"
                | "or"
                | "xor"
                | "if"
                | "unless"
                | "while"
                | "until"
                | "for"
                | "foreach"
                | "cmp"
                | "eq"
                | "ne"
                | "lt"
                | "gt"
                | "le"
                | "ge"
                | "when"
        ) && (word != "when" || self.feature(feature::SWITCH))
            && !self.fat_comma_after(self.pos + len)
    }

    /// Whether `and`, `or` or `xor` is next.
    fn low_operator(&mut self) -> bool {
        match self.peek() {
            b'a' => self.at_word("and"),
            b'o' => self.at_word("or"),
            b'x' => self.at_word("xor"),
            _ => false,
        }
    }

    /// An item of a list: assignment and everything tighter.
    pub(super) fn assignment(&mut self) -> P<ExprId> {
        self.binding(power::ASSIGN)
    }

    /// An expression of operators that bind at least as tightly as `min`.
    pub(super) fn binding(&mut self, min: u8) -> P<ExprId> {
        self.deeper(|p| {
            let left = p.term()?;
            p.infix_loop(left, min)
        })
    }

    /// The operator at the current position.
    fn peek_infix(&mut self) -> Option<(usize, Row)> {
        self.skip();
        if let Some((pos, len, row)) = self.peeked {
            if pos == self.pos {
                return row.map(|r| (len, r));
            }
        }
        let b = self.byte(0);
        let may = match b {
            b'-' | b'=' | b'+' | b'*' | b'/' | b'%' | b'.' | b'<' | b'>' | b'!' | b'~' | b'&'
            | b'|' | b'^' | b'?' => true,
            b'x' | b'e' | b'n' | b'l' | b'g' | b'c' | b'a' | b'o' | b'i' => true,
            _ => false,
        };
        if !may {
            return None;
        }
        let mut len = match self.spaced_operator() {
            Some(len) => len,
            None => grammar::measure(Rule::infix, self.rest()).unwrap_or(0),
        };
        let mut row = precedence::row(&self.rest()[..len]);
        self.adjust(&mut len, &mut row);
        self.peeked = Some((self.pos, len, row));
        row.map(|r| (len, r))
    }

    /// Length of an operator that a blank ends: that needs no call of the grammar.
    fn spaced_operator(&self) -> Option<usize> {
        let bytes = self.rest().as_bytes();
        let word = bytes.first()?.is_ascii_lowercase();
        let len = match word {
            true => bytes
                .iter()
                .take(8)
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
                .count(),
            false => bytes
                .iter()
                .take(4)
                .take_while(|b| b"-+*/%.<>=!~&|^?".contains(b))
                .count(),
        };
        let spaced = matches!(bytes.get(len), Some(b' ' | b'\n'));
        (spaced && precedence::row(&self.rest()[..len]).is_some()).then_some(len)
    }

    /// Operators whose meaning hangs on features.
    fn adjust(&mut self, len: &mut usize, row: &mut Option<Row>) {
        let Some(r) = row else { return };
        match &mut r.infix {
            Infix::Isa if !self.feature(feature::ISA) => *row = None,
            Infix::Binary(op @ (BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor))
            | Infix::AssignOp(op @ (BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor))
                if self.feature(feature::BITWISE) =>
            {
                *op = match op {
                    BinOp::BitAnd => BinOp::NumAnd,
                    BinOp::BitOr => BinOp::NumOr,
                    _ => BinOp::NumXor,
                };
            }
            Infix::Binary(op @ (BinOp::StrAnd | BinOp::StrOr | BinOp::StrXor))
                if !self.feature(feature::BITWISE) =>
            {
                // Without the feature `&.5` is `& .5`.
                *op = match op {
                    BinOp::StrAnd => BinOp::BitAnd,
                    BinOp::StrOr => BinOp::BitOr,
                    _ => BinOp::BitXor,
                };
                *len -= 1;
            }
            _ => {}
        }
    }

    /// Goes on after `left` with operators that bind at least as tightly as `min`.
    pub(super) fn infix_loop(&mut self, mut left: ExprId, min: u8) -> P<ExprId> {
        let mut last = 0;
        loop {
            let after = self.pos;
            let Some((len, row)) = self.peek_infix() else {
                if min <= power::COMMA && self.comma_follows() {
                    left = self.comma_tail(left)?;
                    continue;
                }
                self.pos = after;
                return Ok(left);
            };
            if row.power < min {
                self.pos = after;
                return Ok(left);
            }
            // only comparisons that chain stand beside others of their kind, and those are read at once
            if row.power == last && matches!(row.power, power::LESS | power::EQUAL) {
                return Err(self.syntax_error());
            }
            self.take(len);
            left = self.infix(left, row)?;
            last = row.power;
        }
    }

    fn comma_follows(&mut self) -> bool {
        match self.peek() {
            b',' => true,
            b'=' => self.byte(1) == b'>',
            _ => false,
        }
    }

    /// `left , ..` where an operator looser than the comma came before.
    pub(super) fn comma_tail(&mut self, left: ExprId) -> P<ExprId> {
        self.eat_comma();
        let rest = self.comma_list()?;
        let mut items = vec![left];
        items.extend_from_slice(&rest);
        let list = self.list(&items);
        Ok(self.joined(ExprKind::List(list), left))
    }

    /// A node from the start of `left` to here.
    pub(super) fn joined(&mut self, kind: ExprKind, left: ExprId) -> ExprId {
        let start = self.sh.ast.span(left).start as usize;
        let end = self.origin(self.pos);
        self.sh
            .ast
            .expr(kind, crate::source::Span::new(start, end.max(start)))
    }

    /// Applies one operator, which has been consumed.
    fn infix(&mut self, left: ExprId, row: Row) -> P<ExprId> {
        let next = if row.right { row.power } else { row.power + 1 };
        match row.infix {
            Infix::Assign => {
                self.warn_reversed();
                self.assign(left)
            }
            Infix::AssignOp(op) => {
                let from = self.binding(next)?;
                let (to, from) = (self.place_operand(left, op), self.scalar_operand(from));
                Ok(self.joined(ExprKind::AssignOp { op, to, from }, left))
            }
            Infix::AssignLogic(op) => {
                let from = self.binding(next)?;
                let to = self.unwrapped(left);
                Ok(self.joined(ExprKind::AssignLogic { op, to, from }, left))
            }
            Infix::Binary(op) => {
                if op == BinOp::SmartMatch {
                    self.experimental("smartmatch", "Smartmatch", self.pos);
                }
                let right = self.binding(next)?;
                let (l, r) = (self.scalar_operand(left), self.scalar_operand(right));
                Ok(self.joined(
                    ExprKind::Binary {
                        op,
                        left: l,
                        right: r,
                    },
                    left,
                ))
            }
            Infix::Chain(op) => self.chain(left, op, row.power),
            Infix::Logic(op) => {
                let right = self.binding(next)?;
                Ok(self.joined(ExprKind::Logic { op, left, right }, left))
            }
            Infix::Bind { negate } => self.bind(left, negate),
            Infix::Repeat => self.repeat(left),
            Infix::Range { three } => {
                let right = self.binding(next)?;
                self.sh.flips += 1;
                let flip = self.sh.flips;
                Ok(self.joined(
                    ExprKind::Range {
                        left,
                        right,
                        three,
                        flip,
                    },
                    left,
                ))
            }
            Infix::Cond => self.conditional(left),
            Infix::Isa => {
                let class = self.binding(next)?;
                let class = match *self.sh.ast.kind(class) {
                    ExprKind::Bareword(name) => self.node_like(ExprKind::ClassName(name), class),
                    _ => class,
                };
                Ok(self.joined(
                    ExprKind::Isa {
                        object: left,
                        class,
                    },
                    left,
                ))
            }
            Infix::Arrow => {
                self.pos -= 2;
                self.peeked = None;
                let left = self.postfix(left, false)?;
                Ok(left)
            }
            Infix::Inc | Infix::Dec => {
                let op = if row.infix == Infix::Inc {
                    UnOp::PostInc
                } else {
                    UnOp::PostDec
                };
                let expr = self.scalar_operand(left);
                Ok(self.joined(ExprKind::Unary { op, expr }, left))
            }
        }
    }

    /// `a < b <= c`
    fn chain(&mut self, left: ExprId, op: BinOp, level: u8) -> P<ExprId> {
        let right = self.binding(level + 1)?;
        let mut operands = vec![self.scalar_operand(left), self.scalar_operand(right)];
        let mut ops = vec![op];
        while let Some((
            len,
            Row {
                infix: Infix::Chain(op),
                power,
                ..
            },
        )) = self.peek_infix()
        {
            if power != level {
                break;
            }
            self.take(len);
            let right = self.binding(level + 1)?;
            operands.push(self.scalar_operand(right));
            ops.push(op);
        }
        if let ([a, b], [op]) = (&operands[..], &ops[..]) {
            let (left_id, right_id, op) = (*a, *b, *op);
            return Ok(self.joined(
                ExprKind::Binary {
                    op,
                    left: left_id,
                    right: right_id,
                },
                left,
            ));
        }
        let operands = self.list(&operands);
        let ops = self.sh.ast.add_chain(ops.into());
        Ok(self.joined(ExprKind::Chain { operands, ops }, left))
    }

    fn repeat(&mut self, left: ExprId) -> P<ExprId> {
        let count = self.binding(power::MUL + 1)?;
        let count = self.scalar_operand(count);
        if let ExprKind::List(list) = *self.sh.ast.kind(left) {
            let list = self.sh.ast.add_list(&self.sh.ast[list].to_vec());
            return Ok(self.joined(ExprKind::Repeat { list, count }, left));
        }
        Ok(self.joined(
            ExprKind::Binary {
                op: BinOp::Repeat,
                left,
                right: count,
            },
            left,
        ))
    }

    fn conditional(&mut self, cond: ExprId) -> P<ExprId> {
        let yes = self.assignment()?;
        self.expect(":")?;
        let no = self.binding(power::COND)?;
        Ok(self.joined(ExprKind::Cond { cond, yes, no }, cond))
    }

    /// `left =~ right`
    fn bind(&mut self, left: ExprId, negate: bool) -> P<ExprId> {
        let right = self.binding(power::BIND + 1)?;
        let right = self.unwrapped(right);
        let target = Some(self.unwrapped(left));
        let kind = match *self.sh.ast.kind(right) {
            ExprKind::Match {
                target: None,
                pattern,
                negate: false,
            } => ExprKind::Match {
                target,
                pattern,
                negate,
            },
            ExprKind::Subst {
                target: None,
                pattern,
                with,
                negate: false,
            } => ExprKind::Subst {
                target,
                pattern,
                with,
                negate,
            },
            ExprKind::Trans {
                target: None,
                trans,
                negate: false,
            } => ExprKind::Trans {
                target,
                trans,
                negate,
            },
            _ => ExprKind::Match {
                target,
                pattern: self.expr_pattern(right),
                negate,
            },
        };
        Ok(self.joined(kind, left))
    }

    /// An operand in scalar context: a parenthesised single expression is itself.
    pub(super) fn scalar_operand(&mut self, id: ExprId) -> ExprId {
        self.unwrapped(id)
    }

    /// The left side of `op=`: `(@a) x= 3` keeps its parentheses.
    fn place_operand(&mut self, id: ExprId, op: BinOp) -> ExprId {
        if op == BinOp::Repeat {
            id
        } else {
            self.unwrapped(id)
        }
    }

    /// The expression in a pair of parentheses around just one.
    pub(super) fn unwrapped(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::List(list) = *self.sh.ast.kind(id) {
            match self.sh.ast[list] {
                [only] => id = only,
                _ => return id,
            }
        }
        id
    }

    /// `defined(..)` around a condition that reads (`while (<FH>)`), with `$_` filled in.
    pub(super) fn loop_condition(&mut self, cond: ExprId) -> ExprId {
        use crate::signature::Builtin;
        let reads = |p: &Self, id: ExprId| {
            matches!(
                *p.sh.ast.kind(id),
                ExprKind::ReadLine(_)
                    | ExprKind::ReadArgv { .. }
                    | ExprKind::Glob(_)
                    | ExprKind::Builtin {
                        func: Builtin::Readdir | Builtin::Each | Builtin::Shift,
                        ..
                    }
            )
        };
        let bare = self.unwrapped(cond);
        match *self.sh.ast.kind(bare) {
            ExprKind::Builtin {
                func: Builtin::Shift,
                ..
            } => cond,
            _ if reads(self, bare) => {
                let topic = self.topic();
                let set = self.node_like(
                    ExprKind::Assign {
                        to: topic,
                        from: bare,
                    },
                    cond,
                );
                self.defined(set)
            }
            ExprKind::Assign { from, .. } if reads(self, self.unwrapped(from)) => {
                self.defined(bare)
            }
            ExprKind::Logic {
                op: LogOp::And,
                left,
                right,
            } => {
                let new = self.loop_condition(left);
                if new == left {
                    return cond;
                }
                self.node_like(
                    ExprKind::Logic {
                        op: LogOp::And,
                        left: new,
                        right,
                    },
                    cond,
                )
            }
            _ => cond,
        }
    }

    fn defined(&mut self, expr: ExprId) -> ExprId {
        let args = self.list(&[expr]);
        let func = crate::signature::Builtin::Defined;
        self.node_like(ExprKind::Builtin { func, args }, expr)
    }
}

/// The items of a comma list.
#[derive(Debug, Default)]
pub(super) struct Items {
    all: Vec<ExprId>,
    /// Whether any comma was read.
    pub had_comma: bool,
}

impl Items {
    fn push(&mut self, id: ExprId) {
        self.all.push(id);
    }

    /// The items.
    pub fn into_vec(self) -> Vec<ExprId> {
        self.all
    }
}

impl std::ops::Deref for Items {
    type Target = [ExprId];
    fn deref(&self) -> &[ExprId] {
        &self.all
    }
}
