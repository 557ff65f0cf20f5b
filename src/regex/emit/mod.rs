//! Writes a tree as a pattern of PCRE2's, for byte or for UTF-8 subjects.
//!
//! The text is ASCII and free of names and modifiers: `.` means any character (DOTALL), `\N` any
//! but newline, `^ $` are those of `/m`; only caseless matching is switched inline.

mod fold;
mod set;
mod trie;
mod word;

use super::ast::{Assert, Cond, CondTest, Literal, Node, Pattern, Repeat, RepeatKind, Verb};
use super::pattern::Charset;
use super::unicode::unicode_rules;
use std::fmt::Write;

/// PCRE2 cannot run this pattern.
#[derive(Clone, Copy, Debug)]
pub struct Unsupported;

/// A pattern in PCRE2's language and the options it counts on.
#[derive(Debug, Default)]
pub struct Emitted {
    /// The pattern, ASCII.
    pub text: String,
    /// For UTF-8 subjects.
    pub utf: bool,
    /// Character tables of Latin-1 rather than ASCII (byte subjects).
    pub latin1: bool,
}

/// Writes `pattern` for subjects of this kind.
pub fn emit(pattern: &Pattern, utf: bool) -> Result<Emitted, Unsupported> {
    let mut emitter = Emitter {
        out: Emitted {
            utf,
            ..Emitted::default()
        },
        caseless: Caseless::Off,
        groups: pattern.groups,
    };
    if !utf {
        emitter.out.latin1 = wants_latin1(&pattern.node);
    }
    emitter.node(&pattern.node)?;
    Ok(emitter.out)
}

/// How letters compare at a place of the text being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caseless {
    Off,
    On,
    /// ASCII and the rest do not mix.
    Strict,
}

/// Whether a test or literal goes by Unicode's rules in byte subjects.
fn wants_latin1(node: &Node) -> bool {
    match node {
        Node::Literal(Literal {
            fold: Some(charset),
            ..
        })
        | Node::Backref {
            fold: Some(charset),
            ..
        } => unicode_rules(*charset, false),
        Node::Assert(Assert::Word { charset, .. }) => {
            super::chars::sets::named_is_unicode(*charset, false)
        }
        Node::Cat(nodes) | Node::Alt(nodes) | Node::Reset(nodes) => nodes.iter().any(wants_latin1),
        Node::Group(_, body)
        | Node::Look { body, .. }
        | Node::Atomic(body)
        | Node::ScriptRun(body) => wants_latin1(body),
        Node::Repeat(repeat) => wants_latin1(&repeat.body),
        Node::Cond(cond) => {
            let look = matches!(&cond.test, CondTest::Look(look) if wants_latin1(look));
            look || wants_latin1(&cond.yes) || wants_latin1(&cond.no)
        }
        _ => false,
    }
}

struct Emitter {
    out: Emitted,
    caseless: Caseless,
    groups: u32,
}

type Emit = Result<(), Unsupported>;

impl Emitter {
    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
    }

    fn case(&mut self, wanted: Caseless) {
        if self.caseless == wanted {
            return;
        }
        let text = match (self.caseless, wanted) {
            (_, Caseless::Off) => "(?-i)",
            (Caseless::Strict, Caseless::On) => "(?-r)",
            (_, Caseless::On) => "(?i)",
            (_, Caseless::Strict) => "(?ir)",
        };
        self.push(text);
        self.caseless = wanted;
    }

    /// Writes `open`, something, and `)`; what it switched inside ends with it.
    fn scope(&mut self, open: &str, inner: impl FnOnce(&mut Self) -> Emit) -> Emit {
        let before = self.caseless;
        self.push(open);
        inner(self)?;
        self.push(")");
        self.caseless = before;
        Ok(())
    }

    fn node(&mut self, node: &Node) -> Emit {
        crate::source::depth::deeper(128 * 1024, 1024 * 1024, || self.node_here(node))
    }

    fn node_here(&mut self, node: &Node) -> Emit {
        match node {
            Node::Empty => Ok(()),
            Node::Literal(literal) => self.literal(literal),
            Node::Any { newline } => {
                self.push(if *newline { "." } else { "\\N" });
                Ok(())
            }
            Node::Set(class) => self.class(class),
            Node::Assert(assert) => self.assert(*assert),
            Node::LineBreak => {
                self.push("\\R");
                Ok(())
            }
            Node::Grapheme => {
                self.push("\\X");
                Ok(())
            }
            Node::Cat(nodes) => {
                for (i, node) in nodes.iter().enumerate() {
                    match node {
                        Node::Alt(_) | Node::Reset(_) => self.scope("(?:", |e| e.node(node))?,
                        Node::Assert(Assert::Word { negated, charset }) => {
                            let before = i.checked_sub(1).and_then(|i| nodes.get(i));
                            self.word_bound(*negated, *charset, before, nodes.get(i + 1));
                        }
                        node => self.node(node)?,
                    }
                }
                Ok(())
            }
            Node::Alt(nodes) => self.branches(nodes),
            Node::Reset(nodes) => self.scope("(?|", |e| e.branches(nodes)),
            Node::Group(0, body) => self.scope("(?:", |e| e.node(body)),
            Node::Group(_, body) => self.scope("(", |e| e.node(body)),
            Node::Repeat(repeat) => self.repeat(repeat),
            Node::Look {
                ahead,
                negated,
                body,
            } => {
                let open = match (ahead, negated) {
                    (true, false) => "(?=",
                    (true, true) => "(?!",
                    (false, false) => "(?<=",
                    (false, true) => "(?<!",
                };
                self.scope(open, |e| e.node(body))
            }
            Node::Atomic(body) => self.scope("(?>", |e| e.node(body)),
            Node::Backref { groups, fold } => self.backref(groups, *fold),
            Node::Recurse(0) => {
                self.push("(?R)");
                Ok(())
            }
            Node::Recurse(n) => {
                let _ = write!(self.out.text, "(?{n})");
                Ok(())
            }
            Node::Cond(cond) => self.cond(cond),
            Node::Verb(verb, arg) => self.verb(*verb, arg.as_deref()),
            Node::Code { .. } => Err(Unsupported),
            Node::ScriptRun(body) => self.scope("(*sr:", |e| e.node(body)),
        }
    }

    fn branches(&mut self, nodes: &[Node]) -> Emit {
        if nodes.is_empty() {
            self.push("(?!)");
            return Ok(());
        }
        let mut i = 0;
        while let Some(node) = nodes.get(i) {
            if i > 0 {
                self.push("|");
            }
            let words = self.words(&nodes[i..])?;
            if words > 0 {
                i += words;
                continue;
            }
            match node {
                Node::Alt(_) => self.scope("(?:", |e| e.node(node))?,
                node => self.node(node)?,
            }
            i += 1;
        }
        Ok(())
    }

    fn assert(&mut self, assert: Assert) -> Emit {
        let text = match assert {
            Assert::Start => "\\A",
            Assert::LineStart => "^",
            Assert::End => "\\z",
            Assert::EndOrNewline => "\\Z",
            Assert::LineEnd => "$",
            Assert::Pos => "\\G",
            Assert::Keep => "\\K",
            Assert::Word { negated, charset } => {
                self.word_bound(negated, charset, None, None);
                return Ok(());
            }
            Assert::Bound { .. } => return Err(Unsupported),
        };
        self.push(text);
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat) -> Emit {
        let single = match &repeat.body {
            Node::Any { .. } | Node::LineBreak | Node::Grapheme | Node::Set(_) => false,
            Node::Group(..) | Node::Atomic(_) => true,
            _ => false,
        };
        let from = self.out.text.len();
        if single {
            self.node(&repeat.body)?;
        } else {
            let before = self.caseless;
            // The switch of case belongs before the atom, so that the atom stays a single one.
            self.node(&repeat.body)?;
            let switch = switch_length(&self.out.text[from..]);
            if !is_one_atom(&self.out.text[from + switch..]) {
                self.out.text.insert_str(from, "(?:");
                self.push(")");
                self.caseless = before;
            }
        }
        match (repeat.min, repeat.max) {
            (0, None) => self.push("*"),
            (1, None) => self.push("+"),
            (0, Some(1)) => self.push("?"),
            (min, None) => {
                let _ = write!(self.out.text, "{{{min},}}");
            }
            (min, Some(max)) if min == max => {
                let _ = write!(self.out.text, "{{{min}}}");
            }
            (min, Some(max)) => {
                let _ = write!(self.out.text, "{{{min},{max}}}");
            }
        }
        match repeat.kind {
            RepeatKind::Greedy => {}
            RepeatKind::Lazy => self.push("?"),
            RepeatKind::Possessive => self.push("+"),
        }
        Ok(())
    }

    fn backref(&mut self, groups: &[u32], fold: Option<Charset>) -> Emit {
        if groups.iter().any(|g| *g == 0 || *g > self.groups) {
            return Err(Unsupported);
        }
        self.case_for(fold);
        let before = self.caseless;
        let mut closers = 0;
        for (i, group) in groups.iter().enumerate() {
            if i + 1 < groups.len() {
                let _ = write!(self.out.text, "(?({group})\\g{{{group}}}|");
                closers += 1;
            } else {
                let _ = write!(self.out.text, "\\g{{{group}}}");
            }
        }
        (0..closers).for_each(|_| self.push(")"));
        self.caseless = before;
        Ok(())
    }

    fn case_for(&mut self, fold: Option<Charset>) {
        self.case(match fold {
            None => Caseless::Off,
            Some(Charset::AsciiStrict) if self.out.utf => Caseless::Strict,
            Some(_) => Caseless::On,
        });
    }

    fn cond(&mut self, cond: &Cond) -> Emit {
        match &cond.test {
            CondTest::Groups(groups) => match groups[..] {
                [n] if n > 0 && n <= self.groups => {
                    let open = format!("(?({n})");
                    self.cond_arms(&open, cond)
                }
                [_] => self.scope("(?:(?!)", |e| {
                    e.node(&cond.yes)?;
                    e.push("|");
                    e.node(&cond.no)
                }),
                _ => Err(Unsupported),
            },
            CondTest::Recursion(None) => self.cond_arms("(?(R)", cond),
            CondTest::Recursion(Some(groups)) => match groups[..] {
                [n] => self.cond_arms(&format!("(?(R{n})"), cond),
                _ => Err(Unsupported),
            },
            CondTest::Define => self.scope("(?(DEFINE)", |e| e.node(&cond.yes)),
            CondTest::Look(look) => {
                let before = self.caseless;
                self.push("(?");
                self.node(look)?;
                self.arms(cond)?;
                self.caseless = before;
                Ok(())
            }
            CondTest::Code(_) => Err(Unsupported),
        }
    }

    fn cond_arms(&mut self, open: &str, cond: &Cond) -> Emit {
        let before = self.caseless;
        self.push(open);
        self.arms(cond)?;
        self.caseless = before;
        Ok(())
    }

    fn arms(&mut self, cond: &Cond) -> Emit {
        let before = self.caseless;
        self.scope("(?:", |e| e.node(&cond.yes))?;
        self.push("|");
        self.scope("(?:", |e| e.node(&cond.no))?;
        self.push(")");
        self.caseless = before;
        Ok(())
    }

    fn verb(&mut self, verb: Verb, arg: Option<&str>) -> Emit {
        let name = match verb {
            Verb::Accept => "ACCEPT",
            Verb::Commit => "COMMIT",
            Verb::Fail => "FAIL",
            Verb::Mark => "MARK",
            Verb::Prune => "PRUNE",
            Verb::Skip => "SKIP",
            Verb::Then => "THEN",
        };
        match arg {
            Some(arg) if !arg.is_ascii() => return Err(Unsupported),
            Some(arg) if !arg.is_empty() => {
                let _ = write!(self.out.text, "(*{name}:{arg})");
            }
            _ => {
                let _ = write!(self.out.text, "(*{name})");
            }
        }
        Ok(())
    }
}

/// The length of the case switches at the start of `text`.
fn switch_length(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        match ["(?i)", "(?-i)", "(?ir)", "(?-r)"]
            .iter()
            .find(|s| rest.starts_with(**s))
        {
            Some(switch) => at += switch.len(),
            None => return at,
        }
    }
}

/// Whether a quantifier after `text` binds to all of it: one character, escape or class.
fn is_one_atom(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [b'\\', b'x' | b'p' | b'P', b'{', middle @ .., b'}'] => !middle.contains(&b'}'),
        [b'\\', b'x', _, _] => true,
        [b'\\', c] => !matches!(c, b'b' | b'B' | b'A' | b'z' | b'Z' | b'G' | b'K'),
        [b'[', middle @ .., b']'] => !middle.contains(&b']'),
        [c] => !matches!(c, b'^' | b'$'),
        _ => false,
    }
}
