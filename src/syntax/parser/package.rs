//! `package NAME VERSION`, with a block or without.

use super::super::ast::{StmtKind, StrId};
use super::super::feedback::Finished;
use super::super::grammar::{self, Rule};
use super::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// `package ..`, the word being consumed.
    pub(super) fn package_statement(&mut self) -> P<StmtKind> {
        let start = self.pos - "package".len();
        let Some((rule, from, to, len)) = grammar::first_inner(Rule::package_head, self.rest())
        else {
            return Err(self.syntax_error());
        };
        if rule != Rule::word {
            if self.sh.eval {
                // perl notices only behind the number
                self.pos = self.text[..self.end].find(';').unwrap_or(self.end);
            }
            return Err(self.syntax_error());
        }
        let name = super::variable::normal(&self.text[self.pos + from..self.pos + to]);
        self.take(len);
        let version = self.package_version(start)?;
        let name = name
            .strip_prefix("main::")
            .filter(|n| !n.is_empty())
            .unwrap_or(&name);
        let name = name.strip_prefix("::").unwrap_or(name).to_owned();
        let id = self.sh.ast.name(&name);
        if self.peek() == b'{' {
            let outer = self.sh.package.clone();
            self.enter_scope();
            self.set_package(&name);
            self.finished(Finished::Package(id, version))?;
            let body = self.bare_block()?;
            self.set_package(&outer);
            self.leave_scope();
            return Ok(StmtKind::PackageBlock {
                name: id,
                version,
                body,
            });
        }
        self.end_statement()?;
        self.set_package(&name);
        self.finished(Finished::Package(id, version))?;
        Ok(StmtKind::Package { name: id, version })
    }

    /// The version behind the name, if there is one: a strict one (perlfunc package, version).
    fn package_version(&mut self, start: usize) -> P<Option<StrId>> {
        if matches!(self.peek(), b';' | b'{' | b'}' | 0) {
            return Ok(None);
        }
        let at = self.pos;
        let end = self.text[at..self.end]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'))
            .map_or(self.end, |n| at + n);
        let text = self.text[at..end].to_owned();
        if let Err(wrong) = strict(&text) {
            let (file, line) = (
                self.sh.source.file(self.origin(at) as u32),
                self.line_at(at),
            );
            let near = self.text[start..at].to_owned();
            self.note(format!(
                "Invalid version format ({wrong}) at {file} line {line}, near \"{near}\"\n"
            ));
            self.recent = [start, start];
            return Err(self.syntax_error());
        }
        self.take(text.len());
        Ok(Some(self.source_str(&text)))
    }
}

/// What a strict version lacks (version, "Strict Version").
fn strict(text: &str) -> Result<(), &'static str> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !text
        .trim_start_matches('v')
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b'_')
    {
        return Err("non-numeric data");
    }
    if text.contains('_') {
        return Err("no underscores");
    }
    if let Some(dotted) = text.strip_prefix('v') {
        let parts: Vec<&str> = dotted.split('.').collect();
        if parts[0].len() > 1 && parts[0].starts_with('0') {
            return Err("no leading zeros");
        }
        if parts.len() < 3 || !parts.iter().all(|p| digits(p)) {
            return Err("dotted-decimal versions require at least three parts");
        }
        if parts[1..].iter().any(|p| p.len() > 3) {
            return Err("maximum 3 digits between decimals");
        }
        return Ok(());
    }
    let mut parts = text.split('.');
    let whole = parts.next().unwrap_or("");
    if whole.is_empty() {
        return Err("0 before decimal required");
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err("no leading zeros");
    }
    match (parts.next(), parts.next()) {
        (None, _) => Ok(()),
        (Some(""), _) => Err("fractional part required"),
        (Some(_), None) => Ok(()),
        (Some(_), Some(_)) => Err("dotted-decimal versions must begin with 'v'"),
    }
}
