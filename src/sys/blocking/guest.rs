//! Sleeping for an interpreter that does not own the process's signals.
//!
//! Nothing of the operating system's may interrupt it, so it never sleeps in the call itself: it
//! waits in ppoll for the descriptor, its own eventfd and its deadline, and calls when there is
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

impl Drop for Event {
    fn drop(&mut self) {
        let _ = super::close(self.0);
    }
}

/// An interpreter's way of sleeping.
pub(crate) struct Guest {
    word: Word,
    event: Arc<Event>,
    deadline: Cell<Option<Duration>>,
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
    /// A guest with a descriptor of its own.
    pub(crate) fn new(word: Word) -> Result<Guest> {
        // SAFETY: takes no pointers.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        let event = Arc::new(Event(Errno::check(fd)?));
        Ok(Guest {
            word,
            event,
            deadline: Cell::new(None),
        })
    }

    /// What another thread needs to wake it.
    pub(crate) fn waker(&self) -> GuestWaker {
        GuestWaker {
            word: self.word.clone(),
            event: Arc::clone(&self.event),
        }
    }

    /// When LIMIT becomes pending, on the monotonic clock.
    pub(crate) fn set_deadline(&self, deadline: Option<Duration>) {
        self.deadline.set(deadline);
    }

    /// Runs something whose sleeping calls are this guest's.
    pub(crate) fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _entered = self.word.enter();
        struct Restore(*const Guest);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.with(|current| current.set(self.0));
            }
        }
        let _restore = Restore(CURRENT.with(|current| current.replace(self)));
        run()
    }

    /// Waits until one of the descriptors is ready, the time is over (false), or it is woken.
    fn wait(&self, fds: &mut Vec<libc::pollfd>, limit: Option<Duration>) -> Result<bool> {
        if self.word.get() & pending::WAKE != 0 {
            return Err(Errno::EINTR);
        }
        let now = time::monotonic();
        let to_deadline = self.deadline.get().map(|at| at.saturating_sub(now));
        let sleep = match (limit, to_deadline) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
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
        let ready = ready?;
        if woken {
            let mut count = [0u8; 8];
            // SAFETY: eight bytes, as an eventfd gives them.
            unsafe { libc::syscall(libc::SYS_read, self.event.0, count.as_mut_ptr(), 8usize) };
            return Err(Errno::EINTR);
        }
        if ready == 0 && to_deadline.is_some_and(|left| sleep == Some(left)) {
            self.word.set(pending::LIMIT);
            return Err(Errno::EINTR);
        }
        Ok(ready > 0)
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
    if !stub::HAVE_STUB
        && let Ok(guest) = Guest::new(word.clone())
    {
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
