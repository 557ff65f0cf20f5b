//! Reading and writing registers and scalars: through cells, aliases, weak references and magic.

use super::Vm;
use super::die::{Die, Exec, Stop};
use crate::bytecode::R;
use crate::value::rc::flag;
use crate::value::{Array, Hash, Rc, Scalar, Val};

impl Vm {
    /// The place of a register of the running frame.
    #[inline(always)]
    pub(super) fn reg(&self, a: R) -> *mut Val {
        // SAFETY: the compiler keeps operands below the frame's number of registers, which
        // push_frame has checked against the register file.
        unsafe { self.r.add(a as usize) }
    }

    /// The number of a register of the running frame among all.
    #[inline(always)]
    pub(super) fn absolute(&self, a: R) -> usize {
        // SAFETY: both lie within the register file.
        unsafe { self.reg(a).offset_from(self.regs.at(0)) as usize }
    }

    /// The entry of a register, as it is.
    #[inline(always)]
    pub(super) fn raw(&self, a: R) -> Val {
        // SAFETY: registers always hold a value.
        unsafe { (*self.reg(a)).clone() }
    }

    /// The entry of an absolute register, as it is.
    pub(super) fn raw_at(&self, i: usize) -> Val {
        // SAFETY: registers always hold a value.
        unsafe { (*self.regs.at(i)).clone() }
    }

    /// Overwrites the entry of an absolute register.
    pub(super) fn put_raw_at(&mut self, i: usize, val: Val) {
        // SAFETY: as above.
        unsafe { (*self.regs.at(i)).put(val) };
    }

    /// Overwrites a register, whatever it holds.
    #[inline(always)]
    pub(super) fn put_raw(&mut self, a: R, val: Val) {
        // SAFETY: as above.
        unsafe { (*self.reg(a)).put(val) };
    }

    /// The value of a register: cells followed, magic asked.
    #[inline(always)]
    pub(super) fn get(&mut self, a: R) -> Exec<Val> {
        // SAFETY: as above.
        let val = unsafe { &*self.reg(a) };
        if val.is_rvalue() {
            Ok(val.clone())
        } else {
            self.load_from(self.reg(a))
        }
    }

    /// The value of an absolute register.
    #[inline(always)]
    pub(super) fn get_at(&mut self, i: usize) -> Exec<Val> {
        // SAFETY: registers always hold a value.
        let val = unsafe { &*self.regs.at(i) };
        if val.is_rvalue() && !matches!(val, Val::Hole) {
            return Ok(val.clone());
        }
        self.load_from(self.regs.at(i))
    }

    #[inline(never)]
    pub(super) fn load_from(&mut self, at: *const Val) -> Exec<Val> {
        // SAFETY: a register's place; the clone ends the borrow.
        let val = unsafe { (*self.peek(at)).clone() };
        if val.is_rvalue() && !matches!(val, Val::Hole) {
            return Ok(val);
        }
        self.load(val)
    }

    /// What an entry stands for, as an rvalue: aliases and cells followed, magic asked.
    #[inline]
    pub fn load(&mut self, val: Val) -> Exec<Val> {
        if val.is_rvalue() && !matches!(val, Val::Hole) {
            return Ok(val);
        }
        match val {
            Val::Slot(i) => self.get_at(i as usize),
            Val::Cell(cell) => self.fetch(&cell),
            Val::Magic(magic) => self.magic_get(&magic),
            Val::Weak(weak) => Ok(weak.get()),
            _ => Ok(Val::Undef),
        }
    }

    /// The value of a scalar, magic asked.
    #[inline]
    pub fn fetch(&mut self, cell: &Rc<Scalar>) -> Exec<Val> {
        match cell.get() {
            Val::Magic(magic) => self.magic_get(&magic),
            val => Ok(val),
        }
    }

    /// Assigns to a register: through its cell if it is one, else it becomes the value.
    #[inline(always)]
    pub(super) fn put(&mut self, d: R, val: Val) -> Exec {
        // SAFETY: as above.
        let place = unsafe { &mut *self.reg(d) };
        if place.is_plain() {
            // SAFETY: a plain value owns nothing.
            unsafe { Val::write(place, val) };
            return Ok(());
        }
        self.put_slow(d, val)
    }

    #[inline(never)]
    fn put_slow(&mut self, d: R, val: Val) -> Exec {
        // SAFETY: as above; a simple cell is stored to while nothing else runs.
        match unsafe { &mut *self.reg(d) } {
            Val::Cell(cell) => {
                if !cell.header().has(flag::SLOW_STORE) {
                    // SAFETY: as above.
                    let place = unsafe { &mut *cell.place() };
                    if !matches!(place, Val::Magic(_)) {
                        place.put(val);
                        return Ok(());
                    }
                }
                let cell = cell.clone();
                self.store(&cell, val)
            }
            place => {
                place.put(val);
                Ok(())
            }
        }
    }

    /// Where the value of an entry stands: aliases and cells followed. The place is valid until
    /// something else runs.
    #[inline(always)]
    pub(super) fn peek(&self, at: *const Val) -> *const Val {
        // SAFETY: registers and cells always hold a value.
        unsafe {
            let mut at = at;
            if let Val::Slot(i) = &*at {
                at = self.regs.at(*i as usize);
            }
            if let Val::Cell(cell) = &*at {
                at = cell.place();
            }
            at
        }
    }

    /// Assigns a value to a scalar: read-only checks, magic told, `pos` forgotten.
    #[inline]
    pub fn store(&mut self, cell: &Rc<Scalar>, val: Val) -> Exec {
        debug_assert!(val.is_rvalue());
        if cell.is_simple() {
            cell.set(val);
            return Ok(());
        }
        self.store_slow(cell, val)
    }

    #[inline(never)]
    fn store_slow(&mut self, cell: &Rc<Scalar>, val: Val) -> Exec {
        if cell.header().has(flag::READONLY) {
            return Err(self.die("Modification of a read-only value attempted"));
        }
        let magic = cell.with(|v| match v {
            Val::Magic(magic) => Some(magic.clone()),
            _ => None,
        });
        match magic {
            Some(magic) => self.magic_set(&magic, val),
            None => {
                cell.set(val);
                Ok(())
            }
        }
    }

    /// The scalar of a variable's or place's register, boxing it.
    #[inline]
    pub(super) fn cell(&mut self, a: R) -> Exec<Rc<Scalar>> {
        box_place(self.reg(a), self)
    }

    /// The scalar behind an absolute register.
    pub(super) fn cell_at(&mut self, i: usize) -> Exec<Rc<Scalar>> {
        box_place(self.regs.at(i), self)
    }

    /// The array of a container register.
    #[inline(always)]
    pub(super) fn arr(&self, c: R) -> Rc<Array> {
        // SAFETY: as above.
        match unsafe { &*self.reg(c) } {
            Val::ARef(array) => array.clone(),
            _ => Array::new(),
        }
    }

    /// The hash of a container register.
    #[inline(always)]
    pub(super) fn hash(&self, c: R) -> Rc<Hash> {
        // SAFETY: as above.
        match unsafe { &*self.reg(c) } {
            Val::HRef(hash) => hash.clone(),
            _ => Hash::new(),
        }
    }

    /// Out of memory where a size was too large.
    pub(super) fn too_large(&self) -> Die {
        Die::new(Stop::OutOfMemory)
    }
}

/// Boxes what is in a place: a variable becomes a cell, an alias its variable's cell, a plain
/// temporary a scalar of its own.
fn box_place(place: *mut Val, vm: &mut Vm) -> Exec<Rc<Scalar>> {
    // SAFETY: a register's place; nothing else runs while it is borrowed.
    let val = unsafe { &mut *place };
    match val {
        Val::Cell(cell) => Ok(cell.clone()),
        Val::Slot(i) => {
            let i = *i as usize;
            let cell = box_place(vm.regs.at(i), vm)?;
            *val = Val::Cell(cell.clone());
            Ok(cell)
        }
        _ => {
            let inner = match val.take() {
                Val::Hole => Val::Undef,
                other => other,
            };
            let cell = Scalar::new(inner);
            *val = Val::Cell(cell.clone());
            Ok(cell)
        }
    }
}
