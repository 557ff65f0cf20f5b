//! The sub: compiled Perl with its captures, a native row, a constant, or only declared.

use super::rc::{Header, Rc};
use super::side::Aside;
use super::{Proto, Val};
use crate::text::PerlStr;
use std::any::Any;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::rc::Rc as Shared;

/// Which native row, in the machine's table.
pub type NativeId = u32;

/// What a sub runs.
pub enum Body {
    /// Declared only.
    Stub,
    /// Compiled Perl.
    Perl(Closure),
    /// A native row.
    Native(NativeId),
    /// An embedder's closure, known to the machine; let go of with the sub.
    Host(Shared<dyn Any>),
    /// A constant sub's value or list.
    Const(Vec<Val>),
}

/// Compiled code with what it has captured: cells, arrays, hashes, subs.
pub struct Closure {
    /// The code.
    pub proto: Shared<Proto>,
    /// The captured variables, in the order of the unit's table.
    pub captures: Box<[Val]>,
}

/// A sub.
#[repr(C)]
pub struct Code {
    pub(super) header: Header,
    body: UnsafeCell<Body>,
    /// How many frames run it now.
    pub depth: Cell<u32>,
    bits: Cell<u32>,
    /// Bodies replaced while frames were running them.
    retired: RefCell<Vec<Body>>,
    name: RefCell<Option<(Shared<str>, Shared<str>)>>,
    prototype: RefCell<Option<PerlStr>>,
    pub(super) aside: Aside,
}

/// Facts about a sub.
pub mod bit {
    /// `:lvalue`
    pub const LVALUE: u32 = 1;
    /// `:method`
    pub const METHOD: u32 = 2;
    /// An anonymous sub.
    pub const ANON: u32 = 4;
    /// Made by `use constant` or an inlinable body.
    pub const CONST: u32 = 8;
    /// May be called before `()`-less parsing knew it: was declared ahead.
    pub const FORWARD: u32 = 16;
}

impl Code {
    fn with(body: Body) -> Rc<Code> {
        Rc::new(Code {
            header: Header::new(),
            body: UnsafeCell::new(body),
            depth: Cell::new(0),
            bits: Cell::new(0),
            retired: RefCell::default(),
            name: RefCell::new(None),
            prototype: RefCell::new(None),
            aside: Aside::new(),
        })
    }

    /// Declared only.
    pub fn stub(package: &str, name: &str) -> Rc<Code> {
        let code = Code::with(Body::Stub);
        code.set_name(package, name);
        code
    }

    /// Compiled Perl.
    #[inline]
    pub fn perl(proto: Shared<Proto>, captures: Box<[Val]>) -> Rc<Code> {
        Code::with(Body::Perl(Closure { proto, captures }))
    }

    /// A native row.
    pub fn native(id: NativeId) -> Rc<Code> {
        Code::with(Body::Native(id))
    }

    /// A sub that runs a closure of the embedding program.
    pub fn host(closure: Shared<dyn Any>) -> Rc<Code> {
        Code::with(Body::Host(closure))
    }

    /// A constant.
    pub fn constant(list: Vec<Val>) -> Rc<Code> {
        let code = Code::with(Body::Const(list));
        code.set_bits(bit::CONST);
        code.set_prototype(Some(PerlStr::new()));
        code
    }

    /// What perl says when `new` takes the place of this sub, and whether it says so without being
    /// asked (perldiag: Constant subroutine %s redefined).
    pub fn redefinition(&self, new: &Code) -> (&'static str, bool) {
        if self.bits() & bit::CONST == 0 {
            return ("Subroutine", false);
        }
        let same = match (self.body(), new.body()) {
            (Body::Const(old), Body::Const(new)) => match (&old[..], &new[..]) {
                ([old], [new]) => old.to_str() == new.to_str(),
                _ => false,
            },
            _ => false,
        };
        ("Constant subroutine", !same)
    }

    /// What perl says when this sub, of that name, gets another prototype (perldiag: Prototype
    /// mismatch:); `None` where it is the same.
    pub fn prototype_mismatch(&self, name: &str, new: Option<&PerlStr>) -> Option<String> {
        let old = self.prototype.borrow();
        if old.as_ref() == new {
            return None;
        }
        let old = match &*old {
            Some(old) => format!(" ({old})"),
            None => ": none".to_string(),
        };
        let new = new.map_or_else(|| "none".to_string(), |new| format!("({new})"));
        Some(format!("Prototype mismatch: sub {name}{old} vs {new}"))
    }

    /// What it runs. Valid until [`Code::set_body`]; bodies in use are retired, not freed.
    #[inline(always)]
    pub fn body(&self) -> &Body {
        // SAFETY: set_body keeps a replaced body alive while `depth` says that frames run it, and
        // short looks never run foreign code.
        unsafe { &*self.body.get() }
    }

    /// Has it a body?
    #[inline]
    pub fn is_defined(&self) -> bool {
        !matches!(self.body(), Body::Stub)
    }

    /// Gives it another body (`sub f {...}` over a declaration, `undef &f`).
    pub fn set_body(&self, body: Body) {
        // SAFETY: moved out, not dropped.
        let old = unsafe { std::mem::replace(&mut *self.body.get(), body) };
        super::stash::next_generation();
        if self.depth.get() > 0 {
            self.retired.borrow_mut().push(old);
        } else {
            drop(old);
        }
    }

    /// Takes over the body and the facts of another sub made for this name.
    pub fn adopt(&self, other: &Code) {
        // SAFETY: `other` is left a stub; moved, not copied.
        let body = unsafe { std::mem::replace(&mut *other.body.get(), Body::Stub) };
        self.set_body(body);
        self.bits.set(other.bits.get());
        let prototype = other.prototype.borrow().clone();
        *self.prototype.borrow_mut() = prototype;
    }

    /// Facts, see [`bit`].
    #[inline]
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

    /// Package and name, as `caller` shows them.
    pub fn name(&self) -> Option<(Shared<str>, Shared<str>)> {
        if let Some(name) = &*self.name.borrow() {
            return Some(name.clone());
        }
        match self.body() {
            Body::Perl(closure) => {
                let (package, name) = closure.proto.unit.name.rsplit_once("::")?;
                Some((package.into(), name.into()))
            }
            _ => None,
        }
    }

    /// `main::f`
    pub fn full_name(&self) -> String {
        match self.name() {
            // a lexical sub
            Some((package, name)) if package.is_empty() => name.to_string(),
            Some((package, name)) => format!("{package}::{name}"),
            None => "main::__ANON__".into(),
        }
    }

    /// Names it.
    pub fn set_name(&self, package: impl Into<Shared<str>>, name: impl Into<Shared<str>>) {
        *self.name.borrow_mut() = Some((package.into(), name.into()));
    }

    /// The prototype.
    pub fn prototype(&self) -> Option<PerlStr> {
        self.prototype.borrow().clone()
    }

    /// Sets the prototype.
    pub fn set_prototype(&self, prototype: Option<PerlStr>) {
        *self.prototype.borrow_mut() = prototype;
    }
}
