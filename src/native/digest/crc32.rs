//! String::CRC32: the checksum of zip files and Ethernet (the CPAN module's XS half).
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(in crate::native) const FAMILY: Family = Family::new(
    "String::CRC32",
    &[free(
        "crc32",
        crc32,
        "the checksum of a string or of what is left of a file",
    )],
);

/// What each byte value does to the remainder, of the reflected polynomial 0xEDB88320.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            remainder = match remainder & 1 {
                1 => remainder >> 1 ^ 0xEDB8_8320,
                _ => remainder >> 1,
            };
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
};

fn taken_in(state: u32, bytes: &[u8]) -> u32 {
    let step = |state: u32, byte: &u8| TABLE[usize::from(state as u8 ^ byte)] ^ state >> 8;
    bytes.iter().fold(state, step)
}

/// `crc32(TEXT or HANDLE, START)`
fn crc32(call: &mut Call<'_>) -> Exec<Ret> {
    let data = call.arg(0)?;
    let start = call.defined(1)?.map_or(0, |start| start.to_num().to_i64());
    let mut state = !(start as u32);
    let is_handle = matches!(data, Val::Glob(_) | Val::GRef(_) | Val::IoRef(_));
    let handle = match is_handle {
        true => call.handle(0)?.and_then(|io| io.handle()),
        false => None,
    };
    match handle {
        Some(handle) => {
            super::eat_handle(call, &handle, |bytes| state = taken_in(state, bytes))?;
        }
        None => state = taken_in(state, call.str(&data)?.as_bytes()),
    }
    Ok(Val::Int(i64::from(!state)).into())
}
