//! Calls of perlfunc's functions: how many arguments, which defaults.

use super::super::ast::{ExprId, ExprKind, Sigil};
use super::driver::{P, Parser};
use crate::signature::Builtin;
use crate::signature::prototype::Param;

impl Parser<'_, '_, '_> {
    /// A function of perlfunc; its name has been consumed.
    pub(super) fn builtin(&mut self, func: Builtin, start: usize) -> P<ExprId> {
        use Builtin::*;
        match func {
            Print | Printf | Say => return self.print_term(func, start),
            Exec | System => return self.exec_term(func, start),
            Defined | Exists | Undef | Delete => return self.place_function(func, start),
            Stat | Lstat => {}
            _ => {}
        }
        let proto = func.prototype();
        let nullary = matches!(proto, Some(""));
        let after = self.pos;
        let next = self.peek();
        let parens = next == b'(';
        let args = if parens {
            self.take(1);
            let args = self.paren_items()?;
            if func == Eof && args.is_empty() {
                vec![self.node(ExprKind::Nothing, start)]
            } else {
                args
            }
        } else if nullary {
            self.pos = after;
            vec![]
        } else if is_named_unary(func) {
            self.unary_args(after)?
        } else {
            let args = self.list_args()?;
            if args.is_empty() {
                self.pos = after;
            }
            args
        };
        let term = self.finish_builtin(func, args, start)?;
        if parens {
            let start = start;
            let _ = start;
            return self.call_tail(term);
        }
        Ok(term)
    }

    /// `f(..)[..]` is no slice, but `->` may follow.
    fn call_tail(&mut self, term: ExprId) -> P<ExprId> {
        self.postfix(term, false)
    }

    /// Fills in defaults and handles, and makes the node.
    pub(super) fn finish_builtin(
        &mut self,
        func: Builtin,
        mut args: Vec<ExprId>,
        start: usize,
    ) -> P<ExprId> {
        use Builtin::*;
        self.default_arguments(func, &mut args, start);
        self.handles(func, &mut args);
        match (func, &args[..]) {
            (Scalar, [only]) => {
                let expr = *only;
                return Ok(self.node(ExprKind::ScalarCx(expr), start));
            }
            (Scalar, [_, _, ..]) => {
                let list = self.list(&args);
                let expr = self.node(ExprKind::List(list), start);
                return Ok(self.node(ExprKind::ScalarCx(expr), start));
            }
            (Glob, [only]) => {
                let expr = *only;
                return Ok(self.node(ExprKind::Glob(expr), start));
            }
            (Readline, [only]) => {
                let expr = *only;
                return Ok(self.node(ExprKind::ReadLine(expr), start));
            }
            (Lock, [only]) => {
                let only = self.unwrapped(*only);
                if let Some(thing) = self.locked(only) {
                    return Ok(self.node(thing, start));
                }
            }
            (Evalbytes, _) => self.mark_eval(),
            (Split, [first, ..]) => {
                let first = *first;
                args[0] = self.split_pattern(first);
            }
            _ => {}
        }
        self.check_count(func, &args);
        self.check_container(func, &args);
        let args = self.list(&args);
        Ok(self.node(ExprKind::Builtin { func, args }, start))
    }

    /// Without threads `lock` does nothing but give what is locked: a scalar itself, a reference to anything else
    /// (perlfunc lock).
    fn locked(&mut self, thing: ExprId) -> Option<ExprKind> {
        use super::super::ast::{CallForm, Callee, Sigil, VarRef};
        let start = self.sh.ast.span(thing).start as usize;
        let referred = match *self.sh.ast.kind(thing) {
            ExprKind::Call {
                callee: Callee::Named(name),
                form: CallForm::AmpShare,
                ..
            } => {
                let (sigil, var) = (Sigil::Code, VarRef::Global(name));
                self.node(ExprKind::Var { sigil, var }, start)
            }
            ExprKind::Var {
                sigil: Sigil::Array | Sigil::Hash,
                ..
            } => thing,
            ref scalar @ ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } => return Some(scalar.clone()),
            _ => return None,
        };
        Some(ExprKind::Ref(referred))
    }

    /// Too few or too many arguments.
    fn check_count(&mut self, func: Builtin, args: &[ExprId]) {
        use Builtin::*;
        let Some(proto) = func.prototype() else {
            return;
        };
        if matches!(
            func,
            Eof | Push | Unshift | Splice | Glob | Select | Readline | Mkdir
        ) {
            return;
        }
        let flat = args.iter().all(|&a| {
            !matches!(
                self.sh.ast.kind(a),
                ExprKind::Var {
                    sigil: Sigil::Array | Sigil::Hash,
                    ..
                } | ExprKind::List(_)
                    | ExprKind::MyList(_)
                    | ExprKind::Local(_)
            )
        });
        let want = crate::signature::prototype::items(proto);
        // the list of `lc(($x, $y))`
        if let ([Param::Scalar | Param::Topic], [one]) = (want.params.as_slice(), args)
            && let ExprKind::List(items) = *self.sh.ast.kind(*one)
            && self.sh.ast.list(items).len() > 1
            && func != Evalbytes
        {
            return self.too_many(func);
        }
        let open = matches!(want.params.last(), Some(Param::List));
        if args.len() < want.required && flat {
            self.note_behind(&format!("Not enough arguments for {}", func.name()));
        } else if !open && args.len() > want.params.len() {
            self.too_many(func);
        }
    }

    fn too_many(&mut self, func: Builtin) {
        let name = match func {
            Builtin::Readpipe => "quoted execution (``, qx)",
            _ => func.name(),
        };
        self.note_behind(&format!("Too many arguments for {name}"));
    }

    /// The first argument of `push`, `keys` and their kin must be an array (or hash).
    fn check_container(&mut self, func: Builtin, args: &[ExprId]) {
        use Builtin::*;
        let hash_too = matches!(func, Keys | Values | Each);
        if !hash_too && !matches!(func, Push | Unshift | Pop | Shift | Splice) {
            return;
        }
        let Some(&first) = args.first() else { return };
        let first = self.unwrapped(first);
        let kind = *self.sh.ast.kind(first);
        let sigil = match kind {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => Some(sigil),
            ExprKind::My(decl) => Some(self.sh.ast[decl].sigil),
            ExprKind::Local(_) => return,
            _ => None,
        };
        if sigil == Some(Sigil::Array) || hash_too && sigil == Some(Sigil::Hash) {
            return;
        }
        let name = func.name();
        let wanted = if hash_too { "hash or array" } else { "array" };
        let constant = matches!(
            kind,
            ExprKind::Str(_) | ExprKind::Int(_) | ExprKind::Num(_) | ExprKind::Bareword(_)
        );
        if sigil == Some(Sigil::Hash) {
            let what = if matches!(kind, ExprKind::Deref { .. }) {
                "hash dereference"
            } else {
                "private hash"
            };
            self.note_args(&format!(
                "Type of arg 1 to {name} must be {wanted} (not {what})"
            ));
        } else if constant {
            self.note_args(&format!(
                "Type of arg 1 to {name} must be {wanted} (not constant item)"
            ));
        } else if hash_too {
            self.complain(
                &format!("Experimental {name} on scalar is now forbidden"),
                self.pos,
            );
            let what = match kind {
                ExprKind::Var {
                    var: super::super::ast::VarRef::Lexical(_),
                    ..
                }
                | ExprKind::My(_) => "private variable",
                ExprKind::Var { .. } | ExprKind::Deref { .. } => "scalar dereference",
                ExprKind::Index { .. } => "array element",
                ExprKind::Key { .. } => "hash element",
                ExprKind::Call { .. } => "subroutine entry",
                ExprKind::Method { .. } => "method with known name",
                ExprKind::AnonHash(_) => "anonymous hash ({})",
                ExprKind::AnonArray(_) => "anonymous array ([])",
                _ => "list",
            };
            self.note_args(&format!(
                "Type of arg 1 to {name} must be {wanted} (not {what})"
            ));
        } else {
            self.note_args(&format!("Experimental {name} on scalar is now forbidden"));
        }
    }

    /// An error about arguments just read, with or without their parentheses.
    fn note_args(&mut self, text: &str) {
        if self.pos > 0 && self.text.as_bytes()[self.pos - 1] == b')' {
            self.note_behind(text);
        } else {
            self.note_near(text);
        }
    }

    /// The arguments perl supplies (`$_`, `@_`, `STDIN`).
    fn default_arguments(&mut self, func: Builtin, args: &mut Vec<ExprId>, start: usize) {
        use Builtin::*;
        if func == Split {
            if args.is_empty() {
                let id = self.sh.ast.add_str(" ");
                args.push(self.node(ExprKind::Str(id), start));
            }
            if args.len() == 1 {
                args.push(self.topic());
            }
            return;
        }
        if func == Unpack && args.len() == 1 || func == Mkdir && args.is_empty() {
            args.push(self.topic());
            return;
        }
        if !args.is_empty() {
            return;
        }
        match func {
            Shift | Pop => args.push(self.default_array(start)),
            Chomp | Chop | Unlink | Pos | Stat | Lstat | Study => args.push(self.topic()),
            Readline => {
                let name = self.in_package("main", "ARGV");
                args.push(self.node(ExprKind::Handle(name), start));
            }
            _ if func.prototype().is_some_and(|p| p.starts_with('_')) => args.push(self.topic()),
            _ => {}
        }
    }

    /// What `shift` works on here: `@_` in subs, else `@ARGV`.
    fn default_array(&mut self, start: usize) -> ExprId {
        let in_sub = match self.sh.scopes.subs.last_mut() {
            Some(sub) => sub.has_args,
            None => false,
        };
        self.variable(Sigil::Array, if in_sub { "_" } else { "ARGV" }, start)
    }

    /// Words in handle positions become `Handle`s.
    fn handles(&mut self, func: Builtin, args: &mut [ExprId]) {
        use Builtin::*;
        let first_two = matches!(func, Accept | Pipe | Socketpair);
        let first = matches!(
            func,
            Chdir | Stat | Lstat | Truncate | Select | Opendir | Dbmopen
        ) || func
            .prototype()
            .is_some_and(|p| p.trim_start_matches(';').starts_with('*'));
        let count = if first_two { 2 } else { usize::from(first) };
        for arg in args.iter_mut().take(count) {
            *arg = self.as_handle(*arg);
        }
    }

    /// A bareword as filehandle.
    pub(super) fn as_handle(&mut self, arg: ExprId) -> ExprId {
        match *self.sh.ast.kind(arg) {
            ExprKind::Bareword(name) | ExprKind::ClassName(name) => {
                let text = self.sh.ast[name].to_owned();
                let name = self.qualified(&text);
                self.mention(Sigil::Glob, name);
                self.sh.feedback.names_handle(&self.sh.ast[name]);
                self.node_like(ExprKind::Handle(name), arg)
            }
            ExprKind::List(list) => match self.sh.ast[list] {
                [only] => self.as_handle(only),
                _ => arg,
            },
            _ => arg,
        }
    }

    /// `defined`, `exists`, `undef`, `delete`: their operand is a place, `&f` is not called.
    fn place_function(&mut self, func: Builtin, start: usize) -> P<ExprId> {
        let after = self.pos;
        let parens = self.peek() == b'(';
        let mut args = Vec::new();
        if parens {
            self.take(1);
            let arg = self.deeper(|p| {
                p.as_code(|p| {
                    if p.peek() == b')' {
                        return Ok(None);
                    }
                    let at = p.pos;
                    if p.byte(0) == b'&' && p.byte(1) != b'&' {
                        let sub = p.amp_term(true)?;
                        if p.peek() == b')' {
                            return Ok(Some(sub));
                        }
                        p.pos = at;
                    }
                    Ok(Some(p.expr()?))
                })
            })?;
            let bare_list =
                arg.is_some_and(|a| matches!(*self.sh.ast.kind(a), ExprKind::List(l) if l.len > 1));
            self.expect_close(")")?;
            if bare_list && matches!(func, Builtin::Defined | Builtin::Undef) {
                self.note_behind(&format!("Too many arguments for {} operator", func.name()));
            }
            args.extend(arg);
        } else if self.term_follows() {
            if self.byte(0) == b'&' {
                args.push(self.amp_term(true)?);
            } else {
                args.push(self.binding(super::super::precedence::power::SHIFT)?);
            }
        } else {
            self.pos = after;
        }
        if args.is_empty() && func == Builtin::Defined {
            args.push(self.topic());
        }
        let args: Vec<ExprId> = args.into_iter().map(|a| self.unwrapped(a)).collect();
        let args = self.list(&args);
        let term = self.node(ExprKind::Builtin { func, args }, start);
        self.postfix(term, false)
    }

    /// The first argument of `split`: a pattern, or an expression used as one.
    fn split_pattern(&mut self, first: ExprId) -> ExprId {
        let first = self.unwrapped(first);
        match *self.sh.ast.kind(first) {
            ExprKind::Match { target: None, .. } | ExprKind::Str(_) => first,
            _ => first,
        }
    }

    /// The current sub (and file) may compile strings at run time.
    pub(super) fn mark_eval(&mut self) {
        for sub in &mut self.sh.scopes.subs {
            sub.has_eval = true;
            sub.uses_args = true;
        }
    }
}

/// Functions that take one argument and bind tighter than comparison.
fn is_named_unary(func: Builtin) -> bool {
    use Builtin::*;
    match func {
        Chomp | Chop | Stat | Lstat | Pos | Scalar | Study | Lock | Tied | Untie
        | Getprotobynumber | Glob => true,
        Mkdir | Die | Warn => false,
        _ => matches!(
            func.prototype(),
            Some(
                "_" | "$"
                    | ";$"
                    | "*"
                    | ";*"
                    | "_;"
                    | "$;"
                    | r";\@"
                    | r"\[%@]"
                    | r"\%"
                    | r"\[$@%*]"
            )
        ),
    }
}
