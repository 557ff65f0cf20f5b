//! Descriptors: calls that sleep on files, fifos, terminals, pipes and locks.

use super::{Errno, Result, call, guest};
use crate::sys::{file, grant, path};
use std::mem::MaybeUninit;

/// open(2), always close-on-exec (perlvar `$^F` is applied by the caller) and with large files.
pub(crate) fn open(name: &[u8], flags: i32, mode: u32) -> Result<i32> {
    let access = flags & libc::O_ACCMODE;
    if access != libc::O_WRONLY {
        grant::check(grant::READ_FILES)?;
    }
    if access != libc::O_RDONLY || flags & (libc::O_CREAT | libc::O_TRUNC) != 0 {
        grant::check(grant::WRITE_FILES)?;
    }
    if guest::is_current() && file::stat(name).is_ok_and(|stat| stat.kind() == file::Kind::Fifo) {
        return open_fifo(name, flags);
    }
    path::with(name, |name| {
        let args = [
            libc::AT_FDCWD as isize as usize,
            name as usize,
            (flags | libc::O_CLOEXEC | libc::O_LARGEFILE) as usize,
            mode as usize,
            0,
            0,
        ];
        // SAFETY: the name is a C string for the time of the call.
        unsafe { call(libc::SYS_openat, args) }.map(|fd| fd as i32)
    })?
}

/// Opening a fifo sleeps until there is somebody at its other end: a guest tries again and again,
/// and then lets the descriptor sleep as it was asked for.
fn open_fifo(name: &[u8], flags: i32) -> Result<i32> {
    let access = flags & libc::O_ACCMODE;
    path::with(name, |name| {
        let all = (flags | libc::O_CLOEXEC | libc::O_LARGEFILE | libc::O_NONBLOCK) as usize;
        let args = [
            libc::AT_FDCWD as isize as usize,
            name as usize,
            all,
            0,
            0,
            0,
        ];
        // SAFETY: the name is a C string for the time of the call, which does not sleep.
        let open = || unsafe { guest::attempt(libc::SYS_openat, args) }.map(|fd| fd as i32);
        if flags & libc::O_NONBLOCK != 0 || access == libc::O_RDWR {
            return open();
        }
        // A reader waits when it reads; a writer finds ENXIO while there is no reader.
        let tried = guest::retry(|| match open() {
            Err(Errno::ENXIO) => Ok(None),
            other => other.map(Some),
        });
        let fd = tried.unwrap_or_else(open)?;
        crate::sys::fd::set_status_flags(fd, flags & !libc::O_NONBLOCK & !libc::O_CREAT)?;
        Ok(fd)
    })?
}

/// read(2)
#[inline]
pub(crate) fn read(fd: i32, buffer: &mut [u8]) -> Result<usize> {
    guest::ready(fd, libc::POLLIN)?;
    let args = [
        fd as usize,
        buffer.as_mut_ptr() as usize,
        buffer.len(),
        0,
        0,
        0,
    ];
    // SAFETY: the buffer is writable for its length.
    unsafe { call(libc::SYS_read, args) }
}

/// read(2) into memory nobody has cleared; gives the part of it that was written.
pub(crate) fn read_uninit(fd: i32, room: &mut [MaybeUninit<u8>]) -> Result<&mut [u8]> {
    guest::ready(fd, libc::POLLIN)?;
    let at = room.as_mut_ptr().cast::<u8>();
    let args = [fd as usize, at as usize, room.len(), 0, 0, 0];
    // SAFETY: the room is writable for its length.
    let got = unsafe { call(libc::SYS_read, args) }?;
    // SAFETY: the kernel has written that many bytes, no more than there is room for.
    Ok(unsafe { std::slice::from_raw_parts_mut(at, got) })
}

/// pread64(2): from a place, whatever the position is.
pub(crate) fn pread(fd: i32, buffer: &mut [u8], at: u64) -> Result<usize> {
    let args = [
        fd as usize,
        buffer.as_mut_ptr() as usize,
        buffer.len(),
        at as usize,
        0,
        0,
    ];
    // SAFETY: the buffer is writable for its length.
    unsafe { call(libc::SYS_pread64, args) }
}

/// write(2)
#[inline]
pub(crate) fn write(fd: i32, bytes: &[u8]) -> Result<usize> {
    guest::ready(fd, libc::POLLOUT)?;
    let bytes = guest::portion(bytes);
    let args = [fd as usize, bytes.as_ptr() as usize, bytes.len(), 0, 0, 0];
    // SAFETY: the bytes are readable for their length.
    unsafe { call(libc::SYS_write, args) }
}

/// writev(2) of two pieces, in order: what is buffered and what follows it.
pub(crate) fn write_two(fd: i32, first: &[u8], second: &[u8]) -> Result<usize> {
    if guest::is_current() {
        return write(fd, first);
    }
    let pieces = [first, second].map(|bytes| libc::iovec {
        iov_base: bytes.as_ptr() as *mut libc::c_void,
        iov_len: bytes.len(),
    });
    let args = [fd as usize, pieces.as_ptr() as usize, 2, 0, 0, 0];
    // SAFETY: both pieces are readable for their length.
    unsafe { call(libc::SYS_writev, args) }
}

/// close(2). On Linux the descriptor is gone even where this gives EINTR: never call it again.
pub(crate) fn close(fd: i32) -> Result<()> {
    // The word is not looked at: a close that is refused before it is tried would leak.
    // SAFETY: close takes no pointers.
    let result = unsafe { libc::syscall(libc::SYS_close, fd) };
    if result == -1 {
        Err(crate::sys::Errno::last())
    } else {
        Ok(())
    }
}

/// flock(2)
pub(crate) fn flock(fd: i32, operation: i32) -> Result<()> {
    let tried = guest::retry(|| {
        let args = [
            fd as usize,
            (operation | libc::LOCK_NB) as usize,
            0,
            0,
            0,
            0,
        ];
        // SAFETY: flock takes no pointers.
        match unsafe { guest::attempt(libc::SYS_flock, args) } {
            Err(error) if operation & libc::LOCK_NB == 0 => {
                if error == crate::sys::Errno::EAGAIN {
                    Ok(None)
                } else {
                    Err(error)
                }
            }
            result => Ok(Some(result.map(drop))),
        }
    });
    if let Some(result) = tried {
        return result?;
    }
    // SAFETY: flock takes no pointers.
    unsafe {
        call(
            libc::SYS_flock,
            [fd as usize, operation as usize, 0, 0, 0, 0],
        )
    }
    .map(drop)
}

/// fcntl(2) with F_SETLKW or F_OFD_SETLKW over the bytes of a `struct flock`.
pub(crate) fn fcntl_lock(fd: i32, command: i32, lock: &mut libc::flock) -> Result<()> {
    let args = [
        fd as usize,
        command as usize,
        &raw mut *lock as usize,
        0,
        0,
        0,
    ];
    // SAFETY: the lock is a whole `struct flock`, alive during the call.
    unsafe { call(libc::SYS_fcntl, args) }.map(drop)
}

/// fcntl(2) whose argument is a buffer of the caller, which may be F_SETLKW. The buffer must be as
/// large as the command needs: the caller pads it (perl gives 256 bytes).
pub(crate) fn fcntl_buffer(fd: i32, command: i32, buffer: &mut [u8]) -> Result<i32> {
    let args = [
        fd as usize,
        command as usize,
        buffer.as_mut_ptr() as usize,
        0,
        0,
        0,
    ];
    // SAFETY: the buffer is writable, and at least as large as any fcntl structure by contract.
    unsafe { call(libc::SYS_fcntl, args) }.map(|value| value as i32)
}

/// fcntl(2) whose argument is a number.
pub(crate) fn fcntl_number(fd: i32, command: i32, value: i64) -> Result<i32> {
    // SAFETY: commands with a number read no memory; a number passed to a command that takes a
    // pointer makes the kernel answer EFAULT or write where it points, hence the check.
    if takes_pointer(command) {
        return Err(crate::sys::Errno::EFAULT);
    }
    unsafe {
        call(
            libc::SYS_fcntl,
            [fd as usize, command as usize, value as usize, 0, 0, 0],
        )
    }
    .map(|value| value as i32)
}

/// The fcntl commands whose argument is an address.
fn takes_pointer(command: i32) -> bool {
    const F_GET_RW_HINT: i32 = 1035;
    const F_SET_FILE_RW_HINT: i32 = 1038;
    const F_GETOWNER_UIDS: i32 = 17;
    const F_SETOWN_EX: i32 = 15;
    const F_GETOWN_EX: i32 = 16;
    matches!(
        command,
        libc::F_GETLK
            | libc::F_SETLK
            | libc::F_SETLKW
            | libc::F_OFD_GETLK
            | libc::F_OFD_SETLK
            | libc::F_OFD_SETLKW
            | F_SETOWN_EX..=F_GETOWNER_UIDS
            | F_GET_RW_HINT..=F_SET_FILE_RW_HINT
    ) || command == F_GETOWN_EX
}

/// fsync(2)
pub(crate) fn fsync(fd: i32) -> Result<()> {
    // SAFETY: fsync takes no pointers.
    unsafe { call(libc::SYS_fsync, [fd as usize, 0, 0, 0, 0, 0]) }.map(drop)
}

/// tcdrain(3): waits until a terminal has sent everything.
pub(crate) fn tcdrain(fd: i32) -> Result<()> {
    const TCSBRK: usize = 0x5409;
    // SAFETY: TCSBRK takes a number; 1 means only to wait.
    unsafe { call(libc::SYS_ioctl, [fd as usize, TCSBRK, 1, 0, 0, 0]) }.map(drop)
}
