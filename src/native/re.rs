//! Functions about patterns and the last match (perldoc re, Tie::Hash::NamedCapture), and what stands behind `%+ %- @- @+`.
use super::usage;
use crate::regex::{Flags, Regex};
use crate::text::PerlStr;
use crate::value::{Array, HasSide, Hash, Scalar, Val};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec, Vm};
use std::rc::Rc as Shared;

pub(super) const BUILT_IN: Family = Family::new(
    "re",
    &[
        row("is_regexp", "$", is_regexp, "is it made by qr//"),
        row(
            "regexp_pattern",
            "$",
            regexp_pattern,
            "the text and flags of a pattern",
        ),
        row("regname", ";$$", regname, "what a named group matched"),
        row("regnames", ";$", regnames, "the names of groups"),
        row(
            "regnames_count",
            "",
            regnames_count,
            "how many names the last pattern has",
        ),
    ],
);

pub(super) const FAMILY: Family = Family::new(
    "re",
    &[
        row(
            "optimization",
            "$",
            optimization,
            "what is known of a pattern in advance",
        ),
        row(
            "install",
            "",
            |_| Ok(Ret::One(Val::Int(0))),
            "what use re 'debug' asks for",
        ),
        row("regmust", "$", regmust, "texts every match must contain"),
    ],
);

pub(super) const NAMED_CAPTURE: Family = Family::new(
    "Tie::Hash::NamedCapture",
    &[
        free("CLEAR", |call| no_change(call, 1, "CLEAR()"), "refuses"),
        free(
            "DELETE",
            |call| no_change(call, 2, "DELETE($key)"),
            "refuses",
        ),
        free("EXISTS", exists, "does the last pattern have the name"),
        free("FETCH", fetch, "what a named group matched"),
        free("FIRSTKEY", first_key, "the first name"),
        free("NEXTKEY", next_key, "the name after another"),
        free(
            "SCALAR",
            |call| match own(call, 1, "SCALAR()")? {
                true => Ok(Val::from(visible(call)?.len()).into()),
                false => Ok(Val::Undef.into()),
            },
            "how many names there are",
        ),
        free(
            "STORE",
            |call| no_change(call, 3, "STORE($key, $value)"),
            "refuses",
        ),
        free(
            "TIEHASH",
            tie_hash,
            "a hash like %+, or like %- where all is asked for",
        ),
        free("flags", flags, "the numbers of perl's kinds of look-up"),
    ],
);

/// `@-` and `@+`.
const OFFSETS: Family = Family::new(
    "re::Offsets",
    &[
        free("CLEAR", read_only, "refuses"),
        free(
            "EXISTS",
            |call| Ok(Val::Bool(!offset(call)?.is_undef()).into()),
            "did the group match",
        ),
        free("EXTEND", read_only, "refuses"),
        free(
            "FETCH",
            |call| Ok(offset(call)?.into()),
            "where a group begins or ends",
        ),
        free("FETCHSIZE", offsets, "how many groups there are"),
        free("STORE", read_only, "refuses"),
        free("STORESIZE", read_only, "refuses"),
        free("DELETE", read_only, "refuses"),
    ],
);

/// Only the groups that matched, or each name with all its groups.
const LEFTMOST: i64 = 256;
const ALL: i64 = 512;

/// Puts `%+ %- @- @+` in their places.
pub(super) fn tie_named_captures(vm: &mut Vm) {
    for row in OFFSETS.rows {
        vm.define_row(OFFSETS.name, row);
    }
    for (name, kind) in [("main::+", LEFTMOST), ("main::-", ALL)] {
        let object = object(vm, NAMED_CAPTURE.name, kind);
        vm.symbols.glob(name).hash_mut().set_tied(Some(object));
    }
    for (name, ends) in [("main::-", 0), ("main::+", 1)] {
        let object = object(vm, OFFSETS.name, ends);
        vm.symbols.glob(name).array_mut().set_tied(Some(object));
    }
}

fn object(vm: &Vm, class: &str, kind: i64) -> Val {
    let cell = Scalar::new(Val::Int(kind));
    cell.bless(vm.symbols.stash(class));
    Val::SRef(cell)
}

/// What an object made above is for.
fn kind(call: &mut Call<'_>) -> Exec<i64> {
    Ok(match call.arg(0)? {
        Val::SRef(cell) => cell.get().to_int(),
        _ => LEFTMOST,
    })
}

/// Checks how a method is called; whether it is by an object of ours.
fn own(call: &mut Call<'_>, count: usize, method: &str) -> Exec<bool> {
    let text = format!("Tie::Hash::NamedCapture::{method}");
    usage(call, count..=count, &text)?;
    Ok(call.arg(0)?.is_ref())
}

fn no_change(call: &mut Call<'_>, count: usize, method: &str) -> Exec<Ret> {
    own(call, count, method)?;
    read_only(call)
}

fn read_only(call: &mut Call<'_>) -> Exec<Ret> {
    Err(call.die("Modification of a read-only value attempted"))
}

fn flags(call: &mut Call<'_>) -> Exec<Ret> {
    call.list([Val::Int(LEFTMOST), Val::Int(ALL)])
}

fn tie_hash(call: &mut Call<'_>) -> Exec<Ret> {
    let class = call.arg_str(0)?.to_str_lossy().into_owned();
    let mut all = false;
    let options = call.args_from(1)?;
    for pair in options.chunks(2) {
        if let [name, wanted] = pair
            && call.str(name)?.as_bytes() == b"all"
        {
            all = call.vm.truth(wanted)?;
        }
    }
    Ok(object(call.vm, &class, if all { ALL } else { LEFTMOST }).into())
}

/// The names a hash of the kind shows.
fn visible(call: &mut Call<'_>) -> Exec<Vec<Shared<str>>> {
    let all = kind(call)? == ALL;
    Ok(names(call.vm, all))
}

fn names(vm: &Vm, all: bool) -> Vec<Shared<str>> {
    let mut names = vm.matched.names();
    if !all {
        names.retain(|name| vm.matched.named(name).is_some());
    }
    names
}

fn found(vm: &Vm, name: &str, all: bool) -> Val {
    if !all {
        return vm.matched.named(name).map(Val::Str).into();
    }
    match vm.matched.all_named(name) {
        Some(groups) => {
            let list = groups.into_iter().map(|g| g.map(Val::Str).into()).collect();
            Val::ARef(Array::from_vec(list))
        }
        None => Val::Undef,
    }
}

fn fetch(call: &mut Call<'_>) -> Exec<Ret> {
    if !own(call, 2, "FETCH($key)")? {
        return Ok(Val::Undef.into());
    }
    let all = kind(call)? == ALL;
    let name = call.arg_str(1)?;
    Ok(found(call.vm, &name.to_str_lossy(), all).into())
}

fn exists(call: &mut Call<'_>) -> Exec<Ret> {
    if !own(call, 2, "EXISTS($key)")? {
        return Ok(Val::Undef.into());
    }
    let name = call.arg_str(1)?;
    let name = name.to_str_lossy().into_owned();
    Ok(Val::Bool(visible(call)?.iter().any(|n| **n == *name)).into())
}

fn first_key(call: &mut Call<'_>) -> Exec<Ret> {
    if !own(call, 1, "FIRSTKEY()")? {
        return Ok(Val::Undef.into());
    }
    Ok(Ret::One(visible(call)?.first().map(|n| Val::str(n)).into()))
}

fn next_key(call: &mut Call<'_>) -> Exec<Ret> {
    if !own(call, 2, "NEXTKEY($lastkey)")? {
        return Ok(Val::Undef.into());
    }
    let last = call.arg_str(1)?;
    let last = last.to_str_lossy().into_owned();
    let names = visible(call)?;
    let next = names.iter().skip_while(|n| ***n != *last).nth(1);
    Ok(Ret::One(next.map(|n| Val::str(n)).into()))
}

/// `$-[n]` or `$+[n]`, in characters.
fn offset(call: &mut Call<'_>) -> Exec<Val> {
    let ends = kind(call)? == 1;
    let Ok(group) = usize::try_from(call.arg_int(1)?) else {
        return Ok(Val::Undef);
    };
    Ok(match call.vm.matched.char_span(group) {
        Some((start, end)) => Val::from(if ends { end } else { start }),
        None => Val::Undef,
    })
}

/// `@+` has a place for each group of the pattern, `@-` up to the last that matched.
fn offsets(call: &mut Call<'_>) -> Exec<Ret> {
    let ends = kind(call)? == 1;
    let matched = &call.vm.matched;
    if matched.data().is_none() {
        return Ok(Val::Int(0).into());
    }
    let groups = matched.groups();
    let last = if ends {
        groups
    } else {
        (1..=groups)
            .rev()
            .find(|&n| matched.span(n).is_some())
            .unwrap_or(0)
    };
    Ok(Val::from(last + 1).into())
}

/// The pattern of a `qr//`, or of a reference to one.
fn pattern(call: &mut Call<'_>, i: usize) -> Exec<Option<Shared<Regex>>> {
    let val = call.arg(i)?;
    let program = |val: &Val| match val {
        Val::Regexp(regexp) => Some(regexp.program.clone()),
        _ => None,
    };
    Ok(match &val {
        Val::SRef(cell) => cell.with(program),
        val => program(val),
    })
}

fn is_regexp(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "re::is_regexp(sv)")?;
    Ok(Val::Bool(pattern(call, 0)?.is_some()).into())
}

/// The letters as `regexp_pattern` gives them: the modifiers, then the charset.
fn letters(regex: &Regex) -> String {
    const ROWS: [(u16, char); 7] = [
        (Flags::M, 'm'),
        (Flags::S, 's'),
        (Flags::I, 'i'),
        (Flags::X, 'x'),
        (Flags::XX, 'x'),
        (Flags::N, 'n'),
        (Flags::P, 'p'),
    ];
    let flags = regex.flags();
    let mut text: String = ROWS
        .iter()
        .filter(|row| flags.has(row.0))
        .map(|row| row.1)
        .collect();
    text.push_str(flags.charset.letters());
    text
}

fn regexp_pattern(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "re::regexp_pattern(sv)")?;
    let Some(regex) = pattern(call, 0)? else {
        if call.wants_list() {
            return Ok(Ret::List);
        }
        return Ok(Val::Bool(false).into());
    };
    let (text, utf8) = regex.text();
    let string = |bytes: &[u8]| {
        let mut text = PerlStr::from_bytes(bytes);
        text.set_utf8_flag(utf8);
        Val::Str(text)
    };
    if !call.wants_list() {
        return Ok(string(&regex.to_qr()).into());
    }
    call.list([string(text), Val::str(&letters(&regex))])
}

fn regname(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "re::regname(name[, all ])")?;
    let name = call.arg_str(0)?;
    let all = call.arg_bool(1)?;
    Ok(found(call.vm, &name.to_str_lossy(), all).into())
}

fn regnames(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=1, "re::regnames([all])")?;
    let all = call.arg_bool(0)?;
    let names: Vec<Val> = names(call.vm, all).iter().map(|n| Val::str(n)).collect();
    call.list(names)
}

fn regnames_count(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "re::regnames_count()")?;
    Ok(match call.vm.matched.regex() {
        Some(regex) => Val::from(regex.names().len()).into(),
        None => Ret::One(Val::Undef),
    })
}

fn text_of(chars: Option<Vec<u32>>) -> Val {
    chars
        .map(|chars| Val::Str(PerlStr::from_code_points(chars)))
        .into()
}

fn regmust(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "re::regmust(sv)")?;
    let Some(regex) = pattern(call, 0)? else {
        return Ok(Ret::List);
    };
    let (anchored, floating) = regex.must_have();
    call.list([text_of(anchored), text_of(floating)])
}

fn optimization(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "re::optimization(sv)")?;
    let Some(regex) = pattern(call, 0)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let (anchored, floating) = regex.must_have();
    let hash = Hash::new();
    hash.set_str("anchored", text_of(anchored));
    hash.set_str("floating", text_of(floating));
    for (name, val) in [
        ("minlen", 0),
        ("minlenret", 0),
        ("gofs", 0),
        ("skip", 0),
        ("implicit", 0),
        ("isall", 0),
    ] {
        hash.set_str(name, Val::Int(val));
    }
    Ok(Val::HRef(hash).into())
}
