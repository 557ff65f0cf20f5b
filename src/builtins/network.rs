//! What names of hosts, networks, protocols and services mean (perlfunc, family Network).
//!
//! Look-ups that ask name servers can be interrupted: handlers run, then the look-up goes on.
use crate::sys::netdb::{self, Entry, Failure, Host, Lookup, Network, Service};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

#[rustfmt::skip]
pub(super) const FAMILY: Family = Family::new("Network", &[
    function("endhostent", "", |call| rewind(call, |s| &mut s.hosts)),
    function("endnetent", "", |call| rewind(call, |s| &mut s.networks)),
    function("endprotoent", "", |call| rewind(call, |s| &mut s.protocols)),
    function("endservent", "", |call| rewind(call, |s| &mut s.services)),
    function("gethostbyaddr", "$$", gethostbyaddr),
    function("gethostbyname", "$", gethostbyname),
    function("gethostent", "", gethostent),
    function("getnetbyaddr", "$$", getnetbyaddr),
    function("getnetbyname", "$", getnetbyname),
    function("getnetent", "", getnetent),
    function("getprotobyname", "$", getprotobyname),
    function("getprotobynumber", "$;", getprotobynumber),
    function("getprotoent", "", getprotoent),
    function("getservbyname", "$$", getservbyname),
    function("getservbyport", "$$", getservbyport),
    function("getservent", "", getservent),
    function("sethostent", "$", |call| rewind(call, |s| &mut s.hosts)),
    function("setnetent", "$", |call| rewind(call, |s| &mut s.networks)),
    function("setprotoent", "$", |call| rewind(call, |s| &mut s.protocols)),
    function("setservent", "$", |call| rewind(call, |s| &mut s.services)),
]);

/// How far the functions without a key have read each file.
#[derive(Default)]
struct Positions {
    hosts: usize,
    networks: usize,
    protocols: usize,
    services: usize,
}

fn rewind(call: &mut Call<'_>, which: fn(&mut Positions) -> &mut usize) -> Exec<Ret> {
    *which(call.vm.slots.of()) = 0;
    Ok(Ret::One(Val::Bool(true)))
}

/// The next row of a file.
fn next<T>(
    call: &mut Call<'_>,
    rows: Vec<T>,
    which: fn(&mut Positions) -> &mut usize,
) -> Option<T> {
    let at = which(call.vm.slots.of());
    let row = rows.into_iter().nth(*at)?;
    *at += 1;
    Some(row)
}

/// What a call in scalar context gives: what was not asked with.
#[derive(Clone, Copy, PartialEq)]
enum Plain {
    Name,
    Value,
}

fn aliases(names: &[Vec<u8>]) -> Val {
    Val::bytes(&names.join(&b" "[..]))
}

fn host(call: &mut Call<'_>, found: Option<Host>, plain: Plain) -> Exec<Ret> {
    let Some(host) = found else {
        return Ok(Ret::Nothing);
    };
    if !call.wants_list() {
        return Ok(Ret::One(match plain {
            Plain::Name => Val::bytes(&host.name),
            Plain::Value => host.addresses.first().map(|a| Val::bytes(a)).into(),
        }));
    }
    let len = host.addresses.first().map_or(0, Vec::len);
    call.push(Val::bytes(&host.name));
    call.push(aliases(&host.aliases));
    call.push(Val::from(host.family));
    call.push(Val::from(len));
    for address in &host.addresses {
        call.push(Val::bytes(address));
    }
    Ok(Ret::List)
}

/// Takes a look-up to its end; `$?` gets h_errno where it fails.
fn look_up(call: &mut Call<'_>, mut lookup: Lookup) -> Exec<Option<Host>> {
    loop {
        match lookup.step() {
            Ok(host) => return Ok(Some(host)),
            Err(Failure::Interrupted) => call.vm.safepoint()?,
            Err(failure) => {
                call.vm.child_status = failure.number();
                return Ok(None);
            }
        }
    }
}

const AF_INET: i32 = 2;

fn gethostbyname(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let found = look_up(call, Lookup::by_name(name.as_bytes(), AF_INET))?;
    host(call, found, Plain::Value)
}

fn gethostbyaddr(call: &mut Call<'_>) -> Exec<Ret> {
    let address = call.arg_str(0)?;
    let family = call.arg_int(1)? as i32;
    let Some(address) = address.downgraded() else {
        return Err(call.die("Wide character in gethostbyaddr"));
    };
    if !matches!((family, address.len()), (2, 4) | (10, 16)) {
        call.set_errno(crate::sys::Errno::EINVAL);
        return Ok(Ret::Nothing);
    }
    let found = look_up(call, Lookup::by_address(address.as_bytes(), family))?;
    host(call, found, Plain::Name)
}

fn gethostent(call: &mut Call<'_>) -> Exec<Ret> {
    let found = next(call, netdb::all_hosts(), |s| &mut s.hosts);
    host(call, found, Plain::Name)
}

fn network(call: &mut Call<'_>, found: Option<Network>, plain: Plain) -> Exec<Ret> {
    let Some(row) = found else {
        return Ok(Ret::Nothing);
    };
    let number = Val::Int(i64::from(row.number));
    if !call.wants_list() {
        return Ok(Ret::One(if plain == Plain::Name {
            Val::bytes(&row.name)
        } else {
            number
        }));
    }
    call.list([
        Val::bytes(&row.name),
        aliases(&row.aliases),
        Val::from(AF_INET),
        number,
    ])
}

fn getnetbyname(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    network(call, netdb::network_by_name(name.as_bytes()), Plain::Value)
}

fn getnetbyaddr(call: &mut Call<'_>) -> Exec<Ret> {
    let number = call.arg_int(0)? as u32;
    call.arg_int(1)?;
    network(call, netdb::network_by_address(number), Plain::Name)
}

fn getnetent(call: &mut Call<'_>) -> Exec<Ret> {
    let found = next(call, netdb::all_networks(), |s| &mut s.networks);
    network(call, found, Plain::Name)
}

fn protocol(call: &mut Call<'_>, found: Option<Entry>, plain: Plain) -> Exec<Ret> {
    let Some(row) = found else {
        return Ok(Ret::Nothing);
    };
    let number = Val::from(row.number);
    if !call.wants_list() {
        return Ok(Ret::One(if plain == Plain::Name {
            Val::bytes(&row.name)
        } else {
            number
        }));
    }
    call.list([Val::bytes(&row.name), aliases(&row.aliases), number])
}

fn getprotobyname(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    protocol(call, netdb::protocol_by_name(name.as_bytes()), Plain::Value)
}

fn getprotobynumber(call: &mut Call<'_>) -> Exec<Ret> {
    let number = call.arg_int(0)? as i32;
    protocol(call, netdb::protocol_by_number(number), Plain::Name)
}

fn getprotoent(call: &mut Call<'_>) -> Exec<Ret> {
    let found = next(call, netdb::all_protocols(), |s| &mut s.protocols);
    protocol(call, found, Plain::Name)
}

fn service(call: &mut Call<'_>, found: Option<Service>, plain: Plain) -> Exec<Ret> {
    let Some(row) = found else {
        return Ok(Ret::Nothing);
    };
    let port = Val::Int(i64::from(row.port));
    if !call.wants_list() {
        return Ok(Ret::One(if plain == Plain::Name {
            Val::bytes(&row.name)
        } else {
            port
        }));
    }
    call.list([
        Val::bytes(&row.name),
        aliases(&row.aliases),
        port,
        Val::bytes(&row.protocol),
    ])
}

/// The protocol argument: an empty one means any.
fn protocol_arg(call: &mut Call<'_>) -> Exec<Option<Vec<u8>>> {
    let Some(val) = call.defined(1)? else {
        return Ok(None);
    };
    let name = call.str(&val)?;
    Ok((!name.is_empty()).then(|| name.as_bytes().to_vec()))
}

fn getservbyname(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let protocol = protocol_arg(call)?;
    service(
        call,
        netdb::service_by_name(name.as_bytes(), protocol.as_deref()),
        Plain::Value,
    )
}

fn getservbyport(call: &mut Call<'_>) -> Exec<Ret> {
    let port = call.arg_int(0)? as u16;
    let protocol = protocol_arg(call)?;
    service(
        call,
        netdb::service_by_port(port, protocol.as_deref()),
        Plain::Name,
    )
}

fn getservent(call: &mut Call<'_>) -> Exec<Ret> {
    let found = next(call, netdb::all_services(), |s| &mut s.services);
    service(call, found, Plain::Name)
}
