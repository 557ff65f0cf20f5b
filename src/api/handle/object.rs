//! An object.
use super::{Array, Code, Hash, Held, Scalar, handle};
use crate::api::{Context, Cx, Error, ErrorKind, FromPerl, IntoPerl, Result, Text, Value};
use crate::value::Val;
use std::rc::Rc;

/// An object: a reference to something that was blessed.
///
/// ```
/// use keshi::{Object, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// let dog: Object = perl.eval(r#"
///     package Dog;
///     sub new  { my ($class, %self) = @_; bless \%self, $class }
///     sub says { my $self = shift; "$self->{name} says woof" }
///     Dog->new(name => 'Rex');
/// "#)?;
/// assert_eq!(dog.class(), "Dog");
/// assert_eq!(dog.call::<String>(&mut perl, "says", ())?, "Rex says woof");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Object(pub(in crate::api) Held);
handle!(Object);

impl Object {
    /// The name of its class.
    pub fn class(&self) -> String {
        let stash = self.0.val().blessed();
        stash.map_or_else(String::new, |stash| stash.name().to_string())
    }

    /// Does it belong to a class, or one that inherits from it?
    pub fn isa(&self, class: &str) -> bool {
        self.0.val().blessed().is_some_and(|stash| stash.isa(class))
    }

    /// Calls a method.
    pub fn call<T: FromPerl>(
        &self,
        context: &mut impl Context,
        method: &str,
        args: impl IntoPerl,
    ) -> Result<T> {
        let mut cx = context.cx();
        let object = self.0.val_in(&cx)?;
        cx.call_method_val(object, method, args)
    }

    /// As a string, by the class's overloading where it has some.
    pub fn to_text(&self, context: &mut impl Context) -> Result<Text> {
        let mut cx = context.cx();
        let object = self.0.val_in(&cx)?;
        Ok(Text(cx.exec(|vm| vm.str(&object))?))
    }

    /// The hash, array, scalar or sub that was blessed, past all methods.
    pub fn referent(&self) -> Value {
        let held = self.0.clone();
        match held.val() {
            Val::HRef(_) => Value::Hash(Hash(held)),
            Val::ARef(_) => Value::Array(Array(held)),
            Val::SRef(_) => Value::Scalar(Scalar(held)),
            Val::CRef(_) => Value::Code(Code(held)),
            _ => Value::Object(self.clone()),
        }
    }

    /// The Rust value inside, if it is one of this type made by [`Cx::new_object`].
    pub fn native<T: 'static>(&self) -> Option<Rc<T>> {
        let Val::SRef(cell) = self.0.val() else {
            return None;
        };
        match cell.get() {
            Val::Native(native) => native.object.clone().downcast().ok(),
            _ => None,
        }
    }
}

impl Cx<'_> {
    pub(in crate::api) fn call_method_val<T: FromPerl>(
        &mut self,
        invocant: Val,
        method: &str,
        args: impl IntoPerl,
    ) -> Result<T> {
        let mut values = Vec::new();
        args.into_list(&mut values, self)?;
        let mut vals = vec![invocant];
        for value in &values {
            vals.push(value.to_val(self)?);
        }
        let list = self.exec(|vm| vm.call_method(method, &vals, T::CONTEXT.want()))?;
        self.take_list(list)
    }

    /// An object of a class with a Rust value inside: [`Object::native`] gives it back to native
    /// functions. It is dropped with the last reference.
    ///
    /// ```
    /// use keshi::{Object, Package, Perl};
    /// use std::cell::Cell;
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.add_package(
    ///     Package::new("Counter")
    ///         .function("new", |call, class: String| call.new_object(&class, Cell::new(0i64)))
    ///         .function("next", |_, this: Object| {
    ///             let count = this.native::<Cell<i64>>().unwrap();
    ///             count.set(count.get() + 1);
    ///             Ok(count.get())
    ///         }),
    /// );
    /// let list: Vec<i64> = perl.eval("use Counter; my $c = Counter->new; ($c->next, $c->next)")?;
    /// assert_eq!(list, [1, 2]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn new_object<T: 'static>(&mut self, class: &str, value: T) -> Result<Object> {
        use crate::value::{HasSide, Native, Scalar as Body};
        if class.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "an object needs a class"));
        }
        let cell = Body::new(Val::Native(Native::new(Rc::new(value))));
        let stash = self.vm.symbols.stash(class);
        cell.bless(stash);
        let home = self.home();
        Ok(Object(Held::new(Val::SRef(cell), &home)))
    }
}
