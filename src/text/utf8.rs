//! Perl's extended UTF-8: any code point below 2**64 in 1 to 13 bytes (`perlunicode`, `utf8`).
//! Surrogates, non-characters and code points above 0x10FFFF are ordinary here.

/// The longest encoding of one code point.
pub const MAX_BYTES: usize = 13;

/// The number of bytes that an encoding beginning with `first` takes; 1 for a stray continuation.
#[inline]
pub const fn width_of_first(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF8 => 4,
        0xF8..0xFC => 5,
        0xFC..0xFE => 6,
        0xFE => 7,
        0xFF => 13,
    }
}

/// The number of bytes that `cp` takes when encoded.
#[inline]
pub const fn width_of(cp: u64) -> usize {
    match cp {
        0..0x80 => 1,
        0x80..0x800 => 2,
        0x800..0x1_0000 => 3,
        0x1_0000..0x20_0000 => 4,
        0x20_0000..0x400_0000 => 5,
        0x400_0000..0x8000_0000 => 6,
        0x8000_0000..0x10_0000_0000 => 7,
        _ => 13,
    }
}

/// Is `b` a continuation byte?
#[inline]
pub const fn is_continuation(b: u8) -> bool {
    b & 0xC0 == 0x80
}

/// Encodes `cp` at the head of `out` and returns the bytes used.
#[inline]
pub fn encode(cp: u64, out: &mut [u8; MAX_BYTES]) -> &[u8] {
    let width = width_of(cp);
    if width == 1 {
        out[0] = cp as u8;
        return &out[..1];
    }
    let mut rest = cp;
    for at in (1..width).rev() {
        out[at] = 0x80 | (rest & 0x3F) as u8;
        rest >>= 6;
    }
    out[0] = match width {
        2 => 0xC0 | rest as u8,
        3 => 0xE0 | rest as u8,
        4 => 0xF0 | rest as u8,
        5 => 0xF8 | rest as u8,
        6 => 0xFC | rest as u8,
        7 => 0xFE,
        _ => 0xFF,
    };
    &out[..width]
}

/// Whether all of `bytes` is well-formed UTF-8 with code points up to 0x10FFFF; surrogates may occur.
pub fn is_standard(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Err(error) = std::str::from_utf8(rest) {
        // The one thing perl's strings have beyond `str` that is allowed here is a surrogate.
        match rest.get(error.valid_up_to()..) {
            Some([0xED, 0xA0..=0xBF, 0x80..=0xBF, tail @ ..]) => rest = tail,
            _ => return false,
        }
    }
    true
}

/// Appends the encoding of `cp` to `out`.
pub fn push(out: &mut Vec<u8>, cp: u64) {
    if cp < 0x80 {
        out.push(cp as u8);
    } else {
        out.extend_from_slice(encode(cp, &mut [0; MAX_BYTES]));
    }
}

/// Decodes the first code point of `bytes` and its width. Total: malformed text yields its first
/// byte as a code point of width 1, and empty text yields `(0, 0)`.
#[inline]
pub fn decode(bytes: &[u8]) -> (u64, usize) {
    match *bytes {
        [] => (0, 0),
        [a, ..] if a < 0x80 => (a as u64, 1),
        [a, b, ..] if a & 0xE0 == 0xC0 => ((a as u64 & 0x1F) << 6 | (b as u64 & 0x3F), 2),
        [a, b, c, ..] if a & 0xF0 == 0xE0 => (
            (a as u64 & 0x0F) << 12 | (b as u64 & 0x3F) << 6 | (c as u64 & 0x3F),
            3,
        ),
        _ => decode_long(bytes),
    }
}

#[cold]
fn decode_long(bytes: &[u8]) -> (u64, usize) {
    let first = bytes[0];
    let width = width_of_first(first);
    if width == 1 || bytes.len() < width {
        return (first as u64, 1);
    }
    let head = if width >= 7 {
        0
    } else {
        first as u64 & (0x7F >> width)
    };
    let cp = bytes[1..width]
        .iter()
        .fold(head, |cp, b| cp << 6 | (*b as u64 & 0x3F));
    (cp, width)
}

/// Decodes the last code point of `bytes` and its width; as total as [`decode`].
#[inline]
pub fn decode_last(bytes: &[u8]) -> (u64, usize) {
    match *bytes {
        [] => (0, 0),
        [.., a] if a < 0x80 => (a as u64, 1),
        _ => {
            let mut start = bytes.len() - 1;
            while start > 0 && is_continuation(bytes[start]) && bytes.len() - start < MAX_BYTES {
                start -= 1;
            }
            let (cp, width) = decode(&bytes[start..]);
            if start + width == bytes.len() {
                (cp, width)
            } else {
                (bytes[bytes.len() - 1] as u64, 1)
            }
        }
    }
}

/// Decodes one code point strictly: `None` where `bytes` does not begin with a complete, shortest
/// encoding of a code point that perl accepts.
pub fn decode_strict(bytes: &[u8]) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    if first < 0x80 {
        return Some((first as u64, 1));
    }
    let width = width_of_first(first);
    if width == 1 || bytes.len() < width || !bytes[1..width].iter().all(|b| is_continuation(*b)) {
        return None;
    }
    // 66 bits fit behind an FF, of which the top ones must be clear.
    if width == 13 && (bytes[1] != 0x80 || bytes[2] > 0x87) {
        return None;
    }
    let (cp, _) = decode(bytes);
    (width_of(cp) == width).then_some((cp, width))
}

/// Is all of `bytes` well-formed extended UTF-8?
pub fn is_valid(bytes: &[u8]) -> bool {
    valid_up_to(bytes) == bytes.len()
}

/// The length of the longest well-formed head of `bytes`.
pub fn valid_up_to(bytes: &[u8]) -> usize {
    let mut at = match std::str::from_utf8(bytes) {
        Ok(_) => return bytes.len(),
        Err(e) => e.valid_up_to(),
    };
    while at < bytes.len() {
        match decode_strict(&bytes[at..]) {
            Some((_, width)) => at += width,
            None => return at,
        }
    }
    at
}

/// The first code point from byte `at` on that text for others should not have: a surrogate, a
/// non-character, or one above 0x10FFFF. Gives where it is, what it is and how long.
pub fn next_unusual(bytes: &[u8], at: usize) -> Option<(usize, u64, usize)> {
    let mut at = at;
    loop {
        // They all begin with ED or above.
        at += bytes.get(at..)?.iter().position(|b| *b >= 0xED)?;
        let (cp, width) = decode(&bytes[at..]);
        let width = width.max(1);
        if !is_ordinary(cp) {
            return Some((at, cp, width));
        }
        at += width;
    }
}

/// Is it a code point of Unicode's that may be exchanged?
pub const fn is_ordinary(cp: u64) -> bool {
    !matches!(cp, 0xD800..0xE000 | 0xFDD0..0xFDF0 | 0x11_0000..) && cp & 0xFFFE != 0xFFFE
}

/// The number of code points in well-formed `bytes`.
pub fn count(bytes: &[u8]) -> usize {
    // Eight bytes a step: a byte begins a code point unless its two top bits are 10.
    let mut chunks = bytes.chunks_exact(8);
    let mut continuations = 0usize;
    for chunk in &mut chunks {
        let word = u64::from_ne_bytes(chunk.try_into().unwrap_or([0; 8]));
        let marks = (word >> 7) & (!word >> 6) & 0x0101_0101_0101_0101;
        continuations += marks.count_ones() as usize;
    }
    continuations += chunks
        .remainder()
        .iter()
        .filter(|b| is_continuation(**b))
        .count();
    bytes.len() - continuations
}

/// The number of bytes of `bytes` above 0x7F.
pub fn count_high(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b >= 0x80).count()
}

/// The byte offset of code point number `n`, counted from the start of `bytes`; `None` beyond the
/// end (the end itself is an offset).
pub fn offset_of(bytes: &[u8], n: usize) -> Option<usize> {
    if n > bytes.len() {
        return None;
    }
    let (mut at, mut left) = (0, n);
    // Whole chunks first, while they cannot hold the place we look for.
    while left >= 64 && bytes.len() - at >= 64 {
        left -= count(&bytes[at..at + 64]);
        at += 64;
    }
    while at < bytes.len() && is_continuation(bytes[at]) {
        at += 1;
    }
    while left > 0 {
        let first = *bytes.get(at)?;
        at = (at + width_of_first(first)).min(bytes.len());
        left -= 1;
    }
    Some(at)
}

/// Appends `latin1` to `out` as UTF-8.
pub fn push_latin1(out: &mut Vec<u8>, latin1: &[u8]) {
    out.reserve(latin1.len());
    for &b in latin1 {
        if b < 0x80 {
            out.push(b);
        } else {
            out.extend_from_slice(&[0xC0 | b >> 6, 0x80 | b & 0x3F]);
        }
    }
}

/// The one-byte-per-character form of well-formed `bytes`, if every code point is below 256.
pub fn to_latin1(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    out.try_reserve_exact(bytes.len()).ok()?;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            out.push(b);
            at += 1;
        } else if b <= 0xC3 {
            out.push((b & 0x03) << 6 | bytes.get(at + 1).copied().unwrap_or(0) & 0x3F);
            at += 2;
        } else {
            return None;
        }
    }
    Some(out)
}

/// Can well-formed `bytes` be written with one byte per character?
pub fn fits_latin1(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| *b <= 0xC3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_survive_a_round_trip() {
        for shift in 0..64 {
            for cp in [1u64 << shift, (1u64 << shift) - 1, (1u64 << shift) + 1] {
                let mut room = [0; MAX_BYTES];
                let bytes = encode(cp, &mut room).to_vec();
                assert_eq!(decode(&bytes), (cp, bytes.len()));
                assert_eq!(decode_last(&bytes), (cp, bytes.len()));
                assert_eq!(count(&bytes), 1);
                let strict = (cp <= i64::MAX as u64).then_some((cp, bytes.len()));
                assert_eq!(decode_strict(&bytes), strict);
            }
        }
    }

    #[test]
    fn offsets_agree_with_a_walk() {
        let text: String = "aé€😀".repeat(50);
        let mut expected: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        expected.push(text.len());
        for (n, at) in expected.iter().enumerate() {
            assert_eq!(offset_of(text.as_bytes(), n), Some(*at));
        }
        assert_eq!(offset_of(text.as_bytes(), expected.len()), None);
    }
}
