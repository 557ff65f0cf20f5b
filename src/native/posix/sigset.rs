//! POSIX::SigSet: sets of signals (perldoc POSIX).
use super::sys_ret;
use crate::native::usage;
use crate::sys::signal::SigSet;
use crate::value::{HasSide, Rc, Scalar, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec, Vm};

pub(super) const CLASS: &str = "POSIX::SigSet";

pub(super) const FAMILY: Family = Family::new(
    CLASS,
    &[
        free(
            "addset",
            |call| change(call, "addset", SigSet::add),
            "put a signal into the set",
        ),
        free(
            "delset",
            |call| change(call, "delset", SigSet::remove),
            "take a signal out of the set",
        ),
        free(
            "emptyset",
            |call| replace(call, "emptyset", SigSet::empty()),
            "no signal",
        ),
        free(
            "fillset",
            |call| replace(call, "fillset", SigSet::full()),
            "all signals",
        ),
        free("ismember", ismember, "is a signal in the set"),
        free("new", new, "a set of some signals"),
    ],
);

/// The scalar behind an object of the class.
pub(super) fn cell_of(val: &Val) -> Option<Rc<Scalar>> {
    match val {
        Val::SRef(cell) if cell.blessed().is_some_and(|stash| stash.isa(CLASS)) => {
            Some(cell.clone())
        }
        _ => None,
    }
}

/// The set an object holds.
pub(super) fn get(cell: &Rc<Scalar>) -> SigSet {
    SigSet::from_bits(cell.get().to_uint())
}

/// Changes the set an object holds.
pub(super) fn put(cell: &Rc<Scalar>, set: SigSet) {
    cell.set(Val::uint(set.bits()));
}

/// A new object.
pub(super) fn object(vm: &Vm, class: &str, set: SigSet) -> Val {
    let cell = Scalar::new(Val::uint(set.bits()));
    cell.bless(vm.symbols.stash(class));
    Val::SRef(cell)
}

fn set_of(call: &mut Call<'_>, name: &str) -> Exec<Rc<Scalar>> {
    let val = call.arg(0)?;
    match cell_of(&val) {
        Some(cell) => Ok(cell),
        None => Err(call.die(format!("{name}: sigset is not of type {CLASS}"))),
    }
}

fn new(call: &mut Call<'_>) -> Exec<Ret> {
    let class = match call.arg_if(0)? {
        Some(val) => call.str(&val)?.to_str_lossy().into_owned(),
        None => CLASS.into(),
    };
    let mut set = SigSet::empty();
    for i in 1..call.argc() {
        let signo = call.arg_int(i)? as i32;
        if set.add(signo).is_err() {
            return Err(call.die(format!("POSIX::Sigset->new: failed to add signal {signo}")));
        }
    }
    Ok(object(call.vm, &class, set).into())
}

/// A signal number; perl dies for negative ones.
fn signal(call: &mut Call<'_>, name: &str) -> Exec<i32> {
    let signo = call.arg_int(1)?;
    if signo < 0 {
        return Err(call.die(format!("{name}: Negative signals are not allowed {signo}")));
    }
    Ok(i32::try_from(signo).unwrap_or(i32::MAX))
}

fn change(
    call: &mut Call<'_>,
    name: &str,
    f: fn(&mut SigSet, i32) -> crate::sys::Result<()>,
) -> Exec<Ret> {
    usage(call, 2..=2, &format!("{CLASS}::{name}(sigset, sig)"))?;
    let cell = set_of(call, name)?;
    let signo = signal(call, name)?;
    let mut set = get(&cell);
    let result = f(&mut set, signo);
    put(&cell, set);
    sys_ret(call, result.map(|()| 0))
}

fn replace(call: &mut Call<'_>, name: &str, set: SigSet) -> Exec<Ret> {
    usage(call, 1..=1, &format!("{CLASS}::{name}(sigset)"))?;
    put(&set_of(call, name)?, set);
    sys_ret(call, Ok(0))
}

fn ismember(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, &format!("{CLASS}::ismember(sigset, sig)"))?;
    let cell = set_of(call, &format!("{CLASS}::ismember"))?;
    let signo = signal(call, &format!("{CLASS}::ismember"))?;
    match get(&cell).contains(signo) {
        Ok(found) => Ok(Val::Int(i64::from(found)).into()),
        Err(e) => {
            call.set_errno(e);
            Ok(Val::Int(-1).into())
        }
    }
}
