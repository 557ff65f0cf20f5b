//! What `:encoding(NAME)` converts: UTF-8 in its two strictnesses, single bytes, UTF-16 and 32, and
//! the encodings of encoding_rs. Bad input becomes `\xHH`, a missing character `\x{HHHH}`, each
//! with a notice to warn about (PerlIO::encoding's `$fallback`).

mod wide;

use super::handle::Notice;
use crate::text::utf8;
use wide::{Order, Width};

/// An encoding by its kind; what differs by handle is in [`Transcoder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `UTF-8`: what Unicode allows.
    Utf8Strict,
    /// `utf8`: what perl allows.
    Utf8,
    /// `iso-8859-1`
    Latin1,
    /// `ascii`
    Ascii,
    /// UTF-16 and UTF-32 with their byte orders, UCS-2.
    Wide(Width, Order),
    /// One of encoding_rs, under Encode's name for it.
    Other(&'static str, &'static encoding_rs::Encoding),
}

/// Encode's names that encoding_rs has under another label.
const RENAMED: &[(&str, &str)] = &[
    ("shiftjis", "shift_jis"),
    ("cp932", "shift_jis"),
    ("euc-jp", "euc-jp"),
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("cp950", "big5"),
    ("big5-eten", "big5"),
    ("MacCyrillic", "x-mac-cyrillic"),
    ("MacRoman", "macintosh"),
    ("cp866", "ibm866"),
    ("cp874", "windows-874"),
];

impl Encoding {
    /// Looks an encoding up by any of its names.
    pub(crate) fn find(name: &[u8]) -> Option<Encoding> {
        let given = std::str::from_utf8(name).ok()?.trim();
        let lower = given.to_ascii_lowercase().replace('_', "-");
        let big = Order::Big;
        Some(match lower.as_str() {
            "utf8" => Encoding::Utf8,
            "utf-8" | "utf-8-strict" => Encoding::Utf8Strict,
            "iso-8859-1" | "latin1" | "latin-1" | "l1" | "iso8859-1" | "iso88591" => {
                Encoding::Latin1
            }
            "ascii" | "us-ascii" | "iso-646-us" | "646" | "c" => Encoding::Ascii,
            "utf-16" | "utf16" => Encoding::Wide(Width::Utf16, Order::Mark),
            "utf-16be" | "utf16be" | "utf16-be" => Encoding::Wide(Width::Utf16, big),
            "utf-16le" | "utf16le" | "utf16-le" => Encoding::Wide(Width::Utf16, Order::Little),
            "utf-32" | "utf32" => Encoding::Wide(Width::Utf32, Order::Mark),
            "utf-32be" | "utf32be" | "utf32-be" | "ucs4" | "ucs-4" | "ucs-4be" => {
                Encoding::Wide(Width::Utf32, big)
            }
            "utf-32le" | "utf32le" | "utf32-le" | "ucs-4le" => {
                Encoding::Wide(Width::Utf32, Order::Little)
            }
            "ucs2" | "ucs-2" | "ucs-2be" | "iso-10646-1" => Encoding::Wide(Width::Ucs2, big),
            "ucs-2le" => Encoding::Wide(Width::Ucs2, Order::Little),
            _ => return Encoding::foreign(&lower),
        })
    }

    fn foreign(lower: &str) -> Option<Encoding> {
        let renamed = RENAMED.iter().find(|row| row.0.eq_ignore_ascii_case(lower));
        let label = renamed.map_or(lower, |row| row.1);
        let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
        if [
            encoding_rs::UTF_8,
            encoding_rs::UTF_16LE,
            encoding_rs::UTF_16BE,
        ]
        .contains(&found)
            || found == encoding_rs::REPLACEMENT
            || found == encoding_rs::X_USER_DEFINED
        {
            return None;
        }
        Some(Encoding::Other(
            renamed.map_or_else(|| encode_name(found), |row| row.0),
            found,
        ))
    }

    /// The name Encode gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8Strict => "utf-8-strict",
            Encoding::Utf8 => "utf8",
            Encoding::Latin1 => "iso-8859-1",
            Encoding::Ascii => "ascii",
            Encoding::Wide(width, order) => wide::name(width, order),
            Encoding::Other(name, _) => name,
        }
    }
}

/// Encode's name for an encoding of encoding_rs.
fn encode_name(found: &'static encoding_rs::Encoding) -> &'static str {
    match found.name() {
        "windows-874" => "cp874",
        "windows-1250" => "cp1250",
        "windows-1251" => "cp1251",
        "windows-1252" => "cp1252",
        "windows-1253" => "cp1253",
        "windows-1254" => "cp1254",
        "windows-1255" => "cp1255",
        "windows-1256" => "cp1256",
        "windows-1257" => "cp1257",
        "windows-1258" => "cp1258",
        "IBM866" => "cp866",
        "Shift_JIS" => "shiftjis",
        "EUC-JP" => "euc-jp",
        "EUC-KR" => "euc-kr",
        "Big5" => "big5-eten",
        "GBK" => "cp936",
        "gb18030" => "gb18030",
        "ISO-2022-JP" => "iso-2022-jp",
        "KOI8-R" => "koi8-r",
        "KOI8-U" => "koi8-u",
        "macintosh" => "MacRoman",
        "x-mac-cyrillic" => "MacCyrillic",
        "ISO-8859-2" => "iso-8859-2",
        "ISO-8859-3" => "iso-8859-3",
        "ISO-8859-4" => "iso-8859-4",
        "ISO-8859-5" => "iso-8859-5",
        "ISO-8859-6" => "iso-8859-6",
        "ISO-8859-7" => "iso-8859-7",
        "ISO-8859-8" => "iso-8859-8",
        "ISO-8859-10" => "iso-8859-10",
        "ISO-8859-13" => "iso-8859-13",
        "ISO-8859-14" => "iso-8859-14",
        "ISO-8859-15" => "iso-8859-15",
        "ISO-8859-16" => "iso-8859-16",
        other => other,
    }
}

/// An encoding at work on one handle.
pub(crate) struct Transcoder {
    encoding: Encoding,
    /// The order a mark has told, or that was written.
    order: Option<Order>,
    decoder: Option<Box<encoding_rs::Decoder>>,
}

impl Clone for Transcoder {
    fn clone(&self) -> Transcoder {
        Transcoder {
            encoding: self.encoding,
            order: self.order,
            decoder: None,
        }
    }
}

impl std::fmt::Debug for Transcoder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.encoding.name())
    }
}

impl Transcoder {
    /// Ready for the start of a file.
    pub(crate) fn new(encoding: Encoding) -> Transcoder {
        Transcoder {
            encoding,
            order: None,
            decoder: None,
        }
    }

    /// Which encoding.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Writes no byte order mark any more.
    pub(super) fn without_mark(&mut self) {
        self.order.get_or_insert(Order::Big);
    }

    /// The position has changed; at the start a mark is looked for again.
    pub(super) fn restart(&mut self, at_start: bool) {
        self.decoder = None;
        if at_start {
            self.order = None;
        }
    }

    /// Bytes of the encoding become UTF-8; gives how many were used (an incomplete character at
    /// the end waits, unless it is the `last`).
    pub(crate) fn decode(
        &mut self,
        bytes: &[u8],
        last: bool,
        out: &mut Vec<u8>,
        notices: &mut Vec<Notice>,
    ) -> usize {
        match self.encoding {
            Encoding::Utf8Strict | Encoding::Utf8 => self.decode_utf8(bytes, last, out, notices),
            Encoding::Latin1 => {
                utf8::push_latin1(out, bytes);
                bytes.len()
            }
            Encoding::Ascii => {
                for &byte in bytes {
                    if byte < 0x80 {
                        out.push(byte);
                    } else {
                        self.malformed(&[byte], out, notices);
                    }
                }
                bytes.len()
            }
            Encoding::Wide(width, order) => {
                let mut bad = Vec::new();
                let mut now = self.order;
                let used = wide::decode(width, order, &mut now, bytes, last, out, &mut bad);
                self.order = now;
                for bytes in bad {
                    notices.push(self.notice(&bytes));
                }
                used
            }
            Encoding::Other(_, encoding) => {
                self.decode_other(encoding, bytes, last, out, notices);
                bytes.len()
            }
        }
    }

    /// The encoding's name in messages: perl gives the strict form its plain name.
    fn name_told(&self) -> &'static str {
        match self.encoding {
            Encoding::Utf8Strict => "UTF-8",
            other => other.name(),
        }
    }

    fn notice(&self, bytes: &[u8]) -> Notice {
        Notice::Malformed {
            encoding: self.name_told().into(),
            bytes: bytes.to_vec(),
        }
    }

    fn malformed(&self, bytes: &[u8], out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        for byte in bytes {
            out.extend_from_slice(format!("\\x{byte:02X}").as_bytes());
        }
        notices.push(self.notice(bytes));
    }

    fn decode_utf8(
        &self,
        bytes: &[u8],
        last: bool,
        out: &mut Vec<u8>,
        notices: &mut Vec<Notice>,
    ) -> usize {
        let strict = self.encoding == Encoding::Utf8Strict;
        let mut rest = bytes;
        loop {
            let good = if strict {
                strict_up_to(rest)
            } else {
                utf8::valid_up_to(rest)
            };
            out.extend_from_slice(&rest[..good]);
            rest = &rest[good..];
            if rest.is_empty() {
                return bytes.len();
            }
            let bad = bad_length(rest);
            if bad == rest.len()
                && !utf8::is_valid(rest)
                && bad < utf8::width_of_first(rest[0])
                && rest[0] >= 0xC2
            {
                // Part of a character waits for the rest; at the end of the file it is dropped.
                return if last {
                    bytes.len()
                } else {
                    bytes.len() - rest.len()
                };
            }
            self.malformed(&rest[..bad], out, notices);
            rest = &rest[bad..];
        }
    }

    fn decode_other(
        &mut self,
        encoding: &'static encoding_rs::Encoding,
        bytes: &[u8],
        last: bool,
        out: &mut Vec<u8>,
        notices: &mut Vec<Notice>,
    ) {
        let mut decoder = self
            .decoder
            .take()
            .unwrap_or_else(|| Box::new(encoding.new_decoder_without_bom_handling()));
        let mut rest = bytes;
        let mut room = [0u8; 1024];
        loop {
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(rest, &mut room, last);
            out.extend_from_slice(&room[..written]);
            let before = rest;
            rest = &rest[read..];
            match result {
                encoding_rs::DecoderResult::InputEmpty => break,
                encoding_rs::DecoderResult::OutputFull => {}
                encoding_rs::DecoderResult::Malformed(len, extra) => {
                    let end = read.saturating_sub(usize::from(extra));
                    let start = end.saturating_sub(usize::from(len));
                    let bad = before[start..end].to_vec();
                    self.malformed(&bad, out, notices);
                }
            }
        }
        if !last {
            self.decoder = Some(decoder);
        }
    }

    /// UTF-8 becomes bytes of the encoding.
    pub(crate) fn encode(&mut self, text: &[u8], out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        match self.encoding {
            Encoding::Utf8 => out.extend_from_slice(text),
            Encoding::Utf8Strict if strict_up_to(text) == text.len() => {
                out.extend_from_slice(text);
            }
            Encoding::Latin1 | Encoding::Ascii if text.is_ascii() => out.extend_from_slice(text),
            Encoding::Wide(width, Order::Mark) if self.order.is_none() => {
                self.order = Some(Order::Big);
                wide::push(width, Order::Big, 0xFEFF, out);
                self.encode(text, out, notices);
            }
            Encoding::Other(_, encoding) => self.encode_other(encoding, text, out, notices),
            _ => self.encode_each(text, out, notices),
        }
    }

    fn encode_each(&mut self, text: &[u8], out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        let mut rest = text;
        while !rest.is_empty() {
            let (cp, len) = utf8::decode(rest);
            let (one, tail) = rest.split_at(len.clamp(1, rest.len()));
            rest = tail;
            let fits = match self.encoding {
                Encoding::Latin1 => cp < 0x100,
                Encoding::Ascii => cp < 0x80,
                Encoding::Wide(Width::Ucs2, _) => cp < 0x1_0000,
                Encoding::Wide(..) => char::from_u32(cp as u32).is_some() && cp <= 0x10_FFFF,
                _ => utf8::is_ordinary(cp),
            };
            if !fits && matches!(self.encoding, Encoding::Wide(..)) {
                // these have a character for it
                self.encode_each("\u{FFFD}".as_bytes(), out, notices);
                continue;
            }
            if !fits {
                let escaped = self.unmappable(cp, notices);
                self.encode_each(escaped.as_bytes(), out, notices);
                continue;
            }
            match self.encoding {
                Encoding::Latin1 | Encoding::Ascii => out.push(cp as u8),
                Encoding::Wide(width, order) => {
                    let order = if order == Order::Mark {
                        self.order.unwrap_or(Order::Big)
                    } else {
                        order
                    };
                    wide::push(width, order, cp as u32, out);
                }
                _ => out.extend_from_slice(one),
            }
        }
    }

    fn unmappable(&self, cp: u64, notices: &mut Vec<Notice>) -> String {
        notices.push(Notice::Unmappable {
            encoding: self.name_told().into(),
            code_point: cp,
        });
        match self.encoding {
            Encoding::Utf8Strict => format!("\\x{{{cp:X}}}"),
            _ => format!("\\x{{{cp:04x}}}"),
        }
    }

    fn encode_other(
        &mut self,
        encoding: &'static encoding_rs::Encoding,
        text: &[u8],
        out: &mut Vec<u8>,
        notices: &mut Vec<Notice>,
    ) {
        let mut text = text;
        loop {
            // What is no `char` is in no encoding.
            let good = match std::str::from_utf8(text) {
                Ok(good) => good,
                Err(error) => {
                    let head = &text[..error.valid_up_to()];
                    std::str::from_utf8(head).unwrap_or_default()
                }
            };
            self.encode_chars(encoding, good, out, notices);
            text = &text[good.len()..];
            if text.is_empty() {
                return;
            }
            let (cp, width) = utf8::decode(text);
            out.extend_from_slice(self.unmappable(cp, notices).as_bytes());
            text = &text[width.clamp(1, text.len())..];
        }
    }

    fn encode_chars(
        &self,
        encoding: &'static encoding_rs::Encoding,
        text: &str,
        out: &mut Vec<u8>,
        notices: &mut Vec<Notice>,
    ) {
        let mut encoder = encoding.new_encoder();
        let mut rest = text;
        let mut room = [0u8; 1024];
        loop {
            let (result, read, written) =
                encoder.encode_from_utf8_without_replacement(rest, &mut room, true);
            out.extend_from_slice(&room[..written]);
            rest = &rest[read..];
            match result {
                encoding_rs::EncoderResult::InputEmpty => return,
                encoding_rs::EncoderResult::OutputFull => {}
                encoding_rs::EncoderResult::Unmappable(c) => {
                    let escaped = self.unmappable(u64::from(u32::from(c)), notices);
                    out.extend_from_slice(escaped.as_bytes());
                }
            }
        }
    }
}

/// How much of the text is UTF-8 as Encode's strict form has it: no surrogates, non-characters
/// or code points above 0x10FFFF.
fn strict_up_to(text: &[u8]) -> usize {
    let good = match std::str::from_utf8(text) {
        Ok(_) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    utf8::next_unusual(&text[..good], 0).map_or(good, |(at, ..)| at)
}

/// How many bytes at the start of `rest`, which is no character, belong together: the first and
/// the continuations that could be its own.
fn bad_length(rest: &[u8]) -> usize {
    let width = utf8::width_of_first(rest[0]);
    if rest[0] < 0xC0 {
        return 1;
    }
    let follow = rest[1..].iter().take(width.saturating_sub(1));
    1 + follow.take_while(|&&b| utf8::is_continuation(b)).count()
}
