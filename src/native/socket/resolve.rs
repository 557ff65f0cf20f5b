//! getaddrinfo and getnameinfo. Signal handlers run while they wait for name servers.
use super::bytes;
use crate::native::usage;
use crate::sys::netdb::addrinfo::{AddrInfo, GaiError, GetAddrInfo, GetNameInfo, Hints, Stop};
use crate::value::{Dual, Hash, Rc, Val};
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Socket",
    &[
        free(
            "getaddrinfo",
            getaddrinfo,
            "addresses of a host and service",
        ),
        free("getnameinfo", getnameinfo, "names of an address"),
    ],
);

/// The error as a number and a text; 0 and empty where there is none.
fn error(number: i32) -> Val {
    let text = match number {
        0 => "",
        _ => GaiError(number).message(),
    };
    Val::Dual(Dual::new(Val::from(number), text.into()))
}

/// A text argument: none where it is undef or empty.
fn text(call: &mut Call<'_>, i: usize) -> Exec<Option<Vec<u8>>> {
    let Some(val) = call.defined(i)? else {
        return Ok(None);
    };
    let text = call.str(&val)?;
    let Some(text) = text.downgraded() else {
        return Err(call.die("Wide character in subroutine entry"));
    };
    Ok((!text.is_empty()).then(|| text.as_bytes().to_vec()))
}

fn hints(call: &mut Call<'_>) -> Exec<Hints> {
    let mut hints = Hints::default();
    let Some(val) = call.defined(2)? else {
        return Ok(hints);
    };
    let Val::HRef(hash) = val else {
        return Err(call.die("hints is not a HASH reference"));
    };
    let places = [
        ("flags", &mut hints.flags),
        ("family", &mut hints.family),
        ("socktype", &mut hints.socktype),
        ("protocol", &mut hints.protocol),
    ];
    for (name, place) in places {
        if let Some(val) = hash.get_str(name) {
            let val = call.vm.load(val)?;
            *place = if val.is_undef() {
                0
            } else {
                call.vm.num(&val)?.to_i64() as i32
            };
        }
    }
    Ok(hints)
}

fn entry(info: AddrInfo) -> Val {
    let hash: Rc<Hash> = Hash::new();
    hash.set_str("family", Val::from(info.family));
    hash.set_str("socktype", Val::from(info.socktype));
    hash.set_str("protocol", Val::from(info.protocol));
    hash.set_str("addr", Val::bytes(&info.address));
    hash.set_str(
        "canonname",
        info.canonname.map(|name| Val::bytes(&name)).into(),
    );
    Val::HRef(hash)
}

fn getaddrinfo(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=3, "Socket::getaddrinfo(host, service, hints)")?;
    let (host, service) = (text(call, 0)?, text(call, 1)?);
    let hints = hints(call)?;
    let mut lookup = match GetAddrInfo::new(host.as_deref(), service.as_deref(), hints) {
        Ok(lookup) => lookup,
        Err(GaiError(number)) => return call.list([error(number)]),
    };
    loop {
        match lookup.step() {
            Ok(found) => {
                call.push(error(0));
                for info in found {
                    call.push(entry(info));
                }
                return Ok(Ret::List);
            }
            Err(Stop::Interrupted) => call.vm.safepoint()?,
            Err(Stop::Gai(GaiError(number))) => return call.list([error(number)]),
        }
    }
}

const NO_HOST: i64 = 1;
const NO_SERVICE: i64 = 2;

fn getnameinfo(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=3, "Socket::getnameinfo(addr, flags=0, xflags=0)")?;
    if call.arg(0)?.is_undef() {
        return Err(call.die("addr is not a string"));
    }
    let packed = bytes(call, 0, "getnameinfo")?;
    let flags = if call.argc() > 1 {
        call.arg_int(1)? as i32
    } else {
        0
    };
    let unwanted = if call.argc() > 2 { call.arg_int(2)? } else { 0 };
    let mut lookup = match GetNameInfo::new(packed.as_bytes(), flags) {
        Ok(lookup) => lookup,
        Err(GaiError(number)) => return call.list([error(number)]),
    };
    loop {
        match lookup.step() {
            Ok((host, service)) => {
                let part = |text: Vec<u8>, skip: i64| match unwanted & skip {
                    0 => Val::bytes(&text),
                    _ => Val::Undef,
                };
                return call.list([error(0), part(host, NO_HOST), part(service, NO_SERVICE)]);
            }
            Err(Stop::Interrupted) => call.vm.safepoint()?,
            Err(Stop::Gai(GaiError(number))) => return call.list([error(number)]),
        }
    }
}
