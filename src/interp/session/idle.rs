//! Waiting at the prompt: handlers of signals run while nothing is typed.
use super::Session;
use crate::sys::kept_terminal::KeptTerminal;
use crate::sys::tty::{Flags, Termios};
use crate::sys::{self, Errno, blocking, poll};
use crate::value::Val;
use crate::vm::{Exec, Stop, Vm};

/// Why waiting is over.
pub enum Idle {
    /// So many bytes have been typed.
    Typed(usize),
    /// A handler has run and may have printed: the prompt is to be shown again.
    Disturbed,
    /// A handler died; the text is perl's.
    Died(crate::text::PerlStr),
    /// A handler has called `exit`.
    Exit(i32),
}

const POLLIN: i16 = 1;
/// tcsetattr's "when all is written".
const DRAIN: i32 = 1;
/// Local flags of a terminal: echo, whole lines, keys that send signals.
const ECHO: u32 = 0o10;
const ICANON: u32 = 0o2;
const ISIG: u32 = 0o1;

impl Session {
    /// Shows the prompt and waits until something is typed. Keys are not echoed meanwhile: the line editor shows them.
    pub fn wait_for_input(&self, vm: &mut Vm, prompt: &str) -> Idle {
        let lent = self.terminal.map(KeptTerminal::lend);
        let settings = Termios::get(0).ok();
        if let Some(settings) = &settings {
            let mut quiet = *settings;
            let flags = quiet.flags(Flags::Local) & !(ECHO | ICANON | ISIG);
            quiet.set_flags(Flags::Local, flags);
            let _ = quiet.set(0, DRAIN);
        }
        write_whole(&fresh_line());
        write_whole(prompt.as_bytes());
        let ends = self.ends(vm);
        let woken = loop {
            let mut fds = vec![poll::ask(0, POLLIN)];
            fds.extend(ends.iter().map(|end| poll::ask(*end, POLLIN)));
            match blocking::ppoll(&mut fds, None, None) {
                Err(Errno::EINTR) if vm.word.get() == 0 => {}
                Err(Errno::EINTR) => break true,
                // a child has ended
                _ => break fds[0].revents == 0 && !ends.is_empty(),
            }
        };
        for end in ends {
            let _ = sys::fd::close(end);
        }
        let typed = sys::fd::readable_bytes(0).unwrap_or(0);
        if let Some(settings) = &settings {
            let _ = settings.set(0, DRAIN);
        }
        // what comes now takes the prompt's place
        write_whole(b"\r\x1b[K");
        drop(lent);
        if !woken {
            return Idle::Typed(typed);
        }
        let result = vm.safepoint();
        super::super::globals::flush_all(vm);
        after(vm, result)
    }
}

/// Brings the cursor to the beginning of a line. Where output has not ended its line, a mark behind it and blanks to the
/// terminal's width lead to the next; else all of that is on the line of the prompt, which covers it.
fn fresh_line() -> Vec<u8> {
    const TIOCGWINSZ: u64 = 0x5413;
    let mut size = [0u8; 256];
    let _ = sys::fd::ioctl_buffer(1, TIOCGWINSZ, &mut size);
    let columns = usize::from(u16::from_ne_bytes([size[2], size[3]]));
    if columns < 2 {
        return Vec::new();
    }
    let mut out = "\u{23ce}".as_bytes().to_vec();
    out.resize(out.len() + columns - 1, b' ');
    out.push(b'\r');
    out
}

/// Writes to the terminal, whatever is pending.
fn write_whole(bytes: &[u8]) {
    let _deaf = blocking::Deaf::new();
    let _ = blocking::write(1, bytes);
}

impl Session {
    /// The interrupt key at the prompt: it comes as a signal, so that `$SIG{INT}` runs as it always does.
    pub fn interrupt(&self, vm: &mut Vm) -> Idle {
        let _ = sys::signal::kill(sys::process::getpid(), super::signals::INT);
        let result = vm.safepoint();
        super::super::globals::flush_all(vm);
        after(vm, result)
    }

    /// A line of standard input, read through the program's own STDIN: what is behind it is still there for a
    /// `<STDIN>` of the program. `$/` and `$.` are not the session's to use.
    ///
    /// # Errors
    /// A handler died or left, or the interrupt key was hit.
    pub fn read_line(&self, vm: &mut Vm) -> Result<Option<String>, Idle> {
        let io = vm.names.stdin.io_mut();
        let separator = vm.names.rs.scalar();
        let former = separator.get_raw();
        separator.set(Val::str("\n"));
        let lines = io.lines.get();
        let line = vm.read_line(&io, false);
        io.lines.set(lines);
        separator.set(former);
        match line {
            Ok(line) => Ok(line.map(|line| line.to_str_lossy().into_owned())),
            Err(died) => Err(after(vm, Err(died))),
        }
    }
}

fn after(vm: &mut Vm, result: Exec) -> Idle {
    match result {
        Ok(()) => Idle::Disturbed,
        Err(died) => match died.stop() {
            Stop::Exit(status) => Idle::Exit(*status),
            Stop::Interrupted => Idle::Disturbed,
            _ => match super::super::phases::last_words(vm, died) {
                (_, Some(text)) => Idle::Died(text),
                (_, None) => Idle::Disturbed,
            },
        },
    }
}
