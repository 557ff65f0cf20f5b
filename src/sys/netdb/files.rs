//! The databases in /etc: hosts, services, protocols, networks.

use super::tables;
use crate::sys::grant;
use crate::sys::{blocking, socket};

/// A row of /etc/hosts, or what DNS gave in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Host {
    /// The canonical name.
    pub(crate) name: Vec<u8>,
    /// Its other names.
    pub(crate) aliases: Vec<Vec<u8>>,
    /// AF_INET or AF_INET6.
    pub(crate) family: i32,
    /// Addresses of 4 or 16 bytes.
    pub(crate) addresses: Vec<Vec<u8>>,
}

/// A service (perlfunc getservbyname).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    /// The official name.
    pub(crate) name: Vec<u8>,
    /// Its other names.
    pub(crate) aliases: Vec<Vec<u8>>,
    /// The port.
    pub(crate) port: u16,
    /// `tcp`, `udp`.
    pub(crate) protocol: Vec<u8>,
}

/// A protocol (perlfunc getprotobyname).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The official name.
    pub(crate) name: Vec<u8>,
    /// Its other names.
    pub(crate) aliases: Vec<Vec<u8>>,
    /// The number.
    pub(crate) number: i32,
}

/// A network (perlfunc getnetbyname).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    /// The official name.
    pub(crate) name: Vec<u8>,
    /// Its other names.
    pub(crate) aliases: Vec<Vec<u8>>,
    /// The network's number, in host order and without its trailing zero bytes.
    pub(crate) number: u32,
}

/// A file that is there and not unreasonably large.
pub(super) fn contents(name: &str) -> Option<Vec<u8>> {
    const MOST: usize = 16 << 20;
    if !grant::has(grant::NETWORK) {
        return None;
    }
    let _host = grant::enter(grant::ALL);
    let _deaf = blocking::Deaf::new();
    let fd = blocking::open(name.as_bytes(), libc::O_RDONLY | libc::O_CLOEXEC, 0).ok()?;
    let mut all = Vec::new();
    let mut piece = [0; 8192];
    while all.len() < MOST {
        match blocking::read(fd, &mut piece) {
            Ok(0) => break,
            Ok(len) => all.extend_from_slice(&piece[..len]),
            Err(crate::sys::Errno::EINTR) => {}
            Err(_) => break,
        }
    }
    let _ = blocking::close(fd);
    Some(all)
}

/// The words of each line, comments left out.
pub(super) fn rows(text: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    text.split(|&b| b == b'\n').filter_map(|line| {
        let line = line.split(|&b| b == b'#').next().unwrap_or(&[]);
        let words: Vec<&[u8]> = line
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
            .collect();
        (!words.is_empty()).then_some(words)
    })
}

fn owned(words: &[&[u8]]) -> Vec<Vec<u8>> {
    words.iter().map(|word| word.to_vec()).collect()
}

fn number<T: std::str::FromStr>(word: &[u8]) -> Option<T> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// An address in its text form.
pub(super) fn parse_address(word: &[u8]) -> Option<(i32, Vec<u8>)> {
    if let Some(address) = socket::parse_in(word) {
        return Some((libc::AF_INET, address.to_vec()));
    }
    socket::parse_in6(word).map(|address| (libc::AF_INET6, address.to_vec()))
}

/// Every row of /etc/hosts.
pub(crate) fn all_hosts() -> Vec<Host> {
    let text = contents("/etc/hosts").unwrap_or_default();
    rows(&text)
        .filter_map(|words| {
            let (family, address) = parse_address(words[0])?;
            let name = words.get(1)?.to_vec();
            Some(Host {
                name,
                aliases: owned(&words[2..]),
                family,
                addresses: vec![address],
            })
        })
        .collect()
}

/// The rows of /etc/hosts that have the name, as one host.
pub(super) fn host_by_name(name: &[u8], family: i32) -> Option<Host> {
    let mut found: Option<Host> = None;
    for row in all_hosts() {
        let named = std::iter::once(&row.name).chain(&row.aliases);
        if row.family != family || !named.into_iter().any(|n| n.eq_ignore_ascii_case(name)) {
            continue;
        }
        match &mut found {
            None => found = Some(row),
            Some(host) => {
                for address in row.addresses {
                    if !host.addresses.contains(&address) {
                        host.addresses.push(address);
                    }
                }
            }
        }
    }
    found
}

/// The row of /etc/hosts that has the address.
pub(super) fn host_by_address(address: &[u8]) -> Option<Host> {
    all_hosts()
        .into_iter()
        .find(|row| row.addresses[0] == address)
}

/// Every service.
pub(crate) fn all_services() -> Vec<Service> {
    let Some(text) = contents("/etc/services") else {
        return built_in_services();
    };
    rows(&text)
        .filter_map(|words| {
            let place = words.get(1)?;
            let slash = place.iter().position(|&b| b == b'/')?;
            Some(Service {
                name: words[0].to_vec(),
                aliases: owned(&words[2..]),
                port: number(&place[..slash])?,
                protocol: place[slash + 1..].to_vec(),
            })
        })
        .collect()
}

fn built_in_services() -> Vec<Service> {
    let split = |text: &str| {
        text.split_whitespace()
            .map(|w| w.as_bytes().to_vec())
            .collect()
    };
    tables::SERVICES
        .iter()
        .flat_map(|&(name, port, protocols, aliases)| {
            protocols.split_whitespace().map(move |protocol| Service {
                name: name.as_bytes().to_vec(),
                aliases: split(aliases),
                port,
                protocol: protocol.as_bytes().to_vec(),
            })
        })
        .collect()
}

/// getservbyname(3)
pub(crate) fn service_by_name(name: &[u8], protocol: Option<&[u8]>) -> Option<Service> {
    all_services().into_iter().find(|row| {
        (row.name == name || row.aliases.iter().any(|alias| alias == name))
            && protocol.is_none_or(|protocol| row.protocol == protocol)
    })
}

/// getservbyport(3)
pub(crate) fn service_by_port(port: u16, protocol: Option<&[u8]>) -> Option<Service> {
    all_services()
        .into_iter()
        .find(|row| row.port == port && protocol.is_none_or(|protocol| row.protocol == protocol))
}

/// Every protocol.
pub(crate) fn all_protocols() -> Vec<Entry> {
    let Some(text) = contents("/etc/protocols") else {
        let entry = |&(name, number, alias): &(&str, i32, &str)| Entry {
            name: name.as_bytes().to_vec(),
            aliases: vec![alias.as_bytes().to_vec()],
            number,
        };
        return tables::PROTOCOLS.iter().map(entry).collect();
    };
    rows(&text)
        .filter_map(|words| {
            let number = number(words.get(1)?)?;
            Some(Entry {
                name: words[0].to_vec(),
                aliases: owned(&words[2..]),
                number,
            })
        })
        .collect()
}

/// getprotobyname(3)
pub(crate) fn protocol_by_name(name: &[u8]) -> Option<Entry> {
    all_protocols()
        .into_iter()
        .find(|row| row.name == name || row.aliases.iter().any(|alias| alias == name))
}

/// getprotobynumber(3)
pub(crate) fn protocol_by_number(number: i32) -> Option<Entry> {
    all_protocols().into_iter().find(|row| row.number == number)
}

/// Every network.
pub(crate) fn all_networks() -> Vec<Network> {
    let text = contents("/etc/networks").unwrap_or_default();
    rows(&text)
        .filter_map(|words| {
            let number = network_number(words.get(1)?)?;
            Some(Network {
                name: words[0].to_vec(),
                aliases: owned(&words[2..]),
                number,
            })
        })
        .collect()
}

/// inet_network's reading: each part is a byte, and parts at the end may be missing. The C
/// library cuts the zero bytes at the end of rows of /etc/networks.
fn network_number(word: &[u8]) -> Option<u32> {
    let mut out = 0u32;
    for part in word.split(|&b| b == b'.') {
        out = out << 8 | u32::from(number::<u8>(part)?);
    }
    while out != 0 && out & 0xff == 0 {
        out >>= 8;
    }
    Some(out)
}

/// getnetbyname(3)
pub(crate) fn network_by_name(name: &[u8]) -> Option<Network> {
    all_networks().into_iter().find(|row| {
        row.name.eq_ignore_ascii_case(name)
            || row
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// getnetbyaddr(3)
pub(crate) fn network_by_address(mut number: u32) -> Option<Network> {
    while number != 0 && number & 0xff == 0 {
        number >>= 8;
    }
    all_networks().into_iter().find(|row| row.number == number)
}
