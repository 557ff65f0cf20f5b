//! An interpreter that is fed input by input: what the command's REPL stands on.
use super::{Builder, Perl};
use crate::diag;
use crate::interp::globals;
use crate::interp::session::{Fed, Idle, Session, Shown};
use crate::signature::BUILTINS;
use crate::syntax::KEYWORDS;
use crate::sys::kept_terminal::KeptTerminal;
use crate::sys::{self, blocking};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::Vm;

pub use crate::interp::session::Child;

/// What an input came to.
pub enum Answer {
    /// Nothing to show.
    Nothing,
    /// A value, as readable Perl.
    Value(String),
    /// An error, in perl's words, with its place shown.
    Died(String),
    /// The process is to end with this code: `exit` was called, or this is a forked child at its end.
    Exit(i32),
    /// The interrupt key ended it.
    Interrupted,
}

/// What waiting at the prompt came to.
pub enum Waited {
    /// So many bytes have been typed.
    Typed(usize),
    /// A signal's handler has run; what it died of, if it did.
    Disturbed(Option<String>),
    /// A handler called `exit`.
    Exit(i32),
}

/// The terminal of a session, which the person sits at wherever the program's handles have gone.
#[derive(Clone, Copy)]
pub struct Terminal(KeptTerminal);

impl Terminal {
    /// The one standard input is on, if it is on one.
    pub fn of_stdin() -> Option<Terminal> {
        let is_terminal = sys::fd::isatty(0);
        is_terminal.then(KeptTerminal::of_stdin)?.map(Terminal)
    }

    /// Does something with the terminal on those of descriptors 0, 1 and 2 it was on at first.
    pub fn on_stage<T>(self, act: impl FnOnce() -> T) -> T {
        let _lent = self.0.lend();
        act()
    }
}

/// A session with an interpreter of its own.
pub struct Repl {
    perl: Perl,
    session: Session,
    terminal: Option<Terminal>,
}

impl Repl {
    /// A new one, on a terminal if a person sits at one.
    pub fn new(builder: Builder, terminal: Option<Terminal>) -> Repl {
        let mut perl = builder.build();
        let word = perl.vm.word.clone();
        let _entered = perl.vm.enter();
        let session = blocking::run_as_owner(&word, || {
            globals::init(&mut perl.vm, &perl.builder.start);
            let kept = terminal.map(|terminal| terminal.0);
            Session::begin(&perl.interp, &mut perl.vm, kept)
        });
        Repl {
            perl,
            session,
            terminal,
        }
    }

    /// Does something with the machine, which sleeps and is woken as the owner of the process's signals.
    fn with<T>(&mut self, run: impl FnOnce(&mut Session, &mut Vm) -> T) -> T {
        let word = self.perl.vm.word.clone();
        let Repl { perl, session, .. } = self;
        let _entered = perl.vm.enter();
        blocking::run_as_owner(&word, || run(session, &mut perl.vm))
    }

    /// Starts anew: variables, subs, packages and signal handlers are gone. END blocks do not run.
    pub fn reset(&mut self) {
        self.with(|_, vm| {
            vm.destroy_all();
            let sig = vm.names.sig.hash_mut();
            for (name, signo) in sys::signal::NAMES {
                if *signo > 0 && vm.has_signal_handler(*signo) {
                    let _ = sys::signal::set_disposition(*signo, sys::signal::Disposition::Default);
                    sig.set_str(name, Val::Undef);
                }
            }
        });
        let builder = self.perl.builder.command_again();
        *self = Repl::new(builder, self.terminal);
    }

    /// The current package.
    pub fn package(&self) -> &str {
        self.session.package()
    }

    /// Is this a child the session has forked?
    pub fn in_child(&self) -> bool {
        self.session.in_child()
    }

    /// Does the text end in the middle of something?
    pub fn wants_more(&self, text: &str) -> bool {
        self.session.wants_more(&self.perl.vm, text)
    }

    /// Runs a text. `name`: the file it comes from.
    pub fn feed(&mut self, name: Option<&str>, text: &str) -> Answer {
        self.with(|session, vm| {
            let fed = session.feed(vm, name, text);
            answer(session, vm, fed)
        })
    }

    /// Runs a text and says what kind of value it has.
    pub fn describe(&mut self, text: &str) -> Answer {
        self.with(|session, vm| match session.evaluate(vm, text) {
            Ok(values) => Answer::Value(session.describe(&values)),
            Err(fed) => answer(session, vm, fed),
        })
    }

    /// How a native function is called, and a line about it.
    pub fn doc(&mut self, name: &str) -> Option<(String, &'static str)> {
        self.with(|session, vm| session.doc(vm, name))
    }

    /// Where the word at the end of the text begins, and what it may become.
    pub fn complete(&mut self, text: &str) -> (usize, Vec<String>) {
        self.with(|session, vm| session.complete(vm, text))
    }

    /// Handlers, what is pending and what is blocked.
    pub fn signals(&mut self) -> String {
        self.with(|session, vm| session.signals(vm))
    }

    /// Descriptors, and what is at the other end.
    pub fn handles(&mut self) -> String {
        self.with(|session, vm| session.handles(vm))
    }

    /// The children nobody has waited for.
    pub fn children(&mut self) -> Vec<Child> {
        self.with(|session, vm| session.children(vm))
    }

    /// The children that have ended since this was last asked.
    pub fn newly_ended(&mut self) -> Vec<Child> {
        self.with(|session, vm| session.newly_ended(vm))
    }

    /// Shows a prompt and waits until something is typed; handlers of signals run meanwhile. The prompt is gone then.
    pub fn wait_for_input(&mut self, prompt: &str) -> Waited {
        self.with(|session, vm| {
            let idle = session.wait_for_input(vm, prompt);
            waited(vm, idle)
        })
    }

    /// The next line of standard input, read as the program reads it: nothing that a later `<STDIN>` wants is taken.
    ///
    /// # Errors
    /// What came instead: the interrupt key, or a handler that died or called `exit`.
    pub fn read_line(&mut self) -> Result<Option<String>, Waited> {
        self.with(|session, vm| {
            let line = session.read_line(vm);
            line.map_err(|idle| waited(vm, idle))
        })
    }

    /// The interrupt key at the prompt: `$SIG{INT}` runs, if there is one.
    pub fn interrupt(&mut self) -> Waited {
        self.with(|session, vm| {
            let idle = session.interrupt(vm);
            waited(vm, idle)
        })
    }

    /// The end: END blocks, destruction, the last flush; the exit code.
    pub fn finish(&mut self, status: i32) -> i32 {
        self.with(|session, vm| session.finish(vm, status))
    }
}

/// What is to be said about an input.
fn answer(session: &mut Session, vm: &mut Vm, fed: Fed) -> Answer {
    match fed {
        Fed::Done(values, shown) => match (values.as_slice(), shown) {
            (_, Shown::Nothing) | ([], _) => Answer::Nothing,
            ([only], _) if only.is_undef() => Answer::Value("undef".into()),
            (values, Shown::Assigned(form)) => Answer::Value(session.show(vm, values, "$_", form)),
            (values, Shown::Value(form)) => {
                let name = session.remember(vm, values);
                let text = session.show(vm, values, &name, form);
                Answer::Value(format!("{name} = {text}"))
            }
        },
        Fed::Died(text) => Answer::Died(explained(vm, &text)),
        Fed::Exit(status) => Answer::Exit(status),
        Fed::Interrupted => Answer::Interrupted,
    }
}

fn waited(vm: &Vm, idle: Idle) -> Waited {
    match idle {
        Idle::Typed(bytes) => Waited::Typed(bytes),
        Idle::Disturbed => Waited::Disturbed(None),
        Idle::Died(text) => Waited::Disturbed(Some(explained(vm, &text))),
        Idle::Exit(status) => Waited::Exit(status),
    }
}

fn explained(vm: &Vm, text: &PerlStr) -> String {
    diag::explain(&text.to_str_lossy(), &vm.texts)
}

/// The functions of perlfunc, by name.
pub fn builtin_names() -> Vec<&'static str> {
    BUILTINS.iter().map(|builtin| builtin.name()).collect()
}

/// Is it a word of the language that is no function?
pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Seconds of processor time this process and its waited-for children have taken: user, system.
pub fn cpu_seconds() -> (f64, f64) {
    let times = sys::process::times().unwrap_or_default();
    let seconds = |ticks: i64| ticks as f64 / 100.0;
    (
        seconds(times.user + times.child_user),
        seconds(times.system + times.child_system),
    )
}
