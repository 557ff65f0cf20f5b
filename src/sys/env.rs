//! The environment the process was started with, and the little of it that libc itself reads.

use super::{Errno, Result, path};
use std::ffi::c_char;
use std::os::unix::ffi::OsStringExt;

unsafe extern "C" {
    static mut environ: *mut *mut c_char;
}

/// Every entry of the process's environment, `NAME=value` as it stands (an entry without `=` too).
pub(crate) fn snapshot() -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    // SAFETY: libc keeps environ as a null-ended array of C strings; nobody changes it meanwhile
    // (only `set` does, on this thread).
    unsafe {
        let mut at = environ;
        while !at.is_null() && !(*at).is_null() {
            out.push(path::bytes(*at));
            at = at.add(1);
        }
    }
    out
}

/// One variable, as libc has it.
pub(crate) fn get(name: &str) -> Option<Vec<u8>> {
    std::env::var_os(name).map(OsStringExt::into_vec)
}

/// Tells libc about a variable it reads by itself (TZ, LC_*, LANG): only for the binary, where
/// no other thread may be reading the environment.
pub(crate) fn set(name: &[u8], value: Option<&[u8]>) -> Result<()> {
    path::with(name, |name| {
        // SAFETY: C strings; single-threaded by contract.
        let result = match value {
            Some(value) => path::with(value, |value| unsafe { libc::setenv(name, value, 1) })?,
            None => unsafe { libc::unsetenv(name) },
        };
        Errno::check(result).map(drop)
    })?
}

/// Moves the strings of libc's environment to memory of its own, so that the block the process
/// was started with can be written over (the process title).
pub(super) fn detach() {
    let mut strings: Vec<*mut c_char> = snapshot()
        .into_iter()
        .filter_map(|entry| path::owned(&entry).ok())
        .map(std::ffi::CString::into_raw)
        .collect();
    strings.push(std::ptr::null_mut());
    // SAFETY: the array and its strings live for ever from here on, as environ's must.
    unsafe { environ = Box::leak(strings.into_boxed_slice()).as_mut_ptr() };
}

/// Where the entries stand and how long they are, without their NUL.
pub(super) fn addresses() -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // SAFETY: as in `snapshot`.
    unsafe {
        let mut at = environ;
        while !at.is_null() && !(*at).is_null() {
            out.push((*at as usize, libc::strlen(*at)));
            at = at.add(1);
        }
    }
    out
}
