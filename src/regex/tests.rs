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
    let found = regex.exec(subject.as_bytes(), false, 0, ExecOpts::default(), &mut caps, &mut NoExecHooks);
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
    assert_eq!(quick("(?<n>\\w+) \\k<n>", "", "the the").as_deref(), Some("the the,the"));
    assert_eq!(quick("^b", "m", "a\nb").as_deref(), Some("b"));
    assert_eq!(quick("x{2,}?", "", "xxxx").as_deref(), Some("xx"));
}

/// What a measuring run is given as standard input.
fn given() -> Vec<u8> {
    let mut text = Vec::new();
    let mut part = vec![0; 1 << 16];
    while let Ok(n @ 1..) = crate::sys::blocking::read(0, &mut part) {
        text.extend_from_slice(&part[..n]);
    }
    text
}

/// Reads lines `pattern TAB answer`, as `t/regex-messages.tsv` of a measuring run.
#[test]
#[ignore = "measures what it is given as standard input"]
fn messages() {
    let text = given();
    let (mut good, mut all) = (0, 0);
    for line in text.split(|b| *b == b'\n') {
        let Some(tab) = line.iter().position(|b| *b == b'\t') else { continue };
        let (pattern, want) = (&line[..tab], &line[tab + 1..]);
        all += 1;
        let got = match Regex::compile(&PatternSource::new(pattern, false), Flags::NONE, &mut NoHooks) {
            Ok(regex) => {
                if !regex.has_code() && regex.native_text(false).is_some() {
                    let mut caps = Captures::default();
                    let _ = regex.exec(b"abc", false, 0, ExecOpts::default(), &mut caps, &mut NoExecHooks);
                }
                b"ok".to_vec()
            }
            Err(error) => error.text.chars().map(|c| c as u32 as u8).collect(),
        };
        if got == want {
            good += 1;
        } else {
            println!("{}\n  want {}\n  got  {}", String::from_utf8_lossy(pattern), String::from_utf8_lossy(want), String::from_utf8_lossy(&got));
        }
    }
    println!("{good} of {all} messages");
}

fn unhex(text: &str) -> Vec<u8> {
    if text == "-" {
        return Vec::new();
    }
    (0..text.len() / 2).filter_map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()).collect()
}

fn all_matches(regex: &Regex, subject: &[u8], utf8: bool) -> String {
    let mut caps = Captures::default();
    let (mut at, mut empty, mut out) = (0, false, Vec::new());
    loop {
        let opts = ExecOpts { not_empty_at_start: empty, g_pos: Some(at), ..ExecOpts::default() };
        match regex.exec(subject, utf8, at, opts, &mut caps, &mut NoExecHooks) {
            Ok(true) => {}
            _ => return out.join(","),
        }
        let Some((from, to)) = caps.get(0) else { return out.join(",") };
        out.push(format!("{from}-{to}"));
        empty = from == to;
        at = to;
    }
}

fn pieces(regex: &Regex, subject: &[u8], utf8: bool, limit: i64) -> String {
    let mut caps = Captures::default();
    let mut out = Vec::new();
    let by = Separator::Pattern(regex);
    let _ = split(by, subject, utf8, limit, &mut NoExecHooks, &mut caps, &mut out);
    let text = |piece: &Piece| match piece {
        Piece::Text(a, b) => subject[*a..*b].iter().map(|b| format!("{b:02x}")).collect::<String>() + ".",
        Piece::Undef => "~".to_string(),
    };
    out.iter().map(text).collect::<Vec<_>>().join(",")
}

fn judge(fields: &[&str], own: bool) -> Result<(), String> {
    let (pattern, utf8) = (unhex(fields[0]), fields[1] == "1");
    let letters = if fields[2] == "-" { "" } else { fields[2] };
    let (subject, subject_utf8) = (unhex(fields[3]), fields[4] == "1");
    let flags = Flags::from_letters(letters).ok_or("flags")?;
    let regex = match Regex::compile(&PatternSource::new(&pattern, utf8), flags, &mut NoHooks) {
        Ok(regex) => regex,
        Err(error) => {
            let got: Vec<u8> = match utf8 {
                true => error.text.into_bytes(),
                false => error.text.chars().map(|c| c as u32 as u8).collect(),
            };
            return match fields[5].strip_prefix("c:") {
                Some(want) if unhex(want) == got => Ok(()),
                Some(want) => Err(format!("want {}\n   got {}", String::from_utf8_lossy(&unhex(want)), String::from_utf8_lossy(&got))),
                None => Err(String::from_utf8_lossy(&got).into_owned()),
            };
        }
    };
    let mut caps = Captures::default();
    if let Some(want) = fields[5].strip_prefix("g:") {
        let got = all_matches(&regex, &subject, subject_utf8);
        return if got == want { Ok(()) } else { Err(format!("want g:{want}\n   got g:{got}")) };
    }
    if let Some((limit, want)) = fields[5].strip_prefix("s:").and_then(|t| t.split_once(':')) {
        let got = pieces(&regex, &subject, subject_utf8, limit.parse().unwrap_or(0));
        return if got == want { Ok(()) } else { Err(format!("{limit} want s:{want}\n   got s:{got}")) };
    }
    let opts = ExecOpts { g_pos: Some(0), ..ExecOpts::default() };
    let found = match own {
        true => regex.exec_by_own_engine(&subject, subject_utf8, 0, &mut caps, &mut NoExecHooks),
        false => regex.exec(&subject, subject_utf8, 0, opts, &mut caps, &mut NoExecHooks),
    };
    let got = match found {
        Ok(true) => {
            let offsets: Vec<String> = (0..caps.offsets.len().max(1))
                .map(|g| caps.get(g).map_or("~".into(), |(a, b)| format!("{a}-{b}")))
                .collect();
            let text = |group: u32| match caps.get(group as usize) {
                Some((a, b)) if group > 0 => {
                    subject[a..b].iter().map(|b| format!("{b:02x}")).collect::<String>() + "."
                }
                _ => "~".to_string(),
            };
            let mut offsets = offsets;
            // perl stops its list at the last group that is set in some cases
            while offsets.last().is_some_and(|o| o == "~") {
                offsets.pop();
            }
            format!("y:{}\t{}\t{}", offsets.join(","), text(caps.last_paren), text(caps.last_close))
        }
        Ok(false) => "n".to_string(),
        Err(error) => format!("{error:?}"),
    };
    let mut want = fields[5..].join("\t");
    if let Some((head, tail)) = want.clone().split_once('\t') {
        want = format!("{}\t{tail}", head.trim_end_matches(",~"));
    }
    if fields[5].starts_with('t') || got == want {
        return Ok(());
    }
    Err(format!("want {want}\n   got {got}\n   text {:?}", regex.native_text(subject_utf8)))
}

/// Judged cases, made by a script that asks the real perl.
#[test]
#[ignore = "measures what it is given as standard input"]
fn judged_cases() {
    let text = String::from_utf8_lossy(&given()).into_owned();
    let own = text.starts_with("own\n");
    let (mut good, mut all) = (0, 0);
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < 6 {
            continue;
        }
        all += 1;
        match judge(&fields, own) {
            Ok(()) => good += 1,
            Err(why) => println!(
                "/{}/{} on {:?} utf8={}\n   {why}",
                String::from_utf8_lossy(&unhex(fields[0])),
                fields[2],
                String::from_utf8_lossy(&unhex(fields[3])),
                fields[4]
            ),
        }
    }
    println!("{good} of {all} cases, {:.2}%", 100.0 * f64::from(good) / f64::from(all.max(1)));
}

/// Times of short matches, for measuring by hand.
#[test]
#[ignore = "measures"]
fn speed() {
    let cases: &[(&str, &str, &str)] = &[
        ("foo", "", "some foo here"),
        ("^foo", "", "foobar"),
        ("(\\d+)-(\\d+)", "", "on 2024-11 it"),
        ("\\s+$", "", "text with trailing   "),
        ("^\\s*(\\w+)\\s*=\\s*(.*)$", "", "  key = some value"),
        ("FAILED|timeout", "i", "an ordinary line of log text"),
        ("^$", "", "x"),
        ("\\bfoo\\b", "", "a bar foo baz"),
        ("[aeiou]", "", "rhythm and"),
        ("\\b\\w+\\b", "u", "some words in a line"),
        ("\\b(?:alice|bob|carol)\\b", "u", "some words in a line with no name but then bob comes"),
        ("(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))(?:alice|bob|carol)(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))", "u", "some words in a line with no name but then bob comes"),
    ];
    for utf8 in [false, true] {
        for (pattern, letters, subject) in cases {
            let flags = Flags::from_letters(letters).unwrap_or_default();
            let Ok(regex) = Regex::compile(&PatternSource::new(pattern.as_bytes(), false), flags, &mut NoHooks) else { continue };
            let mut caps = Captures::default();
            let count = 1_000_000;
            let run = |caps: &mut Captures| regex.exec(subject.as_bytes(), utf8, 0, ExecOpts::default(), caps, &mut NoExecHooks);
            for _ in 0..10 {
                let _ = run(&mut caps);
            }
            let start = std::time::Instant::now();
            for _ in 0..count {
                let _ = std::hint::black_box(run(&mut caps));
            }
            println!("{pattern:30} utf8={utf8} {:6.1} ns", start.elapsed().as_secs_f64() * 1e9 / f64::from(count));
        }
    }
    for pattern in ["foo", "(\\d+)-(\\d+)", "^\\s*(\\w+)\\s*=\\s*(.*)$", "[a-z0-9_.]+@[a-z]+(?:\\.[a-z]+)*"] {
        let count = 20_000;
        let start = std::time::Instant::now();
        for _ in 0..count {
            let _ = std::hint::black_box(Regex::compile(&PatternSource::new(pattern.as_bytes(), false), Flags::NONE, &mut NoHooks));
        }
        let parse = start.elapsed().as_secs_f64() * 1e9 / f64::from(count);
        let start = std::time::Instant::now();
        for _ in 0..count {
            if let Ok(regex) = Regex::compile(&PatternSource::new(pattern.as_bytes(), false), Flags::NONE, &mut NoHooks) {
                let _ = regex.exec(b"xyz", false, 0, ExecOpts::default(), &mut Captures::default(), &mut NoExecHooks);
            }
        }
        println!("{pattern:30} compile {parse:.0} ns, with first use {:.0} ns", start.elapsed().as_secs_f64() * 1e9 / f64::from(count));
    }
}

/// The cost of compiling, for a profiler.
#[test]
#[ignore = "measures"]
fn compile_cost() {
    for _ in 0..20_000 {
        for pattern in ["foo", "^\\s*(\\w+)\\s*=\\s*(.*)$"] {
            let _ = std::hint::black_box(Regex::compile(&PatternSource::new(pattern.as_bytes(), false), Flags::NONE, &mut NoHooks));
        }
    }
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
        Ok(CodeValue { truth: state.at % 2 == 0, handle: state.at as u32 })
    }

    fn postponed(&mut self, index: u32, _state: &MatchState<'_>) -> Result<std::rc::Rc<Regex>, Abort> {
        let text: &[u8] = if index == 2 { b"b+" } else { b"(?:a(??{3})b)?" };
        Regex::compile(&PatternSource::new(text, false), evaluating(), &mut Numbers).map_err(|_| Abort)
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
    fn code_block(&mut self, code: &str, _postponed: bool, _allowed: bool) -> Result<Option<u32>, String> {
        code.trim().parse().map(Some).map_err(|_| "no number".to_string())
    }
}

fn evaluating() -> Flags {
    Flags::NONE.with(Flags::EVAL, true)
}

fn with_code(pattern: &str, subject: &str, notes: &mut Notes) -> Result<Option<(Captures, String)>, ExecError> {
    let source = PatternSource::new(pattern.as_bytes(), false);
    let Ok(regex) = Regex::compile(&source, evaluating(), &mut Numbers) else { return Ok(None) };
    let mut caps = Captures::default();
    let found = regex.exec(subject.as_bytes(), false, 0, ExecOpts::default(), &mut caps, notes)?;
    let text = caps.get(0).map(|(a, b)| subject[a..b].to_string()).unwrap_or_default();
    Ok(found.then_some((caps, text)))
}

#[test]
fn code_blocks() {
    let mut notes = Notes::default();
    let found = with_code("a*(?{0})a", "aaa", &mut notes);
    assert!(matches!(&found, Ok(Some((caps, text))) if text == "aaa" && caps.code_result == Some(2)));
    assert_eq!((notes.places.as_slice(), notes.depth, notes.rewinds), (&[3, 2][..], 1, 1));
    let found = with_code("\\w(?(?{1})x|y)", "axbxcy", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "cy" || text == "bx"));
    let found = with_code("^(??{3})$", "aaabbb", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "aaabbb"));
    assert!(matches!(with_code("^(??{3})$", "aaabb", &mut Notes::default()), Ok(None)));
    let found = with_code("a(??{2})b", "abbb", &mut Notes::default());
    assert!(matches!(&found, Ok(Some((_, text))) if text == "abbb"));
    assert_eq!(with_code("a(?{9})", "a", &mut Notes::default()).err(), Some(ExecError::Abort));
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
        let regex = Regex::compile(&PatternSource::new(pattern.as_bytes(), false), Flags::NONE, &mut NoHooks);
        let mut bell = Bell(std::cell::Cell::new(0), 0);
        regex.map(|r| r.exec(subject, false, 0, ExecOpts::default(), &mut Captures::default(), &mut bell))
    };
    // A backreference keeps memory from helping.
    let aborted = run("^(?:(a+)\\1?)+$(?!b)\\1", &[b"a".repeat(40), b"c".to_vec()].concat());
    assert!(matches!(aborted, Ok(Err(ExecError::Abort) | Ok(false))));
    // Remembering what failed makes this one linear.
    let subject = format!("{}c", "a".repeat(60));
    assert_eq!(quick("^(?:a|aa)+$", "", &subject), None);
    let long = [b"x ".repeat(4 << 20), b"needle7".to_vec()].concat();
    assert_eq!(run("needle\\d", &long).ok(), Some(Err(ExecError::Abort)));
}

/// Lines `pattern TAB ok-or-DIE TAB warnings...` as the real perl gave them.
#[test]
#[ignore = "measures what it is given as standard input"]
fn warnings_match() {
    let text = String::from_utf8_lossy(&given()).into_owned();
    let (mut good, mut all) = (0, 0);
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let source = PatternSource::new(fields[0].as_bytes(), false);
        let (result, warnings) = match Regex::compile(&source, Flags::NONE, &mut NoHooks) {
            Ok(regex) => ("ok".to_string(), regex.warnings().to_vec()),
            Err(error) => (format!("DIE {}", error.text), error.warnings),
        };
        let got: Vec<String> = std::iter::once(result)
            .chain(warnings.into_iter().filter(|w| !matches!(w.category, Category::Experimental(_))).map(|w| w.text))
            .collect();
        all += 1;
        if got == fields[1..] {
            good += 1;
        } else {
            println!("{}\n  want {:?}\n  got  {got:?}", fields[0], &fields[1..]);
        }
    }
    println!("{good} of {all} warnings");
}

/// A small generator of numbers, so that a failure can be run again by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
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
        "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "\\", "^", "$", ".", "-", ":", "(?", "(?:", "(?<", "(?<n>",
        "(?{", "(??{", "(?[", "])", "(*", "(?(", "(?|", "(?#", "(?i", "(?x)", "\\x{", "\\p{", "\\N{", "\\g{", "\\k<",
        "\\1", "\\b{", "\\o{", "\\c", "[[:", ":]", "&", "!", "#", "\n", " ", ",", "1", "2", "9999999999", "a", "b", "n>", "x",
        "L", "\\w", "\\d", "\\b", "\\K", "\\G", "\\R", "\\X", "\\h", "(?R)", "(?1)", "(?&n)", "(*ACCEPT)", "(*SKIP)", "(*PRUNE)",
        "é", "ß", "\u{100}", "\u{1F600}", "(?=", "(?!", "(?<=", "(?<!", "(?>", "{2}", "{1,3}", "??", "*+", "\\x{110000}", "\\x{D800}",
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
        let bits = [0, Flags::I, Flags::X, Flags::M | Flags::S, Flags::N, Flags::EVAL][dice.roll(6)];
        let (pattern_utf8, utf8) = (dice.roll(2) == 1, dice.roll(2) == 1);
        let source = PatternSource::new(&pattern, pattern_utf8);
        let Ok(regex) = Regex::compile(&source, Flags::NONE.with(bits, true), &mut Numbers) else { continue };
        if regex.has_code() {
            continue;
        }
        let mut caps = Captures::default();
        let mut own = Captures::default();
        let mut hooks = || Patience(std::cell::Cell::new(0));
        let a = regex.exec(&subject, utf8, 0, ExecOpts::default(), &mut caps, &mut hooks());
        let b = regex.exec_by_own_engine(&subject, utf8, 0, &mut own, &mut hooks());
        let verbs = memchr::memmem::find(&pattern, b"(*").is_some();
        if let (Ok(a), Ok(b), false) = (a, b, verbs) {
            assert_eq!(a, b, "seed {seed}: /{}/ on {subject:?}", String::from_utf8_lossy(&pattern));
            if a {
                assert_eq!(caps.get(0), own.get(0), "seed {seed}: /{}/ on {subject:?}", String::from_utf8_lossy(&pattern));
            }
        }
    }
}

#[test]
fn long_word_lists() {
    let words: Vec<String> = (0..20_000).map(|i: u32| format!("w{:x}q", i.wrapping_mul(2_654_435_761))).collect();
    let source = words.join("|");
    let Ok(regex) = Regex::compile(&PatternSource::new(source.as_bytes(), false), Flags::NONE, &mut NoHooks) else { return };
    let mut caps = Captures::default();
    let subject = format!("{} {}", "x w1 w2 ".repeat(1000), words[19_999]);
    let found = regex.exec(subject.as_bytes(), false, 0, ExecOpts::default(), &mut caps, &mut NoExecHooks);
    assert_eq!((found, caps.get(0).map(|s| s.0)), (Ok(true), Some(8001)));
}
