//! Walking a template: fetching arguments in order, padding, and the conversions that are not
//! numbers.

use super::{Args, Count, Directive, FormatError, FormatWarning, Piece, Template, float, integer};
use crate::text::number::Numeric;
use crate::text::{PerlStr, format_int, quota, utf8};

/// `sprintf template, args` as a new string.
pub fn sprintf<A: Args>(template: &PerlStr, args: &mut A) -> Result<PerlStr, A::Error> {
    // Room for what most results need, so that few grow.
    let room = template.len() + 8 * args.count() + 16;
    let mut out = PerlStr::try_with_capacity(room).map_err(FormatError::from)?;
    format(&Template::cached(template), args, &mut out)?;
    Ok(out)
}

/// Appends the template filled with `args` to `out`.
pub fn format<A: Args>(
    template: &Template,
    args: &mut A,
    out: &mut PerlStr,
) -> Result<(), A::Error> {
    let text = &template.text;
    if text.is_utf8() {
        out.try_upgrade().map_err(FormatError::from)?;
    }
    let mut run = Run {
        args,
        out,
        next: 0,
        warned: false,
        scratch: Vec::new(),
    };
    for piece in &template.pieces {
        run.warned = false;
        match piece {
            Piece::Text(from, to) => run.copy(text, *from, *to)?,
            Piece::Str => {
                if let Some(at) = run.fetch(None)? {
                    let text = run.args.text(at)?;
                    run.out.try_push_str(&text).map_err(FormatError::from)?;
                }
            }
            Piece::Int => match run.fetch_number(None)? {
                Numeric::Num(x) if !x.is_finite() => {
                    run.one(
                        &Directive {
                            letter: b'd',
                            ..Directive::default()
                        },
                        Some(x),
                    )?;
                }
                n => run.raw(format_int(n.to_i64()).as_bytes())?,
            },
            Piece::Directive(directive) => run.one(directive, None)?,
            Piece::Invalid(from, shown, to) => {
                let shown = invalid_text(text.as_bytes().get(*from..*shown).unwrap_or_default());
                run.args.warn(FormatWarning::InvalidConversion(&shown))?;
                run.copy(text, *from, *to)?;
            }
            Piece::Overflow => return Err(FormatError::Overflow.into()),
        }
    }
    if template.counts_arguments && run.next < run.args.count() {
        run.args.warn(FormatWarning::RedundantArgument)?;
    }
    Ok(())
}

fn invalid_text(bytes: &[u8]) -> String {
    if bytes == b"%" {
        return "end of string".into();
    }
    let mut shown = String::from("\"");
    for &b in bytes {
        match b {
            b' '..=b'~' => shown.push(b as char),
            _ => shown.push_str(&format!("\\{b:03o}")),
        }
    }
    shown.push('"');
    shown
}

/// What stands around the characters of one argument.
pub(super) struct Padding {
    pub width: usize,
    pub left: bool,
    pub zero: bool,
}

struct Run<'a, A: Args> {
    args: &'a mut A,
    out: &'a mut PerlStr,
    /// The argument that is next in order, counted from 0.
    next: usize,
    /// The directive at hand has been warned of.
    warned: bool,
    /// Room for one number.
    scratch: Vec<u8>,
}

impl<A: Args> Run<'_, A> {
    fn copy(&mut self, text: &PerlStr, from: usize, to: usize) -> Result<(), A::Error> {
        let bytes = text.as_bytes().get(from..to).unwrap_or_default();
        let done = match text.is_utf8() {
            true => self.out.try_push_bytes(bytes),
            false => self.out.try_push_latin1(bytes),
        };
        Ok(done.map_err(FormatError::from)?)
    }

    fn raw(&mut self, ascii: &[u8]) -> Result<(), A::Error> {
        Ok(self.out.try_push_bytes(ascii).map_err(FormatError::from)?)
    }

    /// The argument to use, counted from 0; warns where it is missing, once for each directive.
    fn fetch(&mut self, place: Option<usize>) -> Result<Option<usize>, A::Error> {
        let at = match place {
            Some(place) => place.wrapping_sub(1),
            None => {
                self.next += 1;
                self.next - 1
            }
        };
        if at < self.args.count() {
            return Ok(Some(at));
        }
        if !std::mem::replace(&mut self.warned, true) {
            self.args.warn(FormatWarning::MissingArgument)?;
        }
        Ok(None)
    }

    fn fetch_number(&mut self, place: Option<usize>) -> Result<Numeric, A::Error> {
        match self.fetch(place)? {
            Some(at) => self.args.number(at),
            None => Ok(Numeric::Int(0)),
        }
    }

    /// A width or precision as a number, negative ones included.
    fn count(&mut self, count: Count) -> Result<Option<i64>, A::Error> {
        const MOST: u64 = u64::MAX >> 2;
        let n = match count {
            Count::None => return Ok(None),
            Count::Number(n) => n.min(i64::MAX as usize) as i64,
            Count::Next => self.fetch_number(None)?.to_i64(),
            Count::At(place) => self.fetch_number(Some(place))?.to_i64(),
        };
        match n.unsigned_abs() > MOST {
            true => Err(FormatError::Overflow.into()),
            false => Ok(Some(n)),
        }
    }

    /// One directive; `known` is the number of `%d` where it has been read already.
    fn one(&mut self, directive: &Directive, known: Option<f64>) -> Result<(), A::Error> {
        let joiner = match directive.vector {
            None => None,
            Some(Count::None) => Some(PerlStr::from_bytes(b".")),
            Some(count) => Some(self.joiner(count)?),
        };
        let width = self.count(directive.width)?.unwrap_or(0);
        let precision = self.count(directive.precision)?;
        // A negative precision from an argument is none.
        let precision = precision.and_then(|n| usize::try_from(n).ok());
        let padding = Padding {
            width: width.unsigned_abs() as usize,
            left: directive.left || width < 0,
            zero: directive.zero,
        };
        if let Some(joiner) = joiner {
            return self.vector(directive, &joiner, &padding, precision);
        }
        match directive.letter {
            b'%' => self.clip(&PerlStr::from_bytes(b"%"), &padding, precision),
            b's' => self.string(directive, &padding, precision),
            b'c' => self.character(directive, &padding, precision),
            b'n' => {
                if let Some(at) = self.fetch(directive.place)? {
                    let length = self.out.char_len();
                    self.args.store_length(at, length)?;
                }
                Ok(())
            }
            b'p' => {
                let at = self.fetch(directive.place)?;
                let address = at.map_or(0, |at| self.args.address(at)) as u64;
                let plain = Directive {
                    letter: b'x',
                    alt: false,
                    ..directive.clone()
                };
                self.integer(&plain, Numeric::from_u64(address), &padding, precision)
            }
            b'd' | b'i' | b'D' | b'u' | b'U' | b'o' | b'O' | b'x' | b'X' | b'b' | b'B' => {
                let n = match known {
                    Some(x) => Numeric::Num(x),
                    None => self.fetch_number(directive.place)?,
                };
                self.integer(directive, n, &padding, precision)
            }
            _ => {
                let x = self.fetch_number(directive.place)?.to_f64();
                self.double(directive, x, &padding, precision)
            }
        }
    }

    fn joiner(&mut self, count: Count) -> Result<PerlStr, A::Error> {
        let place = if let Count::At(place) = count {
            Some(place)
        } else {
            None
        };
        match self.fetch(place)? {
            Some(at) => self.args.text(at),
            None => Ok(PerlStr::new()),
        }
    }

    fn pad(&mut self, body: &PerlStr, padding: &Padding) -> Result<(), A::Error> {
        let missing = padding.width.saturating_sub(body.char_len());
        let filled = |run: &mut Self, byte: u8| -> Result<(), A::Error> {
            const NEAR: usize = 32;
            // Between pieces is asked whether the run is to end.
            const PIECE: usize = 1 << 20;
            if missing <= NEAR {
                return run.raw(&[byte; NEAR][..missing]);
            }
            let fill = PerlStr::from_bytes(&[byte])
                .repeat(missing.min(PIECE))
                .map_err(FormatError::from)?;
            run.out.try_reserve(missing).map_err(FormatError::from)?;
            let mut left = missing;
            while left > 0 {
                let piece = left.min(PIECE);
                run.raw(&fill.as_bytes()[..piece])?;
                left -= piece;
                if left > 0 {
                    crate::text::quota::go_on().map_err(FormatError::from)?;
                }
            }
            Ok(())
        };
        if missing > 0 && !padding.left {
            filled(self, if padding.zero { b'0' } else { b' ' })?;
        }
        self.out.try_push_str(body).map_err(FormatError::from)?;
        if missing > 0 && padding.left {
            filled(self, b' ')?;
        }
        Ok(())
    }

    fn string(
        &mut self,
        directive: &Directive,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        let text = match self.fetch(directive.place)? {
            Some(at) => self.args.text(at)?,
            None => PerlStr::new(),
        };
        self.clip(&text, padding, precision)
    }

    /// Pads what the precision leaves of `text`.
    fn clip(
        &mut self,
        text: &PerlStr,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        match precision {
            Some(n) if n < text.len() => self.pad(&text.substr_chars(0, n), padding),
            _ => self.pad(text, padding),
        }
    }

    fn character(
        &mut self,
        directive: &Directive,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        let n = self.fetch_number(directive.place)?;
        if let Numeric::Num(x) = n
            && !x.is_finite()
        {
            return Err(FormatError::CannotPrint(x, b'c').into());
        }
        let cp = n.to_i64() as u64;
        if cp > i64::MAX as u64 {
            return Err(FormatError::CodePoint(cp).into());
        }
        let body = match cp {
            0..0x100 => PerlStr::from_bytes(&[cp as u8]),
            _ => PerlStr::from_utf8_bytes(utf8::encode(cp, &mut [0; utf8::MAX_BYTES])),
        };
        self.clip(&body, padding, precision)
    }

    fn integer(
        &mut self,
        directive: &Directive,
        n: Numeric,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        if let Numeric::Num(x) = n
            && !x.is_finite()
        {
            return self.double(directive, x, padding, None);
        }
        self.scratch.clear();
        integer::write(&mut self.scratch, directive, n, padding, precision)?;
        self.flush()
    }

    /// Appends the number that was written.
    fn flush(&mut self) -> Result<(), A::Error> {
        let done = self.out.try_push_bytes(&self.scratch);
        Ok(done.map_err(FormatError::from)?)
    }

    fn double(
        &mut self,
        directive: &Directive,
        x: f64,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        self.scratch.clear();
        let text = &mut self.scratch;
        let plain = directive.sign == 0 && padding.width == 0 && !directive.alt;
        match (directive.letter, precision) {
            (b'f', Some(n)) if plain && x.is_finite() && n < 1000 => {
                float::push_fixed(text, x, n, false);
            }
            _ => float::write(text, directive, x, padding, precision)?,
        }
        self.flush()
    }

    /// The `v` flag: each character of the argument as a number of its own.
    fn vector(
        &mut self,
        directive: &Directive,
        joiner: &PerlStr,
        padding: &Padding,
        precision: Option<usize>,
    ) -> Result<(), A::Error> {
        let Some(at) = self.fetch(directive.place)? else {
            return Ok(());
        };
        let text = self.args.vector(at)?;
        let mut first = true;
        for (i, cp) in text.chars().enumerate() {
            quota::round(i).map_err(FormatError::from)?;
            if !first {
                self.out.try_push_str(joiner).map_err(FormatError::from)?;
            }
            // Only the first number shows a sign that was asked for.
            let sign = if first { directive.sign } else { 0 };
            first = false;
            let each = Directive {
                sign,
                vector: None,
                ..directive.clone()
            };
            self.integer(&each, Numeric::from_u64(cp), padding, precision)?;
        }
        Ok(())
    }
}
