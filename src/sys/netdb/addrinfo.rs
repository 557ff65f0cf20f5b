//! getaddrinfo(3) and getnameinfo(3) over the lookups of this folder (Socket's functions).

use super::files::{Host, parse_address, protocol_by_number, service_by_name, service_by_port};
use super::lookup::{Failure, Lookup, address_text};
use crate::sys::{blocking, host, socket};

/// What is asked for: flags AI_*, and 0 for "any" in the others.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)] // the fields of struct addrinfo
pub(crate) struct Hints {
    pub(crate) flags: i32,
    pub(crate) family: i32,
    pub(crate) socktype: i32,
    pub(crate) protocol: i32,
}

/// One way to reach the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the fields of struct addrinfo
pub(crate) struct AddrInfo {
    pub(crate) family: i32,
    pub(crate) socktype: i32,
    pub(crate) protocol: i32,
    pub(crate) address: Vec<u8>,
    pub(crate) canonname: Option<Vec<u8>>,
}

/// A failure of getaddrinfo or getnameinfo: EAI_*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GaiError(pub(crate) i32);

impl GaiError {
    /// The C library's text (gai_strerror).
    pub(crate) fn message(self) -> &'static str {
        match self.0 {
            libc::EAI_BADFLAGS => "Bad value for ai_flags",
            libc::EAI_NONAME => "Name or service not known",
            libc::EAI_AGAIN => "Temporary failure in name resolution",
            libc::EAI_FAIL => "Non-recoverable failure in name resolution",
            libc::EAI_NODATA => "No address associated with hostname",
            EAI_ADDRFAMILY => "Address family for hostname not supported",
            libc::EAI_FAMILY => "ai_family not supported",
            libc::EAI_SOCKTYPE => "ai_socktype not supported",
            libc::EAI_SERVICE => "Servname not supported for ai_socktype",
            libc::EAI_MEMORY => "Memory allocation failure",
            libc::EAI_SYSTEM => "System error",
            libc::EAI_OVERFLOW => "Result too large for supplied buffer",
            0 => "Success",
            _ => "Unknown error",
        }
    }
}

/// glibc's number, which the libc crate does not name.
const EAI_ADDRFAMILY: i32 = -9;

/// What a step came to short of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A signal waits: dispatch it and call `step` again.
    Interrupted,
    /// Failed for good.
    Gai(GaiError),
}

impl From<GaiError> for Stop {
    fn from(error: GaiError) -> Stop {
        Stop::Gai(error)
    }
}

/// The kinds of sockets "any" stands for, in the C library's order.
const KINDS: [(i32, i32); 3] = [
    (libc::SOCK_STREAM, libc::IPPROTO_TCP),
    (libc::SOCK_DGRAM, libc::IPPROTO_UDP),
    (libc::SOCK_RAW, 0),
];

/// getaddrinfo on its way.
pub(crate) struct GetAddrInfo {
    hints: Hints,
    node: Option<Vec<u8>>,
    ports: Vec<(i32, i32, u16)>,
    lookups: Vec<Lookup>,
    found: Vec<Host>,
    failure: Option<Failure>,
}

impl GetAddrInfo {
    /// Begins; what is wrong with the question itself is known at once.
    pub(crate) fn new(
        node: Option<&[u8]>,
        service: Option<&[u8]>,
        hints: Hints,
    ) -> Result<GetAddrInfo, GaiError> {
        if !matches!(
            hints.family,
            libc::AF_UNSPEC | libc::AF_INET | libc::AF_INET6
        ) {
            return Err(GaiError(libc::EAI_FAMILY));
        }
        if node.is_none() && service.is_none() {
            return Err(GaiError(libc::EAI_NONAME));
        }
        if hints.flags & libc::AI_CANONNAME != 0 && node.is_none() {
            return Err(GaiError(libc::EAI_BADFLAGS));
        }
        let ports = ports(service, &hints)?;
        let mut this = GetAddrInfo {
            hints,
            node: node.map(<[u8]>::to_vec),
            ports,
            lookups: Vec::new(),
            found: Vec::new(),
            failure: None,
        };
        this.prepare()?;
        Ok(this)
    }

    fn families(&self) -> Vec<i32> {
        match self.hints.family {
            libc::AF_UNSPEC => vec![libc::AF_INET6, libc::AF_INET],
            family => vec![family],
        }
    }

    /// Answers what needs no lookup, prepares the lookups otherwise.
    fn prepare(&mut self) -> Result<(), GaiError> {
        let passive = self.hints.flags & libc::AI_PASSIVE != 0;
        let Some(node) = self.node.clone() else {
            let mut families = self.families();
            // Without a name IPv4 comes first where a server listens, IPv6 where a client calls.
            if passive {
                families.reverse();
            }
            for family in families {
                let address = match (family, passive) {
                    (libc::AF_INET, true) => vec![0; 4],
                    (libc::AF_INET, false) => vec![127, 0, 0, 1],
                    (_, true) => vec![0; 16],
                    (_, false) => std::net::Ipv6Addr::LOCALHOST.octets().to_vec(),
                };
                self.found.push(Host {
                    family,
                    addresses: vec![address],
                    ..Host::default()
                });
            }
            return Ok(());
        };
        let (plain, _) = split_scope(&node);
        if let Some((family, address)) = parse_address(plain) {
            if self.hints.family != libc::AF_UNSPEC && self.hints.family != family {
                return Err(GaiError(EAI_ADDRFAMILY));
            }
            let addresses = vec![address];
            self.found.push(Host {
                name: node,
                family,
                addresses,
                ..Host::default()
            });
            return Ok(());
        }
        if self.hints.flags & libc::AI_NUMERICHOST != 0 || node.is_empty() {
            return Err(GaiError(libc::EAI_NONAME));
        }
        self.lookups = self
            .families()
            .into_iter()
            .map(|family| Lookup::by_name(&node, family))
            .collect();
        Ok(())
    }

    /// Goes on until there is an answer or a signal waits.
    pub(crate) fn step(&mut self) -> Result<Vec<AddrInfo>, Stop> {
        while let Some(lookup) = self.lookups.first_mut() {
            match lookup.step() {
                Ok(host) => self.found.push(host),
                Err(Failure::Interrupted) => return Err(Stop::Interrupted),
                Err(failure) => {
                    if self.failure.is_none() || failure == Failure::NoData {
                        self.failure = Some(failure);
                    }
                }
            }
            self.lookups.remove(0);
        }
        if self.found.is_empty() {
            let code = match self.failure {
                Some(Failure::TryAgain) => libc::EAI_AGAIN,
                Some(Failure::NoData) => libc::EAI_NODATA,
                _ => libc::EAI_NONAME,
            };
            return Err(Stop::Gai(GaiError(code)));
        }
        if self.found.len() > 1 && self.node.is_some() {
            // Addresses without a route come last (RFC 6724's first rule).
            self.found
                .sort_by_key(|host| !host.addresses.iter().any(|a| routed(host.family, a)));
        }
        Ok(self.answer())
    }

    fn answer(&self) -> Vec<AddrInfo> {
        let scope = self.node.as_ref().map_or(0, |node| split_scope(node).1);
        let mut canonname =
            (self.hints.flags & libc::AI_CANONNAME != 0).then(|| self.found[0].name.clone());
        let mut out = Vec::new();
        for found in &self.found {
            for bytes in &found.addresses {
                for &(socktype, protocol, port) in &self.ports {
                    let Some(address) = pack(found.family, bytes, port, scope) else {
                        continue;
                    };
                    out.push(AddrInfo {
                        family: found.family,
                        socktype,
                        protocol,
                        address,
                        canonname: canonname.take(),
                    });
                }
            }
        }
        out
    }
}

/// Whether the kernel knows a way to an address; nothing is sent.
fn routed(family: i32, address: &[u8]) -> bool {
    let Some(packed) = pack(family, address, 53, 0) else {
        return false;
    };
    let Ok(fd) = socket::socket(family, libc::SOCK_DGRAM, 0) else {
        return false;
    };
    let result = blocking::connect_now(fd, &packed);
    let _ = crate::sys::fd::close(fd);
    result.is_ok()
}

fn split_scope(node: &[u8]) -> (&[u8], u32) {
    match node.iter().position(|&b| b == b'%') {
        Some(at) => (&node[..at], host::interface_index(&node[at + 1..])),
        None => (node, 0),
    }
}

fn pack(family: i32, address: &[u8], port: u16, scope: u32) -> Option<Vec<u8>> {
    if family == libc::AF_INET {
        return Some(socket::pack_in(port, *address.first_chunk()?));
    }
    let address = *address.first_chunk()?;
    Some(socket::pack_in6(socket::In6 {
        port,
        address,
        scope,
        flow: 0,
    }))
}

/// The port for every kind of socket that fits.
fn ports(service: Option<&[u8]>, hints: &Hints) -> Result<Vec<(i32, i32, u16)>, GaiError> {
    let mut kinds: Vec<(i32, i32)> = KINDS
        .into_iter()
        .filter(|(socktype, protocol)| {
            (hints.socktype == 0 || hints.socktype == *socktype)
                && (hints.protocol == 0 || *protocol == 0 || hints.protocol == *protocol)
        })
        .map(|(socktype, protocol)| {
            (
                socktype,
                if protocol == 0 {
                    hints.protocol
                } else {
                    protocol
                },
            )
        })
        .collect();
    if kinds.is_empty() {
        if hints.socktype != 0 && !KINDS.iter().any(|kind| kind.0 == hints.socktype) {
            kinds.push((hints.socktype, hints.protocol));
        } else {
            return Err(GaiError(libc::EAI_SOCKTYPE));
        }
    }
    let Some(service) = service.filter(|service| !service.is_empty()) else {
        return Ok(kinds.into_iter().map(|(s, p)| (s, p, 0)).collect());
    };
    let number = std::str::from_utf8(service)
        .ok()
        .and_then(|text| text.parse::<u16>().ok());
    if let Some(port) = number {
        return Ok(kinds.into_iter().map(|(s, p)| (s, p, port)).collect());
    }
    if hints.flags & libc::AI_NUMERICSERV != 0 {
        return Err(GaiError(libc::EAI_NONAME));
    }
    let found: Vec<_> = kinds
        .into_iter()
        .filter_map(|(socktype, protocol)| {
            let name = protocol_by_number(protocol)?.name;
            let row = service_by_name(service, Some(&name))?;
            Some((socktype, protocol, row.port))
        })
        .collect();
    if found.is_empty() {
        Err(GaiError(libc::EAI_SERVICE))
    } else {
        Ok(found)
    }
}

/// getnameinfo on its way.
pub(crate) struct GetNameInfo {
    flags: i32,
    family: i32,
    address: Vec<u8>,
    service: Vec<u8>,
    lookup: Option<Lookup>,
}

impl GetNameInfo {
    /// Begins, for a packed address.
    pub(crate) fn new(packed: &[u8], flags: i32) -> Result<GetNameInfo, GaiError> {
        let (family, address, port) = if let Some((port, address)) = socket::unpack_in(packed) {
            (libc::AF_INET, address.to_vec(), port)
        } else if let Some(parts) = socket::unpack_in6(packed) {
            (libc::AF_INET6, parts.address.to_vec(), parts.port)
        } else {
            return Err(GaiError(libc::EAI_FAMILY));
        };
        let protocol: &[u8] = if flags & libc::NI_DGRAM != 0 {
            b"udp"
        } else {
            b"tcp"
        };
        let named = (flags & libc::NI_NUMERICSERV == 0)
            .then(|| service_by_port(port, Some(protocol)))
            .flatten();
        let service = named.map_or_else(|| port.to_string().into_bytes(), |row| row.name);
        let lookup =
            (flags & libc::NI_NUMERICHOST == 0).then(|| Lookup::by_address(&address, family));
        Ok(GetNameInfo {
            flags,
            family,
            address,
            service,
            lookup,
        })
    }

    /// Goes on until there is an answer (host, service) or a signal waits.
    pub(crate) fn step(&mut self) -> Result<(Vec<u8>, Vec<u8>), Stop> {
        let mut name = None;
        if let Some(lookup) = &mut self.lookup {
            match lookup.step() {
                Ok(host) => name = Some(host.name),
                Err(Failure::Interrupted) => return Err(Stop::Interrupted),
                Err(failure) if self.flags & libc::NI_NAMEREQD != 0 => {
                    let again = failure == Failure::TryAgain;
                    let code = if again {
                        libc::EAI_AGAIN
                    } else {
                        libc::EAI_NONAME
                    };
                    return Err(Stop::Gai(GaiError(code)));
                }
                Err(_) => {}
            }
        }
        Ok((
            name.unwrap_or_else(|| address_text(&self.address)),
            self.service.clone(),
        ))
    }
}
