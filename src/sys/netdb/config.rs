//! Where to look hosts up: resolv.conf(5) and the `hosts` row of nsswitch.conf(5).

use super::files::{contents, parse_address, rows};
use crate::sys::{env, host, socket};
use std::time::Duration;

/// What resolv.conf says.
#[derive(Clone, Debug)]
pub(super) struct Config {
    /// Packed socket addresses, port 53.
    pub(super) servers: Vec<Vec<u8>>,
    /// Domains to try behind a name.
    pub(super) search: Vec<Vec<u8>>,
    /// A name with so many dots is tried as it is first.
    pub(super) ndots: usize,
    /// How long to wait for one answer.
    pub(super) timeout: Duration,
    /// How often to go round the servers.
    pub(super) attempts: u32,
}

const PORT: u16 = 53;
const MOST_SERVERS: usize = 3;

impl Config {
    /// Reads the system's.
    pub(super) fn read() -> Config {
        let text = contents("/etc/resolv.conf").unwrap_or_default();
        let mut config = Config::parse(&text);
        if let Some(options) = env::get("RES_OPTIONS") {
            config.options(options.split(u8::is_ascii_whitespace));
        }
        if config.search.is_empty()
            && let Ok(name) = host::hostname()
            && let Some(dot) = name.iter().position(|&b| b == b'.')
        {
            config.search.push(name[dot + 1..].to_vec());
        }
        config
    }

    pub(super) fn parse(text: &[u8]) -> Config {
        let mut config = Config {
            servers: Vec::new(),
            search: Vec::new(),
            ndots: 1,
            timeout: Duration::from_secs(5),
            attempts: 2,
        };
        let text: Vec<u8> = text
            .iter()
            .map(|&b| if b == b';' { b'#' } else { b })
            .collect();
        for words in rows(&text) {
            match words[0] {
                b"nameserver" if config.servers.len() < MOST_SERVERS => {
                    config
                        .servers
                        .extend(words.get(1).and_then(|word| server(word)));
                }
                b"search" | b"domain" => {
                    config.search = words[1..].iter().map(|word| word.to_vec()).collect();
                }
                b"options" => config.options(words[1..].iter().copied()),
                _ => {}
            }
        }
        if config.servers.is_empty() {
            config.servers.push(socket::pack_in(PORT, [127, 0, 0, 1]));
        }
        config
    }

    fn options<'a>(&mut self, words: impl Iterator<Item = &'a [u8]>) {
        for word in words {
            let Ok(word) = std::str::from_utf8(word) else {
                continue;
            };
            let Some((name, value)) = word.split_once(':') else {
                continue;
            };
            let Ok(value) = value.parse::<u32>() else {
                continue;
            };
            match name {
                "ndots" => self.ndots = value.min(15) as usize,
                "timeout" => self.timeout = Duration::from_secs(u64::from(value.clamp(1, 30))),
                "attempts" => self.attempts = value.clamp(1, 5),
                _ => {}
            }
        }
    }
}

fn server(word: &[u8]) -> Option<Vec<u8>> {
    let (address, scope) = match word.iter().position(|&b| b == b'%') {
        Some(at) => (&word[..at], Some(&word[at + 1..])),
        None => (word, None),
    };
    let (family, bytes) = parse_address(address)?;
    if family == libc::AF_INET {
        return Some(socket::pack_in(PORT, *bytes.first_chunk()?));
    }
    let scope = scope.map_or(0, crate::sys::host::interface_index);
    let address = *bytes.first_chunk()?;
    Some(socket::pack_in6(socket::In6 {
        port: PORT,
        address,
        scope,
        flow: 0,
    }))
}

/// A source of host names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// /etc/hosts
    Files,
    /// This machine's own name.
    OwnName,
    /// DNS
    Dns,
}

/// The sources in the order of nsswitch.conf; those we have not are passed over.
pub(super) fn sources() -> Vec<Source> {
    let text = contents("/etc/nsswitch.conf").unwrap_or_default();
    parse_sources(&text)
}

pub(super) fn parse_sources(text: &[u8]) -> Vec<Source> {
    for words in rows(text) {
        if words[0] == b"hosts:" {
            let known: Vec<Source> = words[1..]
                .iter()
                .filter_map(|word| match *word {
                    b"files" => Some(Source::Files),
                    b"myhostname" => Some(Source::OwnName),
                    // systemd-resolved also answers plain DNS, as resolv.conf then says.
                    b"dns" | b"resolve" => Some(Source::Dns),
                    _ => None,
                })
                .collect();
            if !known.is_empty() {
                return known;
            }
        }
    }
    vec![Source::Files, Source::Dns]
}
