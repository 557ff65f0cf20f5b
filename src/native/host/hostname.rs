//! Sys::Hostname: the name of this machine.
use crate::sys::host;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(in crate::native) const FAMILY: Family = Family::new(
    "Sys::Hostname",
    &[free("ghname", name, "the name of this machine")],
);

fn name(call: &mut Call<'_>) -> Exec<Ret> {
    match host::hostname() {
        Ok(name) => Ok(Val::bytes(&name).into()),
        Err(e) => call.errno(e),
    }
}
