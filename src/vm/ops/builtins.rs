//! Builtin functions: those whose work needs the machine are here, the others are native rows.

use crate::bytecode::{NO, Op, R, Want};
use crate::signature::Builtin;
use crate::value::{Magic, MagicBody, Val};
use crate::vm::call::Call;
use crate::vm::native::{self, Native, Short};
use crate::vm::{Exec, Ret, Vm};

impl Vm {
    fn ext_id(&self) -> u16 {
        // SAFETY: an Ext follows.
        match unsafe { *self.pc } {
            Op::Ext(_, id, ..) => id,
            _ => NO,
        }
    }

    /// What else the compiler says of the call (`exec PROGRAM LIST`: the first argument is the program).
    pub(in crate::vm) fn ext_flag(&self) -> u16 {
        // SAFETY: an Ext follows an op that runs a builtin.
        match unsafe { *self.pc } {
            Op::Ext(_, _, flag, _) => flag,
            _ => 0,
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn builtin(&mut self, nw: u8, d: R, first: R) -> Exec {
        let id = self.ext_id();
        let argc = (nw & 63) as usize;
        let want = self.want_of(nw >> 6);
        let at = self.absolute(first);
        if want != Want::List
            && let Some(Some(Native::Row(row))) = self.builtins.get(id as usize)
        {
            let val = match row.short {
                Short::None => None,
                // SAFETY: the window lies in the frame; a short way runs nothing.
                Short::Values(quick) => {
                    quick(unsafe { std::slice::from_raw_parts(self.reg(first), argc) })
                }
                Short::AtHand(_) if self.tainting != 0 => None,
                Short::AtHand(short) => short(self, at, argc)?,
            };
            if let Some(val) = val {
                self.tidy_window(at, argc);
                return match d {
                    NO => Ok(()),
                    _ => self.put(d, val),
                };
            }
        }
        let from = self.list.len();
        let ret = self.run_builtin(id, at, argc, want);
        self.tidy_window(at, argc);
        match ret? {
            Ret::One(val) if want == Want::Scalar && d != NO && self.list.len() == from => {
                self.put(d, val)
            }
            ret => self.deliver(d, want, ret, from),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn builtin_list(&mut self, want: u8, d: R) -> Exec {
        let id = self.ext_id();
        let want = self.want_of(want);
        let mark = self.pop_mark();
        let (at, argc) = self.window_from_list(mark)?;
        let from = self.list.len();
        let ret = self.run_builtin(id, at, argc, want);
        self.regs.clear(at, at + argc);
        self.top = at;
        self.deliver(d, want, ret?, from)
    }

    fn run_builtin(&mut self, id: u16, at: usize, argc: usize, want: Want) -> Exec<Ret> {
        let Some(Some(native)) = self.builtins.get(id as usize) else {
            let name = crate::signature::BUILTINS
                .get(id as usize)
                .map_or("?", |b| b.name());
            return Err(self.die(format!("The {name} function is unimplemented")));
        };
        let want = native::plain_want(want);
        let row = match native {
            Native::Row(row) => row,
            Native::Boxed(run) => {
                let run = run.clone();
                return run(&mut Call::new(self, at, argc, want));
            }
        };
        (row.run)(&mut Call::new(self, at, argc, want))
    }

    /// A builtin's result as an lvalue.
    pub(in crate::vm) fn builtin_place(&mut self, n: u8, t: R, first: R) -> Exec {
        let id = self.ext_id();
        let n = (n & 63) as u16;
        let is = |b: Builtin| b as u16 == id;
        let kind = if is(Builtin::Substr) {
            let cell = self.cell(first)?;
            let off = self.get(first + 1)?;
            let off = self.int(&off)?;
            let len = match n >= 3 {
                true => {
                    let len = self.get(first + 2)?;
                    if len.is_undef() {
                        None
                    } else {
                        Some(self.int(&len)?)
                    }
                }
                false => None,
            };
            Magic::Substr(cell, off.into(), len.into())
        } else if is(Builtin::Vec) {
            let cell = self.cell(first)?;
            let off = self.get(first + 1)?;
            let off = self.int(&off)?;
            let bits = self.get(first + 2)?;
            let bits = self.int(&bits)?;
            if !(1..=64).contains(&bits) || bits & (bits - 1) != 0 {
                return Err(self.die("Illegal number of bits in vec"));
            }
            if off < 0 {
                return Err(self.die("Negative offset to vec in lvalue context"));
            }
            Magic::Vec(cell, off as u64, bits as u32)
        } else if is(Builtin::Pos) {
            let cell = match n {
                0 => self.names.underscore.scalar(),
                _ => self.cell(first)?,
            };
            Magic::Pos(cell)
        } else if is(Builtin::Keys) {
            match self.raw(first) {
                Val::HRef(hash) => Magic::Keys(hash),
                Val::ARef(array) => Magic::LastIndex(array),
                _ => return Err(self.die("Can't modify keys")),
            }
        } else {
            return Err(self.die("Can't modify non-lvalue subroutine call"));
        };
        for i in 0..n {
            if i != t.wrapping_sub(first) {
                // SAFETY: a register of the frame.
                let place = unsafe { &mut *self.reg(first + i) };
                if matches!(place, Val::Cell(_) | Val::Slot(_)) {
                    drop(place.take());
                }
            }
        }
        self.put_raw(t, Val::Cell(MagicBody::scalar(kind)));
        Ok(())
    }
}
