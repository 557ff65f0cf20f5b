//! Strings, bits, nibbles and uuencoded text that `pack` writes.

use super::super::{Op, PackError, PackWarning, Repeat, codec, template};
use super::{Done, PackArgs, Writer};
use crate::text::{PerlStr, quota};
use std::borrow::Cow;

impl<A: PackArgs> Writer<'_, A> {
    pub(super) fn string(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
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

    /// Packs the low bits of characters, `per` to a byte.
    pub(super) fn packed(
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
        let mut bytes = Vec::with_capacity(used.len().div_ceil(per));
        for (i, chars) in used.chunks(per).enumerate() {
            quota::round(i).map_err(PackError::from)?;
            bytes.push(join(chars));
        }
        self.push(&bytes)?;
        self.zeros(wanted.div_ceil(per) - bytes.len())
    }

    pub(super) fn bits(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
        self.packed(repeat, times, 8, |chars| {
            chars.iter().enumerate().fold(0, |byte, (at, c)| {
                byte | (c & 1) << if code == 'b' { at } else { 7 - at }
            })
        })
    }

    pub(super) fn nibbles(&mut self, code: char, repeat: Repeat, times: usize) -> Done<A> {
        self.packed(repeat, times, 2, |chars| {
            let digit = |at: usize| chars.get(at).map_or(0, |c| codec::nibble(*c));
            if code == 'h' {
                digit(1) << 4 | digit(0)
            } else {
                digit(0) << 4 | digit(1)
            }
        })
    }

    pub(super) fn uuencoded(&mut self, repeat: Repeat, times: usize) -> Done<A> {
        let text = self.text()?;
        let (bytes, wide) = octets_of(&text);
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
        codec::push_uuencoded(&mut out, &bytes, line).map_err(PackError::from)?;
        self.push(&out)
    }
}

/// The characters of a string item that takes them as bytes, and whether one was no byte.
fn octets_of(text: &PerlStr) -> (Cow<'_, [u8]>, bool) {
    if !text.is_utf8() {
        return (text.as_bytes().into(), false);
    }
    let wide = !template::fits_bytes(text);
    (text.chars().map(|cp| cp as u8).collect(), wide)
}
