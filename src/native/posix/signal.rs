//! POSIX: masks of signals and sigaction (perldoc POSIX, signal.h).
use super::{sigset, sys_ret};
use crate::diag::warnings::Category;
use crate::native::usage;
use crate::sys::signal::{self, Catch, Disposition, How, SigSet};
use crate::sys::{Errno, blocking};
use crate::value::{Hash, Key, Rc, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    &[
        free("sigaction", sigaction, "what is done when a signal comes"),
        free(
            "sigpending",
            sigpending,
            "signals that wait for being unblocked",
        ),
        free("sigprocmask", sigprocmask, "block and unblock signals"),
        free(
            "sigsuspend",
            sigsuspend,
            "wait for a signal under another mask",
        ),
    ],
);

/// A set given as argument: none where it is undef or left out.
fn set_arg(call: &mut Call<'_>, i: usize, what: &str) -> Exec<Option<Rc<crate::value::Scalar>>> {
    let Some(val) = call.defined(i)? else {
        return Ok(None);
    };
    match sigset::cell_of(&val) {
        Some(cell) => Ok(Some(cell)),
        None => Err(call.die(format!("{what} is not of type {}", sigset::CLASS))),
    }
}

fn sigprocmask(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        2..=3,
        "POSIX::sigprocmask(how, sigset, oldsigset = 0)",
    )?;
    let how = match call.arg_int(0)? {
        0 => Some(How::Block),
        1 => Some(How::Unblock),
        2 => Some(How::Set),
        _ => None,
    };
    let new = set_arg(call, 1, "sigset")?.map(|cell| sigset::get(&cell));
    let old = set_arg(call, 2, "oldsigset")?;
    let Some(how) = how.or(new.is_none().then_some(How::Block)) else {
        return call.errno(Errno::EINVAL);
    };
    let result = signal::sigprocmask(how, new);
    if let (Ok(before), Some(cell)) = (&result, old) {
        sigset::put(&cell, *before);
    }
    // what was unblocked has arrived by now
    call.vm.safepoint()?;
    sys_ret(call, result.map(|_| 0))
}

fn sigpending(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::sigpending(sigset)")?;
    let Some(cell) = set_arg(call, 0, "sigpending: sigset")? else {
        return Err(call.die(format!(
            "sigpending: sigset is not of type {}",
            sigset::CLASS
        )));
    };
    let result = signal::sigpending();
    if let Ok(set) = result {
        sigset::put(&cell, set);
    }
    sys_ret(call, result.map(|_| 0))
}

fn sigsuspend(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::sigsuspend(sigset)")?;
    let Some(cell) = set_arg(call, 0, "sigsuspend: sigset")? else {
        return Err(call.die(format!(
            "sigsuspend: sigset is not of type {}",
            sigset::CLASS
        )));
    };
    let errno = blocking::sigsuspend(&sigset::get(&cell));
    call.vm.safepoint()?;
    call.errno(errno)
}

/// The signal an argument means: a number, or a name.
fn signal_arg(call: &mut Call<'_>) -> Exec<Option<i32>> {
    let val = call.arg(0)?;
    if let Val::Str(text) = &val
        && !val.looks_like_number()
    {
        let bytes = text.as_bytes();
        let found =
            signal::number_of(bytes).or_else(|| signal::number_of(bytes.strip_prefix(b"SIG")?));
        if found.is_none() {
            let shown = text.to_str_lossy().into_owned();
            call.warn(Category::Signal, format!("No such signal: SIG{shown}"))?;
        }
        return Ok(found);
    }
    let n = call.vm.num(&val)?.to_i64();
    if n < 0 {
        return Err(call.die("Negative signals are not allowed"));
    }
    if n == 0 || n > 64 {
        call.warn(Category::Signal, format!("No such signal: {n}"))?;
        call.set_errno(Errno::EINVAL);
        return Ok(None);
    }
    Ok(Some(n as i32))
}

/// The hash of an action object. Anything false is no new action, but only undef is no old one.
fn action_arg(call: &mut Call<'_>, i: usize) -> Exec<Option<Rc<Hash>>> {
    let Some(val) = call.defined(i)? else {
        return Ok(None);
    };
    if i == 1 && !val.to_bool() {
        return Ok(None);
    }
    let is_action = val
        .blessed()
        .is_some_and(|stash| stash.isa("POSIX::SigAction"));
    match val {
        Val::HRef(hash) if is_action || i == 2 => Ok(Some(hash)),
        _ if i == 2 => Err(call.die("POSIX::sigaction: oldaction is not a HASH reference")),
        _ => Err(call.die("action is not of type POSIX::SigAction")),
    }
}

fn sigaction(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        2..=3,
        "POSIX::sigaction(sig, optaction, oldaction = 0)",
    )?;
    let Some(signo) = signal_arg(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let new = action_arg(call, 1)?;
    let old = action_arg(call, 2)?;
    if new.is_none() && old.is_none() {
        return Ok(Ret::One(Val::Undef));
    }
    if new.is_some() && matches!(signo, 9 | 19) {
        return call.errno(Errno::EINVAL);
    }
    if let Some(hash) = old {
        describe(call, signo, &hash)?;
    }
    if let Some(hash) = new
        && let Err(errno) = install(call, signo, &hash)?
    {
        return call.errno(errno);
    }
    sys_ret(call, Ok(0))
}

/// The element of %SIG for a signal.
fn element(signo: i32) -> Option<Key> {
    signal::name_of(signo).map(Key::from)
}

/// Fills an action object with what is in force.
fn describe(call: &mut Call<'_>, signo: i32, hash: &Rc<Hash>) -> Exec {
    let sig = call.vm.names.sig.hash_mut();
    let handler = match element(signo) {
        Some(key) => call.vm.hash_fetch(&sig, &key)?.unwrap_or_default(),
        None => Val::Undef,
    };
    let unset = handler.is_undef() || matches!(&handler, Val::Str(s) if s.is_empty());
    let handler = if unset { Val::str("DEFAULT") } else { handler };
    let catch = call.vm.signal_action(signo);
    let mask = match hash.get_str("MASK").and_then(|val| sigset::cell_of(&val)) {
        Some(cell) => {
            sigset::put(&cell, catch.mask);
            Val::SRef(cell)
        }
        None => sigset::object(call.vm, sigset::CLASS, catch.mask),
    };
    hash.set_str("MASK", mask);
    hash.set_str("FLAGS", Val::from(catch.flags));
    let caught = !matches!(&handler, Val::Str(s) if *s == "DEFAULT" || *s == "IGNORE");
    hash.set_str("HANDLER", handler);
    hash.set_str("SAFE", Val::from(i32::from(caught && !catch.at_once)));
    Ok(())
}

fn install(call: &mut Call<'_>, signo: i32, hash: &Rc<Hash>) -> Exec<Result<(), Errno>> {
    let field =
        |call: &mut Call<'_>, name: &str| call.vm.load(hash.get_str(name).unwrap_or_default());
    let handler = field(call, "HANDLER")?;
    let flags = field(call, "FLAGS")?.to_int() as i32;
    let mask = field(call, "MASK")?;
    let mask = sigset::cell_of(&mask).map_or(SigSet::empty(), |cell| sigset::get(&cell));
    let Some(key) = element(signo) else {
        return Ok(Err(Errno::EINVAL));
    };
    let sig = call.vm.names.sig.hash_mut();
    // %SIG knows what to do with DEFAULT, IGNORE, names and subs
    call.vm.hash_store(&sig, &key, handler.clone())?;
    let plain = handler.is_undef()
        || matches!(&handler, Val::Str(s) if s.is_empty() || *s == "DEFAULT" || *s == "IGNORE");
    if plain {
        return Ok(Ok(()));
    }
    let at_once = !field(call, "SAFE")?.to_bool();
    let catch = Catch {
        flags,
        mask,
        at_once,
    };
    call.vm.set_signal_action(signo, catch);
    Ok(signal::set_disposition(signo, Disposition::Catch(catch)).map(drop))
}
