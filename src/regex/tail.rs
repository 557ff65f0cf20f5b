//! Patterns that reach to the end of the subject and have a length: what stands further from the end than that cannot
//! be where they begin (`/[,;]$/` in a megabyte).

use super::ast::{Assert, Node, Uses};
use super::parse::widths;

/// The most characters that one written in a pattern may stand for under `/i`.
const FOLD: usize = 3;
/// The most bytes of a character.
const WIDEST: usize = 13;

/// How many characters before the end of a subject a match begins at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail(usize);

impl Tail {
    /// Of a pattern, if it is such a one, and trying it at other places has no effects.
    pub fn of(node: &Node, uses: &Uses) -> Option<Tail> {
        let effects = uses.code || uses.postponed || uses.pos || uses.verbs || uses.accept;
        if effects || uses.recursion || !ends_at_end(node) {
            return None;
        }
        // One more for the newline that may follow.
        Some(Tail(widths(node).1? as usize * FOLD + 1))
    }

    /// Where a search from `start` may begin.
    pub fn start(self, subject: &[u8], utf8: bool, start: usize) -> usize {
        let bytes = if utf8 { self.0 * WIDEST } else { self.0 };
        let mut from = subject.len().saturating_sub(bytes);
        while utf8 && subject.get(from).is_some_and(|byte| byte & 0xC0 == 0x80) {
            from += 1;
        }
        from.max(start)
    }
}

/// Does every match of it reach to the end of the subject, or to the newline there?
fn ends_at_end(node: &Node) -> bool {
    match node {
        Node::Assert(Assert::End | Assert::EndOrNewline) => true,
        Node::Cat(nodes) => nodes.last().is_some_and(ends_at_end),
        Node::Alt(nodes) | Node::Reset(nodes) => !nodes.is_empty() && nodes.iter().all(ends_at_end),
        Node::Group(_, body) | Node::Atomic(body) => ends_at_end(body),
        _ => false,
    }
}
