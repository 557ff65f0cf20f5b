//! Going into an interpreter and out of it again: what of the thread's state is an interpreter's
//! own is put in place while it runs, so that several can live on one thread.

use super::Vm;
use crate::io::{registry, unwritten};
use crate::sys::blocking::guest::{self, Guest};
use crate::sys::grant;
use crate::sys::signal::pending;
use crate::text::{quota, random};
use crate::value::destroy;
use std::cell::Cell;
use std::rc::Rc as Shared;

/// What of the thread belongs to one interpreter while it runs.
pub struct Home {
    word: pending::Word,
    sink: Shared<destroy::Sink>,
    quota: Shared<quota::Quota>,
    /// How it sleeps where it does not own the process's signals.
    guest: Option<Guest>,
    /// What it may do (`sys::grant`).
    pub rights: Cell<u32>,
    /// What it was refused.
    refused: Cell<u32>,
    random: Cell<Option<u64>>,
    number: u64,
}

impl Home {
    pub(super) fn new(word: &pending::Word) -> Home {
        let sink = destroy::Sink::new(word.clone());
        Home {
            sink,
            quota: Shared::new(quota::Quota::new(
                word.shared(),
                quota::Bits {
                    limit: pending::LIMIT,
                    stop: pending::STOP,
                },
            )),
            word: word.clone(),
            guest: None,
            rights: Cell::new(grant::ALL),
            refused: Cell::new(0),
            random: Cell::new(None),
            number: registry::next_owner(),
        }
    }

    /// The account of its memory.
    pub fn quota(&self) -> &quota::Quota {
        &self.quota
    }

    /// What another thread needs to wake it, if it is a guest in its process.
    pub fn guest(&self) -> Option<&Guest> {
        self.guest.as_ref()
    }

    /// Goes in; out again when the guard goes.
    pub fn enter(self: &Shared<Home>) -> Entered {
        // SAFETY: the guard holds the home, and lets go of it last.
        let guest = unsafe { guest::enter(self.guest.as_ref()) };
        Entered {
            _word: self.word.enter(),
            _guest: guest,
            _sink: self.sink.enter(),
            _quota: self.quota.enter(),
            _rights: grant::enter(self.rights.get()),
            random: random::replace(self.random.get()),
            refused: grant::replace_refused(self.refused.get()),
            owner: registry::set_owner(self.number),
            unwritten: unwritten::report_to(Some(self.word.clone())),
            home: self.clone(),
        }
    }
}

/// While it lives an interpreter is the thread's.
pub struct Entered {
    random: Option<u64>,
    refused: u32,
    owner: u64,
    unwritten: Option<pending::Word>,
    _rights: grant::Entered,
    _quota: quota::Entered,
    _sink: destroy::Entered,
    _guest: guest::Entered,
    _word: pending::Entered,
    home: Shared<Home>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        registry::set_owner(self.owner);
        unwritten::report_to(self.unwritten.take());
        self.home.random.set(random::replace(self.random));
        let refused = grant::replace_refused(self.refused);
        self.home.refused.set(refused);
    }
}

impl Vm {
    /// It will never be woken by signals: it sleeps beside a descriptor of its own.
    pub fn become_guest(&mut self) {
        let mut home = Home::new(&self.word);
        home.guest = Some(Guest::new(self.word.clone()));
        self.home = Shared::new(home);
    }

    /// Goes into the interpreter.
    pub fn enter(&self) -> Entered {
        self.home.enter()
    }
}
