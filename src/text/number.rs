//! What number a string holds, as perl reads it (`perlnumber`, `perlop`: Integer Arithmetic).
//!
//! Decimal text only; [`super::radix`] reads other bases and [`super::decimal`] writes numbers.

/// A Perl number: an integer where perl keeps one, else a double.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Numeric {
    /// A whole number that fits a signed word.
    Int(i64),
    /// A whole number that fits an unsigned word only; never used where `Int` would do.
    UInt(u64),
    /// Anything else.
    Num(f64),
}

const TWO_63: f64 = 9_223_372_036_854_775_808.0;

/// What a string says of itself besides its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parsed {
    /// The number; zero where there is none.
    pub value: Numeric,
    /// `LEADING_SPACE | TRAILING_SPACE | TRAILING | EMPTY`
    pub flags: u8,
}

/// White space stands before the number.
pub const LEADING_SPACE: u8 = 1;
/// White space stands behind the number.
pub const TRAILING_SPACE: u8 = 2;
/// Something else stands behind the number; perl warns `isn't numeric`.
pub const TRAILING: u8 = 4;
/// There is no number at all; perl warns `isn't numeric`.
pub const EMPTY: u8 = 8;

impl Parsed {
    /// Is the whole string a number (`Scalar::Util::looks_like_number`)?
    #[inline]
    pub fn is_numeric(self) -> bool {
        self.flags & (TRAILING | EMPTY) == 0
    }
}

impl Numeric {
    /// The smallest form of an unsigned word.
    #[inline]
    pub fn from_u64(n: u64) -> Numeric {
        if n <= i64::MAX as u64 {
            Numeric::Int(n as i64)
        } else {
            Numeric::UInt(n)
        }
    }

    /// `x` as an integer, if it is one that a word holds; minus zero is none.
    pub fn whole_from_f64(x: f64) -> Option<Numeric> {
        if x == 0.0 {
            return x.is_sign_positive().then_some(Numeric::Int(0));
        }
        if (-TWO_63..TWO_63).contains(&x) {
            let n = x as i64;
            return (n as f64 == x).then_some(Numeric::Int(n));
        }
        // Doubles of this size are whole.
        (TWO_63..2.0 * TWO_63)
            .contains(&x)
            .then_some(Numeric::UInt(x as u64))
    }
}

/// Does the whole of `text` look like a number to perl?
pub fn looks_like_number(text: &[u8]) -> bool {
    parse(text).is_numeric()
}

/// The number `text` holds, reading as much of its head as is one.
#[inline]
pub fn parse(text: &[u8]) -> Parsed {
    if let Some(n) = parse_short(text) {
        return Parsed {
            value: Numeric::Int(n),
            flags: 0,
        };
    }
    parse_any(text)
}

/// The value alone.
#[inline]
pub fn numeric(text: &[u8]) -> Numeric {
    parse(text).value
}

/// Up to 18 digits with at most a minus before them: the common case.
#[inline]
fn parse_short(text: &[u8]) -> Option<i64> {
    let digits = match text {
        [b'-', rest @ ..] => rest,
        _ => text,
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut n = 0i64;
    for b in digits {
        let digit = b.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n * 10 + digit as i64;
    }
    match digits.len() == text.len() {
        true => Some(n),
        // "-0" is a negative zero, which only a double can be.
        false if n == 0 => None,
        false => Some(-n),
    }
}

/// perl's isSPACE for bytes: vertical tab included.
#[inline]
pub fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t'..=b'\r')
}

fn skip_spaces(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(|b| is_space(*b)) {
        at += 1;
    }
    at
}

fn skip_digits(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn parse_any(text: &[u8]) -> Parsed {
    if text == b"0 but true" {
        return Parsed {
            value: Numeric::Int(0),
            flags: 0,
        };
    }
    let begin = skip_spaces(text, 0);
    let lead = if begin > 0 { LEADING_SPACE } else { 0 };
    let signed = matches!(text.get(begin), Some(b'+' | b'-'));
    let negative = text.get(begin) == Some(&b'-');
    let first = begin + signed as usize;
    if let Some((magnitude, end)) = inf_or_nan(text, first) {
        let value = Numeric::Num(if negative { -magnitude } else { magnitude });
        return Parsed {
            value,
            flags: lead | tail_flags(text, end),
        };
    }
    let whole_end = skip_digits(text, first);
    let mut end = whole_end;
    let (mut is_whole, mut has_exponent) = (true, false);
    if text.get(end) == Some(&b'.') {
        let fraction_end = skip_digits(text, end + 1);
        if fraction_end > end + 1 || whole_end > first {
            is_whole = false;
            end = fraction_end;
        }
    }
    if end == first {
        // A minus followed by nothing but space passes for a number, as in perl.
        if negative && end < text.len() && skip_spaces(text, end) == text.len() {
            return Parsed {
                value: Numeric::Int(0),
                flags: lead | TRAILING_SPACE,
            };
        }
        return Parsed {
            value: Numeric::Int(0),
            flags: lead | EMPTY,
        };
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = matches!(text.get(end + 1), Some(b'+' | b'-')) as usize;
        let exponent = end + 1 + sign;
        let exponent_end = skip_digits(text, exponent);
        if exponent_end > exponent {
            (is_whole, has_exponent) = (false, true);
            end = exponent_end;
        }
    }
    let flags = lead | tail_flags(text, end);
    let value = if is_whole {
        whole(&text[first..whole_end], negative)
    } else {
        None
    };
    let mut value = value.unwrap_or_else(|| double(&text[first..end], negative));
    // perl takes `1e15` for an integer from then on, but `1000000000000000.0` and anything with
    // garbage behind it for a double.
    match value {
        Numeric::Num(x) if has_exponent && flags & TRAILING == 0 => {
            value = Numeric::whole_from_f64(x).unwrap_or(value);
        }
        Numeric::Int(n) if flags & TRAILING != 0 => value = Numeric::Num(n as f64),
        Numeric::UInt(n) if flags & TRAILING != 0 => value = Numeric::Num(n as f64),
        _ => {}
    }
    Parsed { value, flags }
}

fn tail_flags(text: &[u8], end: usize) -> u8 {
    let tail = skip_spaces(text, end);
    let spaces = if tail > end { TRAILING_SPACE } else { 0 };
    spaces | if tail < text.len() { TRAILING } else { 0 }
}

/// The digits as an integer, if a word holds it; minus zero has no integer.
fn whole(digits: &[u8], negative: bool) -> Option<Numeric> {
    let mut n = 0u64;
    for b in digits {
        n = n.checked_mul(10)?.checked_add((b - b'0') as u64)?;
    }
    match negative {
        false => Some(Numeric::from_u64(n)),
        true if n == 0 || n > 1 << 63 => None,
        true => Some(Numeric::Int((n as i64).wrapping_neg())),
    }
}

/// The nearest double to an unsigned decimal that has been recognised already.
fn double(text: &[u8], negative: bool) -> Numeric {
    let magnitude = std::str::from_utf8(text)
        .ok()
        .and_then(|t| t.parse::<f64>().ok());
    let magnitude = magnitude.unwrap_or(0.0);
    Numeric::Num(if negative { -magnitude } else { magnitude })
}

/// Reads `text` at `at` without regard to case; the place behind it.
fn word(text: &[u8], at: usize, wanted: &[u8]) -> Option<usize> {
    let end = at + wanted.len();
    text.get(at..end)?
        .eq_ignore_ascii_case(wanted)
        .then_some(end)
}

/// Infinities and not-a-numbers as perl takes them from any C library: `inf`, `Infinity`, `nan`,
/// `nanq`, `NaN(123)`, `1.#INF`, `1.#QNAN`, `1#IND` ... with the place behind the name.
fn inf_or_nan(text: &[u8], at: usize) -> Option<(f64, usize)> {
    let mut from = at;
    match text.get(at)? {
        b'1' => {
            from = word(text, at, b"1.#").or_else(|| word(text, at, b"1#"))?;
            if let Some(end) = word(text, from, b"IND") {
                return Some((f64::NAN, end));
            }
        }
        b'i' | b'I' | b'n' | b'N' | b'q' | b'Q' | b's' | b'S' => {}
        _ => return None,
    }
    if let Some(end) = word(text, from, b"infinity").or_else(|| word(text, from, b"inf")) {
        return Some((f64::INFINITY, end));
    }
    let quiet = matches!(text.get(from), Some(b'q' | b'Q' | b's' | b'S')) as usize;
    let mut end = word(text, from + quiet, b"nan")?;
    if matches!(text.get(end), Some(b'q' | b'Q' | b's' | b'S')) {
        end += 1;
    }
    Some((f64::NAN, nan_payload(text, end).unwrap_or(end)))
}

/// The place behind a payload such as `(123)` or `(0x7f)`.
fn nan_payload(text: &[u8], at: usize) -> Option<usize> {
    let inside = text.get(at..)?.strip_prefix(b"(")?;
    let length = inside.iter().position(|b| *b == b')')?;
    let payload = &inside[..length];
    let number = match payload {
        [b'0', b'x' | b'X', hex @ ..] => hex.iter().all(u8::is_ascii_hexdigit),
        [b'0', b'b' | b'B', bits @ ..] => bits.iter().all(|b| matches!(b, b'0' | b'1')),
        digits => digits.iter().all(u8::is_ascii_digit),
    };
    (number && length > 0).then_some(at + length + 2)
}
