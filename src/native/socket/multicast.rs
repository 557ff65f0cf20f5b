//! The structures that join multicast groups.
use super::bytes;
use crate::native::usage;
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Socket",
    &[
        free("pack_ip_mreq", pack, "group and interface"),
        free(
            "pack_ip_mreq_source",
            pack_source,
            "group, source and interface",
        ),
        free("pack_ipv6_mreq", pack_6, "IPv6 group and interface"),
        free("unpack_ip_mreq", unpack, "group and interface"),
        free(
            "unpack_ip_mreq_source",
            unpack_source,
            "group, source and interface",
        ),
        free("unpack_ipv6_mreq", unpack_6, "IPv6 group and interface"),
    ],
);

/// An address argument of a fixed length.
fn fixed(call: &mut Call<'_>, i: usize, function: &str, told: &str, size: usize) -> Exec<Vec<u8>> {
    let packed = bytes(call, i, function)?;
    if packed.len() != size {
        let len = packed.len();
        return Err(call.die(format!(
            "Bad arg length {told}, length is {len}, should be {size}"
        )));
    }
    Ok(packed.as_bytes().to_vec())
}

/// The interface, any where it is not given.
fn interface(call: &mut Call<'_>, i: usize, function: &str) -> Exec<Vec<u8>> {
    if call.defined(i)?.is_none() {
        return Ok(vec![0; 4]);
    }
    fixed(call, i, function, "Socket::pack_ip_mreq", 4)
}

fn pack(call: &mut Call<'_>) -> Exec<Ret> {
    usage(
        call,
        1..=2,
        "Socket::pack_ip_mreq(multiaddr, interface=&PL_sv_undef)",
    )?;
    let group = fixed(call, 0, "pack_ip_mreq", "Socket::pack_ip_mreq", 4)?;
    let interface = interface(call, 1, "pack_ip_mreq")?;
    Ok(Val::bytes(&[group, interface].concat()).into())
}

fn pack_source(call: &mut Call<'_>) -> Exec<Ret> {
    let function = "pack_ip_mreq_source";
    usage(
        call,
        2..=3,
        "Socket::pack_ip_mreq_source(multiaddr, source, interface=&PL_sv_undef)",
    )?;
    let group = fixed(call, 0, function, "Socket::pack_ip_mreq", 4)?;
    let source = fixed(call, 1, function, "Socket::pack_ip_mreq", 4)?;
    let interface = interface(call, 2, function)?;
    // the kernel has the interface in the middle
    Ok(Val::bytes(&[group, interface, source].concat()).into())
}

fn pack_6(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 2..=2, "Socket::pack_ipv6_mreq(multiaddr, ifindex)")?;
    let mut packed = fixed(call, 0, "pack_ipv6_mreq", "Socket::pack_ipv6_mreq", 16)?;
    packed.extend_from_slice(&(call.arg_uint(1)? as u32).to_ne_bytes());
    Ok(Val::bytes(&packed).into())
}

fn unpack(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::unpack_ip_mreq(mreq_sv)")?;
    let packed = fixed(call, 0, "unpack_ip_mreq", "for Socket::unpack_ip_mreq", 8)?;
    call.list([Val::bytes(&packed[..4]), Val::bytes(&packed[4..])])
}

fn unpack_source(call: &mut Call<'_>) -> Exec<Ret> {
    let function = "unpack_ip_mreq_source";
    usage(call, 1..=1, "Socket::unpack_ip_mreq_source(mreq_sv)")?;
    let packed = fixed(call, 0, function, "for Socket::unpack_ip_mreq_source", 12)?;
    call.list([
        Val::bytes(&packed[..4]),
        Val::bytes(&packed[8..]),
        Val::bytes(&packed[4..8]),
    ])
}

fn unpack_6(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "Socket::unpack_ipv6_mreq(mreq_sv)")?;
    let packed = fixed(
        call,
        0,
        "unpack_ipv6_mreq",
        "for Socket::unpack_ipv6_mreq",
        20,
    )?;
    let index = u32::from_ne_bytes([packed[16], packed[17], packed[18], packed[19]]);
    call.list([Val::bytes(&packed[..16]), Val::Int(i64::from(index))])
}
