//! Numeric functions (perlfunc, family Math). Arithmetic itself is in `text::numeric`.
use crate::diag::warnings::Category;
use crate::sys;
use crate::text::Numeric;
use crate::text::radix::{self, Radix};
use crate::text::{numeric, random};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Math",
    &[
        function("abs", "_", abs).quick(|args| Some(numeric::abs(plain(args)?).into())),
        function("atan2", "$$", atan2),
        function("cos", "_", cos).quick(|args| Some(Val::Num(plain(args)?.to_f64().cos()))),
        function("exp", "_", exp),
        function("hex", "_", hex),
        function("int", "_", int).quick(|args| Some(numeric::int(plain(args)?).into())),
        function("log", "_", log),
        function("oct", "_", oct),
        function("rand", ";$", rand),
        function("sin", "_", sin).quick(|args| Some(Val::Num(plain(args)?.to_f64().sin()))),
        function("sqrt", "_", sqrt).quick(|args| {
            let x = plain(args)?.to_f64();
            (x >= 0.0).then(|| Val::Num(x.sqrt()))
        }),
        function("srand", ";$", srand),
    ],
);

fn numeric_val(n: Numeric) -> Ret {
    Ret::One(match n {
        Numeric::Int(i) => Val::Int(i),
        Numeric::UInt(u) => Val::UInt(u),
        Numeric::Num(x) => Val::Num(x),
    })
}

/// A function of one number, which a class may overload under its name.
fn number(call: &mut Call<'_>, name: &str, f: fn(Numeric) -> Numeric) -> Exec<Ret> {
    let val = call.arg(0)?;
    if let Some(result) = call.vm.overload_unary(&val, name)? {
        return Ok(Ret::One(result));
    }
    let n = call.vm.num(&val)?;
    Ok(numeric_val(f(n)))
}

/// The one argument of a short way.
fn plain(args: &[Val]) -> Option<Numeric> {
    match args {
        [x] => match x.behind() {
            Val::Int(n) => Some(Numeric::Int(*n)),
            Val::Num(n) => Some(Numeric::Num(*n)),
            _ => None,
        },
        _ => None,
    }
}

fn abs(call: &mut Call<'_>) -> Exec<Ret> {
    number(call, "abs", numeric::abs)
}

fn int(call: &mut Call<'_>) -> Exec<Ret> {
    number(call, "int", numeric::int)
}

fn cos(call: &mut Call<'_>) -> Exec<Ret> {
    number(call, "cos", |n| Numeric::Num(n.to_f64().cos()))
}

fn sin(call: &mut Call<'_>) -> Exec<Ret> {
    number(call, "sin", |n| Numeric::Num(n.to_f64().sin()))
}

fn exp(call: &mut Call<'_>) -> Exec<Ret> {
    number(call, "exp", |n| Numeric::Num(n.to_f64().exp()))
}

fn atan2(call: &mut Call<'_>) -> Exec<Ret> {
    let (y, x) = (call.arg(0)?, call.arg(1)?);
    if let Some(result) = call.vm.overload_binary(&y, &x, "atan2", false)? {
        return Ok(Ret::One(result));
    }
    let (y, x) = (call.vm.num(&y)?.to_f64(), call.vm.num(&x)?.to_f64());
    Ok(Ret::One(Val::Num(y.atan2(x))))
}

/// `log` and `sqrt` refuse part of the numbers.
fn partial(
    call: &mut Call<'_>,
    name: &str,
    allowed: fn(f64) -> bool,
    f: fn(f64) -> f64,
) -> Exec<Ret> {
    let val = call.arg(0)?;
    if let Some(result) = call.vm.overload_unary(&val, name)? {
        return Ok(Ret::One(result));
    }
    let x = call.vm.num(&val)?.to_f64();
    if !allowed(x) {
        let shown = crate::text::decimal::format_num(x);
        return Err(call.die(format!("Can't take {name} of {}", shown.as_str())));
    }
    Ok(Ret::One(Val::Num(f(x))))
}

fn log(call: &mut Call<'_>) -> Exec<Ret> {
    partial(call, "log", |x| !(x <= 0.0), f64::ln)
}

fn sqrt(call: &mut Call<'_>) -> Exec<Ret> {
    partial(call, "sqrt", |x| !(x < 0.0), f64::sqrt)
}

fn radix_val(call: &mut Call<'_>, read: Radix) -> Exec<Ret> {
    if read.overflow {
        call.warn(
            Category::Overflow,
            format!("Integer overflow in {} number", read.base_name()),
        )?;
    }
    if let Some(digit) = read.illegal {
        let base = read.base_name();
        let text = format!("Illegal {base} digit '{}' ignored", char::from(digit));
        call.warn(Category::Digit, text)?;
    }
    if read.non_portable {
        call.warn(Category::Portable, read.non_portable_text())?;
    }
    Ok(numeric_val(read.value))
}

fn hex(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    radix_val(call, radix::hex(text.as_bytes()))
}

fn oct(call: &mut Call<'_>) -> Exec<Ret> {
    let text = call.arg_str(0)?;
    radix_val(call, radix::oct(text.as_bytes()))
}

/// The next number in [0, 1); the first asks the system for a seed.
fn random() -> f64 {
    if !random::is_seeded() {
        random::seed(sys::host::random_u64() as u32);
    }
    random::next()
}

fn rand(call: &mut Call<'_>) -> Exec<Ret> {
    let top = if call.argc() > 0 {
        call.arg_f64(0)?
    } else {
        1.0
    };
    let top = if top == 0.0 { 1.0 } else { top };
    Ok(Ret::One(Val::Num(top * random())))
}

fn srand(call: &mut Call<'_>) -> Exec<Ret> {
    let n = match call.defined(0)? {
        Some(val) => {
            let n = call.vm.num(&val)?;
            if matches!(n, Numeric::Num(x) if x >= 1.8446744073709552e19) {
                call.warn(Category::Overflow, "Integer overflow in srand")?;
            }
            n.to_u64() as u32
        }
        None => sys::host::random_u64() as u32,
    };
    random::seed(n);
    Ok(match n {
        0 => Ret::One(Val::str("0 but true")),
        n => Ret::One(Val::Int(i64::from(n))),
    })
}
