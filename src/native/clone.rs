//! Clone: deep copies (the CPAN module's XS half).
//!
//! What refers to one thing twice does so in the copy; weak references stay weak; subs, handles and globs are shared.
use crate::value::{Array, HasSide, Hash, Key, Magic, MagicBody, Ref, Scalar as Cell, Val};
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};
use std::collections::HashMap;

pub(super) const FAMILY: Family =
    Family::new("Clone", &[row("clone", "$;$", clone, "a deep copy")]);

/// `clone(DATA, LEVELS)`: what is deeper than so many levels is shared.
fn clone(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let levels = match call.defined(1)? {
        Some(levels) => u64::try_from(levels.to_num().to_i64()).unwrap_or(u64::MAX),
        None => u64::MAX,
    };
    let mut copier = Copier {
        call,
        copies: HashMap::new(),
    };
    let copy = copier.value(val, levels)?;
    Ok(Ret::One(copy))
}

struct Copier<'a, 'c> {
    call: &'a mut Call<'c>,
    /// Originals, kept alive so that their addresses stay theirs, and copies.
    copies: HashMap<usize, (Ref, Ref)>,
}

impl Copier<'_, '_> {
    /// The copy of a value; of an element as its container holds it.
    fn value(&mut self, raw: Val, levels: u64) -> Exec<Val> {
        let weak = matches!(raw, Val::Weak(_));
        let val = self.call.vm.load(raw)?;
        if levels == 0 {
            return Ok(val);
        }
        let Some(referent) = val.referent() else {
            return Ok(val);
        };
        let copy = stacker::maybe_grow(128 * 1024, 1024 * 1024, || self.thing(referent, levels))?;
        Ok(match weak {
            true => copy.weak(),
            false => copy.into_val(),
        })
    }

    fn thing(&mut self, original: Ref, levels: u64) -> Exec<Ref> {
        if let Some((_, copy)) = self.copies.get(&original.address()) {
            return Ok(copy.clone());
        }
        let copy = match &original {
            // a pattern
            Ref::Scalar(cell) if matches!(cell.get_raw(), Val::Regexp(_)) => return Ok(original),
            Ref::Scalar(_) => Ref::Scalar(Cell::new(Val::Undef)),
            Ref::Array(_) => Ref::Array(Array::new()),
            Ref::Hash(_) => Ref::Hash(Hash::new()),
            _ => return Ok(original),
        };
        self.copies
            .insert(original.address(), (original.clone(), copy.clone()));
        self.fill(&original, &copy, levels - 1)?;
        if let Some(class) = original.blessed() {
            copy.bless(class);
        }
        Ok(copy)
    }

    fn fill(&mut self, original: &Ref, copy: &Ref, levels: u64) -> Exec {
        match (original, copy) {
            (Ref::Scalar(from), Ref::Scalar(to)) => {
                let copied = match from.get_raw() {
                    Val::Magic(magic) => match &magic.kind {
                        Magic::Tied(object) => {
                            let object = self.value(object.clone(), u64::MAX)?;
                            Val::Magic(MagicBody::new(Magic::Tied(object)))
                        }
                        _ => self.call.vm.magic_get(&magic)?,
                    },
                    // a reference's referent is of the same level as the reference
                    raw => self.value(raw, levels.saturating_add(1))?,
                };
                to.with_mut(|place| *place = copied);
            }
            (Ref::Array(from), Ref::Array(to)) => {
                if let Some(object) = from.tied() {
                    let object = self.value(object, u64::MAX)?;
                    drop(to.set_tied(Some(object)));
                    return Ok(());
                }
                for i in 0..from.len() {
                    let raw = from.with(i, Val::clone).unwrap_or_default();
                    let copied = self.element(raw, levels)?;
                    to.set_raw(i, copied)?;
                }
            }
            (Ref::Hash(from), Ref::Hash(to)) => {
                if let Some(object) = from.tied() {
                    let object = self.value(object, u64::MAX)?;
                    drop(to.set_tied(Some(object)));
                    return Ok(());
                }
                for key in from.keys() {
                    let key = Key::new(&key);
                    let raw = from.with_mut(&key, |val| val.clone()).unwrap_or_default();
                    let copied = self.element(raw, levels)?;
                    to.set_raw(&key, copied)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// An element that has an identity of its own may be referred to from elsewhere: its copy then is.
    fn element(&mut self, raw: Val, levels: u64) -> Exec<Val> {
        match raw {
            Val::Cell(cell) if cell.header().count() > 2 && levels > 0 => {
                match self.thing(Ref::Scalar(cell), levels.saturating_add(1))? {
                    Ref::Scalar(copy) => Ok(Val::Cell(copy)),
                    other => Ok(other.into_val()),
                }
            }
            Val::Cell(cell) => self.value(cell.get_raw(), levels),
            Val::Hole => Ok(Val::Hole),
            raw => self.value(raw, levels),
        }
    }
}
