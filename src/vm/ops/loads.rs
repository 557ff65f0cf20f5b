//! Loads, moves, variables of packages and closures, the ends of scopes.

use crate::bytecode::{CaptureFrom, G, K, Op, PadKind, R, U};
use crate::value::{Array, Code, Glob, Hash, Key, Proto, Rc, Scalar, Val};
use crate::vm::{Exec, Vm};

impl Vm {
    /// Where constant `k` of the running unit stands.
    #[inline(always)]
    pub(in crate::vm) fn const_at(&self, k: K) -> *const Val {
        // SAFETY: the compiler keeps constant numbers below the unit's table.
        unsafe { self.consts.add(k as usize) }
    }

    /// Constant `k` of the running unit.
    pub(in crate::vm) fn const_cell(&mut self, t: R, k: K) -> Exec {
        let cell = match self.frames.last() {
            Some(frame) => frame.proto().const_cell(k),
            None => Scalar::read_only(Val::Undef),
        };
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn constant(&self, k: K) -> Val {
        match self.frames.last() {
            Some(frame) => frame
                .proto()
                .consts
                .get(k as usize)
                .cloned()
                .unwrap_or_default(),
            None => Val::Undef,
        }
    }

    /// Where constant `k` stands as a hash key.
    #[inline(always)]
    pub(in crate::vm) fn key_at(&self, k: K) -> *const Key {
        // SAFETY: a frame runs whenever an operation does, and keeps its unit alive.
        unsafe { (*self.proto).key(k as usize) }
    }

    /// Constant `k` as a hash key.
    pub(in crate::vm) fn key(&self, k: K) -> Key {
        // SAFETY: a frame runs whenever an operation does; keys stand still.
        unsafe { (*self.key_at(k)).clone() }
    }

    /// The glob in the running unit's table, which lives as long as the unit does.
    #[inline(always)]
    pub(in crate::vm) fn glob_at<'a>(&self, g: G) -> &'a Rc<Glob> {
        // SAFETY: a frame runs whenever an operation does and keeps its unit alive; the compiler
        // keeps numbers below the table's length. No caller holds it beyond its operation.
        unsafe { (&(*self.proto).globs).get_unchecked(g as usize) }
    }

    /// The glob in the running unit's table.
    #[inline(always)]
    pub(in crate::vm) fn global(&self, g: G) -> Rc<Glob> {
        self.glob_at(g).clone()
    }

    /// The place of a package scalar's value, for a look.
    #[inline(always)]
    pub(in crate::vm) fn scalar_place(&self, g: G) -> *const Val {
        // SAFETY: the glob holds its scalar while nothing else runs.
        unsafe { (*self.glob_at(g).scalar_at()).place() }
    }

    /// Captured variable `u` of the running closure, as it is kept.
    #[inline(always)]
    fn capture(&self, u: U) -> *const Val {
        match self.frames.last() {
            // SAFETY: the compiler keeps capture numbers below the unit's table; the closure is
            // alive while the frame is.
            Some(frame) => unsafe { frame.captures.add(u as usize) },
            None => std::ptr::null(),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn load_const(&mut self, d: R, k: K) -> Exec {
        // SAFETY: constants stand still while their unit runs.
        let val = unsafe { (*self.const_at(k)).clone() };
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn copy_reg(&mut self, d: R, s: R) -> Exec {
        let val = self.get(s)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn global_get(&mut self, d: R, g: G) -> Exec {
        // SAFETY: the place of a live scalar; the clone ends the look.
        let val = unsafe { (*self.scalar_place(g)).clone() };
        let val = self.load(val)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn global_set(&mut self, g: G, s: R) -> Exec {
        let val = self.get(s)?;
        let cell = self.glob_at(g).scalar();
        self.store(&cell, val)
    }

    pub(in crate::vm) fn global_cell(&mut self, t: R, g: G) -> Exec {
        let cell = self.glob_at(g).scalar();
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn global_array(&mut self, t: R, g: G) -> Exec {
        let array = self.glob_at(g).array_mut();
        self.put_raw(t, Val::ARef(array));
        Ok(())
    }

    pub(in crate::vm) fn global_hash(&mut self, t: R, g: G) -> Exec {
        let glob = self.global(g);
        let hash = match glob.hash() {
            Some(hash) => hash,
            None if glob.name().ends_with("::") => self.package_table(&glob),
            None => glob.hash_mut(),
        };
        self.put_raw(t, Val::HRef(hash));
        Ok(())
    }

    /// The symbol table a glob named `Foo::` stands for.
    pub(in crate::vm) fn package_table(&mut self, glob: &Rc<Glob>) -> Rc<Hash> {
        let full = glob.full_name();
        let hash = self.symbols.stash(full.trim_end_matches("::")).symbols();
        glob.set_hash(Some(hash.clone()));
        hash
    }

    pub(in crate::vm) fn global_glob(&mut self, d: R, g: G) -> Exec {
        let glob = self.global(g);
        self.put(d, Val::Glob(glob))
    }

    pub(in crate::vm) fn global_code(&mut self, d: R, g: G) -> Exec {
        let code = self.global(g).code_mut();
        self.put(d, Val::CRef(code))
    }

    pub(in crate::vm) fn up_cell(&mut self, t: R, u: U) -> Exec {
        // SAFETY: a live capture.
        let val = unsafe { (*self.capture(u)).clone() };
        self.put_raw(t, val);
        Ok(())
    }

    /// A captured variable, as it is kept.
    pub(in crate::vm) fn captured(&self, u: U) -> Val {
        // SAFETY: a live capture.
        unsafe { (*self.capture(u)).clone() }
    }

    pub(in crate::vm) fn box_var(&mut self, t: R, v: R) -> Exec {
        let cell = self.cell(v)?;
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    pub(in crate::vm) fn my_array(&mut self, c: R) -> Exec {
        // SAFETY: a register of the frame.
        if !matches!(unsafe { &*self.reg(c) }, Val::ARef(_)) {
            self.put_raw(c, Val::ARef(Array::new()));
        }
        Ok(())
    }

    pub(in crate::vm) fn my_hash(&mut self, c: R) -> Exec {
        // SAFETY: a register of the frame.
        if !matches!(unsafe { &*self.reg(c) }, Val::HRef(_)) {
            self.put_raw(c, Val::HRef(Hash::new()));
        }
        Ok(())
    }

    /// The end of a scope: variables and containers nobody else sees are emptied and kept.
    #[inline(always)]
    pub(in crate::vm) fn clear_range(&mut self, a: R, n: u16) {
        for i in a..a + n {
            // SAFETY: a register of the frame.
            let place = unsafe { &mut *self.reg(i) };
            if place.is_plain() {
                // SAFETY: plain values own nothing.
                unsafe { std::ptr::write(place, Val::Undef) };
            } else {
                leave_variable(place);
            }
        }
    }

    /// The end of a statement: temporaries go.
    #[inline(always)]
    pub(in crate::vm) fn clear_temps(&mut self, a: R, n: u16) {
        for i in a..a + n {
            // SAFETY: a register of the frame.
            Val::discard(unsafe { &mut *self.reg(i) });
        }
    }

    /// The entry for a captured variable of a closure that is made here.
    pub(in crate::vm) fn capture_from(&mut self, from: CaptureFrom, kind: PadKind) -> Exec<Val> {
        Ok(match from {
            CaptureFrom::Reg(reg) => match kind {
                PadKind::Scalar => Val::Cell(self.cell(reg)?),
                PadKind::Array => {
                    self.my_array(reg)?;
                    self.raw(reg)
                }
                PadKind::Hash => {
                    self.my_hash(reg)?;
                    self.raw(reg)
                }
                PadKind::Code => Val::Cell(self.cell(reg)?),
            },
            CaptureFrom::Up(u) => self.captured(u),
            CaptureFrom::First(decl) => self.first(decl, kind),
            CaptureFrom::State => match kind {
                PadKind::Array => Val::ARef(Array::new()),
                PadKind::Hash => Val::HRef(Hash::new()),
                PadKind::Scalar | PadKind::Code => Val::Cell(Scalar::new(Val::Undef)),
            },
        })
    }

    /// A closure over inner body `k`.
    pub(in crate::vm) fn closure(&mut self, d: R, k: u16) -> Exec {
        let Some(proto) = self.frames.last().and_then(|f| f.proto().sub(k as usize)) else {
            return Err(self.die("panic: no such inner sub"));
        };
        let n = proto.unit.captures.len();
        let mut captures = Vec::with_capacity(n);
        for i in 0..n {
            let (from, kind) = (proto.unit.captures[i].from, proto.unit.captures[i].kind);
            captures.push(self.capture_from(from, kind)?);
        }
        let flags = proto.unit.flags;
        if flags.declared {
            let stub = Code::stub("", &proto.unit.name);
            let prototype = proto.unit.prototype.as_deref();
            stub.set_prototype(prototype.map(crate::text::PerlStr::from));
            return self.put(d, Val::CRef(stub));
        }
        let code = self.code_for(proto, captures.into());
        match proto_name(&code) {
            // a lexical sub has a name without a package
            Some(name) => code.set_name("", name),
            None => code.set_bits(crate::value::code::bit::ANON),
        }
        if flags.completes
            && let Val::CRef(stub) = self.get(d)?
            && !stub.is_defined()
        {
            stub.adopt(&code);
            return Ok(());
        }
        self.put(d, Val::CRef(code))
    }

    /// A sub with the facts of its unit.
    pub(in crate::vm) fn code_for(
        &mut self,
        proto: std::rc::Rc<crate::value::Proto>,
        captures: Box<[Val]>,
    ) -> Rc<Code> {
        use crate::value::code::bit;
        let flags = proto.unit.flags;
        let prototype = proto.unit.prototype.clone();
        if let Some(value) = constant_of(&proto, &captures) {
            return Code::constant(vec![value]);
        }
        let code = Code::perl(proto, captures);
        if flags.lvalue {
            code.set_bits(bit::LVALUE);
        }
        if flags.method {
            code.set_bits(bit::METHOD);
        }
        if let Some(prototype) = prototype {
            code.set_prototype(Some(crate::text::PerlStr::from(&*prototype)));
        }
        code
    }
}

fn proto_name(code: &Code) -> Option<String> {
    match code.body() {
        crate::value::code::Body::Perl(closure) => {
            let name = &closure.proto.unit.name;
            (!name.contains("::")).then(|| name.clone())
        }
        _ => None,
    }
}

/// The value of a sub that takes nothing and does nothing but give a constant, or a captured scalar
/// that nobody else can change any more (perlsub, Constant Functions).
fn constant_of(proto: &Proto, captures: &[Val]) -> Option<Val> {
    let unit = &proto.unit;
    if unit.prototype.as_deref() != Some("") || unit.flags.returns || unit.flags.lvalue {
        return None;
    }
    let [load, Op::Ret(0), Op::RetVoid] = unit.code.as_slice() else {
        return None;
    };
    match *load {
        Op::LoadI(0, n) => Some(Val::Int(n.into())),
        Op::LoadK(0, k) => proto.consts.get(k as usize).cloned(),
        Op::UpCell(0, u) if matches!(unit.captures[u as usize].from, CaptureFrom::Reg(_)) => {
            match captures.get(u as usize)? {
                // The variable's register, soon left, and this capture.
                Val::Cell(cell) if cell.header().count() == 2 && cell.header().flags() == 0 => {
                    Some(cell.get())
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// perl's clearsv for a register that holds more than bits.
#[inline(never)]
fn leave_variable(place: &mut Val) {
    let keep = match place {
        Val::Cell(cell) => Scalar::leave(cell),
        Val::ARef(array) if array.header().count() == 1 && array.header().flags() == 0 => {
            if !array.is_empty() {
                array.clear();
            }
            true
        }
        Val::HRef(hash) if hash.header().count() == 1 && hash.header().flags() == 0 => {
            if !hash.is_empty() {
                hash.clear();
            }
            true
        }
        _ => false,
    };
    if !keep {
        drop(place.take());
    }
}
