//! A session: a program that comes input by input. Lexicals, pragmas and the package live on between inputs.
//!
//! | file | job |
//! |---|---|
//! | `input` | one input: parse, compile, run; what lives on |
//! | `complete_input` | does a text end in the middle of something? |
//! | `show` | values as readable Perl data |
//! | `describe` | what kind of value it is, for `:type` |
//! | `idle` | waiting at the prompt |
//! | `names` | what can be completed |
//! | `reach` | the object or hash before the cursor |
//! | `processes`, `handles`, `signals` | what the session has open, started and waits for |
mod complete_input;
mod describe;
mod handles;
mod idle;
mod input;
mod names;
mod processes;
mod reach;
mod show;
mod signals;

pub use idle::Idle;
pub use input::{Fed, Form, Shown};
pub use processes::Child;

use super::{Interp, load, phases};
use crate::bytecode::{DeclId, Hints, PadKind};
use crate::compile;
use crate::diag::hints::feature;
use crate::syntax::ast::Sigil;
use crate::syntax::feedback::OuterLexical;
use crate::sys::kept_terminal::KeptTerminal;
use crate::sys::{self, process};
use crate::value::{Array, Scalar, Val};
use crate::vm::Vm;
use std::rc::Rc as Shared;

/// A lexical that inputs to come can name.
#[derive(Clone)]
struct Kept {
    sigil: Sigil,
    name: Shared<str>,
    /// `our`: the qualified name it stands for.
    our: Option<Shared<str>>,
    /// Its declaration's number.
    key: DeclId,
}

/// What lives on between inputs.
pub struct Session {
    interp: Shared<Interp>,
    package: String,
    hints: Hints,
    lexicals: Vec<Kept>,
    inputs: u32,
    values: u32,
    /// The process the session belongs to: its children only run their input to the end.
    home: i32,
    children: processes::Announced,
    /// Where the person sits.
    terminal: Option<KeptTerminal>,
}

impl Session {
    /// A session with nothing in it. Where a person sits at a terminal, Ctrl-C ends what runs and not the process.
    pub fn begin(interp: &Shared<Interp>, vm: &mut Vm, terminal: Option<KeptTerminal>) -> Session {
        phases::begin_running(interp, vm);
        vm.interrupt_key = terminal.is_some();
        if terminal.is_some() {
            let _ = sys::signal::catch_here(signals::INT);
        }
        let mut hints = load::fresh_hints();
        hints.features |= u64::from(feature::SAY | feature::STATE | feature::FC | feature::ISA);
        Session {
            interp: interp.clone(),
            package: "main".into(),
            hints,
            lexicals: Vec::new(),
            inputs: 0,
            values: 0,
            home: process::getpid(),
            children: processes::Announced::default(),
            terminal,
        }
    }

    /// The current package.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// Is this a child that the session has forked?
    pub fn in_child(&self) -> bool {
        process::getpid() != self.home
    }

    /// The end: END blocks, destruction, the last flush; the exit code.
    pub fn finish(&self, vm: &mut Vm, status: i32) -> i32 {
        phases::finish(&self.interp, vm, status)
    }

    fn outer(&self) -> Vec<OuterLexical> {
        let outer = |kept: &Kept| OuterLexical {
            sigil: kept.sigil,
            name: kept.name.clone(),
            our: kept.our.clone(),
            prototype: None,
            key: kept.key,
        };
        self.lexicals.iter().map(outer).collect()
    }

    /// Takes the lexicals visible at the end of an input; those no text can name any more go.
    fn take_over(&mut self, vm: &mut Vm, visible: Vec<Kept>) {
        let mut lexicals: Vec<Kept> = Vec::with_capacity(visible.len());
        for kept in visible {
            lexicals.retain(|k| (k.sigil, &k.name) != (kept.sigil, &kept.name));
            lexicals.push(kept);
        }
        for old in &self.lexicals {
            if !lexicals.iter().any(|k| k.key == old.key) {
                vm.forget_first(old.key);
            }
        }
        self.lexicals = lexicals;
        vm.drain_destroy();
    }

    /// Remembers a value as `$_1`, `$_2` ... (a list as `@_1` ...): lexicals, so that every package and `strict` let
    /// them pass. Gives the name.
    pub fn remember(&mut self, vm: &mut Vm, values: &[Val]) -> String {
        self.values += 1;
        let name = format!("_{}", self.values);
        let (sigil, variable) = match values {
            [one] => (Sigil::Scalar, Val::Cell(Scalar::new(one.clone()))),
            many => (Sigil::Array, Val::ARef(Array::from_vec(many.to_vec()))),
        };
        let key = compile::new_number();
        vm.set_first(key, variable);
        let shown = format!("{}{name}", if sigil == Sigil::Array { '@' } else { '$' });
        self.lexicals.push(Kept {
            sigil,
            name: name.as_str().into(),
            our: None,
            key,
        });
        shown
    }

    /// The variable a lexical name means, if the session knows it.
    fn lexical(&self, vm: &Vm, sigil: Sigil, name: &str) -> Option<Val> {
        let kept = self
            .lexicals
            .iter()
            .rev()
            .find(|k| k.sigil == sigil && *k.name == *name)?;
        match &kept.our {
            Some(_) => None,
            None => vm.first_if(kept.key).cloned(),
        }
    }
}

fn pad_kind(sigil: Sigil) -> PadKind {
    match sigil {
        Sigil::Array => PadKind::Array,
        Sigil::Hash => PadKind::Hash,
        Sigil::Code => PadKind::Code,
        Sigil::Scalar | Sigil::Glob => PadKind::Scalar,
    }
}
