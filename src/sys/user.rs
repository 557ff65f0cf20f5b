//! Users and groups: the databases, the ids of this process, and hashes of passwords.

use super::{Errno, Result, path};
use crate::sys::grant;
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

/// A row of the password database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the fields of passwd(5)
pub(crate) struct Passwd {
    pub(crate) name: Vec<u8>,
    pub(crate) passwd: Vec<u8>,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) gecos: Vec<u8>,
    pub(crate) dir: Vec<u8>,
    pub(crate) shell: Vec<u8>,
}

/// A row of the group database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the fields of group(5)
pub(crate) struct Group {
    pub(crate) name: Vec<u8>,
    pub(crate) passwd: Vec<u8>,
    pub(crate) gid: u32,
    pub(crate) members: Vec<Vec<u8>>,
}

unsafe extern "C" {
    fn getspnam(name: *const c_char) -> *mut libc::spwd;
}

/// Copies a row; where the caller may read the shadow database its password is shown, as by perl.
///
/// # Safety
/// `row` is null or a row libc gave.
unsafe fn passwd(row: *const libc::passwd) -> Option<Passwd> {
    // SAFETY: promised by the caller; all strings end with NUL.
    unsafe {
        let row = row.as_ref()?;
        let errno = Errno::last();
        let shadow = getspnam(row.pw_name);
        errno.set_last();
        let secret = shadow
            .as_ref()
            .map_or(row.pw_passwd.cast_const(), |s| s.sp_pwdp.cast_const());
        let secret = path::bytes(secret);
        Some(Passwd {
            name: path::bytes(row.pw_name),
            passwd: secret,
            uid: row.pw_uid,
            gid: row.pw_gid,
            gecos: path::bytes(row.pw_gecos),
            dir: path::bytes(row.pw_dir),
            shell: path::bytes(row.pw_shell),
        })
    }
}

/// # Safety
/// `row` is null or a row libc gave.
unsafe fn group(row: *const libc::group) -> Option<Group> {
    // SAFETY: promised by the caller; the members end with null.
    unsafe {
        let row = row.as_ref()?;
        let mut members = Vec::new();
        let mut at = row.gr_mem;
        while !at.is_null() && !(*at).is_null() {
            members.push(path::bytes(*at));
            at = at.add(1);
        }
        Some(Group {
            name: path::bytes(row.gr_name),
            passwd: path::bytes(row.gr_passwd),
            gid: row.gr_gid,
            members,
        })
    }
}

/// getpwnam(3)
pub(crate) fn getpwnam(name: &[u8]) -> Option<Passwd> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: a C string; the row is copied before any other call.
    path::with(name, |name| unsafe { passwd(libc::getpwnam(name)) }).ok()?
}

/// getpwuid(3)
pub(crate) fn getpwuid(uid: u32) -> Option<Passwd> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: the row is copied before any other call.
    unsafe { passwd(libc::getpwuid(uid)) }
}

/// getpwent(3)
pub(crate) fn getpwent() -> Option<Passwd> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: the row is copied before any other call.
    unsafe { passwd(libc::getpwent()) }
}

/// setpwent(3)
pub(crate) fn setpwent() {
    // SAFETY: takes nothing.
    unsafe { libc::setpwent() }
}

/// endpwent(3)
pub(crate) fn endpwent() {
    // SAFETY: takes nothing.
    unsafe { libc::endpwent() }
}

/// getgrnam(3)
pub(crate) fn getgrnam(name: &[u8]) -> Option<Group> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: a C string; the row is copied before any other call.
    path::with(name, |name| unsafe { group(libc::getgrnam(name)) }).ok()?
}

/// getgrgid(3)
pub(crate) fn getgrgid(gid: u32) -> Option<Group> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: the row is copied before any other call.
    unsafe { group(libc::getgrgid(gid)) }
}

/// getgrent(3)
pub(crate) fn getgrent() -> Option<Group> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: the row is copied before any other call.
    unsafe { group(libc::getgrent()) }
}

/// setgrent(3)
pub(crate) fn setgrent() {
    // SAFETY: takes nothing.
    unsafe { libc::setgrent() }
}

/// endgrent(3)
pub(crate) fn endgrent() {
    // SAFETY: takes nothing.
    unsafe { libc::endgrent() }
}

/// getlogin(3)
pub(crate) fn getlogin() -> Option<Vec<u8>> {
    grant::check(grant::ENVIRONMENT).ok()?;
    // SAFETY: null or a C string that lives until the next call.
    let name = unsafe { path::bytes(libc::getlogin()) };
    (!name.is_empty()).then_some(name)
}

/// Real, effective and saved id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ids {
    /// `$<` or `$(`
    pub(crate) real: u32,
    /// `$>` or `$)`
    pub(crate) effective: u32,
    /// Kept for coming back.
    pub(crate) saved: u32,
}

/// An id to leave alone in `setresuid` and `setresgid`.
pub(crate) const KEEP: u32 = u32::MAX;

/// getresuid(2)
pub(crate) fn uids() -> Ids {
    let mut ids = Ids {
        real: 0,
        effective: 0,
        saved: 0,
    };
    // SAFETY: three places to write.
    unsafe {
        libc::getresuid(
            &raw mut ids.real,
            &raw mut ids.effective,
            &raw mut ids.saved,
        );
    }
    ids
}

/// getresgid(2)
pub(crate) fn gids() -> Ids {
    let mut ids = Ids {
        real: 0,
        effective: 0,
        saved: 0,
    };
    // SAFETY: three places to write.
    unsafe {
        libc::getresgid(
            &raw mut ids.real,
            &raw mut ids.effective,
            &raw mut ids.saved,
        );
    }
    ids
}

/// setresuid(2)
pub(crate) fn setresuid(real: u32, effective: u32, saved: u32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setresuid(real, effective, saved) }).map(drop)
}

/// setresgid(2)
pub(crate) fn setresgid(real: u32, effective: u32, saved: u32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setresgid(real, effective, saved) }).map(drop)
}

/// setuid(2)
pub(crate) fn setuid(uid: u32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setuid(uid) }).map(drop)
}

/// setgid(2)
pub(crate) fn setgid(gid: u32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::setgid(gid) }).map(drop)
}

/// getgroups(2)
pub(crate) fn getgroups() -> Result<Vec<u32>> {
    Ok(nix::unistd::getgroups()?
        .into_iter()
        .map(nix::unistd::Gid::as_raw)
        .collect())
}

/// setgroups(2)
pub(crate) fn setgroups(groups: &[u32]) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: the groups are readable for their count.
    Errno::check(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }).map(drop)
}

/// initgroups(3)
pub(crate) fn initgroups(name: &[u8], gid: u32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: a C string.
    path::with(name, |name| {
        Errno::check(unsafe { libc::initgroups(name, gid) }).map(drop)
    })?
}

// ---- passwords

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
