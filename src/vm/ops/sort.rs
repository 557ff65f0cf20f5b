//! sort: by strings, by numbers, by a comparator of the program (perlfunc sort).

use crate::bytecode::{R, Want};
use crate::text::Numeric;
use crate::value::code::Body;
use crate::value::{Code, Rc, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::saves::Save;
use crate::vm::{Exec, Vm};
use std::cmp::Ordering;

impl Vm {
    pub(in crate::vm) fn list_sort(&mut self, how: u8, c: R) -> Exec {
        let from = self.pop_mark().min(self.list.len());
        let mut list = self.list.split_off(from);
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
        let mut order: Vec<Val> = (0..list.len() as i64).map(Val::Int).collect();
        let number = matches!(kind, 1 | 2 | 5);
        let (mut numbers, mut strings) = (Vec::new(), Vec::new());
        if vals.iter().any(|v| v.is_ref() && v.is_overloaded()) {
            self.order_overloaded(&mut order, &vals, kind)?;
        } else {
            for val in &vals {
                match number {
                    true => numbers.push(self.num(val)?),
                    false => strings.push(self.str(val)?),
                }
            }
            let descending = matches!(kind, 2 | 3);
            merge_sort(&mut order, &mut |a, b| {
                let (a, b) = (a.to_int() as usize, b.to_int() as usize);
                let order = match number {
                    true => total(crate::value::convert::cmp_numeric(numbers[a], numbers[b])),
                    false => strings[a].cmp(&strings[b]),
                };
                Ok(if descending { order.reverse() } else { order })
            })?;
        }
        let entries: Vec<Val> = list.iter_mut().map(Val::take).collect();
        for (place, from) in list.iter_mut().zip(order) {
            *place = entries[from.to_int() as usize].clone();
        }
        Ok(())
    }

    fn sort_overloaded(&mut self, list: &mut [Val], kind: u8) -> Exec {
        let vals = list.to_vec();
        let mut order: Vec<Val> = (0..list.len() as i64).map(Val::Int).collect();
        self.order_overloaded(&mut order, &vals, kind)?;
        for (place, from) in list.iter_mut().zip(order) {
            *place = vals[from.to_int() as usize].clone();
        }
        Ok(())
    }

    /// Sorts indexes of values by the operators of their classes.
    fn order_overloaded(&mut self, order: &mut [Val], vals: &[Val], kind: u8) -> Exec {
        use crate::bytecode::Bin;
        let bin = if matches!(kind, 1 | 2 | 5) {
            Bin::Spaceship
        } else {
            Bin::StrCmp
        };
        let descending = matches!(kind, 2 | 3);
        merge_sort(order, &mut |a, b| {
            let (a, b) = if descending { (b, a) } else { (a, b) };
            let (a, b) = (&vals[a.to_int() as usize], &vals[b.to_int() as usize]);
            Ok(self.binary(bin, a, b)?.to_int().cmp(&0))
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
        // Every item is a cell of its own, so that `$a` aliases it.
        for item in list.iter_mut() {
            if !matches!(item, Val::Cell(_)) {
                *item = Val::Cell(Scalar::new(item.take()));
            }
        }
        let sorted = merge_sort(list, &mut |x, y| {
            let (x, y) = if reversed { (y, x) } else { (x, y) };
            if let (Val::Cell(x), Val::Cell(y)) = (x, y) {
                drop(a.set_scalar(x.clone()));
                drop(b.set_scalar(y.clone()));
            }
            let args: &[Val] = if by_args {
                &[x.clone(), y.clone()]
            } else {
                &[]
            };
            self.compare_with(&code, args, block)
        });
        let restored = self.restore(mark);
        for item in list.iter_mut().filter(|_| !aliases) {
            if let Val::Cell(cell) = item {
                *item = cell.get();
            }
        }
        sorted.and(restored)
    }

    fn compare_with(&mut self, code: &Rc<Code>, args: &[Val], bits: u8) -> Exec<Ordering> {
        let from = self.list.len();
        self.list.extend_from_slice(args);
        let (at, argc) = self.window_from_list(from)?;
        self.call_window(code.clone(), at, argc, Want::Scalar, bits)?;
        let val = self.list.pop().unwrap_or_default();
        Ok(match val {
            Val::Int(n) => n.cmp(&0),
            other => match self.num(&other)? {
                Numeric::Int(n) => n.cmp(&0),
                Numeric::UInt(_) => Ordering::Greater,
                Numeric::Num(n) => n.partial_cmp(&0.0).unwrap_or(Ordering::Equal),
            },
        })
    }
}

fn total(order: Option<Ordering>) -> Ordering {
    order.unwrap_or(Ordering::Equal)
}

/// What is sorted between two looks at what is pending.
const STEP: usize = 1 << 17;

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

/// Sorts by an order that may run Perl code; an error leaves the list in pieces.
fn merge_sort(list: &mut [Val], compare: &mut dyn FnMut(&Val, &Val) -> Exec<Ordering>) -> Exec {
    let n = list.len();
    if n < 2 {
        return Ok(());
    }
    if n <= 6 {
        for i in 1..n {
            let mut j = i;
            while j > 0 && compare(&list[j - 1], &list[j])? == Ordering::Greater {
                list.swap(j - 1, j);
                j -= 1;
            }
        }
        return Ok(());
    }
    let mid = n / 2;
    merge_sort(&mut list[..mid], compare)?;
    merge_sort(&mut list[mid..], compare)?;
    if compare(&list[mid - 1], &list[mid])? != Ordering::Greater {
        return Ok(());
    }
    let left: Vec<Val> = list[..mid].iter_mut().map(Val::take).collect();
    let right: Vec<Val> = list[mid..].iter_mut().map(Val::take).collect();
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    for place in list.iter_mut() {
        let from_right = match (left.peek(), right.peek()) {
            (Some(l), Some(r)) => compare(l, r)? == Ordering::Greater,
            (None, _) => true,
            (_, None) => false,
        };
        let next = if from_right {
            right.next()
        } else {
            left.next()
        };
        *place = next.unwrap_or_default();
    }
    Ok(())
}
