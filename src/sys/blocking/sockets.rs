//! Sockets: connecting, accepting, sending and receiving.
//!
//! An address is the packed `sockaddr` as perl's Socket module gives it, so nothing is decoded.

use super::{Errno, Result, call, guest};
use crate::sys::grant;

/// The longest packed address the kernel knows (`struct sockaddr_storage`).
pub(crate) const ADDRESS_MAX: usize = size_of::<libc::sockaddr_storage>();

/// A packed address as the kernel wrote it.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    bytes: [u8; ADDRESS_MAX],
    len: u32,
}

impl Address {
    /// Room for the longest address.
    pub(crate) fn room() -> Address {
        Address {
            bytes: [0; ADDRESS_MAX],
            len: ADDRESS_MAX as u32,
        }
    }

    /// The packed bytes; empty where the kernel gave none (an unnamed peer of a stream).
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..(self.len as usize).min(ADDRESS_MAX)]
    }

    /// Where the kernel is to write it and its length.
    pub(crate) fn pointers(&mut self) -> (*mut u8, *mut u32) {
        (self.bytes.as_mut_ptr(), &raw mut self.len)
    }
}

/// accept4(2); the new descriptor is close-on-exec.
pub(crate) fn accept4(fd: i32, flags: i32) -> Result<(i32, Address)> {
    guest::ready(fd, libc::POLLIN)?;
    let mut peer = Address::room();
    let (bytes, len) = peer.pointers();
    let flags = flags | libc::SOCK_CLOEXEC;
    let args = [
        fd as usize,
        bytes as usize,
        len as usize,
        flags as usize,
        0,
        0,
    ];
    // SAFETY: the address has the room its length tells.
    let new = unsafe { call(libc::SYS_accept4, args) }?;
    Ok((new as i32, peer))
}

/// connect(2)
pub(crate) fn connect(fd: i32, address: &[u8]) -> Result<()> {
    grant::check(grant::NETWORK)?;
    if guest::is_current() {
        return connect_as_guest(fd, address);
    }
    let args = [
        fd as usize,
        address.as_ptr() as usize,
        address.len(),
        0,
        0,
        0,
    ];
    // SAFETY: the address is readable for its length.
    unsafe { call(libc::SYS_connect, args) }.map(drop)
}

/// Without sleeping in the call: begun, waited for, and asked how it went.
fn connect_as_guest(fd: i32, address: &[u8]) -> Result<()> {
    let was = crate::sys::fd::set_blocking(fd, false)?;
    let mut result = connect_now(fd, address);
    if was && result == Err(Errno::EINPROGRESS) {
        result = guest::ready(fd, libc::POLLOUT)
            .and_then(|()| crate::sys::socket::take_error(fd)?.map_or(Ok(()), Err));
    }
    crate::sys::fd::set_blocking(fd, was)?;
    result
}

/// sendto(2), or send(2) where there is no address.
pub(crate) fn send(fd: i32, bytes: &[u8], flags: i32, to: Option<&[u8]>) -> Result<usize> {
    if to.is_some() {
        grant::check(grant::NETWORK)?;
    }
    guest::ready(fd, libc::POLLOUT)?;
    let (to, len) = to.map_or((0, 0), |to| (to.as_ptr() as usize, to.len()));
    let args = [
        fd as usize,
        bytes.as_ptr() as usize,
        bytes.len(),
        flags as usize,
        to,
        len,
    ];
    // SAFETY: data and address are readable for their lengths.
    unsafe { call(libc::SYS_sendto, args) }
}

/// recvfrom(2): the length received and the sender's address.
pub(crate) fn recv(fd: i32, buffer: &mut [u8], flags: i32) -> Result<(usize, Address)> {
    guest::ready(fd, libc::POLLIN)?;
    let mut from = Address::room();
    let (bytes, len) = from.pointers();
    let args = [
        fd as usize,
        buffer.as_mut_ptr() as usize,
        buffer.len(),
        flags as usize,
        bytes as usize,
        len as usize,
    ];
    // SAFETY: buffer and address are writable for their lengths.
    let received = unsafe { call(libc::SYS_recvfrom, args) }?;
    // The kernel leaves the length alone where the protocol has no addresses.
    if from.len as usize == ADDRESS_MAX && from.bytes[..2] == [0, 0] {
        from.len = 0;
    }
    Ok((received, from))
}

/// sendmsg(2) of one piece of data with control messages (passing descriptors).
pub(crate) fn sendmsg(fd: i32, bytes: &[u8], control: &[u8], flags: i32) -> Result<usize> {
    let mut piece = libc::iovec {
        iov_base: bytes.as_ptr() as *mut _,
        iov_len: bytes.len(),
    };
    // SAFETY: an all-zero msghdr is valid.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut piece;
    message.msg_iovlen = 1;
    if !control.is_empty() {
        message.msg_control = control.as_ptr() as *mut _;
        message.msg_controllen = control.len() as _;
    }
    let args = [
        fd as usize,
        &raw const message as usize,
        flags as usize,
        0,
        0,
        0,
    ];
    // SAFETY: the message's pieces are alive and readable.
    unsafe { call(libc::SYS_sendmsg, args) }
}

/// What recvmsg gave: lengths of data and control, and the message's flags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received {
    /// Bytes of data.
    pub(crate) len: usize,
    /// Bytes of control messages.
    pub(crate) control: usize,
    /// MSG_TRUNC, MSG_CTRUNC ...
    pub(crate) flags: i32,
}

/// recvmsg(2) into one buffer, with room for control messages.
pub(crate) fn recvmsg(
    fd: i32,
    buffer: &mut [u8],
    control: &mut [u8],
    flags: i32,
) -> Result<Received> {
    guest::ready(fd, libc::POLLIN)?;
    let mut piece = libc::iovec {
        iov_base: buffer.as_mut_ptr().cast(),
        iov_len: buffer.len(),
    };
    // SAFETY: an all-zero msghdr is valid.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut piece;
    message.msg_iovlen = 1;
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = control.len() as _;
    let args = [
        fd as usize,
        &raw mut message as usize,
        flags as usize,
        0,
        0,
        0,
    ];
    // SAFETY: the message's pieces are alive and writable.
    let len = unsafe { call(libc::SYS_recvmsg, args) }?;
    Ok(Received {
        len,
        control: message.msg_controllen as usize,
        flags: message.msg_flags,
    })
}

/// connect(2) on a socket that does not sleep: EINPROGRESS where it takes time.
pub(crate) fn connect_now(fd: i32, address: &[u8]) -> Result<()> {
    grant::check(grant::NETWORK)?;
    let args = [
        fd as usize,
        address.as_ptr() as usize,
        address.len(),
        0,
        0,
        0,
    ];
    // SAFETY: the address is readable for its length.
    unsafe { guest::attempt(libc::SYS_connect, args) }.map(drop)
}

/// send(2) without sleeping and without SIGPIPE.
pub(crate) fn send_now(fd: i32, bytes: &[u8]) -> Result<usize> {
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    let args = [
        fd as usize,
        bytes.as_ptr() as usize,
        bytes.len(),
        flags as usize,
        0,
        0,
    ];
    // SAFETY: the bytes are readable for their length.
    unsafe { guest::attempt(libc::SYS_sendto, args) }
}

/// recv(2) without sleeping.
pub(crate) fn recv_now(fd: i32, buffer: &mut [u8]) -> Result<usize> {
    let flags = libc::MSG_DONTWAIT as usize;
    let args = [
        fd as usize,
        buffer.as_mut_ptr() as usize,
        buffer.len(),
        flags,
        0,
        0,
    ];
    // SAFETY: the buffer is writable for its length.
    unsafe { guest::attempt(libc::SYS_recvfrom, args) }
}
