//! The complaint about a wrong number of arguments, as perl's XS functions word it.
use crate::vm::{Call, Exec};
use std::ops::RangeInclusive;

/// Dies `Usage: PACKAGE::NAME(ARGS)` where the number of arguments is not in the range.
pub fn usage(call: &mut Call<'_>, count: RangeInclusive<usize>, signature: &str) -> Exec {
    if count.contains(&call.argc()) {
        return Ok(());
    }
    Err(call.die(format!("Usage: {signature}")))
}
