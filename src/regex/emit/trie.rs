//! Alternations of plain words with their common beginnings taken out, so that a long list of words
//! is not tried one by one.

use super::super::ast::{Literal, Node};
use super::super::unicode::unicode_rules;
use super::{Emit, Emitter};

/// Fewer words than this are left as they are.
const ENOUGH: usize = 3;

impl Emitter {
    /// Writes the branches that are words, from the first on; gives how many were written.
    pub(super) fn words(&mut self, nodes: &[Node]) -> Result<usize, super::Unsupported> {
        let Some(Node::Literal(first)) = nodes.first() else {
            return Ok(0);
        };
        if first
            .fold
            .is_some_and(|charset| unicode_rules(charset, self.out.utf))
        {
            // A fold may join what stands on both sides of a cut.
            return Ok(0);
        }
        let words: Vec<&[u32]> = nodes
            .iter()
            .map_while(|node| match node {
                Node::Literal(word) if word.fold == first.fold => Some(&word.chars[..]),
                _ => None,
            })
            .collect();
        if words.len() < ENOUGH
            || (first.fold.is_some() && words.iter().any(|w| w.iter().any(|c| *c > 0x7F)))
        {
            return Ok(0);
        }
        let count = words.len();
        self.suffixes(&words, first)?;
        Ok(count)
    }

    /// Writes the alternatives `words`. Words that begin differently exclude each other, so those
    /// that begin alike may be drawn together; an empty word is never passed over.
    fn suffixes(&mut self, words: &[&[u32]], model: &Literal) -> Emit {
        let key = |c: u32| match model.fold {
            Some(_) if c < 0x80 => u32::from((c as u8).to_ascii_lowercase()),
            _ => c,
        };
        let mut first = true;
        for stretch in words.chunk_by(|a, b| a.is_empty() == b.is_empty()) {
            if stretch.first().is_some_and(|word| word.is_empty()) {
                if !first {
                    self.push("|");
                }
                first = false;
                continue;
            }
            let mut groups: Vec<(u32, Vec<&[u32]>)> = Vec::new();
            let mut places =
                std::collections::HashMap::<u32, usize, foldhash::fast::RandomState>::default();
            for word in stretch {
                let Some((head, _)) = word.split_first() else {
                    continue;
                };
                let at = *places.entry(key(*head)).or_insert_with(|| {
                    groups.push((*head, Vec::new()));
                    groups.len() - 1
                });
                groups[at].1.push(word);
            }
            for (_, group) in groups {
                if !first {
                    self.push("|");
                }
                first = false;
                self.group_of_words(&group, model)?;
            }
        }
        Ok(())
    }

    /// Words with the same first character: what they share, then the rest of each.
    fn group_of_words(&mut self, words: &[&[u32]], model: &Literal) -> Emit {
        let Some((one, others)) = words.split_first() else {
            return Ok(());
        };
        let same = |a: u32, b: u32| {
            a == b
                || model.fold.is_some()
                    && a < 0x80
                    && b < 0x80
                    && (a as u8).eq_ignore_ascii_case(&(b as u8))
        };
        let shared = others.iter().fold(one.len(), |len, word| {
            one.iter()
                .zip(word.iter())
                .take(len)
                .take_while(|(a, b)| same(**a, **b))
                .count()
        });
        let head = Literal {
            chars: one[..shared].to_vec(),
            fold: model.fold,
        };
        self.literal(&head)?;
        if others.is_empty() {
            return Ok(());
        }
        let rest: Vec<&[u32]> = words.iter().map(|word| &word[shared..]).collect();
        crate::source::depth::deeper(128 * 1024, 1024 * 1024, || {
            self.scope("(?:", |e| e.suffixes(&rest, model))
        })
    }
}
