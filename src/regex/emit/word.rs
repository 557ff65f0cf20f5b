//! `\b` and `\B`. PCRE2's own `\b` serves where its idea of a word character is perl's; elsewhere a
//! neighbour that is known to be a word character leaves one side to look at.

use super::super::ast::{Item, Named, Node};
use super::super::chars::sets::named_is_unicode;
use super::super::pattern::Charset;
use super::super::unicode::named_ranges;
use super::Emitter;
use super::set::WORD;

const ASCII_WORD: &str = "0-9A-Za-z_";

impl Emitter {
    pub(super) fn word_bound(
        &mut self,
        negated: bool,
        charset: Charset,
        before: Option<&Node>,
        after: Option<&Node>,
    ) {
        let unicode = named_is_unicode(charset, self.out.utf);
        let native = if self.out.utf {
            !unicode
        } else {
            self.out.latin1 == unicode
        };
        if native {
            return self.push(if negated { "\\B" } else { "\\b" });
        }
        let word = if unicode && self.out.utf {
            WORD
        } else {
            ASCII_WORD
        };
        // With one side known, a boundary wants the opposite of it on the other.
        let edge = |node: Option<&Node>, end: bool| node.and_then(|n| edge(n, end, unicode));
        let text = match (edge(before, true), edge(after, false)) {
            (_, Some(after)) => {
                format!("(?<{}[{word}])", if after == negated { '=' } else { '!' })
            }
            (Some(before), None) => {
                format!("(?{}[{word}])", if before == negated { '=' } else { '!' })
            }
            (None, None) => {
                let (a, b) = if negated { ('=', '!') } else { ('!', '=') };
                format!("(?:(?<=[{word}])(?{a}[{word}])|(?<![{word}])(?{b}[{word}]))")
            }
        };
        self.push(&text);
    }
}

/// Whether the first (or last) character a node matches is always a word character, or never;
/// `None` when that depends or the node may match nothing.
fn edge(node: &Node, end: bool, unicode: bool) -> Option<bool> {
    match node {
        Node::Literal(literal) => {
            let c = if end {
                literal.chars.last()
            } else {
                literal.chars.first()
            };
            Some(named_ranges(Named::Word, unicode).contains(*c?)).filter(|_| {
                // A fold may leave ASCII.
                literal.fold.is_none() || unicode
            })
        }
        Node::Set(class) => match (&class.items[..], class.negated) {
            ([Item::Named(Named::Word, negated)], flipped)
                if named_is_unicode(class.charset, true) == unicode =>
            {
                Some(*negated == flipped)
            }
            ([Item::Named(Named::Digit | Named::Alpha | Named::Alnum, false)], false)
                if unicode || !named_is_unicode(class.charset, true) =>
            {
                Some(true)
            }
            ([Item::Named(Named::Space, false)], false) => Some(false),
            (items, false) if !items.is_empty() && items.iter().all(word_range) => {
                Some(true).filter(|_| class.fold.is_none() || unicode)
            }
            _ => None,
        },
        Node::Group(_, body) | Node::Atomic(body) => edge(body, end, unicode),
        Node::Cat(nodes) => edge(
            if end { nodes.last()? } else { nodes.first()? },
            end,
            unicode,
        ),
        Node::Alt(nodes) | Node::Reset(nodes) => {
            let mut all = nodes.iter().map(|n| edge(n, end, unicode));
            let first = all.next()??;
            all.all(|other| other == Some(first)).then_some(first)
        }
        Node::Repeat(repeat) if repeat.min > 0 => edge(&repeat.body, end, unicode),
        _ => None,
    }
}

/// A range of ASCII word characters.
fn word_range(item: &Item) -> bool {
    match item {
        Item::Range(lo, hi) => {
            let byte =
                |c: u32| u8::try_from(c).is_ok_and(|b| b.is_ascii_alphanumeric() || b == b'_');
            byte(*lo) && byte(*hi) && (lo == hi || (*hi - *lo) < 26 && lo / 32 == hi / 32)
        }
        _ => false,
    }
}
