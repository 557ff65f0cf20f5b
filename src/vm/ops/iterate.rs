//! foreach: iterators over lists, arrays and ranges (perlsyn "Foreach Loops").

use crate::bytecode::{G, Op, R};
use crate::text::{Numeric, OutOfMemory, PerlStr, increment};
use crate::value::{Iter, Scalar, Steps, Val};
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};
use std::cell::{Cell, RefCell};

/// What `a..b` counts over.
pub(in crate::vm) enum Range {
    Ints(i64, i64),
    Strs(PerlStr, PerlStr),
}

/// The kind of range two values make (perlop "Range Operators").
pub(in crate::vm) fn range_of(vm: &mut Vm, a: &Val, b: &Val) -> Exec<Range> {
    let textual = |v: &Val| match v {
        Val::Str(s) => !s.is_empty() && !v.looks_like_number() || leading_zero(s),
        _ => false,
    };
    let both_empty_start = matches!(a, Val::Str(s) if s.is_empty());
    if (textual(a) || both_empty_start) && !a.is_undef() || a.is_undef() && textual(b) && false {
        let (first, last) = (vm.str(a)?, vm.str_quiet(b)?);
        return Ok(Range::Strs(first, last));
    }
    Ok(Range::Ints(range_int(vm, a)?, range_int(vm, b)?))
}

fn leading_zero(s: &PerlStr) -> bool {
    matches!(s.as_bytes(), [b'0', b'0'..=b'9', ..])
}

fn range_int(vm: &mut Vm, val: &Val) -> Exec<i64> {
    match vm.num(val)? {
        Numeric::Int(n) => Ok(n),
        Numeric::Num(n) if n > -9.3e18 && n < 9.22e18 => Ok(n as i64),
        Numeric::Num(n) if n.is_nan() => Err(vm.die("Range iterator outside integer range")),
        _ => Err(vm.die("Range iterator outside integer range")),
    }
}

/// The string behind `text` in a range that ends at `last`.
pub(in crate::vm) fn next_string(
    text: &PerlStr,
    last: &PerlStr,
) -> Result<Option<PerlStr>, OutOfMemory> {
    if text == last || text.len() > last.len() {
        return Ok(None);
    }
    let next = match increment::increment(text)? {
        increment::Outcome::Str(next) => next,
        increment::Outcome::Num(n, _) => Val::from(n).to_str(),
    };
    Ok(if next.len() > last.len() {
        None
    } else {
        Some(next)
    })
}

impl Vm {
    pub(in crate::vm) fn iter_list(&mut self, it: R) -> Exec {
        let mut entries = self.take_entries();
        if self.literals_before(entries.len()) {
            for entry in &mut entries {
                let val = entry.take();
                *entry = Val::Cell(Scalar::read_only(val));
            }
        }
        let steps = Steps::List(RefCell::new(entries), Cell::new(0));
        self.put_raw(it, Val::Iter(Iter::new(steps)));
        Ok(())
    }

    /// Is the list that is about to be walked made of `n` literals, and may the loop's body
    /// assign to its variable?
    fn literals_before(&self, n: usize) -> bool {
        let Some((frame, op)) = self.here() else {
            return false;
        };
        let code = &frame.proto().unit.code;
        let op = op as usize;
        if n == 0 || op < n {
            return false;
        }
        let work = |op: &&Op| !matches!(op, Op::Check);
        let plain = code[..op]
            .iter()
            .rev()
            .filter(work)
            .take(n)
            .all(|op| matches!(op, Op::PushK(_) | Op::PushI(_)));
        plain
            && !code[op + 1..]
                .iter()
                .filter(work)
                .take(6)
                .any(|op| matches!(op, Op::IterNextV(..)))
    }

    pub(in crate::vm) fn iter_array(&mut self, flags: u8, it: R, c: R) -> Exec {
        let array = self.arr(c);
        let steps = match flags & 1 {
            0 => Steps::Array(array, Cell::new(0)),
            _ => {
                let n = self.array_len(&array)?;
                Steps::ArrayBack(array, Cell::new(n))
            }
        };
        self.put_raw(it, Val::Iter(Iter::new(steps)));
        Ok(())
    }

    pub(in crate::vm) fn iter_range(&mut self, flags: u8, it: R, a: R) -> Exec {
        // SAFETY: an Ext follows.
        let Op::Ext(_, b, ..) = (unsafe { *self.pc }) else {
            return Ok(());
        };
        let (a, b) = (self.get(a)?, self.get(b)?);
        let steps = match (range_of(self, &a, &b)?, flags & 1) {
            (Range::Ints(first, last), 0) => Steps::Ints(Cell::new(first), last),
            (Range::Ints(first, last), _) => Steps::IntsBack(Cell::new(last), first),
            (Range::Strs(first, last), 0) => {
                let empty = first.len() > last.len();
                Steps::Strings(RefCell::new((!empty).then_some(first)), last)
            }
            (Range::Strs(first, last), _) => {
                let mut all = Vec::new();
                let mut next = (first.len() <= last.len()).then_some(first);
                while let Some(text) = next {
                    next = next_string(&text, &last)?;
                    all.push(Val::Str(text));
                }
                all.reverse();
                Steps::List(RefCell::new(all), Cell::new(0))
            }
        };
        self.put_raw(it, Val::Iter(Iter::new(steps)));
        Ok(())
    }

    /// The next entry of an iterator: a value or a cell.
    fn iter_step(&mut self, it: R) -> Exec<Option<Val>> {
        // SAFETY: a register of the frame; the clone keeps the iterator.
        let iter = match unsafe { &*self.reg(it) } {
            Val::Iter(iter) => iter.clone(),
            _ => return Ok(None),
        };
        let address = iter.address();
        Ok(match &iter.steps {
            Steps::List(entries, at) => {
                let i = at.get();
                at.set(i + 1);
                let mut entries = entries.borrow_mut();
                match entries.get_mut(i) {
                    Some(entry) => Some(entry.clone()),
                    None => None,
                }
            }
            Steps::Array(array, at) => {
                let i = at.get();
                if i > 0 && array.is_simple() {
                    array.unbox(i - 1);
                }
                if i >= self.array_len(array)? {
                    return Ok(None);
                }
                at.set(i + 1);
                Some(Val::Cell(self.array_cell(array, i as i64)?))
            }
            Steps::ArrayBack(array, left) => {
                let i = left.get().min(self.array_len(array)?);
                if i == 0 {
                    return Ok(None);
                }
                left.set(i - 1);
                Some(Val::Cell(self.array_cell(array, i as i64 - 1)?))
            }
            Steps::Ints(next, last) => {
                let n = next.get();
                if n > *last || self.range_done == address {
                    self.range_done = 0;
                    return Ok(None);
                }
                if n == i64::MAX {
                    // There is nothing behind the last integer to count to.
                    self.range_done = address;
                } else {
                    next.set(n + 1);
                }
                Some(Val::Int(n))
            }
            Steps::IntsBack(next, last) => {
                let n = next.get();
                if n < *last || n == i64::MIN {
                    return Ok(None);
                }
                next.set(n - 1);
                Some(Val::Int(n))
            }
            Steps::Strings(next, last) => {
                let Some(text) = next.borrow_mut().take() else {
                    return Ok(None);
                };
                *next.borrow_mut() = next_string(&text, last)?;
                Some(Val::Str(text))
            }
        })
    }

    /// place `v` = the next item; false at the end. `then` is the op that runs next.
    #[inline(never)]
    pub(in crate::vm) fn iter_next(&mut self, v: R, it: R, then: *const Op) -> Exec<bool> {
        // SAFETY: a register of the frame, and an op of the unit.
        let (old, then) = unsafe { (&mut *self.reg(v), &*then) };
        // The scalar of the last item serves again where nobody has kept it; `$_` holds it too.
        let reuse = match (&*old, then) {
            (Val::Cell(cell), _) if cell.header().flags() == 0 && cell.count() == 1 => true,
            (Val::Cell(cell), Op::GAlias(g, a)) if *a == v => {
                cell.header().flags() == 0
                    && cell.count() == 2
                    && std::ptr::eq(self.global_scalar_at(*g), &raw const **cell)
            }
            _ => false,
        };
        // SAFETY: as above.
        if let Val::Iter(iter) = unsafe { &*self.reg(it) }
            && matches!(iter.steps, Steps::Array(..) | Steps::ArrayBack(..))
        {
            // The element may become a plain value again.
            // SAFETY: as above.
            Val::discard(unsafe { &mut *self.reg(v) });
        }
        let Some(entry) = self.iter_step(it)? else {
            // SAFETY: as above.
            Val::discard(unsafe { &mut *self.reg(v) });
            return Ok(false);
        };
        // SAFETY: as above.
        let place = unsafe { &mut *self.reg(v) };
        match (entry, &*place) {
            (Val::Cell(cell), _) => place.put(Val::Cell(cell)),
            (val, Val::Cell(cell)) if reuse => cell.set(val),
            (val, _) => place.put(Val::Cell(Scalar::new(val))),
        }
        Ok(true)
    }

    /// The address of a package scalar.
    fn global_scalar_at(&self, g: G) -> *const Scalar {
        self.glob_at(g).scalar_at()
    }

    /// variable `v` = a copy of the next item; false at the end.
    #[inline(never)]
    pub(in crate::vm) fn iter_next_value(&mut self, v: R, it: R) -> Exec<bool> {
        // A plain element of a simple array needs no cell of its own.
        // SAFETY: a register of the frame.
        if let Val::Iter(iter) = unsafe { &*self.reg(it) }
            && let Steps::Array(array, at) = &iter.steps
            && array.is_simple()
        {
            let i = at.get();
            if i >= array.len() {
                return Ok(false);
            }
            at.set(i + 1);
            let val = array.get(i);
            let val = self.load(val)?;
            self.put_raw(v, val);
            return Ok(true);
        }
        let Some(entry) = self.iter_step(it)? else {
            return Ok(false);
        };
        let val = self.load(entry)?;
        self.put_raw(v, val);
        Ok(true)
    }

    pub(in crate::vm) fn iter_end(&mut self, it: R) -> Exec {
        let iter = self.raw(it);
        self.put_raw(it, Val::Undef);
        if let Val::Iter(iter) = iter
            && let Steps::Array(array, at) = &iter.steps
            && at.get() > 0
            && array.is_simple()
        {
            array.unbox(at.get() - 1);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn global_alias(&mut self, g: G, a: R) -> Exec {
        let glob = self.glob_at(g);
        // SAFETY: a register of the frame.
        if let Val::Cell(cell) = unsafe { &*self.reg(a) }
            && std::ptr::eq(glob.scalar_at(), &raw const **cell)
        {
            return Ok(());
        }
        let cell = self.cell(a)?;
        let old = glob.set_scalar(cell);
        drop(old);
        Ok(())
    }

    pub(in crate::vm) fn local_alias(&mut self, g: G) -> Exec {
        let glob = self.global(g);
        let old = glob.scalar();
        self.saves.push(Save::Scalar(glob, old));
        Ok(())
    }
}
