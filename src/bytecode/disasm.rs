//! Units in readable form, for people and golden tests.
use super::{Literal, Op, Unit, regs};
use std::fmt::Write;

/// The listing of a unit and the subs inside it.
pub fn disasm(unit: &Unit) -> String {
    let mut out = String::new();
    listing(unit, 0, &mut out);
    out
}

fn listing(unit: &Unit, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let f = &unit.flags;
    let _ = writeln!(
        out,
        "{pad}unit {} regs {} by_value {} saves {}",
        unit.name, unit.nregs, f.by_value, f.saves
    );
    for p in &unit.pad {
        let _ = writeln!(out, "{pad}  my {} in r{} #{}", p.name, p.reg, p.decl);
    }
    for (i, c) in unit.captures.iter().enumerate() {
        let _ = writeln!(out, "{pad}  up{i} {} #{} {:?}", c.name, c.decl, c.from);
    }
    for (r, d) in &unit.presets {
        let _ = writeln!(out, "{pad}  preset r{r} #{d}");
    }
    let mut lines = unit.lines.iter().peekable();
    for (pc, op) in unit.code.iter().enumerate() {
        while let Some((_, line, _)) = lines.next_if(|l| l.0 as usize <= pc) {
            let _ = writeln!(out, "{pad}  line {line}");
        }
        let _ = write!(out, "{pad}  {pc:4} {op:?}");
        if let Some(to) = regs::jump_of(op) {
            let _ = write!(out, "  -> {}", pc as i64 + 1 + i64::from(to));
        }
        let _ = writeln!(out, "{}", note(unit, op));
    }
    if let Err(what) = super::verify::verify(unit) {
        let _ = writeln!(out, "{pad}  WRONG: {what}");
    }
    for sub in &unit.subs {
        listing(sub, depth + 1, out);
    }
}

/// What the constants and symbols of an operation stand for.
fn note(unit: &Unit, op: &Op) -> String {
    let k = |k: u16| unit.consts.get(k as usize).map_or("?".into(), literal);
    let g = |g: u16| {
        unit.globs
            .get(g as usize)
            .map_or("?".into(), |g| g.name.clone())
    };
    match *op {
        Op::LoadK(_, c)
        | Op::PushK(c)
        | Op::AppendK(_, c)
        | Op::HGetK(_, _, c)
        | Op::HRGetK(_, _, c)
        | Op::HSetK(_, c, _)
        | Op::HAgainK(_, _, c)
        | Op::HRSetK(_, c, _)
        | Op::AddK(_, _, c)
        | Op::MulK(_, _, c)
        | Op::HElemK(_, _, c)
        | Op::HElemHashK(_, _, c)
        | Op::HElemArrK(_, _, c) => format!("  ; {}", k(c)),
        Op::GGet(_, i)
        | Op::GSet(i, _)
        | Op::GCell(_, i)
        | Op::GArr(_, i)
        | Op::GHash(_, i)
        | Op::GGlob(_, i)
        | Op::GCode(_, i)
        | Op::LocalScalar(_, i)
        | Op::GAlias(i, _) => format!("  ; {}", g(i)),
        Op::Call(_, _, _, s) | Op::CallL(_, s) | Op::MarkCall(s) | Op::MethPrep(_, s) => {
            match unit.sites.get(s as usize) {
                Some(site) => match &site.target {
                    super::Target::Glob(i) => format!("  ; {} {:?}", g(*i), site.want),
                    t => format!("  ; {t:?} {:?}", site.want),
                },
                None => String::new(),
            }
        }
        _ => String::new(),
    }
}

fn literal(l: &Literal) -> String {
    match l {
        Literal::VStr(_, _, written) => written.to_string(),
        Literal::Str(bytes, _) => format!("{:?}", String::from_utf8_lossy(bytes)),
        other => format!("{other:?}"),
    }
}
