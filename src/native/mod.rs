//! The Rust half of modules that are XS under perl: a file per module, a table of rows each.
//!
//! A few packages are there from the start; the others when `XSLoader::load` asks for them, so that starting costs
//! nothing for what a program does not use.
mod absent;
mod attributes;
mod characters;
mod clone;
mod cwd;
mod digest;
mod fcntl;
mod file_glob;
mod hash_util;
mod host;
mod i18n_langinfo;
mod internals;
mod io;
mod ipc_sysv;
mod list_util;
mod mime_base64;
mod mro;
mod posix;
mod pragma_rows;
pub mod pragmas;
mod re;
mod scalar_util;
mod socket;
mod storable;
mod time_hires;
mod universal;
mod usage;
mod utf8;
pub mod version;
mod xs_loader;

use crate::value::{Code, Val};
use crate::vm::Vm;
use crate::vm::native::{Family, Row};
use usage::usage;

/// The native part of a module.
pub struct Module {
    /// The name `XSLoader::load` is given.
    pub name: &'static str,
    /// Packages and their functions.
    pub families: &'static [&'static Family],
    /// Integer constants of the package of the module's name.
    pub constants: &'static [(&'static str, i64)],
}

/// There without being asked for.
const BUILT_IN: &[&Family] = &[
    &internals::INTERNALS,
    &internals::BUILTIN,
    &internals::LAYER,
    &internals::PERLIO,
    &mro::BUILT_IN,
    &pragma_rows::CHARNAMES,
    &pragma_rows::FEATURE,
    &pragma_rows::STRICT,
    &pragma_rows::WARNINGS,
    &re::BUILT_IN,
    &re::NAMED_CAPTURE,
    &universal::FAMILY,
    &utf8::FAMILY,
    &version::FAMILY,
    &xs_loader::DYNA_LOADER,
    &xs_loader::FAMILY,
];

/// There when asked for.
#[rustfmt::skip]
const MODULES: &[Module] = &[
    Module { name: "attributes", families: &[&attributes::FAMILY], constants: &[] },
    Module { name: "Clone", families: &[&clone::FAMILY], constants: &[] },
    Module { name: "Cwd", families: &[&cwd::FAMILY], constants: &[] },
    Module { name: "Digest::MD5", families: &[&digest::md5::FAMILY], constants: &[] },
    Module { name: "Digest::SHA", families: &[&digest::sha::FUNCTIONS, &digest::sha::METHODS], constants: &[] },
    Module { name: "Encode::Native", families: &[&characters::encode::FAMILY], constants: &[] },
    Module { name: "Fcntl", families: &[&fcntl::FAMILY], constants: fcntl::CONSTANTS },
    Module { name: "File::Glob", families: &[&file_glob::FAMILY], constants: file_glob::CONSTANTS },
    Module { name: "Hash::Util", families: &[&hash_util::FAMILY], constants: &[] },
    Module { name: "IO", families: io::handle::FAMILIES, constants: io::handle::CONSTANTS },
    Module { name: "List::Util", families: &[&list_util::FAMILY, &scalar_util::FAMILY, &scalar_util::SUB_UTIL], constants: &[] },
    Module { name: "I18N::Langinfo", families: &[&i18n_langinfo::FAMILY], constants: i18n_langinfo::CONSTANTS },
    Module { name: "IPC::SysV", families: ipc_sysv::FAMILIES, constants: &[] },
    Module { name: "POSIX", families: posix::FAMILIES, constants: posix::CONSTANTS },
    Module { name: "Socket", families: socket::FAMILIES, constants: socket::CONSTANTS },
    Module { name: "Storable", families: &[&storable::FAMILY], constants: storable::CONSTANTS },
    Module { name: "String::CRC32", families: &[&digest::crc32::FAMILY], constants: &[] },
    Module { name: "Sys::Hostname", families: &[&host::hostname::FAMILY], constants: &[] },
    Module { name: "Sys::Syslog", families: &[&host::syslog::FAMILY], constants: host::syslog::CONSTANTS },
    Module { name: "Time::HiRes", families: &[&time_hires::FAMILY], constants: time_hires::CONSTANTS },
    Module { name: "MIME::Base64", families: &[&mime_base64::FAMILY, &mime_base64::QUOTED_PRINT], constants: &[] },
    Module { name: "Unicode::Normalize", families: &[&characters::normalize::FAMILY], constants: &[] },
    Module { name: "mro", families: &[&mro::FAMILY], constants: &[] },
    Module { name: "re", families: &[&re::FAMILY], constants: &[] },
];

/// Modules whose native parts only compute, work on handles the program has, or look at files with
/// the right to do so.
const HARMLESS: &[&str] = &[
    "Clone",
    "Cwd",
    "Digest::MD5",
    "Digest::SHA",
    "Encode::Native",
    "Fcntl",
    "Hash::Util",
    "IO",
    "List::Util",
    "MIME::Base64",
    "Storable",
    "String::CRC32",
    "Unicode::Normalize",
    "attributes",
    "mro",
    "re",
];

/// Has a module's native part to be granted? One that there is not need not be.
fn reaches_system(name: &str) -> bool {
    MODULES.iter().any(|module| module.name == name) && !HARMLESS.contains(&name)
}

/// The row behind a function's full name, whether or not its module is loaded.
pub fn find(full_name: &str) -> Option<&'static Row> {
    let families = MODULES.iter().flat_map(|module| module.families);
    let mut rows = BUILT_IN.iter().chain(families).flat_map(|family| {
        let row = move |row: &'static Row| (family.name, row);
        family.rows.iter().map(row)
    });
    let found = rows.find(|(package, row)| {
        let name = full_name.strip_prefix(package);
        name.and_then(|name| name.strip_prefix("::")) == Some(row.name)
    });
    found.map(|(_, row)| row)
}

/// Puts the built-in packages in their places.
pub fn install(vm: &mut Vm) {
    for family in BUILT_IN {
        vm.define_family(family.name, family);
    }
    re::tie_named_captures(vm);
    let inc = vm.symbols.glob("main::INC").hash_mut();
    inc.set_str("version.pm", Val::str("keshi:native/version.pm"));
    vm.symbols
        .glob("version::VERSION")
        .scalar()
        .set(Val::str("0.9929"));
}

/// Binds the native part of a module; false where there is none.
pub fn bind(vm: &mut Vm, name: &str) -> bool {
    let Some(module) = MODULES.iter().find(|m| m.name == name) else {
        return false;
    };
    // Others may have brought them, and their importers know those.
    if name == "Fcntl" && vm.symbols.glob("Fcntl::O_RDONLY").code().is_some() {
        return true;
    }
    for family in module.families {
        vm.define_family(family.name, family);
    }
    for (constant, value) in module.constants {
        define_constant(vm, &format!("{name}::{constant}"), Val::Int(*value));
    }
    absent::declare(vm, name);
    match name {
        "IO" => share_fcntl(vm, "IO::Handle", io::handle::OF_FCNTL),
        "POSIX" => posix::begin(vm),
        "Socket" => socket::begin(vm),
        _ => {}
    }
    true
}

/// Gives a package subs of Fcntl: the same, so that importing both is no redefinition.
fn share_fcntl(vm: &mut Vm, package: &str, names: &[&str]) {
    bind(vm, "Fcntl");
    for name in names {
        let code = vm.symbols.glob(&format!("Fcntl::{name}")).code();
        vm.symbols
            .glob(&format!("{package}::{name}"))
            .set_code(code);
    }
}

/// A constant sub.
pub fn define_constant(vm: &mut Vm, full_name: &str, value: Val) {
    let code = Code::constant(vec![value]);
    let (package, name) = crate::value::symbols::split(full_name);
    code.set_name(package, name);
    vm.symbols.glob(full_name).set_code(Some(code));
}
