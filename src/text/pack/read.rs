//! `unpack`: reading values by a template.

use super::template::Template;
use super::{Item, Layout, Op, PackError, PackWarning, Repeat, codec, float_size, integer_layout};
use super::{is_swapped, template};
use crate::text::number::{self, Numeric, is_space};
use crate::text::{PerlStr, utf8};

/// One value that `unpack` yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpacked {
    /// A string.
    Str(PerlStr),
    /// A number.
    Num(Numeric),
    /// An undefined value.
    Undef,
    /// The address that `p` read: what it points to is the caller's to know.
    Pointer(u64),
    /// The address that `P` read, with the number of bytes behind it.
    Buffer(u64, usize),
}

/// `unpack template, text`: the values, at most one in scalar context, and what perl warns of.
pub fn unpack(
    template: &PerlStr,
    text: &PerlStr,
    scalar: bool,
) -> Result<(Vec<Unpacked>, Vec<PackWarning>), PackError> {
    let template = Template::cached(template, Op::Unpack);
    if let Some(error) = &template.broken {
        return Err(error.clone());
    }
    let mut text = text.clone();
    if template.needs_utf8 {
        text.try_upgrade()?;
    } else if text.is_utf8() && template::fits_bytes(&text) {
        text.downgrade();
    }
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
        flagged: text.is_utf8(),
        chars: text.is_utf8() && !template.starts_utf8,
        starts: vec![0],
        scalar,
        values: Vec::new(),
        warnings: template.warnings.clone(),
    };
    reader.items(&template.items)?;
    Ok((reader.values, reader.warnings))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The string is UTF-8.
    flagged: bool,
    /// Characters are read, not the bytes of their UTF-8.
    chars: bool,
    /// Byte offsets where the groups around this point begin.
    starts: Vec<usize>,
    scalar: bool,
    values: Vec<Unpacked>,
    warnings: Vec<PackWarning>,
}

/// A running checksum (`%32`).
struct Sum {
    bits: usize,
    whole: u64,
    double: f64,
    /// A double was added, so the sum is one.
    is_double: bool,
}

impl Reader<'_> {
    fn fail<T>(&self, text: impl Into<String>) -> Result<T, PackError> {
        Err(PackError::new(text))
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Characters or bytes that are left.
    fn left(&self) -> usize {
        if self.chars {
            utf8::count(self.rest())
        } else {
            self.rest().len()
        }
    }

    /// The place `n` characters or bytes on, if the string reaches so far.
    fn ahead(&self, n: usize) -> Option<usize> {
        let n = if self.chars {
            utf8::offset_of(self.rest(), n)?
        } else {
            n
        };
        self.at.checked_add(n).filter(|to| *to <= self.bytes.len())
    }

    /// Takes `N` characters as bytes, or leaves the place where it is.
    fn take<const N: usize>(&mut self, size: usize, code: char) -> Option<[u8; N]> {
        let mut out = [0u8; N];
        if !self.chars {
            let from = self.rest().get(..size)?;
            out.get_mut(..size)?.copy_from_slice(from);
            self.at += size;
            return Some(out);
        }
        let end = self.ahead(size)?;
        let mut wrapped = false;
        for slot in out.get_mut(..size)? {
            let (cp, width) = utf8::decode(self.rest());
            wrapped |= cp > 0xFF;
            *slot = cp as u8;
            self.at += width;
        }
        self.at = end;
        if wrapped {
            self.warn(format!("Character(s) in '{code}' format wrapped in unpack"));
        }
        Some(out)
    }

    /// Takes one character, wide ones whole.
    fn take_char(&mut self) -> Option<u64> {
        let (cp, width) = match self.rest() {
            [] => return None,
            rest if self.chars => utf8::decode(rest),
            [b, ..] => (*b as u64, 1),
        };
        self.at += width;
        Some(cp)
    }

    fn warn(&mut self, text: String) {
        self.warnings.push(PackWarning::new(Op::Unpack, text));
    }

    /// One value is enough in scalar context.
    fn is_done(&self) -> bool {
        self.scalar && !self.values.is_empty()
    }

    fn items(&mut self, items: &[Item]) -> Result<(), PackError> {
        let (mut sum, mut count) = (None, None);
        let first_value = self.values.len();
        let mut items = items.iter();
        while let Some(item) = items.next() {
            if item.code == '%' {
                let bits = match item.repeat {
                    Repeat::Times(n) => n,
                    Repeat::One => 16,
                    Repeat::Star => self.bytes.len(),
                };
                sum = Some(Sum {
                    bits,
                    whole: 0,
                    double: 0.0,
                    is_double: false,
                });
                continue;
            }
            let counted = count.take();
            let beyond = self.rest().is_empty();
            let scalar = self.scalar;
            // A length is no value yet.
            self.scalar &= !item.slash;
            self.item(item, counted, &mut sum)?;
            self.scalar = scalar;
            if let Some(sum) = sum.take() {
                self.give_value(Unpacked::Num(sum.result()))?;
            }
            if !item.slash {
                if self.is_done() {
                    return Ok(());
                }
                continue;
            }
            if self.values.len() <= first_value {
                return Ok(());
            }
            let length = match self.values.pop() {
                Some(Unpacked::Num(n)) => n.to_i64_clamped(),
                Some(Unpacked::Str(s)) => number::numeric(s.as_bytes()).to_i64_clamped(),
                _ => 0,
            };
            match items.as_slice().first() {
                None => return self.fail("Code missing after '/' in unpack"),
                Some(Item {
                    repeat: Repeat::Times(_),
                    ..
                }) => {
                    return self.fail("Count after length/code in unpack");
                }
                Some(_) if beyond => {
                    return self.fail("length/code after end of string in unpack");
                }
                Some(_) => count = Some(length.max(0) as usize),
            }
        }
        Ok(())
    }

    /// One item; `counted` is the length that an item before a slash has read.
    fn item(
        &mut self,
        item: &Item,
        counted: Option<usize>,
        sum: &mut Option<Sum>,
    ) -> Result<(), PackError> {
        let repeat = counted.map_or(item.repeat, Repeat::Times);
        let times = match repeat {
            Repeat::One => 1,
            Repeat::Times(n) => n,
            Repeat::Star => self.bytes.len(),
        };
        if let Some(layout) = integer_layout(item) {
            return self.integers(item.code, layout, times, sum);
        }
        // No count left at the end of the string switches modes as a count of 0 does.
        let switch = counted.is_none() && (times == 0 || self.rest().is_empty());
        match item.code {
            'a' | 'A' | 'Z' if sum.is_some() => self.characters(times, sum),
            'a' | 'A' | 'Z' => self.string(item.code, repeat, times),
            'C' if switch => {
                self.chars = self.flagged;
                Ok(())
            }
            'U' if switch => {
                if !self.flagged {
                    return self.fail("U0 mode on a byte string");
                }
                self.chars = false;
                Ok(())
            }
            'C' | 'W' => self.characters(times, sum),
            'U' => self.unicode(times, sum),
            'f' | 'd' | 'F' | 'D' => self.floats(item, times, sum),
            '(' => self.group(item, repeat, times),
            'x' => self.skip(item, repeat, times),
            'X' => self.back(item, repeat, times),
            '@' => self.seek(item, times),
            '.' => self.offset(item, repeat, times),
            'b' | 'B' => self.bits(item.code, repeat, times, sum),
            'h' | 'H' => self.nibbles(item.code, repeat, times),
            'w' => self.ber(times, sum),
            'u' => self.uuencoded(),
            'p' => self.pointers(item, times),
            'P' => self.buffer(item, times),
            '/' => self.fail("'/' must follow a numeric type in unpack"),
            code => self.fail(format!("Invalid type '{code}' in unpack")),
        }
    }

    fn give(&mut self, n: Numeric, sum: &mut Option<Sum>) -> Result<(), PackError> {
        match sum {
            Some(sum) => sum.add(n),
            None => return self.give_value(Unpacked::Num(n)),
        }
        Ok(())
    }

    fn give_value(&mut self, value: Unpacked) -> Result<(), PackError> {
        self.values
            .try_reserve(1)
            .map_err(|_| PackError::OutOfMemory)?;
        self.values.push(value);
        Ok(())
    }

    fn integers(
        &mut self,
        code: char,
        layout: Layout,
        times: usize,
        sum: &mut Option<Sum>,
    ) -> Result<(), PackError> {
        for _ in 0..times {
            let Some(bytes) = self.take::<8>(layout.size, code) else {
                break;
            };
            let word = if layout.big {
                u64::from_be_bytes(bytes) >> (64 - 8 * layout.size)
            } else {
                u64::from_le_bytes(bytes)
            };
            let unused = 64 - 8 * layout.size as u32;
            let n = match layout.signed {
                true => Numeric::Int((word << unused) as i64 >> unused),
                false => Numeric::from_u64(word),
            };
            self.give(n, sum)?;
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    fn floats(
        &mut self,
        item: &Item,
        times: usize,
        sum: &mut Option<Sum>,
    ) -> Result<(), PackError> {
        let size = float_size(item.code).unwrap_or(8);
        for _ in 0..times {
            let Some(mut bytes) = self.take::<16>(size, item.code) else {
                break;
            };
            if is_swapped(item) {
                bytes[..size].reverse();
            }
            let [b0, b1, b2, b3, b4, b5, b6, b7, ..] = bytes;
            let x = match item.code {
                'f' => f32::from_ne_bytes([b0, b1, b2, b3]) as f64,
                'D' => codec::from_extended(&bytes),
                _ => f64::from_ne_bytes([b0, b1, b2, b3, b4, b5, b6, b7]),
            };
            match sum {
                Some(sum) => sum.add_double(x),
                None => self.give_value(Unpacked::Num(Numeric::Num(x)))?,
            }
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    fn characters(&mut self, times: usize, sum: &mut Option<Sum>) -> Result<(), PackError> {
        for _ in 0..times {
            let Some(cp) = self.take_char() else { break };
            self.give(Numeric::from_u64(cp), sum)?;
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    /// Code points from the bytes of their UTF-8.
    fn unicode(&mut self, times: usize, sum: &mut Option<Sum>) -> Result<(), PackError> {
        for _ in 0..times {
            let Some(first) = self.rest().first().copied() else {
                break;
            };
            let cp = if self.chars {
                let Some([byte]) = self.take::<1>(1, 'U') else {
                    break;
                };
                let mut bytes = vec![byte];
                for _ in 1..utf8::width_of_first(byte) {
                    match self.take::<1>(1, 'U') {
                        Some([next]) => bytes.push(next),
                        None => break,
                    }
                }
                utf8::decode_strict(&bytes).map_or(0, |(cp, _)| cp)
            } else {
                // What is malformed counts as one zero.
                let (cp, width) = utf8::decode_strict(self.rest()).unwrap_or_else(|| {
                    let tail = self.rest()[1..]
                        .iter()
                        .take_while(|b| utf8::is_continuation(**b));
                    (0, (1 + tail.count()).min(utf8::width_of_first(first)))
                });
                self.at += width;
                cp
            };
            self.give(Numeric::from_u64(cp), sum)?;
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    fn string(&mut self, code: char, repeat: Repeat, times: usize) -> Result<(), PackError> {
        let end = match repeat {
            Repeat::Star => self.bytes.len(),
            _ => self.ahead(times).unwrap_or(self.bytes.len()),
        };
        let all = self.bytes.get(self.at..end).unwrap_or_default();
        let mut next = end;
        let kept = match code {
            'Z' => match memchr::memchr(0, all) {
                Some(zero) => {
                    if repeat == Repeat::Star {
                        next = self.at + zero + 1;
                    }
                    &all[..zero]
                }
                None => all,
            },
            'A' => self.trimmed(all),
            _ => all,
        };
        let mut text = PerlStr::try_from_bytes(kept)?;
        text.set_utf8_flag(self.chars);
        self.at = next;
        self.give_value(Unpacked::Str(text))?;
        Ok(())
    }

    /// Without white space and zeros at the end.
    fn trimmed<'b>(&self, text: &'b [u8]) -> &'b [u8] {
        let mut text = text;
        loop {
            let (cp, width) = match text {
                [] => return text,
                _ if self.chars => utf8::decode_last(text),
                [.., b] => (*b as u64, 1),
            };
            let wide_space = || {
                let c = u32::try_from(cp).ok().and_then(char::from_u32);
                self.chars && c.is_some_and(char::is_whitespace)
            };
            if cp != 0 && !(cp < 0x80 && is_space(cp as u8)) && !(cp >= 0x80 && wide_space()) {
                return text;
            }
            text = &text[..text.len() - width];
        }
    }

    fn group(&mut self, item: &Item, repeat: Repeat, times: usize) -> Result<(), PackError> {
        for _ in 0..times {
            self.starts.push(self.at);
            let done = self.items(&item.group);
            self.starts.pop();
            done?;
            if self.is_done() || repeat == Repeat::Star && self.at >= self.bytes.len() {
                break;
            }
        }
        Ok(())
    }

    fn skip(&mut self, item: &Item, repeat: Repeat, times: usize) -> Result<(), PackError> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => (unit - self.distance(0) % unit) % unit,
            // `x*` takes as much as the whole string has.
            _ if repeat == Repeat::Star && self.chars => utf8::count(self.bytes),
            (false, times) => times,
        };
        match self.ahead(times) {
            Some(to) => {
                self.at = to;
                Ok(())
            }
            None => self.fail("'x' outside of string in unpack"),
        }
    }

    /// Characters or bytes since byte offset `from`.
    fn distance(&self, from: usize) -> usize {
        let part = self.bytes.get(from..self.at).unwrap_or_default();
        if self.chars {
            utf8::count(part)
        } else {
            part.len()
        }
    }

    fn back(&mut self, item: &Item, _: Repeat, times: usize) -> Result<(), PackError> {
        let times = match (item.native, times) {
            (true, 0) => 0,
            (true, unit) => self.distance(0) % unit,
            (false, times) => times,
        };
        let here = self.distance(0);
        let Some(target) = here.checked_sub(times) else {
            return self.fail("'X' outside of string in unpack");
        };
        self.at = match self.chars {
            true => utf8::offset_of(self.bytes, target).unwrap_or(0),
            false => target,
        };
        Ok(())
    }

    fn seek(&mut self, item: &Item, times: usize) -> Result<(), PackError> {
        self.at = self.starts.last().copied().unwrap_or(0);
        let to = match item.native {
            true => self
                .at
                .checked_add(times)
                .filter(|to| *to <= self.bytes.len()),
            false => self.ahead(times),
        };
        match to {
            Some(to) => {
                self.at = to;
                Ok(())
            }
            None => self.fail("'@' outside of string in unpack"),
        }
    }

    fn offset(&mut self, item: &Item, repeat: Repeat, times: usize) -> Result<(), PackError> {
        let from = match (repeat, times) {
            (Repeat::Star, _) => 0,
            (_, 0) => self.at,
            (_, n) => self
                .starts
                .len()
                .checked_sub(n)
                .map_or(0, |at| self.starts[at]),
        };
        let (low, high) = (from.min(self.at), from.max(self.at));
        let part = self.bytes.get(low..high).unwrap_or_default();
        let count = if self.chars && !item.native {
            utf8::count(part)
        } else {
            part.len()
        } as i64;
        let count = if from > self.at { -count } else { count };
        self.give_value(Unpacked::Num(Numeric::Int(count)))?;
        Ok(())
    }

    fn bits(
        &mut self,
        code: char,
        repeat: Repeat,
        times: usize,
        sum: &mut Option<Sum>,
    ) -> Result<(), PackError> {
        let most = self.left().saturating_mul(8);
        let times = if repeat == Repeat::Star {
            most
        } else {
            times.min(most)
        };
        let mut text = Vec::new();
        text.try_reserve(times)
            .map_err(|_| PackError::OutOfMemory)?;
        let (mut ones, mut byte) = (0u64, 0u8);
        for at in 0..times {
            if at % 8 == 0 {
                byte = self.take::<1>(1, code).map_or(0, |[b]| b);
            }
            let bit = if code == 'b' {
                byte >> (at % 8)
            } else {
                byte >> (7 - at % 8)
            } & 1;
            ones += bit as u64;
            text.push(b'0' + bit);
        }
        match sum {
            Some(sum) => sum.add(Numeric::from_u64(ones)),
            None => self.give_value(Unpacked::Str(PerlStr::try_from_bytes(&text)?))?,
        }
        Ok(())
    }

    fn nibbles(&mut self, code: char, repeat: Repeat, times: usize) -> Result<(), PackError> {
        let most = self.left().saturating_mul(2);
        let times = if repeat == Repeat::Star {
            most
        } else {
            times.min(most)
        };
        let mut text = Vec::new();
        text.try_reserve(times)
            .map_err(|_| PackError::OutOfMemory)?;
        let mut byte = 0u8;
        for at in 0..times {
            if at % 2 == 0 {
                byte = self.take::<1>(1, code).map_or(0, |[b]| b);
            }
            let low = (code == 'h') == (at % 2 == 0);
            let digit = if low { byte & 15 } else { byte >> 4 };
            text.push(b"0123456789abcdef"[digit as usize]);
        }
        self.give_value(Unpacked::Str(PerlStr::try_from_bytes(&text)?))?;
        Ok(())
    }

    fn ber(&mut self, times: usize, sum: &mut Option<Sum>) -> Result<(), PackError> {
        for _ in 0..times {
            if self.rest().is_empty() {
                break;
            }
            let (mut n, mut long): (u64, Option<codec::Decimal>) = (0, None);
            loop {
                let Some([byte]) = self.take::<1>(1, 'w') else {
                    return self.fail("Unterminated compressed integer in unpack");
                };
                match &mut long {
                    Some(long) => long.push_group(byte & 0x7F),
                    None if n >> 57 == 0 => n = n << 7 | (byte & 0x7F) as u64,
                    None => {
                        let mut decimal = codec::Decimal::new(n);
                        decimal.push_group(byte & 0x7F);
                        long = Some(decimal);
                    }
                }
                if byte < 0x80 {
                    break;
                }
            }
            match (long, &mut *sum) {
                (None, _) => self.give(Numeric::from_u64(n), sum)?,
                (Some(long), Some(sum)) => sum.add(number::numeric(long.digits().as_bytes())),
                (Some(long), None) => {
                    self.give_value(Unpacked::Str(long.digits().as_str().into()))?;
                }
            }
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    fn uuencoded(&mut self) -> Result<(), PackError> {
        let too_short = self.rest().len() < 2;
        let (bytes, length) = codec::uudecode(self.rest());
        self.at += length;
        match too_short {
            true => self.give_value(Unpacked::Undef),
            false => self.give_value(Unpacked::Str(PerlStr::try_from_bytes(&bytes)?)),
        }
    }

    fn address(&mut self, item: &Item) -> Option<u64> {
        let mut bytes = self.take::<8>(8, item.code)?;
        if is_swapped(item) {
            bytes.reverse();
        }
        Some(u64::from_ne_bytes(bytes))
    }

    fn pointers(&mut self, item: &Item, times: usize) -> Result<(), PackError> {
        for _ in 0..times {
            match self.address(item) {
                Some(0) => self.give_value(Unpacked::Undef)?,
                Some(address) => self.give_value(Unpacked::Pointer(address))?,
                None => break,
            }
            if self.is_done() {
                break;
            }
        }
        Ok(())
    }

    fn buffer(&mut self, item: &Item, length: usize) -> Result<(), PackError> {
        match self.address(item) {
            Some(0) => self.give_value(Unpacked::Undef)?,
            Some(address) => self.give_value(Unpacked::Buffer(address, length))?,
            None => {}
        }
        Ok(())
    }
}

impl Sum {
    fn add(&mut self, n: Numeric) {
        self.whole = self.whole.wrapping_add(n.to_u64());
        self.double += n.to_f64();
        self.is_double |= self.bits > 64;
    }

    fn add_double(&mut self, x: f64) {
        self.double += x;
        self.is_double = true;
    }

    /// The sum modulo two to the number of bits.
    fn result(&self) -> Numeric {
        if !self.is_double {
            let mask = if self.bits >= 64 {
                u64::MAX
            } else {
                (1 << self.bits) - 1
            };
            return Numeric::from_u64(self.whole & mask);
        }
        let modulus = 2f64.powi(self.bits.min(2000) as i32);
        let mut rest = self.double;
        if rest < 0.0 {
            rest += modulus * (-rest / modulus).ceil();
        }
        Numeric::Num((rest / modulus).fract() * modulus)
    }
}
