//! `use` and `no`: the module is required and its `import` called at once, as a BEGIN block would.
use super::feedback::Loader;
use crate::compile;
use crate::native::pragmas;
use crate::syntax::ast::{ExprKind, StmtId, StmtKind, Use};
use crate::syntax::feedback::View;
use crate::value::Val;
use crate::vm::{Die, Exec};

/// A perl version: revision, version, subversion.
pub(super) type Version = (u32, u32, u32);

/// The perl we are.
pub(super) const OURS: Version = (5, 36, 0);

impl Loader<'_> {
    /// Runs a `use` statement.
    pub(super) fn run_use(&mut self, stmt: StmtId, view: &View<'_>) -> Exec {
        let StmtKind::Use(used) = &view.ast[stmt].kind else {
            return Ok(());
        };
        if !self.errors.is_empty() {
            return Err(self.begin_not_safe(view));
        }
        if used.module.is_none() {
            return self.use_version(used, view);
        }
        if let Some(result) = self.native_pragma(used, view) {
            return result.map_err(|msg| self.begin_died(&msg, view));
        }
        let visible = view.visible.to_vec();
        let unit = self.compiler(view.ast, |input| {
            compile::compile_use(input, stmt, &visible)
        })?;
        if !self.errors.is_empty() {
            return Err(self.begin_not_safe(view));
        }
        let code = self.vm.load_unit(unit)?;
        code.set_name(view.package, "BEGIN");
        self.run_begin(&code, view)
    }

    /// `msg at FILE line N.` and that the BEGIN failed.
    fn begin_died(&mut self, msg: &str, view: &View<'_>) -> Die {
        // switches are on line 0 and name no place
        let place = match view.line {
            0 => String::new(),
            line => format!(" at {} line {line}", self.source.name()),
        };
        let text = format!("{msg}{place}.\n");
        self.begin_failed(Die::with(Val::str(&text)), view)
    }

    fn use_version(&mut self, used: &Use, view: &View<'_>) -> Exec {
        let Some(written) = used.version.map(|e| *view.ast.kind(e)) else {
            return Ok(());
        };
        let Some(wanted) = version_of(view, written) else {
            return Ok(());
        };
        let is_number = !matches!(written, ExprKind::VString { .. });
        if let Err(msg) = check(wanted, used.no, is_number) {
            return Err(self.begin_died(&msg, view));
        }
        if !used.no {
            // 5.9.5 counts as 5.10: from there on there are features
            let minor = if wanted.0 == 5 && wanted.1 == 9 && wanted.2 >= 5 {
                10
            } else {
                wanted.1
            };
            pragmas::version(&mut self.vm.compiling, minor);
        }
        Ok(())
    }

    /// Loads a module (`attributes`) as `require` does.
    pub(super) fn require_module(&mut self, module: &str) -> Exec {
        let interp = self.interp.clone();
        super::require::require(&interp, self.vm, &Val::str(&format!("{module}.pm")), true)
            .map(drop)
    }
}

/// The version a literal means.
fn version_of(view: &View<'_>, kind: ExprKind) -> Option<Version> {
    match kind {
        ExprKind::Int(n) => Some((u32::try_from(n).ok()?, 0, 0)),
        ExprKind::Num(x) => Some(from_number(x)),
        ExprKind::VString { value, .. } => {
            let text = &view.ast[value];
            Some(from_characters(crate::text::PerlStr::chars_of(
                &text.bytes,
                text.utf8,
            )))
        }
        _ => None,
    }
}

/// `5.010001` is 5.10.1.
pub(super) fn from_number(x: f64) -> Version {
    let whole = x.floor();
    let millionths = ((x - whole) * 1e6).round() as u32;
    (whole as u32, millionths / 1000, millionths % 1000)
}

/// The characters of a version string.
pub(super) fn from_characters(mut chars: impl Iterator<Item = u64>) -> Version {
    let mut next = || chars.next().map_or(0, |c| c as u32);
    (next(), next(), next())
}

/// Refuses versions we are not.
pub(super) fn check(wanted: Version, no: bool, is_number: bool) -> Result<(), String> {
    let (a, b, c) = wanted;
    if no && wanted <= OURS {
        return Err(format!(
            "Perls since v{a}.{b}.{c} too modern--this is v5.36.0, stopped"
        ));
    }
    if !no && wanted > OURS {
        // 5.36 is 5.360
        let meant = match (a, b, c) {
            (5, 100.., 0) if is_number => {
                let meant = b / if b < 600 { 10 } else { 100 };
                format!(" (did you mean v5.{meant}.0?)")
            }
            _ => String::new(),
        };
        return Err(format!(
            "Perl v{a}.{b}.{c} required{meant}--this is only v5.36.0, stopped"
        ));
    }
    Ok(())
}
