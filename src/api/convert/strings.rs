//! Strings: characters, bytes, names of files.
use super::{FromPerl, IntoPerl, into};
use crate::api::{Cx, Error, Result, Text, Value};
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

impl FromPerl for Text {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Text> {
        match &value {
            Value::Undef | Value::Scalar(_) | Value::Array(_) | Value::Hash(_) | Value::Code(_) => {
                Err(value.not("a string"))
            }
            _ => {
                let val = value.to_val(cx)?;
                Ok(Text(cx.exec(|vm| vm.str(&val))?))
            }
        }
    }
}

macro_rules! characters {
    ($($ty:ty),*) => {$(
        impl FromPerl for $ty {
            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$ty> {
                Ok(Text::from_value(value, cx)?.to_str().into_owned().into())
            }
        }
    )*};
}
characters!(String, Box<str>, Rc<str>, Arc<str>, Cow<'static, str>);

impl FromPerl for char {
    /// The one character of a string.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<char> {
        let text = Text::from_value(value.clone(), cx)?;
        let text = text.to_str();
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(value.not("one character")),
        }
    }
}

impl FromPerl for Box<[u8]> {
    /// The bytes of a string.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Box<[u8]>> {
        let text = Text::from_value(value, cx)?;
        match text.as_bytes() {
            Some(bytes) => Ok(bytes.into_owned().into()),
            None => Err(Error::conversion("a string with wide characters", "bytes")),
        }
    }
}

impl FromPerl for OsString {
    /// What a system call would be given: the bytes of a string, its UTF-8 where it has wide
    /// characters.
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<OsString> {
        let text = Text::from_value(value, cx)?;
        let bytes = match text.as_bytes() {
            Some(bytes) => bytes.into_owned(),
            None => text.to_str().into_owned().into_bytes(),
        };
        Ok(crate::sys::path::os_string(bytes))
    }
}

impl FromPerl for PathBuf {
    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<PathBuf> {
        OsString::from_value(value, cx).map(PathBuf::from)
    }
}

into! {
    &str, self => Value::Str(Text::from(self));
    String, self => Value::Str(Text::from(&*self));
    &String, self => Value::Str(Text::from(&**self));
    Box<str>, self => Value::Str(Text::from(&*self));
    Rc<str>, self => Value::Str(Text::from(&*self));
    Arc<str>, self => Value::Str(Text::from(&*self));
    Cow<'_, str>, self => Value::Str(Text::from(&*self));
    char, self => Value::Str(Text::from(self.encode_utf8(&mut [0; 4]) as &str));
    Text, self => Value::Str(self);
    &Text, self => Value::Str(self.clone());
    &[u8], self => Value::Str(Text::from_bytes(self));
    Box<[u8]>, self => Value::Str(Text::from_bytes(&self));
    Cow<'_, [u8]>, self => Value::Str(Text::from_bytes(&self));
    &OsStr, self => Value::Str(Text::from_bytes(self.as_encoded_bytes()));
    OsString, self => Value::Str(Text::from_bytes(self.as_encoded_bytes()));
    &Path, self => Value::Str(Text::from_bytes(self.as_os_str().as_encoded_bytes()));
    PathBuf, self => Value::Str(Text::from_bytes(self.as_os_str().as_encoded_bytes()));
    &PathBuf, self => Value::Str(Text::from_bytes(self.as_os_str().as_encoded_bytes()));
}
