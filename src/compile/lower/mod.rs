//! From trees to operations: one file per kind of construct.
mod args;
mod assign;
mod block;
mod builtin;
mod call;
mod cond;
mod control;
mod element;
mod eval;
mod expr;
mod foreach;
mod list;
mod listassign;
mod local;
mod loops;
mod lvalue;
mod map;
mod operator;
mod quote;
mod refs;
mod regex;
mod sort;
mod special;
mod stmt;
mod sub;
mod tail;
mod topic;
mod uses;

use super::Session;
use super::body::{Body, BodyKind};
use super::env::{Env, Report};
use super::scope::Visible;
use crate::bytecode::{Places, R, Unit};
use crate::source::{Source, Span};
use crate::syntax::ast::{Ast, ExprId};
use std::rc::Rc;

/// Where the value of an expression goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dest {
    /// Nowhere.
    Void,
    /// Into a register, as an assignment.
    Scalar(R),
    /// Appended to the open list.
    List,
    /// As an operation with `Want::Caller` leaves it: the open list or the register.
    Caller(R),
    /// It is what the sub returns.
    Tail,
}

/// The compiler at work on one tree.
pub struct Lower<'a> {
    /// The tree.
    pub ast: &'a Ast,
    /// Its text.
    pub source: &'a Rc<Source>,
    /// The running program.
    pub env: &'a mut dyn Env,
    /// What is known from earlier calls for the same tree.
    pub session: &'a mut Session,
    /// The body being compiled.
    pub b: Body,
    /// Bodies around it.
    pub outer: Vec<Body>,
    /// Lexicals around the outermost body (an `eval STRING`, or a sub compiled before its surroundings).
    pub around: Vec<Visible>,
    /// Package in force.
    pub package: Rc<str>,
    /// Register of the value of a `try` in tail position.
    pub tail_register: R,
    /// The right side of the assignment whose left side is being taken.
    pub assigned: Option<ExprId>,
    /// Operators known not to be constant.
    pub unfolded: std::collections::HashSet<ExprId>,
    /// Where the values of the `given`s around go.
    pub given_dests: Vec<Dest>,
    /// Whether the next call is wanted for its place.
    pub call_place: crate::bytecode::Place,
    /// The context is known at run time only: what has no effect in one of them is no mistake.
    pub context_open: bool,
    /// How many fields the next `split` need find: one more than its list assignment takes (perlfunc split).
    pub split_limit: Option<i32>,
}

impl Lower<'_> {
    /// Reports an error at `span`.
    pub fn error(&mut self, span: Span, text: String) {
        self.report(None, span, text);
    }

    /// Reports a warning if its category is on.
    pub fn warn(&mut self, category: &'static str, span: Span, text: String) {
        let hints = self.b.hints.clone();
        if self.env.warns(&hints, category) {
            self.report(Some(category), span, text);
        }
    }

    /// Reports an error with the text it stands near.
    pub fn report_near(&mut self, span: Span, text: String, near: String) {
        let (file, line) = (self.source.file(span.start), self.source.line(span.start));
        self.env.report(Report {
            category: None,
            text,
            file,
            line,
            offset: span.start,
            near: Some(near),
        });
    }

    fn report(&mut self, category: Option<&'static str>, span: Span, text: String) {
        let (file, line) = (self.source.file(span.start), self.source.line(span.start));
        self.env.report(Report {
            category,
            text,
            file,
            line,
            offset: span.start,
            near: None,
        });
    }

    /// Whether a `use strict` bit or the like is set.
    pub fn hint(&self, bit: u32) -> bool {
        self.b.hints.bits & bit != 0
    }

    /// Compiles a nested body: `run` fills it.
    pub fn nested(
        &mut self,
        kind: BodyKind,
        name: String,
        run: impl FnOnce(&mut Self),
    ) -> Rc<Unit> {
        let body = self.start_body(kind, name);
        let outer = std::mem::replace(&mut self.b, body);
        self.outer.push(outer);
        run(self);
        let outer = match self.outer.pop() {
            Some(outer) => outer,
            None => self.start_body(kind, String::new()),
        };
        let body = std::mem::replace(&mut self.b, outer);
        self.finish_body(body)
    }

    /// An empty body in the place we are at.
    pub fn start_body(&self, kind: BodyKind, name: String) -> Body {
        let mut body = Body::new(kind, name, self.session.facts.clone());
        body.set_hints(self.b.hints.clone());
        body.line = self.b.line;
        let file = self
            .b
            .unit
            .files
            .last()
            .cloned()
            .unwrap_or_else(|| self.source.name().clone());
        body.set_line(self.b.line, &file);
        body.span = self.b.span;
        let explains = self.env.explains();
        body.unit.places = explains.then(|| Box::new(Places::of(self.source)));
        body
    }

    /// The finished unit.
    pub fn finish_body(&mut self, mut body: Body) -> Rc<Unit> {
        body.unit.flags.taint = self.env.tainting();
        let (unit, ok) = body.finish();
        if !ok {
            self.error(
                Span::default(),
                format!("{} is too large to compile", unit.name),
            );
        }
        Rc::new(unit)
    }

    /// Compiles an expression, to which the operations emitted meanwhile belong.
    pub fn within<T>(&mut self, e: ExprId, f: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::replace(&mut self.b.span, self.ast.span(e));
        let done = self.deep(f);
        self.b.span = around;
        done
    }

    /// Runs `f` with more native stack where little is left.
    pub fn deep<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        crate::source::depth::deeper(128 * 1024, 1024 * 1024, || f(self))
    }

    /// Evaluates `e` for a destination.
    pub fn expr(&mut self, e: ExprId, dest: Dest) {
        match dest {
            Dest::Void => self.void(e),
            Dest::Scalar(d) => self.scalar_to(e, d),
            Dest::List => self.list(e),
            Dest::Caller(d) => self.leave(e, d),
            Dest::Tail => self.tail(e),
        }
    }
}
