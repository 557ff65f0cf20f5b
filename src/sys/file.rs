//! Files by name and by descriptor: status, permissions, links, directories, sizes, positions.

use super::{Errno, Result, path};
use crate::sys::grant;
use std::time::Duration;

/// What stat gives (perlfunc stat), in its order, with nanoseconds kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stat {
    pub(crate) dev: u64,
    pub(crate) ino: u64,
    pub(crate) mode: u32,
    pub(crate) nlink: u64,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) rdev: u64,
    pub(crate) size: i64,
    pub(crate) atime: (i64, u32),
    pub(crate) mtime: (i64, u32),
    pub(crate) ctime: (i64, u32),
    pub(crate) blksize: i64,
    pub(crate) blocks: i64,
}

/// The kinds of files, from the mode's bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Regular,
    Directory,
    Link,
    Fifo,
    Socket,
    Block,
    Character,
    Other,
}

impl Stat {
    /// What kind of file it is.
    pub(crate) fn kind(&self) -> Kind {
        match self.mode & libc::S_IFMT {
            libc::S_IFREG => Kind::Regular,
            libc::S_IFDIR => Kind::Directory,
            libc::S_IFLNK => Kind::Link,
            libc::S_IFIFO => Kind::Fifo,
            libc::S_IFSOCK => Kind::Socket,
            libc::S_IFBLK => Kind::Block,
            libc::S_IFCHR => Kind::Character,
            _ => Kind::Other,
        }
    }

    fn from_libc(raw: &libc::stat) -> Stat {
        Stat {
            dev: raw.st_dev,
            ino: raw.st_ino,
            mode: raw.st_mode,
            nlink: raw.st_nlink as u64,
            uid: raw.st_uid,
            gid: raw.st_gid,
            rdev: raw.st_rdev,
            size: raw.st_size,
            atime: (raw.st_atime, raw.st_atime_nsec as u32),
            mtime: (raw.st_mtime, raw.st_mtime_nsec as u32),
            ctime: (raw.st_ctime, raw.st_ctime_nsec as u32),
            blksize: raw.st_blksize as i64,
            blocks: raw.st_blocks,
        }
    }
}

fn stat_with(run: impl FnOnce(*mut libc::stat) -> i32) -> Result<Stat> {
    // SAFETY: an all-zero stat is valid.
    let mut raw: libc::stat = unsafe { std::mem::zeroed() };
    Errno::check(run(&raw mut raw))?;
    Ok(Stat::from_libc(&raw))
}

/// stat(2)
pub(crate) fn stat(name: &[u8]) -> Result<Stat> {
    grant::check(grant::READ_FILES)?;
    // SAFETY: a C string and a whole structure.
    path::with(name, |name| {
        stat_with(|raw| unsafe { libc::stat(name, raw) })
    })?
}

/// lstat(2)
pub(crate) fn lstat(name: &[u8]) -> Result<Stat> {
    grant::check(grant::READ_FILES)?;
    // SAFETY: a C string and a whole structure.
    path::with(name, |name| {
        stat_with(|raw| unsafe { libc::lstat(name, raw) })
    })?
}

/// fstat(2)
pub(crate) fn fstat(fd: i32) -> Result<Stat> {
    // SAFETY: a whole structure.
    stat_with(|raw| unsafe { libc::fstat(fd, raw) })
}

/// Makes a call with a name that gives 0 or -1.
fn named(name: &[u8], run: impl FnOnce(*const libc::c_char) -> i32) -> Result<()> {
    path::with(name, |name| Errno::check(run(name)).map(drop))?
}

/// The same with two names.
fn named2(
    a: &[u8],
    b: &[u8],
    run: impl FnOnce(*const libc::c_char, *const libc::c_char) -> i32,
) -> Result<()> {
    path::with(a, |a| path::with(b, |b| Errno::check(run(a, b)).map(drop)))??
}

/// access(2) by the real ids (`-R -W -X`), or the effective ones (`use filetest 'access'`).
pub(crate) fn access(name: &[u8], mode: i32, effective: bool) -> Result<()> {
    grant::check(grant::READ_FILES)?;
    let flags = if effective { libc::AT_EACCESS } else { 0 };
    // SAFETY: a C string.
    named(name, |name| unsafe {
        libc::faccessat(libc::AT_FDCWD, name, mode, flags)
    })
}

/// chmod(2)
pub(crate) fn chmod(name: &[u8], mode: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe {
        libc::chmod(name, mode as libc::mode_t)
    })
}

/// fchmod(2)
pub(crate) fn fchmod(fd: i32, mode: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fchmod(fd, mode as libc::mode_t) }).map(drop)
}

/// chown(2); `u32::MAX` leaves an id alone.
pub(crate) fn chown(name: &[u8], uid: u32, gid: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::chown(name, uid, gid) })
}

/// lchown(2)
pub(crate) fn lchown(name: &[u8], uid: u32, gid: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::lchown(name, uid, gid) })
}

/// fchown(2)
pub(crate) fn fchown(fd: i32, uid: u32, gid: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fchown(fd, uid, gid) }).map(drop)
}

/// link(2)
pub(crate) fn link(from: &[u8], to: &[u8]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: C strings.
    named2(from, to, |from, to| unsafe { libc::link(from, to) })
}

/// symlink(2)
pub(crate) fn symlink(target: &[u8], name: &[u8]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: C strings.
    named2(target, name, |target, name| unsafe {
        libc::symlink(target, name)
    })
}

/// readlink(2)
pub(crate) fn readlink(name: &[u8]) -> Result<Vec<u8>> {
    grant::check(grant::READ_FILES)?;
    path::with(name, |name| {
        let mut size = 256;
        loop {
            let mut buffer = vec![0u8; size];
            // SAFETY: a C string and a buffer writable for its length.
            let len = Errno::check_size(unsafe {
                libc::readlink(name, buffer.as_mut_ptr().cast(), buffer.len())
            })?;
            if len < size {
                buffer.truncate(len);
                return Ok(buffer);
            }
            size *= 2;
        }
    })?
}

/// rename(2)
pub(crate) fn rename(from: &[u8], to: &[u8]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: C strings.
    named2(from, to, |from, to| unsafe { libc::rename(from, to) })
}

/// unlink(2)
pub(crate) fn unlink(name: &[u8]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::unlink(name) })
}

/// mkdir(2)
pub(crate) fn mkdir(name: &[u8], mode: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe {
        libc::mkdir(name, mode as libc::mode_t)
    })
}

/// rmdir(2)
pub(crate) fn rmdir(name: &[u8]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::rmdir(name) })
}

/// mkfifo(3)
pub(crate) fn mkfifo(name: &[u8], mode: u32) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe {
        libc::mkfifo(name, mode as libc::mode_t)
    })
}

/// mknod(2)
pub(crate) fn mknod(name: &[u8], mode: u32, dev: u64) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe {
        libc::mknod(name, mode as libc::mode_t, dev)
    })
}

/// chroot(2)
pub(crate) fn chroot(name: &[u8]) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::chroot(name) })
}

/// chdir(2)
pub(crate) fn chdir(name: &[u8]) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::chdir(name) })
}

/// fchdir(2)
pub(crate) fn fchdir(fd: i32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fchdir(fd) }).map(drop)
}

/// getcwd(3)
pub(crate) fn getcwd() -> Result<Vec<u8>> {
    grant::check(grant::READ_FILES)?;
    let mut size = 256;
    loop {
        let mut buffer = vec![0u8; size];
        // SAFETY: a buffer writable for its length.
        let found = unsafe { libc::getcwd(buffer.as_mut_ptr().cast(), buffer.len()) };
        if !found.is_null() {
            let len = buffer.iter().position(|&b| b == 0).unwrap_or(size);
            buffer.truncate(len);
            return Ok(buffer);
        }
        match Errno::last() {
            Errno::ERANGE if size < 1 << 20 => size *= 2,
            error => return Err(error),
        }
    }
}

/// A time to set: a moment since the epoch, or now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileTime {
    /// The system's own "now", which asks only for permission to write.
    Now,
    /// Seconds and nanoseconds.
    At(i64, u32),
}

fn file_times(times: [FileTime; 2]) -> [libc::timespec; 2] {
    times.map(|time| match time {
        FileTime::Now => libc::timespec {
            tv_sec: 0,
            tv_nsec: libc::UTIME_NOW,
        },
        FileTime::At(sec, nsec) => libc::timespec {
            tv_sec: sec,
            tv_nsec: i64::from(nsec),
        },
    })
}

/// utimensat(2): access and modification time.
pub(crate) fn utimes(name: &[u8], times: [FileTime; 2]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    let times = file_times(times);
    // SAFETY: a C string and two times.
    named(name, |name| unsafe {
        libc::utimensat(libc::AT_FDCWD, name, times.as_ptr(), 0)
    })
}

/// futimens(3)
pub(crate) fn futimes(fd: i32, times: [FileTime; 2]) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    let times = file_times(times);
    // SAFETY: two times.
    Errno::check(unsafe { libc::futimens(fd, times.as_ptr()) }).map(drop)
}

/// truncate(2)
pub(crate) fn truncate(name: &[u8], size: i64) -> Result<()> {
    grant::check(grant::WRITE_FILES)?;
    // SAFETY: a C string.
    named(name, |name| unsafe { libc::truncate(name, size) })
}

/// A file without a name, in memory, with these bytes in it, to be read from its beginning and
/// written at its end.
pub(crate) fn memory_file(bytes: &[u8]) -> Result<i32> {
    // SAFETY: a C string; the call never sleeps.
    let fd = Errno::check(unsafe { libc::memfd_create(c"keshi".as_ptr(), libc::MFD_CLOEXEC) })?;
    let mut rest = bytes;
    while !rest.is_empty() {
        match super::blocking::write(fd, rest) {
            Ok(n) if n > 0 => rest = &rest[n.min(rest.len())..],
            _ => break,
        }
    }
    lseek(fd, 0, libc::SEEK_SET)?;
    super::fd::set_status_flags(fd, libc::O_APPEND)?;
    Ok(fd)
}

/// All that is in a file now, whatever its position is.
pub(crate) fn contents(fd: i32) -> Result<Vec<u8>> {
    let size = usize::try_from(fstat(fd)?.size).unwrap_or(0);
    let mut text = vec![0; size];
    let got = super::blocking::pread(fd, &mut text, 0)?;
    text.truncate(got);
    Ok(text)
}

/// ftruncate(2)
pub(crate) fn ftruncate(fd: i32, size: i64) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::ftruncate(fd, size) }).map(drop)
}

/// lseek(2)
pub(crate) fn lseek(fd: i32, offset: i64, whence: i32) -> Result<i64> {
    // SAFETY: takes no pointers.
    Errno::check_offset(unsafe { libc::lseek(fd, offset, whence) })
}

/// mkostemp(3): the template's six X are replaced; the descriptor is close-on-exec.
pub(crate) fn mkstemp(template: &[u8]) -> Result<(i32, Vec<u8>)> {
    grant::check(grant::WRITE_FILES)?;
    let mut name = path::owned(template)?.into_bytes_with_nul();
    // SAFETY: a writable string that ends with NUL.
    let fd = unsafe { libc::mkostemp(name.as_mut_ptr().cast(), libc::O_CLOEXEC) };
    let fd = Errno::check(fd)?;
    name.pop();
    Ok((fd, name))
}

/// statvfs(3), what a script may want of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileSystem {
    pub(crate) bsize: u64,
    pub(crate) frsize: u64,
    pub(crate) blocks: u64,
    pub(crate) bfree: u64,
    pub(crate) bavail: u64,
    pub(crate) files: u64,
    pub(crate) ffree: u64,
    pub(crate) flags: u64,
    pub(crate) name_max: u64,
}

/// statvfs(3)
pub(crate) fn statvfs(name: &[u8]) -> Result<FileSystem> {
    grant::check(grant::READ_FILES)?;
    let raw = nix::sys::statvfs::statvfs(name)?;
    Ok(FileSystem {
        bsize: raw.block_size(),
        frsize: raw.fragment_size(),
        blocks: raw.blocks(),
        bfree: raw.blocks_free(),
        bavail: raw.blocks_available(),
        files: raw.files(),
        ffree: raw.files_free(),
        flags: raw.flags().bits(),
        name_max: raw.name_max(),
    })
}

/// The age of a time against another, for `-M -A -C`, in days.
pub(crate) fn age_in_days(base: Duration, time: (i64, u32)) -> f64 {
    let base = base.as_secs() as f64;
    (base - time.0 as f64) / 86_400.0
}

/// The flags of open(2) for a way of opening.
pub(crate) fn open_flags(
    read: bool,
    write: bool,
    append: bool,
    create: bool,
    truncate: bool,
) -> i32 {
    let mut flags = match (read, write) {
        (true, true) => libc::O_RDWR,
        (false, true) => libc::O_WRONLY,
        _ => libc::O_RDONLY,
    };
    for (on, flag) in [
        (append, libc::O_APPEND),
        (create, libc::O_CREAT),
        (truncate, libc::O_TRUNC),
    ] {
        if on {
            flags |= flag;
        }
    }
    flags | libc::O_CLOEXEC
}

/// Whether flags of open(2) allow reading and writing.
pub(crate) fn access_of_flags(flags: i32) -> (bool, bool) {
    match flags & libc::O_ACCMODE {
        libc::O_RDONLY => (true, false),
        libc::O_WRONLY => (false, true),
        _ => (true, true),
    }
}

/// Whether flags of open(2) allow a change of anything: writing, or making the file.
pub(crate) fn modifies(flags: i32) -> bool {
    let changes = libc::O_WRONLY
        | libc::O_RDWR
        | libc::O_CREAT
        | libc::O_APPEND
        | libc::O_TRUNC
        | libc::O_EXCL;
    flags & changes != 0
}

/// Whether flags of open(2) put every write at the end.
pub(crate) fn appends(flags: i32) -> bool {
    flags & libc::O_APPEND != 0
}
