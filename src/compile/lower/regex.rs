//! Matching, substitution, transliteration, `split`.
use super::builtin::want_bits;
use super::{Dest, Lower};
use crate::bytecode::{Literal, MatchSpec, NO, Op, R, SubstSpec, TransSpec, Want};
use crate::syntax::ast::*;

impl Lower<'_> {
    /// The pattern half of an operator: index into `matches`. Computes the pattern where it is not constant.
    fn pattern(&mut self, id: PatternId, negate: bool, want: Want) -> u16 {
        let ast = self.ast;
        let pattern = &ast[id];
        let mut spec = MatchSpec {
            constant: None,
            pattern: NO,
            flags: flag_letters(pattern.flags),
            blocks: Vec::new(),
            negate,
            want,
            once: pattern.once,
            empty_means_last: pattern.empty,
            scope: NO,
        };
        self.code_blocks(&pattern.parts, &mut spec.blocks);
        match self.constant_pattern(&pattern.parts) {
            Some(text) => spec.constant = Some(text),
            None => {
                // a pattern is tainted by its own parts only
                self.statement_begins();
                let t = self.b.temp();
                spec.pattern = self.pattern_text(&pattern.parts, t);
            }
        }
        let late = match &spec.constant {
            None => self.hint(crate::diag::hints::RE_EVAL),
            // Between single quotes the parser leaves code to the pattern.
            Some(text) => spec.blocks.is_empty() && mentions_code(text),
        };
        if late {
            self.b.unit.flags.evals = true;
            spec.scope = self.eval_scope();
        }
        self.b.note_match();
        self.b.unit.matches.push(spec);
        self.b.unit.matches.len() as u16 - 1
    }

    fn code_blocks(&mut self, parts: &[PatPart], out: &mut Vec<(u16, bool)>) {
        for part in parts {
            match part {
                PatPart::Code { block, kind, .. } => {
                    let t = self.code_unit(*block);
                    out.push((t, *kind == CodeKind::Pattern));
                }
                PatPart::Case(_, inner) => self.code_blocks(inner, out),
                _ => {}
            }
        }
    }

    fn code_unit(&mut self, block: BlockId) -> u16 {
        if let Some(&i) = self.b.anon.get(&(usize::MAX - block.index())) {
            return i;
        }
        let name = format!("{}::__ANON__", self.package);
        let unit = self.nested(super::BodyKind::Block, name, |l| {
            let t = l.b.temp();
            // What it localises outlives it: its frame is left, not its scope.
            l.b.open_scope(false);
            let ast = l.ast;
            l.stmts(&ast[block].stmts, Dest::Scalar(t));
            l.b.emit(Op::Ret(t));
            l.b.close_scope();
        });
        let i = self.add_unit(unit);
        self.b.anon.insert(usize::MAX - block.index(), i);
        i
    }

    fn constant_pattern(&mut self, parts: &[PatPart]) -> Option<Literal> {
        let mut bytes = Vec::new();
        let mut utf8 = false;
        for part in parts {
            let (PatPart::Lit(s) | PatPart::Code { text: s, .. }) = part else {
                return None;
            };
            let t = &self.ast[*s];
            if t.utf8 != utf8 && !t.bytes.is_ascii() && !bytes.is_ascii() {
                return None;
            }
            utf8 |= t.utf8;
            bytes.extend_from_slice(&t.bytes);
        }
        Some(Literal::Str(bytes.into(), utf8))
    }

    /// The pattern computed into a register: one interpolated scalar alone stays what it is (a compiled pattern).
    fn pattern_text(&mut self, parts: &[PatPart], t: R) -> R {
        if let [PatPart::Scalar(e)] = *parts {
            return self.scalar(e);
        }
        let mut operands = Vec::with_capacity(parts.len());
        for part in parts {
            operands.push(match part {
                PatPart::Lit(s) | PatPart::Code { text: s, .. } => {
                    let literal = self.text_literal(*s);
                    (true, self.b.constant(&literal))
                }
                PatPart::Scalar(e) if self.constant_value(*e).is_none() => {
                    let (s, r) = (self.scalar(*e), self.b.temp());
                    self.b.emit(Op::Un(crate::bytecode::Un::Piece, r, s));
                    (false, r)
                }
                PatPart::Scalar(e) => self.operand(*e, true),
                PatPart::Join(e) => {
                    let r = self.b.temp();
                    self.join_list(*e, r);
                    (false, r)
                }
                PatPart::Case(case, inner) => {
                    let first = self.window(1);
                    let r = self.pattern_text(inner, first);
                    if r != first {
                        self.b.emit(Op::Copy(first, r));
                    }
                    self.case_op(*case, first, first);
                    (false, first)
                }
            });
        }
        self.concat_x(operands, t);
        t
    }

    /// The target of a match: `$_` where none is given. `place`: it is changed or its `pos` is.
    fn target(&mut self, target: Option<ExprId>, place: bool) -> R {
        match target {
            Some(e) if place && self.is_literal(e) && self.constant_value(e).is_some() => {
                let p = self.b.place();
                let value = self.constant_value(e).unwrap_or(Literal::Undef);
                let k = self.b.own_constant(e.index(), &value);
                self.b.emit(Op::ConstCell(p, k));
                p
            }
            Some(e) if place => self.place_of(e),
            Some(e) => self.scalar(e),
            None => {
                let g = self.b.glob("main::_");
                if place {
                    let p = self.b.place();
                    self.b.emit(Op::GCell(p, g));
                    p
                } else {
                    let t = self.b.temp();
                    self.b.emit(Op::GGet(t, g));
                    t
                }
            }
        }
    }

    /// `m//`
    pub fn match_expr(&mut self, e: ExprId, want: Want, d: R) {
        let ExprKind::Match {
            target,
            pattern,
            negate,
        } = *self.ast.kind(e)
        else {
            return;
        };
        let heights = self.b.heights();
        let want = if negate && want == Want::List {
            Want::Scalar
        } else {
            want
        };
        let list = matches!(*self.ast.kind(e), ExprKind::Match { negate: true, .. });
        let to = match (want, d) {
            (Want::Scalar, NO) => self.b.temp(),
            _ => d,
        };
        let flags = self.ast[pattern].flags;
        let t = self.target(target, flags.has(PatFlags::G) || self.looks_at_pos(pattern));
        let m = self.pattern(pattern, negate, want);
        self.b.emit(Op::Match(to, t, m));
        if list && d == NO && want == Want::Scalar {
            self.b.emit(Op::Push(to));
        }
        self.b.release(heights);
    }

    /// `\G` in the pattern's own text: the match wants `pos` of its target even without `/g`.
    fn looks_at_pos(&self, pattern: PatternId) -> bool {
        self.ast[pattern].parts.iter().any(|part| match part {
            PatPart::Lit(s) => self.ast[*s].bytes.windows(2).any(|two| two == b"\\G"),
            _ => false,
        })
    }

    /// A value in a register against a pattern.
    pub fn match_value(&mut self, t: R, pattern: PatternId, d: R) {
        let m = self.pattern(pattern, false, Want::Scalar);
        self.b.emit(Op::Match(d, t, m));
    }

    /// `qr//`
    pub fn qr(&mut self, pattern: PatternId, d: R) {
        let m = self.pattern(pattern, false, Want::Scalar);
        self.b.emit(Op::Qr(d, m));
    }

    /// `s///`
    pub fn subst(&mut self, e: ExprId, d: R) {
        let ExprKind::Subst {
            target,
            pattern,
            with,
            negate,
        } = *self.ast.kind(e)
        else {
            return;
        };
        let heights = self.b.heights();
        let flags = self.ast[pattern].flags;
        let ret = flags.has(PatFlags::R);
        let t = match target {
            Some(e) if !ret => self.lvalue(e, "substitution (s///)"),
            _ => self.target(target, !ret),
        };
        let m = self.pattern(pattern, negate, Want::Scalar);
        let spec = SubstSpec {
            pattern: m,
            replacement: self.constant_value(with),
            ret,
            global: flags.has(PatFlags::G),
        };
        let constant = spec.replacement.is_some();
        self.b.unit.substs.push(spec);
        let s = self.b.unit.substs.len() as u16 - 1;
        if constant {
            self.b.emit(Op::Subst(d, t, s));
            self.b.release(heights);
            return;
        }
        let it = self.b.held();
        self.b.emit(Op::SubstStart(it, t, s));
        let end = self.b.label();
        let next = self.b.here();
        self.b.jump(Op::SubstNext(it, 0), end);
        let r = self.scalar(with);
        self.b.emit(Op::SubstAdd(it, r));
        self.b.jump(Op::Jmp(0), next);
        self.b.place_label(end);
        let to = if d == NO { self.b.temp() } else { d };
        self.b.emit(Op::SubstEnd(to, it));
        self.b.emit(Op::IterEnd(it));
        self.b.release(heights);
    }

    /// `tr///`
    pub fn trans(&mut self, e: ExprId, d: R) {
        let ExprKind::Trans {
            target,
            trans,
            negate,
        } = *self.ast.kind(e)
        else {
            return;
        };
        let heights = self.b.heights();
        let tr = self.ast[trans];
        let mut flags = String::new();
        for (on, c) in [
            (tr.flags.complement, 'c'),
            (tr.flags.delete, 'd'),
            (tr.flags.squeeze, 's'),
            (tr.flags.copy, 'r'),
        ] {
            if on {
                flags.push(c);
            }
        }
        let (from, to) = (self.text_literal(tr.from), self.text_literal(tr.to));
        let empty = |l: &Literal| matches!(l, Literal::Str(s, _) if s.is_empty());
        // counting only reads
        let counts = (empty(&to) && !tr.flags.delete || tr.flags.copy) && !tr.flags.squeeze;
        let t = match target {
            Some(e) if !tr.flags.copy && !counts => self.lvalue(e, "transliteration (tr///)"),
            _ => self.target(target, !tr.flags.copy && !counts),
        };
        self.b.unit.trans.push(TransSpec {
            from,
            to,
            flags,
            negate,
        });
        let i = self.b.unit.trans.len() as u16 - 1;
        self.b.emit(Op::Trans(d, t, i));
        self.b.release(heights);
    }

    /// `split`; `into`: an array that takes the fields.
    pub fn split(&mut self, items: &[ExprId], want: Want, d: R, into: R) {
        let heights = self.b.heights();
        let implicit = self.split_limit.take();
        let mut items = items.iter().copied();
        let m = match items.next() {
            None => NO,
            Some(p) => match *self.ast.kind(p) {
                ExprKind::Match {
                    pattern,
                    target: None,
                    ..
                } => self.pattern(pattern, false, Want::Scalar),
                _ => self.split_by(p),
            },
        };
        let s = match items.next() {
            Some(e) => self.scalar(e),
            None => self.target(None, false),
        };
        let s = self.as_bytes(s);
        let l = match items.next() {
            Some(e) => self.scalar(e),
            None => match implicit {
                Some(n) => {
                    let l = self.b.temp();
                    self.b.emit(Op::LoadI(l, n));
                    l
                }
                None => NO,
            },
        };
        self.b.emit(Op::Split(want_bits(want), d, s));
        self.b.ext(0, m, l, into);
        self.b.release(heights);
    }

    /// A first argument that is no pattern: a string with one blank means awk's way.
    fn split_by(&mut self, p: ExprId) -> u16 {
        let constant = self.constant_value(p);
        if matches!(&constant, Some(Literal::Str(s, _)) if **s == *b" ") {
            return NO;
        }
        let pattern = match constant {
            Some(_) => NO,
            None => self.scalar(p),
        };
        self.b.unit.matches.push(MatchSpec {
            constant,
            pattern,
            flags: String::new(),
            blocks: Vec::new(),
            negate: false,
            want: Want::List,
            once: false,
            empty_means_last: false,
            scope: NO,
        });
        self.b.unit.matches.len() as u16 - 1
    }

    /// `@a = split ...`; false where it is something else.
    pub fn split_into(&mut self, array: ExprId, from: ExprId, dest: Dest) -> bool {
        let from = self.unwrap_list(from);
        let ExprKind::Builtin {
            func: crate::signature::Builtin::Split,
            args,
        } = *self.ast.kind(from)
        else {
            return false;
        };
        if dest != Dest::Void {
            return false;
        }
        let heights = self.b.heights();
        let c = self.array(array, true);
        let ast = self.ast;
        self.split(ast.list(args), Want::Void, NO, c);
        self.b.release(heights);
        true
    }
}

/// Flags as letters, in perlop's order.
fn flag_letters(flags: PatFlags) -> String {
    let mut out = String::new();
    for (bit, letters) in [
        (PatFlags::M, "m"),
        (PatFlags::S, "s"),
        (PatFlags::I, "i"),
        (PatFlags::XX, "xx"),
        (PatFlags::N, "n"),
        (PatFlags::P, "p"),
        (PatFlags::D, "d"),
        (PatFlags::L, "l"),
        (PatFlags::U, "u"),
        (PatFlags::G, "g"),
        (PatFlags::C, "c"),
        (PatFlags::O, "o"),
        (PatFlags::R, "r"),
    ] {
        if flags.has(bit) {
            out.push_str(letters);
        }
    }
    if flags.has(PatFlags::X) && !flags.has(PatFlags::XX) {
        out.push('x');
    }
    for _ in 0..flags.ascii {
        out.push('a');
    }
    out
}

/// Whether a pattern's text may hold code.
fn mentions_code(text: &Literal) -> bool {
    matches!(text, Literal::Str(bytes, _) if memchr::memmem::find(bytes, b"?{").is_some())
}
