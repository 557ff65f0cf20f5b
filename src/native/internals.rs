//! Packages Internals and builtin (perldoc Internals, builtin).
use super::scalar_util::{unweaken, weaken};
use crate::text::PerlStr;
use crate::value::rc::flag;
use crate::value::{self, HasSide, Ref, Val};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};

pub(super) const INTERNALS: Family = Family::new(
    "Internals",
    &[
        row(
            "SvREADONLY",
            "\\[$%@];$",
            read_only,
            "ask or set whether something may be changed",
        ),
        row(
            "SvREFCNT",
            "\\[$%@];$",
            count,
            "how many references there are",
        ),
        row(
            "hv_clear_placeholders",
            "\\%",
            |_| Ok(Ret::Nothing),
            "nothing to clear here",
        ),
        free(
            "stack_refcounted",
            |_| Ok(Val::Int(1).into()),
            "are temporaries counted",
        ),
    ],
);

pub(super) const BUILTIN: Family = Family::new(
    "builtin",
    &[
        row(
            "blessed",
            "$",
            |call| {
                Ok(Ret::One(
                    call.arg(0)?.blessed().map(|s| Val::str(&s.name())).into(),
                ))
            },
            "the class of an object",
        ),
        row(
            "ceil",
            "$",
            |call| Ok(Val::Num(call.arg_f64(0)?.ceil()).into()),
            "the next whole number up",
        ),
        row(
            "created_as_number",
            "$",
            |call| {
                Ok(Val::Bool(matches!(
                    call.arg(0)?,
                    Val::Int(_) | Val::UInt(_) | Val::Num(_)
                ))
                .into())
            },
            "was it made as a number",
        ),
        row(
            "created_as_string",
            "$",
            |call| Ok(Val::Bool(matches!(call.arg(0)?, Val::Str(_) | Val::Dual(_))).into()),
            "was it made as a string",
        ),
        row(
            "false",
            "",
            |_| Ok(Val::Bool(false).into()),
            "the false value",
        ),
        row(
            "floor",
            "$",
            |call| Ok(Val::Num(call.arg_f64(0)?.floor()).into()),
            "the next whole number down",
        ),
        free(
            "import",
            import,
            "make functions available by their short names",
        ),
        free("indexed", indexed, "a list with the index before each item"),
        row(
            "is_bool",
            "$",
            |call| Ok(Val::Bool(matches!(call.arg(0)?, Val::Bool(_))).into()),
            "is it a truth value",
        ),
        row("unweaken", "$", unweaken, "make a weak reference strong"),
        row("weaken", "$", weaken, "make a reference weak"),
        row(
            "is_weak",
            "$",
            |call| Ok(Val::Bool(matches!(call.cell(0)?.get_raw(), Val::Weak(_))).into()),
            "is it a weak reference",
        ),
        row(
            "refaddr",
            "$",
            |call| {
                Ok(Ret::One(
                    call.arg(0)?
                        .referent()
                        .map(|r| Val::from(r.address()))
                        .into(),
                ))
            },
            "the address of a referent",
        ),
        row(
            "reftype",
            "$",
            |call| {
                Ok(Ret::One(
                    call.arg(0)?
                        .referent()
                        .map(|r| Val::str(r.kind_name()))
                        .into(),
                ))
            },
            "the kind of a referent",
        ),
        row("trim", "$", trim, "without white space at both ends"),
        row("true", "", |_| Ok(Val::Bool(true).into()), "the true value"),
    ],
);

pub(super) const PERLIO: Family = Family::new(
    "PerlIO",
    &[row(
        "get_layers",
        "*;@",
        get_layers,
        "the layers of a handle",
    )],
);

pub(super) const LAYER: Family = Family::new(
    "PerlIO::Layer",
    &[
        free("NoWarnings", |_| Ok(Ret::Nothing), "says nothing"),
        free("find", find_layer, "a layer by its name"),
    ],
);

/// `PerlIO::Layer->find(NAME, LOAD)`: an object for a layer there is, those of modules only where
/// they are loaded or may be (PerlIO::Layer).
fn find_layer(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() < 2 {
        return Err(call.die("Usage class->find(name[,load])"));
    }
    let name = call.arg_str(1)?;
    let load = match call.arg_if(2)? {
        Some(val) => call.vm.truth(&val)?,
        None => false,
    };
    let name = name.to_str_lossy();
    let known = match &*name {
        "unix" | "perlio" | "stdio" | "crlf" | "utf8" | "bytes" | "raw" | "pop" => true,
        "scalar" | "encoding" => {
            load || {
                let file = format!("PerlIO/{name}.pm");
                call.symbols()
                    .glob("main::INC")
                    .hash_mut()
                    .get_str(&file)
                    .is_some()
            }
        }
        _ => false,
    };
    if !known {
        return Ok(Val::Undef.into());
    }
    let class = call.symbols().stash("PerlIO::Layer");
    let layer = Ref::Scalar(value::Scalar::new(Val::str(&name)));
    layer.bless(class);
    Ok(Ret::One(layer.into_val()))
}

/// The names of a handle's layers, bottom first.
fn get_layers(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(handle) = call.handle(0)?.and_then(|io| io.handle()) else {
        return Ok(Ret::Nothing);
    };
    let names = handle.borrow().layer_names();
    call.list(names.iter().map(|name| Val::str(name)))
}

fn read_only(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let set = call.arg_if(1)?;
    let on = match set {
        Some(val) => Some(call.vm.truth(&val)?),
        None => None,
    };
    let header = match &val {
        Val::SRef(x) => HasSide::header(&**x),
        Val::ARef(x) => HasSide::header(&**x),
        Val::HRef(x) => HasSide::header(&**x),
        _ => return Ok(Ret::One(Val::Undef)),
    };
    let bit = if matches!(val, Val::HRef(_)) {
        flag::RESTRICTED
    } else {
        flag::READONLY
    };
    match on {
        Some(true) => header.set(bit),
        Some(false) => header.clear(bit),
        None => {}
    }
    Ok(Val::Bool(header.has(bit)).into())
}

fn count(call: &mut Call<'_>) -> Exec<Ret> {
    let n = match call.arg(0)? {
        // the argument itself holds one
        Val::SRef(x) => x.count() - 1,
        Val::ARef(x) => x.count() - 1,
        Val::HRef(x) => x.count() - 1,
        _ => return Ok(Ret::One(Val::Undef)),
    };
    Ok(Val::Int(i64::from(n)).into())
}

fn trim(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let shown = text.to_str_lossy();
    let trimmed = shown.trim();
    if trimmed.len() == shown.len() {
        return Ok(Val::Str(text).into());
    }
    let start = shown.len() - shown.trim_start().len();
    if text.is_utf8() || text.is_ascii() {
        return Ok(Val::Str(text.slice_bytes(start..start + trimmed.len())).into());
    }
    Ok(Val::Str(PerlStr::from_bytes(text.as_bytes().trim_ascii())).into())
}

fn indexed(call: &mut Call<'_>) -> Exec<Ret> {
    let items = call.args()?;
    if !call.wants_list() {
        return Ok(Val::from(items.len() * 2).into());
    }
    for (i, item) in items.into_iter().enumerate() {
        call.push(Val::from(i));
        call.push(item);
    }
    Ok(Ret::List)
}

/// `use builtin LIST`: the names become subs of the package being compiled.
fn import(call: &mut Call<'_>) -> Exec<Ret> {
    let package = call.vm.compiling.package.clone();
    for val in call.args_from(1)? {
        let text = call.str(&val)?;
        let name = text.to_str_lossy();
        let short = name.strip_prefix('&').unwrap_or(&name);
        if short.starts_with(':') {
            continue;
        }
        let code = call
            .symbols()
            .glob_if(&format!("builtin::{short}"))
            .and_then(|glob| glob.code());
        match code {
            Some(code) if short != "import" => {
                let glob = call.symbols().glob(&format!("{package}::{short}"));
                glob.set_code(Some(code));
                glob.set_bits(crate::value::glob::bit::IMPORTED_CODE);
            }
            _ => return Err(call.die(format!("'{short}' is not recognised as a builtin function"))),
        }
    }
    Ok(Ret::Nothing)
}
