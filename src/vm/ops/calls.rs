//! Calls, arguments, returns.

use crate::bytecode::{CallSite, NO, Op, Place, R, Target, Want, rv};
use crate::value::code::{self, Body, bit};
use crate::value::{Code, Rc, Scalar, Symbols, Val, stash};
use crate::vm::frame::{Frame, kind};
use crate::vm::native;
use crate::vm::{Die, Exec, Ret, Vm};

/// Does the sub only copy its arguments?
#[inline(always)]
fn copies_args(code: &Code) -> bool {
    match code.body() {
        Body::Perl(closure) => {
            closure.proto.unit.flags.by_value || closure.proto.unit.flags.ignores_args
        }
        _ => true,
    }
}

/// The frame of a text and not of a sub, though nothing else says so. (A host calls subs with no frame
/// below theirs.)
fn is_program(frame: &Frame) -> bool {
    frame.code.bits() & bit::ANON == 0 && frame.code.name().is_none()
}

impl Vm {
    /// A call site of the running unit.
    #[inline(always)]
    fn site(&self, s: u16) -> (*const CallSite, *const crate::value::proto::SiteCache) {
        // SAFETY: a frame runs whenever an operation does and keeps its unit alive; the compiler
        // keeps numbers below the tables' length, which is the same.
        unsafe {
            let proto = &*self.proto;
            (
                proto.unit.sites.as_ptr().add(s as usize),
                proto.sites.as_ptr().add(s as usize),
            )
        }
    }

    /// The context a site's call is made in.
    #[inline(always)]
    fn wanted(&self, want: Want) -> Want {
        match want {
            Want::Caller => self.frames.last().map_or(Want::Void, |f| f.want),
            want => want,
        }
    }

    /// Is the callee known to only copy its arguments?
    pub(in crate::vm) fn site_copies(&mut self, s: u16) -> bool {
        let (site, cache) = self.site(s);
        // SAFETY: the running unit is alive.
        let (site, cache) = unsafe { (&*site, &*cache) };
        let copies = |code: &Code| match code.body() {
            Body::Perl(closure) => {
                closure.proto.unit.flags.by_value || closure.proto.unit.flags.ignores_args
            }
            _ => false,
        };
        match &site.target {
            Target::Glob(g) => self
                .glob_at(*g)
                .with_code(|code| code.is_some_and(|code| copies(code))),
            // SAFETY: a register of the frame.
            Target::Reg(r) => match unsafe { &*self.reg(*r) } {
                Val::CRef(code) => copies(code),
                _ => false,
            },
            Target::Method { .. } => {
                cache.generation.get() == stash::generation()
                    && cache
                        .code
                        .borrow()
                        .as_ref()
                        .is_some_and(|code| copies(code))
            }
            Target::DynMethod(_) => false,
        }
    }

    /// The sub a site calls; `at` is where its arguments stand.
    #[inline(always)]
    fn callee(&mut self, site: &CallSite, s: u16, at: usize, argc: usize) -> Exec<Rc<Code>> {
        match &site.target {
            Target::Glob(g) => {
                let glob = self.glob_at(*g);
                match glob.code() {
                    Some(code) => Ok(code),
                    None => Ok(glob.code_mut()),
                }
            }
            Target::Reg(r) => {
                // SAFETY: a register of the frame.
                if let Val::CRef(code) = unsafe { &*self.reg(*r) } {
                    return Ok(code.clone());
                }
                self.callee_value(*r)
            }
            Target::Method { .. } => self.callee_method(site, s, at, argc),
            Target::DynMethod(r) => {
                let val = self.get(*r)?;
                let invocant = if argc > 0 {
                    self.get_at(at)?
                } else {
                    Val::Undef
                };
                match val {
                    Val::CRef(code) => Ok(code),
                    other => {
                        let name = self.str(&other)?;
                        self.name_tainted = name.taint();
                        let name = name.to_str_lossy();
                        let found = match self.handle_named(&invocant) {
                            Some(handle) => self.method_of_handle(handle, at, &name),
                            None => self.method_of(&invocant, &name),
                        };
                        self.name_tainted = false;
                        found
                    }
                }
            }
        }
    }

    #[inline(never)]
    fn callee_value(&mut self, r: R) -> Exec<Rc<Code>> {
        let val = self.get(r)?;
        if let Val::CRef(code) = &val {
            return Ok(code.clone());
        }
        let flags = self.rv_here(0);
        if val.is_overloaded()
            && let Some(code) = self.code_of(&val)?
        {
            return Ok(code);
        }
        match &val {
            Val::Undef | Val::Hole => {
                Err(self.die("Can't use an undefined value as a subroutine reference"))
            }
            Val::Glob(glob) | Val::GRef(glob) => Ok(glob.code_mut()),
            _ if val.is_ref() => Err(self.die("Not a CODE reference")),
            _ if flags & rv::STRICT != 0 => {
                let text = val.to_str();
                let shown = crate::vm::diagnose::quoted(&text, 32);
                Err(self.die(format!(
                    "Can't use string (\"{shown}\") as a subroutine ref while \"strict refs\" in use"
                )))
            }
            _ => {
                let name = val.to_str().to_str_lossy().into_owned();
                let full =
                    Symbols::qualify(name.strip_prefix('&').unwrap_or(&name), &self.package());
                Ok(self.symbols.glob(&full).code_mut())
            }
        }
    }

    fn callee_method(&mut self, site: &CallSite, s: u16, at: usize, argc: usize) -> Exec<Rc<Code>> {
        let Target::Method {
            name,
            class,
            is_super,
            ..
        } = &site.target
        else {
            return Err(self.die("panic: not a method site"));
        };
        if class.is_none() && !is_super {
            let (_, cache) = self.site(s);
            // SAFETY: the running unit is alive.
            let cache = unsafe { &*cache };
            let id = if argc > 0 { self.invocant_id(at) } else { 0 };
            if id != 0
                && cache.class.get() == id
                && cache.generation.get() == stash::generation()
                && let Some(code) = &*cache.code.borrow()
            {
                return Ok(code.clone());
            }
            let invocant = if argc > 0 {
                self.get_at(at)?
            } else {
                Val::Undef
            };
            if let Some(handle) = self.handle_named(&invocant) {
                return self.method_of_handle(handle, at, name);
            }
            let code = self.method_of(&invocant, name)?;
            // AUTOLOAD must set its variable each time.
            if id != 0 && code.name().is_none_or(|(_, n)| &*n != "AUTOLOAD") {
                self.remember_method(cache, id, &invocant, &code);
            }
            return Ok(code);
        }
        let invocant = if argc > 0 {
            self.get_at(at)?
        } else {
            Val::Undef
        };
        let home = class.clone().unwrap_or_else(|| self.package());
        if *is_super {
            let class = format!("{home}::SUPER");
            return self.method_in(&invocant, &class, name);
        }
        self.check_invocant(&invocant, name)?;
        self.method_in(&invocant, &home, name)
    }

    /// What the cache of a site tells the invocant in this register apart by; 0: do not ask the cache.
    #[inline(always)]
    fn invocant_id(&self, at: usize) -> usize {
        // SAFETY: registers always hold a value; a slot names a register below.
        let entry = unsafe { &*self.regs.at(at) };
        match entry {
            Val::Slot(i) => {
                // SAFETY: as above.
                unsafe { &*self.regs.at(*i as usize) }.invocant_id()
            }
            entry => entry.invocant_id(),
        }
    }

    fn check_invocant(&mut self, invocant: &Val, name: &str) -> Exec {
        if invocant.is_undef() {
            return Err(self.die(format!(
                "Can't call method \"{name}\" on an undefined value"
            )));
        }
        if invocant.is_ref()
            && !invocant.is_blessed()
            && !matches!(invocant, Val::GRef(_) | Val::IoRef(_))
        {
            return Err(self.die(format!(
                "Can't call method \"{name}\" on unblessed reference"
            )));
        }
        Ok(())
    }

    /// Looks the method up ahead of its arguments, to know whether it only copies them. What is
    /// wrong with the call shows when it is made, after the arguments (perlobj "Method Invocation").
    pub(in crate::vm) fn method_prepare(&mut self, x: R, s: u16) -> Exec {
        let (site, cache) = self.site(s);
        // SAFETY: the running unit is alive.
        let (site, cache) = unsafe { (&*site, &*cache) };
        let Target::Method {
            name,
            class: None,
            is_super: false,
        } = &site.target
        else {
            return Ok(());
        };
        let at = self.absolute(x);
        let id = self.invocant_id(at);
        if id != 0 && cache.class.get() == id && cache.generation.get() == stash::generation() {
            return Ok(());
        }
        cache.class.set(0);
        cache.code.replace(None);
        let invocant = self.get_at(at)?;
        if id != 0
            && (invocant.is_blessed() || matches!(invocant, Val::Str(_)))
            && let Some(code) = self.find_method(&invocant, name)?
            && code.is_defined()
        {
            self.remember_method(cache, id, &invocant, &code);
        }
        Ok(())
    }

    /// Fills the cache of a site.
    fn remember_method(
        &mut self,
        cache: &crate::value::proto::SiteCache,
        id: usize,
        invocant: &Val,
        code: &Rc<Code>,
    ) {
        cache.class.set(id);
        cache.generation.set(stash::generation());
        cache.name.replace(match invocant {
            Val::Str(name) => Some(name.clone()),
            _ => None,
        });
        cache.code.replace(Some(code.clone()));
    }

    #[inline(never)]
    pub(in crate::vm) fn call_op(&mut self, n: u8, d: R, first: R, s: u16) -> Exec {
        let (site, _) = self.site(s);
        // SAFETY: the running unit is alive.
        let site = unsafe { &*site };
        let at = self.absolute(first);
        let code = self.callee(site, s, at, n as usize)?;
        if !site.consts.is_empty() && !copies_args(&code) {
            for &i in &site.consts {
                let val = self.get(first + R::from(i))?;
                self.put_raw(first + R::from(i), Val::Cell(Scalar::read_only(val)));
            }
        }
        let want = self.wanted(site.want);
        let bits = self.site_bits(site, &code, d);
        self.invoke(code, at, n as usize, d, want, bits)
    }

    pub(in crate::vm) fn call_list(&mut self, d: R, s: u16) -> Exec {
        let (site, _) = self.site(s);
        // SAFETY: the running unit is alive.
        let site = unsafe { &*site };
        let from = self.pop_mark();
        let (at, argc) = self.window_from_list(from)?;
        let want = self.wanted(site.want);
        let code = match self.callee(site, s, at, argc) {
            Ok(code) => code,
            Err(die) => {
                self.drop_window(at, argc);
                return Err(die);
            }
        };
        let bits = self.site_bits(site, &code, d) | kind::OWN_ARGS;
        self.invoke(code, at, argc, d, want, bits)
    }

    /// `&f;`
    pub(in crate::vm) fn call_share(&mut self, d: R, s: u16) -> Exec {
        let (site, _) = self.site(s);
        // SAFETY: the running unit is alive.
        let site = unsafe { &*site };
        let frame = self.args_frame();
        let array = self.real_args(frame);
        let at = self.top;
        let code = self.callee(site, s, at, 0)?;
        let want = self.wanted(site.want);
        let bits = self.site_bits(site, &code, d) | kind::OWN_ARGS;
        if matches!(code.body(), Body::Perl(_)) {
            self.push_frame(code, at, 0, d, want, bits)?;
            if let Some(frame) = self.frames.last_mut() {
                frame.argv = Some(array);
            }
            return Ok(());
        }
        let from = self.list.len();
        array.push_cells_to(&mut self.list);
        let (at, argc) = self.window_from_list(from)?;
        self.invoke(code, at, argc, d, want, bits)
    }

    /// What a site says of the frame to be.
    #[inline(always)]
    fn site_bits(&mut self, site: &CallSite, code: &Rc<Code>, d: R) -> u8 {
        let amp = if site.amp { kind::AMP } else { 0 };
        match site.place {
            Place::No => amp,
            _ => amp | self.place_bits(site, code, d),
        }
    }

    /// A sub that gives no place where one would do leaves a value: its register is made fit for that.
    #[cold]
    fn place_bits(&mut self, site: &CallSite, code: &Rc<Code>, d: R) -> u8 {
        let called = |vm: &Self| {
            let running = vm.frames.last();
            running.is_some_and(|frame| frame.kind & kind::LVALUE != 0)
        };
        let gives = code.bits() & code::bit::LVALUE != 0;
        let wanted = match site.place {
            Place::No => false,
            Place::Must => return kind::LVALUE,
            Place::Perhaps => gives,
            Place::AsCalled => gives && called(self),
        };
        if wanted {
            return kind::LVALUE;
        }
        if d != NO {
            self.put_raw(d, Val::Undef);
        }
        0
    }

    fn drop_window(&mut self, at: usize, argc: usize) {
        self.regs.clear(at, at + argc);
        self.top = at;
    }

    /// Calls a sub over a window from the loop: a Perl sub's frame is made and runs on.
    #[inline(always)]
    pub(in crate::vm) fn invoke(
        &mut self,
        code: Rc<Code>,
        at: usize,
        argc: usize,
        d: R,
        want: Want,
        bits: u8,
    ) -> Exec {
        if let Body::Perl(closure) = code.body() {
            if bits & kind::LVALUE != 0 && code.bits() & code::bit::LVALUE == 0 {
                let _ = closure;
                return Err(self.not_lvalue(&code));
            }
            return self.push_frame(code, at, argc, d, want, bits);
        }
        self.invoke_other(code, at, argc, d, want, bits)
    }

    #[cold]
    fn not_lvalue(&mut self, code: &Rc<Code>) -> Die {
        let name = code.full_name();
        self.die(format!(
            "Can't modify non-lvalue subroutine call of &{name}"
        ))
    }

    #[inline(never)]
    fn invoke_other(
        &mut self,
        code: Rc<Code>,
        at: usize,
        argc: usize,
        d: R,
        want: Want,
        bits: u8,
    ) -> Exec {
        let own = bits & kind::OWN_ARGS != 0;
        match code.body() {
            body @ (Body::Native(_) | Body::Host(_)) => {
                let native = self.native(body)?;
                let from = self.list.len();
                let ret = self.run_native(&native, at, argc, want, Some(code.clone()));
                if own {
                    self.drop_window(at, argc);
                } else {
                    self.tidy_window(at, argc);
                }
                self.deliver(d, want, ret?, from)
            }
            Body::Const(list) => {
                let ret = match want {
                    Want::List => {
                        self.list.extend(list.iter().cloned());
                        Ret::List
                    }
                    _ => Ret::One(list.last().cloned().unwrap_or_default()),
                };
                if own {
                    self.drop_window(at, argc);
                } else {
                    self.tidy_window(at, argc);
                }
                let from = self.list.len();
                self.deliver(d, want, ret, from)
            }
            Body::Stub => match self.autoload_for(&code)? {
                Some(auto) if auto.is_defined() => self.invoke(auto, at, argc, d, want, bits),
                _ => {
                    if own {
                        self.drop_window(at, argc);
                    }
                    Err(self.undefined_sub(&code))
                }
            },
            Body::Perl(_) => self.push_frame(code, at, argc, d, want, bits),
        }
    }

    /// Puts a native's result where the site wants it.
    pub(in crate::vm) fn deliver(&mut self, d: R, want: Want, ret: Ret, from: usize) -> Exec {
        match want {
            Want::List => {
                native::list_of(ret, &mut self.list);
                Ok(())
            }
            _ => {
                let val = native::scalar_of(ret, &mut self.list, from);
                if d == NO || want == Want::Void {
                    Ok(())
                } else {
                    self.put(d, val)
                }
            }
        }
    }

    pub(in crate::vm) fn arg_op(&mut self, t: R, v: R) -> Exec {
        // SAFETY: registers of the frame; the variable's number in the file.
        unsafe {
            let (to, from) = (&mut *self.reg(t), &*self.reg(v));
            match from {
                Val::Cell(cell) => to.put(Val::Cell(cell.clone())),
                Val::Slot(i) => crate::vm::fast::store_slot(to, *i),
                _ => {
                    let i = self.reg(v).offset_from(self.regs.at(0));
                    crate::vm::fast::store_slot(to, i as u32);
                }
            }
        }
        Ok(())
    }

    /// Does the callee of the site in the Ext behind the running op only copy?
    fn ext_site_copies(&mut self) -> bool {
        // SAFETY: an Ext follows.
        match unsafe { *self.pc } {
            Op::Ext(_, s, ..) if s != NO => self.site_copies(s),
            _ => false,
        }
    }

    pub(in crate::vm) fn arg_array_elem(&mut self, t: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let entry = match self.ext_site_copies() {
            true => self.elem(&array, i)?,
            false => Val::Cell(self.defer_array(&array, i)),
        };
        self.put_raw(t, entry);
        Ok(())
    }

    pub(in crate::vm) fn arg_hash_elem(&mut self, t: R, c: R, k: R) -> Exec {
        let val = self.get(k)?;
        let key = self.hash_key(&val)?;
        let hash = self.hash(c);
        let entry = match self.ext_site_copies() {
            true => self.hash_elem_get(&hash, &key)?,
            false => Val::Cell(self.defer_hash(&hash, &key)),
        };
        self.put_raw(t, entry);
        Ok(())
    }

    // ---- returning ---------------------------------------------------------------------------------

    /// Takes the running frame down after its saves have been restored.
    #[inline(always)]
    fn leave_frame(&mut self) -> Exec<Option<crate::vm::invoke::Left>> {
        if let Some(frame) = self.frames.last() {
            let (saves, scopes) = (frame.saves as usize, frame.scopes as usize);
            // What the code of a pattern localises lasts until the match is over or goes back.
            if self.saves.len() > saves && self.frames.len() != self.pattern_frame {
                self.handlers.truncate(frame.handlers as usize);
                self.restore(saves)?;
            }
            self.scopes.truncate(scopes);
        }
        Ok(self.pop_frame())
    }

    #[inline(never)]
    pub(in crate::vm) fn return_reg(&mut self, a: R) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        if frame.again {
            return self.finish_round(a);
        }
        let (want, bits, list) = (frame.want, frame.kind, frame.list as usize);
        if bits & kind::LVALUE != 0 {
            let cell = self.cell(a)?;
            return self.finish(want, Val::Cell(cell), list, true);
        }
        match want {
            Want::Void => self.finish(want, Val::Undef, list, false),
            _ => {
                // A value that the frame holds itself goes with it.
                // SAFETY: a register of the frame.
                let place = unsafe { &mut *self.reg(a) };
                let val = if place.is_rvalue() {
                    place.take()
                } else {
                    self.get(a)?
                };
                self.finish(want, val, list, false)
            }
        }
    }

    /// Leaves the frame with one value.
    #[inline(always)]
    fn finish(&mut self, want: Want, val: Val, list: usize, raw: bool) -> Exec {
        if self.list.len() > list {
            self.list.truncate(list);
        }
        if self.frames.last().is_some_and(|frame| frame.again) {
            return self.finish_round_with(val);
        }
        let Some(frame) = self.leave_frame()? else {
            return Ok(());
        };
        match want {
            Want::List => {
                Val::append(&mut self.list, val);
                Ok(())
            }
            _ if frame.kind & kind::NESTED != 0 => {
                self.result.put(val);
                Ok(())
            }
            Want::Void => Ok(()),
            _ if frame.dst == NO => Ok(()),
            _ if raw => {
                self.put_raw(frame.dst, val);
                Ok(())
            }
            _ => self.put(frame.dst, val),
        }
    }

    pub(in crate::vm) fn return_list(&mut self) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let (want, bits, list) = (frame.want, frame.kind, frame.list as usize);
        let from = self.pop_mark().max(list).min(self.list.len());
        if want != Want::List {
            let last = match self.list.len() > from {
                true => self.list.pop().unwrap_or_default(),
                false => Val::Undef,
            };
            let last = match (last, bits & kind::LVALUE != 0) {
                (Val::Cell(cell), true) => Val::Cell(cell),
                (last, _) => self.load(last)?,
            };
            let raw = matches!(last, Val::Cell(_));
            return self.finish(want, last, list, raw);
        }
        if bits & kind::LVALUE == 0 {
            self.load_list(from)?;
        }
        if from > list {
            drop(self.list.drain(list..from));
        }
        // What leaving runs pushes and pops above the results.
        self.leave_frame()?;
        Ok(())
    }

    pub(in crate::vm) fn return_void(&mut self) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let (want, list) = (frame.want, frame.list as usize);
        if want == Want::List {
            self.list.truncate(list);
            self.leave_frame()?;
            return Ok(());
        }
        self.finish(want, Val::Undef, list, false)
    }

    pub(in crate::vm) fn return_wanted(&mut self, a: R) -> Exec {
        match self.frames.last().map(|f| f.want) {
            Some(Want::List) => self.return_list(),
            _ => self.return_reg(a),
        }
    }

    pub(in crate::vm) fn put_wanted(&mut self, d: R, s: R) -> Exec {
        let val = self.get(s)?;
        match self.frames.last().map(|f| f.want) {
            Some(Want::List) => {
                self.list.push(val);
                Ok(())
            }
            _ if d == NO => Ok(()),
            _ => self.put(d, val),
        }
    }

    pub(in crate::vm) fn wants_list(&self) -> bool {
        self.sub_frame().is_some_and(|f| f.want == Want::List)
    }

    /// The frame of the sub that runs, blocks left out.
    pub(in crate::vm) fn sub_frame(&self) -> Option<&Frame> {
        self.frames.iter().rev().find(|f| f.kind & kind::BLOCK == 0)
    }

    pub(in crate::vm) fn want_array(&mut self, d: R) -> Exec {
        let frame = self.sub_frame();
        let val = match frame {
            // A file that is required or done has a context, the program has none.
            Some(f) if self.frames.len() == 1 && f.kind & kind::EVAL == 0 && is_program(f) => {
                Val::Undef
            }
            Some(f) => match f.want {
                Want::List => Val::Int(1),
                Want::Scalar | Want::Caller => Val::Bool(false),
                Want::Void => Val::Undef,
            },
            None => Val::Undef,
        };
        self.put(d, val)
    }

    pub(in crate::vm) fn current_sub(&mut self, d: R) -> Exec {
        // a file and an eval STRING are no subs
        let is_sub =
            |frame: &&Frame| frame.kind & (kind::EVAL | kind::FILE) == 0 && !is_program(frame);
        let mut frames = self.frames.iter().rev();
        let inner = frames.find(|f| f.kind & kind::BLOCK == 0);
        let code = inner.filter(is_sub).map(|f| f.code.clone());
        self.put(d, code.map_or(Val::Undef, Val::CRef))
    }

    /// `goto &sub`
    pub(in crate::vm) fn goto_sub(&mut self, x: R) -> Exec {
        let val = self.get(x)?;
        let Some(code) = self.code_of(&val)? else {
            return Err(self.die("Goto undefined subroutine"));
        };
        let code = match code.body() {
            Body::Stub => match self.autoload_for(&code)? {
                Some(auto) => auto,
                None => {
                    let name = code.full_name();
                    return Err(self.die(format!("Goto undefined subroutine &{name}")));
                }
            },
            _ => code,
        };
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        if frame.kind & kind::BLOCK != 0 || self.frames.len() == 1 && frame.kind & kind::NESTED == 0
        {
            return Err(self.die("Can't goto subroutine outside a subroutine"));
        }
        if frame.kind & kind::EVAL != 0 || self.handlers.len() > frame.handlers as usize {
            return Err(self.die("Can't goto subroutine from an eval-block"));
        }
        let (want, dst, list) = (frame.want, frame.dst, frame.list as usize);
        let bits = frame.kind | kind::OWN_ARGS;
        let args: Vec<Val> = match &frame.argv {
            Some(array) => {
                let mut cells = Vec::new();
                array.push_cells_to(&mut cells);
                cells
            }
            None => {
                let (from, to) = (frame.args + frame.shifted, frame.args + frame.argc);
                (from..to).map(|i| self.raw_at(i as usize)).collect()
            }
        };
        self.list.truncate(list);
        self.leave_frame()?;
        let at = self.top;
        let argc = args.len();
        for (i, val) in args.into_iter().enumerate() {
            // SAFETY: above the top, where all registers are undef; push_frame checks the end.
            unsafe { std::ptr::write(self.regs.at(at + i), val) };
        }
        self.top = at + argc;
        if matches!(code.body(), Body::Perl(_)) {
            return self.push_frame(code, at, argc, dst, want, bits);
        }
        let from = self.list.len();
        if bits & kind::NESTED != 0 {
            self.call_window(code, at, argc, want, 0)?;
            if want != Want::List {
                self.result = self.list.pop().unwrap_or_default();
            }
            let height = self.list.len();
            self.list
                .truncate(if want == Want::List { height } else { from });
            return Ok(());
        }
        self.invoke_other(code, at, argc, dst, want, bits)
    }
}
