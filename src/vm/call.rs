//! The one door natives use: their arguments, their context, and what the machine does for them.

use super::Vm;
use super::die::{Die, Exec};
use super::native::Ret;
use crate::bytecode::{Hints, Want};
use crate::diag::warnings::Category;
use crate::sys::Errno;
use crate::text::{Numeric, PerlStr};
use crate::value::{Code, Glob, Io, Rc, Scalar, Symbols, Val};
use std::rc::Rc as Shared;

/// A call of a native function.
pub struct Call<'a> {
    /// The machine.
    pub vm: &'a mut Vm,
    /// Where the arguments stand among all registers.
    pub(super) at: usize,
    pub(super) argc: usize,
    pub(super) want: Want,
    /// The sub itself, when called as one.
    pub(super) code: Option<Rc<Code>>,
}

impl<'a> Call<'a> {
    /// A call of a builtin.
    #[inline]
    pub(super) fn new(vm: &'a mut Vm, at: usize, argc: usize, want: Want) -> Call<'a> {
        Call {
            vm,
            at,
            argc,
            want,
            code: None,
        }
    }

    /// The number of arguments.
    #[inline]
    pub fn argc(&self) -> usize {
        self.argc
    }

    /// The context: `Void`, `Scalar` or `List`.
    #[inline]
    pub fn want(&self) -> Want {
        self.want
    }

    /// Is a list wanted?
    #[inline]
    pub fn wants_list(&self) -> bool {
        self.want == Want::List
    }

    /// For `formline`: whether it is part of a format, which repeats it itself.
    pub fn is_in_format(&self) -> bool {
        self.code.is_none() && self.vm.ext_flag() == 1
    }

    /// For builtins with a syntax of their own: whether the first argument is the program of `exec PROGRAM LIST`.
    pub fn names_program(&self) -> bool {
        self.code.is_none() && self.vm.ext_flag() == 1
    }

    /// Which call in the program this is: the same number each time it is run.
    pub fn site(&self) -> usize {
        self.vm.pc as usize
    }

    /// The register entry of argument `i`: may be a cell, an alias or a container.
    pub fn raw(&self, i: usize) -> Val {
        if i < self.argc {
            self.vm.raw_at(self.at + i)
        } else {
            Val::Undef
        }
    }

    /// Argument `i`, with magic asked; undef where it is not given.
    #[inline]
    pub fn arg(&mut self, i: usize) -> Exec<Val> {
        if i < self.argc {
            self.vm.get_at(self.at + i)
        } else {
            Ok(Val::Undef)
        }
    }

    /// Argument `i` if it is given (it may be undef).
    pub fn arg_if(&mut self, i: usize) -> Exec<Option<Val>> {
        if i < self.argc {
            self.arg(i).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Argument `i` if it is given and defined.
    pub fn defined(&mut self, i: usize) -> Exec<Option<Val>> {
        Ok(self.arg(i).map(Some)?.filter(|v| !v.is_undef()))
    }

    /// All arguments from `from` on, with magic asked.
    pub fn args_from(&mut self, from: usize) -> Exec<Vec<Val>> {
        (from..self.argc).map(|i| self.arg(i)).collect()
    }

    /// All arguments.
    pub fn args(&mut self) -> Exec<Vec<Val>> {
        self.args_from(0)
    }

    /// Argument `i` as a string, with overloading; warns where it is undefined.
    pub fn arg_str(&mut self, i: usize) -> Exec<PerlStr> {
        match self.arg(i)? {
            Val::Str(text) => Ok(text),
            val => self.str(&val),
        }
    }

    /// Argument `i` as a number, with overloading; warns where it is undefined or not numeric.
    pub fn arg_num(&mut self, i: usize) -> Exec<Numeric> {
        if i < self.argc {
            // SAFETY: the window lies in the register file; the look ends here.
            match unsafe { &*self.vm.regs.at(self.at + i) } {
                Val::Int(n) => return Ok(Numeric::Int(*n)),
                Val::Num(n) => return Ok(Numeric::Num(*n)),
                _ => {}
            }
        }
        let val = self.arg(i)?;
        self.vm.num(&val)
    }

    /// Argument `i` as a double.
    pub fn arg_f64(&mut self, i: usize) -> Exec<f64> {
        Ok(self.arg_num(i)?.to_f64())
    }

    /// Argument `i` as a signed integer.
    pub fn arg_int(&mut self, i: usize) -> Exec<i64> {
        Ok(self.arg_num(i)?.to_i64())
    }

    /// Argument `i` as an unsigned integer.
    pub fn arg_uint(&mut self, i: usize) -> Exec<u64> {
        Ok(self.arg_num(i)?.to_u64())
    }

    /// The truth of argument `i`.
    pub fn arg_bool(&mut self, i: usize) -> Exec<bool> {
        let val = self.arg(i)?;
        self.vm.truth(&val)
    }

    /// A value as a string, with overloading and the warning for undef.
    pub fn str(&mut self, val: &Val) -> Exec<PerlStr> {
        self.vm.str(val)
    }

    /// Assigns to argument `i` (a place), with magic told.
    pub fn assign(&mut self, i: usize, val: Val) -> Exec {
        let cell = self.cell(i)?;
        self.vm.store(&cell, val)
    }

    /// The scalar behind argument `i`, boxed for the purpose if need be.
    pub fn cell(&mut self, i: usize) -> Exec<Rc<Scalar>> {
        if i >= self.argc {
            return Ok(Scalar::new(Val::Undef));
        }
        self.vm.cell_at(self.at + i)
    }

    /// Appends to the list that `Ret::List` gives back.
    #[inline]
    pub fn push(&mut self, val: impl Into<Val>) {
        self.vm.list.push(val.into());
    }

    /// Gives a whole list back; in scalar context its last value.
    pub fn list(&mut self, vals: impl IntoIterator<Item = Val>) -> Exec<Ret> {
        self.vm.list.extend(vals);
        Ok(Ret::List)
    }

    /// The error `msg at FILE line N.`; unchanged where it ends in a newline.
    pub fn die(&mut self, msg: impl AsRef<str>) -> Die {
        self.vm.die(msg)
    }

    /// Warns `msg at FILE line N.` if the category is on where the caller stands.
    pub fn warn(&mut self, category: Category, msg: impl AsRef<str>) -> Exec {
        self.vm.warn(category, msg)
    }

    /// Is a category of warnings on where the caller stands?
    pub fn warns(&self, category: Category) -> bool {
        self.vm.warns(category)
    }

    /// Sets `$!`.
    pub fn set_errno(&mut self, errno: Errno) {
        self.vm.errno = errno.0;
    }

    /// The system call failed: sets `$!` and gives undef.
    pub fn errno(&mut self, errno: Errno) -> Exec<Ret> {
        self.vm.errno = errno.0;
        Ok(Ret::One(Val::Undef))
    }

    /// What became of a system call that gives true or sets `$!`: perl's 1 or the empty string.
    pub fn done<T>(&mut self, result: Result<T, Errno>) -> Exec<Ret> {
        match result {
            Ok(_) => Ok(Ret::One(Val::Int(1))),
            Err(errno) => {
                self.vm.errno = errno.0;
                Ok(Ret::One(Val::Bool(false)))
            }
        }
    }

    /// The package the calling code was compiled in.
    pub fn package(&self) -> Shared<str> {
        self.vm.package()
    }

    /// The package of the sub that is called.
    pub fn own_package(&self) -> Shared<str> {
        let name = self.code.as_ref().and_then(|code| code.name());
        name.map_or_else(|| self.package(), |(package, _)| package)
    }

    /// The hints of the calling code.
    pub fn hints(&self) -> Option<Shared<Hints>> {
        self.vm.hints()
    }

    /// All packages.
    pub fn symbols(&self) -> Shared<Symbols> {
        self.vm.symbols.clone()
    }

    /// Calls a sub: a code reference, an object with `&{}`, or a name.
    pub fn call_sv(&mut self, code: &Val, args: &[Val], want: Want) -> Exec<Vec<Val>> {
        self.vm.call_sv(code, args, want)
    }

    /// Calls a sub for one value.
    pub fn call_scalar(&mut self, code: &Val, args: &[Val]) -> Exec<Val> {
        Ok(self
            .vm
            .call_sv(code, args, Want::Scalar)?
            .pop()
            .unwrap_or_default())
    }

    /// Calls a method by name.
    pub fn call_method(&mut self, name: &str, args: &[Val], want: Want) -> Exec<Vec<Val>> {
        self.vm.call_method(name, args, want)
    }

    /// The handle argument `i` means: a glob, a reference to one, an IO reference, or a name seen
    /// from the calling package. `None`: nothing of the kind.
    pub fn handle(&mut self, i: usize) -> Exec<Option<Rc<Io>>> {
        let val = self.arg(i)?;
        self.vm.io_of(&val)
    }

    /// The glob argument `i` means, for functions that open a handle: an undefined variable gets
    /// a new anonymous glob. `None`: not usable as a handle.
    pub fn glob(&mut self, i: usize) -> Exec<Option<Rc<Glob>>> {
        let val = self.arg(i)?;
        if val.is_undef() && i < self.argc {
            let package = self.vm.package();
            let name = self.vm.handle_name(self.at + i);
            let glob = Glob::new(&*package, &name);
            glob.set_bits(crate::value::glob::bit::ANONYMOUS);
            *glob.io_mut().name.borrow_mut() = Some(name.as_str().into());
            self.assign(i, Val::GRef(glob.clone()))?;
            return Ok(Some(glob));
        }
        self.vm.glob_of(&val)
    }
}
