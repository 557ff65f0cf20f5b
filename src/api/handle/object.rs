//! An object.
use super::{Array, Code, Hash, Held, Scalar, handle};
use crate::api::{Context, Cx, FromPerl, IntoPerl, Result, Text, Value};
use crate::value::Val;

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
/// assert_eq!(dog.call_method::<String>(&mut perl, "says", ())?, "Rex says woof");
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
    pub fn call_method<T: FromPerl>(
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

    /// A compiled pattern (`qr//`)?
    #[cfg(feature = "serde")]
    pub(in crate::api) fn is_pattern(&self) -> bool {
        matches!(self.0.val(), Val::SRef(body) if matches!(body.get(), Val::Regexp(_)))
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
}
