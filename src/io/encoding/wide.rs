//! UTF-16, UTF-32 and UCS-2, with and without a byte order mark.

use crate::text::utf8;

/// The size of a unit, and whether two make a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// Two bytes, pairs for what is above U+FFFF.
    Utf16,
    /// Two bytes only.
    Ucs2,
    /// Four bytes.
    Utf32,
}

/// Which byte comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The highest.
    Big,
    /// The lowest.
    Little,
    /// A mark at the start tells; big where one is written.
    Mark,
}

/// Encode's name.
pub(super) fn name(width: Width, order: Order) -> &'static str {
    match (width, order) {
        (Width::Utf16, Order::Mark) => "UTF-16",
        (Width::Utf16, Order::Big) => "UTF-16BE",
        (Width::Utf16, Order::Little) => "UTF-16LE",
        (Width::Ucs2, Order::Little) => "UCS-2LE",
        (Width::Ucs2, _) => "UCS-2BE",
        (Width::Utf32, Order::Mark) => "UTF-32",
        (Width::Utf32, Order::Big) => "UTF-32BE",
        (Width::Utf32, Order::Little) => "UTF-32LE",
    }
}

fn unit(width: Width, order: Order, bytes: &[u8]) -> Option<u32> {
    let little = order == Order::Little;
    if width == Width::Utf32 {
        let four = *bytes.first_chunk::<4>()?;
        return Some(if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        });
    }
    let two = *bytes.first_chunk::<2>()?;
    Some(u32::from(if little {
        u16::from_le_bytes(two)
    } else {
        u16::from_be_bytes(two)
    }))
}

/// Decodes whole characters; `known` is the order a mark told. Bytes that are none become
/// U+FFFD and are listed in `bad`. Gives how many bytes were used.
pub(super) fn decode(
    width: Width,
    order: Order,
    known: &mut Option<Order>,
    bytes: &[u8],
    last: bool,
    out: &mut Vec<u8>,
    bad: &mut Vec<Vec<u8>>,
) -> usize {
    let size = if width == Width::Utf32 { 4 } else { 2 };
    let mut at = 0;
    if order == Order::Mark && known.is_none() {
        let Some(first) = unit(width, Order::Big, bytes) else {
            return finish(bytes, 0, last, bad);
        };
        let swapped = if size == 4 { 0xFFFE_0000 } else { 0xFFFE };
        *known = Some(if first == swapped {
            Order::Little
        } else {
            Order::Big
        });
        if first == swapped || first == 0xFEFF {
            at = size;
        }
    }
    let order = if order == Order::Mark {
        known.unwrap_or(Order::Big)
    } else {
        order
    };
    while let Some(first) = unit(width, order, &bytes[at..]) {
        let (cp, len) = match first {
            0xD800..=0xDBFF if width == Width::Utf16 => {
                match unit(width, order, &bytes[at + 2..]) {
                    Some(second @ 0xDC00..=0xDFFF) => {
                        (0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 4)
                    }
                    None if !last => break,
                    _ => (u32::MAX, 2),
                }
            }
            other => (other, size),
        };
        if char::from_u32(cp).is_none() {
            bad.push(bytes[at..at + len].to_vec());
            utf8::push(out, 0xFFFD);
        } else {
            utf8::push(out, u64::from(cp));
        }
        at += len;
    }
    finish(bytes, at, last, bad)
}

/// What is left at the end of the file is no unit.
fn finish(bytes: &[u8], at: usize, last: bool, bad: &mut Vec<Vec<u8>>) -> usize {
    if last && at < bytes.len() {
        bad.push(bytes[at..].to_vec());
        return bytes.len();
    }
    at
}

/// Appends one character.
pub(super) fn push(width: Width, order: Order, cp: u32, out: &mut Vec<u8>) {
    let little = order == Order::Little;
    let mut two = |unit: u16| {
        out.extend_from_slice(&if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        });
    };
    match (width, cp) {
        (Width::Utf32, _) => {
            out.extend_from_slice(&if little {
                cp.to_le_bytes()
            } else {
                cp.to_be_bytes()
            });
        }
        (_, 0..=0xFFFF) => two(cp as u16),
        _ => {
            let rest = cp - 0x1_0000;
            two(0xD800 + (rest >> 10) as u16);
            two(0xDC00 + (rest & 0x3FF) as u16);
        }
    }
}
