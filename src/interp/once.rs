//! Names that the program mentions only once, which may be misspelt (perldiag: Name "%s" used only once: possible typo).
//!
//! As in perl a name that is met for the first time gets its glob at once, marked; whoever else comes to the glob takes
//! the mark off (`value::Stash::glob`). What is still marked when the program's text is at its end is told.
use super::feedback::Loader;
use crate::diag::warnings::Category;
use crate::syntax::ast::Sigil;
use crate::value::glob::bit;
use crate::value::{Code, Glob, Rc, Val, symbols};
use crate::vm::Exec;

/// The names met so far: where, and the glob, which may have lost its mark.
#[derive(Default)]
pub(super) struct Once(Vec<(u32, Rc<Glob>)>);

/// Names with a meaning in every package.
fn is_known(name: &str, sigil: Sigil) -> bool {
    match name {
        "a" | "b" => sigil == Sigil::Scalar,
        "ISA" | "VERSION" => true,
        _ => matches!(
            name.strip_prefix("EXPORT"),
            Some("" | "_OK" | "_FAIL" | "_TAGS")
        ),
    }
}

impl Loader<'_> {
    /// The program's text has a name at `offset`.
    pub(super) fn mention(&mut self, full: &str, sigil: Sigil, offset: u32) {
        if self.once.is_none() {
            return;
        }
        let (package, name) = symbols::split(full);
        let begins = name.chars().next().unwrap_or('_');
        // `_private` is never told of, punctuation has a meaning
        if !(begins.is_ascii_alphabetic() || begins > '\u{ff}') || name.ends_with(':') {
            return;
        }
        if self.vm.symbols.glob_if(full).is_some() {
            self.vm.symbols.glob(full);
            return;
        }
        let glob = self.vm.symbols.glob(full);
        if sigil != Sigil::Code
            && !is_known(name, sigil)
            && !self.is_native(package)
            && self.compile_warns(Category::Once)
            && let Some(Once(names)) = &mut self.once
        {
            glob.set_bits(bit::ONCE);
            names.push((offset, glob));
        }
    }

    /// Variables of a module that is native may be known to Rust only.
    fn is_native(&self, package: &str) -> bool {
        let file = format!("{}.pm", package.replace("::", "/"));
        let inc = self.vm.symbols.glob("main::INC").hash_mut();
        inc.get(&file.as_str().into())
            .is_some_and(|path| path.to_str().as_bytes().starts_with(b"keshi:"))
    }

    /// A unit of the text itself becomes code: that is no further mention.
    pub(super) fn load_own(&mut self, unit: std::rc::Rc<crate::bytecode::Unit>) -> Exec<Rc<Code>> {
        if let Some(Once(names)) = &mut self.once {
            names.retain(|(_, glob)| glob.bits() & bit::ONCE != 0);
        }
        let code = self.vm.load_unit(unit);
        if let Some(Once(names)) = &self.once {
            names.iter().for_each(|(_, glob)| glob.set_bits(bit::ONCE));
        }
        code
    }

    /// The text is at its end.
    pub(super) fn tell_once(&mut self) -> Exec {
        let Some(Once(names)) = self.once.take() else {
            return Ok(());
        };
        for (offset, glob) in names {
            if glob.bits() & bit::ONCE == 0 {
                continue;
            }
            glob.clear_bits(bit::ONCE);
            let text = format!(
                "Name \"{}\" used only once: possible typo at {} line {}.\n",
                glob.full_name(),
                self.source.file(offset),
                self.source.line(offset)
            );
            self.vm.warn_val(Val::str(&text))?;
        }
        Ok(())
    }
}
