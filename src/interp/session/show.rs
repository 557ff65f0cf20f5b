//! Values as readable Perl data: nested, keys sorted, cycles named, cut where they are long. No Perl runs: what is tied
//! or overloaded is shown as it is stored.
use super::{Form, Session};
use crate::text::PerlStr;
use crate::value::code::Body;
use crate::value::{Code, HasSide, Magic, Ref, Val};
use crate::vm::Vm;
use std::fmt::Write;

/// Columns a value may take before it is broken into lines.
const WIDTH: usize = 78;
/// Elements shown of one array or hash.
const ELEMENTS: usize = 40;
/// Levels shown.
const DEPTH: usize = 8;
/// Things shown in all.
const THINGS: usize = 400;
/// Characters shown of one string.
const LETTERS: usize = 1000;

impl Session {
    /// Values as Perl would write them: one as itself, many as a list. `root`: a name for the value, where it contains
    /// itself.
    pub fn show(&self, vm: &mut Vm, values: &[Val], root: &str, form: Form) -> String {
        let mut writer = Writer {
            vm,
            open: Vec::new(),
            left: THINGS,
        };
        let pairs = form == Form::Pairs;
        let tree = match values {
            [one] if !pairs => writer.value(one, root),
            many => writer.list(many, root, pairs),
        };
        let mut out = String::new();
        tree.write(&mut out, 0, 0);
        out
    }
}

/// A value laid out: a piece of text, or a bracket around pieces.
enum Tree {
    Text(String),
    Group {
        open: String,
        /// Each with what stands before it (`key => `).
        items: Vec<(String, Tree)>,
        close: String,
    },
}

impl Tree {
    /// Columns on one line.
    fn width(&self) -> usize {
        match self {
            Tree::Text(text) => text.chars().count(),
            Tree::Group { open, items, close } => {
                let inner = items
                    .iter()
                    .map(|(key, item)| key.chars().count() + item.width() + 2);
                open.len() + close.len() + inner.sum::<usize>()
            }
        }
    }

    /// Writes it at a column of an indented line, broken where it would be too wide.
    fn write(&self, out: &mut String, indent: usize, column: usize) {
        match self {
            Tree::Text(text) => out.push_str(text),
            Tree::Group { open, items, close } => {
                out.push_str(open);
                if column + self.width() <= WIDTH {
                    for (i, (key, item)) in items.iter().enumerate() {
                        out.push_str(if i > 0 { ", " } else { "" });
                        out.push_str(key);
                        item.write(out, indent, 0);
                    }
                } else {
                    write_lines(items, out, indent + 2);
                    out.push('\n');
                    out.extend(std::iter::repeat_n(' ', indent));
                }
                out.push_str(close);
            }
        }
    }
}

/// Items on lines of their own; short ones without keys as many to a line as fit.
fn write_lines(items: &[(String, Tree)], out: &mut String, indent: usize) {
    let short = |(key, item): &(String, Tree)| {
        key.is_empty() && matches!(item, Tree::Text(_)) && item.width() <= 20
    };
    let fill = items.iter().all(short);
    let mut column = 0;
    for (i, (key, item)) in items.iter().enumerate() {
        let width = item.width() + 2;
        if i > 0 {
            out.push(',');
        }
        if i > 0 && fill && column + width <= WIDTH {
            out.push(' ');
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        }
        column += width;
        out.push_str(key);
        item.write(out, indent, indent + key.chars().count());
    }
}

struct Writer<'a> {
    vm: &'a mut Vm,
    /// The containers around, with how to get to them.
    open: Vec<(usize, String)>,
    left: usize,
}

impl Writer<'_> {
    fn list(&mut self, values: &[Val], path: &str, pairs: bool) -> Tree {
        let step = if pairs { 2 } else { 1 };
        let mut items = Vec::new();
        // a list is kept as an array: `@_6` has the elements `$_6[0]` ...
        let path = path.replacen('@', "$", 1);
        let mut chunks: Vec<(usize, &[Val])> = values.chunks(step).enumerate().collect();
        if pairs {
            chunks.sort_by_cached_key(|(_, chunk)| chunk[0].to_str().as_bytes().to_vec());
        }
        for (i, (at, chunk)) in chunks.into_iter().enumerate() {
            if i >= ELEMENTS || self.left == 0 {
                items.push(more(values.len() / step - i));
                break;
            }
            items.push(match chunk {
                [key, value] => {
                    let key = self.vm.str_quiet(key).unwrap_or_default();
                    let path = format!("{path}[{}]", at * 2 + 1);
                    (
                        format!("{} => ", key_text(&key)),
                        self.value(&value.loaded(), &path),
                    )
                }
                one => (
                    String::new(),
                    self.value(&one[0].loaded(), &format!("{path}[{at}]")),
                ),
            });
        }
        group("(", items, ")")
    }

    fn value(&mut self, val: &Val, path: &str) -> Tree {
        self.left = self.left.saturating_sub(1);
        Tree::Text(match val {
            Val::Undef | Val::Hole => "undef".into(),
            Val::Bool(on) => if *on { "!!1" } else { "!!0" }.into(),
            Val::Int(n) => n.to_string(),
            Val::UInt(n) => n.to_string(),
            Val::Num(_) => self.plain(val),
            Val::Str(text) => string(text),
            Val::Dual(dual) if let Some(written) = &dual.vstring => {
                written.to_str_lossy().into_owned()
            }
            Val::Dual(dual) => {
                let text = self.vm.str_quiet(val).unwrap_or_default();
                match (&dual.num, &dual.text) {
                    (Val::Undef, _) => string(&text),
                    (number, None) => self.plain(&number.clone()),
                    (number, Some(_)) => {
                        format!(
                            "dualvar({}, {})",
                            self.plain(&number.clone()),
                            string(&text)
                        )
                    }
                }
            }
            Val::Glob(glob) => format!("*{}", short_name(&glob.full_name())),
            Val::Regexp(regex) => format!("qr{}", pattern(&regex.text)),
            Val::Magic(magic) => match &magic.kind {
                Magic::Tied(object) => return self.tied("scalar", object, path),
                _ => "(a special variable)".into(),
            },
            other => match other.referent() {
                Some(referent) => return self.reference(&referent, path),
                None => "(an internal value)".into(),
            },
        })
    }

    /// What is tied has no contents to be seen without running something: its object is shown.
    fn tied(&mut self, what: &str, object: &Val, path: &str) -> Tree {
        let tree = self.value(object, &format!("tied({path})"));
        enclosed(&format!("(a tied {what}: "), tree, ")")
    }

    fn plain(&mut self, val: &Val) -> String {
        let text = self.vm.str_quiet(val).unwrap_or_default();
        text.to_str_lossy().into_owned()
    }

    fn reference(&mut self, referent: &Ref, path: &str) -> Tree {
        let address = referent.address();
        if let Some((_, to)) = self.open.iter().find(|(at, _)| *at == address) {
            return Tree::Text(to.clone());
        }
        let class = referent.blessed().map(|stash| stash.name());
        if self.open.len() >= DEPTH || self.left == 0 {
            let kind = referent.kind_name();
            return Tree::Text(match class {
                Some(class) => format!("{class}=...{kind}..."),
                None => format!("...{kind}..."),
            });
        }
        self.open.push((address, path.to_owned()));
        let tree = self.referent(referent, path);
        self.open.pop();
        match class {
            Some(class) if !matches!((&tree, &*class), (Tree::Text(text), "Regexp") if text.starts_with("qr")) => {
                blessed(tree, &class)
            }
            _ => tree,
        }
    }

    fn referent(&mut self, referent: &Ref, path: &str) -> Tree {
        match referent {
            Ref::Array(array) if let Some(object) = array.tied() => {
                self.tied("array", &object, path)
            }
            Ref::Hash(hash) if let Some(object) = hash.tied() => self.tied("hash", &object, path),
            Ref::Array(array) => {
                let elements = array.to_vec();
                let mut items = Vec::new();
                for (i, element) in elements.iter().enumerate() {
                    if i >= ELEMENTS || self.left == 0 {
                        items.push(more(elements.len() - i));
                        break;
                    }
                    let item =
                        self.value(&element.loaded(), &format!("{path}{}[{i}]", arrow(path)));
                    items.push((String::new(), item));
                }
                group("[", items, "]")
            }
            Ref::Hash(hash) => {
                let mut pairs = hash.pairs();
                pairs.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
                let count = pairs.len();
                let mut items = Vec::new();
                for (i, (key, value)) in pairs.into_iter().enumerate() {
                    if i >= ELEMENTS || self.left == 0 {
                        items.push(more(count - i));
                        break;
                    }
                    let key = key_text(&key);
                    let item =
                        self.value(&value.loaded(), &format!("{path}{}{{{key}}}", arrow(path)));
                    items.push((format!("{key} => "), item));
                }
                group("{", items, "}")
            }
            Ref::Scalar(scalar) => {
                let inner = scalar.get();
                match &inner {
                    Val::Regexp(regex) => Tree::Text(format!("qr{}", pattern(&regex.text))),
                    _ => {
                        let tree = self.value(&inner, &format!("${{{path}}}"));
                        prefixed("\\", tree)
                    }
                }
            }
            Ref::Code(code) => Tree::Text(sub(code)),
            Ref::Glob(glob) => Tree::Text(format!("\\*{}", short_name(&glob.full_name()))),
            Ref::Io(io) => {
                let name = io.name.borrow().clone();
                Tree::Text(match name {
                    Some(name) => format!("*{name}{{IO}}"),
                    None => "(a handle)".into(),
                })
            }
            Ref::Format(_) => Tree::Text("(a format)".into()),
        }
    }
}

fn group(open: &str, items: Vec<(String, Tree)>, close: &str) -> Tree {
    Tree::Group {
        open: open.into(),
        items,
        close: close.into(),
    }
}

fn more(count: usize) -> (String, Tree) {
    (String::new(), Tree::Text(format!("... {count} more")))
}

fn arrow(path: &str) -> &'static str {
    // `->` stands between the variable and the first subscript only
    if path.ends_with(['}', ']']) && !path.starts_with("${") {
        ""
    } else {
        "->"
    }
}

fn prefixed(text: &str, tree: Tree) -> Tree {
    enclosed(text, tree, "")
}

fn enclosed(before: &str, tree: Tree, behind: &str) -> Tree {
    match tree {
        Tree::Text(inner) => Tree::Text(format!("{before}{inner}{behind}")),
        Tree::Group { open, items, close } => Tree::Group {
            open: format!("{before}{open}"),
            items,
            close: close + behind,
        },
    }
}

fn blessed(tree: Tree, class: &str) -> Tree {
    let tail = format!(", {})", string(&PerlStr::from(class)));
    enclosed("bless(", tree, &tail)
}

/// `\&name`, or where an anonymous sub stands.
fn sub(code: &Code) -> String {
    let name = code.full_name();
    if !name.is_empty() && !name.ends_with("::__ANON__") {
        return format!("\\&{}", short_name(&name));
    }
    let mut out = String::from("sub { ... }");
    if let Body::Perl(closure) = code.body() {
        let (line, file) = closure.proto.line_at(0);
        let _ = write!(out, " at {file} line {line}");
    }
    out
}

fn short_name(full: &str) -> &str {
    full.strip_prefix("main::").unwrap_or(full)
}

/// `(?^i:text)` as `/text/i`.
fn pattern(text: &PerlStr) -> String {
    let text = text.to_str_lossy();
    let parts = text
        .strip_prefix("(?^")
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once(':'));
    match parts {
        Some((flags, body)) if !body.contains('/') => format!("/{body}/{flags}"),
        Some((flags, body)) => format!("{{{body}}}{flags}"),
        None => format!("/{text}/"),
    }
}

/// A key as it may stand before `=>`.
fn key_text(key: &PerlStr) -> String {
    let text = key.as_bytes();
    let word = !text.is_empty()
        && (text[0].is_ascii_alphabetic() || text[0] == b'_')
        && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let number = text.len() < 16
        && !text.is_empty()
        && text.iter().all(u8::is_ascii_digit)
        && (text == b"0" || text[0] != b'0');
    if word || number {
        key.to_str_lossy().into_owned()
    } else {
        string(key)
    }
}

/// Does a character show as itself?
fn is_seen(c: char) -> bool {
    c >= '\u{a1}' && c.escape_debug().len() == 1
}

/// A string in double quotes, as short as it can be told apart.
pub fn string(text: &PerlStr) -> String {
    let mut out = String::from("\"");
    let mut chars = text.chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        if count == LETTERS {
            let _ = write!(out, "\"... ({} characters)", text.char_len());
            return out;
        }
        count += 1;
        let c = u32::try_from(c).unwrap_or(0xfffd);
        match char::from_u32(c) {
            Some('\n') => out.push_str("\\n"),
            Some('\t') => out.push_str("\\t"),
            Some('\r') => out.push_str("\\r"),
            Some('\x1b') => out.push_str("\\e"),
            Some(c @ ('"' | '\\' | '$' | '@')) => {
                out.push('\\');
                out.push(c);
            }
            Some(c) if c == ' ' || c.is_ascii_graphic() => out.push(c),
            Some(c) if text.is_utf8() && is_seen(c) => out.push(c),
            _ if c == 0 && !chars.peek().is_some_and(|&n| (48..58).contains(&n)) => {
                out.push_str("\\0");
            }
            _ if c < 256 => {
                let _ = write!(out, "\\x{c:02x}");
            }
            _ => {
                let _ = write!(out, "\\x{{{c:x}}}");
            }
        }
    }
    out.push('"');
    out
}
