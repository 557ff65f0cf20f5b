//! The line editor: rustyline with what it needs to know of Perl.
use super::{Shared, commands, highlight};
use rustyline::completion::{Completer, Pair};
use rustyline::config::{ColorMode, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper, Result};
use std::borrow::Cow;
use std::io::ErrorKind;

/// Inputs the history remembers.
const REMEMBERED: usize = 5000;

/// What the editor read.
pub enum Line {
    /// An input.
    Text(String),
    /// Ctrl-C.
    Interrupt,
    /// Bytes that are no text.
    Garbage,
    /// Ctrl-D.
    End,
}

/// The editor with its history.
pub struct Editor {
    inner: rustyline::Editor<Perl, DefaultHistory>,
    history: Option<String>,
    /// Why there is none any more.
    lost: Option<String>,
}

impl Editor {
    /// An editor on standard input and output.
    pub fn new(repl: &Shared) -> Result<Editor> {
        let colour = match crate::colour(1) {
            false => ColorMode::Disabled,
            true => ColorMode::Enabled,
        };
        let config = Config::builder()
            .max_history_size(REMEMBERED)?
            .history_ignore_dups(true)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .color_mode(colour)
            .auto_add_history(true)
            .tab_stop(4)
            .build();
        let mut inner = rustyline::Editor::with_config(config)?;
        inner.set_helper(Some(Perl { repl: repl.clone() }));
        let mut editor = Editor {
            inner,
            history: history_file(),
            lost: None,
        };
        if let Some(file) = &editor.history {
            match editor.inner.load_history(file) {
                // there is none the first time
                Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => editor.lose(&error),
                Ok(()) => {}
            }
        }
        Ok(editor)
    }

    /// A history that cannot be read or written is left alone.
    fn lose(&mut self, error: &ReadlineError) {
        if let Some(file) = self.history.take() {
            let home = keshi::environment(b"HOME").and_then(|home| String::from_utf8(home).ok());
            let short = home.as_deref().and_then(|home| file.strip_prefix(home));
            let shown = short.map_or_else(|| file.clone(), |rest| format!("~{rest}"));
            self.lost = Some(format!("{shown}: {error}"));
        }
    }

    /// Why inputs are not remembered; said once.
    pub fn history_lost(&mut self) -> Option<String> {
        self.lost.take()
    }

    /// The next input; what is read is written to the history at once, so that it outlives a crash.
    pub fn read(&mut self, prompt: &str) -> Line {
        match self.inner.readline(prompt) {
            Ok(text) => {
                if let Some(file) = &self.history
                    && let Err(error) = self.inner.append_history(file)
                {
                    self.lose(&error);
                }
                Line::Text(text)
            }
            Err(ReadlineError::Interrupted) => Line::Interrupt,
            Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
                Line::Garbage
            }
            Err(_) => Line::End,
        }
    }
}

/// `KESHI_HISTORY` (empty: none is kept), else a file in the home directory.
fn history_file() -> Option<String> {
    let text = |name: &[u8]| keshi::environment(name).and_then(|text| String::from_utf8(text).ok());
    match text(b"KESHI_HISTORY") {
        Some(file) => Some(file).filter(|file| !file.is_empty()),
        None => Some(format!("{}/.keshi_history", text(b"HOME")?)),
    }
}

/// What the editor asks about a text.
struct Perl {
    repl: Shared,
}

impl Helper for Perl {}

impl Hinter for Perl {
    type Hint = String;
}

impl Validator for Perl {
    fn validate(&self, context: &mut ValidationContext<'_>) -> Result<ValidationResult> {
        let text = context.input();
        let more = commands::parse(text.trim()).is_none() && self.repl.borrow().wants_more(text);
        Ok(match more {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl Completer for Perl {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> Result<(usize, Vec<Pair>)> {
        let before = &line[..pos];
        let mut repl = self.repl.borrow_mut();
        let (start, names) = match (commands::complete(before), commands::file_argument(before)) {
            (Some(found), _) => found,
            (None, Some(at)) => {
                // as inside quotes
                let (start, names) = repl.complete(&format!("\"{}", &before[at..]));
                (start - 1 + at, names)
            }
            (None, None) => repl.complete(before),
        };
        let pair = |name: String| Pair {
            display: name.clone(),
            replacement: name,
        };
        Ok((start, names.into_iter().map(pair).collect()))
    }
}

impl Highlighter for Perl {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        match commands::parse(line.trim()) {
            Some(_) => Cow::Borrowed(line),
            None => Cow::Owned(highlight::perl(line)),
        }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(format!("\x1b[1m{prompt}\x1b[0m"))
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        kind != CmdKind::MoveCursor
    }
}
