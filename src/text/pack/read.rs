//! `unpack`: reading values by a template.

mod numbers;
mod places;
mod strings;
mod sum;

use super::template::Template;
use super::{Item, Op, PackError, PackWarning, Repeat, integer_layout, template};
use crate::text::number::{self, Numeric};
use crate::text::{PerlStr, quota, utf8};
use sum::Sum;

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
        starts: Vec::new(),
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
                sum = Some(Sum::new(bits));
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
            Some(sum) => Ok(sum.add(n)?),
            None => self.give_value(Unpacked::Num(n)),
        }
    }

    fn give_value(&mut self, value: Unpacked) -> Result<(), PackError> {
        quota::round(self.values.len())?;
        self.values
            .try_reserve(1)
            .map_err(|_| PackError::OutOfMemory)?;
        self.values.push(value);
        Ok(())
    }

    fn group(&mut self, item: &Item, repeat: Repeat, times: usize) -> Result<(), PackError> {
        for _ in 0..times {
            quota::go_on()?;
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
}
