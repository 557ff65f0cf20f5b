//! Numbers, characters and pointers that `unpack` reads.

use super::super::{Item, Layout, PackError, codec, float_size, is_swapped};
use super::{Reader, Sum, Unpacked};
use crate::text::number::{self, Numeric};
use crate::text::utf8;

impl Reader<'_> {
    pub(super) fn integers(
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

    pub(super) fn floats(
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

    pub(super) fn characters(
        &mut self,
        times: usize,
        sum: &mut Option<Sum>,
    ) -> Result<(), PackError> {
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
    pub(super) fn unicode(&mut self, times: usize, sum: &mut Option<Sum>) -> Result<(), PackError> {
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

    pub(super) fn ber(&mut self, times: usize, sum: &mut Option<Sum>) -> Result<(), PackError> {
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
                (Some(long), Some(sum)) => sum.add(number::numeric(long.digits().as_bytes()))?,
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

    pub(super) fn address(&mut self, item: &Item) -> Option<u64> {
        let mut bytes = self.take::<8>(8, item.code)?;
        if is_swapped(item) {
            bytes.reverse();
        }
        Some(u64::from_ne_bytes(bytes))
    }

    pub(super) fn pointers(&mut self, item: &Item, times: usize) -> Result<(), PackError> {
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

    pub(super) fn buffer(&mut self, item: &Item, length: usize) -> Result<(), PackError> {
        match self.address(item) {
            Some(0) => self.give_value(Unpacked::Undef)?,
            Some(address) => self.give_value(Unpacked::Buffer(address, length))?,
            None => {}
        }
        Ok(())
    }
}
