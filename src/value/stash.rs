//! Packages: symbol tables, inheritance (perlobj, mro) and the caches method calls live on.

use super::glob::bit;
use super::rc::{Body, Header, Kind, Rc, flag};
use super::symbols::Symbols;
use super::{Code, Glob, Hash, Key, Magic, MagicBody, Val};
use crate::text::PerlStr;
use foldhash::fast::FixedState;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc as Shared, Weak};
use std::sync::atomic::{AtomicU64, Ordering};

static GENERATION: AtomicU64 = AtomicU64::new(1);

/// A number that changes whenever any method look-up might give another answer.
#[inline(always)]
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Relaxed)
}

/// Ends all method caches.
#[inline]
pub fn next_generation() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
}

/// What is remembered of a class until the generation changes.
#[derive(Default)]
struct Known {
    generation: u64,
    linear: Option<Shared<[Rc<Stash>]>>,
    methods: HashMap<Box<[u8]>, Option<Rc<Code>>, FixedState>,
    /// Subs for operators.
    operators: HashMap<Box<str>, Option<Rc<Code>>, FixedState>,
    overloads: Option<bool>,
    never_destroys: Option<bool>,
}

/// A package.
#[repr(C)]
pub struct Stash {
    header: Header,
    name: Shared<str>,
    /// `%Pkg::`
    symbols: Rc<Hash>,
    table: Weak<Symbols>,
    c3: Cell<bool>,
    /// Whether anything is overloaded, and for which generation that was found.
    overloaded: Cell<(u64, bool)>,
    /// Something has been blessed into it.
    has_objects: Cell<bool>,
    /// In package main: the row of specials behind `$1` and all further groups.
    captures: Cell<Option<u32>>,
    known: RefCell<Known>,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for Stash {
    const KIND: Kind = Kind::Stash;
}

impl Stash {
    pub(super) fn new(name: &str, table: Weak<Symbols>) -> Rc<Stash> {
        let symbols = Hash::new();
        symbols.header().set(flag::GENERATION);
        next_generation();
        Rc::new(Stash {
            header: Header::new(),
            name: name.into(),
            symbols,
            table,
            c3: Cell::new(false),
            overloaded: Cell::new((0, false)),
            has_objects: Cell::new(false),
            captures: Cell::new(None),
            known: RefCell::default(),
        })
    }

    /// Forgets what was found out about the class; itself is among it.
    pub(super) fn forget_known(&self) {
        let known = self.known.take();
        drop(known);
    }

    /// The package's name.
    pub fn name(&self) -> Shared<str> {
        self.name.clone()
    }

    /// The symbol table itself.
    pub fn symbols(&self) -> Rc<Hash> {
        self.symbols.clone()
    }

    /// The glob of a name (no package part), if there is one.
    pub fn glob_if(&self, name: &str) -> Option<Rc<Glob>> {
        self.glob_at(&Key::from(name))
    }

    fn glob_at(&self, key: &Key) -> Option<Rc<Glob>> {
        match self.symbols.get_k(key)? {
            Val::Glob(glob) => Some(glob),
            other => Some(self.upgrade_entry(key, other)),
        }
    }

    /// An entry that is no glob yet (`$Pkg::{f} = \&code`, a constant) becomes one.
    #[cold]
    fn upgrade_entry(&self, key: &Key, entry: Val) -> Rc<Glob> {
        let glob = Glob::new(self.name.clone(), &key.text.to_str_lossy());
        match &entry {
            Val::SRef(x) => glob.set_code(Some(Code::constant(vec![x.get()]))),
            other => drop(glob.assign_ref(other)),
        }
        // A lack of memory for one entry shows at the next script-sized request.
        let _ = self.symbols.set_k(key, Val::Glob(glob.clone()));
        glob
    }

    /// The glob of a name (no package part), made where there is none.
    pub fn glob(&self, name: &str) -> Rc<Glob> {
        let key = Key::from(name);
        if let Some(glob) = self.glob_at(&key) {
            glob.clear_bits(bit::ONCE);
            return glob;
        }
        let glob = Glob::new(self.name.clone(), name);
        if let (Some(row), Some(b'1'..=b'9')) = (self.captures.get(), name.bytes().next())
            && let Ok(group) = name.parse()
        {
            drop(glob.set_scalar(MagicBody::scalar(Magic::Special(row, group))));
        }
        let _ = self.symbols.set_k(&key, Val::Glob(glob.clone()));
        glob
    }

    /// From now on scalars named by a number are groups of the last match: which row of specials stands behind them.
    pub fn set_capture_row(&self, row: u32) {
        self.captures.set(Some(row));
    }

    /// Uses the C3 order (`use mro "c3"`).
    pub fn set_c3(&self, on: bool) {
        self.c3.set(on);
        next_generation();
    }

    /// Does it use the C3 order?
    pub fn is_c3(&self) -> bool {
        self.c3.get()
    }

    fn fresh(&self) {
        let mut known = self.known.borrow_mut();
        if known.generation != generation() {
            *known = Known {
                generation: generation(),
                ..Known::default()
            };
        }
    }

    /// The names in `@ISA`.
    pub fn parents(&self) -> Vec<PerlStr> {
        let isa = self.glob_if("ISA").and_then(|glob| glob.array());
        let Some(isa) = isa else { return Vec::new() };
        isa.header().set(flag::GENERATION);
        isa.to_vec().iter().map(Val::to_str).collect()
    }

    /// The classes a method is looked for in, this one first, UNIVERSAL not included.
    pub fn linear(self: &Stash) -> Shared<[Rc<Stash>]> {
        self.fresh();
        if let Some(linear) = &self.known.borrow().linear {
            return linear.clone();
        }
        let table = self.table.upgrade();
        let linear: Shared<[Rc<Stash>]> = match table {
            Some(table) => match table.stash_if(&self.name) {
                Some(me) if self.is_c3() => super::mro::c3(&table, &me)
                    .unwrap_or_else(|_| super::mro::depth_first(&table, &me)),
                Some(me) => super::mro::depth_first(&table, &me),
                None => Vec::new(),
            },
            None => Vec::new(),
        }
        .into();
        self.known.borrow_mut().linear = Some(linear.clone());
        linear
    }

    /// The method of that name, UNIVERSAL's included, AUTOLOAD not considered.
    pub fn find_method(&self, name: &str) -> Option<Rc<Code>> {
        self.fresh();
        if let Some(known) = self.known.borrow().methods.get(name.as_bytes()) {
            return known.clone();
        }
        let found = self.search(name);
        self.known
            .borrow_mut()
            .methods
            .insert(name.as_bytes().into(), found.clone());
        found
    }

    /// The sub for an operator, as [`Stash::remember_operator`] was told.
    pub fn known_operator(&self, op: &str) -> Option<Option<Rc<Code>>> {
        self.fresh();
        self.known.borrow().operators.get(op).cloned()
    }

    /// Remembers the sub for an operator until a sub or a parent changes somewhere.
    pub fn remember_operator(&self, op: &str, code: Option<Rc<Code>>) {
        self.known.borrow_mut().operators.insert(op.into(), code);
    }

    fn search(&self, name: &str) -> Option<Rc<Code>> {
        let key = Key::from(name);
        let own = |stash: &Stash| stash.glob_at(&key).and_then(|glob| glob.code());
        let linear = self.linear();
        if linear.is_empty() {
            if let Some(code) = own(self) {
                return Some(code);
            }
        }
        if let Some(code) = linear.iter().find_map(|stash| own(stash)) {
            return Some(code);
        }
        let universal = self.table.upgrade()?.stash_if("UNIVERSAL")?;
        universal.linear().iter().find_map(|stash| own(stash))
    }

    /// The method of that name in the classes behind this one (`SUPER::name`).
    pub fn find_super(&self, name: &str) -> Option<Rc<Code>> {
        let key = Key::from(name);
        let own = |stash: &Rc<Stash>| stash.glob_at(&key).and_then(|glob| glob.code());
        if let Some(code) = self.linear().iter().skip(1).find_map(own) {
            return Some(code);
        }
        let universal = self.table.upgrade()?.stash_if("UNIVERSAL")?;
        universal.linear().iter().find_map(own)
    }

    /// Is it that class or one below it?
    pub fn isa(&self, class: &str) -> bool {
        if &*self.name == class {
            return true;
        }
        let linear = self.linear();
        if linear.iter().any(|stash| &*stash.name == class) {
            return true;
        }
        // a class may inherit from one that has nothing in it, not even a package
        let unknown = |table: Shared<Symbols>| table.stash_if(class).is_none();
        self.table.upgrade().is_some_and(unknown)
            && linear
                .iter()
                .any(|stash| stash.parents().iter().any(|parent| *parent == *class))
    }

    /// Does the class overload any operator?
    #[inline]
    pub fn overloads(&self) -> bool {
        let (generation_then, answer) = self.overloaded.get();
        if generation_then == generation() {
            return answer;
        }
        let answer = self.find_overloads();
        self.overloaded.set((generation(), answer));
        answer
    }

    #[cold]
    fn find_overloads(&self) -> bool {
        self.fresh();
        if let Some(answer) = self.known.borrow().overloads {
            return answer;
        }
        let answer = self.find_method("((").is_some() || self.find_method("()").is_some();
        self.known.borrow_mut().overloads = Some(answer);
        answer
    }

    /// Something is being blessed into it.
    #[inline]
    pub(super) fn has_objects_now(this: &Rc<Stash>) {
        if !this.has_objects.replace(true) {
            super::destroy::remember_class(this);
        }
    }

    /// Can objects of the class go without a look for DESTROY?
    pub fn never_destroys(&self) -> bool {
        self.fresh();
        if let Some(answer) = self.known.borrow().never_destroys {
            return answer;
        }
        // patterns have a DESTROY of their own, which does nothing: an AUTOLOAD with a `qr//` in it
        // would be called for its own
        let autoloads = &*self.name != "Regexp" && self.find_method("AUTOLOAD").is_some();
        let answer = self.find_method("DESTROY").is_none() && !autoloads;
        self.known.borrow_mut().never_destroys = Some(answer);
        answer
    }
}
