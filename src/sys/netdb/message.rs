//! DNS messages (RFC 1035): questions as they are sent, answers as they are trusted, which is not
//! at all: every length and pointer is checked.

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// IPv4 addresses.
    A = 1,
    /// The name of an address.
    Ptr = 12,
    /// IPv6 addresses.
    Aaaa = 28,
}

const CNAME: u16 = 5;
const INTERNET: u16 = 1;
const HEADER: usize = 12;
/// The room an answer over UDP may take, told by EDNS.
pub(super) const ROOM: usize = 4096;

/// A question; `None` for a name that cannot be asked.
pub(super) fn question(id: u16, name: &[u8], kind: Kind) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(64);
    out.extend(id.to_be_bytes());
    // Recursion desired; one question, one additional record.
    out.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    let name = name.strip_suffix(b".").unwrap_or(name);
    if name.is_empty() || name.len() > 253 {
        return None;
    }
    for label in name.split(|&b| b == b'.') {
        if label.is_empty() || label.len() > 63 {
            return None;
        }
        out.push(label.len() as u8);
        out.extend_from_slice(label);
    }
    out.push(0);
    out.extend((kind as u16).to_be_bytes());
    out.extend(INTERNET.to_be_bytes());
    // EDNS: the root, type OPT, our room, no flags.
    out.extend([0, 0, 41]);
    out.extend((ROOM as u16).to_be_bytes());
    out.extend([0; 6]);
    Some(out)
}

/// How a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Records, perhaps none of the kind.
    Records(Records),
    /// There is no such name.
    NoName,
    /// It was too long for UDP.
    Truncated,
    /// The server could not or would not.
    Failed,
}

/// The records of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    /// Where the chain of CNAMEs ends: the canonical name.
    pub(super) name: Vec<u8>,
    /// The names on the way there.
    pub(super) aliases: Vec<Vec<u8>>,
    /// Addresses, or names for PTR.
    pub(super) data: Vec<Vec<u8>>,
}

fn u16_at(message: &[u8], at: usize) -> Option<u16> {
    message
        .get(at..at + 2)
        .map(|two| u16::from_be_bytes([two[0], two[1]]))
}

/// A name at a place, and where what follows it begins.
fn name_at(message: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
    let (mut name, mut at, mut end) = (Vec::new(), start, None);
    for _ in 0..128 {
        let len = usize::from(*message.get(at)?);
        match len {
            0 => return Some((name, end.unwrap_or(at + 1))),
            1..=63 => {
                if !name.is_empty() {
                    name.push(b'.');
                }
                name.extend_from_slice(message.get(at + 1..at + 1 + len)?);
                at += 1 + len;
            }
            0xC0.. => {
                end.get_or_insert(at + 2);
                at = usize::from(u16_at(message, at)? & 0x3FFF);
            }
            _ => return None,
        }
        if name.len() > 255 {
            return None;
        }
    }
    None
}

/// Reads an answer to the question; `None` where it is not one.
pub(super) fn answer(message: &[u8], id: u16, asked: &[u8], kind: Kind) -> Option<Answer> {
    let flags = u16_at(message, 2)?;
    if u16_at(message, 0)? != id || flags & 0x8000 == 0 || u16_at(message, 4)? != 1 {
        return None;
    }
    let asked = asked.strip_suffix(b".").unwrap_or(asked);
    let (name, mut at) = name_at(message, HEADER)?;
    if !name.eq_ignore_ascii_case(asked) || u16_at(message, at)? != kind as u16 {
        return None;
    }
    at += 4;
    if flags & 0x0200 != 0 {
        return Some(Answer::Truncated);
    }
    match flags & 15 {
        0 => {}
        3 => return Some(Answer::NoName),
        _ => return Some(Answer::Failed),
    }
    let mut out = Records {
        name,
        ..Records::default()
    };
    for _ in 0..u16_at(message, 6)? {
        let (owner, fields) = name_at(message, at)?;
        let (record, class) = (u16_at(message, fields)?, u16_at(message, fields + 2)?);
        let len = usize::from(u16_at(message, fields + 8)?);
        let data = message.get(fields + 10..fields + 10 + len)?;
        at = fields + 10 + len;
        if class != INTERNET || !owner.eq_ignore_ascii_case(&out.name) {
            continue;
        }
        if record == CNAME {
            let (target, _) = name_at(message, fields + 10)?;
            let alias = std::mem::replace(&mut out.name, target);
            out.aliases.push(alias);
        } else if record == kind as u16 {
            match kind {
                Kind::A if len == 4 => out.data.push(data.to_vec()),
                Kind::Aaaa if len == 16 => out.data.push(data.to_vec()),
                Kind::Ptr => out.data.push(name_at(message, fields + 10)?.0),
                _ => {}
            }
        }
    }
    Some(Answer::Records(out))
}

/// The name under which an address is looked up backwards.
pub(super) fn reverse_name(address: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if address.len() == 4 {
        for byte in address.iter().rev() {
            out.extend_from_slice(format!("{byte}.").as_bytes());
        }
        out.extend_from_slice(b"in-addr.arpa");
    } else {
        for byte in address.iter().rev() {
            out.extend_from_slice(format!("{:x}.{:x}.", byte & 15, byte >> 4).as_bytes());
        }
        out.extend_from_slice(b"ip6.arpa");
    }
    out
}
