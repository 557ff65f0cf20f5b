//! The scalar: a value with an identity, shared by whoever refers to it.

use super::Val;
use super::rc::{Header, Rc, flag};
use super::side::{Aside, HasSide};
use std::cell::UnsafeCell;

/// A named, aliasable container of one value.
#[repr(C)]
pub struct Scalar {
    pub(super) header: Header,
    val: UnsafeCell<Val>,
    pub(super) aside: Aside,
}

impl Scalar {
    /// A new scalar.
    #[inline]
    pub fn new(val: Val) -> Rc<Scalar> {
        Rc::new(Scalar {
            header: Header::new(),
            val: UnsafeCell::new(val),
            aside: Aside::new(),
        })
    }

    /// A scalar that dies when assigned to.
    pub fn read_only(val: Val) -> Rc<Scalar> {
        let scalar = Scalar::new(val);
        scalar.header.set(flag::READONLY);
        scalar
    }

    /// What is in it, with weak references made strong; `Magic` is not asked.
    #[inline(always)]
    pub fn get(&self) -> Val {
        // SAFETY: the borrow ends before anything else can run.
        unsafe { &*self.val.get() }.loaded()
    }

    /// What is in it, bit by bit.
    #[inline(always)]
    pub fn get_raw(&self) -> Val {
        // SAFETY: as above.
        unsafe { (*self.val.get()).clone() }
    }

    /// Looks at it without a clone. `f` must not run Perl code nor reach this scalar again.
    #[inline(always)]
    pub fn with<R>(&self, f: impl FnOnce(&Val) -> R) -> R {
        // SAFETY: one thread, and `f` keeps the promise above.
        f(unsafe { &*self.val.get() })
    }

    /// Changes it in place, raw. `f` must not run Perl code nor reach this scalar again.
    #[inline(always)]
    pub fn with_mut<R>(&self, f: impl FnOnce(&mut Val) -> R) -> R {
        // SAFETY: one thread, and `f` keeps the promise above.
        f(unsafe { &mut *self.val.get() })
    }

    /// The place of the value, for the machine's loop.
    #[inline(always)]
    pub fn place(&self) -> *mut Val {
        self.val.get()
    }

    /// Stores raw: no magic is told, no read-only check, `pos` is forgotten.
    #[inline(always)]
    pub fn set(&self, val: Val) {
        if self.header.has(flag::HAS_POS) {
            self.header.clear(flag::HAS_POS);
        }
        // SAFETY: the old value is moved out before it is dropped, so that a drop that reaches
        // this scalar finds it whole.
        let old = unsafe { (*self.val.get()).replace(val) };
        if !old.is_plain() {
            drop(old);
        }
    }

    /// May be stored to directly: nothing to drop, no checks, no magic.
    #[inline(always)]
    pub fn is_simple(&self) -> bool {
        !self.header.has(flag::SLOW_STORE) && self.with(Val::is_plain)
    }

    /// Must a store take the long way, whatever is in it?
    #[inline(always)]
    pub fn is_slow_store(&self) -> bool {
        self.header.has(flag::SLOW_STORE)
    }

    /// Dies when assigned to?
    #[inline(always)]
    pub fn is_read_only(&self) -> bool {
        self.header.has(flag::READONLY)
    }

    /// Is it asked and told by code?
    #[inline(always)]
    pub fn is_magic(&self) -> bool {
        self.with(|v| matches!(v, Val::Magic(_)))
    }

    /// `SCALAR`, `REF`, `VSTRING`, `GLOB`, `REGEXP`, `LVALUE`: what `reftype` says.
    pub fn kind_name(&self) -> &'static str {
        self.with(|v| match v {
            Val::Glob(_) => "GLOB",
            Val::Regexp(_) => "REGEXP",
            Val::Weak(weak) if !weak.is_gone() => "REF",
            Val::Magic(body) => body.kind_name(),
            other if other.is_ref() => "REF",
            Val::Dual(dual) if dual.is_vstring() => "VSTRING",
            _ => "SCALAR",
        })
    }

    /// Nobody but the one owner can tell it from a new one: it may be used again as such.
    #[inline(always)]
    pub fn is_fresh(this: &Rc<Scalar>) -> bool {
        this.is_unique() && this.header.flags() == 0
    }

    /// Ends a scope's hold on it: emptied and kept if nobody else sees it (perl's clearsv).
    pub fn leave(this: &Rc<Scalar>) -> bool {
        if !this.is_unique()
            || this.header.has(!flag::HAS_POS)
            || HasSide::blessed(&**this).is_some()
        {
            return false;
        }
        this.set(Val::Undef);
        true
    }
}

impl Scalar {
    /// Holds a plain string and takes a store directly: its buffer may be worked on in place.
    #[inline]
    pub fn is_simple_string(&self) -> bool {
        !self.header.has(flag::SLOW_STORE) && self.with(|v| matches!(v, Val::Str(_)))
    }
}
