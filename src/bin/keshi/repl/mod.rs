//! The REPL: reads inputs, runs them, shows their values.
//!
//! | file | job |
//! |---|---|
//! | `editor` | the line editor: history, completion, highlighting, when an input is complete |
//! | `highlight` | colours for Perl text |
//! | `commands` | `:help` and its kin |
//! | `docs` | a line about every builtin and special variable |
//! | `words` | and about words, quotes, operators and file tests |
mod commands;
mod docs;
#[cfg(feature = "repl")]
mod editor;
#[cfg(feature = "repl")]
mod highlight;
mod words;

pub use commands::COMMANDS;
use keshi::{Answer, Builder, Repl, Terminal, Waited};
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

/// The session, shared with the line editor, which asks it for completions and whether a text is complete.
type Shared = Rc<Scene>;

/// The session, and where the person sits.
struct Scene {
    repl: RefCell<Repl>,
    terminal: Option<Terminal>,
}

impl Scene {
    fn borrow(&self) -> Ref<'_, Repl> {
        self.repl.borrow()
    }

    fn borrow_mut(&self) -> RefMut<'_, Repl> {
        self.repl.borrow_mut()
    }
}

/// Whether to go on.
enum Next {
    Go,
    /// The process ends with this status.
    Leave(i32),
}

/// Runs a session to its end; gives the exit code. `first`: what runs before the first input, each with its name.
pub fn run(builder: Builder, first: &[(&str, String)]) -> i32 {
    let terminal = Terminal::of_stdin();
    let repl = Repl::new(builder.explain(crate::colour(2)), terminal);
    let repl = Rc::new(Scene {
        repl: RefCell::new(repl),
        terminal,
    });
    let mut status = None;
    for (name, text) in first.iter().filter(|(_, text)| !text.is_empty()) {
        status = status.or_else(|| after(&repl, &|repl| quiet(repl.feed(Some(name), text))));
    }
    let status = match status {
        Some(status) => status,
        None if terminal.is_some() => at_terminal(&repl),
        None => piped(&repl),
    };
    let code = repl.borrow_mut().finish(status);
    code
}

/// Does something with the person: at a terminal that is where they sit, whatever has become of the program's handles.
fn on_stage<T>(repl: &Shared, act: impl FnOnce() -> T) -> T {
    match repl.terminal {
        Some(terminal) => terminal.on_stage(act),
        None => act(),
    }
}

fn say(repl: &Shared, text: &str) {
    on_stage(repl, || keshi::say(text));
}

/// Says what is wrong.
fn complain(repl: &Shared, text: &str) {
    on_stage(repl, || keshi::complain(text));
}

/// Does something with the session, says what came of it; the status where the process is to end.
fn after(repl: &Shared, work: &dyn Fn(&mut Repl) -> Answer) -> Option<i32> {
    let answer = work(&mut repl.borrow_mut());
    match answer {
        Answer::Nothing => {}
        Answer::Value(text) => say(repl, &format!("{}\n", text.trim_end_matches('\n'))),
        Answer::Died(text) => complain(repl, text.trim_end_matches('\n')),
        Answer::Interrupted => say(repl, "\n"),
        Answer::Exit(status) => return Some(status),
    }
    None
}

/// The value is not asked for.
fn quiet(answer: Answer) -> Answer {
    match answer {
        Answer::Value(_) => Answer::Nothing,
        other => other,
    }
}

/// One input: a command or Perl.
fn take(repl: &Shared, input: &str) -> Next {
    let text = input.trim();
    if text.is_empty() {
        return Next::Go;
    }
    let status = match commands::parse(text) {
        Some((word, rest)) => match commands::run(repl, word, rest) {
            Next::Go => None,
            Next::Leave(status) => Some(status),
        },
        None => after(repl, &|repl| repl.feed(None, input)),
    };
    match status {
        Some(status) => Next::Leave(status),
        None => Next::Go,
    }
}

/// Says what a handler died of; the status where it has left.
fn disturbed(repl: &Shared, waited: Waited) -> Option<i32> {
    match waited {
        Waited::Exit(status) => return Some(status),
        Waited::Disturbed(Some(died)) => complain(repl, died.trim_end()),
        _ => {}
    }
    None
}

/// Inputs from a pipe or file: no prompts, the same answers.
fn piped(repl: &Shared) -> i32 {
    let mut text = String::new();
    loop {
        let read = repl.borrow_mut().read_line();
        let line = match read {
            Ok(line) => line,
            Err(waited) => match disturbed(repl, waited) {
                Some(status) => return status,
                None => continue,
            },
        };
        match &line {
            Some(line) => text.push_str(line),
            None if text.trim().is_empty() => return 0,
            None => {}
        }
        let more = line.is_some()
            && commands::parse(text.trim()).is_none()
            && repl.borrow().wants_more(&text);
        if more {
            continue;
        }
        if let Next::Leave(status) = take(repl, &std::mem::take(&mut text)) {
            return status;
        }
    }
}

/// Says which children have ended.
fn announce(repl: &Shared) {
    let ended = repl.borrow_mut().newly_ended();
    for child in ended {
        say(repl, &format!("[child {} {}]\n", child.pid, child.state));
    }
}

fn prompt(repl: &Shared) -> String {
    match repl.borrow().package() {
        "main" => "keshi> ".to_owned(),
        package => format!("keshi {package}> "),
    }
}

/// Waits at the prompt, where handlers of signals run: how many bytes have been typed, or the status where a handler
/// leaves.
#[cfg(feature = "repl")]
fn wait(repl: &Shared, prompt: &str) -> Result<usize, i32> {
    loop {
        announce(repl);
        let waited = repl.borrow_mut().wait_for_input(prompt);
        match waited {
            Waited::Typed(bytes) => return Ok(bytes),
            other => {
                if let Some(status) = disturbed(repl, other) {
                    return Err(status);
                }
            }
        }
    }
}

/// The interrupt key at the prompt.
#[cfg(feature = "repl")]
fn interrupt(repl: &Shared) -> Option<i32> {
    let waited = repl.borrow_mut().interrupt();
    disturbed(repl, waited)
}

/// A line editor cannot be had on these terminals.
#[cfg(feature = "repl")]
fn is_plain_terminal() -> bool {
    let term = keshi::environment(b"TERM").unwrap_or_default();
    matches!(term.as_slice(), b"dumb" | b"cons25" | b"emacs")
}

fn at_terminal(repl: &Shared) -> i32 {
    say(
        repl,
        &format!(
            "Keshi {}: Perl 5.36. `:help` tells what there is, Ctrl-D leaves.\n",
            env!("CARGO_PKG_VERSION")
        ),
    );
    #[cfg(feature = "repl")]
    if !is_plain_terminal()
        && let Ok(mut editor) = editor::Editor::new(repl)
    {
        return edited(repl, &mut editor);
    }
    plain(repl)
}

#[cfg(feature = "repl")]
fn edited(repl: &Shared, editor: &mut editor::Editor) -> i32 {
    use editor::Line;
    // Bytes the editor has taken from the terminal and not used: lines typed ahead. While there are any, the
    // terminal must not be waited for.
    let mut ahead = 0;
    loop {
        if let Some(why) = editor.history_lost() {
            complain(repl, &format!("the history is not kept: {why}"));
        }
        let prompt = prompt(repl);
        let typed = match ahead {
            0 => match wait(repl, &prompt) {
                Ok(typed) => typed,
                Err(status) => return status,
            },
            bytes => bytes,
        };
        ahead = 0;
        let line = on_stage(repl, || editor.read(&prompt));
        match line {
            Line::Text(text) => {
                ahead = typed.saturating_sub(text.len() + 1);
                if let Next::Leave(status) = take(repl, &text) {
                    return status;
                }
            }
            Line::Interrupt => {
                if let Some(status) = interrupt(repl) {
                    return status;
                }
            }
            Line::Garbage => complain(repl, "that was not UTF-8: nothing was read"),
            Line::End => return 0,
        }
    }
}

/// A terminal without a line editor: prompts, and lines as the terminal gives them.
fn plain(repl: &Shared) -> i32 {
    let mut text = String::new();
    loop {
        if text.is_empty() {
            announce(repl);
            say(repl, &prompt(repl));
        } else {
            say(repl, "    -> ");
        }
        let read = repl.borrow_mut().read_line();
        match read {
            Ok(Some(line)) => text.push_str(&line),
            Ok(None) => {
                say(repl, "\n");
                return 0;
            }
            Err(waited) => {
                say(repl, "\n");
                if let Some(status) = disturbed(repl, waited) {
                    return status;
                }
                text.clear();
                continue;
            }
        }
        let more = commands::parse(text.trim()).is_none() && repl.borrow().wants_more(&text);
        if !more && let Next::Leave(status) = take(repl, &std::mem::take(&mut text)) {
            return status;
        }
    }
}
