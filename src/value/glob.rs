//! The glob: one name's scalar, array, hash, sub, handle and format (perldata, "Typeglobs and
//! Filehandles"). `*a = *b` lets two globs share one set of slots.

use super::rc::{Header, Rc, flag};
use super::side::Aside;
use super::{Array, Code, Format, Hash, Io, Scalar, Val, stash};
use std::cell::{Cell, RefCell, UnsafeCell};
use std::rc::Rc as Shared;

/// A glob.
#[repr(C)]
pub struct Glob {
    pub(super) header: Header,
    slots: UnsafeCell<Shared<Slots>>,
    name: RefCell<Shared<str>>,
    package: RefCell<Shared<str>>,
    bits: Cell<u32>,
    pub(super) aside: Aside,
}

/// What aliased globs share.
pub struct Slots {
    scalar: UnsafeCell<Rc<Scalar>>,
    array: RefCell<Option<Rc<Array>>>,
    hash: RefCell<Option<Rc<Hash>>>,
    code: RefCell<Option<Rc<Code>>>,
    io: RefCell<Option<Rc<Io>>>,
    format: RefCell<Option<Rc<Format>>>,
}

/// Facts about a glob.
pub mod bit {
    /// The scalar came from another package (`use vars`, Exporter): strict lets its name pass.
    pub const IMPORTED_SCALAR: u32 = 1;
    /// The array came from another package.
    pub const IMPORTED_ARRAY: u32 = 2;
    /// The hash came from another package.
    pub const IMPORTED_HASH: u32 = 4;
    /// The sub came from another package.
    pub const IMPORTED_CODE: u32 = 8;
    /// Not in any symbol table (`Symbol::gensym` after its delete, `open my $fh`).
    pub const ANONYMOUS: u32 = 16;
    /// Its program has mentioned it once so far, and nobody else has.
    pub const ONCE: u32 = 32;
    /// The name is `ISA`: its array's changes end method caches.
    pub const ISA: u32 = 64;
}

macro_rules! slot {
    ($get:ident, $set:ident, $make:ident, $ty:ident, $field:ident, $new:expr) => {
        /// The slot's contents.
        #[inline]
        pub fn $get(&self) -> Option<Rc<$ty>> {
            self.slots().$field.borrow().clone()
        }
        /// Replaces the slot's contents.
        pub fn $set(&self, new: Option<Rc<$ty>>) {
            let old = self.slots().$field.replace(new);
            self.changed();
            drop(old);
        }
        /// The slot's contents, made where there are none.
        #[inline]
        pub fn $make(&self) -> Rc<$ty> {
            if let Some(x) = &*self.slots().$field.borrow() {
                return x.clone();
            }
            let make: fn(&Glob) -> Rc<$ty> = $new;
            let new = make(self);
            self.$set(Some(new.clone()));
            new
        }
    };
}

impl Glob {
    /// A glob with empty slots.
    pub fn new(package: impl Into<Shared<str>>, name: &str) -> Rc<Glob> {
        let bits = if name == "ISA" { bit::ISA } else { 0 };
        Rc::new(Glob {
            header: Header::new(),
            slots: UnsafeCell::new(Shared::new(Slots::new())),
            name: RefCell::new(name.into()),
            package: RefCell::new(package.into()),
            bits: Cell::new(bits),
            aside: Aside::new(),
        })
    }

    #[inline(always)]
    fn slots(&self) -> &Slots {
        // SAFETY: replaced only by `alias`, which lets go of the old set after the last use; no
        // slot access runs foreign code while it borrows.
        unsafe { &*self.slots.get() }
    }

    /// Its own name, without package.
    pub fn name(&self) -> Shared<str> {
        self.name.borrow().clone()
    }

    /// Its package.
    pub fn package(&self) -> Shared<str> {
        self.package.borrow().clone()
    }

    /// `main::x`, without the star.
    pub fn full_name(&self) -> String {
        format!("{}::{}", self.package.borrow(), self.name.borrow())
    }

    /// Facts, see [`bit`].
    pub fn bits(&self) -> u32 {
        self.bits.get()
    }

    /// Adds facts.
    pub fn set_bits(&self, bits: u32) {
        self.bits.set(self.bits.get() | bits);
    }

    /// Takes facts away.
    pub fn clear_bits(&self, bits: u32) {
        self.bits.set(self.bits.get() & !bits);
    }

    fn changed(&self) {
        if self.bits.get() & bit::ISA != 0
            && let Some(isa) = &*self.slots().array.borrow()
        {
            isa.header().set(flag::GENERATION);
        }
        stash::next_generation();
    }

    /// The scalar.
    #[inline(always)]
    pub fn scalar(&self) -> Rc<Scalar> {
        // SAFETY: the borrow ends with the clone.
        unsafe { (*self.slots().scalar.get()).clone() }
    }

    /// The scalar's address, for the machine's loop: valid until something else runs.
    #[inline(always)]
    pub fn scalar_at(&self) -> *const Scalar {
        // SAFETY: as above.
        unsafe { &**self.slots().scalar.get() }
    }

    /// Replaces the scalar; gives the former one.
    #[inline]
    pub fn set_scalar(&self, new: Rc<Scalar>) -> Rc<Scalar> {
        // SAFETY: one thread; the old one is handed out, not dropped here.
        unsafe { std::mem::replace(&mut *self.slots().scalar.get(), new) }
    }

    slot!(array, set_array, array_mut, Array, array, |_| Array::new());
    slot!(hash, set_hash, hash_mut, Hash, hash, |_| Hash::new());
    slot!(code, set_code, code_mut, Code, code, |glob| Code::stub(
        &glob.package(),
        &glob.name()
    ));
    slot!(io, set_io, io_mut, Io, io, |_| Io::new());
    slot!(format, set_format, format_mut, Format, format, |_| {
        Format::new()
    });

    /// Looks at its handle without a count; `look` must not run Perl code.
    #[inline(always)]
    pub fn with_io<T>(&self, look: impl FnOnce(&Rc<Io>) -> Option<T>) -> Option<T> {
        self.slots().io.borrow().as_ref().and_then(look)
    }

    /// Looks at the sub without a count. `f` must not run Perl code nor reach the glob.
    #[inline(always)]
    pub fn with_code<R>(&self, f: impl FnOnce(Option<&Rc<Code>>) -> R) -> R {
        f(self.slots().code.borrow().as_ref())
    }

    /// Lets this glob share the slots of another (`*this = *other`).
    pub fn alias(&self, other: &Glob) {
        let theirs = unsafe {
            // SAFETY: the borrow ends with the clone.
            (*other.slots.get()).clone()
        };
        // SAFETY: the old slots are moved out before they are dropped.
        let old = unsafe { std::mem::replace(&mut *self.slots.get(), theirs) };
        self.changed();
        drop(old);
    }

    /// Takes its slots away and gives it fresh ones (`local *x`, `undef *x`).
    pub fn take_slots(&self) -> Shared<Slots> {
        // SAFETY: moved out, not dropped.
        let old = unsafe { std::mem::replace(&mut *self.slots.get(), Shared::new(Slots::new())) };
        self.changed();
        old
    }

    /// Puts slots back.
    pub fn put_slots(&self, slots: Shared<Slots>) {
        // SAFETY: the old slots are moved out before they are dropped.
        let old = unsafe { std::mem::replace(&mut *self.slots.get(), slots) };
        self.changed();
        drop(old);
    }

    /// Assigns a reference into the slot of its kind (`*x = \$y`, `*x = sub {...}`). False: not a
    /// reference that fits a slot.
    pub fn assign_ref(&self, val: &Val) -> bool {
        match val {
            Val::SRef(x) => drop(self.set_scalar(x.clone())),
            Val::ARef(x) => self.set_array(Some(x.clone())),
            Val::HRef(x) => self.set_hash(Some(x.clone())),
            Val::CRef(x) => self.set_code(Some(x.clone())),
            Val::IoRef(x) => self.set_io(Some(x.clone())),
            Val::FRef(x) => self.set_format(Some(x.clone())),
            Val::GRef(x) => self.alias(x),
            Val::Glob(x) => self.alias(x),
            _ => return false,
        }
        true
    }
}

impl Slots {
    /// The same contents in slots of their own.
    pub fn copied(&self) -> Shared<Slots> {
        // SAFETY: cloned without running foreign code, as `Glob::scalar` does.
        let scalar = unsafe { (*self.scalar.get()).clone() };
        Shared::new(Slots {
            scalar: UnsafeCell::new(scalar),
            array: self.array.clone(),
            hash: self.hash.clone(),
            code: self.code.clone(),
            io: self.io.clone(),
            format: self.format.clone(),
        })
    }

    fn new() -> Slots {
        Slots {
            scalar: UnsafeCell::new(Scalar::new(Val::Undef)),
            array: RefCell::new(None),
            hash: RefCell::new(None),
            code: RefCell::new(None),
            io: RefCell::new(None),
            format: RefCell::new(None),
        }
    }
}
