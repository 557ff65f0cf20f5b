//! System calls by number, for `syscall` (perlfunc): the program answers for what it passes.

use super::call;
use crate::sys::Result;
use crate::sys::grant;

/// An argument of a system call.
pub(crate) enum Arg {
    /// A number.
    Int(i64),
    /// Memory the kernel may read and write.
    Memory(Vec<u8>),
}

/// Makes call `nr`; what it wrote is in the arguments afterwards.
pub(crate) fn syscall(nr: i64, args: &mut [Arg]) -> Result<usize> {
    // It can do anything: only where the process is the script's own.
    grant::check(grant::PROCESSES | grant::PROCESS_ITSELF)?;
    let mut raw = [0usize; 6];
    for (slot, arg) in raw.iter_mut().zip(args.iter_mut()) {
        *slot = match arg {
            Arg::Int(n) => *n as usize,
            Arg::Memory(bytes) => {
                // C programs expect a NUL behind a text
                bytes.push(0);
                bytes.as_mut_ptr() as usize
            }
        };
    }
    // SAFETY: the pointers are alive during the call; whether the kernel is content with their
    // sizes is the program's business, as perlfunc says.
    let result = unsafe { call(nr as libc::c_long, raw) };
    for arg in args {
        if let Arg::Memory(bytes) = arg {
            bytes.pop();
        }
    }
    result
}
