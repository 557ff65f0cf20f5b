//! One question put to the name servers in turn, over UDP and, for a long answer, TCP.
//!
//! All its state is in the object: where a signal ends the waiting, `step` says so and goes on
//! with the same deadline when it is called again.

use super::config::Config;
use super::message::{self, Answer, Kind, ROOM};
use crate::sys::{Errno, blocking, fd, host, socket, time};
use std::time::Duration;

/// The questions a lookup puts one after the other.
pub(super) struct Exchange {
    name: Vec<u8>,
    kind: Kind,
    id: u16,
    packet: Vec<u8>,
    server: usize,
    round: u32,
    link: Option<Link>,
    last: Answer,
}

/// A socket on which the answer is awaited.
struct Link {
    fd: i32,
    deadline: Duration,
    stream: Option<Stream>,
}

/// What TCP needs besides: both directions with their two bytes of length.
struct Stream {
    out: Vec<u8>,
    sent: usize,
    input: Vec<u8>,
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = fd::close(self.fd);
    }
}

/// What a step came to.
pub(super) enum Step {
    /// Answered, or given up.
    Done(Answer),
    /// A signal waits.
    Interrupted,
}

impl Exchange {
    /// A question; `None` for a name that cannot be asked.
    pub(super) fn new(name: &[u8], kind: Kind) -> Option<Exchange> {
        let id = host::random_u64() as u16;
        let packet = message::question(id, name, kind)?;
        Some(Exchange {
            name: name.to_vec(),
            kind,
            id,
            packet,
            server: 0,
            round: 0,
            link: None,
            last: Answer::Failed,
        })
    }

    /// Goes on until there is an answer, no server is left, or a signal waits.
    pub(super) fn step(&mut self, config: &Config) -> Step {
        loop {
            if self.round >= config.attempts {
                return Step::Done(self.last.clone());
            }
            if self.link.is_none() && self.open(config, false).is_err() {
                self.next(config);
                continue;
            }
            match self.wait() {
                Ok(Some(Answer::Truncated)) => {
                    self.link = None;
                    if self.open(config, true).is_err() {
                        self.next(config);
                    }
                }
                Ok(Some(Answer::Failed)) => self.next(config),
                Ok(Some(answer)) => return Step::Done(answer),
                Ok(None) => {}
                Err(Errno::EINTR) => return Step::Interrupted,
                Err(_) => self.next(config),
            }
        }
    }

    fn next(&mut self, config: &Config) {
        self.link = None;
        self.server += 1;
        if self.server >= config.servers.len() {
            self.server = 0;
            self.round += 1;
        }
    }

    fn open(&mut self, config: &Config, stream: bool) -> Result<(), Errno> {
        let server = &config.servers[self.server];
        let family = socket::family(server).ok_or(Errno::EINVAL)?;
        let kind = if stream {
            libc::SOCK_STREAM
        } else {
            libc::SOCK_DGRAM
        };
        let fd = socket::socket(family, kind | libc::SOCK_NONBLOCK, 0)?;
        let deadline = time::monotonic() + config.timeout;
        let mut link = Link {
            fd,
            deadline,
            stream: None,
        };
        match blocking::connect_now(fd, server) {
            Ok(()) => {}
            Err(Errno::EINPROGRESS) if stream => {}
            Err(error) => return Err(error),
        }
        if stream {
            let mut out = (self.packet.len() as u16).to_be_bytes().to_vec();
            out.extend_from_slice(&self.packet);
            link.stream = Some(Stream {
                out,
                sent: 0,
                input: Vec::new(),
            });
        } else {
            blocking::send_now(fd, &self.packet)?;
        }
        self.link = Some(link);
        Ok(())
    }

    /// Waits for the socket and takes what there is; `None` asks for another round.
    fn wait(&mut self) -> Result<Option<Answer>, Errno> {
        let Some(link) = &mut self.link else {
            return Err(Errno::EBADF);
        };
        let left = link.deadline.saturating_sub(time::monotonic());
        if left.is_zero() {
            return Err(Errno::ETIMEDOUT);
        }
        let sending = link
            .stream
            .as_ref()
            .is_some_and(|stream| stream.sent < stream.out.len());
        let events = if sending { libc::POLLOUT } else { libc::POLLIN };
        let mut fds = [crate::sys::poll::ask(link.fd, events)];
        let mut left = left;
        if blocking::ppoll(&mut fds, Some(&mut left), None)? == 0 {
            return Err(Errno::ETIMEDOUT);
        }
        let reply = match &mut link.stream {
            None => {
                let mut reply = vec![0; ROOM];
                let len = blocking::recv_now(link.fd, &mut reply)?;
                reply.truncate(len);
                reply
            }
            Some(stream) => match stream.go_on(link.fd)? {
                Some(reply) => reply,
                None => return Ok(None),
            },
        };
        Ok(message::answer(&reply, self.id, &self.name, self.kind))
    }
}

impl Stream {
    /// Sends or receives what goes without waiting; the whole reply once it is there.
    fn go_on(&mut self, fd: i32) -> Result<Option<Vec<u8>>, Errno> {
        if self.sent < self.out.len() {
            match blocking::send_now(fd, &self.out[self.sent..]) {
                Ok(count) => self.sent += count,
                Err(Errno::EAGAIN) => {}
                Err(error) => return Err(error),
            }
            return Ok(None);
        }
        let mut piece = [0; 4096];
        match blocking::recv_now(fd, &mut piece) {
            Ok(0) => return Err(Errno::ECONNRESET),
            Ok(count) => self.input.extend_from_slice(&piece[..count]),
            Err(Errno::EAGAIN) => {}
            Err(error) => return Err(error),
        }
        let Some(len) = self.input.first_chunk::<2>() else {
            return Ok(None);
        };
        let len = usize::from(u16::from_be_bytes(*len));
        Ok(self.input.get(2..2 + len).map(<[u8]>::to_vec))
    }
}
