//! Calling subs: frames in and out, natives, and calls from Rust code.

use super::Vm;
use super::call::Call;
use super::die::{Die, Exec, Limit, Stop};
use super::frame::{Frame, kind, perl_body};
use super::native::{self, Native, Ret};
use crate::bytecode::Want;
use crate::diag::warnings::Category;
use crate::value::code::Body;
use crate::value::{Array, Code, Rc, Stash, Symbols, Val};

/// Registers that must be free above a new frame.
const SPARE: usize = 1 << 12;
/// Frames inside one another: a program that needs more than this has lost its way.
pub(super) const MOST_FRAMES: usize = 8_000_000;
/// Rust frames of the loop inside one another; each takes a few hundred bytes of native stack,
/// which grows by segments.
pub(super) const DEEPEST: u32 = 20_000;

/// What is still to be known of a frame that has been left.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub(super) dst: u16,
    pub(super) kind: u8,
}

impl Vm {
    /// A frame for a sub with a Perl body; its arguments stand in registers `args..args+argc`.
    #[inline(always)]
    pub(super) fn push_frame(
        &mut self,
        code: Rc<Code>,
        args: usize,
        argc: usize,
        dst: u16,
        want: Want,
        kind: u8,
    ) -> Exec {
        let Some((proto, captures)) = perl_body(&code) else {
            return Ok(());
        };
        // SAFETY: `code` keeps the proto alive.
        let unit = unsafe { &*(*proto).unit };
        let base = self.top;
        let end = base + unit.nregs as usize;
        if end + SPARE > self.regs.len() || self.frames.len() >= self.most_frames {
            return Err(self.too_deep());
        }
        if self.frames.len() == self.frames.capacity() {
            let more = self.frames.len().max(64);
            self.frames
                .try_reserve(more)
                .map_err(|_| Die::new(Stop::OutOfMemory))?;
        }
        if let Some(below) = self.frames.last_mut() {
            below.pc = self.pc;
        }
        if !unit.flags.by_value && !unit.flags.ignores_args {
            for i in args..args + argc {
                // SAFETY: the window lies below the top.
                if matches!(unsafe { &*self.regs.at(i) }, Val::Slot(_)) {
                    self.cell_at(i)?;
                }
            }
        }
        let depth = code.depth.get() + 1;
        code.depth.set(depth);
        let frame = Frame {
            code,
            proto,
            captures,
            pc: unit.code.as_ptr(),
            base: base as u32,
            end: end as u32,
            args: args as u32,
            argc: argc as u32,
            shifted: 0,
            argv: None,
            matched: None,
            list: self.list.len() as u32,
            marks: self.marks.len() as u32,
            scopes: self.scopes.len() as u32,
            saves: self.saves.len() as u32,
            handlers: self.handlers.len() as u32,
            dst,
            want,
            kind,
            again: false,
        };
        // SAFETY: there is room for one more, as has been seen to above.
        unsafe {
            let n = self.frames.len();
            std::ptr::write(self.frames.as_mut_ptr().add(n), frame);
            self.frames.set_len(n + 1);
            self.proto = proto;
            self.consts = (*proto).consts.as_ptr();
        }
        self.r = self.regs.at(base);
        self.top = end;
        self.pc = unit.code.as_ptr();
        if depth == 100 || !unit.presets.is_empty() {
            self.enter_rare(depth, args)?;
        }
        Ok(())
    }

    /// Registers and tables are those of the innermost frame again.
    #[inline(always)]
    pub(super) fn face_frame(&mut self) {
        match self.frames.last() {
            Some(frame) => {
                self.r = self.regs.at(frame.base as usize);
                self.proto = frame.proto;
                self.consts = frame.proto().consts.as_ptr();
            }
            None => self.r = self.regs.at(0),
        }
    }

    /// An embedder's limit of subs inside one another.
    pub fn limit_depth(&mut self, most: Option<usize>) {
        self.most_frames = most.unwrap_or(MOST_FRAMES);
        let nested = most.map_or(DEEPEST, |most| u32::try_from(most).unwrap_or(u32::MAX));
        self.most_nested = nested.min(DEEPEST);
    }

    /// Too many frames: an embedder's limit, or no memory for more.
    #[cold]
    fn too_deep(&self) -> Die {
        Die::new(if self.most_frames < MOST_FRAMES {
            crate::text::quota::too_deep();
            Stop::Limit(Limit::Recursion)
        } else {
            Stop::OutOfMemory
        })
    }

    /// The rare duties on entering a frame: first instances, the warning about depth.
    #[cold]
    fn enter_rare(&mut self, depth: u32, _args: usize) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive.
        let proto = unsafe { &*proto };
        if !proto.presets_used.replace(true) {
            for &(reg, decl) in &proto.unit.presets {
                let pad = proto.unit.pad.iter().find(|p| p.decl == decl);
                let kind = pad.map_or(crate::bytecode::PadKind::Scalar, |p| p.kind);
                let val = self.first(decl, kind);
                self.put_raw(reg, val);
            }
        }
        if depth == 100
            && self
                .frames
                .last()
                .is_some_and(|f| f.kind & (kind::EVAL | kind::FILE) == 0)
        {
            // The caller's line and pragmas count.
            let frame = self.frames.pop();
            let pc = self.pc;
            self.pc = self.frames.last().map_or(pc, |f| f.pc);
            let name = frame
                .as_ref()
                .map_or_else(String::new, |f| f.code.full_name());
            let warned = match name.ends_with("::__ANON__") {
                true => self.warn(
                    Category::Recursion,
                    "Deep recursion on anonymous subroutine",
                ),
                false => self.warn(
                    Category::Recursion,
                    format!("Deep recursion on subroutine \"{name}\""),
                ),
            };
            self.pc = pc;
            self.frames.extend(frame);
            // A warning's handler has run on the frame below.
            self.top = self.frames.last().map_or(self.top, Frame::end);
            self.face_frame();
            warned?;
        }
        Ok(())
    }

    /// Takes the innermost frame down: its registers, lists and scopes. The saves have been
    /// restored.
    #[inline(always)]
    pub(super) fn pop_frame(&mut self) -> Option<Left> {
        let frame = self.frames.last_mut()?;
        let left = Left {
            dst: frame.dst,
            kind: frame.kind,
        };
        let (base, end) = (frame.base as usize, frame.end());
        let (args, argc) = (frame.args as usize, frame.argc as usize);
        if self.marks.len() > frame.marks as usize {
            self.marks.truncate(frame.marks as usize);
        }
        if self.handlers.len() > frame.handlers as usize {
            self.handlers.truncate(frame.handlers as usize);
        }
        if let Some(matched) = frame.matched.take() {
            self.matched = matched;
        }
        frame.code.depth.set(frame.code.depth.get() - 1);
        self.regs.clear(base, end);
        self.top = base;
        if left.kind & kind::OWN_ARGS != 0 {
            self.regs.clear(args, args + argc);
            self.top = args;
        } else if left.kind & (kind::NO_ARGS | kind::BLOCK) == 0 {
            self.tidy_window(args, argc);
        }
        // The frame is still the last one: what its registers held is queued, not run. Of what
        // it owns itself, two of three are nearly always nothing.
        // SAFETY: the last frame is taken off before its parts are dropped, each once.
        unsafe {
            let last = self.frames.len() - 1;
            self.frames.set_len(last);
            let frame = self.frames.as_mut_ptr().add(last);
            let code = std::ptr::read(&raw const (*frame).code);
            if (*frame).argv.is_some() {
                drop((*frame).argv.take());
            }
            drop(code);
        }
        if let Some(below) = self.frames.last() {
            self.pc = below.pc;
        }
        self.face_frame();
        Some(left)
    }

    /// Takes cells and aliases out of an argument window; values stay to the statement's end.
    #[inline(always)]
    pub(super) fn tidy_window(&mut self, at: usize, argc: usize) {
        for i in at..at + argc {
            // SAFETY: the window lies in the file; the old value is dropped after the write.
            let place = unsafe { &mut *self.regs.at(i) };
            if matches!(place, Val::Slot(_) | Val::Cell(_)) {
                Val::discard(place);
            }
        }
    }

    /// Moves list entries from `from` on behind the top, as an argument window.
    pub(super) fn window_from_list(&mut self, from: usize) -> Exec<(usize, usize)> {
        let argc = self.list.len() - from;
        let at = self.top;
        if at + argc + SPARE > self.regs.len() {
            return Err(self.too_large());
        }
        for (i, val) in self.list.drain(from..).enumerate() {
            // SAFETY: above the top, where all registers are undef.
            unsafe { Val::write(self.regs.at(at + i), val) };
        }
        self.top = at + argc;
        Ok((at, argc))
    }

    /// Runs a native function over a window. What it pushed lies on the list.
    pub(super) fn run_native(
        &mut self,
        native: &Native,
        at: usize,
        argc: usize,
        want: Want,
        code: Option<Rc<Code>>,
    ) -> Exec<Ret> {
        let want = native::plain_want(want);
        if self.tainting != 0 && code.is_some() {
            return self.taint_native(native, (at, argc), want, code);
        }
        let mut call = Call {
            vm: self,
            at,
            argc,
            want,
            code,
        };
        native.run(&mut call)
    }

    /// The native function a sub runs.
    pub(super) fn native(&mut self, body: &Body) -> Exec<Native> {
        let native = match body {
            Body::Native(id) => self.natives.get(*id as usize).cloned(),
            Body::Host(closure) => closure.downcast_ref().cloned().map(Native::Boxed),
            _ => None,
        };
        native.ok_or_else(|| self.die("panic: unknown native function"))
    }

    /// Calls a sub over a window of its own and waits for it; the results lie on the list from
    /// where it ended.
    pub(super) fn call_window(
        &mut self,
        code: Rc<Code>,
        at: usize,
        argc: usize,
        want: Want,
        bits: u8,
    ) -> Exec {
        let from = self.list.len();
        // a loop of ours that calls subs may meet no other safe point
        if let Err(died) = self.checkpoint() {
            self.regs.clear(at, at + argc);
            self.top = at;
            return Err(died);
        }
        let done = self.call_window_inner(&code, at, argc, want, bits);
        // A Perl sub's frame has cleared the window already.
        self.regs.clear(at, at + argc);
        self.top = at;
        if done.is_err() {
            self.list.truncate(from);
        }
        done
    }

    fn call_window_inner(
        &mut self,
        code: &Rc<Code>,
        at: usize,
        argc: usize,
        want: Want,
        bits: u8,
    ) -> Exec {
        match code.body() {
            Body::Perl(_) => {
                self.push_frame(
                    code.clone(),
                    at,
                    argc,
                    0,
                    want,
                    kind::NESTED | kind::OWN_ARGS | bits,
                )?;
                let floor = self.frames.len() - 1;
                self.run_nested(floor)?;
                if want != Want::List {
                    let val = self.result.take();
                    self.list.push(val);
                }
                Ok(())
            }
            body @ (Body::Native(_) | Body::Host(_)) => {
                let native = self.native(body)?;
                let from = self.list.len();
                let ret = self.run_native(&native, at, argc, want, Some(code.clone()))?;
                if want == Want::List {
                    native::list_of(ret, &mut self.list);
                } else {
                    let val = native::scalar_of(ret, &mut self.list, from);
                    self.list.push(val);
                }
                Ok(())
            }
            Body::Const(list) => {
                if want == Want::List {
                    self.list.extend(list.iter().cloned());
                } else {
                    self.list.push(list.last().cloned().unwrap_or_default());
                }
                Ok(())
            }
            Body::Stub => {
                let auto = self.autoload_for(code)?;
                match auto {
                    Some(auto) => self.call_window_inner(&auto, at, argc, want, bits),
                    None => Err(self.undefined_sub(code)),
                }
            }
        }
    }

    /// Runs the loop inside itself.
    pub(super) fn run_nested(&mut self, floor: usize) -> Exec {
        if self.nesting >= self.most_nested {
            if self.most_nested < DEEPEST {
                return Err(self.too_deep());
            }
            return Err(self.die("Deep recursion limit exceeded"));
        }
        if self.tainting != 0 {
            return self.taint_nested(floor);
        }
        self.nested(floor)
    }

    pub(super) fn nested(&mut self, floor: usize) -> Exec {
        self.nesting += 1;
        let done = crate::source::depth::deeper(128 * 1024, 1024 * 1024, || self.run(floor));
        self.nesting -= 1;
        done
    }

    /// Calls a sub, given as a code reference, an object with `&{}`, or a name. Gives a list, or
    /// with any other context one value.
    pub fn call_sv(&mut self, code: &Val, args: &[Val], want: Want) -> Exec<Vec<Val>> {
        let Some(code) = self.code_of(code)? else {
            return Err(self.die("Not a CODE reference"));
        };
        self.call_code(code, args, want)
    }

    /// Calls a sub with these arguments (cells among them are aliases).
    pub fn call_code(&mut self, code: Rc<Code>, args: &[Val], want: Want) -> Exec<Vec<Val>> {
        let from = self.list.len();
        self.list.extend_from_slice(args);
        let (at, argc) = self.window_from_list(from)?;
        self.call_window(code, at, argc, want, 0)?;
        Ok(self.list.split_off(from))
    }

    /// Calls a sub for one value.
    pub(super) fn call_for_one(&mut self, code: &Rc<Code>, args: &[Val]) -> Exec<Val> {
        let from = self.list.len();
        self.list.extend_from_slice(args);
        let (at, argc) = self.window_from_list(from)?;
        self.call_window(code.clone(), at, argc, Want::Scalar, 0)?;
        Ok(self.list.pop().unwrap_or_default())
    }

    /// Calls a method by name on the first argument.
    pub fn call_method(&mut self, name: &str, args: &[Val], want: Want) -> Exec<Vec<Val>> {
        let invocant = args.first().cloned().unwrap_or_default();
        let code = self.method_of(&invocant, name)?;
        self.call_code(code, args, want)
    }

    /// The method of an invocant's class, if it can be found without AUTOLOAD.
    pub fn find_method(&mut self, invocant: &Val, name: &str) -> Exec<Option<Rc<Code>>> {
        Ok(self
            .class_of(invocant)?
            .and_then(|stash| stash.find_method(name)))
    }

    /// The sub a value means: a code reference, an object with `&{}`, a glob, or a name.
    pub fn code_of(&mut self, val: &Val) -> Exec<Option<Rc<Code>>> {
        match val {
            Val::CRef(code) => return Ok(Some(code.clone())),
            Val::Glob(glob) | Val::GRef(glob) => return Ok(glob.code()),
            Val::Str(name) => {
                let name = name.to_str_lossy();
                let full =
                    Symbols::qualify(name.strip_prefix('&').unwrap_or(&name), &self.package());
                return Ok(self.symbols.glob_if(&full).and_then(|glob| glob.code()));
            }
            _ => {}
        }
        if val.is_overloaded()
            && let Some(got) = self.overload_deref(val, "&{}")?
        {
            return self.code_of(&got);
        }
        Ok(None)
    }

    /// The AUTOLOAD that stands in for a sub without a body, with `$AUTOLOAD` set.
    pub(super) fn autoload_for(&mut self, code: &Rc<Code>) -> Exec<Option<Rc<Code>>> {
        let Some((package, name)) = code.name() else {
            return Ok(None);
        };
        // The glob may have got a body since the reference to the stub was taken.
        if let Some(now) = self
            .symbols
            .glob_if(&format!("{package}::{name}"))
            .and_then(|g| g.code())
            && now.is_defined()
        {
            return Ok(Some(now));
        }
        let Some(stash) = self.symbols.stash_if(&package) else {
            return Ok(None);
        };
        self.autoload_in(&stash, &name)
    }

    /// The AUTOLOAD of a class, with its `$AUTOLOAD` set to the wanted name.
    pub(super) fn autoload_in(&mut self, stash: &Rc<Stash>, name: &str) -> Exec<Option<Rc<Code>>> {
        let Some(auto) = stash.find_method("AUTOLOAD") else {
            return Ok(None);
        };
        if !auto.is_defined() {
            return Ok(None);
        }
        let home = auto
            .name()
            .map_or_else(|| stash.name(), |(package, _)| package);
        let cell = self.symbols.glob(&format!("{home}::AUTOLOAD")).scalar();
        let mut full = Val::str(&format!("{}::{name}", stash.name()));
        if self.name_tainted {
            full = super::taint::tainted(full);
        }
        self.store(&cell, full)?;
        Ok(Some(auto))
    }

    /// The error of a call to a sub without a body.
    #[cold]
    pub(super) fn undefined_sub(&mut self, code: &Rc<Code>) -> Die {
        match code.name() {
            Some((_, name)) if &*name != "__ANON__" => {
                let name = code.full_name();
                self.die(format!("Undefined subroutine &{name} called"))
            }
            _ => self.die("Undefined subroutine called"),
        }
    }

    /// `@_` of a frame as a real array, made on first asking.
    pub(super) fn real_args(&mut self, at: usize) -> Rc<Array> {
        let Some(frame) = self.frames.get(at) else {
            return Array::new();
        };
        if let Some(array) = &frame.argv {
            return array.clone();
        }
        let (from, to) = (
            (frame.args + frame.shifted) as usize,
            (frame.args + frame.argc) as usize,
        );
        let mut vals = Vec::with_capacity(to - from.min(to));
        for i in from..to {
            // SAFETY: the window lies in the file.
            let val = unsafe { (*self.regs.at(i)).clone() };
            vals.push(match val {
                Val::Slot(_) => self.cell_at(i).map_or(Val::Undef, Val::Cell),
                val => val,
            });
        }
        let array = Array::from_raw(vals);
        if let Some(frame) = self.frames.get_mut(at) {
            frame.argv = Some(array.clone());
        }
        array
    }
}
