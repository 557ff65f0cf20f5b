//! What the text before the cursor reaches, as far as that can be said without running anything: a variable, and from
//! there elements of what is stored. Nothing tied or overloaded is asked.
use super::Session;
use crate::syntax::ast::Sigil;
use crate::text::PerlStr;
use crate::value::{Array, HasSide, Hash, Rc, Ref, Val};
use crate::vm::Vm;

/// A step from a container to an element of it.
enum Step<'t> {
    Key(&'t str),
    Index(i64),
}

impl Session {
    /// The value of the variable or element that a text ends in (`$x`, `$h{a}[0]`, `$r->{a}`).
    pub(super) fn reached(&self, vm: &Vm, text: &str) -> Option<Val> {
        let starts = text.match_indices('$').map(|(at, _)| at);
        let starts: Vec<usize> = starts.collect();
        let mut starts = starts.into_iter().rev().take(8);
        // `$$r{a}` is `$r->{a}`
        let direct = |at: usize| text[..at].ends_with('$');
        starts.find_map(|at| self.chain(vm, &text[at + 1..], direct(at)))
    }

    /// The hash whose subscript opens behind a text: `$h`, `$r->`, `$$r`, `$h{a}[0]`.
    pub(super) fn hash_at(&self, vm: &Vm, text: &str) -> Option<Rc<Hash>> {
        let at = text
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .map_or(0, |at| at + 1);
        let (before, name) = text.split_at(at);
        if !name.is_empty() && before.ends_with(['$', '@', '%']) && !before.ends_with("$$") {
            return self.hash_variable(vm, name);
        }
        let text = match text.strip_suffix("->") {
            Some(text) => text,
            None => text,
        };
        match self.reached(vm, text)?.referent()? {
            Ref::Hash(hash) if hash.tied().is_none() => Some(hash),
            _ => None,
        }
    }

    fn hash_variable(&self, vm: &Vm, name: &str) -> Option<Rc<Hash>> {
        match self.lexical(vm, Sigil::Hash, name) {
            Some(Val::HRef(hash)) => Some(hash),
            _ => self.symbol(vm, name).and_then(|glob| glob.hash()),
        }
    }

    fn array_variable(&self, vm: &Vm, name: &str) -> Option<Rc<Array>> {
        match self.lexical(vm, Sigil::Array, name) {
            Some(Val::ARef(array)) => Some(array),
            _ => self.symbol(vm, name).and_then(|glob| glob.array()),
        }
    }

    fn scalar_variable(&self, vm: &Vm, name: &str) -> Option<Val> {
        match self.lexical(vm, Sigil::Scalar, name) {
            Some(Val::Cell(cell)) => Some(cell.get()),
            _ => Some(self.symbol(vm, name)?.scalar().get()),
        }
    }

    /// The value of a whole text that began with a `$`: a name, and then subscripts only. `direct`: of the scalar of
    /// that name, without an arrow.
    fn chain(&self, vm: &Vm, text: &str, direct: bool) -> Option<Val> {
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        if name.is_empty() {
            return None;
        }
        let mut value = if direct || rest.is_empty() || rest.starts_with("->") {
            self.scalar_variable(vm, name)?
        } else {
            let (step, behind) = step(rest)?;
            rest = behind;
            match step {
                Step::Key(key) => {
                    element(&Ref::Hash(self.hash_variable(vm, name)?), &Step::Key(key))?
                }
                index => element(&Ref::Array(self.array_variable(vm, name)?), &index)?,
            }
        };
        while !rest.is_empty() {
            let (step, behind) = step(rest.strip_prefix("->").unwrap_or(rest))?;
            value = element(&value.referent()?, &step)?;
            rest = behind;
        }
        Some(value)
    }
}

/// The subscript a text begins with, and what is behind it.
fn step(text: &str) -> Option<(Step<'_>, &str)> {
    if let Some(inner) = text.strip_prefix('[') {
        let (number, behind) = inner.split_once(']')?;
        return Some((Step::Index(number.trim().parse().ok()?), behind));
    }
    let inner = text.strip_prefix('{')?;
    let (key, behind) = match inner.chars().next()? {
        quote @ ('"' | '\'') => {
            let (key, behind) = inner[1..].split_once(quote)?;
            (key, behind.strip_prefix('}')?)
        }
        _ => inner.split_once('}')?,
    };
    Some((Step::Key(key), behind))
}

/// An element, as it is stored.
fn element(of: &Ref, step: &Step<'_>) -> Option<Val> {
    let found = match (of, step) {
        (Ref::Hash(hash), Step::Key(key)) if hash.tied().is_none() => {
            hash.get(&PerlStr::from(*key))?
        }
        (Ref::Array(array), Step::Index(at)) if array.tied().is_none() => {
            let length = i64::try_from(array.len()).ok()?;
            let at = if *at < 0 { at + length } else { *at };
            array.to_vec().get(usize::try_from(at).ok()?)?.clone()
        }
        _ => return None,
    };
    Some(found.loaded())
}
