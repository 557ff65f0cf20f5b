//! `use strict` and its kin where they need no code to run: constant arguments, our own modules.
use super::feedback::Loader;
use crate::bytecode::Hints;
use crate::diag::hints;
use crate::native::pragmas;
use crate::syntax::ast::{ExprKind, Use};
use crate::syntax::feedback::View;

impl Loader<'_> {
    /// Tries to do a `use` natively: `None` where the module has to be loaded and its `import` called.
    pub(super) fn native_pragma(
        &mut self,
        used: &Use,
        view: &View<'_>,
    ) -> Option<Result<(), String>> {
        let module = &view.ast[used.module?];
        if !matches!(
            module,
            "strict" | "warnings" | "feature" | "utf8" | "integer" | "bytes"
        ) {
            return None;
        }
        if used.version.is_some() {
            return None;
        }
        let words = match used.args {
            None => Vec::new(),
            Some(list) if list.is_empty() => return Some(self.mark_loaded(module)),
            Some(list) => self.constant_words(view, view.ast.list(list))?,
        };
        let on = !used.no;
        // Categories registered by modules are known to warnings.pm only.
        if module == "warnings"
            && words
                .iter()
                .any(|w| w.contains(char::is_uppercase) && w != "FATAL" && w != "NONFATAL")
        {
            return None;
        }
        let warn_all = self.vm.warn_all;
        let state: &mut Hints = &mut self.vm.compiling;
        let result = match module {
            "strict" => pragmas::strict(state, on, &words),
            "warnings" => {
                if words.iter().any(|w| {
                    crate::diag::warnings::Category::named(w).is_none()
                        && w != "FATAL"
                        && w != "NONFATAL"
                }) {
                    return None;
                }
                pragmas::warn(state, on, &words, warn_all)
            }
            "feature" => pragmas::features(state, on, &words),
            "utf8" => {
                pragmas::bit(state, on, hints::UTF8);
                Ok(())
            }
            "integer" => {
                pragmas::bit(state, on, hints::INTEGER);
                Ok(())
            }
            _ => {
                pragmas::bit(state, on, hints::BYTES);
                return (!on || self.is_loaded("bytes.pm")).then_some(Ok(()));
            }
        };
        if result.is_ok() {
            let _ = self.mark_loaded(module);
        }
        Some(result)
    }

    fn is_loaded(&self, file: &str) -> bool {
        let inc = self.vm.symbols.glob("main::INC").hash_mut();
        inc.get_str(file).is_some()
    }

    /// `%INC` says that the module is there: it is, in the binary.
    fn mark_loaded(&mut self, module: &str) -> Result<(), String> {
        let file = format!("{module}.pm");
        let inc = self.vm.symbols.glob("main::INC").hash_mut();
        if inc.get_str(&file).is_none() {
            self.vm.errno = 0;
            inc.set_str(
                &file,
                crate::value::Val::str(&format!("{}/{file}", super::inc::EMBEDDED)),
            );
        }
        Ok(())
    }

    /// The arguments of a `use`, where they are all constant strings.
    fn constant_words(
        &self,
        view: &View<'_>,
        list: &[crate::syntax::ast::ExprId],
    ) -> Option<Vec<String>> {
        let mut words = Vec::new();
        for &expr in list {
            match *view.ast.kind(expr) {
                ExprKind::Str(s) => {
                    words.push(String::from_utf8_lossy(&view.ast[s].bytes).into_owned())
                }
                ExprKind::List(inner) => {
                    words.extend(self.constant_words(view, view.ast.list(inner))?)
                }
                _ => return None,
            }
        }
        Some(words)
    }
}
