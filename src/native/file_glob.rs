//! File::Glob: patterns with flags of their own (perldoc File::Glob).
use crate::io;
use crate::text::glob_pattern::{GlobFlags, split_words};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "File::Glob",
    &[
        free(
            "bsd_glob",
            bsd_glob,
            "the names that match one pattern, spaces and all",
        ),
        free(
            "csh_glob",
            csh_glob,
            "the names that match the words of a string",
        ),
        free(
            "bsd_glob_override",
            bsd_glob_override,
            "the glob operator under :bsd_glob",
        ),
        free("GLOB_ERROR", error, "what went wrong in the last bsd_glob"),
    ],
);

#[rustfmt::skip]
pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("GLOB_ABEND", -2), ("GLOB_ALPHASORT", 8192), ("GLOB_ALTDIRFUNC", 64), ("GLOB_BRACE", 128),
    ("GLOB_CSH", 11904), ("GLOB_ERR", 4), ("GLOB_LIMIT", 16384), ("GLOB_MARK", 8),
    ("GLOB_NOCASE", 4096), ("GLOB_NOCHECK", 16), ("GLOB_NOMAGIC", 512), ("GLOB_NOSORT", 32),
    ("GLOB_NOSPACE", -1), ("GLOB_QUOTE", 1024), ("GLOB_TILDE", 2048),
];

/// `GLOB_ERROR`
#[derive(Default)]
struct LastError(i64);

fn flags_of(bits: i64) -> GlobFlags {
    let has = |name: &str| {
        CONSTANTS
            .iter()
            .any(|(own, bit)| *own == name && bits & bit == *bit)
    };
    GlobFlags {
        brace: has("GLOB_BRACE"),
        nomagic: has("GLOB_NOMAGIC"),
        nocheck: has("GLOB_NOCHECK"),
        quote: has("GLOB_QUOTE"),
        tilde: has("GLOB_TILDE"),
        alphasort: has("GLOB_ALPHASORT"),
        nosort: has("GLOB_NOSORT"),
        nocase: has("GLOB_NOCASE"),
        mark: has("GLOB_MARK"),
        err: has("GLOB_ERR"),
    }
}

fn default_bits(call: &mut Call<'_>) -> Exec<i64> {
    let cell = call.symbols().glob("File::Glob::DEFAULT_FLAGS").scalar();
    let val = call.vm.fetch(&cell)?;
    call.vm.int(&val)
}

fn names(call: &mut Call<'_>, words: &[Vec<u8>], bits: i64) -> Exec<Ret> {
    let hash = call.vm.names.env.hash_mut();
    let home = match hash.get_str("HOME") {
        Some(val) => Some(call.vm.load(val)?).filter(|val| !val.is_undef()),
        None => None,
    };
    let home = home.map(|val| val.to_str().as_bytes().to_vec());
    let (mut found, mut error) = (Vec::new(), 0i64);
    for word in words {
        match io::glob::glob(word, flags_of(bits), home.clone()) {
            Ok(names) => found.extend(names),
            Err(errno) => {
                call.set_errno(errno);
                error = -2;
            }
        }
    }
    call.vm.slots.of::<LastError>().0 = error;
    call.list(found.into_iter().map(|name| Val::bytes(&name)))
}

fn bsd_glob(call: &mut Call<'_>) -> Exec<Ret> {
    let pattern = call.arg_str(0)?;
    let bits = match call.argc() {
        // GLOB_CSH stands in for what the operator gets as its default.
        0 | 1 => default_bits(call)?,
        _ => call.arg_int(1)? & !64,
    };
    names(call, &[pattern.as_bytes().to_vec()], bits)
}

fn bsd_glob_override(call: &mut Call<'_>) -> Exec<Ret> {
    let pattern = call.arg_str(0)?;
    let bits = default_bits(call)?;
    names(call, &[pattern.as_bytes().to_vec()], bits)
}

fn csh_glob(call: &mut Call<'_>) -> Exec<Ret> {
    let pattern = call.arg_str(0)?;
    let bits = default_bits(call)?;
    names(call, &split_words(pattern.as_bytes()), bits)
}

fn error(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::Int(call.vm.slots.of::<LastError>().0).into())
}
