//! The methods every class has (perldoc UNIVERSAL).
use super::version::version_of;
use crate::value::{Rc, Stash, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "UNIVERSAL",
    &[
        free("DOES", isa, "does an object perform a role"),
        free("VERSION", version, "the version of a class, checked"),
        free("can", can, "the method an object has"),
        free("isa", isa, "does an object belong to a class"),
    ],
);

/// The class of an object or of a name; none for other references.
fn class(call: &mut Call<'_>, val: &Val) -> Exec<Option<Rc<Stash>>> {
    if val.is_ref() {
        return Ok(val.blessed());
    }
    if let Val::Glob(glob) = val {
        return Ok(glob.io().map(|_| call.symbols().stash("IO::File")));
    }
    let name = call.vm.str_quiet(val)?;
    Ok(call.symbols().stash_if(&name.to_str_lossy()))
}

fn isa(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 2 {
        return Err(call.die("Usage: isa(reference, kind)"));
    }
    let (object, kind) = (call.arg(0)?, call.arg_str(1)?);
    if object.is_undef() {
        return Ok(Ret::One(Val::Undef));
    }
    let kind = kind.to_str_lossy().into_owned();
    let kind = kind
        .strip_prefix("main::")
        .or(kind.strip_prefix("::"))
        .unwrap_or(&kind);
    if kind == "UNIVERSAL" && (object.is_blessed() || !object.is_ref()) {
        return Ok(Val::Bool(true).into());
    }
    if let Some(stash) = class(call, &object)? {
        return Ok(
            Val::Bool(stash.isa(kind) || (kind != "UNIVERSAL" && own_kind(&object, kind))).into(),
        );
    }
    if object.is_ref() {
        return Ok(Val::Bool(own_kind(&object, kind)).into());
    }
    let name = call.vm.str_quiet(&object)?;
    Ok(Val::Bool(name.to_str_lossy() == kind).into())
}

/// `isa($ref, "HASH")`
fn own_kind(object: &Val, kind: &str) -> bool {
    object.referent().is_some_and(|r| r.kind_name() == kind)
}

fn can(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 2 {
        return Err(call.die("Usage: UNIVERSAL::can(object-ref, method)"));
    }
    let object = call.arg(0)?;
    if object.is_undef() {
        return Ok(Ret::One(Val::Undef));
    }
    let name = call.arg_str(1)?;
    let class = match class(call, &object)? {
        None => call.vm.handle_class(&object),
        class => class,
    };
    let found = match class {
        Some(stash) => stash.find_method(&name.to_str_lossy()),
        None if object.is_ref() => None,
        None => {
            let text = call.vm.str_quiet(&object)?;
            if text.is_empty() {
                return Ok(Ret::One(Val::Undef));
            }
            call.symbols()
                .stash("UNIVERSAL")
                .find_method(&name.to_str_lossy())
                .filter(|_| false)
        }
    };
    Ok(Ret::One(found.map_or(Val::Undef, Val::CRef)))
}

fn version(call: &mut Call<'_>) -> Exec<Ret> {
    let object = call.arg(0)?;
    let stash = class(call, &object)?;
    let name = match &stash {
        Some(stash) => stash.name().to_string(),
        None => call.vm.str_quiet(&object)?.to_str_lossy().into_owned(),
    };
    let have = match stash.as_ref().and_then(|s| s.glob_if("VERSION")) {
        Some(glob) => call.vm.fetch(&glob.scalar())?,
        None => Val::Undef,
    };
    if call.argc() > 1 {
        if have.is_undef() {
            let msg = match stash {
                Some(_) => format!("{name} does not define ${name}::VERSION--version check failed"),
                None => format!("{name} defines neither package nor VERSION--version check failed"),
            };
            return Err(call.die(msg));
        }
        let wanted = call.arg(1)?;
        let (wanted, had) = (version_of(call, &wanted)?, version_of(call, &have)?);
        if had.cmp(&wanted).is_lt() {
            let dotted = wanted.is_dotted();
            let msg = format!(
                "{name} version {} required--this is only version {}",
                wanted.in_form(dotted),
                had.in_form(dotted)
            );
            return Err(call.die(msg));
        }
    }
    if have.is_undef() || !have.is_ref() {
        return Ok(Ret::One(have));
    }
    let shown = version_of(call, &have)?.shown();
    Ok(Val::str(&shown).into())
}
