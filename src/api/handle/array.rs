//! An array.
use super::{Held, handle};
use crate::api::{Context, Cx, FromPerl, IntoPerl, Result, Value};
use crate::value::{Array as Body, Rc, Val};

/// An array of the program, or what a reference to an array refers to.
///
/// ```
/// # fn main() -> keshi::Result<()> {
/// let mut perl = keshi::Perl::new();
/// let queue = perl.array("main::queue");
/// queue.push(&mut perl, "first")?;
/// perl.eval::<()>("push @queue, 'second', 3")?;
/// assert_eq!(queue.len(&mut perl)?, 3);
/// assert_eq!(queue.get::<i64>(&mut perl, -1)?, 3);
/// assert_eq!(queue.to_vec::<String>(&mut perl)?, ["first", "second", "3"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Array(pub(in crate::api) Held);
handle!(Array);

impl Array {
    fn body(&self, cx: &Cx<'_>) -> Result<Rc<Body>> {
        Ok(match self.0.val_in(cx)? {
            Val::ARef(body) => body,
            _ => Body::new(),
        })
    }

    /// The number of its elements.
    pub fn len(&self, context: &mut impl Context) -> Result<usize> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        cx.exec(|vm| vm.array_len(&body))
    }

    /// Has it no elements?
    pub fn is_empty(&self, context: &mut impl Context) -> Result<bool> {
        Ok(self.len(context)? == 0)
    }

    /// Element `index`; negative ones count from the end, what is not there is `undef`.
    pub fn get<T: FromPerl>(&self, context: &mut impl Context, index: i64) -> Result<T> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = cx.exec(|vm| vm.array_fetch(&body, index))?;
        T::from_value(Value::from_val(val, &cx.home()), &mut cx)
    }

    /// Assigns to element `index`; the array grows to it.
    pub fn set(&self, context: &mut impl Context, index: i64, value: impl IntoPerl) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = value.into_value(&mut cx)?.to_val(&cx)?;
        cx.exec(|vm| vm.array_store(&body, index, val))
    }

    /// Adds an element at the end.
    pub fn push(&self, context: &mut impl Context, value: impl IntoPerl) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = value.into_value(&mut cx)?.to_val(&cx)?;
        cx.exec(|vm| {
            let at = vm.array_len(&body)?;
            vm.array_store(&body, at as i64, val)
        })
    }

    /// Takes the last element away; `undef` where there is none.
    pub fn pop<T: FromPerl>(&self, context: &mut impl Context) -> Result<T> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = cx.exec(|vm| {
            let len = vm.array_len(&body)? as i64;
            if len == 0 {
                return Ok(Val::Undef);
            }
            let val = vm.array_fetch(&body, len - 1)?;
            vm.array_resize(&body, len - 2)?;
            Ok(val)
        })?;
        T::from_value(Value::from_val(val, &cx.home()), &mut cx)
    }

    /// Copies of all elements.
    pub fn to_vec<T: FromPerl>(&self, context: &mut impl Context) -> Result<Vec<T>> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let vals = cx.exec(|vm| vm.array_values(&body))?;
        let home = cx.home();
        vals.into_iter()
            .map(|val| T::from_value(Value::from_val(val, &home), &mut cx))
            .collect()
    }

    /// Replaces all elements.
    pub fn assign(&self, context: &mut impl Context, list: impl IntoPerl) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let mut values = Vec::new();
        list.into_list(&mut values, &mut cx)?;
        let vals = values
            .iter()
            .map(|value| value.to_val(&cx))
            .collect::<Result<Vec<Val>>>()?;
        cx.exec(|vm| vm.array_assign(&body, vals))
    }

    /// Removes all elements.
    pub fn clear(&self, context: &mut impl Context) -> Result<()> {
        self.assign(context, ())
    }
}
