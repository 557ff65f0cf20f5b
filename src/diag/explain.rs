//! A message with the line it speaks of, a mark under the place, and a hint. The message itself stays perl's.
use super::advice;
use super::texts::Texts;
use std::fmt::Write;

const RED: &str = "\x1b[1;31m";
const BLUE: &str = "\x1b[34m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// What is added behind each line of a message.
pub fn explain(message: &str, texts: &Texts) -> String {
    let mut out = String::new();
    let mut shown = None;
    for line in message.split_inclusive('\n') {
        out.push_str(line);
        let text = line.trim_end_matches('\n');
        let Some(place) = Place::of(text) else {
            continue;
        };
        if !line.ends_with('\n') {
            out.push('\n');
        }
        let at = (place.file.to_owned(), place.line);
        if shown.as_ref() != Some(&at) {
            excerpt(&mut out, text, &place, texts);
            shown = Some(at);
        }
        if let Some(hint) = advice::hint(text) {
            let _ = if texts.colour {
                writeln!(out, "  {GREEN}hint:{PLAIN} {hint}")
            } else {
                writeln!(out, "  hint: {hint}")
            };
        }
    }
    out
}

/// The ` at FILE line N` of a message.
struct Place<'a> {
    what: &'a str,
    file: &'a str,
    line: u32,
}

impl Place<'_> {
    fn of(text: &str) -> Option<Place<'_>> {
        let mut from = 0;
        while let Some(found) = text[from..].find(" line ") {
            let at = from + found;
            from = at + 6;
            let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
            let Some(before) = text[..at].rfind(" at ").filter(|_| digits > 0) else {
                continue;
            };
            return Some(Place {
                what: &text[..before],
                file: &text[before + 4..at],
                line: text[from..from + digits].parse().ok()?,
            });
        }
        None
    }
}

fn excerpt(out: &mut String, message: &str, place: &Place<'_>, texts: &Texts) {
    let Some(line) = texts.line(place.file, place.line) else {
        return;
    };
    // a tab would set the mark off
    let line = line.trim_end().replace('\t', "    ");
    if line.trim().is_empty() {
        return;
    }
    let (start, len) = span(&line, message, place.what);
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let before = " ".repeat(line[..start].chars().count());
    let mark = "^".repeat(line[start..start + len].chars().count().max(1));
    let _ = if texts.colour {
        write!(
            out,
            "  {BLUE}{number} |{PLAIN} {line}\n  {BLUE}{margin} |{PLAIN} {before}{RED}{mark}{PLAIN}\n"
        )
    } else {
        write!(out, "  {number} | {line}\n  {margin} | {before}{mark}\n")
    };
}

/// The part of a line a message speaks of: what it quotes, else the whole statement.
fn span(line: &str, message: &str, what: &str) -> (usize, usize) {
    if let Some((_, near)) = message.rsplit_once(", near \"") {
        let near = near.split('\n').next().unwrap_or("").trim_end_matches('"');
        if let Some(at) = line.find(near).filter(|_| !near.is_empty()) {
            return (at, near.len());
        }
    }
    for name in named(what) {
        if let Some(at) = find_name(line, name) {
            return (at, name.len());
        }
    }
    let start = line.len() - line.trim_start().len();
    let code = line[start..].trim_end_matches([' ', ';']);
    (start, code.len())
}

/// The names in a message, in the order in which they tell most: variables, then what is in quotes.
fn named(what: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in what.split([' ', ',', '(', ')']) {
        let word = word.trim_matches(['"', '.', ';']);
        if word.len() > 1 && word.starts_with(['$', '@', '%', '&']) {
            out.push(word);
        }
    }
    let mut rest = what;
    while let Some(at) = rest.find('"') {
        let inner = &rest[at + 1..];
        let Some(end) = inner.find('"') else { break };
        if end > 0 {
            out.push(&inner[..end]);
        }
        rest = &inner[end + 1..];
    }
    for part in out.clone() {
        // `main::name` is written as `name`
        if let Some((_, short)) = part.rsplit_once("::") {
            out.push(short);
        }
    }
    out
}

/// A name in a line, not as the part of a longer one.
fn find_name(line: &str, name: &str) -> Option<usize> {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(name).map(|(at, _)| at).find(|&at| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !(part(before) && part(name.chars().next()))
            && !(part(after) && part(name.chars().next_back()))
    })
}
