//! `glob` and `<*.c>`: the names that match patterns (perlfunc glob).
use super::status;
use crate::diag::warnings::Category;
use crate::io;
use crate::text::PerlStr;
use crate::text::glob_pattern::{GlobFlags, split_words};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};
use std::collections::{HashMap, VecDeque};

pub(super) const FAMILY: Family = Family::new("File", &[function("glob", "_;", glob)]);

/// What each `glob` in scalar context has still to give, by its place in the program.
#[derive(Default)]
struct Walks(HashMap<usize, VecDeque<Vec<u8>>>);

fn glob(call: &mut Call<'_>) -> Exec<Ret> {
    if call.wants_list() {
        let names = names(call)?;
        return call.list(names.into_iter().map(|name| Val::bytes(&name)));
    }
    let site = call.site();
    if !call.vm.slots.of::<Walks>().0.contains_key(&site) {
        let names = names(call)?;
        call.vm.slots.of::<Walks>().0.insert(site, names.into());
    }
    let walks = &mut call.vm.slots.of::<Walks>().0;
    match walks.get_mut(&site).and_then(VecDeque::pop_front) {
        Some(name) => Ok(Val::bytes(&name).into()),
        None => {
            walks.remove(&site);
            Ok(Val::Undef.into())
        }
    }
}

fn names(call: &mut Call<'_>) -> Exec<Vec<Vec<u8>>> {
    let pattern = call.arg_str(0)?;
    let bytes = pattern.as_bytes();
    if let Some(at) = memchr::memchr(0, bytes) {
        let shown = |bytes: &[u8]| PerlStr::from_bytes(bytes).to_str_lossy().into_owned();
        let rest = bytes[at + 1..]
            .split(|b| *b == 0)
            .next()
            .unwrap_or_default();
        let (before, after) = (shown(&bytes[..at]), shown(rest));
        let text = format!("Invalid \\0 character in pattern for glob: {before}\\0{after}");
        call.warn(Category::Syscalls, text)?;
        return Ok(Vec::new());
    }
    let home = status::env(call, "HOME").map(|home| home.as_bytes().to_vec());
    let mut found = Vec::new();
    for word in split_words(bytes) {
        found.extend(io::glob::glob(&word, GlobFlags::CSH, home.clone()).unwrap_or_default());
    }
    Ok(found)
}
