//! The side body: what few scalars, arrays, hashes ... have, kept out of the many that have not.

use super::rc::{Header, Rc, flag};
use super::{Stash, Val, WeakBox};
use crate::text::PerlStr;
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

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

/// A place for a side body, made on first use: nothing, the class alone (marked by the lowest bit
/// of its address: most objects need no more), or a side body.
pub struct Aside(Cell<*mut ()>);

/// Set in the address of a class.
const CLASS: usize = 1;

impl Aside {
    /// None yet.
    pub const fn new() -> Aside {
        Aside(Cell::new(std::ptr::null_mut()))
    }

    fn made(&self) -> &Side {
        if self.there().is_none() {
            let side = Side::default();
            *side.stash.borrow_mut() = self.take_class();
            self.0.set(Box::into_raw(Box::new(side)).cast());
        }
        // SAFETY: as in `there`; made just now if there was none.
        unsafe { &*self.0.get().cast::<Side>() }
    }

    /// Where the class stands if it stands alone.
    #[inline(always)]
    fn lone_class(&self) -> Option<NonNull<()>> {
        let word = self.0.get();
        if word.addr() & CLASS == 0 {
            return None;
        }
        NonNull::new(word.wrapping_byte_sub(CLASS))
    }

    /// Takes the class that stands alone.
    fn take_class(&self) -> Option<Rc<Stash>> {
        let class = self.lone_class()?;
        self.0.set(std::ptr::null_mut());
        // SAFETY: the count that `set_class` put here is given away.
        Some(unsafe { Rc::from_raw(class) })
    }

    /// Looks at the class. `f` runs no Perl code and does not bless.
    #[inline(always)]
    fn class<R>(&self, f: impl FnOnce(Option<&Rc<Stash>>) -> R) -> R {
        if let Some(class) = self.lone_class() {
            // SAFETY: the count stays here: what is lent is not dropped.
            let class = ManuallyDrop::new(unsafe { Rc::<Stash>::from_raw(class) });
            return f(Some(&class));
        }
        match self.there() {
            Some(side) => f(side.stash.borrow().as_ref()),
            None => f(None),
        }
    }

    /// Sets the class; gives the former one.
    fn set_class(&self, class: Rc<Stash>) -> Option<Rc<Stash>> {
        if let Some(side) = self.there() {
            return side.stash.replace(Some(class));
        }
        let old = self.take_class();
        let class = ManuallyDrop::new(class);
        let at = (&raw const **class).cast_mut().cast::<()>();
        self.0.set(at.wrapping_byte_add(CLASS));
        old
    }

    /// Lends the list of a hash's absent keys. `f` runs no Perl code.
    pub(super) fn with_hidden<R>(&self, f: impl FnOnce(&mut Vec<PerlStr>) -> R) -> R {
        match self.there() {
            Some(side) => f(&mut side.hidden.borrow_mut()),
            None => f(&mut self.made().hidden.borrow_mut()),
        }
    }

    #[inline(always)]
    fn there(&self) -> Option<&Side> {
        let word = self.0.get();
        if word.is_null() || word.addr() & CLASS != 0 {
            return None;
        }
        // SAFETY: once made a side body stays where it is (boxed) as long as its owner lives, and
        // everything in it is a cell of its own.
        Some(unsafe { &*word.cast::<Side>() })
    }
}

impl Drop for Aside {
    #[inline]
    fn drop(&mut self) {
        if self.0.get().is_null() {
            return;
        }
        if self.take_class().is_none() {
            // SAFETY: a side body that `made` has boxed; nobody looks at it any more.
            drop(unsafe { Box::from_raw(self.0.get().cast::<Side>()) });
        }
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
    /// Which body it is.
    fn kind(&self) -> super::rc::Kind;

    /// The class, if blessed.
    #[inline]
    fn blessed(&self) -> Option<Rc<Stash>> {
        if !self.header().has(flag::BLESSED) {
            return None;
        }
        self.aside().class(|class| class.cloned())
    }

    /// Is the class one that overloads something? Counts are left alone.
    fn class_overloads(&self) -> bool {
        self.aside()
            .class(|class| class.is_some_and(|stash| stash.overloads()))
    }

    /// The class by address, 0 for none: for caches of method look-ups.
    #[inline]
    fn class_address(&self) -> usize {
        if !self.header().has(flag::BLESSED) {
            return 0;
        }
        self.class_at()
    }

    /// The class by its address, 0 without one.
    #[inline]
    fn class_at(&self) -> usize {
        self.aside().class(|class| class.map_or(0, Rc::address))
    }

    /// Puts it into a class (perlfunc bless).
    fn bless(&self, stash: Rc<Stash>) {
        Stash::has_objects_now(&stash);
        if !stash.never_destroys() {
            super::living::list(self.kind(), self.header());
        }
        let old = self.aside().set_class(stash);
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
            fn kind(&self) -> $crate::value::rc::Kind {
                <Self as $crate::value::rc::Body>::KIND
            }
        }
        // SAFETY: repr(C) with the header first.
        unsafe impl $crate::value::rc::Body for $crate::value::$ty {
            const KIND: $crate::value::rc::Kind = $crate::value::rc::Kind::$ty;
        }
    )*};
}

has_side!(Scalar, Array, Hash, Code, Glob, Io, Format);
