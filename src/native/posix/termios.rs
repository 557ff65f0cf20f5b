//! POSIX::Termios: the settings of a terminal (perldoc POSIX, termios.h).
use super::sys_ret;
use crate::native::usage;
use crate::sys::tty::{self, Flags, Termios};
use crate::value::{HasSide, Native, Scalar, Val};
use crate::vm::native::{Family, Ret, Row, free};
use crate::vm::{Call, Exec};
use std::cell::RefCell;
use std::rc::Rc as Shared;

const CLASS: &str = "POSIX::Termios";

/// A row that gives a number of the settings.
macro_rules! getter {
    ($name:literal, $f:expr) => {
        free(
            $name,
            |call| {
                let state = state(call, $name, "", 1..=1)?;
                let f: fn(&Termios) -> u32 = $f;
                let n = f(&state.borrow());
                Ok(Val::Int(i64::from(n)).into())
            },
            "ask the settings",
        )
    };
}

/// A row that changes one word of flags.
macro_rules! setter {
    ($name:literal, $which:expr) => {
        free(
            $name,
            |call| {
                let state = state(call, $name, ", flag", 2..=2)?;
                let value = call.arg_int(1)? as u32;
                state.borrow_mut().set_flags($which, value);
                Ok(Ret::Nothing)
            },
            "change the settings",
        )
    };
}

/// A row that changes a speed.
macro_rules! speed {
    ($name:literal, $set:ident) => {
        free(
            $name,
            |call| {
                let state = state(call, $name, ", speed", 2..=2)?;
                let speed = call.arg_int(1)? as u32;
                let result = state.borrow_mut().$set(speed);
                sys_ret(call, result.map(|()| 0))
            },
            "change a speed",
        )
    };
}

const ROWS: &[Row] = &[
    free("new", new, "settings, all zero"),
    free("getattr", getattr, "read the settings of a terminal"),
    free("setattr", setattr, "apply the settings to a terminal"),
    free("getcc", getcc, "a control character"),
    free("setcc", setcc, "change a control character"),
    getter!("getiflag", |t| t.flags(Flags::Input)),
    getter!("getoflag", |t| t.flags(Flags::Output)),
    getter!("getcflag", |t| t.flags(Flags::Control)),
    getter!("getlflag", |t| t.flags(Flags::Local)),
    getter!("getispeed", Termios::input_speed),
    getter!("getospeed", Termios::output_speed),
    setter!("setiflag", Flags::Input),
    setter!("setoflag", Flags::Output),
    setter!("setcflag", Flags::Control),
    setter!("setlflag", Flags::Local),
    speed!("setispeed", set_input_speed),
    speed!("setospeed", set_output_speed),
];

pub(super) const FAMILY: Family = Family::new(CLASS, ROWS);

pub(super) const TERMINAL: Family = Family::new(
    "POSIX",
    &[
        free(
            "tcdrain",
            |call| {
                usage(call, 1..=1, "POSIX::tcdrain(fd)")?;
                let fd = call.arg_int(0)? as i32;
                sys_ret(call, tty::tcdrain(fd).map(|()| 0))
            },
            "wait until all is sent",
        ),
        free(
            "tcflow",
            |call| with_action(call, "tcflow", tty::tcflow),
            "suspend or resume sending",
        ),
        free(
            "tcflush",
            |call| with_action(call, "tcflush", tty::tcflush),
            "throw away what is queued",
        ),
        free(
            "tcsendbreak",
            |call| with_action(call, "tcsendbreak", tty::tcsendbreak),
            "send a break",
        ),
    ],
);

fn with_action(
    call: &mut Call<'_>,
    name: &str,
    f: fn(i32, i32) -> crate::sys::Result<()>,
) -> Exec<Ret> {
    usage(call, 2..=2, &format!("POSIX::{name}(fd, action)"))?;
    let (fd, action) = (call.arg_int(0)? as i32, call.arg_int(1)? as i32);
    sys_ret(call, f(fd, action).map(|()| 0))
}

type State = Shared<RefCell<Termios>>;

/// The settings of the object in the first argument.
fn state(
    call: &mut Call<'_>,
    name: &str,
    args: &str,
    count: std::ops::RangeInclusive<usize>,
) -> Exec<State> {
    usage(call, count, &format!("{CLASS}::{name}(termios_ref{args})"))?;
    if let Val::SRef(cell) = call.arg(0)?
        && let Val::Native(native) = cell.get()
        && let Ok(state) = native.object.clone().downcast::<RefCell<Termios>>()
    {
        return Ok(state);
    }
    Err(call.die(format!(
        "{CLASS}::{name}: termios_ref is not of type {CLASS}"
    )))
}

fn new(call: &mut Call<'_>) -> Exec<Ret> {
    let class = match call.arg_if(0)? {
        Some(val) => call.str(&val)?.to_str_lossy().into_owned(),
        None => CLASS.into(),
    };
    let state: State = Shared::new(RefCell::new(Termios::default()));
    let cell = Scalar::new(Val::Native(Native::new(state)));
    cell.bless(call.symbols().stash(&class));
    Ok(Val::SRef(cell).into())
}

fn getattr(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(call, "getattr", ", fd = 0", 1..=2)?;
    let fd = if call.argc() > 1 {
        call.arg_int(1)? as i32
    } else {
        0
    };
    let result = Termios::get(fd).map(|found| {
        *state.borrow_mut() = found;
        0
    });
    sys_ret(call, result)
}

fn setattr(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(
        call,
        "setattr",
        ", fd = 0, optional_actions = DEF_SETATTR_ACTION",
        1..=3,
    )?;
    let fd = if call.argc() > 1 {
        call.arg_int(1)? as i32
    } else {
        0
    };
    let when = if call.argc() > 2 {
        call.arg_int(2)? as i32
    } else {
        0
    };
    if when < 0 {
        return call.errno(crate::sys::Errno::EINVAL);
    }
    let result = state.borrow().set(fd, when);
    sys_ret(call, result.map(|()| 0))
}

fn getcc(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(call, "getcc", ", ccix", 2..=2)?;
    let index = call.arg_int(1)?;
    let found = usize::try_from(index)
        .ok()
        .and_then(|i| state.borrow().character(i));
    match found {
        Some(c) => Ok(Val::Int(i64::from(c)).into()),
        None => Err(call.die("Bad getcc subscript")),
    }
}

fn setcc(call: &mut Call<'_>) -> Exec<Ret> {
    let state = state(call, "setcc", ", ccix, cc", 3..=3)?;
    let (index, c) = (call.arg_int(1)?, call.arg_int(2)? as u8);
    let done = usize::try_from(index).is_ok_and(|i| state.borrow_mut().set_character(i, c));
    if done {
        Ok(Ret::Nothing)
    } else {
        Err(call.die("Bad setcc subscript"))
    }
}
