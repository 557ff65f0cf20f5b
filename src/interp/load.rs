//! From text to running code: parse, compile, run; and the errors of each step in perl's words.
use super::Interp;
use super::feedback::Loader;
use super::hint_hash;
use crate::bytecode::{Hints, PadKind, Unit, Want};
use crate::compile;
use crate::diag::hints::{self, feature};
use crate::source::Source;
use crate::syntax::ast::Sigil;
use crate::syntax::feedback::OuterLexical;
use crate::syntax::{self, Failure, Mode, Options};
use crate::text::PerlStr;
use crate::value::{Code, Rc, Val};
use crate::vm::host::EvalScope;
use crate::vm::{Die, Exec, Vm};
use std::rc::Rc as Shared;

/// A text to load, with its name.
pub struct Text {
    /// What `__FILE__` says.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The pragmas a file starts with.
pub fn fresh_hints() -> Hints {
    Hints {
        package: "main".into(),
        bits: hints::BLOCK_SCOPE,
        features: u64::from(feature::DEFAULT),
        ..Hints::default()
    }
}

/// Only parse, running nothing: how many errors there are is the exit code's business.
pub fn parse_only(text: Text) -> Result<(), String> {
    let source = Source::from_file(text.name, text.bytes);
    let mut feedback = syntax::fake::FakeFeedback::default();
    match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(_) => Ok(()),
        Err(Failure::Syntax(errors)) => Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => Err("aborted\n".into()),
    }
}

/// Compiles a file; its `use` and `BEGIN` have run then. The sub runs the file. It begins in the package of who asked
/// for it.
pub fn compile_file(
    interp: &Shared<Interp>,
    vm: &mut Vm,
    text: Text,
    package: &str,
) -> Exec<Rc<Code>> {
    let mut hints = fresh_hints();
    hints.package = package.into();
    let mut bytes = text.bytes;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        // a byte order mark says that the text is UTF-8
        bytes.drain(..3);
        hints.bits |= hints::UTF8;
    }
    let source = Source::from_file(text.name, bytes);
    let options = Options {
        mode: Mode::File,
        package: package.into(),
        ..Options::default()
    };
    let unit = compile(interp, vm, &source, options, hints)?;
    vm.load_unit(unit)
}

/// Compiles the text of an `eval STRING`.
pub fn compile_eval(
    interp: &Shared<Interp>,
    vm: &mut Vm,
    text: &Val,
    scope: &EvalScope<'_>,
) -> Exec<Shared<Unit>> {
    let mut text: PerlStr = vm.str(text)?;
    if scope.bytes && text.is_utf8() {
        match text.downgraded() {
            Some(bytes) => text = bytes,
            None => return Err(vm.die("Wide character in evalbytes")),
        }
    }
    let source = eval_source(interp.eval_name(), &text);
    let hints = scope.hints.as_deref().cloned().unwrap_or_else(fresh_hints);
    let outer: Vec<OuterLexical> = scope.lexicals.iter().map(outer_lexical).collect();
    let options = Options {
        mode: Mode::Eval,
        package: hints.package.to_string(),
        outer,
    };
    compile(interp, vm, &source, options, hints)
}

/// Characters as they are; bytes as Latin-1 characters that stand for bytes.
fn eval_source(name: String, text: &PerlStr) -> Shared<Source> {
    if text.is_utf8() {
        Source::from_text(name, text.to_str_lossy().into_owned())
    } else if text.is_ascii() {
        Source::from_bytes(name, text.as_bytes().to_vec())
    } else {
        Source::from_latin1(
            name,
            text.as_bytes()
                .iter()
                .map(|&b| char::from(b))
                .collect::<String>(),
        )
    }
}

/// A lexical around an eval, as the parser wants to know it.
fn outer_lexical(capture: &crate::bytecode::Capture) -> OuterLexical {
    let name = capture
        .name
        .strip_prefix(['$', '@', '%', '&'])
        .unwrap_or(&capture.name);
    OuterLexical {
        sigil: match capture.kind {
            PadKind::Scalar => Sigil::Scalar,
            PadKind::Array => Sigil::Array,
            PadKind::Hash => Sigil::Hash,
            PadKind::Code => Sigil::Code,
        },
        name: name.into(),
        our: capture.our.clone(),
        prototype: None,
        key: capture.decl,
    }
}

/// Parses and compiles a text. Everything it wants done at compile time has been done.
fn compile(
    interp: &Shared<Interp>,
    vm: &mut Vm,
    source: &Shared<Source>,
    options: Options,
    start: Hints,
) -> Exec<Shared<Unit>> {
    vm.texts.keep(source);
    let mode = options.mode;
    let name = source.name().to_string();
    let mut former = std::mem::replace(&mut vm.compiling, start);
    former.hash = hint_hash::pairs(vm);
    let hash = vm.compiling.hash.clone();
    hint_hash::restore(vm, &hash);
    let mut loader = Loader::new(interp, vm, source);
    if interp.begins.take() {
        loader.once = Some(Default::default());
        let from_stdin = loader.vm.owns_process && **source.name() == *"-";
        loader.lent = from_stdin.then(Default::default);
    }
    let parsed = syntax::parse(source, &options, &mut loader);
    let unit = loader.finish(parsed, mode, &name);
    hint_hash::restore(vm, &former.hash);
    vm.compiling = former;
    unit
}

impl Loader<'_> {
    /// The main unit of a parsed text, or why there is none.
    fn finish(
        mut self,
        parsed: Result<syntax::Program, Failure>,
        mode: Mode,
        name: &str,
    ) -> Exec<Shared<Unit>> {
        let program = match parsed {
            Ok(program) => program,
            Err(Failure::Aborted) => {
                let died = self.died.take().or_else(|| self.vm.stop());
                return Err(died.unwrap_or_else(|| self.vm.die("parse aborted")));
            }
            Err(Failure::Syntax(errors)) => {
                (self.incomplete, self.abrupt) = (errors.incomplete, errors.abrupt);
                for e in errors.errors {
                    self.errors.push((e.offset, e.text));
                }
                return Err(self.failure(mode));
            }
        };
        self.set_data(&program);
        let unit = match mode {
            Mode::File => self.compiler(&program.ast, |input| {
                compile::compile_file(input, name, &program.stmts)
            }),
            _ => {
                let outer = outer_decls(&program.ast);
                self.compiler(&program.ast, |input| {
                    compile::compile_eval(input, &program.stmts, &outer)
                })
            }
        }?;
        if !self.errors.is_empty() {
            return Err(self.failure(mode));
        }
        self.run_unitchecks()?;
        self.tell_once()?;
        Ok(unit)
    }

    /// All errors as one.
    pub(super) fn failure(&mut self, mode: Mode) -> Die {
        let mut errors = std::mem::take(&mut self.errors);
        errors.sort_by_key(|e| e.0);
        if let Some(&(offset, _)) = errors.first() {
            self.interp.report(super::embed::Report {
                file: self.source.name().to_string(),
                line: self.source.line(offset),
                offset: offset as usize,
                incomplete: self.incomplete,
            });
        }
        let mut text: String = errors.into_iter().map(|e| e.1).collect();
        if mode == Mode::File && self.interp.depth.get() == 0 && !self.abrupt {
            let name = self.source.name();
            if !text.contains("aborted due to compilation errors.\n")
                && !text.contains("had compilation errors")
            {
                if self.interp.check_only.get() {
                    text.push_str(&format!("{name} had compilation errors.\n"));
                } else {
                    text.push_str(&format!(
                        "Execution of {name} aborted due to compilation errors.\n"
                    ));
                }
            }
        }
        Die::with(Val::Str(PerlStr::from(text)))
    }

    /// The text behind `__DATA__` or `__END__` becomes the DATA handle of its package.
    fn set_data(&mut self, program: &syntax::Program) {
        let Some((offset, package)) = &program.data else {
            return;
        };
        let package = match package.as_str() {
            "" if self.interp.depth.get() > 0 => return,
            "" => "main",
            package => package,
        };
        let bytes = self.source.bytes_from(*offset as usize);
        match self.lent.is_some() {
            true => super::globals::give_back_data(self.vm, package, &bytes),
            false => super::globals::open_data(self.vm, package, bytes),
        }
    }
}

/// The declarations of a tree that stand for lexicals around it.
pub(super) fn outer_decls(ast: &syntax::ast::Ast) -> Vec<syntax::ast::DeclId> {
    (0..ast.decl_count())
        .map(syntax::ast::DeclId::at)
        .filter(|&d| matches!(ast[d].kind, syntax::ast::DeclKind::Outer(_)))
        .collect()
}

/// Runs a compiled file in a context.
pub fn run(vm: &mut Vm, code: &Rc<Code>, want: Want) -> Exec<Vec<Val>> {
    let around = vm.leave_begin();
    let result = super::call(vm, code, want);
    vm.begun = around;
    result
}

/// Shows the tree or the code a text becomes.
pub fn dump(
    interp: &Shared<Interp>,
    vm: &mut Vm,
    text: Text,
    kind: &str,
) -> Result<String, String> {
    if kind == "ast" {
        let source = Source::from_file(text.name, text.bytes);
        let mut feedback = syntax::fake::FakeFeedback::default();
        return match syntax::parse(&source, &Options::default(), &mut feedback) {
            Ok(program) => Ok(syntax::dump::dump(&program)),
            Err(Failure::Syntax(errors)) => {
                Err(errors.errors.into_iter().map(|e| e.text).collect())
            }
            Err(Failure::Aborted) => Err("aborted\n".into()),
        };
    }
    let code = compile_file(interp, vm, text, "main").map_err(|died| died.text())?;
    match code.body() {
        crate::value::code::Body::Perl(closure) => {
            Ok(crate::bytecode::disasm::disasm(&closure.proto.unit))
        }
        _ => Ok(String::new()),
    }
}
