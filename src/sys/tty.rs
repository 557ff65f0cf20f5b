//! Terminals: termios and what goes with it (POSIX::Termios).

use super::{Errno, Result};
use crate::sys::grant;

/// A terminal's settings.
#[derive(Clone, Copy)]
pub(crate) struct Termios(libc::termios);

impl Default for Termios {
    fn default() -> Termios {
        // SAFETY: an all-zero termios is valid.
        Termios(unsafe { std::mem::zeroed() })
    }
}

/// The four words of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flags {
    /// c_iflag
    Input,
    /// c_oflag
    Output,
    /// c_cflag
    Control,
    /// c_lflag
    Local,
}

impl Termios {
    /// tcgetattr(3)
    pub(crate) fn get(fd: i32) -> Result<Termios> {
        let mut out = Termios::default();
        // SAFETY: a whole structure.
        Errno::check(unsafe { libc::tcgetattr(fd, &raw mut out.0) })?;
        Ok(out)
    }

    /// tcsetattr(3)
    pub(crate) fn set(&self, fd: i32, when: i32) -> Result<()> {
        // SAFETY: a whole structure.
        Errno::check(unsafe { libc::tcsetattr(fd, when, &raw const self.0) }).map(drop)
    }

    /// One word of flags.
    pub(crate) fn flags(&self, which: Flags) -> u32 {
        match which {
            Flags::Input => self.0.c_iflag,
            Flags::Output => self.0.c_oflag,
            Flags::Control => self.0.c_cflag,
            Flags::Local => self.0.c_lflag,
        }
    }

    /// Changes one word of flags.
    pub(crate) fn set_flags(&mut self, which: Flags, value: u32) {
        match which {
            Flags::Input => self.0.c_iflag = value,
            Flags::Output => self.0.c_oflag = value,
            Flags::Control => self.0.c_cflag = value,
            Flags::Local => self.0.c_lflag = value,
        }
    }

    /// A control character.
    pub(crate) fn character(&self, index: usize) -> Option<u8> {
        self.0.c_cc.get(index).copied()
    }

    /// Changes a control character; false where there is none of that index.
    pub(crate) fn set_character(&mut self, index: usize, value: u8) -> bool {
        self.0
            .c_cc
            .get_mut(index)
            .map(|place| *place = value)
            .is_some()
    }

    /// The speed of input, as cfgetispeed(3) gives it: that of output unless it is set to 0. The C library's own
    /// functions cannot be linked into a static binary; the speeds are bits of the flags.
    pub(crate) fn input_speed(&self) -> u32 {
        match self.0.c_iflag & INPUT_ZERO {
            0 => self.output_speed(),
            _ => 0,
        }
    }

    /// cfgetospeed(3)
    pub(crate) fn output_speed(&self) -> u32 {
        self.0.c_cflag & libc::CBAUD
    }

    /// cfsetispeed(3)
    pub(crate) fn set_input_speed(&mut self, speed: u32) -> Result<()> {
        if speed == 0 {
            self.0.c_iflag |= INPUT_ZERO;
            return Ok(());
        }
        self.set_output_speed(speed)?;
        self.0.c_iflag &= !INPUT_ZERO;
        Ok(())
    }

    /// cfsetospeed(3)
    pub(crate) fn set_output_speed(&mut self, speed: u32) -> Result<()> {
        let known = speed <= libc::B38400 || (libc::B57600..=libc::B4000000).contains(&speed);
        if !known {
            return Err(Errno::EINVAL);
        }
        self.0.c_cflag = self.0.c_cflag & !libc::CBAUD | speed;
        Ok(())
    }
}

/// The bit of the input flags that says input has no speed of its own but 0.
const INPUT_ZERO: u32 = 0o20_000_000_000;

/// tcdrain(3)
pub(crate) use super::blocking::tcdrain;

/// tcflush(3)
pub(crate) fn tcflush(fd: i32, queue: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::tcflush(fd, queue) }).map(drop)
}

/// tcflow(3)
pub(crate) fn tcflow(fd: i32, action: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::tcflow(fd, action) }).map(drop)
}

/// tcsendbreak(3)
pub(crate) fn tcsendbreak(fd: i32, duration: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    Errno::check(unsafe { libc::tcsendbreak(fd, duration) }).map(drop)
}

/// A new pseudo-terminal: its two ends, for tests and for scripts that drive a terminal.
pub(crate) fn openpty() -> Result<(i32, i32)> {
    grant::check(grant::PROCESSES)?;
    use std::os::fd::IntoRawFd;
    let ends = nix::pty::openpty(None, None)?;
    let (master, slave) = (ends.master.into_raw_fd(), ends.slave.into_raw_fd());
    super::fd::set_cloexec(master, true)?;
    super::fd::set_cloexec(slave, true)?;
    Ok((master, slave))
}
