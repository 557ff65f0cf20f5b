//! sort: by strings, by numbers, by a comparator of the program (perlfunc sort).

use crate::bytecode::{NO, R, Want};
use crate::text::Numeric;
use crate::value::code::Body;
use crate::value::{Code, Glob, Rc, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};
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
            merge_order(list.len(), |a, b| {
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
        merge_order(vals.len(), |i, j| {
            let (a, b) = if descending { (j, i) } else { (i, j) };
            Ok(self.binary(bin, &vals[a], &vals[b])?.to_int().cmp(&0))
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
        if list.len() < 2 {
            return Ok(());
        }
        let by_args = code.prototype().is_some_and(|p| p == *"$$");
        let package = self.package();
        let (a, b) = (
            self.symbols.glob(&format!("{package}::a")),
            self.symbols.glob(&format!("{package}::b")),
        );
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
        let repeats = !by_args && matches!(code.body(), Body::Perl(_));
        if repeats {
            self.enter_rounds(&code, block)?;
        }
        let sorted = merge_order(list.len(), |i, j| {
            let (x, y) = if reversed { (j, i) } else { (i, j) };
            let [a, b] = &mut stands;
            a.put(&mut list[x]);
            b.put(&mut list[y]);
            let order = if repeats {
                self.run_round()
            } else {
                let args = [&a.glob, &b.glob].map(|glob| Val::Cell(glob.scalar()));
                self.compare_with(&code, if by_args { &args } else { &[] }, block)
            };
            a.take_back(&mut list[x]);
            b.take_back(&mut list[y]);
            order
        });
        if repeats && sorted.is_ok() {
            self.leave_rounds();
        }
        let restored = self.restore(mark);
        if let Ok(order) = &sorted {
            put_in_order(list, order);
        }
        if sorted.is_err() {
            return restored.and(sorted.map(drop));
        }
        for item in list.iter_mut().filter(|_| !aliases) {
            if let Val::Cell(cell) = item {
                *item = cell.get();
            }
        }
        sorted.and(restored)
    }

    /// The frame of a comparator, which every comparison uses again.
    fn enter_rounds(&mut self, code: &Rc<Code>, block: u8) -> Exec {
        let at = self.top;
        let bits = kind::NESTED | kind::OWN_ARGS | block;
        self.push_frame(code.clone(), at, 0, NO, Want::Scalar, bits)?;
        if let Some(frame) = self.frames.last_mut() {
            frame.again = true;
        }
        Ok(())
    }

    /// One comparison, before which is looked at what is pending: a comparator without calls and
    /// loops has no safe point of its own. After an error the frame is gone.
    fn run_round(&mut self) -> Exec<Ordering> {
        if let Err(died) = self.checkpoint() {
            self.leave_rounds();
            return Err(died);
        }
        let Some(frame) = self.frames.last() else {
            return Ok(Ordering::Equal);
        };
        self.pc = frame.proto().unit.code.as_ptr();
        let floor = self.frames.len() - 1;
        let done = self.run_nested(floor);
        self.round_done = false;
        done?;
        let val = self.result.take();
        self.order_of(&val)
    }

    /// Takes the comparator's frame down.
    fn leave_rounds(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.again = false;
        }
        self.pop_frame();
    }

    fn compare_with(&mut self, code: &Rc<Code>, args: &[Val], bits: u8) -> Exec<Ordering> {
        let from = self.list.len();
        self.list.extend_from_slice(args);
        let (at, argc) = self.window_from_list(from)?;
        self.call_window(code.clone(), at, argc, Want::Scalar, bits)?;
        let val = self.list.pop().unwrap_or_default();
        self.order_of(&val)
    }

    /// What a comparator's answer means.
    #[inline]
    fn order_of(&mut self, val: &Val) -> Exec<Ordering> {
        Ok(match val {
            Val::Int(n) => n.cmp(&0),
            other => match self.num(other)? {
                Numeric::Int(n) => n.cmp(&0),
                Numeric::UInt(_) => Ordering::Greater,
                Numeric::Num(n) => n.partial_cmp(&0.0).unwrap_or(Ordering::Equal),
            },
        })
    }
}

/// `$a` or `$b` while a list is sorted: the one scalar in which item after item stands, which is far cheaper than a
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
                self.cell.with_mut(|stands| *stands = val);
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
        *item = if cell.count() > 2 || cell.header().flags() != 0 || cell.with(special) {
            Val::Cell(std::mem::replace(&mut self.cell, Scalar::new(Val::Undef)))
        } else {
            self.cell.with_mut(Val::take)
        };
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

/// The order in which `n` items stand sorted, by a stable merge sort that does not mind an
/// inconsistent comparator. Only numbers move: items may be looked at, even by Perl code.
fn merge_order(
    n: usize,
    mut compare: impl FnMut(usize, usize) -> Exec<Ordering>,
) -> Exec<Vec<u32>> {
    const RUN: usize = 6;
    let mut from: Vec<u32> = (0..n as u32).collect();
    let mut less = |x: u32, y: u32| -> Exec<bool> {
        Ok(compare(x as usize, y as usize)? != Ordering::Greater)
    };
    for run in from.chunks_mut(RUN) {
        for i in 1..run.len() {
            let mut j = i;
            while j > 0 && !less(run[j - 1], run[j])? {
                run.swap(j - 1, j);
                j -= 1;
            }
        }
    }
    let mut to = vec![0u32; n];
    let mut width = RUN;
    while width < n {
        for (pair, out) in from.chunks(width * 2).zip(to.chunks_mut(width * 2)) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            if right.is_empty() || less(left[left.len() - 1], right[0])? {
                out.copy_from_slice(pair);
                continue;
            }
            let (mut l, mut r) = (0, 0);
            for place in out {
                let take_left = r == right.len() || l < left.len() && less(left[l], right[r])?;
                *place = if take_left { left[l] } else { right[r] };
                l += usize::from(take_left);
                r += usize::from(!take_left);
            }
        }
        std::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    Ok(from)
}

#[cfg(test)]
mod tests {
    use super::merge_order;

    #[test]
    fn orders_are_stable_and_complete() {
        for n in [0, 1, 2, 5, 6, 7, 12, 13, 100, 1000] {
            let key = |i: usize| (i * 7919 + 13) % 17;
            let order = merge_order(n, |i, j| Ok(key(i).cmp(&key(j)))).unwrap_or_default();
            let mut expected: Vec<u32> = (0..n as u32).collect();
            expected.sort_by_key(|&i| key(i as usize));
            assert_eq!(order, expected, "{n}");
        }
        // A comparator that contradicts itself still gives every item once.
        let mut flip = false;
        let mut order = merge_order(50, |_, _| {
            flip = !flip;
            Ok(if flip {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Less
            })
        })
        .unwrap_or_default();
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<u32>>());
    }
}
