//! `pack` and `unpack`: what they share (`perlfunc pack`). Templates are read in `template`,
//! written from in `write` and read by in `read`.

mod codec;
mod read;
mod template;
mod write;

pub use read::{Unpacked, unpack};
pub(super) use template::{Tail, Written};
pub use write::{PackArgs, pack};

/// Which of the two is at work; messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `pack`
    Pack,
    /// `unpack`
    Unpack,
}

impl Op {
    /// The operator's name.
    pub fn name(self) -> &'static str {
        match self {
            Op::Pack => "pack",
            Op::Unpack => "unpack",
        }
    }
}

/// What perl dies of, in its words and without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// A message.
    Message(String),
    /// Out of memory.
    OutOfMemory,
}

impl From<super::OutOfMemory> for PackError {
    fn from(_: super::OutOfMemory) -> PackError {
        PackError::OutOfMemory
    }
}

impl PackError {
    fn new(text: impl Into<String>) -> PackError {
        PackError::Message(text.into())
    }

    /// perl's words.
    pub fn text(&self) -> &str {
        match self {
            PackError::Message(text) => text,
            PackError::OutOfMemory => "Out of memory!",
        }
    }
}

/// A warning's category and words, without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackWarning {
    /// The category: `pack` or `unpack`.
    pub category: &'static str,
    /// perl's words.
    pub text: String,
}

impl PackWarning {
    fn new(op: Op, text: impl Into<String>) -> PackWarning {
        PackWarning {
            category: op.name(),
            text: text.into(),
        }
    }
}

/// How often an item applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Not written.
    One,
    /// `*`
    Star,
    /// `3`, `[3]`, or the size of `[template]`.
    Times(usize),
}

/// One item of a template; `code` is `(` for a group.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub code: char,
    /// `!`
    pub native: bool,
    /// `<` or `>`, its own or its group's.
    pub order: Option<Order>,
    pub repeat: Repeat,
    /// `/` follows: the item holds the length of the next one.
    pub slash: bool,
    pub group: Vec<Item>,
}

/// A byte order that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// How an integer is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub size: usize,
    pub signed: bool,
    pub big: bool,
}

/// The layout of an integer item; `None` for other codes.
pub(super) fn integer_layout(item: &Item) -> Option<Layout> {
    let (size, signed) = match (item.code, item.native) {
        ('c', _) => (1, true),
        ('s', _) => (2, true),
        ('S', _) => (2, false),
        ('i', _) => (4, true),
        ('I', _) => (4, false),
        ('l', false) => (4, true),
        ('L', false) => (4, false),
        ('l', true) | ('q' | 'j', _) => (8, true),
        ('L', true) | ('Q' | 'J', _) => (8, false),
        ('n', native) => {
            return Some(Layout {
                size: 2,
                signed: native,
                big: true,
            });
        }
        ('N', native) => {
            return Some(Layout {
                size: 4,
                signed: native,
                big: true,
            });
        }
        ('v', native) => {
            return Some(Layout {
                size: 2,
                signed: native,
                big: false,
            });
        }
        ('V', native) => {
            return Some(Layout {
                size: 4,
                signed: native,
                big: false,
            });
        }
        _ => return None,
    };
    let big = match item.order {
        Some(order) => order == Order::Big,
        None => cfg!(target_endian = "big"),
    };
    Some(Layout { size, signed, big })
}

/// The size of a floating item; `None` for other codes.
pub(super) fn float_size(code: char) -> Option<usize> {
    match code {
        'f' => Some(4),
        'd' | 'F' => Some(8),
        'D' => Some(16),
        _ => None,
    }
}

/// Is the item's byte order reversed against this machine's?
pub(super) fn is_swapped(item: &Item) -> bool {
    let big = item.order == Some(Order::Big);
    item.order.is_some() && big != cfg!(target_endian = "big")
}
