//! The stack of layers on a handle, and the notation `:crlf:encoding(UTF-16)` (PerlIO).

use super::encoding::{Encoding, Transcoder};
use super::handle::Notice;
use crate::sys::Errno;

/// One layer as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spec {
    /// `:raw`: bytes as they are.
    Raw,
    /// `:bytes`: takes the UTF-8 flag off.
    Bytes,
    /// `:utf8`
    Utf8,
    /// `:pop`
    Pop,
    /// `:unix`
    Unix,
    /// `:perlio`
    Perlio,
    /// `:stdio`
    Stdio,
    /// `:mmap`, which reads as `:perlio` does here.
    Mmap,
    /// `:crlf`
    Crlf,
    /// `:scalar`: what is under a handle over a scalar anyway.
    Scalar,
    /// `:encoding(NAME)`
    Encoding(Encoding),
}

impl Spec {
    /// Whether bytes pass it changed, or passed one that it takes away changed.
    pub(super) fn changes_bytes(&self) -> bool {
        matches!(self, Spec::Crlf | Spec::Encoding(_) | Spec::Pop)
    }
}

/// What is wrong with a list of layers; open and binmode warn and fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LayerError {
    /// `Unknown PerlIO layer "NAME"`
    Unknown(Vec<u8>),
    /// `Cannot find encoding "NAME"`
    UnknownEncoding(Vec<u8>),
    /// `Invalid separator character 'C' in PerlIO layer specification REST`
    Separator(u8, Vec<u8>),
    /// `Argument list not closed for PerlIO layer "REST"`
    NotClosed(Vec<u8>),
}

impl LayerError {
    /// What perl warns (category layer, but io for an encoding), without the place.
    pub(crate) fn message(&self) -> Vec<u8> {
        let text =
            |head: &str, name: &[u8], tail: &str| [head.as_bytes(), name, tail.as_bytes()].concat();
        match self {
            LayerError::Unknown(name) => text("Unknown PerlIO layer \"", name, "\""),
            LayerError::UnknownEncoding(name) => text("Cannot find encoding \"", name, "\""),
            LayerError::Separator(separator, rest) => {
                let quote = if *separator == b'\'' { '"' } else { '\'' };
                let separator = char::from(*separator);
                let head = format!(
                    "Invalid separator character {quote}{separator}{quote} in PerlIO layer \
                     specification "
                );
                text(&head, rest, "")
            }
            LayerError::NotClosed(rest) => {
                text("Argument list not closed for PerlIO layer \"", rest, "\"")
            }
        }
    }

    /// What `$!` becomes.
    pub(crate) fn errno(&self) -> Errno {
        match self {
            LayerError::Unknown(_) => Errno::ENOENT,
            _ => Errno::EINVAL,
        }
    }
}

/// Reads the notation: layers after colons or spaces.
pub(crate) fn parse(text: &[u8]) -> Result<Vec<Spec>, LayerError> {
    let mut specs = Vec::new();
    let mut rest = text;
    loop {
        while let [b':' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c', tail @ ..] = rest {
            rest = tail;
        }
        let Some(&first) = rest.first() else {
            return Ok(specs);
        };
        if !(first.is_ascii_alphabetic() || first == b'_') {
            return Err(LayerError::Separator(first, rest.to_vec()));
        }
        let end = rest
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || *b == b'_'))
            .unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        let (argument, tail) = if tail.first() == Some(&b'(') {
            let close = argument_end(tail).ok_or_else(|| LayerError::NotClosed(rest.to_vec()))?;
            (Some(&tail[1..close]), &tail[close + 1..])
        } else {
            (None, tail)
        };
        specs.push(spec(name, argument)?);
        rest = tail;
    }
}

/// Where the parenthesis that opens `text` closes; a backslash hides the next byte.
fn argument_end(text: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'\\' => at += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

fn spec(name: &[u8], argument: Option<&[u8]>) -> Result<Spec, LayerError> {
    Ok(match name {
        b"raw" => Spec::Raw,
        b"bytes" => Spec::Bytes,
        b"utf8" => Spec::Utf8,
        b"pop" => Spec::Pop,
        b"unix" => Spec::Unix,
        b"perlio" => Spec::Perlio,
        b"stdio" => Spec::Stdio,
        b"mmap" => Spec::Mmap,
        b"scalar" => Spec::Scalar,
        b"crlf" => Spec::Crlf,
        b"encoding" => {
            let wanted = argument.unwrap_or(b"");
            let found = Encoding::find(wanted);
            Spec::Encoding(found.ok_or_else(|| LayerError::UnknownEncoding(wanted.to_vec()))?)
        }
        _ => return Err(LayerError::Unknown(name.to_vec())),
    })
}

#[derive(Clone, Debug)]
enum Job {
    Unix,
    Perlio,
    Stdio,
    Mmap,
    Scalar,
    Crlf,
    Encoding(Transcoder),
}

#[derive(Clone, Debug)]
struct Layer {
    job: Job,
    utf8: bool,
    /// Bytes from below that are no whole unit yet.
    pending: Vec<u8>,
}

impl Layer {
    fn new(job: Job, utf8: bool) -> Layer {
        Layer {
            job,
            utf8,
            pending: Vec::new(),
        }
    }

    fn transforms(&self) -> bool {
        matches!(self.job, Job::Crlf | Job::Encoding(_))
    }

    fn name(&self) -> String {
        match &self.job {
            Job::Unix => "unix".into(),
            Job::Perlio => "perlio".into(),
            Job::Stdio => "stdio".into(),
            Job::Mmap => "mmap".into(),
            Job::Scalar => "scalar".into(),
            Job::Crlf => "crlf".into(),
            Job::Encoding(transcoder) => format!("encoding({})", transcoder.encoding().name()),
        }
    }

    fn decode(&mut self, last: bool, out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        let consumed = match &mut self.job {
            Job::Crlf => decode_crlf(&self.pending, last, out),
            Job::Encoding(transcoder) => transcoder.decode(&self.pending, last, out, notices),
            _ => {
                out.extend_from_slice(&self.pending);
                self.pending.len()
            }
        };
        self.pending.drain(..consumed);
    }

    fn encode(&mut self, bytes: &[u8], out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        match &mut self.job {
            Job::Crlf => encode_crlf(bytes, out),
            Job::Encoding(transcoder) => transcoder.encode(bytes, out, notices),
            _ => out.extend_from_slice(bytes),
        }
    }
}

/// CR LF becomes LF; a CR at the end waits for what follows it.
fn decode_crlf(bytes: &[u8], last: bool, out: &mut Vec<u8>) -> usize {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        match rest.get(at + 1) {
            Some(b'\n') => {
                out.push(b'\n');
                rest = &rest[at + 2..];
            }
            None if !last => return bytes.len() - 1,
            _ => {
                out.push(b'\r');
                rest = &rest[at + 1..];
            }
        }
    }
    out.extend_from_slice(rest);
    bytes.len()
}

fn encode_crlf(bytes: &[u8], out: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\n', rest) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(b"\r\n");
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

/// The stack, bottom first.
#[derive(Debug, Default)]
pub(crate) struct Layers(Vec<Layer>);

impl Layers {
    /// What a descriptor starts with.
    pub(super) fn of_descriptor() -> Layers {
        Layers(vec![
            Layer::new(Job::Unix, false),
            Layer::new(Job::Perlio, false),
        ])
    }

    /// What a scalar starts with.
    pub(super) fn of_memory() -> Layers {
        Layers(vec![Layer::new(Job::Scalar, false)])
    }

    pub(super) fn utf8(&self) -> bool {
        self.0.last().is_some_and(|top| top.utf8)
    }

    pub(super) fn plain(&self) -> bool {
        !self.0.iter().any(Layer::transforms)
    }

    pub(super) fn buffered(&self) -> bool {
        self.0.iter().any(|layer| !matches!(layer.job, Job::Unix))
    }

    /// Over a scalar: what is written waits in a buffer, because `:perlio` was asked for by name.
    pub(super) fn buffers_memory(&self) -> bool {
        let above = self.0.get(1..).unwrap_or_default();
        above.iter().any(|layer| matches!(layer.job, Job::Perlio))
    }

    /// The names as PerlIO::get_layers lists them.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for layer in &self.0 {
            names.push(layer.name());
            if layer.utf8 {
                names.push("utf8".into());
            }
        }
        names
    }

    /// Pushes (or takes off) layers in order.
    pub(super) fn apply(&mut self, specs: &[Spec]) -> Result<(), Errno> {
        for spec in specs {
            match spec {
                Spec::Raw => {
                    self.0.retain(|layer| !layer.transforms());
                    self.set_utf8(false);
                }
                Spec::Bytes => self.set_utf8(false),
                Spec::Utf8 => self.set_utf8(true),
                Spec::Pop => {
                    self.0.pop();
                }
                Spec::Unix if self.0.is_empty() => self.0.push(Layer::new(Job::Unix, false)),
                // A second bottom makes no sense above another layer.
                Spec::Unix | Spec::Stdio | Spec::Scalar => {}
                Spec::Perlio => self.0.push(Layer::new(Job::Perlio, false)),
                Spec::Mmap => self.0.push(Layer::new(Job::Mmap, false)),
                Spec::Crlf => self.push_crlf(),
                Spec::Encoding(encoding) => {
                    self.0
                        .push(Layer::new(Job::Encoding(Transcoder::new(*encoding)), true));
                }
            }
        }
        Ok(())
    }

    /// As [`Layers::apply`], for the layers of an open: a first `:unix` or `:stdio` is the bottom.
    pub(super) fn apply_at_open(&mut self, specs: &[Spec]) -> Result<(), Errno> {
        let bottom = match specs.first() {
            Some(Spec::Unix) => Job::Unix,
            Some(Spec::Stdio) => Job::Stdio,
            _ => return self.apply(specs),
        };
        self.0 = vec![Layer::new(bottom, false)];
        self.apply(&specs[1..])
    }

    fn set_utf8(&mut self, on: bool) {
        if let Some(top) = self.0.last_mut() {
            top.utf8 = on;
        }
    }

    fn push_crlf(&mut self) {
        if !self
            .0
            .last()
            .is_some_and(|top| matches!(top.job, Job::Crlf))
        {
            let utf8 = self.utf8();
            self.0.push(Layer::new(Job::Crlf, utf8));
        }
    }

    /// Bytes from the file on their way up. With `last` nothing may be left pending.
    pub(super) fn decode(&mut self, raw: &[u8], last: bool, notices: &mut Vec<Notice>) -> Vec<u8> {
        let mut bytes = raw.to_vec();
        for layer in self.0.iter_mut().filter(|layer| layer.transforms()) {
            layer.pending.append(&mut bytes);
            layer.decode(last, &mut bytes, notices);
        }
        bytes
    }

    /// Bytes on their way down to the file.
    pub(super) fn encode(&mut self, bytes: &[u8], out: &mut Vec<u8>, notices: &mut Vec<Notice>) {
        let mut layers = self.0.iter_mut().rev().filter(|layer| layer.transforms());
        let Some(top) = layers.next() else {
            return out.extend_from_slice(bytes);
        };
        let Some(below) = layers.next() else {
            return top.encode(bytes, out, notices);
        };
        let mut now = Vec::new();
        top.encode(bytes, &mut now, notices);
        let mut lower = Vec::new();
        below.encode(&now, &mut lower, notices);
        for layer in layers {
            now.clear();
            std::mem::swap(&mut now, &mut lower);
            layer.encode(&now, &mut lower, notices);
        }
        out.append(&mut lower);
    }

    /// How many bytes of the file the given bytes of the top, and all that is pending, stand for.
    pub(super) fn raw_length(&self, unread: &[u8]) -> usize {
        let mut bytes = unread.to_vec();
        let mut ignored = Vec::new();
        for layer in self.0.iter().rev().filter(|layer| layer.transforms()) {
            let mut lower = Vec::new();
            let mut copy = layer.clone();
            if let Job::Encoding(transcoder) = &mut copy.job {
                transcoder.without_mark();
            }
            copy.encode(&bytes, &mut lower, &mut ignored);
            lower.extend_from_slice(&layer.pending);
            bytes = lower;
        }
        bytes.len()
    }

    /// Forgets what is pending: the file's position changes.
    pub(super) fn forget_pending(&mut self, at_start: bool) {
        for layer in &mut self.0 {
            layer.pending.clear();
            if let Job::Encoding(transcoder) = &mut layer.job {
                transcoder.restart(at_start);
            }
        }
    }
}
