//! What the machine says about itself.

use super::{Errno, Result, path};
use crate::sys::grant;

/// gethostname(2)
pub(crate) fn hostname() -> Result<Vec<u8>> {
    grant::check(grant::ENVIRONMENT)?;
    Ok(uname()?.nodename)
}

/// uname(2)
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // the fields of uname(2)
pub(crate) struct Uname {
    pub(crate) sysname: Vec<u8>,
    pub(crate) nodename: Vec<u8>,
    pub(crate) release: Vec<u8>,
    pub(crate) version: Vec<u8>,
    pub(crate) machine: Vec<u8>,
}

/// uname(2)
pub(crate) fn uname() -> Result<Uname> {
    grant::check(grant::ENVIRONMENT)?;
    // SAFETY: an all-zero utsname is valid; the kernel fills it with C strings.
    unsafe {
        let mut raw: libc::utsname = std::mem::zeroed();
        Errno::check(libc::uname(&raw mut raw))?;
        Ok(Uname {
            sysname: path::bytes(raw.sysname.as_ptr()),
            nodename: path::bytes(raw.nodename.as_ptr()),
            release: path::bytes(raw.release.as_ptr()),
            version: path::bytes(raw.version.as_ptr()),
            machine: path::bytes(raw.machine.as_ptr()),
        })
    }
}

/// getrandom(2): bytes nobody can guess.
pub(crate) fn random(out: &mut [u8]) -> Result<()> {
    let mut done = 0;
    while done < out.len() {
        let rest = &mut out[done..];
        // SAFETY: the rest is writable for its length.
        match Errno::check_size(unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) })
        {
            Ok(len) => done += len,
            Err(Errno::EINTR) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A random number, for seeds.
pub(crate) fn random_u64() -> u64 {
    let mut bytes = [0; 8];
    if random(&mut bytes).is_err() {
        let (sec, nsec) = super::time::clock_gettime(super::time::REALTIME).unwrap_or_default();
        return (sec as u64) << 32 ^ u64::from(nsec) ^ u64::from(super::process::getpid() as u32);
    }
    u64::from_ne_bytes(bytes)
}

/// if_nametoindex(3), or a number as it is; 0 where there is no such interface.
pub(crate) fn interface_index(name: &[u8]) -> u32 {
    if let Some(number) = std::str::from_utf8(name)
        .ok()
        .and_then(|text| text.parse().ok())
    {
        return number;
    }
    // SAFETY: a C string.
    path::with(name, |name| unsafe { libc::if_nametoindex(name) }).unwrap_or(0)
}
