//! Match contexts: limits, JIT stacks, the callout through which long matches are interrupted.

use super::super::hooks::ExecHooks;
use pcre2_sys::*;
use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;

/// Backtracking steps a match may take before it is run again in an interruptible way.
const PATIENCE: u32 = 3_000_000;
/// Heap a match may take, in KiB.
const HEAP: u32 = 4 * 1024 * 1024;
const JIT_STACK: (usize, usize) = (64 * 1024, 128 * 1024 * 1024);

/// What PCRE2 hands to a callout; only its head is read.
#[repr(C)]
pub struct CalloutBlock {
    version: u32,
}

type Callout = Option<unsafe extern "C" fn(*mut CalloutBlock, *mut c_void) -> c_int>;

unsafe extern "C" {
    fn pcre2_set_callout_8(
        context: *mut pcre2_match_context_8,
        callout: Callout,
        data: *mut c_void,
    ) -> c_int;
}

/// A match context with its JIT stack.
pub struct Context {
    raw: *mut pcre2_match_context_8,
    stack: *mut pcre2_jit_stack_8,
}

impl Context {
    /// A context with a match limit; `None` when memory is short.
    fn new(limit: u32) -> Option<Context> {
        // SAFETY: creating a context and a stack has no preconditions; nulls are checked.
        unsafe {
            let raw = pcre2_match_context_create_8(ptr::null_mut());
            if raw.is_null() {
                return None;
            }
            pcre2_set_match_limit_8(raw, limit);
            pcre2_set_depth_limit_8(raw, u32::MAX);
            pcre2_set_heap_limit_8(raw, HEAP);
            let stack = pcre2_jit_stack_create_8(JIT_STACK.0, JIT_STACK.1, ptr::null_mut());
            if !stack.is_null() {
                pcre2_jit_stack_assign_8(raw, None, stack.cast());
            }
            Some(Context { raw, stack })
        }
    }

    /// How far from the start of the subject a match may begin.
    pub fn limit_start(&self, offset: usize) {
        // SAFETY: `raw` is a live context.
        unsafe { pcre2_set_offset_limit_8(self.raw, offset) };
    }

    /// The pointer PCRE2 wants.
    pub fn raw(&self) -> *mut pcre2_match_context_8 {
        self.raw
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: both were created by `new` and are freed once.
        unsafe {
            pcre2_match_context_free_8(self.raw);
            if !self.stack.is_null() {
                pcre2_jit_stack_free_8(self.stack);
            }
        }
    }
}

thread_local! {
    static QUICK: Option<Context> = Context::new(PATIENCE);
    static QUICK_RAW: Cell<*mut pcre2_match_context_8> = const { Cell::new(ptr::null_mut()) };
}

/// The context of ordinary matches of this thread (null when there is no memory for one, which
/// PCRE2 takes as default limits). Ordinary matches run no Perl code, so they never nest.
#[inline]
pub fn quick() -> *mut pcre2_match_context_8 {
    let ready = QUICK_RAW.with(Cell::get);
    if !ready.is_null() {
        return ready;
    }
    let raw = QUICK.with(|c| c.as_ref().map_or(ptr::null_mut(), Context::raw));
    QUICK_RAW.with(|slot| slot.set(raw));
    raw
}

/// Limits where an ordinary match may begin; `usize::MAX` lifts the limit.
pub fn quick_limit_start(offset: usize) {
    QUICK.with(|c| {
        if let Some(context) = c {
            context.limit_start(offset);
        }
    });
}

/// What the callout of an interruptible match works with.
struct Interrupt<'h> {
    hooks: &'h mut dyn ExecHooks,
    aborted: bool,
}

unsafe extern "C" fn check(_block: *mut CalloutBlock, data: *mut c_void) -> c_int {
    // SAFETY: `data` is the `Interrupt` that `interruptible` keeps alive over the match.
    let state = unsafe { &mut *data.cast::<Interrupt<'_>>() };
    if !state.hooks.pending() {
        return 0;
    }
    match state.hooks.on_pending() {
        Ok(()) => 0,
        Err(_) => {
            state.aborted = true;
            PCRE2_ERROR_CALLOUT
        }
    }
}

/// Runs `run` with a context without limits whose callouts ask `hooks`; whether hooks aborted.
pub fn interruptible<R>(
    hooks: &mut dyn ExecHooks,
    run: impl FnOnce(*mut pcre2_match_context_8) -> R,
) -> Option<(R, bool)> {
    let context = Context::new(u32::MAX)?;
    let mut state = Interrupt {
        hooks,
        aborted: false,
    };
    // SAFETY: `state` outlives the match `run` does with the context, which ends with it.
    unsafe { pcre2_set_callout_8(context.raw, Some(check), (&raw mut state).cast()) };
    let result = run(context.raw);
    Some((result, state.aborted))
}
