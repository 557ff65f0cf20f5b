//! References of any kind, and weak ones.

use super::rc::{Body, Header, Kind, Rc};
use super::side::HasSide;
use super::*;
use std::cell::Cell;
use std::ptr::NonNull;

/// A counted pointer to anything that can be referred to.
#[derive(Clone)]
#[allow(missing_docs)]
pub enum Ref {
    Scalar(Rc<Scalar>),
    Array(Rc<Array>),
    Hash(Rc<Hash>),
    Code(Rc<Code>),
    Glob(Rc<Glob>),
    Io(Rc<Io>),
    Format(Rc<Format>),
}

macro_rules! each {
    ($self:ident, $x:ident => $what:expr) => {
        match $self {
            Ref::Scalar($x) => $what,
            Ref::Array($x) => $what,
            Ref::Hash($x) => $what,
            Ref::Code($x) => $what,
            Ref::Glob($x) => $what,
            Ref::Io($x) => $what,
            Ref::Format($x) => $what,
        }
    };
}

impl Ref {
    /// Adopts a count of a body.
    ///
    /// # Safety
    /// `at` is a live body of that kind and one of its counts becomes ours.
    pub(super) unsafe fn from_raw(kind: Kind, at: NonNull<()>) -> Option<Ref> {
        // SAFETY: the caller's promise.
        unsafe {
            Some(match kind {
                Kind::Scalar => Ref::Scalar(Rc::from_raw(at)),
                Kind::Array => Ref::Array(Rc::from_raw(at)),
                Kind::Hash => Ref::Hash(Rc::from_raw(at)),
                Kind::Code => Ref::Code(Rc::from_raw(at)),
                Kind::Glob => Ref::Glob(Rc::from_raw(at)),
                Kind::Io => Ref::Io(Rc::from_raw(at)),
                Kind::Format => Ref::Format(Rc::from_raw(at)),
                _ => return None,
            })
        }
    }

    /// The header.
    pub fn header(&self) -> &Header {
        each!(self, x => Rc::header(x))
    }

    /// The address perl shows.
    pub fn address(&self) -> usize {
        each!(self, x => x.address())
    }

    /// The class.
    pub fn blessed(&self) -> Option<Rc<Stash>> {
        each!(self, x => x.blessed())
    }

    /// Puts it into a class.
    pub fn bless(&self, stash: Rc<Stash>) {
        each!(self, x => x.bless(stash))
    }

    /// Empties its weak box.
    pub fn forget_weak(&self) {
        each!(self, x => x.forget_weak());
    }

    /// `SCALAR`, `ARRAY` ...: what `reftype` says.
    pub fn kind_name(&self) -> &'static str {
        match self {
            Ref::Scalar(x) => x.kind_name(),
            Ref::Array(_) => "ARRAY",
            Ref::Hash(_) => "HASH",
            Ref::Code(_) => "CODE",
            Ref::Glob(_) => "GLOB",
            Ref::Io(_) => "IO",
            Ref::Format(_) => "FORMAT",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Ref::Scalar(_) => Kind::Scalar,
            Ref::Array(_) => Kind::Array,
            Ref::Hash(_) => Kind::Hash,
            Ref::Code(_) => Kind::Code,
            Ref::Glob(_) => Kind::Glob,
            Ref::Io(_) => Kind::Io,
            Ref::Format(_) => Kind::Format,
        }
    }

    /// The reference as a value.
    pub fn into_val(self) -> Val {
        match self {
            Ref::Scalar(x) => Val::SRef(x),
            Ref::Array(x) => Val::ARef(x),
            Ref::Hash(x) => Val::HRef(x),
            Ref::Code(x) => Val::CRef(x),
            Ref::Glob(x) => Val::GRef(x),
            Ref::Io(x) => Val::IoRef(x),
            Ref::Format(x) => Val::FRef(x),
        }
    }

    /// The weak form of this reference (Scalar::Util weaken): to be stored raw in a place.
    pub fn weak(&self) -> Val {
        let (kind, at) = (self.kind(), NonNull::new(self.address() as *mut ()));
        let make = || {
            let target = Cell::new(at.map(|at| (kind, at)));
            Rc::new(WeakBox {
                header: Header::new(),
                target,
            })
        };
        Val::Weak(each!(self, x => x.weak_box(make)))
    }
}

/// What all weak references to one referent share.
#[repr(C)]
pub struct WeakBox {
    header: Header,
    target: Cell<Option<(Kind, NonNull<()>)>>,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for WeakBox {
    const KIND: Kind = Kind::Weak;
}

impl WeakBox {
    /// The strong reference, or undef where the referent has gone.
    pub fn get(&self) -> Val {
        let Some((kind, at)) = self.target.get() else {
            return Val::Undef;
        };
        // SAFETY: the box is emptied before the referent is freed, so it is live; the count taken
        // here is given up again by the clone's owner, and the first handle is forgotten.
        let Some(borrowed) = (unsafe { Ref::from_raw(kind, at) }) else {
            return Val::Undef;
        };
        let strong = borrowed.clone();
        std::mem::forget(borrowed);
        strong.into_val()
    }

    /// The referent is going.
    pub(super) fn clear(&self) {
        self.target.set(None);
    }

    /// Is the referent the body at this address?
    #[inline]
    pub fn is_of(&self, address: usize) -> bool {
        self.target
            .get()
            .is_some_and(|(_, at)| at.as_ptr() as usize == address)
    }

    /// Has the referent gone?
    pub fn is_gone(&self) -> bool {
        self.target.get().is_none()
    }
}
