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

#[cfg(feature = "repl")]
use keshi::Waited;
use keshi::{Answer, Builder, Repl};
use std::cell::RefCell;
use std::rc::Rc;

/// The session, shared with the line editor, which asks it for completions and whether a text is complete.
type Shared = Rc<RefCell<Repl>>;

/// Whether to go on.
enum Next {
    Go,
    /// The process ends with this status.
    Leave(i32),
}

/// Runs a session to its end; gives the exit code. `prelude`: what runs before the first input.
pub fn run(builder: Builder, prelude: &str) -> i32 {
    let terminal = keshi::is_terminal(0);
    let colour = keshi::is_terminal(2) && keshi::environment(b"NO_COLOR").is_none();
    let repl = Repl::new(builder.explain(colour), terminal);
    let repl = Rc::new(RefCell::new(repl));
    let mut status = None;
    if !prelude.is_empty() {
        status = after(&repl, &|repl| repl.feed(Some("-M"), prelude));
    }
    let status = match status {
        Some(status) => status,
        None if terminal => at_terminal(&repl),
        None => piped(&repl),
    };
    let code = repl.borrow_mut().finish(status);
    code
}

/// Does something with the session, says what came of it; the status where the process is to end.
fn after(repl: &Shared, work: &dyn Fn(&mut Repl) -> Answer) -> Option<i32> {
    let answer = work(&mut repl.borrow_mut());
    match answer {
        Answer::Nothing => {}
        Answer::Value(text) => keshi::say(&format!("{}\n", text.trim_end_matches('\n'))),
        Answer::Died(text) => keshi::complain(text.trim_end_matches('\n')),
        Answer::Interrupted => keshi::say("\n"),
        Answer::Exit(status) => return Some(status),
    }
    None
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

/// Inputs from a pipe or file: no prompts, the same answers.
fn piped(repl: &Shared) -> i32 {
    let mut text = String::new();
    loop {
        let line = repl.borrow_mut().read_line();
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
    for child in repl.borrow_mut().newly_ended() {
        keshi::say(&format!("[child {} {}]\n", child.pid, child.state));
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
        let waited = repl.borrow_mut().wait_for_input(prompt);
        match waited {
            Waited::Typed(bytes) => return Ok(bytes),
            Waited::Disturbed(None) => {}
            Waited::Disturbed(Some(died)) => keshi::complain(died.trim_end()),
            Waited::Exit(status) => return Err(status),
        }
    }
}

/// The interrupt key at the prompt.
#[cfg(feature = "repl")]
fn interrupt(repl: &Shared) -> Option<i32> {
    let waited = repl.borrow_mut().interrupt();
    match waited {
        Waited::Exit(status) => return Some(status),
        Waited::Disturbed(Some(died)) => keshi::complain(died.trim_end()),
        _ => {}
    }
    None
}

/// A line editor cannot be had on these terminals.
#[cfg(feature = "repl")]
fn is_plain_terminal() -> bool {
    let term = keshi::environment(b"TERM").unwrap_or_default();
    matches!(term.as_slice(), b"dumb" | b"cons25" | b"emacs")
}

fn at_terminal(repl: &Shared) -> i32 {
    keshi::say(&format!(
        "Keshi {}: Perl 5.36. `:help` tells what there is, Ctrl-D leaves.\n",
        env!("CARGO_PKG_VERSION")
    ));
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
        announce(repl);
        let prompt = prompt(repl);
        let typed = match ahead {
            0 => match wait(repl, &prompt) {
                Ok(typed) => typed,
                Err(status) => return status,
            },
            bytes => bytes,
        };
        ahead = 0;
        match editor.read(&prompt) {
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
            keshi::say(&prompt(repl));
        } else {
            keshi::say("    -> ");
        }
        let line = repl.borrow_mut().read_line();
        match line {
            Some(line) => text.push_str(&line),
            None => {
                keshi::say("\n");
                return 0;
            }
        }
        let more = commands::parse(text.trim()).is_none() && repl.borrow().wants_more(&text);
        if !more && let Next::Leave(status) = take(repl, &std::mem::take(&mut text)) {
            return status;
        }
    }
}
