//! Sets of bytes: classes as byte subjects see them.

use super::super::ast::{Class, Item, Named};
use super::super::unicode::{named_ranges, unicode_rules};
use super::sets::{named_is_unicode, named_of, property_of};

/// A set of byte values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// Whether `byte` is in the set.
    #[inline]
    pub fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0
    }

    /// Adds a byte.
    pub fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    /// Adds what lies between `lo` and `hi` and is a byte.
    pub fn insert_range(&mut self, lo: u32, hi: u32) {
        if lo <= 0xFF {
            for byte in lo as u8..=hi.min(0xFF) as u8 {
                self.insert(byte);
            }
        }
    }

    /// Adds another set.
    pub fn add(&mut self, other: &ByteSet) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
    }

    /// All other bytes.
    pub fn complement(&self) -> ByteSet {
        ByteSet(self.0.map(|word| !word))
    }

    /// How many bytes are in it.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no byte is in it.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Whether all bytes are in it.
    pub fn is_full(&self) -> bool {
        self.0 == [u64::MAX; 4]
    }

    /// The bytes in order.
    pub fn iter(&self) -> impl Iterator<Item = u8> + '_ {
        (0..=255u8).filter(|b| self.contains(*b))
    }

    /// Runs of neighbours, both ends included.
    pub fn runs(&self) -> Vec<(u8, u8)> {
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for byte in self.iter() {
            match runs.last_mut() {
                Some(run) if run.1.checked_add(1) == Some(byte) => run.1 = byte,
                _ => runs.push((byte, byte)),
            }
        }
        runs
    }

    /// The set with the other case of its letters, of ASCII or of Latin-1.
    pub fn folded(&self, latin1: bool) -> ByteSet {
        let mut out = *self;
        for byte in self.iter() {
            out.insert(other_case(byte, latin1));
        }
        out
    }
}

/// The other case of a byte, or the byte.
pub fn other_case(byte: u8, latin1: bool) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => byte ^ 0x20,
        0xD7 | 0xF7 | 0xDF | 0xFF => byte,
        0xC0..=0xFE if latin1 => byte ^ 0x20,
        _ => byte,
    }
}

/// Characters above Latin-1 that fold to bytes; whether the bytes are ASCII.
const HIGH_FOLDS: &[(u32, &[u8], bool)] = &[
    (0x39C, &[0xB5], false),
    (0x3BC, &[0xB5], false),
    (0x178, &[0xFF], false),
    (0x212A, b"kK", true),
    (0x17F, b"sS", true),
    (0x1E9E, &[0xDF], false),
    (0x212B, &[0xE5, 0xC5], false),
];

/// The bytes of a named set.
pub fn named_bytes(named: Named, unicode: bool) -> ByteSet {
    let mut set = ByteSet::default();
    if !unicode && let Some(fast) = ascii_named(named) {
        (0..128u8).filter(fast).for_each(|b| set.insert(b));
        return set;
    }
    for &(lo, hi) in named_ranges(named, unicode).ranges() {
        set.insert_range(lo, hi);
    }
    set
}

fn ascii_named(named: Named) -> Option<fn(&u8) -> bool> {
    Some(match named {
        Named::Word => |b| b.is_ascii_alphanumeric() || *b == b'_',
        Named::Digit => u8::is_ascii_digit,
        Named::Space => |b| matches!(b, 9..=13 | 32),
        Named::Alpha => u8::is_ascii_alphabetic,
        Named::Alnum => u8::is_ascii_alphanumeric,
        Named::Upper => u8::is_ascii_uppercase,
        Named::Lower => u8::is_ascii_lowercase,
        Named::Punct => u8::is_ascii_punctuation,
        Named::XDigit => u8::is_ascii_hexdigit,
        _ => return None,
    })
}

/// The bytes a class matches, folding included, in a byte subject (or, with `utf8`, by the rules
/// of a UTF-8 one).
pub fn class_bytes(class: &Class, utf8: bool) -> ByteSet {
    let mut set = ByteSet::default();
    let mut folding = ByteSet::default();
    let fold = class.fold;
    let unicode = fold.is_some_and(|charset| unicode_rules(charset, utf8));
    let high = |lo: u32, hi: u32, folding: &mut ByteSet| {
        let strict = fold == Some(super::super::pattern::Charset::AsciiStrict);
        for (c, bytes, ascii) in HIGH_FOLDS {
            if unicode && (lo..=hi).contains(c) && !(strict && *ascii) {
                bytes.iter().for_each(|b| folding.insert(*b));
            }
        }
    };
    for item in &class.items {
        match item {
            Item::Range(lo, hi) => {
                folding.insert_range(*lo, *hi);
                high(*lo, *hi, &mut folding);
            }
            Item::Ranges(ranges) => {
                for &(lo, hi) in ranges.ranges() {
                    folding.insert_range(lo, hi);
                    high(lo, hi, &mut folding);
                }
            }
            Item::Named(named, negated) => {
                let unicode = named_is_unicode(class.charset, utf8);
                let named = named_of(*named, fold.is_some());
                let bytes = named_bytes(named, unicode);
                set.add(&if *negated { bytes.complement() } else { bytes });
            }
            Item::Property(property, negated) => {
                let mut bytes = ByteSet::default();
                for &(lo, hi) in property_of(property, fold.is_some()).ranges.ranges() {
                    bytes.insert_range(lo, hi);
                }
                set.add(&if *negated { bytes.complement() } else { bytes });
            }
        }
    }
    set.add(&match fold {
        Some(_) => folding.folded(unicode),
        None => folding,
    });
    if class.negated { set.complement() } else { set }
}
