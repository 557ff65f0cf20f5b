//! The start of the binary's C `main`: arguments as bytes, and the title `$0` shows in `ps`.

mod blocks;

pub use blocks::SmallBlocks;

use super::{env, path};
use std::ffi::c_char;
use std::sync::{Mutex, OnceLock};

/// The block of memory the arguments (and the environment behind them) came in.
struct Block {
    start: usize,
    len: usize,
}

static BLOCK: Mutex<Option<Block>> = Mutex::new(None);

/// The name the command was called by.
static CALLED: OnceLock<Vec<u8>> = OnceLock::new();

/// Copies the arguments and remembers where they stand.
///
/// # Safety
/// `argc` and `argv` are those of C's `main`, called at its start.
pub(crate) unsafe fn arguments(argc: i32, argv: *const *const c_char) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let (mut start, mut end) = (0usize, 0usize);
    for n in 0..usize::try_from(argc).unwrap_or(0) {
        // SAFETY: main's argv has argc C strings.
        let (text, at) = unsafe {
            let at = *argv.add(n);
            (path::bytes(at), at as usize)
        };
        if n == 0 {
            (start, end) = (at, at + text.len() + 1);
        } else if at == end {
            end += text.len() + 1;
        }
        out.push(text);
    }
    if let Some(name) = out.first() {
        let _ = CALLED.set(name.clone());
    }
    if start != 0 {
        *BLOCK
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Block {
            start,
            len: end - start,
        });
    }
    out
}

/// Shows `title` as the process's name and command line, cut to the room the arguments had.
/// Does nothing where `arguments` was not called (an embedding program keeps its own).
pub(crate) fn set_title(title: &[u8]) {
    let Ok(block) = BLOCK.lock() else { return };
    let Some(block) = block.as_ref() else { return };
    let name: Vec<u8> = title
        .iter()
        .copied()
        .take_while(|&b| b != 0)
        .take(15)
        .collect();
    if let Ok(name) = path::owned(&name) {
        // SAFETY: a C string of at most 16 bytes.
        unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) };
    }
    let len = title.len().min(block.len - 1);
    // SAFETY: the block is the arguments' own writable memory, which nobody reads any more: they
    // were copied by `arguments`.
    unsafe {
        let start = block.start as *mut u8;
        std::ptr::copy_nonoverlapping(title.as_ptr(), start, len);
        *start.add(len) = 0;
        if len + 1 < block.len {
            std::ptr::write_bytes(start.add(len + 1), b' ', block.len - len - 2);
            *start.add(block.len - 1) = 0;
        }
    }
}

/// Lets titles use the memory of the environment, too, where it stands right behind.
pub(crate) fn extend_title_room() {
    let Ok(mut block) = BLOCK.lock() else { return };
    let Some(block) = block.as_mut() else { return };
    let mut end = block.start + block.len;
    let entries = env::addresses();
    for (at, len) in entries {
        if at == end {
            end += len + 1;
        }
    }
    env::detach();
    block.len = end - block.start;
}

/// The path of the running binary, for `$^X`; where no /proc tells it, as the command was called.
pub(crate) fn executable() -> Vec<u8> {
    let called = || CALLED.get().cloned().unwrap_or_else(|| b"keshi".to_vec());
    super::file::readlink(b"/proc/self/exe").unwrap_or_else(|_| called())
}

/// The life of a process that is nothing but the given command: signal dispositions stay as the parent left them
/// (Rust's own start-up would change them), descriptors 0 to 2 are open, a panic ends in exit code 255.
pub fn enter(argc: i32, argv: *const *const c_char, command: fn(Vec<Vec<u8>>) -> i32) -> i32 {
    super::fd::open_standard();
    if super::signal::unignore_child_signal() {
        // perl says so too: waiting would not work otherwise (perlipc)
        let _ = super::blocking::write(
            2,
            b"Signal SIGCHLD is set to IGNORE, forcing to default value\n",
        );
    }
    if env::get("KESHI_UNGUARDED_CALLS").is_some_and(|value| value == b"1") {
        // the control run of t/stress/wakeup.pl
        super::blocking::stub::set_enabled(false);
    }
    // SAFETY: these are the arguments of C's main, which calls this first thing.
    let args = unsafe { arguments(argc, argv) };
    let code = std::panic::catch_unwind(|| command(args)).unwrap_or(255);
    // Everything is written out; what exit(3) would run belongs to libraries that keep nothing.
    super::process::exit_now(code)
}

/// Makes a function the program: `c_main!(run)` at the top of a `#![no_main]` binary. Its memory
/// comes from [`SmallBlocks`](crate::SmallBlocks).
#[doc(hidden)] // for the command
#[macro_export]
macro_rules! c_main {
    ($command:path) => {
        #[global_allocator]
        static MEMORY: $crate::SmallBlocks = $crate::SmallBlocks;

        #[allow(missing_docs, unsafe_code)]
        #[unsafe(no_mangle)]
        pub extern "C" fn main(argc: i32, argv: *const *const std::ffi::c_char) -> i32 {
            $crate::enter(argc, argv, $command)
        }
    };
}
