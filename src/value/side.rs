//! The side body: what few scalars, arrays, hashes ... have, kept out of the many that have not.

use super::rc::{Header, Rc, flag};
use super::{Stash, Val, WeakBox};
use crate::text::PerlStr;
use std::cell::{Cell, RefCell, UnsafeCell};

/// The rare properties of a body.
#[derive(Default)]
pub struct Side {
    /// The class.
    stash: RefCell<Option<Rc<Stash>>>,
    /// The box that weak references share.
    weak: RefCell<Option<Rc<WeakBox>>>,
    /// The object behind a tied array or hash.
    tie: RefCell<Val>,
    /// `pos`, in bytes; with the flag of a match that was empty there.
    pos: Cell<Option<(usize, bool)>>,
    /// Which hook watches a hooked container.
    hook: Cell<u32>,
    /// Keys of a restricted hash that may come back.
    hidden: RefCell<Vec<PerlStr>>,
}

/// A place for a side body, made on first use.
pub struct Aside(UnsafeCell<Option<Box<Side>>>);

impl Aside {
    /// None yet.
    pub const fn new() -> Aside {
        Aside(UnsafeCell::new(None))
    }

    fn made(&self) -> &Side {
        // SAFETY: once made a side body stays where it is (boxed) as long as its owner lives, and
        // everything in it is a cell of its own.
        unsafe { (*self.0.get()).get_or_insert_default() }
    }

    /// Lends the list of a hash's absent keys. `f` runs no Perl code.
    pub(super) fn with_hidden<R>(&self, f: impl FnOnce(&mut Vec<PerlStr>) -> R) -> R {
        match self.there() {
            Some(side) => f(&mut side.hidden.borrow_mut()),
            None => f(&mut self.made().hidden.borrow_mut()),
        }
    }

    fn there(&self) -> Option<&Side> {
        // SAFETY: as above.
        unsafe { (*self.0.get()).as_deref() }
    }
}

impl Default for Aside {
    fn default() -> Aside {
        Aside::new()
    }
}

/// What every body with a side body can do.
pub trait HasSide {
    /// The header.
    fn header(&self) -> &Header;
    /// The side body's place.
    fn aside(&self) -> &Aside;

    /// The class, if blessed.
    #[inline]
    fn blessed(&self) -> Option<Rc<Stash>> {
        if !self.header().has(flag::BLESSED) {
            return None;
        }
        self.aside()
            .there()
            .and_then(|side| side.stash.borrow().clone())
    }

    /// Is the class one that overloads something? Counts are left alone.
    fn class_overloads(&self) -> bool {
        self.aside().there().is_some_and(|side| {
            side.stash
                .borrow()
                .as_ref()
                .is_some_and(|stash| stash.overloads())
        })
    }

    /// The class by address, 0 for none: for caches of method look-ups.
    #[inline]
    fn class_address(&self) -> usize {
        if !self.header().has(flag::BLESSED) {
            return 0;
        }
        let side = self.aside().there();
        side.map_or(0, |side| {
            side.stash.borrow().as_ref().map_or(0, Rc::address)
        })
    }

    /// The class by its address, 0 without one.
    #[inline]
    fn class_at(&self) -> usize {
        match self.aside().there() {
            Some(side) => side
                .stash
                .borrow()
                .as_ref()
                .map_or(0, |stash| stash.address()),
            None => 0,
        }
    }

    /// Puts it into a class (perlfunc bless).
    fn bless(&self, stash: Rc<Stash>) {
        Stash::has_objects_now(&stash);
        let old = self.aside().made().stash.replace(Some(stash));
        self.header().set(flag::BLESSED);
        self.header().clear(flag::DESTROYED);
        drop(old);
    }

    /// The weak box, made by `make` where there is none.
    fn weak_box(&self, make: impl FnOnce() -> Rc<WeakBox>) -> Rc<WeakBox> {
        let side = self.aside().made();
        self.header().set(flag::HAS_WEAK);
        side.weak.borrow_mut().get_or_insert_with(make).clone()
    }

    /// Empties the weak box: the referent is going.
    fn forget_weak(&self) {
        self.header().clear(flag::HAS_WEAK);
        if let Some(weak) = self.aside().there().and_then(|side| side.weak.take()) {
            weak.clear();
        }
    }

    /// `pos`, in bytes.
    fn pos(&self) -> Option<(usize, bool)> {
        if !self.header().has(flag::HAS_POS) {
            return None;
        }
        self.aside().there().and_then(|side| side.pos.get())
    }

    /// Sets or forgets `pos`.
    fn set_pos(&self, pos: Option<(usize, bool)>) {
        if pos.is_none() {
            self.header().clear(flag::HAS_POS);
        } else {
            self.header().set(flag::HAS_POS);
            self.aside().made().pos.set(pos);
        }
    }

    /// The object behind a tied container.
    fn tied(&self) -> Option<Val> {
        if !self.header().has(flag::TIED) {
            return None;
        }
        self.aside().there().map(|side| side.tie.borrow().clone())
    }

    /// Ties or unties it; gives the former object.
    fn set_tied(&self, object: Option<Val>) -> Option<Val> {
        let former = self.tied();
        match object {
            Some(object) => {
                let old = self.aside().made().tie.replace(object);
                self.header().set(flag::TIED);
                drop(old);
            }
            None => {
                self.header().clear(flag::TIED);
                if let Some(side) = self.aside().there() {
                    drop(side.tie.replace(Val::Undef));
                }
            }
        }
        former
    }

    /// Which hook watches this container.
    fn hook(&self) -> Option<u32> {
        if !self.header().has(flag::HOOKED) {
            return None;
        }
        self.aside().there().map(|side| side.hook.get())
    }

    /// Lets a hook of the interpreter watch this container.
    fn set_hook(&self, hook: u32) {
        self.aside().made().hook.set(hook);
        self.header().set(flag::HOOKED);
    }
}

macro_rules! has_side {
    ($($ty:ident),*) => {$(
        impl $crate::value::side::HasSide for $crate::value::$ty {
            #[inline(always)]
            fn header(&self) -> &$crate::value::rc::Header {
                &self.header
            }
            #[inline(always)]
            fn aside(&self) -> &$crate::value::side::Aside {
                &self.aside
            }
        }
        // SAFETY: repr(C) with the header first.
        unsafe impl $crate::value::rc::Body for $crate::value::$ty {
            const KIND: $crate::value::rc::Kind = $crate::value::rc::Kind::$ty;
        }
    )*};
}

has_side!(Scalar, Array, Hash, Code, Glob, Io, Format);
