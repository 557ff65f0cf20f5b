//! Unicode::Normalize: normalization forms and the character data behind them (perldoc Unicode::Normalize).
//!
//! The tables are those of unicode-normalization. What is put together from them is done here, as perl's strings hold
//! code points that no `char` is; those are starters that nothing becomes of.
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};
use unicode_normalization::char as table;
use unicode_normalization::{
    IsNormalized, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

pub(in crate::native) const FAMILY: Family = Family::new(
    "Unicode::Normalize",
    &[
        row(
            "FCC",
            "$",
            |call| form(call, false, Some(true)),
            "decomposed, neighbours composed",
        ),
        row(
            "NFC",
            "$",
            |call| form(call, false, Some(false)),
            "normalization form C",
        ),
        row(
            "NFD",
            "$",
            |call| form(call, false, None),
            "normalization form D",
        ),
        row(
            "NFKC",
            "$",
            |call| form(call, true, Some(false)),
            "normalization form KC",
        ),
        row(
            "NFKD",
            "$",
            |call| form(call, true, None),
            "normalization form KD",
        ),
        row(
            "checkFCC",
            "$",
            |call| check_fast(call, true),
            "is it in FCC",
        ),
        row(
            "checkFCD",
            "$",
            |call| check_fast(call, false),
            "is it in FCD",
        ),
        row(
            "checkNFC",
            "$",
            |call| check(call, |c| is_nfc_quick(c)),
            "is it in NFC",
        ),
        row(
            "checkNFD",
            "$",
            |call| check(call, |c| is_nfd_quick(c)),
            "is it in NFD",
        ),
        row(
            "checkNFKC",
            "$",
            |call| check(call, |c| is_nfkc_quick(c)),
            "is it in NFKC",
        ),
        row(
            "checkNFKD",
            "$",
            |call| check(call, |c| is_nfkd_quick(c)),
            "is it in NFKD",
        ),
        row(
            "compose",
            "$",
            |call| composed(call, false),
            "compose what can be",
        ),
        row(
            "composeContiguous",
            "$",
            |call| composed(call, true),
            "compose neighbours",
        ),
        row(
            "decompose",
            "$;$",
            decompose,
            "the decomposition of each character",
        ),
        row(
            "getCanon",
            "$",
            |call| decomposition(call, false),
            "a canonical decomposition",
        ),
        row(
            "getCombinClass",
            "$",
            |call| {
                let class = class(call.arg_uint(0)?);
                Ok(Val::Int(class.into()).into())
            },
            "a combining class",
        ),
        row(
            "getCompat",
            "$",
            |call| decomposition(call, true),
            "a compatibility decomposition",
        ),
        row("getComposite", "$$", composite, "what two characters make"),
        row(
            "isComp2nd",
            "$",
            |call| ask(call, may_join),
            "can it join the character before it",
        ),
        row(
            "isComp_Ex",
            "$",
            |call| ask(call, is_excluded),
            "is it never composed",
        ),
        row(
            "isExclusion",
            "$",
            |call| ask(call, is_script_excluded),
            "is it left out of composition by script",
        ),
        row(
            "isNFC_MAYBE",
            "$",
            |call| ask(call, may_join),
            "may it not stand in NFC",
        ),
        row(
            "isNFC_NO",
            "$",
            |call| ask(call, is_excluded),
            "does it never stand in NFC",
        ),
        row(
            "isNFD_NO",
            "$",
            |call| ask(call, |c| parts(c, false) != [c]),
            "does it never stand in NFD",
        ),
        row(
            "isNFKC_MAYBE",
            "$",
            |call| ask(call, may_join),
            "may it not stand in NFKC",
        ),
        row(
            "isNFKC_NO",
            "$",
            |call| {
                ask(call, |c| {
                    is_excluded(c) || parts(c, false) != parts(c, true)
                })
            },
            "does it never stand in NFKC",
        ),
        row(
            "isNFKD_NO",
            "$",
            |call| ask(call, |c| parts(c, true) != [c]),
            "does it never stand in NFKD",
        ),
        row(
            "isNonStDecomp",
            "$",
            |call| ask(call, begins_joined),
            "does its decomposition begin with a non-starter",
        ),
        row(
            "isSingleton",
            "$",
            |call| ask(call, is_singleton),
            "is it another name of one character",
        ),
        row(
            "reorder",
            "$",
            |call| {
                let mut text = points(call)?;
                reorder(&mut text);
                Ok(string(&text))
            },
            "put combining characters in order",
        ),
        free(
            "splitOnLastStarter",
            split_on_last_starter,
            "what more text cannot change, and the rest",
        ),
    ],
);

fn points(call: &mut Call<'_>) -> Exec<Vec<u64>> {
    Ok(call.arg_str(0)?.chars().collect())
}

fn string(text: &[u64]) -> Ret {
    let mut out = PerlStr::from_code_points(text.iter().copied());
    out.upgrade();
    Val::Str(out).into()
}

fn as_char(point: u64) -> Option<char> {
    u32::try_from(point).ok().and_then(char::from_u32)
}

fn class(point: u64) -> u8 {
    as_char(point).map_or(0, table::canonical_combining_class)
}

/// The full decomposition of a character.
fn parts(point: u64, compatible: bool) -> Vec<u64> {
    let mut out = Vec::with_capacity(2);
    match as_char(point) {
        Some(c) if compatible => table::decompose_compatible(c, |part| out.push(part.into())),
        Some(c) => table::decompose_canonical(c, |part| out.push(part.into())),
        None => out.push(point),
    }
    out
}

fn decomposed(text: &[u64], compatible: bool) -> Vec<u64> {
    let each = text.iter().flat_map(|&point| match point {
        0..0x80 => vec![point],
        _ => parts(point, compatible),
    });
    each.collect()
}

/// Sorts each run of combining characters by class; those of one class stay as they are.
fn reorder(text: &mut [u64]) {
    for run in text.split_mut(|&point| class(point) == 0) {
        run.sort_by_key(|&point| class(point));
    }
}

fn pair(left: u64, right: u64) -> Option<u64> {
    table::compose(as_char(left)?, as_char(right)?).map(u64::from)
}

/// Composes each character with the starter before it, where nothing between them is in the way: a character of the
/// same or a higher class, or, where only neighbours count, any.
fn compose(text: &[u64], neighbours: bool) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::with_capacity(text.len());
    let mut starter = None;
    let mut last = 0;
    for &point in text {
        let own = class(point);
        if let Some(at) = starter {
            let between = out.len() - 1 - at;
            let blocked = between > 0 && (neighbours || last >= own);
            if !blocked && let Some(both) = pair(out[at], point) {
                out[at] = both;
                continue;
            }
        }
        if own == 0 {
            starter = Some(out.len());
        }
        last = own;
        out.push(point);
    }
    out
}

/// `neighbours`: also composed, all or only neighbours.
fn form(call: &mut Call<'_>, compatible: bool, neighbours: Option<bool>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    if text.is_ascii() {
        return Ok(Val::Str(text.upgraded()).into());
    }
    let text: Vec<u64> = text.chars().collect();
    let mut text = decomposed(&text, compatible);
    reorder(&mut text);
    Ok(match neighbours {
        Some(neighbours) => string(&compose(&text, neighbours)),
        None => string(&text),
    })
}

fn composed(call: &mut Call<'_>, neighbours: bool) -> Exec<Ret> {
    let text = points(call)?;
    Ok(string(&compose(&text, neighbours)))
}

fn decompose(call: &mut Call<'_>) -> Exec<Ret> {
    let text = points(call)?;
    let compatible = call.arg_bool(1)?;
    Ok(string(&decomposed(&text, compatible)))
}

fn decomposition(call: &mut Call<'_>, compatible: bool) -> Exec<Ret> {
    let point = call.arg_uint(0)?;
    let parts = parts(point, compatible);
    Ok(match parts == [point] {
        true => Ret::One(Val::Undef),
        false => string(&parts),
    })
}

/// Left out of composition by the list for scripts, not by what it is.
fn is_script_excluded(point: u64) -> bool {
    is_excluded(point) && !is_singleton(point) && !begins_joined(point)
}

/// Characters that are never composed count here as well.
fn composite(call: &mut Call<'_>) -> Exec<Ret> {
    let (left, right) = (call.arg_uint(0)?, call.arg_uint(1)?);
    let excluded = || {
        let both = [left, right];
        (0x340..0x2FA1E).find(|&c| is_script_excluded(c) && parts(c, false) == both)
    };
    let never =
        class(left) == 0 && parts(left, false).len() == 1 && class(right) == 0 && right < 0x300;
    let found = pair(left, right).or_else(|| if never { None } else { excluded() });
    Ok(Ret::One(found.map(|c| Val::Int(c as i64)).into()))
}

fn ask(call: &mut Call<'_>, question: fn(u64) -> bool) -> Exec<Ret> {
    let point = call.arg_uint(0)?;
    Ok(Val::Bool(question(point)).into())
}

fn may_join(point: u64) -> bool {
    as_char(point).is_some_and(|c| is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe)
}

/// Is it decomposed for good?
fn is_excluded(point: u64) -> bool {
    let parts = parts(point, false);
    parts != [point] && compose(&parts, false) != [point]
}

/// Does it stand for one other character?
fn is_singleton(point: u64) -> bool {
    is_excluded(point) && compose(&parts(point, false), false).len() == 1
}

fn begins_joined(point: u64) -> bool {
    let parts = parts(point, false);
    parts.len() > 1 && (class(point) != 0 || class(parts[0]) != 0)
}

/// Yes, no, or undef where only the form itself would tell.
fn verdict(is: IsNormalized) -> Ret {
    match is {
        IsNormalized::Yes => Val::Bool(true).into(),
        IsNormalized::No => Val::Bool(false).into(),
        IsNormalized::Maybe => Ret::One(Val::Undef),
    }
}

fn check(call: &mut Call<'_>, quick: fn(std::vec::IntoIter<char>) -> IsNormalized) -> Exec<Ret> {
    // what no `char` can hold is as inert as a private character
    let text: Vec<char> = points(call)?
        .into_iter()
        .map(|point| as_char(point).unwrap_or('\u{E000}'))
        .collect();
    Ok(verdict(quick(text.into_iter())))
}

/// FCD: decomposing each character would give text in order. FCC: nor would any of them be composed.
fn check_fast(call: &mut Call<'_>, contiguous: bool) -> Exec<Ret> {
    let mut is = IsNormalized::Yes;
    let mut last = 0;
    for point in points(call)? {
        let parts = parts(point, false);
        let first = parts.first().map_or(0, |&part| class(part));
        if first != 0 && last > first || contiguous && is_excluded(point) {
            return Ok(verdict(IsNormalized::No));
        }
        if contiguous && may_join(point) {
            is = IsNormalized::Maybe;
        }
        last = parts.last().map_or(0, |&part| class(part));
    }
    Ok(verdict(is))
}

fn split_on_last_starter(call: &mut Call<'_>) -> Exec<Ret> {
    let text = points(call)?;
    let at = text.iter().rposition(|&point| class(point) == 0);
    let (done, rest) = text.split_at(at.unwrap_or(0));
    for half in [done, rest] {
        if let Ret::One(val) = string(half) {
            call.push(val);
        }
    }
    Ok(Ret::List)
}
