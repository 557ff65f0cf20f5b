//! Operators that assign: `+=` and its like, `.=`, `++`, `--`.

use super::arith::overload_key;
use crate::bytecode::{Bin, K, R};
use crate::text::{PerlStr, increment, numeric};
use crate::value::{Rc, Scalar, Val};
use crate::vm::long::MUCH;
use crate::vm::{Exec, Vm};

/// Where a value to be changed stands.
pub(in crate::vm) enum Target {
    /// A register that holds the value itself.
    Reg(R),
    /// A scalar.
    Cell(Rc<Scalar>),
}

impl Vm {
    fn target(&mut self, d: R) -> Target {
        // SAFETY: a register of the frame.
        match unsafe { &*self.reg(d) } {
            Val::Cell(cell) => Target::Cell(cell.clone()),
            _ => Target::Reg(d),
        }
    }

    fn target_get(&mut self, target: &Target) -> Exec<Val> {
        match target {
            Target::Reg(d) => self.get(*d),
            Target::Cell(cell) => self.fetch(cell),
        }
    }

    fn target_put(&mut self, target: &Target, val: Val) -> Exec {
        match target {
            Target::Reg(d) => self.put(*d, val),
            Target::Cell(cell) => self.store(cell, val),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn bin_assign(&mut self, bin: Bin, d: R, s: R) -> Exec {
        if bin == Bin::Concat {
            return self.append_reg(d, s);
        }
        let y = self.get(s)?;
        let target = self.target(d);
        self.assign_with(bin, &target, y).map(drop)
    }

    /// `target <bin>= y`; gives the new value.
    pub(in crate::vm) fn assign_with(&mut self, bin: Bin, target: &Target, y: Val) -> Exec<Val> {
        let x = self.target_get(target)?;
        let val = self.assign_value(bin, &x, &y)?;
        self.target_put(target, val.clone())?;
        Ok(val)
    }

    /// The new value of `x` in `x <bin>= y`.
    pub(in crate::vm) fn assign_value(&mut self, bin: Bin, x: &Val, y: &Val) -> Exec<Val> {
        if (x.is_ref() || y.is_ref())
            && (x.is_overloaded() || y.is_overloaded())
            && let Some(val) = self.overload_binary(x, y, overload_key(bin), true)?
        {
            return Ok(val);
        }
        // No warning for an undefined left side (perlop "Assignment Operators").
        let quiet = x.is_undef()
            && matches!(
                bin,
                Bin::Add
                    | Bin::Sub
                    | Bin::Concat
                    | Bin::BitOr
                    | Bin::BitXor
                    | Bin::SBitOr
                    | Bin::SBitXor
                    | Bin::IAdd
                    | Bin::ISub
                    | Bin::IBitOr
                    | Bin::IBitXor
            );
        if quiet {
            let zero = match bin {
                Bin::Concat | Bin::SBitOr | Bin::SBitXor => Val::empty(),
                Bin::BitOr | Bin::BitXor if matches!(y, Val::Str(_)) => Val::empty(),
                _ => Val::Int(0),
            };
            return self.plain_binary(bin, &zero, y);
        }
        self.plain_binary(bin, x, y)
    }

    #[inline(never)]
    pub(in crate::vm) fn append_reg(&mut self, d: R, s: R) -> Exec {
        // SAFETY: registers of the frame; nothing else runs while they are borrowed.
        unsafe {
            let (to, from) = (&mut *self.reg(d), &*self.reg(s));
            if d != s
                && let Some(text) = own_text(to)
            {
                match from {
                    Val::Str(more) if more.len() < MUCH && !is_much_and_shared(text) => {
                        return Ok(text.try_push_str(more)?);
                    }
                    Val::Int(_) => {
                        from.push_to_str(text);
                        return Ok(());
                    }
                    _ => {}
                }
            }
        }
        let y = self.get(s)?;
        self.append_value(d, y)
    }

    #[inline(never)]
    pub(in crate::vm) fn append_const(&mut self, d: R, k: K) -> Exec {
        // SAFETY: as above; constants stand still.
        unsafe {
            let (to, from) = (&mut *self.reg(d), &*self.const_at(k));
            if let (Some(text), Val::Str(more)) = (own_text(to), from)
                && !is_much_and_shared(text)
            {
                return Ok(text.try_push_str(more)?);
            }
        }
        let y = self.constant(k);
        self.append_value(d, y)
    }

    fn append_value(&mut self, d: R, y: Val) -> Exec {
        let target = self.target(d);
        self.append_to(&target, y)
    }

    /// `target .= y`, in place where the string allows it.
    pub(in crate::vm) fn append_to(&mut self, target: &Target, y: Val) -> Exec {
        let x = self.target_get(target)?;
        if (x.is_ref() || y.is_ref())
            && (x.is_overloaded() || y.is_overloaded())
            && let Some(val) = self.overload_binary(&x, &y, ".", true)?
        {
            return self.target_put(target, val);
        }
        let more = self.str(&y)?;
        drop(y);
        let mut text = match x {
            Val::Str(text) if text.len() >= MUCH || more.len() >= MUCH => {
                return self.append_long(target, text, &more);
            }
            Val::Str(text) => {
                // The place lets go of the buffer while it grows.
                match target {
                    Target::Reg(d) => self.put_raw(*d, Val::Undef),
                    Target::Cell(cell) if cell.is_simple_string() => cell.set(Val::Undef),
                    Target::Cell(_) => {}
                }
                text
            }
            Val::Undef => PerlStr::new(),
            other => self.str(&other)?,
        };
        text.try_push_str(&more)?;
        self.target_put(target, Val::Str(text))
    }

    /// `target .= y` where that may take long. What is stopped on the way has changed nothing.
    #[cold]
    fn append_long(&mut self, target: &Target, mut text: PerlStr, more: &PerlStr) -> Exec {
        let before = text.len();
        let own = match target {
            Target::Reg(d) => Some(self.put_raw(*d, Val::Undef)),
            Target::Cell(cell) if cell.is_simple_string() => Some(cell.set(Val::Undef)),
            Target::Cell(_) => None,
        };
        let done = self.append_text(&mut text, more);
        if done.is_err() && own.is_some() && !text.is_shared() {
            text.truncate(before);
        }
        if done.is_ok() || own.is_some() {
            self.target_put(target, Val::Str(text))?;
        }
        done
    }

    #[inline(never)]
    pub(in crate::vm) fn increment(&mut self, d: R) -> Exec {
        let target = self.target(d);
        self.step(&target, 1, false).map(drop)
    }

    #[inline(never)]
    pub(in crate::vm) fn decrement(&mut self, d: R) -> Exec {
        let target = self.target(d);
        self.step(&target, -1, false).map(drop)
    }

    /// `++` or `--` on a target; gives the old value. `kept`: it is used.
    pub(in crate::vm) fn step(&mut self, target: &Target, by: i64, kept: bool) -> Exec<Val> {
        if let Target::Cell(cell) = target
            && !cell.is_read_only()
        {
            let quick = cell.with_mut(|v| match v {
                Val::Int(n) => {
                    let old = *n;
                    *n = n.checked_add(by)?;
                    Some(old)
                }
                _ => None,
            });
            if let Some(old) = quick {
                use crate::value::HasSide;
                cell.set_pos(None);
                return Ok(Val::Int(old));
            }
        }
        let old = self.target_get(target)?;
        let new = self.stepped(&old, by, kept)?;
        self.target_put(target, new)?;
        Ok(old)
    }

    /// `++` by `nomethod`, where the class adds in no way either.
    fn step_without_method(&mut self, old: &Val, op: &str, kept: bool) -> Exec<Option<Val>> {
        let Some(stash) = old.blessed() else {
            return Ok(None);
        };
        if self.overload_method(&stash, op)?.is_some()
            || self.overload_method(&stash, &format!("{op}="))?.is_some()
        {
            return Ok(None);
        }
        let Some(code) = self.overload_method(&stash, "nomethod")? else {
            return Ok(None);
        };
        let copy = self.overload_copy(old, if kept { 1 } else { 2 })?;
        let name = Val::str(&format!("{op}{op}"));
        let args = [copy, Val::Undef, Val::Bool(false), name];
        let got = self.call_code(code, &args, crate::bytecode::Want::Scalar)?;
        Ok(got.into_iter().next_back())
    }

    /// The value one further. `kept`: the old one is used too.
    pub(in crate::vm) fn stepped(&mut self, old: &Val, by: i64, kept: bool) -> Exec<Val> {
        if old.is_ref() && old.is_overloaded() {
            let key = if by > 0 { "++" } else { "--" };
            if let Some(stash) = old.blessed()
                && let Some(code) = self.overload_method(&stash, key)?
            {
                let copy = self.overload_copy(old, if kept { 1 } else { 2 })?;
                let args = [copy.clone(), Val::Undef, Val::Bool(false)];
                let cell = Scalar::new(copy);
                let mut args = args;
                args[0] = Val::Cell(cell.clone());
                self.call_code(code, &args, crate::bytecode::Want::Scalar)?;
                return Ok(cell.get());
            }
            let op = if by > 0 { "+" } else { "-" };
            if let Some(val) = self.step_without_method(old, op, kept)? {
                return Ok(val);
            }
            if let Some(val) = self.overload_binary(old, &Val::Int(1), op, true)? {
                return Ok(val);
            }
        }
        Ok(match old {
            Val::Undef | Val::Hole => Val::Int(by),
            Val::Str(text) => {
                let got = match by {
                    1 => increment::increment(text)?,
                    _ => increment::decrement(text),
                };
                match got {
                    increment::Outcome::Str(text) => Val::Str(text),
                    increment::Outcome::Num(n, warns) => {
                        if warns {
                            self.num(old)?;
                        }
                        n.into()
                    }
                }
            }
            _ => {
                let n = self.num(old)?;
                match by {
                    1 => numeric::inc(n).into(),
                    _ => numeric::dec(n).into(),
                }
            }
        })
    }

    #[inline(never)]
    pub(in crate::vm) fn post_step(&mut self, d: R, v: R, by: i64) -> Exec {
        let target = self.target(v);
        let old = self.step(&target, by, true)?;
        let old = match old {
            Val::Undef if by > 0 => Val::Int(0),
            Val::Undef => Val::Undef,
            old => old,
        };
        self.put(d, old)
    }
}

/// Would a change copy more than can be done at once?
#[inline(always)]
fn is_much_and_shared(text: &PerlStr) -> bool {
    text.len() >= MUCH && text.is_shared()
}

/// The string of a place that is nobody else's business.
#[inline(always)]
pub(super) fn own_text(place: &mut Val) -> Option<&mut PerlStr> {
    match place {
        Val::Str(text) => Some(text),
        Val::Cell(cell) if cell.is_simple_string() => {
            // SAFETY: nothing else runs while the caller works on it.
            match unsafe { &mut *cell.place() } {
                Val::Str(text) => Some(text),
                _ => None,
            }
        }
        _ => None,
    }
}
