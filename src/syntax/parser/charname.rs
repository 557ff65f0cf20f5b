//! `\\N{name}`: characters by their Unicode name (perldoc charnames, `:full` and `:short`).

/// The characters a name stands for: a Unicode name, a name of control characters, or a short name
/// such as `greek:alpha`.
pub(super) fn characters(name: &str) -> Option<char> {
    let name = name.trim();
    if let Some(c) = control(name).or_else(|| unicode_names2::character(name)) {
        return Some(c);
    }
    let (script, letter) = name.split_once(':')?;
    let case = if letter.chars().any(char::is_uppercase) {
        "CAPITAL"
    } else {
        "SMALL"
    };
    let full = format!("{script} {case} LETTER {letter}").to_uppercase();
    unicode_names2::character(&full)
        .or_else(|| unicode_names2::character(&format!("{script} LETTER {letter}").to_uppercase()))
}

/// Control characters have aliases, not names.
fn control(name: &str) -> Option<char> {
    const NAMES: &[(&str, u8)] = &[
        ("NULL", 0),
        ("NUL", 0),
        ("START OF HEADING", 1),
        ("SOH", 1),
        ("START OF TEXT", 2),
        ("STX", 2),
        ("END OF TEXT", 3),
        ("ETX", 3),
        ("END OF TRANSMISSION", 4),
        ("EOT", 4),
        ("ENQUIRY", 5),
        ("ENQ", 5),
        ("ACKNOWLEDGE", 6),
        ("ACK", 6),
        ("ALERT", 7),
        ("BEL", 7),
        ("BACKSPACE", 8),
        ("BS", 8),
        ("CHARACTER TABULATION", 9),
        ("HORIZONTAL TABULATION", 9),
        ("TAB", 9),
        ("HT", 9),
        ("LINE FEED", 10),
        ("NEW LINE", 10),
        ("END OF LINE", 10),
        ("LF", 10),
        ("NL", 10),
        ("EOL", 10),
        ("LINE TABULATION", 11),
        ("VERTICAL TABULATION", 11),
        ("VT", 11),
        ("FORM FEED", 12),
        ("FF", 12),
        ("CARRIAGE RETURN", 13),
        ("CR", 13),
        ("SHIFT OUT", 14),
        ("SO", 14),
        ("SHIFT IN", 15),
        ("SI", 15),
        ("DATA LINK ESCAPE", 16),
        ("DLE", 16),
        ("CANCEL", 24),
        ("CAN", 24),
        ("SUBSTITUTE", 26),
        ("SUB", 26),
        ("ESCAPE", 27),
        ("ESC", 27),
        ("INFORMATION SEPARATOR FOUR", 28),
        ("FILE SEPARATOR", 28),
        ("FS", 28),
        ("GROUP SEPARATOR", 29),
        ("GS", 29),
        ("RECORD SEPARATOR", 30),
        ("RS", 30),
        ("UNIT SEPARATOR", 31),
        ("US", 31),
        ("DELETE", 127),
        ("DEL", 127),
        ("NEXT LINE", 133),
        ("NEL", 133),
        ("NBSP", 160),
        ("SHY", 173),
        ("SP", 32),
    ];
    if let Some((_, code)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(char::from(*code));
    }
    Some(match name {
        "BOM" | "BYTE ORDER MARK" | "ZWNBSP" => '\u{feff}',
        "ZWJ" => '\u{200d}',
        "ZWNJ" => '\u{200c}',
        _ => return None,
    })
}
