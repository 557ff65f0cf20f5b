//! Unwinding: die, exits from loops further out.

use super::Vm;
use super::die::{Die, Exec, LoopKind, Stop};
use super::frame::{Catch, Frame, kind};
use crate::bytecode::{LoopInfo, NO, Want};
use crate::diag::warnings::Category;
use crate::value::Val;

impl Vm {
    /// Finds who goes on after something stopped the loop; `Err`: nobody above the floor.
    pub(super) fn unwind(&mut self, die: Die, floor: usize) -> Exec {
        let die = match self.call_die_hook(die) {
            Ok(die) | Err(die) => die,
        };
        match die.stop() {
            Stop::Died(_) => self.unwind_died(die, floor),
            Stop::Loop(word, label) => {
                let (word, label) = (*word, label.clone());
                let label = label.as_deref();
                match self.find_loop(label, floor) {
                    Some((at, info)) => self.leave_to_loop(at, &info, word),
                    None => self.give_up(die, floor),
                }
            }
            Stop::Goto(label) => {
                let label = label.clone();
                match self.find_label(&label, floor) {
                    Some((at, info)) => self.leave_to_label(at, info),
                    None => self.give_up(die, floor),
                }
            }
            _ => self.give_up(die, floor),
        }
    }

    fn give_up(&mut self, die: Die, floor: usize) -> Exec {
        let mut die = die;
        if self.tracing && self.trace.is_empty() && die.is_died() {
            self.trace = self.backtrace();
        }
        while self.frames.len() > floor {
            self.warn_exiting(&die);
            if let Err(later) = self.drop_frame() {
                die = later;
            }
        }
        Err(die)
    }

    /// The running subs with the place where each stands, innermost first.
    pub fn backtrace(&self) -> Vec<(String, std::rc::Rc<str>, u32)> {
        const MOST: usize = 200;
        let mut out = Vec::new();
        for at in (0..self.frames.len()).rev().take(MOST) {
            let frame = &self.frames[at];
            let (line, file) = frame.proto().line_at(self.pc_of(at));
            out.push((self.frame_name(frame), file, line));
        }
        out
    }

    /// perl's word about a loop exit that leaves a sub or an eval.
    fn warn_exiting(&mut self, die: &Die) {
        let Stop::Loop(word, _) = die.stop() else {
            return;
        };
        let what = match self.frames.last() {
            Some(f) if f.kind & kind::EVAL != 0 => "eval",
            Some(f) if f.kind & kind::BLOCK != 0 => "pseudo-block",
            Some(_) => "subroutine",
            None => return,
        };
        let _ = self.warn(
            Category::Exiting,
            format!("Exiting {what} via {}", word.name()),
        );
    }

    /// Takes the innermost frame down on the way out.
    fn drop_frame(&mut self) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let (saves, scopes, list) = (
            frame.saves as usize,
            frame.scopes as usize,
            frame.list as usize,
        );
        self.handlers.truncate(frame.handlers as usize);
        let done = self.restore(saves);
        self.scopes.truncate(scopes);
        self.list.truncate(list);
        self.pop_frame();
        done
    }

    fn unwind_died(&mut self, die: Die, floor: usize) -> Exec {
        let found = self
            .handlers
            .last()
            .is_some_and(|h| h.frame as usize >= floor);
        if !found {
            return self.give_up(die, floor);
        }
        let Some(handler) = self.handlers.pop() else {
            return Err(die);
        };
        self.trace.clear();
        let mut die = die;
        while self.frames.len() > handler.frame as usize + 1 {
            if let Err(later) = self.drop_frame() {
                die = later;
            }
        }
        if self.saves.len() > handler.saves as usize
            && let Err(later) = self.restore(handler.saves as usize)
        {
            die = later;
        }
        self.scopes.truncate(handler.scopes as usize);
        self.marks.truncate(handler.marks as usize);
        self.list.truncate(handler.list as usize);
        self.cleanup(handler.cleanup);
        self.drain_destroy();
        let val = match die.into_stop() {
            Stop::Died(val) => val,
            other => return Err(Die::new(other)),
        };
        self.pc = handler.target;
        self.seen.take();
        match handler.catch {
            Catch::Eval => {
                self.set_error(val);
                if handler.dst != NO {
                    self.put(handler.dst, Val::Undef)?;
                }
            }
            Catch::Signal | Catch::Destroy => return Err(Die::with(val)),
            Catch::Try => {
                if handler.dst != NO {
                    self.put(handler.dst, val)?;
                }
            }
        }
        Ok(())
    }

    /// Clears the registers an exit inside the frame leaves behind.
    fn cleanup(&mut self, n: u16) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let unit = frame.proto().unit.clone();
        let Some(ranges) = unit.cleanups.get(n as usize) else {
            return;
        };
        for &(first, count, temps) in ranges {
            if temps {
                self.clear_temps(first, count);
            } else {
                self.clear_range(first, count);
            }
        }
    }

    // ---- loops -----------------------------------------------------------------------------------

    /// The frames a loop exit may look through: calls from Rust end the search, except evals.
    fn transparent(frame: &Frame) -> bool {
        frame.kind & kind::NESTED == 0 || frame.kind & kind::EVAL != 0
    }

    fn pc_of(&self, at: usize) -> u32 {
        match self.frames.get(at) {
            Some(frame) if at + 1 == self.frames.len() => frame.op_index(self.pc),
            Some(frame) => frame.op_index(frame.pc),
            None => 0,
        }
    }

    fn loop_in(&self, at: usize, label: Option<&str>) -> Option<LoopInfo> {
        let frame = self.frames.get(at)?;
        let pc = self.pc_of(at);
        let fits = |info: &&LoopInfo| {
            info.range.0 <= pc
                && pc < info.range.1
                && match label {
                    Some(_) => info.label.as_deref() == label,
                    // `continue` alone asks for a `when`
                    None => info.label.as_deref() != Some("when"),
                }
        };
        // The innermost is the one with the shortest range.
        let loops = frame.proto().unit.loops.iter().filter(fits);
        loops
            .min_by_key(|info| info.range.1 - info.range.0)
            .cloned()
    }

    fn find_loop(&self, label: Option<&str>, floor: usize) -> Option<(usize, LoopInfo)> {
        for at in (floor..self.frames.len()).rev() {
            if let Some(info) = self.loop_in(at, label) {
                return Some((at, info));
            }
            if !Self::transparent(&self.frames[at]) {
                return None;
            }
        }
        None
    }

    /// Is there such a loop further out?
    pub(super) fn loop_exists(&self, label: Option<&str>) -> bool {
        self.find_loop(label, 0).is_some()
    }

    fn leave_to_loop(&mut self, at: usize, info: &LoopInfo, word: LoopKind) -> Exec {
        while self.frames.len() > at + 1 {
            let what = match self.frames.last() {
                Some(f) if f.kind & kind::BLOCK != 0 => "pseudo-block",
                Some(f) if f.kind & kind::EVAL != 0 => "eval",
                _ => "subroutine",
            };
            self.warn(
                Category::Exiting,
                format!("Exiting {what} via {}", word.name()),
            )?;
            self.drop_frame()?;
        }
        let handlers =
            self.frames.last().map_or(0, |f| f.handlers) as usize + info.handlers as usize;
        if self.handlers.len() > handlers {
            self.warn(
                Category::Exiting,
                format!("Exiting eval via {}", word.name()),
            )?;
        }
        let target = info.targets[match word {
            LoopKind::Next => 0,
            LoopKind::Last => 1,
            LoopKind::Redo => 2,
        }];
        self.settle(info.saves, info.marks, info.handlers, target)?;
        self.cleanup(info.cleanup);
        Ok(())
    }

    /// Brings the frame's stacks to the heights a place in it expects, and goes there.
    fn settle(&mut self, saves: u16, marks: u16, handlers: u16, target: u32) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let start = frame.proto().unit.code.as_ptr();
        let scopes = frame.scopes as usize + saves as usize;
        let marks = frame.marks as usize + marks as usize;
        let handlers = frame.handlers as usize + handlers as usize;
        self.handlers.truncate(handlers);
        if let Some(&mark) = self.scopes.get(scopes) {
            self.scopes.truncate(scopes);
            self.restore(mark as usize)?;
        }
        if let Some(&mark) = self.marks.get(marks) {
            self.marks.truncate(marks);
            self.list.truncate((mark & !(1 << 31)) as usize);
        }
        // SAFETY: targets are ops of the unit.
        self.pc = unsafe { start.add(target as usize) };
        self.seen.take();
        Ok(())
    }

    // ---- labels ----------------------------------------------------------------------------------

    fn find_label(&self, label: &str, floor: usize) -> Option<(usize, crate::bytecode::LabelInfo)> {
        for at in (floor..self.frames.len()).rev() {
            let unit = &self.frames[at].proto().unit;
            if let Some(info) = unit.labels.iter().find(|info| &*info.0 == label) {
                return Some((at, info.clone()));
            }
            if !Self::transparent(&self.frames[at]) {
                return None;
            }
        }
        None
    }

    /// Is there such a label further out?
    pub(super) fn label_exists(&self, label: &str) -> bool {
        self.find_label(label, 0).is_some()
    }

    fn leave_to_label(&mut self, at: usize, info: crate::bytecode::LabelInfo) -> Exec {
        while self.frames.len() > at + 1 {
            self.drop_frame()?;
        }
        let (_, target, saves, marks, handlers) = info;
        self.settle(saves, marks, handlers, target)
    }

    // ---- $SIG{__DIE__} -----------------------------------------------------------------------------

    /// Tells `$SIG{__DIE__}` of an error, once.
    pub(super) fn call_die_hook(&mut self, die: Die) -> Exec<Die> {
        if !die.is_died() || die.was_told() || self.in_hook[1] {
            return Ok(die);
        }
        let mut die = die;
        die.set_told();
        if let (Some(watcher), Stop::Died(val)) = (self.watchers.die.clone(), die.stop()) {
            let text = val.to_str();
            if let Err(panic) = watcher(&text) {
                die = self.die(panic);
                die.set_told();
            }
        }
        let sig = self.names.sig.hash_mut();
        if sig.is_empty() {
            return Ok(die);
        }
        let Some(hook) = sig.get_str("__DIE__") else {
            return Ok(die);
        };
        let hook = self.load(hook)?;
        let Some(code) = (match &hook {
            Val::Undef => None,
            Val::Str(s) if s.is_empty() => None,
            hook => self.hook_code(hook)?,
        }) else {
            return Ok(die);
        };
        let Stop::Died(val) = die.stop() else {
            return Ok(die);
        };
        let val = val.clone();
        self.in_hook[1] = true;
        let result = self.call_sv(&Val::CRef(code), &[val], Want::Scalar);
        self.in_hook[1] = false;
        match result {
            Ok(_) => Ok(die),
            Err(mut later) => {
                later.set_told();
                Ok(later)
            }
        }
    }
}
