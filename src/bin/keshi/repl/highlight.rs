//! Colours for Perl text. It only looks ahead a token, as an eye does: what is wrong in rare cases is a colour.

const KEYWORD: &str = "\x1b[1;34m";
const FUNCTION: &str = "\x1b[36m";
const VARIABLE: &str = "\x1b[33m";
const QUOTE: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[35m";
const COMMENT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// The text with colours.
pub fn perl(text: &str) -> String {
    let mut scan = Scan {
        text,
        at: 0,
        out: String::with_capacity(text.len() * 2),
        operand: true,
    };
    while scan.at < text.len() {
        scan.token();
    }
    scan.out
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    out: String,
    /// An operand may begin here: a `/` begins a pattern.
    operand: bool,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn put(&mut self, len: usize, colour: &str) {
        let part = &self.text[self.at..self.at + len];
        if colour.is_empty() {
            self.out.push_str(part);
        } else {
            self.out.push_str(colour);
            self.out.push_str(part);
            self.out.push_str(PLAIN);
        }
        self.at += len;
    }

    fn token(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        match c {
            '#' if self.at == 0 || self.text[..self.at].ends_with(char::is_whitespace) => {
                let len = rest.find('\n').unwrap_or(rest.len());
                self.put(len, COMMENT);
            }
            '"' | '\'' | '`' => {
                self.put(delimited(rest, c), QUOTE);
                self.operand = false;
            }
            '/' if self.operand => {
                let len = delimited(rest, '/');
                self.put(len + flags(&rest[len..]), QUOTE);
                self.operand = false;
            }
            '/' if rest.starts_with("//") => {
                self.put(2, "");
                self.operand = true;
            }
            '$' | '@' | '%' | '&' => self.variable(c),
            '0'..='9' => {
                let len = rest
                    .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
                    .unwrap_or(rest.len());
                self.put(len, NUMBER);
                self.operand = false;
            }
            c if c.is_alphabetic() || c == '_' => self.word(),
            c => {
                self.put(c.len_utf8(), "");
                if !c.is_whitespace() {
                    self.operand = !matches!(c, ')' | ']' | '}');
                }
            }
        }
    }

    fn variable(&mut self, sigil: char) {
        let rest = &self.rest()[1..];
        let len = name_len(rest);
        let special = sigil == '$'
            && len == 0
            && rest.starts_with(|c: char| "!@&_/\\;,.0$<>()[]|\"+-^~=:?'".contains(c));
        if len > 0 {
            self.put(1 + len, VARIABLE);
            self.operand = false;
        } else if special {
            self.put(2, VARIABLE);
            self.operand = false;
        } else {
            self.put(1, if self.operand { VARIABLE } else { "" });
            self.operand = true;
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let len = name_len(rest).max(1);
        let word = &rest[..len];
        let after = &rest[len..];
        let key = after.trim_start().starts_with("=>");
        if !key
            && matches!(
                word,
                "q" | "qq" | "qw" | "qr" | "qx" | "m" | "s" | "tr" | "y"
            )
            && let Some(quote) = quoted(after, matches!(word, "s" | "tr" | "y"))
        {
            self.put(len + quote, QUOTE);
            self.operand = false;
            return;
        }
        let method = self.text[..self.at].ends_with("->");
        let colour = match () {
            () if key || method => "",
            () if keshi::is_keyword(word) => KEYWORD,
            () if super::docs::builtin(word).is_some() => FUNCTION,
            () => "",
        };
        self.operand = !colour.is_empty();
        self.put(len, colour);
    }
}

fn name_len(text: &str) -> usize {
    let len = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':')))
        .unwrap_or(text.len());
    text[..len].trim_end_matches(':').len()
}

/// The length of a quoted text from its opening mark to its closing one, or to the end.
fn delimited(text: &str, close: char) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == close {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// The length of what follows `q`, `s` ...: one delimited text, or two.
fn quoted(text: &str, two: bool) -> Option<usize> {
    let open = text.chars().next()?;
    if open.is_alphanumeric() || open.is_whitespace() || matches!(open, '_' | ',' | ';' | ')' | '=')
    {
        return None;
    }
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    };
    let mut len = nested(text, open, close);
    if two {
        let rest = &text[len..];
        len += match open == close {
            true => delimited(&format!("{open}{rest}"), close) - open.len_utf8(),
            false => rest.chars().next().map_or(0, |_| nested(rest, open, close)),
        };
    }
    let len = len.min(text.len());
    Some(len + flags(&text[len..]))
}

fn nested(text: &str, open: char, close: char) -> usize {
    if open == close {
        return delimited(text, close);
    }
    let mut depth = 0;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at + c.len_utf8();
            }
        }
    }
    text.len()
}

fn flags(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(text.len())
}
