//! Upper, lower, title and folded case, and `quotemeta` (`perlfunc lc uc ucfirst lcfirst fc`).
//!
//! A string without the UTF-8 flag follows ASCII rules, or Latin-1's where `unicode` says that
//! `feature 'unicode_strings'` is on; one with it follows Unicode, special casing included.

use super::{OutOfMemory, PerlStr, utf8};

/// One of the four mappings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `lc`
    Lower,
    /// `uc`
    Upper,
    /// The first character of `ucfirst`.
    Title,
    /// `fc`
    Fold,
}

/// What one character becomes: up to three code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mapped {
    items: [u64; 3],
    len: u8,
}

impl Mapped {
    fn one(cp: u64) -> Mapped {
        Mapped {
            items: [cp, 0, 0],
            len: 1,
        }
    }

    fn push(&mut self, cp: u64) {
        if let Some(slot) = self.items.get_mut(self.len as usize) {
            *slot = cp;
            self.len += 1;
        }
    }

    /// The code points.
    pub fn as_slice(&self) -> &[u64] {
        &self.items[..self.len as usize]
    }
}

fn collect(chars: impl Iterator<Item = char>) -> Mapped {
    let mut out = Mapped::default();
    chars.for_each(|c| out.push(c as u64));
    out
}

/// What `cp` becomes under `case` by Unicode's full rules; code points that are no `char` stay.
pub fn map_char(case: Case, cp: u64) -> Mapped {
    if cp < 0x80 {
        let b = cp as u8;
        let to = match case {
            Case::Lower | Case::Fold => b.to_ascii_lowercase(),
            Case::Upper | Case::Title => b.to_ascii_uppercase(),
        };
        return Mapped::one(to as u64);
    }
    let Some(c) = u32::try_from(cp).ok().and_then(char::from_u32) else {
        return Mapped::one(cp);
    };
    match case {
        Case::Lower => collect(c.to_lowercase()),
        Case::Upper => collect(c.to_uppercase()),
        Case::Title => title(c),
        Case::Fold => fold(c),
    }
}

/// Titlecase: that of the digraphs, of the Greek letters with iota below and of ligatures differs
/// from upper case; Georgian has none.
fn title(c: char) -> Mapped {
    let cp = c as u64;
    match cp {
        0x1C4..=0x1CC => Mapped::one(0x1C5 + (cp - 0x1C4) / 3 * 3),
        0x1F1..=0x1F3 => Mapped::one(0x1F2),
        0x10D0..=0x10FF => Mapped::one(cp),
        0x1F80..=0x1FAF => Mapped::one(cp | 8),
        0x1FB3 | 0x1FC3 | 0x1FF3 => Mapped::one(cp + 9),
        0x1FBC | 0x1FCC | 0x1FFC => Mapped::one(cp),
        0xDF | 0x587 | 0x1FB2..=0x1FF7 | 0xFB00..=0xFB17 => title_by_parts(c),
        _ => collect(c.to_uppercase()),
    }
}

/// The first part keeps its upper case, letters behind it get their lower case back.
fn title_by_parts(c: char) -> Mapped {
    let upper = collect(c.to_uppercase());
    let mut out = Mapped::default();
    for (at, cp) in upper.as_slice().iter().enumerate() {
        match (at, cp) {
            (0, cp) => out.push(*cp),
            // Capital iota was the iota below.
            (_, 0x399) => out.push(0x345),
            (_, cp) => map_char(Case::Lower, *cp)
                .as_slice()
                .iter()
                .for_each(|cp| out.push(*cp)),
        }
    }
    out
}

/// Case folding: mostly the lower case of the upper case; Cherokee folds to upper case.
fn fold(c: char) -> Mapped {
    let cp = c as u64;
    match cp {
        0x131 | 0x13A0..=0x13F5 => Mapped::one(cp),
        0x13F8..=0x13FD => Mapped::one(cp - 8),
        0xAB70..=0xABBF => Mapped::one(cp - 0xAB70 + 0x13A0),
        0x1E9E => collect("ss".chars()),
        _ => {
            let mut out = Mapped::default();
            for upper in c.to_uppercase() {
                upper
                    .to_lowercase()
                    .for_each(|lower| out.push(lower as u64));
            }
            out
        }
    }
}

/// `lc text`
pub fn lc(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    map(text, Case::Lower, unicode)
}

/// `uc text`
pub fn uc(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    map(text, Case::Upper, unicode)
}

/// `fc text`
pub fn fc(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    map(text, Case::Fold, unicode)
}

/// `ucfirst text`
pub fn ucfirst(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    first(text, Case::Title, unicode)
}

/// `lcfirst text`
pub fn lcfirst(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    first(text, Case::Lower, unicode)
}

fn map(text: &PerlStr, case: Case, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    let by_bytes = !text.is_utf8() && !unicode;
    if by_bytes || text.is_ascii() {
        return ascii(text, case);
    }
    let mut out = PerlStr::try_with_capacity(text.len())?;
    if text.is_utf8() {
        out.set_utf8_flag(true);
    }
    out.set_taint(text.taint());
    for cp in text.chars() {
        for to in map_char(case, cp).as_slice() {
            push(&mut out, *to)?;
        }
    }
    Ok(out)
}

fn push(out: &mut PerlStr, cp: u64) -> Result<(), OutOfMemory> {
    if cp < 0x80 || cp < 0x100 && !out.is_utf8() {
        return out.try_push_bytes(&[cp as u8]);
    }
    out.try_upgrade()?;
    out.try_push_bytes(utf8::encode(cp, &mut [0; utf8::MAX_BYTES]))
}

fn ascii(text: &PerlStr, case: Case) -> Result<PerlStr, OutOfMemory> {
    let lower = matches!(case, Case::Lower | Case::Fold);
    let differs = |b: &u8| {
        if lower {
            b.is_ascii_uppercase()
        } else {
            b.is_ascii_lowercase()
        }
    };
    let Some(from) = text.as_bytes().iter().position(differs) else {
        return Ok(text.clone());
    };
    let mut out = copy_of(text)?;
    let tail = &mut out.make_mut()[from..];
    if lower {
        tail.make_ascii_lowercase()
    } else {
        tail.make_ascii_uppercase()
    }
    Ok(out)
}

/// A copy with buffer and flags of its own.
fn copy_of(text: &PerlStr) -> Result<PerlStr, OutOfMemory> {
    let mut out = PerlStr::try_from_bytes(text.as_bytes())?;
    out.set_utf8_flag(text.is_utf8());
    out.set_taint(text.taint());
    Ok(out)
}

fn first(text: &PerlStr, case: Case, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    let bytes = text.as_bytes();
    let Some(&b) = bytes.first() else {
        return Ok(text.clone());
    };
    if b < 0x80 {
        let to = map_char(case, b as u64)
            .as_slice()
            .first()
            .map_or(b, |cp| *cp as u8);
        if to == b {
            return Ok(text.clone());
        }
        let mut out = copy_of(text)?;
        if let Some(slot) = out.make_mut().first_mut() {
            *slot = to;
        }
        return Ok(out);
    }
    if !text.is_utf8() && !unicode {
        return Ok(text.clone());
    }
    let (cp, width) = if text.is_utf8() {
        utf8::decode(bytes)
    } else {
        (b as u64, 1)
    };
    let mut out = PerlStr::try_with_capacity(text.len())?;
    out.set_utf8_flag(text.is_utf8());
    for to in map_char(case, cp).as_slice() {
        push(&mut out, *to)?;
    }
    out.try_push_str(&text.slice_bytes(width..bytes.len()))?;
    out.set_taint(text.taint());
    Ok(out)
}

/// `quotemeta text`: a backslash before everything that is not part of a word; Unicode rules quote
/// what patterns may take for syntax.
pub fn quotemeta(text: &PerlStr, unicode: bool) -> Result<PerlStr, OutOfMemory> {
    let plain = |b: u8| b == b'_' || b.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    if bytes.iter().all(|b| plain(*b)) {
        return Ok(text.clone());
    }
    let mut out = PerlStr::try_with_capacity(bytes.len().saturating_add(bytes.len() / 4))?;
    out.set_utf8_flag(text.is_utf8());
    out.set_taint(text.taint());
    let by_bytes = !text.is_utf8() && !unicode;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let (quote, width) = match b {
            0..0x80 => (!plain(b), 1),
            _ if by_bytes => (true, 1),
            _ if text.is_utf8() => {
                let (cp, width) = utf8::decode(&bytes[at..]);
                (is_quoted(cp), width)
            }
            _ => (is_quoted(b as u64), 1),
        };
        if quote {
            out.try_push_bytes(b"\\")?;
        }
        out.try_push_bytes(&bytes[at..at + width])?;
        at += width;
    }
    Ok(out)
}

/// Pattern syntax, pattern white space, and what is ignorable by default, above ASCII.
fn is_quoted(cp: u64) -> bool {
    QUOTED
        .binary_search_by(|(low, high)| match cp {
            cp if cp < *low => std::cmp::Ordering::Greater,
            cp if cp > *high => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Equal,
        })
        .is_ok()
}

#[rustfmt::skip]
static QUOTED: &[(u64, u64)] = &[
    (0x80, 0xA7), (0xA9, 0xA9), (0xAB, 0xAE), (0xB0, 0xB1), (0xB6, 0xB6), (0xBB, 0xBB),
    (0xBF, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x1680, 0x1680), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x203E), (0x2041, 0x2053),
    (0x2055, 0x206F), (0x2190, 0x245F), (0x2500, 0x2775), (0x2794, 0x2BFF), (0x2E00, 0x2E7F),
    (0x3000, 0x3003), (0x3008, 0x3020), (0x3030, 0x3030), (0x3164, 0x3164), (0xFD3E, 0xFD3F),
    (0xFE00, 0xFE0F), (0xFE45, 0xFE46), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
];
