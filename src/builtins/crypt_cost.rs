//! What a setting of crypt(3) asks for: the function cannot be interrupted, so an embedded script may not ask for hours.

/// The digits of crypt's own numbers, `.` for 0.
fn digit(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'.' | b'/' => letter - b'.',
        b'0'..=b'9' => letter - b'0' + 2,
        b'A'..=b'Z' => letter - b'A' + 12,
        b'a'..=b'z' => letter - b'a' + 38,
        _ => return None,
    }))
}

/// Decimal digits at the front; what is too large for a number is the largest.
fn decimal(text: &[u8]) -> u64 {
    text.iter()
        .take_while(|b| b.is_ascii_digit())
        .fold(0u64, |n, b| {
            n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
        })
}

/// Would it take longer than about a second?
pub(super) fn is_dear(setting: &[u8]) -> bool {
    let digits = |text: &[u8]| text.first().copied().and_then(digit).unwrap_or(u32::MAX);
    let behind = |prefix: &[u8]| setting.strip_prefix(prefix);
    if let Some(rest) = behind(b"$5$rounds=").or_else(|| behind(b"$6$rounds=")) {
        return decimal(rest) > 1_000_000;
    }
    if let Some(rest) = behind(b"$sha1$").or_else(|| behind(b"$md5,rounds=")) {
        return decimal(rest) > 200_000;
    }
    if let Some([_, b'$', cost @ ..]) = behind(b"$2") {
        return decimal(cost) > 12;
    }
    if let Some(rest) = behind(b"$y$").or_else(|| behind(b"$gy$")) {
        // a letter for the flavour, one for the memory, one for its blocks; more of them ask for more
        let end = rest.iter().position(|&b| b == b'$').unwrap_or(rest.len());
        return end > 3
            || digits(&rest[rest.len().min(1)..]) > 13
            || digits(&rest[rest.len().min(2)..]) > 31;
    }
    if let Some(rest) = behind(b"$7$") {
        return digits(rest) > 14 || !rest[rest.len().min(1)..].starts_with(b"6....1....");
    }
    if let Some([a, b, c, d, ..]) = behind(b"_") {
        let count = [d, c, b, a]
            .iter()
            .try_fold(0, |n, &&b| Some(n << 6 | digit(b)?));
        return count.is_none_or(|count| count > 100_000);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_dear;

    #[test]
    fn usual_settings_pass() {
        for setting in [
            "ab",
            "$1$salt$",
            "$5$salt$",
            "$6$rounds=5000$salt$",
            "$2b$12$abc",
            "$y$j9T$salt$",
            "_J9..salt",
            "",
        ] {
            assert!(!is_dear(setting.as_bytes()), "{setting}");
        }
        for setting in [
            "$6$rounds=999999999$s$",
            "$5$rounds=99999999999999999999999$s$",
            "$2b$31$abc",
            "$y$jFT$s$",
            "$y$",
            "$7$",
            "$7$zzzzzzzzzzz",
            "_zzzzsalt",
        ] {
            assert!(is_dear(setting.as_bytes()), "{setting}");
        }
    }
}
