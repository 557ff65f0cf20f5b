//! A message with the line it speaks of, a mark under the place, and a hint. The message itself stays perl's.
use super::advice;
use super::layout::laid_out;
use super::texts::{Place as Part, Texts};
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
        let excerpt = excerpt(text, &place, texts);
        if excerpt != shown {
            out.push_str(excerpt.as_deref().unwrap_or(""));
            shown = excerpt;
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

/// The line a message speaks of, with a mark under the part. Where the program's code was compiled with its places
/// that part is known; else it is what the message names, or the statement.
fn excerpt(message: &str, place: &Place<'_>, texts: &Texts) -> Option<String> {
    let near = message.rsplit_once(", near \"").map(|(_, near)| near);
    let known = texts.place(place.file, place.line);
    let exact = known.filter(|_| near.is_none());
    let part = exact
        .clone()
        .or_else(|| texts.line(place.file, place.line))?;
    let find = |code: &str| span(code, near, place.what, exact.is_some());
    marked(&part, find, texts.colour)
}

/// The line a part of a text begins on, marked.
pub fn show(part: &Part, texts: &Texts) -> Option<String> {
    marked(part, |code| span(code, None, "", true), texts.colour)
}

/// The line with a mark under what is found in a part of the text.
fn marked(part: &Part, find: impl FnOnce(&str) -> (usize, usize), colour: bool) -> Option<String> {
    let text = part.source.text();
    let range = part.span.start as usize..part.span.end as usize;
    let code = text.get(range.clone())?;
    let (at, len) = find(code);
    let (start, end) = (range.start + at, range.start + at + len);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[from..].lines().next().unwrap_or("").trim_end();
    if line.trim().is_empty() {
        return None;
    }
    let number = part.source.line(start as u32).to_string();
    let margin = " ".repeat(number.len());
    let (line, before, mark) = laid_out(line, start - from, end - from);
    let (before, mark) = (" ".repeat(before), "^".repeat(mark));
    Some(if colour {
        format!(
            "  {BLUE}{number} |{PLAIN} {line}\n  {BLUE}{margin} |{PLAIN} {before}{RED}{mark}{PLAIN}\n"
        )
    } else {
        format!("  {number} | {line}\n  {margin} | {before}{mark}\n")
    })
}

/// The part of a text a message speaks of: what it quotes, else the whole statement or, where the text is just what it
/// speaks of, its first line.
fn span(code: &str, near: Option<&str>, what: &str, exact: bool) -> (usize, usize) {
    if let Some(near) = near {
        let near = near.split('\n').next().unwrap_or("").trim_end_matches('"');
        if let Some(at) = code.find(near).filter(|_| !near.is_empty()) {
            return (at, near.len());
        }
    }
    for name in named(what) {
        if let Some(at) = find_name(code, name) {
            return (at, name.len());
        }
    }
    let start = code.len() - code.trim_start().len();
    let code = &code[start..];
    let code = if exact {
        code.lines().next().unwrap_or("")
    } else {
        code
    };
    (start, code.trim_end_matches([' ', ';', '\t', '\r']).len())
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
