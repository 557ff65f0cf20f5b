//! A pattern compiled by PCRE2, and running it.

use super::super::captures::{Captures, UNSET};
use super::super::emit::Emitted;
use super::super::hooks::ExecHooks;
use super::{context, tables};
use pcre2_sys::*;
use std::cell::Cell;
use std::ptr::{self, NonNull};
use std::rc::Rc;

/// Uses before a program is translated to machine code.
const USES_BEFORE_JIT: u32 = 2;
/// Subjects long enough to translate at once.
const LONG_FOR_JIT: usize = 4096;

/// Variants of a program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Variant {
    /// Its searches can be limited in how far they begin (long subjects).
    pub stepped: bool,
    /// It has a callout before every item.
    pub callouts: bool,
}

/// How one match is to run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// No empty match where the search starts.
    pub not_empty_at_start: bool,
    /// The match must begin where the search starts.
    pub anchored: bool,
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Captures are filled in.
    Matched,
    /// There is no match.
    NoMatch,
    /// It took too long for an uninterruptible match.
    Impatient,
    /// A handler run on the way died.
    Aborted,
    /// PCRE2 gave up, with its code.
    Failed(i32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Jit {
    Untried,
    Ready,
    Refused,
}

/// A compiled pattern with the room for its matches.
pub struct Program {
    code: NonNull<pcre2_code_8>,
    data: Cell<*mut pcre2_match_data_8>,
    jit: Cell<Jit>,
    uses: Cell<u32>,
    groups: u32,
    marks: bool,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Program")
    }
}

impl Program {
    /// Compiles what `emit` wrote; the error is PCRE2's number.
    pub fn compile(emitted: &Emitted, variant: Variant) -> Result<Program, i32> {
        let mut options = PCRE2_DOTALL | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
        if emitted.utf {
            options |= PCRE2_UTF | PCRE2_NO_UTF_CHECK;
        }
        if variant.stepped {
            options |= PCRE2_USE_OFFSET_LIMIT;
        }
        if variant.callouts {
            options |= PCRE2_AUTO_CALLOUT | PCRE2_NO_START_OPTIMIZE;
        }
        let (mut error, mut offset) = (0, 0);
        // SAFETY: the text pointer and length belong together; the context is created, used and
        // freed here; the tables live for ever.
        let code = unsafe {
            let context = pcre2_compile_context_create_8(ptr::null_mut());
            if context.is_null() {
                return Err(PCRE2_ERROR_NOMEMORY);
            }
            pcre2_set_newline_8(context, PCRE2_NEWLINE_LF);
            pcre2_set_bsr_8(context, PCRE2_BSR_UNICODE);
            pcre2_set_parens_nest_limit_8(context, 4000);
            if emitted.utf {
                pcre2_set_compile_extra_options_8(context, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
            } else {
                let tables = if emitted.latin1 {
                    tables::latin1()
                } else {
                    tables::ascii()
                };
                pcre2_set_character_tables_8(context, tables);
            }
            let text = emitted.text.as_bytes();
            let code = pcre2_compile_8(
                text.as_ptr(),
                text.len(),
                options,
                &mut error,
                &mut offset,
                context,
            );
            pcre2_compile_context_free_8(context);
            code
        };
        let Some(code) = NonNull::new(code) else {
            return Err(error);
        };
        let mut groups = 0u32;
        // SAFETY: `code` is live and CAPTURECOUNT is a u32.
        unsafe {
            pcre2_pattern_info_8(
                code.as_ptr(),
                PCRE2_INFO_CAPTURECOUNT,
                (&raw mut groups).cast(),
            );
        }
        Ok(Program {
            code,
            data: Cell::new(ptr::null_mut()),
            jit: Cell::new(Jit::Untried),
            uses: Cell::new(0),
            groups,
            marks: emitted.text.contains("(*"),
        })
    }

    /// How many groups PCRE2 counts.
    pub fn groups(&self) -> u32 {
        self.groups
    }

    fn take_data(&self) -> *mut pcre2_match_data_8 {
        let ready = self.data.replace(ptr::null_mut());
        if !ready.is_null() {
            return ready;
        }
        // SAFETY: `code` is live.
        unsafe { pcre2_match_data_create_from_pattern_8(self.code.as_ptr(), ptr::null_mut()) }
    }

    fn give_data(&self, data: *mut pcre2_match_data_8) {
        let other = self.data.replace(data);
        if !other.is_null() {
            // SAFETY: it was made by `take_data` and nobody else has it.
            unsafe { pcre2_match_data_free_8(other) };
        }
    }

    #[cold]
    fn consider_jit(&self, length: usize) {
        let uses = self.uses.get() + 1;
        self.uses.set(uses);
        if uses <= USES_BEFORE_JIT && length <= LONG_FOR_JIT {
            return;
        }
        // SAFETY: `code` is live and used by this thread only.
        let rc = unsafe { pcre2_jit_compile_8(self.code.as_ptr(), PCRE2_JIT_COMPLETE) };
        self.jit
            .set(if rc == 0 { Jit::Ready } else { Jit::Refused });
    }

    /// Matches without interruption.
    #[inline]
    pub fn run(&self, subject: &[u8], start: usize, run: Run, caps: &mut Captures) -> Outcome {
        self.run_in(subject, start, run, caps, context::quick())
    }

    fn run_in(
        &self,
        subject: &[u8],
        start: usize,
        run: Run,
        caps: &mut Captures,
        context: *mut pcre2_match_context_8,
    ) -> Outcome {
        if self.jit.get() == Jit::Untried {
            self.consider_jit(subject.len().saturating_sub(start));
        }
        let data = self.take_data();
        if data.is_null() || start > subject.len() {
            return Outcome::Failed(PCRE2_ERROR_NOMEMORY);
        }
        let mut options = PCRE2_NO_UTF_CHECK;
        if run.not_empty_at_start {
            options |= PCRE2_NOTEMPTY_ATSTART;
        }
        // PCRE2 computes with addresses before the end, so an empty slice's address won't do.
        let text = if subject.is_empty() {
            b"\0".as_ptr()
        } else {
            subject.as_ptr()
        };
        let (code, length) = (self.code.as_ptr(), subject.len());
        // SAFETY: `code` and `data` are live and belong together, the subject outlives the call,
        // `start` lies in it; a UTF-8 subject was checked by the caller (`Regex::exec`).
        let rc = unsafe {
            if self.jit.get() == Jit::Ready && !run.anchored {
                let rc = pcre2_jit_match_8(code, text, length, start, options, data, context);
                if rc == PCRE2_ERROR_JIT_STACKLIMIT {
                    options |= PCRE2_NO_JIT;
                    pcre2_match_8(code, text, length, start, options, data, context)
                } else {
                    rc
                }
            } else {
                if run.anchored {
                    options |= PCRE2_ANCHORED;
                }
                pcre2_match_8(code, text, length, start, options, data, context)
            }
        };
        let outcome = self.outcome(rc, data, caps);
        self.give_data(data);
        outcome
    }

    #[inline]
    fn outcome(&self, rc: i32, data: *mut pcre2_match_data_8, caps: &mut Captures) -> Outcome {
        if rc > 0 {
            let count = self.groups as usize + 1;
            // SAFETY: the offset vector of data made from this code has a pair for each group.
            let pairs = unsafe {
                let vector = pcre2_get_ovector_pointer_8(data).cast::<[usize; 2]>();
                std::slice::from_raw_parts(vector, count)
            };
            caps.offsets.clear();
            caps.offsets.extend_from_slice(pairs);
            if let Some(whole) = caps.offsets.first_mut()
                && whole[0] > whole[1]
            {
                whole[0] = whole[1];
            }
            for pair in caps.offsets.iter_mut().skip(rc as usize) {
                *pair = [UNSET; 2];
            }
            caps.code_result = None;
            caps.mark = if self.marks { mark(data) } else { None };
            return Outcome::Matched;
        }
        match rc {
            PCRE2_ERROR_NOMATCH => {
                if self.marks {
                    caps.mark = mark(data);
                }
                Outcome::NoMatch
            }
            PCRE2_ERROR_MATCHLIMIT => Outcome::Impatient,
            other => Outcome::Failed(other),
        }
    }

    /// Matches in a long subject: searches begin within `step` bytes at a time, and `hooks` are
    /// asked between. The program must be of the `stepped` variant.
    pub fn run_stepped(
        &self,
        subject: &[u8],
        start: usize,
        run: Run,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
        utf: bool,
    ) -> Outcome {
        const STEP: usize = 128 * 1024;
        let (mut at, mut run) = (start, run);
        loop {
            let last = at.saturating_add(STEP);
            context::quick_limit_start(if last >= subject.len() {
                usize::MAX
            } else {
                last
            });
            let outcome = self.run(subject, at, run, caps);
            context::quick_limit_start(usize::MAX);
            if outcome != Outcome::NoMatch || last >= subject.len() {
                return outcome;
            }
            if hooks.pending() && hooks.on_pending().is_err() {
                return Outcome::Aborted;
            }
            at = last;
            while utf && at > start && subject.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
                at -= 1;
            }
            run.not_empty_at_start = false;
        }
    }

    /// Matches without limit, asking `hooks` at every item. The program must be of the `callouts`
    /// variant.
    pub fn run_interruptible(
        &self,
        subject: &[u8],
        start: usize,
        run: Run,
        caps: &mut Captures,
        hooks: &mut dyn ExecHooks,
    ) -> Outcome {
        let ran = context::interruptible(hooks, |raw| self.run_in(subject, start, run, caps, raw));
        match ran {
            Some((_, true)) => Outcome::Aborted,
            Some((outcome, false)) => outcome,
            None => Outcome::Failed(PCRE2_ERROR_NOMEMORY),
        }
    }
}

/// The name of the last mark passed.
fn mark(data: *mut pcre2_match_data_8) -> Option<Rc<[u8]>> {
    // SAFETY: `data` is live; the mark is a zero-ended string inside the code, copied at once.
    unsafe {
        let mark = pcre2_get_mark_8(data);
        if mark.is_null() {
            return None;
        }
        Some(Rc::from(std::ffi::CStr::from_ptr(mark.cast()).to_bytes()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: both are owned here and freed once.
        unsafe {
            let data = self.data.get();
            if !data.is_null() {
                pcre2_match_data_free_8(data);
            }
            pcre2_code_free_8(self.code.as_ptr());
        }
    }
}
