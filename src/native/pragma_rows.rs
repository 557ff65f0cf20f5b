//! `strict::import`, `feature::import`, `warnings::import` and company, for code that calls them as methods.
//!
//! `use strict` itself is done by `interp` without a call. What goes beyond a switch is in the module's `.pm`, which is
//! loaded when first asked for and then takes these rows' places.
use super::pragmas;
use crate::diag::hints;
use crate::diag::warnings::Category;
use crate::text::charname;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const STRICT: Family = Family::new(
    "strict",
    &[
        free("bits", strict_bits, "the bits of tags in $^H"),
        free("import", |call| strict(call, true), "switch checks on"),
        free("unimport", |call| strict(call, false), "switch checks off"),
    ],
);

pub(super) const CHARNAMES: Family = Family::new(
    "charnames",
    &[
        free(
            "_name",
            |call| {
                let code = u32::try_from(call.arg_uint(0)?).unwrap_or(u32::MAX);
                let name = char::from_u32(code).and_then(charname::name);
                Ok(Ret::One(name.map(|n| Val::str(&n)).unwrap_or_default()))
            },
            "the name of a code point",
        ),
        free(
            "_code",
            |call| {
                let name = call.arg_str(0)?.to_str_lossy().into_owned();
                let code = charname::character(&name);
                Ok(Ret::One(
                    code.map(|c| Val::Int(c as i64)).unwrap_or_default(),
                ))
            },
            "the code point of a name",
        ),
    ],
);

pub(super) const FEATURE: Family = Family::new(
    "feature",
    &[
        free(
            "feature_bundle",
            |call| load(call, "feature", "feature_bundle"),
            "the bundle in force",
        ),
        free(
            "feature_enabled",
            |call| load(call, "feature", "feature_enabled"),
            "is a feature on",
        ),
        free(
            "features_enabled",
            |call| load(call, "feature", "features_enabled"),
            "the features that are on",
        ),
        free("import", |call| feature(call, true), "switch features on"),
        free(
            "unimport",
            |call| feature(call, false),
            "switch features off",
        ),
    ],
);

/// The functions of the module that look at callers or register categories.
macro_rules! from_module {
    ($($name:literal)*) => {
        pub(super) const WARNINGS: Family = Family::new("warnings", &[
            free("import", |call| warnings(call, true), "switch categories on"),
            free("unimport", |call| warnings(call, false), "switch categories off"),
            $(free($name, |call| load(call, "warnings", $name), "in warnings.pm"),)*
        ]);
    };
}
from_module! {
    "bits" "enabled" "enabled_at_level" "fatal_enabled" "fatal_enabled_at_level" "register_categories" "warn"
    "warn_at_level" "warnif" "warnif_at_level"
}

fn words(call: &mut Call<'_>, from: usize) -> Exec<Vec<String>> {
    let vals = call.args_from(from)?;
    vals.iter()
        .map(|val| Ok(call.str(val)?.to_str_lossy().into_owned()))
        .collect()
}

fn settle(call: &mut Call<'_>, result: Result<(), String>) -> Exec<Ret> {
    match result {
        Ok(()) => Ok(Ret::Nothing),
        Err(message) => Err(call.die(message)),
    }
}

fn strict(call: &mut Call<'_>, on: bool) -> Exec<Ret> {
    let tags = words(call, 1)?;
    let result = pragmas::strict(&mut call.vm.compiling, on, &tags);
    settle(call, result)
}

fn strict_bits(call: &mut Call<'_>) -> Exec<Ret> {
    let mut bits = 0;
    for tag in words(call, 0)? {
        bits |= match tag.as_str() {
            "refs" => hints::STRICT_REFS,
            "subs" => hints::STRICT_SUBS,
            "vars" => hints::STRICT_VARS,
            _ => return Err(call.die(format!("Unknown 'strict' tag(s) '{tag}'"))),
        };
    }
    Ok(Val::Int(i64::from(bits)).into())
}

fn feature(call: &mut Call<'_>, on: bool) -> Exec<Ret> {
    let names = words(call, 1)?;
    let result = pragmas::features(&mut call.vm.compiling, on, &names);
    settle(call, result)
}

fn warnings(call: &mut Call<'_>, on: bool) -> Exec<Ret> {
    let names = words(call, 1)?;
    let known = |name: &String| {
        matches!(name.as_str(), "FATAL" | "NONFATAL") || Category::named(name).is_some()
    };
    if !names.iter().all(known) {
        return load(call, "warnings", if on { "import" } else { "unimport" });
    }
    let result = pragmas::warn(&mut call.vm.compiling, on, &names, call.vm.warn_all);
    settle(call, result)
}

/// Loads the module behind a pragma and calls its function with the same arguments.
fn load(call: &mut Call<'_>, module: &str, function: &str) -> Exec<Ret> {
    let file = format!("{module}.pm");
    let args = call.args()?;
    if let Some(host) = call.vm.host() {
        drop(
            call.symbols()
                .glob("main::INC")
                .hash_mut()
                .delete(&file.as_str().into()),
        );
        host.require(call.vm, &Val::str(&file), true)?;
    }
    let full = format!("{module}::{function}");
    let code = call.symbols().glob_if(&full).and_then(|glob| glob.code());
    let Some(code) =
        code.filter(|code| !matches!(code.body(), crate::value::code::Body::Native(..)))
    else {
        return Err(call.die(format!("Undefined subroutine &{full} called")));
    };
    let want = call.want();
    let list = call.call_sv(&Val::CRef(code), &args, want)?;
    if call.wants_list() {
        return call.list(list);
    }
    Ok(Ret::One(list.into_iter().next_back().unwrap_or_default()))
}
