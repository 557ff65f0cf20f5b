//! A unit made ready to run: constants as values with their hashes, symbols as globs, and the
//! caches that grow while it runs.

use super::rc::Rc;
use super::symbols::Symbols;
use super::{Code, Glob, Key, Val};
use crate::bytecode::{Literal, Unit};
use crate::text::PerlStr;
use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc as Shared;

/// What a call site remembers of its last look-up.
#[derive(Default)]
pub struct SiteCache {
    /// The generation it holds for.
    pub generation: Cell<u64>,
    /// The invocant's class, by address.
    pub class: Cell<usize>,
    /// The class's name, if that is what the call was made on: it keeps the buffer that `class` names.
    pub name: RefCell<Option<PerlStr>>,
    /// What was found.
    pub code: RefCell<Option<Rc<Code>>>,
}

/// A loaded unit.
pub struct Proto {
    /// The unit.
    pub unit: Shared<Unit>,
    /// Constants.
    pub consts: Vec<Val>,
    /// String constants as keys.
    keys: Vec<OnceCell<Key>>,
    /// Package symbols.
    pub globs: Vec<Rc<Glob>>,
    /// Call site caches.
    pub sites: Vec<SiteCache>,
    /// Inner bodies, loaded when first asked for.
    subs: Vec<OnceCell<Shared<Proto>>>,
    /// Compiled constant patterns, by number of the match; whatever the machine keeps there.
    pub patterns: Vec<RefCell<Option<Shared<dyn Any>>>>,
    /// Compiled `tr///` tables.
    pub trans: Vec<RefCell<Option<Shared<dyn Any>>>>,
    /// The first instances of lexicals have been handed to a frame.
    pub presets_used: Cell<bool>,
    /// Constants that have been given an identity (`pos` of a constant).
    cells: RefCell<std::collections::HashMap<u16, Rc<super::Scalar>>>,
    symbols: Shared<Symbols>,
}

impl Proto {
    /// Loads a unit.
    pub fn load(unit: Shared<Unit>, symbols: &Shared<Symbols>) -> Shared<Proto> {
        fn many<T: Default>(n: usize) -> Vec<T> {
            std::iter::repeat_with(T::default).take(n).collect()
        }
        let consts = unit.consts.iter().map(literal).collect();
        let globs = unit.globs.iter().map(|g| symbols.glob(&g.name)).collect();
        Shared::new(Proto {
            consts,
            keys: many(unit.consts.len()),
            globs,
            sites: many(unit.sites.len()),
            subs: many(unit.subs.len()),
            patterns: many(unit.matches.len()),
            trans: many(unit.trans.len()),
            presets_used: Cell::new(false),
            cells: RefCell::default(),
            symbols: symbols.clone(),
            unit,
        })
    }

    /// The loaded inner body `i`.
    pub fn sub(&self, i: usize) -> Option<Shared<Proto>> {
        let unit = self.unit.subs.get(i)?;
        let load = || Proto::load(unit.clone(), &self.symbols);
        Some(self.subs.get(i)?.get_or_init(load).clone())
    }

    /// Lets go of what its call sites and inner bodies have found: a sub that calls itself is among it.
    pub fn forget(&self) {
        for site in &self.sites {
            drop(site.code.take());
        }
        for sub in self.subs.iter().filter_map(OnceCell::get) {
            sub.forget();
        }
    }

    /// Constant `k` as a hash key.
    #[inline(always)]
    pub fn key(&self, k: usize) -> &Key {
        self.keys[k].get_or_init(|| Key::new(&self.consts[k].to_str()))
    }

    /// The package whose code this is, at op `pc`.
    pub fn hints_at(&self, pc: u32) -> Option<&Shared<crate::bytecode::Hints>> {
        let i = self.unit.hints.partition_point(|(from, _)| *from <= pc);
        self.unit
            .hints
            .get(i.checked_sub(1)?)
            .map(|(_, hints)| hints)
    }

    /// Line and file of op `pc`.
    pub fn line_at(&self, pc: u32) -> (u32, Shared<str>) {
        let i = self.unit.lines.partition_point(|(from, ..)| *from <= pc);
        let row = i
            .checked_sub(1)
            .and_then(|i| self.unit.lines.get(i))
            .or(self.unit.lines.first());
        match row {
            Some((_, line, file)) => (
                *line,
                self.unit
                    .files
                    .get(*file as usize)
                    .cloned()
                    .unwrap_or_else(|| "-".into()),
            ),
            None => (
                0,
                self.unit
                    .files
                    .first()
                    .cloned()
                    .unwrap_or_else(|| "-".into()),
            ),
        }
    }

    /// Constant `k` as a scalar of its own.
    pub fn const_cell(&self, k: u16) -> Rc<super::Scalar> {
        let val = self.consts.get(k as usize).cloned().unwrap_or_default();
        let make = || super::Scalar::read_only(val);
        self.cells
            .borrow_mut()
            .entry(k)
            .or_insert_with(make)
            .clone()
    }
}

/// A literal as a value.
pub fn literal(lit: &Literal) -> Val {
    match lit {
        Literal::Undef => Val::Undef,
        Literal::Int(n) => Val::Int(*n),
        Literal::UInt(n) => Val::uint(*n),
        Literal::Num(n) => Val::Num(*n),
        Literal::Bool(b) => Val::Bool(*b),
        Literal::VStr(bytes, utf8, written) => {
            let chars = literal(&Literal::Str(bytes.clone(), *utf8)).to_str();
            Val::Dual(super::Dual::vstring(chars, PerlStr::from(&**written)))
        }
        Literal::Str(bytes, false) => Val::Str(PerlStr::from_bytes(bytes)),
        Literal::Str(bytes, true) => Val::Str(PerlStr::from_utf8_bytes(bytes)),
    }
}
