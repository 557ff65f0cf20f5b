//! A hash.
use super::{Held, handle};
use crate::api::{Context, Cx, FromPerl, IntoPerl, Result, Text, Value};
use crate::value::{Hash as Body, Key, Rc, Val};

/// A hash of the program, or what a reference to a hash refers to.
///
/// ```
/// # fn main() -> keshi::Result<()> {
/// let mut perl = keshi::Perl::new();
/// let stock = perl.hash("main::stock");
/// stock.set(&mut perl, "tea", 3)?;
/// perl.eval::<()>("$stock{tea}--; $stock{milk} = 1")?;
/// assert_eq!(stock.get::<i64>(&mut perl, "tea")?, 2);
/// assert!(stock.contains(&mut perl, "milk")?);
/// assert_eq!(stock.get::<Option<i64>>(&mut perl, "sugar")?, None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Hash(pub(in crate::api) Held);
handle!(Hash);

impl Hash {
    fn body(&self, cx: &Cx<'_>) -> Result<Rc<Body>> {
        Ok(match self.0.val_in(cx)? {
            Val::HRef(body) => body,
            _ => Body::new(),
        })
    }

    /// The value of a key; `undef` where there is none.
    pub fn get<T: FromPerl>(&self, context: &mut impl Context, key: impl Into<Text>) -> Result<T> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let key = Key::new(&key.into().0);
        let val = cx.exec(|vm| vm.hash_fetch(&body, &key))?;
        let val = val.unwrap_or_default();
        T::from_value(Value::from_val(val, &cx.home()), &mut cx)
    }

    /// Sets the value of a key.
    pub fn set(
        &self,
        context: &mut impl Context,
        key: impl Into<Text>,
        value: impl IntoPerl,
    ) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let key = Key::new(&key.into().0);
        let val = value.into_value(&mut cx)?.to_val(&cx)?;
        cx.exec(|vm| vm.hash_store(&body, &key, val))
    }

    /// Is there such a key?
    pub fn contains(&self, context: &mut impl Context, key: impl Into<Text>) -> Result<bool> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let key = Key::new(&key.into().0);
        cx.exec(|vm| vm.hash_exists(&body, &key))
    }

    /// Takes a key out; gives its value.
    pub fn remove<T: FromPerl>(
        &self,
        context: &mut impl Context,
        key: impl Into<Text>,
    ) -> Result<T> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let key = Key::new(&key.into().0);
        let val = cx.exec(|vm| vm.hash_delete(&body, &key))?;
        T::from_value(Value::from_val(val, &cx.home()), &mut cx)
    }

    /// All keys, in no order that means anything.
    pub fn keys(&self, context: &mut impl Context) -> Result<Vec<Text>> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let keys = cx.exec(|vm| vm.hash_keys(&body))?;
        Ok(keys.into_iter().map(Text).collect())
    }

    /// The number of keys.
    pub fn len(&self, context: &mut impl Context) -> Result<usize> {
        Ok(self.keys(context)?.len())
    }

    /// Has it no keys?
    pub fn is_empty(&self, context: &mut impl Context) -> Result<bool> {
        Ok(self.len(context)? == 0)
    }

    /// Removes all keys.
    pub fn clear(&self, context: &mut impl Context) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        cx.exec(|vm| vm.hash_clear(&body))
    }

    /// Copies of all pairs.
    pub fn pairs<T: FromPerl>(&self, context: &mut impl Context) -> Result<Vec<(Text, T)>> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let vals: Vec<_> = cx.exec(|vm| {
            let keys = vm.hash_keys(&body)?;
            keys.into_iter()
                .map(|key| {
                    let val = vm.hash_fetch(&body, &Key::new(&key))?;
                    Ok((key, val.unwrap_or_default()))
                })
                .collect()
        })?;
        let home = cx.home();
        vals.into_iter()
            .map(|(key, val): (_, Val)| {
                let value = T::from_value(Value::from_val(val, &home), &mut cx)?;
                Ok((Text(key), value))
            })
            .collect()
    }
}
