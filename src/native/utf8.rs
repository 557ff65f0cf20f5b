//! The functions of package utf8, which need no `use utf8` (perldoc utf8).
use crate::text::{PerlStr, utf8};
use crate::value::Val;
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "utf8",
    &[
        row(
            "decode",
            "$",
            decode,
            "bytes of UTF-8 become the characters they stand for",
        ),
        row("downgrade", "$;$", downgrade, "store characters as bytes"),
        row(
            "encode",
            "$",
            encode,
            "characters become the bytes of their UTF-8",
        ),
        row(
            "is_utf8",
            "$",
            |call| Ok(Val::Bool(flagged(call)?).into()),
            "is it stored as UTF-8",
        ),
        row(
            "native_to_unicode",
            "$",
            |call| Ok(call.arg(0)?.into()),
            "a code point as Unicode's",
        ),
        row(
            "unicode_to_native",
            "$",
            |call| Ok(call.arg(0)?.into()),
            "a code point as the system's",
        ),
        row("upgrade", "$", upgrade, "store characters as UTF-8"),
        row("valid", "$", valid, "is it stored consistently"),
    ],
);

fn flagged(call: &mut Call<'_>) -> Exec<bool> {
    Ok(match call.arg(0)? {
        Val::Str(text) => text.is_utf8(),
        Val::Dual(dual) => dual.text.as_ref().is_some_and(PerlStr::is_utf8),
        _ => false,
    })
}

fn valid(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    Ok(Val::Bool(!text.is_utf8() || utf8::is_valid(text.as_bytes())).into())
}

fn encode(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let mut text = call.vm.map_text(text, |mut piece| {
        piece.try_upgrade()?;
        Ok(piece)
    })?;
    text.try_upgrade()?;
    text.set_utf8_flag(false);
    call.assign(0, Val::Str(text))?;
    Ok(Ret::Nothing)
}

fn decode(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let Some(mut text) = text.downgraded() else {
        return Ok(Val::Bool(false).into());
    };
    if !utf8::is_valid(text.as_bytes()) {
        return Ok(Val::Bool(false).into());
    }
    if !text.is_ascii() {
        text.set_utf8_flag(true);
    }
    call.assign(0, Val::Str(text))?;
    Ok(Val::Bool(true).into())
}

fn upgrade(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    if val.is_undef() {
        return Ok(Val::Int(0).into());
    }
    let mut text = call.str(&val)?;
    text.try_upgrade()?;
    let len = text.len();
    let cell = call.cell(0)?;
    if cell.is_read_only() {
        // the same characters: that is no modification
        return Ok(Val::from(len).into());
    }
    call.assign(0, Val::Str(text))?;
    Ok(Val::from(len).into())
}

fn downgrade(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    let quiet = call.arg_bool(1)?;
    // what is no string, a reference above all, stays what it is
    if !flagged(call)? {
        return Ok(Val::Bool(true).into());
    }
    let mut text = call.str(&val)?;
    if text.downgrade() {
        call.assign(0, Val::Str(text))?;
        return Ok(Val::Bool(true).into());
    }
    if quiet {
        return Ok(Val::Bool(false).into());
    }
    Err(call.die("Wide character in subroutine entry"))
}
