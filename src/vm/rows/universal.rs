//! UNIVERSAL's methods, which every class has (perldoc UNIVERSAL).

use crate::bytecode::Want;
use crate::value::{HasSide, Val};
use crate::vm::native::{Family, Gives, free};
use crate::vm::{Call, Exec, Ret};

pub(super) const FAMILY: Family = Family::new(
    "UNIVERSAL",
    &[
        free("isa", Gives::Scalar, isa, "is the object or class derived from another class"),
        free("can", Gives::Scalar, can, "the sub a method name would call"),
        free("DOES", Gives::Scalar, does, "does the object perform a role"),
        free("VERSION", Gives::Scalar, version, "the version of a class, checked against a wanted one"),
    ],
);

fn isa(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 2 {
        return Err(call.die("Usage: isa(reference, kind)"));
    }
    let invocant = call.arg(0)?;
    let class = call.arg_str(1)?.to_str_lossy().into_owned();
    if invocant.is_undef() || !invocant.is_ref() && invocant.to_str().is_empty() {
        return Ok(Ret::One(Val::Undef));
    }
    if invocant.is_ref() && invocant.blessed().is_none() {
        let same = invocant.ref_name().is_some_and(|name| name == *class);
        return Ok(Ret::One(Val::Bool(same)));
    }
    if let Some(referent) = invocant.referent()
        && referent.kind_name() == class
    {
        return Ok(Ret::One(Val::Bool(true)));
    }
    Ok(Ret::One(Val::Bool(call.vm.is_a(&invocant, &class)?)))
}

fn can(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 2 {
        return Err(call.die("Usage: can(object-ref, method)"));
    }
    let invocant = call.arg(0)?;
    let name = call.arg_str(1)?.to_str_lossy().into_owned();
    if invocant.is_undef() || invocant.is_ref() && !invocant.is_blessed() {
        return Ok(Ret::One(Val::Undef));
    }
    let found = match call.vm.class_of(&invocant)? {
        Some(stash) => stash.find_method(&name),
        None => None,
    };
    Ok(Ret::One(found.map_or(Val::Bool(false), Val::CRef)))
}

fn does(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() != 2 {
        return Err(call.die("Usage: invocant->DOES(kind)"));
    }
    let args = call.args()?;
    let got = call.call_method("isa", &args, Want::Scalar)?;
    Ok(Ret::One(got.last().cloned().unwrap_or_default()))
}

/// Parts of a version: `1.2.3`, `v1.2`, `1.002003`.
fn parts(text: &str) -> Option<Vec<u64>> {
    let text = text.trim().replace('_', "");
    let dotted = text.starts_with('v') || text.matches('.').count() > 1;
    let body = text.trim_start_matches('v');
    if body.is_empty() || !body.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    if dotted {
        return body.split('.').map(|n| if n.is_empty() { Some(0) } else { n.parse().ok() }).collect();
    }
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let mut out = vec![if whole.is_empty() { 0 } else { whole.parse().ok()? }];
    for chunk in fraction.as_bytes().chunks(3) {
        let mut digits = String::from_utf8_lossy(chunk).into_owned();
        while digits.len() < 3 {
            digits.push('0');
        }
        out.push(digits.parse().ok()?);
    }
    Some(out)
}

fn older(have: &[u64], want: &[u64]) -> bool {
    let n = have.len().max(want.len());
    let at = |v: &[u64], i: usize| v.get(i).copied().unwrap_or(0);
    for i in 0..n {
        if at(have, i) != at(want, i) {
            return at(have, i) < at(want, i);
        }
    }
    false
}

/// A version as it is written: version strings as `v1.2.3`.
fn written(val: &Val) -> String {
    if let Val::Dual(dual) = val
        && let Some(text) = &dual.vstring
    {
        return text.to_str_lossy().into_owned();
    }
    let text = val.to_str();
    if !text.is_empty() && text.chars().any(|c| c < 32) {
        let nums: Vec<String> = text.chars().map(|c| c.to_string()).collect();
        return format!("v{}", nums.join("."));
    }
    text.to_str_lossy().into_owned()
}

fn version(call: &mut Call<'_>) -> Exec<Ret> {
    let invocant = call.arg(0)?;
    let class = match call.vm.class_of(&invocant)? {
        Some(stash) => stash.name().to_string(),
        None => invocant.to_str().to_str_lossy().into_owned(),
    };
    let glob = call.symbols().glob_if(&format!("{class}::VERSION"));
    let have = match glob {
        Some(glob) => call.vm.fetch(&glob.scalar())?,
        None => Val::Undef,
    };
    if call.argc() < 2 {
        return Ok(Ret::One(have));
    }
    let wanted = call.arg(1)?;
    let wanted = if wanted.is_ref() { call.str(&wanted)?.to_str_lossy().into_owned() } else { written(&wanted) };
    if have.is_undef() {
        if call.symbols().stash_if(&class).is_none() {
            return Err(call.die(format!(
                "{class} defines neither package nor VERSION--version check failed"
            )));
        }
        return Err(call.die(format!(
            "{class} does not define ${class}::VERSION--version check failed"
        )));
    }
    let shown = if have.is_ref() { call.str(&have)?.to_str_lossy().into_owned() } else { written(&have) };
    let Some(want) = parts(&wanted) else {
        return Err(call.die(format!("Invalid version format (non-numeric data)")));
    };
    let Some(got) = parts(&shown) else {
        return Err(call.die(format!("Invalid version format (non-numeric data)")));
    };
    if older(&got, &want) {
        let dotted = wanted.starts_with('v') || wanted.matches('.').count() > 1;
        let (wanted, shown) = match dotted {
            true => (normal(&want), normal(&got)),
            false => (wanted, shown),
        };
        return Err(call.die(format!(
            "{class} version {wanted} required--this is only version {shown}"
        )));
    }
    Ok(Ret::One(have))
}

fn normal(parts: &[u64]) -> String {
    let mut all: Vec<String> = parts.iter().map(u64::to_string).collect();
    while all.len() < 3 {
        all.push("0".into());
    }
    format!("v{}", all.join("."))
}
