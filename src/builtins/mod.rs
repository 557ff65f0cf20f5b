//! The functions of perlfunc, a file for each of its families; the machine calls them through their rows.
//!
//! What needs the machine's own state at every step (push, keys, map, print, caller ...) is an op in `vm::ops` instead.
mod crypt_cost;
pub mod file;
mod format;
mod glob;
pub mod io;
mod math;
mod network;
pub mod process;
mod socket;
pub mod status;
mod string;
mod sysv;
mod time;
mod user;

use crate::signature::Builtin;
use crate::vm::Vm;
use crate::vm::native::{Family, Native};

/// All families.
const FAMILIES: &[&[&Family]] = &[
    &[
        &file::FAMILY,
        &format::FAMILY,
        &glob::FAMILY,
        &math::FAMILY,
        &network::FAMILY,
        &socket::FAMILY,
        &sysv::FAMILY,
        &status::FAMILY,
        &string::FAMILY,
        &time::FAMILY,
        &user::FAMILY,
    ],
    io::FAMILIES,
    process::FAMILIES,
];

/// Puts every row where the machine finds it by the number of its builtin.
pub fn install(vm: &mut Vm) {
    vm.file_tests = Some(status::file_test);
    for family in FAMILIES.iter().copied().flatten() {
        for row in family.rows {
            if let Some(builtin) = Builtin::from_name(row.name) {
                vm.set_builtin(builtin as u16, Native::Row(row));
            }
        }
    }
}
