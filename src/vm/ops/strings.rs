//! Concatenation, chomp, chop, and strings made of lists.

use crate::bytecode::{Bin, Op, R};
use crate::text::PerlStr;
use crate::value::{Rc, Scalar, Val};
use crate::vm::long::MUCH;
use crate::vm::{Exec, Vm};

/// Room for an integer, most of which are short.
const INT_ROOM: usize = 8;

/// How many bytes are joined between two looks at what is pending.
const JOIN_STEP: usize = 1 << 20;

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn concat(&mut self, d: R, a: R, b: R) -> Exec {
        // `$x = $x . $y` is `$x .= $y` where both are plain.
        if d == a && self.appends(d, b) {
            return self.append_reg(d, b);
        }
        self.bin_regs(Bin::Concat, d, a, b)
    }

    fn appends(&mut self, d: R, b: R) -> bool {
        // SAFETY: registers of the frame; nothing else runs.
        let (to, from) = unsafe { (&mut *self.reg(d), &*self.reg(b)) };
        d != b && super::assign::own_text(to).is_some() && matches!(from, Val::Str(_) | Val::Int(_))
    }

    /// Operand `i` of the operand list behind the running op.
    pub(in crate::vm) fn operand(&mut self, i: usize) -> Exec<Val> {
        // SAFETY: the list's Ext slots follow the op in the unit's code.
        let ext = unsafe { *self.pc.add(i / 3) };
        let Op::Ext(flags, a, b, c) = ext else {
            return Ok(Val::Undef);
        };
        let x = [a, b, c][i % 3];
        if flags >> (i % 3) & 1 != 0 {
            Ok(self.constant(x))
        } else {
            self.get(x)
        }
    }

    /// An interpolated string of `n` operands.
    #[inline(never)]
    pub(in crate::vm) fn concat_list(&mut self, n: u8, d: R) -> Exec {
        let n = n as usize;
        if n > 1 && self.append_at_hand(n, d)? {
            return Ok(());
        }
        if n > 1
            && let Some(text) = self.concat_at_hand(n)
        {
            return self.put(d, Val::Str(text));
        }
        let mut text = PerlStr::new();
        let mut object: Option<Val> = None;
        for i in 0..n {
            let val = self.operand(i)?;
            if let Some(left) = object.take() {
                object = Some(self.binary(Bin::Concat, &left, &val)?);
                continue;
            }
            match &val {
                Val::Str(s) if i == 0 => text = s.clone(),
                Val::Str(s) => self.append_text(&mut text, s)?,
                Val::Int(_) => val.push_to_str(&mut text),
                _ if val.is_overloaded() => {
                    let left = Val::Str(std::mem::take(&mut text));
                    let got = match i {
                        0 if n == 1 => Val::Str(self.str(&val)?),
                        0 => val,
                        _ => self.binary(Bin::Concat, &left, &val)?,
                    };
                    object = Some(got);
                }
                _ => {
                    let s = self.str(&val)?;
                    text.try_push_str(&s)?;
                }
            }
        }
        self.put(d, object.unwrap_or(Val::Str(text)))
    }

    pub(in crate::vm) fn chomp_op(&mut self, d: R, x: R) -> Exec {
        let n = match self.chomp_at_hand(x) {
            Some(n) => n,
            None => self.chomp_place(self.reg(x))?,
        };
        if d != crate::bytecode::NO {
            self.put(d, Val::Int(n))?;
        }
        Ok(())
    }

    fn chomp_place(&mut self, place: *mut Val) -> Exec<i64> {
        // SAFETY: a register; the clone ends the borrow.
        let raw = unsafe { (*place).clone() };
        match raw {
            Val::Cell(cell) => self.chomp_cell(&cell),
            Val::ARef(array) => {
                let mut n = 0;
                for i in 0..self.array_len(&array)? {
                    let cell = self.array_cell(&array, i as i64)?;
                    n += self.chomp_cell(&cell)?;
                    array.unbox(i);
                }
                Ok(n)
            }
            Val::HRef(hash) => {
                let mut n = 0;
                for key in self.hash_keys(&hash)? {
                    let cell = self.hash_cell(&hash, &crate::value::Key::new(&key))?;
                    n += self.chomp_cell(&cell)?;
                }
                Ok(n)
            }
            val => {
                let Some((text, n)) = self.chomped(&val)? else {
                    return Ok(0);
                };
                // SAFETY: the same register; a variable that holds its value itself.
                unsafe { (*place).put(Val::Str(text)) };
                Ok(n)
            }
        }
    }

    /// chomp of a scalar; gives the number of characters removed.
    pub fn chomp_cell(&mut self, cell: &Rc<Scalar>) -> Exec<i64> {
        let val = self.fetch(cell)?;
        match self.chomped(&val)? {
            Some((text, n)) => {
                drop(val);
                self.store(cell, Val::Str(text))?;
                Ok(n)
            }
            None => Ok(0),
        }
    }

    /// A value without its line ending, if it has one (perlfunc chomp).
    fn chomped(&mut self, val: &Val) -> Exec<Option<(PerlStr, i64)>> {
        let rs = self.names.rs.scalar();
        let rs = self.fetch(&rs)?;
        if rs.is_undef() || rs.is_ref() || val.is_undef() {
            if val.is_undef() {
                self.warn_uninit()?;
            }
            return Ok(None);
        }
        let mut text = self.str(val)?;
        let end = rs.to_str();
        if end.is_empty() {
            // Paragraph mode: all trailing newlines.
            let keep = text
                .as_bytes()
                .iter()
                .rposition(|b| *b != b'\n')
                .map_or(0, |i| i + 1);
            let n = text.len() - keep;
            if n == 0 {
                return Ok(None);
            }
            text.truncate(keep);
            return Ok(Some((text, n as i64)));
        }
        let end = if end.is_utf8() != text.is_utf8() && !end.is_ascii() {
            if text.is_utf8() {
                end.upgraded()
            } else {
                end.downgraded().unwrap_or(end)
            }
        } else {
            end
        };
        if !text.as_bytes().ends_with(end.as_bytes()) {
            return Ok(None);
        }
        let keep = text.len() - end.len();
        text.truncate(keep);
        Ok(Some((text, end.char_len() as i64)))
    }

    pub(in crate::vm) fn chop_op(&mut self, d: R, x: R) -> Exec {
        // SAFETY: a register of the frame.
        let raw = unsafe { (*self.reg(x)).clone() };
        let mut last = Val::empty();
        match raw {
            Val::ARef(array) => {
                for i in 0..self.array_len(&array)? {
                    let cell = self.array_cell(&array, i as i64)?;
                    last = self.chop_cell(&cell)?;
                    array.unbox(i);
                }
            }
            Val::HRef(hash) => {
                for key in self.hash_keys(&hash)? {
                    let cell = self.hash_cell(&hash, &crate::value::Key::new(&key))?;
                    last = self.chop_cell(&cell)?;
                }
            }
            Val::Cell(cell) => last = self.chop_cell(&cell)?,
            val => {
                // The register gives up its hold, so that a buffer is not copied.
                drop(val);
                // SAFETY: as above.
                let cell = Scalar::new(unsafe { (*self.reg(x)).take() });
                let done = self.chop_cell(&cell);
                self.put_raw(x, cell.get());
                last = done?;
            }
        }
        if d != crate::bytecode::NO {
            self.put(d, last)?;
        }
        Ok(())
    }

    /// chop of a scalar; gives the character removed.
    pub fn chop_cell(&mut self, cell: &Rc<Scalar>) -> Exec<Val> {
        let val = self.fetch(cell)?;
        let mut text = self.str(&val)?;
        drop(val);
        let n = text.char_len();
        if n == 0 {
            // nothing to take from an undefined value, which stays so
            return Ok(Val::empty());
        }
        let at = text.byte_offset_of_char(n - 1).unwrap_or(0);
        let last = text.slice_bytes(at..text.len());
        if cell.is_simple_string() {
            // In place: the scalar gives up its hold so that the buffer is not copied.
            cell.set(Val::Undef);
        }
        text.truncate(at);
        self.store(cell, Val::Str(text))?;
        Ok(Val::Str(last))
    }

    pub(in crate::vm) fn list_join_str(&mut self, d: R, s: R) -> Exec {
        let sep = self.get(s)?;
        let from = self.pop_mark();
        let n = self.list.len() - from;
        let sep = if n > 1 || !sep.is_undef() {
            self.str(&sep)?
        } else {
            PerlStr::new()
        };
        let part = self.list.get(from..).unwrap_or_default();
        let room = |val: &Val| match val.behind() {
            Val::Str(s) => s.len(),
            _ => INT_ROOM,
        };
        let total: usize = part.iter().map(room).sum();
        let seps = sep.len().saturating_mul(n.saturating_sub(1));
        let mut text = PerlStr::try_with_capacity(total.saturating_add(seps))?;
        let mut next = JOIN_STEP;
        for i in 0..n {
            if text.len() >= next {
                next = text.len() + JOIN_STEP;
                self.checkpoint()?;
            }
            if i > 0 {
                text.try_push_str(&sep)?;
            }
            match self.list.get(from + i).map(Val::behind) {
                Some(Val::Str(s)) => {
                    match s.len() < MUCH {
                        true => text.try_push_str(s)?,
                        false => {
                            let s = s.clone();
                            self.append_text(&mut text, &s)?;
                        }
                    }
                    continue;
                }
                Some(val @ Val::Int(_)) => {
                    val.push_to_str(&mut text);
                    continue;
                }
                _ => {}
            }
            let val = self.list.get(from + i).cloned().unwrap_or_default();
            let val = self.load(val)?;
            self.list_item = Some(i);
            let s = self.str(&val)?;
            self.list_item = None;
            text.try_push_str(&s)?;
        }
        self.list.truncate(from);
        self.put(d, Val::Str(text))
    }

    pub(in crate::vm) fn list_reverse_str(&mut self, d: R) -> Exec {
        let list = self.take_values()?;
        let mut text = PerlStr::new();
        if list.is_empty() {
            let val = self.fetch(&self.names.underscore.scalar())?;
            text = self.str(&val)?;
        }
        for val in &list {
            let s = self.str(val)?;
            match text.is_empty() {
                true => text = s,
                false => self.append_text(&mut text, &s)?,
            }
        }
        if !text.is_utf8() && text.len() < MUCH {
            let mut bytes = text;
            if bytes.len() > 1 {
                bytes.make_mut().reverse();
            }
            return self.put(d, Val::Str(bytes));
        }
        let reversed = self.turned_text(&text)?;
        let reversed = if text.is_utf8() {
            reversed.upgraded()
        } else {
            reversed
        };
        self.put(d, Val::Str(reversed))
    }
}
