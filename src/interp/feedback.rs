//! What the parser asks of the running program, and tells it, while it reads one text.
use super::Interp;
use super::hint_hash;
use super::hint_store::HintStore;
use crate::bytecode::{Hints, Literal};
use crate::compile::{Env, Input, Report, Session};
use crate::diag::warnings::Category;
use crate::source::Source;
use crate::syntax::ast::{Ast, ExprId, Sigil, Text};
use crate::syntax::feedback::{Abort, Feedback, Finished, HintsId, HintsNow, SubShape, View};
use crate::value::Val;
use crate::value::code::Body;
use crate::value::glob::bit as glob_bit;
use crate::vm::{Die, Exec, Vm};
use std::rc::Rc as Shared;

/// One text on its way from parser to compiler.
pub struct Loader<'a> {
    pub(super) interp: &'a Shared<Interp>,
    pub(super) vm: &'a mut Vm,
    pub(super) source: &'a Shared<Source>,
    pub(super) session: Session,
    store: HintStore,
    /// The last snapshot and its number.
    last: Option<(Hints, HintsId)>,
    /// Snapshots with their package filled in, as the compiler wants them.
    filled: Vec<(HintsId, Shared<Hints>)>,
    scopes: Vec<Hints>,
    /// Errors so far: place and text.
    pub(super) errors: Vec<(u32, String)>,
    /// The text merely ran out.
    pub(super) incomplete: bool,
    /// The parse ended with an error after which perl says no more.
    pub(super) abrupt: bool,
    /// Why a BEGIN stopped everything.
    pub(super) died: Option<Die>,
    pub(super) unitchecks: Vec<crate::value::Rc<crate::value::Code>>,
    /// The program itself, read from standard input.
    pub(super) lent: Option<super::lent::Lent>,
    /// The program itself: names it has only once are told of.
    pub(super) once: Option<super::once::Once>,
}

impl<'a> Loader<'a> {
    /// For a text.
    pub fn new(
        interp: &'a Shared<Interp>,
        vm: &'a mut Vm,
        source: &'a Shared<Source>,
    ) -> Loader<'a> {
        Loader {
            interp,
            vm,
            source,
            session: Session::default(),
            store: HintStore::default(),
            last: None,
            filled: Vec::new(),
            scopes: Vec::new(),
            errors: Vec::new(),
            incomplete: false,
            abrupt: false,
            died: None,
            unitchecks: Vec::new(),
            lent: None,
            once: None,
        }
    }

    /// Lets the compiler work on a part of the tree.
    pub(super) fn compiler<T>(&mut self, ast: &Ast, work: impl FnOnce(Input<'_>) -> T) -> Exec<T> {
        let mut env = CompileEnv {
            vm: self.vm,
            store: &self.store,
            filled: &mut self.filled,
            errors: &mut self.errors,
        };
        let done = work(Input {
            ast,
            source: self.source,
            env: &mut env,
            session: &mut self.session,
        });
        match self.vm.stop() {
            Some(stopped) => Err(stopped),
            None => Ok(done),
        }
    }

    fn snapshot(&mut self) -> HintsId {
        let now = &self.vm.compiling;
        if let Some((last, id)) = &self.last
            && same(last, now)
        {
            return *id;
        }
        let id = self.store.id(now);
        self.last = Some((now.clone(), id));
        id
    }
}

/// Equal, told by pointers where possible.
fn same(a: &Hints, b: &Hints) -> bool {
    fn shared<T: ?Sized>(a: &Option<Shared<T>>, b: &Option<Shared<T>>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => Shared::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
    a.bits == b.bits
        && a.features == b.features
        && shared(&a.warnings, &b.warnings)
        && shared(&a.hash, &b.hash)
}

/// The running program as the compiler sees it.
struct CompileEnv<'a> {
    vm: &'a mut Vm,
    store: &'a HintStore,
    filled: &'a mut Vec<(HintsId, Shared<Hints>)>,
    errors: &'a mut Vec<(u32, String)>,
}

impl Env for CompileEnv<'_> {
    fn is_stopped(&self) -> bool {
        self.vm.is_stopped()
    }

    fn hints(&mut self, id: HintsId, package: &str) -> Shared<Hints> {
        // Neighbours mostly have the same: the last ones are looked at first.
        let known =
            |(at, hints): &&(HintsId, Shared<Hints>)| *at == id && *hints.package == *package;
        if let Some((_, hints)) = self.filled.iter().rev().take(64).find(known) {
            return hints.clone();
        }
        let mut hints = (*self.store.get(id)).clone();
        if *hints.package != *package {
            hints.package = package.into();
        }
        let hints = Shared::new(hints);
        self.filled.push((id, hints.clone()));
        hints
    }

    fn constant(&mut self, name: &str) -> Option<Literal> {
        let code = self.vm.symbols.glob_if(name)?.code()?;
        let Body::Const(list) = code.body() else {
            return None;
        };
        match list.as_slice() {
            [one] => literal(one),
            _ => None,
        }
    }

    fn not_lvalue_sub(&mut self, name: &str) -> Option<String> {
        let code = self.vm.symbols.glob_if(name)?.code()?;
        let lvalue = code.bits() & crate::value::code::bit::LVALUE != 0;
        match code.body() {
            Body::Perl(_) if !lvalue => Some(code.full_name()),
            _ => None,
        }
    }

    fn imported(&mut self, sigil: Sigil, name: &str) -> bool {
        let bit = match sigil {
            Sigil::Scalar => glob_bit::IMPORTED_SCALAR,
            Sigil::Array => glob_bit::IMPORTED_ARRAY,
            Sigil::Hash => glob_bit::IMPORTED_HASH,
            Sigil::Code | Sigil::Glob => return true,
        };
        self.vm
            .symbols
            .glob_if(name)
            .is_some_and(|glob| glob.bits() & bit != 0)
    }

    fn explains(&self) -> bool {
        self.vm.texts.is_on()
    }

    fn tainting(&self) -> bool {
        self.vm.tainting != 0
    }

    fn warns(&mut self, hints: &Hints, category: &str) -> bool {
        let Some(category) = Category::named(category) else {
            return false;
        };
        match &hints.warnings {
            Some(bits) => category.is_on(bits),
            None => self.vm.warn_all || category.is_on(&crate::diag::warnings::DEFAULT),
        }
    }

    fn report(&mut self, report: Report) {
        let near = report
            .near
            .map(|n| match n.as_str() {
                "" => ", at EOF".to_string(),
                _ => format!(", near \"{n}\""),
            })
            .unwrap_or_default();
        let end = if near.is_empty() { ".\n" } else { "\n" };
        let text = format!(
            "{} at {} line {}{near}{end}",
            report.text, report.file, report.line
        );
        match report.category {
            None => self.errors.push((report.offset, text)),
            Some(_) => {
                if let Err(died) = self.vm.warn_val(Val::str(&text)) {
                    let text = died.text();
                    self.errors.push((report.offset, text));
                }
            }
        }
    }
}

impl Loader<'_> {
    /// `package NAME VERSION`: the version is an object (perlfunc package).
    fn new_package(&mut self, name: &str, version: Option<&Text>) -> Exec<()> {
        self.vm.symbols.stash(name);
        let Some(text) = version else { return Ok(()) };
        let text = String::from_utf8_lossy(&text.bytes).into_owned();
        let val = crate::native::version::package_version(self.vm, &text);
        let glob = self.vm.symbols.glob(&format!("{name}::VERSION"));
        self.vm.store(&glob.scalar(), val)
    }
}

/// A constant's value as the compiler can keep it.
fn literal(val: &Val) -> Option<Literal> {
    Some(match val {
        Val::Undef => Literal::Undef,
        Val::Bool(b) => Literal::Bool(*b),
        Val::Int(n) => Literal::Int(*n),
        Val::UInt(n) => Literal::UInt(*n),
        Val::Num(n) => Literal::Num(*n),
        Val::Str(s) if s.taint() => return None,
        Val::Str(s) => Literal::Str(s.as_bytes().into(), s.is_utf8()),
        _ => return None,
    })
}

impl Feedback for Loader<'_> {
    fn is_stopped(&self) -> bool {
        self.vm.is_stopped()
    }

    fn sub_shape(&mut self, name: &str) -> Option<SubShape> {
        let code = self.vm.symbols.glob_if(name)?.code()?;
        let prototype = code.prototype().map(|p| p.to_str_lossy().as_ref().into());
        Some(SubShape { prototype })
    }

    fn sub_name(&mut self, name: &str) -> Option<String> {
        Some(self.vm.symbols.glob_if(name)?.code()?.full_name())
    }

    fn is_package(&mut self, name: &str) -> bool {
        self.vm.symbols.stash_if(name).is_some()
    }

    fn is_filehandle(&mut self, name: &str) -> bool {
        self.vm
            .symbols
            .glob_if(name)
            .is_some_and(|glob| glob.io().is_some())
    }

    fn override_of(&mut self, package: &str, name: &str) -> Option<Shared<str>> {
        let symbols = &self.vm.symbols;
        let stash = symbols.stash_if(package)?;
        if let Some(glob) = stash.glob_if(name)
            && glob.bits() & glob_bit::IMPORTED_CODE != 0
            && glob.code().is_some()
        {
            return Some(format!("{package}::{name}").into());
        }
        let global = symbols.stash_if("CORE::GLOBAL")?.glob_if(name)?;
        global.code()?;
        Some(format!("CORE::GLOBAL::{name}").into())
    }

    fn any_overrides(&mut self) -> bool {
        true
    }

    fn hints(&mut self) -> HintsNow {
        let hash = hint_hash::pairs(self.vm);
        let now = &mut self.vm.compiling;
        if hash != now.hash {
            now.features = hint_hash::features_after(now.features, &now.hash, &hash);
            now.hash = hash;
        }
        let id = self.snapshot();
        let now = &self.vm.compiling;
        HintsNow {
            id,
            bits: now.bits,
            features: now.features as u32,
        }
    }

    fn enter_scope(&mut self) {
        self.scopes.push(self.vm.compiling.clone());
    }

    fn leave_scope(&mut self) {
        if let Some(hints) = self.scopes.pop() {
            if hints.hash.is_some() || self.vm.compiling.hash.is_some() {
                hint_hash::restore(self.vm, &hints.hash);
            }
            self.vm.compiling = hints;
        }
    }

    fn finished(&mut self, what: Finished, view: &View<'_>) -> Result<(), Abort> {
        self.vm.compiling.package = view.package.into();
        if matches!(what, Finished::Use(_) | Finished::Phase(_)) {
            // perl leaves the name of the block behind: a package with a `use` in it is not empty
            self.vm.symbols.stash(view.package).glob("BEGIN");
        }
        let result = match what {
            Finished::Use(stmt) => self.run_use(stmt, view),
            Finished::Phase(sub) => self.phase_block(sub, view),
            Finished::Sub(sub) => self.define_sub(sub, view),
            Finished::Format(format) => self.define_format(format, view),
            Finished::Package(name, version) => {
                self.new_package(&view.ast[name], version.map(|v| &view.ast[v]))
            }
        };
        result.map_err(|died| {
            self.died.get_or_insert(died);
            Abort
        })
    }

    fn constant_text(&mut self, name: &str) -> Option<String> {
        let code = self.vm.symbols.glob_if(name)?.code()?;
        match code.body() {
            Body::Const(list) => Some(list.first()?.to_str().to_str_lossy().into_owned()),
            _ => None,
        }
    }

    fn looks_into(&mut self, package: &str) {
        if self.interp.looked_into.borrow_mut().insert(package.into()) {
            let file = format!("{package}.pm");
            let inc = self.vm.symbols.glob("main::INC").hash_mut();
            drop(inc.delete(&file.as_str().into()));
            if let Some(host) = self.vm.host()
                && let Err(died) = host.require(self.vm, &Val::str(&file), true)
            {
                self.died.get_or_insert(died);
            }
        }
    }

    fn names_handle(&mut self, name: &str) {
        let known = self.vm.symbols.glob_if(name);
        known.unwrap_or_else(|| self.vm.symbols.glob(name)).io_mut();
    }

    fn lends_text(&self) -> bool {
        self.lent.is_some()
    }

    fn lend(&mut self, from: usize) {
        Loader::lend(self, from);
    }

    fn take_back(&mut self) -> Option<usize> {
        Loader::take_back(self)
    }

    fn mention(&mut self, name: &str, sigil: Sigil, offset: usize) {
        Loader::mention(self, name, sigil, offset as u32);
    }

    fn mentioned(&mut self, name: &str) {
        self.vm.symbols.glob(name);
    }

    fn constant(
        &mut self,
        kind: &str,
        written: &Text,
        value: ExprId,
        mode: &str,
        view: &View<'_>,
    ) -> Result<Option<String>, Abort> {
        self.taken_over(kind, written, value, mode, view)
            .map_err(|died| {
                self.died.get_or_insert(died);
                Abort
            })
    }

    fn char_name(&mut self, name: &str) -> Result<Option<Text>, Abort> {
        self.translated_name(name).map_err(|died| {
            self.died.get_or_insert(died);
            Abort
        })
    }

    fn warn(&mut self, category: &str, text: &str, line: u32, _view: &View<'_>) {
        if !Category::named(category).is_some_and(|c| self.compile_warns(c)) {
            return;
        }
        let text = format!("{text} at {} line {line}.\n", self.source.name());
        self.tell(&text);
    }

    fn warn_unless_off(&mut self, category: &str, text: &str) {
        let bits = &self.vm.compiling.warnings;
        let off = Category::named(category)
            .is_some_and(|c| bits.as_ref().is_some_and(|bits| !c.is_on(bits)));
        if !off {
            self.tell(text);
        }
    }
}

impl Loader<'_> {
    /// Is a category on where the parser stands?
    pub(super) fn compile_warns(&self, category: Category) -> bool {
        let bits = self.vm.compiling.warnings.as_ref();
        self.vm.warn_force.unwrap_or_else(|| match bits {
            Some(bits) => category.is_on(bits),
            None => self.vm.warn_all || category.is_on(&crate::diag::warnings::DEFAULT),
        })
    }

    /// Gives a warning; what its handler dies of ends the parse.
    fn tell(&mut self, text: &str) {
        if let Err(died) = self.vm.warn_val(Val::str(text)) {
            self.died.get_or_insert(died);
        }
    }
}
