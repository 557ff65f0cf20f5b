//! Operations on arrays and on `@_`.

use crate::bytecode::{NO, R, rv};
use crate::value::{Array, HasSide, Magic, MagicBody, Rc, Val};
use crate::vm::long::ITEMS;
use crate::vm::{Exec, Vm};

impl Vm {
    /// An index operand.
    #[inline]
    pub(in crate::vm) fn index_reg(&mut self, i: R) -> Exec<i64> {
        // SAFETY: a register of the frame.
        if let Val::Int(n) = unsafe { &*self.reg(i) } {
            return Ok(*n);
        }
        let val = self.get(i)?;
        self.index_val(&val)
    }

    /// A value as an index.
    pub(in crate::vm) fn index_val(&mut self, val: &Val) -> Exec<i64> {
        if val.is_ref() && !val.is_overloaded() {
            let shown = val.to_str();
            self.warn(
                crate::diag::warnings::Category::Misc,
                format!("Use of reference \"{shown}\" as array index"),
            )?;
        }
        Ok(self.num(val)?.to_i64())
    }

    /// `$array[i]`
    #[inline]
    pub(in crate::vm) fn elem(&mut self, array: &Rc<Array>, i: i64) -> Exec<Val> {
        if array.header().has(crate::value::rc::flag::TIED) {
            return self.array_fetch(array, i);
        }
        match array.index(i) {
            Some(i) => match array.get(i) {
                Val::Magic(magic) => self.magic_get(&magic),
                val => Ok(val),
            },
            None => Ok(Val::Undef),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn array_get_op(&mut self, d: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let val = self.elem(&array, i)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_get_int(&mut self, d: R, c: R, i: i64) -> Exec {
        let array = self.arr(c);
        let val = self.elem(&array, i)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_set_op(&mut self, c: R, i: R, s: R) -> Exec {
        let i = self.index_reg(i)?;
        self.array_set_int(c, i, s)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_set_int(&mut self, c: R, i: i64, s: R) -> Exec {
        let val = self.get(s)?;
        let array = self.arr(c);
        self.set_elem(&array, i, val)
    }

    /// `$array[i] = val`
    #[inline]
    pub(in crate::vm) fn set_elem(&mut self, array: &Rc<Array>, i: i64, val: Val) -> Exec {
        if array.is_simple() && i >= 0 {
            let i = i as usize;
            let plain = array.with(i, |v| !matches!(v, Val::Cell(_) | Val::Magic(_)));
            if plain != Some(false) {
                return Ok(array.set(i, val)?);
            }
        }
        self.array_store(array, i, val)
    }

    pub(in crate::vm) fn array_elem(&mut self, t: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let cell = self.array_cell(&array, i)?;
        self.put_raw(t, Val::Cell(cell));
        Ok(())
    }

    /// The element's cell if there is one, else one that makes it when assigned to.
    pub(in crate::vm) fn defer_array(
        &mut self,
        array: &Rc<Array>,
        i: i64,
    ) -> Rc<crate::value::Scalar> {
        let found = match array.is_simple() {
            true => array.index(i).and_then(|i| array.cell_if(i)),
            false => None,
        };
        found.unwrap_or_else(|| MagicBody::scalar(Magic::DeferArray(array.clone(), i)))
    }

    pub(in crate::vm) fn array_elem_array(&mut self, t: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        self.array_int_array(t, c, i)
    }

    pub(in crate::vm) fn array_elem_hash(&mut self, t: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        self.array_int_hash(t, c, i)
    }

    pub(in crate::vm) fn array_int_array(&mut self, t: R, c: R, i: i64) -> Exec {
        let array = self.arr(c);
        let val = self.elem(&array, i)?;
        let inner = match val {
            Val::ARef(inner) if !inner.header().has(crate::value::rc::flag::BLESSED) => inner,
            Val::Undef => {
                let inner = Array::new();
                self.set_elem(&array, i, Val::ARef(inner.clone()))?;
                inner
            }
            val => {
                let flags = self.rv_here(rv::VIVIFY);
                self.deref_array(val, flags, None)?
            }
        };
        self.put_raw(t, Val::ARef(inner));
        Ok(())
    }

    pub(in crate::vm) fn array_int_hash(&mut self, t: R, c: R, i: i64) -> Exec {
        let array = self.arr(c);
        let val = self.elem(&array, i)?;
        let inner = match val {
            Val::HRef(inner) if !inner.header().has(crate::value::rc::flag::BLESSED) => inner,
            Val::Undef => {
                let inner = crate::value::Hash::new();
                self.set_elem(&array, i, Val::HRef(inner.clone()))?;
                inner
            }
            val => {
                let flags = self.rv_here(rv::VIVIFY);
                self.deref_hash(val, flags, None)?
            }
        };
        self.put_raw(t, Val::HRef(inner));
        Ok(())
    }

    /// The array behind scalar register `x`, vivified.
    #[inline]
    pub(in crate::vm) fn array_of(&mut self, x: R, vivify: bool) -> Exec<Rc<Array>> {
        let val = self.get(x)?;
        if let Val::ARef(array) = &val
            && !array.header().has(crate::value::rc::flag::BLESSED)
        {
            return Ok(array.clone());
        }
        let flags = self.rv_here(if vivify { rv::VIVIFY } else { 0 });
        self.deref_array(val, flags, Some(x))
    }

    #[inline(never)]
    pub(in crate::vm) fn array_ref_get(&mut self, d: R, x: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        self.array_ref_get_int(d, x, i)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_ref_get_int(&mut self, d: R, x: R, i: i64) -> Exec {
        let array = self.array_of(x, true)?;
        let val = self.elem(&array, i)?;
        self.put(d, val)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_ref_set(&mut self, x: R, i: R, s: R) -> Exec {
        let i = self.index_reg(i)?;
        let val = self.get(s)?;
        let array = self.array_of(x, true)?;
        self.set_elem(&array, i, val)
    }

    pub(in crate::vm) fn array_length(&mut self, d: R, c: R, less: i64) -> Exec {
        let array = self.arr(c);
        let n = self.array_len(&array)? as i64;
        self.put(d, Val::Int(n + less))
    }

    pub(in crate::vm) fn array_set_last(&mut self, c: R, s: R) -> Exec {
        let val = self.get(s)?;
        let n = self.int(&val)?;
        let array = self.arr(c);
        self.array_resize(&array, n)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_push(&mut self, c: R, s: R) -> Exec {
        let val = self.get(s)?;
        // SAFETY: a register of the frame; nothing else runs during the push.
        if let Val::ARef(array) = unsafe { &*self.reg(c) }
            && array.is_simple()
        {
            return Ok(array.push(val)?);
        }
        let array = self.arr(c);
        self.push_all(&array, vec![val])
    }

    fn push_all(&mut self, array: &Rc<Array>, list: Vec<Val>) -> Exec {
        if let Some(object) = array.tied() {
            let mut args = vec![object];
            args.extend(list);
            self.call_method("PUSH", &args, crate::bytecode::Want::Void)?;
            return Ok(());
        }
        if array.header().has(crate::value::rc::flag::READONLY) {
            return Err(self.die("Modification of a read-only value attempted"));
        }
        Ok(array.extend_raw(list)?)
    }

    pub(in crate::vm) fn array_push_list(&mut self, c: R, d: R) -> Exec {
        let list = self.take_values()?;
        let array = self.arr(c);
        self.push_all(&array, list)?;
        if d != NO {
            let n = self.array_len(&array)?;
            self.put(d, Val::Int(n as i64))?;
        }
        Ok(())
    }

    pub(in crate::vm) fn array_unshift_list(&mut self, c: R, d: R) -> Exec {
        let list = self.take_values()?;
        let array = self.arr(c);
        if let Some(object) = array.tied() {
            let mut args = vec![object];
            args.extend(list);
            self.call_method("UNSHIFT", &args, crate::bytecode::Want::Void)?;
        } else {
            array.unshift(list)?;
        }
        if d != NO {
            let n = self.array_len(&array)?;
            self.put(d, Val::Int(n as i64))?;
        }
        Ok(())
    }

    fn take_end(&mut self, d: R, c: R, method: &str, first: bool) -> Exec {
        let array = self.arr(c);
        let val = match array.tied() {
            Some(object) => self.tie_call(&object, method, &[])?,
            None if array.header().has(crate::value::rc::flag::READONLY) => {
                return Err(self.die("Modification of a read-only value attempted"));
            }
            None if first => array.shift(),
            None => array.pop(),
        };
        let val = self.load(val)?;
        if d != NO { self.put(d, val) } else { Ok(()) }
    }

    #[inline(never)]
    pub(in crate::vm) fn array_pop(&mut self, d: R, c: R) -> Exec {
        self.take_end(d, c, "POP", false)
    }

    #[inline(never)]
    pub(in crate::vm) fn array_shift(&mut self, d: R, c: R) -> Exec {
        self.take_end(d, c, "SHIFT", true)
    }

    pub(in crate::vm) fn array_assign_op(&mut self, c: R, d: R) -> Exec {
        let from = self.pop_mark();
        self.load_list(from)?;
        let from = from.min(self.list.len());
        let n = self.list.len() - from;
        let array = self.arr(c);
        if array.is_simple() {
            // while many are moved a handler may see the array: it is still the old one
            let mut room = match n > ITEMS {
                true => Vec::new(),
                false => array.take_room(),
            };
            room.try_reserve_exact(n).map_err(|_| self.too_large())?;
            self.drain_list(from, &mut room)?;
            array.replace(room);
        } else {
            let list = self.list.split_off(from);
            self.array_assign(&array, list)?;
        }
        if d != NO {
            self.put(d, Val::Int(n as i64))?;
        }
        Ok(())
    }

    pub(in crate::vm) fn array_exists_op(&mut self, d: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let answer = self.array_exists(&array, i)?;
        self.put(d, Val::Bool(answer))
    }

    pub(in crate::vm) fn array_delete_op(&mut self, d: R, c: R, i: R) -> Exec {
        let i = self.index_reg(i)?;
        let array = self.arr(c);
        let val = self.array_delete(&array, i)?;
        if d != NO { self.put(d, val) } else { Ok(()) }
    }

    pub(in crate::vm) fn empty(&mut self, c: R) -> Exec {
        match self.raw(c) {
            Val::ARef(array) => self.array_assign(&array, Vec::new()),
            Val::HRef(hash) if hash.is_restricted() => {
                Err(self.die("Modification of a read-only value attempted"))
            }
            Val::HRef(hash) => self.hash_clear(&hash),
            _ => Ok(()),
        }
    }

    // ---- @_ as a window --------------------------------------------------------------------------

    /// The frame whose `@_` is meant: blocks use that of the sub around them.
    pub(in crate::vm) fn args_frame(&self) -> usize {
        use crate::vm::frame::kind;
        let mut at = self.frames.len().saturating_sub(1);
        if at > 0 && self.frames[at].kind & (kind::BLOCK | kind::NO_ARGS) == 0 {
            return at;
        }
        while at > 0 && self.frames[at].kind & (kind::BLOCK | kind::NO_ARGS) != 0 {
            at -= 1;
        }
        at
    }

    #[inline(never)]
    pub(in crate::vm) fn arg_shift(&mut self, d: R) -> Exec {
        let at = self.args_frame();
        let Some(frame) = self.frames.get_mut(at) else {
            return self.put(d, Val::Undef);
        };
        if let Some(array) = frame.argv.clone() {
            let val = array.shift();
            let val = self.load(val)?;
            return if d == NO { Ok(()) } else { self.put(d, val) };
        }
        if frame.shifted >= frame.argc {
            return if d == NO {
                Ok(())
            } else {
                self.put(d, Val::Undef)
            };
        }
        let i = (frame.args + frame.shifted) as usize;
        frame.shifted += 1;
        if d == NO {
            return Ok(());
        }
        self.copy_from(d, i)
    }

    #[inline(never)]
    pub(in crate::vm) fn arg_get(&mut self, d: R, i: u16) -> Exec {
        let at = self.args_frame();
        let Some(frame) = self.frames.get(at) else {
            return self.put(d, Val::Undef);
        };
        if let Some(array) = &frame.argv {
            let val = array.get(i as usize);
            let val = self.load(val)?;
            return self.put(d, val);
        }
        let i = frame.shifted + i as u32;
        if i >= frame.argc {
            return self.put(d, Val::Undef);
        }
        let at = (frame.args + i) as usize;
        self.copy_from(d, at)
    }

    /// register `d` = the value of the entry in absolute register `i`.
    #[inline(always)]
    fn copy_from(&mut self, d: R, i: usize) -> Exec {
        let from = self.peek(self.regs.at(i));
        // SAFETY: a register of the frame.
        if crate::vm::fast::copy_value(unsafe { &mut *self.reg(d) }, from) {
            return Ok(());
        }
        let val = self.load_from(from)?;
        self.put(d, val)
    }

    pub(in crate::vm) fn arg_number(&self) -> usize {
        match self.frames.get(self.args_frame()) {
            Some(frame) => match &frame.argv {
                Some(array) => array.len(),
                None => (frame.argc - frame.shifted) as usize,
            },
            None => 0,
        }
    }

    pub(in crate::vm) fn arg_count(&mut self, d: R) -> Exec {
        let n = self.arg_number();
        self.put(d, Val::Int(n as i64))
    }

    pub(in crate::vm) fn push_args(&mut self, aliases: u8, from: u16) -> Exec {
        let at = self.args_frame();
        let Some(frame) = self.frames.get(at) else {
            return Ok(());
        };
        if let Some(array) = frame.argv.clone() {
            if aliases != 0 {
                let mut cells = Vec::new();
                array.push_cells_to(&mut cells);
                self.list.extend(cells.into_iter().skip(from as usize));
            } else {
                let vals = self.array_values(&array)?;
                self.list.extend(vals.into_iter().skip(from as usize));
            }
            return Ok(());
        }
        let (first, end) = (
            frame.args + frame.shifted + from as u32,
            frame.args + frame.argc,
        );
        for i in first..end {
            let val = match aliases {
                0 => self.get_at(i as usize)?,
                _ => Val::Cell(self.cell_at(i as usize)?),
            };
            self.list.push(val);
        }
        Ok(())
    }

    pub(in crate::vm) fn arg_array(&mut self, t: R) -> Exec {
        let at = self.args_frame();
        let array = self.real_args(at);
        self.put_raw(t, Val::ARef(array));
        Ok(())
    }

    /// An error that names the line of the call.
    fn die_at_caller(&mut self, text: String) -> crate::vm::Die {
        if self.frames.len() < 2 {
            return self.die(text);
        }
        let frame = self.frames.pop();
        let pc = self.pc;
        self.pc = self.frames.last().map_or(pc, |f| f.pc);
        let die = self.die(text);
        self.pc = pc;
        self.frames.extend(frame);
        self.top = self.frames.last().map_or(self.top, |f| f.end());
        self.face_frame();
        die
    }

    pub(in crate::vm) fn arg_check(&mut self, flags: u8, min: u16, max: u16) -> Exec {
        let n = self.arg_number();
        let few = n < min as usize;
        let many = max != NO && flags & 1 == 0 && n > max as usize;
        if few || many {
            let name = self
                .frames
                .get(self.args_frame())
                .map_or_else(String::new, |f| f.code.full_name());
            let (word, bound) = if few { ("few", min) } else { ("many", max) };
            let how = match (few, min == max && flags & 1 == 0) {
                (_, true) => "",
                (true, _) => "at least ",
                (false, _) => "at most ",
            };
            return Err(self.die_at_caller(format!(
                "Too {word} arguments for subroutine '{name}' (got {n}; expected {how}{bound})"
            )));
        }
        if flags & 1 != 0 {
            // SAFETY: an Ext follows.
            let first = match unsafe { *self.pc } {
                crate::bytecode::Op::Ext(_, first, ..) => first as usize,
                _ => max as usize,
            };
            if n > first && (n - first) % 2 == 1 {
                let name = self
                    .frames
                    .get(self.args_frame())
                    .map_or_else(String::new, |f| f.code.full_name());
                return Err(
                    self.die_at_caller(format!("Odd name/value argument for subroutine '{name}'"))
                );
            }
        }
        Ok(())
    }
}
