//! Perl's command-line switches (perlrun): parsing of argv, of PERL5OPT and of the `#!` line.

/// What the switches of one command line ask for.
#[derive(Debug, Default, Clone)]
pub struct Switches {
    /// `-e`/`-E` lines, in order.
    pub code: Option<Vec<u8>>,
    /// `-E`: all features on.
    pub all_features: bool,
    /// `-c`
    pub check: bool,
    /// `-w`, `-W`, `-X` as `'w' 'W' 'X'`.
    pub warn: Option<u8>,
    /// `-n`
    pub each_line: bool,
    /// `-p`
    pub print_line: bool,
    /// `-a`
    pub autosplit: bool,
    /// `-F` pattern as written.
    pub split: Option<Vec<u8>>,
    /// `-l`: `Some(None)` takes `$/`; else that character.
    pub line_end: Option<Option<u32>>,
    /// `$/` as it was where `-l` stood, for a `-l` without a character.
    pub line_end_separator: Option<Separator>,
    /// `-0`: `$/` as a code point; 0o777 and above 0xFF-octal means undef; 0 digits means NUL; `Some(0o1000)` paragraph.
    pub separator: Option<Separator>,
    /// `-i` extension.
    pub inplace: Option<Vec<u8>>,
    /// `-I` directories.
    pub inc: Vec<Vec<u8>>,
    /// `-M`/`-m` as `use` statements.
    pub modules: Vec<Vec<u8>>,
    /// `-s`
    pub switch_parsing: bool,
    /// `-s`: variables set by the arguments.
    pub variables: Vec<(Vec<u8>, Vec<u8>)>,
    /// `-S`
    pub search_path: bool,
    /// `-T` is `'T'`, `-t` is `'t'`.
    pub taint: Option<u8>,
    /// `-x`, with its directory.
    pub extract: Option<Vec<u8>>,
    /// `-C` number.
    pub unicode: Option<u32>,
    /// `-v`
    pub version: bool,
    /// `-V` / `-V:name`
    pub config: Vec<Vec<u8>>,
    /// `-h`
    pub help: bool,
    /// `--dump=KIND`
    pub dump: Option<String>,
    /// `--parse-only`: stop after parsing, running no `use` (for measuring the parser).
    pub parse_only: bool,
}

/// `$/` as `-0` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `-00`: paragraphs.
    Paragraph,
    /// `-0777`: whole files.
    Slurp,
    /// A character.
    Char(u32),
}

/// A switch that could not be taken; the text is what perl prints.
#[derive(Debug)]
pub struct BadSwitch(pub String);

impl BadSwitch {
    /// The switch stands in the first line of this file: where perl has got as far as reading that, it says so.
    pub fn in_file(self, name: &[u8]) -> BadSwitch {
        if !self.is_late() {
            return self;
        }
        let name = String::from_utf8_lossy(name);
        BadSwitch(format!("{} at {name} line 1.", self.0))
    }

    /// Is it a switch that comes too late in the first line of a file?
    pub fn is_late(&self) -> bool {
        self.0.contains(" is on the #! line")
    }
}

/// Where a cluster of switches stands: some letters are only for the command line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// argv
    CommandLine,
    /// PERL5OPT
    Environment,
    /// the `#!` line
    Line,
}

impl Switches {
    /// Parse `argv` (without the program's name). Returns how many arguments were switches.
    pub fn parse_args(&mut self, args: &[Vec<u8>]) -> Result<usize, BadSwitch> {
        let mut at = 0;
        while at < args.len() {
            let arg = &args[at];
            if arg.len() < 2 || arg[0] != b'-' {
                break;
            }
            at += 1;
            if arg == b"--" {
                break;
            }
            if let Some(long) = arg.strip_prefix(b"--") {
                self.long(long)?;
                continue;
            }
            let mut rest = args[at..].iter();
            let before = rest.len();
            self.cluster(&arg[1..], Place::CommandLine, &mut rest)?;
            at += before - rest.len();
        }
        Ok(at)
    }

    /// Parse PERL5OPT: switches separated by blanks, `-` optional for the first.
    pub fn parse_env(&mut self, text: &[u8]) -> Result<(), BadSwitch> {
        for word in text
            .split(|b| b.is_ascii_whitespace())
            .filter(|w| !w.is_empty())
        {
            let word = word.strip_prefix(b"-").unwrap_or(word);
            let letter = word.first().copied().unwrap_or(b'-');
            if !b"CDIMTUWdmtw".contains(&letter) {
                return Err(BadSwitch(format!(
                    "Illegal switch in PERL5OPT: -{}",
                    char::from(letter)
                )));
            }
            self.cluster(word, Place::Environment, &mut [].iter())?;
        }
        Ok(())
    }

    /// Parse the switches of a `#!` line that names perl (or keshi).
    pub fn parse_line(&mut self, line: &[u8]) -> Result<(), BadSwitch> {
        let Some(text) = line.strip_prefix(b"#!") else {
            return Ok(());
        };
        let find = |word: &[u8]| text.windows(word.len()).position(|w| w == word);
        let Some(at) = find(b"perl")
            .map(|p| p + 4)
            .or_else(|| find(b"keshi").map(|p| p + 5))
        else {
            return Ok(());
        };
        let words = text[at..]
            .split(|b| b.is_ascii_whitespace())
            .filter(|w| !w.is_empty());
        for word in words.skip_while(|w| w[0] != b'-') {
            let Some(letters) = word.strip_prefix(b"-") else {
                break;
            };
            if letters.is_empty() || letters == b"-" {
                break;
            }
            self.cluster(letters, Place::Line, &mut [].iter())?;
        }
        Ok(())
    }

    fn long(&mut self, text: &[u8]) -> Result<(), BadSwitch> {
        let text = String::from_utf8_lossy(text);
        match text.split_once('=') {
            Some(("dump", kind)) => self.dump = Some(kind.to_string()),
            None if text == "parse-only" => self.parse_only = true,
            None if text == "version" => self.version = true,
            None if text == "help" => self.help = true,
            _ => return Err(unrecognized(&format!("--{text}"))),
        }
        Ok(())
    }

    /// One argument's letters.
    fn cluster(
        &mut self,
        mut s: &[u8],
        place: Place,
        more: &mut std::slice::Iter<'_, Vec<u8>>,
    ) -> Result<(), BadSwitch> {
        while let Some((&letter, rest)) = s.split_first() {
            s = rest;
            match letter {
                b'e' | b'E' => {
                    if place != Place::CommandLine {
                        return Err(unrecognized_at(letter, place));
                    }
                    self.all_features |= letter == b'E';
                    let text = self.argument(&mut s, more, letter, "code specified for")?;
                    let code = self.code.get_or_insert_default();
                    code.extend_from_slice(&text);
                    code.push(b'\n');
                }
                b'I' => {
                    let dir = self.argument(&mut s, more, letter, "directory specified for")?;
                    self.inc.push(dir);
                }
                b'M' | b'm' => {
                    let module = std::mem::take(&mut s);
                    if module.is_empty() {
                        return Err(BadSwitch(format!(
                            "Missing argument to -{}",
                            char::from(letter)
                        )));
                    }
                    self.modules.push(use_statement(module, letter == b'm'));
                }
                b'0' => self.separator = Some(separator(&mut s)),
                b'l' => {
                    self.line_end = Some(octal(&mut s, 3));
                    self.line_end_separator = self.separator;
                }
                b'F' => {
                    self.split = Some(std::mem::take(&mut s).to_vec());
                    self.autosplit = true;
                    self.each_line = true;
                }
                b'i' => {
                    let end = s
                        .iter()
                        .position(|b| b.is_ascii_whitespace())
                        .unwrap_or(s.len());
                    self.inplace = Some(s[..end].to_vec());
                    s = &[];
                }
                b'x' => self.extract = Some(std::mem::take(&mut s).to_vec()),
                b'C' => self.unicode = Some(unicode(&mut s)),
                b'V' => self.config.push(std::mem::take(&mut s).to_vec()),
                b'D' => s = &[],
                b'a' => {
                    self.autosplit = true;
                    self.each_line = true;
                }
                b'n' => self.each_line = true,
                b'p' => self.print_line = true,
                b'c' => self.check = true,
                b's' => self.switch_parsing = true,
                b'S' => self.search_path = true,
                b'h' | b'?' => self.help = true,
                b'v' => self.version = true,
                b'w' | b'W' | b'X' => self.warn = Some(letter),
                b't' | b'T' => {
                    if place == Place::Line && self.taint.is_none() {
                        return Err(BadSwitch(format!(
                            "\"-{}\" is on the #! line, it must also be used on the command line",
                            char::from(letter)
                        )));
                    }
                    if place != Place::Line && self.taint != Some(b'T') {
                        self.taint = Some(letter);
                    }
                }
                b'f' | b'U' => {}
                b'd' | b'u' => {
                    return Err(BadSwitch(format!(
                        "-{} is not supported by keshi",
                        char::from(letter)
                    )));
                }
                b'-' | b'\r' | b'\n' => {}
                b' ' => {
                    // `-w -T` inside one argument, as a #! line gives it
                    while let [b' ' | b'-', tail @ ..] = s {
                        s = tail;
                    }
                }
                _ => return Err(unrecognized_at(letter, place)),
            }
        }
        Ok(())
    }

    fn argument(
        &self,
        s: &mut &[u8],
        more: &mut std::slice::Iter<'_, Vec<u8>>,
        letter: u8,
        what: &str,
    ) -> Result<Vec<u8>, BadSwitch> {
        if !s.is_empty() {
            return Ok(std::mem::take(s).to_vec());
        }
        more.next()
            .cloned()
            .ok_or_else(|| BadSwitch(format!("No {what} -{}.", char::from(letter))))
    }
}

fn unrecognized(text: &str) -> BadSwitch {
    BadSwitch(format!(
        "Unrecognized switch: {text}  (-h will show valid options)."
    ))
}

fn unrecognized_at(letter: u8, _place: Place) -> BadSwitch {
    unrecognized(&format!("-{}", char::from(letter)))
}

/// `-MFoo=a,b` and its relatives as a statement (perlrun `-M`).
fn use_statement(module: &[u8], lower: bool) -> Vec<u8> {
    let (word, module) = match module.strip_prefix(b"-") {
        Some(rest) => (&b"no "[..], rest),
        None => (&b"use "[..], module),
    };
    let mut out = word.to_vec();
    match module.iter().position(|&b| b == b'=') {
        Some(eq) => {
            out.extend_from_slice(&module[..eq]);
            out.extend_from_slice(b" split(/,/,q\0");
            out.extend_from_slice(&module[eq + 1..]);
            out.extend_from_slice(b"\0)");
        }
        None => {
            out.extend_from_slice(module);
            if lower {
                out.extend_from_slice(b" ()");
            }
        }
    }
    out.push(b';');
    out
}

fn octal(s: &mut &[u8], max: usize) -> Option<u32> {
    let digits = s
        .iter()
        .take(max)
        .take_while(|b| (b'0'..=b'7').contains(*b))
        .count();
    let (text, rest) = s.split_at(digits);
    *s = rest;
    (digits > 0).then(|| text.iter().fold(0, |n, b| n * 8 + u32::from(b - b'0')))
}

fn separator(s: &mut &[u8]) -> Separator {
    if let [b'x' | b'X', rest @ ..] = *s {
        let digits = rest
            .iter()
            .take(8)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        let (text, after) = rest.split_at(digits);
        *s = after;
        let text = std::str::from_utf8(text).unwrap_or("0");
        return Separator::Char(u32::from_str_radix(text, 16).unwrap_or(0));
    }
    let zeros = *s;
    match octal(s, 3) {
        None => Separator::Char(0),
        Some(0) if zeros.starts_with(b"0") => Separator::Paragraph,
        Some(n) if n > 0o377 => Separator::Slurp,
        Some(n) => Separator::Char(n),
    }
}

/// `-C` letters or number (perlrun `-C`).
fn unicode(s: &mut &[u8]) -> u32 {
    let digits = s.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        let (text, rest) = s.split_at(digits);
        *s = rest;
        return std::str::from_utf8(text)
            .ok()
            .and_then(|t| t.parse().ok())
            .unwrap_or(0);
    }
    let mut bits = 0;
    let mut any = false;
    while let Some((&letter, rest)) = s.split_first() {
        bits |= match letter {
            b'I' => 1,
            b'O' => 2,
            b'E' => 4,
            b'S' => 7,
            b'i' => 8,
            b'o' => 16,
            b'D' => 24,
            b'A' => 32,
            b'L' => 64,
            b'a' => 256,
            _ => break,
        };
        any = true;
        *s = rest;
    }
    if any { bits } else { 0x7f & !64 }
}
