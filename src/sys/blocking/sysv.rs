//! System V semaphores and messages: the calls of them that sleep.

use super::{Result, call, guest};
use crate::sys::grant;
use std::time::Duration;

/// semop(2), or semtimedop(2) where there is a time limit.
pub(crate) fn semop(
    id: i32,
    operations: &mut [libc::sembuf],
    limit: Option<Duration>,
) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    if limit.is_none() && guest::is_current() {
        for operation in operations.iter_mut() {
            operation.sem_flg |= libc::IPC_NOWAIT as i16;
        }
        let args = [
            id as usize,
            operations.as_mut_ptr() as usize,
            operations.len(),
            0,
            0,
            0,
        ];
        // SAFETY: the operations are alive for their count.
        let tried =
            guest::retry(|| unsafe { guest::attempt(libc::SYS_semtimedop, args) }.map(Some));
        return tried.map_or(Ok(()), |result| result.map(drop));
    }
    let time = limit.map(super::waiting::timespec);
    let time_at = time.as_ref().map_or(0, |time| &raw const *time as usize);
    let args = [
        id as usize,
        operations.as_mut_ptr() as usize,
        operations.len(),
        time_at,
        0,
        0,
    ];
    // SAFETY: the operations are alive for their count, the time is a local.
    unsafe { call(libc::SYS_semtimedop, args) }.map(drop)
}

/// msgsnd(2): `message` is the native long of the type followed by the text.
pub(crate) fn msgsnd(id: i32, message: &[u8], flags: i32) -> Result<()> {
    grant::check(grant::PROCESSES)?;
    let Some(len) = message.len().checked_sub(size_of::<libc::c_long>()) else {
        return Err(super::Errno::EINVAL);
    };
    let args = [
        id as usize,
        message.as_ptr() as usize,
        len,
        flags as usize,
        0,
        0,
    ];
    // SAFETY: the message is the type and `len` bytes.
    unsafe { call(libc::SYS_msgsnd, args) }.map(drop)
}

/// msgrcv(2) into a buffer that begins with room for the native long of the type; gives the
/// length of the text.
pub(crate) fn msgrcv(id: i32, buffer: &mut [u8], kind: i64, flags: i32) -> Result<usize> {
    grant::check(grant::PROCESSES)?;
    let Some(len) = buffer.len().checked_sub(size_of::<libc::c_long>()) else {
        return Err(super::Errno::EINVAL);
    };
    let args = [
        id as usize,
        buffer.as_mut_ptr() as usize,
        len,
        kind as usize,
        flags as usize,
        0,
    ];
    if flags & libc::IPC_NOWAIT == 0 && guest::is_current() {
        let mut args = args;
        args[4] |= libc::IPC_NOWAIT as usize;
        let tried = guest::retry(|| {
            // SAFETY: as below.
            match unsafe { guest::attempt(libc::SYS_msgrcv, args) } {
                Err(super::Errno::ENOMSG) => Ok(None),
                result => result.map(Some),
            }
        });
        return tried.unwrap_or(Ok(0));
    }
    // SAFETY: the buffer has the type and `len` bytes.
    unsafe { call(libc::SYS_msgrcv, args) }
}

/// Semaphore operations from triples of words: semaphore, change, flags.
pub(crate) fn sem_operations(words: &[i16]) -> Vec<libc::sembuf> {
    let one = |w: &[i16]| libc::sembuf {
        sem_num: w[0] as u16,
        sem_op: w[1],
        sem_flg: w[2],
    };
    words.chunks_exact(3).map(one).collect()
}
