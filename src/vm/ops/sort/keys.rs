//! Sorting by keys that are found once for each item, where the compiler has seen that a comparator compares the same
//! of both. What is not plain (undef, objects, ties, what looks like no number) is left to the comparator itself: then
//! nothing has been done, and nothing was to be seen.

use super::sort_in_steps;
use crate::bytecode::{Holder, ItemKey, OrderBy, Variable};
use crate::text::{Numeric, PerlStr, case, number};
use crate::value::code::Closure;
use crate::value::convert::cmp_numeric;
use crate::value::{Array, Hash, Key, Rc, Val};
use crate::vm::{Exec, Vm};
use std::cmp::Ordering;

/// The keys of all items for one comparison of a chain.
enum Column {
    Ints(Vec<i64>),
    Numbers(Vec<Numeric>),
    Texts(Vec<PerlStr>),
}

impl Vm {
    /// The order in which items stand sorted by what their comparator compares; `None`: ask the comparator.
    pub(super) fn order_by_keys(
        &mut self,
        list: &[Val],
        closure: &Closure,
        reversed: bool,
    ) -> Exec<Option<Vec<u32>>> {
        let order = &closure.proto.unit.order;
        if order.is_empty() || self.tainting != 0 {
            return Ok(None);
        }
        // A sub of another package looks at other variables.
        let home = closure.proto.hints_at(0).map(|hints| &hints.package);
        if home.is_none_or(|home| *home != self.package()) {
            return Ok(None);
        }
        let mut columns = Vec::with_capacity(order.len());
        for by in order {
            let Some(column) = self.column(list, closure, by)? else {
                return Ok(None);
            };
            columns.push((column, by.descending != reversed));
        }
        let rest = columns.split_off(1);
        let tie = |a: u32, b: u32| {
            let mut orders = rest
                .iter()
                .map(|(column, down)| column.compare(a, b, *down));
            orders
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        };
        match columns.pop() {
            Some((Column::Ints(keys), down)) => self.order_column(keys, down, Ord::cmp, tie),
            Some((Column::Numbers(keys), down)) => self.order_column(keys, down, compare, tie),
            Some((Column::Texts(keys), down)) => self.order_column(keys, down, Ord::cmp, tie),
            None => Ok(None),
        }
    }

    /// The order by one column, with `tie` to decide between equals.
    fn order_column<K>(
        &mut self,
        keys: Vec<K>,
        down: bool,
        compare: impl Fn(&K, &K) -> Ordering,
        tie: impl Fn(u32, u32) -> Ordering,
    ) -> Exec<Option<Vec<u32>>> {
        let mut keyed = self.room(keys.len())?;
        keyed.extend(keys.into_iter().zip(0u32..));
        sort_in_steps(self, &mut keyed, |(x, i), (y, j)| {
            let order = if down { compare(y, x) } else { compare(x, y) };
            order.then_with(|| tie(*i, *j))
        })?;
        Ok(Some(keyed.into_iter().map(|(_, i)| i).collect()))
    }

    /// The keys of all items.
    fn column(&mut self, list: &[Val], closure: &Closure, by: &OrderBy) -> Exec<Option<Column>> {
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        match by.numeric {
            true => numbers = self.room(list.len())?,
            false => texts = self.room(list.len())?,
        }
        for (i, item) in list.iter().enumerate() {
            self.round(i)?;
            let Some(key) = key_of(&by.key, item, closure) else {
                return Ok(None);
            };
            if by.numeric {
                match as_number(&key) {
                    Some(number) => numbers.push(number),
                    None => return Ok(None),
                }
            } else {
                match as_text(key) {
                    Some(text) => texts.push(text),
                    None => return Ok(None),
                }
            }
        }
        if !by.numeric {
            return Ok(Some(Column::Texts(texts)));
        }
        let int = |n: &Numeric| {
            if let Numeric::Int(n) = n {
                Some(*n)
            } else {
                None
            }
        };
        let ints: Option<Vec<i64>> = numbers.iter().map(int).collect();
        Ok(Some(ints.map_or(Column::Numbers(numbers), Column::Ints)))
    }
}

impl Column {
    fn compare(&self, a: u32, b: u32, down: bool) -> Ordering {
        let (a, b) = if down {
            (b as usize, a as usize)
        } else {
            (a as usize, b as usize)
        };
        match self {
            Column::Ints(keys) => keys[a].cmp(&keys[b]),
            Column::Numbers(keys) => compare(&keys[a], &keys[b]),
            Column::Texts(keys) => keys[a].cmp(&keys[b]),
        }
    }
}

/// Of numbers that can all be compared.
fn compare(a: &Numeric, b: &Numeric) -> Ordering {
    cmp_numeric(*a, *b).unwrap_or(Ordering::Equal)
}

fn as_number(key: &Val) -> Option<Numeric> {
    match key {
        Val::Int(n) => Some(Numeric::Int(*n)),
        Val::UInt(n) => Some(Numeric::UInt(*n)),
        Val::Num(n) if !n.is_nan() => Some(Numeric::Num(*n)),
        Val::Str(text) => {
            let parsed = number::parse(text.as_bytes());
            let nan = matches!(parsed.value, Numeric::Num(n) if n.is_nan());
            (parsed.is_numeric() && !nan).then_some(parsed.value)
        }
        _ => None,
    }
}

fn as_text(key: Val) -> Option<PerlStr> {
    match key {
        Val::Str(text) => Some(text),
        Val::Int(_) | Val::UInt(_) | Val::Num(_) => Some(key.to_str()),
        _ => None,
    }
}

/// The key of an item, if all on the way to it is plain.
fn key_of(key: &ItemKey, item: &Val, closure: &Closure) -> Option<Val> {
    let text_of = |key: &ItemKey| key_of(key, item, closure).and_then(as_text);
    match key {
        ItemKey::Item => plain(item),
        ItemKey::Scalar(Variable::Captured(u)) => plain(closure.captures.get(*u as usize)?),
        ItemKey::Scalar(Variable::Global(g)) => {
            plain(&Val::Cell(closure.proto.globs.get(*g as usize)?.scalar()))
        }
        ItemKey::Key(hash, key) => {
            let hash = hash_of(hash, item, closure)?;
            let key = text_of(key)?;
            plain(&Key::lend(&key, |key| hash.get_k(key))?)
        }
        ItemKey::KeyK(hash, k) => {
            let hash = hash_of(hash, item, closure)?;
            plain(&hash.get_k(closure.proto.key(*k as usize))?)
        }
        ItemKey::Index(array, index) => {
            let array = array_of(array, item, closure)?;
            match key_of(index, item, closure)? {
                Val::Int(i) => element(&array, i),
                _ => None,
            }
        }
        ItemKey::IndexK(array, i) => element(&*array_of(array, item, closure)?, *i),
        ItemKey::Length(key) => Some(Val::from(text_of(key)?.char_len())),
        ItemKey::Lc(key, unicode) => Some(Val::Str(case::lc(&text_of(key)?, *unicode).ok()?)),
        ItemKey::Uc(key, unicode) => Some(Val::Str(case::uc(&text_of(key)?, *unicode).ok()?)),
    }
}

/// A value of the plain kinds.
fn plain(val: &Val) -> Option<Val> {
    let val = val.behind();
    match val {
        Val::Int(_) | Val::UInt(_) | Val::Num(_) | Val::Str(_) | Val::HRef(_) | Val::ARef(_) => {
            Some(val.clone())
        }
        _ => None,
    }
}

fn element(array: &Array, i: i64) -> Option<Val> {
    let i = if i < 0 { i + array.len() as i64 } else { i };
    let i = usize::try_from(i).ok().filter(|i| *i < array.len())?;
    plain(&array.get(i))
}

fn hash_of(holder: &Holder, item: &Val, closure: &Closure) -> Option<Rc<Hash>> {
    let hash = match holder {
        Holder::Named(Variable::Captured(u)) => match closure.captures.get(*u as usize)? {
            Val::HRef(hash) => hash.clone(),
            _ => return None,
        },
        Holder::Named(Variable::Global(g)) => closure.proto.globs.get(*g as usize)?.hash()?,
        Holder::Behind(key) => match key_of(key, item, closure)? {
            Val::HRef(hash) if !hash.blessed_overloads() => hash,
            _ => return None,
        },
    };
    hash.is_simple().then_some(hash)
}

fn array_of(holder: &Holder, item: &Val, closure: &Closure) -> Option<Rc<Array>> {
    let array = match holder {
        Holder::Named(Variable::Captured(u)) => match closure.captures.get(*u as usize)? {
            Val::ARef(array) => array.clone(),
            _ => return None,
        },
        Holder::Named(Variable::Global(g)) => closure.proto.globs.get(*g as usize)?.array()?,
        Holder::Behind(key) => match key_of(key, item, closure)? {
            Val::ARef(array) if !array.blessed_overloads() => array,
            _ => return None,
        },
    };
    array.is_simple().then_some(array)
}
