//! Races timers against sleeping calls: the protected ones must lose no wake-up, and the control
//! run without protection must lose some, or the race is not being run.

use super::super::fd;
use super::super::signal::pending::{self, Word};
use super::super::signal::{
    Catch, Disposition, Interval, Timer, set_disposition, setitimer, take_pending,
};
use super::{Errno, stub};
use std::time::Duration;

/// Losses that settle the question.
const ENOUGH: u32 = 3;

/// Rounds in which a signal was slept through: it had been counted, and the call went on until
/// the second, much later signal of the same timer.
fn lost(rounds: u32, word: &Word, mut sleep: impl FnMut() -> Errno) -> u32 {
    let mut lost = 0;
    let mut seed = 0x9e37_79b9u32;
    for _ in 0..rounds {
        word.clear(pending::SIGNAL);
        take_pending(libc::SIGALRM);
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let first = Duration::from_micros(u64::from(1 + (seed >> 16) % 60));
        let rescue = Duration::from_millis(500);
        setitimer(
            Timer::Real,
            Interval {
                value: first,
                interval: rescue,
            },
        )
        .unwrap();
        // Some work of varying length, so that the signal comes at every point near the call.
        for n in 0..(seed >> 8) % 600 {
            std::hint::black_box(n);
        }
        while word.get() & pending::SIGNAL == 0 {
            // As an interpreter does it: a last look, then the call.
            assert_eq!(sleep(), Errno::EINTR);
        }
        setitimer(Timer::Real, Interval::default()).unwrap();
        if take_pending(libc::SIGALRM) > 1 {
            lost += 1;
        }
        if lost == ENOUGH {
            break;
        }
    }
    lost
}

#[test]
fn no_wakeup_is_lost() {
    let word = Word::new();
    word.own_signals();
    let _entered = word.enter();
    set_disposition(libc::SIGALRM, Disposition::Catch(Catch::default())).unwrap();
    let (reader, writer) = fd::pipe().unwrap();
    let read = || super::read(reader, &mut [0; 16]).unwrap_err();
    assert_eq!(lost(20_000, &word, read), 0, "read");
    let poll = || super::ppoll(&mut [], None, None).unwrap_err();
    assert_eq!(lost(5_000, &word, poll), 0, "ppoll");
    let nap = || {
        super::clock_nanosleep(0, Duration::from_secs(9))
            .unwrap_err()
            .0
    };
    assert_eq!(lost(5_000, &word, nap), 0, "clock_nanosleep");

    stub::set_enabled(false);
    let read = || super::read(reader, &mut [0; 16]).unwrap_err();
    let some = (0..10)
        .map(|_| lost(10_000, &word, read))
        .find(|lost| *lost > 0)
        .unwrap_or(0);
    stub::set_enabled(true);
    set_disposition(libc::SIGALRM, Disposition::Default).unwrap();
    fd::close(reader).unwrap();
    fd::close(writer).unwrap();
    if stub::HAVE_STUB {
        assert!(some > 0, "the control run lost nothing: no race was run");
    }
}

#[test]
fn a_guest_is_woken_and_limited() {
    use super::guest::Guest;
    let guest = Guest::new(Word::new()).unwrap();
    let waker = guest.waker();
    let (reader, writer) = fd::pipe().unwrap();
    let helper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        waker.wake(pending::INTERRUPT);
    });
    guest.run(|| assert_eq!(super::read(reader, &mut [0; 4]), Err(Errno::EINTR)));
    helper.join().unwrap();
    let guest = Guest::new(Word::new()).unwrap();
    guest.run(|| {
        super::write(writer, b"abc").unwrap();
        assert_eq!(super::read(reader, &mut [0; 4]), Ok(3));
        guest.set_deadline(Some(
            crate::sys::time::monotonic() + Duration::from_millis(10),
        ));
        assert_eq!(super::read(reader, &mut [0; 4]), Err(Errno::EINTR));
        assert!(super::clock_nanosleep(0, Duration::from_secs(5)).is_err());
    });
    fd::close(reader).unwrap();
    fd::close(writer).unwrap();
}

#[test]
fn a_thread_is_woken_by_another() {
    use crate::sys::signal::OwnerWaker;
    let word = Word::new();
    let _entered = word.enter();
    let waker = OwnerWaker::new(&word).unwrap();
    let helper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        waker.wake(pending::INTERRUPT);
    });
    assert!(super::clock_nanosleep(0, Duration::from_secs(5)).is_err());
    helper.join().unwrap();
}

#[test]
fn programs_are_started_or_say_why_not() {
    use crate::sys::process::Status;
    use crate::sys::spawn::{FdChange, Image, SpawnError, SpawnOptions, spawn};
    let env = [&b"PATH=/nowhere:/bin:/usr/bin"[..], b"X=1"];
    let (reader, writer) = fd::pipe().unwrap();
    let image = Image::new(b"sh", &["sh", "-c", "echo $X; exit 3"], &env);
    let fds = [FdChange::Dup(writer, 1)];
    let pid = spawn(
        image,
        &SpawnOptions {
            fds: &fds,
            ..SpawnOptions::default()
        },
    )
    .unwrap();
    fd::close(writer).unwrap();
    let mut out = [0; 8];
    assert_eq!(super::read(reader, &mut out), Ok(2));
    assert_eq!(&out[..2], b"1\n");
    fd::close(reader).unwrap();
    assert_eq!(Status(super::wait4(pid, 0).unwrap().1).exit_code(), 3);
    let missing = Image::new(b"no-such-program", &["x"], &env);
    let result = spawn(missing, &SpawnOptions::default());
    assert_eq!(result, Err(SpawnError::Exec(Errno::ENOENT)));
}
