//! Digest::SHA (perldoc Digest::SHA).
use super::core_sha::{Sha, hmac};
use super::{Form, PIECE, bytes, eat_handle, written};
use crate::io::HandleRef;
use crate::value::{HasSide, Native, Scalar, Val};
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};
use std::cell::RefCell;
use std::rc::Rc as Shared;

/// The three forms of a function of an algorithm, plain and keyed.
macro_rules! functions {
    ($($n:literal $plain:literal $hex:literal $base64:literal $keyed:literal $keyed_hex:literal $keyed_base64:literal;)*) => {
        pub(in crate::native) const FUNCTIONS: Family = Family::new("Digest::SHA", &[$(
            row($plain, ";@", |call| whole(call, $n, Form::Raw), "the digest of some data as bytes"),
            row($hex, ";@", |call| whole(call, $n, Form::Hex), "the digest of some data in hexadecimal"),
            row($base64, ";@", |call| whole(call, $n, Form::Base64), "the digest of some data in base64"),
            row($keyed, ";@", |call| with_key(call, $n, Form::Raw), "the keyed digest as bytes"),
            row($keyed_hex, ";@", |call| with_key(call, $n, Form::Hex), "the keyed digest in hexadecimal"),
            row($keyed_base64, ";@", |call| with_key(call, $n, Form::Base64), "the keyed digest in base64"),
        )*]);
    };
}

functions! {
    1 "sha1" "sha1_hex" "sha1_base64" "hmac_sha1" "hmac_sha1_hex" "hmac_sha1_base64";
    224 "sha224" "sha224_hex" "sha224_base64" "hmac_sha224" "hmac_sha224_hex" "hmac_sha224_base64";
    256 "sha256" "sha256_hex" "sha256_base64" "hmac_sha256" "hmac_sha256_hex" "hmac_sha256_base64";
    384 "sha384" "sha384_hex" "sha384_base64" "hmac_sha384" "hmac_sha384_hex" "hmac_sha384_base64";
    512 "sha512" "sha512_hex" "sha512_base64" "hmac_sha512" "hmac_sha512_hex" "hmac_sha512_base64";
    512224 "sha512224" "sha512224_hex" "sha512224_base64" "hmac_sha512224" "hmac_sha512224_hex" "hmac_sha512224_base64";
    512256 "sha512256" "sha512256_hex" "sha512256_base64" "hmac_sha512256" "hmac_sha512256_hex" "hmac_sha512256_base64";
}

pub(in crate::native) const METHODS: Family = Family::new(
    "Digest::SHA",
    &[
        row(
            "_addfilebin",
            "$$",
            |call| addfile(call, false),
            "take in what is left of a file",
        ),
        row(
            "_addfileuniv",
            "$$",
            |call| addfile(call, true),
            "take in a file, line ends made \\n",
        ),
        row(
            "_getstate",
            "$",
            |call| {
                Ok(state(call)?
                    .map(|s| Val::bytes(&s.borrow().pack()))
                    .map_or(Ret::Nothing, Ret::One))
            },
            "the inner state",
        ),
        row("_putstate", "$$", putstate, "set the inner state"),
        row("add", "$;@", add, "take in data"),
        row(
            "algorithm",
            "$",
            |call| {
                Ok(state(call)?.map_or(Ret::Nothing, |s| {
                    Ret::One(Val::from(s.borrow().algorithm() as i32))
                }))
            },
            "the number of the algorithm",
        ),
        row(
            "b64digest",
            "$",
            |call| finish(call, Form::Base64),
            "the digest in base64",
        ),
        row("clone", "$", clone, "a copy of the object"),
        row(
            "digest",
            "$",
            |call| finish(call, Form::Raw),
            "the digest as bytes",
        ),
        row(
            "hashsize",
            "$",
            |call| {
                Ok(state(call)?.map_or(Ret::Nothing, |s| {
                    Ret::One(Val::from(s.borrow().bits() as i32))
                }))
            },
            "the bits of the digest",
        ),
        row(
            "hexdigest",
            "$",
            |call| finish(call, Form::Hex),
            "the digest in hexadecimal",
        ),
        row("newSHA", "$$", new, "an object for an algorithm"),
        row("shainit", "$$", init, "begin again with an algorithm"),
        row("sharewind", "$", rewind, "begin again"),
        row("shawrite", "$$$", write_bits, "take in bits"),
    ],
);

type State = Shared<RefCell<Sha>>;

fn whole(call: &mut Call<'_>, algorithm: u32, form: Form) -> Exec<Ret> {
    let Some(mut sha) = Sha::new(algorithm) else {
        return Ok(Ret::Nothing);
    };
    for i in 0..call.argc() {
        for piece in bytes(call, i)?.as_bytes().chunks(PIECE) {
            sha.update(piece);
            call.vm.checkpoint()?;
        }
    }
    Ok(written(&sha.digest(), form).into())
}

/// The last argument is the key.
fn with_key(call: &mut Call<'_>, algorithm: u32, form: Form) -> Exec<Ret> {
    let count = call.argc();
    let key = match count.checked_sub(1) {
        Some(last) if call.defined(last)?.is_some() => bytes(call, last)?,
        _ => crate::text::PerlStr::new(),
    };
    let pieces = (0..count.saturating_sub(1))
        .map(|i| bytes(call, i))
        .collect::<Exec<Vec<_>>>()?;
    let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
    let Some(sha) = hmac(algorithm, key.as_bytes(), &pieces) else {
        return Ok(Ret::Nothing);
    };
    Ok(written(&sha.digest(), form).into())
}

fn state_of(val: &Val) -> Option<State> {
    let Val::SRef(cell) = val else { return None };
    let Val::Native(native) = cell.get() else {
        return None;
    };
    native.object.clone().downcast::<RefCell<Sha>>().ok()
}

/// The state of the object in the first argument; perl gives undef for anything else.
fn state(call: &mut Call<'_>) -> Exec<Option<State>> {
    Ok(state_of(&call.arg(0)?))
}

fn object(call: &mut Call<'_>, class: &str, sha: Sha) -> Val {
    let state: State = Shared::new(RefCell::new(sha));
    let cell = Scalar::new(Val::Native(Native::new(state)));
    cell.bless(call.symbols().stash(class));
    Val::SRef(cell)
}

fn algorithm_arg(call: &mut Call<'_>) -> Exec<Option<Sha>> {
    let number = call.arg_int(1)?;
    Ok(u32::try_from(number).ok().and_then(Sha::new))
}

fn new(call: &mut Call<'_>) -> Exec<Ret> {
    let class = call.arg_str(0)?;
    let Some(sha) = algorithm_arg(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    Ok(object(call, &class.to_str_lossy(), sha).into())
}

fn clone(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(state) = state(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let class = call.arg(0)?.blessed().map(|stash| stash.name());
    let copy = state.borrow().clone();
    Ok(object(call, class.as_deref().unwrap_or("Digest::SHA"), copy).into())
}

fn init(call: &mut Call<'_>) -> Exec<Ret> {
    let (Some(state), Some(sha)) = (state(call)?, algorithm_arg(call)?) else {
        return Ok(Val::Int(0).into());
    };
    *state.borrow_mut() = sha;
    Ok(Val::Int(1).into())
}

fn restart(state: &State) {
    let algorithm = state.borrow().algorithm();
    if let Some(sha) = Sha::new(algorithm) {
        *state.borrow_mut() = sha;
    }
}

fn rewind(call: &mut Call<'_>) -> Exec<Ret> {
    if let Some(state) = state(call)? {
        restart(&state);
    }
    Ok(Ret::Nothing)
}

fn add(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(state) = state(call)? else {
        return Ok(Ret::Nothing);
    };
    for i in 1..call.argc() {
        let data = bytes(call, i)?;
        state.borrow_mut().update(data.as_bytes());
    }
    Ok(call.arg(0)?.into())
}

/// `shawrite(DATA, BITS, OBJECT)`
fn write_bits(call: &mut Call<'_>) -> Exec<Ret> {
    let data = bytes(call, 0)?;
    let bits = call.arg_uint(1)?;
    let Some(state) = state_of(&call.arg(2)?) else {
        return Ok(Val::Int(0).into());
    };
    let count = usize::try_from(bits).unwrap_or(usize::MAX);
    state.borrow_mut().update_bits(data.as_bytes(), count);
    Ok(Val::uint(bits).into())
}

/// the digest; the object begins again.
fn finish(call: &mut Call<'_>, form: Form) -> Exec<Ret> {
    let Some(state) = state(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let digest = state.borrow().digest();
    restart(&state);
    Ok(written(&digest, form).into())
}

fn putstate(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(state) = state(call)? else {
        return Ok(Ret::Nothing);
    };
    let packed = bytes(call, 1)?;
    state.borrow_mut().unpack(packed.as_bytes());
    Ok(Ret::Nothing)
}

fn addfile(call: &mut Call<'_>, universal: bool) -> Exec<Ret> {
    let Some(state) = state(call)? else {
        return Ok(Ret::Nothing);
    };
    let handle: Option<HandleRef> = call.handle(1)?.and_then(|io| io.handle());
    let Some(handle) = handle else {
        return Ok(Ret::Nothing);
    };
    let mut return_pending = false;
    eat_handle(call, &handle, |piece| {
        if universal {
            let lines = plain_lines(piece, &mut return_pending);
            state.borrow_mut().update(&lines);
        } else {
            state.borrow_mut().update(piece);
        }
    })?;
    if return_pending {
        state.borrow_mut().update(b"\n");
    }
    Ok(call.arg(0)?.into())
}

/// Line ends of other systems made \n; a return at the end of a piece waits for what follows.
fn plain_lines(piece: &[u8], pending: &mut bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(piece.len() + 1);
    for &byte in piece {
        if std::mem::take(pending) {
            out.push(b'\n');
            if byte == b'\n' {
                continue;
            }
        }
        match byte {
            b'\r' => *pending = true,
            _ => out.push(byte),
        }
    }
    out
}
