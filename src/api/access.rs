//! What can be done with an interpreter, from the host as from inside a native function.
use super::context::Desk;
use super::handle::{Array, Code, Hash, Held, Scalar};
use super::{Cx, Error, ErrorKind, FromPerl, IntoPerl, Result, Value};
use crate::interp::embed;
use crate::value::{Array as ArrayBody, Hash as HashBody, Symbols, Val};

impl Cx<'_> {
    /// Evaluates a text, as `eval` of a string would do it in package `main`; `T` picks the context
    /// and what its value becomes. See [`Perl::eval`](crate::Perl::eval).
    pub fn eval<T: FromPerl>(&mut self, code: &str) -> Result<T> {
        let interp = self.interp();
        let list = self.exec(|vm| embed::eval(&interp, vm, &Val::str(code), T::CONTEXT.want()))?;
        self.take_list(list)
    }

    /// Calls a sub by its name, `main::` if it has no package. See
    /// [`Perl::call`](crate::Perl::call).
    pub fn call<T: FromPerl>(&mut self, sub: &str, args: impl IntoPerl) -> Result<T> {
        match self.code(sub) {
            Some(code) => code.call(self, args),
            None => {
                let text = format!("Undefined subroutine &{} called", qualified(sub));
                Err(Error::new(ErrorKind::NotFound, text))
            }
        }
    }

    /// Calls a class method: `Dog->new(...)`.
    pub fn call_method<T: FromPerl>(
        &mut self,
        class: &str,
        method: &str,
        args: impl IntoPerl,
    ) -> Result<T> {
        self.call_method_val(Val::str(class), method, args)
    }

    /// Loads a module (`Foo::Bar`) unless it is loaded.
    pub fn require(&mut self, module: &str) -> Result<()> {
        let interp = self.interp();
        self.exec(|vm| embed::require(&interp, vm, module))
            .map(drop)
    }

    /// The package variable `$name`, made where there is none.
    pub fn scalar(&mut self, name: &str) -> Scalar {
        let body = self.vm.symbols.glob(&qualified(name)).scalar();
        Scalar(Held::new(Val::SRef(body), &self.home()))
    }

    /// The package variable `@name`, made where there is none.
    pub fn array(&mut self, name: &str) -> Array {
        let body = self.vm.symbols.glob(&qualified(name)).array_mut();
        Array(Held::new(Val::ARef(body), &self.home()))
    }

    /// The package variable `%name`, made where there is none.
    pub fn hash(&mut self, name: &str) -> Hash {
        let body = self.vm.symbols.glob(&qualified(name)).hash_mut();
        Hash(Held::new(Val::HRef(body), &self.home()))
    }

    /// A sub by its name, if it is defined.
    pub fn code(&mut self, name: &str) -> Option<Code> {
        let glob = self.vm.symbols.glob_if(&qualified(name))?;
        let code = glob.code().filter(|code| code.is_defined())?;
        Some(Code(Held::new(Val::CRef(code), &self.home())))
    }

    /// A new scalar with this value, that nothing refers to yet.
    pub fn new_scalar(&mut self, value: impl IntoPerl) -> Result<Scalar> {
        let val = value.into_value(self)?.to_val(self)?;
        let body = crate::value::Scalar::new(val);
        Ok(Scalar(Held::new(Val::SRef(body), &self.home())))
    }

    /// A new array that nothing refers to yet.
    pub fn new_array(&mut self) -> Array {
        Array(Held::new(Val::ARef(ArrayBody::new()), &self.home()))
    }

    /// A new hash that nothing refers to yet.
    pub fn new_hash(&mut self) -> Hash {
        Hash(Held::new(Val::HRef(HashBody::new()), &self.home()))
    }

    /// The value of the last error that came out of the interpreter: what `die` was given.
    pub fn exception(&mut self) -> Option<Value> {
        let val = Desk::of(self.vm).exception.as_ref()?.1.clone();
        Some(Value::from_val(val, &self.home()))
    }

    pub(super) fn interp(&mut self) -> std::rc::Rc<crate::interp::Interp> {
        Desk::of(self.vm).interp.clone()
    }

    pub(super) fn call_val<T: FromPerl>(&mut self, code: &Val, args: impl IntoPerl) -> Result<T> {
        let mut values = Vec::new();
        args.into_list(&mut values, self)?;
        let vals = values
            .iter()
            .map(|value| value.to_val(self))
            .collect::<Result<Vec<Val>>>()?;
        let list = self.exec(|vm| vm.call_sv(code, &vals, T::CONTEXT.want()))?;
        self.take_list(list)
    }

    pub(super) fn take_list<T: FromPerl>(&mut self, list: Vec<Val>) -> Result<T> {
        let home = self.home();
        let mut values = Vec::with_capacity(list.len());
        for val in list {
            let val = self.exec(|vm| vm.load(val))?;
            values.push(Value::from_val(val, &home));
        }
        T::from_list(values, self)
    }
}

fn qualified(name: &str) -> String {
    Symbols::qualify(name, "main")
}
