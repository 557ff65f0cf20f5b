//! POSIX: what `$?` says (perldoc POSIX, sys/wait.h).
use crate::native::usage;
use crate::sys::process::Status;
use crate::value::Val;
use crate::vm::native::{Family, free};

macro_rules! statuses {
    ($($name:literal $f:expr, $doc:literal;)*) => {
        &[$(free($name, |call| {
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
