//! bless, tie and their kin (perlfunc, family Objects).

use crate::bytecode::Want;
use crate::diag::warnings::Category;
use crate::text::PerlStr;
use crate::value::{HasSide, Magic, MagicBody, Val};
use crate::vm::native::{Family, function};
use crate::vm::{Call, Exec, Ret};

pub(super) const FAMILY: Family = Family::new(
    "Objects",
    &[
        function("bless", "$;$", bless),
        function("ref", "_", ref_),
        function("tie", "\\[$@%*]$@", tie),
        function("tied", "\\[$@%*]", tied),
        function("untie", "\\[$@%*]", untie),
        function("prototype", "_", prototype),
        function("lock", "\\[$@%&*]", lock),
    ],
);

fn bless(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let stash = match call.argc() {
        1 => call.vm.symbols.stash(&call.package()),
        _ => {
            let class = call.arg(1)?;
            if class.is_ref() && !class.is_overloaded() {
                return Err(call.die("Attempt to bless into a reference"));
            }
            let name = call.str(&class)?;
            if name.is_empty() {
                call.warn(
                    Category::Misc,
                    "Explicit blessing to '' (assuming package main)",
                )?;
                call.vm.symbols.stash("main")
            } else {
                call.vm.symbols.stash(&name.to_str_lossy())
            }
        }
    };
    let Some(referent) = val.referent() else {
        return Err(call.die("Can't bless non-reference value"));
    };
    if let crate::value::Ref::Scalar(cell) = &referent
        && cell.is_read_only()
    {
        return Err(call.die("Modification of a read-only value attempted"));
    }
    referent.bless(stash);
    Ok(Ret::One(val))
}

fn ref_(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    Ok(Ret::One(val.ref_name().map_or_else(Val::empty, Val::Str)))
}

/// What argument 0 ties: the reference the compiler made, or a place.
enum Target {
    Scalar(crate::value::Rc<crate::value::Scalar>),
    Array(crate::value::Rc<crate::value::Array>),
    Hash(crate::value::Rc<crate::value::Hash>),
    Glob(crate::value::Rc<crate::value::Glob>),
}

fn target(call: &mut Call<'_>) -> Exec<Target> {
    Ok(match call.raw(0) {
        Val::ARef(array) => Target::Array(array),
        Val::HRef(hash) => Target::Hash(hash),
        Val::Glob(glob) | Val::GRef(glob) => Target::Glob(glob),
        _ => {
            let cell = call.cell(0)?;
            match cell.get_raw() {
                Val::Glob(glob) => Target::Glob(glob),
                _ => Target::Scalar(cell),
            }
        }
    })
}

fn tie(call: &mut Call<'_>) -> Exec<Ret> {
    let target = target(call)?;
    let class = call.arg(1)?;
    let mut args = vec![class.clone()];
    args.extend(call.args_from(2)?);
    let method = match &target {
        Target::Scalar(_) => "TIESCALAR",
        Target::Array(_) => "TIEARRAY",
        Target::Hash(_) => "TIEHASH",
        Target::Glob(_) => "TIEHANDLE",
    };
    // The empty name is main's.
    let home = match class.is_ref() || !class.to_str().is_empty() {
        true => class.clone(),
        false => Val::str("main"),
    };
    let found = match call.vm.find_method(&home, method)? {
        None if home.is_ref()
            || call
                .symbols()
                .stash_if(&home.to_str().to_str_lossy())
                .is_some() =>
        {
            call.vm.method_of(&home, method).ok()
        }
        found => found,
    };
    let Some(code) = found else {
        let name = class.ref_name().unwrap_or_else(|| class.to_str());
        let known = call.symbols().stash_if(&name.to_str_lossy()).is_some();
        let hint = if known || class.is_ref() {
            String::new()
        } else {
            format!(" (perhaps you forgot to load \"{name}\"?)")
        };
        return Err(call.die(format!(
            "Can't locate object method \"{method}\" via package \"{name}\"{hint}"
        )));
    };
    let object = call
        .call_sv(&Val::CRef(code), &args, Want::Scalar)?
        .pop()
        .unwrap_or_default();
    if !object.is_ref() {
        return Ok(Ret::One(object));
    }
    match &target {
        Target::Scalar(cell) => cell.set(Val::Magic(MagicBody::new(Magic::Tied(object.clone())))),
        Target::Array(array) => drop(array.set_tied(Some(object.clone()))),
        Target::Hash(hash) => drop(hash.set_tied(Some(object.clone()))),
        Target::Glob(glob) => drop(glob.io_mut().tie.replace(object.clone())),
    }
    Ok(Ret::One(object))
}

fn tied_object(target: &Target) -> Option<Val> {
    match target {
        Target::Scalar(cell) => cell.with(|v| match v {
            Val::Magic(magic) => match &magic.kind {
                Magic::Tied(object) => Some(object.clone()),
                _ => None,
            },
            _ => None,
        }),
        Target::Array(array) => array.tied(),
        Target::Hash(hash) => hash.tied(),
        Target::Glob(glob) => {
            let object = glob.io()?.tie.borrow().clone();
            if object.is_undef() {
                None
            } else {
                Some(object)
            }
        }
    }
}

fn tied(call: &mut Call<'_>) -> Exec<Ret> {
    let target = target(call)?;
    Ok(Ret::One(tied_object(&target).unwrap_or_default()))
}

fn untie(call: &mut Call<'_>) -> Exec<Ret> {
    let target = target(call)?;
    let Some(object) = tied_object(&target) else {
        return Ok(Ret::One(Val::Bool(true)));
    };
    let others = object
        .referent()
        .map_or(0, |r| r.header().count().saturating_sub(3));
    if let Some(code) = call.vm.find_method(&object, "UNTIE")? {
        let args = [object.clone(), Val::Int(others as i64)];
        call.call_sv(&Val::CRef(code), &args, Want::Void)?;
    } else if others > 0 {
        call.warn(
            Category::Untie,
            format!("untie attempted while {others} inner references still exist"),
        )?;
    }
    match &target {
        Target::Scalar(cell) => cell.set(Val::Undef),
        Target::Array(array) => drop(array.set_tied(None)),
        Target::Hash(hash) => drop(hash.set_tied(None)),
        Target::Glob(glob) => {
            if let Some(io) = glob.io() {
                drop(io.tie.replace(Val::Undef));
            }
        }
    }
    Ok(Ret::One(Val::Bool(true)))
}

/// Words of the language that are no functions: they have no prototype.
#[rustfmt::skip]
const SYNTAX: &[&str] = &[
    "AUTOLOAD", "BEGIN", "CHECK", "DESTROY", "END", "INIT", "UNITCHECK", "__DATA__", "__END__", "and", "cmp",
    "default", "do", "else", "elsif", "eq", "eval", "for", "foreach", "format", "ge", "given", "goto", "grep", "gt", "if",
    "last", "le", "local", "lt", "m", "map", "my", "ne", "next", "no", "or", "our", "package", "q", "qq", "qr", "qw",
    "qx", "redo", "require", "return", "s", "sort", "state", "sub", "tr", "unless", "until", "use", "when", "while",
    "x", "xor", "y",
];

fn prototype(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    if let Val::Str(name) = &val
        && let Some(builtin) = name
            .to_str_lossy()
            .trim_start_matches('&')
            .strip_prefix("CORE::")
    {
        if matches!(builtin, "__FILE__" | "__LINE__" | "__PACKAGE__" | "__SUB__") {
            return Ok(Val::empty().into());
        }
        match builtin {
            "not" => return Ok(Val::str("$;").into()),
            "dump" => return Ok(Val::empty().into()),
            _ if SYNTAX.contains(&builtin) => return Ok(Val::Undef.into()),
            _ => {}
        }
        let Some(found) = crate::signature::Builtin::from_name(builtin) else {
            return Err(call.die(format!("Can't find an opnumber for \"{builtin}\"")));
        };
        return Ok(Ret::One(found.prototype().map_or(Val::Undef, Val::str)));
    }
    let code = call.vm.code_of(&val)?;
    let prototype = code.and_then(|code| code.prototype());
    Ok(Ret::One(prototype.map_or(Val::Undef, Val::Str)))
}

fn lock(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let _ = PerlStr::new();
    Ok(Ret::One(val))
}
