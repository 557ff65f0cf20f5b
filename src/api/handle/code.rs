//! A sub.
use super::{Held, handle};
use crate::api::{Context, FromPerl, IntoPerl, Result};

/// A sub of the program.
///
/// ```
/// use keshi::{Code, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// let counter: Code = perl.eval("my $n = 0; sub { $n += shift }")?;
/// counter.call::<()>(&mut perl, 5)?;
/// assert_eq!(counter.call::<i64>(&mut perl, 2)?, 7);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Code(pub(in crate::api) Held);
handle!(Code);

impl Code {
    /// Calls it. `T` decides the context: list for `Vec`, tuples and maps, void for `()`, scalar
    /// for the rest.
    pub fn call<T: FromPerl>(&self, context: &mut impl Context, args: impl IntoPerl) -> Result<T> {
        let mut cx = context.cx();
        let code = self.0.val_in(&cx)?;
        cx.call_val(&code, args)
    }
}
