//! Live references.
use super::{FromPerl, IntoPerl, into};
use crate::api::handle::{Array, Code, Hash, Native, Object, Scalar};
use crate::api::{Cx, Result, Value};

macro_rules! handles {
    ($($ty:ident, $wanted:literal;)*) => {$(
        impl FromPerl for $ty {
            fn from_value(value: Value, _: &mut Cx<'_>) -> Result<$ty> {
                match value {
                    Value::$ty(handle) => Ok(handle),
                    Value::Object(object) => match object.referent() {
                        Value::$ty(handle) => Ok(handle),
                        _ => Err(Value::Object(object).not($wanted)),
                    },
                    other => Err(other.not($wanted)),
                }
            }
        }

        into! {
            $ty, self => Value::$ty(self);
            &$ty, self => Value::$ty(self.clone());
        }
    )*};
}
handles! {
    Scalar, "a reference to a scalar";
    Array, "a reference to an array";
    Hash, "a reference to a hash";
    Code, "a reference to a sub";
}

impl FromPerl for Object {
    fn from_value(value: Value, _: &mut Cx<'_>) -> Result<Object> {
        match value {
            Value::Object(object) => Ok(object),
            other => Err(other.not("an object")),
        }
    }
}

into! {
    Object, self => Value::Object(self);
    &Object, self => Value::Object(self.clone());
}

impl<T: 'static> FromPerl for Native<T> {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Native<T>> {
        Native::of(Object::from_value(value, cx)?)
    }
}

impl<T: 'static> IntoPerl for Native<T> {
    fn into_value(self, _: &mut Cx<'_>) -> Result<Value> {
        Ok(Value::Object(self.into_object()))
    }
}
