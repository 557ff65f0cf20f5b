//! System V messages, semaphores and shared memory, as far as they do not sleep.

use super::{Errno, Result, path};
use crate::sys::grant;
use std::cell::RefCell;

/// ftok(3)
pub(crate) fn ftok(name: &[u8], project: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: a C string.
    path::with(name, |name| {
        Errno::check(unsafe { libc::ftok(name, project) })
    })?
}

/// msgget(2)
pub(crate) fn msgget(key: i32, flags: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::msgget(key, flags) })
}

/// semget(2)
pub(crate) fn semget(key: i32, count: i32, flags: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::semget(key, count, flags) })
}

/// shmget(2)
pub(crate) fn shmget(key: i32, size: usize, flags: i32) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::shmget(key, size, flags) })
}

/// What a control call takes along.
pub(crate) enum Arg<'a> {
    /// Nothing, or a number (SETVAL).
    Number(i64),
    /// A structure or an array, of the size [`msg_size`], [`SemControl::size`] or [`shm_size`] tells.
    Buffer(&'a mut [u8]),
}

impl Arg<'_> {
    fn checked(&self, needed: usize) -> Result<usize> {
        match self {
            Arg::Number(_) if needed > 0 => Err(Errno::EFAULT),
            Arg::Number(number) => Ok(*number as usize),
            Arg::Buffer(bytes) if bytes.len() < needed => Err(Errno::EFAULT),
            Arg::Buffer(bytes) => Ok(bytes.as_ptr() as usize),
        }
    }
}

const IPC_INFO: i32 = 3;

/// The bytes msgctl's command reads or writes.
pub(crate) fn msg_size(command: i32) -> usize {
    match command {
        libc::IPC_STAT | libc::IPC_SET => size_of::<libc::msqid_ds>(),
        libc::IPC_RMID => 0,
        _ => 256,
    }
}

/// msgctl(2)
pub(crate) fn msgctl(id: i32, command: i32, arg: Arg<'_>) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    let at = arg.checked(msg_size(command))?;
    // SAFETY: the buffer is as large as the command needs.
    Errno::check(unsafe { libc::msgctl(id, command, at as *mut _) })
}

/// The bytes shmctl's command reads or writes.
pub(crate) fn shm_size(command: i32) -> usize {
    match command {
        libc::IPC_STAT | libc::IPC_SET => size_of::<libc::shmid_ds>(),
        libc::IPC_RMID | libc::SHM_LOCK | libc::SHM_UNLOCK => 0,
        _ => 256,
    }
}

/// shmctl(2)
pub(crate) fn shmctl(id: i32, command: i32, arg: Arg<'_>) -> Result<i32> {
    grant::check(grant::PROCESSES)?;
    let at = arg.checked(shm_size(command))?;
    // SAFETY: the buffer is as large as the command needs.
    Errno::check(unsafe { libc::shmctl(id, command, at as *mut _) })
}

/// A semctl(2) and the bytes its command reads or writes: GETALL and SETALL ask the set for its count, once.
pub(crate) struct SemControl {
    id: i32,
    command: i32,
    size: usize,
}

impl SemControl {
    /// Finds the size.
    pub(crate) fn new(id: i32, command: i32) -> Result<SemControl> {
        grant::check(grant::PROCESSES)?;
        let size = match command {
            libc::IPC_STAT | libc::IPC_SET => size_of::<libc::semid_ds>(),
            libc::GETALL | libc::SETALL => {
                // SAFETY: an all-zero structure is valid, and a whole one is passed.
                let count = unsafe {
                    let mut info: libc::semid_ds = std::mem::zeroed();
                    Errno::check(libc::semctl(id, 0, libc::IPC_STAT, &raw mut info))?;
                    info.sem_nsems as usize
                };
                count * size_of::<u16>()
            }
            IPC_INFO | libc::SEM_INFO | libc::SEM_STAT => 256,
            _ => 0,
        };
        Ok(SemControl { id, command, size })
    }

    /// The bytes.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Makes the call. A set keeps its number of semaphores as long as its id lives.
    pub(crate) fn run(&self, number: i32, arg: Arg<'_>) -> Result<i32> {
        grant::check(grant::PROCESSES)?;
        let at = arg.checked(self.size)?;
        // SAFETY: the buffer is as large as the command needs.
        Errno::check(unsafe { libc::semctl(self.id, number, self.command, at) })
    }
}

/// An attached segment of shared memory (IPC::SysV's shmat).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attached(pub(crate) usize);

thread_local! {
    /// Address and size of what `attach` gave: nothing else can be read or written by address.
    static SEGMENTS: RefCell<Vec<(usize, usize)>> = const { RefCell::new(Vec::new()) };
}

/// shmat(2), for a script that keeps the address.
pub(crate) fn attach(id: i32, at: usize, flags: i32) -> Result<Attached> {
    let size = segment_size(id)?;
    let segment = shmat(id, at, flags)?;
    SEGMENTS.with_borrow_mut(|known| known.push((segment.0, size)));
    Ok(segment)
}

/// shmdt(2) of an address of `attach`.
pub(crate) fn detach(segment: Attached) -> Result<()> {
    let place = SEGMENTS.with_borrow(|known| known.iter().position(|row| row.0 == segment.0));
    let place = place.ok_or(Errno::EINVAL)?;
    shmdt(segment)?;
    SEGMENTS.with_borrow_mut(|known| known.swap_remove(place));
    Ok(())
}

/// Does `start .. start + len` lie in an attached segment?
fn is_attached(start: usize, len: usize) -> bool {
    SEGMENTS.with_borrow(|known| {
        known
            .iter()
            .any(|&(at, size)| start >= at && start - at <= size && len <= size - (start - at))
    })
}

/// shmat(2)
fn shmat(id: i32, at: usize, flags: i32) -> Result<Attached> {
    grant::check(grant::PROCESSES)?;
    // Only the kernel chooses where: an address from a script could cover our own memory.
    if at != 0 && flags & libc::SHM_REMAP != 0 {
        return Err(Errno::EINVAL);
    }
    // SAFETY: without SHM_REMAP nothing that is mapped is replaced.
    let address = unsafe { libc::shmat(id, at as *const _, flags) };
    if address as isize == -1 {
        Err(Errno::last())
    } else {
        Ok(Attached(address as usize))
    }
}

/// shmdt(2)
fn shmdt(segment: Attached) -> Result<()> {
    // SAFETY: the kernel refuses anything that is not an attached segment.
    Errno::check(unsafe { libc::shmdt(segment.0 as *const _) }).map(drop)
}

fn segment_size(id: i32) -> Result<usize> {
    // SAFETY: an all-zero structure is valid, and a whole one is passed.
    unsafe {
        let mut info: libc::shmid_ds = std::mem::zeroed();
        Errno::check(libc::shmctl(id, libc::IPC_STAT, &raw mut info))?;
        Ok(info.shm_segsz)
    }
}

/// Attaches, checks the place, runs, detaches (perlfunc shmread and shmwrite).
fn with_segment(id: i32, at: i64, len: usize, flags: i32, run: impl FnOnce(*mut u8)) -> Result<()> {
    let size = segment_size(id)?;
    let start = usize::try_from(at).map_err(|_| Errno::EFAULT)?;
    if start.checked_add(len).is_none_or(|end| end > size) {
        return Err(Errno::EFAULT);
    }
    let segment = shmat(id, 0, flags)?;
    // SAFETY: the place lies inside the segment.
    run(unsafe { (segment.0 as *mut u8).add(start) });
    shmdt(segment)
}

/// Copies out of a segment.
pub(crate) fn shm_read(id: i32, at: i64, out: &mut [u8]) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    let (into, len) = (out.as_mut_ptr(), out.len());
    // SAFETY: both places have the length; they do not overlap.
    with_segment(id, at, len, libc::SHM_RDONLY, |from| unsafe {
        std::ptr::copy_nonoverlapping(from, into, len);
    })
}

/// Copies into a segment; what is short is filled with NUL.
pub(crate) fn shm_write(id: i32, at: i64, bytes: &[u8], len: usize) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    let copied = bytes.len().min(len);
    // SAFETY: both places have the length; they do not overlap.
    with_segment(id, at, len, 0, |to| unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, copied);
        std::ptr::write_bytes(to.add(copied), 0, len - copied);
    })
}

/// The bytes of an attached segment at a place (IPC::SysV's memread); any other address is an
/// error.
pub(crate) fn memory_read(segment: Attached, at: usize, out: &mut [u8]) -> Result<()> {
    if !is_attached(segment.0.wrapping_add(at), out.len()) {
        return Err(Errno::EFAULT);
    }
    grant::check(grant::PROCESSES)?;
    let local = libc::iovec {
        iov_base: out.as_mut_ptr().cast(),
        iov_len: out.len(),
    };
    let remote = libc::iovec {
        iov_base: segment.0.wrapping_add(at) as *mut _,
        iov_len: out.len(),
    };
    // SAFETY: the kernel checks the remote address and gives EFAULT instead of a fault.
    let done = Errno::check_size(unsafe {
        libc::process_vm_readv(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0)
    })?;
    if done == out.len() {
        Ok(())
    } else {
        Err(Errno::EFAULT)
    }
}

/// What stands at an address in an attached segment (`unpack "P"`).
pub(crate) fn bytes_at(at: usize, len: usize) -> Option<Vec<u8>> {
    if !is_attached(at, len) {
        return None;
    }
    let mut bytes = vec![0; len];
    memory_read(Attached(at), 0, &mut bytes).ok()?;
    Some(bytes)
}

/// The counterpart, memwrite.
pub(crate) fn memory_write(segment: Attached, at: usize, bytes: &[u8]) -> Result<()> {
    if !is_attached(segment.0.wrapping_add(at), bytes.len()) {
        return Err(Errno::EFAULT);
    }
    grant::check(grant::PROCESSES)?;
    let local = libc::iovec {
        iov_base: bytes.as_ptr() as *mut _,
        iov_len: bytes.len(),
    };
    let remote = libc::iovec {
        iov_base: segment.0.wrapping_add(at) as *mut _,
        iov_len: bytes.len(),
    };
    // SAFETY: as for reading; the place lies in a segment.
    let done = Errno::check_size(unsafe {
        libc::process_vm_writev(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0)
    })?;
    if done == bytes.len() {
        Ok(())
    } else {
        Err(Errno::EFAULT)
    }
}
