//! `require` and `do FILE`: finding a file along `@INC`, running it once, and what `%INC` says of it (perlfunc require).
use super::Interp;
use super::inc::{self, Found};
use super::load::{self, Text};
use super::uses;
use crate::bytecode::Want;
use crate::sys::{self, Errno};
use crate::text::{Numeric, PerlStr};
use crate::value::{Array, Hash, Rc, Val};
use crate::vm::{Die, Exec, Stop, Vm};
use std::rc::Rc as Shared;

fn inc_hash(vm: &Vm) -> Rc<Hash> {
    vm.symbols.glob("main::INC").hash_mut()
}

fn inc_array(vm: &Vm) -> Rc<Array> {
    vm.symbols.glob("main::INC").array_mut()
}

/// `require EXPR`; `bareword`: the name was made from one, so a module is meant.
pub fn require(interp: &Shared<Interp>, vm: &mut Vm, what: &Val, bareword: bool) -> Exec<Val> {
    if !bareword && let Some(version) = as_version(what) {
        return match uses::check(version, false, !matches!(what, Val::Dual(_))) {
            Ok(()) => Ok(Val::Int(1)),
            Err(msg) => Err(vm.die(msg)),
        };
    }
    let name = if what.is_undef() {
        PerlStr::new()
    } else {
        vm.str(what)?
    };
    if name.is_empty() {
        return Err(vm.die("Missing or undefined argument to require"));
    }
    if let Some(loaded) = inc_hash(vm).get(&name) {
        let loaded = vm.load(loaded)?;
        if !loaded.is_undef() {
            return Ok(Val::Int(1));
        }
        let shown = name.to_str_lossy().into_owned();
        return Err(vm.die(format!(
            "Attempt to reload {shown} aborted.\nCompilation failed in require"
        )));
    }
    vm.taint_proper("require")?;
    if name.as_bytes().contains(&0) {
        let shown = name.to_str_lossy().replace('\0', "\\0");
        return Err(vm.die(format!(
            "Can't locate {shown}:   {}",
            message(Errno::ENOENT)
        )));
    }
    let found = match find(vm, &name)? {
        Search::Found(found) => found,
        Search::Failed(path, errno) => {
            let path = String::from_utf8_lossy(&path).into_owned();
            let shown = name.to_str_lossy().into_owned();
            return Err(vm.die(format!(
                "Can't locate {shown}:   {path}: {}",
                message(errno)
            )));
        }
        Search::Hidden(_) | Search::Nowhere => return Err(not_located(vm, &name, bareword)),
    };
    run_required(interp, vm, &name, found)
}

/// A number or version string asks for a perl version.
fn as_version(what: &Val) -> Option<uses::Version> {
    match what {
        Val::Int(n) => Some((u32::try_from(*n).ok()?, 0, 0)),
        Val::Num(x) => Some(uses::from_number(*x)),
        Val::Dual(dual) if dual.is_vstring() => {
            let text = what.to_str();
            let version = uses::from_characters(text.chars());
            Some(version)
        }
        Val::Dual(_) => match what.to_num() {
            Numeric::Num(x) => Some(uses::from_number(x)),
            _ => None,
        },
        _ => None,
    }
}

fn message(errno: Errno) -> String {
    String::from_utf8_lossy(&errno.message()).into_owned()
}

/// The entry in `%INC`: the file, or the hook that gave the text unless that has made one itself.
fn enter_loaded(vm: &mut Vm, name: &PerlStr, found: &Found) -> Exec {
    if inc_hash(vm).get(name).is_none() {
        let val = match &found.hook {
            Some(hook) => hook.clone(),
            None => Val::bytes(&found.path),
        };
        inc_hash(vm).set(name, val)?;
    }
    Ok(())
}

fn run_required(interp: &Shared<Interp>, vm: &mut Vm, name: &PerlStr, found: Found) -> Exec<Val> {
    enter_loaded(vm, name, &found)?;
    // The file is there: what the search or anything before left behind is no error of the module's.
    vm.errno = 0;
    interp.depth.set(interp.depth.get() + 1);
    let text = Text {
        name: String::from_utf8_lossy(&found.path).into_owned(),
        bytes: found.text,
    };
    let package = vm.package();
    let compiled = load::compile_file(interp, vm, text, &package);
    let result = match compiled {
        Ok(code) => load::run(vm, &code, Want::Scalar).map_err(|died| {
            inc_hash(vm).delete(name);
            died
        }),
        Err(died) => {
            let _ = inc_hash(vm).set(name, Val::Undef);
            Err(died)
        }
    };
    interp.depth.set(interp.depth.get() - 1);
    match result {
        Ok(mut list) => {
            let val = list.pop().unwrap_or_default();
            if vm.truth(&val)? {
                return Ok(val);
            }
            inc_hash(vm).delete(name);
            let shown = name.to_str_lossy().into_owned();
            Err(vm.die(format!("{shown} did not return a true value")))
        }
        Err(died) => Err(in_require(vm, died)),
    }
}

/// Adds `Compilation failed in require`.
fn in_require(vm: &mut Vm, died: Die) -> Die {
    match died.into_stop() {
        Stop::Died(val) if !val.is_ref() => {
            let mut text = vm.str_quiet(&val).unwrap_or_default();
            text.push_str(&PerlStr::from(format!(
                "Compilation failed in require{}",
                vm.at_line()
            )));
            Die::with(Val::Str(text))
        }
        other => Die::new(other),
    }
}

fn not_located(vm: &mut Vm, name: &PerlStr, bareword: bool) -> Die {
    vm.errno = Errno::ENOENT.0;
    let shown = name.to_str_lossy().into_owned();
    let mut hint = String::new();
    if let Some(module) = shown.strip_suffix(".pm") {
        if module.len() > 1 {
            hint = format!(
                " (you may need to install the {} module)",
                module.replace('/', "::")
            );
        }
    } else if shown.ends_with(".h") {
        hint = " (change .h to .ph maybe?) (did you run h2ph?)".into();
    } else if shown.ends_with(".ph") {
        hint = " (did you run h2ph?)".into();
    } else if bareword {
        hint = format!(" (you may need to install the {shown} module)");
    }
    let dirs: Vec<String> = inc_array(vm)
        .to_vec()
        .iter()
        .map(|d| d.loaded().to_str().to_str_lossy().into_owned())
        .collect();
    vm.die(format!(
        "Can't locate {shown} in @INC{hint} (@INC contains: {})",
        dirs.join(" ")
    ))
}

/// Modules that describe the interpreter, bind its native parts or stand on natives of their own: an installed perl's
/// would speak of that perl and look for shared objects.
const OURS_ONLY: &[&[u8]] = &[
    b"B.pm",
    b"Config.pm",
    b"Config_heavy.pl",
    b"Data/Dumper.pm",
    b"DynaLoader.pm",
    b"Encode.pm",
    b"Encode/Alias.pm",
    b"Encode/Encoding.pm",
    b"Encode/Unicode.pm",
    b"PerlIO/encoding.pm",
    b"PerlIO/scalar.pm",
    b"Storable.pm",
    b"XSLoader.pm",
    b"attributes.pm",
    b"threads.pm",
];

/// What a search came to.
enum Search {
    Found(Found),
    /// A file is there but cannot be read.
    Failed(Vec<u8>, Errno),
    /// Whether there is a file must not be known; others may have it.
    Hidden(Vec<u8>),
    Nowhere,
}

/// Whether a name is a path of its own, not to be looked for.
fn is_path(name: &[u8]) -> bool {
    name.starts_with(b"/") || name.starts_with(b"./") || name.starts_with(b"../")
}

fn find(vm: &mut Vm, name: &PerlStr) -> Exec<Search> {
    let mut hidden = None;
    Ok(match (search(vm, name, &mut hidden)?, hidden) {
        (Search::Nowhere, Some(path)) => Search::Failed(path, Errno::EACCES),
        (other, _) => other,
    })
}

/// Looks for a file; the first one that is hidden does not end the search.
fn search(vm: &mut Vm, name: &PerlStr, hidden: &mut Option<Vec<u8>>) -> Exec<Search> {
    let bytes = name.as_bytes();
    if is_path(bytes) {
        match from_file(vm, bytes.to_vec())? {
            Some(Search::Hidden(path)) => *hidden = Some(path),
            Some(found) => return Ok(found),
            None => {}
        }
        // where there is no such file, the subs in @INC may still know it
        for entry in inc_array(vm).to_vec() {
            let entry = vm.load(entry)?;
            if entry.is_ref()
                && let Some(found) = from_hook(vm, &entry, name)?
            {
                return Ok(Search::Found(found));
            }
        }
        return Ok(Search::Nowhere);
    }
    if OURS_ONLY.contains(&bytes)
        && let Some(found) = inc::embedded(bytes)
    {
        return Ok(Search::Found(found));
    }
    if let Some(text) = from_embedder(vm, bytes)? {
        return Ok(Search::Found(text));
    }
    let mut embedded_seen = false;
    for entry in inc_array(vm).to_vec() {
        let entry = vm.load(entry)?;
        if entry.is_ref() {
            if let Some(found) = from_hook(vm, &entry, name)? {
                return Ok(Search::Found(found));
            }
            continue;
        }
        let dir = vm.str(&entry)?;
        if dir.as_bytes() == inc::EMBEDDED.as_bytes() {
            embedded_seen = true;
            if let Some(found) = inc::embedded(bytes) {
                return Ok(Search::Found(found));
            }
            continue;
        }
        let mut path = dir.as_bytes().to_vec();
        if !path.ends_with(b"/") {
            path.push(b'/');
        }
        path.extend_from_slice(bytes);
        match from_file(vm, path)? {
            Some(Search::Hidden(path)) => {
                hidden.get_or_insert(path);
            }
            Some(result) => return Ok(result),
            None => {}
        }
    }
    if !embedded_seen && let Some(found) = inc::embedded(bytes) {
        return Ok(Search::Found(found));
    }
    Ok(Search::Nowhere)
}

/// What the embedding program has for a name.
fn from_embedder(vm: &mut Vm, name: &[u8]) -> Exec<Option<Found>> {
    let (Some(ask), Ok(name)) = (vm.watchers.require.clone(), std::str::from_utf8(name)) else {
        return Ok(None);
    };
    let text = ask(name).map_err(|panic| vm.die(panic))?;
    Ok(text.map(|text| Found {
        path: format!("keshi:host/{name}").into_bytes(),
        text,
        hook: None,
    }))
}

/// A readable plain file's text.
fn from_file(vm: &mut Vm, path: Vec<u8>) -> Exec<Option<Search>> {
    let stat = match sys::file::stat(&path) {
        Ok(stat) => stat,
        Err(Errno::EACCES) => return Ok(Some(Search::Hidden(path))),
        Err(_) => return Ok(None),
    };
    if matches!(
        stat.kind(),
        sys::file::Kind::Directory | sys::file::Kind::Block
    ) {
        return Ok(None);
    }
    Ok(match read_file(vm, &path)? {
        Ok(text) => Some(Search::Found(Found {
            path,
            text,
            hook: None,
        })),
        Err(Errno::ENOENT) => None,
        Err(errno) => Some(Search::Failed(path, errno)),
    })
}

/// The whole of a file.
pub fn read_file(vm: &mut Vm, path: &[u8]) -> Exec<Result<Vec<u8>, Errno>> {
    let flags = sys::file::open_flags(true, false, false, false, false);
    let fd = match retry(vm, || sys::blocking::open(path, flags, 0))? {
        Ok(fd) => fd,
        Err(errno) => return Ok(Err(errno)),
    };
    let text = read_all(vm, fd);
    let _ = sys::fd::close(fd);
    text
}

/// Everything a descriptor gives.
pub fn read_all(vm: &mut Vm, fd: i32) -> Exec<Result<Vec<u8>, Errno>> {
    let mut text = Vec::new();
    let mut buffer = vec![0; 65536];
    loop {
        match retry(vm, || sys::blocking::read(fd, &mut buffer))? {
            Ok(0) => return Ok(Ok(text)),
            Ok(n) => text.extend_from_slice(&buffer[..n]),
            Err(errno) => return Ok(Err(errno)),
        }
    }
}

/// Asks again after signal handlers have run.
fn retry<T>(vm: &mut Vm, mut call: impl FnMut() -> Result<T, Errno>) -> Exec<Result<T, Errno>> {
    loop {
        match call() {
            Err(Errno::EINTR) => vm.safepoint()?,
            other => return Ok(other),
        }
    }
}

/// A reference in `@INC`: a sub, an array whose first element is one, or an object with an INC method.
fn from_hook(vm: &mut Vm, hook: &Val, name: &PerlStr) -> Exec<Option<Found>> {
    let args = [hook.clone(), Val::Str(name.clone())];
    let mut given = if hook.is_blessed() {
        vm.call_method("INC", &args, Want::List)?
    } else {
        match hook {
            Val::ARef(array) => {
                let code = vm.load(array.get(0))?;
                vm.call_sv(&code, &args, Want::List)?
            }
            code => vm.call_sv(code, &args, Want::List)?,
        }
    };
    if given.first().is_none_or(Val::is_undef) {
        return Ok(None);
    }
    let mut text = Vec::new();
    if let Some(Val::SRef(prefix)) = given.first() {
        let prefix = vm.fetch(&prefix.clone())?;
        text.extend_from_slice(vm.str(&prefix)?.as_bytes());
        given.remove(0);
    }
    match given.first().cloned() {
        Some(Val::CRef(code)) => generate(vm, &Val::CRef(code), &given[1..], &mut text)?,
        Some(handle) if handle.is_ref() || matches!(handle, Val::Glob(_)) => {
            text.extend_from_slice(&vm.slurp(&handle)?);
        }
        _ => {}
    }
    // a hook may say itself what the file is called
    let path = match inc_hash(vm).get(name).filter(|path| !path.is_undef()) {
        Some(path) => vm.str(&path)?.as_bytes().to_vec(),
        None => format!("/loader/0x{:x}/{}", address(hook), name.to_str_lossy()).into_bytes(),
    };
    Ok(Some(Found {
        path,
        text,
        hook: Some(hook.clone()),
    }))
}

fn address(hook: &Val) -> usize {
    hook.referent().map_or(0, |r| r.address())
}

/// A source generator: called for a line in `$_` until it gives false.
fn generate(vm: &mut Vm, code: &Val, state: &[Val], text: &mut Vec<u8>) -> Exec {
    let mut args = vec![Val::Int(0)];
    args.extend_from_slice(state);
    loop {
        let line = vm.names.underscore.scalar();
        vm.store(&line, Val::empty())?;
        let more = vm
            .call_sv(code, &args, Want::Scalar)?
            .pop()
            .unwrap_or_default();
        let line = vm.fetch(&line)?;
        if !line.is_undef() {
            text.extend_from_slice(vm.str(&line)?.as_bytes());
        }
        if !vm.truth(&more)? {
            return Ok(());
        }
    }
}

/// `do FILE`: like require, but each time, and failure is a value.
pub fn do_file(interp: &Shared<Interp>, vm: &mut Vm, file: &Val, want: Want) -> Exec<Vec<Val>> {
    let name = vm.str(file)?;
    vm.taint_proper("do")?;
    let error = vm.names.error.scalar();
    let found = match find(vm, &name)? {
        Search::Found(found) => found,
        Search::Failed(_, errno) => {
            vm.errno = errno.0;
            return Ok(Vec::new());
        }
        Search::Hidden(_) | Search::Nowhere => {
            vm.errno = Errno::ENOENT.0;
            return Ok(Vec::new());
        }
    };
    if found.hook.is_none() {
        inc_hash(vm).delete(&name);
    }
    enter_loaded(vm, &name, &found)?;
    interp.depth.set(interp.depth.get() + 1);
    let text = Text {
        name: String::from_utf8_lossy(&found.path).into_owned(),
        bytes: found.text,
    };
    let package = vm.package();
    let result =
        load::compile_file(interp, vm, text, &package).and_then(|code| load::run(vm, &code, want));
    interp.depth.set(interp.depth.get() - 1);
    match result {
        Ok(list) => {
            error.set(Val::empty());
            Ok(list)
        }
        Err(died) => match died.into_stop() {
            Stop::Died(val) => {
                error.set(val);
                Ok(if want == Want::Scalar {
                    vec![Val::Undef]
                } else {
                    Vec::new()
                })
            }
            other => Err(Die::new(other)),
        },
    }
}
