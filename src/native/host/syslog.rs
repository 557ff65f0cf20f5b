//! Sys::Syslog: its constants, and messages to the system's logger (perldoc Sys::Syslog, RFC 3164).
//!
//! The datagram is written here, not by the C library: a logger that does not read must not keep handlers waiting.
use super::super::usage;
use crate::sys::{self, blocking, fd, process, socket, time};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(in crate::native) const FAMILY: Family = Family::new(
    "Sys::Syslog",
    &[
        free("LOG_FAC", facility, "the number of a facility"),
        free("LOG_MAKEPRI", priority, "facility and level in one"),
        free("LOG_MASK", mask, "the mask of one level"),
        free("LOG_PRI", level, "the level of a priority"),
        free("LOG_UPTO", up_to, "the mask of a level and all above"),
        free(
            "_PATH_LOG",
            |_| Ok(Val::bytes(LOGGER).into()),
            "the logger's socket",
        ),
        free("closelog_xs", close, "end what openlog_xs began"),
        free("constant", constant, "an error: every constant is a sub"),
        free("openlog_xs", open, "say what messages begin with"),
        free(
            "setlogmask_xs",
            set_mask,
            "which levels are sent; the former mask",
        ),
        free("syslog_xs", send, "send a message"),
    ],
);

#[rustfmt::skip]
pub(in crate::native) const CONSTANTS: &[(&str, i64)] = &[
    ("LOG_EMERG", 0), ("LOG_ALERT", 1), ("LOG_CRIT", 2), ("LOG_ERR", 3), ("LOG_WARNING", 4), ("LOG_NOTICE", 5),
    ("LOG_INFO", 6), ("LOG_DEBUG", 7),
    ("LOG_KERN", 0), ("LOG_USER", 8), ("LOG_MAIL", 16), ("LOG_DAEMON", 24), ("LOG_AUTH", 32), ("LOG_SYSLOG", 40),
    ("LOG_LPR", 48), ("LOG_NEWS", 56), ("LOG_UUCP", 64), ("LOG_CRON", 72), ("LOG_AUTHPRIV", 80), ("LOG_FTP", 88),
    ("LOG_LOCAL0", 128), ("LOG_LOCAL1", 136), ("LOG_LOCAL2", 144), ("LOG_LOCAL3", 152), ("LOG_LOCAL4", 160),
    ("LOG_LOCAL5", 168), ("LOG_LOCAL6", 176), ("LOG_LOCAL7", 184),
    // Facilities of other systems, by the nearest of ours.
    ("LOG_AUDIT", 32), ("LOG_CONSOLE", 8), ("LOG_INSTALL", 8), ("LOG_LAUNCHD", 24), ("LOG_LFMT", 8),
    ("LOG_NETINFO", 24), ("LOG_NTP", 24), ("LOG_RAS", 32), ("LOG_REMOTEAUTH", 32), ("LOG_SECURITY", 32),
    ("LOG_PID", 1), ("LOG_CONS", 2), ("LOG_ODELAY", 4), ("LOG_NDELAY", 8), ("LOG_NOWAIT", 16), ("LOG_PERROR", 32),
    ("LOG_FACMASK", 0x3f8), ("LOG_NFACILITIES", 24), ("LOG_PRIMASK", 7),
];

/// Where the logger listens.
const LOGGER: &[u8] = b"/dev/log";

/// AF_UNIX, its kinds of sockets, and the flag of send that keeps SIGPIPE away: the same numbers on every Linux here.
const LOCAL: i32 = 1;
const STREAM: i32 = 1;
const DATAGRAM: i32 = 2;
const NO_SIGNAL: i32 = 0x4000;

const LOG_PID: i64 = 1;
const LOG_PERROR: i64 = 32;
const LOG_USER: i64 = 8;

/// What `openlog_xs` and `setlogmask_xs` said.
struct Log {
    ident: Vec<u8>,
    options: i64,
    facility: i64,
    mask: i64,
}

impl Default for Log {
    fn default() -> Log {
        Log {
            ident: Vec::new(),
            options: 0,
            facility: LOG_USER,
            mask: 0xff,
        }
    }
}

fn log<'c>(call: &'c mut Call<'_>) -> &'c mut Log {
    call.vm.slots.of::<Log>()
}

/// One whole number, in the words of a macro's parameter.
fn number(call: &mut Call<'_>, macro_name: &str, parameter: &str) -> Exec<i64> {
    usage(
        call,
        1..=1,
        &format!("Sys::Syslog::{macro_name}({parameter})"),
    )?;
    call.arg_int(0)
}

fn level(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::Int(number(call, "LOG_PRI", "p")? & 7).into())
}

fn facility(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::Int((number(call, "LOG_FAC", "p")? & 0x3f8) >> 3).into())
}

fn mask(call: &mut Call<'_>) -> Exec<Ret> {
    let level = number(call, "LOG_MASK", "pri")?;
    Ok(Val::Int(1i64.wrapping_shl(level as u32)).into())
}

fn up_to(call: &mut Call<'_>) -> Exec<Ret> {
    let level = number(call, "LOG_UPTO", "pri")?;
    Ok(Val::Int(
        1i64.wrapping_shl((level as u32).wrapping_add(1))
            .wrapping_sub(1),
    )
    .into())
}

fn priority(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Sys::Syslog::LOG_MAKEPRI(fac, pri)")?;
    Ok(Val::Int(call.arg_int(0)? | call.arg_int(1)?).into())
}

fn constant(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let text = format!("{} is not a valid Sys::Syslog macro", name.to_str_lossy());
    Ok(Val::str(&text).into())
}

fn open(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        3..=3,
        "Sys::Syslog::openlog_xs(ident, option, facility)",
    )?;
    let (ident, options, facility) = (call.arg_str(0)?, call.arg_int(1)?, call.arg_int(2)?);
    let log = log(call);
    log.ident = ident.as_bytes().to_vec();
    (log.options, log.facility) = (options, facility);
    Ok(Ret::Nothing)
}

fn close(call: &mut Call<'_>) -> Exec<Ret> {
    let log = log(call);
    log.ident.clear();
    (log.options, log.facility) = (0, LOG_USER);
    Ok(Ret::Nothing)
}

fn set_mask(call: &mut Call<'_>) -> Exec<Ret> {
    let new = number(call, "setlogmask_xs", "mask")?;
    let log = log(call);
    let former = log.mask;
    if new != 0 {
        log.mask = new;
    }
    Ok(Val::Int(former).into())
}

fn send(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Sys::Syslog::syslog_xs(priority, message)")?;
    let priority = call.arg_int(0)?;
    let message = call.arg_str(1)?;
    let log = log(call);
    if log.mask & 1i64.wrapping_shl(priority as u32 & 7) == 0 {
        return Ok(Ret::Nothing);
    }
    let facility = match priority & 0x3f8 {
        0 => log.facility,
        given => given,
    };
    let options = log.options;
    let mut line = log.ident.clone();
    if options & LOG_PID != 0 {
        line.extend(format!("[{}]", process::getpid()).into_bytes());
    }
    if !line.is_empty() {
        line.extend(b": ");
    }
    line.extend(message.as_bytes());
    let stamp =
        time::localtime(time::now()).and_then(|tm| time::strftime(b"%b %e %H:%M:%S", tm).ok());
    let mut packet = format!("<{}>", facility | priority & 7).into_bytes();
    packet.extend(stamp.unwrap_or_default());
    packet.push(b' ');
    packet.extend(&line);
    if options & LOG_PERROR != 0 {
        line.push(b'\n');
        let _ = blocking::write(2, &line);
    }
    match deliver(&packet) {
        Ok(()) => Ok(Ret::Nothing),
        Err(errno) => {
            call.set_errno(errno);
            Ok(Ret::Nothing)
        }
    }
}

/// One datagram to the logger; some loggers listen on a stream.
fn deliver(packet: &[u8]) -> sys::Result<()> {
    let address = socket::pack_un(LOGGER);
    let mut result = Ok(());
    for (kind, end) in [(DATAGRAM, &b""[..]), (STREAM, &b"\0"[..])] {
        let number = socket::socket(LOCAL, kind, 0)?;
        let text = [packet, end].concat();
        result = blocking::connect(number, &address)
            .and_then(|()| blocking::send(number, &text, NO_SIGNAL, None).map(drop));
        let _ = fd::close(number);
        if result.is_ok() {
            break;
        }
    }
    result
}
