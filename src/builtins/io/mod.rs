//! Functions for open files, pipes, sockets and directories (perlfunc, families I/O and Socket).
//!
//! A handle operation is a step that may come back `Interrupted`: then the signal handlers run, with nothing borrowed,
//! and the step is made again, after a look whether the handle is still the same file.
mod close;
mod command;
mod dir;
mod lock;
mod memory;
mod open;
pub mod pipe;
mod seek;
mod select;
mod transfer;

use crate::diag::warnings::Category;
use crate::io::{Handle, HandleRef, Stop};
use crate::sys::Errno;
use crate::value::{Glob, Io, Rc, Val};
use crate::vm::native::{Family, Ret};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILIES: &[&Family] = &[
    &close::FAMILY,
    &dir::FAMILY,
    &lock::FAMILY,
    &open::FAMILY,
    &pipe::FAMILY,
    &seek::FAMILY,
    &select::FAMILY,
    &transfer::FAMILY,
];

pub use close::close_handle;
pub use command::{
    Command, exec_image, shell_or_words, spawn_piped, take_standard_descriptors, wait_for,
    warn_exec,
};

/// What an operation on a handle came to: what it gives, or `$!`.
pub type Outcome<T> = Result<T, Errno>;

/// The handle argument `i` means; none if there is none or it is closed (with perl's warning).
pub fn open_handle(
    call: &mut Call<'_>,
    i: usize,
    function: &str,
) -> Exec<Option<(Rc<Io>, HandleRef)>> {
    let io = call.handle(i)?;
    open_io(call, i, io, function)
}

/// The same, of a handle that has been looked up.
pub fn open_io(
    call: &mut Call<'_>,
    i: usize,
    io: Option<Rc<Io>>,
    function: &str,
) -> Exec<Option<(Rc<Io>, HandleRef)>> {
    let Some(io) = io else {
        unopened(call, i, function)?;
        return Ok(None);
    };
    match io.handle().filter(|h| h.borrow().is_open()) {
        Some(handle) => Ok(Some((io, handle))),
        None => {
            closed(call, &io, function)?;
            Ok(None)
        }
    }
}

/// `readline() on closed filehandle FH`
pub fn closed(call: &mut Call<'_>, io: &Io, function: &str) -> Exec {
    let name = io.name.borrow().clone();
    let name = name.map(|n| format!(" {n}")).unwrap_or_default();
    let what = if io.handle().is_some() {
        "closed"
    } else {
        "unopened"
    };
    let category = if io.handle().is_some() {
        Category::Closed
    } else {
        Category::Unopened
    };
    call.set_errno(Errno::EBADF);
    call.warn(category, format!("{function}() on {what} filehandle{name}"))
}

/// `close() on unopened filehandle NAME`
pub fn unopened(call: &mut Call<'_>, i: usize, function: &str) -> Exec {
    call.set_errno(Errno::EBADF);
    if !call.warns(Category::Unopened) {
        return Ok(());
    }
    let val = call.arg(i)?;
    let name = match call.vm.glob_of(&val)? {
        Some(glob) => format!(" {}", glob.name()),
        None => String::new(),
    };
    call.warn(
        Category::Unopened,
        format!("{function}() on unopened filehandle{name}"),
    )
}

/// The tied object of a handle and the call of its method, if the handle is tied.
pub fn tied(call: &mut Call<'_>, i: usize, method: &str, args: &[Val]) -> Exec<Option<Ret>> {
    let Some(io) = call.handle(i)? else {
        return Ok(None);
    };
    let object = io.tie.borrow().clone();
    if object.is_undef() {
        return Ok(None);
    }
    let mut all = vec![object];
    all.extend_from_slice(args);
    let want = call.want();
    let list = call.vm.call_method(method, &all, want)?;
    if call.wants_list() {
        return call.list(list).map(Some);
    }
    Ok(Some(Ret::One(
        list.into_iter().next_back().unwrap_or_default(),
    )))
}

/// Runs a step until it is done: signals are dispatched in between, and the handle must stay the same file.
pub fn retry<T>(
    vm: &mut Vm,
    handle: &HandleRef,
    mut step: impl FnMut(&mut Handle) -> crate::io::Result<T>,
) -> Exec<Outcome<T>> {
    let generation = handle.borrow().generation();
    loop {
        let result = {
            let mut handle = handle.borrow_mut();
            handle.check(generation).and_then(|()| step(&mut handle))
        };
        vm.heed_notices(handle)?;
        match result {
            Ok(val) => return Ok(Ok(val)),
            Err(Stop::Interrupted) => vm.safepoint()?,
            Err(Stop::Failed(errno)) => return Ok(Err(errno)),
            Err(Stop::OutOfMemory) => return Err(crate::text::OutOfMemory.into()),
        }
    }
}

/// Runs a step once: an interruption is the error EINTR, as for sysread.
pub fn once<T>(
    handle: &HandleRef,
    step: impl FnOnce(&mut Handle) -> crate::io::Result<T>,
) -> Exec<Outcome<T>> {
    match step(&mut handle.borrow_mut()) {
        Ok(val) => Ok(Ok(val)),
        Err(Stop::Interrupted) => Ok(Err(Errno::EINTR)),
        Err(Stop::Failed(errno)) => Ok(Err(errno)),
        Err(Stop::OutOfMemory) => Err(crate::text::OutOfMemory.into()),
    }
}

/// Descriptors above this are closed on exec (perlvar `$^F`).
pub fn system_max(vm: &Vm) -> i32 {
    vm.symbols.glob("main::^F").scalar().get().to_int() as i32
}

/// The handle of a glob, made where there is none.
pub fn io_of_glob(glob: &Rc<Glob>) -> Rc<Io> {
    let io = glob.io_mut();
    if io.name.borrow().is_none() {
        io.name.replace(Some(glob.name()));
    }
    io
}

/// The handle object of an io slot, made where there is none.
pub fn handle_for(io: &Io) -> HandleRef {
    let fresh = io.handle().is_none();
    let handle = io.handle_mut();
    handle.borrow_mut().set_label(io.name.borrow().clone());
    if fresh {
        handle.borrow_mut().set_autoflush(io.autoflush.get());
    }
    handle
}

/// Before another process is made: output written, unread input given back.
pub fn synchronise(vm: &mut Vm) -> Exec {
    loop {
        match crate::io::registry::synchronise() {
            Err(Stop::Interrupted) => vm.safepoint()?,
            _ => return Ok(()),
        }
    }
}
