//! The one handler: it counts the signal, keeps its siginfo, sets the owner's word and sees that
//! the owner does not sleep on. Perl code never runs here (perlipc: Deferred Signals).

use super::pending;
use crate::sys::blocking::stub;
use libc::{c_int, c_void, siginfo_t};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

/// One more than the highest signal number.
pub(crate) const LIMIT: usize = 65;
const KEPT: usize = 8;

/// How often each signal has come since it was last taken, up to [`u32::MAX`].
static COUNTS: [AtomicU32; LIMIT] = [const { AtomicU32::new(0) }; LIMIT];
/// The signals whose count is not zero: bit `signo - 1`.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// Signals that arrived on a wrong thread and were sent on to the owner's: not counted again.
static FORWARDED: [AtomicU32; LIMIT] = [const { AtomicU32::new(0) }; LIMIT];
/// The signals whose siginfo is wanted (SA_SIGINFO): bit `signo - 1`.
static WANT_INFO: AtomicU64 = AtomicU64::new(0);
static INFOS: [Ring; LIMIT] = [const { Ring::new() }; LIMIT];

/// What POSIX::sigaction's SA_SIGINFO handler gets to know, as perl fills its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SigInfo {
    /// The signal.
    pub(crate) signo: i32,
    /// Why it was sent (SI_USER, CLD_EXITED ...).
    pub(crate) code: i32,
    /// An errno value.
    pub(crate) errno: i32,
    /// The sender, or the child.
    pub(crate) pid: i32,
    /// The sender's user.
    pub(crate) uid: u32,
    /// Address of a fault.
    pub(crate) addr: usize,
    /// Exit value or signal of a child.
    pub(crate) status: i32,
    /// Band event of SIGIO.
    pub(crate) band: i64,
    /// Value sent along by sigqueue.
    pub(crate) value: i64,
}

const WORDS: usize = 5;

/// The last few siginfos of one signal, written by the handler and read outside it.
struct Ring {
    written: AtomicU32,
    slots: [[AtomicI64; WORDS]; KEPT],
}

impl Ring {
    const fn new() -> Ring {
        Ring {
            written: AtomicU32::new(0),
            slots: [const { [const { AtomicI64::new(0) }; WORDS] }; KEPT],
        }
    }

    fn store(&self, info: &SigInfo) {
        let at = self.written.load(Ordering::Relaxed);
        let slot = &self.slots[at as usize % KEPT];
        let words = [
            (i64::from(info.code) << 32) | i64::from(info.errno as u32),
            (i64::from(info.pid) << 32) | i64::from(info.uid),
            info.addr as i64,
            (info.band << 32) | i64::from(info.status as u32),
            info.value,
        ];
        for (place, word) in slot.iter().zip(words) {
            place.store(word, Ordering::Relaxed);
        }
        self.written.store(at.wrapping_add(1), Ordering::Release);
    }

    fn load(&self, signo: i32, at: u32) -> SigInfo {
        let slot = &self.slots[at as usize % KEPT];
        let word = |n: usize| slot[n].load(Ordering::Relaxed);
        SigInfo {
            signo,
            code: (word(0) >> 32) as i32,
            errno: word(0) as i32,
            pid: (word(1) >> 32) as i32,
            uid: word(1) as u32,
            addr: word(2) as usize,
            status: word(3) as i32,
            band: word(3) >> 32,
            value: word(4),
        }
    }
}

/// The handler itself, installed with SA_SIGINFO | SA_ONSTACK and without SA_RESTART.
pub(super) extern "C" fn on_signal(signo: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let errno = crate::sys::Errno::last();
    let index = signo as usize;
    if index >= LIMIT {
        return;
    }
    // SAFETY: with SA_SIGINFO the kernel passes a siginfo; its code field is always present.
    let code = unsafe { (*info).si_code };
    if code > 0
        && matches!(
            signo,
            libc::SIGSEGV | libc::SIGBUS | libc::SIGILL | libc::SIGFPE
        )
    {
        // A fault of the machine, not a signal somebody sent: returning would fault for ever.
        // SAFETY: signal is async-signal-safe.
        unsafe { libc::signal(signo, libc::SIG_DFL) };
        return;
    }
    let at_home = pending::at_home();
    let again = at_home && code == libc::SI_TKILL && took_forwarded(index);
    if !again {
        record(index, info, code);
    }
    if let Some(word) = pending::owner() {
        word.fetch_or(pending::SIGNAL, Ordering::SeqCst);
    }
    if !stub::HAVE_STUB {
        crate::sys::blocking::guest::wake_owner();
    } else if at_home {
        // SAFETY: the context is the one passed to this handler.
        unsafe { stub::leave(context) };
    } else {
        forward(signo, pending::owner_thread());
    }
    errno.set_last();
}

fn record(index: usize, info: *const siginfo_t, code: i32) {
    let bit = 1u64 << (index - 1);
    if WANT_INFO.load(Ordering::Relaxed) & bit != 0 {
        // SAFETY: as in `on_signal`; the accessors read what the kernel filled or zeros.
        INFOS[index].store(&unsafe { decode(index as i32, &*info, code) });
    }
    let count = &COUNTS[index];
    let _ = count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_add(1));
    PENDING.fetch_or(bit, Ordering::SeqCst);
}

/// Reads the fields that have a meaning for this signal and code.
///
/// # Safety
/// `info` was filled by the kernel.
pub(crate) unsafe fn decode(signo: i32, info: &siginfo_t, code: i32) -> SigInfo {
    let mut out = SigInfo {
        signo,
        code,
        errno: info.si_errno,
        ..SigInfo::default()
    };
    // SAFETY: all are reads inside the siginfo, which is plain old data.
    unsafe {
        match signo {
            libc::SIGSEGV | libc::SIGBUS | libc::SIGILL | libc::SIGFPE | libc::SIGTRAP
                if code > 0 =>
            {
                out.addr = info.si_addr() as usize;
            }
            _ => {
                out.pid = info.si_pid();
                out.uid = info.si_uid();
                if signo == libc::SIGCHLD && code > 0 {
                    out.status = info.si_status();
                } else {
                    out.value = info.si_value().sival_ptr as i64;
                }
            }
        }
        if signo == libc::SIGIO && code > 0 {
            // si_band is the first word after the common part.
            out.band = info.si_addr() as i64;
        }
    }
    out
}

fn took_forwarded(index: usize) -> bool {
    FORWARDED[index]
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
        .is_ok()
}

/// The signal came to a thread that runs no Perl; the owner's thread may be asleep.
fn forward(signo: c_int, thread: i32) {
    // An embedder's: the script may have set this signal's disposition back before it is there.
    if super::waker::wake(thread) {
        return;
    }
    FORWARDED[signo as usize].fetch_add(1, Ordering::SeqCst);
    // SAFETY: tgkill and getpid are async-signal-safe and take no pointers.
    let result = unsafe {
        libc::syscall(
            libc::SYS_tgkill,
            libc::c_long::from(libc::getpid()),
            thread,
            signo,
        )
    };
    if result != 0 {
        took_forwarded(signo as usize);
    }
}

/// The signals with a count, bit `signo - 1` each.
pub(crate) fn pending_set() -> u64 {
    PENDING.load(Ordering::SeqCst)
}

/// How often a signal is pending, without taking it.
pub(crate) fn count(signo: i32) -> u32 {
    COUNTS
        .get(signo as usize)
        .map_or(0, |count| count.load(Ordering::SeqCst))
}

/// Takes a signal's count: how often it came since the last time.
pub(crate) fn take_pending(signo: i32) -> u32 {
    let Some(count) = COUNTS.get(signo as usize) else {
        return 0;
    };
    if signo < 1 {
        return 0;
    }
    // The bit first: a signal between the two leaves a bit with no count, never the reverse.
    PENDING.fetch_and(!(1u64 << (signo - 1)), Ordering::SeqCst);
    count.swap(0, Ordering::SeqCst)
}

/// The siginfos kept for the last `count` arrivals of a signal, oldest first.
pub(crate) fn take_infos(signo: i32, count: u32) -> Vec<SigInfo> {
    let Some(ring) = INFOS.get(signo as usize) else {
        return Vec::new();
    };
    let written = ring.written.load(Ordering::Acquire);
    let kept = count.min(KEPT as u32).min(written);
    (written - kept..written)
        .map(|at| ring.load(signo, at))
        .collect()
}

/// Whether the handler keeps the siginfo of a signal.
pub(super) fn want_info(signo: i32, wanted: bool) {
    let bit = 1u64 << (signo - 1);
    if wanted {
        WANT_INFO.fetch_or(bit, Ordering::SeqCst);
    } else {
        WANT_INFO.fetch_and(!bit, Ordering::SeqCst);
    }
}

/// Forgets every count: a new process starts with none.
pub(crate) fn clear_all() {
    PENDING.store(0, Ordering::SeqCst);
    for (count, forwarded) in COUNTS.iter().zip(&FORWARDED) {
        count.store(0, Ordering::SeqCst);
        forwarded.store(0, Ordering::SeqCst);
    }
}
