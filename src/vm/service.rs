//! What the floors above ask of the machine besides running code: status words, contexts of the process, small lookups.

use super::Vm;
use super::die::{Die, Exec, Stop};
use super::frame::{self, kind};
use crate::io::Stop as IoStop;
use crate::sys::signal::Catch;
use crate::text::PerlStr;
use crate::value::{Glob, Io, Rc, Ref, Val};
use std::rc::Rc as Shared;

/// Ids changed inside one list assignment, set together at its end: real and effective user, real and effective group.
pub type DelayedIds = [Option<u32>; 4];

/// Whether what runs does so for a BEGIN, while a text is being parsed (perlvar `$^S`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    No,
    /// It is the innermost thing that was entered: there were so many frames around it.
    Within(usize),
    /// The BEGIN has a file run that has been parsed already.
    FileWithin,
}

impl Vm {
    /// The roof: who loads code.
    pub fn host(&self) -> Option<Shared<dyn super::host::Host>> {
        self.host.clone()
    }

    /// Attends to what is pending, if anything is.
    #[inline]
    pub fn safepoint(&mut self) -> Exec {
        if self.word.get() != 0 {
            self.attend()
        } else {
            Ok(())
        }
    }

    /// A wait status, or -1: `$?` and `${^CHILD_STATUS_NATIVE}`.
    pub fn set_status(&mut self, status: i32) {
        self.native_status = status;
        // a child that was only stopped shows nothing in `$?` (perlvar)
        let stopped = status & 0xff == 0x7f;
        self.child_status = match status {
            -1 => -1,
            _ if stopped => 0,
            _ => status & 0xffff,
        };
    }

    /// Is there a `$SIG{__WARN__}`?
    pub fn has_warn_handler(&self) -> bool {
        let hook = self.names.sig.hash_mut().get_str("__WARN__");
        hook.is_some_and(|val| val.loaded().to_bool())
    }

    /// What runs when a signal comes: a sub, its name, or undef.
    pub fn set_signal_handler(&mut self, signo: i32, val: Val) {
        let at = usize::try_from(signo).unwrap_or(0);
        if self.signal_handlers.len() <= at {
            self.signal_handlers.resize(at + 1, Val::Undef);
        }
        self.signal_handlers[at] = val;
        if let Some(action) = self.signal_actions.get_mut(at) {
            *action = Catch::default();
        }
    }

    /// The mask and flags a signal's handler runs with (POSIX::sigaction).
    pub fn signal_action(&self, signo: i32) -> Catch {
        usize::try_from(signo)
            .ok()
            .and_then(|at| self.signal_actions.get(at).copied())
            .unwrap_or_default()
    }

    /// Sets them; a new handler in `%SIG` forgets them.
    pub fn set_signal_action(&mut self, signo: i32, action: Catch) {
        let at = usize::try_from(signo).unwrap_or(0);
        if self.signal_actions.len() <= at {
            self.signal_actions.resize(at + 1, Catch::default());
        }
        self.signal_actions[at] = action;
    }

    /// Is a signal's handler set?
    pub fn has_signal_handler(&self, signo: i32) -> bool {
        usize::try_from(signo)
            .ok()
            .and_then(|at| self.signal_handlers.get(at))
            .is_some_and(|v| !v.is_undef())
    }

    /// In a new child: signals that were pending are the parent's.
    pub fn forget_signals(&mut self) {
        self.word.clear(crate::sys::signal::pending::SIGNAL);
        crate::sys::signal::handler::clear_all();
    }

    /// `$^S`: 1 inside an eval, 5 directly in DESTROY, else 0; none while compiling.
    pub fn in_eval(&self) -> Option<i64> {
        let string = self.frames.iter().rposition(|f| f.kind & kind::EVAL != 0);
        match self.begun {
            Begun::Within(frames) if string.is_none_or(|at| at < frames) => return None,
            Begun::FileWithin => return Some(1),
            _ => {}
        }
        Some(match self.handlers.last() {
            Some(last) if last.catch == frame::Catch::Destroy => {
                // an eval STRING inside of DESTROY counts more
                let inside = string.is_some_and(|at| at as u32 > last.frame);
                if inside { 1 } else { 5 }
            }
            Some(_) => 1,
            None => i64::from(string.is_some()),
        })
    }

    /// A BEGIN is about to be called. Gives what `begun` was, to be put back.
    pub fn enter_begin(&mut self) -> Begun {
        std::mem::replace(&mut self.begun, Begun::Within(self.frames.len()))
    }

    /// A file is about to run, which is parsed by now.
    pub fn leave_begin(&mut self) -> Begun {
        let around = self.begun;
        if around != Begun::No {
            self.begun = Begun::FileWithin;
        }
        around
    }

    /// The handle last read from, while there is one.
    pub fn last_read(&self) -> Option<Rc<Io>> {
        match &self.last_read {
            Val::Weak(weak) => match weak.get() {
                Val::IoRef(io) => Some(io),
                _ => None,
            },
            _ => None,
        }
    }

    /// Remembers a handle as the one last read from.
    pub fn set_last_read(&mut self, io: &Rc<Io>) {
        if !self.is_last_read(io) {
            self.last_read = Ref::Io(io.clone()).weak();
        }
    }

    /// What was asked about last is no handle.
    pub fn forget_last_read(&mut self) {
        self.last_read = Val::Undef;
    }

    /// Is it the handle last read from?
    #[inline]
    pub(super) fn is_last_read(&self, io: &Rc<Io>) -> bool {
        match &self.last_read {
            Val::Weak(weak) => weak.is_of(io.address()),
            _ => false,
        }
    }

    /// `${^LAST_FH}`: a reference to its glob, found by its name; a handle without one gets a glob for the occasion.
    pub fn last_read_glob(&self) -> Val {
        let Some(io) = self.last_read() else {
            return Val::Undef;
        };
        let is_its = |glob: &Rc<Glob>| glob.io().is_some_and(|other| io.same(&other));
        let name = io.name.borrow().clone().unwrap_or_default();
        let stashes = self.symbols.all();
        let named = stashes.iter().filter_map(|stash| stash.glob_if(&name));
        Val::GRef(named.into_iter().find(is_its).unwrap_or_else(|| {
            let glob = Glob::new("main", &name);
            glob.set_io(Some(io.clone()));
            glob
        }))
    }

    /// Sets `$|` of a handle; what is buffered goes out at once.
    pub fn set_autoflush(&mut self, io: &Rc<Io>, on: bool) -> Exec {
        io.autoflush.set(on);
        let Some(handle) = io.handle() else {
            return Ok(());
        };
        handle.borrow_mut().set_autoflush(on);
        if !on {
            return Ok(());
        }
        loop {
            let result = handle.borrow_mut().flush();
            match result {
                Err(IoStop::Interrupted) => self.safepoint()?,
                Err(IoStop::Failed(errno)) => {
                    self.errno = errno.0;
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
    }

    /// Everything a handle still gives.
    pub fn slurp(&mut self, handle: &Val) -> Exec<Vec<u8>> {
        let Some(handle) = self.io_of(handle)?.and_then(|io| io.handle()) else {
            return Ok(Vec::new());
        };
        let mut text = PerlStr::new();
        loop {
            let result = handle
                .borrow_mut()
                .read_line(&crate::io::Separator::Slurp, &mut text, 0);
            match result {
                Ok(_) => return Ok(text.as_bytes().to_vec()),
                Err(IoStop::Interrupted) => self.safepoint()?,
                Err(_) => return Ok(text.as_bytes().to_vec()),
            }
        }
    }

    /// The layers `use open` asks for here, else those the program was started with (`-C`, PERLIO).
    pub fn default_layers(&self, reading: bool) -> Vec<u8> {
        let key = if reading { "open<" } else { "open>" };
        let hints = self.hints();
        let hash = hints.as_ref().and_then(|hints| hints.hash.as_ref());
        let found = hash.and_then(|hash| hash.iter().find(|(k, _)| &**k == key));
        match found {
            Some((_, layers)) => layers.as_bytes().to_vec(),
            None => self.start_layers[usize::from(!reading)].clone(),
        }
    }

    /// `eof()`: nothing is left in the files of `<>`. Opens the next file to find out, as perl does.
    pub fn eof_argv(&mut self) -> Exec<bool> {
        loop {
            let handle = self
                .names
                .argv
                .io()
                .and_then(|io| io.handle())
                .filter(|h| h.borrow().is_open());
            if let Some(handle) = handle {
                let end = loop {
                    let result = handle.borrow_mut().eof();
                    match result {
                        Err(IoStop::Interrupted) => self.safepoint()?,
                        Ok(end) => break end,
                        Err(_) => break true,
                    }
                };
                if !end {
                    return Ok(false);
                }
            }
            if !self.next_argv(super::argv::Diamond::Plain)? {
                return Ok(true);
            }
        }
    }

    /// Keeps an id change for the end of a list assignment.
    pub fn delay_id(&mut self, which: usize, id: u32) {
        if let Some(slot) = self.delayed_ids.as_mut().and_then(|ids| ids.get_mut(which)) {
            *slot = Some(id);
        }
    }

    /// The package and name of the named sub that runs, for `next::method`: anonymous subs and mro's own are passed over.
    pub fn calling_method(&self) -> Option<(Shared<str>, String)> {
        for frame in self.frames.iter().rev() {
            if frame.kind & (kind::EVAL | kind::FILE | kind::BLOCK) != 0 {
                continue;
            }
            let full = frame.code.full_name();
            let (package, name) = crate::value::symbols::split(&full);
            if name == "__ANON__" || matches!(package, "next" | "maybe::next" | "mro") {
                continue;
            }
            return Some((package.into(), name.to_string()));
        }
        None
    }
}

impl Die {
    /// What it says, for messages made of it.
    pub fn text(&self) -> String {
        match self.stop() {
            Stop::Died(val) => val.to_str().to_str_lossy().into_owned(),
            _ => String::new(),
        }
    }
}
