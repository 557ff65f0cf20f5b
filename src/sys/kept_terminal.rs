//! The terminal of a session, kept apart: the program may close or redirect the descriptors it is on, and the person
//! must be spoken to all the same.

use super::{fd, file};

/// Kept descriptors are from here on, out of the way of those the program opens.
const APART: i32 = 200;

/// The terminal a session is on. It is let go when the process ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptTerminal {
    kept: i32,
    /// Which of the descriptors 0, 1 and 2 it is on at the start.
    on: [bool; 3],
}

fn identity(fd: i32) -> Option<(u64, u64)> {
    file::fstat(fd).ok().map(|stat| (stat.dev, stat.ino))
}

impl KeptTerminal {
    /// The one standard input is on.
    pub(crate) fn of_stdin() -> Option<KeptTerminal> {
        let kept = fd::dup_from(0, APART).ok()?;
        let on = [0, 1, 2].map(|fd| identity(fd) == identity(kept));
        Some(KeptTerminal { kept, on })
    }

    /// Is it this descriptor?
    pub(crate) fn is(self, fd: i32) -> bool {
        self.kept == fd
    }

    /// Puts it back on the descriptors it was on, until the guard is dropped.
    pub(crate) fn lend(self) -> Lent {
        let mine = identity(self.kept);
        let mut former = [Former::Same; 3];
        for number in 0..3 {
            let there = identity(number);
            if there == mine || !self.on[number as usize] {
                continue;
            }
            let saved = match there {
                Some(_) => fd::dup_from(number, APART).map(Former::Saved),
                None => Ok(Former::Closed),
            };
            if let Ok(saved) = saved
                && fd::dup2(self.kept, number).is_ok()
            {
                former[number as usize] = saved;
            }
        }
        Lent(former)
    }
}

/// What a descriptor was before the terminal was put there.
#[derive(Clone, Copy, Debug)]
enum Former {
    Same,
    Closed,
    Saved(i32),
}

/// Gives the descriptors back when it is dropped.
pub(crate) struct Lent([Former; 3]);

impl Drop for Lent {
    fn drop(&mut self) {
        for (number, former) in self.0.iter().enumerate() {
            let number = number as i32;
            let _ = match *former {
                Former::Same => Ok(()),
                Former::Closed => fd::close(number),
                Former::Saved(saved) => fd::dup2(saved, number).and_then(|_| fd::close(saved)),
            };
        }
    }
}
