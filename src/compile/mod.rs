//! From trees to units: resolves lexicals to registers and captures, gives every expression its context, and chooses
//! operations. Reports what perl finds wrong at compile time. Knows no values.
#![allow(missing_docs)]

mod body;
mod env;
mod facts;
mod finish;
mod fold;
mod lower;
mod scope;
mod temps;

pub use env::{Env, Report};

use crate::bytecode::Places;
use crate::bytecode::{DeclId, Unit};
use crate::source::Source;
use crate::syntax::ast::{self, Ast, StmtId, SubId};
use body::{Body, BodyKind, Map};
use lower::Lower;
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What is remembered between the compilations of parts of one tree (subs and `BEGIN` blocks come before the rest).
#[derive(Debug, Default)]
pub struct Session {
    /// Numbers of the tree's declarations, unique in the process, given at first use.
    numbers: RefCell<Map<usize, DeclId>>,
    /// Declarations of which something compiled earlier has captured the first instance.
    first: HashSet<DeclId, foldhash::fast::FixedState>,
    /// Declarations that outlive the text (`keep`).
    kept: HashSet<DeclId>,
    facts: Rc<facts::Facts>,
}

static NEXT_DECL: AtomicU32 = AtomicU32::new(1);

/// A number for a lexical that no tree declares.
pub fn new_number() -> DeclId {
    NEXT_DECL.fetch_add(1, Ordering::Relaxed)
}

impl Session {
    /// A declaration lives on when its text has run: an input of the REPL declares for those after it.
    pub fn keep(&mut self, decl: DeclId) {
        self.first.insert(decl);
        self.kept.insert(decl);
    }

    /// The number of the tree's `index`-th declaration.
    pub fn number(&self, index: usize) -> DeclId {
        *self
            .numbers
            .borrow_mut()
            .entry(index)
            .or_insert_with(new_number)
    }
}

/// Everything a compilation needs besides the tree's part to compile.
pub struct Input<'a> {
    /// The tree.
    pub ast: &'a Ast,
    /// Its text.
    pub source: &'a Rc<Source>,
    /// The running program.
    pub env: &'a mut dyn Env,
    /// What is known from earlier calls for the same tree.
    pub session: &'a mut Session,
}

impl<'a> Input<'a> {
    fn lower(self, kind: BodyKind, name: &str, visible: &[ast::DeclId]) -> Lower<'a> {
        Rc::make_mut(&mut self.session.facts).update(self.ast);
        let mut body = Body::new(kind, name.into(), self.session.facts.clone());
        body.set_line(1, self.source.name());
        let explains = self.env.explains();
        body.unit.places = explains.then(|| Box::new(Places::of(self.source)));
        let mut lower = Lower {
            ast: self.ast,
            source: self.source,
            env: self.env,
            session: self.session,
            b: body,
            outer: Vec::new(),
            around: Vec::new(),
            package: "main".into(),
            tail_register: 0,
            given_dests: Vec::new(),
            call_place: crate::bytecode::Place::No,
            assigned: None,
            unfolded: HashSet::new(),
            context_open: false,
            split_limit: None,
        };
        lower.around = visible.iter().map(|&d| lower.visible_of(d)).collect();
        lower
    }
}

/// Compiles the statements of a file: its last statement's value is what `do FILE`/`require` see.
pub fn compile_file(input: Input<'_>, name: &str, stmts: &[StmtId]) -> Rc<Unit> {
    let mut lower = input.lower(BodyKind::File, name, &[]);
    lower.program(stmts);
    lower.done()
}

/// Compiles the text of an `eval STRING`: lexicals of `DeclKind::Outer(key)` become captures `First(key)`.
/// `visible`: the outer lexicals, for evals inside it.
pub fn compile_eval(input: Input<'_>, stmts: &[StmtId], visible: &[ast::DeclId]) -> Rc<Unit> {
    let mut lower = input.lower(BodyKind::Eval, "(eval)", visible);
    lower.program(stmts);
    lower.done()
}

/// Compiles a named sub or phase block before what is around it has been compiled. `visible`: lexicals visible where
/// it stands. The unit's captures are all `First(decl)` (or `State`).
pub fn compile_sub(input: Input<'_>, sub: SubId, visible: &[ast::DeclId]) -> Rc<Unit> {
    let mut lower = input.lower(BodyKind::Sub, "", visible);
    lower.sub_body(sub);
    lower.done()
}

/// Compiles a `use` or `no` statement: a unit that requires the module and calls its import method.
pub fn compile_use(input: Input<'_>, stmt: StmtId, visible: &[ast::DeclId]) -> Rc<Unit> {
    let mut lower = input.lower(BodyKind::File, "main::BEGIN", visible);
    lower.at_stmt(stmt);
    lower.use_body(stmt);
    lower.done()
}

/// Compiles a format: a sub that formats its lines with `formline` and leaves them in `$^A`.
pub fn compile_format(
    input: Input<'_>,
    format: ast::FormatId,
    visible: &[ast::DeclId],
) -> Rc<Unit> {
    let mut lower = input.lower(BodyKind::Block, "", visible);
    lower.format(format);
    lower.done()
}
