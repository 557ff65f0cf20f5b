//! Closing: the handle's buffers, its descriptor, and the process at its other end (perlfunc close).
use super::{retry, tied, unopened, wait_for};
use crate::sys::Errno;
use crate::value::{Io, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILY: Family = Family::new("I/O", &[function("close", ";*", close)]);

fn close(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 0 {
        let io = call.vm.selected.clone().and_then(|glob| glob.io());
        let Some(io) = io else {
            return Ok(Ret::One(Val::Bool(false)));
        };
        let ok = close_handle(call.vm, &io)?;
        return Ok(Ret::One(Val::Bool(ok)));
    }
    if let Some(ret) = tied(call, 0, "CLOSE", &[])? {
        return Ok(ret);
    }
    let Some(io) = call.handle(0)? else {
        unopened(call, 0, "close")?;
        return Ok(Ret::One(Val::Bool(false)));
    };
    if !io.is_open() {
        call.set_errno(Errno::EBADF);
        return Ok(Ret::One(Val::Bool(false)));
    }
    let ok = close_handle(call.vm, &io)?;
    Ok(Ret::One(Val::Bool(ok)))
}

/// Closes a handle; for a command's pipe waits for the command and sets `$?`. True where all went well.
pub fn close_handle(vm: &mut Vm, io: &Rc<Io>) -> Exec<bool> {
    let Some(handle) = io.handle().filter(|h| h.borrow().is_open()) else {
        vm.errno = Errno::EBADF.0;
        return Ok(false);
    };
    let result = retry(vm, &handle, |h| h.close())?;
    vm.edit_complete(io)?;
    io.lines.set(0);
    let closed = match result {
        Ok(closed) => closed,
        Err(errno) => {
            vm.errno = errno.0;
            return Ok(false);
        }
    };
    let mut ok = true;
    if let Some(errno) = closed.error {
        vm.errno = errno.0;
        ok = false;
    }
    if let Some(pid) = closed.child {
        let status = wait_for(vm, pid)?;
        if status == -1 || closed.error.is_some() {
            vm.child_status = if closed.error.is_some() { -1 } else { status };
            if status != -1 && closed.error.is_none() {
                vm.native_status = status;
            }
            return Ok(false);
        }
        vm.set_status(status);
        if status != 0 && ok {
            vm.errno = 0;
        }
        ok = ok && status == 0;
    }
    Ok(ok)
}
