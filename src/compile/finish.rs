//! From a body to a unit: registers get their final numbers, empty slots go, jumps are patched. Under -T every operation
//! gets its `Check` here.
use super::body::{Body, Dynamic};
use super::temps::{BASES, UP, UPS, class};
use crate::bytecode::{CaptureFrom, LoopInfo, NO, Op, R, Target, Unit, regs};
use std::rc::Rc;

/// Final number of a register.
fn renumber(r: R, bases: [u32; 5]) -> R {
    if r == NO || r < UPS {
        return r;
    }
    let c = class(r).unwrap_or(UP);
    if c == 0 {
        // containers count down from the values, so that one range covers what a statement leaves in both
        return (bases[0] - u32::from(r - BASES[0])) as R;
    }
    (bases[c] + u32::from(r - BASES[c])) as R
}

/// Does taint checking have to look before an operation? It does, but for operands, and for constants in a row.
fn wants_check(before: Option<&Op>, op: Op) -> bool {
    let constant = |op: &Op| matches!(op, Op::PushK(_) | Op::PushI(_) | Op::Mark);
    !matches!(op, Op::Ext(..)) && !(constant(&op) && before.is_some_and(constant))
}

/// A range of containers begins with its last register once they count down.
fn turn_range(first: &mut R, n: u16) {
    if class(*first) == Some(0) && n > 0 {
        *first += n - 1;
    }
}

/// Captures of a sub in the unit name registers of the unit.
fn map_captures(sub: &mut Rc<Unit>, map: &dyn Fn(&mut R)) {
    if let Some(sub) = Rc::get_mut(sub) {
        for c in &mut sub.captures {
            if let CaptureFrom::Reg(r) = &mut c.from {
                map(r);
            }
        }
    }
}

impl Body {
    /// The finished unit; false where it needs more registers, constants or operations than there are numbers.
    pub fn finish(mut self) -> (Unit, bool) {
        let max = self.temps.max;
        let vars = u32::from(self.next_var);
        let [containers, places, values, held, ups] = max.map(u32::from);
        let start = vars + ups;
        let top = start + held + places + containers;
        let bases = [top.saturating_sub(1), start + held, top, start, vars];
        self.unit.nregs = top + values;
        let mut ok = !self.temps.overflow && self.unit.nregs < u32::from(NO);
        let map = |r: &mut R| *r = renumber(*r, bases);
        for op in &mut self.unit.code {
            if let Op::ClearTemps(first, n) = op {
                turn_range(first, *n);
            }
        }
        for (first, n, _) in self.unit.cleanups.iter_mut().flatten() {
            turn_range(first, *n);
        }
        self.merge_clears(bases);
        regs::each_reg(&mut self.unit.code, &mut |r| map(r));
        regs::each_reg(&mut self.entry, &mut |r| map(r));
        for c in self.unit.scopes.iter_mut().flatten() {
            if let CaptureFrom::Reg(r) = &mut c.from {
                map(r);
            }
        }
        for sub in &mut self.unit.subs {
            map_captures(sub, &map);
        }
        for site in &mut self.unit.sites {
            if let Target::Reg(r) | Target::DynMethod(r) = &mut site.target {
                map(r);
            }
        }
        for m in &mut self.unit.matches {
            map(&mut m.pattern);
        }
        for (first, ..) in self.unit.cleanups.iter_mut().flatten() {
            map(first);
        }
        let moved = self.compact();
        ok &= self.patch(&moved);
        self.tables(&moved);
        (self.unit, ok)
    }

    /// Two neighbouring ranges of temporaries in a row are cleared by one operation.
    fn merge_clears(&mut self, bases: [u32; 5]) {
        let mut targets: Option<std::collections::HashSet<u32>> = None;
        for pc in 1..self.unit.code.len() {
            let (Op::ClearTemps(a, n), Op::ClearTemps(b, m)) =
                (self.unit.code[pc - 1], self.unit.code[pc])
            else {
                continue;
            };
            if renumber(a, bases) + n == renumber(b, bases) {
                let targets = targets.get_or_insert_with(|| self.labels.iter().copied().collect());
                if !targets.contains(&(pc as u32)) {
                    self.unit.code[pc - 1] = Op::Nop;
                    self.unit.code[pc] = Op::ClearTemps(a, n + m);
                }
            }
        }
    }

    /// Removes `Nop`s and makes short jumps long where the code is long; gives the new pc of each old one.
    fn compact(&mut self) -> Vec<u32> {
        let checked = self.unit.flags.taint;
        let long = self.unit.code.len() > if checked { 12_000 } else { 30_000 };
        let code = std::mem::take(&mut self.unit.code);
        self.unit.code = std::mem::take(&mut self.entry);
        let mut moved = Vec::with_capacity(code.len() + 1);
        let mut jumps = std::mem::take(&mut self.jumps).into_iter().peekable();
        let mut patched = Vec::new();
        for (pc, op) in code.into_iter().enumerate() {
            moved.push(self.unit.code.len() as u32);
            let jump = jumps.next_if(|j| j.0 as usize == pc);
            if op == Op::Nop {
                continue;
            }
            if checked && wants_check(self.unit.code.last(), op) {
                self.unit.code.push(Op::Check);
            }
            let at = self.unit.code.len() as u32;
            self.unit.code.push(op);
            let Some((_, label)) = jump else { continue };
            if long && regs::has_short_jump(&op) {
                // over the next op to the long jump behind it
                regs::set_jump(&mut self.unit.code[at as usize], 1);
                self.unit.code.push(Op::Jmp(1));
                self.unit.code.push(Op::Jmp(0));
                patched.push((at + 2, label));
            } else {
                patched.push((at, label));
            }
        }
        moved.push(self.unit.code.len() as u32);
        self.jumps = patched;
        moved
    }

    fn patch(&mut self, moved: &[u32]) -> bool {
        let mut ok = true;
        for (pc, label) in std::mem::take(&mut self.jumps) {
            let to = self.labels[label.0 as usize];
            let Some(&to) = moved.get(to as usize) else {
                ok = false;
                continue;
            };
            ok &= regs::set_jump(&mut self.unit.code[pc as usize], to as i32 - pc as i32 - 1);
        }
        ok
    }

    fn counts(&self, dynamics: &[Dynamic]) -> (u16, u16) {
        let saves = dynamics.iter().filter(|d| match d {
            Dynamic::Scope(id) => self.saving[*id],
            Dynamic::Enter => true,
            _ => false,
        });
        let handlers = dynamics
            .iter()
            .filter(|d| matches!(d, Dynamic::Eval | Dynamic::Try));
        (saves.count() as u16, handlers.count() as u16)
    }

    fn tables(&mut self, moved: &[u32]) {
        let at = |pc: u32| moved.get(pc as usize).copied().unwrap_or(0);
        for l in &mut self.unit.lines {
            l.0 = at(l.0);
        }
        if let Some(first) = self.unit.lines.first_mut() {
            first.0 = 0;
        }
        for p in self.unit.places.iter_mut().flat_map(|p| &mut p.spans) {
            p.0 = at(p.0);
        }
        for t in &mut self.unit.turned {
            t.0 = at(t.0);
        }
        for h in &mut self.unit.hints {
            h.0 = at(h.0);
        }
        if let Some(first) = self.unit.hints.first_mut() {
            first.0 = 0;
        }
        for p in &mut self.unit.pad {
            p.visible = (
                at(p.visible.0),
                if p.visible.1 == u32::MAX {
                    at(moved.len() as u32 - 1)
                } else {
                    at(p.visible.1)
                },
            );
        }
        let place = |label: super::body::Label| at(self.labels[label.0 as usize]);
        let mut loops: Vec<LoopInfo> = std::mem::take(&mut self.unit.loops);
        for (i, info) in loops.iter_mut().enumerate() {
            let (targets, (start, end)) = &self.loop_labels[i];
            info.range = (at(*start), place(*end));
            info.targets = targets.map(place);
            (info.saves, info.handlers) = self.counts(&self.loop_dynamics[i]);
        }
        let mut labels = std::mem::take(&mut self.unit.labels);
        for (i, label) in labels.iter_mut().enumerate() {
            label.1 = at(label.1);
            (label.2, label.4) = self.counts(&self.label_dynamics[i]);
        }
        // inner loops were closed first
        loops.reverse();
        self.unit.loops = loops;
        self.unit.labels = labels;
    }
}
