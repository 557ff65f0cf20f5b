//! A host by its name or its address, over the sources nsswitch.conf names.

use super::config::{Config, Source, sources};
use super::exchange::{Exchange, Step};
use super::files::{self, Host};
use super::message::{Answer, Kind, Records, reverse_name};
use crate::sys::{host, socket};

/// Why there is no host (netdb.h's h_errno).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A signal waits: dispatch it and call `step` again.
    Interrupted,
    /// There is no such host.
    NotFound,
    /// No server answered.
    TryAgain,
    /// The host has no address of this family.
    NoData,
}

impl Failure {
    /// The number that perl's `$?` gets from gethostbyname.
    pub(crate) fn number(self) -> i32 {
        match self {
            Failure::Interrupted => -1,
            Failure::NotFound => 1,
            Failure::TryAgain => 2,
            Failure::NoData => 4,
        }
    }
}

enum Wanted {
    Name(Vec<u8>),
    Address(Vec<u8>),
}

/// A lookup on its way.
pub(crate) struct Lookup {
    wanted: Wanted,
    family: i32,
    sources: std::vec::IntoIter<Source>,
    config: Option<Config>,
    /// Names still to be asked for, the next one last.
    candidates: Vec<Vec<u8>>,
    exchange: Option<Exchange>,
    failure: Failure,
}

impl Lookup {
    /// gethostbyname2(3)
    pub(crate) fn by_name(name: &[u8], family: i32) -> Lookup {
        Lookup::new(Wanted::Name(name.to_vec()), family)
    }

    /// gethostbyaddr(3), of 4 or 16 bytes.
    pub(crate) fn by_address(address: &[u8], family: i32) -> Lookup {
        Lookup::new(Wanted::Address(address.to_vec()), family)
    }

    fn new(wanted: Wanted, family: i32) -> Lookup {
        Lookup {
            wanted,
            family,
            sources: sources().into_iter(),
            config: None,
            candidates: Vec::new(),
            exchange: None,
            failure: Failure::NotFound,
        }
    }

    /// Goes on until the host is found, there is none, or a signal waits.
    pub(crate) fn step(&mut self) -> Result<Host, Failure> {
        if let Some(found) = self.numeric() {
            return found;
        }
        loop {
            if let Some(exchange) = &mut self.exchange {
                let Some(config) = &self.config else {
                    return Err(self.failure);
                };
                match exchange.step(config) {
                    Step::Interrupted => return Err(Failure::Interrupted),
                    Step::Done(answer) => {
                        self.exchange = None;
                        if let Some(host) = self.take(answer) {
                            return Ok(host);
                        }
                    }
                }
            } else if let Some(name) = self.candidates.pop() {
                self.exchange = Exchange::new(&name, self.kind());
            } else {
                let Some(source) = self.sources.next() else {
                    return Err(self.failure);
                };
                if let Some(host) = self.ask(source) {
                    return Ok(host);
                }
            }
        }
    }

    fn kind(&self) -> Kind {
        match (&self.wanted, self.family) {
            (Wanted::Address(_), _) => Kind::Ptr,
            (_, libc::AF_INET6) => Kind::Aaaa,
            _ => Kind::A,
        }
    }

    /// A number in place of a name is its own answer.
    fn numeric(&self) -> Option<Result<Host, Failure>> {
        let Wanted::Name(name) = &self.wanted else {
            let Wanted::Address(address) = &self.wanted else {
                return None;
            };
            return (!matches!(address.len(), 4 | 16)).then_some(Err(Failure::NotFound));
        };
        let (family, address) = files::parse_address(name)?;
        if family != self.family {
            return Some(Err(Failure::NotFound));
        }
        let host = Host {
            name: name.clone(),
            family,
            addresses: vec![address],
            ..Host::default()
        };
        Some(Ok(host))
    }

    fn ask(&mut self, source: Source) -> Option<Host> {
        match (source, &self.wanted) {
            (Source::Files, Wanted::Name(name)) => {
                files::host_by_name(name, self.family).or_else(|| self.local(name))
            }
            (Source::Files, Wanted::Address(address)) => files::host_by_address(address),
            (Source::OwnName, Wanted::Name(name)) => {
                let own = host::hostname().ok()?;
                own.eq_ignore_ascii_case(name)
                    .then(|| self.own(&own, [127, 0, 0, 2]))
            }
            (Source::OwnName, Wanted::Address(address)) => {
                let own = host::hostname().ok()?;
                (address == &[127, 0, 0, 2]).then(|| self.own(&own, [127, 0, 0, 2]))
            }
            (Source::Dns, _) => {
                self.candidates = self.names();
                None
            }
        }
    }

    /// `localhost` means this machine also where /etc/hosts does not say so (RFC 6761).
    fn local(&self, name: &[u8]) -> Option<Host> {
        let name = name.strip_suffix(b".").unwrap_or(name).to_ascii_lowercase();
        let is_local = name == b"localhost" || name.ends_with(b".localhost");
        let said = || {
            [libc::AF_INET, libc::AF_INET6]
                .into_iter()
                .any(|family| files::host_by_name(&name, family).is_some())
        };
        (is_local && !said()).then(|| self.own(&name, [127, 0, 0, 1]))
    }

    fn own(&self, name: &[u8], address: [u8; 4]) -> Host {
        let address = if self.family == libc::AF_INET6 {
            std::net::Ipv6Addr::LOCALHOST.octets().to_vec()
        } else {
            address.to_vec()
        };
        let (name, family) = (name.to_vec(), self.family);
        Host {
            name,
            family,
            addresses: vec![address],
            ..Host::default()
        }
    }

    /// The names to ask DNS for, the first one last.
    fn names(&mut self) -> Vec<Vec<u8>> {
        let config = self.config.get_or_insert_with(Config::read);
        let name = match &self.wanted {
            Wanted::Address(address) => return vec![reverse_name(address)],
            Wanted::Name(name) => name,
        };
        if name.ends_with(b".") {
            return vec![name.clone()];
        }
        let mut names: Vec<Vec<u8>> = config
            .search
            .iter()
            .filter(|domain| domain.as_slice() != b".")
            .map(|domain| [name.as_slice(), b".", domain].concat())
            .collect();
        let dots = name.iter().filter(|&&b| b == b'.').count();
        let at = if dots >= config.ndots { 0 } else { names.len() };
        names.insert(at, name.clone());
        names.reverse();
        names
    }

    fn take(&mut self, answer: Answer) -> Option<Host> {
        match answer {
            Answer::Records(records) if !records.data.is_empty() => {
                return self.host(records);
            }
            Answer::Records(_) => self.failure = Failure::NoData,
            Answer::Failed if self.failure == Failure::NotFound => {
                self.failure = Failure::TryAgain;
            }
            _ => {}
        }
        None
    }

    fn host(&self, records: Records) -> Option<Host> {
        let family = self.family;
        match &self.wanted {
            Wanted::Name(_) => Some(Host {
                name: records.name,
                aliases: records.aliases,
                family,
                addresses: records.data,
            }),
            Wanted::Address(address) => {
                let mut names = records.data.into_iter();
                Some(Host {
                    name: names.next()?,
                    aliases: names.collect(),
                    family,
                    addresses: vec![address.clone()],
                })
            }
        }
    }
}

/// The number's text, for hosts without a name.
pub(super) fn address_text(address: &[u8]) -> Vec<u8> {
    socket::address_text(address)
        .unwrap_or_default()
        .into_bytes()
}
