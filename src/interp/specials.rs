//! Special scalars that code stands behind (perlvar): a table of rows, each asked and told by functions.
use crate::diag::hints;
use crate::sys::{self, process, user};
use crate::text::PerlStr;
use crate::value::{Dual, Io, Rc, Val};
use crate::vm::magic::Special;
use crate::vm::{Exec, Vm};

type Get = fn(&mut Vm, u32) -> Exec<Val>;
type Set = fn(&mut Vm, u32, Val) -> Exec;

/// One special variable: name without sigil, how to ask, how to tell.
type Row = (&'static str, Get, Set);

const ROWS: &[Row] = &[
    ("!", errno, set_errno),
    ("^E", errno, set_errno),
    (
        "?",
        |vm, _| Ok(Val::Int(i64::from(vm.child_status))),
        set_child_status,
    ),
    (
        "^CHILD_STATUS_NATIVE",
        |vm, _| Ok(Val::Int(i64::from(vm.native_status))),
        read_only,
    ),
    ("$", process_id, set_process_id),
    (
        "<",
        |_, _| Ok(id(user::uids().real)),
        |vm, _, val| set_uid(vm, val, true),
    ),
    (
        ">",
        |_, _| Ok(id(user::uids().effective)),
        |vm, _, val| set_uid(vm, val, false),
    ),
    (
        "(",
        |_, _| Ok(groups(user::gids().real)),
        |vm, _, val| set_gid(vm, val, true),
    ),
    (
        ")",
        |_, _| Ok(groups(user::gids().effective)),
        |vm, _, val| set_gid(vm, val, false),
    ),
    (
        "|",
        |vm, _| {
            Ok(Val::Int(
                selected(vm).is_some_and(|io| io.autoflush.get()).into(),
            ))
        },
        set_autoflush,
    ),
    (".", line_number, set_line_number),
    ("^W", |vm, _| Ok(Val::Int(vm.warn_all.into())), set_warn),
    ("^GLOBAL_PHASE", |vm, _| Ok(Val::str(vm.phase)), read_only),
    (
        "^H",
        |vm, _| Ok(Val::Int(i64::from(vm.compiling.bits))),
        set_hint_bits,
    ),
    ("^WARNING_BITS", warning_bits, set_warning_bits),
    (
        "^S",
        |vm, _| {
            Ok(vm
                .in_eval()
                .map(|on| Val::Int(on.into()))
                .unwrap_or_default())
        },
        read_only,
    ),
    (
        "=",
        |vm, _| Ok(page(vm, 0)),
        |vm, _, val| set_page(vm, 0, val),
    ),
    (
        "-",
        |vm, _| Ok(page(vm, 1)),
        |vm, _, val| set_page(vm, 1, val),
    ),
    (
        "%",
        |vm, _| Ok(page(vm, 2)),
        |vm, _, val| set_page(vm, 2, val),
    ),
    (
        "^",
        |vm, _| Ok(format_name(vm, 0)),
        |vm, _, val| set_format_name(vm, 0, val),
    ),
    (
        "~",
        |vm, _| Ok(format_name(vm, 1)),
        |vm, _, val| set_format_name(vm, 1, val),
    ),
    ("&", |vm, _| Ok(vm.matched.group(0).into()), read_only),
    ("`", |vm, _| Ok(vm.matched.before().into()), read_only),
    ("'", |vm, _| Ok(vm.matched.after().into()), read_only),
    (
        "^MATCH",
        |vm, _| Ok(vm.matched.kept().and_then(|m| m.group(0)).into()),
        read_only,
    ),
    (
        "^PREMATCH",
        |vm, _| Ok(vm.matched.kept().and_then(|m| m.before()).into()),
        read_only,
    ),
    (
        "^POSTMATCH",
        |vm, _| Ok(vm.matched.kept().and_then(|m| m.after()).into()),
        read_only,
    ),
    ("+", |vm, _| Ok(vm.matched.last_paren().into()), read_only),
    ("^N", |vm, _| Ok(vm.matched.last_closed().into()), read_only),
    ("^R", |vm, _| Ok(vm.matched.result()), ignore),
    (
        "0",
        |vm, _| Ok(Val::Str(vm.program_name.clone())),
        set_program_name,
    ),
    ("^SAFE_LOCALES", |_, _| Ok(Val::Int(1)), read_only),
    ("^LAST_FH", |vm, _| Ok(vm.last_read_glob()), read_only),
];

/// Puts every row in its place, and `$1` and its kin.
pub fn bind(vm: &mut Vm) {
    for (name, get, set) in ROWS {
        let row = vm.add_special(Special {
            get: *get,
            set: *set,
        });
        vm.bind_special(&format!("main::{name}"), row, 0);
    }
    let captures = vm.add_special(Special {
        get: |vm, n| Ok(group(vm, n)),
        set: read_only,
    });
    let main = vm.symbols.stash("main");
    main.set_capture_row(captures);
    for group in 1..=9 {
        main.glob(&group.to_string());
    }
}

/// The name of the system, where it is guarded.
#[derive(Default)]
struct SystemName(Val);

/// Under -T and -t `$^O` takes nothing tainted: programs decide by it what is safe.
pub fn guard_system_name(vm: &mut Vm) {
    let now = vm.symbols.glob("main::^O").scalar().get();
    vm.slots.of::<SystemName>().0 = now;
    let row = vm.add_special(Special {
        get: |vm, _| Ok(vm.slots.of::<SystemName>().0.clone()),
        set: |vm, _, val| {
            if val.taint() {
                vm.taint();
            }
            vm.taint_proper("assigning to $^O")?;
            vm.slots.of::<SystemName>().0 = val;
            Ok(())
        },
    });
    vm.bind_special("main::^O", row, 0);
}

fn read_only(vm: &mut Vm, _: u32, _: Val) -> Exec {
    Err(vm.die("Modification of a read-only value attempted"))
}

fn ignore(_: &mut Vm, _: u32, _: Val) -> Exec {
    Ok(())
}

fn group(vm: &Vm, n: u32) -> Val {
    if n == 0 {
        Val::Undef
    } else {
        vm.matched.group(n as usize).into()
    }
}

/// What the program assigned to `$$`, and in which process: a child has its own number again.
#[derive(Default)]
struct OwnNumber {
    process: i32,
    said: Val,
}

fn process_id(vm: &mut Vm, _: u32) -> Exec<Val> {
    let pid = process::getpid();
    let own = vm.slots.of::<OwnNumber>();
    Ok(match own.process == pid {
        true => own.said.clone(),
        false => Val::Int(i64::from(pid)),
    })
}

fn set_process_id(vm: &mut Vm, _: u32, said: Val) -> Exec {
    *vm.slots.of::<OwnNumber>() = OwnNumber {
        process: process::getpid(),
        said,
    };
    Ok(())
}

fn errno(vm: &mut Vm, _: u32) -> Exec<Val> {
    let text = match vm.errno {
        0 => PerlStr::new(),
        n => PerlStr::from_bytes(&sys::Errno(n).message()),
    };
    Ok(Val::Dual(Dual::new(Val::Int(i64::from(vm.errno)), text)))
}

fn set_errno(vm: &mut Vm, _: u32, val: Val) -> Exec {
    // undef is no error, and nothing to warn of
    vm.errno = match val.is_undef() {
        true => 0,
        false => vm.num(&val)?.to_i64() as i32,
    };
    Ok(())
}

fn set_child_status(vm: &mut Vm, _: u32, val: Val) -> Exec {
    vm.child_status = (vm.num(&val)?.to_i64() & 0xffff) as i32;
    Ok(())
}

fn id(n: u32) -> Val {
    Val::Int(i64::from(n))
}

/// A group id and, as text, all groups of the process.
fn groups(gid: u32) -> Val {
    let mut text = gid.to_string();
    for group in user::getgroups().unwrap_or_default() {
        text.push_str(&format!(" {group}"));
    }
    Val::Dual(Dual::new(id(gid), PerlStr::from(text)))
}

fn set_uid(vm: &mut Vm, val: Val, real: bool) -> Exec {
    let uid = vm.num(&val)?.to_i64() as u32;
    let result = if vm.delayed_ids.is_some() {
        vm.delay_id(if real { 0 } else { 1 }, uid);
        Ok(())
    } else if real {
        user::setresuid(uid, user::KEEP, user::KEEP)
    } else {
        user::setresuid(user::KEEP, uid, user::KEEP)
    };
    if let Err(errno) = result {
        vm.errno = errno.0;
    }
    Ok(())
}

fn set_gid(vm: &mut Vm, val: Val, real: bool) -> Exec {
    let text = vm.str_quiet(&val)?;
    let numbers: Vec<u32> = text
        .to_str_lossy()
        .split_ascii_whitespace()
        .filter_map(|w| w.parse().ok())
        .collect();
    let gid = match numbers.first() {
        Some(gid) => *gid,
        None => vm.num(&val)?.to_i64() as u32,
    };
    let mut result = Ok(());
    if !real && numbers.len() > 1 {
        result = user::setgroups(&numbers[1..]);
    }
    if vm.delayed_ids.is_some() {
        vm.delay_id(if real { 2 } else { 3 }, gid);
    } else if real {
        result = result.and(user::setresgid(gid, user::KEEP, user::KEEP));
    } else {
        result = result.and(user::setresgid(user::KEEP, gid, user::KEEP));
    }
    if let Err(errno) = result {
        vm.errno = errno.0;
    }
    Ok(())
}

fn selected(vm: &Vm) -> Option<Rc<Io>> {
    vm.selected.as_ref().map(|glob| glob.io_mut())
}

fn set_autoflush(vm: &mut Vm, _: u32, val: Val) -> Exec {
    let on = vm.truth(&val)?;
    let Some(io) = selected(vm) else {
        return Ok(());
    };
    vm.set_autoflush(&io, on)
}

/// What was assigned to `$.` while no handle had been read.
#[derive(Default)]
struct LinesOfNone(Val);

fn line_number(vm: &mut Vm, _: u32) -> Exec<Val> {
    Ok(match vm.last_read() {
        Some(io) => Val::Int(io.lines.get()),
        None => vm.slots.of::<LinesOfNone>().0.clone(),
    })
}

fn set_line_number(vm: &mut Vm, _: u32, val: Val) -> Exec {
    match vm.last_read() {
        Some(io) => io.lines.set(vm.num(&val)?.to_i64()),
        None => vm.slots.of::<LinesOfNone>().0 = val,
    }
    Ok(())
}

fn set_warn(vm: &mut Vm, _: u32, val: Val) -> Exec {
    vm.warn_all = vm.truth(&val)?;
    Ok(())
}

fn set_hint_bits(vm: &mut Vm, _: u32, val: Val) -> Exec {
    let bits = vm.num(&val)?.to_i64() as u32;
    let bundle = |bits: u32| (bits & hints::FEATURE_MASK) >> 26;
    if bundle(bits) != bundle(vm.compiling.bits) {
        // a module chose another feature bundle by its number
        let minor = [0, 10, 11, 15, 23, 27, 35, 37, 39]
            .get(bundle(bits) as usize)
            .copied();
        if let Some(minor) = minor {
            vm.compiling.features = u64::from(hints::feature::bundle(minor));
        }
    }
    vm.compiling.bits = bits;
    Ok(())
}

fn warning_bits(vm: &mut Vm, _: u32) -> Exec<Val> {
    Ok(vm
        .compiling
        .warnings
        .as_ref()
        .map_or(Val::Undef, |bits| Val::bytes(bits)))
}

fn set_warning_bits(vm: &mut Vm, _: u32, val: Val) -> Exec {
    vm.compiling.warnings = match val.is_undef() {
        true => None,
        false => Some(vm.str(&val)?.as_bytes().into()),
    };
    Ok(())
}

fn page(vm: &Vm, i: usize) -> Val {
    selected(vm).map_or(Val::Undef, |io| Val::Int(io.page[i].get()))
}

fn set_page(vm: &mut Vm, i: usize, val: Val) -> Exec {
    let n = vm.num(&val)?.to_i64();
    if let Some(io) = selected(vm) {
        io.page[i].set(if i == 1 { n.max(0) } else { n });
    }
    Ok(())
}

fn format_name(vm: &Vm, i: usize) -> Val {
    let Some(glob) = &vm.selected else {
        return Val::Undef;
    };
    let io = glob.io_mut();
    let set = io.formats[i].borrow().clone();
    Val::Str(set.unwrap_or_else(|| {
        let suffix = if i == 0 { "_TOP" } else { "" };
        PerlStr::from(format!("{}{suffix}", glob.name()))
    }))
}

fn set_format_name(vm: &mut Vm, i: usize, val: Val) -> Exec {
    let name = vm.str(&val)?;
    if let Some(io) = selected(vm) {
        io.formats[i].replace(Some(name));
    }
    Ok(())
}

fn set_program_name(vm: &mut Vm, _: u32, val: Val) -> Exec {
    let name = vm.str(&val)?;
    let name = vm.octets(name, "$0")?;
    if vm.owns_process {
        sys::start::set_title(name.as_bytes());
    }
    vm.program_name = name;
    Ok(())
}
