//! Assignment: which kind it is.

use super::super::ast::{ExprId, ExprKind, Sigil};
use super::super::precedence::power;
use super::driver::{P, Parser};

impl Parser<'_, '_, '_> {
    /// `left = ..`, the `=` being consumed.
    pub(super) fn assign(&mut self, left: ExprId) -> P<ExprId> {
        let from = self.binding(power::ASSIGN)?;
        let bare = self.unwrapped(left);
        if self.aliases(left) {
            self.aliasing()?;
            return Ok(self.joined(ExprKind::AssignAlias { to: left, from }, left));
        }
        let kind = if self.is_list(left) {
            ExprKind::AssignList { to: left, from }
        } else {
            ExprKind::Assign {
                to: bare,
                from: self.unwrapped_scalar(from),
            }
        };
        Ok(self.joined(kind, left))
    }

    /// Aliasing by assignment to a reference: its feature must be on.
    pub(super) fn aliasing(&mut self) -> P<()> {
        if !self.feature(crate::diag::hints::feature::REFALIASING) {
            return Err(self.fail("Experimental aliasing via reference not enabled"));
        }
        self.experimental("refaliasing", "Aliasing via reference", self.pos);
        Ok(())
    }

    /// A parenthesised single scalar on the right of a scalar assignment is itself.
    fn unwrapped_scalar(&self, id: ExprId) -> ExprId {
        self.unwrapped(id)
    }

    /// Whether assigning to `id` gives list context to the right side (perlop Assignment).
    pub(super) fn is_list(&self, id: ExprId) -> bool {
        match *self.sh.ast.kind(id) {
            // parentheses around `?:` only group
            ExprKind::List(items) if matches!(self.sh.ast[items], [one] if self.is_cond(one)) => {
                self.is_list(self.sh.ast[items][0])
            }
            ExprKind::List(_) | ExprKind::MyList(_) | ExprKind::Slice { .. } => true,
            ExprKind::ListSlice { .. } | ExprKind::Repeat { .. } => true,
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => {
                matches!(sigil, Sigil::Array | Sigil::Hash)
            }
            ExprKind::My(decl) => {
                matches!(self.sh.ast[decl].sigil, Sigil::Array | Sigil::Hash)
            }
            ExprKind::Local(inner) => self.is_list(inner),
            ExprKind::Cond { yes, no, .. } => self.is_list(yes) && self.is_list(no),
            _ => false,
        }
    }

    fn is_cond(&self, id: ExprId) -> bool {
        matches!(self.sh.ast.kind(id), ExprKind::Cond { .. })
    }

    /// Whether the left side is a reference expression (`\$x = ..`, `\my @a = ..`).
    fn aliases(&self, id: ExprId) -> bool {
        match *self.sh.ast.kind(id) {
            ExprKind::Ref(_) => true,
            ExprKind::Local(inner) => self.aliases(inner),
            ExprKind::List(list) => self.sh.ast[list]
                .iter()
                .any(|&i| matches!(self.sh.ast.kind(i), ExprKind::Ref(_))),
            ExprKind::MyList(list) => self.sh.ast[list]
                .iter()
                .any(|&i| matches!(self.sh.ast.kind(i), ExprKind::Ref(_))),
            _ => false,
        }
    }
}
