//! What `use strict`, `warnings`, `feature`, `utf8`, `integer`, `bytes` do to the pragmas of the text being compiled.
//!
//! Pure functions over `Hints`; the rows that make them `strict::import` and company are in `pragma_rows`.
use crate::bytecode::Hints;
use crate::diag::hints::{self, feature};
use crate::diag::warnings::{self, Category};
use std::rc::Rc;

/// `use strict LIST` / `no strict LIST`.
pub fn strict(state: &mut Hints, on: bool, tags: &[String]) -> Result<(), String> {
    const ROWS: [(&str, u32, u32); 3] = [
        ("refs", hints::STRICT_REFS, hints::EXPLICIT_STRICT_REFS),
        ("subs", hints::STRICT_SUBS, hints::EXPLICIT_STRICT_SUBS),
        ("vars", hints::STRICT_VARS, hints::EXPLICIT_STRICT_VARS),
    ];
    let mut mask = 0;
    let mut unknown = Vec::new();
    for tag in tags {
        match ROWS.iter().find(|row| row.0 == tag) {
            Some(row) => mask |= row.1 | row.2,
            None => unknown.push(tag.as_str()),
        }
    }
    if !unknown.is_empty() {
        return Err(format!("Unknown 'strict' tag(s) '{}'", unknown.join(" ")));
    }
    if tags.is_empty() {
        mask = hints::STRICT_ALL
            | hints::EXPLICIT_STRICT_REFS
            | hints::EXPLICIT_STRICT_SUBS
            | hints::EXPLICIT_STRICT_VARS;
    }
    if on {
        state.bits |= mask;
    } else {
        state.bits = state.bits & !(mask & hints::STRICT_ALL) | (mask & !hints::STRICT_ALL);
    }
    Ok(())
}

/// The set `use warnings` starts from: what is in force; where nothing was said, everything under
/// `-w`, else the default.
fn warning_set(state: &Hints, warn_all: bool) -> Vec<u8> {
    let mut set = match &state.warnings {
        Some(bits) => return bits.to_vec(),
        None => warnings::DEFAULT.to_vec(),
    };
    if warn_all {
        warnings::switch(&mut set, Category::All, true, None);
    }
    set
}

/// `use warnings LIST` / `no warnings LIST`, of perl's own categories.
pub fn warn(state: &mut Hints, on: bool, words: &[String], warn_all: bool) -> Result<(), String> {
    let mut set = warning_set(state, warn_all);
    let mut fatal = None;
    let mut plain = false;
    for word in words {
        match word.as_str() {
            "FATAL" => fatal = Some(true),
            "NONFATAL" => fatal = Some(false),
            name => {
                plain = true;
                switch_one(&mut set, name, on, fatal)?;
            }
        }
    }
    if !plain {
        warnings::switch(&mut set, Category::All, on, fatal);
        let spare = set.len().max(warnings::BYTES);
        for byte in set.iter_mut().take(spare).skip(warnings::BYTES) {
            *byte = if on { *byte | 0x55 } else { 0 };
        }
    }
    state.warnings = Some(Rc::from(set));
    Ok(())
}

fn switch_one(set: &mut Vec<u8>, name: &str, on: bool, fatal: Option<bool>) -> Result<(), String> {
    let Some(category) = Category::named(name) else {
        return Err(format!("Unknown warnings category '{name}'"));
    };
    warnings::switch(set, category, on, fatal);
    Ok(())
}

/// `use feature LIST` / `no feature LIST`.
pub fn features(state: &mut Hints, on: bool, words: &[String]) -> Result<(), String> {
    if words.is_empty() {
        if on {
            return Err("No features specified".into());
        }
        state.features = u64::from(feature::DEFAULT);
    }
    for word in words {
        let bits = match word.strip_prefix(':') {
            Some(bundle) => bundle_bits(bundle, on)?,
            None => feature::NAMES
                .iter()
                .find(|(name, _)| name == word)
                .map(|row| row.1)
                .or((word == "array_base").then_some(0))
                .or((word == "lexical_subs" || word == "postderef").then_some(0))
                .ok_or_else(|| format!("Feature \"{word}\" is not supported by Perl 5.36.0"))?,
        };
        if on {
            state.features |= u64::from(bits);
        } else {
            state.features &= !u64::from(bits);
        }
    }
    sync_feature_bits(state);
    Ok(())
}

/// `:5.10`, `:default`, `:all`.
fn bundle_bits(name: &str, on: bool) -> Result<u32, String> {
    match name {
        "all" => return Ok(feature::NAMES.iter().fold(0, |bits, row| bits | row.1)),
        "default" => return Ok(feature::DEFAULT),
        _ => {}
    }
    let minor = name
        .strip_prefix("5.")
        .and_then(|m| m.split('.').next()?.parse::<u32>().ok());
    match minor {
        Some(minor @ 9..=42) if on || minor >= 9 => Ok(feature::bundle(minor)),
        _ => Err(format!(
            "Feature bundle \"{name}\" is not supported by Perl 5.36.0"
        )),
    }
}

/// Keep `$^H` in step with the features: the bundle bits say "custom", and `unicode_strings` has a bit of its own.
pub fn sync_feature_bits(state: &mut Hints) {
    state.bits |= hints::FEATURE_MASK;
    if state.features & u64::from(feature::UNICODE_STRINGS) != 0 {
        state.bits |= hints::UNI_8_BITS;
    } else {
        state.bits &= !hints::UNI_8_BITS;
    }
}

/// `use VERSION`: the feature bundle, and strict from 5.12, warnings from 5.36.
pub fn version(state: &mut Hints, minor: u32) {
    state.features = u64::from(feature::bundle(minor));
    sync_feature_bits(state);
    let explicit = [
        (hints::STRICT_REFS, hints::EXPLICIT_STRICT_REFS),
        (hints::STRICT_SUBS, hints::EXPLICIT_STRICT_SUBS),
        (hints::STRICT_VARS, hints::EXPLICIT_STRICT_VARS),
    ];
    for (bit, said) in explicit {
        if state.bits & said == 0 {
            if minor >= 11 {
                state.bits |= bit;
            } else {
                state.bits &= !bit;
            }
        }
    }
    if minor >= 35 {
        let mut set = warning_set(state, false);
        warnings::switch(&mut set, Category::All, true, None);
        state.warnings = Some(Rc::from(set));
    }
}

/// A pragma that is one bit of `$^H`.
pub fn bit(state: &mut Hints, on: bool, mask: u32) {
    if on {
        state.bits |= mask;
    } else {
        state.bits &= !mask;
    }
}
