//! How an interpreter is made.
use super::Perl;
use crate::interp::globals::Start;
use crate::sys;

/// Whether warnings are on where no pragma speaks (perlrun -w -W -X).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taint {
    /// None.
    #[default]
    Off,
    /// `-t`
    Warn,
    /// `-T`
    Fatal,
}

/// Settings for a new interpreter.
#[derive(Clone, Default)]
pub struct Builder {
    pub(super) start: Start,
    pub(super) warn: Warn,
    pub(super) check_only: bool,
    pub(super) owns_process: bool,
    /// Messages show the line they speak of; in colour?
    pub(super) explain: Option<bool>,
}

impl Builder {
    /// An interpreter for a whole process: `$0` renames it, its signals are the program's.
    pub fn command(mut self) -> Builder {
        self.owns_process = true;
        if let Ok((size, _)) = crate::sys::limits::stack() {
            crate::source::depth::begin(size);
        }
        self
    }

    /// `@ARGV`
    pub fn args(mut self, args: Vec<Vec<u8>>) -> Builder {
        self.start.args = args;
        self
    }

    /// Directories in front of `@INC`.
    pub fn inc(mut self, dirs: Vec<Vec<u8>>) -> Builder {
        self.start.inc = dirs;
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
    pub fn check_only(mut self, on: bool) -> Builder {
        self.check_only = on;
        self
    }

    /// Package scalars set before the program (perlrun -s).
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
    pub fn inplace(mut self, extension: Vec<u8>) -> Builder {
        self.start.inplace = Some(extension);
        self
    }

    /// `-C` bits.
    pub fn unicode(mut self, bits: u32) -> Builder {
        self.start.unicode = bits;
        self
    }

    /// Uncaught errors and warnings show the line they speak of, a mark under the place and a hint.
    pub fn explain(mut self, colour: bool) -> Builder {
        self.explain = Some(colour);
        self
    }

    /// The interpreter.
    pub fn build(mut self) -> Perl {
        self.start.env = sys::env::snapshot();
        self.start.executable = sys::start::executable();
        Perl::from_builder(self)
    }
}
