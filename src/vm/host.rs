//! What the machine asks of the roof above it: loading code.

use super::Vm;
use super::die::Exec;
use crate::bytecode::{Capture, Hints, Unit};
use crate::text::PerlStr;
use crate::value::Val;
use std::rc::Rc;

/// What an embedder is told, or asked. An `Err` is what its function panicked with: the program
/// dies of it.
#[derive(Default)]
pub struct Watchers {
    /// A warning nobody in the program took: instead of STDERR.
    pub warn: Option<Rc<dyn Fn(&PerlStr) -> Result<(), String>>>,
    /// Each `die`, before anything is unwound.
    pub die: Option<Rc<dyn Fn(&PerlStr) -> Result<(), String>>>,
    /// `require` of a file (`Foo/Bar.pm`), before `@INC` is searched: its text.
    pub require: Option<Rc<Finder>>,
    /// The error output, where it is not descriptor 2.
    pub errors: Option<Rc<dyn Fn(&[u8])>>,
}

/// Finds the text of a file that is required.
pub type Finder = dyn Fn(&str) -> Result<Option<Vec<u8>>, String>;

/// What an eval STRING sees around it.
pub struct EvalScope<'a> {
    /// Visible lexicals.
    pub lexicals: &'a [Capture],
    /// Package, strictness, warnings ... at the eval.
    pub hints: Option<Rc<Hints>>,
    /// `evalbytes`
    pub bytes: bool,
}

/// Implemented in `interp`.
pub trait Host {
    /// Compiles the text of an eval STRING, running its BEGIN blocks. The unit's captures are
    /// `First` declarations of the scope or of the process.
    fn compile_eval(&self, vm: &mut Vm, text: &Val, scope: &EvalScope<'_>) -> Exec<Rc<Unit>>;

    /// `require`: of a bareword or of a value (a file name or a version).
    fn require(&self, vm: &mut Vm, what: &Val, bareword: bool) -> Exec<Val>;

    /// `do FILE`. The error is left in `$@` or `$!`.
    fn do_file(&self, vm: &mut Vm, file: &Val, want: crate::bytecode::Want) -> Exec<Vec<Val>>;
}
