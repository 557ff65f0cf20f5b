//! The roof that joins parser, compiler and machine: loading, phases, require, eval STRING, exit.
//!
//! | file | job |
//! |---|---|
//! | `embed` | what the embedding API asks for |
//! | `load` | text to running code: parse, compile, run; the errors of each |
//! | `feedback` | what the parser asks and tells while it reads |
//! | `lent` | BEGIN blocks that read the program's own text |
//! | `once` | names mentioned only once |
//! | `define` | named subs, formats and phase blocks as they are read |
//! | `uses` | `use` and `no` |
//! | `pragma` | the pragmas that need no code to run |
//! | `require` | `require`, `do FILE`, `@INC`, `%INC` |
//! | `inc`, `stdlib` | where modules are, and those in the binary |
//! | `phases` | UNITCHECK, CHECK, INIT, END; running a program; exit |
//! | `session` | inputs of a REPL: what lives on between them, values shown, completion |
//! | `globals` | special variables, `@ARGV`, `%ENV` |
//! | `sig` | `%SIG` |
//! | `hint_store` | numbered snapshots of the pragmas |
mod define;
pub mod embed;
mod feedback;
pub mod globals;
mod hint_hash;
mod hint_store;
mod inc;
mod lent;
mod load;
mod once;
mod phases;
mod pragma;
mod require;
pub mod session;
mod sig;
mod specials;
pub mod stdlib;
mod uses;

pub use load::{Text, dump, parse_only};
pub use phases::{finish, run_program};

use crate::bytecode::{Unit, Want};
use crate::value::{Code, Rc, Val};
use crate::vm::host::{EvalScope, Host};
use crate::vm::{Exec, Vm};
use std::cell::{Cell, RefCell};
use std::rc::Rc as Shared;

/// What outlives a single load.
#[derive(Default)]
pub struct Interp {
    /// Number of `eval STRING`s so far.
    evals: Cell<u32>,
    /// Subs to run at the end, last first, and at the phases before the program runs.
    phases: RefCell<phases::Queues>,
    /// Files being required.
    depth: Cell<u32>,
    /// The first error of the text that could not be compiled last.
    report: RefCell<Option<embed::Report>>,
    /// Pragmas whose modules were loaded because the program names their variables.
    looked_into: RefCell<std::collections::HashSet<Box<str>>>,
    /// The next text compiled is the program itself.
    begins: Cell<bool>,
    /// `-c`: stop before the program runs.
    pub check_only: Cell<bool>,
}

impl Interp {
    /// A roof over this machine.
    pub fn raise(vm: &mut Vm) -> Shared<Interp> {
        let interp = Shared::new(Interp::default());
        vm.set_host(Shared::new(HostOf(interp.clone())));
        crate::builtins::install(vm);
        crate::native::install(vm);
        interp
    }

    /// The name of the next `eval STRING`.
    fn eval_name(&self) -> String {
        self.evals.set(self.evals.get() + 1);
        format!("(eval {})", self.evals.get())
    }
}

/// The machine's view of the roof.
struct HostOf(Shared<Interp>);

impl Host for HostOf {
    fn compile_eval(&self, vm: &mut Vm, text: &Val, scope: &EvalScope<'_>) -> Exec<Shared<Unit>> {
        load::compile_eval(&self.0, vm, text, scope)
    }

    fn require(&self, vm: &mut Vm, what: &Val, bareword: bool) -> Exec<Val> {
        require::require(&self.0, vm, what, bareword)
    }

    fn do_file(&self, vm: &mut Vm, file: &Val, want: Want) -> Exec<Vec<Val>> {
        require::do_file(&self.0, vm, file, want)
    }
}

/// Calls a sub with no arguments.
fn call(vm: &mut Vm, code: &Rc<Code>, want: Want) -> Exec<Vec<Val>> {
    vm.call_sv(&Val::CRef(code.clone()), &[], want)
}
