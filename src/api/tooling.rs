//! Hidden doors for tools that parse without running (measurements, tree dumps).

use crate::source::Source;
use crate::syntax::{self, Failure, Options, fake::FakeFeedback};

/// Parses a text as a stand-alone file: the number of its statements, or perl's error text.
pub fn check_syntax(name: &str, text: Vec<u8>) -> Result<usize, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    outcome(syntax::parse(&source, &Options::default(), &mut feedback)).map(|p| p.stmts.len())
}

/// The tree of a text as text, or perl's error text.
pub fn dump_ast(name: &str, text: Vec<u8>) -> Result<String, String> {
    let source = Source::from_bytes(name, text);
    let mut feedback = FakeFeedback::default();
    outcome(syntax::parse(&source, &Options::default(), &mut feedback))
        .map(|program| syntax::dump::dump(&program))
}

fn outcome(result: Result<syntax::Program, Failure>) -> Result<syntax::Program, String> {
    result.map_err(|failure| match failure {
        Failure::Syntax(errors) => errors.errors.into_iter().map(|e| e.text).collect(),
        Failure::Aborted => "aborted\n".to_owned(),
    })
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
