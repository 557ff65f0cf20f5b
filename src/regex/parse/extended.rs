//! Extended bracketed classes `(?[ ... ])`, perlrecharclass: set arithmetic, by Unicode rules.

use super::super::ast::{Class, Item, Node};
use super::super::chars::ranges::RangeSet;
use super::super::chars::sets::class_ranges;
use super::super::grammar::{Rule, Token, read_run};
use super::super::pattern::Flags;
use super::super::unicode::fold_closure;
use super::{Failure, Parse, Parser};
use std::rc::Rc;

/// A level of parentheses being worked out.
#[derive(Default)]
struct Level {
    /// Finished sums and the operator after them.
    sum: Option<(RangeSet, char)>,
    /// A finished product and its `&`.
    product: Option<RangeSet>,
    /// The operand last read.
    operand: Option<RangeSet>,
    negations: u32,
    start: usize,
}

impl Parser<'_, '_> {
    pub(super) fn extended(&mut self, token: Token) -> Parse<()> {
        self.need_unicode()?;
        let mut tokens = Vec::new();
        read_run(Rule::extended, self.text, token.end, &mut tokens);
        let saved = (
            std::mem::replace(&mut self.tokens, tokens),
            self.next,
            self.flags,
        );
        self.next = 0;
        self.flags = self.flags.with(Flags::XX, true);
        let outcome = self.set_expression();
        self.tokens = saved.0;
        self.next = saved.1;
        self.flags = saved.2;
        let (mut set, end) = outcome?;
        if let Some(charset) = self.fold() {
            set = fold_closure(&set, charset == super::Charset::AsciiStrict);
        }
        let class = Class {
            negated: false,
            items: vec![Item::Ranges(Rc::new(set))],
            fold: None,
            charset: self.charset(),
        };
        self.push(Node::Set(Rc::new(class)), token.start);
        self.resume(end);
        Ok(())
    }

    /// Reads up to the closing `])`; the set and the end.
    fn set_expression(&mut self) -> Parse<(RangeSet, usize)> {
        let mut levels = vec![Level::default()];
        let mut nested: Vec<(usize, Flags)> = Vec::new();
        while let Some(&token) = self.tokens.get(self.next) {
            self.next += 1;
            let text = self.slice(token);
            let Some(level) = levels.last_mut() else {
                break;
            };
            match token.rule {
                Rule::ext_blank => {}
                Rule::ext_flags => {
                    let flags = self.read_flags(&text[2..], token.start + 2)?;
                    nested.push((usize::MAX, self.flags));
                    self.flags = flags.with(Flags::XX, true);
                }
                Rule::ext_nested => {
                    levels.push(Level {
                        start: usize::MAX,
                        ..Level::default()
                    });
                }
                Rule::ext_open => {
                    if level.operand.is_some() {
                        let message = "Unexpected '(' with no preceding operator";
                        return self.fail(message, token.end);
                    }
                    levels.push(Level {
                        start: token.end,
                        ..Level::default()
                    });
                }
                Rule::ext_close => {
                    if let Some((usize::MAX, flags)) = nested.last().copied()
                        && levels.len() == 1
                    {
                        nested.pop();
                        self.flags = flags;
                        continue;
                    }
                    if levels.len() < 2 {
                        return self.fail("Unexpected ')'", token.end);
                    }
                    self.close_level(&mut levels, token.end)?;
                }
                Rule::ext_end => {
                    let inner =
                        levels.len() > 1 && levels.last().is_some_and(|l| l.start == usize::MAX);
                    if !text.ends_with(')') {
                        let message = "Unexpected ']' with no following ')' in (?[...";
                        return self.fail(message, token.end);
                    }
                    if inner {
                        self.close_level(&mut levels, token.start)?;
                        continue;
                    }
                    if let Some(open) = levels.last().filter(|_| levels.len() > 1) {
                        let at = open.start;
                        return self.fail("Unmatched (", at);
                    }
                    let Some(set) = levels.pop().and_then(Level::total) else {
                        let message = "Incomplete expression within '(?[ ])'";
                        return self.fail(message, token.start);
                    };
                    return Ok((set, token.end));
                }
                Rule::ext_operator => self.operator(level, text, token.end)?,
                Rule::ext_stray => return self.fail("Unexpected character", token.end),
                _ => {
                    let set = self.operand(token)?;
                    let Some(level) = levels.last_mut() else {
                        break;
                    };
                    if level.operand.is_some() {
                        let message = "Operand with no preceding operator";
                        return self.fail(message, token.end);
                    }
                    level.set(set);
                }
            }
        }
        self.fail("Syntax error in (?[...])", self.text.len())
    }

    fn close_level(&mut self, levels: &mut Vec<Level>, at: usize) -> Parse<()> {
        let Some(set) = levels.pop().and_then(Level::total) else {
            return self.fail("Incomplete expression within '(?[ ])'", at);
        };
        let Some(level) = levels.last_mut() else {
            return Err(Failure::Again);
        };
        if level.operand.is_some() {
            return self.fail("Operand with no preceding operator", at);
        }
        level.set(set);
        Ok(())
    }

    fn operator(&self, level: &mut Level, text: &str, end: usize) -> Parse<()> {
        let op = text.chars().next().unwrap_or('+');
        if op == '!' {
            level.negations += 1;
            return Ok(());
        }
        let Some(operand) = level.operand.take() else {
            let message = format!("Unexpected binary operator '{op}' with no preceding operand");
            return self.fail(&message, end);
        };
        let product = match level.product.take() {
            Some(left) => left.intersect(&operand),
            None => operand,
        };
        if op == '&' {
            level.product = Some(product);
        } else {
            let sum = match level.sum.take() {
                Some((left, before)) => combine(&left, before, &product),
                None => product,
            };
            level.sum = Some((sum, op));
        }
        Ok(())
    }

    fn operand(&mut self, token: Token) -> Parse<RangeSet> {
        let class = match token.rule {
            Rule::class => {
                let inner = self.inner(token);
                let (class, sequences) = self.class(token, &inner)?;
                if !sequences.is_empty() {
                    return self.fail("\\N{} here is restricted to one character", token.end);
                }
                class
            }
            Rule::posix => self.one_item(token)?,
            Rule::property_braced | Rule::property_short | Rule::class_kind => {
                self.one_item(token)?
            }
            Rule::named_braced => {
                let chars = self.named_chars(token)?;
                let [c] = chars[..] else {
                    return self.fail("\\N{} here is restricted to one character", token.end - 1);
                };
                return Ok(RangeSet::new(vec![(c, c)]));
            }
            Rule::bad_property => return self.bad_property(token),
            Rule::bad_hex | Rule::bad_octal | Rule::bad_named => return self.bad_braces(token),
            _ => {
                let c = self.coded_char(token)?;
                return Ok(RangeSet::new(vec![(c, c)]));
            }
        };
        Ok(class_ranges(
            &Class {
                fold: None,
                ..class
            },
            true,
        ))
    }

    fn one_item(&mut self, token: Token) -> Parse<Class> {
        let item = match token.rule {
            Rule::posix => self.posix(token)?,
            Rule::class_kind => {
                let letter = self.slice(token).as_bytes()[1];
                match super::atom::named_letter(letter) {
                    Some(named) => Item::Named(named, letter.is_ascii_uppercase()),
                    None => return self.fail("Unexpected character", token.end),
                }
            }
            _ => self.property(token)?,
        };
        let charset = self.charset();
        Ok(Class {
            negated: false,
            items: vec![item],
            fold: None,
            charset,
        })
    }
}

impl Level {
    fn set(&mut self, set: RangeSet) {
        let set = if self.negations % 2 == 1 {
            set.complement()
        } else {
            set
        };
        self.negations = 0;
        self.operand = Some(set);
    }

    /// What the level comes to; `None` if it is incomplete.
    fn total(self) -> Option<RangeSet> {
        let operand = self.operand?;
        if self.negations > 0 {
            return None;
        }
        let product = match self.product {
            Some(left) => left.intersect(&operand),
            None => operand,
        };
        Some(match self.sum {
            Some((left, op)) => combine(&left, op, &product),
            None => product,
        })
    }
}

fn combine(left: &RangeSet, op: char, right: &RangeSet) -> RangeSet {
    match op {
        '-' => left.subtract(right),
        '^' => left.union(right).subtract(&left.intersect(right)),
        _ => left.union(right),
    }
}
