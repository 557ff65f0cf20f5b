//! Storable: data as bytes and back, in the format that perl's own module reads and writes
//! (perldoc Storable; version 2.11).
//!
//! | file | job |
//! |---|---|
//! | `code` | the bytes that say what follows |
//! | `freeze` | data to bytes, with STORABLE_freeze |
//! | `thaw` | bytes to data, with STORABLE_thaw and STORABLE_attach |
//! | `source` | where the bytes come from: a string or a handle |
mod code;
mod freeze;
mod source;
mod thaw;

use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};
use freeze::Freezer;
use source::Source;
use thaw::Thawer;

pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("BIN_MAJOR", code::MAJOR as i64),
    ("BIN_MINOR", code::MINOR as i64),
    ("BIN_WRITE_MINOR", code::MINOR as i64),
    ("CAN_FLOCK", 1),
];

pub(super) const FAMILY: Family = Family::new(
    "Storable",
    &[
        free("dclone", dclone, "a deep copy"),
        free(
            "is_retrieving",
            |call| state(call, |s| s.at_work == Some(Work::Thawing)),
            "is a hook called while data is read",
        ),
        free(
            "is_storing",
            |call| state(call, |s| s.at_work == Some(Work::Freezing)),
            "is a hook called while data is written",
        ),
        free(
            "last_op_in_netorder",
            |call| state(call, |s| s.net),
            "was the last data in network order",
        ),
        free("mretrieve", mretrieve, "the data behind a frozen string"),
        free("mstore", |call| mstore(call, false), "freeze"),
        free(
            "net_mstore",
            |call| mstore(call, true),
            "freeze in network order",
        ),
        free("pretrieve", pretrieve, "the data behind a handle"),
        free(
            "_encode",
            |call| {
                let net = call.arg_bool(1)?;
                mstore(call, net)
            },
            "freeze, for a file",
        ),
    ],
);

/// What goes on in this interpreter.
#[derive(Default)]
struct State {
    at_work: Option<Work>,
    net: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Freezing,
    Thawing,
}

fn slot<'a>(call: &'a mut Call<'_>) -> &'a mut State {
    call.vm.slots.of::<State>()
}

fn state(call: &mut Call<'_>, ask: impl FnOnce(&State) -> bool) -> Exec<Ret> {
    let answer = ask(slot(call));
    Ok(Val::Bool(answer).into())
}

/// Runs a piece of work, hooks knowing which.
fn at_work<T>(
    call: &mut Call<'_>,
    work: Work,
    f: impl FnOnce(&mut Call<'_>) -> Exec<T>,
) -> Exec<T> {
    let before = slot(call).at_work.replace(work);
    let result = f(call);
    slot(call).at_work = before;
    result
}

fn frozen(call: &mut Call<'_>, net: bool, cloning: bool) -> Exec<Vec<u8>> {
    let val = call.arg(0)?;
    let Some(referent) = val.referent() else {
        return Err(call.die("Not a reference"));
    };
    slot(call).net = net;
    at_work(call, Work::Freezing, |call| {
        Freezer::new(call, net, cloning)?.whole(&referent)
    })
}

fn thawed(call: &mut Call<'_>, source: Source<'_>, flags: i64, cloning: bool) -> Exec<Ret> {
    let result = at_work(call, Work::Thawing, |call| {
        Thawer::new(call, source, flags, cloning).whole()
    });
    match result? {
        Some((val, net)) => {
            slot(call).net = net;
            Ok(val.into())
        }
        None => Ok(Ret::One(Val::Undef)),
    }
}

fn mstore(call: &mut Call<'_>, net: bool) -> Exec<Ret> {
    let bytes = frozen(call, net, false)?;
    Ok(Val::bytes(&bytes).into())
}

fn flags(call: &mut Call<'_>) -> Exec<i64> {
    match call.defined(1)? {
        Some(_) => call.arg_int(1),
        None => Ok(code::BLESS_OK | code::TIE_OK),
    }
}

fn mretrieve(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let flags = flags(call)?;
    let Some(text) = text.downgraded() else {
        return Err(call.die("Frozen string corrupt - contains characters outside 0-255"));
    };
    thawed(call, Source::text(text.as_bytes()), flags, false)
}

fn pretrieve(call: &mut Call<'_>) -> Exec<Ret> {
    let flags = flags(call)?;
    let Some(handle) = call.handle(0)?.and_then(|io| io.handle()) else {
        return Err(call.die("Not a valid file handle"));
    };
    thawed(call, Source::handle(handle), flags, false)
}

fn dclone(call: &mut Call<'_>) -> Exec<Ret> {
    if !call.arg(0)?.is_ref() {
        let val = call.arg(0)?;
        return match val {
            Val::Undef => Ok(Ret::One(Val::Undef)),
            _ => Err(call.die("Not a reference")),
        };
    }
    let bytes = frozen(call, false, true)?;
    let all = code::BLESS_OK | code::TIE_OK;
    thawed(call, Source::text(&bytes), all, true)
}
