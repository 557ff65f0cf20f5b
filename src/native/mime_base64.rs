//! MIME::Base64 and MIME::QuotedPrint (perldoc MIME::Base64, MIME::QuotedPrint).
use super::usage;
use crate::text::{OutOfMemory, PerlStr, quota};
use crate::value::Val;
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "MIME::Base64",
    &[
        row(
            "decode_base64",
            "$",
            decode_row,
            "the bytes base64 stands for",
        ),
        row(
            "decoded_base64_length",
            "$",
            decoded_length,
            "how many bytes base64 stands for",
        ),
        row(
            "encode_base64",
            "$;$",
            encode_row,
            "bytes as base64, in lines",
        ),
        row(
            "encoded_base64_length",
            "$;$",
            encoded_length,
            "how long the base64 of bytes is",
        ),
    ],
);

pub(super) const QUOTED_PRINT: Family = Family::new(
    "MIME::QuotedPrint",
    &[
        row(
            "decode_qp",
            "$",
            decode_qp_row,
            "the bytes quoted-printable stands for",
        ),
        row(
            "encode_qp",
            "$;$$",
            encode_qp_row,
            "bytes as quoted-printable",
        ),
    ],
);

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LINE: usize = 76;
/// Bytes that are encoded between two looks at what is pending: whole groups of three.
const PIECE: usize = 3 << 16;

/// Values of characters; `END` for `=`, `NONE` for what is skipped.
const VALUES: [u8; 256] = {
    let mut table = [NONE; 256];
    let mut i = 0;
    while i < 64 {
        table[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    table[b'=' as usize] = END;
    table
};
const NONE: u8 = 255;
const END: u8 = 254;

/// Base64 without line ends.
pub(super) fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let used = i <= group.len();
            out.push(if used {
                ALPHABET[(bits >> (18 - 6 * i) & 63) as usize]
            } else {
                b'='
            });
        }
    }
    out
}

fn decode(text: &[u8]) -> Result<Vec<u8>, OutOfMemory> {
    let mut out = Vec::new();
    out.try_reserve_exact(text.len() / 4 * 3 + 3)
        .map_err(|_| OutOfMemory)?;
    let mut values = text
        .iter()
        .map(|b| VALUES[usize::from(*b)])
        .filter(|v| *v != NONE);
    for i in 0.. {
        quota::round(i)?;
        let mut group = [END; 4];
        for place in &mut group {
            *place = values.next().unwrap_or(END);
        }
        let [a, b, c, d] = group;
        if a == END || b == END {
            break;
        }
        out.push(a << 2 | b >> 4);
        if c == END {
            break;
        }
        out.push(b << 4 | c >> 2);
        if d == END {
            break;
        }
        out.push(c << 6 | d);
    }
    Ok(out)
}

fn bytes(call: &mut Call<'_>, i: usize) -> Exec<PerlStr> {
    let text = call.arg_str(i)?;
    match text.downgraded() {
        Some(text) => Ok(text),
        None => Err(call.die("Wide character in subroutine entry")),
    }
}

/// The line end: the second argument, a newline where it is not given.
fn line_end(call: &mut Call<'_>) -> Exec<Vec<u8>> {
    match call.defined(1)? {
        Some(val) => Ok(call.str(&val)?.as_bytes().to_vec()),
        None => Ok(b"\n".to_vec()),
    }
}

fn encode_row(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=usize::MAX, "MIME::Base64::encode_base64(sv, ...)")?;
    let text = bytes(call, 0)?;
    let end = line_end(call)?;
    let mut plain = Vec::new();
    plain
        .try_reserve_exact(text.len().div_ceil(3).saturating_mul(4))
        .map_err(|_| OutOfMemory)?;
    for piece in text.as_bytes().chunks(PIECE) {
        plain.extend(encode(piece));
        call.vm.checkpoint()?;
    }
    if end.is_empty() || plain.is_empty() {
        return Ok(Val::bytes(&plain).into());
    }
    let lines = plain.len().div_ceil(LINE);
    let mut out = Vec::new();
    let size = lines
        .checked_mul(end.len())
        .and_then(|n| n.checked_add(plain.len()));
    if size.is_none_or(|size| out.try_reserve_exact(size).is_err()) {
        return Err(OutOfMemory.into());
    }
    for (i, line) in plain.chunks(LINE).enumerate() {
        quota::round(i)?;
        out.extend_from_slice(line);
        out.extend_from_slice(&end);
    }
    Ok(Val::bytes(&out).into())
}

fn decode_row(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "MIME::Base64::decode_base64(sv)")?;
    let text = call.arg_str(0)?;
    Ok(Val::bytes(&decode(text.as_bytes())?).into())
}

fn encoded_length(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        1..=usize::MAX,
        "MIME::Base64::encoded_base64_length(sv, ...)",
    )?;
    let text = bytes(call, 0)?;
    let end = line_end(call)?;
    let plain = text.len().div_ceil(3) * 4;
    Ok(Val::from(plain + plain.div_ceil(LINE) * end.len()).into())
}

fn decoded_length(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "MIME::Base64::decoded_base64_length(sv)")?;
    let text = call.arg_str(0)?;
    Ok(Val::from(decode(text.as_bytes())?.len()).into())
}

// ---- quoted-printable ------------------------------------------------------------------------------------------------

fn is_plain(byte: u8) -> bool {
    byte == b'\t' || (b' '..=b'~').contains(&byte) && byte != b'='
}

/// Quoted-printable on its way: `line` counts what stands on the last line.
struct Quoting<'a> {
    out: Vec<u8>,
    end: &'a [u8],
    line: usize,
}

impl Quoting<'_> {
    fn soft_break(&mut self) {
        self.out.push(b'=');
        self.out.extend_from_slice(self.end);
        self.line = 0;
    }

    /// Plain text, broken where a line would get too long.
    fn plain(&mut self, mut text: &[u8]) {
        while !self.end.is_empty() && !text.is_empty() && text.len() + self.line > LINE - 1 {
            let (now, later) = text.split_at((LINE - 1).saturating_sub(self.line));
            self.out.extend_from_slice(now);
            self.soft_break();
            text = later;
        }
        self.out.extend_from_slice(text);
        self.line += text.len();
    }

    /// The end of a line of the text. A line of one character after a soft break had room on the line before.
    fn hard_break(&mut self) {
        let broken = self.end.len() + 2;
        let len = self.out.len();
        if self.line == 1 && len > broken && self.out[len - broken] == b'=' {
            let only = self.out[len - 1];
            self.out[len - broken] = only;
            self.out.pop();
        } else {
            self.out.extend_from_slice(self.end);
        }
        self.line = 0;
    }

    /// A byte as `=XX`; `last` says that the line of the text ends behind it.
    fn escaped(&mut self, byte: u8, last: bool) {
        let fits = self.line <= LINE - 4 || self.line == LINE - 3 && last;
        if !self.end.is_empty() && !fits {
            self.soft_break();
        }
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.out.extend_from_slice(&[
            b'=',
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ]);
        self.line += 3;
    }
}

fn encode_qp(text: &[u8], end: &[u8], binary: bool) -> Vec<u8> {
    let lines = !end.is_empty() && !binary;
    let mut q = Quoting {
        out: Vec::with_capacity(text.len() + text.len() / 8 + 16),
        end,
        line: 0,
    };
    let mut at = 0;
    loop {
        let start = at;
        while at < text.len() && is_plain(text[at]) {
            at += 1;
        }
        if at == text.len() || text[at] == b'\n' {
            // blanks in front of a line's end are not seen otherwise
            while at > start && matches!(text[at - 1], b' ' | b'\t') {
                at -= 1;
            }
        }
        q.plain(&text[start..at]);
        let Some(&byte) = text.get(at) else { break };
        if byte == b'\n' && lines {
            q.hard_break();
        } else {
            q.escaped(byte, lines && text.get(at + 1) == Some(&b'\n'));
        }
        at += 1;
    }
    if !q.out.is_empty() && !end.is_empty() && q.out.last() != Some(&b'\n') {
        q.soft_break();
    }
    q.out
}

fn encode_qp_row(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        1..=usize::MAX,
        "MIME::QuotedPrint::encode_qp(sv, ...)",
    )?;
    let text = bytes(call, 0)?;
    let end = line_end(call)?;
    let binary = call.arg_bool(2)?;
    Ok(Val::bytes(&encode_qp(text.as_bytes(), &end, binary)).into())
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|n| n as u8)
}

fn decode_qp(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        let end: &[u8] = match line {
            [.., b'\r', b'\n'] => b"\r\n",
            [.., b'\n'] => b"\n",
            _ => b"",
        };
        let mut body = &line[..line.len() - end.len()];
        if !end.is_empty() {
            body = body.trim_ascii_end();
        }
        let soft = !end.is_empty() && body.last() == Some(&b'=');
        if soft {
            body = &body[..body.len() - 1];
        }
        let mut at = 0;
        while at < body.len() {
            if let [b'=', high, low, ..] = body[at..]
                && let (Some(high), Some(low)) = (hex(high), hex(low))
            {
                out.push(high << 4 | low);
                at += 3;
            } else {
                out.push(body[at]);
                at += 1;
            }
        }
        if !soft && !end.is_empty() {
            out.push(b'\n');
        }
    }
    out
}

fn decode_qp_row(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "MIME::QuotedPrint::decode_qp(sv)")?;
    let text = call.arg_str(0)?;
    Ok(Val::bytes(&decode_qp(text.as_bytes())).into())
}
