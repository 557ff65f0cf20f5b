//! `%SIG`: what is assigned to it becomes the disposition of the signal (perlipc "Signals").
use crate::diag::warnings::Category;
use crate::sys::grant;
use crate::sys::signal::{self, Catch, Disposition};
use crate::text::PerlStr;
use crate::value::{Hash, Key, Rc, Symbols, Val};
use crate::vm::magic::Hook;
use crate::vm::{Exec, Vm};

/// SIGINT
const INT: i32 = 2;

/// Fills the hash with the names of all signals and watches it.
pub fn init(vm: &mut Vm) {
    let hash = vm.names.sig.hash_mut();
    for (name, signo) in signal::NAMES {
        if *signo == 0 {
            continue;
        }
        let ignored = matches!(signal::disposition(*signo), Ok(Disposition::Ignore));
        hash.set_str(
            name,
            if ignored {
                Val::str("IGNORE")
            } else {
                Val::Undef
            },
        );
    }
    vm.hook_hash(
        &hash,
        Hook {
            stored,
            deleted,
            cleared,
            fetch: None,
        },
    );
}

fn number(key: &Key) -> Option<i32> {
    signal::number_of(key.text.as_bytes()).filter(|n| *n > 0)
}

/// The other name of a signal that has two.
fn other_name(key: &Key) -> Option<&'static str> {
    Some(match key.text.as_bytes() {
        b"CHLD" => "CLD",
        b"CLD" => "CHLD",
        b"IO" => "POLL",
        b"POLL" => "IO",
        b"ABRT" => "IOT",
        b"IOT" => "ABRT",
        _ => return None,
    })
}

fn stored(vm: &mut Vm, hash: &Rc<Hash>, key: &Key, val: &Val) -> Exec {
    let Some(signo) = number(key) else {
        let name = key.text.to_str_lossy().into_owned();
        if matches!(&*name, "__WARN__" | "__DIE__") {
            let val = qualified(val);
            hash.set_raw(key, val)?;
            return Ok(());
        }
        if name.starts_with('_') {
            return Err(vm.die(format!("No such hook: {name}")));
        }
        return vm.warn(Category::Signal, format!("No such signal: SIG{name}"));
    };
    let val = qualified(val);
    hash.set_raw(key, val.clone())?;
    if let Some(other) = other_name(key) {
        hash.set_raw(&Key::from(other), val.clone())?;
    }
    let new = match &val {
        Val::Undef => Disposition::Default,
        Val::Str(text) if text.is_empty() || *text == "DEFAULT" => Disposition::Default,
        Val::Str(text) if *text == "IGNORE" => Disposition::Ignore,
        _ => Disposition::Catch(Catch::default()),
    };
    change(vm, signo, val, new)
}

/// What has come so far still belongs to the old handler; then the new one counts.
fn change(vm: &mut Vm, signo: i32, val: Val, new: Disposition) -> Exec {
    let pending = vm.safepoint();
    if let (Disposition::Catch(_), Err(errno)) = (new, grant::check(grant::SIGNALS)) {
        // A handler that would never run: better no program than one that waits for it.
        let name = signal::name_of(signo).unwrap_or("?");
        let reason = String::from_utf8_lossy(&errno.message()).into_owned();
        return Err(vm.die(format!("Can't set a handler for SIG{name}: {reason}")));
    }
    vm.set_signal_handler(signo, val);
    let set = match new {
        // it ends what runs, not the session
        Disposition::Default if vm.interrupt_key && signo == INT => signal::catch_here(signo),
        other => signal::set_disposition(signo, other),
    };
    if let Err(errno) = set {
        vm.errno = errno.0;
    }
    pending
}

/// The name of a sub belongs to main unless it says otherwise; one that does stays as it is.
fn qualified(val: &Val) -> Val {
    let Val::Str(text) = val else {
        return val.clone();
    };
    let says = |b: &u8| matches!(b, b':' | b'\'');
    if text.is_empty()
        || *text == "DEFAULT"
        || *text == "IGNORE"
        || text.as_bytes().iter().any(says)
    {
        return val.clone();
    }
    Val::Str(PerlStr::from(Symbols::qualify(
        &text.to_str_lossy(),
        "main",
    )))
}

fn deleted(vm: &mut Vm, _: &Rc<Hash>, key: &Key) -> Exec {
    match number(key) {
        Some(signo) => change(vm, signo, Val::Undef, Disposition::Default),
        None => Ok(()),
    }
}

fn cleared(vm: &mut Vm, _: &Rc<Hash>) -> Exec {
    for (_, signo) in signal::NAMES {
        if *signo > 0 && vm.has_signal_handler(*signo) {
            change(vm, *signo, Val::Undef, Disposition::Default)?;
        }
    }
    Ok(())
}
