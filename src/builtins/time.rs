//! Functions for the time of day (perlfunc, family Time).
use crate::diag::warnings::Category;
use crate::sys::time::{self, Tm};
use crate::sys::{limits, process};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Time",
    &[
        function("gmtime", ";$", gmtime),
        function("localtime", ";$", localtime),
        function("time", "", now),
        function("times", "", times),
    ],
);

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn now(_: &mut Call<'_>) -> Exec<Ret> {
    Ok(Ret::One(Val::Int(time::now())))
}

fn gmtime(call: &mut Call<'_>) -> Exec<Ret> {
    broken_down(call, "gmtime", time::gmtime)
}

fn localtime(call: &mut Call<'_>) -> Exec<Ret> {
    broken_down(call, "localtime", time::localtime)
}

fn broken_down(call: &mut Call<'_>, name: &str, convert: fn(i64) -> Option<Tm>) -> Exec<Ret> {
    let tm = match call.defined(0)? {
        None => {
            if call.argc() > 0 {
                call.arg_num(0)?;
                convert(0)
            } else {
                convert(time::now())
            }
        }
        Some(val) => {
            let when = call.vm.num(&val)?.to_f64();
            if !(-67_768_100_567_755_200.0..=67_767_976_233_316_800.0).contains(&when) {
                let shown = format!("{when:.0}")
                    .replace("inf", "Inf")
                    .replace("nan", "NaN");
                let size = if when < 0.0 { "small" } else { "large" };
                call.warn(Category::Overflow, format!("{name}({shown}) too {size}"))?;
                call.warn(Category::Overflow, format!("{name}({shown}) failed"))?;
                None
            } else {
                convert(when.floor() as i64)
            }
        }
    };
    let Some(tm) = tm else {
        return Ok(Ret::Nothing);
    };
    if call.wants_list() {
        let parts = [
            tm.sec, tm.min, tm.hour, tm.mday, tm.mon, tm.year, tm.wday, tm.yday, tm.isdst,
        ];
        return call.list(parts.map(|n| Val::Int(i64::from(n))));
    }
    let name_of = |names: &[&'static str], i: i32| names.get(i as usize).copied().unwrap_or("???");
    Ok(Ret::One(Val::str(&format!(
        "{} {} {:2} {:02}:{:02}:{:02} {}",
        name_of(&DAYS, tm.wday),
        name_of(&MONTHS, tm.mon),
        tm.mday,
        tm.hour,
        tm.min,
        tm.sec,
        i64::from(tm.year) + 1900
    ))))
}

fn times(call: &mut Call<'_>) -> Exec<Ret> {
    let spent = match process::times() {
        Ok(spent) => spent,
        Err(e) => return call.errno(e),
    };
    let ticks = limits::clock_ticks().max(1) as f64;
    let seconds = |n: i64| Val::Num(n as f64 / ticks);
    if !call.wants_list() {
        return Ok(Ret::One(seconds(spent.user)));
    }
    call.list(
        [
            spent.user,
            spent.system,
            spent.child_user,
            spent.child_system,
        ]
        .map(seconds),
    )
}
