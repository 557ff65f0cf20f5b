//! Matching: patterns of the unit, `m//`, `qr//`, `split` (perlop "Regexp Quote-Like Operators").

use crate::bytecode::{NO, Op, R, Want};
use crate::regex::{
    Abort, Captures, Charset, CodeValue, CompileHooks, ExecError, ExecHooks, ExecOpts, Flags,
    PatternSource, Piece, Regex, RegexError, Separator,
};
use crate::text::PerlStr;
use crate::value::{Code, HasSide, Rc, Regexp, Scalar, Val};
use crate::vm::frame::kind;
use crate::vm::matches::{MatchData, MatchState};
use crate::vm::{Die, Exec, Vm};
use std::any::Any;
use std::rc::Rc as Shared;

/// A pattern ready to run, with the subs of its code blocks.
#[derive(Clone)]
pub(in crate::vm) struct Ready {
    pub(in crate::vm) regex: Shared<Regex>,
    pub(in crate::vm) blocks: Shared<[Val]>,
}

/// What a pattern of the unit remembers: the text it was last compiled from.
struct Remembered {
    text: PerlStr,
    ready: Ready,
    /// `m?..?` has matched.
    spent: std::cell::Cell<bool>,
}

/// What compiling asks.
pub(in crate::vm) struct Names<'a> {
    pub(in crate::vm) vm: &'a mut Vm,
    /// Blocks handed out so far, of how many the unit has.
    pub(in crate::vm) given: u32,
    pub(in crate::vm) known: u32,
    /// Blocks compiled at run time.
    pub(in crate::vm) made: Vec<Val>,
}

impl CompileHooks for Names<'_> {
    fn named_char(&mut self, name: &str) -> Option<Vec<u32>> {
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

    fn user_property(&mut self, name: &str, fold: bool) -> Result<Option<String>, String> {
        let full = match name.contains("::") {
            true => name.to_string(),
            false => format!("{}::{name}", self.vm.package()),
        };
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
        match self.vm.call_code(code, &[Val::Bool(fold)], Want::Scalar) {
            Ok(got) => Ok(got.last().map(|v| v.to_str().to_str_lossy().into_owned())),
            Err(_) => Err(format!("Died in property sub {name}")),
        }
    }

    fn code_block(&mut self, code: &str, _postponed: bool) -> Result<u32, String> {
        if self.given < self.known {
            self.given += 1;
            return Ok(self.given - 1);
        }
        let text = format!("sub {{ {code} }}");
        match self.vm.eval_sub(&text) {
            Some(sub) => {
                self.made.push(sub);
                Ok(self.known + self.made.len() as u32 - 1)
            }
            None => Err("Eval-group not allowed at runtime, use re 'eval'".into()),
        }
    }
}

/// What a running match asks.
pub(in crate::vm) struct Asked<'a> {
    pub(in crate::vm) vm: &'a mut Vm,
    pub(in crate::vm) blocks: Shared<[Val]>,
    pub(in crate::vm) died: Option<Die>,
    pub(in crate::vm) subject: PerlStr,
}

impl Asked<'_> {
    fn run_block(
        &mut self,
        index: u32,
        state: &crate::regex::MatchState<'_>,
    ) -> Result<Val, Abort> {
        let Some(Val::CRef(code)) = self.blocks.get(index as usize).cloned() else {
            return Ok(Val::Undef);
        };
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
                subject: self.subject.clone(),
                caps,
                regex,
                result,
            };
            self.vm.matched = MatchState(Some(Shared::new(data)));
        }
        let topic = self.vm.names.underscore.clone();
        let cell = Scalar::new(Val::Str(self.subject.clone()));
        cell.set_pos(Some((state.at, false)));
        let old = topic.set_scalar(cell);
        let at = self.vm.top;
        let from = self.vm.list.len();
        let bits = kind::BLOCK | kind::NO_ARGS;
        let done = self.vm.call_window(code, at, 0, Want::Scalar, bits);
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
fn kind_of(subject: &PerlStr, opts: ExecOpts) -> (bool, ExecOpts) {
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
    ) -> Exec<Ready> {
        let mut cache = std::mem::take(&mut self.pattern_cache);
        let flags = if blocks.is_empty() {
            flags
        } else {
            flags.with(Flags::EVAL, true)
        };
        let mut names = Names {
            vm: self,
            given: 0,
            known: blocks.len() as u32,
            made: Vec::new(),
        };
        let source = PatternSource::new(text.as_bytes(), text.is_utf8());
        let got = match blocks.is_empty() {
            true => cache.get(&source, flags, &mut names),
            false => Regex::compile(&source, flags, &mut names),
        };
        let made = names.made;
        self.pattern_cache = cache;
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
                crate::regex::Category::Deprecated => C::Deprecated,
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

    /// A value as a pattern: a `qr//` object or a text.
    pub(in crate::vm) fn regex_of(&mut self, val: &Val, flags: Flags) -> Exec<Ready> {
        if let Some(qr) = qr_of(val) {
            return Ok(Ready {
                regex: qr.program.clone(),
                blocks: qr.blocks.clone().into(),
            });
        }
        if val.is_overloaded()
            && let Some(got) = self.overload_unary(val, "qr")?
            && let Some(qr) = qr_of(&got)
        {
            return Ok(Ready {
                regex: qr.program.clone(),
                blocks: qr.blocks.clone().into(),
            });
        }
        let text = self.str(val)?;
        self.compile_pattern(&text, flags, Vec::new())
    }

    /// Pattern `m` of the running unit.
    #[inline]
    pub(in crate::vm) fn pattern(&mut self, m: u16) -> Exec<Ready> {
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
        self.pattern_slow(proto, m)
    }

    #[inline(never)]
    fn pattern_slow(&mut self, proto: &crate::value::Proto, m: u16) -> Exec<Ready> {
        let spec = &proto.unit.matches[m as usize];
        let flags = self.pattern_flags(&spec.flags);
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
                    return Ok(Ready {
                        regex: qr.program.clone(),
                        blocks: qr.blocks.clone().into(),
                    });
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
        let ready = self.compile_pattern(&text, flags, blocks)?;
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

    /// The sub an anonymous sub's text makes, for code blocks met at run time.
    pub(in crate::vm) fn eval_sub(&mut self, text: &str) -> Option<Val> {
        let host = self.host.clone()?;
        let (line, file) = self.line();
        let scope = crate::vm::host::EvalScope {
            lexicals: &[],
            hints: self.hints(),
            bytes: false,
            line,
            file,
        };
        let unit = host.compile_eval(self, &Val::str(text), &scope).ok()?;
        let code = self.load_unit(unit).ok()?;
        self.call_code(code, &[], Want::Scalar).ok()?.pop()
    }

    /// Searches; true where it matched, and `caps` tells where.
    pub(in crate::vm) fn search(
        &mut self,
        ready: &Ready,
        subject: &PerlStr,
        start: usize,
        opts: ExecOpts,
        caps: &mut Captures,
    ) -> Exec<bool> {
        let running = self.running_regex.replace(ready.regex.clone());
        let (utf8, opts) = kind_of(subject, opts);
        let mut asked = Asked {
            vm: self,
            blocks: ready.blocks.clone(),
            died: None,
            subject: subject.clone(),
        };
        let got = ready.regex.exec(
            subject.as_bytes(),
            utf8,
            start,
            opts,
            caps,
            &mut asked,
        );
        let died = asked.died.take();
        drop(asked);
        self.running_regex = running;
        match got {
            Ok(found) => Ok(found),
            Err(error) => Err(self.search_error(error, died)),
        }
    }

    #[cold]
    pub(in crate::vm) fn search_error(&mut self, error: ExecError, died: Option<Die>) -> Die {
        match (error, died) {
            (_, Some(die)) => die,
            (ExecError::Fatal(text), _) => self.die(text),
            (ExecError::OutOfMemory, _) => self.too_large(),
            (ExecError::Abort, None) => self.die("panic: match aborted"),
        }
    }

    /// Makes this the last successful match.
    pub(in crate::vm) fn set_match(
        &mut self,
        subject: PerlStr,
        caps: Captures,
        regex: &Shared<Regex>,
    ) {
        if let Some(frame) = self.frames.last_mut()
            && frame.matched.is_none()
            && frame.kind & kind::BLOCK == 0
        {
            frame.matched = Some(self.matched.clone());
        }
        let result = match caps.code_result {
            Some(h) => self
                .block_values
                .get(h as usize)
                .cloned()
                .unwrap_or_default(),
            None => Val::Undef,
        };
        if !self.block_values.is_empty() {
            self.block_values.clear();
        }
        if let Some(slot) = &mut self.matched.0
            && let Some(data) = Shared::get_mut(slot)
        {
            data.subject = subject;
            data.caps = caps;
            if !Shared::ptr_eq(&data.regex, regex) {
                data.regex = regex.clone();
            }
            data.result = result;
            return;
        }
        let data = MatchData {
            subject,
            caps,
            regex: regex.clone(),
            result,
        };
        self.matched = MatchState(Some(Shared::new(data)));
    }

    /// Captures to be filled: those of the last match where nobody else holds them.
    pub(in crate::vm) fn spare_caps(&mut self) -> Captures {
        Captures::default()
    }

    /// The pattern an empty pattern means.
    fn or_last(&mut self, ready: Ready, empty_means_last: bool) -> Ready {
        if empty_means_last
            && ready.regex.is_empty()
            && let Some(regex) = self.matched.regex()
        {
            return Ready {
                regex,
                blocks: ready.blocks,
            };
        }
        ready
    }

    pub(in crate::vm) fn match_op(&mut self, d: R, t: R, m: u16) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let proto: &crate::value::Proto = unsafe { &*proto };
        let spec = &proto.unit.matches[m as usize];
        let want = match spec.want {
            Want::Caller => frame.want,
            want => want,
        };
        let ready = self.pattern(m)?;
        let ready = self.or_last(ready, spec.empty_means_last);
        if spec.once && self.once_spent(m, None) {
            return self.match_result(d, want, spec.negate, false);
        }
        let global = spec.flags.contains('g');
        if !global {
            let val = if t == NO { self.topic()? } else { self.get(t)? };
            let subject = self.str(&val)?;
            let mut caps = self.spare_caps();
            let found = self.search(&ready, &subject, 0, ExecOpts::default(), &mut caps)?;
            if found {
                self.set_match(subject, caps, &ready.regex);
                if spec.once {
                    self.once_spent(m, Some(true));
                }
                if want == Want::List && !spec.negate {
                    return self.push_groups(ready.regex.groups());
                }
            }
            return self.match_result(d, want, spec.negate, found);
        }
        let cell = if t == NO {
            self.names.underscore.scalar()
        } else {
            self.cell(t)?
        };
        let keep = spec.flags.contains('c');
        if want == Want::List && !spec.negate {
            return self.match_all(&ready, &cell, keep);
        }
        let found = self.match_next(&ready, &cell, keep)?;
        self.match_result(d, want, spec.negate, found)
    }

    fn topic(&mut self) -> Exec<Val> {
        let cell = self.names.underscore.scalar();
        self.fetch(&cell)
    }

    /// `m?..?`: has it matched? `set`: it has now.
    fn once_spent(&mut self, m: u16, set: Option<bool>) -> bool {
        let Some(frame) = self.frames.last() else {
            return false;
        };
        let slot = frame.proto().patterns[m as usize].borrow().clone();
        let Some(slot) = slot else { return false };
        match slot.downcast_ref::<Remembered>() {
            Some(known) => match set {
                Some(on) => known.spent.replace(on),
                None => known.spent.get(),
            },
            None => false,
        }
    }

    fn match_result(&mut self, d: R, want: Want, negate: bool, found: bool) -> Exec {
        let answer = found != negate;
        match want {
            Want::List => {
                // A failed match in list context is the empty list, unless it is `!~`.
                if negate || answer {
                    self.list.push(Val::Bool(answer));
                }
                Ok(())
            }
            _ if d == NO => Ok(()),
            _ => self.put(d, Val::Bool(answer)),
        }
    }

    /// Pushes `$1`, `$2` ..., or 1 where there are no groups.
    fn push_groups(&mut self, groups: u32) -> Exec {
        if groups == 0 {
            self.list.push(Val::Int(1));
            return Ok(());
        }
        for n in 1..=groups as usize {
            let part = self.matched.group(n);
            self.list.push(part.map_or(Val::Undef, Val::Str));
        }
        Ok(())
    }

    fn start_of(cell: &Rc<Scalar>, subject: &PerlStr) -> (usize, bool) {
        match cell.pos() {
            Some((at, empty)) => (at.min(subject.len()), empty),
            None => (0, false),
        }
    }

    /// `m//g` in scalar context: from `pos` on.
    fn match_next(&mut self, ready: &Ready, cell: &Rc<Scalar>, keep: bool) -> Exec<bool> {
        let val = self.fetch(cell)?;
        let subject = self.str(&val)?;
        drop(val);
        let (start, empty) = Self::start_of(cell, &subject);
        let mut caps = self.spare_caps();
        let opts = ExecOpts {
            not_empty_at_start: empty,
            g_pos: Some(start),
            ..ExecOpts::default()
        };
        let found = self.search(ready, &subject, start, opts, &mut caps)?;
        if found {
            let (from, to) = caps.get(0).unwrap_or((start, start));
            self.set_match(subject, caps, &ready.regex);
            cell.set_pos(Some((to, from == to)));
        } else if !keep {
            cell.set_pos(None);
        }
        Ok(found)
    }

    /// `m//g` in list context: all matches.
    fn match_all(&mut self, ready: &Ready, cell: &Rc<Scalar>, keep: bool) -> Exec {
        let val = self.fetch(cell)?;
        let subject = self.str(&val)?;
        drop(val);
        let (mut start, mut empty) = Self::start_of(cell, &subject);
        let groups = ready.regex.groups() as usize;
        let mut last: Option<Captures> = None;
        let mut caps = self.spare_caps();
        loop {
            let opts = ExecOpts {
                not_empty_at_start: empty,
                g_pos: Some(start),
                ..ExecOpts::default()
            };
            if !self.search(ready, &subject, start, opts, &mut caps)? {
                break;
            }
            let (from, to) = caps.get(0).unwrap_or((start, start));
            let first = if groups == 0 { 0 } else { 1 };
            for n in first..=groups {
                let part = caps
                    .get(n)
                    .map(|(a, b)| Val::Str(subject.slice_bytes(a..b)));
                self.list.push(part.unwrap_or_default());
            }
            (start, empty) = (to, from == to);
            let spare = last.take().unwrap_or_default();
            last = Some(std::mem::replace(&mut caps, spare));
        }
        match last {
            Some(caps) => {
                self.set_match(subject, caps, &ready.regex);
                cell.set_pos(if keep { Some((start, empty)) } else { None });
            }
            None if !keep => cell.set_pos(None),
            None => {}
        }
        Ok(())
    }

    pub(in crate::vm) fn qr_op(&mut self, d: R, m: u16) -> Exec {
        let ready = self.pattern(m)?;
        let val = self.new_qr(ready);
        self.put(d, val)
    }

    /// A `qr//` object.
    pub(in crate::vm) fn new_qr(&mut self, ready: Ready) -> Val {
        let body = Regexp::new(ready.regex, ready.blocks.to_vec());
        let cell = Scalar::new(Val::Regexp(body));
        cell.bless(self.symbols.stash("Regexp"));
        Val::SRef(cell)
    }

    pub(in crate::vm) fn split_op(&mut self, w: u8, d: R, s: R) -> Exec {
        // SAFETY: an Ext follows.
        let Op::Ext(_, m, l, into) = (unsafe { *self.pc }) else {
            return Ok(());
        };
        let want = self.want_of(w);
        let val = self.get(s)?;
        let subject = self.str(&val)?;
        let mut limit = match l {
            NO => 0,
            l => {
                let val = self.get(l)?;
                self.int(&val)?
            }
        };
        if limit == 0 && l == NO && w & 0x80 != 0 {
            limit = 0;
        }
        let ready = match m {
            NO => None,
            m => Some(self.split_pattern(m)?),
        };
        let ready = ready.flatten();
        let mut pieces = Vec::new();
        let mut caps = Captures::default();
        let blocks: Shared<[Val]> = ready
            .as_ref()
            .map_or_else(|| Vec::new().into(), |r| r.blocks.clone());
        let mut asked = Asked {
            vm: self,
            blocks,
            died: None,
            subject: subject.clone(),
        };
        let separator = match &ready {
            Some(ready) => Separator::Pattern(&ready.regex),
            None => Separator::Awk,
        };
        let done = crate::regex::split(
            separator,
            subject.as_bytes(),
            subject.is_utf8() && !subject.is_ascii(),
            limit,
            &mut asked,
            &mut caps,
            &mut pieces,
        );
        let died = asked.died.take();
        if let Err(error) = done {
            return Err(self.search_error(error, died));
        }
        let fields = pieces.into_iter().map(|piece| match piece {
            Piece::Text(from, to) => Val::Str(subject.slice_bytes(from..to)),
            Piece::Undef => Val::Undef,
        });
        if into != NO {
            let fields: Vec<Val> = fields.collect();
            let n = fields.len();
            let array = self.arr(into);
            self.array_assign(&array, fields)?;
            return if d == NO {
                Ok(())
            } else {
                self.put(d, Val::Int(n as i64))
            };
        }
        match want {
            Want::List => self.list.extend(fields),
            _ if d != NO => {
                let n = fields.count();
                return self.put(d, Val::Int(n as i64));
            }
            _ => {}
        }
        Ok(())
    }

    /// The pattern of a split; `None`: a string of one blank, awk's way.
    fn split_pattern(&mut self, m: u16) -> Exec<Option<Ready>> {
        let Some(frame) = self.frames.last() else {
            return Ok(None);
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let proto: &crate::value::Proto = unsafe { &*proto };
        let spec = &proto.unit.matches[m as usize];
        // `split $x`: a string that is one blank counts as `' '`; a pattern `/ /` does not.
        if spec.constant.is_none() && spec.flags.is_empty() && !spec.empty_means_last {
            let val = self.get(spec.pattern)?;
            if matches!(&val, Val::Str(s) if *s == " ") && spec.want == Want::List && !spec.once {
                return Ok(None);
            }
        }
        let ready = self.pattern(m)?;
        if ready.regex.text().0 == b"^" {
            let text = PerlStr::from("^");
            let flags = ready.regex.flags().with(Flags::M, true);
            return self.compile_pattern(&text, flags, Vec::new()).map(Some);
        }
        Ok(Some(ready))
    }

    /// A sub for a code block.
    pub(in crate::vm) fn code_val(code: Rc<Code>) -> Val {
        Val::CRef(code)
    }
}
