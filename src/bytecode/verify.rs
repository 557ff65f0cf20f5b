//! Checks a unit once before it is run: every operand in range, every jump to an operation, lists opened and closed
//! alike on all paths.
use super::{NO, Op, Unit, regs};

/// Checks `unit` (not the subs inside it): what is wrong, with the pc.
pub fn verify(unit: &Unit) -> Result<(), String> {
    let mut code = unit.code.clone();
    let mut worst = 0;
    regs::each_reg(&mut code, &mut |r| worst = worst.max(u32::from(*r) + 1));
    if worst > unit.nregs {
        return Err(format!("register {} of {}", worst - 1, unit.nregs));
    }
    for (pc, op) in unit.code.iter().enumerate() {
        tables(unit, op).map_err(|what| format!("{what} at {pc}: {op:?}"))?;
    }
    lists(unit)
}

fn tables(unit: &Unit, op: &Op) -> Result<(), &'static str> {
    let in_range = |i: u16, n: usize, what| if (i as usize) < n { Ok(()) } else { Err(what) };
    let k = |i: u16| in_range(i, unit.consts.len(), "constant");
    let g = |i: u16| in_range(i, unit.globs.len(), "symbol");
    let u = |i: u16| in_range(i, unit.captures.len(), "capture");
    let site = |i: u16| in_range(i, unit.sites.len(), "call site");
    match *op {
        Op::LoadK(_, i)
        | Op::ConstCell(_, i)
        | Op::PushK(i)
        | Op::AppendK(_, i)
        | Op::AddK(_, _, i)
        | Op::MulK(_, _, i)
        | Op::HGetK(_, _, i)
        | Op::HSetK(_, i, _)
        | Op::HAgainK(_, _, i)
        | Op::HRGetK(_, _, i)
        | Op::HRSetK(_, i, _)
        | Op::HElemK(_, _, i)
        | Op::HElemArrK(_, _, i)
        | Op::HElemHashK(_, _, i)
        | Op::HExistsK(_, _, i)
        | Op::HDeleteK(_, _, i)
        | Op::GotoLabel(i) => k(i),
        Op::LoopCtl(_, i) if i != NO => k(i),
        Op::GGet(_, i)
        | Op::GSet(i, _)
        | Op::GCell(_, i)
        | Op::GArr(_, i)
        | Op::GHash(_, i)
        | Op::GGlob(_, i)
        | Op::GCode(_, i)
        | Op::GAlias(i, _)
        | Op::LocalAlias(i)
        | Op::LocalScalar(_, i)
        | Op::LocalArr(_, i)
        | Op::LocalHash(_, i)
        | Op::LocalGlob(_, _, i)
        | Op::GDefined(_, _, i) => g(i),
        Op::UpCell(_, i) | Op::StateOnce(i, _) | Op::AliasUp(_, i, _) => u(i),
        Op::Call(_, _, _, i)
        | Op::CallL(_, i)
        | Op::CallShare(_, i)
        | Op::MarkCall(i)
        | Op::MethPrep(_, i) => site(i),
        Op::Closure(_, i) => in_range(i, unit.subs.len(), "sub"),
        Op::Match(_, _, i) | Op::Qr(_, i) => in_range(i, unit.matches.len(), "match"),
        Op::Subst(_, _, i) | Op::SubstStart(_, _, i) => {
            in_range(i, unit.substs.len(), "substitution")
        }
        Op::Trans(_, _, i) => in_range(i, unit.trans.len(), "transliteration"),
        _ => Ok(()),
    }
}

/// How many lists an operation closes (opened: negative).
fn closes(op: &Op) -> i32 {
    use Op::*;
    match *op {
        Mark | MarkCall(_) => -1,
        RefList | NewArr(_) | NewHash(_) | APushL(..) | AUnshiftL(..) | AAssign(..)
        | HAssign(..) | ListLast(_) | ListCount(_) | ListDrop | ASlice(..) | HSlice(..)
        | LReverseS(_) | IterList(_) | CallL(..) | RetL | BiL(..) | Print(..) | LJoin(..)
        | RetW(_) | LRepeat(_) | LReverse | LSort(..) => 1,
        LAssign(..) | LSlice => 2,
        ListDropN(n) | ListJoinN(n) => i32::from(n),
        _ => 0,
    }
}

fn needs_list(op: &Op) -> bool {
    use Op::*;
    matches!(
        op,
        Push(_)
            | PushK(_)
            | PushI(_)
            | PushAlias(_)
            | PushArr(_)
            | PushArrA(_)
            | PushArgs(..)
            | PushHash(..)
            | PushRange(..)
            | LRepeat(_)
            | LReverse
            | LSort(..)
            | LTake(..)
            | LTakeRest(..)
            | LCount(_)
            | PushAElemA(..)
            | PushHElemA(..)
    )
}

/// Walks all paths and compares the number of open lists.
fn lists(unit: &Unit) -> Result<(), String> {
    let code = &unit.code;
    let mut depth = vec![i32::MIN; code.len() + 1];
    let mut work = vec![(0usize, 0i32)];
    while let Some((pc, at)) = work.pop() {
        let Some(op) = code.get(pc) else { continue };
        if depth[pc] != i32::MIN {
            if depth[pc] != at {
                return Err(format!("{} or {at} lists open at {pc}: {op:?}", depth[pc]));
            }
            continue;
        }
        depth[pc] = at;
        if at < 1 && needs_list(op) {
            return Err(format!("no list open at {pc}: {op:?}"));
        }
        let after = at - closes(op);
        if after < 0 {
            return Err(format!("{after} lists open after {pc}: {op:?}"));
        }
        if let Some(off) = regs::jump_of(op) {
            let to = pc as i64 + 1 + i64::from(off);
            if to < 0
                || to > code.len() as i64
                || matches!(code.get(to as usize), Some(Op::Ext(..)))
            {
                return Err(format!("jump to {to} at {pc}: {op:?}"));
            }
            work.push((to as usize, after));
        }
        match op {
            Op::Jmp(_)
            | Op::Ret(_)
            | Op::RetL
            | Op::RetVoid
            | Op::RetW(_)
            | Op::GotoSub(_)
            | Op::GotoLabel(_)
            | Op::GotoDyn(_)
            | Op::LoopCtl(..)
            | Op::LoopCtlDyn(..) => {}
            _ => work.push((pc + 1, after)),
        }
    }
    for l in &unit.loops {
        for t in l.targets {
            let at = depth.get(t as usize).copied().unwrap_or(i32::MIN);
            if at != i32::MIN && at != i32::from(l.marks) {
                return Err(format!(
                    "{at} lists open at loop target {t}, told {}",
                    l.marks
                ));
            }
        }
    }
    Ok(())
}
