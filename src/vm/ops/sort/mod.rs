//! sort: by strings, by numbers, by a comparator of the program (perlfunc sort).

mod keys;
mod merge;

use crate::bytecode::R;
use crate::text::Numeric;
use crate::value::code::Body;
use crate::value::{Code, Glob, Rc, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};
use merge::merge_sort;
use std::cmp::Ordering;

impl Vm {
    pub(in crate::vm) fn list_sort(&mut self, how: u8, c: R) -> Exec {
        let from = self.pop_mark().min(self.list.len());
        if let Some(part) = self.list.get_mut(from..)
            && sort_in_place(part, how)
        {
            return Ok(());
        }
        let mut list = Vec::with_capacity(self.list.len() - from);
        self.drain_list(from, &mut list)?;
        for entry in &mut list {
            if !entry.is_rvalue() && !matches!(entry, Val::Cell(_)) {
                *entry = self.load(entry.clone())?;
            }
        }
        let (reversed, aliases) = (how & 16 != 0, how & 32 != 0);
        match how & 7 {
            4 => {
                let code = self.get(c)?;
                let Some(code) = self.code_of(&code)? else {
                    return Err(match code {
                        Val::Undef => self.die("Undefined sort subroutine called"),
                        other => {
                            let name = other.to_str();
                            self.die(format!("Undefined sort subroutine \"main::{name}\" called"))
                        }
                    });
                };
                self.sort_by_code(&mut list, code, reversed, aliases)?;
            }
            kind if aliases => {
                self.sort_aliases(&mut list, kind)?;
                if reversed {
                    list.reverse();
                }
            }
            kind => {
                for entry in &mut list {
                    if let Val::Cell(cell) = entry {
                        *entry = self.fetch(&cell.clone())?;
                    }
                }
                self.sort_plain(&mut list, kind)?;
                if reversed {
                    list.reverse();
                }
            }
        }
        self.list.extend(list);
        Ok(())
    }

    fn sort_plain(&mut self, list: &mut Vec<Val>, kind: u8) -> Exec {
        if list.iter().any(|v| v.is_ref() && v.is_overloaded()) {
            return self.sort_overloaded(list, kind);
        }
        match kind {
            1 | 2 | 5 => {
                for val in list.iter() {
                    if !val.is_number() {
                        self.num(val)?;
                    }
                }
                let descending = kind == 2;
                if list.iter().all(|v| matches!(v, Val::Int(_))) {
                    let key = |v: &Val| if let Val::Int(n) = v { *n } else { 0 };
                    return match descending {
                        false => sort_in_steps(self, list, |a, b| key(a).cmp(&key(b))),
                        true => sort_in_steps(self, list, |a, b| key(b).cmp(&key(a))),
                    };
                }
                let mut keyed: Vec<(Numeric, Val)> =
                    list.drain(..).map(|v| (v.to_num(), v)).collect();
                sort_in_steps(self, &mut keyed, |a, b| {
                    let order = total(crate::value::convert::cmp_numeric(a.0, b.0));
                    if descending { order.reverse() } else { order }
                })?;
                list.extend(keyed.into_iter().map(|(_, v)| v));
            }
            _ => {
                let descending = kind == 3;
                if list.iter().any(|v| !matches!(v, Val::Str(_))) {
                    let mut keyed = Vec::with_capacity(list.len());
                    for val in list.drain(..) {
                        keyed.push((self.str(&val)?, val));
                        self.round(keyed.len())?;
                    }
                    sort_in_steps(self, &mut keyed, |a, b| {
                        if descending {
                            b.0.cmp(&a.0)
                        } else {
                            a.0.cmp(&b.0)
                        }
                    })?;
                    list.extend(keyed.into_iter().map(|(_, v)| v));
                    return Ok(());
                }
                sort_in_steps(self, list, |a, b| {
                    if descending {
                        b.cmp_str(a)
                    } else {
                        a.cmp_str(b)
                    }
                })?;
            }
        }
        Ok(())
    }

    /// Sorts entries that stay what they are: aliases of the items.
    fn sort_aliases(&mut self, list: &mut [Val], kind: u8) -> Exec {
        let mut vals = Vec::with_capacity(list.len());
        for entry in list.iter() {
            vals.push(match entry {
                Val::Cell(cell) => self.fetch(cell)?,
                val => val.clone(),
            });
        }
        let number = matches!(kind, 1 | 2 | 5);
        let (mut numbers, mut strings) = (Vec::new(), Vec::new());
        let order = if vals.iter().any(|v| v.is_ref() && v.is_overloaded()) {
            self.order_overloaded(&vals, kind)?
        } else {
            for val in &vals {
                match number {
                    true => numbers.push(self.num(val)?),
                    false => strings.push(self.str(val)?),
                }
            }
            let descending = matches!(kind, 2 | 3);
            self.merge_order(list.len(), |_, a, b| {
                let order = match number {
                    true => total(crate::value::convert::cmp_numeric(numbers[a], numbers[b])),
                    false => strings[a].cmp(&strings[b]),
                };
                Ok(if descending { order.reverse() } else { order })
            })?
        };
        put_in_order(list, &order);
        Ok(())
    }

    /// The order in which `n` items stand sorted. Only numbers move: items may be looked at, even by Perl code.
    fn merge_order(
        &mut self,
        n: usize,
        mut compare: impl FnMut(&mut Vm, usize, usize) -> Exec<Ordering>,
    ) -> Exec<Vec<u32>> {
        let mut order = self.room(n)?;
        order.extend(0..n as u32);
        let mut aside = self.room(n)?;
        merge_sort(&mut order, &mut aside, |x: &mut u32, y| -> Exec<bool> {
            Ok(compare(self, *x as usize, *y as usize)? == Ordering::Greater)
        })?;
        Ok(order)
    }

    /// Room for a list of `n`.
    fn room<T>(&self, n: usize) -> Exec<Vec<T>> {
        let mut list = Vec::new();
        list.try_reserve_exact(n).map_err(|_| self.too_large())?;
        Ok(list)
    }

    fn sort_overloaded(&mut self, list: &mut [Val], kind: u8) -> Exec {
        let vals = list.to_vec();
        let order = self.order_overloaded(&vals, kind)?;
        put_in_order(list, &order);
        Ok(())
    }

    /// The order of values by the operators of their classes.
    fn order_overloaded(&mut self, vals: &[Val], kind: u8) -> Exec<Vec<u32>> {
        use crate::bytecode::Bin;
        let bin = if matches!(kind, 1 | 2 | 5) {
            Bin::Spaceship
        } else {
            Bin::StrCmp
        };
        let descending = matches!(kind, 2 | 3);
        self.merge_order(vals.len(), |vm, i, j| {
            let (a, b) = if descending { (j, i) } else { (i, j) };
            Ok(vm.binary(bin, &vals[a], &vals[b])?.to_int().cmp(&0))
        })
    }

    /// Sorts by a sub or block that looks at `$a` and `$b` of its package, or with the prototype
    /// `$$` at its arguments.
    fn sort_by_code(
        &mut self,
        list: &mut [Val],
        code: Rc<Code>,
        reversed: bool,
        aliases: bool,
    ) -> Exec {
        let by_args = code.prototype().is_some_and(|p| p == *"$$");
        let keys = match code.body() {
            Body::Perl(closure) if !by_args => self.order_by_keys(list, closure, reversed)?,
            _ => None,
        };
        match keys {
            Some(order) => put_in_order(list, &order),
            None => self.sort_by_comparing(list, code, by_args, reversed)?,
        }
        for item in list.iter_mut().filter(|_| !aliases) {
            if let Val::Cell(cell) = item {
                *item = cell.get();
            }
        }
        Ok(())
    }

    /// Sorts by calling the sub for two items and two items.
    fn sort_by_comparing(
        &mut self,
        list: &mut [Val],
        code: Rc<Code>,
        by_args: bool,
        reversed: bool,
    ) -> Exec {
        if list.len() < 2 {
            return Ok(());
        }
        let package = self.package();
        let variable = |name| match by_args {
            true => Glob::new(package.clone(), name),
            false => self.symbols.glob(&format!("{package}::{name}")),
        };
        let (a, b) = (variable("a"), variable("b"));
        let mark = self.saves.len();
        self.saves.push(Save::Scalar(a.clone(), a.scalar()));
        self.saves.push(Save::Scalar(b.clone(), b.scalar()));
        let block = match code.body() {
            Body::Perl(closure) if closure.proto.unit.flags.kind_block => {
                kind::BLOCK | kind::NO_ARGS
            }
            _ => 0,
        };
        let mut stands = [Stand::new(a), Stand::new(b)];
        let rounds = match by_args {
            true => None,
            false => Some(self.rounds_of(code.clone(), block)?),
        };
        let mut aside = self.room(list.len())?;
        let sorted = merge_sort(list, &mut aside, |x, y| {
            let (x, y) = if reversed { (y, x) } else { (x, y) };
            let [a, b] = &mut stands;
            a.put(x);
            b.put(y);
            let order = match &rounds {
                Some(rounds) => self
                    .next_round(rounds)
                    .and_then(|()| self.answer_as_order()),
                None => {
                    let args = [&a.glob, &b.glob].map(|glob| Val::Cell(glob.scalar()));
                    self.call_for_one(&code, &args)
                        .and_then(|answer| self.order_of(&answer))
                }
            };
            a.take_back(x);
            b.take_back(y);
            Ok(order? == Ordering::Greater)
        });
        if let Some(rounds) = rounds {
            self.end_rounds(rounds);
        }
        let restored = self.restore(mark);
        restored.and(sorted)
    }

    /// What a comparator's answer means.
    pub(in crate::vm) fn order_of(&mut self, val: &Val) -> Exec<Ordering> {
        Ok(match self.num(val)? {
            Numeric::Int(n) => n.cmp(&0),
            Numeric::UInt(_) => Ordering::Greater,
            Numeric::Num(n) => n.partial_cmp(&0.0).unwrap_or(Ordering::Equal),
        })
    }
}

/// `$a` or `$b` (or what goes to `@_`) while a list is sorted: the one scalar in which item after item stands, which is far cheaper than a
/// scalar for each.
struct Stand {
    glob: Rc<Glob>,
    cell: Rc<Scalar>,
}

impl Stand {
    fn new(glob: Rc<Glob>) -> Stand {
        let cell = Scalar::new(Val::Undef);
        Stand { glob, cell }
    }

    /// Makes the variable this item; one that has a scalar is aliased.
    #[inline]
    fn put(&mut self, item: &mut Val) {
        let cell = match item {
            Val::Cell(cell) => cell,
            plain => {
                let val = plain.take();
                self.cell.with_mut(|stands| stands.put(val));
                &self.cell
            }
        };
        if !std::ptr::eq(self.glob.scalar_at(), &**cell) {
            drop(self.glob.set_scalar(cell.clone()));
        }
    }

    /// Gives the item its value back, or the scalar itself if the comparator kept hold of it.
    #[inline]
    fn take_back(&mut self, item: &mut Val) {
        if matches!(item, Val::Cell(_)) {
            return;
        }
        let cell = &self.cell;
        let special = |val: &Val| matches!(val, Val::Magic(_) | Val::Weak(_));
        let val = if cell.count() > 2 || cell.header().flags() != 0 || cell.with(special) {
            Val::Cell(std::mem::replace(&mut self.cell, Scalar::new(Val::Undef)))
        } else {
            self.cell.with_mut(Val::take)
        };
        item.put(val);
    }
}

/// Sorts what needs no code to be asked: integers by number, strings by characters.
fn sort_in_place(list: &mut [Val], how: u8) -> bool {
    let descending = matches!(how & 7, 2 | 3);
    if how & 32 != 0 || list.len() > 2 * STEP {
        return false;
    }
    match how & 7 {
        1 | 2 | 5 if list.iter().all(|v| matches!(v, Val::Int(_))) => {
            let key = |v: &Val| if let Val::Int(n) = v { *n } else { 0 };
            match descending {
                false => list.sort_by_key(key),
                true => list.sort_by_key(|v| std::cmp::Reverse(key(v))),
            }
        }
        1 | 2 | 4 | 5 => return false,
        _ if list.iter().all(|v| matches!(v, Val::Str(_))) => match descending {
            false => list.sort_by(Val::cmp_str),
            true => list.sort_by(|a, b| b.cmp_str(a)),
        },
        _ => return false,
    }
    if how & 16 != 0 {
        list.reverse();
    }
    true
}

/// Puts items in an order.
fn put_in_order(list: &mut [Val], order: &[u32]) {
    let mut items: Vec<Val> = list.iter_mut().map(Val::take).collect();
    for (place, from) in list.iter_mut().zip(order) {
        *place = items[*from as usize].take();
    }
}

fn total(order: Option<Ordering>) -> Ordering {
    order.unwrap_or(Ordering::Equal)
}

/// What is sorted between two looks at what is pending.
const STEP: usize = 1 << 14;

/// Sorts by an order that runs no Perl code; long lists in runs, which are then merged, with a
/// checkpoint now and then.
fn sort_in_steps<T>(vm: &mut Vm, list: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Exec {
    if list.len() <= 2 * STEP {
        list.sort_by(order);
        return Ok(());
    }
    let mut runs = Vec::new();
    while !list.is_empty() {
        let mut run = list.split_off(list.len().saturating_sub(STEP));
        run.sort_by(&order);
        runs.push(run);
        vm.checkpoint()?;
    }
    runs.reverse();
    while runs.len() > 1 {
        let mut longer = Vec::with_capacity(runs.len().div_ceil(2));
        let mut rest = runs.into_iter();
        while let Some(left) = rest.next() {
            longer.push(match rest.next() {
                Some(right) => merged(vm, left, right, &order)?,
                None => left,
            });
        }
        runs = longer;
    }
    *list = runs.pop().unwrap_or_default();
    Ok(())
}

/// Two sorted runs as one; of equals those of the first come first.
fn merged<T>(
    vm: &mut Vm,
    left: Vec<T>,
    right: Vec<T>,
    order: &impl Fn(&T, &T) -> Ordering,
) -> Exec<Vec<T>> {
    let mut out = Vec::new();
    out.try_reserve_exact(left.len() + right.len())
        .map_err(|_| vm.too_large())?;
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        let from_right = match (left.peek(), right.peek()) {
            (Some(l), Some(r)) => order(l, r) == Ordering::Greater,
            (None, _) => true,
            (_, None) => false,
        };
        let next = if from_right {
            right.next()
        } else {
            left.next()
        };
        let Some(next) = next else {
            return Ok(out);
        };
        out.push(next);
        if out.len() % STEP == 0 {
            vm.checkpoint()?;
        }
    }
}
