//! splice, chomp and chop of lists, and other work on lists (perlfunc, family List).

use crate::bytecode::Want;
use crate::diag::warnings::Category;
use crate::value::{HasSide, Val};
use crate::vm::native::{Family, function};
use crate::vm::{Call, Exec, Ret};

pub(super) const FAMILY: Family = Family::new(
    "List",
    &[
        function("splice", "\\@;$$@", splice),
        function("chomp", "@", chomp),
        function("chop", "@", chop),
        function("keys", "\\[%@]", |call| walk(call, 0)),
        function("values", "\\[%@]", |call| walk(call, 1)),
        function("reverse", "@", reverse),
        function("join", "$@", join),
    ],
);

fn splice(call: &mut Call<'_>) -> Exec<Ret> {
    let Val::ARef(array) = call.raw(0).loaded() else {
        return Err(call.die("Not an ARRAY reference"));
    };
    if let Some(object) = array.tied() {
        let mut args = vec![object];
        args.extend(call.args_from(1)?);
        let want = call.want();
        let got = call.call_method("SPLICE", &args, want)?;
        return call.list(got);
    }
    let len = array.len() as i64;
    let mut off = if call.argc() > 1 { call.arg_int(1)? } else { 0 };
    if off < 0 {
        off += len;
        if off < 0 {
            return Err(call.die(
                "Modification of non-creatable array value attempted, subscript ".to_string()
                    + &(off - len).to_string(),
            ));
        }
    }
    if off > len {
        call.warn(Category::Misc, "splice() offset past end of array")?;
        off = len;
    }
    let count = match call.defined(2)? {
        None => len - off,
        Some(val) => {
            let n = call.vm.int(&val)?;
            if n < 0 {
                (len - off + n).max(0)
            } else {
                n.min(len - off)
            }
        }
    };
    let list = call.args_from(3)?;
    let gone = array.splice(off as usize, count as usize, list)?;
    match call.want() {
        Want::List => call.list(gone),
        _ => Ok(Ret::One(gone.last().cloned().unwrap_or_default())),
    }
}

fn chomp(call: &mut Call<'_>) -> Exec<Ret> {
    let mut n = 0;
    for i in 0..call.argc() {
        if matches!(call.raw(i), Val::Cell(_) | Val::Slot(_)) {
            let cell = call.cell(i)?;
            n += call.vm.chomp_cell(&cell)?;
        }
    }
    Ok(Ret::One(Val::Int(n)))
}

fn chop(call: &mut Call<'_>) -> Exec<Ret> {
    let mut last = Val::empty();
    for i in 0..call.argc() {
        if matches!(call.raw(i), Val::Cell(_) | Val::Slot(_)) {
            let cell = call.cell(i)?;
            last = call.vm.chop_cell(&cell)?;
        }
    }
    Ok(Ret::One(last))
}

fn reverse(call: &mut Call<'_>) -> Exec<Ret> {
    let mut all = call.args()?;
    if call.wants_list() {
        all.reverse();
        return call.list(all);
    }
    let mut text = crate::text::PerlStr::new();
    if all.is_empty() {
        let topic = call.vm.names.underscore.scalar();
        let val = call.vm.fetch(&topic)?;
        text = call.str(&val)?;
    }
    for val in &all {
        let more = call.str(val)?;
        match text.is_empty() {
            true => text = more,
            false => call.vm.append_text(&mut text, &more)?,
        }
    }
    let turned = call.vm.turned_text(&text)?;
    Ok(Ret::One(Val::Str(turned)))
}

/// How many bytes are joined between two looks at what is pending.
const JOIN_STEP: usize = 16 << 20;

fn join(call: &mut Call<'_>) -> Exec<Ret> {
    let sep = call.arg_str(0)?;
    let mut text = crate::text::PerlStr::new();
    let mut next = JOIN_STEP;
    for i in 1..call.argc() {
        if i > 1 {
            text.try_push_str(&sep)?;
        }
        text.try_push_str(&call.arg_str(i)?)?;
        if text.len() > next {
            next = text.len() + JOIN_STEP;
            call.vm.safepoint()?;
        }
    }
    Ok(Ret::One(Val::Str(text)))
}

/// keys (0) or values (1) of a container.
fn walk(call: &mut Call<'_>, kind: u8) -> Exec<Ret> {
    match call.raw(0).loaded() {
        Val::HRef(hash) => {
            if call.wants_list() {
                call.vm.push_hash_items(kind, &hash)?;
                return Ok(Ret::List);
            }
            let n = call.vm.hash_keys(&hash)?.len();
            Ok(Ret::One(Val::Int(n as i64)))
        }
        Val::ARef(array) => {
            let n = call.vm.array_len(&array)?;
            if !call.wants_list() {
                return Ok(Ret::One(Val::Int(n as i64)));
            }
            if kind == 0 {
                return call.list((0..n as i64).map(Val::Int));
            }
            let vals = call.vm.array_values(&array)?;
            call.list(vals)
        }
        val if !call.wants_list() => Ok(Ret::One(val)),
        _ => Err(call.die("Experimental keys on scalar is now forbidden")),
    }
}
