//! The extent of a class as ranges, under the rules a subject calls for.

use super::super::ast::{Class, Item, Named, Property};
use super::super::pattern::Charset;
use super::super::unicode::{fold_ascii, fold_closure, named_ranges, unicode_rules};
use super::ranges::RangeSet;

/// Whether a named set reaches beyond ASCII under `charset` for such a subject.
pub fn named_is_unicode(charset: Charset, utf8: bool) -> bool {
    unicode_rules(charset, utf8) && !matches!(charset, Charset::Ascii | Charset::AsciiStrict)
}

/// The property that stands in for another under `/i`.
pub fn property_of(property: &Property, fold: bool) -> &Property {
    match &property.folded {
        Some(folded) if fold => folded,
        _ => property,
    }
}

/// The named set that stands in for another under `/i`: upper and lower fold into each other.
pub fn named_of(named: Named, fold: bool) -> Named {
    match named {
        Named::Upper | Named::Lower if fold => Named::Alpha,
        named => named,
    }
}

/// One member's extent.
pub fn item_ranges(item: &Item, class: &Class, utf8: bool) -> RangeSet {
    let fold = class.fold.is_some();
    let (set, negated) = match item {
        Item::Range(lo, hi) => (RangeSet::new(vec![(*lo, *hi)]), false),
        Item::Named(named, negated) => {
            let unicode = named_is_unicode(class.charset, utf8);
            let set = match named {
                Named::Upper | Named::Lower if fold && unicode => {
                    super::super::unicode::known_ranges("Cased").unwrap_or_default()
                }
                named => named_ranges(named_of(*named, fold), unicode)
                    .as_ref()
                    .clone(),
            };
            (set, *negated)
        }
        Item::Property(property, negated) => (
            property_of(property, fold).ranges.as_ref().clone(),
            *negated,
        ),
        Item::Ranges(set) => (set.as_ref().clone(), false),
    };
    if negated { set.complement() } else { set }
}

/// All characters a class matches one of, folding included, for byte or UTF-8 subjects.
pub fn class_ranges(class: &Class, utf8: bool) -> RangeSet {
    let mut all = Vec::new();
    let mut folding = Vec::new();
    for item in &class.items {
        let set = item_ranges(item, class, utf8);
        let folds = matches!(item, Item::Range(..) | Item::Ranges(_));
        if folds && class.fold.is_some() {
            &mut folding
        } else {
            &mut all
        }
        .extend_from_slice(set.ranges());
    }
    if let Some(charset) = class.fold {
        let set = RangeSet::new(folding);
        all.extend_from_slice(fold_set(&set, charset, utf8).ranges());
    }
    let set = RangeSet::new(all);
    if class.negated { set.complement() } else { set }
}

/// A set with everything its members fold with under `charset`.
pub fn fold_set(set: &RangeSet, charset: Charset, utf8: bool) -> RangeSet {
    if unicode_rules(charset, utf8) {
        fold_closure(set, charset == Charset::AsciiStrict)
    } else {
        fold_ascii(set)
    }
}
