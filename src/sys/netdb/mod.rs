//! Names of hosts, services, protocols and networks.
//!
//! | file | job |
//! |---|---|
//! | `files` | /etc/hosts, services, protocols, networks |
//! | `tables` | what is used where /etc has no such file |
//! | `config` | resolv.conf and nsswitch.conf |
//! | `message` | DNS messages |
//! | `exchange` | one question to the name servers, over UDP and TCP |
//! | `lookup` | a host by name or address, over all sources |
//! | `addrinfo` | getaddrinfo and getnameinfo on top |
//!
//! The C library's functions for this sleep where no signal handler of ours can act and need its
//! shared objects at run time. These wait only in `sys::blocking`: a lookup is an object whose
//! `step` may be interrupted and called again.

pub(crate) mod addrinfo;
mod config;
mod exchange;
pub(crate) mod files;
pub(crate) mod lookup;
mod message;
mod tables;

#[cfg(test)]
mod tests;

pub(crate) use files::{
    Entry, Host, Network, Service, all_hosts, all_networks, all_protocols, all_services,
    network_by_address, network_by_name, protocol_by_name, protocol_by_number, service_by_name,
    service_by_port,
};
pub(crate) use lookup::{Failure, Lookup};
