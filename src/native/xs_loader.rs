//! XSLoader::load and DynaLoader::bootstrap: binding native parts (perldoc XSLoader).
use super::{bind, reaches_system};
use crate::sys::grant;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "XSLoader",
    &[free("load", load, "bind the native part of a module")],
);

pub(super) const DYNA_LOADER: Family = Family::new(
    "DynaLoader",
    &[
        free(
            "boot_DynaLoader",
            |_| Ok(Ret::Nothing),
            "nothing to do; programs ask whether it is defined to tell perl from miniperl",
        ),
        free("bootstrap", load, "bind the native part of a module"),
    ],
);

fn load(call: &mut Call<'_>) -> Exec<Ret> {
    let name = match call.defined(0)? {
        Some(val) => call.str(&val)?.to_str_lossy().into_owned(),
        None => call.package().to_string(),
    };
    if reaches_system(&name)
        && let Err(errno) = grant::check(grant::MODULES)
    {
        let reason = String::from_utf8_lossy(&errno.message()).into_owned();
        return Err(call.die(format!("Can't load the native part of {name}: {reason}")));
    }
    if bind(call.vm, &name) {
        return Ok(Ret::One(Val::Int(1)));
    }
    let dirs = call.symbols().glob("main::INC").array_mut().to_vec();
    let dirs: Vec<String> = dirs
        .iter()
        .map(|d| d.loaded().to_str().to_str_lossy().into_owned())
        .collect();
    Err(call.die(format!(
        "Can't locate loadable object for module {name} in @INC (@INC contains: {})",
        dirs.join(" ")
    )))
}
