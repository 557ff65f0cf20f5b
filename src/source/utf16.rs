//! Program texts in UTF-16, told by a byte order mark or by the zero bytes of their first characters.

/// The text of a file in UTF-16, without its mark; `None` where the file is in something else.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (&[u8], fn([u8; 2]) -> u16) = match *bytes {
        // UTF-32, which perl does not read either
        [0xFF, 0xFE, 0, 0, ..] => return None,
        [0xFF, 0xFE, ..] => (&bytes[2..], u16::from_le_bytes),
        [0xFE, 0xFF, ..] => (&bytes[2..], u16::from_be_bytes),
        [0, a, 0, b, ..] if a != 0 && b != 0 => (bytes, u16::from_be_bytes),
        [a, 0, b, 0, ..] if a != 0 && b != 0 => (bytes, u16::from_le_bytes),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn both_orders_with_and_without_a_mark() {
        let text = "print \u{10FFFD}é;\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&le).as_deref(), Some(text));
        assert_eq!(decoded(&be).as_deref(), Some(text));
        assert_eq!(
            decoded(&[&[0xFF, 0xFE], &le[..]].concat()).as_deref(),
            Some(text)
        );
        assert_eq!(
            decoded(&[&[0xFE, 0xFF], &be[..]].concat()).as_deref(),
            Some(text)
        );
        assert_eq!(decoded(b"print 1;"), None);
        assert_eq!(decoded(b""), None);
        assert_eq!(decoded(&[0xFF, 0xFE, 0, 0]), None);
    }
}
