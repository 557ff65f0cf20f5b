//! Races timers against sleeping calls: the protected ones must lose no wake-up, and the control
//! run without protection must lose some, or the race is not being run.

use super::super::fd;
use super::super::signal::pending::{self, Word};
use super::super::signal::{
    Catch, Disposition, Interval, Timer, set_disposition, setitimer, take_pending,
};
use super::{Errno, stub};
use std::time::Duration;

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
        let rescue = Duration::from_millis(30);
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
