//! What is wrong with a `(?` or `(*` that opens nothing, in perl's words.

use super::super::grammar::Token;
use super::atom::word_prefix;
use super::{Parse, Parser};

/// The lower-case names that may follow `(*`.
const CONSTRUCTS: &[&str] = &[
    "pla",
    "nla",
    "plb",
    "nlb",
    "sr",
    "asr",
    "atomic",
    "positive_lookahead",
    "negative_lookahead",
    "positive_lookbehind",
    "negative_lookbehind",
    "script_run",
    "atomic_script_run",
];

impl Parser<'_, '_> {
    /// `(?` followed by nothing known.
    pub(super) fn bad_open(&mut self, token: Token) -> Parse<()> {
        let at = token.end;
        let rest = self.rest(at);
        let Some(c) = rest.chars().next() else {
            return self.fail("Sequence (? incomplete", at);
        };
        let after = at + c.len_utf8();
        let next = self.rest(after).chars().next();
        match c {
            '#' => self.fail_plain("Sequence (?#... not terminated"),
            '<' | '\'' => self.bad_name(after, &format!("Sequence (?{c}... not terminated")),
            'P' => match next {
                Some('<') if self.rest(after + 1).is_empty() => {
                    self.fail("Sequence (?P<... not terminated", after + 1)
                }
                Some('<') => self.bad_name(after + 1, "Sequence (?<... not terminated"),
                Some('>') => self.bad_name(after + 1, "Sequence (?P>... not terminated"),
                Some('=') => self.bad_name(after + 1, "Sequence ?P=... not terminated"),
                Some(other) => {
                    let message = format!("Sequence (?P{other}...) not recognized");
                    self.fail(&message, self.past(after))
                }
                None => self.fail("Sequence (?P...) not recognized", after),
            },
            'R' | '0' => self.fail_plain("Sequence (?R) not terminated"),
            '&' => self.bad_name(after, "Sequence (?&... not terminated"),
            '+' if !next.is_some_and(|d| d.is_ascii_digit()) => self.fail("Illegal pattern", after),
            '+' | '-' if next.is_some_and(|d| d.is_ascii_digit()) => self.bad_number(after),
            '1'..='9' => self.bad_number(at),
            '(' => self.bad_condition(after),
            '$' | '@' => self.fail(&format!("Sequence (?{c}...) not implemented"), after),
            '?' | 'p' => {
                let message = format!("Sequence (?{c}...) not recognized");
                self.fail(&message, after)
            }
            _ => {
                let flags = self.read_flags(rest, at)?;
                self.flags = flags;
                self.fail("Sequence (?... not terminated", self.text.len())
            }
        }
    }

    fn bad_name(&mut self, at: usize, message: &str) -> Parse<()> {
        let rest = self.rest(at);
        let word = word_prefix(rest);
        match rest.chars().next() {
            Some(c) if word == 0 || c.is_ascii_digit() => {
                let message = "Group name must start with a non-digit word character";
                self.fail(message, self.past(at))
            }
            _ => self.fail(message, at + word),
        }
    }

    fn bad_number(&mut self, at: usize) -> Parse<()> {
        let rest = self.rest(at);
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        self.fail("Expecting close bracket", at + digits)
    }

    /// `(?(` with a condition that is none.
    fn bad_condition(&mut self, at: usize) -> Parse<()> {
        let rest = self.rest(at);
        match rest.chars().next() {
            Some(c @ ('<' | '\'')) => {
                let message = format!("Sequence (?({c}... not terminated");
                self.bad_name(at + 1, &message)
            }
            Some(c) if c == 'R' || c.is_ascii_digit() || rest.starts_with("DEFINE") => {
                let len = rest.find(|d: char| !(d.is_ascii_digit() || c == 'R' && d == 'R'));
                let stop = at + len.unwrap_or(rest.len());
                let stop = if rest.starts_with("DEFINE") {
                    at + 6
                } else {
                    stop
                };
                self.fail("Switch condition not recognized", self.past(stop))
            }
            _ => self.fail("Unknown switch condition (?(...))", self.past(at)),
        }
    }

    /// `(*name...` that is no verb and no construct.
    pub(super) fn bad_verb(&mut self, token: Token) -> Parse<()> {
        let start = token.start + 2;
        let rest = self.rest(start);
        let lower = rest.starts_with(|c: char| c.is_ascii_lowercase());
        let close = rest.find(')');
        let colon = rest
            .find(':')
            .filter(|at| close.is_none_or(|end| *at < end));
        let Some(close) = close else {
            let message = match (lower, colon.is_some()) {
                (false, false) => "Unterminated verb pattern",
                (false, true) => "Unterminated verb pattern argument",
                (true, false) => "Unterminated '(*...' construct",
                (true, true) => "Unterminated '(*...' argument",
            };
            return self.fail(message, self.text.len());
        };
        let name = &rest[..colon.unwrap_or(close)];
        if lower && CONSTRUCTS.contains(&name) {
            let message = format!("'(*{name}' requires a terminating ':'");
            return self.fail(&message, start + close);
        }
        let message = if lower {
            format!("Unknown '(*...)' construct '{name}'")
        } else {
            format!("Unknown verb pattern '{name}'")
        };
        self.fail(&message, start + close + 1)
    }

    /// A comment between the `(` and its `?` or `*`.
    pub(super) fn split_open(&mut self, at: usize, c: char) -> Parse<()> {
        let rest = self.rest(at + 1);
        let message = match c {
            '?' => "In '(?...)', the '(' and '?' must be adjacent",
            _ if rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
                "In '(*VERB...)', the '(' and '*' must be adjacent"
            }
            _ => "In '(*...)', the '(' and '*' must be adjacent",
        };
        self.fail(message, at + 1)
    }
}
