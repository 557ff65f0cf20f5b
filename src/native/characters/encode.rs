//! The fast ways of Encode, and the encodings its Perl part lacks (perldoc Encode).
//!
//! What converts without a mistake is done here at once. Mistakes go to the Perl part, which knows every `CHECK`.
use crate::io::encoding::{Encoding, Transcoder};
use crate::text::{PerlStr, utf8};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(in crate::native) const FAMILY: Family = Family::new(
    "Encode",
    &[
        free("_canonical", canonical, "the encoding's own name"),
        free("_decode_from", decode, "octets become characters"),
        free("_encode_as", encode, "characters become octets"),
    ],
);

fn canonical(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let found = Encoding::find(name.as_bytes());
    Ok(Ret::One(
        found.map(|encoding| Val::str(encoding.name())).into(),
    ))
}

fn encoding(call: &mut Call<'_>) -> Exec<Option<Encoding>> {
    let name = call.arg_str(0)?;
    Ok(Encoding::find(name.as_bytes()))
}

/// The Perl part's function of the same arguments, the second as it is and not a copy.
fn in_perl(call: &mut Call<'_>, function: &str) -> Exec<Ret> {
    let code = Val::str(&format!("Encode::{function}"));
    let args = [call.arg(0)?, Val::Cell(call.cell(1)?), call.arg(2)?];
    Ok(call.call_scalar(&code, &args)?.into())
}

/// All went well: the source is used up.
fn done(call: &mut Call<'_>, result: PerlStr) -> Exec<Ret> {
    call.assign(1, Val::empty())?;
    Ok(Val::Str(result).into())
}

fn characters(bytes: &[u8]) -> PerlStr {
    let mut text = PerlStr::from_bytes(bytes);
    text.set_utf8_flag(true);
    text
}

fn encode(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(encoding) = encoding(call)? else {
        return in_perl(call, "_perl_encode");
    };
    let text = call.arg_str(1)?;
    match encoding {
        Encoding::Utf8 => {
            let mut octets = text;
            octets.try_upgrade()?;
            octets.set_utf8_flag(false);
            return done(call, octets);
        }
        Encoding::Latin1 if !text.is_utf8() => return done(call, text),
        Encoding::Utf8Strict
        | Encoding::Latin1
        | Encoding::Ascii
        | Encoding::Wide(..)
        | Encoding::Other(..) => {}
    }
    let whole = text.upgraded();
    if std::str::from_utf8(whole.as_bytes()).is_ok() {
        let (mut out, mut notices) = (Vec::new(), Vec::new());
        Transcoder::new(encoding).encode(whole.as_bytes(), &mut out, &mut notices);
        if notices.is_empty() {
            return done(call, PerlStr::from_bytes(&out));
        }
    }
    match encoding {
        Encoding::Other(name, _) => encode_slowly(call, encoding, name, &whole),
        _ => in_perl(call, "_perl_encode"),
    }
}

/// A character at a time; `CHECK` says what becomes of those the encoding lacks.
fn encode_slowly(call: &mut Call<'_>, encoding: Encoding, name: &str, text: &PerlStr) -> Exec<Ret> {
    let check = call.arg(2)?;
    let question = Val::str("Encode::_no_character");
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (cp, len) = utf8::decode(&text.as_bytes()[at..]);
        let one = &text.as_bytes()[at..at + len.max(1)];
        let (mut octets, mut notices) = (Vec::new(), Vec::new());
        if std::str::from_utf8(one).is_ok() {
            Transcoder::new(encoding).encode(one, &mut octets, &mut notices);
        }
        if octets.is_empty() || !notices.is_empty() {
            let args = [Val::str(name), Val::uint(cp), check.clone(), Val::str("?")];
            let instead = call.call_scalar(&question, &args)?;
            if instead.is_undef() {
                break;
            }
            octets = call
                .str(&instead)?
                .downgraded()
                .map(|t| t.as_bytes().to_vec())
                .unwrap_or_default();
        }
        out.extend_from_slice(&octets);
        at += one.len();
    }
    call.assign(1, Val::Str(text.slice_bytes(at..text.len())))?;
    Ok(Val::bytes(&out).into())
}

fn decode(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(encoding) = encoding(call)? else {
        return in_perl(call, "_perl_decode");
    };
    let Some(octets) = call.arg_str(1)?.downgraded() else {
        return in_perl(call, "_perl_decode");
    };
    let bytes = octets.as_bytes();
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Strict if std::str::from_utf8(bytes).is_ok() => {
            let text = characters(bytes);
            return done(call, text);
        }
        Encoding::Latin1 => {
            let mut text = octets;
            text.try_upgrade()?;
            text.set_utf8_flag(true);
            return done(call, text);
        }
        Encoding::Ascii if bytes.is_ascii() => {
            let text = characters(bytes);
            return done(call, text);
        }
        Encoding::Other(name, _) => {
            let (mut out, mut notices) = (Vec::new(), Vec::new());
            // a character cut off at the end is left out, as in perl
            Transcoder::new(encoding).decode(bytes, false, &mut out, &mut notices);
            if notices.is_empty() {
                return done(call, characters(&out));
            }
            return decode_slowly(call, encoding, name, &octets);
        }
        _ => {}
    }
    in_perl(call, "_perl_decode")
}

/// The character at the start of some octets, as UTF-8, and how many octets it takes.
fn first(encoding: Encoding, bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    (1..=bytes.len().min(4)).find_map(|len| {
        let (mut out, mut notices) = (Vec::new(), Vec::new());
        Transcoder::new(encoding).decode(&bytes[..len], true, &mut out, &mut notices);
        (notices.is_empty() && !out.is_empty()).then_some((out, len))
    })
}

/// Could more octets make a character of these?
fn is_partial(encoding: Encoding, bytes: &[u8]) -> bool {
    let (mut out, mut notices) = (Vec::new(), Vec::new());
    bytes.len() < 4 && {
        Transcoder::new(encoding).decode(bytes, false, &mut out, &mut notices);
        out.is_empty() && notices.is_empty()
    }
}

/// A character at a time; `CHECK` says what becomes of octets that mean nothing.
fn decode_slowly(
    call: &mut Call<'_>,
    encoding: Encoding,
    name: &str,
    octets: &PerlStr,
) -> Exec<Ret> {
    let check = call.arg(2)?;
    let question = Val::str("Encode::_no_octets");
    let bytes = octets.as_bytes();
    let mut out = characters(b"");
    let mut at = 0;
    while at < bytes.len() {
        if let Some((text, len)) = first(encoding, &bytes[at..]) {
            out.try_push_bytes(&text)?;
            at += len;
            continue;
        }
        if is_partial(encoding, &bytes[at..]) {
            break;
        }
        let args = [Val::str(name), Val::bytes(&bytes[at..=at]), check.clone()];
        let instead = call.call_scalar(&question, &args)?;
        if instead.is_undef() {
            break;
        }
        let instead = call.str(&instead)?;
        out.try_push_str(&instead)?;
        at += 1;
    }
    call.assign(1, Val::Str(octets.slice_bytes(at..octets.len())))?;
    Ok(Val::Str(out).into())
}
