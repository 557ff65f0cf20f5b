//! The counted pointer of every heap body: a header with a count and flags, no atomics, and a last
//! drop that queues blessed bodies for DESTROY instead of freeing them (perlobj, "Destructors").

use super::{destroy, living};
use crate::text::quota;
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

/// What an allocator keeps beside a body, about.
pub(super) const OVERHEAD: usize = 8;

/// What stands first in every body.
#[repr(C)]
pub struct Header {
    count: Cell<u32>,
    flags: Cell<u32>,
}

/// Flags of a body.
pub mod flag {
    /// The body belongs to a class; its stash is in the side body.
    pub const BLESSED: u32 = 1;
    /// A weak box points here.
    pub const HAS_WEAK: u32 = 2;
    /// Scalars: assignment dies with `Modification of a read-only value attempted`.
    pub const READONLY: u32 = 4;
    /// Scalars: `pos` is set in the side body; assignment forgets it.
    pub const HAS_POS: u32 = 8;
    /// Arrays and hashes: element operations go through `tie`.
    pub const TIED: u32 = 16;
    /// Arrays and hashes: element stores have side effects (`%ENV`, `%SIG`, `@ISA` ...).
    pub const HOOKED: u32 = 32;
    /// The array is some package's `@ISA`, or the hash a symbol table: changes end method caches.
    pub const GENERATION: u32 = 64;
    /// DESTROY is running or has run for this body.
    pub const DESTROYED: u32 = 128;
    /// Hashes: keys are restricted (Hash::Util).
    pub const RESTRICTED: u32 = 256;
    /// Waiting in the DESTROY queue.
    pub const QUEUED: u32 = 512;
    /// On the list of what is alive (`value::living`).
    pub const LISTED: u32 = 1024;
    /// Scalars: shared by magic of the regex engine or others that must see each assignment.
    pub const WATCHED: u32 = 2048;
    /// What keeps a store from taking the short way.
    pub const SLOW_STORE: u32 = READONLY | HAS_POS | WATCHED;
    /// What keeps a container operation from taking the short way.
    pub const SLOW_CONTAINER: u32 = TIED | HOOKED | GENERATION | RESTRICTED | READONLY;
}

impl Header {
    /// A header with one owner.
    pub const fn new() -> Header {
        Header {
            count: Cell::new(1),
            flags: Cell::new(0),
        }
    }

    /// All flags.
    #[inline(always)]
    pub fn flags(&self) -> u32 {
        self.flags.get()
    }

    /// Any of these?
    #[inline(always)]
    pub fn has(&self, bits: u32) -> bool {
        self.flags.get() & bits != 0
    }

    /// Sets flags.
    #[inline]
    pub fn set(&self, bits: u32) {
        self.flags.set(self.flags.get() | bits);
    }

    /// Takes flags away.
    #[inline]
    pub fn clear(&self, bits: u32) {
        self.flags.set(self.flags.get() & !bits);
    }

    /// The number of owners.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }
}

impl Default for Header {
    fn default() -> Header {
        Header::new()
    }
}

/// The kinds of bodies, for the freeing of a body known by its address only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Scalar,
    Array,
    Hash,
    Code,
    Glob,
    Io,
    Format,
    Stash,
    Dual,
    Weak,
    Magic,
    Iter,
    Regexp,
    Native,
}

/// A heap body.
///
/// # Safety
/// The type is `repr(C)` and its first field is a [`Header`].
pub unsafe trait Body: Sized {
    /// Which body this is.
    const KIND: Kind;
}

/// A counted pointer to a body of this thread.
#[repr(transparent)]
pub struct Rc<T: Body> {
    at: NonNull<T>,
    _owner: PhantomData<T>,
}

impl<T: Body> Rc<T> {
    /// A new body with one owner.
    #[inline]
    pub fn new(body: T) -> Rc<T> {
        let at = NonNull::from(Box::leak(Box::new(body)));
        let new = Rc {
            at,
            _owner: PhantomData,
        };
        if quota::is_active() {
            new.counted();
        }
        new
    }

    /// Where memory is counted.
    #[cold]
    #[inline(never)]
    fn counted(&self) {
        quota::take(size_of::<T>() + OVERHEAD);
        if living::holds(T::KIND) {
            living::list(T::KIND, self.header());
        }
    }

    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        // SAFETY: Body promises that a header stands first; the body lives while we own a count.
        unsafe { self.at.cast::<Header>().as_ref() }
    }

    /// Number of owners.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.header().count.get()
    }

    /// Are we the only owner?
    #[inline(always)]
    pub fn is_unique(&self) -> bool {
        self.header().count.get() == 1
    }

    /// The same body?
    #[inline(always)]
    pub fn same(&self, other: &Rc<T>) -> bool {
        self.at == other.at
    }

    /// The body's address, as perl shows it in `HASH(0x...)`.
    #[inline]
    pub fn address(&self) -> usize {
        self.at.as_ptr() as usize
    }

    /// Takes back what [`Rc::into_raw`] gave, or adopts a body whose count was raised for us.
    ///
    /// # Safety
    /// `raw` is the address of a live `T` and one of its counts is ours to own.
    #[inline]
    pub unsafe fn from_raw(raw: NonNull<()>) -> Rc<T> {
        Rc {
            at: raw.cast(),
            _owner: PhantomData,
        }
    }

    #[cold]
    #[inline(never)]
    fn last(&mut self) {
        destroy::last_owner_gone(T::KIND, self.at.cast());
    }
}

impl<T: Body> PartialEq for Rc<T> {
    fn eq(&self, other: &Rc<T>) -> bool {
        self.same(other)
    }
}

impl<T: Body> Deref for Rc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the body lives while we own a count.
        unsafe { self.at.as_ref() }
    }
}

impl<T: Body> Clone for Rc<T> {
    #[inline(always)]
    fn clone(&self) -> Rc<T> {
        let count = &self.header().count;
        // A count that has reached the top stays there: the body is immortal.
        count.set(count.get().saturating_add(1));
        Rc {
            at: self.at,
            _owner: PhantomData,
        }
    }
}

impl<T: Body> Drop for Rc<T> {
    #[inline(always)]
    fn drop(&mut self) {
        let count = &self.header().count;
        match count.get() {
            1 => self.last(),
            u32::MAX => {}
            n => count.set(n - 1),
        }
    }
}
