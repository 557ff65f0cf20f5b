//! `syscall`: the kernel asked directly (perlfunc syscall).
use crate::sys::blocking::by_number::{Arg, syscall as call_kernel};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new("Process", &[function("syscall", "$@", syscall)]);

/// Numbers are passed as numbers, strings as pointers to what they hold; what the kernel writes there is seen
/// afterwards.
fn syscall(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() > 7 {
        return Err(call.die("Too many args to syscall"));
    }
    let number = call.arg_int(0)?;
    let mut args = Vec::new();
    for i in 1..call.argc() {
        let val = call.arg(i)?;
        args.push(match val {
            Val::Undef => Arg::Int(0),
            _ if val.is_number() => Arg::Int(call.arg_int(i)?),
            _ => Arg::Memory(call.str(&val)?.as_bytes().to_vec()),
        });
    }
    let result = call_kernel(number, &mut args);
    for (i, arg) in args.iter().enumerate() {
        let Arg::Memory(bytes) = arg else { continue };
        if call.arg_str(i + 1)?.as_bytes() != bytes.as_slice() {
            call.assign(i + 1, Val::Str(PerlStr::from_bytes(bytes)))?;
        }
    }
    match result {
        Ok(n) => Ok(Val::Int(n as i64).into()),
        Err(errno) => {
            call.set_errno(errno);
            Ok(Val::Int(-1).into())
        }
    }
}
