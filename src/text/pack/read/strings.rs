//! Strings, bits, nibbles and uuencoded text that `unpack` reads.

use super::super::{PackError, Repeat, codec};
use super::{Reader, Sum, Unpacked};
use crate::text::number::{Numeric, is_space};
use crate::text::{PerlStr, quota, utf8};

impl Reader<'_> {
    pub(super) fn string(
        &mut self,
        code: char,
        repeat: Repeat,
        times: usize,
    ) -> Result<(), PackError> {
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
    pub(super) fn trimmed<'b>(&self, text: &'b [u8]) -> &'b [u8] {
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

    pub(super) fn bits(
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
            quota::round(at)?;
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
            Some(sum) => sum.add(Numeric::from_u64(ones))?,
            None => self.give_value(Unpacked::Str(PerlStr::try_from_bytes(&text)?))?,
        }
        Ok(())
    }

    pub(super) fn nibbles(
        &mut self,
        code: char,
        repeat: Repeat,
        times: usize,
    ) -> Result<(), PackError> {
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
            quota::round(at)?;
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

    pub(super) fn uuencoded(&mut self) -> Result<(), PackError> {
        let too_short = self.rest().len() < 2;
        let (bytes, length) = codec::uudecode(self.rest())?;
        self.at += length;
        match too_short {
            true => self.give_value(Unpacked::Undef),
            false => self.give_value(Unpacked::Str(PerlStr::try_from_bytes(&bytes)?)),
        }
    }
}
