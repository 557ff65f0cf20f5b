//! Readiness of descriptors without sleeping; the sleeping forms are in `blocking`.

use super::{Result, blocking};
use std::time::Duration;

/// One descriptor to ask about.
pub(crate) type PollFd = libc::pollfd;

/// A question about a descriptor (POLLIN, POLLOUT ...).
pub(crate) fn ask(fd: i32, events: i16) -> PollFd {
    PollFd {
        fd,
        events,
        revents: 0,
    }
}

/// Which of the events hold now; POLLERR and POLLHUP may be among them.
pub(crate) fn ready_now(fd: i32, events: i16) -> Result<i16> {
    let mut fds = [ask(fd, events)];
    let mut at_once = Duration::ZERO;
    blocking::ppoll(&mut fds, Some(&mut at_once), None)?;
    Ok(fds[0].revents)
}
