//! What is wrong with a prototype (perlsub "Prototypes", perldiag).

use super::super::ast::{StrId, SubId, SubKind};
use super::driver::Parser;

impl Parser<'_, '_, '_> {
    /// Warns of what a sub's prototype holds. `attribute`: it stands in an attribute, where every sub has a name.
    pub(super) fn warn_prototype(&mut self, sub: SubId, proto: StrId, attribute: bool) {
        let shown = self.shown_prototype(proto);
        let faults = faults(&self.sh.ast[proto].bytes);
        if faults.is_empty() {
            return;
        }
        let name = match (self.sh.ast[sub].kind, attribute) {
            (SubKind::Anon, false) => "?".to_string(),
            _ => self.prototyped_name(sub),
        };
        for fault in faults {
            let text = format!("{fault} for {name} : {shown}");
            self.warn("illegalproto", &text, self.pos);
        }
    }

    /// Warns where an attribute says something other than what stood before.
    pub(super) fn warn_overridden(&mut self, sub: SubId, old: Option<StrId>, new: StrId) {
        let Some(old) = old else { return };
        if self.sh.ast[old].bytes == self.sh.ast[new].bytes {
            return;
        }
        let (old, new) = (self.shown_prototype(old), self.shown_prototype(new));
        let name = self.prototyped_name(sub);
        let text =
            format!("Prototype '{old}' overridden by attribute 'prototype({new})' in {name}");
        self.warn("prototype", &text, self.pos);
    }

    fn prototyped_name(&self, sub: SubId) -> String {
        let def = &self.sh.ast[sub];
        match def.name {
            Some(name) => self.sh.ast[name].to_string(),
            None => format!("{}::__ANON__", self.sh.package),
        }
    }

    /// A prototype as messages show it.
    fn shown_prototype(&self, proto: StrId) -> String {
        let text = &self.sh.ast[proto];
        let chars = String::from_utf8_lossy(&text.bytes).into_owned();
        let mut out = String::new();
        for c in chars.chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                ' '..='~' => out.push(c),
                _ => out.push_str(&format!("\\x{{{:x}}}", c as u32)),
            }
        }
        out
    }
}

/// The beginnings of the messages, in perl's order.
fn faults(proto: &[u8]) -> Vec<String> {
    let (mut greedy, mut after_greedy) = (None, false);
    let (mut underscore, mut after_underscore) = (false, false);
    let (mut brackets, mut backslash, mut bad) = (false, false, false);
    for &c in proto {
        after_greedy |= greedy.is_some();
        if underscore {
            after_underscore |= !matches!(c, b';' | b'@' | b'%');
            underscore = false;
        }
        if !b"$@%*;[]&\\_+".contains(&c) {
            bad = true;
            continue;
        }
        match c {
            b'_' => underscore = !backslash && !brackets,
            b'@' | b'%' if !brackets && !backslash => greedy = Some(c as char),
            b'[' => brackets = true,
            b']' => brackets = false,
            _ => {}
        }
        backslash = c == b'\\';
    }
    let mut out = Vec::new();
    if let (true, Some(c)) = (after_greedy, greedy) {
        out.push(format!("Prototype after '{c}'"));
    }
    if brackets {
        out.push("Missing ']' in prototype".into());
    }
    if bad {
        out.push("Illegal character in prototype".into());
    }
    if after_underscore {
        out.push("Illegal character after '_' in prototype".into());
    }
    out
}
