//! PCRE2's character tables for byte subjects, by the rules of ASCII or of Latin-1.

use super::super::ast::Named;
use super::super::chars::byteset::{named_bytes, other_case};
use std::sync::OnceLock;

/// lower case 256, other case 256, bit maps 10 * 32, types 256 (pcre2_internal.h).
const LENGTH: usize = 256 + 256 + 320 + 256;
const MAPS: usize = 512;
const TYPES: usize = 832;

static LATIN1: OnceLock<Box<[u8; LENGTH]>> = OnceLock::new();

/// Tables by Unicode's rules for Latin-1; they live as long as the process.
pub fn latin1() -> *const u8 {
    LATIN1.get_or_init(|| Box::new(build(true))).as_ptr()
}

static ASCII: OnceLock<Box<[u8; LENGTH]>> = OnceLock::new();

/// Tables by ASCII's rules, whatever the locale.
pub fn ascii() -> *const u8 {
    ASCII.get_or_init(|| Box::new(build(false))).as_ptr()
}

fn build(unicode: bool) -> [u8; LENGTH] {
    let mut tables = [0u8; LENGTH];
    let upper = named_bytes(Named::Upper, unicode);
    for byte in 0..=255u8 {
        let other = other_case(byte, unicode);
        let i = usize::from(byte);
        tables[i] = if upper.contains(byte) { other } else { byte };
        tables[256 + i] = other;
    }
    let maps = [
        Named::Space,
        Named::XDigit,
        Named::Digit,
        Named::Upper,
        Named::Lower,
        Named::Word,
        Named::Graph,
        Named::Print,
        Named::Punct,
        Named::Cntrl,
    ];
    for (slot, named) in maps.into_iter().enumerate() {
        for byte in named_bytes(named, unicode).iter() {
            tables[MAPS + slot * 32 + usize::from(byte >> 3)] |= 1 << (byte & 7);
        }
    }
    let types = [
        (Named::Space, 0x01),
        (Named::Alpha, 0x02),
        (Named::Lower, 0x04),
        (Named::Digit, 0x08),
        (Named::Word, 0x10),
    ];
    for (named, bit) in types {
        for byte in named_bytes(named, unicode).iter() {
            tables[TYPES + usize::from(byte)] |= bit;
        }
    }
    tables
}
