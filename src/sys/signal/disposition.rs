//! What happens when a signal comes: default, ignored, caught by us, or by the embedding program.

use super::handler::{LIMIT, on_signal, want_info};
use super::{Errno, Result, SigSet};
use crate::sys::grant;
use std::sync::atomic::{AtomicU64, Ordering};

/// A signal's disposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    /// SIG_DFL
    Default,
    /// SIG_IGN
    Ignore,
    /// Counted by our handler for a Perl sub.
    Catch(Catch),
    /// A handler of somebody else in this process.
    Foreign,
}

/// How a signal is caught.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Catch {
    /// SA_SIGINFO, SA_NOCLDSTOP, SA_RESTART ... as POSIX::SigAction has them. SA_RESTART is
    /// remembered but not passed on: the safe point decides what is retried.
    pub(crate) flags: i32,
    /// Blocked besides the signal itself while its handler runs.
    pub(crate) mask: SigSet,
    /// A handler of POSIX::sigaction without SAFE, which perl would run at once. Here it is told
    /// back to who asks, no more.
    pub(crate) at_once: bool,
}

/// The signals we catch: bit `signo - 1`. A spawned child has to put these back.
static CAUGHT: AtomicU64 = AtomicU64::new(0);
/// Those of them that are caught for the sake of this process alone, not of the program: see [`catch_here`].
static HERE: AtomicU64 = AtomicU64::new(0);
/// Those of them that asked for SA_RESTART.
static RESTARTED: AtomicU64 = AtomicU64::new(0);

fn checked(signo: i32) -> Result<u64> {
    if signo >= 1 && (signo as usize) < LIMIT {
        Ok(1 << (signo - 1))
    } else {
        Err(Errno::EINVAL)
    }
}

/// Changes a disposition and gives the former one.
pub(crate) fn set_disposition(signo: i32, new: Disposition) -> Result<Disposition> {
    if !matches!(new, Disposition::Foreign) {
        grant::check(grant::SIGNALS)?;
    }
    let bit = checked(signo)?;
    // SAFETY: an all-zero sigaction is valid (SIG_DFL, no flags, empty mask).
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    match new {
        Disposition::Default | Disposition::Foreign => action.sa_sigaction = libc::SIG_DFL,
        Disposition::Ignore => action.sa_sigaction = libc::SIG_IGN,
        Disposition::Catch(catch) => {
            action.sa_sigaction = on_signal as *const () as usize;
            let kept = libc::SA_NOCLDSTOP | libc::SA_NOCLDWAIT;
            action.sa_flags = (catch.flags & kept) | libc::SA_SIGINFO | libc::SA_ONSTACK;
            action.sa_mask = SigSet::from_bits(0).to_libc();
            want_info(signo, catch.flags & libc::SA_SIGINFO != 0);
            // Before the first one can come, so that a child never sees it unmarked.
            CAUGHT.fetch_or(bit, Ordering::SeqCst);
            let restart = catch.flags & libc::SA_RESTART != 0;
            RESTARTED.fetch_and(!bit, Ordering::SeqCst);
            RESTARTED.fetch_or(if restart { bit } else { 0 }, Ordering::SeqCst);
        }
    }
    HERE.fetch_and(!bit, Ordering::SeqCst);
    let old = exchange(signo, Some(&action))?;
    if !matches!(new, Disposition::Catch(_)) {
        CAUGHT.fetch_and(!bit, Ordering::SeqCst);
    }
    Ok(old)
}

/// Catches a signal the program leaves to the system, in this process only: a forked child has the default again before
/// any signal can reach it.
pub(crate) fn catch_here(signo: i32) -> Result<Disposition> {
    let old = set_disposition(signo, Disposition::Catch(Catch::default()))?;
    HERE.fetch_or(checked(signo)?, Ordering::SeqCst);
    Ok(old)
}

/// In a new child, with all signals blocked.
pub(crate) fn after_fork() {
    let mut set = HERE.swap(0, Ordering::SeqCst);
    while set != 0 {
        let _ = set_disposition(set.trailing_zeros() as i32 + 1, Disposition::Default);
        set &= set - 1;
    }
}

/// The present disposition.
pub(crate) fn disposition(signo: i32) -> Result<Disposition> {
    checked(signo)?;
    exchange(signo, None)
}

fn exchange(signo: i32, new: Option<&libc::sigaction>) -> Result<Disposition> {
    // SAFETY: an all-zero sigaction is valid.
    let mut old: libc::sigaction = unsafe { std::mem::zeroed() };
    let new = new.map_or(std::ptr::null(), |new| &raw const *new);
    // SAFETY: both point to whole structures or are null.
    Errno::check(unsafe { libc::sigaction(signo, new, &raw mut old) })?;
    if !new.is_null() {
        super::lent::changed(signo, &old);
    }
    Ok(match old.sa_sigaction {
        libc::SIG_DFL => Disposition::Default,
        libc::SIG_IGN => Disposition::Ignore,
        handler if handler == on_signal as *const () as usize => {
            let restarted = RESTARTED.load(Ordering::SeqCst) & (1 << (signo - 1)) != 0;
            let restart = if restarted { libc::SA_RESTART } else { 0 };
            let flags = old.sa_flags & !libc::SA_ONSTACK & !0x0400_0000 | restart;
            Disposition::Catch(Catch {
                flags,
                mask: SigSet::default(),
                at_once: false,
            })
        }
        _ => Disposition::Foreign,
    })
}

/// A signal is the host's again.
pub(super) fn forget_caught(signo: i32) {
    if let Ok(bit) = checked(signo) {
        CAUGHT.fetch_and(!bit, Ordering::SeqCst);
        HERE.fetch_and(!bit, Ordering::SeqCst);
    }
}

/// The signals caught by us, bit `signo - 1` each.
pub(crate) fn caught_set() -> u64 {
    CAUGHT.load(Ordering::SeqCst)
}

/// SIGCHLD ignored by the parent would make `wait` useless: forced to default. Gives whether that
/// was so, for perl's warning.
pub(crate) fn unignore_child_signal() -> bool {
    if disposition(libc::SIGCHLD) != Ok(Disposition::Ignore) {
        return false;
    }
    set_disposition(libc::SIGCHLD, Disposition::Default).is_ok()
}
