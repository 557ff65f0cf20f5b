//! Classes: for byte subjects as 256 bits, for UTF-8 subjects by what PCRE2 knows by name.

use super::super::ast::{Class, Item, Named};
use super::super::chars::byteset::{ByteSet, class_bytes, named_bytes};
use super::super::chars::ranges::RangeSet;
use super::super::chars::sets::{class_ranges, named_is_unicode, property_of};
use super::super::pattern::Charset;
use super::super::unicode::named_ranges;
use super::fold::write_char;
use super::{Caseless, Emit, Emitter};
use std::fmt::Write;
use std::sync::OnceLock;

/// perl's `\w` in terms of general categories: alphabetic, marks, digits, connectors, joiners.
pub(super) const WORD: &str = "A-Za-z0-9_\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}\\x{24b6}-\\x{24e9}\
    \\x{1f130}-\\x{1f149}\\x{1f150}-\\x{1f169}\\x{1f170}-\\x{1f189}\\x{200c}\\x{200d}";
const BLANK: &str = "\\t \\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}";
const SPACE: &str = "\\t-\\r \\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\
    \\x{205f}\\x{3000}";
const VERTICAL: &str = "\\n-\\r\\x85\\x{2028}\\x{2029}";
const GRAPH: &str = "!-~\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}";
const PRINT: &str = " -~\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}\\p{Zs}";
const PUNCT: &str = "\\p{P}$+<=>\\^`|~";
const XDIGIT: &str = "0-9A-Fa-f\\x{ff10}-\\x{ff19}\\x{ff21}-\\x{ff26}\\x{ff41}-\\x{ff46}";

/// What goes between the brackets for a named set, and for its opposite where there is such.
fn named_text(named: Named, fold: bool) -> (&'static str, Option<&'static str>) {
    match named {
        Named::Word => (WORD, None),
        Named::Digit => (digits(), None),
        Named::Space => (SPACE, None),
        Named::Horizontal | Named::Blank => (BLANK, None),
        Named::Vertical => (VERTICAL, None),
        Named::Alpha => ("\\p{Alphabetic}", Some("\\P{Alphabetic}")),
        Named::Alnum => ("\\p{Alphabetic}\\p{Nd}", None),
        Named::Ascii => ("\\x00-\\x7f", Some("\\x80-\\x{10ffff}")),
        Named::Cntrl => ("\\p{Cc}", Some("\\P{Cc}")),
        Named::Graph => (GRAPH, None),
        Named::Lower | Named::Upper if fold => ("\\p{Cased}", Some("\\P{Cased}")),
        Named::Lower => ("\\p{Lowercase}", Some("\\P{Lowercase}")),
        Named::Upper => ("\\p{Uppercase}", Some("\\P{Uppercase}")),
        Named::Print => (PRINT, None),
        Named::Punct => (PUNCT, None),
        Named::XDigit => (XDIGIT, None),
    }
}

/// All digits, spelled out: so PCRE2 sees at once that most characters are none.
fn digits() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = String::new();
        write_ranges(&mut text, &named_ranges(Named::Digit, true));
        text
    })
}

impl Emitter {
    pub(super) fn class(&mut self, class: &Class) -> Emit {
        if self.out.utf {
            return self.utf_class(class);
        }
        let set = class_bytes(class, false);
        self.bytes_class(&set);
        Ok(())
    }

    fn bytes_class(&mut self, set: &ByteSet) {
        if set.is_empty() {
            return self.push("(?!)");
        }
        if set.is_full() {
            return self.push(".");
        }
        let unicode = self.out.latin1;
        for (named, text, other) in [
            (Named::Word, "\\w", "\\W"),
            (Named::Digit, "\\d", "\\D"),
            (Named::Space, "\\s", "\\S"),
        ] {
            let known = named_bytes(named, unicode);
            if *set == known {
                return self.push(text);
            }
            if *set == known.complement() {
                return self.push(other);
            }
        }
        if self.caseless != Caseless::Off && set.folded(self.out.latin1) != *set {
            self.case(Caseless::Off);
        }
        let (negated, shown) = match set.contains(0) && set.len() > 128 {
            true => (true, set.complement()),
            false => (false, *set),
        };
        let runs = shown.runs();
        if let ([(lo, hi)], false) = (&runs[..], negated)
            && lo == hi
        {
            return write_char(&mut self.out.text, u32::from(*lo));
        }
        self.push(if negated { "[^" } else { "[" });
        for (lo, hi) in runs {
            write_range(&mut self.out.text, u32::from(lo), u32::from(hi));
        }
        self.push("]");
    }

    fn utf_class(&mut self, class: &Class) -> Emit {
        let unicode = named_is_unicode(class.charset, true);
        let ascii_named = !unicode && class.items.iter().any(|i| matches!(i, Item::Named(..)));
        let strict = class.fold == Some(Charset::AsciiStrict);
        if class.fold.is_some() && (ascii_named || strict || folds_wide(class)) {
            let set = class_ranges(class, true);
            self.case(Caseless::Off);
            return self.explicit(&set);
        }
        let mut yes = String::new();
        let mut no: Vec<String> = Vec::new();
        for item in &class.items {
            self.item(item, class, unicode, &mut yes, &mut no);
        }
        let cased = class
            .items
            .iter()
            .any(|i| matches!(i, Item::Range(..) | Item::Ranges(_)));
        if cased {
            self.case_for(class.fold);
        } else if self.caseless != Caseless::Off {
            self.case(Caseless::Off);
        }
        self.assemble(class.negated, &yes, &no);
        Ok(())
    }

    fn item(
        &mut self,
        item: &Item,
        class: &Class,
        unicode: bool,
        yes: &mut String,
        no: &mut Vec<String>,
    ) {
        let fold = class.fold.is_some();
        match item {
            Item::Range(lo, hi) => {
                if *lo <= 0x10FFFF {
                    write_range(yes, *lo, (*hi).min(0x10FFFF));
                }
            }
            Item::Ranges(set) => write_ranges(yes, set),
            Item::Named(named, negated)
                if unicode
                    || *named == Named::Ascii
                    || matches!(named, Named::Horizontal | Named::Vertical) =>
            {
                let (text, opposite) = named_text(*named, fold);
                match (negated, opposite) {
                    (false, _) => yes.push_str(text),
                    (true, Some(opposite)) => yes.push_str(opposite),
                    (true, None) => no.push(text.to_string()),
                }
            }
            Item::Named(named, negated) => {
                let mut text = String::new();
                for (lo, hi) in named_bytes(*named, false).runs() {
                    write_range(&mut text, u32::from(lo), u32::from(hi));
                }
                if *negated {
                    no.push(text)
                } else {
                    yes.push_str(&text)
                }
            }
            Item::Property(property, negated) => {
                let property = property_of(property, fold);
                match &property.native {
                    Some(name) => {
                        let p = if *negated { 'P' } else { 'p' };
                        let _ = write!(yes, "\\{p}{{{name}}}");
                    }
                    None if *negated => write_ranges(yes, &property.ranges.complement()),
                    None => write_ranges(yes, &property.ranges),
                }
            }
        }
    }

    fn assemble(&mut self, negated: bool, yes: &str, no: &[String]) {
        match (negated, yes, no) {
            (false, "", []) => self.push("(?!)"),
            (true, "", []) => self.push("."),
            (_, yes, []) => self.brackets(negated, yes),
            (_, "", [one]) => self.brackets(!negated, one),
            (false, yes, no) => {
                self.push("(?:");
                if !yes.is_empty() {
                    self.brackets(false, yes);
                    self.push("|");
                }
                for (i, text) in no.iter().enumerate() {
                    if i > 0 {
                        self.push("|");
                    }
                    self.brackets(true, text);
                }
                self.push(")");
            }
            (true, yes, no) => {
                self.push("(?:");
                if !yes.is_empty() {
                    self.push("(?!");
                    self.brackets(false, yes);
                    self.push(")");
                }
                for text in &no[1..] {
                    self.push("(?=");
                    self.brackets(false, text);
                    self.push(")");
                }
                self.brackets(false, &no[0]);
                self.push(")");
            }
        }
    }

    fn brackets(&mut self, negated: bool, inner: &str) {
        let single = inner.strip_prefix("\\p{").and_then(|t| t.strip_suffix('}'));
        match single {
            Some(name) if !name.contains('}') => {
                let p = if negated { 'P' } else { 'p' };
                let _ = write!(self.out.text, "\\{p}{{{name}}}");
            }
            _ => {
                self.push(if negated { "[^" } else { "[" });
                self.push(inner);
                self.push("]");
            }
        }
    }

    fn explicit(&mut self, set: &RangeSet) -> Emit {
        let mut text = String::new();
        write_ranges(&mut text, set);
        if text.is_empty() {
            self.push("(?!)");
        } else {
            self.brackets(false, &text);
        }
        Ok(())
    }
}

/// Whether a negated property or set under `/i` needs its extent spelled out.
fn folds_wide(class: &Class) -> bool {
    class.items.iter().any(|item| match item {
        Item::Property(property, _) => property.native.is_none() && property.folded.is_none(),
        _ => false,
    }) && class.items.iter().any(|i| matches!(i, Item::Range(..)))
}

fn write_ranges(text: &mut String, set: &RangeSet) {
    for &(lo, hi) in set.ranges() {
        if lo <= 0x10FFFF {
            write_range(text, lo, hi.min(0x10FFFF));
        }
    }
}

fn write_range(text: &mut String, lo: u32, hi: u32) {
    write_char(text, lo);
    if hi > lo {
        if hi > lo + 1 {
            text.push('-');
        }
        write_char(text, hi);
    }
}
