//! How an interpreter is made.
use super::capability::{self, Capability};
use super::context::guarded;
use super::{Input, Limits, Output, Package, Perl};
use crate::interp::globals::Start;
use crate::sys;
use crate::vm::host::Watchers;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whether warnings are on where no pragma speaks (perlrun -w -W -X).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Warn {
    /// As the program says.
    #[default]
    Default,
    /// `-w`
    On,
    /// `-W`
    All,
    /// `-X`
    None,
}

/// Taint checks (perlsec).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Taint {
    /// None.
    #[default]
    Off,
    /// `-t`
    Warn,
    /// `-T`
    Fatal,
}

/// Settings for a new interpreter; made by [`Perl::builder`] and [`Perl::sandbox`].
///
/// ```
/// use keshi::{Output, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::builder()
///     .args(["--verbose", "input.txt"])
///     .env([("LANG", "C")])
///     .stdout(Output::Capture)
///     .module("My::Greeting", "package My::Greeting; sub hello { 'hello' } 1;")
///     .build();
/// perl.eval::<()>("use My::Greeting; print My::Greeting::hello(), \" @ARGV\"")?;
/// assert_eq!(perl.take_output(), b"hello --verbose input.txt");
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "a builder makes nothing until it is built"]
pub struct Builder {
    pub(super) start: Start,
    pub(super) warn: Warn,
    pub(super) check_only: bool,
    pub(super) owns_process: bool,
    /// Messages show the line they speak of; in colour?
    pub(super) explain: Option<bool>,
    pub(super) embedded: Embedded,
}

/// What only an interpreter inside a host's process is told.
pub(super) struct Embedded {
    pub(super) rights: u32,
    pub(super) limits: Limits,
    pub(super) input: Input,
    pub(super) output: Output,
    pub(super) errors: Output,
    pub(super) packages: Vec<Package>,
    pub(super) watchers: Watchers,
    env: Option<Vec<Vec<u8>>>,
    modules: BTreeMap<String, Rc<[u8]>>,
    finder: Option<Finder>,
}

type Finder = Box<dyn Fn(&str) -> Option<String>>;

impl Default for Embedded {
    fn default() -> Embedded {
        Embedded {
            rights: capability::USUAL,
            limits: Limits::default(),
            input: Input::default(),
            output: Output::default(),
            errors: Output::default(),
            packages: Vec::new(),
            watchers: Watchers::default(),
            env: None,
            modules: BTreeMap::new(),
            finder: None,
        }
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("limits", &self.embedded.limits)
            .finish_non_exhaustive()
    }
}

impl Builder {
    pub(super) fn sandbox() -> Builder {
        let mut builder = Builder::default();
        builder.embedded.rights = 0;
        builder.embedded.input = Input::Null;
        builder.embedded.output = Output::Capture;
        builder.embedded.errors = Output::Capture;
        builder
    }

    /// Lets the script do something outside itself. See [`Capability`].
    pub fn grant(mut self, capability: Capability) -> Builder {
        self.embedded.rights |= capability.rights();
        self
    }

    /// Refuses the script something. See [`Capability`].
    pub fn refuse(mut self, capability: Capability) -> Builder {
        self.embedded.rights &= !capability.rights();
        self
    }

    /// How far the script may go.
    pub fn limits(mut self, limits: Limits) -> Builder {
        self.embedded.limits = limits;
        self
    }

    /// Where STDIN comes from.
    pub fn stdin(mut self, input: Input) -> Builder {
        self.embedded.input = input;
        self
    }

    /// Where STDOUT goes.
    pub fn stdout(mut self, output: Output) -> Builder {
        self.embedded.output = output;
        self
    }

    /// Where STDERR goes, and warnings nobody takes.
    pub fn stderr(mut self, output: Output) -> Builder {
        self.embedded.errors = output;
        self
    }

    /// `%ENV`: these variables and no others. Otherwise it is the process's environment, or empty
    /// where [`Capability::Environment`] is refused.
    pub fn env<K: AsRef<[u8]>, V: AsRef<[u8]>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Builder {
        let entry = |(name, value): (K, V)| [name.as_ref(), b"=", value.as_ref()].concat();
        self.embedded.env = Some(variables.into_iter().map(entry).collect());
        self
    }

    /// A module whose text is not in a file: `use` and `require` of this name get it.
    pub fn module(mut self, name: &str, text: impl Into<Vec<u8>>) -> Builder {
        let file = format!("{}.pm", name.replace("::", "/"));
        self.embedded.modules.insert(file, text.into().into());
        self
    }

    /// A package written in Rust.
    pub fn package(mut self, package: Package) -> Builder {
        self.embedded.packages.push(package);
        self
    }

    /// Is asked for each file that `use` and `require` look for (`Foo/Bar.pm`), before `@INC` is
    /// searched; what it gives is the file's text.
    ///
    /// ```
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = keshi::Perl::builder()
    ///     .on_require(|file| {
    ///         let name = file.strip_prefix("Answer/")?.strip_suffix(".pm")?;
    ///         Some(format!("package Answer::{name}; sub value {{ 42 }} 1;"))
    ///     })
    ///     .build();
    /// assert_eq!(perl.eval::<i64>("require Answer::Now; Answer::Now::value()")?, 42);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_require(mut self, find: impl Fn(&str) -> Option<String> + 'static) -> Builder {
        self.embedded.finder = Some(Box::new(find));
        self
    }

    /// Is told of each warning that no `$SIG{__WARN__}` of the script takes, instead of STDERR.
    ///
    /// ```
    /// use std::{cell::RefCell, rc::Rc};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let warnings = Rc::new(RefCell::new(Vec::new()));
    /// let list = warnings.clone();
    /// let mut perl = keshi::Perl::builder()
    ///     .on_warn(move |text| list.borrow_mut().push(text.to_string()))
    ///     .build();
    /// perl.eval::<()>("warn 'careful'")?;
    /// assert_eq!(*warnings.borrow(), ["careful at (eval 1) line 1.\n"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_warn(mut self, tell: impl Fn(&str) + 'static) -> Builder {
        self.embedded.watchers.warn = Some(Rc::new(move |text| {
            guarded("on_warn", || tell(&text.to_str_lossy()))
        }));
        self
    }

    /// Is told of each `die` before anything is unwound, also of those that an `eval` catches.
    pub fn on_die(mut self, tell: impl Fn(&str) + 'static) -> Builder {
        self.embedded.watchers.die = Some(Rc::new(move |text| {
            guarded("on_die", || tell(&text.to_str_lossy()))
        }));
        self
    }

    /// An interpreter for a whole process: `$0` renames it, its signals are the program's.
    #[doc(hidden)] // for the command
    pub fn command(mut self) -> Builder {
        self.owns_process = true;
        if let Ok((size, _)) = crate::sys::limits::stack() {
            crate::source::depth::begin(size);
        }
        self
    }

    /// `@ARGV`
    pub fn args<A: Into<Vec<u8>>>(mut self, args: impl IntoIterator<Item = A>) -> Builder {
        self.start.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Directories in front of `@INC`.
    pub fn inc<D: Into<Vec<u8>>>(mut self, dirs: impl IntoIterator<Item = D>) -> Builder {
        self.start.inc = dirs.into_iter().map(Into::into).collect();
        self
    }

    /// Warnings where no pragma speaks.
    pub fn warn(mut self, warn: Warn) -> Builder {
        self.warn = warn;
        self
    }

    /// Taint checks.
    pub fn taint(mut self, taint: Taint) -> Builder {
        self.start.taint = match taint {
            Taint::Off => 0,
            Taint::Warn => -1,
            Taint::Fatal => 1,
        };
        self
    }

    /// Compile only (perlrun -c).
    #[doc(hidden)] // for the command
    pub fn check_only(mut self, on: bool) -> Builder {
        self.check_only = on;
        self
    }

    /// Package scalars set before the program (perlrun -s).
    #[doc(hidden)] // for the command
    pub fn variables(mut self, variables: Vec<(Vec<u8>, Vec<u8>)>) -> Builder {
        self.start.variables = variables;
        self
    }

    /// `$/`; none for whole files.
    pub fn input_separator(mut self, separator: Option<Vec<u8>>) -> Builder {
        self.start.input_separator = Some(separator);
        self
    }

    /// `$\`
    pub fn output_separator(mut self, separator: Vec<u8>) -> Builder {
        self.start.output_separator = Some(separator);
        self
    }

    /// `$^I`
    #[doc(hidden)] // for the command
    pub fn inplace(mut self, extension: Vec<u8>) -> Builder {
        self.start.inplace = Some(extension);
        self
    }

    /// `-C` bits.
    #[doc(hidden)] // for the command
    pub fn unicode(mut self, bits: u32) -> Builder {
        self.start.unicode = bits;
        self
    }

    /// Uncaught errors and warnings show the line they speak of, a mark under the place and a hint.
    #[doc(hidden)] // for the command
    pub fn explain(mut self, colour: bool) -> Builder {
        self.explain = Some(colour);
        self
    }

    /// The same again, for an interpreter that is the whole process.
    pub(super) fn command_again(&self) -> Builder {
        Builder {
            start: self.start.clone(),
            warn: self.warn,
            check_only: self.check_only,
            owns_process: self.owns_process,
            explain: self.explain,
            embedded: Embedded::default(),
        }
    }

    /// Makes the interpreter.
    #[must_use]
    pub fn build(mut self) -> Perl {
        self.start.executable = sys::start::executable();
        if self.owns_process {
            self.start.env = sys::env::snapshot();
            return Perl::from_builder(self);
        }
        let settings = &mut self.embedded;
        let rights = settings.rights;
        self.start.env = match settings.env.take() {
            Some(env) => env,
            None if sys::grant::has_in(rights, sys::grant::ENVIRONMENT) => sys::env::snapshot(),
            None => Vec::new(),
        };
        self.start.no_system_inc = !sys::grant::has_in(rights, sys::grant::READ_FILES);
        let modules = std::mem::take(&mut settings.modules);
        let finder = settings.finder.take();
        if !modules.is_empty() || finder.is_some() {
            settings.watchers.require = Some(Rc::new(move |file| {
                if let Some(text) = modules.get(file) {
                    return Ok(Some(text.to_vec()));
                }
                let text = guarded("on_require", || finder.as_ref()?(file))?;
                Ok(text.map(String::into_bytes))
            }));
        }
        if self.start.name.is_empty() {
            self.start.name = b"-".to_vec();
        }
        Perl::from_builder(self)
    }
}
