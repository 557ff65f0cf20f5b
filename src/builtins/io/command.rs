//! Commands: when the shell is needed, starting them, waiting for them (perlfunc exec, system; perlipc).
use crate::diag::warnings::Category;
use crate::sys::spawn::{self, FdChange, Image, SpawnError, SpawnOptions};
use crate::sys::{Errno, blocking, fd};
use crate::value::Val;
use crate::vm::{Exec, Vm};

/// How one command string is run.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// By `/bin/sh -c`.
    Shell(Vec<u8>),
    /// Directly, split at blanks.
    Words(Vec<Vec<u8>>),
}

/// Bytes that make a command one for the shell.
const META: &[u8] = b"$&*(){}[]'\";\\|?<>~`\n";

/// A command string is split and run directly unless something in it is for the shell.
pub fn shell_or_words(text: &[u8]) -> Command {
    let start = text
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(text.len());
    let mut command = &text[start..];
    let shell = |command: &[u8]| Command::Shell(command.to_vec());
    if command
        .strip_prefix(b"exec")
        .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
    {
        return shell(command);
    }
    let word = command
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || *b == b'_'))
        .unwrap_or(command.len());
    if command.get(word) == Some(&b'=') {
        return shell(command);
    }
    if let Some(at) = command.iter().position(|b| META.contains(b)) {
        if command[at] != b'\n' || command[at + 1..].iter().any(|b| *b != b'\n') {
            return shell(command);
        }
        command = &command[..at];
    }
    let words = command
        .split(u8::is_ascii_whitespace)
        .filter(|w| !w.is_empty());
    Command::Words(words.map(<[u8]>::to_vec).collect())
}

/// The image of a program with its arguments in the environment `%ENV` holds.
pub fn exec_image(vm: &Vm, program: &[u8], argv: &[Vec<u8>]) -> Image {
    Image::new(program, argv, &environ(vm))
}

/// The environment for programs that are started: `%ENV` as it is now.
pub fn environ(vm: &Vm) -> Vec<Vec<u8>> {
    let pairs = vm.names.env.hash_mut().pairs();
    pairs
        .into_iter()
        .map(|(key, val)| [key.as_bytes(), b"=", val.loaded().to_str().as_bytes()].concat())
        .collect()
}

impl Command {
    /// What is executed: the program and its arguments; none for an empty command.
    pub fn argv(&self) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
        match self {
            Command::Shell(text) => {
                let argv = [&b"sh"[..], b"-c", text].map(<[u8]>::to_vec);
                Some((b"/bin/sh".to_vec(), argv.to_vec()))
            }
            Command::Words(words) => Some((words.first()?.clone(), words.clone())),
        }
    }
}

/// Starts a program; `$!` and perl's warning where that fails.
pub fn spawn_piped(
    vm: &mut Vm,
    program: &[u8],
    argv: &[Vec<u8>],
    options: &SpawnOptions<'_>,
) -> Exec<Result<i32, Errno>> {
    let image = exec_image(vm, program, argv);
    let mut all = standard_descriptors(vm);
    all.extend_from_slice(options.fds);
    let fds = &all[..];
    match spawn::spawn(image, &SpawnOptions { fds, ..*options }) {
        Ok(pid) => Ok(Ok(pid)),
        Err(SpawnError::Fork(errno)) => Ok(Err(errno)),
        Err(SpawnError::Exec(errno)) => {
            // The child is who warns: a handler for warnings would run there, unseen.
            if vm.warns(Category::Exec) && !vm.has_warn_handler() {
                let text = format!("{}{}", exec_message(program, errno), vm.at_line());
                let _ = vm.to_stderr(&text.as_str().into());
            }
            Ok(Err(errno))
        }
    }
}

/// In a host's process the script's standard handles stand on descriptors of their own: a program
/// gets them as 0, 1 and 2.
fn standard_descriptors(vm: &Vm) -> Vec<FdChange> {
    if vm.owns_process {
        return Vec::new();
    }
    let handles = [&vm.names.stdin, &vm.names.stdout, &vm.names.stderr];
    let mut changes = Vec::new();
    for (number, glob) in handles.into_iter().enumerate() {
        let fd = glob.io().and_then(|io| io.handle()).and_then(|handle| {
            let handle = handle.try_borrow().ok()?;
            handle.fd()
        });
        if let Some(fd) = fd {
            changes.push(FdChange::Dup(fd, number as i32));
        }
    }
    changes
}

/// In a forked child of a host's process: its standard handles move to 0, 1 and 2, where programs
/// it becomes look for them.
pub fn take_standard_descriptors(vm: &mut Vm) {
    for change in standard_descriptors(vm) {
        let FdChange::Dup(fd, number) = change else {
            continue;
        };
        if fd == number || fd::dup2(fd, number).is_err() {
            continue;
        }
        let glob = [&vm.names.stdin, &vm.names.stdout, &vm.names.stderr][number as usize].clone();
        let mut handle = crate::io::Handle::standard(number);
        let io = glob.io_mut();
        if io.handle().is_some_and(|old| old.borrow().is_utf8()) {
            let _ = handle.push_layers(&[crate::io::layers::Spec::Utf8]);
        }
        drop(io.set_handle(Some(handle.into_shared())));
    }
    vm.watchers.errors = None;
    vm.owns_process = true;
}

/// `Can't exec "PROGRAM": REASON`
pub fn warn_exec(vm: &mut Vm, program: &[u8], errno: Errno) -> Exec {
    vm.errno = errno.0;
    vm.warn(Category::Exec, exec_message(program, errno))?;
    vm.errno = errno.0;
    Ok(())
}

/// `Can't exec "PROGRAM": REASON`
fn exec_message(program: &[u8], errno: Errno) -> String {
    let reason = String::from_utf8_lossy(&errno.message()).into_owned();
    format!(
        "Can't exec \"{}\": {reason}",
        String::from_utf8_lossy(program)
    )
}

/// Waits for a process, going on after signal handlers: its raw status, or -1 with `$!`.
pub fn wait_for(vm: &mut Vm, pid: i32) -> Exec<i32> {
    loop {
        match blocking::wait4(pid, 0) {
            Ok((_, status)) => return Ok(status),
            Err(Errno::EINTR) => vm.safepoint()?,
            Err(errno) => {
                vm.errno = errno.0;
                return Ok(-1);
            }
        }
    }
}

/// A value that names a command, as bytes.
pub fn bytes_of(vm: &mut Vm, val: &Val) -> Exec<Vec<u8>> {
    Ok(vm.str(val)?.as_bytes().to_vec())
}
