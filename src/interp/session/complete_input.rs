//! Does a text end in the middle of something? The parser says so: brackets alone know nothing of strings, patterns
//! and here-documents. Nothing of the text is run; what it would import is guessed.
use super::Session;
use crate::source::Source;
use crate::syntax::fake::FakeFeedback;
use crate::syntax::feedback::{Abort, Feedback, Finished, HintsId, HintsNow, SubShape, View};
use crate::syntax::{self, Failure, Mode, Options};
use crate::vm::Vm;

impl Session {
    /// Whether more lines may complete the text.
    pub fn wants_more(&self, vm: &Vm, text: &str) -> bool {
        match self.dry_run(vm, text) {
            Err(Failure::Syntax(errors)) => errors.incomplete,
            Ok(program) if text.starts_with('=') || text.contains("\n=") => {
                // POD that has not been ended swallows whatever comes
                let open = self.dry_run(vm, &format!("{text}\n\n(\n"));
                program.data.is_none() && open.is_ok()
            }
            _ => false,
        }
    }

    fn dry_run(&self, vm: &Vm, text: &str) -> Result<syntax::Program, Failure> {
        let source = Source::from_bytes("(input)", text.as_bytes().to_vec());
        let options = Options {
            mode: Mode::Repl,
            package: self.package.clone(),
            outer: self.outer(),
            ..Options::default()
        };
        let now = HintsNow {
            id: HintsId(0),
            bits: self.hints.bits,
            features: self.hints.features as u32,
        };
        let mut dry = Dry {
            vm,
            guess: FakeFeedback::starting(now),
        };
        syntax::parse(&source, &options, &mut dry)
    }
}

/// Answers for the program as it is, and guesses about what the text would do.
struct Dry<'a> {
    vm: &'a Vm,
    guess: FakeFeedback,
}

impl Feedback for Dry<'_> {
    fn sub_shape(&mut self, name: &str) -> Option<SubShape> {
        if let Some(code) = self.vm.symbols.glob_if(name).and_then(|glob| glob.code()) {
            let prototype = code.prototype().map(|p| p.to_str_lossy().as_ref().into());
            return Some(SubShape { prototype });
        }
        self.guess.sub_shape(name)
    }

    fn is_package(&mut self, name: &str) -> bool {
        self.vm.symbols.stash_if(name).is_some() || self.guess.is_package(name)
    }

    fn is_filehandle(&mut self, name: &str) -> bool {
        let glob = self.vm.symbols.glob_if(name);
        glob.is_some_and(|glob| glob.io().is_some()) || self.guess.is_filehandle(name)
    }

    fn hints(&mut self) -> HintsNow {
        self.guess.hints()
    }

    fn enter_scope(&mut self) {
        self.guess.enter_scope();
    }

    fn leave_scope(&mut self) {
        self.guess.leave_scope();
    }

    fn finished(&mut self, what: Finished, view: &View<'_>) -> Result<(), Abort> {
        self.guess.finished(what, view)
    }
}
