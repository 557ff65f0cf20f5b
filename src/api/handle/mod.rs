//! Live handles to what lives in an interpreter: scalars, arrays, hashes, subs, objects.
//!
//! A handle keeps its referent alive as a reference in Perl does. It stays on its thread, and is
//! of use with its own interpreter only: with another one every operation gives
//! [`ErrorKind::Foreign`](crate::ErrorKind::Foreign).
mod array;
mod code;
mod hash;
mod native;
mod object;
mod scalar;

pub use array::Array;
pub use code::Code;
pub use hash::Hash;
pub use native::Native;
pub use object::Object;
pub use scalar::Scalar;

use super::{Cx, Error, ErrorKind, Result};
use crate::value::Val;
use crate::vm::enter::Home;
use std::rc::Rc;

/// A value that is let go of inside its interpreter, so that DESTROY finds its way.
pub(super) struct Held {
    val: Val,
    home: Rc<Home>,
}

impl Held {
    pub(super) fn new(val: Val, home: &Rc<Home>) -> Held {
        Held {
            val,
            home: home.clone(),
        }
    }

    pub(super) fn val(&self) -> &Val {
        &self.val
    }

    /// The value, for its own interpreter.
    pub(super) fn val_in(&self, cx: &Cx<'_>) -> Result<Val> {
        if Rc::ptr_eq(&self.home, &cx.vm.home) {
            Ok(self.val.clone())
        } else {
            let text = "the value belongs to another interpreter";
            Err(Error::new(ErrorKind::Foreign, text))
        }
    }
}

impl Clone for Held {
    fn clone(&self) -> Held {
        Held::new(self.val.clone(), &self.home)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let val = self.val.take();
        if !val.is_plain() {
            let _entered = self.home.enter();
            drop(val);
        }
    }
}

/// `Debug` and identity of a handle.
macro_rules! handle {
    ($ty:ident) => {
        impl std::fmt::Debug for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", self.0.val())
            }
        }

        impl PartialEq for $ty {
            /// The same thing, not merely like contents.
            fn eq(&self, other: &$ty) -> bool {
                self.0.val().same_bits(other.0.val())
            }
        }

        impl Eq for $ty {}
    };
}
use handle;
