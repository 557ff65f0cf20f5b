//! Sets of signals and the mask of the calling thread.

use super::{Errno, Result};
use crate::sys::grant;

/// A set of signals: bit `signo - 1`, as the kernel has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SigSet(u64);

/// Signals 32 and 33 belong to the C library's threads; a "full" set leaves them out.
const RESERVED: u64 = 3 << 31;

impl SigSet {
    /// No signal.
    pub(crate) const fn empty() -> SigSet {
        SigSet(0)
    }

    /// Every signal a program may use (sigfillset).
    pub(crate) const fn full() -> SigSet {
        SigSet(!RESERVED)
    }

    /// From the kernel's bits.
    pub(crate) const fn from_bits(bits: u64) -> SigSet {
        SigSet(bits)
    }

    /// The kernel's bits.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    fn bit(signo: i32) -> Result<u64> {
        if (1..=64).contains(&signo) {
            Ok(1 << (signo - 1))
        } else {
            Err(Errno::EINVAL)
        }
    }

    /// sigaddset
    pub(crate) fn add(&mut self, signo: i32) -> Result<()> {
        self.0 |= Self::bit(signo)?;
        Ok(())
    }

    /// sigdelset
    pub(crate) fn remove(&mut self, signo: i32) -> Result<()> {
        self.0 &= !Self::bit(signo)?;
        Ok(())
    }

    /// sigismember
    pub(crate) fn contains(self, signo: i32) -> Result<bool> {
        Ok(self.0 & Self::bit(signo)? != 0)
    }

    /// The C library's form of it.
    pub(crate) fn to_libc(self) -> libc::sigset_t {
        // SAFETY: an all-zero sigset is the empty one, and its first 64 bits are the kernel's.
        let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
        // SAFETY: a sigset_t has at least 8 bytes and the alignment of a long.
        unsafe { *(&raw mut set).cast::<u64>() = self.0 };
        set
    }
}

/// How `sigprocmask` combines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// SIG_BLOCK
    Block,
    /// SIG_UNBLOCK
    Unblock,
    /// SIG_SETMASK
    Set,
}

/// Changes the calling thread's mask and gives the former one; without a set it only asks.
pub(crate) fn sigprocmask(how: How, set: Option<SigSet>) -> Result<SigSet> {
    if set.is_some() {
        grant::check(grant::SIGNALS)?;
    }
    change_mask(how, set)
}

/// The same for our own purposes.
pub(in crate::sys) fn change_mask(how: How, set: Option<SigSet>) -> Result<SigSet> {
    let how = match how {
        How::Block => libc::SIG_BLOCK,
        How::Unblock => libc::SIG_UNBLOCK,
        How::Set => libc::SIG_SETMASK,
    };
    let mut old = 0u64;
    let new = set.map(SigSet::bits);
    let new_at = new
        .as_ref()
        .map_or(std::ptr::null(), |bits| &raw const *bits);
    // SAFETY: both sets are locals of the eight bytes announced.
    let result =
        unsafe { libc::syscall(libc::SYS_rt_sigprocmask, how, new_at, &raw mut old, 8usize) };
    if result == 0 {
        Ok(SigSet(old))
    } else {
        Err(Errno::last())
    }
}

/// sigpending(2): blocked signals that have come.
pub(crate) fn sigpending() -> Result<SigSet> {
    let mut set = 0u64;
    // SAFETY: the set is a local of the eight bytes announced.
    let result = unsafe { libc::syscall(libc::SYS_rt_sigpending, &raw mut set, 8usize) };
    if result == 0 {
        Ok(SigSet(set))
    } else {
        Err(Errno::last())
    }
}

/// While it lives one signal is held back; it comes when this is dropped.
pub(crate) struct HeldBack {
    signo: i32,
    former: SigSet,
}

impl HeldBack {
    /// Blocks the signal for the calling thread.
    pub(crate) fn new(signo: i32) -> HeldBack {
        let mut set = SigSet::empty();
        let _ = set.add(signo);
        let former = change_mask(How::Block, Some(set)).unwrap_or_default();
        HeldBack { signo, former }
    }

    /// The mask from before.
    pub(crate) fn former(&self) -> SigSet {
        self.former
    }
}

impl Drop for HeldBack {
    fn drop(&mut self) {
        let mut set = SigSet::empty();
        // What else a handler changed meanwhile stays.
        if self.former.contains(self.signo) == Ok(false) && set.add(self.signo).is_ok() {
            let _ = change_mask(How::Unblock, Some(set));
        }
    }
}

/// While it lives every signal is blocked; the mask from before comes back on drop.
pub(crate) struct AllBlocked {
    former: SigSet,
}

impl AllBlocked {
    /// Blocks everything the kernel lets one block.
    pub(crate) fn new() -> AllBlocked {
        let former = change_mask(How::Set, Some(SigSet(!0))).unwrap_or_default();
        AllBlocked { former }
    }

    /// The mask that comes back.
    pub(crate) fn former(&self) -> SigSet {
        self.former
    }
}

impl Drop for AllBlocked {
    fn drop(&mut self) {
        let _ = change_mask(How::Set, Some(self.former));
    }
}
