//! `%^H`: the pragmas of modules, lexically scoped like `$^H` (perlpragma), and the constants modules take over
//! (overload "Overloading Constants").
//!
//! The hash lives while a text is compiled; snapshots keep strings, as perl's do. References among the values are kept
//! beside, so that the texts of evals find them again.
use super::feedback::Loader;
use crate::bytecode::Want;
use crate::diag::hints::feature;
use crate::syntax::ast::{ExprId, ExprKind, Text};
use crate::syntax::feedback::View;
use crate::text::PerlStr;
use crate::value::{Hash, Rc, Val};
use crate::vm::{Exec, Vm};
use std::rc::Rc as Shared;

/// Keys and values as snapshots keep them.
pub type Pairs = Option<Shared<Vec<(Shared<str>, Shared<str>)>>>;

/// Where references among the values are kept: in a package no program names.
const KEPT: &str = "\0hints::kept";

fn live(vm: &mut Vm) -> Rc<Hash> {
    vm.symbols.glob("main::^H").hash_mut()
}

/// What `%^H` holds now.
pub fn pairs(vm: &mut Vm) -> Pairs {
    let hash = live(vm);
    if hash.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(hash.len());
    for (key, val) in hash.pairs() {
        let val = val.loaded();
        let text: Shared<str> = val.to_str().to_str_lossy().as_ref().into();
        if val.is_ref() {
            let kept = vm.symbols.glob(KEPT).hash_mut();
            kept.set_str(&text, val);
        }
        out.push((key.to_str_lossy().as_ref().into(), text));
    }
    out.sort();
    Some(Shared::new(out))
}

/// Makes `%^H` what a snapshot says.
pub fn restore(vm: &mut Vm, pairs: &Pairs) {
    let hash = live(vm);
    hash.clear();
    let Some(pairs) = pairs else { return };
    let kept = vm.symbols.glob(KEPT).hash_mut();
    for (key, text) in pairs.iter() {
        let val = kept.get_str(text).map(|val| val.loaded());
        hash.set_str(key, val.unwrap_or_else(|| Val::Str(PerlStr::from(&**text))));
    }
}

/// The features that are on behind a change of `%^H`, which is where feature.pm keeps them (as perl's does).
pub fn features_after(features: u64, before: &Pairs, after: &Pairs) -> u64 {
    let has = |pairs: &Pairs, key: &str| {
        let found = |(name, val): &(Shared<str>, Shared<str>)| {
            &**name == key && &**val != "0" && !val.is_empty()
        };
        pairs.as_ref().is_some_and(|pairs| pairs.iter().any(found))
    };
    feature::NAMES
        .iter()
        .fold(features, |features, (name, bit)| {
            let key = match *name {
                "current_sub" => "feature___SUB__",
                "declared_refs" => "feature_myref",
                "extra_paired_delimiters" => "feature_more_delims",
                "unicode_eval" => "feature_unieval",
                "unicode_strings" => "feature_unicode",
                name => &format!("feature_{name}"),
            };
            match (has(before, key), has(after, key)) {
                (false, true) => features | u64::from(*bit),
                (true, false) => features & !u64::from(*bit),
                _ => features,
            }
        })
}

impl Loader<'_> {
    /// Asks the translator a module has put into `$^H{charnames}` for the characters of a name.
    pub(super) fn translated_name(&mut self, name: &str) -> Exec<Option<Text>> {
        let translator = live(self.vm).get_str("charnames").map(|val| val.loaded());
        let Some(translator) = translator.filter(Val::is_ref) else {
            return Ok(None);
        };
        let args = [Val::str(name)];
        let got = self.vm.call_sv(&translator, &args, Want::Scalar)?.pop();
        let got = got.unwrap_or_default();
        if got.is_undef() {
            return Ok(None);
        }
        let text = self.vm.str(&got)?;
        Ok(Some(Text {
            bytes: text.as_bytes().into(),
            utf8: text.is_utf8(),
        }))
    }

    /// Asks who has taken over constants of a kind; the name of the variable that holds what came back.
    pub(super) fn taken_over(
        &mut self,
        kind: &str,
        written: &Text,
        value: ExprId,
        mode: &str,
        view: &View<'_>,
    ) -> Exec<Option<String>> {
        let handler = live(self.vm).get_str(kind).map(|val| val.loaded());
        let Some(handler) = handler.filter(Val::is_ref) else {
            return Ok(None);
        };
        let value = match *view.ast.kind(value) {
            ExprKind::Int(n) => Val::Int(n),
            ExprKind::UInt(n) => Val::UInt(n),
            ExprKind::Num(n) => Val::Num(n),
            ExprKind::Str(text) => string(&view.ast[text]),
            _ => return Ok(None),
        };
        let mode = match mode {
            "" => Val::Undef,
            mode => Val::str(mode),
        };
        let args = [string(written), value, mode];
        let got = self.vm.call_sv(&handler, &args, Want::Scalar)?.pop();
        self.vm.constants_made += 1;
        let name = format!("\0constants::c{}", self.vm.constants_made);
        let glob = self.vm.symbols.glob(&name);
        glob.scalar().set(got.unwrap_or_default());
        Ok(Some(name))
    }
}

fn string(text: &Text) -> Val {
    let mut string = PerlStr::from_bytes(&text.bytes);
    if text.utf8 {
        string = PerlStr::from(String::from_utf8_lossy(&text.bytes).as_ref());
    }
    Val::Str(string)
}
