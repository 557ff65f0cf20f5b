//! The children of the session's process: which there are, what they do, and which have ended since one last looked.
use super::Session;
use crate::interp::require;
use crate::sys::blocking;
use crate::sys::process::{self, Status};
use crate::sys::signal;
use crate::vm::Vm;
use std::collections::HashSet;

/// A child that has not been waited for.
pub struct Child {
    /// Its number.
    pub pid: i32,
    /// `running`, `sleeping`, `stopped`, or how it ended.
    pub state: String,
    /// Its command line.
    pub command: String,
    /// It has ended and waits for `wait`.
    pub ended: bool,
}

/// The ended children that have been announced already.
#[derive(Default)]
pub(super) struct Announced(HashSet<i32>);

impl Session {
    /// Every child, oldest first.
    pub fn children(&self, vm: &mut Vm) -> Vec<Child> {
        pids(vm)
            .into_iter()
            .filter_map(|pid| look_at(vm, pid))
            .collect()
    }

    /// Descriptors that can be read from when one of the children has ended that have not been announced yet.
    pub(super) fn ends(&self, vm: &mut Vm) -> Vec<i32> {
        pids(vm)
            .into_iter()
            .filter(|pid| !self.children.0.contains(pid))
            .take(100)
            .filter_map(|pid| blocking::end_of_child(pid).ok())
            .collect()
    }

    /// The children that have ended since this was last asked. They stay to be waited for: reaping them is the
    /// program's business.
    pub fn newly_ended(&mut self, vm: &mut Vm) -> Vec<Child> {
        let pids = pids(vm);
        self.children.0.retain(|pid| pids.contains(pid));
        let mut out = Vec::new();
        for pid in pids {
            if self.children.0.contains(&pid) || process::peek_ended(pid).is_none() {
                continue;
            }
            self.children.0.insert(pid);
            out.extend(look_at(vm, pid));
        }
        out
    }
}

/// The numbers of the children, as the kernel lists them (proc(5)).
fn pids(vm: &mut Vm) -> Vec<i32> {
    let me = process::getpid();
    let text = read(vm, &format!("/proc/{me}/task/{me}/children"));
    text.split_ascii_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .collect()
}

pub(super) fn read(vm: &mut Vm, path: &str) -> String {
    match require::read_file(vm, path.as_bytes().to_vec().as_slice()) {
        Ok(Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

fn look_at(vm: &mut Vm, pid: i32) -> Option<Child> {
    let stat = read(vm, &format!("/proc/{pid}/stat"));
    let (before, after) = stat.rsplit_once(") ")?;
    let name = before.split_once('(').map_or("", |(_, name)| name);
    let ended = process::peek_ended(pid);
    let state = match (ended, after.chars().next()) {
        (Some(status), _) => ending(status),
        (None, Some('R')) => "running".into(),
        (None, Some('T' | 't')) => "stopped".into(),
        _ => "sleeping".into(),
    };
    let line = read(vm, &format!("/proc/{pid}/cmdline"));
    let line = line.trim_end_matches('\0').replace('\0', " ");
    Some(Child {
        pid,
        state,
        command: if line.is_empty() {
            format!("[{name}]")
        } else {
            line
        },
        ended: ended.is_some(),
    })
}

/// A wait status in words.
fn ending(status: Status) -> String {
    if status.signaled() {
        let signo = status.signal();
        let name = signal::name_of(signo).map_or_else(|| signo.to_string(), |n| format!("SIG{n}"));
        let core = if status.dumped_core() {
            " (core dumped)"
        } else {
            ""
        };
        return format!("killed by {name}{core}");
    }
    match status.exit_code() {
        0 => "ended".into(),
        code => format!("ended with exit code {code}"),
    }
}
