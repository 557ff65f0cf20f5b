//! A compiled pattern: chooses how to run it, and runs it.

use super::ast::{Assert, CondTest, Node, Pattern};
use super::backtrack;
use super::captures::Captures;
use super::chars::subject::step_back;
use super::emit::emit;
use super::engine::{Outcome, Program, Run, Variant};
use super::error::{RegexError, Warning};
use super::hooks::{Abort, ExecHooks};
use super::literal::PlainText;
use super::parse::{parse, widths};
use super::pattern::{Charset, CompileHooks, Flags, PatternSource};
use super::tail::Tail;
use crate::text::utf8::is_standard;
use std::cell::OnceCell;
use std::rc::Rc;

/// Subjects longer than this are searched in steps, with a look at what is pending between.
const LONG: usize = 256 * 1024;

/// How a match is to be sought.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExecOpts {
    /// No empty match at the start offset (`//g` after an empty match there).
    pub not_empty_at_start: bool,
    /// The match must begin at the start offset.
    pub anchored: bool,
    /// `pos()` for `\G`, when it is not the start offset.
    pub g_pos: Option<usize>,
    /// No match may begin before the start offset, which `\G` can otherwise cause (`s///g`).
    pub not_before_start: bool,
    /// The subject is known to be well-formed UTF-8 without code points above U+10FFFF
    /// (`PerlStr::is_standard_utf8`, which remembers), so that it need not be checked again.
    pub checked: bool,
}

/// Why a search ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecError {
    /// A callback died; the owner holds what was thrown.
    Abort,
    /// Memory ran out.
    OutOfMemory,
    /// perl dies with these words.
    Fatal(&'static str),
}

impl From<Abort> for ExecError {
    fn from(_: Abort) -> Self {
        ExecError::Abort
    }
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Regex {
    text: Box<[u8]>,
    utf8: bool,
    flags: Flags,
    pattern: Pattern,
    warnings: Vec<Warning>,
    plain: Option<PlainText>,
    /// Where `\G` stands in it.
    pos_place: PosPlace,
    /// How near to the end it begins.
    tail: Option<Tail>,
    /// PCRE2 can run it at all.
    native: bool,
    bytes: Programs,
    utf: Programs,
    /// The pattern compiled again, once the properties it waited for were there.
    complete: OnceCell<Rc<Regex>>,
}

/// The programs of one kind of subject, made when first needed; `None` where PCRE2 refuses.
#[derive(Debug, Default)]
struct Programs {
    quick: OnceCell<Option<Program>>,
    stepped: OnceCell<Option<Program>>,
    callouts: OnceCell<Option<Program>>,
    own: OnceCell<Rc<backtrack::Program>>,
}

impl Regex {
    /// Compiles a pattern.
    pub fn compile(
        source: &PatternSource<'_>,
        flags: Flags,
        hooks: &mut dyn CompileHooks,
    ) -> Result<Rc<Regex>, RegexError> {
        let mut flags = flags;
        if flags.has(Flags::SPLIT) && source.bytes == b"^" {
            flags = flags.with(Flags::M, true);
        }
        let parsed = parse(source, flags, hooks)?;
        let pattern = parsed.pattern;
        flags = flags.with(Flags::DEFER | Flags::LATE, false);
        flags.charset = pattern.charset;
        let uses = pattern.uses;
        if uses.copies {
            flags = flags.with(Flags::P, true);
        }
        let pos_place = if uses.pos {
            pos_place(&pattern.node)
        } else {
            PosPlace::Nowhere
        };
        let native = !(uses.code || uses.bounds || uses.wide);
        Ok(Rc::new(Regex {
            text: source.bytes.into(),
            utf8: source.utf8,
            flags,
            plain: PlainText::of(&pattern),
            pos_place,
            tail: Tail::of(&pattern.node, &uses),
            native,
            pattern,
            warnings: parsed.warnings,
            bytes: Programs::default(),
            utf: Programs::default(),
            complete: OnceCell::new(),
        }))
    }

    /// Searches `subject` from `start` on; `true` when it matched and `caps` tells where.
    #[inline]
    pub fn exec(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Result<bool, ExecError> {
        if start > subject.len() {
            return Ok(false);
        }
        if let Some(found) = self.exec_plain(subject, utf8, start, opts, caps) {
            return Ok(found);
        }
        self.exec_engine(subject, utf8, start, opts, caps, hooks)
    }

    /// The same for a pattern that is plain text, which needs no hooks; `None` for others.
    #[inline]
    pub fn exec_plain(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
    ) -> Option<bool> {
        let plain = self.plain.as_ref()?;
        Some(match plain.find(subject, utf8, start, opts.anchored) {
            Some((from, to)) => {
                caps.set_whole(from, to);
                true
            }
            None => false,
        })
    }

    fn exec_engine(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Result<bool, ExecError> {
        let start = match self.pos_place {
            PosPlace::Nowhere => start,
            place => match start_by_pos(place, subject, utf8, start, opts) {
                Some(start) => start,
                None => return Ok(false),
            },
        };
        let (start, opts) = self.near_the_end(subject, utf8, start, opts);
        let foreign_pos = self.pattern.uses.pos && opts.g_pos.is_some_and(|pos| pos != start);
        if !self.native || foreign_pos || (utf8 && !opts.checked && !is_standard(subject)) {
            return self.exec_own(subject, utf8, start, opts, caps, hooks);
        }
        let programs = if utf8 { &self.utf } else { &self.bytes };
        let run = Run {
            not_empty_at_start: opts.not_empty_at_start,
            anchored: opts.anchored,
        };
        let long = subject.len() - start > LONG && !opts.anchored && !self.pattern.uses.verbs;
        let outcome = if long {
            match programs
                .stepped
                .get_or_init(|| self.program(utf8, true, false))
            {
                Some(program) => program.run_stepped(subject, start, run, caps, hooks, utf8),
                None => return self.exec_own(subject, utf8, start, opts, caps, hooks),
            }
        } else {
            match programs
                .quick
                .get_or_init(|| self.program(utf8, false, false))
            {
                Some(program) => program.run(subject, start, run, caps),
                None => return self.exec_own(subject, utf8, start, opts, caps, hooks),
            }
        };
        match outcome {
            Outcome::Matched => {
                if caps.offsets.len() > 1 {
                    caps.settle(&self.pattern.parents);
                } else {
                    caps.last_paren = 0;
                    caps.last_close = 0;
                }
                Ok(true)
            }
            Outcome::NoMatch => Ok(false),
            Outcome::Aborted => Err(ExecError::Abort),
            Outcome::Impatient | Outcome::Failed(_) => {
                self.exec_slowly(subject, utf8, start, opts, caps, hooks)
            }
        }
    }

    /// Where to begin and how, where only the end of the subject comes into question.
    #[inline]
    fn near_the_end(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
    ) -> (usize, ExecOpts) {
        let Some(tail) = self.tail.filter(|_| !opts.anchored) else {
            return (start, opts);
        };
        let from = tail.start(subject, utf8, start);
        let not_empty_at_start = opts.not_empty_at_start && from == start;
        let opts = ExecOpts {
            not_empty_at_start,
            ..opts
        };
        (from, opts)
    }

    /// A match that takes long: so that signals get through, and without limits.
    #[cold]
    fn exec_slowly(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Result<bool, ExecError> {
        let own = self.own(utf8);
        let programs = if utf8 { &self.utf } else { &self.bytes };
        if !own.can_remember()
            && let Some(program) = programs
                .callouts
                .get_or_init(|| self.program(utf8, false, true))
        {
            let run = Run {
                not_empty_at_start: opts.not_empty_at_start,
                anchored: opts.anchored,
            };
            match program.run_interruptible(subject, start, run, caps, hooks) {
                Outcome::Matched => {
                    caps.settle(&self.pattern.parents);
                    return Ok(true);
                }
                Outcome::NoMatch => return Ok(false),
                Outcome::Aborted => return Err(ExecError::Abort),
                Outcome::Impatient | Outcome::Failed(_) => {}
            }
        }
        self.exec_own(subject, utf8, start, opts, caps, hooks)
    }

    fn own(&self, utf8: bool) -> Rc<backtrack::Program> {
        let programs = if utf8 { &self.utf } else { &self.bytes };
        programs
            .own
            .get_or_init(|| Rc::new(backtrack::Program::new(&self.pattern, utf8)))
            .clone()
    }

    /// The program of our own engine, for patterns inside patterns.
    pub(super) fn own_program(&self, utf8: bool) -> Rc<backtrack::Program> {
        self.own(utf8)
    }

    #[cold]
    fn exec_own(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Result<bool, ExecError> {
        let program = self.own(utf8);
        let found = backtrack::exec(&program, subject, utf8, start, opts, caps, hooks)?;
        // With `\G` behind something, a match that does not get beyond it makes no progress.
        let stuck = opts.not_empty_at_start
            && !matches!(self.pos_place, PosPlace::Nowhere | PosPlace::Behind(0))
            && caps
                .get(0)
                .is_some_and(|(_, end)| opts.g_pos.is_some_and(|pos| end <= pos));
        Ok(found && !stuck)
    }

    fn program(&self, utf: bool, stepped: bool, callouts: bool) -> Option<Program> {
        let emitted = emit(&self.pattern, utf).ok()?;
        let program = Program::compile(&emitted, Variant { stepped, callouts }).ok()?;
        (program.groups() == self.pattern.groups).then_some(program)
    }

    /// Runs with our own engine whatever the pattern.
    #[cfg(test)]
    pub fn exec_by_own_engine(
        &self,
        subject: &[u8],
        utf8: bool,
        start: usize,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Result<bool, ExecError> {
        self.exec_own(subject, utf8, start, ExecOpts::default(), caps, hooks)
    }

    /// How many capture groups there are.
    pub fn groups(&self) -> u32 {
        self.pattern.groups
    }

    /// The names in order of first appearance, each with its groups in order.
    pub fn names(&self) -> &[(Rc<str>, Vec<u32>)] {
        &self.pattern.names
    }

    /// The groups of a name.
    pub fn group_named(&self, name: &str) -> &[u32] {
        let row = self.pattern.names.iter().find(|row| &*row.0 == name);
        row.map_or(&[], |row| &row.1)
    }

    /// The pattern's text as it was given, and whether it is UTF-8.
    pub fn text(&self) -> (&[u8], bool) {
        (&self.text, self.utf8)
    }

    /// Whether it names properties that no sub defined when it was compiled.
    #[inline]
    pub fn is_deferred(&self) -> bool {
        self.pattern.uses.deferred
    }

    /// A deferred pattern with its properties looked up.
    pub fn complete(&self, hooks: &mut dyn CompileHooks) -> Result<Rc<Regex>, RegexError> {
        if let Some(known) = self.complete.get() {
            return Ok(known.clone());
        }
        let source = PatternSource::new(&self.text, self.utf8);
        let regex = Regex::compile(&source, self.flags.with(Flags::LATE, true), hooks)?;
        Ok(self.complete.get_or_init(|| regex).clone())
    }

    /// The modifiers, with the charset the pattern itself called for.
    pub fn flags(&self) -> Flags {
        self.flags
    }

    /// What was warned about when it was compiled.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Whether it holds code blocks.
    pub fn has_code(&self) -> bool {
        self.pattern.uses.code
    }

    /// The code blocks: text between the braces, and number.
    pub fn codes(&self) -> &[(Box<str>, u32)] {
        &self.pattern.codes
    }

    /// Whether it is `\s+` and nothing else, by rules that know no white space above ASCII for
    /// such subjects.
    pub fn is_ascii_blanks(&self, subject: &[u8]) -> bool {
        let ascii = match self.flags.charset {
            Charset::Unicode => subject.is_ascii(),
            _ => true,
        };
        ascii && &*self.text == b"\\s+" && !self.flags.has(Flags::X)
    }

    /// Whether it mentions `\G`.
    pub fn uses_pos(&self) -> bool {
        self.pattern.uses.pos
    }

    /// Whether it is the empty pattern, which for `m//` and `s///` means the last one that matched.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The plain text the pattern is, if it is plain text without anchors.
    pub fn plain_text(&self, utf: bool) -> Option<&[u8]> {
        match &self.pattern.node {
            Node::Literal(_) => self.plain.as_ref()?.needle(utf),
            _ => None,
        }
    }

    /// What a `qr//` of it looks like as a string: `(?^u:...)`.
    pub fn to_qr(&self) -> Vec<u8> {
        let mut out = b"(?^".to_vec();
        out.extend_from_slice(self.flags.letters().as_bytes());
        out.push(b':');
        out.extend_from_slice(&self.text);
        if self.flags.has(Flags::X) && ends_in_comment(&self.text) {
            out.push(b'\n');
        }
        out.push(b')');
        out
    }

    /// The longest text every match begins with, and the longest found in every match, for
    /// `re::regmust`: anchored and floating.
    pub fn must_have(&self) -> (Option<Vec<u32>>, Option<Vec<u32>>) {
        let nodes = match &self.pattern.node {
            Node::Cat(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        let literal = |node: &Node| match node {
            Node::Literal(literal) if literal.fold.is_none() => Some(literal.chars.clone()),
            _ => None,
        };
        let skip = nodes
            .iter()
            .take_while(|n| matches!(n, Node::Assert(_)))
            .count();
        let first = nodes.get(skip).and_then(literal);
        let floating = nodes
            .iter()
            .skip(skip + 1)
            .filter_map(literal)
            .max_by_key(Vec::len);
        (first, floating)
    }
}

/// Whether a pattern's last line holds a `#`, so that a closing parenthesis needs a new line.
fn ends_in_comment(text: &[u8]) -> bool {
    let line = text
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    text[line..].contains(&b'#')
}

/// Where `\G` stands in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PosPlace {
    /// Not at all.
    Nowhere,
    /// Behind so many characters, in every way to match.
    Behind(u32),
    /// Somewhere.
    Floating,
}

fn pos_place(node: &Node) -> PosPlace {
    match node {
        Node::Assert(Assert::Pos) => PosPlace::Behind(0),
        Node::Cat(nodes) => {
            let mut before = Some(0u32);
            for node in nodes {
                match (pos_place(node), before) {
                    (PosPlace::Nowhere, _) => {}
                    (PosPlace::Behind(n), Some(before)) => return PosPlace::Behind(before + n),
                    _ => return PosPlace::Floating,
                }
                let (least, most) = widths(node);
                before = before
                    .filter(|_| most == Some(least))
                    .map(|sum| sum + least);
            }
            PosPlace::Nowhere
        }
        Node::Alt(nodes) | Node::Reset(nodes) => {
            let mut places = nodes.iter().map(pos_place);
            let first = places.next().unwrap_or(PosPlace::Nowhere);
            if places.all(|place| place == first) {
                first
            } else {
                PosPlace::Floating
            }
        }
        Node::Group(_, body) | Node::Atomic(body) => pos_place(body),
        Node::Repeat(repeat) => match pos_place(&repeat.body) {
            PosPlace::Nowhere => PosPlace::Nowhere,
            _ => PosPlace::Floating,
        },
        Node::Look { body, .. } | Node::ScriptRun(body) => match pos_place(body) {
            PosPlace::Nowhere => PosPlace::Nowhere,
            _ => PosPlace::Floating,
        },
        Node::Cond(cond) => {
            let look =
                matches!(&cond.test, CondTest::Look(look) if pos_place(look) != PosPlace::Nowhere);
            let arms = [pos_place(&cond.yes), pos_place(&cond.no)];
            if look || arms != [PosPlace::Nowhere; 2] {
                PosPlace::Floating
            } else {
                PosPlace::Nowhere
            }
        }
        _ => PosPlace::Nowhere,
    }
}

/// Where a search with `\G` begins; `None` where nothing can match.
fn start_by_pos(
    place: PosPlace,
    subject: &[u8],
    utf8: bool,
    start: usize,
    opts: ExecOpts,
) -> Option<usize> {
    let pos = opts.g_pos.unwrap_or(start);
    let from = match place {
        PosPlace::Nowhere => start,
        PosPlace::Floating if opts.not_before_start => start,
        PosPlace::Floating => 0,
        PosPlace::Behind(count) => {
            let mut at = pos;
            for _ in 0..count {
                if at == 0 {
                    return None;
                }
                at = step_back(subject, at, utf8);
            }
            at
        }
    };
    (from <= subject.len() && !(opts.not_before_start && from < start)).then_some(from)
}
