//! Perl's byte strings as C strings, without an allocation for the usual short ones.

use super::{Errno, Result};
use std::ffi::{CStr, CString, c_char};

const SMALL: usize = 384;

/// Calls `run` with `bytes` as a NUL-ended string; a NUL inside is ENOENT, as perl reports it.
#[inline]
pub(crate) fn with<T>(bytes: &[u8], run: impl FnOnce(*const c_char) -> T) -> Result<T> {
    if memchr::memchr(0, bytes).is_some() {
        return Err(Errno::ENOENT);
    }
    if bytes.len() < SMALL {
        let mut buffer = [0u8; SMALL];
        buffer[..bytes.len()].copy_from_slice(bytes);
        return Ok(run(buffer.as_ptr().cast()));
    }
    let owned = CString::new(bytes).map_err(|_| Errno::ENOENT)?;
    Ok(run(owned.as_ptr()))
}

/// An owned C string; a NUL inside is ENOENT.
pub(crate) fn owned(bytes: &[u8]) -> Result<CString> {
    CString::new(bytes).map_err(|_| Errno::ENOENT)
}

/// The bytes of a C string libc gave us; empty for a null pointer.
///
/// # Safety
/// `text` is null or points to a NUL-ended string that lives through the call.
pub(crate) unsafe fn bytes(text: *const c_char) -> Vec<u8> {
    if text.is_null() {
        return Vec::new();
    }
    // SAFETY: promised by the caller.
    unsafe { CStr::from_ptr(text) }.to_bytes().to_vec()
}

/// A name as Rust's own functions take it.
pub(crate) fn os_string(bytes: Vec<u8>) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}
