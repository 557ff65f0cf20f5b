//! Patterns: compiling them with what the unit and the program know, and what a running match asks.

use crate::bytecode::{NO, Want};
use crate::regex::{
    Abort, Captures, Charset, CodeValue, CompileHooks, ExecHooks, ExecOpts, Flags, PatternSource,
    Regex, RegexError,
};
use crate::text::PerlStr;
use crate::value::{HasSide, Rc, Regexp, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::matches::{MatchData, MatchState};
use crate::vm::{Die, Exec, Stop, Vm};
use std::any::Any;
use std::rc::Rc as Shared;

/// A pattern ready to run, with the subs of its code blocks.
#[derive(Clone)]
pub(in crate::vm) struct Ready {
    pub(in crate::vm) regex: Shared<Regex>,
    pub(in crate::vm) blocks: Shared<[Val]>,
}

/// What a pattern of the unit remembers: the text it was last compiled from.
pub(super) struct Remembered {
    text: PerlStr,
    pub(super) ready: Ready,
    /// `m?..?` has matched.
    pub(super) spent: std::cell::Cell<bool>,
}

/// What compiling asks.
pub(in crate::vm) struct Names<'a> {
    pub(in crate::vm) vm: &'a mut Vm,
    /// Blocks handed out so far, of how many the unit has.
    pub(in crate::vm) given: u32,
    pub(in crate::vm) known: u32,
    /// Blocks compiled at run time.
    pub(in crate::vm) made: Vec<Val>,
    /// The pattern stands in the program as it is.
    pub(in crate::vm) constant: bool,
    /// Where blocks compiled at run time find their variables.
    pub(in crate::vm) scope: u16,
    /// What compiling a block died of.
    pub(in crate::vm) died: Option<Die>,
}

impl CompileHooks for Names<'_> {
    fn named_char(&mut self, name: &str) -> Option<Vec<u32>> {
        if let Some(translator) = self.vm.name_translator() {
            let args = [Val::str(name)];
            let got = self.vm.call_sv(&translator, &args, Want::Scalar).ok()?;
            let text = got.last()?.to_str();
            return Some(text.chars().map(|c| c as u32).collect());
        }
        if let Some(c) = crate::text::charname::character(name) {
            return Some(vec![c as u32]);
        }
        let code = self
            .vm
            .symbols
            .glob_if("charnames::string_vianame")?
            .code()?;
        let got = self
            .vm
            .call_code(code, &[Val::str(name)], Want::Scalar)
            .ok()?;
        let text = got.last()?.to_str();
        if text.is_empty() {
            None
        } else {
            Some(text.chars().map(|c| c as u32).collect())
        }
    }

    fn full_name(&self, name: &str) -> String {
        match name.contains("::") {
            true => name.to_string(),
            false => format!("{}::{name}", self.vm.package()),
        }
    }

    fn user_property(&mut self, name: &str, fold: bool) -> Result<Option<String>, String> {
        let full = self.full_name(name);
        let found = self.vm.symbols.glob_if(&full).and_then(|g| g.code());
        let main = || {
            self.vm
                .symbols
                .glob_if(&format!("main::{name}"))
                .and_then(|g| g.code())
        };
        let Some(code) = found.or_else(main) else {
            return Ok(None);
        };
        if self.vm.pattern_tainted && self.vm.tainting > 0 {
            return Err(format!("Insecure user-defined property \"{name}\""));
        }
        match self.vm.call_code(code, &[Val::Bool(fold)], Want::Scalar) {
            Ok(got) => Ok(got.last().map(|v| v.to_str().to_str_lossy().into_owned())),
            Err(die) => {
                if let Stop::Died(val) = die.stop() {
                    let text = val.to_str();
                    return Err(format!(
                        "Error \"{}\" in expansion of {name}",
                        text.to_str_lossy()
                    ));
                }
                self.died = Some(die);
                Err("stopped".into())
            }
        }
    }

    fn named_like(&mut self, pattern: &str) -> Result<Vec<u32>, String> {
        let source = PatternSource::new(pattern.as_bytes(), true);
        let flags = Flags::NONE.with(Flags::I, true);
        let regex = Regex::compile(&source, flags, self).map_err(|error| error.text)?;
        let mut asked = Asked {
            vm: self.vm,
            died: None,
            code: None,
        };
        let mut found = Vec::new();
        let mut caps = Captures::default();
        crate::text::charname::each_name(|c, name| {
            let opts = ExecOpts::default();
            let got = regex.exec(name.as_bytes(), false, 0, opts, &mut caps, &mut asked);
            if got == Ok(true) {
                found.push(c as u32);
            }
        });
        Ok(found)
    }

    fn code_block(
        &mut self,
        code: &str,
        _postponed: bool,
        allowed: bool,
    ) -> Result<Option<u32>, String> {
        // The code of a `qr//` that was interpolated comes with its closure.
        if !self.constant
            && let Some(sub) = self.vm.qr_code.get(code)
        {
            self.made.push(sub.clone());
            return Ok(Some(self.known + self.made.len() as u32 - 1));
        }
        if self.given < self.known {
            self.given += 1;
            return Ok(Some(self.given - 1));
        }
        if !allowed {
            return Ok(None);
        }
        if self.vm.pattern_tainted && self.vm.tainting > 0 {
            return Err("Eval-group in insecure regular expression".into());
        }
        match self.vm.late_block(code, self.scope) {
            Ok(sub) => {
                self.made.push(sub);
                Ok(Some(self.known + self.made.len() as u32 - 1))
            }
            Err(die) => {
                self.died = Some(die);
                Err("died".into())
            }
        }
    }
}

/// What a running match asks.
pub(in crate::vm) struct Asked<'a> {
    pub(in crate::vm) vm: &'a mut Vm,
    pub(in crate::vm) died: Option<Die>,
    /// For patterns with code: its subs and the subject.
    pub(in crate::vm) code: Option<(Shared<[Val]>, PerlStr)>,
}

impl Asked<'_> {
    fn run_block(
        &mut self,
        index: u32,
        state: &crate::regex::MatchState<'_>,
    ) -> Result<Val, Abort> {
        let Some((blocks, subject)) = &self.code else {
            return Ok(Val::Undef);
        };
        let Some(Val::CRef(code)) = blocks.get(index as usize).cloned() else {
            return Ok(Val::Undef);
        };
        let subject = subject.clone();
        // The match so far is what `$1` shows inside.
        let caps = Captures {
            offsets: state.offsets.to_vec(),
            last_paren: state.last_paren,
            last_close: state.last_close,
            ..Captures::default()
        };
        let before = self.vm.matched.clone();
        let result = state
            .code_result
            .and_then(|h| self.vm.block_values.get(h as usize).cloned())
            .unwrap_or_default();
        if let Some(regex) = self.vm.running_regex.clone() {
            let data = MatchData {
                subject: subject.clone(),
                caps,
                regex,
                result,
            };
            self.vm.matched = MatchState(Some(Shared::new(data)));
        }
        let topic = self.vm.names.underscore.clone();
        let cell = Scalar::new(Val::Str(subject));
        cell.set_pos(Some((state.at, false)));
        let old = topic.set_scalar(cell);
        let at = self.vm.top;
        let from = self.vm.list.len();
        let bits = kind::BLOCK | kind::NO_ARGS;
        let frame = self.vm.frames.len() + 1;
        let around = std::mem::replace(&mut self.vm.pattern_frame, frame);
        let done = self.vm.call_window(code, at, 0, Want::Scalar, bits);
        self.vm.pattern_frame = around;
        drop(topic.set_scalar(old));
        self.vm.matched = before;
        match done {
            Ok(()) => {
                let val = self.vm.list.pop().unwrap_or_default();
                self.vm.list.truncate(from);
                Ok(val)
            }
            Err(die) => {
                self.died = Some(die);
                Err(Abort)
            }
        }
    }
}

impl ExecHooks for Asked<'_> {
    fn saves_mark(&mut self) -> usize {
        self.vm.saves.len()
    }

    fn rewind_saves(&mut self, mark: usize) {
        if self.vm.saves.len() > mark
            && let Err(die) = self.vm.restore(mark)
        {
            self.died.get_or_insert(die);
        }
    }

    fn pending(&self) -> bool {
        self.vm.word.get() & crate::sys::signal::pending::WAKE != 0
    }

    fn on_pending(&mut self) -> Result<(), Abort> {
        self.vm.attend().map_err(|die| {
            self.died = Some(die);
            Abort
        })
    }

    fn code_block(
        &mut self,
        index: u32,
        state: &crate::regex::MatchState<'_>,
    ) -> Result<CodeValue, Abort> {
        let val = self.run_block(index, state)?;
        let truth = val.to_bool();
        self.vm.block_values.push(val);
        Ok(CodeValue {
            truth,
            handle: self.vm.block_values.len() as u32 - 1,
        })
    }

    fn postponed(
        &mut self,
        index: u32,
        state: &crate::regex::MatchState<'_>,
    ) -> Result<Shared<Regex>, Abort> {
        let val = self.run_block(index, state)?;
        match self.vm.regex_of(&val, Flags::NONE) {
            Ok(ready) => Ok(ready.regex),
            Err(die) => {
                self.died = Some(die);
                Err(Abort)
            }
        }
    }
}

/// Whether a subject is to be matched as UTF-8, and that it need not be checked where it is known
/// to be sound. UTF-8 that is all ASCII matches as bytes do, only slower.
#[inline]
pub(super) fn kind_of(subject: &PerlStr, opts: ExecOpts) -> (bool, ExecOpts) {
    if !subject.is_utf8() {
        return (false, opts);
    }
    let checked = subject.is_standard_utf8();
    (!subject.is_known_ascii(), ExecOpts { checked, ..opts })
}

/// The pattern a `qr//` object or its value holds.
pub(in crate::vm) fn qr_of(val: &Val) -> Option<Rc<Regexp>> {
    match val {
        Val::Regexp(regexp) => Some(regexp.clone()),
        Val::SRef(cell) => cell.with(|v| match v {
            Val::Regexp(regexp) => Some(regexp.clone()),
            _ => None,
        }),
        _ => None,
    }
}

impl Vm {
    /// Who gives names to characters in the code that runs: what `$^H{charnames}` was when it was compiled.
    fn name_translator(&mut self) -> Option<Val> {
        let hints = self.hints()?;
        let pairs = hints.hash.as_ref()?;
        let (_, text) = pairs.iter().find(|(key, _)| &**key == "charnames")?;
        let kept = self.symbols.glob_if("\0hints::kept")?.hash()?;
        kept.get_str(text).map(|val| val.loaded())
    }

    /// The flags of a pattern as written and as the pragmas add to them.
    fn pattern_flags(&self, letters: &str) -> Flags {
        let plain: String = letters.chars().filter(|c| !"gcore".contains(*c)).collect();
        let mut flags = Flags::from_letters(&plain).unwrap_or(Flags::NONE);
        if flags.charset == Charset::Depends && !letters.contains('d') {
            let features = self.hints().map_or(0, |h| h.features);
            if features & crate::diag::hints::feature::UNICODE_STRINGS as u64 != 0 {
                flags.charset = Charset::Unicode;
            }
            if self.hint(crate::diag::hints::LOCALE) {
                flags.charset = Charset::Locale;
            }
        }
        if self.hint(crate::diag::hints::RE_EVAL) {
            flags = flags.with(Flags::EVAL, true);
        }
        flags
    }

    /// Compiles a pattern text, from memory where it can.
    pub(in crate::vm) fn compile_pattern(
        &mut self,
        text: &PerlStr,
        flags: Flags,
        blocks: Vec<Val>,
        (constant, scope): (bool, u16),
    ) -> Exec<Ready> {
        let mut cache = std::mem::take(&mut self.pattern_cache);
        let mut names = Names {
            vm: self,
            given: 0,
            known: blocks.len() as u32,
            made: Vec::new(),
            constant,
            scope,
            died: None,
        };
        let source = PatternSource::new(text.as_bytes(), text.is_utf8());
        let got = match blocks.is_empty() {
            true => cache.get(&source, flags, &mut names),
            false => Regex::compile(&source, flags, &mut names),
        };
        let (made, died) = (names.made, names.died);
        self.pattern_cache = cache;
        if let Some(die) = died {
            return Err(die);
        }
        let regex = match got {
            Ok(regex) => regex,
            Err(error) => return Err(self.pattern_error(error)),
        };
        if !regex.warnings().is_empty() {
            self.pattern_warnings(regex.warnings())?;
        }
        let mut blocks = blocks;
        blocks.extend(made);
        Ok(Ready {
            regex,
            blocks: blocks.into(),
        })
    }

    fn pattern_warnings(&mut self, warnings: &[crate::regex::Warning]) -> Exec {
        use crate::diag::warnings::Category as C;
        for warning in warnings {
            let category = match warning.category {
                crate::regex::Category::Digit => C::Digit,
                crate::regex::Category::Experimental(name) => {
                    C::named(name).unwrap_or(C::Experimental)
                }
                _ => C::Regexp,
            };
            self.warn(category, &warning.text)?;
        }
        Ok(())
    }

    #[cold]
    fn pattern_error(&mut self, error: RegexError) -> Die {
        if let Err(die) = self.pattern_warnings(&error.warnings) {
            return die;
        }
        self.die(error.text)
    }

    /// A compiled pattern to be matched now.
    fn qr_ready(&mut self, qr: &Regexp) -> Exec<Ready> {
        let mut regex = qr.program.clone();
        if regex.is_deferred() {
            let mut names = Names {
                vm: self,
                given: 0,
                known: qr.blocks.len() as u32,
                made: Vec::new(),
                constant: false,
                scope: NO,
                died: None,
            };
            let got = regex.complete(&mut names);
            if let Some(die) = names.died {
                return Err(die);
            }
            regex = got.map_err(|error| self.pattern_error(error))?;
        }
        Ok(Ready {
            regex,
            blocks: qr.blocks.clone().into(),
        })
    }

    /// A value as a pattern: a `qr//` object or a text.
    pub(in crate::vm) fn regex_of(&mut self, val: &Val, flags: Flags) -> Exec<Ready> {
        if let Some(qr) = qr_of(val) {
            return self.qr_ready(&qr);
        }
        if val.is_overloaded()
            && let Some(got) = self.overload_unary(val, "qr")?
            && let Some(qr) = qr_of(&got)
        {
            return self.qr_ready(&qr);
        }
        let text = self.str(val)?;
        self.compile_pattern(&text, flags, Vec::new(), (false, NO))
    }

    /// Pattern `m` of the running unit.
    #[inline]
    pub(in crate::vm) fn pattern(&mut self, m: u16) -> Exec<Ready> {
        self.pattern_as(m, 0)
    }

    /// The same compiled with `more` flags.
    #[inline]
    pub(super) fn pattern_as(&mut self, m: u16, more: u16) -> Exec<Ready> {
        let Some(frame) = self.frames.last() else {
            return Err(self.die("panic: no frame"));
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let proto = unsafe { &*proto };
        let spec = &proto.unit.matches[m as usize];
        if spec.constant.is_some() && spec.blocks.is_empty() {
            if let Some(slot) = &*proto.patterns[m as usize].borrow()
                && let Some(known) = slot.downcast_ref::<Remembered>()
            {
                return Ok(known.ready.clone());
            }
        }
        self.pattern_slow(proto, m, more)
    }

    #[inline(never)]
    fn pattern_slow(&mut self, proto: &crate::value::Proto, m: u16, more: u16) -> Exec<Ready> {
        let spec = &proto.unit.matches[m as usize];
        let mut flags = self.pattern_flags(&spec.flags);
        if spec.constant.is_some() {
            // What stands in the program may hold code, whatever the delimiter.
            flags = flags.with(Flags::EVAL, true);
        }
        let mut blocks = Vec::with_capacity(spec.blocks.len());
        for (k, _) in &spec.blocks {
            blocks.push(self.block_closure(*k)?);
        }
        let text = match &spec.constant {
            Some(lit) => crate::value::proto::literal(lit).to_str(),
            None => {
                let val = self.get(spec.pattern)?;
                if let Some(qr) = qr_of(&val)
                    && (flags.bits & !Flags::EVAL == 0 || flags == qr.program.flags())
                {
                    return self.qr_ready(&qr);
                }
                if val.is_ref() && qr_of(&val).is_none() && val.is_overloaded() {
                    return self.regex_of(&val, flags);
                }
                self.str(&val)?
            }
        };
        if let Some(slot) = &*proto.patterns[m as usize].borrow()
            && let Some(known) = slot.downcast_ref::<Remembered>()
            && blocks.is_empty()
            && (spec.flags.contains('o')
                || known.text.is_utf8() == text.is_utf8() && known.text == text)
        {
            return Ok(known.ready.clone());
        }
        flags = flags.with(more, true);
        let ready =
            self.compile_pattern(&text, flags, blocks, (spec.constant.is_some(), spec.scope))?;
        let known = Remembered {
            text,
            ready: ready.clone(),
            spent: false.into(),
        };
        proto.patterns[m as usize].replace(Some(Shared::new(known) as Shared<dyn Any>));
        Ok(ready)
    }

    /// A code block of the running unit as a sub.
    fn block_closure(&mut self, k: u16) -> Exec<Val> {
        let Some(proto) = self.frames.last().and_then(|f| f.proto().sub(k as usize)) else {
            return Ok(Val::Undef);
        };
        let mut captures = Vec::new();
        for i in 0..proto.unit.captures.len() {
            let (from, kind) = (proto.unit.captures[i].from, proto.unit.captures[i].kind);
            captures.push(self.capture_from(from, kind)?);
        }
        Ok(Val::CRef(self.code_for(proto, captures.into())))
    }

    /// The sub a code block met at run time makes, over the variables of `scope`.
    fn late_block(&mut self, code: &str, scope: u16) -> Exec<Val> {
        let text = Val::Str(PerlStr::from(format!("sub {{ {code} }}").as_str()));
        let from = self.list.len();
        self.eval_text(&text, false, scope, Want::Scalar)?;
        let sub = self.list.pop().unwrap_or_default();
        self.list.truncate(from);
        Ok(sub)
    }
}
