//! Hidden doors for tools that parse without running (measurements, tree dumps).

use crate::source::Source;
use crate::syntax::{self, Failure, Options, fake::FakeFeedback};

/// Parses a text as a stand-alone file: the number of its statements, or perl's error text.
#[doc(hidden)]
pub fn check_syntax(name: &str, text: Vec<u8>) -> Result<usize, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => Ok(program.stmts.len()),
        Err(Failure::Syntax(errors)) => Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => Err("aborted\n".to_owned()),
    }
}

/// The tree of a text as text, or perl's error text.
#[doc(hidden)]
pub fn dump_ast(name: &str, text: Vec<u8>) -> Result<String, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => Ok(syntax::dump::dump(&program)),
        Err(Failure::Syntax(errors)) => Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => Err("aborted\n".to_owned()),
    }
}

/// The bytecode of a text compiled as a stand-alone file (pragmas followed, nothing run), subs first.
#[doc(hidden)]
pub fn disassemble(name: &str, text: Vec<u8>) -> Result<String, String> {
    use crate::syntax::ast::SubKind;
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    let program = match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => program,
        Err(Failure::Syntax(errors)) => {
            return Err(errors.errors.into_iter().map(|e| e.text).collect());
        }
        Err(Failure::Aborted) => return Err("aborted\n".to_owned()),
    };
    let mut env = FakeEnv::default();
    let mut session = crate::compile::Session::default();
    let mut out = String::new();
    for i in 0..program.ast.sub_count() {
        let id = crate::syntax::ast::SubId::at(i);
        let def = &program.ast[id];
        if def.body.is_some() && !matches!(def.kind, SubKind::Anon | SubKind::Lexical) {
            let input = crate::compile::Input {
                ast: &program.ast,
                source: &source,
                env: &mut env,
                session: &mut session,
            };
            let unit = crate::compile::compile_sub(input, id, &[]);
            out.push_str(&crate::bytecode::disasm::disasm(&unit));
        }
    }
    let input = crate::compile::Input {
        ast: &program.ast,
        source: &source,
        env: &mut env,
        session: &mut session,
    };
    let unit = crate::compile::compile_file(input, name, &program.stmts);
    out.push_str(&crate::bytecode::disasm::disasm(&unit));
    for r in env.reports {
        out.push_str(&format!(
            "{}: {} at {} line {}.\n",
            r.category.unwrap_or("error"),
            r.text,
            r.file,
            r.line
        ));
    }
    Ok(out)
}

/// No program at all: no constants, every pragma as at the start.
#[derive(Default)]
struct FakeEnv {
    reports: Vec<crate::compile::Report>,
}

impl crate::compile::Env for FakeEnv {
    fn hints(
        &mut self,
        _: crate::syntax::feedback::HintsId,
        package: &str,
    ) -> std::rc::Rc<crate::bytecode::Hints> {
        std::rc::Rc::new(crate::bytecode::Hints {
            package: package.into(),
            ..Default::default()
        })
    }

    fn constant(&mut self, _: &str) -> Option<crate::bytecode::Literal> {
        None
    }

    fn imported(&mut self, _: crate::syntax::ast::Sigil, _: &str) -> bool {
        false
    }

    fn warns(&mut self, _: &crate::bytecode::Hints, _: &str) -> bool {
        true
    }

    fn report(&mut self, report: crate::compile::Report) {
        self.reports.push(report);
    }
}

/// Runs a text as a stand-alone file without its `use` statements.
#[doc(hidden)]
pub fn run_raw(name: &str, text: Vec<u8>) -> Result<(), String> {
    use crate::bytecode::{CaptureFrom, PadKind, Unit, Want};
    use crate::syntax::ast::SubKind;
    use crate::value::{Code, Proto, Rc, Scalar, Val};
    use crate::vm::Vm;
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    let program = match syntax::parse(&source, &Options::default(), &mut feedback) {
        Ok(program) => program,
        Err(Failure::Syntax(errors)) => return Err(errors.errors.into_iter().map(|e| e.text).collect()),
        Err(Failure::Aborted) => return Err("aborted\n".to_owned()),
    };
    let mut vm = Vm::new();
    let mut env = FakeEnv::default();
    let mut session = crate::compile::Session::default();
    let code = |vm: &mut Vm, unit: std::rc::Rc<Unit>| -> Rc<Code> {
        let captures = unit
            .captures
            .iter()
            .map(|c| match (c.from, c.kind) {
                (CaptureFrom::First(d), kind) => vm.first(d, kind),
                (_, PadKind::Array) => Val::ARef(crate::value::Array::new()),
                (_, PadKind::Hash) => Val::HRef(crate::value::Hash::new()),
                _ => Val::Cell(Scalar::new(Val::Undef)),
            })
            .collect();
        Code::perl(Proto::load(unit, &vm.symbols), captures)
    };
    for i in 0..program.ast.sub_count() {
        let id = crate::syntax::ast::SubId::at(i);
        let def = &program.ast[id];
        let (Some(_), SubKind::Named, Some(name)) = (def.body, def.kind, def.name) else { continue };
        let input =
            crate::compile::Input { ast: &program.ast, source: &source, env: &mut env, session: &mut session };
        let unit = crate::compile::compile_sub(input, id, &[]);
        let sub = code(&mut vm, unit);
        let full = &program.ast[name];
        let (package, short) = full.rsplit_once("::").unwrap_or(("main", full));
        sub.set_name(package, short);
        vm.symbols.glob(full).set_code(Some(sub));
    }
    let input = crate::compile::Input { ast: &program.ast, source: &source, env: &mut env, session: &mut session };
    let unit = crate::compile::compile_file(input, name, &program.stmts);
    let main = code(&mut vm, unit);
    let space = Val::from(" ");
    vm.symbols.glob("main::\"").scalar().set(space);
    for (number, std) in ["main::STDIN", "main::STDOUT", "main::STDERR"].into_iter().enumerate() {
        let handle = std::rc::Rc::new(std::cell::RefCell::new(crate::io::Handle::standard(number as i32)));
        vm.symbols.glob(std).io_mut().set_handle(Some(handle));
    }
    let result = vm.call_code(main, &[], Want::Void).map(|_| ()).map_err(|e| format!("{e:?}"));
    for std in ["main::STDOUT", "main::STDERR"] {
        if let Some(handle) = vm.symbols.glob(std).io_mut().handle() {
            let _ = handle.borrow_mut().flush();
        }
    }
    result
}
