//! What a failed parse reports.

/// One error, text complete with `at FILE line N` and newline, as perl prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The whole text.
    pub text: String,
    /// Offset in the source.
    pub offset: u32,
    /// Line, directives heeded.
    pub line: u32,
}

/// All errors of one parse.
#[derive(Clone, Debug, Default)]
pub struct SyntaxErrors {
    /// In order of discovery, at most ten before perl gives up.
    pub errors: Vec<SyntaxError>,
    /// The text merely ran out: more input may complete it.
    pub incomplete: bool,
    /// The last error ended everything at once: perl says no more after it.
    pub abrupt: bool,
    /// Ten errors were reached (`FILE has too many errors.` is the last of `errors`).
    pub gave_up: bool,
}
