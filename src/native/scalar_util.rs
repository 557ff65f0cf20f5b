//! Scalar::Util and Sub::Util: what a scalar or sub really is (perldoc Scalar::Util).
use crate::value::{Dual, Val};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Scalar::Util",
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
            "dualvar",
            "$$",
            dualvar,
            "a value with a number and a string of its own",
        ),
        row(
            "isdual",
            "$",
            |call| Ok(Val::Bool(matches!(call.arg(0)?, Val::Dual(_))).into()),
            "is it a dualvar",
        ),
        row(
            "isvstring",
            "$",
            |call| Ok(Val::Bool(matches!(call.arg(0)?, Val::Dual(d) if d.is_vstring())).into()),
            "is it a version string",
        ),
        row("isweak", "$", isweak, "is it a weak reference"),
        row(
            "looks_like_number",
            "$",
            looks_like_number,
            "does perl take it for a number",
        ),
        row("openhandle", "$", openhandle, "the handle, if it is open"),
        row(
            "readonly",
            "$",
            |call| Ok(Val::Bool(call.cell(0)?.is_read_only()).into()),
            "may it not be assigned to",
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
            "the address of what a reference refers to",
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
            "the kind of what a reference refers to",
        ),
        row(
            "tainted",
            "$",
            |call| Ok(Val::Int(i64::from(call.arg(0)?.taint())).into()),
            "does it come from outside",
        ),
        row("unweaken", "$", unweaken, "make a weak reference strong"),
        row("weaken", "$", weaken, "make a reference weak"),
    ],
);

pub(super) const SUB_UTIL: Family = Family::new(
    "Sub::Util",
    &[
        free(
            "prototype",
            |call| {
                Ok(Ret::One(
                    code(call, 0)?
                        .and_then(|c| c.prototype())
                        .map(Val::Str)
                        .into(),
                ))
            },
            "the prototype of a sub",
        ),
        free(
            "set_prototype",
            set_prototype_first,
            "change the prototype of a sub",
        ),
        free("set_subname", set_subname, "give a sub a name"),
        free("subname", subname, "the name of a sub"),
    ],
);

fn code(call: &mut Call<'_>, i: usize) -> Exec<Option<crate::value::Rc<crate::value::Code>>> {
    Ok(match call.arg(i)? {
        Val::CRef(code) => Some(code),
        _ => None,
    })
}

fn dualvar(call: &mut Call<'_>) -> Exec<Ret> {
    let num = call.arg(0)?;
    let num = match call.vm.num(&num)? {
        crate::text::Numeric::Int(n) => Val::Int(n),
        crate::text::Numeric::UInt(n) => Val::UInt(n),
        crate::text::Numeric::Num(n) => Val::Num(n),
    };
    let text = call.arg_str(1)?;
    Ok(Ret::One(Val::Dual(Dual::new(num, text))))
}

fn isweak(call: &mut Call<'_>) -> Exec<Ret> {
    let cell = call.cell(0)?;
    Ok(Val::Bool(matches!(cell.get_raw(), Val::Weak(_))).into())
}

pub(super) fn weaken(call: &mut Call<'_>) -> Exec<Ret> {
    let cell = call.cell(0)?;
    if cell.is_read_only() {
        return Err(call.die("Modification of a read-only value attempted"));
    }
    let raw = cell.get_raw();
    if matches!(raw, Val::Weak(_)) {
        call.warn(
            crate::diag::warnings::Category::Misc,
            "Reference is already weak",
        )?;
        return Ok(Ret::Nothing);
    }
    let Some(referent) = raw.referent() else {
        return Err(call.die("Can't weaken a nonreference"));
    };
    let weak = referent.weak();
    drop((raw, referent));
    cell.with_mut(|slot| std::mem::replace(slot, weak));
    Ok(Ret::Nothing)
}

pub(super) fn unweaken(call: &mut Call<'_>) -> Exec<Ret> {
    let cell = call.cell(0)?;
    let strong = cell.get();
    cell.with_mut(|slot| std::mem::replace(slot, strong));
    Ok(Ret::Nothing)
}

fn looks_like_number(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    if val.is_overloaded()
        && let Some(got) = call.vm.overload_unary(&val, "0+")?
    {
        return Ok(Val::Bool(got.looks_like_number()).into());
    }
    Ok(Val::Bool(!val.is_undef() && val.looks_like_number()).into())
}

fn openhandle(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let io = call.vm.io_of(&val)?;
    let open = io.is_some_and(|io| io.is_open() || !io.tie.borrow().is_undef());
    Ok(Ret::One(if open { val } else { Val::Undef }))
}

fn change_prototype(call: &mut Call<'_>, sub: usize, text: usize) -> Exec<Ret> {
    let Some(code) = code(call, sub)? else {
        return Err(call.die("set_prototype: not a subroutine reference"));
    };
    let prototype = match call.defined(text)? {
        Some(val) => Some(call.str(&val)?),
        None => None,
    };
    code.set_prototype(prototype);
    Ok(Ret::One(Val::CRef(code)))
}

fn set_prototype_first(call: &mut Call<'_>) -> Exec<Ret> {
    change_prototype(call, 1, 0)
}

fn subname(call: &mut Call<'_>) -> Exec<Ret> {
    match code(call, 0)? {
        Some(code) => Ok(Val::str(&code.full_name()).into()),
        None => Err(call.die("Not a subroutine reference")),
    }
}

/// The sub itself gets the name: references to it, weak ones too, stay what they are.
fn set_subname(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let Some(code) = code(call, 1)? else {
        return Err(call.die("Not a subroutine reference"));
    };
    let name = name.to_str_lossy().into_owned();
    let (package, short) = crate::value::symbols::split(&name);
    code.set_name(package, short);
    Ok(Ret::One(Val::CRef(code)))
}
