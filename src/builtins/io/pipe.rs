//! Two connected ends: pipe and socketpair (perlfunc).
use super::{handle_for, io_of_glob, system_max};
use crate::io::{Access, Kind};
use crate::sys::{Errno, fd, socket};
use crate::value::{Glob, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Process",
    &[
        function("pipe", "**", pipe),
        function("socketpair", "**$$$", socketpair),
    ],
);

/// Puts a new descriptor behind a glob.
pub fn attach(
    call: &mut Call<'_>,
    glob: &Rc<Glob>,
    new: i32,
    access: Access,
    kind: Kind,
) -> Exec<Result<(), Errno>> {
    let io = io_of_glob(glob);
    if io.is_open() {
        super::close_handle(call.vm, &io)?;
    }
    let max = system_max(call.vm);
    let handle = handle_for(&io);
    let result = handle.borrow_mut().install(new, access, kind, &[], max);
    Ok(match result {
        Ok(_) => Ok(()),
        Err(crate::io::Stop::Failed(e)) => Err(e),
        Err(_) => Err(Errno::EINTR),
    })
}

fn two_globs(call: &mut Call<'_>) -> Exec<Option<(Rc<Glob>, Rc<Glob>)>> {
    let (Some(first), Some(second)) = (call.glob(0)?, call.glob(1)?) else {
        call.set_errno(Errno::EBADF);
        return Ok(None);
    };
    Ok(Some((first, second)))
}

fn pair(
    call: &mut Call<'_>,
    made: Result<(i32, i32), Errno>,
    access: (Access, Access),
    kind: Kind,
) -> Exec<Ret> {
    let Some((first, second)) = two_globs(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let (a, b) = match made {
        Ok(fds) => fds,
        Err(e) => return call.errno(e),
    };
    for (glob, new, access) in [(first, a, access.0), (second, b, access.1)] {
        if let Err(e) = attach(call, &glob, new, access, kind)? {
            let _ = fd::close(new);
            return call.errno(e);
        }
    }
    Ok(Ret::One(Val::Int(1)))
}

fn pipe(call: &mut Call<'_>) -> Exec<Ret> {
    let made = fd::pipe();
    pair(call, made, (Access::READ, Access::WRITE), Kind::Pipe)
}

fn socketpair(call: &mut Call<'_>) -> Exec<Ret> {
    let (domain, kind, protocol) = (call.arg_int(2)?, call.arg_int(3)?, call.arg_int(4)?);
    let made = socket::socketpair(domain as i32, kind as i32, protocol as i32);
    pair(call, made, (Access::BOTH, Access::BOTH), Kind::Socket)
}
