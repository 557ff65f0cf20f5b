//! Running other programs: exec, system, backticks (perlfunc exec, system, readpipe).
use crate::builtins::io::{self, Command, shell_or_words, spawn_piped, warn_exec};
use crate::io::Separator;
use crate::sys::signal::{Disposition, HeldBack, set_disposition};
use crate::sys::spawn::{self, FdChange, SpawnOptions};
use crate::sys::{Errno, blocking, fd, grant};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, function, special};
use crate::vm::{Call, Exec, Vm};

pub(super) const FAMILY: Family = Family::new(
    "Process",
    &[
        special("exec", exec),
        function("readpipe", "_", readpipe),
        special("system", system),
    ],
);

/// SIGCHLD
const CHLD: i32 = 17;

/// Program and arguments of exec and system; `exec { $program } @list` gives the program before the list.
fn command(call: &mut Call<'_>) -> Exec<Option<(Vec<u8>, Vec<Vec<u8>>)>> {
    let mut args = call.args()?;
    if args.is_empty() {
        return Ok(None);
    }
    let program = if call.names_program() {
        Some(args.remove(0))
    } else {
        None
    };
    let words: Vec<Vec<u8>> = args
        .iter()
        .map(|val| Ok(call.str(val)?.as_bytes().to_vec()))
        .collect::<Exec<_>>()?;
    if let Some(program) = program {
        return Ok(Some((call.str(&program)?.as_bytes().to_vec(), words)));
    }
    Ok(match words.as_slice() {
        [one] => shell_or_words(one).argv(),
        _ => Command::Words(words).argv(),
    })
}

fn exec(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((program, argv)) = command(call)? else {
        call.set_errno(Errno::ENOENT);
        return Ok(Ret::One(Val::Bool(false)));
    };
    io::synchronise(call.vm)?;
    let image = io::exec_image(call.vm, &program, &argv);
    let errno = spawn::exec(image);
    warn_exec(call.vm, &program, errno)?;
    Ok(Ret::One(Val::Bool(false)))
}

fn system(call: &mut Call<'_>) -> Exec<Ret> {
    let Some((program, argv)) = command(call)? else {
        call.vm.set_status(-1);
        return Ok(Ret::One(Val::Int(-1)));
    };
    io::synchronise(call.vm)?;
    // SIGINT and SIGQUIT, the terminal's signals, are for the program, not for who waits for it:
    // from before it starts, so that none comes in between.
    let spared = [2, 3].map(|n| match grant::allows(grant::SIGNALS) {
        true => (n, set_disposition(n, Disposition::Ignore)),
        false => (n, Err(Errno::EACCES)),
    });
    let defaults = spared.iter().fold(0, |bits, (n, former)| match former {
        Ok(Disposition::Ignore) | Err(_) => bits,
        Ok(_) => bits | 1u64 << (n - 1),
    });
    // A reaper that waits for any child must not take the one that is waited for here.
    let held = HeldBack::new(CHLD);
    let options = SpawnOptions {
        defaults,
        mask: Some(held.former()),
        ..SpawnOptions::default()
    };
    let result = run_and_wait(call, &program, &argv, &options);
    drop(held);
    for (n, former) in spared {
        if let Ok(former) = former {
            let _ = set_disposition(n, former);
        }
    }
    let status = match result? {
        Ok(status) => status,
        Err(errno) => {
            call.set_errno(errno);
            call.vm.set_status(-1);
            return Ok(Ret::One(Val::Int(-1)));
        }
    };
    call.vm.set_status(status);
    Ok(Ret::One(Val::from(status)))
}

/// Its wait status, or why it was not started.
fn run_and_wait(
    call: &mut Call<'_>,
    program: &[u8],
    argv: &[Vec<u8>],
    options: &SpawnOptions<'_>,
) -> Exec<Result<i32, Errno>> {
    match spawn_piped(call.vm, program, argv, options)? {
        Ok(pid) => Ok(Ok(io::wait_for(call.vm, pid)?)),
        Err(errno) => Ok(Err(errno)),
    }
}

fn readpipe(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    let wants_list = call.wants_list();
    let failed = |call: &mut Call<'_>, errno: Errno| {
        call.set_errno(errno);
        call.vm.set_status(-1);
        Ok(if wants_list {
            Ret::Nothing
        } else {
            Ret::One(Val::Undef)
        })
    };
    let Some((program, argv)) = shell_or_words(text.as_bytes()).argv() else {
        return failed(call, Errno::ENOENT);
    };
    io::synchronise(call.vm)?;
    let (read, write) = match fd::pipe() {
        Ok(ends) => ends,
        Err(errno) => return failed(call, errno),
    };
    let _ = fd::set_cloexec(read, true);
    let options = SpawnOptions {
        fds: &[FdChange::Dup(write, 1)],
        ..SpawnOptions::default()
    };
    let started = spawn_piped(call.vm, &program, &argv, &options)?;
    let _ = fd::close(write);
    let pid = match started {
        Ok(pid) => pid,
        Err(errno) => {
            let _ = fd::close(read);
            return failed(call, errno);
        }
    };
    let output = drain(call.vm, read);
    let _ = fd::close(read);
    let output = output?;
    let status = io::wait_for(call.vm, pid)?;
    call.vm.set_status(status);
    if wants_list {
        lines(call, &output)
    } else {
        Ok(Ret::One(Val::Str(output)))
    }
}

/// All a descriptor gives, going on after handlers.
fn drain(vm: &mut Vm, from: i32) -> Exec<PerlStr> {
    let mut text = PerlStr::new();
    let mut buffer = [0; 8192];
    loop {
        match blocking::read(from, &mut buffer) {
            Ok(0) => return Ok(text),
            Ok(n) => text.try_push_bytes(&buffer[..n])?,
            Err(Errno::EINTR) => vm.safepoint()?,
            Err(_) => return Ok(text),
        }
    }
}

/// Output as a list of records, by `$/`.
fn lines(call: &mut Call<'_>, output: &PerlStr) -> Exec<Ret> {
    let separator = match call.vm.names.rs.scalar().get() {
        Val::Undef => Separator::Slurp,
        val => Separator::of(&val.to_str(), false),
    };
    let bytes = output.as_bytes();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = match &separator {
            Separator::Byte(b) => memchr::memchr(*b, rest).map(|at| at + 1),
            Separator::Bytes(s) => memchr::memmem::find(rest, s).map(|at| at + s.len()),
            Separator::Paragraph => memchr::memmem::find(rest, b"\n\n").map(|at| {
                let extra = rest[at + 2..].iter().take_while(|b| **b == b'\n').count();
                at + 2 + extra
            }),
            Separator::Slurp | Separator::Record(_) => None,
        };
        let (line, tail) = rest.split_at(end.unwrap_or(rest.len()));
        call.push(Val::bytes(line));
        rest = tail;
    }
    Ok(Ret::List)
}
