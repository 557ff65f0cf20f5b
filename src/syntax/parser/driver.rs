//! The parser's state, and how it moves over the text.

use super::super::ast::{Ast, ExprId, ExprKind, Name, StrId, Text};
use super::super::feedback::{Feedback, Finished, HintsNow, View};
use super::super::grammar::{self, Rule};
use super::super::program::{Failure, Options, Program};
use super::super::scopes::Scopes;
use super::statement_line::LastBrace;
use crate::diag::SyntaxErrors;
use crate::diag::hints;
use crate::source::{Source, Span};
use std::collections::HashMap;
use std::rc::Rc;

/// Why a parse function gives up.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) enum Stop {
    /// An error was recorded.
    Failed,
    /// The running program said stop.
    Aborted,
}

/// The result of a parse function.
pub(super) type P<T> = Result<T, Stop>;

/// Native recursion allowed before an error is reported.
const MAX_DEPTH: u32 = 50_000;

/// What outlives nested texts: the tree, the scopes, the talk with the running program.
pub(in crate::syntax) struct Shared<'f> {
    pub ast: Ast,
    pub source: Rc<Source>,
    pub feedback: &'f mut dyn Feedback,
    pub scopes: Scopes,
    pub package: Rc<str>,
    pub package_name: Name,
    /// Packages of the scopes around, to be current again.
    pub packages: Vec<(Rc<str>, Name)>,
    pub hints: HintsNow,
    pub errors: SyntaxErrors,
    pub depth: u32,
    pub data: Option<(u32, String)>,
    /// The text is that of an `eval STRING`: perl puts a newline and a `;` behind it.
    pub eval: bool,
    /// The text began with a byte order mark: literals are characters.
    pub marked: bool,
    pub flips: u32,
    pub overrides: bool,
    /// Packages named by `require NAME`: perl creates them when it reads that.
    pub required: std::collections::HashSet<String>,
    /// Line of the last `if` or other modifier (perl reports it for the statement).
    pub buffer: String,
}

/// Offsets of a rewritten text back to the source: from `.0` on, source offset `.1`.
pub(super) type OffsetMap = Vec<(usize, usize)>;

/// Where in a text the parser stands.
pub(in crate::syntax) struct Parser<'t, 's, 'f> {
    pub text: &'t str,
    pub pos: usize,
    pub end: usize,
    /// Newline offset -> where the text goes on behind here-document bodies.
    pub heredocs: HashMap<usize, usize, foldhash::fast::FixedState>,
    /// Ends of the regions around this one (nested quotes in place), for here-documents.
    pub regions: Vec<usize>,
    pub map: Option<Rc<OffsetMap>>,
    pub sh: &'s mut Shared<'f>,
    /// Starts of the last tokens, for `near`.
    pub recent: [usize; 2],
    /// The operator last looked at: position, length, table row.
    pub peeked: Option<(usize, usize, Option<super::super::precedence::Row>)>,
    /// The identifier last looked at: position and length.
    pub ident: std::cell::Cell<(usize, usize)>,
    /// Inside an interpolated string or pattern (no blanks before subscripts).
    pub quoted: Quoted,
    /// The block being read is the body of a loop or sub (reserved for checks).
    pub formats: u32,
    /// Open curly and square brackets.
    pub brackets: u32,
    /// What quote the region parsed belongs to.
    pub within: Quoted,
    /// Line of the last statement modifier.
    pub modifier_line: Option<u32>,
    /// What tells the line of the statement being read.
    pub last_brace: LastBrace,
    /// A newline in the text region being read behind which a here-document's body is skipped.
    pub jump: Option<usize>,
    /// The body of the last quote read: start, end, opening delimiter.
    pub last_quote: (usize, usize, char),
    /// A brace that begins a hash wherever perl would ask itself: see `note_inner_brace`.
    pub hash_brace: usize,
}

/// What kind of text variables stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    Code,
    Text,
    Pattern,
}

/// Parses a whole source.
pub(in crate::syntax) fn parse_source(
    source: &Rc<Source>,
    options: &Options,
    feedback: &mut dyn Feedback,
) -> Result<Program, Failure> {
    let mut ast = Ast::new();
    let package: Rc<str> = if options.package.is_empty() {
        "main".into()
    } else {
        options.package.as_str().into()
    };
    let package_name = ast.name(&package);
    let hints = feedback.hints();
    let overrides = feedback.any_overrides();
    let mut shared = Shared {
        ast,
        source: source.clone(),
        feedback,
        scopes: Scopes::default(),
        package,
        package_name,
        packages: Vec::new(),
        hints,
        errors: SyntaxErrors::default(),
        depth: 0,
        data: None,
        marked: source.text().starts_with('\u{feff}'),
        eval: options.mode == super::super::program::Mode::Eval,
        flips: 0,
        overrides,
        required: Default::default(),
        buffer: String::new(),
    };
    let text = source.text();
    let mut parser = Parser::new(text, &mut shared);
    let result = parser.program(options);
    let visible = parser.sh.scopes.visible.clone();
    match result {
        Ok(stmts) if shared.errors.errors.is_empty() => Ok(Program {
            ast: shared.ast,
            stmts,
            data: shared.data,
            package: shared.package.to_string(),
            visible,
        }),
        Err(Stop::Aborted) => Err(Failure::Aborted),
        _ => Err(Failure::Syntax(shared.errors)),
    }
}

impl<'t, 's, 'f> Parser<'t, 's, 'f> {
    /// A parser at the start of `text`.
    pub fn new(text: &'t str, sh: &'s mut Shared<'f>) -> Self {
        Parser {
            text,
            pos: 0,
            end: text.len(),
            heredocs: HashMap::default(),
            regions: Vec::new(),
            map: None,
            sh,
            recent: [0, 0],
            peeked: None,
            ident: std::cell::Cell::new((usize::MAX, 0)),
            quoted: Quoted::Code,
            formats: 0,
            brackets: 0,
            within: Quoted::Code,
            modifier_line: None,
            last_brace: LastBrace::default(),
            jump: None,
            last_quote: (0, 0, '"'),
            hash_brace: usize::MAX,
        }
    }

    /// Parses a rewritten text (delimiters unescaped, indentation removed) with `f`.
    pub fn nested<T>(
        &mut self,
        text: &str,
        map: OffsetMap,
        f: impl FnOnce(&mut Parser<'_, '_, 'f>) -> P<T>,
    ) -> P<T> {
        let map = match &self.map {
            None => map,
            Some(outer) => map.iter().map(|&(a, b)| (a, through(outer, b))).collect(),
        };
        let mut inner = Parser {
            text,
            pos: 0,
            end: text.len(),
            heredocs: HashMap::default(),
            regions: Vec::new(),
            map: Some(Rc::new(map)),
            sh: &mut *self.sh,
            recent: [0, 0],
            peeked: None,
            ident: std::cell::Cell::new((usize::MAX, 0)),
            quoted: self.quoted,
            formats: self.formats,
            brackets: 0,
            within: self.within,
            modifier_line: None,
            last_brace: LastBrace::default(),
            jump: None,
            last_quote: (0, 0, '"'),
            hash_brace: usize::MAX,
        };
        f(&mut inner)
    }

    /// Parses the region `start..end` of this very text with `f`, then comes back here.
    pub fn inside<T>(
        &mut self,
        start: usize,
        end: usize,
        quoted: Quoted,
        f: impl FnOnce(&mut Self) -> P<T>,
    ) -> P<T> {
        let saved = (self.pos, self.end, self.recent, self.quoted);
        let brace = self.last_brace;
        let within = (self.within, std::mem::take(&mut self.brackets));
        self.regions.push(self.end);
        (self.pos, self.end, self.quoted, self.within) = (start, end, quoted, quoted);
        self.peeked = None;
        self.ident.set((usize::MAX, 0));
        let result = f(self);
        self.regions.pop();
        if result.is_ok() {
            (self.pos, self.end, self.recent, self.quoted) = saved;
            (self.within, self.brackets) = within;
            self.last_brace = brace;
        }
        self.peeked = None;
        self.ident.set((usize::MAX, 0));
        result
    }

    /// Runs `f` with `quoted` set.
    pub fn as_code<T>(&mut self, f: impl FnOnce(&mut Self) -> P<T>) -> P<T> {
        let saved = std::mem::replace(&mut self.quoted, Quoted::Code);
        let result = f(self);
        self.quoted = saved;
        result
    }

    /// Guards one level of recursion.
    pub fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> P<T>) -> P<T> {
        if self.sh.depth >= MAX_DEPTH {
            return Err(self.fail("Program is nested too deeply"));
        }
        if self.sh.feedback.is_stopped() {
            return Err(Stop::Aborted);
        }
        self.sh.depth += 1;
        let result = crate::source::depth::deeper(192 * 1024, 4 * 1024 * 1024, || f(self));
        self.sh.depth -= 1;
        result
    }

    // ---- positions

    /// Offset in the source of an offset in this text.
    pub fn origin(&self, pos: usize) -> usize {
        match &self.map {
            None => pos,
            Some(map) => through(map, pos),
        }
    }

    /// The span from `start` to the current position.
    pub fn span_from(&self, start: usize) -> Span {
        Span::new(self.origin(start), self.origin(self.pos.max(start)))
    }

    /// Line of an offset in this text.
    pub fn line_at(&self, pos: usize) -> u32 {
        self.sh.source.line(self.origin(pos) as u32)
    }

    /// The text from the current position on.
    pub fn rest(&self) -> &'t str {
        &self.text[self.pos.min(self.end)..self.end]
    }

    /// The byte at `pos + n`; 0 behind the end.
    pub fn byte(&self, n: usize) -> u8 {
        let at = self.pos + n;
        if at < self.end {
            self.text.as_bytes()[at]
        } else {
            0
        }
    }

    /// The byte at an absolute offset; 0 behind the end.
    pub fn byte_at(&self, at: usize) -> u8 {
        if at < self.end {
            self.text.as_bytes()[at]
        } else {
            0
        }
    }

    /// Skips blanks, then the byte there (0 at the end).
    pub fn peek(&mut self) -> u8 {
        self.skip();
        self.byte(0)
    }

    /// Whether nothing is left.
    pub fn at_end(&mut self) -> bool {
        self.skip();
        self.pos >= self.end
    }

    /// Whether the text goes on with `what` right here.
    pub fn looking_at(&self, what: &str) -> bool {
        self.rest().as_bytes().starts_with(what.as_bytes())
    }

    /// Consumes `len` bytes as one token.
    pub fn take(&mut self, len: usize) {
        self.recent = [self.recent[1], self.pos];
        self.pos += len;
    }

    /// Consumes an opening curly or square bracket.
    pub fn open(&mut self) {
        self.brackets += 1;
        self.take(1);
    }

    /// Skips blanks and consumes `what` if it is next.
    pub fn eat(&mut self, what: &str) -> bool {
        self.skip();
        if self.looking_at(what) {
            self.take(what.len());
            return true;
        }
        false
    }

    /// Skips blanks and consumes `what`, or it is a syntax error.
    pub fn expect(&mut self, what: &str) -> P<()> {
        if self.eat(what) {
            Ok(())
        } else {
            Err(self.syntax_error())
        }
    }

    // ---- words

    /// Length of the identifier at the current position, 0 if there is none.
    pub fn ident_len(&self) -> usize {
        self.ident_len_at(self.pos)
    }

    /// Length of the identifier at `at`, 0 if there is none.
    pub fn ident_len_at(&self, at: usize) -> usize {
        let b = self.byte_at(at);
        if !(b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 && self.is_utf8()) {
            return 0;
        }
        if let Some(len) = self.ascii_name(at) {
            return len;
        }
        if let (true, len) = (self.ident.get().0 == at, self.ident.get().1) {
            return len;
        }
        let len = grammar::measure(Rule::ident, &self.text[at..self.end]).unwrap_or(0);
        self.ident.set((at, len));
        len
    }

    /// Length of the name at `at` where it is plain ASCII to its end: most names are, and need no
    /// call of the grammar.
    pub fn ascii_name(&self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at.min(self.end)..self.end];
        let len = bytes
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
            .count();
        (len > 0 && bytes.get(len).is_none_or(u8::is_ascii)).then_some(len)
    }

    /// The same, where package parts may follow.
    pub fn ascii_word(&self, at: usize) -> Option<usize> {
        let len = self.ascii_name(at)?;
        let parts = match self.byte_at(at + len) {
            b':' => self.byte_at(at + len + 1) == b':',
            b'\'' => true,
            _ => false,
        };
        (!parts).then_some(len)
    }

    /// The word at `at` with its package parts.
    pub fn word_len_at(&self, at: usize) -> usize {
        let b = self.byte_at(at);
        if !(b.is_ascii_alphabetic() || b == b'_' || b == b':' || b >= 0x80) {
            return 0;
        }
        if b == b':' && self.byte_at(at + 1) != b':' {
            return 0;
        }
        if let Some(len) = self.ascii_word(at).filter(|_| b != b':') {
            return len;
        }
        grammar::measure(Rule::word, &self.text[at..self.end]).unwrap_or(0)
    }

    /// Skips blanks and consumes the keyword `word` if it is next.
    pub fn eat_word(&mut self, word: &str) -> bool {
        self.skip();
        if self.at_word(word) {
            self.take(word.len());
            return true;
        }
        false
    }

    /// Whether the keyword stands right here.
    pub fn at_word(&self, word: &str) -> bool {
        self.looking_at(word) && !self.word_byte(self.pos + word.len())
    }

    /// Whether the byte at `at` continues a word.
    pub fn word_byte(&self, at: usize) -> bool {
        let b = self.byte_at(at);
        b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
    }

    // ---- nodes

    /// A node from `start` to here.
    pub fn node(&mut self, kind: ExprKind, start: usize) -> ExprId {
        let span = self.span_from(start);
        self.sh.ast.expr(kind, span)
    }

    /// A node with the span of another.
    pub fn node_like(&mut self, kind: ExprKind, like: ExprId) -> ExprId {
        let span = self.sh.ast.span(like);
        self.sh.ast.expr(kind, span)
    }

    /// A string constant taken from source text: under `use utf8` its characters, else the bytes.
    pub fn source_str(&mut self, text: &str) -> StrId {
        let text = self.text_of(text);
        self.sh.ast.add_text(text)
    }

    /// See `source_str`.
    pub fn text_of(&self, text: &str) -> Text {
        if text.is_ascii() {
            return Text {
                bytes: text.as_bytes().into(),
                utf8: false,
            };
        }
        if self.sh.source.is_latin1() {
            let bytes: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
            return Text {
                bytes: bytes.into(),
                utf8: false,
            };
        }
        let utf8 = self.is_utf8();
        Text {
            bytes: text.as_bytes().into(),
            utf8,
        }
    }

    /// Whether literal text is characters rather than bytes.
    pub fn is_utf8(&self) -> bool {
        self.sh.hints.bits & hints::UTF8 != 0 || self.sh.marked || self.sh.source.is_characters()
    }

    /// A `Str` node.
    pub fn str_node(&mut self, text: &str, start: usize) -> ExprId {
        let id = self.source_str(text);
        self.node(ExprKind::Str(id), start)
    }

    /// A list of nodes.
    pub fn list(&mut self, items: &[ExprId]) -> super::super::ast::ExprList {
        self.sh.ast.add_list(items)
    }

    /// Whether a feature is on.
    pub fn feature(&self, bit: u32) -> bool {
        self.sh.hints.features & bit != 0
    }

    // ---- talk with the running program

    /// Tells the running program that something is complete, then reads the pragmas anew.
    pub fn finished(&mut self, what: Finished) -> P<()> {
        if matches!(what, Finished::Use(_) | Finished::Phase(_)) {
            if !self.sh.errors.errors.is_empty() {
                return Err(self.fail("BEGIN not safe after errors--compilation aborted"));
            }
            for _ in 0..self.sh.scopes.save_pragmas() {
                self.sh.feedback.enter_scope();
            }
        }
        let last = self.pos == self.end && self.text.ends_with('\n');
        let line = self.line_at(self.pos - usize::from(last));
        let lent = match what {
            Finished::Use(_) | Finished::Phase(_) => self.lend(),
            _ => None,
        };
        let sh = &mut *self.sh;
        let view = View {
            ast: &sh.ast,
            visible: &sh.scopes.visible,
            package: &sh.package,
            line,
        };
        sh.feedback
            .finished(what, &view)
            .map_err(|_| Stop::Aborted)?;
        if let Some((newline, rest)) = lent {
            self.take_back(newline, rest);
        }
        self.refresh();
        Ok(())
    }

    /// Lets what runs now read the lines behind this one: where the line ends, and where the text goes on.
    fn lend(&mut self) -> Option<(usize, usize)> {
        if !self.sh.feedback.lends_text() || self.map.is_some() || !self.regions.is_empty() {
            return None;
        }
        let newline = self.pos + memchr::memchr(b'\n', self.rest().as_bytes())?;
        let rest = self.heredocs.get(&newline).copied().unwrap_or(newline + 1);
        self.sh.feedback.lend(rest);
        Some((newline, rest))
    }

    /// What has been read of them is no part of the text any more, and no lines are counted for it.
    fn take_back(&mut self, newline: usize, rest: usize) {
        let Some(offset) = self.sh.feedback.take_back() else {
            return;
        };
        self.heredocs.insert(newline, offset);
        let line = self.sh.source.line(rest as u32);
        let mark = crate::source::LineMark {
            offset: offset as u32,
            line,
            file: None,
        };
        self.sh.source.mark(mark);
    }

    /// Reads the pragmas anew.
    pub fn refresh(&mut self) {
        self.sh.hints = self.sh.feedback.hints();
        self.sh.overrides = self.sh.feedback.any_overrides();
    }

    /// A block's scope begins.
    pub fn enter_scope(&mut self) {
        self.sh.scopes.enter();
        self.sh
            .packages
            .push((self.sh.package.clone(), self.sh.package_name));
    }

    /// A block's scope ends.
    pub fn leave_scope(&mut self) {
        if let Some((package, name)) = self.sh.packages.pop() {
            (self.sh.package, self.sh.package_name) = (package, name);
        }
        if self.sh.scopes.leave() {
            self.sh.feedback.leave_scope();
            self.refresh();
        }
    }

    /// Whether a package of that name exists.
    pub fn is_package(&mut self, name: &str) -> bool {
        self.sh.required.contains(name) || self.sh.feedback.is_package(name)
    }

    /// Makes `package` current.
    pub fn set_package(&mut self, package: &str) {
        self.sh.package = package.into();
        self.sh.package_name = self.sh.ast.name(package);
    }
}

fn through(map: &OffsetMap, pos: usize) -> usize {
    let at = map.partition_point(|e| e.0 <= pos);
    match at.checked_sub(1).and_then(|i| map.get(i)) {
        Some(&(from, to)) => to + (pos - from),
        None => map.first().map_or(pos, |e| e.1),
    }
}
