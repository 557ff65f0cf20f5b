//! Reading characters of subjects: bytes, or UTF-8 in perl's lax form.

/// The code point and length of the character at `at`; what is no character counts as its byte.
pub fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let Some(&first) = bytes.get(at) else {
        return (0, 1);
    };
    if first < 0x80 {
        return (u32::from(first), 1);
    }
    let size = match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        0xF8..=0xFB => 5,
        0xFC..=0xFD => 6,
        0xFE => 7,
        0xFF => 13,
        _ => return (u32::from(first), 1),
    };
    let Some(tail) = bytes.get(at + 1..at + size) else {
        return (u32::from(first), 1);
    };
    let lead = if size < 7 {
        u64::from(first) & ((1 << (7 - size)) - 1)
    } else {
        0
    };
    let mut value = lead;
    for &byte in tail {
        if byte & 0xC0 != 0x80 {
            return (u32::from(first), 1);
        }
        value = (value << 6) | u64::from(byte & 0x3F);
    }
    (u32::try_from(value).unwrap_or(u32::MAX), size)
}

/// The start of the character before `at`.
pub fn step_back(bytes: &[u8], at: usize, utf8: bool) -> usize {
    let mut at = at.saturating_sub(1);
    if utf8 {
        while at > 0 && bytes.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
            at -= 1;
        }
    }
    at
}

/// The end of the character at `at`.
pub fn step(bytes: &[u8], at: usize, utf8: bool) -> usize {
    if utf8 {
        (at + decode(bytes, at).1).min(bytes.len())
    } else {
        (at + 1).min(bytes.len())
    }
}

/// Appends a code point as UTF-8, surrogates and (in perl's longer forms) larger ones too.
pub fn encode(c: u32, into: &mut Vec<u8>) {
    let tail = |into: &mut Vec<u8>, count: u32| {
        for i in (0..count).rev() {
            into.push(0x80 | ((c >> (6 * i)) & 0x3F) as u8);
        }
    };
    let (lead, count) = match c {
        0..=0x7F => return into.push(c as u8),
        0x80..=0x7FF => (0xC0 | (c >> 6) as u8, 1),
        0x800..=0xFFFF => (0xE0 | (c >> 12) as u8, 2),
        0x1_0000..=0x1F_FFFF => (0xF0 | (c >> 18) as u8, 3),
        0x20_0000..=0x3FF_FFFF => (0xF8 | (c >> 24) as u8, 4),
        0x400_0000..=0x7FFF_FFFF => (0xFC | (c >> 30) as u8, 5),
        _ => {
            into.push(0xFE);
            into.push(0x80 | (c >> 30) as u8);
            return tail(into, 5);
        }
    };
    into.push(lead);
    tail(into, count);
}
