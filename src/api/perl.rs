//! One interpreter.
use super::context::{Desk, Run, Sealed};
use super::handle::{Array, Code, Hash, Held, Object, Scalar};
use super::stream::{self, Captured};
use super::{
    Builder, Call, Capability, Context, Cx, FromPerl, Interrupter, IntoPerl, Limits, Package,
    Result, Value, Warn,
};
use crate::interp::{self, Interp, Text, embed, globals};
use crate::sys::blocking;
use crate::sys::blocking::watchdog::{Deadline, Waker};
use crate::sys::signal::lent::Loan;
use crate::sys::signal::{OwnerWaker, pending};
use crate::text::quota;
use crate::value::Val;
use crate::vm::Vm;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::rc::Rc;
use std::{fmt, io};

/// A program: its text and its name.
///
/// ```no_run
/// use keshi::{Perl, Program};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// let script = perl.compile(Program::from_file("report.pl")?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// What `$0` and `__FILE__` say.
    pub name: Vec<u8>,
    /// The text, as it would stand in a file: bytes, unless it says `use utf8`.
    pub text: Vec<u8>,
}

impl Program {
    /// A program with a name for messages.
    pub fn new(name: impl Into<Vec<u8>>, text: impl Into<Vec<u8>>) -> Program {
        Program {
            name: name.into(),
            text: text.into(),
        }
    }

    /// A program in a file, read by the host whatever the script may read.
    pub fn from_file(path: impl AsRef<Path>) -> io::Result<Program> {
        let path = path.as_ref();
        let name = path.as_os_str().as_encoded_bytes();
        let text = super::process::read_file(name);
        let text = text.map_err(|errno| io::Error::from_raw_os_error(errno.0))?;
        Ok(Program::new(name, text))
    }

    fn text(&self) -> Text {
        Text {
            name: String::from_utf8_lossy(&self.name).into_owned(),
            bytes: self.text.clone(),
        }
    }
}

impl From<&str> for Program {
    fn from(text: &str) -> Program {
        Program::new("-", text)
    }
}

impl From<String> for Program {
    fn from(text: String) -> Program {
        Program::new("-", text)
    }
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitStatus(i32);

impl ExitStatus {
    /// The code for the system, 0 to 255.
    pub fn code(self) -> i32 {
        self.0
    }

    /// Is it 0?
    pub fn is_success(self) -> bool {
        self.0 == 0
    }
}

/// A compiled program; [`Perl::run`] runs it as often as wanted.
#[derive(Clone)]
pub struct Script {
    code: Held,
    name: Vec<u8>,
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = String::from_utf8_lossy(&self.name);
        f.debug_struct("Script").field("name", &name).finish()
    }
}

/// An interpreter. It stays on its thread; there may be any number of them, on any threads.
///
/// ```
/// # fn main() -> keshi::Result<()> {
/// let mut perl = keshi::Perl::new();
/// let longest: String = perl.eval(r#"(sort { length $b <=> length $a } qw(a ccc bb))[0]"#)?;
/// assert_eq!(longest, "ccc");
/// # Ok(())
/// # }
/// ```
///
/// When it is dropped, END blocks run and objects are destroyed, as at a program's end. What it has
/// made ([handles](crate::Array), scripts) may outlive it, to no use.
pub struct Perl {
    pub(super) vm: Box<Vm>,
    pub(super) interp: Rc<Interp>,
    pub(super) builder: Builder,
    waker: Option<Waker>,
    output: Option<Captured>,
    errors: Option<Captured>,
    ended: bool,
    /// Gives the host its signals back; let go of last.
    signals: Option<Loan>,
}

impl fmt::Debug for Perl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limits = self.limits();
        f.debug_struct("Perl")
            .field("limits", &limits)
            .finish_non_exhaustive()
    }
}

impl Default for Perl {
    fn default() -> Perl {
        Perl::new()
    }
}

impl Perl {
    /// An interpreter with the standard modules, the host's standard streams and environment, and
    /// every [capability](crate::Capability) but signals.
    pub fn new() -> Perl {
        Perl::builder().build()
    }

    /// Settings for a new interpreter.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Settings for a new interpreter that may do nothing outside itself: no files, no network,
    /// no processes, no signals, no environment, no output but what is captured. Grant what it
    /// needs.
    pub fn sandbox() -> Builder {
        Builder::sandbox()
    }

    pub(super) fn from_builder(mut builder: Builder) -> Perl {
        if builder.embedded.limits.memory.is_some() {
            quota::activate();
        }
        let mut vm = Vm::new();
        vm.owns_process = builder.owns_process;
        vm.warn_all = matches!(builder.warn, Warn::On | Warn::All);
        vm.warn_force = match builder.warn {
            Warn::All => Some(true),
            Warn::None => Some(false),
            _ => None,
        };
        if let Some(colour) = builder.explain {
            vm.texts.turn_on(colour);
        }
        let interp = Interp::raise(&mut vm);
        interp.check_only.set(builder.check_only);
        Desk::set_up(&mut vm, interp.clone());
        let embedded = (!builder.owns_process).then(|| std::mem::take(&mut builder.embedded));
        let mut perl = Perl {
            vm,
            interp,
            builder,
            waker: None,
            output: None,
            errors: None,
            ended: false,
            signals: None,
        };
        if let Some(embedded) = embedded {
            perl.embed(embedded);
        }
        perl
    }

    /// Makes it a guest in the host's process.
    fn embed(&mut self, settings: super::builder::Embedded) {
        let vm = &mut *self.vm;
        let owner = settings.rights & crate::sys::grant::SIGNALS != 0;
        if owner {
            self.signals = Some(Loan::begin());
            vm.word.own_signals();
            self.waker = OwnerWaker::new(&vm.word).ok().map(Waker::Owner);
        } else {
            vm.become_guest();
            self.waker = vm.home.guest().map(|guest| Waker::Guest(guest.waker()));
        }
        vm.home.rights.set(settings.rights);
        vm.watchers = settings.watchers;
        {
            let _entered = vm.enter();
            crate::sys::grant::as_host(|| {
                globals::init(vm, &self.builder.start);
                stream::open_input(vm, settings.input);
                self.output = stream::open_output(vm, 1, settings.output);
                self.errors = stream::open_output(vm, 2, settings.errors);
            });
        }
        self.set_limits(settings.limits);
        let mut cx = self.cx();
        for package in settings.packages {
            cx.add_package(package);
        }
    }

    /// The limits in force.
    pub fn limits(&self) -> Limits {
        self.builder.embedded.limits
    }

    /// Other limits from now on. Memory is counted anew: what the script holds now is free of charge.
    ///
    /// ```
    /// use keshi::{Limits, Perl};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.eval::<()>("sub slow { 1 for 1 .. 100_000; 'done' }")?;
    /// perl.set_limits(Limits::new().steps(1000));
    /// assert!(perl.call::<String>("slow", ()).is_err());
    /// perl.set_limits(Limits::new());
    /// assert_eq!(perl.call::<String>("slow", ())?, "done");
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_limits(&mut self, limits: Limits) {
        if limits.memory.is_some() {
            quota::activate();
        }
        let vm = &mut *self.vm;
        vm.home
            .quota()
            .set_limits(limits.memory, limits.string_size);
        vm.limit_depth(limits.recursion);
        self.builder.embedded.limits = limits;
    }

    /// The bytes that the script's data take, where there is a [limit](Limits::memory) on them.
    pub fn memory_used(&self) -> Option<usize> {
        let limit = self.limits().memory?;
        Some(limit.saturating_sub(self.vm.home.quota().left()))
    }

    /// What stops it from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter {
            waker: self.waker.clone().unwrap_or_else(|| {
                // An interpreter that is the whole process, or that has no descriptor to sleep by.
                Waker::Word(self.vm.word.clone())
            }),
        }
    }

    /// Evaluates a text, as `eval` of a string would do it in package `main`. `T` picks the context
    /// (list for `Vec`, tuples and maps, void for `()`, scalar for the rest) and what the value
    /// becomes; see [`FromPerl`]. The text's characters are Unicode.
    ///
    /// ```
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = keshi::Perl::new();
    /// perl.eval::<()>("our @words = split ' ', 'one two three'")?;
    /// assert_eq!(perl.eval::<i64>("@words")?, 3);
    /// assert_eq!(perl.eval::<Vec<String>>("reverse @words")?, ["three", "two", "one"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn eval<T: FromPerl>(&mut self, code: &str) -> Result<T> {
        self.cx().eval(code)
    }

    /// Calls a sub by its name, `main::` if it has no package.
    ///
    /// ```
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = keshi::Perl::new();
    /// perl.eval::<()>("sub greet { my ($name, $times) = @_; \"hello, $name! \" x $times }")?;
    /// assert_eq!(perl.call::<String>("greet", ("Ann", 2))?, "hello, Ann! hello, Ann! ");
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<T: FromPerl>(&mut self, sub: &str, args: impl IntoPerl) -> Result<T> {
        self.cx().call(sub, args)
    }

    /// Calls a class method: `Dog->new(...)`.
    pub fn call_method<T: FromPerl>(
        &mut self,
        class: &str,
        method: &str,
        args: impl IntoPerl,
    ) -> Result<T> {
        self.cx().call_method(class, method, args)
    }

    /// Loads a module (`Foo::Bar`) unless it is loaded.
    pub fn require(&mut self, module: &str) -> Result<()> {
        self.cx().require(module)
    }

    /// The package variable `$name` as a live handle, made where there is none.
    pub fn scalar(&mut self, name: &str) -> Scalar {
        self.cx().scalar(name)
    }

    /// The package variable `@name` as a live handle, made where there is none.
    pub fn array(&mut self, name: &str) -> Array {
        self.cx().array(name)
    }

    /// The package variable `%name` as a live handle, made where there is none.
    pub fn hash(&mut self, name: &str) -> Hash {
        self.cx().hash(name)
    }

    /// A sub by its name, if it is defined.
    pub fn code(&mut self, name: &str) -> Option<Code> {
        self.cx().code(name)
    }

    /// A new scalar with this value, that nothing refers to yet.
    pub fn new_scalar(&mut self, value: impl IntoPerl) -> Result<Scalar> {
        self.cx().new_scalar(value)
    }

    /// A new array that nothing refers to yet.
    ///
    /// ```
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = keshi::Perl::new();
    /// let list = perl.new_array();
    /// list.assign(&mut perl, [3, 1, 2])?;
    /// perl.eval::<()>("sub order { my $l = shift; @$l = sort @$l; return }")?;
    /// perl.call::<()>("order", &list)?;
    /// assert_eq!(list.to_vec::<i64>(&mut perl)?, [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn new_array(&mut self) -> Array {
        self.cx().new_array()
    }

    /// A new hash that nothing refers to yet.
    pub fn new_hash(&mut self) -> Hash {
        self.cx().new_hash()
    }

    /// A sub without a name that runs a Rust function; see [`Cx::new_code`].
    pub fn new_code<A, R, F>(&mut self, function: F) -> Code
    where
        A: FromPerl,
        R: IntoPerl,
        F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
    {
        self.cx().new_code(function)
    }

    /// A file handle on a descriptor of the host's; see [`Cx::new_handle`].
    pub fn new_handle(&mut self, descriptor: impl Into<OwnedFd>) -> Result<Value> {
        self.cx().new_handle(descriptor)
    }

    /// An object of a class with a Rust value inside; see [`Cx::new_object`] and
    /// [`Native`](crate::Native).
    pub fn new_object<T: 'static>(&mut self, class: &str, value: T) -> Result<Object> {
        self.cx().new_object(class, value)
    }

    /// Defines a sub that runs a Rust function; see [`Cx::define`].
    pub fn define<A, R, F>(&mut self, name: &str, function: F)
    where
        A: FromPerl,
        R: IntoPerl,
        F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
    {
        self.cx().define(name, function);
    }

    /// Adds a package written in Rust: `use` finds it. See [`Package`].
    pub fn add_package(&mut self, package: Package) {
        self.cx().add_package(package);
    }

    /// The value of the last error that came out of the interpreter: what `die` was given.
    ///
    /// ```
    /// use keshi::{Object, FromPerl, Perl, Value};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.eval::<()>("die bless { code => 404 }, 'My::Error'").unwrap_err();
    /// let Some(Value::Object(thrown)) = perl.exception() else { panic!() };
    /// assert_eq!(thrown.class(), "My::Error");
    /// # Ok(())
    /// # }
    /// ```
    pub fn exception(&mut self) -> Option<Value> {
        self.cx().exception()
    }

    /// Compiles a program; its `use` and BEGIN blocks have run then.
    ///
    /// ```
    /// use keshi::{Perl, Program};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// let script = perl.compile(Program::new("count.pl", "our $runs; $runs++; exit $runs"))?;
    /// assert_eq!(perl.run(&script)?.code(), 1);
    /// assert_eq!(perl.run(&script)?.code(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn compile(&mut self, program: impl Into<Program>) -> Result<Script> {
        let program = program.into();
        let mut cx = self.cx();
        let interp = cx.interp();
        let code = cx.exec(|vm| embed::compile(&interp, vm, program.text()))?;
        Ok(Script {
            code: Held::new(Val::CRef(code), &cx.home()),
            name: program.name,
        })
    }

    /// Runs a compiled program: CHECK and INIT blocks that wait, then the program itself. Its END
    /// blocks run when the interpreter is dropped, or [ended](Perl::end).
    ///
    /// Running it again gives each `my` variable of the file a new value; subs of the file go on
    /// seeing those of the first run, as a sub inside a sub does in Perl.
    pub fn run(&mut self, script: &Script) -> Result<ExitStatus> {
        let mut cx = self.cx();
        let interp = cx.interp();
        let Val::CRef(code) = script.code.val_in(&cx)? else {
            return Ok(ExitStatus(0));
        };
        cx.vm.program_name = crate::text::PerlStr::from_bytes(&script.name);
        match cx.exec(|vm| embed::run(&interp, vm, &code)) {
            Ok(()) => Ok(ExitStatus(0)),
            Err(error) => match error.kind() {
                super::ErrorKind::Exit(status) => Ok(ExitStatus(status & 255)),
                _ => Err(error),
            },
        }
    }

    /// What the script asked for and was refused since this was last asked: why there was a
    /// `Permission denied` that the system knows nothing of, and what to grant.
    ///
    /// ```
    /// use keshi::{Capability, Perl};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::sandbox().build();
    /// perl.eval::<()>("open my $log, '>', 'log.txt' or warn $!")?;
    /// assert_eq!(perl.take_refused(), [Capability::WriteFiles]);
    /// assert_eq!(perl.take_refused(), []);
    /// # Ok(())
    /// # }
    /// ```
    pub fn take_refused(&mut self) -> Vec<Capability> {
        let _cx = self.cx();
        let refused = crate::sys::grant::take_refused();
        let all = Capability::ALL.iter().copied();
        all.filter(|one| one.rights() & refused != 0).collect()
    }

    /// What was written to a captured STDOUT since this was last asked.
    pub fn take_output(&mut self) -> Vec<u8> {
        self.flush();
        self.output.as_ref().map(Captured::take).unwrap_or_default()
    }

    /// What was written to a captured STDERR since this was last asked.
    pub fn take_errors(&mut self) -> Vec<u8> {
        self.flush();
        self.errors.as_ref().map(Captured::take).unwrap_or_default()
    }

    /// Writes out what is buffered in the script's handles.
    pub fn flush(&mut self) {
        let cx = self.cx();
        globals::flush_all(cx.vm);
    }

    /// Ends it as a program ends: END blocks, destruction, the last output. What `$?` is then.
    pub fn end(mut self) -> ExitStatus {
        ExitStatus(self.finish())
    }

    fn finish(&mut self) -> i32 {
        if self.ended || self.builder.owns_process {
            return 0;
        }
        self.ended = true;
        let interp = self.interp.clone();
        let cx = self.cx();
        let finished = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            interp::finish(&interp, cx.vm, 0)
        }));
        finished.unwrap_or(255)
    }

    /// Runs a program from its text to its end: BEGIN blocks, the program, END blocks, destruction.
    /// For interpreters that are the whole process ([`Builder::command`]).
    #[doc(hidden)] // for the command
    pub fn run_program(&mut self, program: &Program) -> ExitStatus {
        self.builder.start.name = program.name.clone();
        let text = program.text();
        let word = self.vm.word.clone();
        let Perl {
            vm,
            interp,
            builder,
            ..
        } = self;
        let _entered = vm.enter();
        let status = blocking::run_as_owner(&word, || {
            globals::init(vm, &builder.start);
            interp::run_program(interp, vm, text)
        });
        ExitStatus(status)
    }

    /// Runs the program of a process that does nothing more: what is left in memory is left to
    /// the system.
    #[doc(hidden)] // for the command
    pub fn run_to_end(mut self, program: &Program) -> ExitStatus {
        let status = self.run_program(program);
        std::mem::forget(self);
        status
    }

    /// Shows what a program is compiled to (`ast` or `bytecode`); gives the exit code.
    #[doc(hidden)] // for the command
    pub fn dump(&mut self, program: &Program, kind: &str) -> i32 {
        let text = program.text();
        let word = self.vm.word.clone();
        let Perl {
            vm,
            interp,
            builder,
            ..
        } = self;
        let _entered = vm.enter();
        let shown = blocking::run_as_owner(&word, || {
            globals::init(vm, &builder.start);
            interp::dump(interp, vm, text, kind)
        });
        match shown {
            Ok(text) => {
                super::say(&text);
                0
            }
            Err(text) => {
                super::complain(text.trim_end());
                255
            }
        }
    }
}

impl Sealed for Perl {}

impl Context for Perl {
    fn cx(&mut self) -> Cx<'_> {
        let limits = self.builder.embedded.limits;
        let deadline = match (limits.time, &self.waker) {
            (Some(time), Some(waker)) => Some(Deadline::after(time, waker.clone())),
            _ => None,
        };
        if let Some(steps) = limits.steps {
            self.vm.steps_left = steps;
            self.vm.word.set(pending::STEPS);
        }
        let run = Run::new(&self.vm, self.waker.clone(), deadline);
        Cx {
            vm: &mut self.vm,
            run: Some(run),
        }
    }
}

impl Drop for Perl {
    fn drop(&mut self) {
        if self.builder.owns_process {
            // The process ends: the system frees faster than we could.
            return;
        }
        self.finish();
        let _entered = self.vm.enter();
        self.vm.symbols.clear_all();
        crate::value::living::sweep();
    }
}
