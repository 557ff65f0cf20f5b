//! Perl's command-line switches (perlrun): parsing of argv, of PERL5OPT and of the `#!` line.
use crate::switch_values::{octal, separator, unicode, use_statement};

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
    /// `-V` / `-V:name`, each of them.
    pub config: Vec<Vec<u8>>,
    /// `-h`
    pub help: bool,
    /// `--dump=KIND`
    pub dump: Option<String>,
    /// `--completion=SHELL`: print what makes that shell complete our switches.
    pub completion: Option<String>,
    /// `--man`: print the manual page.
    pub man: bool,
    /// `--repl`: a session, whatever standard input is.
    pub repl: bool,
    /// `--explain`: messages show the line they speak of.
    pub explain: bool,
    /// A lone `-` in a cluster: no switches follow.
    ended: bool,
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

/// A command line that cannot be run.
#[derive(Debug)]
pub struct BadSwitch {
    /// What perl prints.
    pub text: String,
    /// The exit code.
    pub status: i32,
}

impl BadSwitch {
    /// A switch that cannot be taken. perl exits with whatever `errno` is then: ESPIPE, most often.
    pub fn new(text: impl Into<String>) -> BadSwitch {
        BadSwitch {
            text: text.into(),
            status: 29,
        }
    }

    /// The same, with an exit code of its own.
    pub fn with_status(text: impl Into<String>, status: i32) -> BadSwitch {
        BadSwitch {
            text: text.into(),
            status,
        }
    }

    /// The `#!` line of a script is wrong.
    fn on_line(text: &str, script: &[u8]) -> BadSwitch {
        let script = String::from_utf8_lossy(script);
        BadSwitch::with_status(format!("{text} at {script} line 1."), 255)
    }
}

/// The exit code of what is wrong with a `#!` line, until its place is known.
const LINE: i32 = -1;

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
                at += usize::from(self.long(long, args.get(at))?);
                continue;
            }
            let mut rest = args[at..].iter();
            let before = rest.len();
            self.cluster(&arg[1..], Place::CommandLine, &mut rest)?;
            at += before - rest.len();
            if self.ended {
                break;
            }
        }
        Ok(at)
    }

    /// Parse PERL5OPT: switches separated by blanks, `-` optional. Of each word the first switch counts; `-T` must
    /// come first, and nothing counts behind it.
    pub fn parse_env(&mut self, text: &[u8]) -> Result<(), BadSwitch> {
        if text.trim_ascii_start().starts_with(b"-T") {
            self.taint = Some(b'T');
            return Ok(());
        }
        for word in text
            .split(|b| b.is_ascii_whitespace())
            .filter(|w| !w.is_empty())
        {
            let word = word.strip_prefix(b"-").unwrap_or(word);
            let Some(&letter) = word.first() else {
                continue;
            };
            if !b"CDIMUWdmtw".contains(&letter) {
                return Err(BadSwitch::new(format!(
                    "Illegal switch in PERL5OPT: -{}.",
                    char::from(letter)
                )));
            }
            let word = match letter {
                b'U' | b'W' | b't' | b'w' => &word[..1],
                _ => word,
            };
            self.cluster(word, Place::Environment, &mut [].iter())?;
        }
        Ok(())
    }

    /// Parse the switches of a `#!` line that names perl (or keshi); others say nothing to us.
    pub fn parse_line(&mut self, line: &[u8], script: &[u8]) -> Result<(), BadSwitch> {
        let Some(text) = line.strip_prefix(b"#!") else {
            return Ok(());
        };
        let Some(at) = names_us(text) else {
            return Ok(());
        };
        let before = self.clone();
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
            let late = || {
                let text = format!(
                    "Too late for \"-{}\" option",
                    String::from_utf8_lossy(letters)
                );
                Err(BadSwitch::on_line(&text, script))
            };
            if matches!(letters[0], b'M' | b'm') {
                return late();
            }
            match self.cluster(letters, Place::Line, &mut [].iter()) {
                Err(e) if e.status == LINE => return Err(BadSwitch::on_line(&e.text, script)),
                other => other?,
            }
            if letters[0] == b'C' && self.unicode != before.unicode {
                return late();
            }
        }
        Ok(())
    }

    /// A long switch; true where what it takes was the next argument.
    fn long(&mut self, text: &[u8], next: Option<&Vec<u8>>) -> Result<bool, BadSwitch> {
        let text = String::from_utf8_lossy(text);
        if let ("dump" | "completion", Some(next)) = (&*text, next) {
            let whole = [text.as_bytes(), b"=", next].concat();
            return self.long(&whole, None).map(|_| true);
        }
        match text.split_once('=') {
            Some(("dump", kind)) => self.dump = Some(kind.to_string()),
            Some(("completion", shell)) => self.completion = Some(shell.to_string()),
            None if text == "man" => self.man = true,
            None if text == "parse-only" => self.parse_only = true,
            None if text == "repl" => self.repl = true,
            None if text == "explain" => self.explain = true,
            None if text == "version" => self.version = true,
            None if text == "help" => self.help = true,
            _ => return Err(unrecognized(&format!("--{text}"))),
        }
        Ok(false)
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
                        return Err(not_on_line(letter));
                    }
                    self.all_features |= letter == b'E';
                    let text = self.argument(&mut s, more, letter, "code specified for")?;
                    let code = self.code.get_or_insert_default();
                    code.extend_from_slice(&text);
                    code.push(b'\n');
                }
                b'I' => {
                    let dir = self.argument(&mut s, more, letter, "directory specified for")?;
                    match place {
                        Place::CommandLine => self.inc.push(dir),
                        // the last one first, as perl puts them
                        Place::Environment | Place::Line => self.inc.insert(0, dir),
                    }
                }
                b'M' | b'm' => {
                    let module = std::mem::take(&mut s);
                    let statement = use_statement(module, letter).map_err(BadSwitch::new)?;
                    self.modules.push(statement);
                }
                b'0' => self.separator = Some(separator(&mut s)),
                b'l' => {
                    let digits = 3 + usize::from(s.starts_with(b"0"));
                    self.line_end = Some(octal(&mut s, digits).map(|c| c & 0xFF));
                    self.line_end_separator = self.separator;
                }
                b'F' => {
                    let end = s.iter().position(u8::is_ascii_whitespace);
                    let (pattern, behind) = s.split_at(end.unwrap_or(s.len()));
                    self.split = Some(pattern.to_vec());
                    s = behind;
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
                b'x' if place != Place::CommandLine => return Err(not_on_line(letter)),
                b'x' => self.extract = Some(std::mem::take(&mut s).to_vec()),
                b'C' => self.unicode = Some(unicode(&mut s).map_err(BadSwitch::new)?),
                b'V' | b'S' if place == Place::Line => return Err(not_on_line(letter)),
                b'V' => self.config.push(std::mem::take(&mut s).to_vec()),
                b'D' => match std::mem::take(&mut s) {
                    kind @ (b"ast" | b"bytecode") => {
                        self.dump = Some(String::from_utf8_lossy(kind).into_owned());
                    }
                    _ => keshi::complain(
                        "Recompile perl with -DDEBUGGING to use -D switch (did you mean -d ?)",
                    ),
                },
                b'g' => self.separator = Some(Separator::Slurp),
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
                b'w' if matches!(self.warn, Some(b'W' | b'X')) => {}
                b'w' | b'W' | b'X' => self.warn = Some(letter),
                b't' | b'T' => {
                    if place == Place::Line && self.taint.is_none() {
                        let text = format!(
                            "\"-{}\" is on the #! line, it must also be used on the command line",
                            char::from(letter)
                        );
                        return Err(BadSwitch::with_status(text, LINE));
                    }
                    if place != Place::Line && self.taint != Some(b'T') {
                        self.taint = Some(letter);
                    }
                }
                b'f' if place == Place::Line => return Err(not_on_line(letter)),
                b'f' | b'U' => {}
                b'd' | b'u' => {
                    return Err(BadSwitch::new(format!(
                        "-{} is not supported by keshi",
                        char::from(letter)
                    )));
                }
                b'-' if place == Place::CommandLine => match s.first() {
                    None | Some(b' ') => self.ended = true,
                    Some(_) => {
                        let rest = String::from_utf8_lossy(s);
                        return Err(unrecognized(&format!("--{rest}")));
                    }
                },
                b'-' | b'\r' | b'\n' => {}
                b' ' => {
                    // `-w -T` inside one argument, as a #! line gives it
                    while let [b' ' | b'-', tail @ ..] = s {
                        s = tail;
                    }
                }
                _ if place == Place::Line => {
                    let text = format!(
                        "Unrecognized switch: -{}  (-h will show valid options)",
                        char::from(letter)
                    );
                    return Err(BadSwitch::with_status(text, LINE));
                }
                _ => return Err(unrecognized(&format!("-{}", char::from(letter)))),
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
            .ok_or_else(|| BadSwitch::new(format!("No {what} -{}.", char::from(letter))))
    }
}

fn unrecognized(text: &str) -> BadSwitch {
    BadSwitch::new(format!(
        "Unrecognized switch: {text}  (-h will show valid options)."
    ))
}

/// A switch that only the command line may have.
fn not_on_line(letter: u8) -> BadSwitch {
    let text = format!("Can't emulate -{} on #! line", char::from(letter));
    BadSwitch::with_status(text, LINE)
}

/// Where the switches begin in the text of a `#!` line that is about us.
pub fn names_us(text: &[u8]) -> Option<usize> {
    let find = |word: &[u8]| text.windows(word.len()).position(|w| w == word);
    find(b"perl")
        .map(|at| at + 4)
        .or_else(|| find(b"keshi").map(|at| at + 5))
}
