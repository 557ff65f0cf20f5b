//! Reads TAP: what a test file said about itself.

/// What a run of a test file adds up to.
#[derive(Debug, Default)]
pub struct Tap {
    /// Tests that were reported.
    pub count: usize,
    /// Why the whole file was skipped.
    pub skipped: Option<String>,
    /// Complaints; none if all is well.
    pub wrong: Vec<String>,
}

/// Reads the standard output of a test file.
pub fn read(text: &str) -> Tap {
    let mut tap = Tap::default();
    let mut plan = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("1..") {
            let (number, comment) = rest.split_once('#').unwrap_or((rest, ""));
            plan = number.trim().parse::<usize>().ok();
            let comment = comment.trim();
            if plan == Some(0) {
                let why = comment.get(..4).filter(|w| w.eq_ignore_ascii_case("skip"));
                tap.skipped = Some(why.map_or("no tests", |_| comment[4..].trim()).to_string());
            }
        } else if let Some(why) = line.strip_prefix("Bail out!") {
            tap.wrong.push(format!("bailed out: {}", why.trim()));
        } else if let Some(rest) = after_word(line, "not ok") {
            point(&mut tap, rest, false);
        } else if let Some(rest) = after_word(line, "ok") {
            point(&mut tap, rest, true);
        }
    }
    match plan {
        None => tap.wrong.push(format!("no plan ({} tests ran)", tap.count)),
        Some(n) if n != tap.count => tap
            .wrong
            .push(format!("planned {n} tests, ran {}", tap.count)),
        _ => {}
    }
    tap
}

fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.strip_prefix(word)
        .filter(|r| r.is_empty() || r.starts_with(' '))
}

fn point(tap: &mut Tap, rest: &str, good: bool) {
    tap.count += 1;
    let rest = rest.trim_start();
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if let Ok(number) = rest[..digits].parse::<usize>()
        && number != tap.count
    {
        tap.wrong
            .push(format!("test {number} came as number {}", tap.count));
        tap.count = number;
    }
    let todo = rest.to_ascii_uppercase().contains("# TODO");
    if !good && !todo {
        tap.wrong.push(format!("not ok {rest}"));
    }
}
