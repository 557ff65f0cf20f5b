//! Rust values inside objects.
use super::{Held, Object};
use crate::api::{Cx, Error, ErrorKind, Result};
use crate::value::{HasSide, Native as Body, Scalar as Cell, Val};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// A value in an object's keeping. A panic in its `Drop` ends here, as a `die` in DESTROY does: what
/// runs goes on.
struct Kept<T>(Option<Rc<T>>);

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        let value = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(value)));
    }
}

/// The Rust value inside an object that [`Cx::new_object`] made: as an argument of a native function
/// it is checked to be there, and derefs to `T`.
///
/// ```
/// use keshi::{Native, Package, Perl};
/// use std::cell::Cell;
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// perl.add_package(
///     Package::new("Counter")
///         .function("new", |call, class: String| call.new_object(&class, Cell::new(0i64)))
///         .function("next", |_, count: Native<Cell<i64>>| {
///             count.set(count.get() + 1);
///             Ok(count.get())
///         }),
/// );
/// let list: Vec<i64> = perl.eval("use Counter; my $c = Counter->new; ($c->next, $c->next)")?;
/// assert_eq!(list, [1, 2]);
/// let error = perl.eval::<()>("Counter::next(bless {}, 'Impostor')").unwrap_err();
/// assert!(error.text().starts_with("Counter::next: an object of class Impostor is not"));
/// # Ok(())
/// # }
/// ```
pub struct Native<T> {
    value: Rc<T>,
    object: Object,
}

impl<T: 'static> Native<T> {
    /// The value inside an object; an error if there is none of this type.
    pub fn of(object: Object) -> Result<Native<T>> {
        match object.native() {
            Some(value) => Ok(Native { value, object }),
            None => {
                let got = format!("an object of class {}", object.class());
                let wanted = format!("one with a Rust {} inside", std::any::type_name::<T>());
                Err(Error::conversion(&got, &wanted))
            }
        }
    }
}

impl<T> Native<T> {
    /// The object it is inside of.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// The object it is inside of.
    pub fn into_object(self) -> Object {
        self.object
    }
}

impl<T> Clone for Native<T> {
    /// Another reference to the same value.
    fn clone(&self) -> Native<T> {
        Native {
            value: self.value.clone(),
            object: self.object.clone(),
        }
    }
}

impl<T> Deref for Native<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Native<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Native").field(&self.value).finish()
    }
}

impl Object {
    /// The Rust value inside, if it is one of this type made by [`Cx::new_object`].
    pub fn native<T: 'static>(&self) -> Option<Rc<T>> {
        let Val::SRef(cell) = self.0.val() else {
            return None;
        };
        match cell.get() {
            Val::Native(native) => native.object.downcast_ref::<Kept<T>>()?.0.clone(),
            _ => None,
        }
    }
}

impl Cx<'_> {
    /// An object of a class with a Rust value inside: [`Native`] and [`Object::native`] give it back
    /// to native functions. It is dropped with the last reference; a DESTROY of the class runs
    /// before.
    pub fn new_object<T: 'static>(&mut self, class: &str, value: T) -> Result<Object> {
        if class.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "an object needs a class"));
        }
        let kept = Kept(Some(Rc::new(value)));
        let cell = Cell::new(Val::Native(Body::new(Rc::new(kept))));
        let stash = self.vm.symbols.stash(class);
        cell.bless(stash);
        let home = self.home();
        Ok(Object(Held::new(Val::SRef(cell), &home)))
    }
}
