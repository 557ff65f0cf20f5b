//! List::Util: functions over lists, with blocks called where they have one (perldoc List::Util).
use crate::bytecode::Want;
use crate::diag::warnings::Category;
use crate::text::{Numeric, PerlStr, numeric};
use crate::value::{Array, Code, Hash, Key, Rc, Scalar as Cell, Val};
use crate::vm::native::{Family, Ret, row};

use crate::vm::{Call, Exec, Rounds};
use std::cmp::Ordering;

pub(super) const FAMILY: Family = Family::new(
    "List::Util",
    &[
        row(
            "all",
            "&@",
            |call| quantify(call, "all", false, false),
            "is the block true for every item",
        ),
        row(
            "any",
            "&@",
            |call| quantify(call, "any", true, true),
            "is the block true for an item",
        ),
        row("first", "&@", first, "the first item the block is true for"),
        row("head", "$@", |call| ends(call, true), "the first items"),
        row(
            "max",
            "@",
            |call| extreme(call, Ordering::Greater),
            "the greatest number",
        ),
        row(
            "maxstr",
            "@",
            |call| extreme_str(call, Ordering::Greater),
            "the last string in order",
        ),
        row(
            "mesh",
            "",
            |call| zip(call, true, Stop::Longest),
            "items of arrays in turn",
        ),
        row(
            "mesh_longest",
            "",
            |call| zip(call, true, Stop::Longest),
            "items of arrays in turn",
        ),
        row(
            "mesh_shortest",
            "",
            |call| zip(call, true, Stop::Shortest),
            "items of arrays in turn",
        ),
        row(
            "min",
            "@",
            |call| extreme(call, Ordering::Less),
            "the least number",
        ),
        row(
            "minstr",
            "@",
            |call| extreme_str(call, Ordering::Less),
            "the first string in order",
        ),
        row(
            "none",
            "&@",
            |call| quantify(call, "none", true, false),
            "is the block true for no item",
        ),
        row(
            "notall",
            "&@",
            |call| quantify(call, "notall", false, true),
            "is the block false for an item",
        ),
        row(
            "pairfirst",
            "&@",
            |call| pair_grep(call, false),
            "the first pair the block is true for",
        ),
        row(
            "pairgrep",
            "&@",
            |call| pair_grep(call, true),
            "the pairs the block is true for",
        ),
        row(
            "pairkeys",
            "@",
            |call| halves(call, 0),
            "the first of each pair",
        ),
        row(
            "pairmap",
            "&@",
            pair_map,
            "what the block gives for each pair",
        ),
        row("pairs", "@", pairs, "pairs as objects"),
        row(
            "pairvalues",
            "@",
            |call| halves(call, 1),
            "the second of each pair",
        ),
        row(
            "product",
            "@",
            |call| total(call, Val::Int(1), "*", numeric::mul),
            "the product of numbers",
        ),
        row(
            "reduce",
            "&@",
            |call| reduce(call, false),
            "fold a list by a block",
        ),
        row(
            "reductions",
            "&@",
            |call| reduce(call, true),
            "all steps of a fold",
        ),
        row("sample", "$@", sample, "random items"),
        row("shuffle", "@", shuffle, "items in random order"),
        row("sum", "@", sum, "the sum of numbers"),
        row(
            "sum0",
            "@",
            |call| total(call, Val::Int(0), "+", numeric::add),
            "the sum of numbers, 0 for none",
        ),
        row("tail", "$@", |call| ends(call, false), "the last items"),
        row(
            "uniq",
            "@",
            |call| unique(call, Same::Str),
            "items without repetition, undef apart",
        ),
        row(
            "uniqint",
            "@",
            |call| unique(call, Same::Int),
            "integers without repetition",
        ),
        row(
            "uniqnum",
            "@",
            |call| unique(call, Same::Num),
            "numbers without repetition",
        ),
        row(
            "uniqstr",
            "@",
            |call| unique(call, Same::Text),
            "strings without repetition",
        ),
        row("unpairs", "@", unpairs, "pairs as a flat list"),
        row(
            "zip",
            "",
            |call| zip(call, false, Stop::Longest),
            "arrays of the items at each place",
        ),
        row(
            "zip_longest",
            "",
            |call| zip(call, false, Stop::Longest),
            "arrays of the items at each place",
        ),
        row(
            "zip_shortest",
            "",
            |call| zip(call, false, Stop::Shortest),
            "arrays of the items at each place",
        ),
    ],
);

fn number(n: Numeric) -> Val {
    match n {
        Numeric::Int(n) => Val::Int(n),
        Numeric::UInt(n) => Val::UInt(n),
        Numeric::Num(n) => Val::Num(n),
    }
}

/// The block that is the first argument of this function.
fn code_of(call: &mut Call<'_>, function: &str) -> Exec<Rc<Code>> {
    if call.argc() == 0 {
        return Err(call.die(format!("Usage: List::Util::{function}(block, ...)")));
    }
    let block = call.arg(0)?;
    let code = call.vm.code_of(&block)?;
    code.ok_or_else(|| call.die("Not a subroutine reference"))
}

/// The block that is the first argument, ready for its rounds.
fn block_of(call: &mut Call<'_>, function: &str) -> Exec<Rounds> {
    let code = code_of(call, function)?;
    call.vm.begin_rounds(code)
}

/// Asks the block about each item from the second argument on, `$_` being the item, until `work` gives something for
/// an item and the block's answer.
fn each_topic<T>(
    call: &mut Call<'_>,
    function: &str,
    mut work: impl FnMut(&mut Call<'_>, &Rc<Cell>, bool) -> Exec<Option<T>>,
) -> Exec<Option<T>> {
    let block = block_of(call, function)?;
    let glob = call.vm.names.underscore.clone();
    let former = glob.scalar();
    let mut ask = |call: &mut Call<'_>, i| {
        let cell = call.cell(i)?;
        drop(glob.set_scalar(cell.clone()));
        let answer = test(call, &block)?;
        work(call, &cell, answer)
    };
    let found = (1..call.argc()).find_map(|i| ask(call, i).transpose());
    call.vm.end_rounds(block);
    drop(glob.set_scalar(former));
    found.transpose()
}

fn test(call: &mut Call<'_>, block: &Rounds) -> Exec<bool> {
    call.vm.next_round(block)?;
    call.vm.answer_is_true()
}

fn first(call: &mut Call<'_>) -> Exec<Ret> {
    let found = each_topic(call, "first", |call, cell, answer| {
        answer.then(|| call.vm.fetch(cell)).transpose()
    })?;
    Ok(Ret::One(found.unwrap_or_default()))
}

/// Stops at the first item whose truth is `at`; that gives `then`, running through gives the opposite.
fn quantify(call: &mut Call<'_>, function: &str, at: bool, then: bool) -> Exec<Ret> {
    let hit = each_topic(call, function, |_, _, answer| {
        Ok((answer == at).then_some(()))
    })?;
    Ok(Val::Bool(if hit.is_some() { then } else { !then }).into())
}

/// `$a` and `$b` of the calling package, for a while.
struct AB {
    globs: [Rc<crate::value::Glob>; 2],
    former: [Rc<Cell>; 2],
}

impl AB {
    fn new(call: &Call<'_>) -> AB {
        let package = call.package();
        let glob = |name: &str| call.symbols().glob(&format!("{package}::{name}"));
        let globs = [glob("a"), glob("b")];
        let former = [globs[0].scalar(), globs[1].scalar()];
        AB { globs, former }
    }

    fn set(&self, i: usize, cell: Rc<Cell>) {
        drop(self.globs[i].set_scalar(cell));
    }
}

impl Drop for AB {
    fn drop(&mut self) {
        for (glob, cell) in self.globs.iter().zip(&self.former) {
            drop(glob.set_scalar(cell.clone()));
        }
    }
}

fn reduce(call: &mut Call<'_>, all: bool) -> Exec<Ret> {
    let block = block_of(call, if all { "reductions" } else { "reduce" })?;
    if call.argc() < 2 {
        call.vm.end_rounds(block);
        return Ok(if all {
            Ret::Nothing
        } else {
            Ret::One(Val::Undef)
        });
    }
    let vars = AB::new(call);
    let folded = fold(call, &vars, &block, all);
    call.vm.end_rounds(block);
    let folded = folded?;
    Ok(if all { Ret::List } else { Ret::One(folded) })
}

/// The items from the second argument on folded by a block; `all`: each step is pushed.
fn fold(call: &mut Call<'_>, vars: &AB, block: &Rounds, all: bool) -> Exec<Val> {
    let mut so_far = call.arg(1)?;
    if all {
        call.push(so_far.clone());
    }
    for i in 2..call.argc() {
        vars.set(0, Cell::new(so_far));
        let item = call.cell(i)?;
        vars.set(1, item);
        call.vm.next_round(block)?;
        so_far = call.vm.answer();
        if all {
            call.push(so_far.clone());
        }
    }
    Ok(so_far)
}

/// Adds or multiplies, by overloading where an item has it.
fn total(
    call: &mut Call<'_>,
    start: Val,
    op: &str,
    f: fn(Numeric, Numeric) -> Numeric,
) -> Exec<Ret> {
    let mut so_far = start;
    for val in call.args()? {
        if val.is_overloaded() || so_far.is_overloaded() {
            if let Some(got) = call.vm.overload_binary(&so_far, &val, op, false)? {
                so_far = got;
                continue;
            }
        }
        let (a, b) = (call.vm.num(&so_far)?, call.vm.num(&val)?);
        so_far = number(f(a, b));
    }
    Ok(Ret::One(so_far))
}

fn sum(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 0 {
        return Ok(Ret::One(Val::Undef));
    }
    total(call, Val::Int(0), "+", numeric::add)
}

fn extreme(call: &mut Call<'_>, wanted: Ordering) -> Exec<Ret> {
    let mut best: Option<(Val, Numeric)> = None;
    for val in call.args()? {
        let n = call.vm.num(&val)?;
        let better = match &best {
            None => true,
            Some((_, so_far)) => numeric::cmp(n, *so_far) == Some(wanted),
        };
        if better {
            best = Some((val, n));
        }
    }
    Ok(Ret::One(best.map_or(Val::Undef, |(val, n)| {
        if val.is_overloaded() { val } else { number(n) }
    })))
}

fn extreme_str(call: &mut Call<'_>, wanted: Ordering) -> Exec<Ret> {
    let mut best: Option<PerlStr> = None;
    for val in call.args()? {
        let text = call.str(&val)?;
        if best
            .as_ref()
            .is_none_or(|so_far| text.cmp(so_far) == wanted)
        {
            best = Some(text);
        }
    }
    Ok(Ret::One(best.map(Val::Str).into()))
}

fn ends(call: &mut Call<'_>, head: bool) -> Exec<Ret> {
    let n = call.arg_int(0)?;
    let items = call.args_from(1)?;
    let len = items.len() as i64;
    let keep = (if n < 0 { len + n } else { n }).clamp(0, len) as usize;
    let part = if head {
        &items[..keep]
    } else {
        &items[items.len() - keep..]
    };
    let part = part.to_vec();
    call.list(part)
}

/// What counts as the same item.
#[derive(Clone, Copy, PartialEq)]
enum Same {
    Str,
    Text,
    Num,
    Int,
}

fn unique(call: &mut Call<'_>, same: Same) -> Exec<Ret> {
    let seen = Hash::new();
    let mut undef_seen = false;
    let mut count = 0;
    for val in call.args()? {
        if same == Same::Str && val.is_undef() {
            if !std::mem::replace(&mut undef_seen, true) {
                count += 1;
                call.push(Val::Undef);
            }
            continue;
        }
        let (key, shown) = match same {
            Same::Str | Same::Text => {
                let text = call.str(&val)?;
                (
                    text.clone(),
                    if same == Same::Text {
                        Val::Str(text)
                    } else {
                        val
                    },
                )
            }
            Same::Num => {
                let n = call.vm.num(&val)?;
                let n = Numeric::whole_from_f64(n.to_f64())
                    .filter(|_| matches!(n, Numeric::Num(_)))
                    .unwrap_or(n);
                (exact_text(n), val)
            }
            Same::Int => {
                let n = numeric::int(call.vm.num(&val)?);
                let n = Numeric::whole_from_f64(n.to_f64())
                    .filter(|_| matches!(n, Numeric::Num(_)))
                    .unwrap_or(n);
                (exact_text(n), number(n))
            }
        };
        let key = Key::new(&key);
        if !seen.exists_k(&key) {
            seen.set_k(&key, Val::Int(1))?;
            count += 1;
            call.push(shown);
        }
    }
    Ok(if call.wants_list() {
        Ret::List
    } else {
        Ret::One(Val::Int(count))
    })
}

/// A text that two numbers share only if they are equal.
fn exact_text(n: Numeric) -> PerlStr {
    match n {
        Numeric::Int(n) => PerlStr::from(n.to_string()),
        Numeric::UInt(n) => PerlStr::from(n.to_string()),
        Numeric::Num(x) if x.is_nan() => PerlStr::from("NaN"),
        Numeric::Num(x) => PerlStr::from(format!("{x:e}")),
    }
}

/// A random index below `n`, from the generator of `rand`.
fn below(call: &mut Call<'_>, n: usize) -> Exec<usize> {
    let own = call.symbols().glob("List::Util::RAND").scalar().get();
    let x = match own {
        Val::CRef(code) => {
            let got = call
                .vm
                .call_sv(&Val::CRef(code), &[], Want::Scalar)?
                .pop()
                .unwrap_or_default();
            call.vm.num(&got)?.to_f64()
        }
        _ => crate::text::random::next(),
    };
    Ok(((x * n as f64) as usize).min(n.saturating_sub(1)))
}

fn shuffle(call: &mut Call<'_>) -> Exec<Ret> {
    let mut items = call.args()?;
    for i in (1..items.len()).rev() {
        let j = below(call, i + 1)?;
        items.swap(i, j);
    }
    call.list(items)
}

fn sample(call: &mut Call<'_>) -> Exec<Ret> {
    let n = call.arg_uint(0)? as usize;
    let mut items = call.args_from(1)?;
    let n = n.min(items.len());
    for i in 0..n {
        let j = i + below(call, items.len() - i)?;
        items.swap(i, j);
    }
    items.truncate(n);
    call.list(items)
}

fn pairs(call: &mut Call<'_>) -> Exec<Ret> {
    warn_odd(call, "pairs", call.argc())?;
    let items = call.args()?;
    let stash = call.symbols().stash("List::Util::_Pair");
    let mut list = Vec::with_capacity(items.len().div_ceil(2));
    for pair in items.chunks(2) {
        let array = Array::from_vec(vec![
            pair[0].clone(),
            pair.get(1).cloned().unwrap_or_default(),
        ]);
        let val = Val::ARef(array);
        if let Some(referent) = val.referent() {
            referent.bless(stash.clone());
        }
        list.push(val);
    }
    if !call.wants_list() {
        return Ok(Ret::One(Val::from(list.len())));
    }
    call.list(list)
}

fn unpairs(call: &mut Call<'_>) -> Exec<Ret> {
    for val in call.args()? {
        if let Val::ARef(array) = val {
            for i in 0..array.len().min(2) {
                let item = call.vm.load(array.get(i))?;
                call.push(item);
            }
            for _ in array.len().min(2)..2 {
                call.push(Val::Undef);
            }
        }
    }
    Ok(Ret::List)
}

fn halves(call: &mut Call<'_>, which: usize) -> Exec<Ret> {
    let name = ["pairkeys", "pairvalues"][which];
    warn_odd(call, name, call.argc())?;
    let items = call.args()?;
    let list: Vec<Val> = items
        .chunks(2)
        .map(|pair| pair.get(which).cloned().unwrap_or_default())
        .collect();
    if !call.wants_list() {
        return Ok(Ret::One(Val::from(list.len())));
    }
    call.list(list)
}

/// Warns of half a pair.
fn warn_odd(call: &mut Call<'_>, function: &str, items: usize) -> Exec {
    if items % 2 == 0 || !call.warns(Category::Misc) {
        return Ok(());
    }
    call.warn(
        Category::Misc,
        format!("Odd number of elements in {function}"),
    )
}

/// Runs `work` for each pair of items from the second argument on, `$a` and `$b` being its items, until it gives false.
fn each_pair(
    call: &mut Call<'_>,
    function: &str,
    mut work: impl FnMut(&mut Call<'_>, [&Rc<Cell>; 2]) -> Exec<bool>,
) -> Exec {
    warn_odd(call, function, call.argc() - 1)?;
    let vars = AB::new(call);
    for i in (1..call.argc()).step_by(2) {
        let (first, second) = (call.cell(i)?, call.cell(i + 1)?);
        vars.set(0, first.clone());
        vars.set(1, second.clone());
        if !work(call, [&first, &second])? {
            break;
        }
    }
    Ok(())
}

/// The pairs the block is true for, up to the first or all.
fn pair_grep(call: &mut Call<'_>, all: bool) -> Exec<Ret> {
    let name = if all { "pairgrep" } else { "pairfirst" };
    let block = block_of(call, name)?;
    let mut found = 0;
    let done = each_pair(call, name, |call, pair| {
        if !test(call, &block)? {
            return Ok(true);
        }
        found += 1;
        for cell in pair {
            let val = call.vm.fetch(cell)?;
            call.push(val);
        }
        Ok(all)
    });
    call.vm.end_rounds(block);
    done?;
    Ok(match (call.wants_list(), all) {
        (true, _) => Ret::List,
        (false, true) => Ret::One(Val::from(found)),
        (false, false) if found > 0 => Ret::One(Val::Bool(true)),
        (false, false) => Ret::Nothing,
    })
}

fn pair_map(call: &mut Call<'_>) -> Exec<Ret> {
    let block = code_of(call, "pairmap")?;
    let mut count = 0;
    each_pair(call, "pairmap", |call, _| {
        count += call.vm.call_block(&block)?;
        Ok(true)
    })?;
    Ok(match call.wants_list() {
        true => Ret::List,
        false => Ret::One(Val::from(count)),
    })
}

/// Where zip and mesh end.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    Longest,
    Shortest,
}

fn zip(call: &mut Call<'_>, flat: bool, stop: Stop) -> Exec<Ret> {
    let mut arrays = Vec::new();
    for val in call.args()? {
        match val {
            Val::ARef(array) => arrays.push(array),
            _ => return Err(call.die("Expected an ARRAY reference to zip")),
        }
    }
    let lens = arrays.iter().map(|a| a.len());
    let n = if stop == Stop::Longest {
        lens.max()
    } else {
        lens.min()
    }
    .unwrap_or(0);
    for i in 0..n {
        let mut row = Vec::with_capacity(arrays.len());
        for array in &arrays {
            row.push(call.vm.array_fetch(array, i as i64)?);
        }
        if flat {
            for val in row {
                call.push(val);
            }
        } else {
            call.push(Val::ARef(Array::from_vec(row)));
        }
    }
    Ok(Ret::List)
}
