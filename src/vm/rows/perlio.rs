//! PerlIO::get_layers, which perl has without loading anything (perldoc PerlIO).

use crate::value::Val;
use crate::vm::native::{Family, Gives, free};
use crate::vm::{Call, Exec, Ret};

pub(super) const FAMILY: Family = Family::new(
    "PerlIO",
    &[free("get_layers", Gives::List, get_layers, "the names of a handle's layers")],
);

fn get_layers(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(handle) = call.handle(0)?.and_then(|io| io.handle()) else { return Ok(Ret::Nothing) };
    let names = handle.borrow().layer_names();
    call.list(names.iter().map(|name| Val::str(name)))
}
