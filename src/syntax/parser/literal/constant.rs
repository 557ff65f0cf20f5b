//! Constants that modules have taken over (overload "Overloading Constants"): asked as soon as they are read.

use crate::diag::hints;
use crate::syntax::ast::{ExprId, ExprKind, Part, PatPart, Sigil, StrId, Text, VarRef};
use crate::syntax::feedback::View;
use crate::syntax::parser::driver::{P, Parser, Stop};

impl Parser<'_, '_, '_> {
    /// A number that has been read from `start` to here.
    pub(in crate::syntax::parser) fn number_constant(
        &mut self,
        number: ExprId,
        start: usize,
    ) -> P<ExprId> {
        if self.sh.hints.bits & hints::NEW_NUMBERS == 0 {
            return Ok(number);
        }
        let written = &self.text[start..self.pos];
        let kind = match *self.sh.ast.kind(number) {
            ExprKind::VString { .. } => return Ok(number),
            _ if written.len() > 1 && written.starts_with('0') && !written.contains('.') => {
                "binary"
            }
            _ if written.contains(['.', 'e', 'E']) => "float",
            _ => "integer",
        };
        let bit = match kind {
            "binary" => hints::NEW_BINARY,
            "float" => hints::NEW_FLOAT,
            _ => hints::NEW_INTEGER,
        };
        if self.sh.hints.bits & bit == 0 {
            return Ok(number);
        }
        let written = self.text_of(&written.replace('_', ""));
        let made = self.constant(kind, &written, number, "")?;
        Ok(made.unwrap_or(number))
    }

    /// A string without variables.
    pub(in crate::syntax::parser) fn string_constant(
        &mut self,
        string: ExprId,
        mode: &str,
    ) -> P<ExprId> {
        let ExprKind::Str(text) = *self.sh.ast.kind(string) else {
            return Ok(string);
        };
        if self.sh.hints.bits & hints::NEW_STRING == 0 {
            return Ok(string);
        }
        let written = self.sh.ast[text].clone();
        let made = self.constant("q", &written, string, mode)?;
        Ok(made.unwrap_or(string))
    }

    /// The constant pieces of a string with variables.
    pub(in crate::syntax::parser) fn constant_parts(
        &mut self,
        parts: Vec<Part>,
        start: usize,
    ) -> P<Vec<Part>> {
        if self.sh.hints.bits & hints::NEW_STRING == 0 {
            return Ok(parts);
        }
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            out.push(match part {
                Part::Str(text) => match self.piece("q", text, start)? {
                    Some(made) => Part::Scalar(made),
                    None => Part::Str(text),
                },
                other => other,
            });
        }
        Ok(out)
    }

    /// The constant pieces of a pattern.
    pub(in crate::syntax::parser) fn pattern_constants(
        &mut self,
        parts: Vec<PatPart>,
        start: usize,
    ) -> P<Vec<PatPart>> {
        if self.sh.hints.bits & hints::NEW_PATTERN == 0 {
            return Ok(parts);
        }
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            out.push(match part {
                PatPart::Lit(text) => match self.piece("qr", text, start)? {
                    Some(made) => PatPart::Scalar(made),
                    None => PatPart::Lit(text),
                },
                other => other,
            });
        }
        Ok(out)
    }

    /// A constant piece of a string or pattern.
    pub(in crate::syntax::parser) fn piece(
        &mut self,
        kind: &str,
        text: StrId,
        start: usize,
    ) -> P<Option<ExprId>> {
        let string = self.node(ExprKind::Str(text), start);
        let written = self.sh.ast[text].clone();
        self.constant(kind, &written, string, "qq")
    }

    fn constant(
        &mut self,
        kind: &str,
        written: &Text,
        value: ExprId,
        mode: &str,
    ) -> P<Option<ExprId>> {
        let line = self.line_at(self.pos);
        let sh = &mut *self.sh;
        let view = View {
            ast: &sh.ast,
            visible: &sh.scopes.visible,
            package: &sh.package,
            line,
        };
        let made = sh
            .feedback
            .constant(kind, written, value, mode, &view)
            .map_err(|_| Stop::Aborted)?;
        Ok(made.map(|name| {
            let var = VarRef::Global(self.sh.ast.name(&name));
            let sigil = Sigil::Scalar;
            self.node_like(ExprKind::Var { sigil, var }, value)
        }))
    }
}
