//! A scalar variable.
use super::{Held, handle};
use crate::api::{Context, FromPerl, IntoPerl, Result, Value};
use crate::value::{Rc, Scalar as Body, Val};

/// A scalar variable, or what a reference to a scalar refers to.
///
/// ```
/// # fn main() -> keshi::Result<()> {
/// let mut perl = keshi::Perl::new();
/// let level = perl.scalar("Config::level");
/// level.set(&mut perl, 3)?;
/// perl.eval::<()>("$Config::level *= 2")?;
/// assert_eq!(level.get::<i64>(&mut perl)?, 6);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Scalar(pub(in crate::api) Held);
handle!(Scalar);

impl Scalar {
    fn body(&self, cx: &crate::api::Cx<'_>) -> Result<Rc<Body>> {
        Ok(match self.0.val_in(cx)? {
            Val::SRef(body) => body,
            _ => Body::new(Val::Undef),
        })
    }

    /// Its value; a tied one is asked.
    pub fn get<T: FromPerl>(&self, context: &mut impl Context) -> Result<T> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = cx.exec(|vm| vm.fetch(&body))?;
        T::from_value(Value::from_val(val, &cx.home()), &mut cx)
    }

    /// Assigns to it; a tied one is told.
    pub fn set(&self, context: &mut impl Context, value: impl IntoPerl) -> Result<()> {
        let mut cx = context.cx();
        let body = self.body(&cx)?;
        let val = value.into_value(&mut cx)?.to_val(&cx)?;
        cx.exec(|vm| vm.store(&body, val))
    }
}
