//! A session of the REPL on a pseudo-terminal of its own.

use super::screen::Screen;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take: long, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The running session.
pub struct Terminal {
    child: Child,
    keyboard: File,
    output: Receiver<Vec<u8>>,
    screen: Screen,
    /// Bytes of a character that is not complete yet.
    rest: Vec<u8>,
    /// The row of the last input.
    marked: usize,
    ended: Option<i32>,
}

impl Terminal {
    /// Starts the REPL as the leader of a session with that terminal.
    pub fn start(home: &Path) -> Result<Terminal, String> {
        let size = nix::pty::Winsize {
            ws_row: 24,
            ws_col: 200,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        let ends = nix::pty::openpty(&size, None).map_err(|e| e.to_string())?;
        let end = |fd: &OwnedFd| fd.try_clone().map(Stdio::from).map_err(|e| e.to_string());
        let child = Command::new("setsid")
            .args(["--ctty", env!("CARGO_BIN_EXE_keshi")])
            .current_dir(home)
            .env_clear()
            .env("TERM", "xterm")
            .env("HOME", home)
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .stdin(end(&ends.slave)?)
            .stdout(end(&ends.slave)?)
            .stderr(end(&ends.slave)?)
            .spawn()
            .map_err(|e| format!("setsid: {e}"))?;
        drop(ends.slave);
        let keyboard = File::from(ends.master);
        let mut reader = keyboard.try_clone().map_err(|e| e.to_string())?;
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Terminal {
            child,
            keyboard,
            output,
            screen: Screen::default(),
            rest: Vec::new(),
            marked: 0,
            ended: None,
        })
    }

    /// Presses keys.
    pub fn send(&mut self, text: &str) {
        let _ = self.keyboard.write_all(text.as_bytes());
    }

    /// What is waited for is looked for from here on.
    pub fn mark(&mut self) {
        self.marked = self.screen.row();
    }

    /// Everything the screen shows.
    pub fn text(&self) -> String {
        self.screen.text_from(0)
    }

    /// Waits until a condition holds of the screen.
    fn until(&mut self, what: &str, holds: impl Fn(&Terminal) -> bool) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return Err(format!("waited in vain for {what}")),
            }
        }
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        let valid = match std::str::from_utf8(&self.rest) {
            Ok(text) => text.len(),
            Err(e) => e.valid_up_to(),
        };
        let text = String::from_utf8_lossy(&self.rest[..valid]).into_owned();
        self.rest.drain(..valid);
        self.screen.feed(&text);
    }

    /// Waits for a prompt below the last input with nothing behind it.
    pub fn prompt(&mut self) -> Result<(), String> {
        let marked = self.marked;
        self.until("the prompt", |t| {
            let line = t.screen.text_from(t.screen.row());
            let line = line.trim_end();
            let is_prompt = line.starts_with("keshi") && line.ends_with('>');
            (t.screen.row() > marked || marked == 0)
                && is_prompt
                && t.screen.column() == line.chars().count() + 1
        })
    }

    /// Waits until a text stands below the last input (or in its line).
    pub fn wait(&mut self, text: &str) -> Result<(), String> {
        let (marked, text) = (self.marked, text.trim_end().to_owned());
        self.until(&text.clone(), move |t| {
            t.screen.text_from(marked).contains(&text)
        })
    }

    /// Waits until a line typed is on the screen and the cursor is below it.
    pub fn settle(&mut self, line: &str) -> Result<(), String> {
        self.wait(line)?;
        let marked = self.marked;
        self.until("the end of the line", |t| t.screen.row() > marked)
    }

    /// Waits for the end of the process.
    pub fn ended(&mut self) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(10)) {
                self.take(&bytes);
                continue;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                use std::os::unix::process::ExitStatusExt;
                self.ended = Some(
                    status
                        .code()
                        .unwrap_or_else(|| 128 + status.signal().unwrap_or(0)),
                );
                return Ok(());
            }
            if Instant::now() > end {
                return Err("the process did not end".into());
            }
        }
    }

    /// Ends the session if it has not ended; what the screen has shown.
    pub fn finish(&mut self) -> Result<String, String> {
        if self.ended.is_none() {
            self.send("\x04");
            self.ended().map_err(|e| format!("{e}\n{}", self.text()))?;
        }
        let code = self.ended.unwrap_or(0);
        Ok(format!("{}[exit code {code}]\n", self.text()))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
