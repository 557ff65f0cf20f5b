//! Method resolution order (perldoc mro).
use crate::value::{Array, Rc, Stash, Val, mro as order};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};

pub(super) const BUILT_IN: Family = Family::new(
    "mro",
    &[
        row(
            "get_isarev",
            "$",
            isarev,
            "the classes that inherit from one",
        ),
        row(
            "get_linear_isa",
            "$;$",
            linear,
            "a class and its ancestors in order",
        ),
        row("get_mro", "$", kind, "the order a class uses"),
        row(
            "get_pkg_gen",
            "$",
            |_| Ok(Val::from(crate::value::stash::generation()).into()),
            "a number that changes with the class",
        ),
        row(
            "invalidate_all_method_caches",
            "",
            changed,
            "forget all method look-ups",
        ),
        row(
            "is_universal",
            "$",
            is_universal,
            "does every class inherit from it",
        ),
        row(
            "method_changed_in",
            "$",
            changed,
            "forget method look-ups of a class",
        ),
        row("set_mro", "$$", set, "choose the order of a class"),
    ],
);

pub(super) const FAMILY: Family = Family::new(
    "mro",
    &[free(
        "_nextcan",
        next_can,
        "the next method of the same name",
    )],
);

fn stash(call: &mut Call<'_>) -> Exec<Option<Rc<Stash>>> {
    let name = call.arg_str(0)?;
    Ok(call.symbols().stash_if(&name.to_str_lossy()))
}

fn names(stashes: &[Rc<Stash>]) -> Val {
    let list = stashes.iter().map(|s| Val::str(&s.name())).collect();
    Val::ARef(Array::from_vec(list))
}

fn linear(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(found) = stash(call)? else {
        let name = call.arg(0)?;
        return Ok(Val::ARef(Array::from_vec(vec![name])).into());
    };
    let was = found.is_c3();
    if let Some(kind) = call.defined(1)? {
        found.set_c3(call.str(&kind)?.as_bytes() == b"c3");
    }
    let symbols = call.symbols();
    let wrong = match found.is_c3() {
        true => order::c3(&symbols, &found).err(),
        false if order::is_circular(&symbols, &found) => Some(order::recursive(&found)),
        false => None,
    };
    let ancestors = found.linear();
    if found.is_c3() != was {
        found.set_c3(was);
    }
    if let Some(wrong) = wrong {
        return Err(call.die(wrong));
    }
    Ok(names(&ancestors).into())
}

fn kind(call: &mut Call<'_>) -> Exec<Ret> {
    let c3 = stash(call)?.is_some_and(|s| s.is_c3());
    Ok(Val::str(if c3 { "c3" } else { "dfs" }).into())
}

fn set(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let order = call.arg_str(1)?;
    let found = call.symbols().stash(&name.to_str_lossy());
    match order.as_bytes() {
        b"c3" => found.set_c3(true),
        b"dfs" => found.set_c3(false),
        _ => return Err(call.die(format!("Invalid mro name: '{}'", order.to_str_lossy()))),
    }
    Ok(Ret::Nothing)
}

fn isarev(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?.to_str_lossy().into_owned();
    let list = call.symbols().all();
    let list: Vec<Val> = list
        .iter()
        .filter(|s| *s.name() != *name && s.isa(&name))
        .map(|s| Val::str(&s.name()))
        .collect();
    Ok(Val::ARef(Array::from_vec(list)).into())
}

fn is_universal(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?.to_str_lossy().into_owned();
    let universal = call.symbols().stash("UNIVERSAL").isa(&name);
    Ok(Val::Bool(universal).into())
}

fn changed(_: &mut Call<'_>) -> Exec<Ret> {
    crate::value::stash::next_generation();
    Ok(Ret::Nothing)
}

/// `next::method` and its kin: the class and name of the calling method, then the next in the object's order.
fn next_can(call: &mut Call<'_>) -> Exec<Ret> {
    let invocant = call.arg(0)?;
    let throw = call.arg_bool(1)?;
    let class = match invocant.blessed() {
        Some(stash) => stash,
        None => {
            let name = call.str(&invocant)?;
            call.symbols().stash(&name.to_str_lossy())
        }
    };
    let Some((package, name)) = call.vm.calling_method() else {
        return Err(
            call.die("next::method/next::can/maybe::next::method must be used in method context")
        );
    };
    let order = c3_order(&class);
    let after = order.iter().skip_while(|s| *s.name() != *package).skip(1);
    for stash in after {
        if let Some(code) = stash
            .glob_if(&name)
            .and_then(|glob| glob.code())
            .filter(|c| c.is_defined())
        {
            return Ok(Val::CRef(code).into());
        }
    }
    if throw {
        return Err(call.die(format!(
            "No next::method '{name}' found for {}",
            &*class.name()
        )));
    }
    Ok(Ret::One(Val::Undef))
}

fn c3_order(class: &Rc<Stash>) -> Vec<Rc<Stash>> {
    let was = class.is_c3();
    class.set_c3(true);
    let order = class.linear().to_vec();
    class.set_c3(was);
    order
}
