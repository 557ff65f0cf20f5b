//! Unicode properties by perl's names, the named sets (`\w`, `[:alpha:]`) and simple folding.
//!
//! Extents come from regex-syntax's tables; what PCRE2 knows by name keeps that name too.

pub mod blocks;
pub mod folds;
mod lookup;
pub mod multi;

use super::ast::Named;
use super::chars::ranges::RangeSet;
use super::pattern::Charset;
use regex_syntax::hir::{self, ClassUnicode, ClassUnicodeRange, HirKind};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

pub use lookup::find;

/// The ranges of a property expression regex-syntax knows, such as `Lu` or `Script=Greek`.
pub fn known_ranges(name: &str) -> Option<RangeSet> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " _-=:.".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let hir = regex_syntax::Parser::new()
        .parse(&format!("\\p{{{name}}}"))
        .ok()?;
    match hir.kind() {
        HirKind::Class(hir::Class::Unicode(class)) => Some(from_class(class)),
        HirKind::Literal(one) => {
            let c = std::str::from_utf8(&one.0).ok()?.chars().next()?;
            Some(RangeSet::new(vec![(c as u32, c as u32)]))
        }
        _ => None,
    }
}

fn from_class(class: &ClassUnicode) -> RangeSet {
    RangeSet::new(
        class
            .iter()
            .map(|r| (r.start() as u32, r.end() as u32))
            .collect(),
    )
}

/// All characters that fold together with those of `set`, by simple folding. With `strict`
/// (`/aa`) ASCII and the rest do not mix.
pub fn fold_closure(set: &RangeSet, strict: bool) -> RangeSet {
    let mut class = ClassUnicode::empty();
    for &(lo, hi) in set.ranges() {
        for (lo, hi) in [(lo, hi.min(0xD7FF)), (lo.max(0xE000), hi.min(0x10FFFF))] {
            if let (true, Some(a), Some(b)) = (lo <= hi, char::from_u32(lo), char::from_u32(hi)) {
                class.push(ClassUnicodeRange::new(a, b));
            }
        }
    }
    if class.try_case_fold_simple().is_err() {
        return set.clone();
    }
    let folded = set.union(&from_class(&class));
    if !strict {
        return folded;
    }
    let ascii = RangeSet::new(vec![(0, 127)]);
    let low = fold_ascii(&set.intersect(&ascii));
    let rest = set.subtract(&ascii);
    let high = if rest.ranges().is_empty() {
        rest
    } else {
        fold_closure(&rest, false).subtract(&ascii)
    };
    low.union(&high)
}

/// Folding by ASCII rules only.
pub fn fold_ascii(set: &RangeSet) -> RangeSet {
    let shift = |from: u32, to: u32| {
        let part = set.intersect(&RangeSet::new(vec![(from, from + 25)]));
        part.ranges()
            .iter()
            .map(move |r| (r.0 - from + to, r.1 - from + to))
            .collect::<Vec<_>>()
    };
    let mut all = set.ranges().to_vec();
    all.extend(shift(u32::from(b'a'), u32::from(b'A')));
    all.extend(shift(u32::from(b'A'), u32::from(b'a')));
    RangeSet::new(all)
}

/// The characters that match `c` under `/i` by simple folding, `c` first.
pub fn fold_variants(c: u32, strict: bool) -> Vec<u32> {
    if c < 128 && (strict || !matches!(c as u8, b'k' | b'K' | b's' | b'S')) {
        let other = (c as u8).is_ascii_alphabetic().then_some(c ^ 0x20);
        return std::iter::once(c).chain(other).collect();
    }
    let closure = fold_closure(&RangeSet::new(vec![(c, c)]), strict);
    let all = closure.ranges().iter().flat_map(|r| r.0..=r.1);
    std::iter::once(c).chain(all.filter(|&x| x != c)).collect()
}

/// Whether a byte above ASCII counts as a character of Unicode under these rules, given whether
/// the subject is UTF-8.
pub fn unicode_rules(charset: Charset, utf8: bool) -> bool {
    match charset {
        Charset::Depends | Charset::Locale => utf8,
        _ => true,
    }
}

thread_local! {
    static NAMED: RefCell<HashMap<(Named, bool), Rc<RangeSet>>> = RefCell::new(HashMap::new());
}

/// The extent of a named set, in ASCII or in all of Unicode.
pub fn named_ranges(named: Named, unicode: bool) -> Rc<RangeSet> {
    let ready = NAMED.with(|table| table.borrow().get(&(named, unicode)).cloned());
    ready.unwrap_or_else(|| {
        let made = make_named(named);
        let ascii = RangeSet::new(vec![(0, 127)]);
        let always = matches!(named, Named::Horizontal | Named::Vertical);
        let set = Rc::new(if unicode || always {
            made
        } else {
            made.intersect(&ascii)
        });
        NAMED.with(|table| table.borrow_mut().insert((named, unicode), set.clone()));
        set
    })
}

fn make_named(named: Named) -> RangeSet {
    let get = |names: &[&str]| {
        names
            .iter()
            .filter_map(|n| known_ranges(n))
            .fold(RangeSet::default(), |a, b| a.union(&b))
    };
    let list = |ranges: &[(u32, u32)]| RangeSet::new(ranges.to_vec());
    match named {
        Named::Word => get(&["Alphabetic", "M", "Nd", "Pc", "Join_Control"]),
        Named::Digit => get(&["Nd"]),
        Named::Alpha => get(&["Alphabetic"]),
        Named::Alnum => get(&["Alphabetic", "Nd"]),
        Named::Upper => get(&["Uppercase"]),
        Named::Lower => get(&["Lowercase"]),
        Named::Cntrl => get(&["Cc"]),
        Named::Ascii => list(&[(0, 127)]),
        Named::Vertical => list(&[(10, 13), (0x85, 0x85), (0x2028, 0x2029)]),
        Named::Horizontal | Named::Blank => get(&["Zs"]).union(&list(&[(9, 9)])),
        Named::Space => make_named(Named::Blank).union(&make_named(Named::Vertical)),
        Named::Graph => get(&["L", "M", "N", "P", "S", "Cf", "Co"]),
        Named::Print => make_named(Named::Graph).union(&get(&["Zs"])),
        Named::Punct => {
            let ascii = ["$", "+", "<", "=", ">", "^", "`", "|", "~"];
            let more = ascii
                .iter()
                .map(|s| (u32::from(s.as_bytes()[0]), u32::from(s.as_bytes()[0])));
            get(&["P"]).union(&RangeSet::new(more.collect()))
        }
        Named::XDigit => list(&[
            (0x30, 0x39),
            (0x41, 0x46),
            (0x61, 0x66),
            (0xFF10, 0xFF19),
            (0xFF21, 0xFF26),
            (0xFF41, 0xFF46),
        ]),
    }
}
