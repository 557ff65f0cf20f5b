//! What stands behind a switch's letter, read as perl reads it (perlrun).
use crate::switches::Separator;

/// `-MFoo=a,b` and its relatives as a statement (perlrun `-M`); the error is perl's text.
pub fn use_statement(module: &[u8], letter: u8) -> Result<Vec<u8>, String> {
    let lower = letter == b'm';
    let letter = char::from(letter);
    if module.is_empty() {
        return Err(format!("Missing argument to -{letter}."));
    }
    let (word, module) = match module.strip_prefix(b"-") {
        Some(rest) => (&b"no "[..], rest),
        None => (&b"use "[..], module),
    };
    if module.is_empty() || module[0] == b'=' {
        return Err(format!("Module name required with -{letter} option."));
    }
    let end = module
        .iter()
        .position(|&b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b':')))
        .unwrap_or(module.len());
    let name = String::from_utf8_lossy(&module[..end]);
    if name.replace("::", "").contains(':') {
        return Err(format!(
            "Invalid module name {name} with -{letter} option: contains single ':'."
        ));
    }
    let mut out = word.to_vec();
    match Some(end).filter(|&end| module.get(end) == Some(&b'=')) {
        Some(eq) => {
            out.extend_from_slice(&module[..eq]);
            out.extend_from_slice(b" split(/,/,q\0");
            out.extend_from_slice(&module[eq + 1..]);
            out.extend_from_slice(b"\0)");
        }
        None => {
            if lower && let Some(&behind) = module.get(end) {
                return Err(format!("Can't use '{}' after -mname.", char::from(behind)));
            }
            out.extend_from_slice(module);
            if lower {
                out.extend_from_slice(b" ()");
            }
        }
    }
    out.push(b';');
    Ok(out)
}

/// Octal digits, at most so many.
pub fn octal(s: &mut &[u8], max: usize) -> Option<u32> {
    let digits = s
        .iter()
        .take(max)
        .take_while(|b| (b'0'..=b'7').contains(*b))
        .count();
    let (text, rest) = s.split_at(digits);
    *s = rest;
    (digits > 0).then(|| text.iter().fold(0, |n, b| n * 8 + u32::from(b - b'0')))
}

/// What `-0` says `$/` is to be.
pub fn separator(s: &mut &[u8]) -> Separator {
    if let [b'x' | b'X', rest @ ..] = *s
        && rest.first().is_some_and(u8::is_ascii_hexdigit)
    {
        let digits = rest
            .iter()
            .take(8)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        let (text, after) = rest.split_at(digits);
        *s = after;
        let text = std::str::from_utf8(text).unwrap_or("0");
        return Separator::Char(u32::from_str_radix(text, 16).unwrap_or(0));
    }
    let zeros = *s;
    match octal(s, 3) {
        None => Separator::Char(0),
        Some(0) if zeros.starts_with(b"0") => Separator::Paragraph,
        Some(n) if n > 0o377 => Separator::Slurp,
        Some(n) => Separator::Char(n),
    }
}

/// `-C` letters or number (perlrun `-C`).
pub fn unicode(s: &mut &[u8]) -> Result<u32, String> {
    let digits = s.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        let (text, rest) = s.split_at(digits);
        *s = rest;
        if let Some(other) = rest.first().filter(|b| !b.is_ascii_whitespace()) {
            return Err(unknown_letter(*other));
        }
        let text = String::from_utf8_lossy(text);
        return match text.parse::<u32>() {
            Err(_) => Err(format!("Invalid number '{text}' for -C option.")),
            Ok(bits) if bits > 511 => Err(format!("Unknown Unicode option value {}.", bits & !511)),
            Ok(bits) => Ok(bits),
        };
    }
    let mut bits = 0;
    let mut any = false;
    while let Some((&letter, rest)) = s.split_first() {
        bits |= match letter {
            b'I' => 1,
            b'O' => 2,
            b'E' => 4,
            b'S' => 7,
            b'i' => 8,
            b'o' => 16,
            b'D' => 24,
            b'A' => 32,
            b'L' => 64,
            b'a' => 256,
            b' ' | b'\t' | b'\r' | b'\n' | b'-' => break,
            other => return Err(unknown_letter(other)),
        };
        any = true;
        *s = rest;
    }
    // nothing: everything but the arguments, where the locale is UTF-8
    Ok(if any { bits } else { 95 })
}

fn unknown_letter(letter: u8) -> String {
    format!("Unknown Unicode option letter '{}'.", char::from(letter))
}
