//! die, warn, caller: leaving, telling, looking at who called (perlfunc, family Flow).

use crate::bytecode::Want;
use crate::text::PerlStr;
use crate::value::{Hash, Val};
use crate::vm::frame::{Catch, Frame, kind};
use crate::vm::native::{Family, function};
use crate::vm::{Call, Die, Exec, Ret, Vm};

pub(super) const FAMILY: Family = Family::new(
    "Flow",
    &[
        function("die", "@", die),
        function("warn", "@", warn),
        function("caller", ";$", caller),
    ],
);

/// The text of die's or warn's arguments; none: a single reference.
fn message(call: &mut Call<'_>) -> Exec<Result<PerlStr, Val>> {
    if call.argc() == 1 {
        let val = call.arg(0)?;
        if val.is_ref() {
            return Ok(Err(val));
        }
    }
    let mut text = PerlStr::new();
    for i in 0..call.argc() {
        let part = call.arg_str(i)?;
        text.try_push_str(&part)?;
    }
    Ok(Ok(text))
}

fn located(vm: &Vm, mut text: PerlStr) -> Exec<Val> {
    if text.as_bytes().last() != Some(&b'\n') {
        text.try_push_str(&PerlStr::from(vm.at_line()))?;
    }
    Ok(Val::Str(text))
}

fn die(call: &mut Call<'_>) -> Exec<Ret> {
    let text = match message(call)? {
        Ok(text) => text,
        Err(object) => {
            call.vm.note_thrown(&object);
            return Err(Die::with(object));
        }
    };
    if !text.is_empty() {
        let val = located(call.vm, text)?;
        return Err(Die::with(val));
    }
    // Nothing said: what `$@` holds is propagated (perlfunc die).
    let error = call.vm.names.error.scalar().get();
    if error.is_ref() {
        if error.is_blessed() && call.vm.find_method(&error, "PROPAGATE")?.is_some() {
            let (line, file) = call.vm.line();
            let args = [error, Val::str(&file), Val::Int(line as i64)];
            let got = call.vm.call_method("PROPAGATE", &args, Want::Scalar)?.pop();
            return Err(Die::with(got.unwrap_or_default()));
        }
        return Err(Die::with(error));
    }
    let mut text = error.to_str();
    let more = if text.is_empty() {
        "Died"
    } else {
        "\t...propagated"
    };
    text.push_str(&PerlStr::from(more));
    let at = PerlStr::from(call.vm.at_line());
    text.try_push_str(&at)?;
    Err(Die::with(Val::Str(text)))
}

fn warn(call: &mut Call<'_>) -> Exec<Ret> {
    let val = match message(call)? {
        Err(object) => object,
        Ok(text) if !text.is_empty() => located(call.vm, text)?,
        Ok(_) => {
            let error = call.vm.names.error.scalar().get();
            if error.is_ref() {
                error
            } else {
                let mut text = error.to_str();
                let more = if text.is_empty() {
                    "Warning: something's wrong"
                } else {
                    "\t...caught"
                };
                text.push_str(&PerlStr::from(more));
                located(call.vm, text)?
            }
        }
    };
    call.vm.warn_val(val)?;
    Ok(Ret::One(Val::Int(1)))
}

/// A level of the call stack: a frame's sub, or an eval block inside a frame.
#[derive(Clone, Copy)]
enum Level {
    Sub(usize),
    /// Frame, and number of the handler.
    Eval(usize, usize),
}

impl Vm {
    /// The levels of the call stack, innermost first.
    fn levels(&self) -> Vec<Level> {
        let mut out = Vec::new();
        let mut handlers = self.handlers.len();
        for at in (0..self.frames.len()).rev() {
            while handlers > 0 && self.handlers[handlers - 1].frame as usize == at {
                handlers -= 1;
                out.push(Level::Eval(at, handlers));
            }
            let frame = &self.frames[at];
            if frame.kind & kind::BLOCK == 0 && !(at == 0 && frame.kind & kind::FILE != 0) {
                out.push(Level::Sub(at));
            }
        }
        out
    }

    /// The frame and op from which a level was entered.
    fn call_site_of(&self, level: Level) -> Option<(&Frame, u32)> {
        match level {
            Level::Eval(at, handler) => {
                let (frame, handler) = (self.frames.get(at)?, self.handlers.get(handler)?);
                Some((frame, frame.op_index(handler.entry)))
            }
            Level::Sub(at) => {
                let below = self.frames.get(at.checked_sub(1)?)?;
                Some((below, below.op_index(below.pc)))
            }
        }
    }
}

fn caller(call: &mut Call<'_>) -> Exec<Ret> {
    let given = call.argc() > 0;
    let n = if given { call.arg_int(0)? } else { 0 };
    let levels = call.vm.levels();
    let level = usize::try_from(n).ok().and_then(|n| levels.get(n).copied());
    let Some(level) = level else {
        return Ok(Ret::Nothing);
    };
    let (package, file, line, hints) = match call.vm.call_site_of(level) {
        Some((frame, op)) => {
            let (line, file) = frame.proto().line_at(op);
            let hints = frame.proto().hints_at(op).cloned();
            let package = hints
                .as_ref()
                .map_or_else(|| "main".into(), |h| h.package.clone());
            (package, file, line, hints)
        }
        None => return Ok(Ret::Nothing),
    };
    if !call.wants_list() {
        return Ok(Ret::One(Val::str(&package)));
    }
    call.push(Val::str(&package));
    call.push(Val::str(&file));
    call.push(Val::Int(line as i64));
    if !given {
        return Ok(Ret::List);
    }
    push_details(call, level)?;
    match hints {
        Some(hints) => {
            call.push(Val::Int(hints.bits as i64));
            let bits = hints
                .warnings
                .as_ref()
                .map_or(Val::Undef, |bits| Val::bytes(bits));
            call.push(bits);
            let hash = match &hints.hash {
                Some(pairs) if !pairs.is_empty() => {
                    let hash = Hash::new();
                    for (key, val) in pairs.iter() {
                        hash.set_str(key, Val::str(val));
                    }
                    Val::HRef(hash)
                }
                _ => Val::Undef,
            };
            call.push(hash);
        }
        None => {
            call.push(Val::Int(0));
            call.push(Val::Undef);
            call.push(Val::Undef);
        }
    }
    Ok(Ret::List)
}

/// Sub name, hasargs, wantarray, evaltext, is_require; fills `@DB::args` for a caller in DB.
fn push_details(call: &mut Call<'_>, level: Level) -> Exec {
    let want = |want: Want| match want {
        Want::List => Val::Int(1),
        Want::Void => Val::Undef,
        _ => Val::Bool(false),
    };
    let at = match level {
        Level::Sub(at) => at,
        Level::Eval(_, handler) => {
            let catch = call.vm.handlers.get(handler).map(|h| h.catch);
            call.push(Val::str("(eval)"));
            call.push(Val::Int(0));
            call.push(want(match catch {
                Some(Catch::Signal) => Want::Scalar,
                _ => Want::Void,
            }));
            call.push(Val::Undef);
            call.push(Val::Undef);
            return Ok(());
        }
    };
    let Some(frame) = call.vm.frames.get(at) else {
        return Ok(());
    };
    let name = call.vm.frame_name(frame);
    let (bits, context) = (frame.kind, frame.want);
    let plain = bits & (kind::EVAL | kind::FILE | kind::NO_ARGS) == 0;
    let (text, required) = if bits & kind::FILE != 0 {
        (Val::str(&frame.proto().line_at(0).1), Val::Int(1))
    } else if bits & kind::EVAL != 0 {
        let texts = &call.vm.eval_texts;
        let text = texts.iter().rev().find(|(frame, _)| *frame == at);
        let text = text.map_or(Val::Undef, |(_, text)| text.clone());
        (text, Val::Bool(false))
    } else {
        (Val::Undef, Val::Undef)
    };
    call.push(Val::str(&name));
    call.push(match bits & (kind::EVAL | kind::FILE) {
        0 => Val::Bool(plain),
        _ => Val::Int(0),
    });
    call.push(want(context));
    call.push(text);
    call.push(required);
    if plain && &*call.package() == "DB" {
        let args = call.vm.shown_args(at);
        call.vm.names.db_args.array_mut().replace(args);
    }
    Ok(())
}

impl Vm {
    /// All arguments of a frame, those shifted off included.
    pub(in crate::vm) fn shown_args(&mut self, at: usize) -> Vec<Val> {
        let Some(frame) = self.frames.get(at) else {
            return Vec::new();
        };
        let real = frame.argv.clone();
        let count = match &real {
            Some(_) => frame.shifted,
            None => frame.argc,
        };
        let (from, to) = (frame.args as usize, (frame.args + count) as usize);
        let window = (from..to).map(|i| match self.raw_at(i) {
            Val::Slot(slot) => self.raw_at(slot as usize).loaded(),
            val => val.loaded(),
        });
        let rest = real.map(|array| array.to_vec()).unwrap_or_default();
        window
            .chain(rest.into_iter().map(|val| val.loaded()))
            .collect()
    }
}
