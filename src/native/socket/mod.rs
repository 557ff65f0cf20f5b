//! Socket: constants, packed addresses, and names for them (perldoc Socket).
mod address;
mod constants;
mod multicast;
mod resolve;

use super::define_constant;
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::Family;
use crate::vm::{Call, Exec, Vm};

pub(in crate::native) use constants::CONSTANTS;

pub(super) const FAMILIES: &[&Family] = &[&address::FAMILY, &multicast::FAMILY, &resolve::FAMILY];

/// Addresses as constants.
const ADDRESSES: &[(&str, &[u8])] = &[
    ("IN6ADDR_ANY", &[0; 16]),
    (
        "IN6ADDR_LOOPBACK",
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ),
    ("INADDR_ANY", &[0; 4]),
    ("INADDR_BROADCAST", &[255; 4]),
    ("INADDR_LOOPBACK", &[127, 0, 0, 1]),
    ("INADDR_NONE", &[255; 4]),
];

/// Defines what the table of whole numbers cannot hold.
pub(super) fn begin(vm: &mut Vm) {
    for (name, bytes) in ADDRESSES {
        define_constant(vm, &format!("Socket::{name}"), Val::bytes(bytes));
    }
}

/// An argument as bytes; undef is empty.
fn bytes(call: &mut Call<'_>, i: usize, function: &str) -> Exec<PerlStr> {
    let Some(val) = call.defined(i)? else {
        return Ok(PerlStr::new());
    };
    let text = call.str(&val)?;
    match text.downgraded() {
        Some(text) => Ok(text),
        None => Err(call.die(format!("Wide character in Socket::{function}"))),
    }
}
