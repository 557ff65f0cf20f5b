//! Reads Rust text just well enough to name every path it mentions: no macros, no types, no crates.

/// One word or sign of the text, with the line it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The word, or a sign of one character (`::` counts as one).
    pub text: String,
    /// 1-based.
    pub line: usize,
}

/// A path such as `crate::vm::Frame`, groups and globs spelled out.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The names between the `::`, `*` for a glob.
    pub names: Vec<String>,
    /// 1-based.
    pub line: usize,
    /// How many inline `mod x { }` stand around it.
    pub inside: usize,
    /// Directly followed by `!`: a macro.
    pub bang: bool,
}

/// Blanks out comments, strings and character literals; lines stay where they were.
pub fn bare(text: &str) -> String {
    let b: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < b.len() {
        let from = i;
        i = if let Some(end) = comment(&b, i).or_else(|| literal(&b, i)) {
            out.extend(b[from..end.min(b.len())].iter().filter(|c| **c == '\n'));
            out.push(' ');
            end
        } else {
            out.push(b[i]);
            i + 1
        };
    }
    out
}

fn sign(b: &[char], i: usize) -> char {
    b.get(i).copied().unwrap_or('\0')
}

/// The end of a comment that begins at `i`.
fn comment(b: &[char], mut i: usize) -> Option<usize> {
    match (sign(b, i), sign(b, i + 1)) {
        ('/', '/') => Some(
            b[i..]
                .iter()
                .position(|c| *c == '\n')
                .map_or(b.len(), |n| i + n),
        ),
        ('/', '*') => {
            let mut depth = 0;
            while i < b.len() {
                match (b[i], sign(b, i + 1)) {
                    ('/', '*') => depth += 1,
                    ('*', '/') => depth -= 1,
                    _ => {
                        i += 1;
                        continue;
                    }
                }
                i += 2;
                if depth == 0 {
                    break;
                }
            }
            Some(i)
        }
        _ => None,
    }
}

/// The end of a string, a character or a lifetime that begins at `i`.
fn literal(b: &[char], mut i: usize) -> Option<usize> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if let Some((hashes, mut i)) = raw_start(b, i) {
        while i < b.len() && !(b[i] == '"' && (1..=hashes).all(|k| sign(b, i + k) == '#')) {
            i += 1;
        }
        return Some(i + 1 + hashes);
    }
    match sign(b, i) {
        '"' => {
            i += 1;
            while i < b.len() && b[i] != '"' {
                i += if b[i] == '\\' { 2 } else { 1 };
            }
            Some(i + 1)
        }
        '\'' if sign(b, i + 1) == '\\' => {
            i += 3;
            while i < b.len() && b[i] != '\'' {
                i += 1;
            }
            Some(i + 1)
        }
        '\'' if sign(b, i + 2) == '\'' => Some(i + 3),
        '\'' => {
            i += 1;
            while word(sign(b, i)) {
                i += 1;
            }
            Some(i)
        }
        _ => None,
    }
}

/// Where the text of a raw string that begins at `i` starts, and its number of `#`.
fn raw_start(b: &[char], i: usize) -> Option<(usize, usize)> {
    let before = i.checked_sub(1).map_or(' ', |k| b[k]);
    if before.is_alphanumeric() || before == '_' {
        return None;
    }
    let mut k = i;
    if matches!(sign(b, k), 'b' | 'c') {
        k += 1;
    }
    if sign(b, k) != 'r' {
        return None;
    }
    k += 1;
    let mut hashes = 0;
    while sign(b, k) == '#' {
        hashes += 1;
        k += 1;
    }
    (sign(b, k) == '"').then_some((hashes, k + 1))
}

/// The words and signs of `bare` text.
pub fn tokens(bare: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for (n, line) in bare.lines().enumerate() {
        let mut rest = line.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            let mut end = start + c.len_utf8();
            if c.is_alphanumeric() || c == '_' {
                while let Some(&(k, d)) = rest.peek() {
                    if !(d.is_alphanumeric() || d == '_') {
                        break;
                    }
                    end = k + d.len_utf8();
                    rest.next();
                }
            } else if c == ':' && rest.peek().map(|p| p.1) == Some(':') {
                rest.next();
                end += 1;
            } else if c.is_whitespace() {
                continue;
            }
            out.push(Token {
                text: line[start..end].to_string(),
                line: n + 1,
            });
        }
    }
    out
}

/// Drops every item that `#[cfg(test)]` stands before.
pub fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let here = tokens[i..].iter().take(mark.len()).map(|t| t.text.as_str());
        if !here.eq(mark) {
            out.push(tokens[i].clone());
            i += 1;
            continue;
        }
        i += mark.len();
        let mut depth = 0;
        while i < tokens.len() {
            let sign = tokens[i].text.as_str();
            i += 1;
            match sign {
                "{" => depth += 1,
                "}" if depth <= 1 => break,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
        }
    }
    out
}

/// Every path of two names or more, and every macro that is used.
pub fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut out = Vec::new();
    let mut modules: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut i = 0;
    while i < tokens.len() {
        match text(tokens, i) {
            "{" => {
                depth += 1;
                if i >= 2 && text(tokens, i - 2) == "mod" {
                    modules.push(depth);
                }
            }
            "}" => {
                if modules.last() == Some(&depth) {
                    modules.pop();
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        let fresh = i == 0 || !matches!(text(tokens, i - 1), "::" | ".");
        let leads = matches!(text(tokens, i + 1), "::" | "!");
        if fresh && leads && is_name(text(tokens, i)) {
            let mut found = Vec::new();
            let end = tree(tokens, i, &[], &mut found);
            for mut p in found {
                p.inside = modules.len();
                if i > 0 && text(tokens, i - 1) == "$" {
                    p.names[0].insert(0, '$');
                }
                out.push(p);
            }
            i = end.max(i + 1);
        } else {
            i += 1;
        }
    }
    out
}

fn text(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |t| t.text.as_str())
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads one path or use-tree that begins at `i`; gives the index behind it.
fn tree(tokens: &[Token], mut i: usize, before: &[String], out: &mut Vec<Path>) -> usize {
    let mut names = before.to_vec();
    let line = tokens.get(i).map_or(0, |t| t.line);
    while is_name(text(tokens, i)) || text(tokens, i) == "*" {
        names.push(text(tokens, i).to_string());
        i += 1;
        if text(tokens, i) != "::" {
            let bang = text(tokens, i) == "!" && text(tokens, i + 1) != "=";
            out.push(Path {
                names,
                line,
                inside: 0,
                bang,
            });
            return i;
        }
        i += 1;
    }
    if text(tokens, i) != "{" {
        // A turbofish or a macro's variable: what stands before it is the path.
        out.push(Path {
            names,
            line,
            inside: 0,
            bang: false,
        });
        return i;
    }
    i += 1;
    while i < tokens.len() && text(tokens, i) != "}" {
        i = tree(tokens, i, &names, out).max(i + 1);
        while i < tokens.len() && !matches!(text(tokens, i), "," | "}") {
            i += 1; // `as name`
        }
        if text(tokens, i) == "," {
            i += 1;
        }
    }
    i + 1
}
