//! `\p{name}`: which property a name means, in perl's ways of writing it (perluniprops).

use super::super::ast::{Named, Property};
use super::super::chars::ranges::{LAST, RangeSet};
use super::super::engine;
use super::blocks::BLOCKS;
use super::{known_ranges, named_ranges};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

thread_local! {
    static FOUND: RefCell<HashMap<String, Option<Rc<Property>>>> = RefCell::new(HashMap::new());
}

/// The official property of this name.
pub fn find(name: &str) -> Option<Rc<Property>> {
    let ready = FOUND.with(|table| table.borrow().get(name).cloned());
    ready.unwrap_or_else(|| {
        let found = look_up(name);
        FOUND.with(|table| table.borrow_mut().insert(name.to_string(), found.clone()));
        found
    })
}

/// A name without case, blanks, underscores and hyphens, as loose matching compares them.
fn squeeze(name: &str) -> String {
    let dull = |c: &char| !(c.is_whitespace() || *c == '_' || *c == '-');
    name.chars()
        .filter(dull)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn look_up(name: &str) -> Option<Rc<Property>> {
    if let Some(at) = name.find(['=', ':'])
        && matches!(&*squeeze(&name[..at]), "na" | "name")
    {
        let c = crate::text::charname::loosely(name[at + 1..].trim())? as u32;
        return ranges_only(RangeSet::new(vec![(c, c)]));
    }
    if name.trim() != name && name.contains("  ") || name.contains("  ") {
        return None;
    }
    let (key, value) = match name.find(['=', ':']) {
        Some(at) => (squeeze(&name[..at]), Some(squeeze(&name[at + 1..]))),
        None => (squeeze(name), None),
    };
    match value {
        Some(value) => compound(&key, &value).or_else(|| compound(key.strip_prefix("is")?, &value)),
        None if name.trim() == "L_" => single("lc"),
        None => single(&key)
            .or_else(|| single(key.strip_prefix("is")?))
            .or_else(|| block(&key)),
    }
}

fn compound(key: &str, value: &str) -> Option<Rc<Property>> {
    match key {
        "gc" | "generalcategory" | "category" => category(value),
        "blk" | "block" => block_of(value),
        "in" | "presentin" => ranges_only(known_ranges(&format!("Age={value}"))?),
        "age" => age(value),
        "sc" | "script" => native(&format!("sc={value}"), known_ranges(&format!("sc={value}"))),
        "scx" | "scriptextensions" => script(value),
        "gcb" | "graphemeclusterbreak" | "wb" | "wordbreak" | "sb" | "sentencebreak" => {
            ranges_only(known_ranges(&format!("{key}={value}"))?)
        }
        "bc" | "bidiclass" => native(&format!("bc={value}"), None),
        _ => match value {
            "y" | "yes" | "t" | "true" => single(key),
            "n" | "no" | "f" | "false" => ranges_only(single(key)?.ranges.complement()),
            _ => None,
        },
    }
}

fn age(value: &str) -> Option<Rc<Property>> {
    let set = known_ranges(&format!("Age={value}"))?;
    const AGES: &[&str] = &[
        "1.1", "2.0", "2.1", "3.0", "3.1", "3.2", "4.0", "4.1", "5.0", "5.1", "5.2", "6.0", "6.1",
        "6.2", "6.3", "7.0", "8.0", "9.0", "10.0", "11.0", "12.0", "12.1", "13.0", "14.0",
    ];
    let value = value.trim_start_matches('v');
    let at = AGES
        .iter()
        .position(|a| *a == value || a.trim_end_matches(".0") == value)?;
    match at.checked_sub(1) {
        Some(before) => ranges_only(set.subtract(&known_ranges(&format!("Age={}", AGES[before]))?)),
        None => ranges_only(set),
    }
}

fn ranges_only(set: RangeSet) -> Option<Rc<Property>> {
    Some(Rc::new(Property {
        native: None,
        folded: None,
        ranges: Rc::new(set),
    }))
}

/// A property PCRE2 may know by `name`; without ranges of our own they are asked of PCRE2.
fn native(name: &str, ranges: Option<RangeSet>) -> Option<Rc<Property>> {
    let known = engine::knows_property(name);
    let ranges = match ranges {
        Some(ranges) => ranges,
        None if known => engine::property_ranges(name),
        None => return None,
    };
    let native = known.then(|| name.to_string());
    Some(Rc::new(Property {
        native,
        folded: None,
        ranges: Rc::new(ranges),
    }))
}

fn category(value: &str) -> Option<Rc<Property>> {
    let folded = matches!(
        value,
        "lu" | "ll"
            | "lt"
            | "uppercaseletter"
            | "lowercaseletter"
            | "titlecaseletter"
            | "title"
            | "titlecase"
    );
    let name = match value {
        "l&" | "casedletter" | "lc" => "L&",
        "lu" | "uppercaseletter" => "Lu",
        "ll" | "lowercaseletter" => "Ll",
        "lt" | "titlecaseletter" | "title" | "titlecase" => "Lt",
        "cs" | "surrogate" => "Cs",
        "cn" | "unassigned" => "Cn",
        "c" | "other" => "C",
        "digit" | "nd" | "decimalnumber" => "Nd",
        "cntrl" | "cc" | "control" => "Cc",
        "punct" | "p" | "punctuation" => "P",
        other => other,
    };
    let ranges = match name {
        "L&" => ["Lu", "Ll", "Lt"]
            .iter()
            .filter_map(|n| known_ranges(n))
            .fold(RangeSet::default(), |a, b| a.union(&b)),
        "Cs" => RangeSet::new(vec![(0xD800, 0xDFFF)]),
        "Cn" => known_ranges("Cn")?.union(&RangeSet::new(vec![(0x110000, LAST)])),
        "C" => known_ranges("C")?.union(&RangeSet::new(vec![(0xD800, 0xDFFF), (0x110000, LAST)])),
        _ => known_ranges(&format!("gc={name}"))?,
    };
    let known = engine::knows_property(&category_name(name));
    let native = known.then(|| category_name(name));
    let folded = if folded { category("lc") } else { None };
    Some(Rc::new(Property {
        native,
        folded,
        ranges: Rc::new(ranges),
    }))
}

/// PCRE2 wants the short names of categories.
fn category_name(name: &str) -> String {
    const LONG: &[(&str, &str)] = &[
        ("letter", "L"),
        ("mark", "M"),
        ("combiningmark", "M"),
        ("number", "N"),
        ("symbol", "S"),
        ("separator", "Z"),
        ("modifierletter", "Lm"),
        ("otherletter", "Lo"),
        ("nonspacingmark", "Mn"),
        ("spacingmark", "Mc"),
        ("enclosingmark", "Me"),
        ("letternumber", "Nl"),
        ("othernumber", "No"),
        ("connectorpunctuation", "Pc"),
        ("dashpunctuation", "Pd"),
        ("openpunctuation", "Ps"),
        ("closepunctuation", "Pe"),
        ("initialpunctuation", "Pi"),
        ("finalpunctuation", "Pf"),
        ("otherpunctuation", "Po"),
        ("mathsymbol", "Sm"),
        ("currencysymbol", "Sc"),
        ("modifiersymbol", "Sk"),
        ("othersymbol", "So"),
        ("spaceseparator", "Zs"),
        ("lineseparator", "Zl"),
        ("paragraphseparator", "Zp"),
        ("format", "Cf"),
        ("privateuse", "Co"),
    ];
    match LONG.iter().find(|row| row.0 == name) {
        Some(row) => row.1.to_string(),
        None => {
            let mut chars = name.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(chars).collect()
        }
    }
}

fn script(value: &str) -> Option<Rc<Property>> {
    let ranges = known_ranges(&format!("scx={value}"))?;
    native(&format!("scx={value}"), Some(ranges))
}

/// The sets of POSIX under perl's names: `XPosixAlpha`, `PosixAlpha`, `Alpha`, `SpacePerl` ...
fn posix(name: &str) -> Option<Rc<Property>> {
    let (rest, unicode) = match (name.strip_prefix("xposix"), name.strip_prefix("posix")) {
        (Some(rest), _) => (rest, true),
        (_, Some(rest)) => (rest, false),
        _ => (name, true),
    };
    let (named, unicode) = match rest {
        "perlspace" => (Named::Space, false),
        "perlword" => (Named::Word, false),
        "xperlspace" | "spaceperl" => (Named::Space, true),
        "word" | "w" => (Named::Word, unicode),
        "digit" => (Named::Digit, unicode),
        "space" | "whitespace" | "wspace" => (Named::Space, unicode),
        "alpha" => (Named::Alpha, unicode),
        "alnum" => (Named::Alnum, unicode),
        "blank" | "horizspace" => (Named::Blank, unicode),
        "vertspace" => (Named::Vertical, true),
        "cntrl" => (Named::Cntrl, unicode),
        "graph" => (Named::Graph, unicode),
        "print" => (Named::Print, unicode),
        "punct" if name == rest => return category("p"),
        "punct" => (Named::Punct, unicode),
        "lower" => (Named::Lower, unicode),
        "upper" => (Named::Upper, unicode),
        "xdigit" => (Named::XDigit, unicode),
        _ => return None,
    };
    if name == "w" {
        return None;
    }
    let folded = matches!(named, Named::Lower | Named::Upper).then(|| {
        if unicode {
            single("cased")
        } else {
            ranges_only(named_ranges(Named::Alpha, false).as_ref().clone())
        }
    });
    let native = match (named, unicode) {
        (Named::Digit, true) => Some("Nd".to_string()),
        (Named::Alpha, true) => Some("Alphabetic".to_string()),
        (Named::Upper, true) => Some("Uppercase".to_string()),
        (Named::Lower, true) => Some("Lowercase".to_string()),
        _ => None,
    };
    let ranges = named_ranges(named, unicode);
    Some(Rc::new(Property {
        native,
        folded: folded.flatten(),
        ranges,
    }))
}

fn single(name: &str) -> Option<Rc<Property>> {
    match name {
        "" => return None,
        "any" | "unicode" => return ranges_only(RangeSet::new(vec![(0, 0x10FFFF)])),
        "all" => return ranges_only(RangeSet::new(vec![(0, LAST)])),
        "assigned" => return ranges_only(category("cn")?.ranges.complement()),
        "ascii" | "basiclatin" => return ranges_only(RangeSet::new(vec![(0, 127)])),
        "perlidstart" | "perlidcont" => {
            let official = if name == "perlidstart" {
                "XID_Start"
            } else {
                "XID_Continue"
            };
            let set = known_ranges(official)?.union(&RangeSet::new(vec![(0x5F, 0x5F)]));
            return ranges_only(set);
        }
        // what names of characters are made of (charnames "ALIASES")
        "perlcharnamebegin" => return category("l"),
        "perlcharnamecontinue" => {
            let marks = RangeSet::new(vec![(0x20, 0x20), (0x28, 0x29), (0x2D, 0x2D)]);
            return ranges_only(posix("word")?.ranges.union(&marks));
        }
        "uppercase" | "lowercase" => return posix(&name[..5]),
        "titlecase" | "title" => return category("lt"),
        _ => {}
    }
    if let Some(found) = posix(name) {
        return Some(found);
    }
    if let Some(found) = category(name) {
        return Some(found);
    }
    if let Some(found) = script(name) {
        return Some(found);
    }
    if let Some(version) = name
        .strip_prefix("in")
        .filter(|v| v.starts_with(|c: char| c.is_ascii_digit()))
        && let Some(set) = known_ranges(&format!("Age={version}"))
    {
        return ranges_only(set);
    }
    let binary = |n: &str| n != "any" && !n.starts_with('x') || n.starts_with("xid");
    if binary(name) {
        if let Some(set) = known_ranges(name) {
            return native(name, Some(set));
        }
        if engine::knows_property(name) {
            return native(name, None);
        }
    }
    block(name)
}

/// A block with or without `In`.
fn block(name: &str) -> Option<Rc<Property>> {
    block_of(name.strip_prefix("in").unwrap_or(name)).or_else(|| block_of(name))
}

fn block_of(name: &str) -> Option<Rc<Property>> {
    let row = BLOCKS
        .iter()
        .find(|row| row.2.split(' ').any(|n| n == name))?;
    ranges_only(RangeSet::new(vec![(row.0, row.1)]))
}
