//! crypt(3), from the C library or from libcrypt, looked for when it is first asked.

use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

type CryptFn = unsafe extern "C" fn(*const c_char, *const c_char) -> *const c_char;

/// Where the function is: in the program itself, or in the library distributions put it in.
fn function() -> Option<CryptFn> {
    static FOUND: OnceLock<Option<CryptFn>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        // SAFETY: plain look-ups by name; the library stays loaded, and crypt(3) has this type everywhere.
        unsafe {
            let mut found = libc::dlsym(libc::RTLD_DEFAULT, c"crypt".as_ptr());
            for library in [c"libcrypt.so.1", c"libcrypt.so.2"] {
                if !found.is_null() {
                    break;
                }
                let handle = libc::dlopen(library.as_ptr(), libc::RTLD_NOW);
                if !handle.is_null() {
                    found = libc::dlsym(handle, c"crypt".as_ptr());
                }
            }
            (!found.is_null()).then(|| std::mem::transmute::<*mut libc::c_void, CryptFn>(found))
        }
    })
}

/// The hash of a password with a salt. The outer `None`: there is no such function here.
pub(crate) fn crypt(password: &[u8], salt: &[u8]) -> Option<Option<Vec<u8>>> {
    let function = function()?;
    let (password, salt) = (c_string(password), c_string(salt));
    // SAFETY: both end in a NUL; the result is the function's own buffer, copied at once.
    unsafe {
        let hash = function(password.as_ptr(), salt.as_ptr());
        Some((!hash.is_null()).then(|| CStr::from_ptr(hash).to_bytes().to_vec()))
    }
}

/// The bytes up to the first NUL: C sees no more of them.
fn c_string(bytes: &[u8]) -> CString {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).unwrap_or_default()
}
