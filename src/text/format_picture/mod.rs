//! Pictures of `format` and `formline` (`perlform`): reading them. Filling them is in `fill`.

mod fill;

use super::grammar::format_field;
use super::number::Numeric;
use super::recent::Recent;
use super::{OutOfMemory, PerlStr};
use std::rc::Rc;

pub use fill::fill;

/// Where the values of a picture come from. Reading may run Perl code, so no borrow is held.
pub trait FormArgs {
    /// What stops filling.
    type Error: From<FormError>;

    /// How many values there are.
    fn count(&self) -> usize;
    /// Value number `at` (below the count) as a string.
    fn text(&mut self, at: usize) -> Result<PerlStr, Self::Error>;
    /// Value number `at` as a number, `None` if it is undefined.
    fn number(&mut self, at: usize) -> Result<Option<Numeric>, Self::Error>;
    /// Value number `at` loses its head: what is left of it.
    fn store(&mut self, at: usize, rest: PerlStr) -> Result<(), Self::Error>;
    /// `$:`, the characters behind which a line may break.
    fn breaks(&mut self) -> Result<PerlStr, Self::Error>;
    /// Perl warns `Not enough format arguments` (category syntax).
    fn warn_missing(&mut self) -> Result<(), Self::Error>;
}

/// What perl dies of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// `Runaway format`
    Runaway,
    /// `Repeated format line will never terminate (~~ and @#)`
    NeverTerminates,
    /// Out of memory.
    OutOfMemory,
}

impl FormError {
    /// perl's words, without the place.
    pub fn message(self) -> &'static str {
        match self {
            FormError::Runaway => "Runaway format",
            FormError::NeverTerminates => "Repeated format line will never terminate (~~ and @#)",
            FormError::OutOfMemory => "Out of memory!",
        }
    }
}

impl From<OutOfMemory> for FormError {
    fn from(_: OutOfMemory) -> FormError {
        FormError::OutOfMemory
    }
}

/// Where a text stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `|`
    Centre,
}

/// What a field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// `@*`, `^*`
    Lines,
    /// `@##.##`: `places` is `None` without a point.
    Number {
        /// Zeros fill it from the left.
        zero: bool,
        /// Digits behind the point.
        places: Option<usize>,
    },
    /// `@<<<`: `more` if `...` shows that something is left.
    Text {
        /// Where the text stands.
        align: Align,
        /// Dots follow.
        more: bool,
    },
}

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// `^`: what is shown is cut off the variable.
    pub chops: bool,
    /// Characters the field takes.
    pub width: usize,
    /// What it shows.
    pub kind: FieldKind,
}

#[derive(Clone, Debug)]
enum Item {
    /// Text of the picture, tildes blanked.
    Literal(PerlStr),
    Field(Field),
}

#[derive(Clone, Debug, Default)]
struct Line {
    items: Vec<Item>,
    newline: bool,
    /// `~`: left out if its fields are empty.
    drops_blank: bool,
    /// `~~`: repeated until its fields are empty.
    repeats: bool,
}

/// A picture ready for use.
#[derive(Clone, Debug)]
pub struct Picture {
    lines: Vec<Line>,
}

thread_local! {
    static PICTURES: Recent<Picture> = const { Recent::new() };
}

impl Picture {
    /// As [`Picture::parse`], remembering the last few pictures of this thread.
    pub fn cached(text: &PerlStr) -> Result<Rc<Picture>, FormError> {
        PICTURES.with(|recent| recent.get(text, || Picture::parse(text)))
    }

    /// Reads a picture of any number of lines.
    pub fn parse(text: &PerlStr) -> Result<Picture, FormError> {
        let (bytes, mut lines, mut from) = (text.as_bytes(), Vec::new(), 0);
        while from < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[from..]).map(|at| from + at);
            let mut line = parse_line(text, from, end.unwrap_or(bytes.len()));
            line.newline = end.is_some();
            if line.repeats && line.items.iter().any(is_fixed_number) {
                return Err(FormError::NeverTerminates);
            }
            lines.push(line);
            from = end.map_or(bytes.len(), |end| end + 1);
        }
        Ok(Picture { lines })
    }
}

/// A number that no repetition uses up.
fn is_fixed_number(item: &Item) -> bool {
    matches!(
        item,
        Item::Field(Field {
            chops: false,
            kind: FieldKind::Number { .. },
            ..
        })
    )
}

fn parse_line(text: &PerlStr, from: usize, end: usize) -> Line {
    let all = text.as_bytes();
    let mut line = Line::default();
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'~');
    // White space at the end is not part of the line.
    let tail = all[from..end].iter().rev().take_while(|b| blank(b)).count();
    let tildes = &all[from..end];
    line.drops_blank = tildes.contains(&b'~');
    line.repeats = memchr::memmem::find(tildes, b"~~").is_some();
    let bytes = &all[..end - tail];
    let (mut start, mut at) = (from, from);
    while let Some(found) = memchr::memchr2(b'@', b'^', bytes.get(at..).unwrap_or_default()) {
        let sign = at + found;
        let run = bytes[sign + 1..]
            .iter()
            .take_while(|b| b"*#0.<>|".contains(b))
            .count();
        let window = std::str::from_utf8(&bytes[sign..=sign + run]).unwrap_or("@");
        let Some(field) = format_field(window) else {
            at = sign + 1;
            continue;
        };
        literal(text, start, sign, &mut line);
        line.items.push(Item::Field(field));
        at = sign + field.width;
        start = at;
    }
    literal(text, start, bytes.len().max(start), &mut line);
    line
}

fn literal(text: &PerlStr, from: usize, to: usize, line: &mut Line) {
    if from < to {
        let mut part = text.slice_bytes(from..to);
        part.make_mut()
            .iter_mut()
            .filter(|b| **b == b'~')
            .for_each(|b| *b = b' ');
        line.items.push(Item::Literal(part));
    }
}
