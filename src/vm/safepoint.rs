//! Safe points: where signals, DESTROY and interruptions are attended to (perlipc "Deferred
//! Signals").

use super::Vm;
use super::die::{Die, Exec, Limit, Stop};
use super::frame;
use crate::bytecode::{NO, Want};
use crate::sys::signal::{self, How, SigSet, pending};
use crate::text::quota;
use crate::value::rc::flag;
use crate::value::{Code, Hash, Rc, Ref, Val, destroy, living};

impl Vm {
    /// Attends to what is pending.
    #[cold]
    #[inline(never)]
    pub fn attend(&mut self) -> Exec {
        let bits = self.word.get();
        if bits & pending::STOP != 0 {
            return Err(self.stopped(bits));
        }
        if bits & pending::DESTROY != 0 {
            self.drain_destroy();
            self.warn_of_unwritten()?;
        }
        if bits & pending::STEPS != 0 {
            self.count_step()?;
        }
        if bits & pending::SIGNAL != 0 {
            self.dispatch_signals()?;
        }
        Ok(())
    }

    /// Is the run to end at once?
    #[inline]
    pub fn is_stopped(&self) -> bool {
        self.word.get() & pending::STOP != 0
    }

    /// Why the run is to end at once, if it is.
    pub fn stop(&self) -> Option<Die> {
        let bits = self.word.get();
        (bits & pending::STOP != 0).then(|| self.stopped(bits))
    }

    /// Why the run has to end. The bits stay: whatever still runs on the way out ends as well.
    fn stopped(&self, bits: u32) -> Die {
        Die::new(if bits & pending::INTERRUPT != 0 {
            Stop::Interrupted
        } else if bits & pending::TIME != 0 {
            Stop::Limit(Limit::Time)
        } else {
            Stop::Limit(self.ran_out())
        })
    }

    /// What the LIMIT bit stands for.
    pub fn ran_out(&self) -> Limit {
        match quota::exceeded() {
            Some(quota::Exceeded::Memory) => Limit::Memory,
            Some(quota::Exceeded::StringSize) => Limit::StringSize,
            Some(quota::Exceeded::Recursion) => Limit::Recursion,
            None => Limit::Steps,
        }
    }

    /// One safe point less is left.
    fn count_step(&mut self) -> Exec {
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left > 0 {
            return Ok(());
        }
        self.word.set(pending::LIMIT);
        Err(Die::new(Stop::Limit(Limit::Steps)))
    }

    /// Runs the handlers of all signals that have come.
    pub fn dispatch_signals(&mut self) -> Exec {
        self.word.clear(pending::SIGNAL);
        let mut set = signal::pending_set();
        while set != 0 {
            let signo = set.trailing_zeros() as i32 + 1;
            set &= set - 1;
            let count = signal::take_pending(signo);
            if count > 0
                && let Err(die) = self.run_handler(signo, count)
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
    fn run_handler(&mut self, signo: i32, count: u32) -> Exec {
        let Some(name) = signal::name_of(signo) else {
            return Ok(());
        };
        let hook = self
            .signal_handlers
            .get(signo as usize)
            .cloned()
            .unwrap_or_default();
        if self.interrupt_key && signo == INT && hook_is_default(&hook) {
            return Err(Die::new(Stop::Interrupted));
        }
        let Some(code) = self.hook_code(&hook)? else {
            if !hook.is_undef()
                && !matches!(&hook, Val::Str(s) if *s == "DEFAULT" || *s == "IGNORE")
            {
                let shown = hook.to_str().to_str_lossy().into_owned();
                let shown = shown.strip_prefix("main::").unwrap_or(&shown);
                self.warn(
                    crate::diag::warnings::Category::Signal,
                    format!("SIG{name} handler \"{shown}\" not defined.\n"),
                )?;
            }
            return Ok(());
        };
        let action = self.signal_action(signo);
        let mut blocked = action.mask;
        if action.flags & flags::NODEFER == 0 {
            let _ = blocked.add(signo);
        }
        let mut args = vec![Val::str(name)];
        if action.flags & flags::SIGINFO != 0 {
            args.extend(info_args(signo, count));
        }
        if action.flags & flags::RESETHAND != 0 {
            let sig = self.names.sig.hash_mut();
            self.hash_store(&sig, &name.into(), Val::Undef)?;
        }
        let before = signal::sigprocmask(How::Block, Some(blocked));
        let errno = self.errno;
        let error = self.names.error.scalar().get_raw();
        self.clear_error();
        let result = self.shielded(frame::Catch::Signal, code, &args, Want::Scalar);
        if result.is_ok() {
            self.errno = errno;
            self.set_error(error);
        }
        // only what was blocked here is unblocked: the handler may have changed the mask itself
        let added = before.map_or(0, |before| blocked.bits() & !before.bits());
        if added != 0 {
            let _ = signal::sigprocmask(How::Unblock, Some(SigSet::from_bits(added)));
        }
        result.map(drop).map_err(Die::thrown_anew)
    }

    /// Calls a sub as if in an eval of its own: `caller` and `$^S` show one. The error is given
    /// back all the same.
    fn shielded(
        &mut self,
        catch: frame::Catch,
        code: Rc<Code>,
        args: &[Val],
        want: Want,
    ) -> Exec<Vec<Val>> {
        let around = self.handlers.len();
        if !self.frames.is_empty() {
            self.push_handler(catch, self.pc, NO, NO);
        }
        let result = self.call_code(code, args, want);
        self.handlers.truncate(around);
        result
    }

    /// After a stop: what was on its way to DESTROY gets there if it is quick about it. Whoever
    /// calls sees to a deadline.
    pub fn settle_objects(&mut self) {
        self.word.clear(pending::STOP);
        quota::forget_exceeded();
        self.drain_destroy();
        if self.word.clear(pending::STOP) != 0 {
            destroy::discard_queued();
            self.word.clear(pending::DESTROY);
        }
    }

    /// Runs DESTROY for every object that waits for it. Errors become warnings; `$@` is kept
    /// (perlobj "Destructors").
    pub fn drain_destroy(&mut self) {
        self.word.clear(pending::DESTROY);
        while self.word.get() & pending::STOP == 0
            && let Some(object) = destroy::take_queued()
        {
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
            let args = [object.clone().into_val()];
            let result = self.shielded(frame::Catch::Destroy, code, &args, Want::Void);
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
        let _ = self.warn(
            crate::diag::warnings::Category::Misc,
            format!("\t(in cleanup) {}", text.to_str_lossy()),
        );
    }

    /// Destroys every object that is left, at the end of the program.
    pub fn destroy_all(&mut self) {
        self.drain_destroy();
        self.phase = "DESTRUCT";
        if self.owns_process && !crate::value::destroy::may_run_code() {
            // The system frees the memory: a forked child does not even touch what it shares.
            return;
        }
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
        // what holds itself in a circle
        for object in living::objects() {
            if self.is_stopped() {
                break;
            }
            let header = object.clone();
            self.destroy(object);
            header.header().set(flag::DESTROYED);
        }
        self.drain_destroy();
    }
}

/// SIGINT
const INT: i32 = 2;

/// Does the program leave the signal to the system?
fn hook_is_default(hook: &Val) -> bool {
    match hook {
        Val::Str(text) => text.is_empty() || *text == "DEFAULT",
        other => other.is_undef(),
    }
}

/// sigaction's flags that matter here.
mod flags {
    pub(super) const SIGINFO: i32 = 4;
    pub(super) const NODEFER: i32 = 0x4000_0000;
    pub(super) const RESETHAND: i32 = i32::MIN;
}

/// The hash an SA_SIGINFO handler gets, and the bare numbers behind it.
fn info_args(signo: i32, count: u32) -> [Val; 2] {
    let info = signal::take_infos(signo, count).pop().unwrap_or_default();
    let hash = Hash::new();
    let rows = [
        ("signo", i64::from(signo)),
        ("code", i64::from(info.code)),
        ("errno", i64::from(info.errno)),
        ("pid", i64::from(info.pid)),
        ("uid", i64::from(info.uid)),
        ("status", i64::from(info.status)),
        ("band", info.band),
    ];
    for (name, value) in rows {
        hash.set_str(name, Val::Int(value));
    }
    hash.set_str("addr", Val::from(info.addr));
    let mut raw = Vec::with_capacity(128);
    for word in [
        signo,
        info.errno,
        info.code,
        0,
        info.pid,
        info.uid as i32,
        info.status,
    ] {
        raw.extend_from_slice(&word.to_ne_bytes());
    }
    raw.resize(128, 0);
    [Val::HRef(hash), Val::bytes(&raw)]
}
