//! Frames of running subs, and the handlers of running evals.

use crate::bytecode::{Op, Want};
use crate::value::{Array, Code, Proto, Rc, Val, code::Body};

/// Facts about a frame.
pub mod kind {
    /// Returns to Rust code, not to the frame below.
    pub const NESTED: u8 = 1;
    /// Its argument window lies right below its registers and is its own.
    pub const OWN_ARGS: u8 = 2;
    /// Called for an lvalue.
    pub const LVALUE: u8 = 4;
    /// The body of an eval STRING, a file, or a BEGIN block: no `@_` of its own.
    pub const NO_ARGS: u8 = 8;
    /// An eval STRING: shows as `(eval)`.
    pub const EVAL: u8 = 16;
    /// A `require`d or `do` file.
    pub const FILE: u8 = 32;
    /// Called as `&f(...)` or `&f;`.
    pub const AMP: u8 = 64;
    /// A sort, defer or pattern block: no frame of its own for `caller` and `@_`.
    pub const BLOCK: u8 = 128;
}

/// A running sub.
pub struct Frame {
    /// Keeps the code alive.
    pub code: Rc<Code>,
    pub(super) proto: *const Proto,
    pub(super) captures: *const Val,
    /// Behind the op that called out of this frame.
    pub(super) pc: *const Op,
    pub(super) base: u32,
    /// Behind its last register.
    pub(super) end: u32,
    /// The argument window: absolute register, number, how many were shifted off.
    pub(super) args: u32,
    pub(super) argc: u32,
    pub(super) shifted: u32,
    /// `@_` as a real array.
    pub(super) argv: Option<Rc<Array>>,
    /// The last match when the sub began, once it has matched itself.
    pub(super) matched: Option<super::matches::MatchState>,
    pub(super) list: u32,
    pub(super) marks: u32,
    pub(super) scopes: u32,
    pub(super) saves: u32,
    pub(super) handlers: u32,
    pub(super) dst: u16,
    pub(super) want: Want,
    pub(super) kind: u8,
    /// A comparator that runs many times: returning stops the loop and keeps the frame.
    pub(super) again: bool,
}

impl Frame {
    /// The loaded unit.
    #[inline(always)]
    pub fn proto(&self) -> &Proto {
        // SAFETY: `code` keeps it alive: a body that frames run is retired, not freed.
        unsafe { &*self.proto }
    }

    /// The number of the op that runs or called out.
    pub fn op_index(&self, pc: *const Op) -> u32 {
        let start = self.proto().unit.code.as_ptr();
        // SAFETY: pc lies within the code of this frame, behind the op in question.
        let behind = unsafe { pc.offset_from(start) };
        behind.max(1) as u32 - 1
    }

    /// The registers of the frame end here.
    #[inline(always)]
    pub(super) fn end(&self) -> usize {
        self.end as usize
    }
}

/// The unit and the captures of a sub with a Perl body.
#[inline(always)]
pub(super) fn perl_body(code: &Code) -> Option<(*const Proto, *const Val)> {
    match code.body() {
        Body::Perl(closure) => Some((&raw const *closure.proto, closure.captures.as_ptr())),
        _ => None,
    }
}

/// What an eval does with the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catch {
    /// `eval {}`: `$@`, and undef to the register.
    Eval,
    /// `try`: the error to the register.
    Try,
    /// Around a signal's handler: the Rust code that called it goes on with the error.
    Signal,
    /// Around DESTROY, likewise; `$@` is kept.
    Destroy,
}

/// A running eval.
pub struct Handler {
    pub(super) frame: u32,
    pub(super) target: *const Op,
    /// Behind the op that began it.
    pub(super) entry: *const Op,
    pub(super) list: u32,
    pub(super) marks: u32,
    pub(super) scopes: u32,
    pub(super) saves: u32,
    pub(super) cleanup: u16,
    pub(super) dst: u16,
    pub(super) catch: Catch,
}
