//! The system call that cannot sleep through a signal.
//!
//! A signal that arrives after the interpreter's last look at its pending word and before the
//! kernel has gone to sleep would be handled only when the sleep ends by itself. So every call
//! that can sleep is made by a few instructions of assembly that test the word and then enter the
//! kernel. The signal handler sets the word first and then looks where it interrupted the thread
//! ([`leave`]): if that is between the test and the entry, it moves the program counter to the
//! exit that gives EINTR. A signal before the test is seen by the test, one after the entry makes
//! the kernel return EINTR, so none is left.
//!
//! From the label `begin` on, the stack does not change and the address of the word and the mask
//! are in two fixed registers, which the kernel leaves alone: that is what lets `leave` judge and
//! jump, also where the kernel has begun the call and set the counter back to have it made again
//! (after a stop, or when another thread has taken the signal).
//!
//! Architectures without the stub sleep only in ppoll, as `guest` does it: there the handler
//! writes to the eventfd that is among the descriptors ([`super::run_as_owner`]).

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Whether this architecture has the stub.
pub(crate) const HAVE_STUB: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

#[cfg(target_arch = "x86_64")]
std::arch::global_asm!(
    ".pushsection .text.keshi_blocking,\"ax\",@progbits",
    ".balign 32",
    ".globl keshi_blocking_call",
    ".globl keshi_blocking_begin",
    ".globl keshi_blocking_entry",
    ".globl keshi_blocking_exit",
    ".hidden keshi_blocking_call",
    ".hidden keshi_blocking_begin",
    ".hidden keshi_blocking_entry",
    ".hidden keshi_blocking_exit",
    ".type keshi_blocking_call,@function",
    "keshi_blocking_call:",
    ".cfi_startproc",
    // rdi: the word, esi: the wake mask, rdx: six arguments, rcx: the call's number
    "push rbx",
    ".cfi_adjust_cfa_offset 8",
    ".cfi_rel_offset rbx, 0",
    "push r12",
    ".cfi_adjust_cfa_offset 8",
    ".cfi_rel_offset r12, 0",
    "mov rax, rcx",
    "mov rbx, rdi",
    "mov r12d, esi",
    "mov rdi, [rdx]",
    "mov rsi, [rdx + 8]",
    "mov r10, [rdx + 24]",
    "mov r8, [rdx + 32]",
    "mov r9, [rdx + 40]",
    "mov rdx, [rdx + 16]",
    "keshi_blocking_begin:",
    "test dword ptr [rbx], r12d",
    "jnz keshi_blocking_exit",
    "keshi_blocking_entry:",
    // overwrites rcx and r11
    "syscall",
    "jmp 2f",
    "keshi_blocking_exit:",
    "mov rax, -4",
    "2:",
    "pop r12",
    ".cfi_adjust_cfa_offset -8",
    ".cfi_restore r12",
    "pop rbx",
    ".cfi_adjust_cfa_offset -8",
    ".cfi_restore rbx",
    "ret",
    ".cfi_endproc",
    ".size keshi_blocking_call, . - keshi_blocking_call",
    ".popsection",
);

#[cfg(target_arch = "aarch64")]
std::arch::global_asm!(
    ".pushsection .text.keshi_blocking,\"ax\",@progbits",
    ".balign 32",
    ".globl keshi_blocking_call",
    ".globl keshi_blocking_begin",
    ".globl keshi_blocking_entry",
    ".globl keshi_blocking_exit",
    ".hidden keshi_blocking_call",
    ".hidden keshi_blocking_begin",
    ".hidden keshi_blocking_entry",
    ".hidden keshi_blocking_exit",
    ".type keshi_blocking_call,@function",
    "keshi_blocking_call:",
    ".cfi_startproc",
    // x0: the word, w1: the wake mask, x2: six arguments, x3: the call's number
    "mov x8, x3",
    "mov x9, x0",
    "mov w10, w1",
    "mov x11, x2",
    "ldp x0, x1, [x11]",
    "ldp x2, x3, [x11, #16]",
    "ldp x4, x5, [x11, #32]",
    "keshi_blocking_begin:",
    "ldr w12, [x9]",
    "tst w12, w10",
    "b.ne keshi_blocking_exit",
    "keshi_blocking_entry:",
    "svc #0",
    "ret",
    "keshi_blocking_exit:",
    "mov x0, #-4",
    "ret",
    ".cfi_endproc",
    ".size keshi_blocking_call, . - keshi_blocking_call",
    ".popsection",
);

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
unsafe extern "C" {
    fn keshi_blocking_call(
        word: *const u32,
        mask: u32,
        args: *const [usize; 6],
        nr: libc::c_long,
    ) -> isize;
    static keshi_blocking_begin: u8;
    static keshi_blocking_entry: u8;
    static keshi_blocking_exit: u8;
}

static ENABLED: AtomicBool = AtomicBool::new(true);

/// Switches the protection off (the control runs of the stress tests) or on again.
pub(crate) fn set_enabled(on: bool) {
    ENABLED.store(on, Ordering::SeqCst);
}

/// Whether a call goes through the stub.
pub(crate) fn enabled() -> bool {
    ENABLED.load(Ordering::Relaxed)
}

/// Makes the call unless the word has a bit of the mask; gives the kernel's result, which is the
/// negative error number for a failure.
///
/// # Safety
/// The arguments must be what the kernel expects of call `nr`, with pointers valid during it.
#[inline]
pub(crate) unsafe fn call(
    word: &AtomicU32,
    mask: u32,
    nr: libc::c_long,
    args: &[usize; 6],
) -> isize {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    if enabled() {
        // SAFETY: the stub reads the word and the arguments, both alive here; the rest is the
        // caller's promise.
        return unsafe { keshi_blocking_call(word.as_ptr(), mask, args, nr) };
    }
    // Unprotected, the best a program can do: look, then call. A signal may come in between.
    if word.load(Ordering::SeqCst) & mask != 0 {
        return -(libc::EINTR as isize);
    }
    let [a, b, c, d, e, f] = *args;
    // SAFETY: as promised by the caller.
    let result = unsafe { libc::syscall(nr, a, b, c, d, e, f) } as isize;
    if result == -1 {
        -(super::Errno::last().0 as isize)
    } else {
        result
    }
}

/// For the signal handler: if the interrupted thread stood between the stub's test and the
/// kernel, and the word it tested now has a bit it waits for, sends it to the EINTR exit.
///
/// # Safety
/// `context` is the third argument of the handler that is running.
pub(crate) unsafe fn leave(context: *mut libc::c_void) {
    // SAFETY: the kernel's frame stays in place while the handler runs; the registers named hold
    // the word and the mask whenever the counter is in the range (see the stub).
    #[cfg(target_arch = "x86_64")]
    unsafe {
        let registers = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs;
        let counter = registers[libc::REG_RIP as usize] as usize;
        if inside(counter) {
            let word = registers[libc::REG_RBX as usize] as *const AtomicU32;
            let mask = registers[libc::REG_R12 as usize] as u32;
            if (*word).load(Ordering::SeqCst) & mask != 0 {
                registers[libc::REG_RIP as usize] = (&raw const keshi_blocking_exit) as i64;
            }
        }
    }
    // SAFETY: as above.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        let machine = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext;
        if inside(machine.pc as usize) {
            let word = machine.regs[9] as *const AtomicU32;
            let mask = machine.regs[10] as u32;
            if (*word).load(Ordering::SeqCst) & mask != 0 {
                machine.pc = (&raw const keshi_blocking_exit) as u64;
            }
        }
    }
    let _ = context;
}

/// Between the test and the instruction that enters the kernel, that one included: a counter
/// that points at it means it has not been executed (or is about to be restarted).
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn inside(counter: usize) -> bool {
    let begin = (&raw const keshi_blocking_begin) as usize;
    let entry = (&raw const keshi_blocking_entry) as usize;
    (begin..=entry).contains(&counter)
}
