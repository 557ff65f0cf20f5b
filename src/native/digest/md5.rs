//! Digest::MD5 (perldoc Digest::MD5).
use super::core_md5::Md5;
use super::{Form, PIECE, bytes, eat_handle, written};
use crate::io::HandleRef;
use crate::native::usage;
use crate::value::{HasSide, Native, Scalar, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};
use std::cell::RefCell;
use std::rc::Rc as Shared;

pub(in crate::native) const FAMILY: Family = Family::new(
    "Digest::MD5",
    &[
        free("add", add, "take in data"),
        free("addfile", addfile, "take in what is left of a file"),
        free(
            "b64digest",
            |call| finish(call, "b64digest", Form::Base64),
            "the digest in base64",
        ),
        free("clone", clone, "a copy of the object"),
        free("context", context, "the inner state, to ask or set"),
        free(
            "digest",
            |call| finish(call, "digest", Form::Raw),
            "the digest as bytes",
        ),
        free(
            "hexdigest",
            |call| finish(call, "hexdigest", Form::Hex),
            "the digest in hexadecimal",
        ),
        free(
            "md5",
            |call| whole(call, Form::Raw),
            "the digest of some data as bytes",
        ),
        free(
            "md5_base64",
            |call| whole(call, Form::Base64),
            "the digest of some data in base64",
        ),
        free(
            "md5_hex",
            |call| whole(call, Form::Hex),
            "the digest of some data in hexadecimal",
        ),
        free("new", new, "an object to take in data by and by"),
    ],
);

type State = Shared<RefCell<Md5>>;

fn whole(call: &mut Call<'_>, form: Form) -> Exec<Ret> {
    let mut md5 = Md5::new();
    for i in 0..call.argc() {
        for piece in bytes(call, i)?.as_bytes().chunks(PIECE) {
            md5.update(piece);
            call.vm.checkpoint()?;
        }
    }
    Ok(written(&md5.digest(), form).into())
}

fn state(call: &mut Call<'_>, signature: &str) -> Exec<State> {
    if call.argc() == 0 {
        return Err(call.die(format!("Usage: Digest::MD5::{signature}")));
    }
    if let Val::SRef(cell) = call.arg(0)?
        && let Val::Native(native) = cell.get()
        && let Ok(state) = native.object.clone().downcast::<RefCell<Md5>>()
    {
        return Ok(state);
    }
    Err(call.die("Not a reference to a Digest::MD5 object"))
}

fn object(call: &mut Call<'_>, class: &str, md5: Md5) -> Val {
    let state: State = Shared::new(RefCell::new(md5));
    let cell = Scalar::new(Val::Native(Native::new(state)));
    cell.bless(call.symbols().stash(class));
    Val::SRef(cell)
}

fn new(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Digest::MD5::new(xclass)")?;
    let class = call.arg(0)?;
    if class.is_ref() {
        *state(call, "new(xclass)")?.borrow_mut() = Md5::new();
        return Ok(class.into());
    }
    let name = call.str(&class)?;
    Ok(object(call, &name.to_str_lossy(), Md5::new()).into())
}

fn clone(call: &mut Call<'_>) -> Exec<Ret> {
    let copy = state(call, "clone(self)")?.borrow().clone();
    let class = call.arg(0)?.blessed().map(|stash| stash.name());
    Ok(object(call, class.as_deref().unwrap_or("Digest::MD5"), copy).into())
}

fn add(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(call, "add(self, ...)")?;
    for i in 1..call.argc() {
        let data = bytes(call, i)?;
        state.borrow_mut().update(data.as_bytes());
    }
    Ok(call.arg(0)?.into())
}

fn addfile(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Digest::MD5::addfile(self, fh)")?;
    let state = state(call, "addfile(self, fh)")?;
    let val = call.arg(1)?;
    if val.is_undef() {
        return Err(call.die("Can't use an undefined value as filehandle reference"));
    }
    let handle: Option<HandleRef> = call.handle(1)?.and_then(|io| io.handle());
    let Some(handle) = handle else {
        let shown = call.str(&val)?.to_str_lossy().into_owned();
        return Err(call.die(format!("Bad filehandle: {shown}")));
    };
    if !eat_handle(call, &handle, |piece| state.borrow_mut().update(piece))? {
        return Err(call.die("Reading from filehandle failed"));
    }
    Ok(call.arg(0)?.into())
}

/// the digest; the object begins again.
fn finish(call: &mut Call<'_>, name: &str, form: Form) -> Exec<Ret> {
    let state = state(call, &format!("{name}(context)"))?;
    let done = state.replace(Md5::new());
    Ok(written(&done.digest(), form).into())
}

fn context(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(call, "context(ctx, ...)")?;
    if call.argc() > 2 {
        let blocks = call.arg_uint(1)?;
        let words = bytes(call, 2)?;
        let rest = if call.argc() > 3 {
            bytes(call, 3)?
        } else {
            crate::text::PerlStr::new()
        };
        *state.borrow_mut() = Md5::from_context(blocks, words.as_bytes(), rest.as_bytes());
        return Ok(call.arg(0)?.into());
    }
    let state = state.borrow();
    let (blocks, words, rest) = state.context();
    call.push(Val::uint(blocks));
    call.push(Val::bytes(&words));
    if !rest.is_empty() {
        call.push(Val::bytes(rest));
    }
    Ok(Ret::List)
}
