//! Variables and places: names of package variables, declarations, lvalues in hand.
use super::Lower;
use crate::bytecode::{Op, Place, R, Want, rv};
use crate::compile::scope::sigil_char;
use crate::diag::hints;
use crate::signature::Builtin;
use crate::source::Span;
use crate::syntax::ast::*;

impl Lower<'_> {
    /// The qualified name of a package variable; an undeclared one is an error under `strict vars`.
    pub fn global_name(&mut self, var: VarRef, sigil: Sigil, e: ExprId) -> String {
        match var {
            VarRef::Lexical(d) => self.ast[self.ast[d].name].to_string(),
            VarRef::Our(_, name) | VarRef::Global(name) => self.ast[name].to_string(),
            VarRef::Loose(name) => {
                let name = self.ast[name].to_string();
                if self.hint(hints::STRICT_VARS)
                    && sigil != Sigil::Code
                    && !self.env.imported(sigil, &name)
                {
                    let short = name.rsplit("::").next().unwrap_or(&name);
                    let shown = format!("{}{short}", sigil_char(sigil));
                    let span = self.ast.span(e);
                    self.error(
                        span,
                        format!(
                            "Global symbol \"{shown}\" requires explicit package name (did you forget to declare \
                             \"my {shown}\"?)"
                        ),
                    );
                }
                name
            }
        }
    }

    /// Checks a variable that is only mentioned.
    pub fn check_var(&mut self, var: VarRef, sigil: Sigil, e: ExprId) {
        if matches!(var, VarRef::Loose(_)) {
            self.global_name(var, sigil, e);
        }
    }

    /// A word that is a string: an error under `strict subs`.
    pub fn bareword(&mut self, e: ExprId) {
        if let (true, ExprKind::Bareword(name)) = (self.hint(hints::STRICT_SUBS), *self.ast.kind(e))
        {
            let text = format!(
                "Bareword \"{}\" not allowed while \"strict subs\" in use",
                &self.ast[name]
            );
            self.error(self.ast.span(e), text);
        }
    }

    /// A variable in scalar context.
    pub fn var_scalar(&mut self, sigil: Sigil, var: VarRef, e: ExprId, d: R) {
        match (sigil, var) {
            (Sigil::Scalar, VarRef::Lexical(decl)) => {
                let r = self.lexical(decl);
                self.b.emit(Op::Move(d, r));
            }
            (Sigil::Scalar, _) => {
                let name = self.global_name(var, sigil, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::GGet(d, g));
            }
            (Sigil::Array, _) if self.in_sub() && self.is_args(e) => {
                self.b.emit(Op::ArgCount(d));
            }
            (Sigil::Array, _) => {
                let c = self.array(e, false);
                self.b.emit(Op::ALen(d, c));
            }
            (Sigil::Hash, _) => {
                let c = self.hash(e, false);
                self.b.emit(Op::HCount(1, d, c));
            }
            (Sigil::Code, VarRef::Lexical(decl)) => {
                let r = self.lexical(decl);
                self.b.emit(Op::Move(d, r));
            }
            (Sigil::Code, _) => {
                let name = self.global_name(var, sigil, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::GCode(d, g));
            }
            (Sigil::Glob, _) => {
                let name = self.global_name(var, sigil, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::GGlob(d, g));
            }
        }
    }

    /// `my $x;` and its kin as a statement.
    pub fn my_void(&mut self, d: DeclId) {
        let decl = &self.ast[d];
        if matches!(decl.kind, DeclKind::Our(_)) {
            return self.declare_our(d);
        }
        match decl.sigil {
            Sigil::Array | Sigil::Hash => {
                self.my_container(d);
            }
            _ => {
                self.declare(d);
            }
        }
    }

    /// The container of a declared array or hash.
    pub fn my_container(&mut self, d: DeclId) -> R {
        let decl = &self.ast[d];
        let hash = decl.sigil == Sigil::Hash;
        match decl.kind {
            DeclKind::Our(name) => {
                self.declare_our(d);
                let t = self.b.container();
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(if hash {
                    Op::GHash(t, g)
                } else {
                    Op::GArr(t, g)
                });
                if !self.ast[d].attrs.is_empty() {
                    self.variable_attributes(d, t);
                }
                t
            }
            DeclKind::State => self.declare(d),
            _ => {
                let r = self.declare(d);
                self.b.emit(if hash { Op::MyHash(r) } else { Op::MyArr(r) });
                if !self.ast[d].attrs.is_empty() {
                    self.variable_attributes(d, r);
                }
                r
            }
        }
    }

    /// A declaration used as a scalar value.
    pub fn my_scalar(&mut self, d: DeclId, to: R) {
        let decl = &self.ast[d];
        match (decl.sigil, decl.kind) {
            (Sigil::Scalar, DeclKind::Our(name)) => {
                self.declare_our(d);
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GGet(to, g));
            }
            (Sigil::Array, _) => {
                let c = self.my_container(d);
                self.b.emit(Op::ALen(to, c));
            }
            (Sigil::Hash, _) => {
                let c = self.my_container(d);
                self.b.emit(Op::HCount(1, to, c));
            }
            _ => {
                let r = self.declare(d);
                self.b.emit(Op::Move(to, r));
            }
        }
    }

    /// A scalar lvalue: a variable's register or a place. `what`: the operator, for perl's message.
    pub fn lvalue(&mut self, e: ExprId, what: &str) -> R {
        let named = match *self.ast.kind(e) {
            ExprKind::Call {
                callee: Callee::Named(name),
                ..
            } => {
                let sub = self.env.not_lvalue_sub(&self.ast[name]);
                sub.map(|sub| format!("non-lvalue subroutine call of &{sub}"))
            }
            _ => None,
        };
        if let Some(name) = named.or_else(|| self.unmodifiable(e)) {
            let span = self.ast.span(e);
            let end = match self.assigned {
                Some(from) => self.ast.span(from).end as usize,
                None => span.end as usize,
            };
            let text = format!("Can't modify {name} in {what}");
            if what.starts_with("post") {
                let near = self.source.text().get(span.start as usize..end + 2);
                let near = near.unwrap_or_default().to_string();
                self.report_near(span, text, near);
            } else {
                self.error_near(span, end, text);
            }
        }
        if matches!(
            self.ast.kind(e),
            ExprKind::Call { .. } | ExprKind::Method { .. }
        ) {
            let p = self.b.place();
            let heights = self.b.heights();
            self.deep(|l| l.call_for(e, Want::Scalar, p, Place::Must));
            self.b.release(heights);
            return p;
        }
        self.place_of(e)
    }

    /// An error shown with the text perl has read last: the last token of the assignment and what ends it.
    fn error_near(&mut self, span: Span, end: usize, text: String) {
        let all = self.source.text();
        let Some(before) = all.get(..end) else {
            return self.error(span, text);
        };
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let start = match before.chars().last() {
            Some(c) if word(c) => {
                let name = before.trim_end_matches(word).len();
                let sigil = before[..name].ends_with(['$', '@', '%']);
                name - usize::from(sigil)
            }
            Some(c) => end - c.len_utf8(),
            None => end,
        };
        let after = &all[end..];
        let blanks = after.len() - after.trim_start().len();
        let stop = end + blanks + after[blanks..].chars().next().map_or(0, char::len_utf8);
        let ends = matches!(after[blanks..].chars().next(), None | Some(';' | '}'));
        let eval = self.b.unit.flags.kind_eval
            || self.outer.first().is_some_and(|b| b.unit.flags.kind_eval);
        let near = match ends && (eval || stop >= all.len() && !after[blanks..].starts_with('}')) {
            true => String::new(),
            false => all[start..stop].to_string(),
        };
        self.report_near(span, text, near);
    }

    /// What perl calls an expression that cannot be modified; none: it can, or that shows at run time.
    pub fn unmodifiable(&mut self, e: ExprId) -> Option<String> {
        use ExprKind::*;
        Some(match *self.ast.kind(e) {
            Int(_) | UInt(_) | Num(_) | Str(_) | VString { .. } => "constant item".into(),
            Interp(_) => "string".into(),
            AnonSub(_) => "anonymous subroutine".into(),
            AnonArray(_) => "anonymous array ([])".into(),
            AnonHash(_) => "anonymous hash ({})".into(),
            Binary { op, .. } => binary_name(op)?.into(),
            Ref(_) => "single ref constructor".into(),
            Qr(_) => "pattern quote (qr//)".into(),
            Unary { op: UnOp::Not, .. } => "not".into(),
            Unary { op: UnOp::Neg, .. } => "negation (-)".into(),
            Unary {
                op: UnOp::PostInc, ..
            } => "postincrement (++)".into(),
            Unary {
                op: UnOp::PostDec, ..
            } => "postdecrement (--)".into(),
            ReadLine(_) | ReadArgv { .. } => "<HANDLE>".into(),
            List(items) => {
                if let [one] = *self.ast.list(items) {
                    return self.unmodifiable(one);
                }
                return None;
            }
            Builtin { func, .. } => builtin_name(func)?.into(),
            _ => return None,
        })
    }

    /// A place without complaint: what is no lvalue gives a temporary.
    pub fn place_of(&mut self, e: ExprId) -> R {
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Lexical(d),
            } => return self.lexical(d),
            ExprKind::My(d)
                if self.ast[d].sigil == Sigil::Scalar
                    && !matches!(self.ast[d].kind, DeclKind::Our(_)) =>
            {
                return self.declare(d);
            }
            ExprKind::List(items) | ExprKind::MyList(items) => {
                if let [first @ .., last] = self.ast.list(items) {
                    let last = *last;
                    for &f in first.to_vec().iter() {
                        self.void(f);
                    }
                    return self.place_of(last);
                }
            }
            ExprKind::ScalarCx(inner) => return self.place_of(inner),
            ExprKind::Assign { to, from } if self.has_place(to) => {
                if let ExprKind::Var {
                    sigil: Sigil::Scalar,
                    var: VarRef::Lexical(_),
                }
                | ExprKind::My(_) = *self.ast.kind(to)
                {
                    return self.assign(to, from);
                }
                let v = self.scalar(from);
                let p = self.place_of(to);
                self.b.emit(Op::Move(p, v));
                return p;
            }
            ExprKind::AssignOp { to, .. } if self.has_place(to) => {
                let heights = self.b.heights();
                self.void(e);
                self.b.release(heights);
                return self.place_again(to);
            }
            ExprKind::AssignLogic { to, .. } if self.has_place(to) => {
                self.void(e);
                return self.place_again(to);
            }
            ExprKind::Unary {
                op: UnOp::PreInc | UnOp::PreDec,
                expr,
            } => {
                self.void(e);
                return self.place_again(expr);
            }
            ExprKind::Local(inner) => return self.local_place(inner),
            ExprKind::Trans { .. } | ExprKind::Subst { .. } => {}
            _ => {}
        }
        let p = self.b.place();
        let heights = self.b.heights();
        let filled = self.within(e, |l| l.place_kind(e, p));
        self.b.release(heights);
        if filled {
            return p;
        }
        let t = self.b.temp();
        self.scalar_to(e, t);
        t
    }

    /// The place of something already evaluated for its effects.
    fn place_again(&mut self, to: ExprId) -> R {
        match *self.ast.kind(to) {
            ExprKind::My(d) => self.lexical(d),
            ExprKind::Local(inner) => self.place_of(inner),
            _ => self.place_of(to),
        }
    }

    /// Fills place `p` raw; false where the expression has no place.
    pub fn place_kind(&mut self, e: ExprId, p: R) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Lexical(d),
            } => {
                let r = self.lexical(d);
                self.b.emit(Op::Box(p, r));
            }
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var,
            } => {
                let name = self.global_name(var, Sigil::Scalar, e);
                let g = self.b.glob(&name);
                self.b.emit(Op::GCell(p, g));
            }
            ExprKind::My(d) if self.ast[d].sigil == Sigil::Scalar => match self.ast[d].kind {
                DeclKind::Our(name) => {
                    self.declare_our(d);
                    let g = self.b.glob(&self.ast[name]);
                    self.b.emit(Op::GCell(p, g));
                    if !self.ast[d].attrs.is_empty() {
                        self.variable_attributes(d, p);
                    }
                }
                _ => {
                    let r = self.declare(d);
                    self.b.emit(Op::Box(p, r));
                }
            },
            ExprKind::Index { array, index } => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::AElem(p, c, i));
            }
            ExprKind::Key { hash, .. } if self.is_glob(hash) => return false,
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                match self.key_at(key) {
                    super::element::KeyAt::K(k) => self.b.emit(Op::HElemK(p, c, k)),
                    super::element::KeyAt::R(r) => self.b.emit(Op::HElem(p, c, r)),
                };
            }
            ExprKind::Deref {
                sigil: Sigil::Scalar,
                expr,
            } => {
                let flags = self.rv_flags(true);
                let s = if self.has_place(expr) {
                    self.place_of(expr)
                } else {
                    self.scalar(expr)
                };
                let flags = if self.has_place(expr) {
                    flags
                } else {
                    flags & !rv::VIVIFY
                };
                self.b.emit(Op::RvCell(flags, p, s));
            }
            ExprKind::Cond { cond, yes, no } => {
                let (other, end) = (self.b.label(), self.b.label());
                self.jump_if(cond, false, other);
                self.place_into(yes, p);
                self.b.jump(Op::Jmp(0), end);
                self.b.place_label(other);
                self.place_into(no, p);
                self.b.place_label(end);
            }
            ExprKind::List(items) | ExprKind::MyList(items) => match *self.ast.list(items) {
                [one] => return self.place_kind(one, p),
                _ => return false,
            },
            ExprKind::Builtin { func, args } => match func {
                Builtin::Substr | Builtin::Vec | Builtin::Pos => self.builtin_place(func, args, p),
                _ => return false,
            },
            ExprKind::Call { .. } | ExprKind::Method { .. } => {
                self.call_for(e, Want::Scalar, p, Place::Perhaps)
            }
            _ => return false,
        }
        true
    }

    /// Fills place `p` with the place of `e`, whatever it is.
    pub fn place_into(&mut self, e: ExprId, p: R) {
        let heights = self.b.heights();
        if !self.place_kind(e, p) {
            let r = self.place_of(e);
            // A value becomes a scalar of its own: the register is another value's next.
            let t = if self.b.is_temp(r) { r } else { self.b.temp() };
            self.b.emit(Op::RefOf(t, r));
            self.b.emit(Op::RvCell(0, p, t));
        }
        self.b.release(heights);
    }

    /// `substr` and company as lvalues.
    fn builtin_place(&mut self, func: Builtin, args: ExprList, p: R) {
        let ast = self.ast;
        let args = ast.list(args);
        let first = self.window(args.len());
        for (i, &a) in args.iter().enumerate() {
            let r = first + i as R;
            if i == 0 {
                self.alias_in(a, r);
            } else {
                self.scalar_to(a, r);
            }
        }
        self.b.emit(Op::BiLv(args.len() as u8, p, first));
        self.b.ext(0, func as u16, 0, 0);
    }

    /// `n` value temporaries in a row, above all others.
    pub fn window(&mut self, n: usize) -> R {
        let first = self.b.temps.height[2] + crate::compile::temps::VALUES;
        for _ in 0..n {
            self.b.temp();
        }
        // an empty window names a register too
        self.b.temps.max[2] = self.b.temps.max[2].max(self.b.temps.height[2] + 1);
        first
    }

    /// An alias of a scalar in window register `r`.
    pub fn alias_in(&mut self, e: ExprId, r: R) {
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Scalar,
                var: VarRef::Lexical(d),
            } => {
                let v = self.lexical(d);
                self.b.emit(Op::Arg(r, v));
                return;
            }
            ExprKind::My(d)
                if self.ast[d].sigil == Sigil::Scalar
                    && !matches!(self.ast[d].kind, DeclKind::Our(_)) =>
            {
                let v = self.declare(d);
                self.b.emit(Op::Arg(r, v));
                return;
            }
            ExprKind::List(items) | ExprKind::MyList(items) => {
                if let [one] = *self.ast.list(items) {
                    return self.alias_in(one, r);
                }
            }
            ExprKind::ScalarCx(inner) => return self.alias_in(inner, r),
            _ => {}
        }
        let heights = self.b.heights();
        match *self.ast.kind(e) {
            ExprKind::Assign { .. }
            | ExprKind::AssignOp { .. }
            | ExprKind::AssignLogic { .. }
            | ExprKind::Local(_)
            | ExprKind::Unary {
                op: UnOp::PreInc | UnOp::PreDec,
                ..
            } => {
                let v = self.place_of(e);
                if self.b.is_temp(v) {
                    self.b.emit(Op::Move(r, v));
                } else {
                    self.b.emit(Op::Arg(r, v));
                }
            }
            _ => {
                if !self.place_kind(e, r) {
                    self.scalar_to(e, r);
                }
            }
        }
        self.b.release(heights);
    }

    /// Calls something for its lvalue.
    pub fn call_for(&mut self, e: ExprId, want: Want, p: R, place: Place) {
        self.call_place = place;
        self.call_expr(e, want, p);
        self.call_place = Place::No;
    }

    /// Warns of an expression without effect.
    pub fn useless(&mut self, e: ExprId) {
        use ExprKind::*;
        let what = match *self.ast.kind(e) {
            Int(0 | 1) | Nothing => return,
            Int(i) => format!("a constant ({i})"),
            Num(_) | UInt(_) => "a constant".into(),
            Str(s) => {
                let text = String::from_utf8_lossy(&self.ast[s].bytes).into_owned();
                if matches!(&*text, "di" | "ds" | "ig" | "0" | "1") {
                    return;
                }
                format!("a constant (\"{text}\")")
            }
            Var {
                var: VarRef::Lexical(d),
                ..
            } => {
                let v = self.visible_of(d);
                if v.kind == crate::bytecode::PadKind::Scalar {
                    "private variable".into()
                } else if v.kind == crate::bytecode::PadKind::Array {
                    "private array".into()
                } else {
                    "private hash".into()
                }
            }
            Var {
                sigil: Sigil::Scalar | Sigil::Array | Sigil::Hash,
                ..
            } => "a variable".into(),
            Binary { op, .. } => match binary_name(op) {
                Some(name) => name.into(),
                None => return,
            },
            Ref(_) | AnonSub(_) => "single ref constructor".into(),
            Index { .. } => "array element".into(),
            Key { hash, .. } if !self.is_glob(hash) => "hash element".into(),
            Slice {
                kind: SliceKind::Array,
                ..
            } => "array slice".into(),
            Slice {
                kind: SliceKind::Hash,
                ..
            } => "hash slice".into(),
            ListSlice { .. } => "list slice".into(),
            Deref {
                sigil: Sigil::Scalar | Sigil::Array | Sigil::Hash,
                ..
            } => "a variable".into(),
            Builtin {
                func: crate::signature::Builtin::Substr,
                args,
            } if self.ast.list(args).len() > 3 => return,
            Builtin { func, .. } => match useless_builtin(func) {
                Some(name) => name.into(),
                None => return,
            },
            AnonArray(_) => "anonymous array ([])".into(),
            AnonHash(_) => "anonymous hash ({})".into(),
            Sort { .. } => "sort".into(),
            Unary { op: UnOp::Neg, .. } => "negation (-)".into(),
            Unary { op: UnOp::Not, .. } => "not".into(),
            _ => return,
        };
        if self.context_open {
            return;
        }
        let span: Span = self.ast.span(e);
        self.warn(
            "void",
            span,
            format!("Useless use of {what} in void context"),
        );
    }
}

/// Builtins that only compute, by perl's names.
fn useless_builtin(func: Builtin) -> Option<&'static str> {
    use Builtin::*;
    Some(match func {
        Sqrt | Log | Exp | Sin | Cos | Abs | Int | Hex | Oct | Length | Index | Rindex | Ord
        | Chr | Uc | Lc | Ucfirst | Lcfirst | Fc | Quotemeta | Sprintf | Unpack | Pack | Substr
        | Vec | Atan2 | Caller | Fileno | Wantarray | Time | Localtime | Gmtime | Reverse => {
            func.name()
        }
        Defined => "defined operator",
        Ref => "reference-type operator",
        Join => "join or string",
        _ => return None,
    })
}

/// What perl calls an operator.
pub fn binary_name(op: BinOp) -> Option<&'static str> {
    use BinOp::*;
    Some(match op {
        Add => "addition (+)",
        Sub => "subtraction (-)",
        Mul => "multiplication (*)",
        Div => "division (/)",
        Mod => "modulus (%)",
        Pow => "exponentiation (**)",
        Concat => "concatenation (.) or string",
        Repeat => "repeat (x)",
        ShiftLeft => "left bitshift (<<)",
        ShiftRight => "right bitshift (>>)",
        BitAnd => "bitwise and (&)",
        BitOr => "bitwise or (|)",
        BitXor => "bitwise xor (^)",
        NumEq => "numeric eq (==)",
        NumNe => "numeric ne (!=)",
        NumLt => "numeric lt (<)",
        NumGt => "numeric gt (>)",
        NumLe => "numeric le (<=)",
        NumGe => "numeric ge (>=)",
        NumCmp => "numeric comparison (<=>)",
        StrEq => "string eq",
        StrNe => "string ne",
        StrLt => "string lt",
        StrGt => "string gt",
        StrLe => "string le",
        StrGe => "string ge",
        StrCmp => "string comparison (cmp)",
        _ => return None,
    })
}

/// What perl calls a builtin that is no lvalue.
fn builtin_name(func: Builtin) -> Option<&'static str> {
    use Builtin::*;
    Some(match func {
        Length => "length",
        Uc => "uc",
        Lc => "lc",
        Join => "join or string",
        Defined => "defined operator",
        Ref => "reference-type operator",
        Shift => "shift",
        Pop => "pop",
        Push => "push",
        Sprintf => "sprintf",
        Time => "time",
        Ord => "ord",
        Chr => "chr",
        Abs => "abs",
        Int => "int",
        Reverse => "reverse",
        Exists => "exists",
        Each => "each",
        Values => return None,
        Keys => return None,
        _ => return None,
    })
}
