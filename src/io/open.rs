//! Putting a freshly opened descriptor behind a handle, as perl's open does it.

use super::handle::{Access, Closed, Handle, Kind};
use super::layers::Spec;
use super::{Result, Stop, fds};
use crate::sys::{Errno, blocking, fd, file};

impl Handle {
    /// The standard handle on descriptor 0, 1 or 2; that of errors keeps nothing back.
    pub(crate) fn standard(number: i32) -> Handle {
        let mut handle = Handle::new();
        let access = if number == 0 {
            Access::READ
        } else {
            Access::WRITE
        };
        handle.attach(number, access, Kind::Std);
        handle.set_eager(number == 2);
        handle
    }

    /// Puts `new` behind the handle, closing what was there. A handle on a system descriptor
    /// (perlvar `$^F`) keeps its number and, as in perl, its layers. Gives what closing the former
    /// file came to: its process is to be waited for. Where a signal interrupts, `new` is still
    /// the caller's and the call is made again.
    pub(crate) fn install(
        &mut self,
        new: i32,
        access: Access,
        kind: Kind,
        layers: &[Spec],
        system_max: i32,
    ) -> Result<Closed> {
        if let Some(old) = self.fd()
            && old <= system_max
        {
            let closed = self.replace(old, new, access, kind)?;
            if old != new {
                blocking::close(new)?;
            }
            return Ok(closed);
        }
        let mut closed = Closed {
            error: None,
            child: None,
        };
        if self.is_open() {
            closed = self.close()?;
        }
        fd::set_cloexec(new, new > system_max)?;
        self.attach(new, access, kind);
        self.open_layers(layers)?;
        Ok(closed)
    }

    /// Makes the system descriptor `old` of this handle another name of what `new` is.
    fn replace(&mut self, old: i32, new: i32, access: Access, kind: Kind) -> Result<Closed> {
        let stat = file::fstat(new)?;
        if let Err(Stop::Interrupted) = self.flush() {
            return Err(Stop::Interrupted);
        }
        let closed = Closed {
            error: self.error(),
            child: self.child(),
        };
        self.set_child(None);
        if old != new {
            fd::dup2(new, old)?;
        }
        self.replaced(access, kind, &stat);
        Ok(closed)
    }

    /// Shares the descriptor of another handle or number (`&=`): only the last close closes it. A
    /// handle on a system descriptor keeps its number here too, so it gets a copy.
    pub(crate) fn install_same(
        &mut self,
        shared: i32,
        access: Access,
        kind: Kind,
        layers: &[Spec],
        system_max: i32,
    ) -> Result<Closed> {
        if !fd::is_open(shared) {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if let Some(old) = self.fd()
            && old <= system_max
        {
            return self.replace(old, shared, access, kind);
        }
        // Held while the former file is closed, which may be the same one.
        fds::acquire(shared);
        let closed = if self.is_open() {
            self.close()
        } else {
            Ok(Closed {
                error: None,
                child: None,
            })
        };
        fds::forget(shared);
        let closed = closed?;
        self.attach(shared, access, kind);
        self.open_layers(layers)?;
        Ok(closed)
    }
}
