//! Runs sessions of the REPL in a pseudo-terminal and compares what is then to be read on the screen.
//!
//! `t/repl/NAME.in` is what is typed, `NAME.out` what the screen has shown at the end, prompts and all. A line of
//! `.in` is typed and followed by Enter, then the next prompt is waited for. Lines with an exclamation mark do
//! something else:
//!
//! | line | what is done |
//! |---|---|
//! | `!more TEXT` | TEXT and Enter are typed; no prompt is to come yet |
//! | `!type TEXT` | TEXT is typed without Enter |
//! | `!key NAME` | a key: `tab`, `enter`, `up`, `ctrl-c`, `ctrl-d`, `ctrl-r` |
//! | `!wait TEXT` | waits until TEXT is on the screen below the last input |
//! | `!prompt` | waits for the prompt |
//! | `!end` | waits until the process has ended, and notes its exit code |
//! | `!again` | starts another session with the same home directory |
//! | `!# TEXT` | a remark |
//!
//! Numbers of processes are written as `PID`. `UPDATE=1` rewrites the `.out` files; words on the command line select.

#[path = "repl/screen.rs"]
mod screen;
#[path = "repl/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};
use terminal::Terminal;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("t/repl");
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|w| !w.starts_with('-'))
        .collect();
    let update = std::env::var_os("UPDATE").is_some();
    let (mut passed, mut failed) = (0, 0);
    for file in sessions(&root) {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !words.is_empty() && !words.iter().any(|w| name.contains(w.as_str())) {
            continue;
        }
        let script = std::fs::read_to_string(&file).unwrap_or_default();
        let got = play(&name, &script);
        let golden = file.with_extension("out");
        if update && let Ok(text) = &got {
            std::fs::write(&golden, text).expect("cannot write the golden file");
        }
        let want = std::fs::read_to_string(&golden).unwrap_or_default();
        match got {
            Ok(text) if text == want => {
                println!("ok      {name}");
                passed += 1;
            }
            Ok(text) => {
                println!("FAIL    {name}\n{}", difference(&want, &text));
                failed += 1;
            }
            Err(why) => {
                println!("FAIL    {name}: {why}");
                failed += 1;
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(1);
    }
}

fn sessions(root: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "in"))
        .collect();
    out.sort();
    out
}

/// Plays a script; gives what the screen has shown.
fn play(name: &str, script: &str) -> Result<String, String> {
    let home = std::env::temp_dir().join(format!("keshi-repl-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&home).map_err(|e| e.to_string())?;
    let result = scenes(&home, script);
    let _ = std::fs::remove_dir_all(&home);
    result
}

fn scenes(home: &Path, script: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut terminal = Terminal::start(home)?;
    terminal.prompt()?;
    for line in script.lines() {
        let step =
            |what: &str, result: Result<(), String>| result.map_err(|e| format!("{what}: {e}"));
        if line == "!again" {
            out.push_str(&terminal.finish()?);
            out.push_str("--------\n");
            terminal = Terminal::start(home)?;
            terminal.prompt()?;
        } else {
            step(line, act(&mut terminal, line))
                .map_err(|e| format!("{e}\n{}", terminal.text()))?;
        }
    }
    out.push_str(&terminal.finish()?);
    Ok(normal(&out))
}

fn act(terminal: &mut Terminal, line: &str) -> Result<(), String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "!more" => {
            terminal.mark();
            terminal.send(&format!("{rest}\r"));
            terminal.settle(rest)
        }
        "!type" => {
            terminal.mark();
            terminal.send(rest);
            terminal.wait(rest)
        }
        "!key" => {
            if rest == "ctrl-c" {
                // what comes next is its answer
                terminal.mark();
            }
            terminal.send(match rest {
                "tab" => "\t",
                "enter" => "\r",
                "up" => "\x1b[A",
                "ctrl-c" => "\x03",
                "ctrl-d" => "\x04",
                "ctrl-r" => "\x12",
                other => return Err(format!("no such key: {other}")),
            });
            Ok(())
        }
        "!wait" => terminal.wait(rest),
        "!prompt" => terminal.prompt(),
        "!end" => terminal.ended(),
        "!#" => Ok(()),
        _ => {
            terminal.mark();
            terminal.send(&format!("{line}\r"));
            terminal.settle(line)?;
            terminal.prompt()
        }
    }
}

/// Numbers that differ from run to run, replaced.
fn normal(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("child ") {
        let after = at + "child ".len();
        out.push_str(&rest[..after]);
        rest = &rest[after..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            out.push_str("PID");
        }
        rest = &rest[digits..];
    }
    out.push_str(rest);
    out
}

/// The first line in which two texts differ, with those before it.
fn difference(want: &str, got: &str) -> String {
    let (want, got): (Vec<&str>, Vec<&str>) = (want.lines().collect(), got.lines().collect());
    let at = (0..want.len().max(got.len()))
        .find(|&i| want.get(i) != got.get(i))
        .unwrap_or(0);
    let mut out = String::new();
    for line in &got[at.saturating_sub(3).min(got.len())..at.min(got.len())] {
        out.push_str(&format!("          {line}\n"));
    }
    for line in want.iter().skip(at).take(3) {
        out.push_str(&format!("   wanted {line}\n"));
    }
    for line in got.iter().skip(at).take(6) {
        out.push_str(&format!("      got {line}\n"));
    }
    out
}
