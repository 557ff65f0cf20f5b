//! Filling a picture's fields with values, line by line.

use super::{Align, Field, FieldKind, FormArgs, FormError, Item, Picture};
use crate::text::number::{Numeric, is_space};
use crate::text::sprintf::push_fixed;
use crate::text::{PerlStr, utf8};

/// Fills `picture` and appends the result to `out`. True where a line marked `~~` had something to
/// show: then the values are to be computed anew and the whole is to be filled again, as perl
/// repeats the operation.
pub fn fill<A: FormArgs>(
    picture: &Picture,
    args: &mut A,
    out: &mut PerlStr,
) -> Result<bool, A::Error> {
    let (mut next, mut keeps_spaces) = (0, false);
    for line in &picture.lines {
        let mut filler = Filler {
            text: PerlStr::new(),
            pad: 0,
            some: false,
            keeps_spaces,
        };
        for item in &line.items {
            filler.item(item, args, &mut next)?;
        }
        if line.newline {
            filler.end_line()?;
        }
        keeps_spaces = filler.keeps_spaces;
        if line.drops_blank && !filler.some {
            continue;
        }
        out.try_push_str(&filler.text).map_err(FormError::from)?;
        if line.repeats {
            return if is_runaway(out) {
                Err(FormError::Runaway.into())
            } else {
                Ok(true)
            };
        }
    }
    Ok(false)
}

/// Has a repeated line stayed the same for so long that it will not end?
fn is_runaway(out: &PerlStr) -> bool {
    let bytes = out.as_bytes();
    let mut lines = bytes
        .strip_suffix(b"\n")
        .unwrap_or(bytes)
        .rsplit(|b| *b == b'\n');
    let same = lines.next() == lines.next();
    same && memchr::memchr_iter(b'\n', bytes).count() >= 200
}

/// The line at hand.
struct Filler {
    text: PerlStr,
    /// Blanks that a field owes, paid once something follows.
    pad: usize,
    /// A field had something to show.
    some: bool,
    /// `^*` came before: from there on the white space at a break is kept, as in perl.
    keeps_spaces: bool,
}

/// What of a value a field shows.
struct Shown {
    /// The end of the part shown, in bytes.
    bytes: usize,
    /// Its length in characters.
    chars: usize,
    /// A character that shows was among them.
    some: bool,
}

impl Filler {
    fn blanks(&mut self, n: usize) -> Result<(), FormError> {
        let blanks = PerlStr::from_bytes(b" ").repeat(n)?;
        Ok(self.text.try_push_bytes(blanks.as_bytes())?)
    }

    fn pay(&mut self) -> Result<(), FormError> {
        match std::mem::take(&mut self.pad) {
            0 => Ok(()),
            n => self.blanks(n),
        }
    }

    fn end_line(&mut self) -> Result<(), FormError> {
        self.pad = 0;
        let kept = self
            .text
            .as_bytes()
            .iter()
            .rposition(|b| *b != b' ')
            .map_or(0, |at| at + 1);
        self.text.truncate(kept);
        Ok(self.text.try_push_bytes(b"\n")?)
    }

    fn item<A: FormArgs>(
        &mut self,
        item: &Item,
        args: &mut A,
        next: &mut usize,
    ) -> Result<(), A::Error> {
        self.pay()?;
        let field = match item {
            Item::Literal(text) => {
                return Ok(self.text.try_push_str(text).map_err(FormError::from)?);
            }
            Item::Field(field) => field,
        };
        let at = if *next < args.count() {
            Some(*next)
        } else {
            args.warn_missing()?;
            None
        };
        *next += 1;
        match field.kind {
            FieldKind::Number { zero, places } => {
                let n = match at {
                    Some(at) => args.number(at)?,
                    None => Some(Numeric::Int(0)),
                };
                Ok(self.number(field, n, zero, places)?)
            }
            FieldKind::Lines => self.lines(field, args, at),
            FieldKind::Text { align, more } => self.words(field, align, more, args, at),
        }
    }

    fn number(
        &mut self,
        field: &Field,
        n: Option<Numeric>,
        zero: bool,
        places: Option<usize>,
    ) -> Result<(), FormError> {
        let Some(n) = n.or(if field.chops {
            None
        } else {
            Some(Numeric::Int(0))
        }) else {
            return self.blanks(field.width);
        };
        self.some = true;
        let x = n.to_f64();
        let mut text = Vec::new();
        let room = match overflows(x, field.width, places) {
            true => {
                text.resize(field.width, b'#');
                0
            }
            false => {
                push_fixed(&mut text, x, places.unwrap_or(0), places.is_some());
                // A minus that the check did not see costs a digit.
                text.truncate(field.width);
                field.width - text.len()
            }
        };
        let sign = (zero && text.first() == Some(&b'-')) as usize;
        let fill = PerlStr::from_bytes(if zero { b"0" } else { b" " }).repeat(room)?;
        text.splice(sign..sign, fill.as_bytes().iter().copied());
        Ok(self.text.try_push_bytes(&text)?)
    }

    fn lines<A: FormArgs>(
        &mut self,
        field: &Field,
        args: &mut A,
        at: Option<usize>,
    ) -> Result<(), A::Error> {
        let Some(at) = at else { return Ok(()) };
        let text = args.text(at)?;
        let bytes = text.as_bytes();
        self.some |= !bytes.is_empty();
        self.keeps_spaces |= field.chops;
        let newline = memchr::memchr(b'\n', bytes);
        let (shown, rest) = match (field.chops, newline) {
            (true, Some(newline)) => (newline, newline + 1),
            // A newline at the very end is the picture's business.
            (false, _) if bytes.last() == Some(&b'\n') => (bytes.len() - 1, bytes.len()),
            _ => (bytes.len(), bytes.len()),
        };
        self.text
            .try_push_str(&text.slice_bytes(0..shown))
            .map_err(FormError::from)?;
        if field.chops {
            args.store(at, text.slice_bytes(rest..bytes.len()))?;
        }
        Ok(())
    }

    fn words<A: FormArgs>(
        &mut self,
        field: &Field,
        align: Align,
        more: bool,
        args: &mut A,
        at: Option<usize>,
    ) -> Result<(), A::Error> {
        let text = match at {
            Some(at) => args.text(at)?,
            None => PerlStr::new(),
        };
        let breaks = if field.chops || more {
            args.breaks()?
        } else {
            PerlStr::new()
        };
        let trims = !self.keeps_spaces && memchr::memchr(b' ', breaks.as_bytes()).is_some();
        let shown = match field.chops {
            true => up_to_break(&text, field.width, &breaks, trims),
            false => up_to_newline(&text, field.width),
        };
        self.some |= shown.some;
        let room = field.width - shown.chars;
        let before = match align {
            Align::Left => 0,
            Align::Right => room,
            Align::Centre => room / 2,
        };
        self.blanks(before)?;
        let mut part = text.slice_bytes(0..shown.bytes);
        if part.as_bytes().iter().any(u8::is_ascii_control) {
            part.make_mut()
                .iter_mut()
                .filter(|b| b.is_ascii_control())
                .for_each(|b| *b = b' ');
        }
        self.text.try_push_str(&part).map_err(FormError::from)?;
        self.pad = room - before;
        let mut rest = shown.bytes;
        if trims {
            rest += spaces(&text.as_bytes()[rest..]);
        }
        if more && rest < text.len() {
            self.dots()?;
        }
        if let (true, Some(at)) = (field.chops, at) {
            args.store(at, text.slice_bytes(rest..text.len()))?;
        }
        Ok(())
    }

    /// Three dots at the end of the field, or behind the text if there is room for them.
    fn dots(&mut self) -> Result<(), FormError> {
        self.pay()?;
        let bytes = self.text.as_bytes();
        let end = bytes.len();
        let mut from = end.saturating_sub(3);
        if bytes.ends_with(b"   ") {
            from = bytes
                .iter()
                .rposition(|b| !b.is_ascii_whitespace())
                .map_or(0, |at| at + 1);
        }
        Ok(self.text.try_splice_bytes(from, from + 3, b"...")?)
    }
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| is_space(**b)).count()
}

/// How many bytes the character at the head of `bytes` takes.
fn step(text: &PerlStr, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b) if text.is_utf8() => utf8::width_of_first(*b).min(text.len() - at),
        _ => 1,
    }
}

fn up_to_newline(text: &PerlStr, width: usize) -> Shown {
    let mut shown = Shown {
        bytes: 0,
        chars: 0,
        some: false,
    };
    while let Some(&b) = text.as_bytes().get(shown.bytes) {
        if b == b'\n' || shown.chars == width {
            break;
        }
        shown.some |= !b.is_ascii_control();
        shown.bytes += step(text, shown.bytes);
        shown.chars += 1;
    }
    shown
}

/// As much as fits, cut behind the last character where a line may break; a carriage return breaks
/// it for sure. As in perl, a break character may stand just behind the field.
fn up_to_break(text: &PerlStr, width: usize, breaks: &PerlStr, trims: bool) -> Shown {
    let (mut at, mut chars, mut some) = (0, 0, false);
    let mut cut = None;
    while let Some(&b) = text.as_bytes().get(at) {
        if b == b'\r' {
            cut = Some((at, chars));
            break;
        }
        if is_space(b) {
            if trims {
                cut = Some((at, chars));
            }
            if chars == width {
                break;
            }
        } else {
            if breaks.as_bytes().contains(&b) && at + 1 < text.len() {
                cut = Some((at + 1, chars));
            }
            if chars == width {
                break;
            }
            some |= !b.is_ascii_control();
        }
        at += step(text, at);
        chars += 1;
    }
    let (bytes, chars) = match cut {
        Some(cut) if at < text.len() => cut,
        _ => (at, chars),
    };
    Shown { bytes, chars, some }
}

/// Does the number need more places than the field has?
fn overflows(x: f64, width: usize, places: Option<usize>) -> bool {
    let taken = (x < 0.0) as usize + places.map_or(0, |n| n + 1);
    let whole = width.saturating_sub(taken).min(400);
    let half = 0.5 * 10f64.powi(-(places.unwrap_or(0).min(400) as i32));
    x.abs() + half >= 10f64.powi(whole as i32)
}
