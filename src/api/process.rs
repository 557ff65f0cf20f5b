//! What the command needs of the process before there is an interpreter: files, variables, output.
use super::Program;
use crate::interp::{self, Text};
use crate::sys::{self, Errno, blocking};

fn text_of(errno: Errno) -> String {
    String::from_utf8_lossy(&errno.message()).into_owned()
}

/// A script's text; `-` is standard input. The error is the system's text.
pub fn read_program(name: &[u8]) -> Result<Vec<u8>, String> {
    let read = match name {
        b"-" => read_all(0),
        _ => read_file(name),
    };
    read.map_err(text_of)
}

/// The whole of a file.
pub(super) fn read_file(name: &[u8]) -> Result<Vec<u8>, Errno> {
    let flags = sys::file::open_flags(true, false, false, false, false);
    let fd = again(|| blocking::open(name, flags, 0))?;
    let text = read_all(fd);
    let _ = sys::fd::close(fd);
    text
}

fn again<T>(mut call: impl FnMut() -> Result<T, Errno>) -> Result<T, Errno> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            other => return other,
        }
    }
}

fn read_all(fd: i32) -> Result<Vec<u8>, Errno> {
    let mut text = Vec::new();
    let mut buffer = [0; 16384];
    loop {
        match again(|| blocking::read(fd, &mut buffer))? {
            0 => return Ok(text),
            n => text.extend_from_slice(&buffer[..n]),
        }
    }
}

fn write_all(fd: i32, mut bytes: &[u8]) -> sys::Result<()> {
    while !bytes.is_empty() {
        match again(|| blocking::write(fd, bytes))? {
            0 => break,
            n => bytes = &bytes[n.min(bytes.len())..],
        }
    }
    Ok(())
}

/// An environment variable of the process.
pub fn environment(name: &[u8]) -> Option<Vec<u8>> {
    sys::env::get(std::str::from_utf8(name).ok()?)
}

/// Is the descriptor a terminal?
pub fn is_terminal(fd: i32) -> bool {
    sys::fd::isatty(fd)
}

/// Is there a plain file of that name?
pub fn is_plain_file(name: &[u8]) -> bool {
    sys::file::stat(name).is_ok_and(|stat| stat.kind() == sys::file::Kind::Regular)
}

/// Is it the binary that is running, whatever the name? Then it cannot be asked to do instead what this one should.
pub fn is_this_program(name: &[u8]) -> bool {
    let file = |name: &[u8]| sys::file::stat(name).map(|stat| (stat.dev, stat.ino));
    matches!((file(name), file(b"/proc/self/exe")), (Ok(named), Ok(running)) if named == running)
}

/// May this process execute the file?
pub fn is_executable(name: &[u8]) -> bool {
    const EXECUTE: i32 = 1;
    sys::file::access(name, EXECUTE, true).is_ok()
}

/// Becomes another program; comes back only if that failed, with the system's error number.
/// `args`: its name first.
pub fn become_program(program: &[u8], args: &[Vec<u8>]) -> i32 {
    let env = sys::env::snapshot();
    sys::spawn::exec(sys::spawn::Image::new(program, args, &env)).0
}

/// Changes the directory; the error is the system's text.
pub fn change_directory(dir: &[u8]) -> Result<(), String> {
    sys::file::chdir(dir).map_err(text_of)
}

/// Prints text to standard output.
pub fn say(text: &str) {
    let _ = write_all(1, text.as_bytes());
}

/// Prints to the standard output; the exit code of a command that has no more to do.
pub fn say_last(text: &str) -> i32 {
    match write_all(1, text.as_bytes()) {
        Ok(()) => 0,
        Err(errno) => {
            let why = errno.message();
            complain(&format!(
                "Unable to flush stdout: {}",
                String::from_utf8_lossy(&why)
            ));
            1
        }
    }
}

/// Prints a line to the error output.
pub fn complain(text: &str) {
    let _ = write_all(2, format!("{text}\n").as_bytes());
}

/// Parses a program without running anything; gives the exit code.
pub fn parse_only(program: &Program) -> i32 {
    let text = Text {
        name: String::from_utf8_lossy(&program.name).into_owned(),
        bytes: program.text.clone(),
    };
    match interp::parse_only(text) {
        Ok(()) => 0,
        Err(errors) => {
            complain(errors.trim_end());
            255
        }
    }
}
