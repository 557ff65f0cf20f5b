//! From a pattern's text to its tree: nests groups, binds quantifiers, words the errors.
//!
//! The grammar (`grammar/regex.pest`) cuts the text into leaf tokens; what needs memory is here.

mod atom;
mod class;
mod extended;
mod group;
mod lookbehind;
pub use lookbehind::widths;
mod open_errors;
mod repeat;
mod user_property;

use super::ast::{CondTest, Literal, Node, Pattern, Uses};
use super::error::{Category, RegexError, Warning, marked, unmarked};
use super::grammar::{Rule, Token, read_run};
use super::pattern::{Charset, CompileHooks, Flags, PatternSource};
use super::unicode::unicode_rules;
use std::collections::HashMap;
use std::rc::Rc;

/// Nesting perl allows.
const DEEPEST: usize = 1000;

/// A parsed pattern and what was warned about on the way.
pub struct Parsed {
    /// The tree.
    pub pattern: Pattern,
    /// Warnings in order.
    pub warnings: Vec<Warning>,
}

type Names = Vec<(Rc<str>, Vec<u32>)>;

/// What an earlier reading of the same text found out.
#[derive(Default)]
struct Knowledge {
    /// The pattern asks for Unicode rules although it says `/d`.
    unicode: bool,
    /// All groups and names.
    layout: Option<(u32, Names)>,
    /// Run-time code blocks compiled so far: by place, number and end.
    codes: HashMap<usize, (u32, usize)>,
}

/// Parses a pattern.
pub fn parse(
    source: &PatternSource<'_>,
    flags: Flags,
    hooks: &mut dyn CompileHooks,
) -> Result<Parsed, RegexError> {
    let (text, blocks) = readable(source);
    let mut known = Knowledge {
        unicode: source.utf8 && !text.is_ascii(),
        ..Default::default()
    };
    known.unicode |= source.utf8;
    for block in blocks {
        known.codes.insert(block.start, (block.index, block.end));
    }
    loop {
        let mut parser = Parser::new(&text, flags, known, hooks);
        match parser.pattern() {
            Ok(Some(node)) => return Ok(parser.finish(node)),
            Ok(None) => known = parser.known,
            Err(Failure::Again) => known = parser.known,
            Err(Failure::Error(text)) => {
                return Err(RegexError {
                    text,
                    warnings: parser.warnings,
                });
            }
        }
    }
}

/// The text as `str`: bytes become the characters they stand for, and what no `str` can hold
/// becomes an escape.
fn readable(source: &PatternSource<'_>) -> (String, Vec<super::pattern::BlockAt>) {
    let mut blocks = source.blocks.to_vec();
    if source.bytes.is_ascii() || (source.utf8 && std::str::from_utf8(source.bytes).is_ok()) {
        return (String::from_utf8_lossy(source.bytes).into_owned(), blocks);
    }
    let mut text = String::with_capacity(source.bytes.len() + 16);
    let mut at = 0;
    let shift = |blocks: &mut Vec<super::pattern::BlockAt>, from: usize, to: usize| {
        for block in blocks.iter_mut() {
            if block.start == from {
                block.start = to;
            }
            if block.end == from {
                block.end = to;
            }
        }
    };
    while at < source.bytes.len() {
        shift(&mut blocks, at, text.len());
        let (c, size) = if source.utf8 {
            super::chars::subject::decode(source.bytes, at)
        } else {
            (u32::from(source.bytes[at]), 1)
        };
        match char::from_u32(c) {
            Some(c) => text.push(c),
            None => text.push_str(&format!("\\x{{{c:X}}}")),
        }
        at += size;
    }
    shift(&mut blocks, at, text.len());
    (text, blocks)
}

/// Why a reading ended early.
pub(super) enum Failure {
    /// The complete message.
    Error(String),
    /// Something was learned that changes what was read before.
    Again,
}

type Parse<T> = Result<T, Failure>;

/// What stands before a quantifier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Atom(usize),
    /// Quantified; a `?` or `+` may follow.
    Counted,
    Closed,
}

/// What kind of group is open.
enum Kind {
    Plain,
    Capture(u32),
    Look {
        ahead: bool,
        negated: bool,
    },
    Atomic,
    Reset {
        first: u32,
        most: u32,
    },
    Cond {
        test: Option<CondTest>,
        branches: u32,
    },
    ScriptRun {
        atomic: bool,
    },
}

struct Frame {
    kind: Kind,
    start: usize,
    flags: Flags,
    cat: Vec<Node>,
    alts: Vec<Node>,
    group: u32,
}

struct Parser<'t, 'h> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    next: usize,
    flags: Flags,
    frames: Vec<Frame>,
    cat: Vec<Node>,
    alts: Vec<Node>,
    last: Last,
    groups: u32,
    parents: Vec<u32>,
    closed: Vec<bool>,
    names: Names,
    used_layout: bool,
    looks: u32,
    uses: Uses,
    warnings: Vec<Warning>,
    known: Knowledge,
    codes: Vec<(Box<str>, u32)>,
    hooks: &'h mut dyn CompileHooks,
    brace_start: usize,
}

impl<'t, 'h> Parser<'t, 'h> {
    fn new(text: &'t str, flags: Flags, known: Knowledge, hooks: &'h mut dyn CompileHooks) -> Self {
        let mut flags = flags;
        if known.unicode && flags.charset == Charset::Depends {
            flags.charset = Charset::Unicode;
        }
        Parser {
            text,
            at: 0,
            tokens: Vec::new(),
            next: 0,
            flags,
            frames: Vec::new(),
            cat: Vec::new(),
            alts: Vec::new(),
            last: Last::Nothing,
            groups: 0,
            parents: vec![0],
            closed: vec![false],
            names: Vec::new(),
            used_layout: false,
            looks: 0,
            uses: Uses::default(),
            warnings: Vec::new(),
            known,
            codes: Vec::new(),
            hooks,
            brace_start: usize::MAX,
        }
    }

    fn finish(self, node: Node) -> Parsed {
        let charset = self.base_charset();
        let pattern = Pattern {
            node,
            groups: self.groups,
            parents: self.parents,
            names: self.names,
            charset,
            uses: self.uses,
            codes: self.codes,
        };
        Parsed {
            pattern,
            warnings: self.warnings,
        }
    }

    fn base_charset(&self) -> Charset {
        match self.frames.first() {
            Some(frame) => frame.flags.charset,
            None => self.flags.charset,
        }
    }

    /// The whole pattern; `None` when it must be read again.
    fn pattern(&mut self) -> Parse<Option<Node>> {
        let base = self.flags;
        while let Some(token) = self.token() {
            self.piece(token)?;
        }
        self.check_open()?;
        let last = group::cat_of(std::mem::take(&mut self.cat));
        let mut branches = std::mem::take(&mut self.alts);
        let node = if branches.is_empty() {
            last
        } else {
            branches.push(last);
            Node::Alt(branches)
        };
        self.flags = base;
        if self.used_layout && self.known.layout.is_none() {
            self.known.layout = Some((self.groups, self.names.clone()));
            return Ok(None);
        }
        Ok(Some(node))
    }

    /// The next token, reading a new run where the last one ended.
    fn token(&mut self) -> Option<Token> {
        while self.next >= self.tokens.len() {
            if self.at >= self.text.len() {
                return None;
            }
            self.tokens.clear();
            self.next = 0;
            let x = self.flags.has(Flags::X);
            let mixed = self
                .frames
                .iter()
                .any(|frame| frame.flags.has(Flags::X) != x);
            let rule = match (x, mixed) {
                (false, false) => Rule::run,
                (true, false) => Rule::run_x,
                (false, true) => Rule::run_to_close,
                (true, true) => Rule::run_x_to_close,
            };
            let end = read_run(rule, self.text, self.at, &mut self.tokens);
            if end == self.at {
                return None;
            }
            self.at = end;
        }
        let token = self.tokens[self.next];
        self.next += 1;
        Some(token)
    }

    /// Takes the inner tokens of a compound one.
    fn inner(&mut self, token: Token) -> Vec<Token> {
        let from = self.next;
        while self
            .tokens
            .get(self.next)
            .is_some_and(|t| t.start >= token.start && t.end <= token.end)
        {
            self.next += 1;
        }
        self.tokens[from..self.next].to_vec()
    }

    /// Goes on reading at `at`, forgetting what was cut ahead.
    fn resume(&mut self, at: usize) {
        self.tokens.clear();
        self.next = 0;
        self.at = at;
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or("")
    }

    fn piece(&mut self, token: Token) -> Parse<()> {
        match token.rule {
            Rule::literal | Rule::literal_x => self.literal(token),
            Rule::repeat => self.repeat(token),
            Rule::class => self.bracketed(token),
            Rule::unclosed => self.fail("Unmatched [", token.start + 1),
            Rule::close | Rule::mark | Rule::mark_open => match self.slice(token) {
                ")" => self.close(token),
                "|" => self.alternation(token),
                _ => self.simple(token),
            },
            Rule::plain_open => self.plain_open(token),
            Rule::blank => Ok(()),
            Rule::comment => {
                if let Some(c) = self.rest(token.end).chars().next()
                    && matches!(c, '?' | '*')
                    && self.slice(Token {
                        start: token.start.saturating_sub(1),
                        end: token.start,
                        ..token
                    }) == "("
                {
                    return self.split_open(token.end, c);
                }
                Ok(())
            }
            Rule::stray => self.stray(token),
            Rule::assertion
            | Rule::call
            | Rule::named_open
            | Rule::condition
            | Rule::verb
            | Rule::alpha_open
            | Rule::flags
            | Rule::flags_same
            | Rule::code_open
            | Rule::extended_open => self.group(token),
            _ => self.escape(token),
        }
    }

    fn literal(&mut self, token: Token) -> Parse<()> {
        for (i, c) in self.slice(token).char_indices() {
            if c as u32 > 0xFF {
                self.need_unicode()?;
            }
            self.push_char(c as u32, token.start + i);
        }
        Ok(())
    }

    /// The rules in force; a UTF-8 locale's are Unicode's.
    fn charset(&self) -> Charset {
        match self.flags.charset {
            Charset::Locale if self.flags.has(Flags::UTF8_LOCALE) => Charset::Unicode,
            charset => charset,
        }
    }

    /// Under `/i`, the rules to fold by.
    fn fold(&self) -> Option<Charset> {
        self.flags.has(Flags::I).then(|| self.charset())
    }

    /// Adds a character to the literal at the end of the branch.
    fn push_char(&mut self, c: u32, start: usize) {
        if c > 0x10FFFF {
            self.uses.wide = true;
        }
        let fold = self.fold();
        match self.cat.last_mut() {
            Some(Node::Literal(literal)) if literal.fold == fold => literal.chars.push(c),
            _ => self.cat.push(Node::Literal(Literal {
                chars: vec![c],
                fold,
            })),
        }
        self.last = Last::Atom(start);
    }

    fn push(&mut self, node: Node, start: usize) {
        self.cat.push(node);
        self.last = Last::Atom(start);
    }

    /// The pattern needs Unicode rules; under `/d` it is read again with `/u`.
    fn need_unicode(&mut self) -> Parse<()> {
        if self.known.unicode {
            return Ok(());
        }
        self.known.unicode = true;
        Err(Failure::Again)
    }

    fn fail<T>(&self, message: &str, at: usize) -> Parse<T> {
        Err(Failure::Error(marked(message, self.text, at)))
    }

    fn fail_plain<T>(&self, message: &str) -> Parse<T> {
        Err(Failure::Error(unmarked(message, self.text)))
    }

    fn warn(&mut self, category: Category, message: &str, at: usize) {
        self.warnings.push(Warning {
            category,
            text: marked(message, self.text, at),
        });
    }

    /// The end of the character at `at`.
    fn past(&self, at: usize) -> usize {
        at + self.rest(at).chars().next().map_or(0, char::len_utf8)
    }

    fn unicode_now(&self) -> bool {
        unicode_rules(self.charset(), false)
    }
}
