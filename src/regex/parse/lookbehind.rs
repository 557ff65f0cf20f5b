//! How far a lookbehind may look: perl refuses more than 255 characters.

use super::super::ast::{CondTest, Node};
use super::super::error::{Category, Warning, unmarked};
use super::{Parse, Parser};

const FARTHEST: u32 = 255;

impl Parser<'_, '_> {
    pub(super) fn check_lookbehind(&mut self, body: &Node) -> Parse<()> {
        // a first reading takes `\257` for a reference, of any width; there will be a second
        if self.used_layout && self.known.layout.is_none() {
            return Ok(());
        }
        let (least, most) = widths(body);
        if most.is_none_or(|most| most > FARTHEST) {
            return self.fail_plain("Lookbehind longer than 255 not implemented");
        }
        if most != Some(least) && captures(body) {
            let message = "Variable length positive lookbehind with capturing is experimental";
            let text = unmarked(message, self.text);
            self.warnings.push(Warning {
                category: Category::Experimental("vlb"),
                text,
            });
        }
        Ok(())
    }
}

/// The least and the most characters a node matches; `None` for no limit.
pub fn widths(node: &Node) -> (u32, Option<u32>) {
    match node {
        Node::Literal(literal) => (literal.chars.len() as u32, Some(literal.chars.len() as u32)),
        Node::Any { .. } | Node::Set(_) => (1, Some(1)),
        Node::LineBreak => (1, Some(2)),
        Node::Grapheme => (1, None),
        Node::Backref { .. } | Node::Recurse(_) => (0, None),
        Node::Code {
            postponed: true, ..
        } => (0, None),
        Node::Cat(nodes) => nodes.iter().map(widths).fold((0, Some(0)), |sum, one| {
            let most = sum.1.zip(one.1).map(|(a, b)| a.saturating_add(b));
            (sum.0.saturating_add(one.0), most)
        }),
        Node::Alt(nodes) | Node::Reset(nodes) => either(nodes.iter().map(widths)),
        Node::Group(_, body) | Node::Atomic(body) | Node::ScriptRun(body) => widths(body),
        Node::Repeat(repeat) => {
            let (least, most) = widths(&repeat.body);
            let most = match (most, repeat.max) {
                (Some(0), _) => Some(0),
                (most, max) => most.zip(max).map(|(a, b)| a.saturating_mul(b)),
            };
            (least.saturating_mul(repeat.min), most)
        }
        Node::Cond(cond) if matches!(cond.test, CondTest::Define) => (0, Some(0)),
        Node::Cond(cond) => either([widths(&cond.yes), widths(&cond.no)].into_iter()),
        _ => (0, Some(0)),
    }
}

fn either(mut all: impl Iterator<Item = (u32, Option<u32>)>) -> (u32, Option<u32>) {
    let Some(first) = all.next() else {
        return (0, Some(0));
    };
    all.fold(first, |sum, one| {
        (sum.0.min(one.0), sum.1.zip(one.1).map(|(a, b)| a.max(b)))
    })
}

fn captures(node: &Node) -> bool {
    match node {
        Node::Group(n, body) => *n > 0 || captures(body),
        Node::Atomic(body) | Node::ScriptRun(body) => captures(body),
        Node::Cat(nodes) | Node::Alt(nodes) | Node::Reset(nodes) => nodes.iter().any(captures),
        Node::Repeat(repeat) => captures(&repeat.body),
        Node::Cond(cond) => captures(&cond.yes) || captures(&cond.no),
        _ => false,
    }
}
