//! The life of a program: CHECK, INIT, the program itself, END, and how it exits (perlmod, perlfunc exit).
use super::Interp;
use super::load::{self, Text};
use crate::bytecode::Want;
use crate::text::PerlStr;
use crate::value::{Code, Rc, Val};
use crate::vm::{Die, Exec, Stop, Vm};
use std::rc::Rc as Shared;

/// A queue of blocks.
#[derive(Clone, Copy, Debug)]
pub enum Phase {
    /// Last first, after compiling.
    Check,
    /// First first, before the program.
    Init,
    /// Last first, at the end.
    End,
}

/// Blocks that wait for their phase.
#[derive(Default)]
pub struct Queues {
    check: Vec<Rc<Code>>,
    init: Vec<Rc<Code>>,
    end: Vec<Rc<Code>>,
    /// The program runs already: CHECK and INIT are too late.
    running: bool,
}

impl Interp {
    /// Puts a block into its queue.
    pub(super) fn queue(&self, phase: Phase, code: Rc<Code>) {
        let mut queues = self.phases.borrow_mut();
        match phase {
            Phase::End => queues.end.push(code),
            _ if queues.running => {}
            Phase::Check => queues.check.push(code),
            Phase::Init => queues.init.push(code),
        }
    }

    fn next(&self, phase: Phase) -> Option<Rc<Code>> {
        let mut queues = self.phases.borrow_mut();
        match phase {
            Phase::Check => queues.check.pop(),
            Phase::End => queues.end.pop(),
            Phase::Init if queues.init.is_empty() => None,
            Phase::Init => Some(queues.init.remove(0)),
        }
    }
}

/// Runs a program from its text to its end: the exit status.
pub fn run_program(interp: &Shared<Interp>, vm: &mut Vm, text: Text) -> i32 {
    let name = text.name.clone();
    let result = compile_and_run(interp, vm, text);
    let status = match result {
        Ok(()) => 0,
        Err(died) => status_of(vm, died),
    };
    if interp.check_only.get() {
        if status == 0 {
            let _ = vm.to_stderr(&format!("{name} syntax OK\n").as_str().into());
        }
        super::globals::flush_all(vm);
        return status;
    }
    finish(interp, vm, status)
}

fn compile_and_run(interp: &Shared<Interp>, vm: &mut Vm, text: Text) -> Exec {
    interp.begins.set(true);
    let code = load::compile_file(interp, vm, text, "main")?;
    before_run(interp, vm)?;
    if interp.check_only.get() {
        return Ok(());
    }
    vm.phase = "RUN";
    load::run(vm, &code, Want::Void)?;
    // A signal that came with the last op is still the program's.
    vm.safepoint()
}

/// CHECK blocks, and INIT blocks unless the program is only to be checked.
pub(super) fn before_run(interp: &Shared<Interp>, vm: &mut Vm) -> Exec {
    vm.phase = "CHECK";
    run_all(interp, vm, Phase::Check, "CHECK")?;
    if interp.check_only.get() {
        return Ok(());
    }
    vm.phase = "INIT";
    run_all(interp, vm, Phase::Init, "INIT")?;
    interp.phases.borrow_mut().running = true;
    Ok(())
}

fn run_all(interp: &Shared<Interp>, vm: &mut Vm, phase: Phase, word: &str) -> Exec {
    while let Some(code) = interp.next(phase) {
        if let Err(died) = super::call(vm, &code, Want::Void) {
            return Err(phase_failed(vm, died, word));
        }
    }
    Ok(())
}

/// Adds `CHECK failed--call queue aborted`.
fn phase_failed(vm: &mut Vm, died: Die, word: &str) -> Die {
    match died.into_stop() {
        Stop::Died(val) if !val.is_ref() => {
            let mut text = vm.str_quiet(&val).unwrap_or_default();
            let place = vm.at_line();
            text.push_bytes(format!("{word} failed--call queue aborted{place}").as_bytes());
            Die::with(Val::Str(text))
        }
        other => Die::new(other),
    }
}

/// Reports an error nobody caught; the status it gives (perlfunc die).
pub(super) fn status_of(vm: &mut Vm, died: Die) -> i32 {
    let (status, text) = last_words(vm, died);
    if let Some(text) = text {
        let before = vm.errno;
        let _ = vm.tell(&text);
        // a message that could not be written is the last error
        if vm.errno != before && vm.errno & 255 != 0 {
            return vm.errno & 255;
        }
    }
    status
}

/// The status an error gives that nobody caught, and what is said about it.
pub(super) fn last_words(vm: &mut Vm, died: Die) -> (i32, Option<PerlStr>) {
    match died.into_stop() {
        Stop::Exit(status) => (status, None),
        Stop::Died(val) => {
            let errno = vm.errno;
            let text = vm.str_quiet(&val).unwrap_or_default();
            let status = match (errno & 255, vm.child_status >> 8 & 255) {
                (0, 0) => 255,
                (0, status) => status,
                (errno, _) => errno,
            };
            (status, Some(text))
        }
        Stop::OutOfMemory => (1, Some("Out of memory!\n".into())),
        Stop::Loop(kind, label) => {
            let what = match label {
                Some(label) => format!("Label not found for \"{} {label}\"", kind.name()),
                None => format!("Can't \"{}\" outside a loop block", kind.name()),
            };
            let text = format!("{what}{}", vm.at_line());
            (255, Some(text.as_str().into()))
        }
        Stop::Goto(label) => {
            let text = format!("Can't find label {label}{}", vm.at_line());
            (255, Some(text.as_str().into()))
        }
        Stop::Interrupted | Stop::Limit(_) => (130, None),
    }
}

/// A program that comes piece by piece: there is no text to check or initialise first.
pub(super) fn begin_running(interp: &Interp, vm: &mut Vm) {
    interp.phases.borrow_mut().running = true;
    vm.phase = "RUN";
}

/// END blocks, destruction, the last flush; the final status.
pub fn finish(interp: &Shared<Interp>, vm: &mut Vm, status: i32) -> i32 {
    vm.phase = "END";
    let mut status = status;
    vm.child_status = status;
    while let Some(code) = interp.next(Phase::End) {
        match super::call(vm, &code, Want::Void) {
            Ok(_) => status = vm.child_status,
            Err(died) => {
                let died = phase_failed(vm, died, "END");
                status = match died.stop() {
                    Stop::Exit(status) => *status,
                    _ => status_of(vm, died),
                };
                vm.child_status = status;
            }
        }
    }
    if let Err(died) = vm.edit_left(status == 0) {
        status = status_of(vm, died);
    }
    if !super::globals::flush_stdout(vm) && status == 0 {
        status = 1;
    }
    vm.destroy_all();
    super::globals::flush_all(vm);
    crate::io::registry::end_commands();
    super::globals::tell_unwritten(vm);
    if status & !0xffff != 0 {
        status & 255
    } else {
        exit_code(status)
    }
}

/// `$?` at exit: what does not fit eight bits is cut as the system cuts it.
fn exit_code(status: i32) -> i32 {
    status & 255
}
