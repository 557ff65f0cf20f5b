//! What cannot be asked from Perl yet: the front end's messages and both engines' answers.

use super::*;

fn quick(pattern: &str, letters: &str, subject: &str) -> Option<String> {
    let flags = Flags::from_letters(letters).unwrap_or_default();
    let source = PatternSource::new(pattern.as_bytes(), false);
    let regex = match Regex::compile(&source, flags, &mut NoHooks) {
        Ok(regex) => regex,
        Err(error) => return Some(error.text),
    };
    let mut caps = Captures::default();
    let found = regex.exec(
        subject.as_bytes(),
        false,
        0,
        ExecOpts::default(),
        &mut caps,
        &mut NoExecHooks,
    );
    match found {
        Ok(true) => {
            let texts: Vec<String> = (0..caps.offsets.len())
                .map(|group| match caps.get(group) {
                    Some((from, to)) => subject[from..to].to_string(),
                    None => "~".to_string(),
                })
                .collect();
            Some(texts.join(","))
        }
        Ok(false) => None,
        Err(error) => Some(format!("{error:?}")),
    }
}

#[test]
fn matches() {
    assert_eq!(quick("(a)(b)?", "", "xac").as_deref(), Some("a,a,~"));
    assert_eq!(quick("foo", "", "a foo b").as_deref(), Some("foo"));
    assert_eq!(quick("FOO$", "i", "a foo\n").as_deref(), Some("foo"));
    assert_eq!(
        quick("(?<n>\\w+) \\k<n>", "", "the the").as_deref(),
        Some("the the,the")
    );
    assert_eq!(quick("^b", "m", "a\nb").as_deref(), Some("b"));
    assert_eq!(quick("x{2,}?", "", "xxxx").as_deref(), Some("xx"));
}

/// Hooks that note what is asked of them: block 0 records `pos`, block 1 is true at even places,
/// block 2 gives the pattern `b+`, block 3 the pattern `(?:a(??{3})b)?`.
#[derive(Default)]
struct Notes {
    places: Vec<usize>,
    depth: usize,
    rewinds: usize,
}

impl ExecHooks for Notes {
    fn code_block(&mut self, index: u32, state: &MatchState<'_>) -> Result<CodeValue, Abort> {
        self.depth += 1;
        if index == 0 {
            self.places.push(state.at);
        }
        if index == 9 {
            return Err(Abort);
        }
        Ok(CodeValue {
            truth: state.at % 2 == 0,
            handle: state.at as u32,
        })
    }

    fn postponed(
        &mut self,
        index: u32,
        _state: &MatchState<'_>,
    ) -> Result<std::rc::Rc<Regex>, Abort> {
        let text: &[u8] = if index == 2 { b"b+" } else { b"(?:a(??{3})b)?" };
        Regex::compile(&PatternSource::new(text, false), evaluating(), &mut Numbers)
            .map_err(|_| Abort)
    }

    fn saves_mark(&mut self) -> usize {
        self.depth
    }

    fn rewind_saves(&mut self, mark: usize) {
        self.rewinds += 1;
        self.depth = mark;
    }
}

/// Takes the code of a block for its number.
struct Numbers;

impl CompileHooks for Numbers {
    fn code_block(
        &mut self,
        code: &str,
        _postponed: bool,
        _allowed: bool,
    ) -> Result<Option<u32>, String> {
        code.trim()
            .parse()
            .map(Some)
            .map_err(|_| "no number".to_string())
    }
}

fn evaluating() -> Flags {
    Flags::NONE.with(Flags::EVAL, true)
}

fn with_code(
    pattern: &str,
    subject: &str,
    notes: &mut Notes,
) -> Result<Option<(Captures, String)>, ExecError> {
    let source = PatternSource::new(pattern.as_bytes(), false);
    let Ok(regex) = Regex::compile(&source, evaluating(), &mut Numbers) else {
        return Ok(None);
    };
    let mut caps = Captures::default();
    let found = regex.exec(
        subject.as_bytes(),
        false,
        0,
        ExecOpts::default(),
        &mut caps,
        notes,
    )?;
    let text = caps
        .get(0)
        .map(|(a, b)| subject[a..b].to_string())
        .unwrap_or_default();
    Ok(found.then_some((caps, text)))
}

#[test]
fn code_blocks() {
    let mut notes = Notes::default();
    let found = with_code("a*(?{0})a", "aaa", &mut notes);
    assert!(
        matches!(&found, Ok(Some((caps, text))) if text == "aaa" && caps.code_result == Some(2))
    );
    assert_eq!(
        (notes.places.as_slice(), notes.depth, notes.rewinds),
        (&[3, 2][..], 1, 1)
    );
    let found = with_code("\\w(?(?{1})x|y)", "axbxcy", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "cy" || text == "bx"));
    let found = with_code("^(??{3})$", "aaabbb", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "aaabbb"));
    assert!(matches!(
        with_code("^(??{3})$", "aaabb", &mut Notes::default()),
        Ok(None)
    ));
    let found = with_code("a(??{2})b", "abbb", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "abbb"));
    assert_eq!(
        with_code("a(?{9})", "a", &mut Notes::default()).err(),
        Some(ExecError::Abort)
    );
}

/// Answers signals a few times, then dies.
struct Bell(std::cell::Cell<u32>, u32);

impl ExecHooks for Bell {
    fn pending(&self) -> bool {
        self.0.set(self.0.get() + 1);
        self.0.get() % 8 == 0
    }

    fn on_pending(&mut self) -> Result<(), Abort> {
        self.1 += 1;
        if self.1 > 3 { Err(Abort) } else { Ok(()) }
    }
}

#[test]
fn long_matches_are_interrupted() {
    let run = |pattern: &str, subject: &[u8]| {
        let regex = Regex::compile(
            &PatternSource::new(pattern.as_bytes(), false),
            Flags::NONE,
            &mut NoHooks,
        );
        let mut bell = Bell(std::cell::Cell::new(0), 0);
        regex.map(|r| {
            r.exec(
                subject,
                false,
                0,
                ExecOpts::default(),
                &mut Captures::default(),
                &mut bell,
            )
        })
    };
    // A backreference keeps memory from helping.
    let aborted = run(
        "^(?:(a+)\\1?)+$(?!b)\\1",
        &[b"a".repeat(40), b"c".to_vec()].concat(),
    );
    assert!(matches!(aborted, Ok(Err(ExecError::Abort) | Ok(false))));
    // Remembering what failed makes this one linear.
    let subject = format!("{}c", "a".repeat(60));
    assert_eq!(quick("^(?:a|aa)+$", "", &subject), None);
    let long = [b"x ".repeat(4 << 20), b"needle7".to_vec()].concat();
    assert_eq!(run("needle\\d", &long).ok(), Some(Err(ExecError::Abort)));
}

/// A small generator of numbers, so that a failure can be run again by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// Stops a match that runs on.
struct Patience(std::cell::Cell<u32>);

impl ExecHooks for Patience {
    fn pending(&self) -> bool {
        self.0.set(self.0.get() + 1);
        self.0.get() > 30
    }

    fn on_pending(&mut self) -> Result<(), Abort> {
        Err(Abort)
    }
}

/// No text whatever makes the front end or an engine panic, and both engines agree.
#[test]
fn garbage() {
    const PARTS: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "*",
        "+",
        "?",
        "|",
        "\\",
        "^",
        "$",
        ".",
        "-",
        ":",
        "(?",
        "(?:",
        "(?<",
        "(?<n>",
        "(?{",
        "(??{",
        "(?[",
        "])",
        "(*",
        "(?(",
        "(?|",
        "(?#",
        "(?i",
        "(?x)",
        "\\x{",
        "\\p{",
        "\\N{",
        "\\g{",
        "\\k<",
        "\\1",
        "\\b{",
        "\\o{",
        "\\c",
        "[[:",
        ":]",
        "&",
        "!",
        "#",
        "\n",
        " ",
        ",",
        "1",
        "2",
        "9999999999",
        "a",
        "b",
        "n>",
        "x",
        "L",
        "\\w",
        "\\d",
        "\\b",
        "\\K",
        "\\G",
        "\\R",
        "\\X",
        "\\h",
        "(?R)",
        "(?1)",
        "(?&n)",
        "(*ACCEPT)",
        "(*SKIP)",
        "(*PRUNE)",
        "é",
        "ß",
        "\u{100}",
        "\u{1F600}",
        "(?=",
        "(?!",
        "(?<=",
        "(?<!",
        "(?>",
        "{2}",
        "{1,3}",
        "??",
        "*+",
        "\\x{110000}",
        "\\x{D800}",
    ];
    for seed in 0..3000 {
        let mut dice = Dice(seed);
        let mut pattern = Vec::new();
        for _ in 0..dice.roll(12) {
            match dice.roll(40) {
                0 => pattern.push(dice.roll(256) as u8),
                _ => pattern.extend_from_slice(PARTS[dice.roll(PARTS.len())].as_bytes()),
            }
        }
        let mut subject = Vec::new();
        for _ in 0..dice.roll(8) {
            match dice.roll(8) {
                0 => subject.push(dice.roll(256) as u8),
                1 => subject.extend_from_slice("é\u{1F600}ß".as_bytes()),
                2 => subject.extend_from_slice(&[0xF4, 0x90, 0x80, 0x80]),
                _ => subject.push(b"ab1 \nx_"[dice.roll(7)]),
            }
        }
        let bits = [
            0,
            Flags::I,
            Flags::X,
            Flags::M | Flags::S,
            Flags::N,
            Flags::EVAL,
        ][dice.roll(6)];
        let (pattern_utf8, utf8) = (dice.roll(2) == 1, dice.roll(2) == 1);
        let source = PatternSource::new(&pattern, pattern_utf8);
        let Ok(regex) = Regex::compile(&source, Flags::NONE.with(bits, true), &mut Numbers) else {
            continue;
        };
        if regex.has_code() {
            continue;
        }
        let mut caps = Captures::default();
        let mut own = Captures::default();
        let hooks = || Patience(std::cell::Cell::new(0));
        let a = regex.exec(
            &subject,
            utf8,
            0,
            ExecOpts::default(),
            &mut caps,
            &mut hooks(),
        );
        let b = regex.exec_by_own_engine(&subject, utf8, 0, &mut own, &mut hooks());
        let verbs = memchr::memmem::find(&pattern, b"(*").is_some();
        if let (Ok(a), Ok(b), false) = (a, b, verbs) {
            assert_eq!(
                a,
                b,
                "seed {seed}: /{}/ on {subject:?}",
                String::from_utf8_lossy(&pattern)
            );
            if a {
                assert_eq!(
                    caps.get(0),
                    own.get(0),
                    "seed {seed}: /{}/ on {subject:?}",
                    String::from_utf8_lossy(&pattern)
                );
            }
        }
    }
}

#[test]
fn long_word_lists() {
    let words: Vec<String> = (0..20_000)
        .map(|i: u32| format!("w{:x}q", i.wrapping_mul(2_654_435_761)))
        .collect();
    let source = words.join("|");
    let Ok(regex) = Regex::compile(
        &PatternSource::new(source.as_bytes(), false),
        Flags::NONE,
        &mut NoHooks,
    ) else {
        return;
    };
    let mut caps = Captures::default();
    let subject = format!("{} {}", "x w1 w2 ".repeat(1000), words[19_999]);
    let found = regex.exec(
        subject.as_bytes(),
        false,
        0,
        ExecOpts::default(),
        &mut caps,
        &mut NoExecHooks,
    );
    assert_eq!((found, caps.get(0).map(|s| s.0)), (Ok(true), Some(8001)));
}
