//! What the session does with signals: handlers, what is pending, what is blocked.
use super::{Form, Session};
use crate::sys::signal::{self, Disposition, How};
use crate::value::Val;
use crate::vm::Vm;

/// SIGINT
pub(super) const INT: i32 = 2;

impl Session {
    /// A table of every signal that is not left to the system, pending or blocked.
    pub fn signals(&self, vm: &mut Vm) -> String {
        let mask = signal::sigprocmask(How::Block, None).unwrap_or_default();
        let kernel = signal::sigpending().unwrap_or_default();
        let sig = vm.names.sig.hash_mut();
        let mut rows = Vec::new();
        let mut seen = 0u64;
        for (name, signo) in signal::NAMES {
            if !(1..=64).contains(signo) || seen >> (signo - 1) & 1 == 1 {
                continue;
            }
            seen |= 1 << (signo - 1);
            let hook = sig.get_str(name).unwrap_or_default().loaded();
            let handler = match (&hook, signal::disposition(*signo)) {
                (_, Ok(Disposition::Ignore)) => "ignored".to_string(),
                (Val::Str(text), _) if text.is_empty() || *text == "DEFAULT" => String::new(),
                (Val::Undef, _) if *signo == INT && vm.interrupt_key => {
                    "ends the evaluation".to_string()
                }
                (Val::Undef, _) => String::new(),
                (hook, _) => self.show(vm, std::slice::from_ref(hook), "", Form::List),
            };
            let blocked = mask.contains(*signo).unwrap_or(false);
            let waiting = kernel.contains(*signo).unwrap_or(false);
            let count = signal::count(*signo);
            let mut notes = Vec::new();
            if count > 0 {
                notes.push(format!("{count} pending"));
            }
            if waiting {
                notes.push("held back by the mask".into());
            } else if blocked {
                notes.push("blocked".into());
            }
            // a fault of the machine is perl's to ignore: SIGFPE always is
            let quiet = *name == "FPE" && handler == "ignored" && notes.is_empty();
            if !quiet && (!handler.is_empty() || !notes.is_empty()) {
                rows.push(format!("  {name:<8} {handler:<30} {}", notes.join(", ")));
            }
        }
        if rows.is_empty() {
            return "every signal is left to the system; none is pending or blocked\n".into();
        }
        let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
        rows.join("\n") + "\n"
    }
}
