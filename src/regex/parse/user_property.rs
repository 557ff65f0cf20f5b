//! `\p{IsFoo}`: properties a program defines by a sub (perlunicode "User-Defined Character Properties").

use super::super::ast::Property;
use super::super::chars::ranges::RangeSet;
use super::super::grammar::Token;
use super::super::pattern::Flags;
use super::super::unicode;
use super::{Failure, Parse, Parser};
use std::rc::Rc;

/// The highest code point a property may name.
const HIGHEST: u64 = i64::MAX as u64;

impl Parser<'_, '_> {
    /// The property of a name, `raw` as it stands in the pattern.
    pub(super) fn property_named(
        &mut self,
        name: &str,
        raw: &str,
        token: Token,
    ) -> Parse<Rc<Property>> {
        if is_user_name(name) {
            let fold = self.flags.has(Flags::I);
            let late = self.flags.has(Flags::LATE);
            let shown = match late {
                true => self.hooks.full_name(name),
                false => name.to_string(),
            };
            match self.user_property(&shown, fold, &mut Vec::new()) {
                Ok(Some(property)) => return Ok(property),
                Ok(None) => {}
                Err(text) if late => return Err(Failure::Error(text)),
                Err(text) => return self.fail(&text, token.end),
            }
        }
        if let Some(pattern) = name_wildcard(name) {
            return match self.hooks.named_like(pattern) {
                Ok(codes) => {
                    let ranges = codes.into_iter().map(|c| (c, c)).collect();
                    Ok(property_of(RangeSet::new(ranges)))
                }
                Err(text) => Err(Failure::Error(text)),
            };
        }
        if let Some(property) = unicode::find(name) {
            return Ok(property);
        }
        if is_user_name(name) {
            // The sub may come to be before the pattern is first used.
            if self.flags.has(Flags::DEFER) {
                self.uses.deferred = true;
                return Ok(property_of(RangeSet::default()));
            }
            let full = self.hooks.full_name(name);
            let text = format!("Unknown user-defined property name \\p{{{full}}}");
            return Err(Failure::Error(text));
        }
        let text = match name.contains("::") {
            true => format!("Illegal user-defined property name \"{raw}\""),
            false => format!("Can't find Unicode property definition \"{raw}\""),
        };
        self.fail(&text, token.end)
    }

    /// A property a sub defines, with the sets its lines refer to. `around`: the full names of those being expanded.
    fn user_property(
        &mut self,
        name: &str,
        fold: bool,
        around: &mut Vec<String>,
    ) -> Result<Option<Rc<Property>>, String> {
        let full = self.hooks.full_name(name);
        if around.contains(&full) {
            return Err(format!(
                "Infinite recursion in user-defined property \"{full}\""
            ));
        }
        let Some(text) = self.hooks.user_property(name, fold)? else {
            return Ok(None);
        };
        around.push(full);
        let within = |text: String| format!("{text} in expansion of {name}");
        let mut set = RangeSet::default();
        for line in text.lines() {
            set = self
                .property_line(set, line, fold, around)
                .map_err(within)?;
        }
        around.pop();
        Ok(Some(property_of(set)))
    }

    /// What a line makes of the set so far: a range more, or a set combined with it.
    fn property_line(
        &mut self,
        set: RangeSet,
        line: &str,
        fold: bool,
        around: &mut Vec<String>,
    ) -> Result<RangeSet, String> {
        let whole = line.trim();
        let line = line.split('#').next().unwrap_or("").trim();
        let Some(first) = line.chars().next() else {
            return Ok(set);
        };
        if matches!(first, '+' | '-' | '!' | '&') {
            let other = line[1..].trim().trim_start_matches("utf8::");
            let found = match is_user_name(other) {
                true => self.user_property(other, fold, around)?,
                false => None,
            };
            let found = found.or_else(|| unicode::find(other));
            let single = || u32::from_str_radix(other, 16).ok();
            let found = found.or_else(|| {
                let code = single()?;
                Some(property_of(RangeSet::new(vec![(code, code)])))
            });
            let Some(found) = found else {
                return Err(format!(
                    "Can't find Unicode property definition \"{other}\""
                ));
            };
            return Ok(match first {
                '+' => set.union(&found.ranges),
                '-' => set.subtract(&found.ranges),
                '!' => set.union(&found.ranges.complement()),
                _ => set.intersect(&found.ranges),
            });
        }
        let mut ends = Vec::new();
        for number in line.split_whitespace().take(2) {
            let digits = number.strip_prefix("0x").unwrap_or(number);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(format!(
                    "Can't find Unicode property definition \"{whole}\""
                ));
            }
            match u64::from_str_radix(digits, 16) {
                Ok(code) if code <= HIGHEST => ends.push(code.min(u64::from(u32::MAX)) as u32),
                _ => return Err(format!("Code point too large in \"{whole}\"")),
            }
        }
        let low = ends.first().copied().unwrap_or(0);
        let high = ends.get(1).copied().unwrap_or(low);
        if high < low {
            return Err(format!("Illegal range in \"{whole}\""));
        }
        Ok(set.union(&RangeSet::new(vec![(low, high)])))
    }
}

fn property_of(set: RangeSet) -> Rc<Property> {
    Rc::new(Property {
        native: None,
        folded: None,
        ranges: Rc::new(set),
    })
}

/// The pattern of `\p{name=/.../}` (perlunicode "Wildcards in Property Values").
fn name_wildcard(name: &str) -> Option<&str> {
    let (key, value) = name.split_once(['=', ':'])?;
    if !matches!(key.trim(), "na" | "name" | "Name") {
        return None;
    }
    let value = value.trim();
    value.strip_prefix('/')?.strip_suffix('/').or_else(|| {
        // the delimiter of the pattern around it is escaped
        value.strip_prefix("\\/")?.strip_suffix("\\/")
    })
}

/// Whether a sub may define this property: `IsX`, `InX`, `pkg::IsX`.
fn is_user_name(name: &str) -> bool {
    let last = name.rsplit("::").next().unwrap_or(name);
    let word = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == ':');
    word && (last.starts_with("Is") || last.starts_with("In"))
}
