//! Quantifiers: what they bind to and how they go wrong.

use super::super::ast::{Assert, Literal, Node, Repeat, RepeatKind};
use super::super::error::{Category, unmarked};
use super::super::grammar::{Rule, Token};
use super::super::pattern::Flags;
use super::{Last, Parse, Parser};

/// The largest count perl takes.
const MOST: u64 = 65534;

impl Parser<'_, '_> {
    pub(super) fn repeat(&mut self, token: Token) -> Parse<()> {
        let inner = self.inner(token);
        let text = self.slice(token);
        if self.last == Last::Counted {
            match text {
                "?" => return self.set_kind(RepeatKind::Lazy),
                "+" => return self.set_kind(RepeatKind::Possessive),
                _ => {}
            }
        }
        let start = match self.last {
            Last::Atom(start) => start,
            Last::Nothing if text.starts_with('{') => {
                // At the start of a construct a brace is a brace.
                return self.brace_text(token);
            }
            Last::Nothing => {
                let before = self.text.get(..token.start).unwrap_or("");
                let apart = before.ends_with(char::is_whitespace) && self.flags.has(Flags::X);
                if let Some(c @ ('*' | '?')) = text.chars().next()
                    && apart
                    && before.trim_end().ends_with('(')
                {
                    return self.split_open(token.start, c);
                }
                return self.fail("Quantifier follows nothing", token.start + 1);
            }
            Last::Counted | Last::Closed => {
                return self.fail("Nested quantifiers", token.start + 1);
            }
        };
        let (min, max) = self.counts(token, &inner)?;
        self.apply(min, max, start, token.end)
    }

    fn set_kind(&mut self, kind: RepeatKind) -> Parse<()> {
        self.last = Last::Closed;
        if let Some(Node::Repeat(repeat)) = self.cat.last_mut() {
            repeat.kind = kind;
        }
        Ok(())
    }

    fn brace_text(&mut self, token: Token) -> Parse<()> {
        for (i, c) in self.slice(token).char_indices() {
            self.push_char(c as u32, token.start + i);
        }
        Ok(())
    }

    fn counts(&mut self, token: Token, inner: &[Token]) -> Parse<(u32, Option<u32>)> {
        match self.slice(token) {
            "*" => return Ok((0, None)),
            "+" => return Ok((1, None)),
            "?" => return Ok((0, Some(1))),
            _ => {}
        }
        let find = |rule: Rule| inner.iter().find(|t| t.rule == rule).copied();
        let least = find(Rule::least).map(|t| self.count(t)).transpose()?;
        let most = find(Rule::most).map(|t| self.count(t)).transpose()?;
        Ok(match (least, find(Rule::comma), most) {
            (least, None, _) => (least.unwrap_or(0), Some(least.unwrap_or(0))),
            (least, Some(_), most) => (least.unwrap_or(0), most),
        })
    }

    fn count(&self, token: Token) -> Parse<u32> {
        let digits = self.slice(token);
        match digits.parse::<u64>() {
            _ if digits.len() > 1 && digits.starts_with('0') => {
                self.fail("Invalid quantifier in {,}", token.end)
            }
            Ok(n) if n <= MOST => Ok(n as u32),
            _ => self.fail(
                &format!("Quantifier in {{,}} bigger than {MOST}"),
                token.end,
            ),
        }
    }

    fn apply(&mut self, min: u32, max: Option<u32>, start: usize, end: usize) -> Parse<()> {
        let body = self.take_atom();
        self.last = Last::Counted;
        let zero_width = is_test(&body);
        let (mut min, mut max) = (min, max);
        if max.is_some_and(|max| max < min) {
            self.warn(
                Category::Regexp,
                "Quantifier {n,m} with n > m can't match",
                end,
            );
            self.cat.push(Node::Repeat(Box::new(Repeat {
                min: 1,
                max: Some(1),
                kind: RepeatKind::Greedy,
                body: Node::Alt(Vec::new()),
            })));
            return Ok(());
        }
        if max.is_none() && zero_width {
            let shown = self.text.get(start..end).unwrap_or("").to_string();
            if matches!(body, Node::Assert(Assert::Keep)) {
                let message = format!("{shown} is forbidden - matches null string many times");
                return self.fail(&message, end);
            }
            self.warn(
                Category::Regexp,
                &format!("{shown} matches null string many times"),
                end,
            );
        }
        if zero_width && max.is_none_or(|max| max > 1) {
            if max.is_some() && !holds_nothing(&body) {
                let text = unmarked("Quantifier unexpected on zero-length expression", self.text);
                self.warnings.push(super::Warning {
                    category: Category::Regexp,
                    text,
                });
            }
            max = Some(1.max(min.min(1)));
            min = min.min(1);
        }
        if Some(min) == max && self.rest(end).starts_with('?') {
            let c = &self.rest(end)[..1];
            let message = format!("Useless use of greediness modifier '{c}'");
            self.warn(Category::Regexp, &message, end + 1);
        }
        let kind = RepeatKind::Greedy;
        self.cat.push(Node::Repeat(Box::new(Repeat {
            min,
            max,
            kind,
            body,
        })));
        Ok(())
    }

    /// What a quantifier binds to: the last node, or the last character of a literal.
    fn take_atom(&mut self) -> Node {
        if let Some(Node::Literal(literal)) = self.cat.last_mut()
            && literal.chars.len() > 1
            && let Some(c) = literal.chars.pop()
        {
            return Node::Literal(Literal {
                chars: vec![c],
                fold: literal.fold,
            });
        }
        self.cat.pop().unwrap_or(Node::Empty)
    }
}

/// Whether a group in it has no text at all.
fn holds_nothing(node: &Node) -> bool {
    match node {
        Node::Empty => true,
        Node::Cat(nodes) | Node::Alt(nodes) => nodes.iter().any(holds_nothing),
        Node::Group(_, body) | Node::Atomic(body) => holds_nothing(body),
        _ => false,
    }
}

/// Whether a node can only ever match the empty string, as perl's parser sees it.
fn is_test(node: &Node) -> bool {
    match node {
        Node::Assert(_) | Node::Look { .. } | Node::Empty => true,
        Node::Cat(nodes) | Node::Alt(nodes) => nodes.iter().all(is_test),
        Node::Group(_, body) | Node::Atomic(body) => is_test(body),
        _ => false,
    }
}
