//! Digest::MD5 and Digest::SHA.
//!
//! | file | job |
//! |---|---|
//! | `core_md5 core_sha` | the algorithms over blocks; SHA's rounds are those of crates |
//! | `md5 sha` | the functions and methods of the modules |
mod core_md5;
mod core_sha;
pub(super) mod crc32;
pub(super) mod md5;
pub(super) mod sha;

use crate::builtins::io;
use crate::io::HandleRef;
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::{Call, Exec};

/// An argument as bytes.
fn bytes(call: &mut Call<'_>, i: usize) -> Exec<PerlStr> {
    let text = call.arg_str(i)?;
    match text.downgraded() {
        Some(text) => Ok(text),
        None => Err(call.die("Wide character in subroutine entry")),
    }
}

/// How much is taken in between two looks at what is pending.
const PIECE: usize = 1 << 20;

/// How digests are written.
#[derive(Clone, Copy)]
enum Form {
    Raw,
    Hex,
    Base64,
}

fn written(digest: &[u8], form: Form) -> Val {
    match form {
        Form::Raw => Val::bytes(digest),
        Form::Hex => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            let hex: Vec<u8> = digest
                .iter()
                .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
                .collect();
            Val::bytes(&hex)
        }
        Form::Base64 => {
            let mut text = super::mime_base64::encode(digest);
            while text.last() == Some(&b'=') {
                text.pop();
            }
            Val::bytes(&text)
        }
    }
}

/// Feeds everything that is left in a handle to `eat`; false with `$!` where reading fails.
fn eat_handle(call: &mut Call<'_>, handle: &HandleRef, mut eat: impl FnMut(&[u8])) -> Exec<bool> {
    loop {
        let mut piece = PerlStr::new();
        let mut left = 65536;
        match io::retry(call.vm, handle, |h| h.read(&mut piece, &mut left))? {
            Err(errno) => {
                call.set_errno(errno);
                return Ok(false);
            }
            Ok(()) if piece.is_empty() => return Ok(true),
            Ok(()) => {
                let Some(piece) = piece.downgraded() else {
                    return Err(call.die("Wide character in subroutine entry"));
                };
                eat(piece.as_bytes());
            }
        }
    }
}
