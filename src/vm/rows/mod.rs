//! Builtins that look into the machine itself, as rows: die, caller, bless, tie, splice ...

mod flow;
mod lists;
mod objects;
mod text;

use super::Vm;
use super::native::{Family, Native};
use crate::signature::Builtin;

const FAMILIES: &[&Family] = &[
    &flow::FAMILY,
    &lists::FAMILY,
    &objects::FAMILY,
    &text::FAMILY,
];

/// Puts the rows where the loop finds them.
pub(super) fn install(vm: &mut Vm) {
    for row in FAMILIES.iter().flat_map(|family| family.rows) {
        if let Some(builtin) = Builtin::from_name(row.name) {
            vm.set_builtin(builtin as u16, Native::Row(row));
        }
    }
}
