//! The variables and handles a program starts with: `@ARGV`, `%ENV`, `@INC`, `$0`, STDIN, STDOUT, STDERR, DATA.
use super::{inc, sig, specials};
use crate::io::{Access, Handle, HandleRef};
use crate::sys;
use crate::text::PerlStr;
use crate::value::{Key, Rc, Scalar, Val};
use crate::vm::Vm;
use crate::vm::magic::Hook;

/// What a program is started with.
#[derive(Clone, Default)]
pub struct Start {
    /// `$0`
    pub name: Vec<u8>,
    /// `@ARGV`
    pub args: Vec<Vec<u8>>,
    /// `-I` directories.
    pub inc: Vec<Vec<u8>>,
    /// `NAME=value` entries.
    pub env: Vec<Vec<u8>>,
    /// `$/`, if a switch set it: none for slurping.
    pub input_separator: Option<Option<Vec<u8>>>,
    /// `$\`, if a switch set it.
    pub output_separator: Option<Vec<u8>>,
    /// `$^I`
    pub inplace: Option<Vec<u8>>,
    /// Package scalars set by `-s`.
    pub variables: Vec<(Vec<u8>, Vec<u8>)>,
    /// `$^X`
    pub executable: Vec<u8>,
    /// -T, -t as `${^TAINT}` shows them.
    pub taint: i64,
    /// `-C` bits.
    pub unicode: u32,
    /// `@INC` has no directories of the system's.
    pub no_system_inc: bool,
}

/// Sets everything up.
pub fn init(vm: &mut Vm, start: &Start) {
    vm.set_tainting(level(vm, start.taint));
    specials::bind(vm);
    init_env(vm, &start.env);
    if vm.owns_process {
        // a division that goes wrong is perl's to report
        let _ = sys::signal::set_disposition(8, sys::signal::Disposition::Ignore);
    }
    sig::init(vm);
    init_errno(vm);
    let env = |name: &[u8]| lookup(&start.env, name);
    let list = |items: &[Vec<u8>]| items.iter().map(|item| Val::bytes(item)).collect();
    let mut args: Vec<Val> = list(&start.args);
    let unicode = unicode_in_force(start);
    if unicode & 32 != 0 {
        args = args.into_iter().map(decoded).collect();
    }
    let args = args.into_iter().map(|arg| outside(vm, arg)).collect();
    vm.symbols.glob("main::ARGV").array_mut().assign(args);
    let mut dirs = inc::initial(&start.inc, &env, vm.tainting != 0);
    if start.no_system_inc {
        dirs = start.inc.clone();
        dirs.push(inc::EMBEDDED.into());
    }
    vm.symbols.glob("main::INC").array_mut().assign(list(&dirs));
    vm.symbols.glob("main::INC").hash_mut();
    vm.program_name = PerlStr::from_bytes(&start.name);
    if vm.tainting != 0 {
        vm.program_name.set_taint(true);
    }
    scalars(vm, start);
    for (name, value) in &start.variables {
        let value = outside(vm, Val::bytes(value));
        set(vm, &String::from_utf8_lossy(name), value);
    }
    let layers = env(b"PERLIO").map_or_else(Vec::new, |text| layers_of(&text));
    let with_utf8 = |on: bool| [&layers[..], if on { b":utf8" } else { b"" }].concat();
    vm.start_layers = [with_utf8(unicode & 8 != 0), with_utf8(unicode & 16 != 0)];
    if vm.owns_process {
        standard_handles(vm, unicode, &layers);
    }
}

/// The bits of `-C` that count: with `L` only where the locale's text is UTF-8.
fn unicode_in_force(start: &Start) -> u32 {
    const IF_LOCALE: u32 = 64;
    let locale = [&b"LC_ALL"[..], b"LC_CTYPE", b"LANG"]
        .iter()
        .find_map(|name| lookup(&start.env, name).filter(|text| !text.is_empty()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_utf8 = [&b"utf-8"[..], b"utf8"]
        .iter()
        .any(|word| locale.windows(word.len()).any(|w| w == *word));
    match start.unicode & IF_LOCALE != 0 && !is_utf8 {
        true => 0,
        false => start.unicode,
    }
}

/// PERLIO's layers above the ones every handle has (perlrun PERLIO): `:crlf`, `:utf8`, `:encoding(...)`.
fn layers_of(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut out = String::new();
    for word in text.split([' ', ':']).filter(|word| !word.is_empty()) {
        if matches!(word, "crlf" | "utf8") || word.starts_with("encoding(") {
            out.push(':');
            out.push_str(word);
        }
    }
    out.into_bytes()
}

/// An argument as the characters its UTF-8 stands for (perlrun -CA).
fn decoded(val: Val) -> Val {
    match val {
        Val::Str(text) if crate::text::utf8::is_valid(text.as_bytes()) && !text.is_ascii() => {
            Val::Str(PerlStr::from_utf8_bytes(text.as_bytes()))
        }
        other => other,
    }
}

/// The checks a program runs under: those asked for, or -T where the process acts for another user than the one who
/// started it (perlsec).
fn level(vm: &Vm, asked: i64) -> i8 {
    let (uids, gids) = (sys::user::uids(), sys::user::gids());
    let for_others = uids.real != uids.effective || gids.real != gids.effective;
    match asked {
        0 if vm.owns_process && uids.real != 0 && for_others => 1,
        asked => asked.signum() as i8,
    }
}

/// A value that comes from outside: tainted under -T and -t.
fn outside(vm: &Vm, val: Val) -> Val {
    match val {
        Val::Str(mut text) if vm.tainting != 0 => {
            text.set_taint(true);
            Val::Str(text)
        }
        val => val,
    }
}

fn set(vm: &Vm, name: &str, val: Val) {
    vm.symbols.glob(&format!("main::{name}")).scalar().set(val);
}

fn scalars(vm: &mut Vm, start: &Start) {
    let separator = match &start.input_separator {
        None => Val::str("\n"),
        Some(None) => Val::Undef,
        // a character above 255 (perlrun -0xHHH)
        Some(Some(text)) if text.len() > 1 && !text.is_ascii() => {
            Val::Str(PerlStr::from_utf8_bytes(text))
        }
        Some(Some(text)) => Val::bytes(text),
    };
    set(vm, "/", separator);
    if let Some(text) = &start.output_separator {
        set(vm, "\\", Val::bytes(text));
    }
    if let Some(extension) = &start.inplace {
        set(vm, "^I", Val::bytes(extension));
    }
    set(vm, "\"", Val::str(" "));
    set(vm, ";", Val::str("\x1c"));
    set(vm, "@", Val::empty());
    let executable = outside(vm, Val::bytes(&start.executable));
    set(vm, "^X", executable);
    set(vm, "^O", Val::str("linux"));
    if vm.tainting != 0 {
        specials::guard_system_name(vm);
    }
    set(vm, "^T", Val::Int(sys::time::now()));
    set(vm, "^F", Val::Int(2));
    set(vm, "^L", Val::str("\x0c"));
    set(vm, ":", Val::str(" \n-"));
    set(vm, "^A", Val::empty());
    set(vm, "^C", Val::Int(0));
    set(vm, "^D", Val::Int(0));
    set(vm, "^P", Val::Int(0));
    let taint = Scalar::read_only(Val::Int(i64::from(vm.tainting)));
    drop(vm.symbols.glob("main::^TAINT").set_scalar(taint));
    set(vm, "^UNICODE", Val::Int(i64::from(start.unicode)));
    set(vm, "^UTF8LOCALE", Val::Int(0));
    set(vm, "^SAFE_LOCALES", Val::Int(1));
    set(
        vm,
        "^UTF8CACHE",
        Val::Int(if start.unicode & 256 != 0 { -1 } else { 1 }),
    );
    let version = crate::native::version::perl_version(vm);
    set(vm, "^V", version);
    set(
        vm,
        "]",
        Val::Dual(crate::value::Dual::new(
            Val::Num(5.036),
            PerlStr::from("5.036000"),
        )),
    );
}

/// The value of a name in a list of `NAME=value`.
pub fn lookup(env: &[Vec<u8>], name: &[u8]) -> Option<Vec<u8>> {
    env.iter()
        .find_map(|entry| Some(entry.strip_prefix(name)?.strip_prefix(b"=")?.to_vec()))
}

fn init_env(vm: &mut Vm, entries: &[Vec<u8>]) {
    let hash = vm.names.env.hash_mut();
    for entry in entries {
        let Some(eq) = entry.iter().position(|&b| b == b'=').filter(|&at| at > 0) else {
            continue;
        };
        let key = PerlStr::from_bytes(&entry[..eq]);
        let value = outside(vm, Val::bytes(&entry[eq + 1..]));
        let _ = hash.set(&key, value);
    }
    vm.hook_hash(
        &hash,
        Hook {
            stored: |vm, hash, key, val| {
                // the environment holds bytes
                let text = match val.is_undef() {
                    true => PerlStr::new(),
                    false => vm.str(val)?,
                };
                let text = vm.octets(text, "setenv")?;
                vm.octets(key.text.clone(), "setenv key (encoding to utf8)")?;
                if !val.is_undef() {
                    hash.set_raw(key, Val::Str(text.clone()))?;
                }
                to_libc(vm, key, Some(&text));
                Ok(())
            },
            deleted: |vm, _, key| {
                to_libc(vm, key, None);
                Ok(())
            },
            cleared: |_, _| Ok(()),
            fetch: None,
        },
    );
}

/// `%!`: true where `$!` has that value (perlvar `%!`, Errno).
fn init_errno(vm: &mut Vm) {
    let hash = vm.symbols.glob("main::!").hash_mut();
    for (name, _) in sys::errno::NAMES {
        hash.set_str(name, Val::Int(0));
    }
    vm.hook_hash(
        &hash,
        Hook {
            stored: |vm, _, _, _| Err(vm.die("ERRNO hash is read only!")),
            deleted: |vm, _, _| Err(vm.die("ERRNO hash is read only!")),
            cleared: |vm, _| Err(vm.die("ERRNO hash is read only!")),
            fetch: Some(|vm, _, key| {
                let wanted = sys::Errno::from_name(key.text.as_bytes());
                Ok(Some(match wanted {
                    Some(errno) if errno.0 == vm.errno => Val::from(errno.0),
                    Some(_) => Val::Int(0),
                    None => Val::empty(),
                }))
            }),
        },
    );
}

/// The C library is told only what it acts on, and only by the program that owns the process.
fn to_libc(vm: &Vm, key: &Key, value: Option<&PerlStr>) {
    let name = key.text.as_bytes();
    if vm.owns_process && (name == b"TZ" || name.starts_with(b"LC_") || name == b"LANG") {
        let _ = sys::env::set(name, value.map(PerlStr::as_bytes));
        if name == b"TZ" {
            sys::time::read_zone();
        }
    }
}

fn standard_handles(vm: &mut Vm, unicode: u32, layers: &[u8]) {
    // handles know their methods before IO::File is loaded (perlfunc open)
    let parents = ["IO::Handle", "IO::Seekable", "Exporter"].map(Val::str);
    let isa = vm.symbols.glob("IO::File::ISA").array_mut();
    isa.assign(parents.to_vec());
    let rows = [
        (vm.names.stdin.clone(), 0),
        (vm.names.stdout.clone(), 1),
        (vm.names.stderr.clone(), 2),
    ];
    for (glob, fd) in rows {
        let mut handle = Handle::standard(fd);
        if let Ok(specs) = crate::io::layers::parse(layers) {
            let _ = handle.push_layers(&specs);
        }
        if unicode >> fd & 1 == 1 {
            let _ = handle.push_layers(&[crate::io::layers::Spec::Utf8]);
        }
        put_handle(&glob, handle.into_shared());
    }
}

/// Opens a glob's handle on what is given.
fn put_handle(glob: &Rc<crate::value::Glob>, handle: HandleRef) {
    let io = glob.io_mut();
    io.name.replace(Some(glob.name()));
    let former = io.set_handle(Some(handle));
    drop(former);
}

/// The text behind `__DATA__` as the handle DATA of its package.
pub fn open_data(vm: &mut Vm, package: &str, bytes: Vec<u8>) {
    let glob = vm.symbols.glob(&format!("{package}::DATA"));
    let mut handle = Handle::new();
    handle.attach_memory(
        Box::new(crate::io::memory::SharedBytes(std::rc::Rc::new(
            std::cell::RefCell::new(bytes),
        ))),
        Access::READ,
    );
    put_handle(&glob, handle.into_shared());
    // it is part of the program
    glob.io_mut().trusted.set(true);
}

/// The text behind `__DATA__` of a program that came on standard input: STDIN goes on with it, and DATA is STDIN.
pub fn give_back_data(vm: &mut Vm, package: &str, bytes: &[u8]) {
    let Some(handle) = vm.symbols.glob("main::STDIN").io_mut().handle() else {
        return;
    };
    if handle.borrow_mut().unread(bytes).is_ok() {
        put_handle(&vm.symbols.glob(&format!("{package}::DATA")), handle);
    }
}

/// At the end, what is left for standard output, which tells what is wrong with it.
pub fn flush_stdout(vm: &mut Vm) -> bool {
    let Some(handle) = vm.names.stdout.io().and_then(|io| io.handle()) else {
        return true;
    };
    loop {
        let result = handle.borrow_mut().flush();
        match result {
            Err(crate::io::Stop::Interrupted) => {
                if vm.safepoint().is_err() {
                    return false;
                }
            }
            Err(crate::io::Stop::Failed(errno)) if handle.borrow().is_open() => {
                let why = errno.message();
                let text = format!(
                    "Unable to flush stdout: {}\n",
                    String::from_utf8_lossy(&why)
                );
                let _ = vm.to_stderr(&PerlStr::from(text));
                return false;
            }
            _ => return true,
        }
    }
}

/// Handles the program left open: what they could not write is told.
pub fn tell_unwritten(vm: &mut Vm) {
    let stdout = vm.names.stdout.io().and_then(|io| io.handle());
    let mut lost: Vec<_> = crate::io::unwritten::take()
        .iter()
        .map(|l| l.error)
        .collect();
    for handle in crate::io::registry::all() {
        let told = stdout
            .as_ref()
            .is_some_and(|out| std::rc::Rc::ptr_eq(out, &handle));
        let Ok(handle) = handle.try_borrow() else {
            continue;
        };
        if let Some(errno) = handle.error()
            && handle.tells_loss()
            && handle.is_open()
            && !told
        {
            lost.push(errno);
        }
    }
    for errno in lost {
        let why = errno.message();
        let text = format!(
            "Warning: unable to close filehandle properly: {} during global destruction.\n",
            String::from_utf8_lossy(&why)
        );
        let _ = vm.to_stderr(&PerlStr::from(text));
    }
}

/// Writes out everything that is buffered and gives back input that was read ahead; false where something could not be written (and `$!` says why).
pub fn flush_all(vm: &mut Vm) -> bool {
    for _ in 0..64 {
        match crate::io::registry::synchronise() {
            Ok(()) => return true,
            Err(crate::io::Stop::Interrupted) => {
                if vm.safepoint().is_err() {
                    return false;
                }
            }
            Err(crate::io::Stop::Failed(errno)) => {
                vm.errno = errno.0;
                return false;
            }
            Err(_) => return false,
        }
    }
    false
}
