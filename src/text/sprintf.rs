//! `sprintf`: the parsed template and what it asks of its arguments (`perlfunc sprintf`).
//!
//! Formatting itself is in the files beside; who the arguments are is the implementer's business.

mod float;
mod format;
mod integer;

use super::grammar::{SprintfPart, sprintf_directive};
use super::{Numeric, PerlStr};
use std::cell::RefCell;
use std::rc::Rc;

pub use float::push_fixed;
pub use format::sprintf;

/// What formatting asks of its arguments, and what it tells their owner. Reading may run Perl
/// code, so no borrow is held across a call.
pub trait Args {
    /// What stops formatting: the owner's own errors and those made from [`FormatError`].
    type Error: From<FormatError>;

    /// How many arguments there are.
    fn count(&self) -> usize;
    /// Argument number `at` (below the count) as a string.
    fn text(&mut self, at: usize) -> Result<PerlStr, Self::Error>;
    /// Argument number `at` as a number.
    fn number(&mut self, at: usize) -> Result<Numeric, Self::Error>;
    /// Argument number `at` as a version or string for the `v` flag.
    fn vector(&mut self, at: usize) -> Result<PerlStr, Self::Error> {
        self.text(at)
    }
    /// The address of argument number `at`, for `%p`.
    fn address(&mut self, at: usize) -> usize;
    /// `%n`: stores the number of characters written so far in argument number `at`.
    fn store_length(&mut self, at: usize, length: usize) -> Result<(), Self::Error>;
    /// Something perl warns of, if warnings of that category are on.
    fn warn(&mut self, warning: FormatWarning<'_>) -> Result<(), Self::Error>;
}

/// What perl warns of; each text ends with the operator's name, `sprintf` or `printf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatWarning<'a> {
    /// `Missing argument in %s` (category missing)
    MissingArgument,
    /// `Redundant argument in %s` (category redundant)
    RedundantArgument,
    /// `Invalid conversion in %sprintf: "%y"` or `...: end of string` (category printf); the text
    /// is what stands behind the colon.
    InvalidConversion(&'a str),
}

/// What perl dies of.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatError {
    /// `Cannot printf %g with '%c'`: the number is `Inf`, `-Inf` or `NaN`.
    CannotPrint(f64, u8),
    /// `Integer overflow in format string for %s`
    Overflow,
    /// `Use of code point 0x%X is not allowed; the permissible max is 0x7FFFFFFFFFFFFFFF`
    CodePoint(u64),
    /// Out of memory.
    OutOfMemory,
}

impl From<super::OutOfMemory> for FormatError {
    fn from(_: super::OutOfMemory) -> FormatError {
        FormatError::OutOfMemory
    }
}

impl FormatError {
    /// perl's words, without the place; `op` is `sprintf` or `printf`.
    pub fn message(&self, op: &str) -> String {
        match self {
            FormatError::CannotPrint(x, letter) => {
                let number = super::format_num(*x);
                format!(
                    "Cannot printf {} with '{}'",
                    number.as_str(),
                    *letter as char
                )
            }
            FormatError::Overflow => format!("Integer overflow in format string for {op}"),
            FormatError::CodePoint(cp) => format!(
                "Use of code point 0x{cp:X} is not allowed; the permissible max is \
                 0x7FFFFFFFFFFFFFFF"
            ),
            FormatError::OutOfMemory => "Out of memory!".into(),
        }
    }
}

/// A width or precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Not given.
    #[default]
    None,
    /// Written out.
    Number(usize),
    /// `*`: the next argument.
    Next,
    /// `*2$`: that argument, counted from 1.
    At(usize),
}

/// How much of an integer argument is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// No modifier: a whole word, as with `l q L ll V z t j`.
    #[default]
    None,
    /// `hh`
    Char,
    /// `h`
    Short,
    /// `z t j`, which go with integers only.
    Integer,
    /// Any of the others.
    Long,
}

/// One directive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directive {
    /// `2$`: the argument, counted from 1.
    pub place: Option<usize>,
    /// `+`, a space, or 0.
    pub sign: u8,
    /// `-`
    pub left: bool,
    /// `0`
    pub zero: bool,
    /// `#`
    pub alt: bool,
    /// `v` with where its joining string comes from; `Count::None` is a full stop.
    pub vector: Option<Count>,
    /// The least width.
    pub width: Count,
    /// What stands behind the full stop.
    pub precision: Count,
    /// The size modifier.
    pub size: Size,
    /// The conversion; 0 where it is missing.
    pub letter: u8,
}

impl Directive {
    /// Does perl know this combination?
    pub fn is_valid(&self) -> bool {
        match self.letter {
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'b' | b'B' | b'D' | b'U' | b'O' => true,
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'a' | b'A' => {
                self.vector.is_none() && matches!(self.size, Size::None | Size::Long)
            }
            b'c' | b's' | b'p' | b'n' | b'%' => self.vector.is_none(),
            _ => false,
        }
    }
}

/// A stretch of a template.
#[derive(Clone, Debug)]
pub enum Piece {
    /// These bytes of the template as they are.
    Text(usize, usize),
    /// `%s` and nothing else.
    Str,
    /// `%d` and nothing else.
    Int,
    /// Any other directive.
    Directive(Box<Directive>),
    /// Bytes from the first place to the last stay as they are, with a warning that shows those up
    /// to the second.
    Invalid(usize, usize, usize),
    /// A number too large to read: perl dies here.
    Overflow,
}

/// A template ready for use; the same text always gives the same one.
#[derive(Debug)]
pub struct Template {
    text: PerlStr,
    pieces: Vec<Piece>,
    /// Arguments are counted off one by one, so that one too many can be noticed.
    counts_arguments: bool,
}

impl Template {
    /// Reads `text`; never fails, since what is wrong shows only when it is used.
    pub fn parse(text: &PerlStr) -> Template {
        let bytes = text.as_bytes();
        let (mut pieces, mut counts_arguments) = (Vec::new(), true);
        let (mut from, mut at) = (0, 0);
        while let Some(found) = memchr::memchr(b'%', &bytes[at..]) {
            let percent = at + found;
            if percent > from {
                pieces.push(Piece::Text(from, percent));
            }
            let (piece, length) = match bytes.get(percent + 1) {
                // A percent sign for itself: the second one begins the text behind it.
                Some(b'%') => {
                    (from, at) = (percent + 1, percent + 2);
                    continue;
                }
                Some(b's') => (Piece::Str, 2),
                Some(b'd') => (Piece::Int, 2),
                _ => directive_at(bytes, percent, &mut counts_arguments),
            };
            pieces.push(piece);
            at = percent + length;
            from = at;
        }
        if from < bytes.len() {
            pieces.push(Piece::Text(from, bytes.len()));
        }
        Template {
            text: text.clone(),
            pieces,
            counts_arguments,
        }
    }

    /// As [`Template::parse`], remembering the last few templates of this thread.
    pub fn cached(text: &PerlStr) -> Rc<Template> {
        RECENT.with(|recent| {
            let slot = text.len().wrapping_mul(31).wrapping_add(
                text.as_bytes().iter().take(16).fold(0usize, |sum, b| {
                    sum.wrapping_mul(33).wrapping_add(*b as usize)
                }),
            ) % RECENT_SIZE;
            let mut recent = recent.borrow_mut();
            if let Some(Some(known)) = recent.get(slot)
                && (known.text.same_buffer(text)
                    || known.text.as_bytes() == text.as_bytes()
                        && known.text.is_utf8() == text.is_utf8())
            {
                return known.clone();
            }
            let template = Rc::new(Template::parse(text));
            if let Some(place) = recent.get_mut(slot) {
                *place = Some(template.clone());
            }
            template
        })
    }
}

const RECENT_SIZE: usize = 16;

thread_local! {
    static RECENT: RefCell<[Option<Rc<Template>>; RECENT_SIZE]> =
        const { RefCell::new([const { None }; RECENT_SIZE]) };
}

/// The directive at `percent` and its length.
fn directive_at(bytes: &[u8], percent: usize, counts_arguments: &mut bool) -> (Piece, usize) {
    let tail = &bytes[percent + 1..];
    // The grammar sees no more than one directive can be: up to its letter.
    let ends = |b: &u8| !(b.is_ascii_digit() || b" -+#*$.hlqLVztjv".contains(b));
    let window = tail.iter().position(ends).map_or(tail.len(), |at| at + 1);
    let window = match tail[..window].last() {
        Some(b) if !b.is_ascii() => window - 1,
        _ => window,
    };
    let text = std::str::from_utf8(&bytes[percent..percent + 1 + window]).unwrap_or("%");
    match sprintf_directive(text) {
        SprintfPart::Directive(directive, length) => {
            if directive.uses_places() {
                *counts_arguments = false;
            }
            (Piece::Directive(Box::new(directive)), length)
        }
        SprintfPart::Invalid(length, complete) => {
            *counts_arguments = false;
            let end = (percent + length + !complete as usize).min(bytes.len());
            // A percent sign where the letter should be begins the next directive as well.
            let again = length > 1 && bytes.get(end - 1) == Some(&b'%');
            (
                Piece::Invalid(percent, end, end - again as usize),
                end - again as usize - percent,
            )
        }
        SprintfPart::Overflow => (Piece::Overflow, text.len()),
    }
}

impl Directive {
    fn uses_places(&self) -> bool {
        let placed = |count: Count| matches!(count, Count::At(_));
        self.place.is_some()
            || placed(self.width)
            || placed(self.precision)
            || self.vector.is_some_and(placed)
    }
}
