//! Starting programs: exec, and a vfork-like spawn that shares the parent's memory until exec.
//!
//! The search along PATH and the shell for files without a magic number are execvp's, but over the
//! environment given (perl's %ENV), and everything is prepared before the child exists, so that
//! the child allocates nothing.

use super::signal::{AllBlocked, How, SigSet, caught_set, change_mask};
use super::{Errno, Result, blocking};
use crate::sys::grant;
use crate::sys::process::children;
use std::ffi::{CString, c_char, c_int, c_void};
use std::sync::atomic::{AtomicBool, Ordering};

const SHELL: &std::ffi::CStr = c"/bin/sh";
const DEFAULT_PATH: &[u8] = b"/bin:/usr/bin";

/// A program ready to be executed: where to look for it, its arguments, its environment.
pub(crate) struct Image {
    candidates: Vec<CString>,
    argv: Vec<CString>,
    env: Vec<CString>,
    argv_at: Vec<*const c_char>,
    env_at: Vec<*const c_char>,
    shell_at: Vec<*const c_char>,
}

/// What a C program would see of the bytes: all before the first NUL.
fn c_string(bytes: &[u8]) -> CString {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).unwrap_or_default()
}

fn pointers(strings: &[CString]) -> Vec<*const c_char> {
    strings
        .iter()
        .map(|s| s.as_ptr())
        .chain([std::ptr::null()])
        .collect()
}

impl Image {
    /// `program` is looked for along `PATH` of `env` (entries `NAME=value`) unless it has a slash.
    pub(crate) fn new<A, E>(program: &[u8], argv: &[A], env: &[E]) -> Image
    where
        A: AsRef<[u8]>,
        E: AsRef<[u8]>,
    {
        let argv: Vec<CString> = argv.iter().map(|arg| c_string(arg.as_ref())).collect();
        let candidates = candidates(program, env);
        let env: Vec<CString> = env.iter().map(|entry| c_string(entry.as_ref())).collect();
        let (argv_at, env_at) = (pointers(&argv), pointers(&env));
        // sh, the file (filled in per candidate), the arguments behind the program's name
        let mut shell_at = vec![SHELL.as_ptr(), std::ptr::null()];
        shell_at.extend(argv_at.iter().skip(1));
        if shell_at.last().is_some_and(|last| !last.is_null()) || argv.is_empty() {
            shell_at.push(std::ptr::null());
        }
        Image {
            candidates,
            argv,
            env,
            argv_at,
            env_at,
            shell_at,
        }
    }

    /// The arguments, as the program will see them.
    pub(crate) fn argv(&self) -> &[CString] {
        &self.argv
    }

    /// The environment, as the program will see it.
    pub(crate) fn env(&self) -> &[CString] {
        &self.env
    }

    /// Becomes the program, or tells why not. Allocates nothing.
    fn execute(&mut self) -> Errno {
        let mut denied = false;
        let mut error = Errno::ENOENT;
        for candidate in &self.candidates {
            // SAFETY: the vectors end with null and their strings live in `self`.
            unsafe {
                libc::execve(
                    candidate.as_ptr(),
                    self.argv_at.as_ptr(),
                    self.env_at.as_ptr(),
                );
            }
            error = Errno::last();
            if error == Errno::ENOEXEC {
                self.shell_at[1] = candidate.as_ptr();
                // SAFETY: as above.
                unsafe {
                    libc::execve(SHELL.as_ptr(), self.shell_at.as_ptr(), self.env_at.as_ptr());
                }
                return Errno::last();
            }
            match error {
                Errno::EACCES => denied = true,
                Errno::ENOENT
                | Errno::ENOTDIR
                | Errno::ESTALE
                | Errno::ENODEV
                | Errno::ETIMEDOUT => {}
                other => return other,
            }
        }
        if denied { Errno::EACCES } else { error }
    }
}

fn candidates<E: AsRef<[u8]>>(program: &[u8], env: &[E]) -> Vec<CString> {
    if program.is_empty() {
        return Vec::new();
    }
    if program.contains(&b'/') {
        return vec![c_string(program)];
    }
    let path = env
        .iter()
        .find_map(|entry| entry.as_ref().strip_prefix(b"PATH="))
        .unwrap_or(DEFAULT_PATH);
    path.split(|&b| b == b':')
        .map(|dir| {
            let mut file = dir.to_vec();
            if !dir.is_empty() {
                file.push(b'/');
            }
            file.extend_from_slice(program);
            c_string(&file)
        })
        .collect()
}

/// Replaces this process; comes back only with the reason why it could not.
pub(crate) fn exec(mut image: Image) -> Errno {
    if let Err(error) = grant::check(grant::PROCESSES | grant::PROCESS_ITSELF) {
        return error;
    }
    let pipe_was = give_back_sigpipe();
    let error = image.execute();
    if let Some(former) = pipe_was {
        // SAFETY: puts back a disposition the system gave us.
        unsafe { libc::sigaction(libc::SIGPIPE, &raw const former, std::ptr::null_mut()) };
    }
    error
}

static HOST_IGNORES_PIPE: AtomicBool = AtomicBool::new(false);

/// Embedded in a Rust program, whose start-up ignores SIGPIPE: programs we start get the default.
pub(crate) fn set_give_back_sigpipe(on: bool) {
    HOST_IGNORES_PIPE.store(on, Ordering::SeqCst);
}

fn give_back_sigpipe() -> Option<libc::sigaction> {
    if !HOST_IGNORES_PIPE.load(Ordering::SeqCst) {
        return None;
    }
    // SAFETY: all-zero is SIG_DFL without flags; sigaction is async-signal-safe.
    unsafe {
        let default: libc::sigaction = std::mem::zeroed();
        let mut former: libc::sigaction = std::mem::zeroed();
        let result = libc::sigaction(libc::SIGPIPE, &raw const default, &raw mut former);
        (result == 0).then_some(former)
    }
}

/// One change of the child's descriptors, in the order given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FdChange {
    /// The second becomes a copy of the first and stays open over exec, also if they are equal.
    Dup(i32, i32),
    /// Closed.
    Close(i32),
}

/// Why a program could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpawnError {
    /// No process could be made.
    Fork(Errno),
    /// The process was made, but not the program; the process has been reaped.
    Exec(Errno),
}

/// How a child is to differ from its parent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SpawnOptions<'a> {
    /// Descriptors, changed in order.
    pub(crate) fds: &'a [FdChange],
    /// A process group: 0 for one of its own.
    pub(crate) group: Option<i32>,
    /// The child's mask, if not the caller's own.
    pub(crate) mask: Option<SigSet>,
    /// A session of its own.
    pub(crate) session: bool,
    /// Signals the child has at their defaults though the caller ignores them: bit `signo - 1`.
    pub(crate) defaults: u64,
}

struct Child<'a> {
    image: &'a mut Image,
    options: &'a SpawnOptions<'a>,
    mask: SigSet,
    /// Written by the child where exec failed; 0 otherwise.
    error: c_int,
}

const STACK: usize = 64 * 1024;

/// Starts a program and gives its pid; exec's own error comes back as one.
pub(crate) fn spawn(
    mut image: Image,
    options: &SpawnOptions<'_>,
) -> std::result::Result<i32, SpawnError> {
    grant::check(grant::PROCESSES).map_err(SpawnError::Fork)?;
    let mut stack: Vec<u128> = Vec::with_capacity(STACK / 16);
    let blocked = AllBlocked::new();
    let mask = options.mask.unwrap_or(blocked.former());
    let mut child = Child {
        image: &mut image,
        options,
        mask,
        error: 0,
    };
    // SAFETY: the stack is as large as told and aligned to 16; CLONE_VFORK keeps this thread (and
    // so `child` and the stack) waiting until the child has executed or ended.
    let pid = unsafe {
        let top = stack.as_mut_ptr().add(STACK / 16).cast::<c_void>();
        let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
        libc::clone(run_child, top, flags, (&raw mut child).cast())
    };
    if pid == -1 {
        return Err(SpawnError::Fork(Errno::last()));
    }
    // SAFETY: the child wrote it through its pointer, unseen by the compiler.
    let error = unsafe { (&raw const child.error).read_volatile() };
    drop(blocked);
    if error == 0 {
        if !grant::has(grant::PROCESS_ITSELF) {
            children::add(pid);
        }
        return Ok(pid);
    }
    // It has left our memory by exiting, so this does not sleep.
    let _deaf = blocking::Deaf::new();
    let _host = grant::enter(grant::ALL);
    while blocking::wait4(pid, 0) == Err(Errno::EINTR) {}
    Err(SpawnError::Exec(Errno(error)))
}

/// The child, on its own stack in the parent's memory: nothing here may allocate or panic.
extern "C" fn run_child(child: *mut c_void) -> c_int {
    // SAFETY: the parent waits with the structure in place.
    let child = unsafe { &mut *child.cast::<Child<'_>>() };
    let error = child.become_program();
    child.error = error.0;
    // SAFETY: _exit runs nothing of the parent's.
    unsafe { libc::_exit(127) }
}

impl Child<'_> {
    fn become_program(&mut self) -> Errno {
        default_signals(caught_set() | self.options.defaults);
        // SAFETY: plain system calls with numbers.
        unsafe {
            if self.options.session {
                libc::setsid();
            }
            if let Some(group) = self.options.group {
                libc::setpgid(0, group);
            }
        }
        for change in self.options.fds {
            if let Err(error) = apply(*change) {
                return error;
            }
        }
        give_back_sigpipe();
        let _ = change_mask(How::Set, Some(self.mask));
        self.image.execute()
    }
}

/// Our handlers must not run in the parent's memory: what was caught goes back to default.
fn default_signals(which: u64) {
    for signo in 1..=64 {
        if which & (1u64 << (signo - 1)) != 0 {
            // SAFETY: all-zero is SIG_DFL without flags.
            unsafe {
                let default: libc::sigaction = std::mem::zeroed();
                libc::sigaction(signo, &raw const default, std::ptr::null_mut());
            }
        }
    }
}

fn apply(change: FdChange) -> Result<()> {
    // SAFETY: plain system calls with numbers.
    unsafe {
        match change {
            FdChange::Dup(from, to) if from == to => {
                Errno::check(libc::fcntl(to, libc::F_SETFD, 0))?;
            }
            FdChange::Dup(from, to) => {
                Errno::check(libc::dup2(from, to))?;
            }
            FdChange::Close(fd) => {
                let _ = blocking::close(fd);
            }
        }
    }
    Ok(())
}
