//! sysread and syswrite where all they need is at hand: an open handle without a tie, plain numbers,
//! a plain string or a variable that takes one. One system call each, past the buffers
//! (perlfunc sysread, syswrite); the long way begins from the start where these do not apply.

use crate::io::{Handle, Stop};
use crate::sys::Errno;
use crate::text::{OutOfMemory, PerlStr};
use crate::value::Val;
use crate::value::rc::flag;
use crate::vm::{Exec, Vm};

impl Vm {
    /// Looks at the open file of bytes that an argument is a plain handle of.
    #[inline(always)]
    fn raw_file<T>(&self, at: usize, step: impl FnOnce(&mut Handle) -> Option<T>) -> Option<T> {
        self.io_of_place(self.regs.at(at), |io| {
            io.with_handle(|file| {
                let mut file = file.try_borrow_mut().ok()?;
                match file.is_open() && !file.is_utf8() {
                    true => step(&mut file),
                    false => None,
                }
            })
        })
    }

    /// An argument that is an integer as it stands.
    #[inline(always)]
    fn int_at_hand(&self, at: usize) -> Option<i64> {
        // SAFETY: registers and cells hold a value.
        match unsafe { &*self.peek(self.regs.at(at)) } {
            Val::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// What a call came to: a count, or `$!` and undef.
    fn raw_result(&mut self, done: Result<usize, Stop>) -> Exec<Option<Val>> {
        let errno = match done {
            Ok(n) => return Ok(Some(Val::from(n))),
            Err(Stop::OutOfMemory) => return Err(OutOfMemory.into()),
            Err(Stop::Interrupted) => Errno::EINTR,
            Err(Stop::Failed(errno)) => errno,
        };
        self.errno = errno.0;
        Ok(Some(Val::Undef))
    }

    /// `syswrite FH, STRING` and `syswrite FH, STRING, LENGTH, OFFSET`.
    pub(crate) fn syswrite_at_hand(&mut self, at: usize, argc: usize) -> Exec<Option<Val>> {
        let write = |vm: &Vm| {
            // SAFETY: registers and cells hold a value, and nothing runs while it is looked at.
            let Val::Str(text) = (unsafe { &*vm.peek(vm.regs.at(at + 1)) }) else {
                return None;
            };
            if text.is_utf8() {
                return None;
            }
            let bytes = text.as_bytes();
            let offset = match argc > 3 {
                true => usize::try_from(vm.int_at_hand(at + 3)?).ok()?,
                false => 0,
            };
            let rest = bytes.get(offset..)?;
            let len = match argc > 2 {
                true => usize::try_from(vm.int_at_hand(at + 2)?).ok()?,
                false => rest.len(),
            };
            let part = &rest[..len.min(rest.len())];
            vm.raw_file(at, |file| Some(file.syswrite(part)))
        };
        match argc >= 2 {
            true => write(self).map_or(Ok(None), |done| self.raw_result(done)),
            false => Ok(None),
        }
    }

    /// `sysread FH, VARIABLE, LENGTH`.
    pub(crate) fn sysread_at_hand(&mut self, at: usize, argc: usize) -> Exec<Option<Val>> {
        if argc != 3 {
            return Ok(None);
        }
        let read = |vm: &Vm| {
            let len = usize::try_from(vm.int_at_hand(at + 2)?).ok()?;
            let place = vm.string_place(at + 1)?;
            vm.raw_file(at, |file| {
                if !file.access().read {
                    return None;
                }
                // SAFETY: the place of a variable that takes a store directly; nothing but the
                // reading happens to it here.
                if let Val::Str(text) = unsafe { &mut *place } {
                    return Some((file.sysread_over(text, len), Val::Undef));
                }
                let mut text = PerlStr::new();
                let done = file.sysread_over(&mut text, len);
                let old = match done {
                    // SAFETY: as above; what was there is dropped when nothing is borrowed.
                    Ok(_) => std::mem::replace(unsafe { &mut *place }, Val::Str(text)),
                    Err(_) => Val::Undef,
                };
                Some((done, old))
            })
        };
        let Some((done, old)) = read(self) else {
            return Ok(None);
        };
        drop(old);
        self.raw_result(done)
    }

    /// Where the value of a variable stands that takes a string directly and has nothing else but
    /// plain values in it.
    #[inline(always)]
    fn string_place(&self, at: usize) -> Option<*mut Val> {
        let mut place = self.regs.at(at);
        // SAFETY: registers and cells hold a value.
        unsafe {
            if let Val::Slot(i) = &*place {
                place = self.regs.at(*i as usize);
            } else if !matches!(&*place, Val::Cell(_)) {
                return None;
            }
            if let Val::Cell(cell) = &*place {
                if cell.header().has(flag::SLOW_STORE) {
                    return None;
                }
                place = cell.place();
            }
            match &*place {
                Val::Str(_) => Some(place),
                val if val.is_plain() => Some(place),
                _ => None,
            }
        }
    }
}
