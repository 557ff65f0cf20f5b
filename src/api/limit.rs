//! Limits of a run, and stopping one from another thread.
use crate::sys::blocking::watchdog::Waker;
use crate::sys::signal::pending;
use std::time::Duration;

/// How far a script may go. Nothing is limited unless it is said here; a limit ends the call into
/// the interpreter with [`ErrorKind::Limit`](crate::ErrorKind::Limit), which no `eval` of the
/// script catches, and the interpreter is usable afterwards.
///
/// ```
/// use keshi::{ErrorKind, LimitKind, Limits, Perl};
/// use std::time::Duration;
///
/// # fn main() -> keshi::Result<()> {
/// let limits = Limits::new().time(Duration::from_millis(50)).memory(64 << 20);
/// let mut perl = Perl::builder().limits(limits).build();
/// let error = perl.eval::<()>("eval { 1 while 1 }; print 'not reached'").unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::Limit(LimitKind::Time));
/// assert_eq!(perl.eval::<i64>("6 * 7")?, 42);
/// # Ok(())
/// # }
/// ```
///
/// Zero is a limit too: no time or no steps stop a script before its first step. Memory that is not
/// enough for the script's own text ends it as it is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "limits do nothing until an interpreter is given them"]
#[non_exhaustive]
pub struct Limits {
    pub(super) time: Option<Duration>,
    pub(super) steps: Option<u64>,
    pub(super) memory: Option<usize>,
    pub(super) recursion: Option<usize>,
    pub(super) string_size: Option<usize>,
}

impl Limits {
    /// No limits.
    pub fn new() -> Limits {
        Limits::default()
    }

    /// Wall-clock time of one call into the interpreter, sleeps and reads included.
    pub fn time(mut self, time: Duration) -> Limits {
        self.time = Some(time);
        self
    }

    /// Steps of one call into the interpreter: each time round a loop, each call and most branches
    /// count as one. The count is the same each time the same thing is run. Counting makes loops
    /// slower; a [time limit](Limits::time) costs nothing.
    pub fn steps(mut self, steps: u64) -> Limits {
        self.steps = Some(steps.max(1));
        self
    }

    /// Bytes that the script's data may take at any time, beyond what the interpreter took when it
    /// was made. What is over by little is noticed at the next step, large requests at once.
    pub fn memory(mut self, bytes: usize) -> Limits {
        self.memory = Some(bytes);
        self
    }

    /// Subs inside one another.
    pub fn recursion(mut self, depth: usize) -> Limits {
        self.recursion = Some(depth.max(1));
        self
    }

    /// Bytes of one string (not below 256).
    pub fn string_size(mut self, bytes: usize) -> Limits {
        self.string_size = Some(bytes.max(256));
        self
    }
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::time`]
    Time,
    /// [`Limits::steps`]
    Steps,
    /// [`Limits::memory`], or the system had no more.
    Memory,
    /// [`Limits::recursion`]
    Recursion,
    /// [`Limits::string_size`]
    StringSize,
}

/// Stops an interpreter from another thread; made by [`Perl::interrupter`](crate::Perl::interrupter).
///
/// It acts within milliseconds wherever the script is: in a loop, a match, a sort, a sleep, a read,
/// a wait. The call into the interpreter ends with
/// [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted). Where nothing runs, the next call is
/// the one that ends.
///
/// ```
/// use keshi::{ErrorKind, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// let interrupter = perl.interrupter();
/// let stopper = std::thread::spawn(move || interrupter.interrupt());
/// let error = perl.eval::<()>("sleep 60 while 1").unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::Interrupted);
/// # stopper.join().unwrap();
/// assert_eq!(perl.eval::<i64>("1 + 1")?, 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Interrupter {
    pub(super) waker: Waker,
}

impl Interrupter {
    /// Stops what the interpreter runs, or else what it runs next.
    pub fn interrupt(&self) {
        self.waker.wake(pending::INTERRUPT);
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Interrupter>();
    is_shared::<super::Error>();
};
