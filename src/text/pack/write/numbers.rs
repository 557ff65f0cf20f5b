//! Numbers, characters and pointers that `pack` writes.

use super::super::{Item, Order, PackError, codec, float_size, is_swapped};
use super::{Done, PackArgs, Writer};
use crate::text::number::{self, Numeric};
use crate::text::{format_num, utf8};

impl<A: PackArgs> Writer<'_, A> {
    pub(super) fn word(&mut self, word: u64, size: usize, big: bool) -> Done<A> {
        if big {
            self.push(&word.to_be_bytes()[8 - size..])
        } else {
            self.push(&word.to_le_bytes()[..size])
        }
    }

    pub(super) fn floats(&mut self, item: &Item, times: usize) -> Done<A> {
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

    pub(super) fn octets(&mut self, times: usize) -> Done<A> {
        for _ in 0..times {
            let n = self.whole('C')?.to_i64();
            if !(0..=255).contains(&n) {
                self.wrapped('C')?;
            }
            self.push(&[n as u8])?;
        }
        Ok(())
    }

    pub(super) fn wide(&mut self, times: usize) -> Done<A> {
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
    pub(super) fn unicode(&mut self, times: usize) -> Done<A> {
        for _ in 0..times {
            let cp = self.code_point('U')?;
            self.push(utf8::encode(cp, &mut [0; utf8::MAX_BYTES]))?;
        }
        Ok(())
    }

    pub(super) fn ber(&mut self) -> Done<A> {
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
            Numeric::Num(x) if (0.0..1.8e19).contains(&x) => {
                codec::push_ber(&mut bytes, x as u128);
            }
            Numeric::Num(x) if x >= 0.0 => match text {
                // Digits of any length are exact, however large the number.
                Some(text) if text.as_bytes().iter().all(u8::is_ascii_digit) => {
                    bytes = codec::ber_of_decimal(text.as_bytes());
                }
                Some(_) if x.is_finite() => {
                    return self.fail("Can only compress unsigned integers in pack".into());
                }
                None if x.is_finite() => {
                    bytes = codec::ber_of_decimal(format!("{x:.0}").as_bytes());
                }
                _ => return self.incompressible(x),
            },
            Numeric::Num(x) if !x.is_finite() => return self.incompressible(x),
            _ => return self.fail("Cannot compress negative numbers in pack".into()),
        }
        self.push(&bytes)
    }

    fn incompressible(&self, x: f64) -> Done<A> {
        self.fail(format!(
            "Cannot compress {} in pack",
            format_num(x).as_str()
        ))
    }

    pub(super) fn pointers(&mut self, item: &Item, times: usize) -> Done<A> {
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
