//! The notation of open's modes, in two arguments and in three (perlfunc open), as plain data.
//! Nothing is opened here.

use super::handle::Access;

/// What a mode, or a name that carries one, asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenMode {
    /// What is to be opened.
    pub(crate) target: Target,
    /// How.
    pub(crate) access: Access,
    /// O_CREAT.
    pub(crate) create: bool,
    /// O_TRUNC.
    pub(crate) truncate: bool,
    /// The layers' notation behind the mode, unread; empty in the two-argument form.
    pub(crate) layers: Vec<u8>,
}

/// What is to be opened. In the three-argument form names and commands are not in the mode: the
/// vectors are empty then, and the arguments tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file by name, or a scalar by reference.
    File(Vec<u8>),
    /// `-` or `>-`: standard input or output itself.
    Standard,
    /// `&` and `&=`: another handle, by name or number.
    Dup {
        /// `=`: the same descriptor, not a copy.
        same: bool,
        /// The handle's name or number.
        name: Vec<u8>,
    },
    /// `| command`: its input is written. `-` alone forks.
    PipeTo(Vec<u8>),
    /// `command |`: its output is read. `-` alone forks.
    PipeFrom(Vec<u8>),
}

/// What is wrong with a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ModeError {
    /// Dies: `Unknown open() mode 'MODE'`.
    Unknown(Vec<u8>),
    /// The same, after the warning (category layer) that what follows its letters begins no layer.
    NoLayer(Vec<u8>),
    /// Warns (category pipe): `Missing command in piped open`; fails with EPIPE.
    MissingCommand,
}

/// A mode with what is to be warned about on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// What was asked for.
    pub(crate) mode: OpenMode,
    /// Warn (category pipe): `Can't open bidirectional pipe`.
    pub(crate) bidirectional: bool,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn trim_start(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_space(*first)
    {
        text = rest;
    }
    text
}

fn trim_end(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., last] = text
        && is_space(*last)
    {
        text = rest;
    }
    text
}

/// What a mode's letters say before its target.
#[derive(Clone, Copy)]
struct Letters {
    access: Access,
    create: bool,
    truncate: bool,
}

impl Letters {
    fn with(self, target: Target, layers: &[u8]) -> OpenMode {
        OpenMode {
            target,
            access: self.access,
            create: self.create,
            truncate: self.truncate,
            layers: layers.to_vec(),
        }
    }
}

/// Reads `+`, `<`, `>` and `>>`; the rest begins behind them.
fn letters(text: &[u8]) -> Option<(Letters, &[u8])> {
    let (plus, rest) = match text {
        [b'+', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (access, rest) = match rest {
        [b'<', rest @ ..] => (Access::READ, rest),
        [b'>', b'>', rest @ ..] => (Access::APPEND, rest),
        [b'>', rest @ ..] => (Access::WRITE, rest),
        _ => return None,
    };
    let letters = Letters {
        access: Access {
            read: access.read || plus,
            write: access.write || plus,
            ..access
        },
        create: access.write,
        truncate: access.write && !access.append,
    };
    Some((letters, rest))
}

const TO_COMMAND: Letters = Letters {
    access: Access::WRITE,
    create: false,
    truncate: false,
};
const FROM_COMMAND: Letters = Letters {
    access: Access::READ,
    create: false,
    truncate: false,
};

fn is_standard(rest: &[u8]) -> bool {
    matches!(rest, [b'-'] | [b'-', b':', ..]) || matches!(rest, [b'-', b, ..] if is_space(*b))
}

/// The two-argument form: mode and name in one string.
pub(crate) fn parse_two(text: &[u8]) -> Result<Parsed, ModeError> {
    let text = trim_end(trim_start(text));
    let done = |mode| {
        Ok(Parsed {
            mode,
            bidirectional: false,
        })
    };
    if let [b'|', rest @ ..] = text {
        let command = trim_start(rest);
        if command.is_empty() {
            return Err(ModeError::MissingCommand);
        }
        let (command, bidirectional) = match command {
            [rest @ .., b'|'] => (rest, true),
            _ => (command, false),
        };
        let mode = TO_COMMAND.with(Target::PipeTo(command.to_vec()), b"");
        return Ok(Parsed {
            mode,
            bidirectional,
        });
    }
    if let Some((letters, rest)) = letters(text) {
        if let [b'&', rest @ ..] = rest {
            let (same, rest) = match rest {
                [b'=', rest @ ..] => (true, rest),
                _ => (false, rest),
            };
            let name = trim_start(rest).to_vec();
            return done(letters.with(Target::Dup { same, name }, b""));
        }
        let name = trim_start(rest);
        if is_standard(name) {
            return done(letters.with(Target::Standard, b""));
        }
        return done(letters.with(Target::File(name.to_vec()), b""));
    }
    if let [command @ .., b'|'] = text
        && !command.is_empty()
    {
        let command = trim_start(trim_end(command));
        if command.is_empty() {
            return Err(ModeError::MissingCommand);
        }
        return done(FROM_COMMAND.with(Target::PipeFrom(command.to_vec()), b""));
    }
    let read = Letters {
        access: Access::READ,
        create: false,
        truncate: false,
    };
    if text == b"-" {
        return done(read.with(Target::Standard, b""));
    }
    done(read.with(Target::File(text.to_vec()), b""))
}

/// The three-argument form's mode, with layers behind it.
pub(crate) fn parse_three(text: &[u8]) -> Result<OpenMode, ModeError> {
    let unknown = || ModeError::Unknown(text.to_vec());
    let mode = trim_end(trim_start(text));
    if let [b'|', rest @ ..] = mode {
        let [b'-', rest @ ..] = rest else {
            return Err(unknown());
        };
        return Ok(TO_COMMAND.with(Target::PipeTo(Vec::new()), trim_start(rest)));
    }
    if let [b'-', b'|', rest @ ..] = mode {
        return Ok(FROM_COMMAND.with(Target::PipeFrom(Vec::new()), trim_start(rest)));
    }
    let Some((letters, rest)) = letters(mode) else {
        return Err(unknown());
    };
    if let [b'&', rest @ ..] = rest {
        let (same, rest) = match rest {
            [b'=', rest @ ..] => (true, rest),
            _ => (false, rest),
        };
        return Ok(letters.with(
            Target::Dup {
                same,
                name: Vec::new(),
            },
            trim_start(rest),
        ));
    }
    let rest = trim_start(rest);
    if is_standard(rest) {
        return Ok(letters.with(Target::Standard, trim_start(&rest[1..])));
    }
    match rest.first() {
        Some(b) if *b != b':' && !b.is_ascii_alphabetic() && *b != b'_' => {
            Err(ModeError::NoLayer(rest.to_vec()))
        }
        _ => Ok(letters.with(Target::File(Vec::new()), rest)),
    }
}

impl OpenMode {
    /// The flags for open(2).
    pub(crate) fn flags(&self) -> i32 {
        crate::sys::file::open_flags(
            self.access.read,
            self.access.write,
            self.access.append,
            self.create,
            self.truncate,
        )
    }
}
