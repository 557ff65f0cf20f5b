//! Taint checks (perlsec, perlrun `-T` and `-t`): what came from outside must not decide what the program does outside.
//!
//! A string carries a flag of its own; a number that is tainted is a `Dual` with the flag. As in perl there is besides
//! one flag for the running statement: whatever an operation reads that is tainted sets it, whatever an operation
//! computes while it is set becomes tainted, and what acts on the system refuses to. `Op::Statement` clears it.
//!
//! All of this happens beside the operations: under -T the compiler puts an `Op::Check` before each of them, which looks
//! at what the operation before it has computed and at what the next one is going to read. Units compiled without -T
//! hold none, so programs that do not ask for it pay nothing.
//!
//! | file | job |
//! |---|---|
//! | `flow` | which registers an operation reads and which one it computes |
//! | `step` | before and behind an operation |
//! | `calls` | functions: which of them bring in what is tainted, which refuse it |
//! | `patterns` | matching: captures are clean, unless the pattern is not |
//! | `refuse` | the refusals, and the checks of `%ENV` |

mod calls;
mod flow;
mod patterns;
mod refuse;
mod step;

use super::Vm;
use crate::bytecode::{NO, Op, R};
use crate::value::{Dual, HasSide, Magic, Rc, Scalar, Val};

pub(in crate::vm) use patterns::Cause;

/// What was seen before an operation.
pub(in crate::vm) struct Seen {
    /// The operation.
    at: *const Op,
    /// Where the list stack ended, or where the list it consumes begins.
    list: usize,
    /// The frame's registers: other ones behind the operation mean that a call was made.
    regs: *mut Val,
    /// The operand that is changed in place was tainted itself.
    own: bool,
    /// The scalar a function fills with what it reads.
    buffer: Option<Rc<Scalar>>,
    /// What a match made of the subject and the pattern.
    cause: Cause,
}

impl Seen {
    /// Takes it out.
    pub(in crate::vm) fn take(&mut self) -> Seen {
        std::mem::replace(self, Seen::NOTHING)
    }

    /// Before the first operation of a body.
    pub(in crate::vm) const NOTHING: Seen = Seen {
        at: std::ptr::null(),
        list: 0,
        regs: std::ptr::null_mut(),
        own: false,
        buffer: None,
        cause: Cause::NONE,
    };
}

/// The value, tainted where it can be: strings and numbers.
pub(in crate::vm) fn tainted(val: Val) -> Val {
    match val {
        Val::Str(mut text) => {
            text.set_taint(true);
            Val::Str(text)
        }
        Val::Int(_) | Val::UInt(_) | Val::Num(_) => Val::Dual(Dual::tainted(val, None, None)),
        Val::Dual(dual) if !dual.taint => Val::Dual(Dual::tainted(
            dual.num.clone(),
            dual.text.clone(),
            dual.vstring.clone(),
        )),
        val => val,
    }
}

/// Is the value tainted? A compiled pattern is when its text is.
pub(in crate::vm) fn is_tainted(val: &Val) -> bool {
    match val {
        Val::Regexp(regexp) => regexp.text.taint(),
        Val::SRef(cell) if val.is_blessed() => {
            cell.with(|v| matches!(v, Val::Regexp(regexp) if regexp.text.taint()))
        }
        val => val.taint(),
    }
}

impl Vm {
    /// Turns the checks on, for good.
    pub fn set_tainting(&mut self, mode: i8) {
        self.tainting = mode;
    }

    /// Marks the running statement as one that has read something tainted.
    pub fn taint(&mut self) {
        self.tainted = true;
    }

    /// Is what an entry stands for tainted? Tied variables are not asked.
    fn entry_tainted(&mut self, at: *const Val) -> bool {
        // SAFETY: a register's place or a list entry; nothing else runs while it is looked at.
        let val = unsafe { &*self.peek(at) };
        match val {
            Val::Magic(magic) => match &magic.kind {
                Magic::Special(..) | Magic::Substr(..) => {
                    let magic = magic.clone();
                    self.magic_get(&magic).is_ok_and(|val| is_tainted(&val))
                }
                Magic::HashElem(hash, key) | Magic::DeferHash(hash, key) => {
                    hash.tied().is_none() && hash.get_k(key).is_some_and(|val| is_tainted(&val))
                }
                Magic::ArrayElem(array, i) | Magic::DeferArray(array, i) => {
                    array.tied().is_none()
                        && array
                            .index(*i)
                            .is_some_and(|i| is_tainted(&array.get(i).loaded()))
                }
                _ => false,
            },
            Val::Cell(_) | Val::Weak(_) => is_tainted(&val.loaded()),
            val => is_tainted(val),
        }
    }

    /// Is the value of a register tainted?
    fn reg_tainted(&mut self, a: R) -> bool {
        a != NO && self.entry_tainted(self.reg(a))
    }

    /// Reading a register: the statement is tainted where the value is.
    fn taint_read(&mut self, a: R) {
        if self.reg_tainted(a) {
            self.tainted = true;
        }
    }

    /// These entries of the list are read.
    fn taint_read_list(&mut self, from: usize, to: usize) {
        for i in from..to.min(self.list.len()) {
            let at: *const Val = &self.list[i];
            if self.entry_tainted(at) {
                self.tainted = true;
            }
        }
    }

    /// Taints what is in a place: a register, a list entry, the value of a scalar.
    fn taint_at(&mut self, at: *const Val) {
        let place = self.peek(at).cast_mut();
        // SAFETY: a live place, which nothing else looks at meanwhile.
        let place = unsafe { &mut *place };
        if !matches!(place, Val::Magic(_)) {
            let val = place.take();
            place.put(tainted(val));
        }
    }

    /// Taints the value of a register.
    fn taint_reg(&mut self, a: R) {
        if a != NO {
            self.taint_at(self.reg(a));
        }
    }

    /// Taints the entries of the list from `from` on. Aliases are left alone: what they stand for was not made here.
    fn taint_list(&mut self, from: usize) {
        for entry in self.list.iter_mut().skip(from) {
            let val = entry.take();
            entry.put(tainted(val));
        }
    }
}
