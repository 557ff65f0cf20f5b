//! Safe points: where signals, DESTROY and interruptions are attended to (perlipc "Deferred
//! Signals").

use super::Vm;
use super::die::{Die, Exec, Stop};
use crate::bytecode::Want;
use crate::sys::signal::{self, How, SigSet, pending};
use crate::text::PerlStr;
use crate::value::{Ref, Val, destroy};

impl Vm {
    /// Attends to what is pending.
    #[cold]
    #[inline(never)]
    pub fn attend(&mut self) -> Exec {
        let bits = self.word.get();
        if bits & pending::DESTROY != 0 {
            self.drain_destroy();
        }
        if bits & (pending::INTERRUPT | pending::LIMIT) != 0 {
            self.word.clear(pending::INTERRUPT | pending::LIMIT);
            return Err(Die::new(Stop::Interrupted));
        }
        if bits & pending::SIGNAL != 0 {
            self.dispatch_signals()?;
        }
        Ok(())
    }

    /// Runs the handlers of all signals that have come.
    pub fn dispatch_signals(&mut self) -> Exec {
        self.word.clear(pending::SIGNAL);
        let mut set = signal::pending_set();
        while set != 0 {
            let signo = set.trailing_zeros() as i32 + 1;
            set &= set - 1;
            if signal::take_pending(signo) > 0
                && let Err(die) = self.run_handler(signo)
            {
                if signal::pending_set() != 0 {
                    self.word.set(pending::SIGNAL);
                }
                return Err(die);
            }
        }
        Ok(())
    }

    /// Runs the handler of one signal, which stays blocked meanwhile; `$!` is put back.
    fn run_handler(&mut self, signo: i32) -> Exec {
        let Some(name) = signal::name_of(signo) else {
            return Ok(());
        };
        let hook = self.signal_handlers.get(signo as usize).cloned().unwrap_or_default();
        let Some(code) = self.hook_code(&hook)? else {
            if !hook.is_undef()
                && !matches!(&hook, Val::Str(s) if *s == "DEFAULT" || *s == "IGNORE")
            {
                let shown = hook.to_str();
                self.warn(
                    crate::diag::warnings::Category::Signal,
                    format!("SIG{name} handler \"{shown}\" not defined.\n"),
                )?;
            }
            return Ok(());
        };
        let mut own = SigSet::empty();
        let _ = own.add(signo);
        let before = signal::sigprocmask(How::Block, Some(own));
        let errno = self.errno;
        let result = self.call_sv(&Val::CRef(code), &[Val::str(name)], Want::Void);
        if result.is_ok() {
            self.errno = errno;
        }
        if let Ok(before) = before
            && !before.contains(signo).unwrap_or(false)
        {
            let _ = signal::sigprocmask(How::Unblock, Some(own));
        }
        result.map(drop)
    }

    /// Runs DESTROY for every object that waits for it. Errors become warnings; `$@` is kept
    /// (perlobj "Destructors").
    pub fn drain_destroy(&mut self) {
        self.word.clear(pending::DESTROY);
        while let Some(object) = destroy::take_queued() {
            self.destroy(object);
        }
    }

    fn destroy(&mut self, object: Ref) {
        let stash = object.blessed();
        let code = match stash {
            Some(stash) => match stash.find_method("DESTROY") {
                Some(code) if code.is_defined() => Some(code),
                Some(code) => self.autoload_for(&code).ok().flatten(),
                None => self.autoload_in(&stash, "DESTROY").ok().flatten(),
            },
            None => None,
        };
        if let Some(code) = code {
            let error = self.names.error.scalar();
            let kept = error.get_raw();
            let (errno, status) = (self.errno, self.child_status);
            let told = std::mem::replace(&mut self.in_hook[1], false);
            let result = self.call_code(code, &[object.clone().into_val()], Want::Void);
            self.in_hook[1] = told;
            if let Err(die) = result {
                self.report_cleanup(die);
            }
            (self.errno, self.child_status) = (errno, status);
            self.names.error.scalar().set(kept);
        }
        destroy::finish(object);
    }

    /// `\t(in cleanup) msg at F line N.`
    fn report_cleanup(&mut self, die: Die) {
        let Stop::Died(val) = die.stop() else { return };
        let Ok(text) = self.str(&val.clone()) else {
            return;
        };
        let text = text.to_str_lossy().into_owned();
        let text = text.trim_end_matches('\n').to_string();
        let _ = self.warn(
            crate::diag::warnings::Category::Misc,
            format!("\t(in cleanup) {text}{}", self.at_line()),
        );
    }

    /// Destroys every object that is left, at the end of the program.
    pub fn destroy_all(&mut self) {
        self.drain_destroy();
        self.phase = "DESTRUCT";
        self.firsts.clear();
        self.drain_destroy();
        for stash in self.symbols.all() {
            for (_, entry) in stash.symbols().pairs() {
                let Val::Glob(glob) = entry else { continue };
                if glob.name().ends_with("::") || &*glob.name() == "ISA" {
                    continue;
                }
                let cell = glob.scalar();
                if cell.with(|v| v.is_ref()) {
                    cell.set(Val::Undef);
                }
                if let Some(array) = glob.array()
                    && array.is_simple()
                {
                    array.clear();
                }
                if let Some(hash) = glob.hash()
                    && hash.is_simple()
                {
                    hash.clear();
                }
                self.drain_destroy();
            }
        }
    }

    /// A name as a string value.
    pub(super) fn name_val(name: &str) -> Val {
        Val::Str(PerlStr::from(name))
    }
}
