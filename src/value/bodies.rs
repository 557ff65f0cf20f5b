//! The small bodies: dual values, patterns, native objects, formats, handles.

use super::Val;
use super::rc::{Body, Header, Kind, Rc};
use super::side::Aside;
use crate::io::HandleRef;
use crate::text::PerlStr;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc as Shared;

/// A number and a string at once.
#[repr(C)]
pub struct Dual {
    header: Header,
    /// `Int`, `UInt`, `Num` or `Undef`.
    pub num: Val,
    /// The string; none: the number's own.
    pub text: Option<PerlStr>,
    /// Came from outside (perlsec).
    pub taint: bool,
    /// A version string (`v1.2.3`).
    pub vstring: Option<PerlStr>,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for Dual {
    const KIND: Kind = Kind::Dual;
}

impl Dual {
    /// The same value, tainted (perlsec).
    pub fn tainted(num: Val, text: Option<PerlStr>, vstring: Option<PerlStr>) -> Rc<Dual> {
        Rc::new(Dual {
            header: Header::new(),
            num,
            text,
            taint: true,
            vstring,
        })
    }

    /// A number and a string.
    pub fn new(num: Val, text: PerlStr) -> Rc<Dual> {
        let (header, text) = (Header::new(), Some(text));
        Rc::new(Dual {
            header,
            num,
            text,
            taint: false,
            vstring: None,
        })
    }

    /// A version string: its bytes, and how it was written.
    pub fn vstring(bytes: PerlStr, written: PerlStr) -> Rc<Dual> {
        let header = Header::new();
        let (num, text, vstring) = (Val::Undef, Some(bytes), Some(written));
        Rc::new(Dual {
            header,
            num,
            text,
            taint: false,
            vstring,
        })
    }

    /// Is it a version string?
    pub fn is_vstring(&self) -> bool {
        self.vstring.is_some()
    }
}

/// A compiled pattern.
#[repr(C)]
pub struct Regexp {
    header: Header,
    /// The compiled pattern.
    pub program: Shared<crate::regex::Regex>,
    /// `(?^:...)`
    pub text: PerlStr,
    /// The code blocks of the pattern.
    pub blocks: Vec<Val>,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for Regexp {
    const KIND: Kind = Kind::Regexp;
}

impl Regexp {
    /// A pattern and how it shows.
    pub fn new(program: Shared<crate::regex::Regex>, blocks: Vec<Val>) -> Rc<Regexp> {
        let mut text = PerlStr::from_bytes(&program.to_qr());
        text.set_utf8_flag(program.text().1);
        Rc::new(Regexp {
            header: Header::new(),
            program,
            text,
            blocks,
        })
    }

    /// The same pattern, made of something tainted (perlsec).
    pub fn tainted(other: &Regexp) -> Rc<Regexp> {
        let mut text = other.text.clone();
        text.set_taint(true);
        Rc::new(Regexp {
            header: Header::new(),
            program: other.program.clone(),
            text,
            blocks: other.blocks.clone(),
        })
    }
}

/// An object of a native module or an embedder.
#[repr(C)]
pub struct Native {
    header: Header,
    /// The object.
    pub object: Shared<dyn Any>,
}

// SAFETY: repr(C) with the header first.
unsafe impl Body for Native {
    const KIND: Kind = Kind::Native;
}

impl Native {
    /// Wraps an object.
    pub fn new(object: Shared<dyn Any>) -> Rc<Native> {
        Rc::new(Native {
            header: Header::new(),
            object,
        })
    }
}

/// A format (perlform): what the parser made of it, and its argument code.
#[repr(C)]
pub struct Format {
    pub(super) header: Header,
    /// Known to who defines and who writes it.
    pub body: RefCell<Option<Shared<dyn Any>>>,
    pub(super) aside: Aside,
}

impl Format {
    /// Undefined yet.
    pub fn new() -> Rc<Format> {
        let (header, body, aside) = (Header::new(), RefCell::new(None), Aside::new());
        Rc::new(Format {
            header,
            body,
            aside,
        })
    }
}

/// A handle as Perl sees it: the open file or socket, the open directory, and what formats and
/// `$.` keep with it.
#[repr(C)]
pub struct Io {
    pub(super) header: Header,
    /// The open file, socket, pipe or in-memory file.
    handle: RefCell<Option<HandleRef>>,
    /// The open directory.
    dir: RefCell<Option<Shared<RefCell<crate::io::dir::DirHandle>>>>,
    /// `$.`
    pub lines: Cell<i64>,
    /// `$|`
    pub autoflush: Cell<bool>,
    /// What is read from it is not tainted (`IO::Handle::untaint`).
    pub trusted: Cell<bool>,
    /// `$=`, `$-`, `$%`
    pub page: [Cell<i64>; 3],
    /// `$^`, `$~`
    pub formats: [RefCell<Option<PerlStr>>; 2],
    /// The object of a tied handle.
    pub tie: RefCell<Val>,
    /// The glob it was first made for, as messages name it.
    pub name: RefCell<Option<Shared<str>>>,
    pub(super) aside: Aside,
}

impl Io {
    /// Closed.
    pub fn new() -> Rc<Io> {
        Rc::new(Io {
            header: Header::new(),
            handle: RefCell::new(None),
            dir: RefCell::new(None),
            lines: Cell::new(0),
            autoflush: Cell::new(false),
            trusted: Cell::new(false),
            page: [Cell::new(60), Cell::new(0), Cell::new(0)],
            formats: [RefCell::new(None), RefCell::new(None)],
            tie: RefCell::new(Val::Undef),
            name: RefCell::new(None),
            aside: Aside::new(),
        })
    }

    /// The handle: open, or closed since.
    pub(crate) fn handle(&self) -> Option<HandleRef> {
        self.handle.borrow().clone()
    }

    /// Looks at the handle without a count; `look` must not run Perl code.
    #[inline(always)]
    pub(crate) fn with_handle<T>(&self, look: impl FnOnce(&HandleRef) -> Option<T>) -> Option<T> {
        self.handle.borrow().as_ref().and_then(look)
    }

    /// Is an object behind it (`tie *FH`)?
    #[inline]
    pub fn is_tied(&self) -> bool {
        !self.tie.borrow().is_undef()
    }

    /// The handle, made (closed) where there is none.
    pub(crate) fn handle_mut(&self) -> HandleRef {
        self.handle
            .borrow_mut()
            .get_or_insert_with(crate::io::Handle::shared)
            .clone()
    }

    /// Puts a handle in or takes it out; gives the former one.
    pub(crate) fn set_handle(&self, handle: Option<HandleRef>) -> Option<HandleRef> {
        self.handle.replace(handle)
    }

    /// Is a handle open?
    pub fn is_open(&self) -> bool {
        match &*self.handle.borrow() {
            Some(handle) => handle.try_borrow().map_or(true, |h| h.is_open()),
            None => false,
        }
    }

    /// The open directory.
    pub(crate) fn dir(&self) -> Option<Shared<RefCell<crate::io::dir::DirHandle>>> {
        self.dir.borrow().clone()
    }

    /// Puts a directory in; gives the former one.
    pub(crate) fn set_dir(
        &self,
        dir: Option<Shared<RefCell<crate::io::dir::DirHandle>>>,
    ) -> Option<Shared<RefCell<crate::io::dir::DirHandle>>> {
        self.dir.replace(dir)
    }
}
