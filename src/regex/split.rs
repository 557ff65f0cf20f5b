//! `split`, perlfunc: which pieces a subject falls into.

use super::captures::Captures;
use super::chars::subject::{decode, step};
use super::hooks::ExecHooks;
use super::regex::{ExecError, ExecOpts, Regex};

/// What separates the pieces.
pub enum Separator<'r> {
    /// `split ' '`: runs of white space, with leading ones ignored.
    Awk,
    /// A pattern.
    Pattern(&'r Regex),
}

/// A piece: a stretch of the subject, or a capture that took no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// From, to, in bytes.
    Text(usize, usize),
    /// An unset capture.
    Undef,
}

/// Splits `subject`, appending its pieces to `into`. A positive `limit` is the most fields there
/// may be; 0 drops empty fields at the end; a negative one keeps all.
pub fn split(
    separator: Separator<'_>,
    subject: &[u8],
    utf8: bool,
    limit: i64,
    hooks: &mut dyn ExecHooks,
    caps: &mut Captures,
    into: &mut Vec<Piece>,
) -> Result<(), ExecError> {
    let base = into.len();
    if subject.is_empty() {
        return Ok(());
    }
    let end = match separator {
        Separator::Awk => awk(subject, utf8, limit, into, hooks)?,
        Separator::Pattern(regex) if regex.text().0 == b"^" => lines(subject, limit, into, hooks)?,
        Separator::Pattern(regex) if !utf8 && regex.is_ascii_blanks(subject) => {
            blanks(subject, limit, into, hooks)?
        }
        Separator::Pattern(regex) => match regex.plain_text(utf8).filter(|text| !text.is_empty()) {
            Some(text) => plain(text, subject, limit, into, hooks)?,
            None => by_pattern(regex, subject, utf8, limit, hooks, caps, into)?,
        },
    };
    into.push(Piece::Text(end, subject.len()));
    if limit == 0 {
        let dull = |piece: &Piece| match piece {
            Piece::Text(from, to) => from == to,
            Piece::Undef => true,
        };
        while into.len() > base && into.last().is_some_and(dull) {
            into.pop();
        }
    }
    Ok(())
}

/// Lets the owner dispatch what waits, now and then.
#[inline]
fn attend(pieces: &[Piece], hooks: &mut dyn ExecHooks) -> Result<(), ExecError> {
    if pieces.len() & 0xFFFF == 0 && hooks.pending() {
        return hooks.on_pending().map_err(|_| ExecError::Abort);
    }
    Ok(())
}

/// Whether the limit leaves room for another field before the last.
fn room(fields: i64, limit: i64) -> bool {
    limit <= 0 || fields + 1 < limit
}

/// White space of `split ' '`: by Unicode in UTF-8 subjects.
fn space_end(subject: &[u8], at: usize, utf8: bool) -> Option<usize> {
    let byte = *subject.get(at)?;
    if byte < 0x80 || !utf8 {
        return matches!(byte, 9..=13 | 32).then_some(at + 1);
    }
    let (c, size) = decode(subject, at);
    let space = matches!(
        c,
        0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000
    );
    space.then_some(at + size)
}

fn awk(
    subject: &[u8],
    utf8: bool,
    limit: i64,
    into: &mut Vec<Piece>,
    hooks: &mut dyn ExecHooks,
) -> Result<usize, ExecError> {
    let mut at = 0;
    while let Some(next) = space_end(subject, at, utf8) {
        at = next;
    }
    let (mut start, mut fields) = (at, 0);
    while at < subject.len() && room(fields, limit) {
        match space_end(subject, at, utf8) {
            None => at += 1,
            Some(next) => {
                into.push(Piece::Text(start, at));
                fields += 1;
                attend(into, hooks)?;
                at = next;
                while let Some(next) = space_end(subject, at, utf8) {
                    at = next;
                }
                start = at;
            }
        }
    }
    Ok(start)
}

/// `split /^/`: after each newline, as if it said `/m`.
fn lines(
    subject: &[u8],
    limit: i64,
    into: &mut Vec<Piece>,
    hooks: &mut dyn ExecHooks,
) -> Result<usize, ExecError> {
    let (mut start, mut fields) = (0, 0);
    for at in memchr::memchr_iter(b'\n', subject) {
        if at + 1 >= subject.len() || !room(fields, limit) {
            break;
        }
        into.push(Piece::Text(start, at + 1));
        fields += 1;
        attend(into, hooks)?;
        start = at + 1;
    }
    Ok(start)
}

/// `split /\s+/` of ASCII: as `split ' '`, but for the empty field before leading blanks.
fn blanks(
    subject: &[u8],
    limit: i64,
    into: &mut Vec<Piece>,
    hooks: &mut dyn ExecHooks,
) -> Result<usize, ExecError> {
    let blank = |byte: &u8| matches!(byte, 9..=13 | 32);
    let (mut start, mut fields, mut at) = (0, 0, 0);
    while at < subject.len() && room(fields, limit) {
        if !blank(&subject[at]) {
            at += 1;
            continue;
        }
        into.push(Piece::Text(start, at));
        fields += 1;
        attend(into, hooks)?;
        while subject.get(at).is_some_and(blank) {
            at += 1;
        }
        start = at;
    }
    Ok(start)
}

fn plain(
    text: &[u8],
    subject: &[u8],
    limit: i64,
    into: &mut Vec<Piece>,
    hooks: &mut dyn ExecHooks,
) -> Result<usize, ExecError> {
    let (mut start, mut fields) = (0, 0);
    if let [byte] = text {
        for at in memchr::memchr_iter(*byte, subject) {
            if !room(fields, limit) {
                break;
            }
            into.push(Piece::Text(start, at));
            fields += 1;
            attend(into, hooks)?;
            start = at + 1;
        }
        return Ok(start);
    }
    for at in memchr::memmem::find_iter(subject, text) {
        if !room(fields, limit) {
            break;
        }
        into.push(Piece::Text(start, at));
        fields += 1;
        attend(into, hooks)?;
        start = at + text.len();
    }
    Ok(start)
}

fn by_pattern(
    regex: &Regex,
    subject: &[u8],
    utf8: bool,
    limit: i64,
    hooks: &mut dyn ExecHooks,
    caps: &mut Captures,
    into: &mut Vec<Piece>,
) -> Result<usize, ExecError> {
    let (mut start, mut fields, mut from) = (0, 0, 0);
    let mut checked = false;
    while from < subject.len() && room(fields, limit) {
        // A match is empty only beyond the start of a field.
        let opts = ExecOpts {
            not_empty_at_start: from == start,
            checked,
            ..ExecOpts::default()
        };
        if !regex.exec(subject, utf8, from, opts, caps, hooks)? {
            break;
        }
        checked = checked || (utf8 && crate::text::utf8::is_standard(subject));
        let Some((left, right)) = caps.get(0) else {
            break;
        };
        if right == left && right == start {
            from = step(subject, from, utf8);
            continue;
        }
        // A match of some width at the very start gives an empty first field.
        into.push(Piece::Text(start, left));
        fields += 1;
        attend(into, hooks)?;
        for group in 1..caps.offsets.len() {
            into.push(match caps.get(group) {
                Some((from, to)) => Piece::Text(from, to),
                None => Piece::Undef,
            });
        }
        start = right;
        from = right;
    }
    Ok(start)
}
