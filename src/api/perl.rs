//! One interpreter.
use super::{Builder, Warn};
use crate::interp::{self, Interp, Text, globals};
use crate::sys::blocking;
use crate::vm::Vm;
use std::rc::Rc;

/// A program: its text and its name.
pub struct Program {
    /// What `$0` and `__FILE__` say.
    pub name: Vec<u8>,
    /// The text.
    pub text: Vec<u8>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitStatus(i32);

impl ExitStatus {
    /// The code for the system, 0 to 255.
    pub fn code(self) -> i32 {
        self.0
    }
}

/// An interpreter. It stays on its thread.
pub struct Perl {
    pub(super) vm: Box<Vm>,
    pub(super) interp: Rc<Interp>,
    pub(super) builder: Builder,
}

impl Perl {
    /// Settings for a new interpreter.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn from_builder(builder: Builder) -> Perl {
        let mut vm = Vm::new();
        vm.owns_process = builder.owns_process;
        vm.warn_all = matches!(builder.warn, Warn::On | Warn::All);
        vm.warn_force = match builder.warn {
            Warn::All => Some(true),
            Warn::None => Some(false),
            _ => None,
        };
        if let Some(colour) = builder.explain {
            vm.texts.turn_on(colour);
        }
        let interp = Interp::raise(&mut vm);
        interp.check_only.set(builder.check_only);
        Perl {
            vm,
            interp,
            builder,
        }
    }

    /// Runs a program from its text to its end: BEGIN blocks, the program, END blocks, destruction.
    pub fn run_program(&mut self, program: &Program) -> ExitStatus {
        self.builder.start.name = program.name.clone();
        let text = Text {
            name: String::from_utf8_lossy(&program.name).into_owned(),
            bytes: program.text.clone(),
        };
        let word = self.vm.word.clone();
        let Perl {
            vm,
            interp,
            builder,
        } = self;
        let status = blocking::run_as_owner(&word, || {
            globals::init(vm, &builder.start);
            interp::run_program(interp, vm, text)
        });
        ExitStatus(status)
    }

    /// Runs the program of a process that does nothing more: what is left in memory is left to
    /// the system.
    pub fn run_to_end(mut self, program: &Program) -> ExitStatus {
        let status = self.run_program(program);
        std::mem::forget(self);
        status
    }

    /// Shows what a program is compiled to (`ast` or `bytecode`); gives the exit code.
    pub fn dump(&mut self, program: &Program, kind: &str) -> i32 {
        let text = Text {
            name: String::from_utf8_lossy(&program.name).into_owned(),
            bytes: program.text.clone(),
        };
        let word = self.vm.word.clone();
        let Perl {
            vm,
            interp,
            builder,
        } = self;
        let shown = blocking::run_as_owner(&word, || {
            globals::init(vm, &builder.start);
            interp::dump(interp, vm, text, kind)
        });
        match shown {
            Ok(text) => {
                super::say(&text);
                0
            }
            Err(text) => {
                super::complain(text.trim_end());
                255
            }
        }
    }
}
