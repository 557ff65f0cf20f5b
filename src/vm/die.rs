//! Why running Perl code stopped: the error side of every function of the machine.

use crate::value::Val;
use std::rc::Rc;

/// What functions of the machine give.
pub type Exec<T = ()> = Result<T, Die>;

/// Running has stopped; one word.
pub struct Die(Box<(Stop, bool)>);

/// The reason.
pub enum Stop {
    /// `die` with this value; what `$@` becomes.
    Died(Val),
    /// `exit` with this status.
    Exit(i32),
    /// `next`, `last`, `redo` on its way to a loop further out.
    Loop(LoopKind, Option<Rc<str>>),
    /// `goto LABEL` on its way further out.
    Goto(Rc<str>),
    /// An `Interrupter` or a limit of the embedding program; no eval catches it.
    Interrupted,
    /// A limit of the embedding program; no eval catches it.
    Limit(Limit),
    /// Memory could not be had; no eval catches it (perldiag "Out of memory!").
    OutOfMemory,
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Limit {
    Time,
    Steps,
    Memory,
    StringSize,
    Recursion,
}

/// Which loop control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LoopKind {
    Next,
    Last,
    Redo,
}

impl LoopKind {
    /// The word for messages.
    pub fn name(self) -> &'static str {
        match self {
            LoopKind::Next => "next",
            LoopKind::Last => "last",
            LoopKind::Redo => "redo",
        }
    }
}

impl Die {
    /// For this reason.
    pub fn new(stop: Stop) -> Die {
        Die(Box::new((stop, false)))
    }

    /// `die` with a value.
    pub fn with(val: Val) -> Die {
        Die::new(Stop::Died(val))
    }

    /// The reason.
    pub fn stop(&self) -> &Stop {
        &self.0.0
    }

    /// Has `$SIG{__DIE__}` been told?
    pub(super) fn was_told(&self) -> bool {
        self.0.1
    }

    /// `$SIG{__DIE__}` has been told.
    pub(super) fn set_told(&mut self) {
        self.0.1 = true;
    }

    /// It is thrown anew: `$SIG{__DIE__}` is told again.
    pub(super) fn thrown_anew(mut self) -> Die {
        self.0.1 = false;
        self
    }

    /// The reason.
    pub fn into_stop(self) -> Stop {
        self.0.0
    }

    /// Can `eval` catch it?
    pub fn is_died(&self) -> bool {
        matches!(self.0.0, Stop::Died(_))
    }
}

impl std::fmt::Debug for Die {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0.0 {
            Stop::Died(val) => write!(f, "died: {val:?}"),
            Stop::Exit(n) => write!(f, "exit {n}"),
            Stop::Loop(kind, label) => write!(f, "{} {label:?}", kind.name()),
            Stop::Goto(label) => write!(f, "goto {label}"),
            Stop::Interrupted => f.write_str("interrupted"),
            Stop::Limit(limit) => write!(f, "limit: {limit:?}"),
            Stop::OutOfMemory => f.write_str("out of memory"),
        }
    }
}

impl From<crate::text::OutOfMemory> for Die {
    fn from(_: crate::text::OutOfMemory) -> Die {
        Die::new(Stop::OutOfMemory)
    }
}
