//! What can go wrong, as the host sees it: kind, perl's text, place and trace.
use super::LimitKind;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The result of nearly everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a script stopped, or why a value could not be had.
///
/// It is one word, `Send`, `Sync` and `'static`, so that `?` makes it a `Box<dyn Error>` or an
/// `anyhow::Error`. `Display` gives perl's own text, byte for byte what perl
/// prints (with the newline at its end taken off):
///
/// ```
/// use keshi::{ErrorKind, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// let error = perl.eval::<()>("\n\ndie 'no more tea'").unwrap_err();
/// assert_eq!(error.to_string(), "no more tea at (eval 1) line 3.");
/// assert_eq!(error.kind(), &ErrorKind::Died);
/// assert_eq!(error.place().unwrap().line, 3);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    text: String,
    place: Option<Place>,
    trace: Vec<TraceFrame>,
    exception: u64,
    source: Option<Source>,
}

/// The Rust error behind one.
pub(super) type Source = Arc<dyn StdError + Send + Sync>;

/// What sort of error it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not Perl, or not allowed by its pragmas. `incomplete`: it merely ran out, more
    /// of it may make it whole.
    Syntax {
        /// More text may complete it.
        incomplete: bool,
    },
    /// The script died; [`Perl::exception`](crate::Perl::exception) has the value.
    Died,
    /// The script called `exit` with this status where a value was wanted.
    Exit(i32),
    /// An [`Interrupter`](crate::Interrupter) stopped it.
    Interrupted,
    /// A limit was reached.
    Limit(LimitKind),
    /// A value cannot be turned into the type that was asked for.
    Conversion,
    /// There is no sub, method or module of that name.
    NotFound,
    /// The value belongs to another interpreter.
    Foreign,
    /// Rust code panicked; the interpreter it happened in cannot be used any more.
    Panicked,
    /// Made by the host, for a native function to die with.
    Custom,
}

/// A place in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file, or the name the text was given.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// For errors in the text: where it is, in bytes from the text's beginning.
    pub offset: Option<usize>,
}

/// A running sub at the time of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraceFrame {
    /// Its name, `main::f`; `(eval)` for evals and files.
    pub sub: String,
    /// The file it stands in.
    pub file: String,
    /// The line it had come to.
    pub line: u32,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            kind,
            text: text.into(),
            place: None,
            trace: Vec::new(),
            exception: 0,
            source: None,
        }))
    }

    /// An error for a native function to die with; the script sees the text with its own place
    /// behind it, unless it ends in a newline.
    ///
    /// ```
    /// use keshi::{Error, Perl};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.define("root", |_, x: f64| {
    ///     if x < 0.0 { Err(Error::custom("no root of a negative number")) } else { Ok(x.sqrt()) }
    /// });
    /// let said: String = perl.eval("eval { root(-1) }; $@")?;
    /// assert_eq!(said, "no root of a negative number at (eval 1) line 1.\n");
    /// # Ok(())
    /// # }
    /// ```
    pub fn custom(message: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Custom, message.to_string())
    }

    /// A Rust error for a native function to die with; the script sees its text, and a host that gets
    /// it back through the script finds it as the [source](std::error::Error::source).
    ///
    /// The errors of `std` need no more than `?`; for others say `.map_err(Error::external)?`.
    ///
    /// ```
    /// use keshi::{Error, Perl};
    /// use std::error::Error as _;
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.define("slurp", |_, path: std::path::PathBuf| Ok(std::fs::read_to_string(path)?));
    /// let said: String = perl.eval("eval { slurp('/no/such/file') }; $@")?;
    /// assert_eq!(said, "No such file or directory (os error 2) at (eval 1) line 1.\n");
    ///
    /// let error = perl.eval::<()>("slurp('/no/such/file')").unwrap_err();
    /// let cause = error.source().and_then(|e| e.downcast_ref::<std::io::Error>()).unwrap();
    /// assert_eq!(cause.kind(), std::io::ErrorKind::NotFound);
    /// # Ok(())
    /// # }
    /// ```
    pub fn external(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        let source: Source = Arc::from(error.into());
        let mut made = Error::custom(&source);
        made.0.source = Some(source);
        made
    }

    pub(super) fn conversion(got: &str, wanted: &str) -> Error {
        Error::new(ErrorKind::Conversion, format!("{got} is not {wanted}"))
    }

    pub(super) fn with_place(mut self, place: Option<Place>) -> Error {
        self.0.place = place;
        self
    }

    pub(super) fn with_trace(mut self, trace: Vec<TraceFrame>) -> Error {
        self.0.trace = trace;
        self
    }

    pub(super) fn with_exception(mut self, number: u64) -> Error {
        self.0.exception = number;
        self
    }

    pub(super) fn with_source(mut self, source: Option<Source>) -> Error {
        self.0.source = source;
        self
    }

    pub(super) fn external_source(&self) -> Option<&Source> {
        self.0.source.as_ref()
    }

    pub(super) fn exception_number(&self) -> u64 {
        self.0.exception
    }

    /// What sort of error it is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// perl's text as `$@` has it, with the newline at its end where there is one.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Where in the script it happened, as far as that is known.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// The subs that were running, innermost first.
    ///
    /// ```
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = keshi::Perl::new();
    /// perl.eval::<()>("sub inner { die 'ouch' } sub outer { inner() }")?;
    /// let error = perl.call::<()>("outer", ()).unwrap_err();
    /// let subs: Vec<_> = error.trace().iter().map(|frame| &frame.sub[..]).collect();
    /// assert_eq!(subs, ["main::inner", "main::outer"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn trace(&self) -> &[TraceFrame] {
        &self.0.trace
    }

    /// Is it a limit or an interruption: the host's doing rather than the script's?
    pub fn is_stop(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Interrupted | ErrorKind::Limit(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.text.strip_suffix('\n').unwrap_or(&self.0.text))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("text", &self.0.text)
            .field("place", &self.0.place)
            .field("trace", &self.0.trace)
            .finish()
    }
}

impl StdError for Error {
    /// The Rust error that a native function died with, if it was one ([`Error::external`]).
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}

impl From<&str> for Error {
    /// As [`Error::custom`].
    fn from(message: &str) -> Error {
        Error::custom(message)
    }
}

impl From<String> for Error {
    /// As [`Error::custom`].
    fn from(message: String) -> Error {
        Error::custom(message)
    }
}

macro_rules! external {
    ($($ty:ty),* $(,)?) => {$(
        impl From<$ty> for Error {
            /// As [`Error::external`].
            fn from(error: $ty) -> Error {
                Error::external(error)
            }
        }
    )*};
}
external!(
    std::io::Error,
    fmt::Error,
    std::char::ParseCharError,
    std::ffi::NulError,
    std::num::ParseFloatError,
    std::num::ParseIntError,
    std::num::TryFromIntError,
    std::str::ParseBoolError,
    std::str::Utf8Error,
    std::string::FromUtf8Error,
    std::sync::mpsc::RecvError,
    std::time::SystemTimeError,
    Box<dyn StdError + Send + Sync>,
);
