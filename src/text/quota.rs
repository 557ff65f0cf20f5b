//! How much memory the running interpreter may still take, and how long a string may be.
//!
//! Nothing is counted until an interpreter of this process is given a memory limit: then taking and
//! giving back are an addition each for all of them. Without a limit what is left is half of all
//! numbers and never runs out. What is over the limit is still handed out if it is small, so that
//! nothing has to fail in the middle: the interpreter's pending word is told, and it stops at its
//! next safe point. Large requests are refused before they are made.

use super::OutOfMemory;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Requests from here on are refused at once.
const LARGE: usize = 1 << 14;
const UNLIMITED: isize = isize::MAX / 2;
/// Rounds of a loop after which is asked whether the run goes on.
const ROUNDS: usize = 1 << 14;

/// What ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceeded {
    /// Memory in all.
    Memory,
    /// The length of one string.
    StringSize,
    /// Subs inside one another.
    Recursion,
}

/// Some interpreter of this process has a memory limit.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// Memory is counted from now on: before an interpreter with a memory limit is made.
pub fn activate() {
    ACTIVE.store(true, Ordering::Relaxed);
}

/// Is it counted?
#[inline(always)]
pub fn is_active() -> bool {
    ACTIVE.load(Ordering::Relaxed)
}

thread_local! {
    static LEFT: Cell<isize> = const { Cell::new(UNLIMITED) };
    static LONGEST: Cell<usize> = const { Cell::new(usize::MAX) };
    static EXCEEDED: Cell<Option<Exceeded>> = const { Cell::new(None) };
    static LIFTED: Cell<bool> = const { Cell::new(false) };
    static WORD: RefCell<Option<(Arc<AtomicU32>, Bits)>> = const { RefCell::new(None) };
}

/// Bits of an interpreter's pending word.
#[derive(Clone, Copy)]
pub struct Bits {
    /// Set when something runs out.
    pub limit: u32,
    /// Any of them: the run is to end.
    pub stop: u32,
}

/// One interpreter's account.
pub struct Quota {
    left: Cell<isize>,
    longest: Cell<usize>,
    exceeded: Cell<Option<Exceeded>>,
    word: Arc<AtomicU32>,
    bits: Bits,
}

impl Quota {
    /// Without limits.
    pub fn new(word: Arc<AtomicU32>, bits: Bits) -> Quota {
        Quota {
            left: Cell::new(UNLIMITED),
            longest: Cell::new(usize::MAX),
            exceeded: Cell::new(None),
            word,
            bits,
        }
    }

    /// What may be taken from now on, and the longest string. Not while it is entered.
    pub fn set_limits(&self, memory: Option<usize>, string: Option<usize>) {
        let bytes = memory.map_or(UNLIMITED, |n| isize::try_from(n).unwrap_or(UNLIMITED));
        self.left.set(bytes.min(UNLIMITED));
        self.longest.set(string.unwrap_or(usize::MAX));
    }

    /// The bytes that may still be taken. Not while it is entered.
    pub fn left(&self) -> usize {
        usize::try_from(self.left.get()).unwrap_or(0)
    }

    /// Makes it the account of this thread until the guard goes.
    pub fn enter(self: &std::rc::Rc<Quota>) -> Entered {
        let former = (LEFT.get(), LONGEST.get(), EXCEEDED.get());
        LEFT.set(self.left.get());
        LONGEST.set(self.longest.get());
        EXCEEDED.set(self.exceeded.get());
        let word = WORD.replace(Some((self.word.clone(), self.bits)));
        Entered {
            quota: self.clone(),
            former,
            word,
        }
    }
}

/// While it lives the thread takes from an interpreter's account.
pub struct Entered {
    quota: std::rc::Rc<Quota>,
    former: (isize, usize, Option<Exceeded>),
    word: Option<(Arc<AtomicU32>, Bits)>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.quota.left.set(LEFT.get());
        self.quota.exceeded.set(EXCEEDED.get());
        LEFT.set(self.former.0);
        LONGEST.set(self.former.1);
        EXCEEDED.set(self.former.2);
        WORD.replace(self.word.take());
    }
}

/// What ran out in the run that is on.
pub fn exceeded() -> Option<Exceeded> {
    EXCEEDED.get()
}

/// Forgets what ran out.
pub fn forget_exceeded() {
    EXCEEDED.set(None);
}

/// Takes memory.
#[inline(always)]
pub fn take(bytes: usize) {
    if ACTIVE.load(Ordering::Relaxed) {
        take_counted(bytes);
    }
}

#[cold]
#[inline(never)]
fn take_counted(bytes: usize) {
    let left = LEFT.get().wrapping_sub(bytes as isize);
    LEFT.set(left);
    if left < 0 {
        over(Exceeded::Memory);
    }
}

/// Gives memory back.
#[inline(always)]
pub fn give(bytes: usize) {
    if ACTIVE.load(Ordering::Relaxed) {
        give_counted(bytes);
    }
}

#[cold]
#[inline(never)]
fn give_counted(bytes: usize) {
    LEFT.set(LEFT.get().wrapping_add(bytes as isize));
}

/// Whether a request that a script decides may be made; for what grows.
#[inline]
pub fn fits(bytes: usize) -> Result<(), OutOfMemory> {
    if bytes < LARGE {
        return Ok(());
    }
    let left = LEFT.get();
    // Without a limit it is the system's to refuse.
    if bytes as isize > left && left < UNLIMITED / 2 {
        over(Exceeded::Memory);
        return Err(OutOfMemory);
    }
    Ok(())
}

/// Whether a string may have this length.
#[inline]
pub fn string_fits(bytes: usize) -> Result<(), OutOfMemory> {
    if bytes > LONGEST.get() {
        over(Exceeded::StringSize);
        return Err(OutOfMemory);
    }
    fits(bytes)
}

/// Subs are nested deeper than allowed: the run is to end, whoever catches the error on its way.
pub fn too_deep() {
    over(Exceeded::Recursion);
}

/// Asked now and then by what may take long and has no machine at hand: where the run is to end
/// there is no memory for it any more.
pub fn go_on() -> Result<(), OutOfMemory> {
    if LIFTED.get() {
        return Ok(());
    }
    let stopped = WORD.with_borrow(|word| {
        word.as_ref()
            .is_some_and(|(word, bits)| word.load(Ordering::Relaxed) & bits.stop != 0)
    });
    if stopped { Err(OutOfMemory) } else { Ok(()) }
}

/// The same at every so-manieth round of a loop.
#[inline(always)]
pub fn round(n: usize) -> Result<(), OutOfMemory> {
    match n & (ROUNDS - 1) {
        0 => go_on(),
        _ => Ok(()),
    }
}

/// Does something that cannot fail in the middle: nothing is refused meanwhile. What is over a
/// limit stops the interpreter at its next safe point.
#[cold]
#[inline(never)]
pub fn lifted<T>(run: impl FnOnce() -> T) -> T {
    let longest = LONGEST.replace(usize::MAX);
    let lifted = LIFTED.replace(true);
    LEFT.set(LEFT.get().wrapping_add(UNLIMITED));
    let result = run();
    LEFT.set(LEFT.get().wrapping_sub(UNLIMITED));
    LONGEST.set(longest);
    LIFTED.set(lifted);
    if LEFT.get() < 0 {
        over(Exceeded::Memory);
    }
    result
}

#[cold]
#[inline(never)]
fn over(what: Exceeded) {
    if EXCEEDED.get().is_none() {
        EXCEEDED.set(Some(what));
    }
    WORD.with_borrow(|word| {
        if let Some((word, bits)) = word {
            word.fetch_or(bits.limit, Ordering::Relaxed);
        }
    });
}
