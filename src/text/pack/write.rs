//! `pack`: writing values by a template.

use super::template::Template;
use super::{Item, Op, Order, PackError, PackWarning, Repeat, codec, float_size, integer_layout};
use super::{is_swapped, template};
use crate::text::{Numeric, PerlStr, format_num, number, utf8};

/// Where values come from, in order. Reading may run Perl code, so no borrow is held across it.
pub trait PackArgs {
    /// What stops packing.
    type Error: From<PackError>;

    /// How many values are left.
    fn remaining(&self) -> usize;
    /// Is the next value (there is one) a string rather than a number?
    fn next_is_text(&self) -> bool;
    /// Takes the next value (there is one) as a string.
    fn text(&mut self) -> Result<PerlStr, Self::Error>;
    /// Takes the next value (there is one) as a number.
    fn number(&mut self) -> Result<Numeric, Self::Error>;
    /// Takes the next value (there is one) as the address of its bytes, 0 for undef (`p`, `P`).
    fn pointer(&mut self) -> Result<u64, Self::Error>;
    /// Something perl warns of, if warnings of that category are on.
    fn warn(&mut self, warning: &PackWarning) -> Result<(), Self::Error>;
}

/// `pack template, values`
pub fn pack<A: PackArgs>(template: &PerlStr, args: &mut A) -> Result<PerlStr, A::Error> {
    let template = Template::cached(template, Op::Pack);
    for warning in &template.warnings {
        args.warn(warning)?;
    }
    if let Some(error) = &template.broken {
        return Err(error.clone().into());
    }
    let mut out = PerlStr::with_capacity(16);
    out.set_utf8_flag(template.starts_utf8);
    let mut writer = Writer {
        args,
        out,
        chars: false,
        starts: vec![0],
        pending: None,
    };
    writer.items(&template.items)?;
    let out = writer.out;
    if out.is_utf8() && !utf8::is_valid(out.as_bytes()) {
        return Err(PackError::new("Malformed UTF-8 character (fatal)").into());
    }
    Ok(out)
}

struct Writer<'a, A: PackArgs> {
    args: &'a mut A,
    out: PerlStr,
    /// The result is UTF-8 and what is written are its characters, not its bytes (`C0` after `U`).
    chars: bool,
    /// Byte offsets where the groups around this point begin.
    starts: Vec<usize>,
    /// A string that has been looked at for its length.
    pending: Option<PerlStr>,
}

/// What an item does to the run of values.
type Done<A> = Result<(), <A as PackArgs>::Error>;

impl<A: PackArgs> Writer<'_, A> {
    fn fail<T>(&self, text: String) -> Result<T, A::Error> {
        Err(PackError::new(text).into())
    }

    fn remaining(&self) -> usize {
        self.args.remaining() + self.pending.is_some() as usize
    }

    fn text(&mut self) -> Result<PerlStr, A::Error> {
        if let Some(text) = self.pending.take() {
            return Ok(text);
        }
        if self.args.remaining() == 0 {
            Ok(PerlStr::new())
        } else {
            self.args.text()
        }
    }

    fn number(&mut self) -> Result<Numeric, A::Error> {
        if let Some(text) = self.pending.take() {
            return Ok(number::numeric(text.as_bytes()));
        }
        if self.args.remaining() == 0 {
            Ok(Numeric::Int(0))
        } else {
            self.args.number()
        }
    }

    /// A number for an integer item, which infinities cannot be.
    fn whole(&mut self, code: char) -> Result<Numeric, A::Error> {
        match self.number()? {
            Numeric::Num(x) if !x.is_finite() => self.fail(format!(
                "Cannot pack {} with '{code}'",
                format_num(x).as_str()
            )),
            n => Ok(n),
        }
    }

    /// A number that is to be a character.
    fn code_point(&mut self, code: char) -> Result<u64, A::Error> {
        let cp = self.whole(code)?.to_u64();
        if cp > i64::MAX as u64 && (code == 'U' || self.chars || !self.out.is_utf8()) {
            return self.fail(format!(
                "Use of code point 0x{cp:X} is not allowed; the permissible max is \
                 0x7FFFFFFFFFFFFFFF"
            ));
        }
        Ok(cp)
    }

    fn wrapped(&mut self, code: char) -> Done<A> {
        let text = format!("Character in '{code}' format wrapped in pack");
        self.args.warn(&PackWarning::new(Op::Pack, text))
    }

    /// Writes bytes, each a character of its own where characters are written.
    fn push(&mut self, bytes: &[u8]) -> Done<A> {
        let done = match self.chars {
            true => self.out.try_push_latin1(bytes),
            false => self.out.try_push_bytes(bytes),
        };
        Ok(done.map_err(PackError::from)?)
    }

    fn zeros(&mut self, n: usize) -> Done<A> {
        self.fill(0, n)
    }

    fn fill(&mut self, byte: u8, n: usize) -> Done<A> {
        let fill = PerlStr::from_bytes(&[byte])
            .repeat(n)
            .map_err(PackError::from)?;
        Ok(self
            .out
            .try_push_bytes(fill.as_bytes())
            .map_err(PackError::from)?)
    }

    /// Makes the result UTF-8 and keeps the groups' beginnings where they are.
    fn upgrade(&mut self) -> Done<A> {
        for start in &mut self.starts {
            *start += utf8::count_high(self.out.as_bytes().get(..*start).unwrap_or_default());
        }
        self.out.try_upgrade().map_err(PackError::from)?;
        self.out.set_utf8_flag(true);
        Ok(())
    }

    fn items(&mut self, items: &[Item]) -> Done<A> {
        let mut count = None;
        for (at, item) in items.iter().enumerate() {
            // A length item decides how often the next one applies.
            let repeat = count.take().map_or(item.repeat, Repeat::Times);
            if item.slash {
                let Some(next) = items.get(at + 1) else {
                    return self.fail("Code missing after '/' in pack".into());
                };
                let counted = self.count_for(next)?;
                count = Some(counted);
                self.item(item, Repeat::One, Some(counted))?;
            } else {
                self.item(item, repeat, None)?;
            }
        }
        Ok(())
    }

    /// How long the string is or how many values there are that `next` is going to write.
    fn count_for(&mut self, next: &Item) -> Result<usize, A::Error> {
        if !matches!(next.code, 'a' | 'A' | 'Z') {
            return Ok(match next.repeat {
                Repeat::Times(n) => n.min(self.remaining()),
                _ => self.remaining(),
            });
        }
        if let Repeat::Times(n) = next.repeat {
            return Ok(n);
        }
        let text = self.text()?;
        let length = text.char_len() + (next.code == 'Z') as usize;
        self.pending = Some(text);
        Ok(length)
    }

    fn item(&mut self, item: &Item, repeat: Repeat, length: Option<usize>) -> Done<A> {
        if let Some(length) = length {
            return self.length_item(item, length);
        }
        let times = match repeat {
            Repeat::One => 1,
            Repeat::Times(n) => n,
            Repeat::Star if matches!(item.code, '@' | 'X' | 'x' | 'u') => 0,
            Repeat::Star => self.remaining(),
        };
        if let Some(layout) = integer_layout(item) {
            for _ in 0..times {
                let n = self.whole(item.code)?;
                if item.code == 'c' && !(-128..=127).contains(&n.to_i64()) {
                    self.wrapped('c')?;
                }
                let word = if layout.signed {
                    n.to_i64() as u64
                } else {
                    n.to_u64()
                };
                self.word(word, layout.size, layout.big)?;
            }
            return Ok(());
        }
        match item.code {
            'a' | 'A' | 'Z' => self.string(item.code, repeat, times),
            'f' | 'd' | 'F' | 'D' => self.floats(item, times),
            '(' => self.group(item, repeat, times),
            'C' if times == 0 => {
                self.chars = self.out.is_utf8();
                Ok(())
            }
            'U' if times == 0 => {
                if !self.out.is_utf8() {
                    self.upgrade()?;
                }
                self.chars = false;
                Ok(())
            }
            'C' => self.octets(times),
            'W' => self.wide(times),
            'U' => self.unicode(times),
            'x' => self.skip(item, times),
            'X' => self.back(item, times),
            '@' => self.seek(item, *self.starts.last().unwrap_or(&0), times as i64),
            '.' => self.seek_to_value(item, repeat, times),
            'b' | 'B' => self.bits(item.code, repeat, times),
            'h' | 'H' => self.nibbles(item.code, repeat, times),
            'w' => (0..times).try_for_each(|_| self.ber()),
            'u' => self.uuencoded(repeat, times),
            'p' | 'P' => self.pointers(item, times),
            '%' => self.fail("'%' may not be used in pack".into()),
            code => self.fail(format!("Invalid type '{code}' in pack")),
        }
    }

    /// An item before a slash writes a number that is not one of the values.
    fn length_item(&mut self, item: &Item, length: usize) -> Done<A> {
        if let Some(layout) = integer_layout(item) {
            return self.word(length as u64, layout.size, layout.big);
        }
        let digits = length.to_string();
        let kept = self.pending.replace(PerlStr::from(digits.as_str()));
        let done = match (item.code, item.repeat) {
            ('w', _) => {
                let mut bytes = Vec::new();
                codec::push_ber(&mut bytes, length as u128);
                self.push(&bytes)
            }
            ('x' | 'X' | '@' | '(', _) => {
                self.pending = None;
                self.item(item, item.repeat, None)
            }
            (_, repeat) => self.item(item, repeat, None),
        };
        self.pending = kept;
        done
    }

    fn word(&mut self, word: u64, size: usize, big: bool) -> Done<A> {
        if big {
            self.push(&word.to_be_bytes()[8 - size..])
        } else {
            self.push(&word.to_le_bytes()[..size])
        }
    }

    fn floats(&mut self, item: &Item, times: usize) -> Done<A> {
        for _ in 0..times {
            let x = self.number()?.to_f64();
            let mut bytes = [0u8; 16];
            match item.code {
                'f' => bytes[..4].copy_from_slice(&(x as f32).to_ne_bytes()),
                'D' => bytes = codec::to_extended(x),
                _ => bytes[..8].copy_from_slice(&x.to_ne_bytes()),
            }
            let bytes = &mut bytes[..float_size(item.code).unwrap_or(8)];
            if is_swapped(item) {
                bytes.reverse();
            }
            self.push(bytes)?;
        }
        Ok(())
    }

    fn group(&mut self, item: &Item, repeat: Repeat, times: usize) -> Done<A> {
        for _ in 0..times {
            self.starts.push(self.out.len());
            let done = self.items(&item.group);
            self.starts.pop();
            done?;
            if repeat == Repeat::Star && self.remaining() == 0 {
                break;
            }
        }
        Ok(())
    }

    fn string(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
        let text = self.text()?;
        if text.is_utf8() && !self.out.is_utf8() && !text.is_ascii() {
            self.upgrade()?;
            self.chars = true;
        }
        // Where bytes of UTF-8 are written, a UTF-8 string gives its bytes.
        let raw = text.is_utf8() && self.out.is_utf8() && !self.chars;
        let length = if raw { text.len() } else { text.char_len() };
        let times = match repeat {
            Repeat::Star => length + (code == 'Z') as usize,
            _ => times,
        };
        let mut copied = length.min(times);
        if code == 'Z' && copied == times {
            copied = copied.saturating_sub(1);
        }
        if raw {
            self.push(text.as_bytes().get(..copied).unwrap_or_default())?;
        } else if text.is_utf8() && self.chars {
            let part = text.substr_chars(0, copied);
            self.out
                .try_push_bytes(part.as_bytes())
                .map_err(PackError::from)?;
        } else {
            self.push(text.as_bytes().get(..copied).unwrap_or_default())?;
        }
        self.fill(if code == 'A' { b' ' } else { 0 }, times - copied)
    }

    fn octets(&mut self, times: usize) -> Done<A> {
        for _ in 0..times {
            let n = self.whole('C')?.to_i64();
            if !(0..=255).contains(&n) {
                self.wrapped('C')?;
            }
            self.push(&[n as u8])?;
        }
        Ok(())
    }

    fn wide(&mut self, times: usize) -> Done<A> {
        for _ in 0..times {
            let cp = self.code_point('W')?;
            if cp > 0xFF && !self.out.is_utf8() {
                self.upgrade()?;
                self.chars = true;
            }
            if self.chars {
                let mut room = [0; utf8::MAX_BYTES];
                let bytes = utf8::encode(cp, &mut room);
                self.out.try_push_bytes(bytes).map_err(PackError::from)?;
            } else {
                if cp > 0xFF {
                    self.wrapped('W')?;
                }
                self.push(&[cp as u8])?;
            }
        }
        Ok(())
    }

    /// The bytes of the code point's UTF-8, which make a character only in a UTF-8 result.
    fn unicode(&mut self, times: usize) -> Done<A> {
        for _ in 0..times {
            let cp = self.code_point('U')?;
            self.push(utf8::encode(cp, &mut [0; utf8::MAX_BYTES]))?;
        }
        Ok(())
    }

    /// Characters, or bytes where those are written, since byte offset `start`.
    fn distance(&self, start: usize) -> usize {
        let part = self.out.as_bytes().get(start..).unwrap_or_default();
        if self.chars {
            utf8::count(part)
        } else {
            part.len()
        }
    }

    fn skip(&mut self, item: &Item, times: usize) -> Done<A> {
        match (item.native, times) {
            (true, 0) => Ok(()),
            (true, unit) => {
                let over = self.distance(0) % unit;
                self.zeros(if over > 0 { unit - over } else { 0 })
            }
            (false, times) => self.zeros(times),
        }
    }

    fn back(&mut self, item: &Item, times: usize) -> Done<A> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => self.distance(0) % unit,
            (false, times) => times,
        };
        self.shrink(times, 'X')
    }

    /// Drops the last `n` characters or bytes.
    fn shrink(&mut self, n: usize, code: char) -> Done<A> {
        let mut end = self.out.len();
        if !self.chars {
            end = end.wrapping_sub(n);
        } else {
            for _ in 0..n {
                let (_, width) = utf8::decode_last(&self.out.as_bytes()[..end]);
                end = if width == 0 { usize::MAX } else { end - width };
                if end == usize::MAX {
                    break;
                }
            }
        }
        if end > self.out.len() {
            return self.fail(format!("'{code}' outside of string in pack"));
        }
        self.out.truncate(end);
        for start in &mut self.starts {
            *start = (*start).min(end);
        }
        Ok(())
    }

    /// Goes to `offset` characters (bytes with `!`) behind byte `from`: zeros are added or what
    /// is behind is dropped.
    fn seek(&mut self, item: &Item, from: usize, offset: i64) -> Done<A> {
        let by_chars = self.chars && !item.native;
        let here = if by_chars {
            self.distance(from)
        } else {
            self.out.len().saturating_sub(from)
        };
        let code = item.code;
        match offset.checked_sub(here as i64) {
            Some(more @ 0..) => self.zeros(more as usize),
            Some(less) if by_chars => self.shrink(less.unsigned_abs() as usize, code),
            Some(less) => {
                let chars = std::mem::replace(&mut self.chars, false);
                let done = self.shrink(less.unsigned_abs() as usize, code);
                self.chars = chars;
                done
            }
            None => self.fail(format!("'{code}' outside of string in pack")),
        }
    }

    fn seek_to_value(&mut self, item: &Item, repeat: Repeat, times: usize) -> Done<A> {
        let from = match (repeat, times) {
            (Repeat::Star, _) => 0,
            (_, 0) => self.out.len(),
            (_, n) => self
                .starts
                .len()
                .checked_sub(n)
                .map_or(0, |at| self.starts[at]),
        };
        let offset = self.whole('.')?.to_i64();
        self.seek(item, from, offset)
    }

    /// Packs the low bits of characters, `per` to a byte.
    fn packed(
        &mut self,
        repeat: Repeat,
        times: usize,
        per: usize,
        join: impl Fn(&[u8]) -> u8,
    ) -> Done<A> {
        let source = self.text()?;
        let (text, _) = octets_of(&source);
        // A star counts bytes even where characters are taken.
        let wanted = if repeat == Repeat::Star {
            source.len()
        } else {
            times
        };
        let used = &text[..wanted.min(text.len())];
        let bytes: Vec<u8> = used.chunks(per).map(join).collect();
        self.push(&bytes)?;
        self.zeros(wanted.div_ceil(per) - bytes.len())
    }

    fn bits(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
        self.packed(repeat, times, 8, |chars| {
            chars.iter().enumerate().fold(0, |byte, (at, c)| {
                byte | (c & 1) << if code == 'b' { at } else { 7 - at }
            })
        })
    }

    fn nibbles(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
        self.packed(repeat, times, 2, |chars| {
            let digit = |at: usize| chars.get(at).map_or(0, |c| codec::nibble(*c));
            if code == 'h' {
                digit(1) << 4 | digit(0)
            } else {
                digit(0) << 4 | digit(1)
            }
        })
    }

    fn ber(&mut self) -> Done<A> {
        let as_text = match &self.pending {
            Some(_) => true,
            None => self.args.remaining() > 0 && self.args.next_is_text(),
        };
        let (n, text) = match as_text {
            true => {
                let text = self.text()?;
                (number::numeric(text.as_bytes()), Some(text))
            }
            false => (self.number()?, None),
        };
        let mut bytes = Vec::new();
        match n {
            Numeric::Int(i) if i >= 0 => codec::push_ber(&mut bytes, i as u128),
            Numeric::UInt(u) => codec::push_ber(&mut bytes, u as u128),
            Numeric::Num(x) if !x.is_finite() => {
                return self.fail(format!(
                    "Cannot compress {} in pack",
                    format_num(x).as_str()
                ));
            }
            Numeric::Num(x) if (0.0..1.8e19).contains(&x) => {
                codec::push_ber(&mut bytes, x as u128);
            }
            Numeric::Num(x) if x >= 0.0 => match text {
                Some(text) if text.as_bytes().iter().all(u8::is_ascii_digit) => {
                    bytes = codec::ber_of_decimal(text.as_bytes());
                }
                Some(_) => {
                    return self.fail("Can only compress unsigned integers in pack".into());
                }
                None => bytes = codec::ber_of_decimal(format!("{x:.0}").as_bytes()),
            },
            _ => return self.fail("Cannot compress negative numbers in pack".into()),
        }
        self.push(&bytes)
    }

    fn uuencoded(&mut self, repeat: Repeat, times: usize) -> Done<A> {
        let (bytes, wide) = octets_of(&self.text()?);
        if wide {
            let text = "Character(s) in 'u' format wrapped in pack";
            self.args.warn(&PackWarning::new(Op::Pack, text))?;
        }
        let mut line = if times <= 2 || repeat == Repeat::Star {
            45
        } else {
            times / 3 * 3
        };
        if line >= 64 {
            let text = "Field too wide in 'u' format in pack";
            self.args.warn(&PackWarning::new(Op::Pack, text))?;
            line = 63;
        }
        let mut out = Vec::new();
        codec::push_uuencoded(&mut out, &bytes, line);
        self.push(&out)
    }

    fn pointers(&mut self, item: &Item, times: usize) -> Done<A> {
        let times = if item.code == 'P' { 1 } else { times };
        for _ in 0..times {
            let address = match self.args.remaining() {
                0 => 0,
                _ => self.args.pointer()?,
            };
            let big = item
                .order
                .map_or(cfg!(target_endian = "big"), |order| order == Order::Big);
            self.word(address, 8, big)?;
        }
        Ok(())
    }
}

/// The characters of a string item that takes them as bytes, and whether one was no byte.
fn octets_of(text: &PerlStr) -> (Vec<u8>, bool) {
    if !text.is_utf8() {
        return (text.as_bytes().to_vec(), false);
    }
    let wide = !template::fits_bytes(text);
    (text.chars().map(|cp| cp as u8).collect(), wide)
}
