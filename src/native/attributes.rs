//! The native half of attributes: what perl itself knows of a sub's attributes (perldoc attributes).
use crate::text::PerlStr;
use crate::value::code::bit;
use crate::value::{Code, Rc, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "attributes",
    &[
        free(
            "_modify_attrs",
            modify,
            "sets the attributes perl knows, gives the others",
        ),
        free("_fetch_attrs", fetch, "the attributes perl knows"),
        free("_guess_stash", package, "the package of a sub"),
        free("reftype", reftype, "the kind of what a reference refers to"),
    ],
);

fn sub_of(call: &mut Call<'_>) -> Exec<Option<Rc<Code>>> {
    Ok(match call.arg(0)? {
        Val::CRef(code) => Some(code),
        _ => None,
    })
}

fn modify(call: &mut Call<'_>) -> Exec<Ret> {
    let code = sub_of(call)?;
    let mut others = Vec::new();
    for i in 1..call.argc() {
        let attribute = call.arg_str(i)?;
        let text = attribute.to_str_lossy().into_owned();
        let known = match &code {
            Some(code) => set(code, &text),
            None => text == "shared",
        };
        if !known {
            others.push(Val::Str(attribute));
        }
    }
    call.list(others)
}

/// Sets an attribute of a sub, or takes it away (`-lvalue`); false: it is none of perl's.
fn set(code: &Code, attribute: &str) -> bool {
    let (on, name) = match attribute.strip_prefix('-') {
        Some(name) => (false, name),
        None => (true, attribute),
    };
    let known = match name {
        "lvalue" => bit::LVALUE,
        "method" => bit::METHOD,
        "const" => return true,
        _ => {
            let inner = name.strip_prefix("prototype(");
            return match inner.and_then(|name| name.strip_suffix(')')) {
                Some(prototype) if on => {
                    let text: String = prototype.split_whitespace().collect();
                    code.set_prototype(Some(PerlStr::from(text.as_str())));
                    true
                }
                _ => false,
            };
        }
    };
    match on {
        true => code.set_bits(known),
        false => code.clear_bits(known),
    }
    true
}

fn fetch(call: &mut Call<'_>) -> Exec<Ret> {
    let mut found = Vec::new();
    if let Some(code) = sub_of(call)? {
        for (known, name) in [(bit::LVALUE, "lvalue"), (bit::METHOD, "method")] {
            if code.bits() & known != 0 {
                found.push(Val::str(name));
            }
        }
    }
    call.list(found)
}

fn package(call: &mut Call<'_>) -> Exec<Ret> {
    let name = sub_of(call)?.and_then(|code| code.name());
    let package = name.filter(|(package, _)| !package.is_empty());
    Ok(Ret::One(
        package
            .map(|(package, _)| Val::str(&package))
            .unwrap_or_default(),
    ))
}

fn reftype(call: &mut Call<'_>) -> Exec<Ret> {
    let kind = call.arg(0)?.referent().map(|r| Val::str(r.kind_name()));
    Ok(Ret::One(kind.unwrap_or_default()))
}
