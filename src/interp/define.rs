//! Named subs, formats and phase blocks: made the moment the parser has read them.
use super::feedback::Loader;
use super::phases::Phase;
use crate::bytecode::Want;
use crate::compile;
use crate::diag::warnings::Category;
use crate::syntax::ast::{DeclId, DeclKind, FormatId, SubId, SubKind};
use crate::syntax::feedback::View;
use crate::text::PerlStr;
use crate::value::code::{Body, bit};
use crate::value::{Code, Rc, Val};
use crate::vm::{Die, Exec, Stop};
use std::rc::Rc as Shared;

impl Loader<'_> {
    /// `sub name ...;` or `sub name {...}`.
    pub(super) fn define_sub(&mut self, sub: SubId, view: &View<'_>) -> Exec {
        let def = &view.ast[sub];
        let is_ours = |decl: DeclId| matches!(view.ast[decl].kind, DeclKind::Our(_));
        if def.kind == SubKind::Lexical && !def.decl.is_some_and(is_ours) {
            // `my sub` and `state sub` are the scope's alone
            return Ok(());
        }
        let Some(name) = def.name else { return Ok(()) };
        let full = view.ast[name].to_string();
        let prototype = def.proto.map(|p| PerlStr::from_bytes(&view.ast[p].bytes));
        let glob = self.vm.symbols.glob(&full);
        if def.body.is_none() {
            let code = glob.code_mut();
            if code.is_defined() || code.bits() & bit::FORWARD != 0 {
                let short = crate::value::symbols::split(&full).1;
                self.warn_prototype(&code, short, prototype.as_ref(), view)?;
            }
            code.set_bits(bit::FORWARD);
            if prototype.is_some() || !code.is_defined() {
                code.set_prototype(prototype);
            }
            return self.sub_attributes(&code, sub, view);
        }
        let visible = view.visible.to_vec();
        let unit = self.compiler(view.ast, |input| compile::compile_sub(input, sub, &visible))?;
        if !self.errors.is_empty() {
            return Ok(());
        }
        let lvalue = unit.flags.lvalue;
        let code = self.load_own(unit)?;
        let (package, short) = crate::value::symbols::split(&full);
        code.set_name(package, short);
        code.set_prototype(prototype.clone());
        if lvalue {
            code.set_bits(bit::LVALUE);
        }
        if let Some(old) = glob.code()
            && (old.is_defined() || old.prototype().is_some())
            && !self.is_ours(&old)
        {
            self.warn_prototype(&old, &full, prototype.as_ref(), view)?;
        }
        match glob.code() {
            Some(old) if !old.is_defined() => {
                // references taken to the declaration see the body from now on
                if prototype.is_none() && old.prototype().is_some() {
                    code.set_prototype(old.prototype());
                }
                old.adopt(&code);
                old.set_name(package, short);
                return self.sub_attributes(&old, sub, view);
            }
            Some(old) if self.is_ours(&old) => {}
            Some(old) => self.warn_redefined(&old, &code, short, view)?,
            None => {}
        }
        glob.set_code(Some(code.clone()));
        self.sub_attributes(&code, sub, view)
    }

    /// Our own modules replace the native subs that stand in for them until they are loaded.
    fn is_ours(&self, old: &Code) -> bool {
        let file = self.source.name();
        let package = old.name().map(|name| name.0.replace("::", "/"));
        matches!(old.body(), Body::Native(..))
            && (file.starts_with("keshi:")
                || package.is_some_and(|package| file.ends_with(&format!("{package}.pm"))))
    }

    fn warn_redefined(&mut self, old: &Code, new: &Code, name: &str, view: &View<'_>) -> Exec {
        // The pragmas' .pm take over from the rows that stood in for them.
        let stand_in = matches!(old.body(), Body::Native(..))
            && old
                .name()
                .is_some_and(|(package, _)| matches!(&*package, "strict" | "warnings" | "feature"));
        if stand_in {
            return Ok(());
        }
        let (what, unasked) = old.redefinition(new);
        self.warn_about(Category::Redefine, unasked, view, || {
            Some(format!("{what} {name} redefined"))
        })
    }

    fn warn_prototype(
        &mut self,
        old: &Code,
        name: &str,
        new: Option<&PerlStr>,
        view: &View<'_>,
    ) -> Exec {
        self.warn_about(Category::Prototype, true, view, || {
            old.prototype_mismatch(name, new)
        })
    }

    /// Warns where the parser stands; `unasked` where neither the text nor `-w` said anything.
    fn warn_about(
        &mut self,
        category: Category,
        unasked: bool,
        view: &View<'_>,
        text: impl FnOnce() -> Option<String>,
    ) -> Exec {
        let on = match &self.vm.compiling.warnings {
            Some(bits) => category.is_on(bits),
            None => self.vm.warn_all || unasked,
        };
        match text() {
            Some(text) if on => {
                let place = format!(" at {} line {}.\n", self.source.name(), view.line);
                self.vm.warn_val(Val::str(&(text + &place)))
            }
            _ => Ok(()),
        }
    }

    /// Attributes the compiler does not know go to the package's MODIFY_CODE_ATTRIBUTES (attributes(3perl)).
    fn sub_attributes(&mut self, code: &Rc<Code>, sub: SubId, view: &View<'_>) -> Exec {
        let mut others = Vec::new();
        for attr in view.ast.attrs(sub) {
            let name = &view.ast[attr.name];
            match name {
                "lvalue" => code.set_bits(bit::LVALUE),
                "method" => code.set_bits(bit::METHOD),
                "const" | "prototype" => {}
                _ => {
                    let mut text = PerlStr::from(name);
                    if let Some(arg) = attr.arg {
                        text.push_bytes(b"(");
                        text.push_bytes(&view.ast[arg].bytes);
                        text.push_bytes(b")");
                    }
                    others.push(Val::Str(text));
                }
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        let mut args = vec![
            Val::str("attributes"),
            Val::str(view.package),
            Val::CRef(code.clone()),
        ];
        args.extend(others);
        self.require_module("attributes")?;
        self.vm.call_method("import", &args, Want::Void).map(drop)
    }

    /// `format NAME = ...`
    pub(super) fn define_format(&mut self, format: FormatId, view: &View<'_>) -> Exec {
        let visible = view.visible.to_vec();
        let unit = self.compiler(view.ast, |input| {
            compile::compile_format(input, format, &visible)
        })?;
        if !self.errors.is_empty() {
            return Ok(());
        }
        let code = self.load_own(unit)?;
        let name = &view.ast[view.ast[format].name];
        let slot = self.vm.symbols.glob(name).format_mut();
        if slot.body.borrow().is_some() {
            let shown = name.strip_prefix("main::").unwrap_or(name);
            self.warn_about(Category::Redefine, false, view, || {
                Some(format!("Format {shown} redefined"))
            })?;
        }
        slot.body.replace(Some(Shared::new(code)));
        Ok(())
    }

    /// `BEGIN` runs now; the others wait for their phase.
    pub(super) fn phase_block(&mut self, sub: SubId, view: &View<'_>) -> Exec {
        let kind = view.ast[sub].kind;
        if kind == SubKind::Begin && !self.errors.is_empty() {
            return Err(self.begin_not_safe(view));
        }
        let visible = view.visible.to_vec();
        let unit = self.compiler(view.ast, |input| compile::compile_sub(input, sub, &visible))?;
        if !self.errors.is_empty() {
            return if kind == SubKind::Begin {
                Err(self.begin_not_safe(view))
            } else {
                Ok(())
            };
        }
        let code = self.load_own(unit)?;
        let word = match kind {
            SubKind::Begin => {
                code.set_name(view.package, "BEGIN");
                return self.run_begin(&code, view);
            }
            SubKind::UnitCheck => {
                code.set_name(view.package, "UNITCHECK");
                self.unitchecks.push(code);
                return Ok(());
            }
            SubKind::Check => (Phase::Check, "CHECK"),
            SubKind::Init => (Phase::Init, "INIT"),
            _ => (Phase::End, "END"),
        };
        code.set_name(view.package, word.1);
        self.interp.queue(word.0, code);
        Ok(())
    }

    /// Calls a BEGIN body; what it dies of names the place.
    pub(super) fn run_begin(&mut self, code: &Rc<Code>, view: &View<'_>) -> Exec {
        let hints = self.vm.compiling.clone();
        let around = self.vm.enter_begin();
        let result = self.vm.call_sv(&Val::CRef(code.clone()), &[], Want::Void);
        self.vm.begun = around;
        let package = hints.package;
        self.vm.compiling.package = package;
        match result {
            Ok(_) => Ok(()),
            Err(died) => Err(self.begin_failed(died, view)),
        }
    }

    /// Adds `BEGIN failed--compilation aborted`.
    pub(super) fn begin_failed(&mut self, died: Die, view: &View<'_>) -> Die {
        match died.into_stop() {
            Stop::Died(val) => {
                let mut text = self.vm.str_quiet(&val).unwrap_or_default();
                let place = match view.line {
                    0 => String::new(),
                    line => format!(" at {} line {line}", self.source.name()),
                };
                let place = format!("BEGIN failed--compilation aborted{place}.\n");
                text.push_bytes(place.as_bytes());
                Die::with(Val::Str(text))
            }
            other => Die::new(other),
        }
    }

    /// Errors stand already: nothing of the program may run.
    pub(super) fn begin_not_safe(&mut self, view: &View<'_>) -> Die {
        let mut errors = std::mem::take(&mut self.errors);
        errors.sort_by_key(|e| e.0);
        let mut text: String = errors.into_iter().map(|e| e.1).collect();
        let file = self.source.name();
        text.push_str(&format!(
            "BEGIN not safe after errors--compilation aborted at {file} line {}.\n",
            view.line
        ));
        Die::with(Val::str(&text))
    }

    /// UNITCHECK blocks of this text, last first.
    pub(super) fn run_unitchecks(&mut self) -> Exec {
        while let Some(code) = self.unitchecks.pop() {
            self.vm.call_sv(&Val::CRef(code), &[], Want::Void)?;
        }
        Ok(())
    }
}
