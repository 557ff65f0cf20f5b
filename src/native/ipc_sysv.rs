//! IPC::SysV and the status objects of IPC::Msg, IPC::Semaphore and IPC::SharedMem (perldoc IPC::SysV).
use super::usage;
use crate::sys::Errno;
use crate::sys::sysv::{self, Attached};
use crate::text::PerlStr;
use crate::value::{Array, Rc, Val};
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILIES: &[&Family] = &[&SYSV, &MSG, &SEM, &SHM];

const SYSV: Family = Family::new(
    "IPC::SysV",
    &[
        row("_constant", "$", constant, "error and value of a constant"),
        row("ftok", "$;$", ftok, "a key made from a file"),
        row("memread", "$$$$", memread, "read from an attached segment"),
        row("memwrite", "$$$$", memwrite, "write to an attached segment"),
        row("shmat", "$$$", shmat, "attach a segment"),
        row("shmdt", "$", shmdt, "detach a segment"),
    ],
);

const MSG: Family = Family::new(
    "IPC::Msg::stat",
    &[
        row(
            "pack",
            "$",
            |call| pack(call, &MSG_DS),
            "the structure for IPC_SET",
        ),
        row(
            "unpack",
            "$$",
            |call| unpack(call, &MSG_DS),
            "fields of the structure of IPC_STAT",
        ),
    ],
);

const SEM: Family = Family::new(
    "IPC::Semaphore::stat",
    &[
        row(
            "pack",
            "$",
            |call| pack(call, &SEM_DS),
            "the structure for IPC_SET",
        ),
        row(
            "unpack",
            "$$",
            |call| unpack(call, &SEM_DS),
            "fields of the structure of IPC_STAT",
        ),
    ],
);

const SHM: Family = Family::new(
    "IPC::SharedMem::stat",
    &[
        row(
            "pack",
            "$",
            |call| pack(call, &SHM_DS),
            "the structure for IPC_SET",
        ),
        row(
            "unpack",
            "$$",
            |call| unpack(call, &SHM_DS),
            "fields of the structure of IPC_STAT",
        ),
    ],
);

/// A structure of the kernel: its class, its size, and offset and width of the fields in the order of the object.
struct Layout {
    class: &'static str,
    size: usize,
    fields: &'static [(usize, usize)],
    /// Fields IPC_SET reads, by index.
    settable: &'static [usize],
}

const MSG_DS: Layout = Layout {
    class: "IPC::Msg::stat",
    size: 120,
    fields: &[
        (4, 4),
        (8, 4),
        (12, 4),
        (16, 4),
        (20, 2),
        (80, 8),
        (88, 8),
        (96, 4),
        (100, 4),
        (48, 8),
        (56, 8),
        (64, 8),
    ],
    settable: &[0, 1, 4, 6],
};

#[cfg(target_arch = "x86_64")]
const SEM_AT: (usize, [usize; 3]) = (104, [64, 48, 80]);
#[cfg(not(target_arch = "x86_64"))]
const SEM_AT: (usize, [usize; 3]) = (88, [56, 48, 64]);

const SEM_DS: Layout = Layout {
    class: "IPC::Semaphore::stat",
    size: SEM_AT.0,
    fields: &[
        (4, 4),
        (8, 4),
        (12, 4),
        (16, 4),
        (20, 2),
        (SEM_AT.1[0], 8),
        (SEM_AT.1[1], 8),
        (SEM_AT.1[2], 8),
    ],
    settable: &[0, 1, 4],
};

const SHM_DS: Layout = Layout {
    class: "IPC::SharedMem::stat",
    size: 112,
    fields: &[
        (4, 4),
        (8, 4),
        (12, 4),
        (16, 4),
        (20, 2),
        (48, 8),
        (84, 4),
        (80, 4),
        (88, 8),
        (56, 8),
        (64, 8),
        (72, 8),
    ],
    settable: &[0, 1, 4],
};

fn object(call: &mut Call<'_>, method: &str, layout: &Layout) -> Exec<Rc<Array>> {
    let val = call.arg(0)?;
    let fits = val.blessed().is_some_and(|stash| stash.isa(layout.class));
    match val {
        Val::ARef(array) if fits => Ok(array),
        _ => Err(call.die(format!(
            "Method {method} not called a {} object",
            layout.class
        ))),
    }
}

fn unpack(call: &mut Call<'_>, layout: &Layout) -> Exec<Ret> {
    usage(call, 2..=2, &format!("{}::unpack(obj, ds)", layout.class))?;
    let array = object(call, "unpack", layout)?;
    let data = call.arg_str(1)?;
    if data.len() != layout.size {
        let (len, size) = (data.len(), layout.size);
        let class = layout.class;
        return Err(call.die(format!(
            "Bad arg length for {class}, length is {len}, should be {size}"
        )));
    }
    for (i, (at, width)) in layout.fields.iter().enumerate() {
        let mut word = [0u8; 8];
        word[..*width].copy_from_slice(&data.as_bytes()[*at..at + width]);
        array.set(i, Val::Int(i64::from_le_bytes(word)))?;
    }
    let own = call.arg(0)?;
    Ok(own.into())
}

fn pack(call: &mut Call<'_>, layout: &Layout) -> Exec<Ret> {
    usage(call, 1..=1, &format!("{}::pack(obj)", layout.class))?;
    let array = object(call, "pack", layout)?;
    let mut data = vec![0u8; layout.size];
    for &i in layout.settable {
        let Some((at, width)) = layout.fields.get(i) else {
            continue;
        };
        let val = call.vm.load(array.get(i))?;
        let word = val.to_int().to_le_bytes();
        data[*at..at + width].copy_from_slice(&word[..*width]);
    }
    Ok(Val::bytes(&data).into())
}

fn constant(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    let name = name.to_str_lossy().into_owned();
    if let Some((_, value)) = CONSTANTS.iter().find(|row| row.0 == name) {
        return call.list([Val::Undef, Val::Int(*value)]);
    }
    let message = match ELSEWHERE.contains(&name.as_str()) {
        true => format!("Your vendor has not defined IPC::SysV macro {name}, used"),
        false => format!("{name} is not a valid IPC::SysV macro"),
    };
    call.list([Val::str(&message), Val::Undef])
}

fn ftok(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=2, "IPC::SysV::ftok(path, id = &PL_sv_undef)")?;
    let path = call.arg_str(0)?;
    let project = match call.defined(1)? {
        None => 1,
        Some(Val::Num(_)) => return Err(call.die("invalid project id")),
        Some(val) if val.is_number() => call.vm.num(&val)?.to_i64() as i32,
        Some(val) => {
            let text = call.str(&val)?;
            match text.as_bytes() {
                [one] => i32::from(*one),
                _ => return Err(call.die("invalid project id")),
            }
        }
    };
    match sysv::ftok(path.as_bytes(), project) {
        Ok(key) => Ok(Val::from(key).into()),
        Err(e) => call.errno(e),
    }
}

/// The address of a segment is the bytes of a pointer.
fn segment(call: &mut Call<'_>) -> Exec<Attached> {
    let packed = call.arg_str(0)?;
    match <[u8; size_of::<usize>()]>::try_from(packed.as_bytes()) {
        Ok(bytes) => Ok(Attached(usize::from_ne_bytes(bytes))),
        Err(_) => Err(call.die("invalid address value")),
    }
}

fn shmat(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 3..=3, "IPC::SysV::shmat(id, addr, flag)")?;
    let (id, flags) = (call.arg_int(0)? as i32, call.arg_int(2)? as i32);
    let at = match call.defined(1)? {
        None => 0,
        Some(val) => {
            let packed = call.str(&val)?;
            match <[u8; size_of::<usize>()]>::try_from(packed.as_bytes()) {
                Ok(bytes) => usize::from_ne_bytes(bytes),
                Err(_) => return Err(call.die("invalid address value")),
            }
        }
    };
    match sysv::attach(id, at, flags) {
        Ok(Attached(address)) => Ok(Val::bytes(&address.to_ne_bytes()).into()),
        Err(e) => call.errno(e),
    }
}

fn shmdt(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 1..=1, "IPC::SysV::shmdt(addr)")?;
    let segment = segment(call)?;
    match sysv::detach(segment) {
        Ok(()) => Ok(Val::Int(0).into()),
        Err(e) => call.errno(e),
    }
}

/// Position and size of a transfer, checked.
fn range(call: &mut Call<'_>) -> Exec<Option<(usize, usize)>> {
    let (pos, size) = (call.arg_int(2)?, call.arg_int(3)?);
    Ok(usize::try_from(pos).ok().zip(usize::try_from(size).ok()))
}

fn memread(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 4..=4, "IPC::SysV::memread(addr, sv, pos, size)")?;
    let segment = segment(call)?;
    let Some((pos, size)) = range(call)? else {
        return call.errno(Errno::EFAULT);
    };
    let mut buffer = Vec::new();
    if buffer.try_reserve_exact(size).is_err() {
        return Err(crate::text::OutOfMemory.into());
    }
    buffer.resize(size, 0);
    match sysv::memory_read(segment, pos, &mut buffer) {
        Ok(()) => {
            call.assign(1, Val::Str(PerlStr::from_bytes(&buffer)))?;
            Ok(Val::Int(1).into())
        }
        Err(e) => call.errno(e),
    }
}

fn memwrite(call: &mut Call<'_>) -> Exec<Ret> {
    usage(call, 4..=4, "IPC::SysV::memwrite(addr, sv, pos, size)")?;
    let segment = segment(call)?;
    let text = call.arg_str(1)?;
    let Some((pos, size)) = range(call)? else {
        return call.errno(Errno::EFAULT);
    };
    let mut bytes = text.as_bytes()[..text.len().min(size)].to_vec();
    if bytes.try_reserve_exact(size - bytes.len()).is_err() {
        return Err(crate::text::OutOfMemory.into());
    }
    bytes.resize(size, 0);
    match sysv::memory_write(segment, pos, &bytes) {
        Ok(()) => Ok(Val::Int(1).into()),
        Err(e) => call.errno(e),
    }
}

/// Names other systems have.
#[rustfmt::skip]
const ELSEWHERE: &[&str] = &[
    "IPC_ALLOC", "IPC_GETACL", "IPC_LOCKED", "IPC_M", "IPC_NOERROR", "IPC_ORGETACL", "IPC_ORSETACL", "IPC_R",
    "IPC_SETACL", "IPC_SETLABEL", "IPC_W", "IPC_WANTED", "MSG_FWAIT", "MSG_LOCKED", "MSG_MWAIT", "MSG_QWAIT",
    "MSG_R", "MSG_RWAIT", "MSG_W", "MSG_WAIT", "MSG_WWAIT", "SEM_A", "SEM_ALLOC", "SEM_DEST", "SEM_ERR",
    "SEM_ORDER", "SEM_R", "SHM_A", "SHM_CLEAR", "SHM_COPY", "SHM_DCACHE", "SHM_ECACHE", "SHM_FMAP", "SHM_ICACHE",
    "SHM_INIT", "SHM_MAP", "SHM_NOSWAP", "SHM_REMOVED", "SHM_SHARE_MMU", "SHM_SHATTR", "SHM_SIZE",
];

#[rustfmt::skip]
const CONSTANTS: &[(&str, i64)] = &[
    ("GETALL", 13), ("GETNCNT", 14), ("GETPID", 11), ("GETVAL", 12), ("GETZCNT", 15), ("IPC_CREAT", 512),
    ("IPC_EXCL", 1024), ("IPC_INFO", 3), ("IPC_NOWAIT", 2048), ("IPC_PRIVATE", 0), ("IPC_RMID", 0), ("IPC_SET",
    1), ("IPC_STAT", 2), ("MSG_EXCEPT", 8192), ("MSG_INFO", 12), ("MSG_NOERROR", 4096), ("MSG_STAT", 11),
    ("SEM_INFO", 19), ("SEM_STAT", 18), ("SEM_UNDO", 4096), ("SETALL", 17), ("SETVAL", 16), ("SHMLBA", 4096),
    ("SHM_DEST", 512), ("SHM_HUGETLB", 2048), ("SHM_INFO", 14), ("SHM_LOCK", 11), ("SHM_LOCKED", 1024),
    ("SHM_NORESERVE", 4096), ("SHM_R", 256), ("SHM_RDONLY", 4096), ("SHM_REMAP", 16384), ("SHM_RND", 8192),
    ("SHM_STAT", 13), ("SHM_UNLOCK", 12), ("SHM_W", 128), ("S_IRUSR", 256), ("S_IWUSR", 128), ("S_IXUSR", 64),
    ("S_IRWXU", 448), ("S_IRGRP", 32), ("S_IWGRP", 16), ("S_IXGRP", 8), ("S_IRWXG", 56), ("S_IROTH", 4),
    ("S_IWOTH", 2), ("S_IXOTH", 1), ("S_IRWXO", 7),
    ("EACCES", 13), ("ENOMEM", 12), ("ENOSPC", 28), ("ENOSYS", 38),
];
