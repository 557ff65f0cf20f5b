//! Sleeping for an interpreter that does not own the process's signals.
//!
//! Nothing of the operating system's may interrupt it, so it never sleeps in the call itself: it
//! waits in ppoll for the descriptor and its own eventfd, and calls when there is
//! something to do. What cannot be polled (locks, children, System V) is tried again and again with
//! pauses that grow to 5 ms.

use super::{Errno, Result, call, stub};
use crate::sys::signal::pending::{self, Word};
use crate::sys::time;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

const LONGEST_PAUSE: Duration = Duration::from_millis(5);

/// The descriptor that wakes one interpreter.
#[derive(Debug)]
struct Event(i32);

impl Event {
    /// Takes out what wakers have written.
    fn quiet(&self) {
        let mut count = [0u8; 8];
        // SAFETY: eight bytes, as an eventfd gives them; it never sleeps (EFD_NONBLOCK).
        unsafe { libc::syscall(libc::SYS_read, self.0, count.as_mut_ptr(), 8usize) };
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        if self.0 < 0 {
            return;
        }
        let _deaf = super::Deaf::new();
        let _ = super::close(self.0);
    }
}

/// An interpreter's way of sleeping.
pub(crate) struct Guest {
    word: Word,
    event: Arc<Event>,
}

/// Wakes a guest from any thread.
#[derive(Clone, Debug)]
pub(crate) struct GuestWaker {
    word: Word,
    event: Arc<Event>,
}

impl GuestWaker {
    /// Marks bits as pending and ends the sleep.
    pub(crate) fn wake(&self, bits: u32) {
        self.word.set(bits);
        let one = 1u64.to_ne_bytes();
        // SAFETY: eight bytes, as an eventfd wants them; it never sleeps (EFD_NONBLOCK).
        unsafe { libc::syscall(libc::SYS_write, self.event.0, one.as_ptr(), one.len()) };
    }
}

thread_local! {
    static CURRENT: Cell<*const Guest> = const { Cell::new(std::ptr::null()) };
}

impl Guest {
    /// A guest with a descriptor of its own; where there is none left it looks at its word every
    /// few milliseconds instead.
    pub(crate) fn new(word: Word) -> Guest {
        // SAFETY: takes no pointers.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        Guest {
            word,
            event: Arc::new(Event(fd)),
        }
    }

    /// What another thread needs to wake it.
    pub(crate) fn waker(&self) -> GuestWaker {
        GuestWaker {
            word: self.word.clone(),
            event: Arc::clone(&self.event),
        }
    }

    /// Runs something whose sleeping calls are this guest's.
    pub(crate) fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _word = self.word.enter();
        // SAFETY: borrowed for longer than the guard lives.
        let _guest = unsafe { enter(Some(self)) };
        run()
    }

    /// Waits until one of the descriptors is ready, the time is over (false), or it is woken.
    fn wait(&self, fds: &mut Vec<libc::pollfd>, limit: Option<Duration>) -> Result<bool> {
        let end = limit.map(|limit| time::monotonic().saturating_add(limit));
        loop {
            if self.word.get() & super::MASK.get() != 0 {
                return Err(Errno::EINTR);
            }
            let left = end.map(|end| end.saturating_sub(time::monotonic()));
            let sleep = match left {
                None if self.event.0 < 0 => Some(LONGEST_PAUSE),
                Some(left) if self.event.0 < 0 => Some(left.min(LONGEST_PAUSE)),
                left => left,
            };
            let (ready, woken) = self.poll(fds, sleep)?;
            if woken {
                // It may be left over from a call that was not asleep: the word says.
                self.event.quiet();
            } else if ready > 0 || left.is_some_and(|left| sleep == Some(left)) {
                return Ok(ready > 0);
            }
        }
    }

    /// One look: how many descriptors are ready, and whether the event is.
    fn poll(&self, fds: &mut Vec<libc::pollfd>, sleep: Option<Duration>) -> Result<(usize, bool)> {
        fds.push(libc::pollfd {
            fd: self.event.0,
            events: libc::POLLIN,
            revents: 0,
        });
        let time = sleep.map(super::waiting::timespec);
        let time_at = time.as_ref().map_or(0, |time| &raw const *time as usize);
        let args = [fds.as_mut_ptr() as usize, fds.len(), time_at, 0, 0, 0];
        // SAFETY: the descriptors and the time are alive during the call.
        let ready = unsafe { call(libc::SYS_ppoll, args) };
        let woken = fds.pop().is_some_and(|event| event.revents != 0);
        Ok((ready?, woken))
    }
}

/// While it lives the thread sleeps as a guest does, or (`None`) as an owner.
pub(crate) struct Entered(*const Guest);

/// Sleeping calls are this guest's from now on.
///
/// # Safety
/// The guest outlives the guard.
pub(crate) unsafe fn enter(guest: Option<&Guest>) -> Entered {
    Entered(replace(guest.map_or(std::ptr::null(), |guest| guest)))
}

impl Drop for Entered {
    fn drop(&mut self) {
        replace(self.0);
    }
}

/// Makes a guest the current one (null for none); gives the former, which is put back later.
pub(super) fn replace(guest: *const Guest) -> *const Guest {
    CURRENT.with(|current| current.replace(guest))
}

/// The guest of the running interpreter, if it is one.
#[inline]
fn current() -> Option<&'static Guest> {
    // SAFETY: `run` keeps the guest borrowed for as long as it is current, and the reference is
    // used only during one call below it.
    unsafe { CURRENT.with(Cell::get).as_ref() }
}

/// Whether the running interpreter is a guest.
#[inline]
pub(super) fn is_current() -> bool {
    !CURRENT.with(Cell::get).is_null()
}

/// For a guest, waits until the descriptor is ready; for others nothing.
#[inline]
pub(super) fn ready(fd: i32, events: i16) -> Result<()> {
    match current() {
        None => Ok(()),
        Some(guest) => guest
            .wait(
                &mut vec![libc::pollfd {
                    fd,
                    events,
                    revents: 0,
                }],
                None,
            )
            .map(drop),
    }
}

/// How much a guest may write at once, so that a pipe that is ready takes it without sleeping.
#[inline]
pub(super) fn portion(bytes: &[u8]) -> &[u8] {
    if is_current() {
        &bytes[..bytes.len().min(4096)]
    } else {
        bytes
    }
}

/// For a guest, tries again with growing pauses while `attempt` says EAGAIN; for others `None`.
pub(super) fn retry<T>(mut attempt: impl FnMut() -> Result<Option<T>>) -> Option<Result<T>> {
    let guest = current()?;
    let mut pause = Duration::from_micros(50);
    loop {
        match attempt() {
            Ok(Some(value)) => return Some(Ok(value)),
            Ok(None) | Err(Errno::EAGAIN) => {}
            Err(error) => return Some(Err(error)),
        }
        if let Err(error) = guest.wait(&mut Vec::new(), Some(pause)) {
            return Some(Err(error));
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// For a guest, waits for descriptors or a time; for others `None`.
pub(super) fn poll(fds: &mut [libc::pollfd], limit: Option<Duration>) -> Option<Result<usize>> {
    let guest = current()?;
    let mut all = fds.to_vec();
    let result = guest.wait(&mut all, limit);
    fds.copy_from_slice(&all);
    let count = fds.iter().filter(|fd| fd.revents != 0).count();
    Some(result.map(|_| count))
}

/// Makes a call past every check: for attempts that do not sleep.
///
/// # Safety
/// As for [`call`].
pub(super) unsafe fn attempt(nr: libc::c_long, args: [usize; 6]) -> Result<usize> {
    let quiet = std::sync::atomic::AtomicU32::new(0);
    // SAFETY: the caller's promise.
    let result = unsafe { stub::call(&quiet, 0, nr, &args) };
    if (-4095..0).contains(&result) {
        Err(Errno(-result as i32))
    } else {
        Ok(result as usize)
    }
}

/// Where the handler writes on architectures without the stub; -1 for nowhere.
static OWNER_EVENT: AtomicI32 = AtomicI32::new(-1);

/// Runs the interpreter that owns the process's signals: handlers set its word and end its sleep.
pub(crate) fn run_as_owner<T>(word: &Word, run: impl FnOnce() -> T) -> T {
    word.own_signals();
    if !stub::HAVE_STUB {
        let guest = Guest::new(word.clone());
        OWNER_EVENT.store(guest.event.0, Ordering::SeqCst);
        let result = guest.run(run);
        OWNER_EVENT.store(-1, Ordering::SeqCst);
        return result;
    }
    let _entered = word.enter();
    run()
}

/// For the signal handler of architectures without the stub. Async-signal-safe.
pub(crate) fn wake_owner() {
    let event = OWNER_EVENT.load(Ordering::SeqCst);
    if event >= 0 {
        let one = 1u64.to_ne_bytes();
        // SAFETY: eight bytes, as an eventfd wants them; it never sleeps (EFD_NONBLOCK).
        unsafe { libc::syscall(libc::SYS_write, event, one.as_ptr(), one.len()) };
    }
}
