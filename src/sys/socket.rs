//! Sockets as far as they do not sleep: making, naming, options; the rest is in `blocking`.

use super::blocking::Address;
use super::{Errno, Result};
use crate::sys::grant;
use std::os::fd::IntoRawFd;

/// socket(2), close-on-exec.
pub(crate) fn socket(domain: i32, kind: i32, protocol: i32) -> Result<i32> {
    grant::check(grant::NETWORK)?;
    let protocol = (protocol != 0).then(|| socket2::Protocol::from(protocol));
    let kind = socket2::Type::from(kind | libc::SOCK_CLOEXEC);
    let socket = socket2::Socket::new_raw(socket2::Domain::from(domain), kind, protocol)?;
    Ok(socket.into_raw_fd())
}

/// socketpair(2), both close-on-exec.
pub(crate) fn socketpair(domain: i32, kind: i32, protocol: i32) -> Result<(i32, i32)> {
    grant::check(grant::NETWORK)?;
    let mut ends = [-1; 2];
    // SAFETY: room for two descriptors.
    Errno::check(unsafe {
        libc::socketpair(
            domain,
            kind | libc::SOCK_CLOEXEC,
            protocol,
            ends.as_mut_ptr(),
        )
    })?;
    Ok((ends[0], ends[1]))
}

/// bind(2) to a packed address.
pub(crate) fn bind(fd: i32, address: &[u8]) -> Result<()> {
    grant::check(grant::NETWORK)?;
    // SAFETY: the address is readable for its length.
    let result = unsafe {
        libc::bind(
            fd,
            address.as_ptr().cast(),
            address.len() as libc::socklen_t,
        )
    };
    Errno::check(result).map(drop)
}

/// listen(2)
pub(crate) fn listen(fd: i32, backlog: i32) -> Result<()> {
    grant::check(grant::NETWORK)?;
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::listen(fd, backlog) }).map(drop)
}

/// shutdown(2)
pub(crate) fn shutdown(fd: i32, how: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::shutdown(fd, how) }).map(drop)
}

/// getsockname(2)
pub(crate) fn getsockname(fd: i32) -> Result<Address> {
    let mut address = Address::room();
    let (bytes, len) = address.pointers();
    // SAFETY: the address has the room its length tells.
    Errno::check(unsafe { libc::getsockname(fd, bytes.cast(), len) })?;
    Ok(address)
}

/// getpeername(2)
pub(crate) fn getpeername(fd: i32) -> Result<Address> {
    let mut address = Address::room();
    let (bytes, len) = address.pointers();
    // SAFETY: the address has the room its length tells.
    Errno::check(unsafe { libc::getpeername(fd, bytes.cast(), len) })?;
    Ok(address)
}

/// getsockopt(2), packed.
pub(crate) fn getsockopt(fd: i32, level: i32, name: i32) -> Result<Vec<u8>> {
    let mut buffer = vec![0u8; 256];
    let mut len = buffer.len() as libc::socklen_t;
    // SAFETY: the buffer is writable for its length.
    Errno::check(unsafe {
        libc::getsockopt(fd, level, name, buffer.as_mut_ptr().cast(), &raw mut len)
    })?;
    buffer.truncate(len as usize);
    Ok(buffer)
}

/// setsockopt(2), packed.
pub(crate) fn setsockopt(fd: i32, level: i32, name: i32, value: &[u8]) -> Result<()> {
    // SAFETY: the value is readable for its length.
    Errno::check(unsafe {
        let len = value.len() as libc::socklen_t;
        libc::setsockopt(fd, level, name, value.as_ptr().cast(), len)
    })
    .map(drop)
}

/// The error a non-blocking connect ended with (SO_ERROR).
pub(crate) fn take_error(fd: i32) -> Result<Option<Errno>> {
    let value = getsockopt(fd, libc::SOL_SOCKET, libc::SO_ERROR)?;
    let number = value
        .first_chunk::<4>()
        .map_or(0, |bytes| i32::from_ne_bytes(*bytes));
    Ok((number != 0).then_some(Errno(number)))
}

/// The family of a packed address.
pub(crate) fn family(address: &[u8]) -> Option<i32> {
    address
        .first_chunk::<2>()
        .map(|bytes| i32::from(u16::from_ne_bytes(*bytes)))
}

/// A packed `sockaddr_in`.
pub(crate) fn pack_in(port: u16, address: [u8; 4]) -> Vec<u8> {
    let mut out = Vec::with_capacity(16);
    out.extend((libc::AF_INET as u16).to_ne_bytes());
    out.extend(port.to_be_bytes());
    out.extend(address);
    out.extend([0; 8]);
    out
}

/// Port and address of a packed `sockaddr_in`.
pub(crate) fn unpack_in(packed: &[u8]) -> Option<(u16, [u8; 4])> {
    if packed.len() != 16 || family(packed)? != libc::AF_INET {
        return None;
    }
    let port = u16::from_be_bytes([packed[2], packed[3]]);
    Some((port, *packed[4..].first_chunk()?))
}

/// The parts of a `sockaddr_in6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct In6 {
    /// The port.
    pub(crate) port: u16,
    /// The address.
    pub(crate) address: [u8; 16],
    /// The interface of a link-local address.
    pub(crate) scope: u32,
    /// Flow information.
    pub(crate) flow: u32,
}

/// A packed `sockaddr_in6`.
pub(crate) fn pack_in6(parts: In6) -> Vec<u8> {
    let mut out = Vec::with_capacity(28);
    out.extend((libc::AF_INET6 as u16).to_ne_bytes());
    out.extend(parts.port.to_be_bytes());
    out.extend(parts.flow.to_be_bytes());
    out.extend(parts.address);
    out.extend(parts.scope.to_ne_bytes());
    out
}

/// The parts of a packed `sockaddr_in6`.
pub(crate) fn unpack_in6(packed: &[u8]) -> Option<In6> {
    if packed.len() != 28 || family(packed)? != libc::AF_INET6 {
        return None;
    }
    Some(In6 {
        port: u16::from_be_bytes([packed[2], packed[3]]),
        flow: u32::from_be_bytes(*packed[4..].first_chunk()?),
        address: *packed[8..].first_chunk()?,
        scope: u32::from_ne_bytes(*packed[24..].first_chunk()?),
    })
}

/// The size of the path in a `sockaddr_un`.
pub(crate) const UNIX_PATH: usize = 108;

/// A packed `sockaddr_un`: full size for a path, as long as needed for an abstract name.
pub(crate) fn pack_un(path: &[u8]) -> Vec<u8> {
    let path = &path[..path.len().min(UNIX_PATH)];
    let mut out = Vec::with_capacity(2 + UNIX_PATH);
    out.extend((libc::AF_UNIX as u16).to_ne_bytes());
    out.extend(path);
    if path.first() != Some(&0) || path.len() == 1 {
        out.resize(2 + UNIX_PATH, 0);
    }
    out
}

/// The path of a packed `sockaddr_un`: to the first NUL, or all of an abstract name.
pub(crate) fn unpack_un(packed: &[u8]) -> Option<Vec<u8>> {
    if family(packed)? != libc::AF_UNIX {
        return None;
    }
    let path = &packed[2..];
    if path.first() == Some(&0) {
        return Some(path.to_vec());
    }
    let end = memchr::memchr(0, path).unwrap_or(path.len());
    Some(path[..end].to_vec())
}

/// A number's text form (inet_ntop); `None` for a wrong length.
pub(crate) fn address_text(address: &[u8]) -> Option<String> {
    match address.len() {
        4 => Some(std::net::Ipv4Addr::from(*address.first_chunk::<4>()?).to_string()),
        16 => Some(std::net::Ipv6Addr::from(*address.first_chunk::<16>()?).to_string()),
        _ => None,
    }
}

/// inet_aton's numeric forms: one to four parts, decimal, octal or hexadecimal.
pub(crate) fn parse_in(text: &[u8]) -> Option<[u8; 4]> {
    let text = std::str::from_utf8(text).ok()?;
    let parts: Vec<u32> = text.split('.').map(number).collect::<Option<_>>()?;
    let (last, leading) = parts.split_last()?;
    if leading.len() > 3 || leading.iter().any(|&part| part > 255) {
        return None;
    }
    let room = 8 * (4 - leading.len() as u32);
    if room < 32 && *last >= 1 << room {
        return None;
    }
    let head = leading
        .iter()
        .enumerate()
        .fold(0, |sum, (n, part)| sum | part << (24 - 8 * n));
    Some((head | last).to_be_bytes())
}

fn number(part: &str) -> Option<u32> {
    let (digits, radix) = match part.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&part[2..], 16),
        [b'0', _, ..] => (&part[1..], 8),
        _ => (part, 10),
    };
    if digits.is_empty() || digits.starts_with(['+', '-']) {
        return None;
    }
    u32::from_str_radix(digits, radix).ok()
}

/// inet_pton for IPv6.
pub(crate) fn parse_in6(text: &[u8]) -> Option<[u8; 16]> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse::<std::net::Ipv6Addr>()
        .ok()
        .map(|address| address.octets())
}
