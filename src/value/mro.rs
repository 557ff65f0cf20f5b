//! The order in which classes are searched: depth first, or C3 (perldoc mro).

use super::Stash;
use super::rc::Rc;
use super::symbols::Symbols;

/// Deepest inheritance perl accepts.
const DEEPEST: usize = 100;

/// Depth first, left to right, each class once.
pub fn depth_first(table: &Symbols, class: &Rc<Stash>) -> Vec<Rc<Stash>> {
    let mut out = Vec::new();
    visit(table, class, &mut out, 0);
    out
}

fn visit(table: &Symbols, class: &Rc<Stash>, out: &mut Vec<Rc<Stash>>, depth: usize) {
    if depth > DEEPEST || out.iter().any(|seen| seen.same(class)) {
        return;
    }
    out.push(class.clone());
    for parent in class.parents() {
        if let Some(parent) = table.stash_if(&parent.to_str_lossy()) {
            visit(table, &parent, out, depth + 1);
        }
    }
}

/// The C3 merge; `None` where the hierarchy is inconsistent.
pub fn c3(table: &Symbols, class: &Rc<Stash>) -> Option<Vec<Rc<Stash>>> {
    merge(table, class, 0)
}

fn merge(table: &Symbols, class: &Rc<Stash>, depth: usize) -> Option<Vec<Rc<Stash>>> {
    if depth > DEEPEST {
        return None;
    }
    let parents: Vec<Rc<Stash>> = class
        .parents()
        .iter()
        .filter_map(|p| table.stash_if(&p.to_str_lossy()))
        .collect();
    let mut rows = Vec::new();
    for parent in &parents {
        rows.push(merge(table, parent, depth + 1)?);
    }
    rows.push(parents);
    let mut out = vec![class.clone()];
    loop {
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Some(out);
        }
        let in_a_tail =
            |c: &Rc<Stash>| rows.iter().any(|row| row.iter().skip(1).any(|x| x.same(c)));
        let next = rows
            .iter()
            .filter_map(|row| row.first())
            .find(|c| !in_a_tail(c))?
            .clone();
        for row in &mut rows {
            if row.first().is_some_and(|c| c.same(&next)) {
                row.remove(0);
            }
        }
        out.push(next);
    }
}
