//! Warnings perl gives while it reads, in perl's words (perldiag).

use super::super::ast::{ExprId, ExprKind, Sigil, SliceKind, StrId, SubId, SubKind, VarRef};
use super::super::feedback::View;
use super::driver::Parser;

impl Parser<'_, '_, '_> {
    /// Tells the running program of a warning at `pos`.
    pub(super) fn warn(&mut self, category: &str, text: &str, pos: usize) {
        let line = self.line_at(pos);
        let sh = &mut *self.sh;
        let view = View {
            ast: &sh.ast,
            visible: &sh.scopes.visible,
            package: &sh.package,
            line,
        };
        sh.feedback.warn(category, text, line, &view);
    }

    /// A feature that is still experimental in 5.36.
    pub(super) fn experimental(&mut self, category: &str, what: &str, pos: usize) {
        self.warn(
            &format!("experimental::{category}"),
            &format!("{what} is experimental"),
            pos,
        );
    }

    /// `print (...) ..`: the parentheses hold all arguments. The position is at the parenthesis.
    pub(super) fn warn_parens(&mut self, name: &str, start: usize) {
        if self.pos == 0
            || self.byte_at(self.pos - 1) != b' '
            || self.quoted != super::driver::Quoted::Code
        {
            return;
        }
        let bytes = &self.text.as_bytes()[self.pos..self.end.min(self.pos + 4096)];
        let mut level = 0usize;
        let mut at = 0;
        for (i, b) in bytes.iter().enumerate() {
            match b {
                b'(' => level += 1,
                b')' => level -= 1,
                _ => {}
            }
            at = i + 1;
            if level == 0 {
                break;
            }
        }
        let next = bytes[at..].iter().find(|b| !b.is_ascii_whitespace());
        if next.is_some_and(|b| !b";&/|})]oairuwef!=".contains(b)) {
            self.warn(
                "syntax",
                &format!("{name} (...) interpreted as function"),
                start,
            );
        }
    }

    /// Commas and comments in `qw`.
    pub(super) fn warn_qw(&mut self, text: &str, pos: usize) {
        if !text.contains([',', '#']) {
            return;
        }
        let (mut comma, mut comment) = (false, false);
        for word in text.split_ascii_whitespace() {
            comma |= word.len() > 1 && word.contains(',');
            comment |= word.starts_with('#') && word.len() > 1;
        }
        if comma {
            self.warn("qw", "Possible attempt to separate words with commas", pos);
        }
        if comment {
            self.warn("qw", "Possible attempt to put comments in qw() list", pos);
        }
    }

    /// Numbers that other machines may not hold.
    pub(super) fn warn_radix(&mut self, bits: u32, overflow: bool, value: f64, pos: usize) {
        let (kind, limit) = match bits {
            4 => ("Hexadecimal", "0xffffffff"),
            3 => ("Octal", "037777777777"),
            _ => ("Binary", "0b11111111111111111111111111111111"),
        };
        if overflow {
            let text = format!("Integer overflow in {} number", kind.to_lowercase());
            self.warn("overflow", &text, pos);
        }
        if value > f64::from(u32::MAX) {
            self.warn(
                "portable",
                &format!("{kind} number > {limit} non-portable"),
                pos,
            );
        }
    }

    /// `our $x` twice in a scope.
    pub(super) fn warn_our(&mut self, sigil: Sigil, name: &str, pos: usize) {
        let id = self.sh.ast.name(name);
        let Some(before) = self.sh.scopes.in_this_scope(sigil, id) else {
            return;
        };
        // that of another package is another variable
        let full = format!("{}::{name}", self.sh.package);
        let full = self.sh.ast.name(&full);
        if matches!(self.sh.ast[before].kind, super::super::ast::DeclKind::Our(known) if known == full)
        {
            let c = match sigil {
                Sigil::Array => '@',
                Sigil::Hash => '%',
                _ => '$',
            };
            self.warn(
                "shadow",
                &format!("\"our\" variable {c}{name} redeclared"),
                pos,
            );
        }
    }

    /// `=+ 1` and the like, just behind the `=`.
    pub(super) fn warn_reversed(&mut self) {
        let (b, next) = (self.byte(0), self.byte(1));
        if matches!(
            b,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'.' | b'&' | b'|' | b'^'
        ) && matches!(next, b' ' | b'\t' | b'\n')
        {
            let text = format!("Reversed {}= operator", b as char);
            self.warn("syntax", &text, self.pos);
        }
    }

    /// `_` where no digit is on both sides.
    pub(super) fn warn_underscore(&mut self, digits: &str, pos: usize) {
        if digits.contains("__")
            || digits.ends_with('_')
            || digits.contains("_.")
            || digits.contains("._")
        {
            self.warn("syntax", "Misplaced _ in number", pos);
        }
    }

    /// `@x[0]` where `$x[0]` is meant.
    pub(super) fn warn_slice(&mut self, slice: ExprId, pos: usize) {
        let ExprKind::Slice { kind, from, keys } = *self.sh.ast.kind(slice) else {
            return;
        };
        let [key] = self.sh.ast[keys] else { return };
        let (open, close) = match kind {
            SliceKind::Array => ('[', ']'),
            SliceKind::Hash => ('{', '}'),
            _ => return,
        };
        let ExprKind::Var { var, .. } = *self.sh.ast.kind(from) else {
            return;
        };
        let name = match var {
            VarRef::Lexical(decl) => self.sh.ast[self.sh.ast[decl].name].to_owned(),
            VarRef::Our(_, name) | VarRef::Global(name) | VarRef::Loose(name) => {
                let name = &self.sh.ast[name];
                name.strip_prefix("main::").unwrap_or(name).to_owned()
            }
        };
        let shown = match *self.sh.ast.kind(key) {
            ExprKind::Int(n) => n.to_string(),
            ExprKind::Str(text) => {
                format!("\"{}\"", String::from_utf8_lossy(&self.sh.ast[text].bytes))
            }
            ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } => "...".to_owned(),
            _ => return,
        };
        let text = format!(
            "Scalar value @{name}{open}{shown}{close} better written as ${name}{open}{shown}{close}"
        );
        self.warn("syntax", &text, pos);
    }

    /// Warns of what a sub's prototype holds. `attribute`: it stands in an attribute, where every sub has a name.
    pub(super) fn warn_prototype(&mut self, sub: SubId, proto: StrId, attribute: bool) {
        let shown = self.shown_prototype(proto);
        let faults = prototype_faults(&self.sh.ast[proto].bytes);
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
fn prototype_faults(proto: &[u8]) -> Vec<String> {
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
