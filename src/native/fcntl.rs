//! Fcntl: the constants of <fcntl.h> and <sys/stat.h>, and the tests of file modes (perldoc Fcntl).
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Fcntl",
    &[
        free("S_IFMT", format, "the type bits of a mode, or their mask"),
        free("S_IMODE", permissions, "the permission bits of a mode"),
        free(
            "S_ISBLK",
            |call| is(call, 0o060000),
            "is it the mode of a block device",
        ),
        free(
            "S_ISCHR",
            |call| is(call, 0o020000),
            "is it the mode of a character device",
        ),
        free(
            "S_ISDIR",
            |call| is(call, 0o040000),
            "is it the mode of a directory",
        ),
        free(
            "S_ISFIFO",
            |call| is(call, 0o010000),
            "is it the mode of a fifo",
        ),
        free(
            "S_ISLNK",
            |call| is(call, 0o120000),
            "is it the mode of a symbolic link",
        ),
        free(
            "S_ISREG",
            |call| is(call, 0o100000),
            "is it the mode of a plain file",
        ),
        free(
            "S_ISSOCK",
            |call| is(call, 0o140000),
            "is it the mode of a socket",
        ),
    ],
);

const S_IFMT: u64 = 0o170000;

fn is(call: &mut Call<'_>, kind: u64) -> Exec<Ret> {
    Ok(Val::Bool(call.arg_uint(0)? & S_IFMT == kind).into())
}

fn permissions(call: &mut Call<'_>) -> Exec<Ret> {
    Ok(Val::uint(call.arg_uint(0)? & 0o7777).into())
}

fn format(call: &mut Call<'_>) -> Exec<Ret> {
    let mode = if call.argc() > 0 {
        call.arg_uint(0)?
    } else {
        S_IFMT
    };
    Ok(Val::uint(mode & S_IFMT).into())
}

/// Where architectures differ.
#[cfg(target_arch = "aarch64")]
const O_DIRECT_DIRECTORY_NOFOLLOW_LARGEFILE: [i64; 4] = [0x10000, 0x4000, 0x8000, 0x20000];
#[cfg(not(target_arch = "aarch64"))]
const O_DIRECT_DIRECTORY_NOFOLLOW_LARGEFILE: [i64; 4] = [0x4000, 0x10000, 0x20000, 0x8000];

#[rustfmt::skip]
pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("O_DIRECT", O_DIRECT_DIRECTORY_NOFOLLOW_LARGEFILE[0]),
    ("O_DIRECTORY", O_DIRECT_DIRECTORY_NOFOLLOW_LARGEFILE[1]),
    ("O_NOFOLLOW", O_DIRECT_DIRECTORY_NOFOLLOW_LARGEFILE[2]),
    ("O_LARGEFILE", 0),
    ("DN_ACCESS", 1), ("DN_ATTRIB", 32), ("DN_CREATE", 4), ("DN_DELETE", 8), ("DN_MODIFY", 2),
    ("DN_MULTISHOT", 0x80000000), ("DN_RENAME", 16), ("FAPPEND", 0x400), ("FASYNC", 0x2000),
    ("FD_CLOEXEC", 1), ("FNDELAY", 0x800), ("FNONBLOCK", 0x800), ("F_DUPFD", 0), ("F_EXLCK", 4),
    ("F_GETFD", 1), ("F_GETFL", 3), ("F_GETLEASE", 0x401), ("F_GETLK", 5), ("F_GETLK64", 5), ("F_GETOWN", 9),
    ("F_GETPIPE_SZ", 0x408), ("F_GETSIG", 11), ("F_NOTIFY", 0x402), ("F_RDLCK", 0), ("F_SETFD", 2),
    ("F_SETFL", 4), ("F_SETLEASE", 0x400), ("F_SETLK", 6), ("F_SETLK64", 6), ("F_SETLKW", 7),
    ("F_SETLKW64", 7), ("F_SETOWN", 8), ("F_SETPIPE_SZ", 0x407), ("F_SETSIG", 10), ("F_SHLCK", 8),
    ("F_UNLCK", 2), ("F_WRLCK", 1), ("LOCK_EX", 2), ("LOCK_MAND", 32), ("LOCK_NB", 4), ("LOCK_READ", 64),
    ("LOCK_RW", 192), ("LOCK_SH", 1), ("LOCK_UN", 8), ("LOCK_WRITE", 128), ("O_ACCMODE", 3),
    ("O_APPEND", 0x400), ("O_ASYNC", 0x2000), ("O_BINARY", 0), ("O_CREAT", 64), ("O_DSYNC", 0x1000),
    ("O_EXCL", 128), ("O_NDELAY", 0x800), ("O_NOATIME", 0x40000), ("O_NOCTTY", 0x100), ("O_NONBLOCK", 0x800),
    ("O_RDONLY", 0), ("O_RDWR", 2), ("O_RSYNC", 0x101000), ("O_SYNC", 0x101000), ("O_TEXT", 0),
    ("O_TRUNC", 0x200), ("O_WRONLY", 1), ("SEEK_CUR", 1), ("SEEK_END", 2), ("SEEK_SET", 0), ("S_IEXEC", 64),
    ("S_IFBLK", 0x6000), ("S_IFCHR", 0x2000), ("S_IFDIR", 0x4000), ("S_IFIFO", 0x1000), ("S_IFLNK", 0xa000),
    ("S_IFREG", 0x8000), ("S_IFSOCK", 0xc000), ("S_IREAD", 0x100), ("S_IRGRP", 32), ("S_IROTH", 4),
    ("S_IRUSR", 0x100), ("S_IRWXG", 56), ("S_IRWXO", 7), ("S_IRWXU", 0x1c0), ("S_ISGID", 0x400),
    ("S_ISUID", 0x800), ("S_ISVTX", 0x200), ("S_IWGRP", 16), ("S_IWOTH", 2), ("S_IWRITE", 128),
    ("S_IWUSR", 128), ("S_IXGRP", 8), ("S_IXOTH", 1), ("S_IXUSR", 64), ("_S_IFMT", 0xf000),
];
