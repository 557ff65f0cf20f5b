//! `substr`, `vec` and `pos` as places: reading and assigning parts of a string.

use super::Vm;
use super::die::Exec;
use crate::diag::warnings::Category;
use crate::text::PerlStr;
use crate::value::{HasSide, Rc, Scalar, Val};

/// A substring's range in characters, as perlfunc substr counts; `None` outside the string.
pub fn substr_range(total: usize, off: i64, len: Option<i64>) -> Option<(usize, usize)> {
    let total = total as i64;
    let start = if off < 0 { off + total } else { off };
    if start > total {
        return None;
    }
    let end = match len {
        None => total,
        Some(len) if len >= 0 => start.saturating_add(len).min(total),
        Some(len) => total + len,
    };
    if start < 0 {
        if end < 0 || (len.is_none() && false) {
            return None;
        }
        return Some((0, end.max(0) as usize));
    }
    Some((start as usize, end.max(start) as usize))
}

impl Vm {
    /// The substring of a scalar.
    pub(super) fn substr_get(
        &mut self,
        cell: &Rc<Scalar>,
        off: i64,
        len: Option<i64>,
    ) -> Exec<Val> {
        let val = self.fetch(cell)?;
        let text = self.str(&val)?;
        match substr_range(text.char_len(), off, len) {
            Some((start, end)) => Ok(Val::Str(text.substr_chars(start, end - start))),
            None => {
                self.warn(Category::Substr, "substr outside of string")?;
                Ok(Val::Undef)
            }
        }
    }

    /// Replaces a substring of a scalar.
    pub fn substr_set(
        &mut self,
        cell: &Rc<Scalar>,
        off: i64,
        len: Option<i64>,
        new: PerlStr,
    ) -> Exec {
        let val = self.fetch(cell)?;
        let mut text = self.str(&val)?;
        drop(val);
        let Some((start, end)) = substr_range(text.char_len(), off, len) else {
            return Err(self.die("substr outside of string"));
        };
        let mut new = new;
        match (text.is_utf8(), new.is_utf8()) {
            (true, false) => new.try_upgrade()?,
            (false, true) => text.try_upgrade()?,
            _ => {}
        }
        let from = text.byte_offset_of_char(start).unwrap_or(text.len());
        let to = text.byte_offset_of_char(end).unwrap_or(text.len());
        if cell.is_simple_string() {
            // In place: the scalar gives up its hold so that the buffer is not copied.
            cell.set(Val::Undef);
        }
        let done = text.try_splice_bytes(from, to, new.as_bytes());
        if new.taint() {
            text.set_taint(true);
        }
        self.store(cell, Val::Str(text))?;
        Ok(done?)
    }

    /// The bits of `vec`.
    pub(super) fn vec_get(&mut self, cell: &Rc<Scalar>, off: u64, bits: u32) -> Exec<Val> {
        let val = self.fetch(cell)?;
        let text = self.str_quiet(&val)?;
        Ok(Val::uint(vec_bits(text.as_bytes(), off, bits)))
    }

    /// Sets the bits of `vec`.
    pub(super) fn vec_set(&mut self, cell: &Rc<Scalar>, off: u64, bits: u32, val: Val) -> Exec {
        let new = self.num(&val)?.to_u64();
        let old = self.fetch(cell)?;
        let mut text = self.str_quiet(&old)?;
        drop(old);
        if !text.downgrade() {
            return Err(self.die(
                "Use of strings with code points over 0xFF as arguments to vec is forbidden",
            ));
        }
        let Some(end) = off.checked_add(1).and_then(|n| n.checked_mul(bits as u64)) else {
            return Err(self.too_large());
        };
        let need = usize::try_from(end.div_ceil(8)).map_err(|_| self.too_large())?;
        if need > text.len() {
            let more = need - text.len();
            text.append_with(more, |room| room.len())?;
        }
        if cell.is_simple_string() {
            cell.set(Val::Undef);
        }
        let bytes = text.make_mut();
        if bits < 8 {
            let at = (off * bits as u64 / 8) as usize;
            let shift = (off * bits as u64 % 8) as u32;
            let mask = ((1u32 << bits) - 1) as u8;
            bytes[at] = bytes[at] & !(mask << shift) | ((new as u8 & mask) << shift);
        } else {
            let n = bits as usize / 8;
            let at = off as usize * n;
            bytes[at..at + n].copy_from_slice(&new.to_be_bytes()[8 - n..]);
        }
        self.store(cell, Val::Str(text))
    }

    /// `pos`, in characters.
    pub(super) fn pos_get(&mut self, cell: &Rc<Scalar>) -> Exec<Val> {
        let Some((at, _)) = cell.pos() else {
            return Ok(Val::Undef);
        };
        let val = self.fetch(cell)?;
        let text = self.str_quiet(&val)?;
        Ok(Val::Int(text.char_index_of_byte(at) as i64))
    }

    /// Sets `pos`, in characters; undef resets it.
    pub(super) fn pos_set(&mut self, cell: &Rc<Scalar>, val: Val) -> Exec {
        if val.is_undef() {
            cell.set_pos(None);
            return Ok(());
        }
        let n = self.int(&val)?;
        let old = self.fetch(cell)?;
        let text = self.str_quiet(&old)?;
        let total = text.char_len() as i64;
        let n = if n < 0 {
            (n + total).max(0)
        } else {
            n.min(total)
        };
        let at = text.byte_offset_of_char(n as usize).unwrap_or(text.len());
        cell.set_pos(Some((at, false)));
        Ok(())
    }
}

/// `vec` of bytes: bits beyond the end are zero.
pub fn vec_bits(bytes: &[u8], off: u64, bits: u32) -> u64 {
    if bits < 8 {
        let Some(bit) = off.checked_mul(bits as u64) else {
            return 0;
        };
        let byte = usize::try_from(bit / 8)
            .ok()
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(0);
        return (byte >> (bit % 8)) as u64 & ((1 << bits) - 1);
    }
    let n = bits as usize / 8;
    let Some(at) = usize::try_from(off).ok().and_then(|off| off.checked_mul(n)) else {
        return 0;
    };
    if at >= bytes.len() {
        return 0;
    }
    (0..n).fold(0, |acc, i| {
        acc << 8 | bytes.get(at + i).copied().unwrap_or(0) as u64
    })
}
