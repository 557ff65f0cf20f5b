//! System V messages, semaphores and shared memory (perlfunc, family SysV IPC; perlipc).
//!
//! What waits here ends with EINTR when a signal comes, as in perl.
use crate::sys::sysv::{self, Arg};
use crate::sys::{Errno, blocking};
use crate::text::{OutOfMemory, PerlStr};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

#[rustfmt::skip]
pub(super) const FAMILY: Family = Family::new("SysV", &[
    function("msgctl", "$$$", msgctl),
    function("msgget", "$$", msgget),
    function("msgrcv", "$$$$$", msgrcv),
    function("msgsnd", "$$$", msgsnd),
    function("semctl", "$$$$", semctl),
    function("semget", "$$$", semget),
    function("semop", "$$", semop),
    function("shmctl", "$$$", shmctl),
    function("shmget", "$$$", shmget),
    function("shmread", "$$$$", shmread),
    function("shmwrite", "$$$$", shmwrite),
]);

const LONG: usize = size_of::<i64>();
const IPC_SET: i32 = 1;
const IPC_STAT: i32 = 2;
const GETALL: i32 = 13;
const SETALL: i32 = 17;

fn int(call: &mut Call<'_>, i: usize) -> Exec<i32> {
    Ok(call.arg_int(i)? as i32)
}

/// The id of a get function, or undef.
fn id(call: &mut Call<'_>, result: Result<i32, Errno>) -> Exec<Ret> {
    match result {
        Ok(id) => Ok(Val::from(id).into()),
        Err(e) => call.errno(e),
    }
}

/// 1 or 0, as the functions that move data give it.
fn moved(call: &mut Call<'_>, result: Result<(), Errno>) -> Exec<Ret> {
    if let Err(e) = result {
        call.set_errno(e);
    }
    Ok(Val::Int(i64::from(result.is_ok())).into())
}

fn room(len: usize) -> Exec<Vec<u8>> {
    let mut buffer = Vec::new();
    if buffer.try_reserve_exact(len).is_err() {
        return Err(OutOfMemory.into());
    }
    buffer.resize(len, 0);
    Ok(buffer)
}

fn bytes(call: &mut Call<'_>, i: usize, function: &str) -> Exec<PerlStr> {
    let text = call.arg_str(i)?;
    match text.downgraded() {
        Some(text) => Ok(text),
        None => Err(call.die(format!("Wide character in {function}"))),
    }
}

fn msgget(call: &mut Call<'_>) -> Exec<Ret> {
    let (key, flags) = (int(call, 0)?, int(call, 1)?);
    id(call, sysv::msgget(key, flags))
}

fn semget(call: &mut Call<'_>) -> Exec<Ret> {
    let (key, count, flags) = (int(call, 0)?, int(call, 1)?, int(call, 2)?);
    id(call, sysv::semget(key, count, flags))
}

fn shmget(call: &mut Call<'_>) -> Exec<Ret> {
    let (key, size, flags) = (int(call, 0)?, call.arg_int(1)?, int(call, 2)?);
    let result = usize::try_from(size).map_err(|_| Errno::EINVAL);
    id(call, result.and_then(|size| sysv::shmget(key, size, flags)))
}

/// A control call: `size` bytes are read into argument `at`, or taken from it, or it is a number.
fn control(
    call: &mut Call<'_>,
    function: &str,
    at: usize,
    command: i32,
    size: usize,
    ask: impl FnOnce(Arg<'_>) -> Result<i32, Errno>,
) -> Exec<Ret> {
    let reads = matches!(command, IPC_STAT) || function == "semctl" && command == GETALL;
    let writes = matches!(command, IPC_SET) || function == "semctl" && command == SETALL;
    let result = if reads {
        let mut buffer = room(size)?;
        let result = ask(Arg::Buffer(&mut buffer));
        if result.is_ok() {
            call.assign(at, Val::Str(PerlStr::from_bytes(&buffer)))?;
        }
        result
    } else if writes {
        let text = bytes(call, at, function)?;
        if text.len() != size {
            let len = text.len();
            return Err(call.die(format!(
                "Bad arg length for {function}, is {len}, should be {size}"
            )));
        }
        let mut buffer = text.as_bytes().to_vec();
        ask(Arg::Buffer(&mut buffer))
    } else if size > 0 {
        // a command perl knows nothing of: its answer has nowhere to go
        ask(Arg::Buffer(&mut room(size)?))
    } else {
        let val = call.arg(at)?;
        let number = if val.is_undef() {
            0
        } else {
            call.vm.num(&val)?.to_i64()
        };
        ask(Arg::Number(number))
    };
    match result {
        Ok(0) => Ok(Val::str("0 but true").into()),
        Ok(n) => Ok(Val::from(n).into()),
        Err(e) => call.errno(e),
    }
}

fn msgctl(call: &mut Call<'_>) -> Exec<Ret> {
    let (id, command) = (int(call, 0)?, int(call, 1)?);
    control(call, "msgctl", 2, command, sysv::msg_size(command), |arg| {
        sysv::msgctl(id, command, arg)
    })
}

fn shmctl(call: &mut Call<'_>) -> Exec<Ret> {
    let (id, command) = (int(call, 0)?, int(call, 1)?);
    control(call, "shmctl", 2, command, sysv::shm_size(command), |arg| {
        sysv::shmctl(id, command, arg)
    })
}

fn semctl(call: &mut Call<'_>) -> Exec<Ret> {
    let (id, number, command) = (int(call, 0)?, int(call, 1)?, int(call, 2)?);
    let asked = match sysv::SemControl::new(id, command) {
        Ok(asked) => asked,
        Err(e) => return call.errno(e),
    };
    control(call, "semctl", 3, command, asked.size(), |arg| {
        asked.run(number, arg)
    })
}

fn msgsnd(call: &mut Call<'_>) -> Exec<Ret> {
    let (id, flags) = (int(call, 0)?, int(call, 2)?);
    let message = bytes(call, 1, "msgsnd")?;
    if message.len() < LONG {
        return Err(call.die("Arg too short for msgsnd"));
    }
    let result = blocking::msgsnd(id, message.as_bytes(), flags);
    moved(call, result)
}

fn msgrcv(call: &mut Call<'_>) -> Exec<Ret> {
    let id = int(call, 0)?;
    let (size, kind, flags) = (call.arg_int(2)?, call.arg_int(3)?, int(call, 4)?);
    let Some(total) = usize::try_from(size)
        .ok()
        .and_then(|size| size.checked_add(LONG))
    else {
        return moved(call, Err(Errno::EINVAL));
    };
    call.arg(1)?;
    let mut buffer = room(total)?;
    match blocking::msgrcv(id, &mut buffer, kind, flags) {
        Ok(len) => {
            buffer.truncate(len + LONG);
            call.assign(1, Val::Str(PerlStr::from_bytes(&buffer)))?;
            moved(call, Ok(()))
        }
        Err(e) => moved(call, Err(e)),
    }
}

/// Operations are three native shorts each: semaphore, change, flags.
fn semop(call: &mut Call<'_>) -> Exec<Ret> {
    let id = int(call, 0)?;
    let packed = bytes(call, 1, "semop")?;
    let words: Vec<i16> = packed
        .as_bytes()
        .chunks_exact(2)
        .map(|w| i16::from_ne_bytes([w[0], w[1]]))
        .collect();
    if packed.len() < 6 || packed.len() % 6 != 0 {
        return moved(call, Err(Errno::EINVAL));
    }
    let result = blocking::semop(id, &mut blocking::sem_operations(&words), None);
    moved(call, result)
}

fn shmread(call: &mut Call<'_>) -> Exec<Ret> {
    let (id, pos, size) = (int(call, 0)?, call.arg_int(2)?, call.arg_int(3)?);
    if size < 0 || pos < 0 {
        return moved(call, Err(Errno::EFAULT));
    }
    // As perl does, the variable is asked for what it holds before it is overwritten.
    call.arg(1)?;
    let mut buffer = room(size as usize)?;
    let result = sysv::shm_read(id, pos, &mut buffer);
    if result.is_ok() {
        call.assign(1, Val::Str(PerlStr::from_bytes(&buffer)))?;
    }
    moved(call, result)
}

fn shmwrite(call: &mut Call<'_>) -> Exec<Ret> {
    let id = int(call, 0)?;
    let text = bytes(call, 1, "shmwrite")?;
    let (pos, size) = (call.arg_int(2)?, call.arg_int(3)?);
    if size < 0 || pos < 0 {
        return moved(call, Err(Errno::EFAULT));
    }
    let result = sysv::shm_write(id, pos, text.as_bytes(), size as usize);
    moved(call, result)
}
