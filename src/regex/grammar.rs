//! The one door to the pest grammar of patterns: runs of leaf tokens.

use keshi_grammar::regex::RegexGrammar;
use pest::Parser;

pub use keshi_grammar::regex::Rule;

/// A leaf of the pattern: what it is and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// The grammar's rule.
    pub rule: Rule,
    /// First byte.
    pub start: usize,
    /// Past the last byte.
    pub end: usize,
}

/// Reads one run of `rule` at `at`, appending its tokens, outer before inner; gives the end.
pub fn read_run(rule: Rule, text: &str, at: usize, into: &mut Vec<Token>) -> usize {
    let Some(rest) = text.get(at..) else {
        return text.len();
    };
    let Ok(mut pairs) = RegexGrammar::parse(rule, rest) else {
        return at;
    };
    let Some(run) = pairs.next() else { return at };
    let end = at + run.as_span().end();
    for pair in run.into_inner().flatten() {
        let span = pair.as_span();
        into.push(Token {
            rule: pair.as_rule(),
            start: at + span.start(),
            end: at + span.end(),
        });
    }
    end
}

/// The end of the `{...}` that starts at `at`, as far as braces and quotes tell.
pub fn code_end(text: &str, at: usize) -> Option<usize> {
    let pairs = RegexGrammar::parse(Rule::code_body, text.get(at..)?).ok()?;
    pairs.last().map(|pair| at + pair.as_span().end())
}
