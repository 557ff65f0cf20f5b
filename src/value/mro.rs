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

/// The C3 merge, or what perl says where the hierarchy is inconsistent or goes in a circle.
pub fn c3(table: &Symbols, class: &Rc<Stash>) -> Result<Vec<Rc<Stash>>, String> {
    merge(table, class, 0)
}

/// Whether a class is among its own ancestors.
pub fn is_circular(table: &Symbols, class: &Rc<Stash>) -> bool {
    let mut below = Vec::new();
    circle_from(table, class, &mut below)
}

fn circle_from(table: &Symbols, class: &Rc<Stash>, below: &mut Vec<Rc<Stash>>) -> bool {
    if below.iter().any(|c| c.same(class)) || below.len() > DEEPEST {
        return true;
    }
    below.push(class.clone());
    let found = class.parents().iter().any(|parent| {
        let parent = table.stash_if(&parent.to_str_lossy());
        parent.is_some_and(|parent| circle_from(table, &parent, below))
    });
    below.pop();
    found
}

/// perl's words for a class that inherits from itself.
pub fn recursive(class: &Rc<Stash>) -> String {
    format!(
        "Recursive inheritance detected in package '{}'",
        class.name()
    )
}

fn merge(table: &Symbols, class: &Rc<Stash>, depth: usize) -> Result<Vec<Rc<Stash>>, String> {
    if depth > DEEPEST {
        return Err(recursive(class));
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
            return Ok(out);
        }
        let in_a_tail =
            |c: &Rc<Stash>| rows.iter().any(|row| row.iter().skip(1).any(|x| x.same(c)));
        let next = rows
            .iter()
            .filter_map(|row| row.first())
            .find(|c| !in_a_tail(c))
            .cloned();
        let Some(next) = next else {
            return Err(conflict(class, &out, &rows));
        };
        for row in &mut rows {
            if row.first().is_some_and(|c| c.same(&next)) {
                row.remove(0);
            }
        }
        out.push(next);
    }
}

/// perl's words for an order that cannot be found (perldiag).
fn conflict(class: &Rc<Stash>, merged: &[Rc<Stash>], rows: &[Vec<Rc<Stash>>]) -> String {
    let mut text = format!(
        "Inconsistent hierarchy during C3 merge of class '{}':\n\tcurrent merge results [\n",
        class.name()
    );
    for done in merged {
        text.push_str(&format!("\t\t{},\n", done.name()));
    }
    let failed = rows.last().and_then(|row| row.first());
    let failed = failed.map(|c| c.name().to_string()).unwrap_or_default();
    text.push_str(&format!("\t]\n\tmerging failed on '{failed}'"));
    text
}
