//! Version objects: parsing, comparing and showing versions (perldoc version).
use crate::text::PerlStr;
use crate::value::{Array, Hash, Rc, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};
use std::cmp::Ordering;

pub(super) const FAMILY: Family = Family::new(
    "version",
    &[
        free("(\"\"", stringify, "as it was written"),
        free("(0+", numify, "as a number"),
        free("(bool", truth, "is it more than zero"),
        free("(cmp", compare, "which is later"),
        free("(<=>", compare, "which is later"),
        free("(+", no_operation, "not allowed"),
        free("(-", no_operation, "not allowed"),
        free("(*", no_operation, "not allowed"),
        free("(/", no_operation, "not allowed"),
        free("(abs", no_operation, "not allowed"),
        free("()", |_| Ok(Ret::Nothing), "operators are defined"),
        free("((", |_| Ok(Ret::Nothing), "operators are defined"),
        free("declare", declare, "a version in dotted form"),
        free(
            "is_alpha",
            |call| Ok(Val::Bool(flag(call, "alpha")?).into()),
            "is it an alpha version",
        ),
        free(
            "is_qv",
            |call| Ok(Val::Bool(flag(call, "qv")?).into()),
            "is it in dotted form",
        ),
        free(
            "is_lax",
            |call| Ok(Val::Bool(fits(call, lax)?).into()),
            "is it a version perl would take",
        ),
        free(
            "is_strict",
            |call| Ok(Val::Bool(fits(call, strict)?).into()),
            "is it a version as it should be",
        ),
        free("new", new, "a version object"),
        free("noop", no_operation, "not allowed"),
        free("normal", normal, "in dotted form"),
        free("numify", numify, "as a number"),
        free("parse", new, "a version object"),
        free("qv", declare, "a version in dotted form"),
        free("stringify", stringify, "as it was written"),
        free("to_decimal", numify, "as a number"),
        free("to_dotted_decimal", normal, "in dotted form"),
        free("vcmp", compare, "which is later"),
    ],
);

/// A parsed version.
#[derive(Clone, Debug, Default)]
pub struct Version {
    parts: Vec<i64>,
    dotted: bool,
    alpha: bool,
    original: String,
}

fn fits(call: &mut Call<'_>, form: fn(&str) -> bool) -> Exec<bool> {
    let val = call.arg(0)?;
    if val.is_undef() {
        return Ok(false);
    }
    Ok(form(&call.str(&val)?.to_str_lossy()))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// version, "Strict Version".
fn strict(text: &str) -> bool {
    let (body, dotted) = match text.strip_prefix('v') {
        Some(body) => (body, true),
        None => (text, false),
    };
    let mut parts = body.split('.');
    let whole = parts.next().unwrap_or("");
    let rest: Vec<&str> = parts.collect();
    let sound = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    sound
        && rest
            .iter()
            .all(|part| digits(part) && (!dotted || part.len() < 4))
        && if dotted {
            rest.len() >= 2
        } else {
            rest.len() < 2
        }
}

/// version, "Lax Version".
fn lax(text: &str) -> bool {
    if text == "undef" {
        return true;
    }
    let (body, alpha) = match text.split_once('_') {
        Some((body, alpha)) => (body, Some(alpha)),
        None => (text, None),
    };
    if alpha.is_some_and(|alpha| !digits(alpha)) {
        return false;
    }
    let (body, v) = match body.strip_prefix('v') {
        Some(body) => (body, true),
        None => (body, false),
    };
    let parts: Vec<&str> = body.split('.').collect();
    let sound = |parts: &[&str]| parts.iter().all(|part| digits(part));
    match parts.as_slice() {
        [whole] => digits(whole) && !(v && alpha.is_some()),
        [whole, rest @ ..] if v => digits(whole) && sound(rest),
        [whole, ""] => digits(whole),
        [whole, rest @ ..] => (whole.is_empty() || digits(whole)) && sound(rest),
        [] => false,
    }
}

/// Reads a version as lax as perl does; the error is perl's.
pub fn parse(text: &str) -> Result<Version, &'static str> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() || trimmed == "undef" {
        return Ok(Version {
            parts: vec![0],
            original: "0".into(),
            ..Version::default()
        });
    }
    let (body, v) = match trimmed.strip_prefix('v') {
        Some(rest) => (rest, true),
        None => (trimmed, false),
    };
    let end = body
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'))
        .unwrap_or(body.len());
    let number = &body[..end];
    if !body[end..].trim_end().is_empty() {
        return Err("Invalid version format (non-numeric data)");
    }
    if !number.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        let msg = if v {
            "Invalid version format (dotted-decimal versions require at least three parts)"
        } else {
            "Invalid version format (version required)"
        };
        return Err(msg);
    }
    let dots = number.matches('.').count();
    let dotted = v || dots >= 2;
    let alpha = number.contains('_');
    let plain = number.replace('_', "");
    let digits = |s: &str| {
        s.parse::<i64>()
            .unwrap_or(if s.is_empty() { 0 } else { i64::from(i32::MAX) })
    };
    let parts = if dotted {
        let mut parts: Vec<i64> = plain.split('.').map(digits).collect();
        while parts.len() < 3 {
            parts.push(0);
        }
        parts
    } else {
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut parts = vec![digits(whole)];
        let bytes = fraction.as_bytes();
        for chunk in bytes.chunks(3) {
            let mut n = 0;
            for i in 0..3 {
                n = n * 10 + chunk.get(i).map_or(0, |b| i64::from(b - b'0'));
            }
            parts.push(n);
        }
        parts
    };
    let shown = trimmed[..trimmed.len() - (body.len() - end)].to_string();
    Ok(Version {
        parts,
        dotted,
        alpha,
        original: shown,
    })
}

impl Version {
    fn numify(&self) -> String {
        let mut text = self.parts.first().copied().unwrap_or(0).to_string();
        text.push('.');
        for part in self.parts.iter().skip(1) {
            text.push_str(&format!("{part:03}"));
        }
        if self.parts.len() < 2 {
            text.push_str("000");
        }
        text
    }

    fn normal(&self) -> String {
        let mut parts = self.parts.clone();
        while parts.len() < 3 {
            parts.push(0);
        }
        let parts: Vec<String> = parts.iter().map(i64::to_string).collect();
        format!("v{}", parts.join("."))
    }

    /// Which of two is later.
    pub fn cmp(&self, other: &Version) -> Ordering {
        let len = self.parts.len().max(other.parts.len());
        let at = |v: &Version, i: usize| v.parts.get(i).copied().unwrap_or(0);
        (0..len)
            .map(|i| at(self, i).cmp(&at(other, i)))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// As it was written, or in dotted form.
    pub fn shown(&self) -> String {
        if self.original.is_empty() {
            self.normal()
        } else {
            self.original.clone()
        }
    }

    /// In dotted form where it was written so, else as a number.
    pub fn is_dotted(&self) -> bool {
        self.dotted
    }

    /// Both forms, for messages that compare.
    pub fn in_form(&self, dotted: bool) -> String {
        if dotted { self.normal() } else { self.shown() }
    }
}

/// The version a value means: an object, a version string, a number or text.
pub fn version_of(call: &mut Call<'_>, val: &Val) -> Exec<Version> {
    if let Val::HRef(hash) = val {
        let mut version = Version::default();
        if let Some(Val::ARef(parts)) = hash.get_str("version").map(|v| v.loaded()) {
            version.parts = parts.to_vec().iter().map(|p| p.loaded().to_int()).collect();
        }
        version.dotted = hash.get_str("qv").is_some_and(|v| v.loaded().to_bool());
        version.alpha = hash.get_str("alpha").is_some_and(|v| v.loaded().to_bool());
        if let Some(original) = hash.get_str("original") {
            version.original = original.loaded().to_str().to_str_lossy().into_owned();
        }
        return Ok(version);
    }
    if let Val::Dual(dual) = val
        && let Some(written) = &dual.vstring
    {
        let mut text = written.to_str_lossy().into_owned();
        if !text.starts_with('v') {
            text.insert(0, 'v');
        }
        return parse(&text).map_err(|msg| call.die(msg));
    }
    let text = if val.is_undef() {
        PerlStr::from("0")
    } else {
        call.vm.str_quiet(val)?
    };
    let mut text = text.to_str_lossy().into_owned();
    if text.bytes().any(|b| b < 32) && !text.is_empty() {
        // the characters of a version string whose form was lost
        let parts: Vec<String> = text.chars().map(|c| (c as u32).to_string()).collect();
        text = format!("v{}", parts.join("."));
    }
    parse(&text).map_err(|msg| call.die(msg))
}

fn object(call: &mut Call<'_>, class: &str, version: Version) -> Exec<Ret> {
    Ok(Ret::One(build(call.vm, class, &version)))
}

/// The `$VERSION` of `package NAME VERSION`, whose form the parser has checked.
pub fn package_version(vm: &mut crate::vm::Vm, text: &str) -> Val {
    let version = parse(text).unwrap_or_default();
    build(vm, "version", &version)
}

fn build(vm: &mut crate::vm::Vm, class: &str, version: &Version) -> Val {
    let hash = Hash::new();
    hash.set_str("original", Val::str(&version.original));
    if version.dotted {
        hash.set_str("qv", Val::Int(1));
    }
    if version.alpha {
        hash.set_str("alpha", Val::Int(1));
    }
    let parts = version.parts.iter().map(|n| Val::Int(*n)).collect();
    hash.set_str("version", Val::ARef(Array::from_vec(parts)));
    let val = Val::HRef(hash);
    if let Some(referent) = val.referent() {
        referent.bless(vm.symbols.stash(class));
    }
    val
}

fn class_of(call: &mut Call<'_>) -> Exec<String> {
    let val = call.arg(0)?;
    Ok(match val.blessed() {
        Some(stash) => stash.name().to_string(),
        None => call.vm.str_quiet(&val)?.to_str_lossy().into_owned(),
    })
}

fn new(call: &mut Call<'_>) -> Exec<Ret> {
    let class = class_of(call)?;
    let val = match call.argc() {
        0 | 1 => {
            let own = call.arg(0)?;
            if own.is_ref() { own } else { Val::Undef }
        }
        _ => call.arg(1)?,
    };
    let version = if call.argc() > 2 {
        let text = call.arg_str(2)?.to_str_lossy().into_owned();
        parse(&format!("v{}", text.trim_start_matches('v'))).map_err(|msg| call.die(msg))?
    } else {
        version_of(call, &val)?
    };
    object(call, &class, version)
}

fn declare(call: &mut Call<'_>) -> Exec<Ret> {
    let (class, val) = match call.argc() {
        0 | 1 => ("version".to_string(), call.arg(0)?),
        _ => (class_of(call)?, call.arg(1)?),
    };
    if val.is_blessed() {
        return Ok(Ret::One(val));
    }
    let mut version = version_of(call, &val)?;
    if !version.dotted {
        let text = version.original.clone();
        version = parse(&format!("v{text}")).map_err(|msg| call.die(msg))?;
    }
    object(call, &class, version)
}

fn own(call: &mut Call<'_>) -> Exec<Version> {
    let val = call.arg(0)?;
    if !matches!(val, Val::HRef(_)) {
        return Err(call.die("Invalid version object"));
    }
    version_of(call, &val)
}

fn flag(call: &mut Call<'_>, name: &str) -> Exec<bool> {
    let version = own(call)?;
    Ok(if name == "qv" {
        version.dotted
    } else {
        version.alpha
    })
}

fn stringify(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::str(&own(call)?.shown()).into())
}

fn numify(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::str(&own(call)?.numify()).into())
}

fn normal(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::str(&own(call)?.normal()).into())
}

fn truth(call: &mut Call<'_>) -> Exec<Ret> {
    let version = own(call)?;
    Ok(Val::Bool(version.parts.iter().any(|n| *n != 0)).into())
}

fn compare(call: &mut Call<'_>) -> Exec<Ret> {
    let left = own(call)?;
    let right = call.arg(1)?;
    let right = version_of(call, &right)?;
    let order = left.cmp(&right) as i64;
    let swapped = call.argc() > 2 && call.arg_bool(2)?;
    Ok(Val::Int(if swapped { -order } else { order }).into())
}

fn no_operation(call: &mut Call<'_>) -> Exec<Ret> {
    Err(call.die("operation not supported with version object"))
}

/// `$^V`
pub fn perl_version(vm: &mut crate::vm::Vm) -> Val {
    let hash: Rc<Hash> = Hash::new();
    hash.set_str("original", Val::str("v5.36.0"));
    hash.set_str("qv", Val::Int(1));
    let parts = [5, 36, 0].map(Val::Int).to_vec();
    hash.set_str("version", Val::ARef(Array::from_vec(parts)));
    let val = Val::HRef(hash);
    if let Some(referent) = val.referent() {
        referent.bless(vm.symbols.stash("version"));
    }
    val
}
