//! `pack`: writing values by a template.

mod numbers;
mod places;
mod strings;

use super::template::Template;
use super::{Item, Op, PackError, PackWarning, Repeat, codec, integer_layout};
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
        starts: Vec::new(),
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
}
