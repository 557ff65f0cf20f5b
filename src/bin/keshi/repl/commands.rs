//! The commands of the REPL: lines that begin with a colon and a word.
use super::{Next, Shared, after, complain, docs, quiet, say};
use std::time::Instant;

/// Every command: name, what follows it, what it does.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("help", "", "this list"),
    (
        "doc",
        "NAME",
        "a line about a function or a special variable",
    ),
    ("type", "EXPR", "what kind of value an expression has"),
    ("time", "EXPR", "run it, and say how long that took"),
    ("load", "FILE", "run a file as if it were typed"),
    ("reset", "", "start anew, with nothing defined"),
    ("signals", "", "handlers, pending and blocked signals"),
    ("children", "", "processes started here and not waited for"),
    (
        "handles",
        "",
        "open descriptors, and what is at the other end",
    ),
    ("quit", "", "leave, as Ctrl-D does"),
];

/// A line that is a command: its word and the rest. `::name` and a lone colon are Perl's.
pub fn parse(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix(':')?;
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    Some((word, rest.trim()))
}

/// Runs a command.
pub fn run(repl: &Shared, word: &str, rest: &str) -> Next {
    // a beginning that fits one command only is enough
    let fitting: Vec<&str> = COMMANDS
        .iter()
        .map(|row| row.0)
        .filter(|name| name.starts_with(word))
        .collect();
    let name = match fitting.as_slice() {
        [one] => *one,
        names if names.contains(&word) => word,
        _ => {
            complain(repl, &format!("no command :{word}; `:help` lists them"));
            return Next::Go;
        }
    };
    let takes = COMMANDS
        .iter()
        .find(|row| row.0 == name)
        .map_or("", |row| row.1);
    if takes.is_empty() != rest.is_empty() {
        complain(repl, format!(":{name} {takes}").trim_end());
        return Next::Go;
    }
    let answer = |answer: Option<i32>| answer.map_or(Next::Go, Next::Leave);
    match name {
        "help" => say(repl, &help()),
        "doc" => say(repl, &doc(repl, rest)),
        "type" => return answer(after(repl, &|repl| repl.describe(rest))),
        "time" => return answer(time(repl, rest)),
        "load" => return answer(load(repl, rest)),
        "reset" => repl.borrow_mut().reset(),
        "signals" => {
            let text = repl.borrow_mut().signals();
            say(repl, &text);
        }
        "children" => say(repl, &children(repl)),
        "handles" => {
            let text = repl.borrow_mut().handles();
            say(repl, &text);
        }
        _ => return Next::Leave(0),
    }
    Next::Go
}

fn help() -> String {
    let mut out = String::new();
    for (name, what, does) in COMMANDS {
        let form = format!(":{name} {what}");
        out.push_str(&format!("  {form:<14} {does}\n"));
    }
    out.push_str(
        "Values are kept as $_1, $_2 ... (lists as @_3 ...). Tab completes, Ctrl-R searches the history,\n\
         Ctrl-C ends what runs, Ctrl-D leaves. An input may have several lines: it ends where Perl's syntax lets it.\n",
    );
    out
}

fn doc(repl: &Shared, name: &str) -> String {
    if name.is_empty() {
        return "`:doc NAME`: the name of a function or a special variable\n".into();
    }
    let of_language = docs::builtin(name)
        .or_else(|| docs::word(name))
        .or_else(|| docs::variable(name));
    let (form, text) = match of_language.map(|(form, text)| (form.to_owned(), text)) {
        Some(found) => found,
        None => match repl.borrow_mut().doc(name) {
            Some(found) => found,
            None => return format!("nothing is known about {name}\n"),
        },
    };
    format!("  {form}\n      {text}\n")
}

fn time(repl: &Shared, text: &str) -> Option<i32> {
    let (user, system) = keshi::cpu_seconds();
    let start = Instant::now();
    let status = after(repl, &|repl| repl.feed(None, text));
    let real = start.elapsed().as_secs_f64();
    let (user_now, system_now) = keshi::cpu_seconds();
    if status.is_none() {
        say(
            repl,
            &format!(
                "{real:.6} s (user {:.2}, system {:.2})\n",
                user_now - user,
                system_now - system
            ),
        );
    }
    status
}

fn load(repl: &Shared, file: &str) -> Option<i32> {
    let file = file.trim_matches(['"', '\'']);
    match keshi::read_program(file.as_bytes()) {
        Ok(text) => {
            let text = String::from_utf8_lossy(&text).into_owned();
            after(repl, &|repl| quiet(repl.feed(Some(file), &text)))
        }
        Err(reason) => {
            complain(repl, &format!("can't read {file}: {reason}"));
            None
        }
    }
}

fn children(repl: &Shared) -> String {
    let children = repl.borrow_mut().children();
    if children.is_empty() {
        return "no children\n".into();
    }
    let row = |child: &keshi::Child| {
        format!(
            "  {:>7}  {:<10}  {}\n",
            child.pid, child.state, child.command
        )
    };
    children.iter().map(row).collect()
}

/// Where the file's name behind `:load` begins.
#[cfg(feature = "repl")]
pub fn file_argument(text: &str) -> Option<usize> {
    text.starts_with(":load ").then_some(":load ".len())
}

/// Completes a command's name, or the name behind `:doc`; none: it is Perl.
#[cfg(feature = "repl")]
pub fn complete(text: &str) -> Option<(usize, Vec<String>)> {
    let body = text.strip_prefix(':')?;
    match body.split_once(' ') {
        None if body.chars().all(|c| c.is_ascii_alphabetic()) => {
            let names = COMMANDS.iter().map(|row| row.0);
            let fitting = names.filter(|name| name.starts_with(body));
            Some((1, fitting.map(str::to_owned).collect()))
        }
        Some(("doc", name)) => {
            let start = text.len() - name.len();
            let fitting = docs::names().filter(|known| known.starts_with(name));
            Some((start, fitting.map(str::to_owned).collect()))
        }
        _ => None,
    }
}
