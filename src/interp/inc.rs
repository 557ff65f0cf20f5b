//! Where modules are looked for: `@INC` (perlrun `-I`, `PERL5LIB`), the modules carried in the binary, and the system's
//! pure-Perl directories where a perl is installed.
use super::stdlib;
use crate::sys;
use crate::value::Val;

/// The entry of `@INC` that stands for the modules in the binary; what is loaded from it has `%INC` entries that begin
/// with it.
pub const EMBEDDED: &str = "keshi:stdlib";

/// Where Debian and others keep modules for perl 5.36, as perl's own `@INC` lists them.
const SYSTEM: &[&str] = &[
    "/etc/perl",
    "/usr/local/lib/x86_64-linux-gnu/perl/5.36.0",
    "/usr/local/share/perl/5.36.0",
    "/usr/lib/x86_64-linux-gnu/perl5/5.36",
    "/usr/share/perl5",
    "/usr/lib/x86_64-linux-gnu/perl-base",
    "/usr/lib/x86_64-linux-gnu/perl/5.36",
    "/usr/share/perl/5.36",
    "/usr/local/lib/site_perl",
];

/// The initial `@INC`.
pub fn initial(
    switches: &[Vec<u8>],
    env: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
    taint: bool,
) -> Vec<Vec<u8>> {
    let mut out = switches.to_vec();
    let from_env = env(b"PERL5LIB").or_else(|| env(b"PERLLIB"));
    if let Some(list) = from_env.filter(|_| !taint) {
        out.extend(
            list.split(|&b| b == b':')
                .filter(|d| !d.is_empty())
                .map(<[u8]>::to_vec),
        );
    }
    out.push(EMBEDDED.into());
    let off = env(b"KESHI_SYSTEM_INC").is_some_and(|v| v == b"0");
    if !off {
        let dirs = SYSTEM.iter().map(|d| d.as_bytes());
        out.extend(
            dirs.filter(|d| sys::file::stat(d).is_ok())
                .map(<[u8]>::to_vec),
        );
    }
    out
}

/// What was found for a module's file name.
pub struct Found {
    /// The `%INC` value, where no hook found it.
    pub path: Vec<u8>,
    /// The reference in `@INC` that found it, which is the `%INC` value then.
    pub hook: Option<Val>,
    /// The text.
    pub text: Vec<u8>,
}

/// A file of the embedded library.
pub fn embedded(name: &[u8]) -> Option<Found> {
    let name = std::str::from_utf8(name).ok()?;
    let text = stdlib::text(name)?;
    Some(Found {
        hook: None,
        path: format!("{EMBEDDED}/{name}").into_bytes(),
        text: text.to_vec(),
    })
}
