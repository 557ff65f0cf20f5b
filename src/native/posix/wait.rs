//! POSIX: what `$?` says, and kinds of files by mode (perldoc POSIX, sys/wait.h and sys/stat.h).
use crate::native::usage;
use crate::sys::process::Status;
use crate::value::Val;
use crate::vm::native::{Family, Gives::Scalar, Ret, Row, free};
use crate::vm::{Call, Exec};

macro_rules! statuses {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, Scalar, |call| {
            usage(call, 1..=1, concat!("POSIX::", $name, "(status)"))?;
            let f: fn(Status) -> Val = $f;
            Ok(f(Status(call.arg_int(0)? as i32)).into())
        }, $doc)),*]
    };
}

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    statuses! {
        "WEXITSTATUS" |s| Val::from(s.exit_code()), "the exit value";
        "WIFEXITED" |s| Val::Bool(s.exited()), "did it exit";
        "WIFSIGNALED" |s| Val::Bool(s.signaled()), "did a signal end it";
        "WIFSTOPPED" |s| Val::Bool(s.stopped()), "is it stopped";
        "WSTOPSIG" |s| Val::from(s.stop_signal()), "the signal that stopped it";
        "WTERMSIG" |s| Val::from(s.signal()), "the signal that ended it";
    },
);

const MODES: &[Row] = &[
    free(
        "S_ISBLK",
        Scalar,
        |call| is(call, 0o060000),
        "is it the mode of a block device",
    ),
    free(
        "S_ISCHR",
        Scalar,
        |call| is(call, 0o020000),
        "is it the mode of a character device",
    ),
    free(
        "S_ISDIR",
        Scalar,
        |call| is(call, 0o040000),
        "is it the mode of a directory",
    ),
    free(
        "S_ISFIFO",
        Scalar,
        |call| is(call, 0o010000),
        "is it the mode of a fifo",
    ),
    free(
        "S_ISREG",
        Scalar,
        |call| is(call, 0o100000),
        "is it the mode of a plain file",
    ),
];

pub(super) const MODE_FAMILY: Family = Family::new("POSIX", MODES);

fn is(call: &mut Call<'_>, kind: u64) -> Exec<Ret> {
    Ok(Val::Bool(call.arg_uint(0)? & 0o170000 == kind).into())
}
