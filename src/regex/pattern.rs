//! What a pattern is given as: its text, its modifiers, its code blocks, and what it asks its owner.

/// One code block known to the parser of the program: where it stands in the pattern text (from
/// the `(` to past the `)`), and the number the owner calls it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockAt {
    /// Byte offset of the opening parenthesis.
    pub start: usize,
    /// Byte offset past the closing parenthesis.
    pub end: usize,
    /// The owner's number for the closure.
    pub index: u32,
}

/// The text of a pattern after interpolation.
#[derive(Clone, Copy, Debug)]
pub struct PatternSource<'a> {
    /// The bytes: UTF-8 (perl's lax form) when `utf8`, else one byte a character.
    pub bytes: &'a [u8],
    /// The string's UTF-8 flag.
    pub utf8: bool,
    /// Code blocks that were compiled with the program, in order of their place.
    pub blocks: &'a [BlockAt],
}

impl<'a> PatternSource<'a> {
    /// A pattern without code blocks.
    pub fn new(bytes: &'a [u8], utf8: bool) -> Self {
        PatternSource {
            bytes,
            utf8,
            blocks: &[],
        }
    }
}

/// Which rules decide about characters above ASCII, perlre "Character set modifiers".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Charset {
    /// `/d`: by the string's representation.
    #[default]
    Depends,
    /// `/l`: by the locale.
    Locale,
    /// `/u`: Unicode.
    Unicode,
    /// `/a`: `\d \s \w` and POSIX classes are ASCII.
    Ascii,
    /// `/aa`: as `/a`, and ASCII folds with ASCII only.
    AsciiStrict,
}

impl Charset {
    /// The modifier letters as a pattern shows them.
    pub fn letters(self) -> &'static str {
        match self {
            Charset::Depends => "",
            Charset::Locale => "l",
            Charset::Unicode => "u",
            Charset::Ascii => "a",
            Charset::AsciiStrict => "aa",
        }
    }
}

/// The modifiers of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Flags {
    /// A set of the letter constants below.
    pub bits: u16,
    /// `d l u a aa`.
    pub charset: Charset,
}

impl Flags {
    /// `/m`
    pub const M: u16 = 1;
    /// `/s`
    pub const S: u16 = 2;
    /// `/i`
    pub const I: u16 = 4;
    /// `/x`
    pub const X: u16 = 8;
    /// `/xx`
    pub const XX: u16 = 16;
    /// `/n`
    pub const N: u16 = 32;
    /// `/p`
    pub const P: u16 = 64;
    /// A pattern of `split`: `/^/` means `/^/m`.
    pub const SPLIT: u16 = 128;
    /// `use re 'eval'` is in force.
    pub const EVAL: u16 = 256;
    /// What is compiled is a `qr//`: properties no sub defines yet are looked up when it is used.
    pub const DEFER: u16 = 512;
    /// A deferred `qr//` is compiled again: its properties show with their package, and no place is marked.
    pub const LATE: u16 = 2048;
    /// The locale in force under `/l` is a UTF-8 one.
    pub const UTF8_LOCALE: u16 = 1024;

    /// No modifiers.
    pub const NONE: Flags = Flags {
        bits: 0,
        charset: Charset::Depends,
    };

    /// Whether all of `bits` are set.
    pub fn has(self, bits: u16) -> bool {
        self.bits & bits == bits
    }

    /// The same with `bits` set or cleared.
    pub fn with(self, bits: u16, on: bool) -> Flags {
        Flags {
            bits: if on {
                self.bits | bits
            } else {
                self.bits & !bits
            },
            ..self
        }
    }

    /// Reads modifier letters (`msixxnp`, `a aa d l u`); `None` for a letter that is no pattern
    /// modifier, which operators may have (`gcore`).
    pub fn from_letters(letters: &str) -> Option<Flags> {
        let mut flags = Flags::NONE;
        for letter in letters.chars() {
            flags = match letter {
                'm' => flags.with(Flags::M, true),
                's' => flags.with(Flags::S, true),
                'i' => flags.with(Flags::I, true),
                'x' if flags.has(Flags::X) => flags.with(Flags::XX, true),
                'x' => flags.with(Flags::X, true),
                'n' => flags.with(Flags::N, true),
                'p' => flags.with(Flags::P, true),
                'd' => Flags {
                    charset: Charset::Depends,
                    ..flags
                },
                'l' => Flags {
                    charset: Charset::Locale,
                    ..flags
                },
                'u' => Flags {
                    charset: Charset::Unicode,
                    ..flags
                },
                'a' if flags.charset == Charset::Ascii => Flags {
                    charset: Charset::AsciiStrict,
                    ..flags
                },
                'a' => Flags {
                    charset: Charset::Ascii,
                    ..flags
                },
                _ => return None,
            };
        }
        Some(flags)
    }

    /// The letters as `qr//` shows them after `(?^`.
    pub fn letters(self) -> String {
        let mut text = String::from(self.charset.letters());
        for (bit, letter) in [(Flags::M, "m"), (Flags::S, "s"), (Flags::I, "i")] {
            if self.has(bit) {
                text.push_str(letter);
            }
        }
        if self.has(Flags::XX) {
            text.push_str("xx");
        } else if self.has(Flags::X) {
            text.push('x');
        }
        if self.has(Flags::N) {
            text.push('n');
        }
        text
    }
}

/// What compiling a pattern asks of the owner of names and code.
pub trait CompileHooks {
    /// The characters of `\N{name}`.
    fn named_char(&mut self, _name: &str) -> Option<Vec<u32>> {
        None
    }

    /// The text a sub `IsFoo` / `InFoo` / `pkg::IsFoo` gives (perlunicode "User-Defined Character
    /// Properties"): `None` if there is no such sub; the error is the complete message.
    fn user_property(&mut self, _name: &str, _fold: bool) -> Result<Option<String>, String> {
        Ok(None)
    }

    /// The name with its package, as the sub of a property has it.
    fn full_name(&self, name: &str) -> String {
        match name.contains("::") {
            true => name.to_string(),
            false => format!("main::{name}"),
        }
    }

    /// The characters whose names match a pattern, `\p{name=/.../}`; the error is the complete message.
    fn named_like(&mut self, _pattern: &str) -> Result<Vec<u32>, String> {
        Ok(Vec::new())
    }

    /// The number of a code block met in the text (`code` stands between the braces): one the
    /// owner knows by its text, or, where `allowed` by `use re 'eval'`, compiled now; `None` where
    /// it must not run. The error is the complete message.
    fn code_block(
        &mut self,
        _code: &str,
        _postponed: bool,
        _allowed: bool,
    ) -> Result<Option<u32>, String> {
        Ok(None)
    }
}

/// Hooks of an owner that has neither names nor code.
#[cfg(test)]
pub struct NoHooks;
#[cfg(test)]
impl CompileHooks for NoHooks {}
