//! Seeks a match: tries a program at one place after another.

use super::super::captures::Captures;
use super::super::chars::subject::step;
use super::super::hooks::ExecHooks;
use super::super::regex::{ExecError, ExecOpts};
use super::machine::{Attempt, Machine, Stop};
use super::program::Program;
use std::rc::Rc;

/// Searches `subject` from `start` on.
pub fn exec(
    program: &Rc<Program>,
    subject: &[u8],
    utf8: bool,
    start: usize,
    opts: ExecOpts,
    caps: &mut Captures,
    hooks: &mut dyn ExecHooks,
) -> Result<bool, ExecError> {
    if let Some(must) = &program.must
        && memchr::memmem::find(subject, must).is_none()
    {
        return Ok(false);
    }
    let forbidden = opts.not_empty_at_start.then_some(start);
    let g_pos = opts.g_pos.unwrap_or(start);
    let mut machine = Machine::new(program, subject, utf8, g_pos, forbidden, hooks);
    let mut at = start;
    let mut failed_mark = None;
    let found = loop {
        if let Some(first) = &program.first
            && !opts.anchored
        {
            let rest = subject.get(at..).unwrap_or(&[]);
            match rest.iter().position(|b| first.contains(*b)) {
                Some(skip) => at += skip,
                None => break false,
            }
        }
        let mut next = step(subject, at, utf8);
        match machine.attempt(at)? {
            Attempt::Matched => break true,
            Attempt::Failed => {}
            Attempt::Stopped(stop) => match stop {
                Stop::Commit(name) => {
                    failed_mark = Some(name);
                    break false;
                }
                Stop::Prune(name) | Stop::Then(name) => failed_mark = Some(name),
                Stop::Skip(place, name) => {
                    failed_mark = Some(name);
                    next = if place > at { place } else { next };
                }
            },
        }
        if opts.anchored || program.anchored || at >= subject.len() {
            break false;
        }
        at = next;
    };
    if !found {
        caps.mark = failed_mark.flatten().map(|name| name.as_bytes().into());
        return Ok(false);
    }
    caps.reset(program.groups);
    for (pair, slots) in caps.offsets.iter_mut().zip(machine.slots.chunks_exact(2)) {
        *pair = [slots[0], slots[1]];
    }
    for pair in caps.offsets.iter_mut().filter(|pair| pair[0] > pair[1]) {
        pair[0] = pair[1];
    }
    let last = program.last_slot();
    caps.last_paren = machine.slots[last] as u32;
    caps.last_close = machine.slots[last + 1] as u32;
    caps.code_result = machine.code_result;
    caps.mark = machine
        .mark
        .as_ref()
        .map(|(name, _)| name.as_bytes().into());
    Ok(true)
}
