//! Packing addresses and taking them apart.
use super::bytes;
use crate::diag::warnings::Category;
use crate::native::usage;
use crate::sys::netdb::{Failure, Lookup};
use crate::sys::socket::{self, In6};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

const AF_UNIX: i32 = 1;
const AF_INET: i32 = 2;
const AF_INET6: i32 = 10;

pub(super) const FAMILY: Family = Family::new(
    "Socket",
    &[
        free(
            "inet_aton",
            inet_aton,
            "the address of a host, by number or name",
        ),
        free("inet_ntoa", inet_ntoa, "an IPv4 address as text"),
        free("inet_ntop", inet_ntop, "an address as text"),
        free("inet_pton", inet_pton, "the address a text stands for"),
        free(
            "pack_sockaddr_in",
            pack_in,
            "port and IPv4 address as a socket address",
        ),
        free(
            "pack_sockaddr_in6",
            pack_in6,
            "port and IPv6 address as a socket address",
        ),
        free("pack_sockaddr_un", pack_un, "a path as a socket address"),
        free("sockaddr_family", family, "the family of a socket address"),
        free(
            "unpack_sockaddr_in",
            unpack_in,
            "port and address of a socket address",
        ),
        free(
            "unpack_sockaddr_in6",
            unpack_in6,
            "the parts of a socket address",
        ),
        free(
            "unpack_sockaddr_un",
            unpack_un,
            "the path of a socket address",
        ),
    ],
);

fn inet_aton(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::inet_aton(host)")?;
    let host = call.arg_str(0)?;
    if host.is_empty() {
        return Ok(Ret::One(Val::Undef));
    }
    if let Some(address) = socket::parse_in(host.as_bytes()) {
        return Ok(Val::bytes(&address).into());
    }
    let mut lookup = Lookup::by_name(host.as_bytes(), AF_INET);
    loop {
        match lookup.step() {
            Ok(found) => {
                let address = found.addresses.into_iter().find(|a| a.len() == 4);
                return Ok(Ret::One(address.map(|a| Val::bytes(&a)).into()));
            }
            Err(Failure::Interrupted) => call.vm.safepoint()?,
            Err(_) => return Ok(Ret::One(Val::Undef)),
        }
    }
}

fn inet_ntoa(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::inet_ntoa(ip_address_sv)")?;
    let packed = bytes(call, 0, "inet_ntoa")?;
    let Ok([a, b, c, d]) = <[u8; 4]>::try_from(packed.as_bytes()) else {
        let len = packed.len();
        return Err(call.die(format!(
            "Bad arg length for Socket::inet_ntoa, length is {len}, should be 4"
        )));
    };
    Ok(Val::str(&format!("{a}.{b}.{c}.{d}")).into())
}

/// The length of an address of a family.
fn length(call: &mut Call<'_>, family: i32, function: &str) -> Exec<usize> {
    match family {
        AF_INET => Ok(4),
        AF_INET6 => Ok(16),
        _ => Err(call.die(format!(
            "Bad address family for Socket::{function}, got {family}, should be either AF_INET or AF_INET6"
        ))),
    }
}

fn inet_ntop(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Socket::inet_ntop(af, ip_address_sv)")?;
    let family = call.arg_int(0)? as i32;
    let packed = bytes(call, 1, "inet_ntop")?;
    let wanted = length(call, family, "inet_ntop")?;
    if packed.len() != wanted {
        let name = if family == AF_INET {
            "AF_INET"
        } else {
            "AF_INET6"
        };
        let len = packed.len();
        return Err(call.die(format!(
            "Bad address length for Socket::inet_ntop on {name}; got {len}, should be {wanted}"
        )));
    }
    Ok(Ret::One(
        socket::address_text(packed.as_bytes())
            .map(|text| Val::str(&text))
            .into(),
    ))
}

fn inet_pton(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Socket::inet_pton(af, host)")?;
    let family = call.arg_int(0)? as i32;
    let host = call.arg_str(1)?;
    length(call, family, "inet_pton")?;
    let found = if family == AF_INET {
        dotted_quad(host.as_bytes()).map(|a| Val::bytes(&a))
    } else {
        socket::parse_in6(host.as_bytes()).map(|a| Val::bytes(&a))
    };
    Ok(Ret::One(found.into()))
}

/// inet_pton's IPv4: four decimal numbers, nothing shorter.
fn dotted_quad(text: &[u8]) -> Option<[u8; 4]> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse::<std::net::Ipv4Addr>().ok().map(|a| a.octets())
}

/// A port; perl takes its low 16 bits, and undef for 0.
fn port(call: &mut Call<'_>, function: &str) -> Exec<u16> {
    let Some(val) = call.defined(0)? else {
        return Ok(0);
    };
    let port = call.vm.num(&val)?.to_i64();
    if port > 0xffff {
        let low = port as u16;
        let msg =
            format!("Port number above 0xFFFF, will be truncated to {low} for Socket::{function}");
        call.warn(Category::Misc, msg)?;
    }
    Ok(port as u16)
}

fn pack_in(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        2..=2,
        "Socket::pack_sockaddr_in(port_sv, ip_address_sv)",
    )?;
    let port = port(call, "pack_sockaddr_in")?;
    if call.defined(1)?.is_none() {
        return Err(call.die("Undefined address for Socket::pack_sockaddr_in"));
    }
    let packed = bytes(call, 1, "pack_sockaddr_in")?;
    let Ok(address) = <[u8; 4]>::try_from(packed.as_bytes()) else {
        let len = packed.len();
        return Err(call.die(format!(
            "Bad arg length for Socket::pack_sockaddr_in, length is {len}, should be 4"
        )));
    };
    Ok(Val::bytes(&socket::pack_in(port, address)).into())
}

fn pack_in6(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        2..=4,
        "Socket::pack_sockaddr_in6(port_sv, sin6_addr, scope_id=0, flowinfo=0)",
    )?;
    let port = port(call, "pack_sockaddr_in6")?;
    if call.defined(1)?.is_none() {
        return Err(call.die("Undefined address for Socket::pack_sockaddr_in6"));
    }
    let packed = bytes(call, 1, "pack_sockaddr_in6")?;
    let Ok(address) = <[u8; 16]>::try_from(packed.as_bytes()) else {
        let len = packed.len();
        return Err(call.die(format!(
            "Bad arg length Socket::pack_sockaddr_in6, length is {len}, should be 16"
        )));
    };
    let scope = if call.argc() > 2 {
        call.arg_uint(2)? as u32
    } else {
        0
    };
    let flow = if call.argc() > 3 {
        call.arg_uint(3)? as u32
    } else {
        0
    };
    Ok(Val::bytes(&socket::pack_in6(In6 {
        port,
        address,
        scope,
        flow,
    }))
    .into())
}

fn pack_un(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::pack_sockaddr_un(pathname)")?;
    if call.defined(0)?.is_none() {
        return Err(call.die("Undefined path for Socket::pack_sockaddr_un"));
    }
    let path = call.arg_str(0)?;
    if path.len() > socket::UNIX_PATH {
        let (len, most) = (path.len(), socket::UNIX_PATH);
        let msg = format!(
            "Path length ({len}) is longer than maximum supported length ({most}) and will be truncated"
        );
        call.warn(Category::Misc, msg)?;
    }
    let end = path.len().min(socket::UNIX_PATH);
    Ok(Val::bytes(&socket::pack_un(&path.as_bytes()[..end])).into())
}

/// A packed address that must be given.
fn address(call: &mut Call<'_>, function: &str, name: &str) -> Exec<Vec<u8>> {
    usage(call, 1..=1, &format!("Socket::{function}({name})"))?;
    if call.defined(0)?.is_none() {
        return Err(call.die(format!("Undefined address for Socket::{function}")));
    }
    Ok(bytes(call, 0, function)?.as_bytes().to_vec())
}

fn checked(
    call: &mut Call<'_>,
    packed: &[u8],
    function: &str,
    size: Option<usize>,
    family: i32,
) -> Exec {
    if let Some(size) = size
        && packed.len() != size
    {
        let len = packed.len();
        return Err(call.die(format!(
            "Bad arg length for Socket::{function}, length is {len}, should be {size}"
        )));
    }
    let mut start = [0u8; 2];
    for (to, from) in start.iter_mut().zip(packed) {
        *to = *from;
    }
    let found = i32::from(u16::from_ne_bytes(start));
    if found != family {
        return Err(call.die(format!(
            "Bad address family for Socket::{function}, got {found}, should be {family}"
        )));
    }
    Ok(())
}

fn unpack_in(call: &mut Call<'_>) -> Exec<Ret> {
    let function = "unpack_sockaddr_in";
    let packed = address(call, function, "sin_sv")?;
    checked(call, &packed, function, Some(16), AF_INET)?;
    let Some((port, address)) = socket::unpack_in(&packed) else {
        return Ok(Ret::Nothing);
    };
    if !call.wants_list() {
        return Ok(Val::bytes(&address).into());
    }
    call.list([Val::Int(i64::from(port)), Val::bytes(&address)])
}

fn unpack_in6(call: &mut Call<'_>) -> Exec<Ret> {
    let function = "unpack_sockaddr_in6";
    let packed = address(call, function, "sin6_sv")?;
    checked(call, &packed, function, Some(28), AF_INET6)?;
    let Some(parts) = socket::unpack_in6(&packed) else {
        return Ok(Ret::Nothing);
    };
    if !call.wants_list() {
        return Ok(Val::bytes(&parts.address).into());
    }
    let number = |n: u32| Val::Int(i64::from(n));
    call.list([
        number(u32::from(parts.port)),
        Val::bytes(&parts.address),
        number(parts.scope),
        number(parts.flow),
    ])
}

fn unpack_un(call: &mut Call<'_>) -> Exec<Ret> {
    let function = "unpack_sockaddr_un";
    let packed = address(call, function, "sun_sv")?;
    checked(call, &packed, function, None, AF_UNIX)?;
    Ok(Ret::One(
        socket::unpack_un(&packed)
            .map(|path| Val::bytes(&path))
            .into(),
    ))
}

fn family(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::sockaddr_family(sockaddr)")?;
    let packed = bytes(call, 0, "sockaddr_family")?;
    match socket::family(packed.as_bytes()) {
        Some(family) => Ok(Val::from(family).into()),
        None => {
            let len = packed.len();
            Err(call.die(format!(
                "Bad arg length for Socket::sockaddr_family, length is {len}, should be at least 2"
            )))
        }
    }
}
