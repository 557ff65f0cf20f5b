//! Where execution stands, warnings and the texts of errors (perldiag).

mod handle_name;
mod stderr;
mod uninit;

use crate::bytecode::{Hints, Op, Want};
use crate::diag::warnings::{self, Category};
use crate::text::PerlStr;
use crate::value::{Code, Val};
use crate::vm::Vm;
use crate::vm::die::{Die, Exec};
use crate::vm::frame::{Frame, kind};
use std::rc::Rc as Shared;

impl Vm {
    /// The frame that runs, and its op.
    pub(in crate::vm) fn here(&self) -> Option<(&Frame, u32)> {
        let frame = self.frames.last()?;
        Some((frame, frame.op_index(self.pc)))
    }

    /// Line and file that run.
    pub fn line(&self) -> (u32, Shared<str>) {
        match self.here() {
            Some((frame, op)) => frame.proto().line_at(op),
            None => (0, "-".into()),
        }
    }

    /// The hints in force.
    pub fn hints(&self) -> Option<Shared<Hints>> {
        let (frame, op) = self.here()?;
        frame.proto().hints_at(op).cloned()
    }

    /// The package of the code that runs.
    pub fn package(&self) -> Shared<str> {
        match self.hints() {
            Some(hints) if !hints.package.is_empty() => hints.package.clone(),
            _ => "main".into(),
        }
    }

    /// Is a hint bit (`$^H`) set?
    pub(in crate::vm) fn hint(&self, bit: u32) -> bool {
        self.here()
            .and_then(|(frame, op)| frame.proto().hints_at(op))
            .is_some_and(|hints| hints.bits & bit != 0)
    }

    /// The op that runs.
    pub(in crate::vm) fn op(&self) -> Option<Op> {
        let (frame, op) = self.here()?;
        frame.proto().unit.code.get(op as usize).copied()
    }

    /// Remembers where the operation stands that a message is made for.
    #[cold]
    fn note_place(&self, file: &Shared<str>, line: u32) {
        if let Some(place) = self.place() {
            self.texts.note(file, line, place);
        }
    }

    /// The same for an object that is thrown: its text need not say where that was.
    pub(in crate::vm) fn note_thrown(&self, object: &Val) {
        if self.texts.is_on()
            && let (Some(referent), Some(place)) = (object.referent(), self.place())
        {
            self.texts.note_thrown(referent.address(), place);
        }
    }

    fn place(&self) -> Option<crate::diag::Place> {
        let (frame, op) = self.here()?;
        let places = frame.proto().unit.places.as_ref()?;
        Some(crate::diag::Place {
            source: places.source.clone(),
            span: places.at(op)?,
        })
    }

    /// ` at FILE line N.` with `<$fh> line M` where perl adds it.
    pub fn at_line(&self) -> String {
        let (mut line, file) = self.line();
        if line == 0 && self.last_read().is_some_and(|io| io.lines.get() != 0) {
            // the loop of -n has been through the program: it stands where that ends. (What -p does then is on a
            // line 0 of its own.)
            let rows = self.here().map(|(frame, _)| &frame.proto().unit.lines);
            let own = rows.and_then(|rows| rows.first());
            let before = rows.and_then(|rows| {
                let others =
                    |row: &&(u32, u32, u16)| own.map(|own| (0, own.2)) != Some((row.1, row.2));
                rows.iter().rev().find(others)
            });
            line = before.map_or(0, |row| row.1);
        }
        // what switches stand for is on line 0, and names no place (perlrun -M, -n)
        if self.texts.is_on() {
            self.note_place(&file, line);
        }
        let mut text = match line {
            0 => String::new(),
            line => format!(" at {file} line {line}"),
        };
        if let Some(io) = self.last_read()
            && io.lines.get() != 0
        {
            let name = io.name.borrow().clone().unwrap_or_else(|| "$fh".into());
            let unit = match self.names.rs.scalar().get() {
                Val::Str(s) if s == "\n" => "line",
                _ => "chunk",
            };
            text.push_str(&format!(", <{name}> {unit} {}", io.lines.get()));
        }
        text.push_str(".\n");
        text
    }

    /// The error `msg at FILE line N.`; unchanged where it ends in a newline.
    #[cold]
    pub fn die(&mut self, msg: impl AsRef<str>) -> Die {
        let msg = msg.as_ref();
        if msg.ends_with('\n') {
            return Die::with(Val::str(msg));
        }
        Die::with(Val::Str(PerlStr::from(format!("{msg}{}", self.at_line()))))
    }

    /// Is a category of warnings on here?
    pub fn warns(&self, category: Category) -> bool {
        self.warns_or(category, category.is_on(&warnings::DEFAULT))
    }

    /// Is a category on here? `unasked` where nothing was said, neither in the text nor by `-w`.
    pub(in crate::vm) fn warns_or(&self, category: Category, unasked: bool) -> bool {
        if let Some(on) = self.warn_force {
            return on;
        }
        let hints = self
            .here()
            .and_then(|(frame, op)| frame.proto().hints_at(op));
        match hints.and_then(|h| h.warnings.as_ref()) {
            Some(bits) => category.is_on(bits),
            None => self.warn_all || unasked,
        }
    }

    /// A sub is about to take the place of another (perldiag: %s redefined).
    #[cold]
    pub(in crate::vm) fn warn_redefined(&mut self, old: &Code, new: &Code, name: &str) -> Exec {
        let (what, unasked) = old.redefinition(new);
        if old.is_defined() && self.warns_or(Category::Redefine, unasked) {
            self.warn_on(Category::Redefine, format!("{what} {name} redefined"))?;
        }
        match old.prototype_mismatch(name, new.prototype().as_ref()) {
            Some(text) if self.warns_or(Category::Prototype, true) => {
                self.warn_on(Category::Prototype, text)
            }
            _ => Ok(()),
        }
    }

    /// Warns `msg at FILE line N.` if the category is on.
    #[cold]
    pub fn warn(&mut self, category: Category, msg: impl AsRef<str>) -> Exec {
        if !self.warns(category) {
            return Ok(());
        }
        self.warn_on(category, msg)
    }

    /// Warns of what is severe: on where nothing was said of the category (perldiag "(S ...)").
    #[cold]
    pub(in crate::vm) fn warn_severe(&mut self, category: Category, msg: impl AsRef<str>) -> Exec {
        match self.warns_or(category, true) {
            true => self.warn_on(category, msg),
            false => Ok(()),
        }
    }

    /// Warns of a category that is on: dies where it is FATAL.
    pub(in crate::vm) fn warn_on(&mut self, category: Category, msg: impl AsRef<str>) -> Exec {
        let hints = self
            .here()
            .and_then(|(frame, op)| frame.proto().hints_at(op))
            .cloned();
        let fatal = hints
            .and_then(|h| h.warnings.clone())
            .is_some_and(|bits| category.is_fatal(&bits));
        let text = self.located(msg.as_ref());
        if fatal {
            return Err(Die::with(text));
        }
        self.warn_val(text)
    }

    /// Warns whatever the pragmas say.
    pub fn warn_always(&mut self, msg: impl AsRef<str>) -> Exec {
        let text = self.located(msg.as_ref());
        self.warn_val(text)
    }

    fn located(&self, msg: &str) -> Val {
        if msg.ends_with('\n') {
            Val::str(msg)
        } else {
            Val::Str(PerlStr::from(format!("{msg}{}", self.at_line())))
        }
    }

    /// Gives a warning to `$SIG{__WARN__}`, else to STDERR.
    pub fn warn_val(&mut self, val: Val) -> Exec {
        let hook = self
            .names
            .sig
            .hash_mut()
            .get_str("__WARN__")
            .unwrap_or_default();
        let hook = self.load(hook)?;
        if !self.in_hook[0] && !hook.is_undef() && !matches!(&hook, Val::Str(s) if s.is_empty()) {
            if let Some(code) = self.hook_code(&hook)? {
                self.in_hook[0] = true;
                let result = self.call_sv(&Val::CRef(code), &[val], Want::Scalar);
                self.in_hook[0] = false;
                return result.map(drop);
            }
        }
        let text = self.str_quiet(&val)?;
        match self.watchers.warn.clone() {
            Some(watcher) => watcher(&text).map_err(|panic| self.die(panic)),
            None => self.tell(&text),
        }
    }

    /// The sub a `%SIG` entry means.
    pub(in crate::vm) fn hook_code(
        &mut self,
        hook: &Val,
    ) -> Exec<Option<crate::value::Rc<crate::value::Code>>> {
        if let Val::Str(name) = hook {
            let name = name.to_str_lossy().into_owned();
            let full = crate::value::Symbols::qualify(&name, "main");
            return Ok(self.symbols.glob_if(&full).and_then(|glob| glob.code()));
        }
        Ok(match hook {
            Val::CRef(code) => Some(code.clone()),
            Val::Glob(glob) | Val::GRef(glob) => glob.code(),
            _ => None,
        })
    }

    /// The sub's name of a frame, as `caller` shows it.
    pub(in crate::vm) fn frame_name(&self, frame: &Frame) -> String {
        if frame.kind & (kind::EVAL | kind::FILE) != 0 {
            return "(eval)".into();
        }
        frame.code.full_name()
    }
}

/// A string for a message: controls escaped, cut to `most` characters.
pub fn quoted(text: &PerlStr, most: usize) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for cp in text.chars() {
        if out.len() >= most {
            out.push_str("\"...");
            // The caller closes the quote: perl puts the dots behind it.
            return out.trim_end_matches("\"...").to_string() + "\"...";
        }
        let _ = match cp {
            10 => write!(out, "\\n"),
            13 => write!(out, "\\r"),
            9 => write!(out, "\\t"),
            12 => write!(out, "\\f"),
            0 => write!(out, "\\0"),
            92 => write!(out, "\\\\"),
            0x20..=0x7e => write!(out, "{}", cp as u8 as char),
            0..=0xff => write!(out, "\\{cp:o}"),
            _ => write!(out, "\\x{{{cp:x}}}"),
        };
    }
    out
}
