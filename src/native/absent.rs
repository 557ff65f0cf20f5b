//! Constants a module knows and this system lacks: they are declared, so that they parse, and calling one says so.
//!
//! perl's own modules word the complaint themselves, without the full stop of other errors.
use crate::value::Code;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec, Vm};

const FAMILY: Family = Family::new(
    "constants",
    &[free("AUTOLOAD", missing, "no such constant")],
);

#[rustfmt::skip]
const MODULES: &[(&str, &str)] = &[
    ("Fcntl", "FCREAT FDEFER FDSYNC FEXCL FLARGEFILE FRSYNC FSYNC FTRUNC F_ALLOCSP F_ALLOCSP64 F_COMPAT F_DUP2FD \
        F_FREESP F_FREESP64 F_FSYNC F_FSYNC64 F_NODNY F_POSIX F_RDACC F_RDDNY F_RWACC F_RWDNY F_SHARE F_UNSHARE \
        F_WRACC F_WRDNY O_ALIAS O_ALT_IO O_DEFER O_EVTONLY O_EXLOCK O_IGNORE_CTTY O_NOINHERIT O_NOLINK O_NOSIGPIPE \
        O_NOTRANS O_RANDOM O_RAW O_RSRC O_SEQUENTIAL O_SHLOCK O_SYMLINK O_TEMPORARY O_TTY_INIT S_ENFMT S_IFWHT \
        S_ISTXT"),
    ("Socket", "AF_802 AF_AAL AF_CCITT AF_CHAOS AF_CTF AF_DATAKIT AF_DLI AF_ECMA AF_GOSIP AF_HYLINK AF_IMPLINK \
        AF_ISO AF_LAST AF_LAT AF_LINK AF_NBS AF_NIT AF_NS AF_OSI AF_OSINET AF_PUP AF_USER AF_WAN EAI_BADHINTS \
        EAI_PROTOCOL IPTOS_LOWDELAY IPTOS_MINCOST IPTOS_RELIABILITY IPTOS_THROUGHPUT IPV6_ADDRFROM MSG_BCAST \
        MSG_BTAG MSG_CTLFLAGS MSG_CTLIGNORE MSG_EOF MSG_ETAG MSG_MAXIOVLEN MSG_MCAST MSG_URG MSG_WIRE PF_802 PF_AAL \
        PF_CCITT PF_CHAOS PF_CTF PF_DATAKIT PF_DLI PF_ECMA PF_GOSIP PF_HYLINK PF_IMPLINK PF_ISO PF_LAST PF_LAT \
        PF_LINK PF_NBS PF_NIT PF_NS PF_OSI PF_OSINET PF_PUP PF_USER PF_WAN SCM_CONNECT SCM_CREDS SO_BACKLOG \
        SO_CHAMELEON SO_DGRAM_ERRIND SO_DONTLINGER SO_FAMILY SO_PASSIFNAME SO_PROTOTYPE SO_STATE SO_USELOOPBACK \
        SO_XOPEN SO_XSE TCP_CONNECTIONTIMEOUT TCP_INIT_CWND TCP_KEEPALIVE TCP_MAXRT TCP_NOOPT TCP_NOPUSH \
        TCP_SACK_ENABLE TCP_STDURG"),
];

fn names(module: &str) -> impl Iterator<Item = &'static str> {
    let row = MODULES.iter().find(|row| row.0 == module);
    row.map_or("", |row| row.1).split_ascii_whitespace()
}

/// Declares what the module knows and the system lacks.
pub(super) fn declare(vm: &mut Vm, module: &str) {
    if names(module).next().is_none() {
        return;
    }
    vm.define_family(module, &FAMILY);
    for name in names(module) {
        let code = Code::stub(module, name);
        code.set_prototype(Some("".into()));
        let glob = vm.symbols.glob(&format!("{module}::{name}"));
        if glob.code().is_none() {
            glob.set_code(Some(code));
        }
    }
}

fn missing(call: &mut Call<'_>) -> Exec<Ret> {
    let module = call.own_package();
    let full = call.symbols().glob(&format!("{module}::AUTOLOAD")).scalar();
    let full = full.get().to_str();
    let full = full.to_str_lossy();
    let (_, name) = crate::value::symbols::split(&full);
    let text = match names(&module).any(|known| known == name) {
        true => format!("Your vendor has not defined {module} macro {name}, used"),
        false => format!("{name} is not a valid {module} macro"),
    };
    let (line, file) = call.vm.line();
    Err(call.die(format!("{text} at {file} line {line}\n")))
}
