//! The one place that calls pest: entry rules at an offset of a text.

use keshi_grammar::perl::{Grammar, Parser as _};
pub use keshi_grammar::perl::{Pair, Rule};

/// Length of what `rule` matches at the start of `text`.
pub fn measure(rule: Rule, text: &str) -> Option<usize> {
    Grammar::parse(rule, text)
        .ok()?
        .next()
        .map(|pair| pair.as_span().end())
}

/// The match of `rule` at the start of `text`.
pub fn parse(rule: Rule, text: &str) -> Option<Pair<'_, Rule>> {
    Grammar::parse(rule, text).ok()?.next()
}

/// The first inner token of the match of `rule`: its rule and range, and the length of the match.
pub fn first_inner(rule: Rule, text: &str) -> Option<(Rule, usize, usize, usize)> {
    let pair = parse(rule, text)?;
    let end = pair.as_span().end();
    let inner = pair.into_inner().next()?;
    let span = inner.as_span();
    Some((inner.as_rule(), span.start(), span.end(), end))
}
