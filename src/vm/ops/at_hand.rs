//! print, readline, chomp and interpolation where all they need is at hand: plain values, an open
//! handle without a tie, room or a whole line in its buffer. Each says whether it has done the
//! work; the long way begins again from the start where it has not.

use crate::bytecode::{NO, Op, R};
use crate::text::PerlStr;
use crate::text::decimal::format_int;
use crate::text::utf8::next_unusual;
use crate::value::rc::flag;
use crate::value::{Io, Rc, Val};
use crate::vm::long::MUCH;
use crate::vm::{Exec, Vm};

/// The most characters of an integer.
const DIGITS: usize = 20;
/// The longest list of operands that is looked at.
const MOST: usize = 12;

/// Room for the places of operands.
type Places = [*const Val; MOST];

/// The values in these places.
#[inline(always)]
fn each(places: &[*const Val]) -> impl Iterator<Item = &Val> {
    // SAFETY: `operands_at_hand` gives places that hold a value each, and stay where they are
    // while nothing runs, as in the loops over this.
    places.iter().map(|at| unsafe { &**at })
}

/// Can a string be put into a handle of characters or bytes as it stands, without a warning?
#[inline(always)]
fn is_as_wanted(text: &PerlStr, utf8: bool) -> bool {
    match (text.is_utf8(), utf8) {
        (false, false) => true,
        (true, true) => next_unusual(text.as_bytes(), 0).is_none(),
        _ => text.is_ascii(),
    }
}

impl Vm {
    /// Where the operands of the list behind the running op stand, if they are few.
    #[inline(always)]
    fn operands_at_hand<'a>(&self, n: usize, room: &'a mut Places) -> Option<&'a [*const Val]> {
        let consts = match self.frames.last() {
            Some(frame) if n <= MOST => frame.proto().consts.as_ptr(),
            _ => return None,
        };
        for (i, three) in room.chunks_exact_mut(3).take(n.div_ceil(3)).enumerate() {
            // SAFETY: the list's Ext slots follow the op in the unit's code.
            let Op::Ext(flags, a, b, c) = (unsafe { *self.pc.add(i) }) else {
                return None;
            };
            let left = n - i * 3;
            let place = |j: u8, x: R| match flags >> j & 1 {
                0 => self.peek(self.reg(x)),
                // SAFETY: the compiler keeps constant numbers below the unit's table.
                _ => unsafe { consts.add(x as usize) },
            };
            three[0] = place(0, a);
            if left > 1 {
                three[1] = place(1, b);
            }
            if left > 2 {
                three[2] = place(2, c);
            }
        }
        Some(&room[..n])
    }

    /// The handle a register names, where it is plain: a glob or a reference to one, not tied.
    #[inline(always)]
    fn io_at_hand<T>(&self, fh: R, look: impl FnOnce(&Rc<Io>) -> Option<T>) -> Option<T> {
        self.io_of_place(self.reg(fh), look)
    }

    #[inline(always)]
    pub(super) fn io_of_place<T>(
        &self,
        place: *mut Val,
        look: impl FnOnce(&Rc<Io>) -> Option<T>,
    ) -> Option<T> {
        // SAFETY: registers and cells hold a value; nothing runs while it is looked at.
        let glob = match unsafe { &*self.peek(place) } {
            Val::Glob(glob) => glob,
            val @ Val::GRef(glob) if !val.is_overloaded() => glob,
            _ => return None,
        };
        if glob.same(&self.names.argv) {
            return None;
        }
        glob.with_io(|io| match io.is_tied() {
            false => look(io),
            true => None,
        })
    }

    /// The value of a variable such as `$/`, for a look.
    #[inline(always)]
    fn peek_scalar(glob: &Rc<crate::value::Glob>) -> &Val {
        // SAFETY: the glob holds its scalar while nothing runs.
        unsafe { &*(*glob.scalar_at()).place() }
    }

    /// `$/` where it is one byte of ASCII.
    #[inline(always)]
    fn line_end(&self) -> Option<u8> {
        match Vm::peek_scalar(&self.names.rs) {
            Val::Str(end) => match end.as_bytes() {
                [byte @ ..0x80] => Some(*byte),
                _ => None,
            },
            _ => None,
        }
    }

    /// d = the next line of a handle, where the buffer holds all of it. The string that was in the
    /// variable before lends its memory.
    pub(super) fn line_at_hand(&mut self, d: R, fh: R) -> bool {
        let Some(end) = self.line_end() else {
            return false;
        };
        // SAFETY: a register of the frame.
        let target = match unsafe { &mut *self.reg(d) } {
            Val::Cell(cell) => match cell.header().has(flag::SLOW_STORE) || cell.is_magic() {
                true => return false,
                false => cell.place(),
            },
            Val::Slot(_) => return false,
            place => place as *mut Val,
        };
        let line = |io: &Rc<Io>| {
            io.with_handle(|handle| {
                let mut handle = handle.try_borrow_mut().ok()?;
                let (line, utf8) = handle.line_at_hand(end)?;
                // SAFETY: the place of a variable that takes a store directly; a string is
                // overwritten where it stands, anything else is moved out first.
                let target = unsafe { &mut *target };
                if let Val::Str(text) = target
                    && text.refill(line, utf8)
                {
                    return Some(None);
                }
                let mut text = PerlStr::try_from_bytes(line).ok()?;
                text.set_utf8_flag(utf8);
                Some(Some(std::mem::replace(target, Val::Str(text))))
            })
            .map(|old| {
                io.lines.set(io.lines.get() + 1);
                (old, (!self.is_last_read(io)).then(|| io.clone()))
            })
        };
        let Some((old, last_read)) = self.io_at_hand(fh, line) else {
            return false;
        };
        if let Some(io) = last_read {
            self.set_last_read(&io);
        }
        drop(old);
        true
    }

    /// Prints `n` operands where they fit into the handle's buffer. `None`: nothing was done;
    /// else whether it went well.
    pub(super) fn print_at_hand(&mut self, kind: u8, fh: R, n: usize) -> Exec<Option<bool>> {
        if kind > 1
            || !matches!(Vm::peek_scalar(&self.names.ofs), Val::Undef)
            || !matches!(Vm::peek_scalar(&self.names.ors), Val::Undef)
        {
            return Ok(None);
        }
        let mut room = [std::ptr::null(); MOST];
        let Some(operands) = self.operands_at_hand(n, &mut room) else {
            return Ok(None);
        };
        let put = |io: &Rc<Io>| {
            io.with_handle(|shared| {
                let mut handle = shared.try_borrow_mut().ok()?;
                let utf8 = handle.is_utf8();
                let mut total = 1;
                for val in each(operands) {
                    total += match val {
                        Val::Str(text) if is_as_wanted(text, utf8) => text.len(),
                        Val::Int(_) => DIGITS,
                        _ => return None,
                    };
                }
                let out = handle.room_at_hand(total)?;
                for val in each(operands) {
                    match val {
                        Val::Str(text) => out.extend_from_slice(text.as_bytes()),
                        Val::Int(n) => out.extend_from_slice(format_int(*n).as_bytes()),
                        _ => {}
                    }
                }
                if kind == 1 {
                    out.push(b'\n');
                }
                Some(handle.autoflush().then(|| shared.clone()))
            })
        };
        let done = match fh {
            NO => match &self.selected {
                Some(glob) => glob.with_io(|io| if io.is_tied() { None } else { put(io) }),
                None => None,
            },
            _ => self.io_at_hand(fh, put),
        };
        match done {
            None => Ok(None),
            Some(None) => Ok(Some(true)),
            Some(Some(handle)) => self.after_print(&handle).map(Some),
        }
    }

    /// The string of `n` operands, made in one piece; none where one of them takes more.
    pub(super) fn concat_at_hand(&self, n: usize) -> Option<PerlStr> {
        let mut room = [std::ptr::null(); MOST];
        let operands = self.operands_at_hand(n, &mut room)?;
        let (mut total, mut utf8) = (0usize, false);
        for val in each(operands) {
            total = total.checked_add(match val {
                Val::Str(text) if !text.taint() => {
                    utf8 |= text.is_utf8();
                    text.len()
                }
                Val::Int(_) => DIGITS,
                _ => return None,
            })?;
        }
        if total >= MUCH {
            return None;
        }
        let mut out = PerlStr::try_with_capacity(total).ok()?;
        if utf8 {
            out.set_utf8_flag(true);
        }
        for val in each(operands) {
            match val {
                Val::Str(text) if text.is_utf8() == utf8 => out.try_push_bytes(text.as_bytes()),
                Val::Str(text) => out.try_push_str(text),
                Val::Int(n) => out.try_push_bytes(format_int(*n).as_bytes()),
                _ => return None,
            }
            .ok()?;
        }
        Some(out)
    }

    /// `$x = "$x..."`: what follows the variable is put behind its string, where that is its own and the rest is at
    /// hand. False: nothing was done.
    pub(super) fn append_at_hand(&mut self, n: usize, d: R) -> Exec<bool> {
        // SAFETY: the list's Ext slots follow the op in the unit's code.
        let first = unsafe { *self.pc };
        if !matches!(first, Op::Ext(flags, a, ..) if flags & 1 == 0 && a == d) {
            return Ok(false);
        }
        let mut room = [std::ptr::null(); MOST];
        let Some(&[left, ref rest @ ..]) = self.operands_at_hand(n, &mut room) else {
            return Ok(false);
        };
        let mut total = 0usize;
        for &place in rest {
            // SAFETY: the places stand still while nothing else runs.
            total += match unsafe { &*place } {
                Val::Str(more) if place != left && !more.taint() => more.len(),
                Val::Int(_) => DIGITS,
                _ => return Ok(false),
            };
        }
        // SAFETY: as above; none of the others is this one.
        let Some(text) = super::assign::own_text(unsafe { &mut *self.reg(d) }) else {
            return Ok(false);
        };
        if total >= MUCH || text.is_shared() {
            return Ok(false);
        }
        for val in each(rest) {
            match val {
                Val::Str(more) => text.try_push_str(more)?,
                other => other.push_to_str(text),
            }
        }
        Ok(true)
    }

    /// chomp of a variable that holds a string of its own, `$/` being a character: what it took
    /// away (perlfunc chomp).
    pub(super) fn chomp_at_hand(&mut self, x: R) -> Option<i64> {
        let end = self.line_end()?;
        // SAFETY: a register of the frame, or the place of a cell that takes a store directly.
        let place = unsafe {
            match &mut *self.reg(x) {
                Val::Cell(cell) if cell.is_simple_string() => &mut *cell.place(),
                place => place,
            }
        };
        let Val::Str(text) = place else { return None };
        if text.as_bytes().last() != Some(&end) {
            return Some(0);
        }
        if text.is_shared() {
            return None;
        }
        text.truncate(text.len() - 1);
        Some(1)
    }
}
