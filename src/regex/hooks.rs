//! What a running match asks of its owner: code blocks and pending signals.

use super::regex::Regex;
use std::rc::Rc;

/// The owner has something to throw; the match ends at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abort;

/// The state of a match as a code block sees it.
#[derive(Clone, Copy, Debug)]
pub struct MatchState<'a> {
    /// Where the match stands, `pos()`.
    pub at: usize,
    /// Groups so far; group 0 starts where the match does and ends here.
    pub offsets: &'a [[usize; 2]],
    /// `$+`
    pub last_paren: u32,
    /// `$^N`
    pub last_close: u32,
    /// The handle of `$^R`.
    pub code_result: Option<u32>,
}

/// What a code block gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeValue {
    /// Its truth, for `(?(?{..})..)`.
    pub truth: bool,
    /// The owner's handle of the value, kept until the match is over.
    pub handle: u32,
}

/// Callbacks of a match.
pub trait ExecHooks {
    /// Whether something waits to be dispatched; asked often, so it must be quick.
    fn pending(&self) -> bool {
        false
    }

    /// Dispatches what waits.
    fn on_pending(&mut self) -> Result<(), Abort> {
        Ok(())
    }

    /// Runs code block `index`.
    fn code_block(&mut self, _index: u32, _state: &MatchState<'_>) -> Result<CodeValue, Abort> {
        Ok(CodeValue {
            truth: false,
            handle: 0,
        })
    }

    /// Runs a `(??{ })` block; its value as a pattern.
    fn postponed(&mut self, _index: u32, _state: &MatchState<'_>) -> Result<Rc<Regex>, Abort> {
        Err(Abort)
    }

    /// A place in the owner's undo log of `local`.
    fn saves_mark(&mut self) -> usize {
        0
    }

    /// Undoes what was localised by code blocks since `mark`, which are being backtracked over.
    fn rewind_saves(&mut self, _mark: usize) {}
}

/// Nobody asks, nobody interrupts.
#[cfg(test)]
pub struct NoExecHooks;
#[cfg(test)]
impl ExecHooks for NoExecHooks {}
