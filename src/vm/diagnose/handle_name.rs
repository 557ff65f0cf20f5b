//! What a handle is called that `open` and its kin make for an undefined variable (perlfunc open):
//! messages show it, as in `<$fh> line 3`.

use crate::bytecode::{Op, R};
use crate::vm::Vm;

/// What a handle is called where the call names no variable.
const NAMELESS: &str = "__ANONIO__";

impl Vm {
    /// The name for a handle made for an argument: the variable's as it is written in the call, without its package;
    /// an element's is its container's with dots.
    pub(in crate::vm) fn handle_name(&self, at: usize) -> String {
        if let Some(name) = self.lexical_name(at) {
            return name;
        }
        self.place_name(at).unwrap_or_else(|| NAMELESS.into())
    }

    fn place_name(&self, at: usize) -> Option<String> {
        let (frame, pc) = self.here()?;
        let code = &frame.proto().unit.code;
        let mut from = pc;
        let mut reg = match code.get(pc as usize)? {
            Op::BiL(..) => {
                let mark = (0..pc as usize)
                    .rev()
                    .find(|at| matches!(code[*at], Op::Mark))?;
                let aliased = |op: &Op| match op {
                    Op::PushAlias(r) => Some(*r),
                    _ => None,
                };
                code[mark..pc as usize].iter().find_map(aliased)?
            }
            _ => at.checked_sub(frame.base as usize)? as R,
        };
        let globals = &frame.proto().unit.globs;
        let last = |name: &str| name.rsplit("::").next().unwrap_or(name).to_string();
        for _ in 0..4 {
            let (at, filled) = self.filler(frame, from, reg)?;
            return Some(match filled {
                Op::GCell(_, g) | Op::LocalScalar(_, g) => {
                    format!("${}", last(&globals[g as usize].name))
                }
                Op::AElem(_, c, _) => {
                    format!("${}[...]", last(&self.container_name(frame, at, c)?))
                }
                Op::HElem(_, c, _) | Op::HElemK(_, c, _) => {
                    format!("${}{{...}}", last(&self.container_name(frame, at, c)?))
                }
                Op::Move(_, s) | Op::Arg(_, s) | Op::Box(_, s) => {
                    (from, reg) = (at, s);
                    continue;
                }
                _ => return None,
            });
        }
        None
    }
}
