//! Subs: bodies, closures, signatures, formats.
use super::{BodyKind, Dest, Lower};
use crate::bytecode::{CaptureFrom, Literal, NO, Op, R, Want};
use crate::signature::Builtin;
use crate::syntax::ast::*;
use std::rc::Rc;

impl Lower<'_> {
    /// The name `caller` shows for a sub.
    fn sub_name(&self, sub: SubId) -> String {
        let def = &self.ast[sub];
        let package = &self.ast[def.package];
        let word = match def.kind {
            SubKind::Named | SubKind::Lexical => match (def.name, def.decl) {
                (Some(name), _) => return self.ast[name].to_string(),
                (None, Some(d)) => return self.ast[self.ast[d].name].to_string(),
                _ => "__ANON__",
            },
            SubKind::Anon => "__ANON__",
            SubKind::Begin => "BEGIN",
            SubKind::UnitCheck => "UNITCHECK",
            SubKind::Check => "CHECK",
            SubKind::Init => "INIT",
            SubKind::End => "END",
        };
        format!("{package}::{word}")
    }

    /// Fills the current body with a sub's.
    pub fn sub_body(&mut self, sub: SubId) {
        let ast = self.ast;
        let def = &ast[sub];
        let package: Rc<str> = ast[def.package].into();
        let hints = self.env.hints(def.hints, &package);
        self.package = package;
        self.b.set_hints(hints);
        let file = self.source.file(def.span.start);
        self.b.set_line(def.line, &file);
        self.b.unit.name = self.sub_name(sub);
        self.b.unit.prototype = def
            .proto
            .map(|p| String::from_utf8_lossy(&ast[p].bytes).into_owned().into());
        for attr in &def.attrs {
            let name = &ast[attr.name];
            match name {
                "lvalue" => self.b.unit.flags.lvalue = true,
                "method" => self.b.unit.flags.method = true,
                "prototype" => {
                    if let Some(arg) = attr.arg {
                        let text = String::from_utf8_lossy(&ast[arg].bytes).into_owned();
                        self.b.unit.prototype = Some(text.into());
                    }
                }
                "const" => {}
                _ => {
                    let arg = attr
                        .arg
                        .map(|a| format!("({})", String::from_utf8_lossy(&ast[a].bytes)));
                    self.b
                        .unit
                        .attributes
                        .push(format!("{name}{}", arg.unwrap_or_default()));
                }
            }
        }
        if def.has_eval {
            self.capture_all_visible();
        }
        self.b.open_scope(false);
        if let Some(signature) = def.signature {
            self.signature(signature);
        }
        self.b.unit.flags.declared = def.kind == SubKind::Lexical && def.body.is_none();
        self.b.unit.flags.completes = def.completes == Completes::Here;
        if let Some(body) = def.body {
            self.b.open_scope(false);
            self.stmts(&ast[body].stmts, Dest::Tail);
            self.b.emit(Op::RetVoid);
            if def.signature.is_none() {
                self.note_order(body);
            }
            self.b.close_scope();
        }
        self.b.close_scope();
        self.capture_named(def);
        self.set_flags(def.uses_args);
    }

    /// A closure holds every outer variable it names, also where the code that names it can never run: `$x if 0;` is
    /// how programs keep `$x` alive (perlref, closures).
    fn capture_named(&mut self, def: &SubDef) {
        if matches!(def.kind, SubKind::Anon | SubKind::Lexical) {
            for &decl in &def.captures {
                self.capture_unused(decl);
            }
        }
    }

    /// Facts about how `@_` is used.
    fn set_flags(&mut self, uses_args: bool) {
        let b = &mut self.b;
        let evals = b.unit.flags.evals;
        b.unit.flags.by_value = !b.args_real && !b.args_aliased && !evals;
        b.unit.flags.ignores_args = !uses_args && !b.args_real && !evals;
    }

    /// `sub {..}` as a value.
    pub fn anon_sub(&mut self, sub: SubId, d: R) {
        let index = self.sub_unit(sub);
        self.b.emit(Op::Closure(d, index));
    }

    /// The unit of a nested sub: index into `subs`.
    fn sub_unit(&mut self, sub: SubId) -> u16 {
        if let Some(&i) = self.b.anon.get(&sub.index()) {
            return i;
        }
        let name = self.sub_name(sub);
        let (package, hints) = (self.package.clone(), self.b.hints.clone());
        let unit = self.nested(BodyKind::Sub, name, |l| l.sub_body(sub));
        self.package = package;
        self.b.set_hints(hints);
        let i = self.add_unit(unit);
        self.b.anon.insert(sub.index(), i);
        i
    }

    /// A sub among the statements: package subs are installed already, lexical ones are made here.
    pub fn sub_stmt(&mut self, sub: SubId) {
        let def = &self.ast[sub];
        let Some(d) = def.decl else { return };
        if def.kind != SubKind::Lexical || matches!(self.ast[d].kind, DeclKind::Our(_)) {
            if matches!(self.ast[d].kind, DeclKind::Our(_)) {
                self.declare_our(d);
            }
            return;
        }
        let r = match def.completes {
            Completes::No => self.declare(d),
            Completes::Here => self.lexical(d),
            Completes::Within => return,
        };
        let done = matches!(self.ast[d].kind, DeclKind::State).then(|| self.once());
        let t = self.b.temp();
        let within = match def.body {
            None => self.ast.body_within(d),
            Some(_) => None,
        };
        let index = self.sub_unit(within.unwrap_or(sub));
        if def.completes == Completes::Here {
            // References taken to the declaration see the body from now on.
            self.b.emit(Op::Closure(r, index));
        } else {
            self.b.emit(Op::Closure(t, index));
            self.b.emit(Op::Move(r, t));
        }
        if let Some(done) = done {
            self.b.place_label(done);
        }
    }

    /// Takes the arguments apart as a signature says.
    fn signature(&mut self, id: SignatureId) {
        let ast = self.ast;
        let signature = &ast[id];
        let required = signature
            .params
            .iter()
            .rposition(|p| matches!(p.default, DefaultValue::Required))
            .map_or(0, |i| i + 1);
        let max = if signature.slurpy.is_some() {
            NO
        } else {
            signature.params.len() as u16
        };
        let hash = signature.slurpy.is_some_and(|s| s.sigil == Sigil::Hash);
        self.b
            .emit(Op::ArgCheck(u8::from(hash), required as u16, max));
        self.b.ext(0, signature.params.len() as u16, 0, 0);
        for (i, p) in signature.params.iter().enumerate() {
            self.parameter(i as u16, p);
        }
        let Some(slurpy) = signature.slurpy else {
            return;
        };
        if let Some(d) = slurpy.decl {
            let c = self.my_container(d);
            self.b.mark();
            self.b.emit(Op::PushArgs(0, signature.params.len() as u16));
            self.b.close(if hash {
                Op::HAssign(c, NO)
            } else {
                Op::AAssign(c, NO)
            });
        }
    }

    fn parameter(&mut self, i: u16, p: &Param) {
        let heights = self.b.heights();
        let r = p.decl.map(|d| self.declare(d));
        let default = match p.default {
            DefaultValue::Required | DefaultValue::Optional => None,
            DefaultValue::Missing(e) | DefaultValue::Undefined(e) | DefaultValue::False(e) => {
                Some(e)
            }
        };
        let to = match r {
            Some(r) => r,
            None if default.is_some() => self.b.temp(),
            None => return,
        };
        let end = self.b.label();
        if let (DefaultValue::Missing(e), Ok(n)) = (p.default, i16::try_from(i)) {
            let count = self.b.temp();
            let missing = self.b.label();
            self.b.emit(Op::ArgCount(count));
            self.b.jump(Op::JLeI(count, n, 0), missing);
            self.b.emit(Op::ArgGet(to, i));
            self.b.jump(Op::Jmp(0), end);
            self.b.place_label(missing);
            self.scalar_to(e, to);
            self.b.place_label(end);
            self.b.release(heights);
            return;
        }
        self.b.emit(Op::ArgGet(to, i));
        match p.default {
            DefaultValue::Undefined(e) => {
                self.b.jump(Op::JDef(to, 0), end);
                self.scalar_to(e, to);
            }
            DefaultValue::False(e) => {
                self.b.jump(Op::JT(to, 0), end);
                self.scalar_to(e, to);
            }
            _ => {}
        }
        self.b.place_label(end);
        self.b.release(heights);
    }

    /// A format as a sub: each line goes to `formline`.
    pub fn format(&mut self, id: FormatId) {
        let ast = self.ast;
        let format = &ast[id];
        self.b.unit.name = ast[format.name].to_string();
        if let Some(sub) = format.sub {
            let def = &ast[sub];
            let package: Rc<str> = ast[def.package].into();
            let hints = self.env.hints(def.hints, &package);
            self.package = package;
            self.b.set_hints(hints);
        }
        let file = self.source.file(format.span.start);
        self.b.open_scope(false);
        for line in &format.lines {
            self.b.set_line(line.line, &file);
            // a line that repeats computes its arguments each time
            let repeats = self.ast[line.picture]
                .bytes
                .windows(2)
                .any(|two| two == b"~~");
            let again = self.b.here();
            let heights = self.b.heights();
            let more = if repeats { self.b.temp() } else { NO };
            self.b.mark();
            let picture = self.text_literal(line.picture);
            self.push_constant(&picture);
            for &e in ast.list(line.args) {
                self.aliases(e);
            }
            let want = if repeats { Want::Scalar } else { Want::Void };
            self.b.close(Op::BiL(super::builtin::want_bits(want), more));
            self.b.ext(0, Builtin::Formline as u16, 1, 0);
            if repeats {
                self.b.jump(Op::JT(more, 0), again);
            }
            self.b.release(heights);
        }
        self.b.emit(Op::RetVoid);
        self.b.close_scope();
        let _ = (CaptureFrom::State, Literal::Undef);
    }
}
