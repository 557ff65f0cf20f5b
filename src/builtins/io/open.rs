//! open in all its forms, and sysopen (perlfunc open, perlopentut).
use super::command::{Command, bytes_of, shell_or_words, spawn_piped};
use super::memory::ScalarBytes;
use super::{close_handle, handle_for, io_of_glob, synchronise, system_max};
use crate::builtins::file::name_of;
use crate::diag::warnings::Category;
use crate::io::layers::{self, Spec};
use crate::io::mode::{self, ModeError, OpenMode, Target};
use crate::io::{Access, HandleRef, Kind, Stop};
use crate::sys::spawn::{FdChange, SpawnOptions};
use crate::sys::{Errno, blocking, fd, file, process};
use crate::value::{Glob, Io, Rc, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Die, Exec};

pub(super) const FAMILY: Family = Family::new(
    "File",
    &[
        function("open", "*;$@", open),
        function("sysopen", "*$$;$", sysopen),
    ],
);

/// Where an opening goes to, and what it may need.
struct Opening {
    io: Rc<Io>,
    layers: Vec<Spec>,
    max: i32,
}

fn open(call: &mut Call<'_>) -> Exec<Ret> {
    let rest = call.args_from(1)?;
    if let Some(io) = call.handle(0)?
        && !io.tie.borrow().is_undef()
    {
        return Ok(super::tied(call, 0, "OPEN", &rest)?.unwrap_or(Ret::Nothing));
    }
    let Some(glob) = call.glob(0)? else {
        let val = call.arg(0)?;
        if val.is_ref() {
            return Err(call.die("Bad filehandle: reference"));
        }
        return call.errno(Errno::EBADF);
    };
    let io = io_of_glob(&glob);
    if io.dir().is_some_and(|dir| dir.borrow().is_open()) {
        return Err(call.die(format!(
            "Cannot open {} as a filehandle: it is already open as a dirhandle",
            glob.name()
        )));
    }
    // a handle that could not be opened is a closed one, not one that never was
    handle_for(&io);
    let spec = match rest.first() {
        Some(spec) => spec.clone(),
        // open FH: the name is in the package scalar of the same name
        None => call.vm.fetch(&glob.scalar())?,
    };
    let text = call.str(&spec)?;
    let parsed = if rest.len() > 1 {
        mode::parse_three(text.as_bytes())
    } else {
        mode::parse_two(text.as_bytes()).map(|parsed| {
            bidirectional_warning(call, parsed.bidirectional);
            parsed.mode
        })
    };
    let mode = match parsed {
        Ok(mode) => mode,
        Err(ModeError::Unknown(_)) => {
            return Err(call.die(format!("Unknown open() mode '{}'", text.to_str_lossy())));
        }
        Err(ModeError::NoLayer(rest)) => {
            if let Err(e) = layers::parse(&rest) {
                call.warn(Category::Layer, String::from_utf8_lossy(&e.message()))?;
            }
            return Err(call.die(format!("Unknown open() mode '{}'", text.to_str_lossy())));
        }
        Err(ModeError::MissingCommand) => {
            call.warn(Category::Pipe, "Missing command in piped open")?;
            return call.errno(Errno::EPIPE);
        }
    };
    let layers = match open_layers(call, &mode)? {
        Ok(layers) => layers,
        Err(errno) => return call.errno(errno),
    };
    let opening = Opening {
        io: io_of_glob(&glob),
        layers,
        max: system_max(call.vm),
    };
    dispatch(call, &opening, &mode, rest.get(1..).unwrap_or(&[]))
}

fn bidirectional_warning(call: &mut Call<'_>, on: bool) {
    if on {
        let _ = call.warn(Category::Pipe, "Can't open bidirectional pipe");
    }
}

/// The layers written in the mode, else those of `use open`.
fn open_layers(call: &mut Call<'_>, mode: &OpenMode) -> Exec<Result<Vec<Spec>, Errno>> {
    let default;
    let text: &[u8] = if mode.layers.is_empty() {
        default = call
            .vm
            .default_layers(mode.access.read && !mode.access.write);
        &default
    } else {
        &mode.layers
    };
    match layers::parse(text) {
        Ok(specs) => Ok(Ok(specs)),
        Err(e) => {
            call.warn(Category::Layer, String::from_utf8_lossy(&e.message()))?;
            Ok(Err(e.errno()))
        }
    }
}

/// Dies where more follows the name of what is to be opened; only commands have arguments.
fn one_argument(call: &mut Call<'_>, mode: &OpenMode, args: &[Val]) -> Exec {
    if args.len() < 2 {
        return Ok(());
    }
    let what = match &mode.target {
        Target::PipeTo(_) | Target::PipeFrom(_) => return Ok(()),
        Target::Dup { .. } => {
            // perl shows its own letter for the kind of handle
            let Access {
                read,
                write,
                append,
            } = mode.access;
            let letter = match (append, read && write, write) {
                (true, ..) => 'a',
                (_, true, _) => '+',
                (_, _, true) => '>',
                _ => '<',
            };
            format!("'{letter}&' open")
        }
        _ if matches!(args[0], Val::SRef(_)) => "open(,':scalar')".to_string(),
        _ => "open(,':perlio')".to_string(),
    };
    Err(call.die(format!("More than one argument to {what}")))
}

fn dispatch(call: &mut Call<'_>, to: &Opening, mode: &OpenMode, args: &[Val]) -> Exec<Ret> {
    one_argument(call, mode, args)?;
    match &mode.target {
        Target::File(name) if args.is_empty() => {
            let name = name_of(call.vm, &Val::bytes(name), "open")?;
            by_name(call, to, mode, name.as_bytes())
        }
        Target::File(_) => match &args[0] {
            Val::SRef(cell) if !args[0].is_overloaded() => in_memory(call, to, mode, cell),
            Val::Undef => temporary(call, to, mode),
            val => {
                let name = name_of(call.vm, val, "open")?;
                by_name(call, to, mode, name.as_bytes())
            }
        },
        Target::Standard => standard(call, to, mode),
        Target::Dup { same, name } => {
            let what = match args.first() {
                Some(val) => val.clone(),
                None => Val::bytes(name),
            };
            dup(call, to, mode, *same, &what, !args.is_empty())
        }
        Target::PipeTo(text) => piped(call, to, Direction::To, text, args),
        Target::PipeFrom(text) => piped(call, to, Direction::From, text, args),
    }
}

/// Puts a descriptor behind the handle; closes it where that fails.
fn install(
    call: &mut Call<'_>,
    to: &Opening,
    new: i32,
    access: Access,
    kind: Kind,
) -> Exec<Result<HandleRef, Errno>> {
    let handle = handle_for(&to.io);
    loop {
        let result = handle
            .borrow_mut()
            .install(new, access, kind, &to.layers, to.max);
        match result {
            Ok(closed) => {
                if let Some(pid) = closed.child {
                    let status = super::wait_for(call.vm, pid)?;
                    call.vm.set_status(status);
                }
                if !handle.borrow().is_line_buffered() {
                    // the question whether it is a terminal leaves its answer, as under perl
                    call.vm.errno = Errno::ENOTTY.0;
                }
                return Ok(Ok(handle));
            }
            Err(Stop::Interrupted) => call.vm.safepoint()?,
            Err(Stop::Failed(errno)) => {
                let _ = fd::close(new);
                return Ok(Err(errno));
            }
            Err(Stop::OutOfMemory) => return Err(crate::text::OutOfMemory.into()),
        }
    }
}

fn finish(call: &mut Call<'_>, result: Result<HandleRef, Errno>) -> Exec<Ret> {
    match result {
        Ok(_) => Ok(Ret::One(Val::Int(1))),
        Err(e) => call.errno(e),
    }
}

/// A failed open leaves the handle closed.
fn failed(call: &mut Call<'_>, to: &Opening, errno: Errno) -> Exec<Ret> {
    if to.io.is_open() {
        close_handle(call.vm, &to.io)?;
    }
    call.errno(errno)
}

fn by_name(call: &mut Call<'_>, to: &Opening, mode: &OpenMode, name: &[u8]) -> Exec<Ret> {
    if mode.access.write {
        call.vm.taint_proper("open")?;
    }
    match blocking::open(name, mode.flags(), 0o666) {
        Ok(new) => {
            let result = install(call, to, new, mode.access, Kind::File)?;
            finish(call, result)
        }
        Err(errno) => {
            if name.ends_with(b"\n") && errno == Errno::ENOENT {
                call.warn(
                    Category::Newline,
                    "Unsuccessful open on filename containing newline",
                )?;
            }
            failed(call, to, errno)
        }
    }
}

fn in_memory(
    call: &mut Call<'_>,
    to: &Opening,
    mode: &OpenMode,
    cell: &Rc<crate::value::Scalar>,
) -> Exec<Ret> {
    if mode.access.write && cell.is_read_only() {
        return failed(call, to, Errno::EACCES);
    }
    let val = call.vm.fetch(cell)?;
    let text = if val.is_undef() {
        Default::default()
    } else {
        call.str(&val)?
    };
    let Some(bytes) = text.downgraded() else {
        call.warn(
            Category::Utf8,
            "Strings with code points over 0xFF may not be mapped into in-memory file handles",
        )?;
        return failed(call, to, Errno::EINVAL);
    };
    if mode.access.write {
        let start = if mode.truncate {
            Default::default()
        } else {
            bytes
        };
        call.vm.store(cell, Val::Str(start))?;
    } else if text.is_utf8() {
        call.vm.store(cell, Val::Str(bytes))?;
    }
    if to.io.is_open() {
        close_handle(call.vm, &to.io)?;
    }
    let handle = handle_for(&to.io);
    handle
        .borrow_mut()
        .attach_memory(Box::new(ScalarBytes(cell.clone())), mode.access);
    let specs = to.layers.clone();
    if !specs.is_empty() {
        let result = super::retry(call.vm, &handle, |h| h.push_layers(&specs))?;
        return call.done(result);
    }
    Ok(Ret::One(Val::Int(1)))
}

/// `open($fh, "+>", undef)`: a file without a name.
fn temporary(call: &mut Call<'_>, to: &Opening, mode: &OpenMode) -> Exec<Ret> {
    let wanted = crate::builtins::status::env(call, "TMPDIR").filter(|d| !d.is_empty());
    let wanted = wanted.map(|d| d.as_bytes().to_vec());
    let mut made = Err(Errno::ENOENT);
    for dir in wanted.into_iter().chain([b"/tmp".to_vec(), b".".to_vec()]) {
        made = file::mkstemp(&[&dir[..], b"/PerlIO_XXXXXX"].concat());
        if made.is_ok() {
            break;
        }
    }
    match made {
        Ok((new, name)) => {
            let _ = file::unlink(&name);
            if mode.access.append {
                let _ = fd::set_appending(new);
            }
            let access = Access {
                read: true,
                write: true,
                append: mode.access.append,
            };
            let result = install(call, to, new, access, Kind::File)?;
            finish(call, result)
        }
        Err(errno) => failed(call, to, errno),
    }
}

/// `-` and `>-`: the standard descriptors themselves.
fn standard(call: &mut Call<'_>, to: &Opening, mode: &OpenMode) -> Exec<Ret> {
    let (number, access) = if mode.access.write {
        (1, Access::WRITE)
    } else {
        (0, Access::READ)
    };
    same_descriptor(call, to, number, access, Kind::Std)
}

fn same_descriptor(
    call: &mut Call<'_>,
    to: &Opening,
    number: i32,
    access: Access,
    kind: Kind,
) -> Exec<Ret> {
    let handle = handle_for(&to.io);
    let result = handle
        .borrow_mut()
        .install_same(number, access, kind, &to.layers, to.max);
    match result {
        Ok(_) => Ok(Ret::One(Val::Int(1))),
        Err(Stop::Failed(errno)) => failed(call, to, errno),
        Err(_) => failed(call, to, Errno::EINTR),
    }
}

/// `>&`, `<&=` and their kin: another handle, or a descriptor's number. `given`: as an argument of its own, where no
/// handle is a mistake of the program.
fn dup(
    call: &mut Call<'_>,
    to: &Opening,
    mode: &OpenMode,
    same: bool,
    what: &Val,
    given: bool,
) -> Exec<Ret> {
    if mode.access.write {
        call.vm.taint_proper("open")?;
    }
    let number = match what {
        Val::Int(n) => Some(*n),
        Val::Undef => None,
        _ if what.is_ref() || matches!(what, Val::Glob(_)) => None,
        _ => {
            let text = call.str(what)?;
            let text = text.to_str_lossy();
            let text = text.trim();
            (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse().unwrap_or(i64::MAX))
        }
    };
    let (old, kind, source) = match number {
        Some(n) => {
            let fd = i32::try_from(n).unwrap_or(-1);
            if let Err(errno) = crate::io::registry::may_use(fd) {
                return failed(call, to, errno);
            }
            (fd, Kind::File, None)
        }
        None => {
            let named = match what {
                Val::Str(name) => Val::str(name.to_str_lossy().trim()),
                other => other.clone(),
            };
            let io = call.vm.io_of(&named)?;
            if let (None, true) = (&io, given) {
                return Err(no_handle(call, &named));
            }
            let Some(handle) = io.and_then(|io| io.handle()) else {
                return failed(call, to, Errno::EINVAL);
            };
            if handle.borrow().is_open() {
                // what cannot be written is for its close to tell
                let _ = super::retry(call.vm, &handle, |h| h.flush())?;
            }
            let (fd, kind) = (handle.borrow().fd(), handle.borrow().kind());
            match fd {
                Some(fd) => (fd, kind, Some(handle)),
                None => return failed(call, to, Errno::EBADF),
            }
        }
    };
    if same {
        return same_descriptor(call, to, old, mode.access, kind);
    }
    let copy = match fd::dup(old) {
        Ok(copy) => copy,
        Err(errno) => return failed(call, to, errno),
    };
    drop(source);
    let result = install(call, to, copy, mode.access, kind)?;
    finish(call, result)
}

/// What was to be duplicated is no handle.
fn no_handle(call: &mut Call<'_>, what: &Val) -> Die {
    let name = match what {
        Val::Glob(glob) | Val::GRef(glob) => glob.name().to_string(),
        Val::Str(name) => name.to_str_lossy().into_owned(),
        _ => return call.die("Can't use an undefined value as filehandle reference"),
    };
    call.die(format!("Bad filehandle: {name}"))
}

/// Which end of the pipe is ours.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    /// We write its input.
    To,
    /// We read its output.
    From,
}

impl Direction {
    /// Our end, the other's end, and the descriptor it becomes there.
    fn ends(self, (read, write): (i32, i32)) -> (i32, i32, i32) {
        match self {
            Direction::To => (write, read, 0),
            Direction::From => (read, write, 1),
        }
    }

    fn access(self) -> Access {
        if self == Direction::To {
            Access::WRITE
        } else {
            Access::READ
        }
    }
}

fn piped(
    call: &mut Call<'_>,
    to: &Opening,
    way: Direction,
    text: &[u8],
    args: &[Val],
) -> Exec<Ret> {
    let words: Vec<Vec<u8>> = args
        .iter()
        .map(|val| bytes_of(call.vm, val))
        .collect::<Exec<_>>()?;
    let single = match words.as_slice() {
        [] => Some(text.to_vec()),
        [one] => Some(one.clone()),
        _ => None,
    };
    if single.as_deref() == Some(b"-") {
        call.vm.taint_proper("piped open")?;
        return forked(call, to, way);
    }
    if single
        .as_ref()
        .is_some_and(|s| s.iter().all(u8::is_ascii_whitespace))
    {
        call.warn(Category::Pipe, "Missing command in piped open")?;
        return failed(call, to, Errno::EPIPE);
    }
    call.vm.taint_env()?;
    call.vm.taint_proper("piped open")?;
    let command = single.map_or(Command::Words(words), |text| shell_or_words(&text));
    let Some((program, argv)) = command.argv() else {
        return failed(call, to, Errno::ENOENT);
    };
    synchronise(call.vm)?;
    let ends = match fd::pipe() {
        Ok(ends) => ends,
        Err(errno) => return failed(call, to, errno),
    };
    let (ours, theirs, number) = way.ends(ends);
    let options = SpawnOptions {
        fds: &[FdChange::Dup(theirs, number)],
        ..SpawnOptions::default()
    };
    let started = spawn_piped(call.vm, &program, &argv, &options)?;
    let _ = fd::close(theirs);
    match started {
        Ok(pid) => {
            let result = install(call, to, ours, way.access(), Kind::Pipe)?;
            with_child(call, result, pid)
        }
        Err(errno) => {
            let _ = fd::close(ours);
            failed(call, to, errno)
        }
    }
}

fn with_child(call: &mut Call<'_>, result: Result<HandleRef, Errno>, pid: i32) -> Exec<Ret> {
    match result {
        Ok(handle) => {
            handle.borrow_mut().set_child(Some(pid));
            Ok(Ret::One(Val::from(pid)))
        }
        Err(e) => call.errno(e),
    }
}

/// `open(FH, "-|")`: a fork whose child has the other end as its standard input or output.
fn forked(call: &mut Call<'_>, to: &Opening, way: Direction) -> Exec<Ret> {
    synchronise(call.vm)?;
    let ends = match fd::pipe() {
        Ok(ends) => ends,
        Err(errno) => return failed(call, to, errno),
    };
    let (ours, theirs, number) = way.ends(ends);
    match process::fork() {
        Ok(0) => {
            crate::builtins::process::in_child(call.vm);
            let _ = fd::close(ours);
            if to.io.is_open() {
                close_handle(call.vm, &to.io)?;
            }
            take_standard(call, theirs, number)?;
            Ok(Ret::One(Val::Int(0)))
        }
        Ok(pid) => {
            let _ = fd::close(theirs);
            let result = install(call, to, ours, way.access(), Kind::Pipe)?;
            with_child(call, result, pid)
        }
        Err(errno) => {
            let _ = (fd::close(ours), fd::close(theirs));
            failed(call, to, errno)
        }
    }
}

/// In the child: the end becomes descriptor 0 or 1 and what STDIN or STDOUT stands on.
fn take_standard(call: &mut Call<'_>, end: i32, number: i32) -> Exec {
    let (glob, access): (Rc<Glob>, _) = match number {
        0 => (call.vm.names.stdin.clone(), Access::READ),
        _ => (call.vm.names.stdout.clone(), Access::WRITE),
    };
    let io = io_of_glob(&glob);
    let stands = io.handle().is_some_and(|h| h.borrow().fd() == Some(number));
    if stands {
        let opening = Opening {
            io,
            layers: Vec::new(),
            max: system_max(call.vm),
        };
        let _ = install(call, &opening, end, access, Kind::Pipe)?;
        return Ok(());
    }
    if end != number {
        let _ = fd::dup2(end, number);
        let _ = fd::close(end);
    }
    let _ = fd::set_cloexec(number, false);
    if !io.is_open() {
        handle_for(&io)
            .borrow_mut()
            .attach(number, access, Kind::Pipe);
    }
    Ok(())
}

fn sysopen(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(glob) = call.glob(0)? else {
        return call.errno(Errno::EBADF);
    };
    let val = call.arg(1)?;
    let name = name_of(call.vm, &val, "sysopen")?;
    let flags = call.arg_int(2)? as i32;
    let mode = if call.argc() > 3 {
        call.arg_int(3)? as u32
    } else {
        0o666
    };
    if file::modifies(flags) {
        call.vm.taint_proper("sysopen")?;
    }
    let opening = Opening {
        io: io_of_glob(&glob),
        layers: Vec::new(),
        max: system_max(call.vm),
    };
    match blocking::open(name.as_bytes(), flags, mode) {
        Ok(new) => {
            let result = install(call, &opening, new, access_of(flags), Kind::File)?;
            finish(call, result)
        }
        Err(errno) => failed(call, &opening, errno),
    }
}

/// What open(2)'s flags allow.
fn access_of(flags: i32) -> Access {
    let (read, write) = file::access_of_flags(flags);
    Access {
        read,
        write,
        append: file::appends(flags),
    }
}
