//! stat and lstat, file tests by letter, and what names and handles mean to them (perlfunc stat, -X).
use crate::diag::warnings::Category;
use crate::io::HandleRef;
use crate::sys::file::{self, Stat};
use crate::sys::{Errno, blocking, fd};
use crate::text::PerlStr;
use crate::value::{Ref, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILY: Family = Family::new(
    "File",
    &[
        function("lstat", ";*", |call| stat(call, true)),
        function("stat", ";*", |call| stat(call, false)),
    ],
);

/// What `stat _`, `-X _` and stacked tests look at.
#[derive(Default)]
pub struct Last {
    /// The status; none where the last look failed.
    pub stat: Option<Stat>,
    /// It was an lstat.
    pub link: bool,
    /// The name looked at: `-T _` reads that file.
    name: Option<Vec<u8>>,
    /// The handle looked at, as a weak reference.
    handle: Val,
}

/// The last status of this interpreter.
pub fn last(vm: &mut Vm) -> &mut Last {
    vm.slots.of()
}

/// An environment variable as `%ENV` has it.
pub fn env(call: &mut Call<'_>, name: &str) -> Option<PerlStr> {
    let val = call.vm.names.env.hash_mut().get_str(name)?;
    let val = call.vm.load(val).ok()?;
    if val.is_undef() {
        None
    } else {
        Some(val.to_str())
    }
}

/// If a value is a handle and no name: its descriptor, or that it has none.
pub fn handle_fd(vm: &mut Vm, val: &Val) -> Exec<Option<Option<i32>>> {
    if !matches!(val, Val::Glob(_) | Val::GRef(_) | Val::IoRef(_)) && !val.is_blessed() {
        return Ok(None);
    }
    let Some(io) = vm.io_of(val)? else {
        return Ok(matches!(val, Val::Glob(_) | Val::GRef(_)).then_some(None));
    };
    if let Some(handle) = io.handle() {
        return Ok(Some(handle.borrow().fd()));
    }
    Ok(Some(io.dir().and_then(|dir| dir.borrow_mut().fd().ok())))
}

/// Looks at what a value names and remembers it. False (with `$!`) where it cannot be seen.
pub fn look(vm: &mut Vm, val: &Val, link: bool) -> Exec<bool> {
    look_as(vm, val, link, if link { "lstat()" } else { "stat()" })
}

/// `stat() on closed filehandle FH`
pub fn warn_closed(vm: &mut Vm, val: &Val, function: &str) -> Exec {
    let glob = vm.glob_of(val)?;
    let opened = vm.io_of(val)?.is_some_and(|io| io.handle().is_some());
    let name = glob.map_or_else(String::new, |glob| format!(" {}", glob.name()));
    let (category, state) = match opened {
        true => (Category::Closed, "closed"),
        false => (Category::Unopened, "unopened"),
    };
    vm.warn(category, format!("{function} on {state} filehandle{name}"))
}

/// The same for a function of that name.
fn look_as(vm: &mut Vm, val: &Val, link: bool, function: &str) -> Exec<bool> {
    if let Val::Glob(glob) = val
        && &*glob.name() == "_"
        && &*glob.package() == "main"
    {
        if link && !last(vm).link {
            return Err(vm.die("The stat preceding lstat() wasn't an lstat"));
        }
        return Ok(seen_last(vm));
    }
    let (result, name, handle) = match handle_fd(vm, val)? {
        Some(fd) => {
            if link {
                let name = vm.glob_of(val)?;
                let name = name.map_or_else(String::new, |glob| format!(" {}", glob.name()));
                vm.warn(Category::Io, format!("lstat() on filehandle{name}"))?;
            }
            if fd.is_none() {
                warn_closed(vm, val, function)?;
            }
            let handle = vm.io_of(val)?.map_or(Val::Undef, |io| Ref::Io(io).weak());
            (fd.ok_or(Errno::EBADF).and_then(file::fstat), None, handle)
        }
        None => {
            let name =
                crate::builtins::file::name_of(vm, val, if link { "lstat" } else { "stat" })?;
            let bytes = name.as_bytes();
            let result = if link {
                file::lstat(bytes)
            } else {
                file::stat(bytes)
            };
            if result.is_err() && bytes.ends_with(b"\n") {
                let what = if link { "lstat" } else { "stat" };
                vm.warn(
                    Category::Newline,
                    format!("Unsuccessful {what} on filename containing newline"),
                )?;
            }
            (result, Some(bytes.to_vec()), Val::Undef)
        }
    };
    let found = result.is_ok();
    if let Err(errno) = result {
        vm.errno = errno.0;
    }
    *last(vm) = Last {
        stat: result.ok(),
        link: link && name.is_some(),
        name,
        handle,
    };
    Ok(found)
}

/// Whether the last look saw anything.
fn seen_last(vm: &mut Vm) -> bool {
    let seen = last(vm).stat.is_some();
    if !seen {
        vm.errno = Errno::EBADF.0;
    }
    seen
}

fn stat(call: &mut Call<'_>, link: bool) -> Exec<Ret> {
    let val = call.arg(0)?;
    let found = look(call.vm, &val, link)?;
    if !call.wants_list() {
        return Ok(Ret::One(Val::Bool(found)));
    }
    let Some(stat) = last(call.vm).stat.filter(|_| found) else {
        return Ok(Ret::Nothing);
    };
    let int = |n: u64| Val::uint(n);
    call.list([
        int(stat.dev),
        int(stat.ino),
        int(u64::from(stat.mode)),
        int(stat.nlink),
        int(u64::from(stat.uid)),
        int(u64::from(stat.gid)),
        int(stat.rdev),
        Val::Int(stat.size),
        Val::Int(stat.atime.0),
        Val::Int(stat.mtime.0),
        Val::Int(stat.ctime.0),
        Val::Int(stat.blksize),
        Val::Int(stat.blocks),
    ])
}

/// Whether the caller may do something with the file last looked at: the mode's bits against the effective or real ids.
pub fn allowed(stat: &Stat, bit: u32, effective: bool) -> bool {
    let (uids, gids) = (crate::sys::user::uids(), crate::sys::user::gids());
    let (uid, gid) = if effective {
        (uids.effective, gids.effective)
    } else {
        (uids.real, gids.real)
    };
    if uid == 0 {
        let directory = stat.kind() == file::Kind::Directory;
        return bit != 1 || directory || stat.mode & 0o111 != 0;
    }
    let shift = if stat.uid == uid {
        6
    } else if stat.gid == gid || crate::sys::user::getgroups().is_ok_and(|g| g.contains(&stat.gid))
    {
        3
    } else {
        0
    };
    stat.mode >> shift & bit != 0
}

/// One file test of the status last taken (perlfunc -X); undef where the file could not be seen.
fn test(vm: &mut Vm, letter: u8) -> Exec<Val> {
    use file::Kind;
    let Some(stat) = last(vm).stat else {
        return Ok(Val::Undef);
    };
    let kind = |want: Kind| Val::Bool(stat.kind() == want);
    let base = vm.symbols.glob("main::^T").scalar().get().to_f64();
    let age = |when: (i64, u32)| Val::Num((base - when.0 as f64) / 86400.0);
    let ids = |effective: bool| {
        let uids = crate::sys::user::uids();
        if effective { uids.effective } else { uids.real }
    };
    Ok(match letter {
        b'e' => Val::Bool(true),
        b'f' => kind(Kind::Regular),
        b'd' => kind(Kind::Directory),
        b'l' => kind(Kind::Link),
        b'p' => kind(Kind::Fifo),
        b'S' => kind(Kind::Socket),
        b'b' => kind(Kind::Block),
        b'c' => kind(Kind::Character),
        b'z' => Val::Bool(stat.size == 0),
        b's' => Val::Int(stat.size),
        b'r' => Val::Bool(allowed(&stat, 4, true)),
        b'w' => Val::Bool(allowed(&stat, 2, true)),
        b'x' => Val::Bool(allowed(&stat, 1, true)),
        b'o' => Val::Bool(stat.uid == ids(true)),
        b'R' => Val::Bool(allowed(&stat, 4, false)),
        b'W' => Val::Bool(allowed(&stat, 2, false)),
        b'X' => Val::Bool(allowed(&stat, 1, false)),
        b'O' => Val::Bool(stat.uid == ids(false)),
        b'u' => Val::Bool(stat.mode & 0o4000 != 0),
        b'g' => Val::Bool(stat.mode & 0o2000 != 0),
        b'k' => Val::Bool(stat.mode & 0o1000 != 0),
        b'M' => age(stat.mtime),
        b'A' => age(stat.atime),
        b'C' => age(stat.ctime),
        _ => Val::Undef,
    })
}

/// `-t`: is the handle a terminal?
fn is_terminal(vm: &mut Vm, val: &Val) -> Exec<Val> {
    let io = vm.io_of(val)?;
    let number = match io.and_then(|io| io.handle()) {
        Some(handle) => handle.borrow().fd(),
        None => val.looks_like_number().then(|| val.to_int() as i32),
    };
    match number {
        Some(number) => Ok(Val::Bool(fd::isatty(number))),
        None => {
            vm.errno = Errno::EBADF.0;
            Ok(Val::Undef)
        }
    }
}

/// `-T` and `-B`: what the first block looks like, text or not. None: of the file last looked at.
fn looks_like_text(vm: &mut Vm, val: Option<&Val>, text: bool) -> Exec<Val> {
    let (handle, name) = match val {
        Some(val) if handle_fd(vm, val)?.is_some() => {
            look(vm, val, false)?;
            (vm.io_of(val)?, None)
        }
        Some(val) => (None, Some(vm.str_quiet(val)?.as_bytes().to_vec())),
        None => match &last(vm).handle {
            Val::Weak(weak) => match weak.get() {
                Val::IoRef(io) => (Some(io), None),
                _ => (None, None),
            },
            _ => (None, last(vm).name.clone()),
        },
    };
    let start = match (handle.and_then(|io| io.handle()), name) {
        (Some(handle), _) => start_of_handle(vm, &handle)?,
        (None, Some(name)) => match start_of_file(vm, name)? {
            Some(start) => start,
            None => return Ok(Val::Undef),
        },
        (None, None) => {
            vm.errno = Errno::EBADF.0;
            return Ok(Val::Undef);
        }
    };
    let stat = last(vm).stat;
    if start.is_empty() && stat.is_some_and(|s| s.kind() == file::Kind::Directory) {
        return Ok(Val::Bool(!text));
    }
    if start.is_empty() {
        return Ok(Val::Bool(true));
    }
    let odd = |b: &&u8| **b >= 0x80 || (**b < 32 && !b"\n\r\t\x08\x0c\x1b".contains(*b));
    let binary = start.contains(&0)
        || (crate::text::utf8::valid_up_to(&start) + 4 < start.len()
            && start.iter().filter(odd).count() * 3 > start.len());
    Ok(Val::Bool(binary != text))
}

/// The buffered start of what a handle reads next.
fn start_of_handle(vm: &mut Vm, handle: &HandleRef) -> Exec<Vec<u8>> {
    loop {
        let eof = handle.borrow_mut().eof();
        match eof {
            Err(crate::io::Stop::Interrupted) => vm.safepoint()?,
            _ => break,
        }
    }
    let handle = handle.borrow();
    Ok(handle.buffered_input().iter().take(512).copied().collect())
}

/// The first block of a file, whose status is remembered as by stat; none where it does not open.
fn start_of_file(vm: &mut Vm, name: Vec<u8>) -> Exec<Option<Vec<u8>>> {
    let flags = file::open_flags(true, false, false, false, false);
    let opened = loop {
        match blocking::open(&name, flags, 0) {
            Err(Errno::EINTR) => vm.safepoint()?,
            other => break other,
        }
    };
    let remember = |vm: &mut Vm, stat| {
        *last(vm) = Last {
            stat,
            link: false,
            name: Some(name),
            handle: Val::Undef,
        };
    };
    let number = match opened {
        Ok(number) => number,
        Err(errno) => {
            vm.errno = errno.0;
            remember(vm, None);
            return Ok(None);
        }
    };
    remember(vm, file::fstat(number).ok());
    let mut block = vec![0; 512];
    let got = loop {
        match blocking::read(number, &mut block) {
            Err(Errno::EINTR) => {
                if let Err(die) = vm.safepoint() {
                    let _ = fd::close(number);
                    return Err(die);
                }
            }
            other => break other,
        }
    };
    // what perl's opening leaves there
    vm.errno = got.err().unwrap_or(Errno::ENOTTY).0;
    let _ = fd::close(number);
    block.truncate(got.unwrap_or(0));
    Ok(Some(block))
}

/// `-l`: of names only.
fn is_link(vm: &mut Vm, stacked: bool, val: &Val) -> Exec<Val> {
    if stacked {
        if !last(vm).link {
            return Err(vm.die("The stat preceding -l _ wasn't an lstat"));
        }
        return if seen_last(vm) {
            test(vm, b'l')
        } else {
            Ok(Val::Undef)
        };
    }
    let handle = match val {
        Val::Glob(glob) | Val::GRef(glob) => Some(format!(" {}", glob.name())),
        Val::IoRef(_) => Some(String::new()),
        _ => None,
    };
    if let Some(name) = handle {
        vm.warn(Category::Io, format!("Use of -l on filehandle{name}"))?;
        vm.errno = Errno::EBADF.0;
        *last(vm) = Last {
            link: true,
            ..Last::default()
        };
        return Ok(Val::Undef);
    }
    if look(vm, val, true)? {
        test(vm, b'l')
    } else {
        Ok(Val::Undef)
    }
}

/// A file test as the machine asks for it; `stacked`: of the file last looked at.
pub fn file_test(vm: &mut Vm, letter: u8, stacked: bool, val: &Val) -> Exec<Val> {
    match letter {
        b't' => return is_terminal(vm, val),
        b'T' | b'B' => return looks_like_text(vm, (!stacked).then_some(val), letter == b'T'),
        b'l' => return is_link(vm, stacked, val),
        _ => {}
    }
    let seen = if stacked {
        seen_last(vm)
    } else {
        look_as(vm, val, false, &format!("-{}", letter as char))?
    };
    if !seen {
        return Ok(Val::Undef);
    }
    test(vm, letter)
}
