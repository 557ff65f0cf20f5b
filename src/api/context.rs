//! Access to an interpreter: from the host through a `Perl`, inside a native function through its
//! `Call`. Every use goes in and out of the interpreter here.
use super::error::Source;
use super::{Error, ErrorKind, IntoPerl, LimitKind, Place, TraceFrame, Value};
use crate::interp::Interp;
use crate::interp::embed::{self, Report};
use crate::sys::blocking::watchdog::{Deadline, Waker};
use crate::sys::signal::pending::{self, Word};
use crate::text::quota;
use crate::value::Val;
use crate::vm::enter::{Entered, Home};
use crate::vm::{Die, Exec, Limit, Stop, Vm};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

mod sealed {
    /// Only this crate has contexts.
    pub trait Sealed {}
}
pub(super) use sealed::Sealed;

/// How long DESTROY may take after a stop.
const GRACE: Duration = Duration::from_millis(100);
const GRACE_STEPS: u64 = 100_000;

/// What gives access to an interpreter: a [`Perl`](crate::Perl), a [`Cx`], and inside a native
/// function its [`Call`](crate::Call).
pub trait Context: Sealed {
    /// Access to the interpreter.
    fn cx(&mut self) -> Cx<'_>;
}

/// Access to an interpreter, for as long as it lives. Handles want one for what they do, since a
/// look at a tied variable or an overloaded object runs Perl code.
pub struct Cx<'a> {
    pub(super) vm: &'a mut Vm,
    pub(super) run: Option<Run>,
}

impl std::fmt::Debug for Cx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cx").finish_non_exhaustive()
    }
}

/// A stay in the interpreter: limits are counted from its beginning, and what stopped it is over
/// at its end.
pub(super) struct Run {
    word: Word,
    waker: Option<Waker>,
    /// Has anything been run? An interrupt stops what runs, not a mere look.
    ran: bool,
    _deadline: Option<Deadline>,
    _entered: Entered,
}

impl Run {
    pub(super) fn new(vm: &Vm, waker: Option<Waker>, deadline: Option<Deadline>) -> Run {
        Run {
            waker,
            word: vm.word.clone(),
            ran: false,
            _deadline: deadline,
            _entered: vm.enter(),
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let kept = if self.ran { 0 } else { pending::INTERRUPT };
        self.word.clear((pending::STOP | pending::STEPS) & !kept);
        quota::forget_exceeded();
    }
}

/// What the API keeps with the machine.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) interp: Rc<Interp>,
    /// The value of the last error that reached the host, and its number.
    pub(super) exception: Option<(u64, Val)>,
    exceptions: u64,
    /// The last Rust error that went into the script, and what the script sees of it.
    external: Option<(crate::text::PerlStr, Source)>,
    pub(super) broken: bool,
}

impl Desk {
    pub(super) fn set_up(vm: &mut Vm, interp: Rc<Interp>) {
        vm.slots.of::<Desk>().interp = interp;
    }

    pub(super) fn of(vm: &mut Vm) -> &mut Desk {
        vm.slots.of()
    }
}

impl Sealed for Cx<'_> {}

impl Context for Cx<'_> {
    fn cx(&mut self) -> Cx<'_> {
        Cx {
            vm: self.vm,
            run: None,
        }
    }
}

impl Cx<'_> {
    pub(super) fn home(&self) -> Rc<Home> {
        self.vm.home.clone()
    }

    /// Does something with the machine; what it died of becomes an error.
    pub(super) fn exec<T>(&mut self, work: impl FnOnce(&mut Vm) -> Exec<T>) -> super::Result<T> {
        let level = self.vm.level();
        if let Some(run) = &mut self.run {
            run.ran = true;
        }
        if Desk::of(self.vm).broken {
            let text = "an earlier panic has broken this interpreter";
            return Err(Error::new(ErrorKind::Panicked, text));
        }
        let former = std::mem::replace(&mut self.vm.tracing, true);
        self.vm.trace.clear();
        let result = catch_unwind(AssertUnwindSafe(|| {
            self.vm.safepoint()?;
            work(self.vm)
        }));
        self.vm.tracing = former;
        if self.run.is_some() {
            self.vm.list.trim();
        }
        if self.run.is_some() && crate::sys::grant::has(crate::sys::grant::PROCESS_ITSELF) {
            self.leave_child(result.ok().and_then(Exec::err));
        }
        match result {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(die)) => {
                self.vm.return_to(level);
                let error = self.error(die);
                if error.is_stop() && self.run.is_some() {
                    self.settle();
                }
                Err(error)
            }
            Err(panic) => {
                let text = panic_text(&*panic);
                Desk::of(self.vm).broken = true;
                let _ = catch_unwind(AssertUnwindSafe(|| self.vm.return_to(level)));
                Err(Error::new(ErrorKind::Panicked, text))
            }
        }
    }

    /// After a stop, objects that were let go of on the way out are destroyed; a DESTROY that takes
    /// its time is stopped as well.
    fn settle(&mut self) {
        let waker = self.run.as_ref().and_then(|run| run.waker.clone());
        let _deadline = waker.map(|waker| Deadline::after(GRACE, waker));
        self.vm.steps_left = self.vm.steps_left.max(GRACE_STEPS);
        self.vm.settle_objects();
    }

    /// The end of a forked child: what comes behind is the parent's.
    fn leave_child(&mut self, died: Option<Die>) -> ! {
        let interp = self.interp();
        embed::leave_child(&interp, self.vm, died)
    }

    /// What running stopped for, as the host sees it.
    pub(super) fn error(&mut self, die: Die) -> Error {
        let report = Desk::of(self.vm).interp.take_report();
        let stop = match die.into_stop() {
            // what was refused to something that took long and was to end
            Stop::OutOfMemory => match self.vm.stop() {
                Some(stopped) => stopped.into_stop(),
                None => Stop::OutOfMemory,
            },
            stop => stop,
        };
        match stop {
            Stop::Died(val) => self.died(val, report),
            Stop::Exit(status) => Error::new(ErrorKind::Exit(status), format!("exit {status}")),
            Stop::Loop(kind, label) => {
                let text = match label {
                    Some(label) => format!("Label not found for \"{} {label}\"", kind.name()),
                    None => format!("Can't \"{}\" outside a loop block", kind.name()),
                };
                Error::new(ErrorKind::Died, text)
            }
            Stop::Goto(label) => Error::new(ErrorKind::Died, format!("Can't find label {label}")),
            Stop::Interrupted => Error::new(ErrorKind::Interrupted, "interrupted"),
            Stop::Limit(limit) => limit_error(limit),
            Stop::OutOfMemory => match self.vm.ran_out() {
                Limit::StringSize => limit_error(Limit::StringSize),
                _ => limit_error(Limit::Memory),
            },
        }
    }

    fn died(&mut self, val: Val, report: Option<Report>) -> Error {
        let text = match self.vm.str_quiet(&val) {
            Ok(text) => text.to_str_lossy().into_owned(),
            Err(_) => val.to_str().to_str_lossy().into_owned(),
        };
        let trace: Vec<TraceFrame> = std::mem::take(&mut self.vm.trace)
            .into_iter()
            .map(|(sub, file, line)| TraceFrame {
                sub,
                file: file.to_string(),
                line,
            })
            .collect();
        let source = match (&val, &Desk::of(self.vm).external) {
            (Val::Str(said), Some((text, source))) if said == text => Some(source.clone()),
            _ => None,
        };
        let number = self.thrown(val);
        if let Some(report) = report {
            let kind = ErrorKind::Syntax {
                incomplete: report.incomplete,
            };
            return Error::new(kind, text)
                .with_place(Some(Place {
                    file: report.file,
                    line: report.line,
                    offset: Some(report.offset),
                }))
                .with_exception(number);
        }
        let place = trace.first().map(|frame| Place {
            file: frame.file.clone(),
            line: frame.line,
            offset: None,
        });
        Error::new(ErrorKind::Died, text)
            .with_place(place)
            .with_trace(trace)
            .with_exception(number)
            .with_source(source)
    }

    /// Keeps what was thrown; its number.
    fn thrown(&mut self, val: Val) -> u64 {
        let desk = Desk::of(self.vm);
        desk.exceptions += 1;
        desk.exception = Some((desk.exceptions, val));
        desk.exceptions
    }

    /// An error to die with that has a Perl value: an object, say. A string without a newline gets
    /// the script's place behind it, as with `die`.
    ///
    /// ```
    /// use keshi::{Perl, Result};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.define("fetch", |call, id: i64| -> Result<String> {
    ///     let missing = call.call_method::<keshi::Value>("My::NotFound", "new", id)?;
    ///     Err(call.die(missing))
    /// });
    /// let id: i64 = perl.eval(r#"
    ///     package My::NotFound { sub new { bless { id => $_[1] }, $_[0] } }
    ///     eval { fetch(7) };
    ///     ref $@ eq 'My::NotFound' && $@->{id};
    /// "#)?;
    /// assert_eq!(id, 7);
    /// # Ok(())
    /// # }
    /// ```
    pub fn die(&mut self, value: impl IntoPerl) -> Error {
        let made = value.into_value(self);
        let made = made.and_then(|value| match value {
            Value::Str(text) => Ok(Error::custom(text)),
            value => {
                let val = value.to_val(self)?;
                let text = self.exec(|vm| vm.str_quiet(&val))?;
                let number = self.thrown(val);
                Ok(Error::custom(text.to_str_lossy()).with_exception(number))
            }
        });
        made.unwrap_or_else(|error| error)
    }

    /// An error on its way back into the script: a value that was thrown goes on as it is.
    pub(super) fn die_of(&mut self, error: Error) -> Die {
        let number = error.exception_number();
        let thrown = Desk::of(self.vm)
            .exception
            .as_ref()
            .filter(|(of, _)| number != 0 && *of == number)
            .map(|(_, val)| val.clone());
        if let Some(val) = thrown {
            return Die::with(val);
        }
        match error.kind() {
            ErrorKind::Exit(status) => Die::new(Stop::Exit(*status)),
            ErrorKind::Interrupted => Die::new(Stop::Interrupted),
            ErrorKind::Limit(kind) => Die::new(Stop::Limit(match kind {
                LimitKind::Time => Limit::Time,
                LimitKind::Steps => Limit::Steps,
                LimitKind::Memory => Limit::Memory,
                LimitKind::Recursion => Limit::Recursion,
                LimitKind::StringSize => Limit::StringSize,
            })),
            _ => {
                let die = self.vm.die(error.text());
                if let (Some(source), Stop::Died(Val::Str(text))) =
                    (error.external_source(), die.stop())
                {
                    let text = text.clone();
                    Desk::of(self.vm).external = Some((text, source.clone()));
                }
                die
            }
        }
    }
}

fn limit_error(limit: Limit) -> Error {
    let (kind, text) = match limit {
        Limit::Time => (LimitKind::Time, "the time for this run is over"),
        Limit::Steps => (LimitKind::Steps, "the steps for this run are used up"),
        Limit::Memory => (LimitKind::Memory, "Out of memory!"),
        Limit::StringSize => (LimitKind::StringSize, "a string is longer than allowed"),
        Limit::Recursion => (LimitKind::Recursion, "subs are nested deeper than allowed"),
    };
    Error::new(ErrorKind::Limit(kind), text)
}

/// Runs one of the host's functions; what it panicked with is an error. What stood around the call
/// is the machine's, and whole.
pub(super) fn guarded<T>(name: &str, run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| format!("{name}: {}", panic_text(&*panic)))
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_string())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panic: {}", said.unwrap_or_else(|| "in Rust code".into()))
}
