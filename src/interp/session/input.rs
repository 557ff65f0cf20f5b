//! One input of a session: parsed, compiled and run among what earlier inputs have left.
use super::super::feedback::Loader;
use super::super::load::outer_decls;
use super::super::phases;
use super::{Kept, Session};
use crate::bytecode::{Hints, Unit, Want};
use crate::compile;
use crate::source::Source;
use crate::syntax::ast::{Ast, DeclKind, ExprId, ExprKind, Modifier, Sigil, StmtId, StmtKind};
use crate::syntax::{self, Failure, Mode, Options};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::{Die, Exec, Stop, Vm};
use std::rc::Rc as Shared;

/// How the value of an input is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Not at all: it was printed, declared or done.
    Nothing,
    /// And remembered under a name.
    Value(Form),
    /// It is a variable's already.
    Assigned(Form),
}

/// Whether values are a list, or the keys and values of a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One behind the other.
    List,
    /// `key => value`
    Pairs,
}

/// What became of an input.
pub enum Fed {
    /// It ran to its end.
    Done(Vec<Val>, Shown),
    /// It died; the text is perl's.
    Died(PerlStr),
    /// The process is to end with this status.
    Exit(i32),
    /// The interrupt key ended it.
    Interrupted,
}

/// A compiled input, and what it leaves to the next.
struct Compiled {
    unit: Shared<Unit>,
    package: String,
    hints: Hints,
    visible: Vec<Kept>,
    shown: Shown,
}

impl Session {
    /// Runs a text. `name`: what `__FILE__` says; none for the next `(input N)`.
    pub fn feed(&mut self, vm: &mut Vm, name: Option<&str>, text: &str) -> Fed {
        let source = self.source(vm, name, text);
        let result = self.run(vm, &source);
        self.outcome(vm, result)
    }

    /// Runs a text for its values alone: nothing is remembered.
    pub fn evaluate(&mut self, vm: &mut Vm, text: &str) -> Result<Vec<Val>, Fed> {
        match self.feed(vm, None, text) {
            Fed::Done(values, _) => Ok(values),
            other => Err(other),
        }
    }

    fn source(&mut self, vm: &mut Vm, name: Option<&str>, text: &str) -> Shared<Source> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => {
                self.inputs += 1;
                format!("(input {})", self.inputs)
            }
        };
        let source = Source::from_bytes(name, text.as_bytes().to_vec());
        vm.texts.keep(&source);
        source
    }

    fn run(&mut self, vm: &mut Vm, source: &Shared<Source>) -> Exec<(Vec<Val>, Shown)> {
        let options = Options {
            mode: Mode::Repl,
            package: self.package.clone(),
            outer: self.outer(),
            ..Options::default()
        };
        let former = std::mem::replace(&mut vm.compiling, self.hints.clone());
        let interp = self.interp.clone();
        let mut loader = Loader::new(&interp, vm, source);
        let parsed = syntax::parse(source, &options, &mut loader);
        let compiled = loader.finish_input(parsed, &self.lexicals);
        vm.compiling = former;
        let compiled = compiled?;
        let code = vm.load_unit(compiled.unit)?;
        self.package = compiled.package;
        self.hints = compiled.hints;
        // before the code runs: what it declares is there even if it dies half-way
        for kept in compiled.visible.iter().filter(|kept| kept.our.is_none()) {
            vm.first(kept.key, super::pad_kind(kept.sigil));
        }
        self.take_over(vm, compiled.visible);
        let values = super::super::call(vm, &code, Want::List);
        drop(code);
        vm.drain_destroy();
        let values = values?;
        vm.safepoint()?;
        let values = values
            .iter()
            .map(|val| vm.load(val.clone()))
            .collect::<Exec<_>>()?;
        Ok((values, compiled.shown))
    }

    fn outcome(&mut self, vm: &mut Vm, result: Exec<(Vec<Val>, Shown)>) -> Fed {
        let fed = match result {
            Ok((values, shown)) => Fed::Done(values, shown),
            Err(died) => match died.stop() {
                Stop::Interrupted => Fed::Interrupted,
                Stop::Exit(status) => Fed::Exit(*status),
                stop => {
                    let object = match stop {
                        Stop::Died(val) if !self.in_child() => {
                            vm.set_error(val.clone());
                            val.is_ref().then(|| val.clone())
                        }
                        _ => None,
                    };
                    let (status, text) = phases::last_words(vm, died);
                    match text {
                        Some(text) if !self.in_child() => {
                            Fed::Died(object.map_or(text.clone(), |o| self.object(vm, &o, &text)))
                        }
                        Some(text) => {
                            let _ = vm.tell(&text);
                            Fed::Exit(status)
                        }
                        None => Fed::Exit(status),
                    }
                }
            },
        };
        super::super::globals::flush_all(vm);
        match fed {
            // a forked child has nobody to talk to
            Fed::Done(..) if self.in_child() => Fed::Exit(0),
            Fed::Interrupted if self.in_child() => Fed::Exit(130),
            other => other,
        }
    }
}

impl Session {
    /// What is said of an error that is an object: its text, where it has one of its own, and what it is.
    fn object(&self, vm: &mut Vm, object: &Val, text: &PerlStr) -> PerlStr {
        let shown = self.show(vm, std::slice::from_ref(object), "$@", Form::List);
        let mut out = text.clone();
        if text.is_empty() || *text == object.to_str() {
            out = PerlStr::from("died with ");
        } else if !text.as_bytes().ends_with(b"\n") {
            out.push_bytes(b"\n");
        }
        out.push_str(&PerlStr::from(format!("$@ = {shown}\n")));
        let place = object.referent().and_then(|r| vm.texts.thrown(r.address()));
        if let Some(line) = place.and_then(|place| crate::diag::show(&place, &vm.texts)) {
            out.push_str(&PerlStr::from(line));
        }
        out
    }
}

impl Loader<'_> {
    /// The unit of a parsed input, and what lives on after it.
    fn finish_input(
        mut self,
        parsed: Result<syntax::Program, Failure>,
        earlier: &[Kept],
    ) -> Exec<Compiled> {
        let program = match parsed {
            Ok(program) => program,
            Err(Failure::Aborted) => {
                let died = self.died.take().or_else(|| self.vm.stop());
                return Err(died.unwrap_or_else(|| self.vm.die("parse aborted")));
            }
            Err(Failure::Syntax(errors)) => {
                self.errors
                    .extend(errors.errors.into_iter().map(|e| (e.offset, e.text)));
                return Err(self.failure(Mode::Repl));
            }
        };
        let visible = self.visible(&program, earlier);
        let hints = self.vm.compiling.clone();
        let outer = outer_decls(&program.ast);
        let unit = self.compiler(&program.ast, |input| {
            compile::compile_eval(input, &program.stmts, &outer)
        })?;
        if !self.errors.is_empty() {
            return Err(self.failure(Mode::Repl));
        }
        let unitchecks: Result<(), Die> = self.run_unitchecks();
        unitchecks?;
        Ok(Compiled {
            unit,
            hints,
            visible,
            shown: shown(&program.ast, &program.stmts),
            package: program.package,
        })
    }

    /// The lexicals visible at the end; those declared here are kept from now on.
    fn visible(&mut self, program: &syntax::Program, earlier: &[Kept]) -> Vec<Kept> {
        let mut out = Vec::with_capacity(program.visible.len());
        for &id in &program.visible {
            let decl = &program.ast[id];
            let name: Shared<str> = program.ast[decl.name].into();
            let key = match decl.kind {
                DeclKind::Outer(key) => key,
                DeclKind::My | DeclKind::State => {
                    let key = self.session.number(id.index());
                    self.session.keep(key);
                    key
                }
                DeclKind::Our(_) => earlier
                    .iter()
                    .find(|k| k.our.is_some() && k.sigil == decl.sigil && *k.name == *name)
                    .map_or_else(compile::new_number, |k| k.key),
            };
            out.push(Kept {
                sigil: decl.sigil,
                name,
                our: match decl.kind {
                    DeclKind::Our(full) => Some(program.ast[full].into()),
                    _ => None,
                },
                key,
            });
        }
        out
    }
}

/// How the last statement's value is shown.
fn shown(ast: &Ast, stmts: &[StmtId]) -> Shown {
    let last = stmts
        .iter()
        .rev()
        .find(|id| !matches!(ast[**id].kind, StmtKind::Empty));
    let Some(&last) = last else {
        return Shown::Nothing;
    };
    match ast[last].kind {
        StmtKind::Expr(expr) => shown_of(ast, expr),
        StmtKind::Modified {
            modifier: Modifier::If | Modifier::Unless,
            body,
            ..
        } => shown_of(ast, body),
        _ => Shown::Nothing,
    }
}

fn shown_of(ast: &Ast, expr: ExprId) -> Shown {
    match *ast.kind(expr) {
        ExprKind::Print { .. }
        | ExprKind::My(_)
        | ExprKind::MyList(_)
        | ExprKind::Require(_)
        | ExprKind::RequireFile(_)
        | ExprKind::Nothing => Shown::Nothing,
        ExprKind::AssignList { to, .. } => Shown::Assigned(form(ast, to)),
        ExprKind::Assign { .. }
        | ExprKind::AssignOp { .. }
        | ExprKind::AssignLogic { .. }
        | ExprKind::Local(_) => Shown::Assigned(Form::List),
        ExprKind::Logic { right, .. } => match shown_of(ast, right) {
            Shown::Nothing => Shown::Nothing,
            _ => Shown::Value(Form::List),
        },
        _ => Shown::Value(form(ast, expr)),
    }
}

/// A hash variable's values are pairs.
fn form(ast: &Ast, expr: ExprId) -> Form {
    let sigil = match *ast.kind(expr) {
        ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil,
        ExprKind::My(decl) => ast[decl].sigil,
        _ => return Form::List,
    };
    match sigil {
        Sigil::Hash => Form::Pairs,
        _ => Form::List,
    }
}
