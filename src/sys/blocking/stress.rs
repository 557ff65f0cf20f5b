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
const ENOUGH: u32 = 1;

/// When the second signal comes: far beyond what a busy machine keeps a process waiting.
const RESCUE: Duration = Duration::from_secs(4);

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
        setitimer(
            Timer::Real,
            Interval {
                value: first,
                interval: RESCUE,
            },
        )
        .unwrap();
        let begun = std::time::Instant::now();
        // Some work of varying length, so that the signal comes at every point near the call.
        for n in 0..(seed >> 8) % 600 {
            std::hint::black_box(n);
        }
        while word.get() & pending::SIGNAL == 0 {
            // As an interpreter does it: a last look, then the call.
            assert_eq!(sleep(), Errno::EINTR);
        }
        setitimer(Timer::Real, Interval::default()).unwrap();
        // Counting the signals would not do: with other threads about, one that a former round
        // left behind may be counted in this one.
        if begun.elapsed() > RESCUE / 2 {
            lost += 1;
        }
        if lost == ENOUGH {
            break;
        }
    }
    lost
}

/// One row: what the call is, and the call, which sleeps until something ends it.
struct Row {
    name: &'static str,
    rounds: u32,
    sleep: Box<dyn FnMut() -> Errno>,
}

fn row(name: &'static str, rounds: u32, sleep: impl FnMut() -> Errno + 'static) -> Row {
    Row {
        name,
        rounds,
        sleep: Box::new(sleep),
    }
}

/// A descriptor on which writing sleeps.
fn full_pipe() -> i32 {
    let (_reader, writer) = fd::pipe().unwrap();
    fd::set_blocking(writer, false).unwrap();
    while super::write(writer, &[0; 4096]).is_ok() {}
    fd::set_blocking(writer, true).unwrap();
    writer
}

fn rows() -> Vec<Row> {
    use crate::sys::{file, socket};
    let (reader, _writer) = fd::pipe().unwrap();
    let writer = full_pipe();
    let (near, _far) = socket::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0).unwrap();
    let listener = socket::socket(libc::AF_INET, libc::SOCK_STREAM, 0).unwrap();
    socket::bind(listener, &socket::pack_in(0, [127, 0, 0, 1])).unwrap();
    socket::listen(listener, 1).unwrap();
    let (locked, name) = file::mkstemp(b"/tmp/keshi-lock-XXXXXX").unwrap();
    super::flock(locked, libc::LOCK_EX).unwrap();
    let wants = super::open(&name, libc::O_RDWR, 0).unwrap();
    file::unlink(&name).unwrap();
    let fifo = [&name[..], b".fifo"].concat();
    file::mkfifo(&fifo, 0o600).unwrap();
    let mut bits = vec![1u64 << (reader % 64)];
    let mask = super::super::signal::sigprocmask(super::super::signal::How::Block, None).unwrap();
    vec![
        row("read", 20_000, move || {
            super::read(reader, &mut [0; 16]).unwrap_err()
        }),
        row("write", 3_000, move || {
            super::write(writer, &[0; 16]).unwrap_err()
        }),
        row("recv", 3_000, move || {
            super::recv(near, &mut [0; 16], 0).map(drop).unwrap_err()
        }),
        row("accept", 3_000, move || {
            super::accept4(listener, 0).map(drop).unwrap_err()
        }),
        row("flock", 3_000, move || {
            super::flock(wants, libc::LOCK_EX).unwrap_err()
        }),
        row("open", 3_000, move || {
            super::open(&fifo, libc::O_RDONLY, 0).unwrap_err()
        }),
        row("ppoll", 3_000, || {
            super::ppoll(&mut [], None, None).unwrap_err()
        }),
        row("select", 3_000, move || {
            bits[0] = 1 << (reader % 64);
            super::select(reader as usize + 1, [Some(&mut bits), None, None], None).unwrap_err()
        }),
        row("sigsuspend", 3_000, move || super::sigsuspend(&mask)),
        row("clock_nanosleep", 3_000, || {
            super::clock_nanosleep(0, Duration::from_secs(9))
                .unwrap_err()
                .0
        }),
    ]
}

#[test]
fn no_wakeup_is_lost() {
    let word = Word::new();
    word.own_signals();
    let _entered = word.enter();
    set_disposition(libc::SIGALRM, Disposition::Catch(Catch::default())).unwrap();
    let mut rows = rows();
    for row in &mut rows {
        assert_eq!(lost(row.rounds, &word, &mut row.sleep), 0, "{}", row.name);
    }
    stub::set_enabled(false);
    // A quiet machine may run hundreds of thousands of rounds without the race.
    let some = (0..4).any(|_| lost(200_000, &word, &mut rows[0].sleep) > 0);
    stub::set_enabled(true);
    set_disposition(libc::SIGALRM, Disposition::Default).unwrap();
    if stub::HAVE_STUB {
        assert!(some, "the control run lost nothing: no race was run");
    }
}

#[test]
fn a_guest_is_woken_and_limited() {
    use super::guest::Guest;
    let guest = Guest::new(Word::new());
    let waker = guest.waker();
    let (reader, writer) = fd::pipe().unwrap();
    let helper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        waker.wake(pending::INTERRUPT);
    });
    guest.run(|| assert_eq!(super::read(reader, &mut [0; 4]), Err(Errno::EINTR)));
    helper.join().unwrap();
    let guest = Guest::new(Word::new());
    let waker = super::watchdog::Waker::Guest(guest.waker());
    guest.run(|| {
        super::write(writer, b"abc").unwrap();
        assert_eq!(super::read(reader, &mut [0; 4]), Ok(3));
        let _deadline = super::watchdog::Deadline::after(Duration::from_millis(10), waker);
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
