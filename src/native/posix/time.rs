//! POSIX: time as fields and text (perldoc POSIX, time.h).
use crate::native::usage;
use crate::sys::time::{self, Tm};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "POSIX",
    &[
        free("asctime", asctime, "fields as a line of text"),
        free("clock", clock, "CPU time used, in CLOCKS_PER_SEC"),
        free("ctime", ctime, "a time as a line of text"),
        free("difftime", difftime, "seconds between two times"),
        free("mktime", mktime, "the time of local fields"),
        free("strftime", strftime, "fields as text, by a format"),
        free("tzname", tzname, "the names of the time zone"),
        free("tzset", tzset, "look at TZ again"),
    ],
);

/// The fields from argument `from` on: sec, min, hour, mday, mon, year, and if given wday, yday, isdst.
fn fields(call: &mut Call<'_>, from: usize, rest: i32) -> Exec<Tm> {
    let mut parts = [0, 0, 0, 0, 0, 0, rest, rest, -1];
    for (i, part) in parts.iter_mut().enumerate() {
        if from + i < call.argc() {
            *part = call
                .arg_int(from + i)?
                .clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        }
    }
    let [sec, min, hour, mday, mon, year, wday, yday, isdst] = parts;
    Ok(Tm {
        sec,
        min,
        hour,
        mday,
        mon,
        year,
        wday,
        yday,
        isdst,
        gmtoff: 0,
    })
}

const FIELDS: &str = "sec, min, hour, mday, mon, year, wday = 0, yday = 0, isdst = -1";

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn line(tm: &Tm) -> Val {
    let name = |names: &[&'static str], i: i32| {
        usize::try_from(i)
            .ok()
            .and_then(|i| names.get(i).copied())
            .unwrap_or("???")
    };
    Val::str(&format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}\n",
        name(&DAYS, tm.wday),
        name(&MONTHS, tm.mon),
        tm.mday,
        tm.hour,
        tm.min,
        tm.sec,
        i64::from(tm.year) + 1900
    ))
}

fn asctime(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 6..=9, &format!("POSIX::asctime({FIELDS})"))?;
    let tm = fields(call, 0, 0)?;
    Ok(line(&tm).into())
}

fn ctime(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "POSIX::ctime(time)")?;
    let when = call.arg_int(0)?;
    Ok(Ret::One(time::localtime(when).map(|tm| line(&tm)).into()))
}

fn mktime(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 6..=9, &format!("POSIX::mktime({FIELDS})"))?;
    let tm = fields(call, 0, 0)?;
    time::read_zone();
    Ok(Ret::One(match time::mktime(tm) {
        None | Some((-1, _)) => Val::Undef,
        Some((0, _)) => Val::str("0 but true"),
        Some((when, _)) => Val::Int(when),
    }))
}

fn clock(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::clock()")?;
    Ok(Val::Int(time::cpu_clock()).into())
}

fn difftime(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "POSIX::difftime(time1, time2)")?;
    Ok(Val::Num(call.arg_f64(0)? - call.arg_f64(1)?).into())
}

fn tzname(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::tzname()")?;
    let (standard, summer) = time::zone_names();
    call.list([Val::bytes(&standard), Val::bytes(&summer)])
}

fn tzset(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 0..=0, "POSIX::tzset()")?;
    time::read_zone();
    Ok(Ret::Nothing)
}

/// Fields out of their ranges are carried over, without regard to the zone; week day and day of the year follow.
fn carried(tm: Tm) -> Tm {
    // a leap second stays one
    let leap = if (0..=60).contains(&tm.sec) {
        tm.sec
    } else {
        0
    };
    let base = Tm {
        sec: tm.sec - leap,
        isdst: 0,
        ..tm
    };
    let Some(plain) = time::timegm(base).and_then(time::gmtime) else {
        return tm;
    };
    Tm {
        sec: plain.sec + leap,
        isdst: tm.isdst,
        ..plain
    }
}

fn strftime(call: &mut Call<'_>) -> Exec<Ret> {
    let signature =
        "POSIX::strftime(fmt, sec, min, hour, mday, mon, year, wday = -1, yday = -1, isdst = -1)";
    usage(call, 7..=10, signature)?;
    let format = call.arg_str(0)?;
    let mut tm = carried(fields(call, 1, -1)?);
    // only the C library knows the zone's offset on that day
    let local = Tm {
        isdst: tm.isdst.clamp(-1, 1),
        ..tm
    };
    time::read_zone();
    if let Some((_, found)) = time::mktime(local) {
        tm.gmtoff = found.gmtoff;
        if tm.isdst < 0 {
            tm.isdst = found.isdst;
        }
    }
    match time::strftime(format.as_bytes(), tm) {
        Ok(bytes) => {
            let mut text = PerlStr::from_bytes(&bytes);
            if format.is_utf8() && crate::text::utf8::is_valid(&bytes) {
                text.set_utf8_flag(true);
            }
            Ok(Val::Str(text).into())
        }
        Err(e) => call.errno(e),
    }
}
