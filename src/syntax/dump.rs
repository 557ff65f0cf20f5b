//! The tree as text, for people and golden tests (`--dump=ast`).

use super::Program;
use super::ast::*;
use std::fmt::Write;

/// The statements of a program, one a line, blocks indented.
pub fn dump(program: &Program) -> String {
    let mut d = Dump {
        ast: &program.ast,
        out: String::new(),
        depth: 0,
    };
    program.stmts.iter().for_each(|&s| d.stmt(s));
    d.out
}

struct Dump<'a> {
    ast: &'a Ast,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: &str) {
        let depth = self.depth;
        let _ = writeln!(self.out, "{:1$}{text}", "", depth * 2);
    }

    fn block(&mut self, id: BlockId) {
        self.depth += 1;
        let stmts = self.ast[id].stmts.clone();
        stmts.iter().for_each(|&s| self.stmt(s));
        self.depth -= 1;
    }

    fn headed(&mut self, head: &str, block: BlockId) {
        self.line(head);
        self.block(block);
    }

    fn stmt(&mut self, id: StmtId) {
        crate::source::depth::deeper(256 * 1024, 8 * 1024 * 1024, || self.stmt_text(id));
    }

    fn stmt_text(&mut self, id: StmtId) {
        let stmt = self.ast[id].clone();
        if let Some(label) = stmt.label {
            self.line(&format!("label {}", &self.ast[label]));
        }
        match stmt.kind {
            StmtKind::Empty => self.line("empty"),
            StmtKind::Yada => self.line("yada"),
            StmtKind::Expr(e) => {
                let text = self.expr(e);
                self.line(&text);
            }
            StmtKind::Modified {
                modifier,
                body,
                cond,
                post,
            } => {
                let post = if post { " post" } else { "" };
                let text = format!(
                    "({modifier:?}{post} {} {})",
                    self.expr(cond),
                    self.expr(body)
                );
                self.line(&text);
            }
            StmtKind::If {
                unless,
                arms,
                otherwise,
            } => {
                for (i, (cond, block)) in arms.iter().enumerate() {
                    let word = match (i, unless) {
                        (0, true) => "unless",
                        (0, false) => "if",
                        _ => "elsif",
                    };
                    let head = format!("{word} {}", self.expr(*cond));
                    self.headed(&head, *block);
                }
                if let Some(block) = otherwise {
                    self.headed("else", block);
                }
            }
            StmtKind::While {
                until,
                cond,
                body,
                cont,
            } => {
                let word = if until { "until" } else { "while" };
                let head = format!("{word} {}", self.option(cond));
                self.headed(&head, body);
                self.cont(cont);
            }
            StmtKind::For {
                init,
                cond,
                step,
                body,
            } => {
                let head = format!(
                    "for {}; {}; {}",
                    self.option(init),
                    self.option(cond),
                    self.option(step)
                );
                self.headed(&head, body);
            }
            StmtKind::Foreach {
                var,
                list,
                body,
                cont,
            } => {
                let var = match var {
                    LoopVar::Topic => "$_".to_owned(),
                    LoopVar::Scalar(e) => self.expr(e),
                    LoopVar::Alias(e) => format!("\\{}", self.expr(e)),
                    LoopVar::Several(list) => format!("({})", self.list(list)),
                };
                let head = format!("foreach {var} ({})", self.list(list));
                self.headed(&head, body);
                self.cont(cont);
            }
            StmtKind::Block { body, cont } => {
                self.headed("block", body);
                self.cont(cont);
            }
            StmtKind::Sub(sub) | StmtKind::Phase(sub) => self.sub(sub),
            StmtKind::Package { name, version } => {
                let text = self.package(name, version);
                self.line(&text);
            }
            StmtKind::PackageBlock {
                name,
                version,
                body,
            } => {
                let head = self.package(name, version);
                self.headed(&head, body);
            }
            StmtKind::Use(u) => self.use_line(&u),
            StmtKind::Given { topic, body } => {
                let head = format!("given {}", self.expr(topic));
                self.headed(&head, body);
            }
            StmtKind::When { cond, body } => {
                let head = format!("when {}", self.expr(cond));
                self.headed(&head, body);
            }
            StmtKind::Default(body) => self.headed("default", body),
            StmtKind::Try {
                body,
                catch,
                finally,
            } => {
                self.headed("try", body);
                if let Some((var, block)) = catch {
                    let head = format!("catch {}", self.expr(var));
                    self.headed(&head, block);
                }
                if let Some(block) = finally {
                    self.headed("finally", block);
                }
            }
            StmtKind::Defer(body) => self.headed("defer", body),
            StmtKind::Format(id) => {
                let format = self.ast[id].clone();
                self.line(&format!("format {}", &self.ast[format.name]));
                for line in &format.lines {
                    let text = format!(
                        "  {} <- ({})",
                        self.text(line.picture),
                        self.list(line.args)
                    );
                    self.line(&text);
                }
            }
        }
    }

    fn cont(&mut self, block: Option<BlockId>) {
        if let Some(block) = block {
            self.headed("continue", block);
        }
    }

    fn use_line(&mut self, u: &Use) {
        let word = if u.no { "no" } else { "use" };
        let module = u.module.map_or("", |m| &self.ast[m]);
        let args = match u.args {
            None => String::new(),
            Some(list) => format!(" ({})", self.list(list)),
        };
        let version = u
            .version
            .map_or(String::new(), |v| format!(" {}", self.expr(v)));
        self.line(&format!("{word} {module}{version}{args}"));
    }

    fn sub(&mut self, id: SubId) {
        let def = self.ast[id].clone();
        let mut head = format!("{:?}", def.kind).to_lowercase();
        if let Some(name) = def.name {
            let _ = write!(head, " {}", &self.ast[name]);
        }
        if let Some(proto) = def.proto {
            let _ = write!(head, " proto {}", self.text(proto));
        }
        if let Some(sig) = def.signature {
            let _ = write!(head, " signature ({})", self.signature(sig));
        }
        for attr in &def.attrs {
            let _ = write!(head, " :{}", &self.ast[attr.name]);
        }
        if !def.captures.is_empty() {
            let names: Vec<String> = def.captures.iter().map(|&d| self.decl(d)).collect();
            let _ = write!(head, " captures {}", names.join(" "));
        }
        match def.body {
            Some(body) => self.headed(&head, body),
            None => self.line(&head),
        }
    }

    fn signature(&self, id: SignatureId) -> String {
        let sig = &self.ast[id];
        let mut parts: Vec<String> = Vec::new();
        for p in &sig.params {
            let name = p.decl.map_or("$".to_owned(), |d| self.decl(d));
            parts.push(match p.default {
                DefaultValue::Required => name,
                DefaultValue::Optional => format!("{name}="),
                DefaultValue::Missing(e) => format!("{name}={}", self.expr(e)),
                DefaultValue::Undefined(e) => format!("{name}//={}", self.expr(e)),
                DefaultValue::False(e) => format!("{name}||={}", self.expr(e)),
            });
        }
        if let Some(s) = sig.slurpy {
            parts.push(s.decl.map_or(sigil(s.sigil).to_string(), |d| self.decl(d)));
        }
        parts.join(", ")
    }

    fn decl(&self, id: DeclId) -> String {
        let decl = &self.ast[id];
        let name = &self.ast[decl.name];
        match decl.kind {
            DeclKind::Our(full) => format!("our:{}{}", sigil(decl.sigil), &self.ast[full]),
            _ => format!("{}{name}#{}", sigil(decl.sigil), id.index()),
        }
    }

    fn text(&self, id: StrId) -> String {
        let text = &self.ast[id];
        let shown: String = match std::str::from_utf8(&text.bytes) {
            Ok(s) if text.utf8 || s.is_ascii() => s.chars().collect(),
            _ => text.bytes.iter().map(|&b| char::from(b)).collect(),
        };
        format!("{:?}{}", shown, if text.utf8 { "u" } else { "" })
    }

    fn package(&self, name: Name, version: Option<StrId>) -> String {
        let version = version.map_or(String::new(), |v| {
            format!(" {}", String::from_utf8_lossy(&self.ast[v].bytes))
        });
        format!("package {}{version}", &self.ast[name])
    }

    fn option(&self, id: Option<ExprId>) -> String {
        id.map_or(String::new(), |e| self.expr(e))
    }

    fn list(&self, list: ExprList) -> String {
        self.ast[list]
            .iter()
            .map(|&e| self.expr(e))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn var(&self, sig: Sigil, var: VarRef) -> String {
        match var {
            VarRef::Lexical(decl) => self.decl(decl),
            VarRef::Our(_, name) => format!("our:{}{}", sigil(sig), &self.ast[name]),
            VarRef::Global(name) => format!("{}{}", sigil(sig), &self.ast[name]),
            VarRef::Loose(name) => format!("{}{}?", sigil(sig), &self.ast[name]),
        }
    }

    fn inner_block(&self, id: BlockId) -> String {
        let mut d = Dump {
            ast: self.ast,
            out: String::new(),
            depth: 0,
        };
        self.ast[id].stmts.iter().for_each(|&s| d.stmt(s));
        format!("{{{}}}", d.out.trim_end().replace('\n', "; "))
    }

    fn parts(&self, parts: &[Part]) -> String {
        let show = |p: &Part| match p {
            Part::Str(t) => self.text(*t),
            Part::Scalar(e) => self.expr(*e),
            Part::Join(e) => format!("(join {})", self.expr(*e)),
            Part::Case(how, inner) => format!("({how:?} {})", self.parts(inner)),
        };
        parts.iter().map(show).collect::<Vec<_>>().join(" . ")
    }

    fn pat_parts(&self, parts: &[PatPart]) -> String {
        let show = |p: &PatPart| match p {
            PatPart::Lit(t) => self.text(*t),
            PatPart::Scalar(e) => self.expr(*e),
            PatPart::Join(e) => format!("(join {})", self.expr(*e)),
            PatPart::Code { text, block, kind } => {
                format!(
                    "({kind:?} {} {})",
                    self.text(*text),
                    self.inner_block(*block)
                )
            }
            PatPart::Case(how, inner) => format!("({how:?} {})", self.pat_parts(inner)),
        };
        parts.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn pattern(&self, id: PatternId) -> String {
        let p = &self.ast[id];
        let flags = if p.flags == PatFlags::default() {
            String::new()
        } else {
            format!(
                " bits={:#x} e={} a={}",
                p.flags.bits, p.flags.evals, p.flags.ascii
            )
        };
        format!("<{}{flags}>", self.pat_parts(&p.parts))
    }

    fn label(&self, label: Label) -> String {
        match label {
            Label::None => String::new(),
            Label::Named(name) => format!(" {}", &self.ast[name]),
            Label::Expr(e) => format!(" {}", self.expr(e)),
        }
    }

    fn expr(&self, id: ExprId) -> String {
        crate::source::depth::deeper(256 * 1024, 8 * 1024 * 1024, || self.expr_text(id))
    }

    fn expr_text(&self, id: ExprId) -> String {
        use ExprKind::*;
        let e = |id: ExprId| self.expr(id);
        match *self.ast.kind(id) {
            Int(v) => v.to_string(),
            UInt(v) => v.to_string(),
            Num(v) => format!("{v:?}"),
            Str(t) => self.text(t),
            VString { value, .. } => format!("(vstring {})", self.text(value)),
            Interp(i) => format!("(interp {})", self.parts(&self.ast[i].parts)),
            Bareword(n) => format!("(bareword {})", &self.ast[n]),
            ClassName(n) => format!("(class {})", &self.ast[n]),
            CurrentSub => "__SUB__".into(),
            Nothing => "(nothing)".into(),
            Var { sigil, var } => self.var(sigil, var),
            My(d) => {
                let word = if self.ast[d].kind == DeclKind::State {
                    "state"
                } else {
                    "my"
                };
                format!("({word} {})", self.decl(d))
            }
            MyList(l) => format!("(mylist {})", self.list(l)),
            Local(x) => format!("(local {})", e(x)),
            ArrayLen(x) => format!("(last {})", e(x)),
            Index { array, index } => format!("(index {} {})", e(array), e(index)),
            Key { hash, key } => format!("(key {} {})", e(hash), e(key)),
            JoinKey(l) => format!("(joinkey {})", self.list(l)),
            Slice { kind, from, keys } => {
                format!("(slice{kind:?} {} {})", e(from), self.list(keys))
            }
            ListSlice { list, keys } => {
                format!("(lslice ({}) {})", self.list(list), self.list(keys))
            }
            Deref { sigil: s, expr } => format!("(deref{} {})", sigil(s), e(expr)),
            Call { callee, args, form } => self.call(callee, args, form),
            Method {
                invocant,
                method,
                args,
            } => {
                let method = match method {
                    super::ast::Method::Named(n) => self.ast[n].to_owned(),
                    super::ast::Method::Super { name, .. } => format!("SUPER::{}", &self.ast[name]),
                    super::ast::Method::Dynamic(x) => e(x),
                };
                format!("(method {} {method} {})", e(invocant), self.list(args)).replace(" )", ")")
            }
            Builtin { func, args } => {
                format!("({} {})", func.name(), self.list(args)).replace(" )", ")")
            }
            Print { func, handle, args } => {
                let handle = handle.map_or(String::new(), |h| format!("{{{}}} ", e(h)));
                format!("({} {handle}{})", func.name(), self.list(args))
            }
            Handle(n) => format!("(handle {})", &self.ast[n]),
            ScalarCx(x) => format!("(scalar {})", e(x)),
            Sort { by, args } => {
                let by = match by {
                    SortBy::Default => String::new(),
                    SortBy::Block(b) => self.inner_block(b) + " ",
                    SortBy::Sub(x) => format!("by {} ", e(x)),
                };
                format!("(sort {by}{})", self.list(args))
            }
            Map { grep, each, args } => {
                let each = match each {
                    Each::Block(b) => self.inner_block(b),
                    Each::Expr(x) => e(x),
                };
                format!(
                    "({} {each} {})",
                    if grep { "grep" } else { "map" },
                    self.list(args)
                )
            }
            FileTest { test, file } => format!("(-{} {})", test as char, e(file)),
            ReadLine(x) => format!("(readline {})", e(x)),
            ReadArgv { safe } => format!("(readargv{})", if safe { " safe" } else { "" }),
            Glob(x) => format!("(glob {})", e(x)),
            DoFile(x) => format!("(dofile {})", e(x)),
            DoBlock(b) => format!("(do {})", self.inner_block(b)),
            EvalBlock(b) => format!("(eval {})", self.inner_block(b)),
            EvalStr(x) => format!("(evalstr {})", e(x)),
            Require(x) => format!("(require {})", e(x)),
            RequireFile(t) => format!("(require file {})", self.text(t)),
            Return(l) => format!("(return {})", self.list(l)).replace(" )", ")"),
            Loop { word, label } => format!("({word:?}{})", self.label(label)).to_lowercase(),
            Goto(label) => format!("(goto{})", self.label(label)),
            Dump(label) => format!("(dump{})", self.label(label)),
            Match {
                target,
                pattern,
                negate,
            } => self.matching("match", target, &self.pattern(pattern), negate),
            Subst {
                target,
                pattern,
                with,
                negate,
            } => {
                let rest = format!("{} {}", self.pattern(pattern), e(with));
                self.matching("subst", target, &rest, negate)
            }
            Trans {
                target,
                trans,
                negate,
            } => {
                let t = &self.ast[trans];
                let rest = format!(
                    "{} {} {:?}",
                    self.text_lossy(t.from),
                    self.text_lossy(t.to),
                    t.flags
                );
                self.matching("trans", target, &rest, negate)
            }
            Qr(p) => format!("(qr {})", self.pattern(p)),
            Binary { op, left, right } => format!("({op:?} {} {})", e(left), e(right)),
            Chain { operands, ops } => {
                format!("(chain {:?} {})", &self.ast[ops], self.list(operands))
            }
            Repeat { list, count } => format!("(repeat ({}) {})", self.list(list), e(count)),
            Unary { op, expr } => format!("({op:?} {})", e(expr)),
            Logic { op, left, right } => format!("({op:?} {} {})", e(left), e(right)),
            Cond { cond, yes, no } => format!("(? {} {} {})", e(cond), e(yes), e(no)),
            Assign { to, from } => format!("(= {} {})", e(to), e(from)),
            AssignList { to, from } => format!("(list= {} {})", e(to), e(from)),
            AssignOp { op, to, from } => format!("({op:?}= {} {})", e(to), e(from)),
            AssignLogic { op, to, from } => format!("({op:?}= {} {})", e(to), e(from)),
            AssignAlias { to, from } => format!("(alias= {} {})", e(to), e(from)),
            Range {
                left, right, three, ..
            } => {
                format!(
                    "({} {} {})",
                    if three { "..." } else { ".." },
                    e(left),
                    e(right)
                )
            }
            Ref(x) => format!("(\\ {})", e(x)),
            Isa { object, class } => format!("(isa {} {})", e(object), e(class)),
            List(l) => format!("(list {})", self.list(l)).replace(" )", ")"),
            AnonArray(l) => format!("[{}]", self.list(l)),
            AnonHash(l) => format!("{{{}}}", self.list(l)),
            AnonSub(s) => {
                let mut d = self::Dump {
                    ast: self.ast,
                    out: String::new(),
                    depth: 0,
                };
                d.sub(s);
                format!("({})", d.out.trim_end().replace('\n', "; "))
            }
        }
    }

    fn text_lossy(&self, id: StrId) -> String {
        format!("{:?}", String::from_utf8_lossy(&self.ast[id].bytes))
    }

    fn call(&self, callee: Callee, args: ExprList, form: CallForm) -> String {
        let callee = match callee {
            Callee::Named(n) => self.ast[n].to_owned(),
            Callee::Lexical(d) => self.decl(d),
            Callee::Expr(x) => self.expr(x),
        };
        let form = match form {
            CallForm::Plain => "call",
            CallForm::Amp => "&call",
            CallForm::AmpShare => "&share",
        };
        format!("({form} {callee} {})", self.list(args)).replace(" )", ")")
    }

    fn matching(&self, what: &str, target: Option<ExprId>, rest: &str, negate: bool) -> String {
        let not = if negate { "not " } else { "" };
        let target = target.map_or(String::new(), |t| format!(" {}", self.expr(t)));
        format!("({not}{what}{target} {rest})")
    }
}

fn sigil(sigil: Sigil) -> char {
    match sigil {
        Sigil::Scalar => '$',
        Sigil::Array => '@',
        Sigil::Hash => '%',
        Sigil::Code => '&',
        Sigil::Glob => '*',
    }
}
