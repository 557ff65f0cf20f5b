//! What the embedding API asks of the roof: scripts compiled once and run often, values of texts.
use super::load::{self, Text};
use super::{Interp, phases};
use crate::bytecode::Want;
use crate::value::{Code, Rc, Val};
use crate::vm::host::EvalScope;
use crate::vm::{Die, Exec, Vm};
use std::rc::Rc as Shared;

/// What was wrong with a text that could not be compiled.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The text's name.
    pub file: String,
    /// The line of the first error, directives heeded.
    pub line: u32,
    /// Where in the text it is.
    pub offset: usize,
    /// The text merely ran out.
    pub incomplete: bool,
}

impl Interp {
    /// Remembers the first error of a text.
    pub(super) fn report(&self, report: Report) {
        self.report.borrow_mut().get_or_insert(report);
    }

    /// What was wrong with the text that could not be compiled, if that is what happened.
    pub fn take_report(&self) -> Option<Report> {
        self.report.take()
    }
}

/// Compiles a program: its `use` and BEGIN have run then.
pub fn compile(interp: &Shared<Interp>, vm: &mut Vm, text: Text) -> Exec<Rc<Code>> {
    interp.take_report();
    let former = vm.phase;
    vm.phase = "START";
    let code = load::compile_file(interp, vm, text, "main");
    vm.phase = former;
    code
}

/// Runs a compiled program: CHECK and INIT blocks that wait, then the program itself.
pub fn run(interp: &Shared<Interp>, vm: &mut Vm, code: &Rc<Code>) -> Exec {
    phases::before_run(interp, vm)?;
    vm.phase = "RUN";
    load::run(vm, code, Want::Void)?;
    vm.safepoint()
}

/// The value of a text, as `eval STRING` in package main outside everything gives it.
pub fn eval(interp: &Shared<Interp>, vm: &mut Vm, text: &Val, want: Want) -> Exec<Vec<Val>> {
    interp.take_report();
    let scope = EvalScope {
        lexicals: &[],
        hints: None,
        bytes: false,
    };
    let unit = load::compile_eval(interp, vm, text, &scope)?;
    let code = vm.load_unit(unit)?;
    let former = std::mem::replace(&mut vm.phase, "RUN");
    let result = load::run(vm, &code, want).and_then(|list| vm.safepoint().map(|()| list));
    vm.phase = former;
    result
}

/// Ends a forked child of a host's process: it never comes back into the host's code.
pub fn leave_child(interp: &Shared<Interp>, vm: &mut Vm, died: Option<Die>) -> ! {
    let status = died.map_or(0, |died| phases::status_of(vm, died));
    let status = phases::finish(interp, vm, status);
    crate::sys::process::exit_now(status)
}

/// `require` of a module by its name (`Foo::Bar`).
pub fn require(interp: &Shared<Interp>, vm: &mut Vm, module: &str) -> Exec<Val> {
    let file = format!("{}.pm", module.replace("::", "/"));
    super::require::require(interp, vm, &Val::str(&file), true)
}
