//! Directory handles (perlfunc opendir, readdir ...).
use crate::diag::warnings::Category;
use crate::io::dir::DirHandle;
use crate::sys::Errno;
use crate::value::{Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};
use std::cell::RefCell;
use std::rc::Rc as Shared;

pub(super) const FAMILY: Family = Family::new(
    "I/O",
    &[
        function("closedir", "*", |call| {
            on_dir(call, "closedir", |d| d.close().map(|()| Val::Int(1)))
        }),
        function("opendir", "*$", opendir),
        function("readdir", "*", readdir),
        function("rewinddir", "*", |call| {
            on_dir(call, "rewinddir", |d| d.rewind().map(|()| Val::Int(1)))
        }),
        function("seekdir", "*$", seekdir),
        function("telldir", "*", |call| {
            on_dir(call, "telldir", |d| d.tell().map(Val::Int))
        }),
    ],
);

type DirRef = Shared<RefCell<DirHandle>>;

fn opendir(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(glob) = call.glob(0)? else {
        return call.errno(Errno::EBADF);
    };
    let val = call.arg(1)?;
    let name = crate::builtins::file::name_of(call.vm, &val, "opendir")?;
    let io = super::io_of_glob(&glob);
    if io.is_open() {
        return Err(call.die(format!(
            "Cannot open {} as a dirhandle: it is already open as a filehandle",
            glob.name()
        )));
    }
    let dir: DirRef = match io.dir() {
        Some(dir) => dir,
        None => {
            let dir = Shared::new(RefCell::new(DirHandle::new()));
            io.set_dir(Some(dir.clone()));
            dir
        }
    };
    let result = dir.borrow_mut().open(name.as_bytes());
    match result {
        Ok(()) => Ok(Ret::One(Val::Int(1))),
        Err(errno) => call.errno(errno),
    }
}

fn dir_of(call: &mut Call<'_>, function: &str) -> Exec<Option<DirRef>> {
    let io = call.handle(0)?;
    let found = io
        .as_ref()
        .and_then(|io: &Rc<_>| io.dir())
        .filter(|d| d.borrow().is_open());
    if found.is_none() {
        let name = match io.and_then(|io| io.name.borrow().clone()) {
            Some(name) => format!(" {name}"),
            None => String::new(),
        };
        call.warn(
            Category::Io,
            format!("{function}() attempted on invalid dirhandle{name}"),
        )?;
        call.set_errno(Errno::EBADF);
    }
    Ok(found)
}

fn on_dir(
    call: &mut Call<'_>,
    function: &str,
    work: impl FnOnce(&mut DirHandle) -> Result<Val, Errno>,
) -> Exec<Ret> {
    let Some(dir) = dir_of(call, function)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let result = work(&mut dir.borrow_mut());
    match result {
        Ok(val) => Ok(Ret::One(val)),
        Err(e) => call.errno(e),
    }
}

fn seekdir(call: &mut Call<'_>) -> Exec<Ret> {
    let to = call.arg_int(1)?;
    on_dir(call, "seekdir", |d| d.seek(to).map(|()| Val::Int(1)))
}

fn readdir(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(dir) = dir_of(call, "readdir")? else {
        return Ok(Ret::Nothing);
    };
    if !call.wants_list() {
        let entry = dir.borrow_mut().read();
        return match entry {
            Ok(entry) => Ok(Ret::One(entry.map(|e| Val::bytes(&e.name)).into())),
            Err(e) => call.errno(e),
        };
    }
    loop {
        let entry = dir.borrow_mut().read();
        match entry {
            Ok(Some(entry)) => call.push(Val::bytes(&entry.name)),
            Ok(None) => return Ok(Ret::List),
            Err(e) => {
                call.set_errno(e);
                return Ok(Ret::List);
            }
        }
    }
}
