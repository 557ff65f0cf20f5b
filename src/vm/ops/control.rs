//! eval, die, and loop controls that leave the frame.

use crate::bytecode::{CaptureFrom, K, NO, Op, R, Want};
use crate::value::{Proto, Val};
use crate::vm::die::LoopKind;
use crate::vm::frame::{Catch, Handler, kind};
use crate::vm::host::EvalScope;
use crate::vm::{Die, Exec, Stop, Vm};
use std::rc::Rc as Shared;

impl Vm {
    #[inline(always)]
    pub(in crate::vm) fn eval_enter(&mut self, d: R, off: i32, catch: Catch) {
        // SAFETY: the compiler made the target an op of this unit; an Ext follows.
        let (target, ext) = unsafe { (self.pc.offset(off as isize), *self.pc) };
        let cleanup = match ext {
            Op::Ext(_, n, ..) => n,
            _ => NO,
        };
        self.push_handler(catch, target, cleanup, d);
        if catch == Catch::Eval {
            self.clear_error();
        }
    }

    /// Notes that an eval of the innermost frame begins.
    #[inline(always)]
    pub(in crate::vm) fn push_handler(
        &mut self,
        catch: Catch,
        target: *const Op,
        cleanup: u16,
        dst: R,
    ) {
        self.handlers.push(Handler {
            frame: self.frames.len() as u32 - 1,
            target,
            entry: self.pc,
            list: self.list.len() as u32,
            marks: self.marks.len() as u32,
            scopes: self.scopes.len() as u32,
            saves: self.saves.len() as u32,
            cleanup,
            dst,
            catch,
        });
    }

    #[inline(always)]
    pub(in crate::vm) fn eval_leave(&mut self) -> Exec {
        self.handlers.pop();
        self.clear_error();
        Ok(())
    }

    /// `$@ = ""`
    pub(in crate::vm) fn clear_error(&mut self) {
        // SAFETY: the glob holds its scalar; nothing else runs meanwhile.
        let cell = unsafe { &*self.names.error.scalar_at() };
        let empty = cell.with(|v| matches!(v, Val::Str(s) if s.is_empty()));
        if !empty {
            cell.set(Val::empty());
        }
    }

    /// Sets `$@`.
    pub fn set_error(&mut self, val: Val) {
        self.names.error.scalar().set(val);
    }

    /// eval STRING
    pub(in crate::vm) fn eval_string(&mut self, want: u8, d: R, s: R) -> Exec {
        // SAFETY: an Ext follows.
        let (flags, scope) = match unsafe { *self.pc } {
            Op::Ext(_, flags, scope, _) => (flags, scope),
            _ => (0, NO),
        };
        let want = self.want_of(want & 3);
        let text = self.get(s)?;
        let from = self.list.len();
        self.clear_error();
        match self.eval_text(&text, flags & 1 != 0, scope, want) {
            Ok(()) => {
                self.clear_error();
                if want == Want::List {
                    return Ok(());
                }
                let val = self.list.pop().unwrap_or_default();
                if d == NO || want == Want::Void {
                    Ok(())
                } else {
                    self.put(d, val)
                }
            }
            Err(die) if die.is_died() => {
                self.list.truncate(from);
                let die = self.call_die_hook(die)?;
                self.drain_destroy();
                if let Stop::Died(val) = die.into_stop() {
                    self.set_error(val);
                }
                if d == NO || want != Want::Scalar {
                    Ok(())
                } else {
                    self.put(d, Val::Undef)
                }
            }
            Err(die) => Err(die),
        }
    }

    pub(in crate::vm) fn eval_text(
        &mut self,
        text: &Val,
        bytes: bool,
        scope: u16,
        want: Want,
    ) -> Exec {
        let Some(host) = self.host.clone() else {
            return Err(self.die("eval: no compiler"));
        };
        let Some((frame, op)) = self.here() else {
            return Err(self.die("eval: no frame"));
        };
        // The unit stays alive while the frame that evals does.
        let unit = frame.proto().unit.clone();
        let hints = frame.proto().hints_at(op).cloned();
        let empty = Vec::new();
        let lexicals = unit.scopes.get(scope as usize).unwrap_or(&empty);
        self.eval_scopes
            .push((self.frames.len(), unit.clone(), scope));
        let scope = EvalScope {
            lexicals,
            hints,
            bytes,
        };
        let compiled = host.compile_eval(self, text, &scope);
        self.eval_scopes.pop();
        let proto = Proto::load(compiled?, &self.symbols.clone());
        let mut captures = Vec::with_capacity(proto.unit.captures.len());
        for capture in &proto.unit.captures {
            let val = match capture.from {
                CaptureFrom::First(decl) => {
                    match lexicals.iter().find(|l| l.decl == decl && l.our.is_none()) {
                        Some(outer) => self.capture_from(outer.from, outer.kind)?,
                        None => self.first(decl, capture.kind),
                    }
                }
                from => self.capture_from(from, capture.kind)?,
            };
            captures.push(val);
        }
        let code = self.code_for(proto, captures.into());
        let at = self.top;
        self.eval_texts.push((self.frames.len(), text.clone()));
        let result = self.call_window(code, at, 0, want, kind::EVAL | kind::NO_ARGS);
        self.eval_texts.pop();
        result
    }

    /// A context operand.
    pub(in crate::vm) fn want_of(&self, want: u8) -> Want {
        match want {
            0 => Want::Void,
            1 => Want::Scalar,
            2 => Want::List,
            _ => match self.frames.last() {
                Some(frame) => frame.want,
                None => Want::Void,
            },
        }
    }

    /// A sub over a unit whose captures are first instances (named subs, files, BEGIN).
    pub fn load_unit(
        &mut self,
        unit: Shared<crate::bytecode::Unit>,
    ) -> Exec<crate::value::Rc<crate::value::Code>> {
        let proto = Proto::load(unit, &self.symbols.clone());
        let mut captures = Vec::with_capacity(proto.unit.captures.len());
        for capture in &proto.unit.captures {
            captures.push(match capture.from {
                CaptureFrom::First(decl) => match self.seen_by_eval(decl) {
                    Some(from) => self.capture_from(from, capture.kind)?,
                    None => self.first(decl, capture.kind),
                },
                CaptureFrom::State => self.capture_from(CaptureFrom::State, capture.kind)?,
                from => self.capture_from(from, capture.kind)?,
            });
        }
        Ok(self.code_for(proto, captures.into()))
    }

    /// Where a lexical is that the eval STRING being compiled sees: a sub or format named there
    /// captures the instance of the frame that runs.
    fn seen_by_eval(&self, decl: crate::bytecode::DeclId) -> Option<CaptureFrom> {
        let (frame, unit, scope) = self.eval_scopes.last()?;
        if *frame != self.frames.len() {
            return None;
        }
        let lexicals = unit.scopes.get(*scope as usize)?;
        let found = lexicals.iter().find(|l| l.decl == decl && l.our.is_none());
        found.map(|l| l.from)
    }

    pub(in crate::vm) fn require_op(&mut self, k: u8, d: R, s: R) -> Exec {
        let Some(host) = self.host.clone() else {
            return Err(self.die("require: no loader"));
        };
        let want = self.want_of(k >> 4 & 3);
        let kind = k & 15;
        let val = self.get(s)?;
        let from = self.list.len();
        match kind {
            2 => {
                let got = host.do_file(self, &val, want)?;
                self.list.truncate(from);
                match want {
                    Want::List => self.list.extend(got),
                    _ if d != NO => self.put(d, got.last().cloned().unwrap_or_default())?,
                    _ => {}
                }
                Ok(())
            }
            _ => {
                let got = host.require(self, &val, kind == 1)?;
                match want {
                    Want::List => {
                        self.list.push(got);
                        Ok(())
                    }
                    _ if d != NO => self.put(d, got),
                    _ => Ok(()),
                }
            }
        }
    }

    fn loop_kind(k: u8) -> LoopKind {
        match k & 3 {
            0 => LoopKind::Next,
            1 => LoopKind::Last,
            _ => LoopKind::Redo,
        }
    }

    pub(in crate::vm) fn loop_control(&mut self, k: u8, label: K) -> Die {
        let label: Option<Shared<str>> = match label {
            NO => None,
            k => Some(self.constant(k).to_str().to_str_lossy().as_ref().into()),
        };
        self.loop_exit(Self::loop_kind(k), label)
    }

    pub(in crate::vm) fn loop_control_dynamic(&mut self, k: u8, label: R) -> Exec<Die> {
        let label = self.get(label)?;
        let label = self.str(&label)?.to_str_lossy().into_owned();
        Ok(self.loop_exit(Self::loop_kind(k), Some(label.into())))
    }

    fn loop_exit(&mut self, kind: LoopKind, label: Option<Shared<str>>) -> Die {
        if self.loop_exists(label.as_deref()) {
            return Die::new(Stop::Loop(kind, label));
        }
        let word = kind.name();
        match label {
            Some(label) if &*label == "given" && kind == LoopKind::Last => {
                self.die("Can't \"break\" outside a given block")
            }
            Some(label) if &*label == "when" && kind == LoopKind::Next => {
                self.die("Can't \"continue\" outside a when block")
            }
            Some(label) => self.die(format!("Label not found for \"{word} {label}\"")),
            None => self.die(format!("Can't \"{word}\" outside a loop block")),
        }
    }

    pub(in crate::vm) fn goto_label(&mut self, k: K) -> Die {
        let label = self.constant(k).to_str().to_str_lossy().into_owned();
        self.goto_exit(&label)
    }

    fn goto_exit(&mut self, label: &str) -> Die {
        // nothing else may ever come by a safe point
        if let Err(died) = self.safepoint() {
            return died;
        }
        if self.label_exists(label) {
            return Die::new(Stop::Goto(label.into()));
        }
        self.die(format!("Can't find label {label}"))
    }

    pub(in crate::vm) fn goto_dynamic(&mut self, x: R) -> Exec {
        let val = self.get(x)?;
        if matches!(val, Val::CRef(_)) {
            return self.goto_sub(x);
        }
        if val.is_undef() {
            return Err(self.die("goto must have label"));
        }
        let label = self.str(&val)?.to_str_lossy().into_owned();
        if label.is_empty() {
            return Err(self.die("goto must have label"));
        }
        Err(self.goto_exit(&label))
    }

    /// True where the state variable has been initialised; else marks it so.
    pub(in crate::vm) fn state_once(&mut self, u: u16) -> bool {
        match self.captured(u) {
            Val::Cell(cell) => {
                let done = cell.with(Val::to_bool);
                if !done {
                    cell.set(Val::Int(1));
                }
                done
            }
            _ => true,
        }
    }
}
