//! Lists: vectors, arrays, sets, maps, tuples.
use super::{FromPerl, IntoPerl, Wanted};
use crate::api::{Cx, Error, ErrorKind, Result, Text, Value};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash as StdHash;

impl<T: FromPerl> FromPerl for Vec<T> {
    const CONTEXT: Wanted = Wanted::List;

    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Vec<T>> {
        match &value {
            Value::Array(array) => array.to_vec(cx),
            _ => Err(value.not("a reference to an array")),
        }
    }

    fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Vec<T>> {
        list.into_iter()
            .map(|value| T::from_value(value, cx))
            .collect()
    }
}

impl<T: IntoPerl> IntoPerl for Vec<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        let array = cx.new_array();
        array.assign(cx, self)?;
        Ok(Value::Array(array))
    }

    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        for item in self {
            out.push(item.into_value(cx)?);
        }
        Ok(())
    }
}

/// What else is a row of values.
macro_rules! rows {
    ($($row:ident: $($bound:path),*;)*) => {$(
        impl<T: FromPerl $(+ $bound)*> FromPerl for $row<T> {
            const CONTEXT: Wanted = Wanted::List;

            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$row<T>> {
                Ok(Vec::from_value(value, cx)?.into_iter().collect())
            }

            fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<$row<T>> {
                Ok(Vec::from_list(list, cx)?.into_iter().collect())
            }
        }

        impl<T: IntoPerl> IntoPerl for $row<T> {
            fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
                self.into_iter().collect::<Vec<T>>().into_value(cx)
            }

            fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
                self.into_iter().collect::<Vec<T>>().into_list(out, cx)
            }
        }
    )*};
}
rows! {
    HashSet: Eq, StdHash;
    BTreeSet: Ord;
    VecDeque: ;
}

impl<T: FromPerl, const N: usize> FromPerl for [T; N] {
    const CONTEXT: Wanted = Wanted::List;

    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<[T; N]> {
        exactly(Vec::from_value(value, cx)?)
    }

    fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<[T; N]> {
        exactly(Vec::from_list(list, cx)?)
    }
}

fn exactly<T, const N: usize>(list: Vec<T>) -> Result<[T; N]> {
    list.try_into().map_err(|list: Vec<T>| {
        let got = format!("a list of {}", list.len());
        Error::conversion(&got, &format!("one of {N}"))
    })
}

impl<T: IntoPerl, const N: usize> IntoPerl for [T; N] {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        Vec::from(self).into_value(cx)
    }

    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        Vec::from(self).into_list(out, cx)
    }
}

/// Pairs of a list, or of a reference to a hash.
fn pairs<V: FromPerl>(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Vec<(String, V)>> {
    let mut out = Vec::with_capacity(list.len() / 2);
    let mut list = list.into_iter();
    while let Some(key) = list.next() {
        let Some(value) = list.next() else {
            let text = "a list with an odd number of elements is no hash";
            return Err(Error::new(ErrorKind::Conversion, text));
        };
        out.push((String::from_value(key, cx)?, V::from_value(value, cx)?));
    }
    Ok(out)
}

macro_rules! maps {
    ($($map:ident: $($bound:path),*;)*) => {$(
        impl<K: From<String> $(+ $bound)*, V: FromPerl> FromPerl for $map<K, V> {
            const CONTEXT: Wanted = Wanted::List;

            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<$map<K, V>> {
                let hash = match &value {
                    Value::Hash(hash) => hash.clone(),
                    Value::Object(object) => match object.referent() {
                        Value::Hash(hash) => hash,
                        _ => return Err(value.not("a reference to a hash")),
                    },
                    _ => return Err(value.not("a reference to a hash")),
                };
                let pairs = hash.pairs(cx)?.into_iter();
                Ok(pairs.map(|(key, value)| (key.to_str().into_owned().into(), value)).collect())
            }

            fn from_list(mut list: Vec<Value>, cx: &mut Cx<'_>) -> Result<$map<K, V>> {
                if let [Value::Hash(_) | Value::Object(_)] = list[..] {
                    return Self::from_value(list.pop().unwrap_or_default(), cx);
                }
                let pairs = pairs(list, cx)?.into_iter();
                Ok(pairs.map(|(key, value)| (key.into(), value)).collect())
            }
        }

        impl<K: AsRef<str>, V: IntoPerl> IntoPerl for $map<K, V> {
            fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
                let hash = cx.new_hash();
                for (key, value) in self {
                    let value = value.into_value(cx)?;
                    hash.set(cx, key.as_ref(), value)?;
                }
                Ok(Value::Hash(hash))
            }

            fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
                for (key, value) in self {
                    out.push(Value::Str(Text::from(key.as_ref())));
                    out.push(value.into_value(cx)?);
                }
                Ok(())
            }
        }
    )*};
}
maps! {
    HashMap: Eq, StdHash;
    BTreeMap: Ord;
    IndexMap: Eq, StdHash;
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: FromPerl),+> FromPerl for ($($name,)+) {
            const CONTEXT: Wanted = Wanted::List;

            fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Self> {
                match &value {
                    Value::Array(array) => Self::from_list(array.to_vec(cx)?, cx),
                    _ => Err(value.not("a reference to an array")),
                }
            }

            fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Self> {
                let mut list = list.into_iter();
                Ok(($($name::from_next(&mut list, cx)?,)+))
            }

            fn most() -> Option<usize> {
                [$($name::most_next()),+].into_iter().sum()
            }
        }

        #[allow(non_snake_case)]
        impl<$($name: IntoPerl),+> IntoPerl for ($($name,)+) {
            fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
                let mut list = Vec::new();
                self.into_list(&mut list, cx)?;
                list.into_value(cx)
            }

            fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
                let ($($name,)+) = self;
                $($name.into_next(out, cx)?;)+
                Ok(())
            }
        }
    )*};
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

/// What is left of a list: as the last member of a tuple it takes all arguments that the members
/// before it have not, and gives a list where other members give one value.
///
/// ```
/// use keshi::{Perl, Rest};
/// use std::collections::HashMap;
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// perl.define("tag", |_, (name, Rest(with)): (String, Rest<HashMap<String, i64>>)| {
///     Ok(format!("{name} of {} by {}", with["width"], with["height"]))
/// });
/// let said: String = perl.eval("tag('box', width => 3, height => 4)")?;
/// assert_eq!(said, "box of 3 by 4");
///
/// perl.eval::<()>("sub join_up { my ($with, @list) = @_; join $with, @list }")?;
/// let joined: String = perl.call("join_up", ("-", Rest(vec![1, 2, 3])))?;
/// assert_eq!(joined, "1-2-3");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rest<T>(pub T);

impl<T: FromPerl> FromPerl for Rest<T> {
    const CONTEXT: Wanted = Wanted::List;

    fn from_value(value: Value, cx: &mut Cx<'_>) -> Result<Rest<T>> {
        T::from_value(value, cx).map(Rest)
    }

    fn from_list(list: Vec<Value>, cx: &mut Cx<'_>) -> Result<Rest<T>> {
        T::from_list(list, cx).map(Rest)
    }

    fn from_next(list: &mut std::vec::IntoIter<Value>, cx: &mut Cx<'_>) -> Result<Rest<T>> {
        T::from_list(list.collect(), cx).map(Rest)
    }

    fn most() -> Option<usize> {
        T::most()
    }

    fn most_next() -> Option<usize> {
        T::most()
    }
}

impl<T: IntoPerl> IntoPerl for Rest<T> {
    fn into_value(self, cx: &mut Cx<'_>) -> Result<Value> {
        self.0.into_value(cx)
    }

    fn into_list(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        self.0.into_list(out, cx)
    }

    fn into_next(self, out: &mut Vec<Value>, cx: &mut Cx<'_>) -> Result<()> {
        self.0.into_list(out, cx)
    }
}
