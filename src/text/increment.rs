//! `++`, `--` and unary minus on strings, which need not be numbers (`perlop`, Auto-increment and
//! Auto-decrement; Symbolic Unary Operators).

use super::number::{self, Numeric};
use super::{OutOfMemory, PerlStr, numeric, utf8};

/// A string operator's result.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Still a string.
    Str(PerlStr),
    /// A number; `true` if the string was none and perl warns `isn't numeric`.
    Num(Numeric, bool),
}

fn as_number(text: &PerlStr, change: fn(Numeric) -> Numeric) -> Outcome {
    let parsed = number::parse(text.as_bytes());
    Outcome::Num(change(parsed.value), !parsed.is_numeric())
}

/// `++text`: letters then digits count on as such, anything else as a number. The empty string
/// becomes 1 without a warning.
pub fn increment(text: &PerlStr) -> Result<Outcome, OutOfMemory> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Ok(Outcome::Num(Numeric::Int(1), false));
    }
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if !bytes[letters..].iter().all(u8::is_ascii_digit) {
        return Ok(as_number(text, numeric::inc));
    }
    let mut next = PerlStr::try_from_bytes(bytes)?;
    next.set_utf8_flag(text.is_utf8());
    next.set_taint(text.taint());
    let mut carry = 0;
    for b in next.make_mut().iter_mut().rev() {
        // A carry beyond the first place repeats the kind of character that stands there.
        (*b, carry) = match *b {
            b'9' => (b'0', b'1'),
            b'z' => (b'a', b'a'),
            b'Z' => (b'A', b'A'),
            other => (other + 1, 0),
        };
        if carry == 0 {
            break;
        }
    }
    if carry != 0 {
        next.try_splice_bytes(0, 0, &[carry])?;
    }
    Ok(Outcome::Str(next))
}

/// `--text`, always as a number.
pub fn decrement(text: &PerlStr) -> Outcome {
    if text.is_empty() {
        return Outcome::Num(Numeric::Int(-1), false);
    }
    as_number(text, numeric::dec)
}

/// `-text`: a word gets a minus before it, a sign before something that is no number is turned
/// round, and the rest is negated as a number.
pub fn negate(text: &PerlStr) -> Result<Outcome, OutOfMemory> {
    let bytes = text.as_bytes();
    let turned = match bytes.first() {
        Some(b'+') => b'-',
        Some(b'-') if !number::looks_like_number(bytes) => b'+',
        Some(_) if starts_word(text) => {
            let mut word = PerlStr::from_bytes(b"-");
            word.try_push_str(text)?;
            return Ok(Outcome::Str(word));
        }
        _ => return Ok(as_number(text, numeric::neg)),
    };
    let mut other = text.clone();
    other.try_splice_bytes(0, 1, &[turned])?;
    Ok(Outcome::Str(other))
}

fn starts_word(text: &PerlStr) -> bool {
    let first = text.as_bytes().first().copied().unwrap_or(0);
    if first < 0x80 || !text.is_utf8() {
        return first == b'_' || first.is_ascii_alphabetic();
    }
    let (cp, _) = utf8::decode(text.as_bytes());
    u32::try_from(cp)
        .ok()
        .and_then(char::from_u32)
        .is_some_and(char::is_alphabetic)
}
