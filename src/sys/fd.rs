//! Descriptors as such: copies, pipes, flags, terminals.

use super::{Errno, Result, blocking};
use crate::sys::grant;

/// dup(2), close-on-exec.
pub(crate) fn dup(fd: i32) -> Result<i32> {
    dup_from(fd, 0)
}

/// A close-on-exec copy with the lowest number not below `least`.
pub(crate) fn dup_from(fd: i32, least: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, least) })
}

/// A copy that stays open over exec (POSIX::dup).
pub(crate) fn dup_inheritable(fd: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::dup(fd) })
}

/// dup2(2): `to` stays open over exec.
pub(crate) fn dup2(from: i32, to: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::dup2(from, to) })
}

/// dup3(2)
pub(crate) fn dup3(from: i32, to: i32, flags: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::dup3(from, to, flags) })
}

/// pipe2(2): reading and writing end, both close-on-exec.
pub(crate) fn pipe() -> Result<(i32, i32)> {
    pipe2(libc::O_CLOEXEC)
}

/// pipe2(2) with flags of one's own.
pub(crate) fn pipe2(flags: i32) -> Result<(i32, i32)> {
    let mut ends = [-1; 2];
    // SAFETY: room for two descriptors.
    Errno::check(unsafe { libc::pipe2(ends.as_mut_ptr(), flags) })?;
    Ok((ends[0], ends[1]))
}

/// close(2), see [`blocking::close`].
pub(crate) fn close(fd: i32) -> Result<()> {
    blocking::close(fd)
}

/// Whether the descriptor is open.
pub(crate) fn is_open(fd: i32) -> bool {
    // SAFETY: takes no pointers.
    unsafe { libc::fcntl(fd, libc::F_GETFD) != -1 }
}

/// F_GETFD: whether it is closed by exec.
pub(crate) fn cloexec(fd: i32) -> Result<bool> {
    // SAFETY: takes no pointers.
    let flags = Errno::check(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    Ok(flags & libc::FD_CLOEXEC != 0)
}

/// F_SETFD
pub(crate) fn set_cloexec(fd: i32, on: bool) -> Result<()> {
    let flags = if on { libc::FD_CLOEXEC } else { 0 };
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fcntl(fd, libc::F_SETFD, flags) }).map(drop)
}

/// F_GETFL: access mode and status flags.
pub(crate) fn status_flags(fd: i32) -> Result<i32> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fcntl(fd, libc::F_GETFL) })
}

/// F_SETFL
pub(crate) fn set_status_flags(fd: i32, flags: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::fcntl(fd, libc::F_SETFL, flags) }).map(drop)
}

/// From now on every write goes to the end of the file.
pub(crate) fn set_appending(fd: i32) -> Result<()> {
    set_status_flags(fd, status_flags(fd)? | libc::O_APPEND)
}

/// Whether calls on it sleep; gives whether they did.
pub(crate) fn set_blocking(fd: i32, on: bool) -> Result<bool> {
    let flags = status_flags(fd)?;
    let was = flags & libc::O_NONBLOCK == 0;
    if was != on {
        set_status_flags(fd, flags ^ libc::O_NONBLOCK)?;
    }
    Ok(was)
}

/// ioctl(2) over a buffer of the caller, padded to at least 256 bytes so that requests whose size
/// is not known cannot write past it.
pub(crate) fn ioctl_buffer(fd: i32, request: u64, buffer: &mut [u8]) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    if buffer.len() < 256.max(ioctl_size(request)) {
        return Err(Errno::EFAULT);
    }
    // SAFETY: the buffer is writable and as large as the request's own size field, or 256.
    Errno::check(unsafe { libc::ioctl(fd, request as _, buffer.as_mut_ptr()) })
}

/// ioctl(2) with a number.
pub(crate) fn ioctl_number(fd: i32, request: u64, value: i64) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: the kernel checks every address it is given; that a script may name one is perl's
    // own contract for ioctl.
    Errno::check(unsafe { libc::ioctl(fd, request as _, value) })
}

/// The size of the argument, where the request number carries it (perlfunc ioctl).
pub(crate) fn ioctl_size(request: u64) -> usize {
    (request >> 16) as usize & 0x3fff
}

/// isatty(3)
pub(crate) fn isatty(fd: i32) -> bool {
    // SAFETY: takes no pointers.
    unsafe { libc::isatty(fd) == 1 }
}

/// ttyname_r(3)
pub(crate) fn ttyname(fd: i32) -> Result<Vec<u8>> {
    let mut buffer = [0u8; 256];
    // SAFETY: the buffer is writable for its length.
    match unsafe { libc::ttyname_r(fd, buffer.as_mut_ptr().cast(), buffer.len()) } {
        0 => {
            let len = buffer.iter().position(|&b| b == 0).unwrap_or(buffer.len());
            Ok(buffer[..len].to_vec())
        }
        error => Err(Errno(error)),
    }
}

/// ctermid(3)
pub(crate) fn ctermid() -> Vec<u8> {
    b"/dev/tty".to_vec()
}

/// Puts a file in the place of a descriptor.
pub(crate) fn open_on(name: &[u8], fd: i32) -> Result<()> {
    let opened = blocking::open(name, libc::O_RDWR, 0)?;
    if opened != fd {
        let done = dup2(opened, fd);
        close(opened)?;
        done?;
    }
    Ok(())
}

/// Descriptors 0 to 2 that are closed become /dev/null, so that no later file gets their number; what is
/// written there fails, as it does where they are closed.
pub(crate) fn open_standard() {
    for fd in 0..=2 {
        if !is_open(fd) {
            // It gets the lowest free number, which is `fd`; exec passes it on.
            if blocking::open(b"/dev/null", libc::O_RDONLY, 0) == Ok(fd) {
                let _ = set_cloexec(fd, false);
            }
        }
    }
}

/// Bytes that can be read at once (FIONREAD).
pub(crate) fn readable_bytes(fd: i32) -> Result<usize> {
    let mut count = 0i32;
    // SAFETY: FIONREAD writes an int.
    Errno::check(unsafe { libc::ioctl(fd, libc::FIONREAD, &raw mut count) })?;
    Ok(count.max(0) as usize)
}
