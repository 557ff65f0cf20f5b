//! File name patterns on the real file system; how they are read and matched is in
//! `text::glob_pattern`.

use crate::sys::dir::Dir;
use crate::sys::{Errno, file, user};
use crate::text::glob_pattern::{self, GlobFlags, Walker};
use crate::text::quota;

const S_IFMT: u32 = 0o170_000;
const S_IFDIR: u32 = 0o040_000;

/// Directories of this process; `home` is what `$ENV{HOME}` says.
struct Directories {
    home: Option<Vec<u8>>,
}

impl Walker for Directories {
    type Error = Errno;

    fn names(&mut self, directory: &[u8], err: bool) -> Result<Vec<Vec<u8>>, Errno> {
        let all = || {
            let mut dir = Dir::open(if directory.is_empty() {
                b"."
            } else {
                directory
            })?;
            let mut names = Vec::new();
            while let Some(entry) = dir.read()? {
                names.push(entry.name);
            }
            Ok(names)
        };
        match all() {
            Err(errno) if err => Err(errno),
            names => Ok(names.unwrap_or_default()),
        }
    }

    fn exists(&mut self, path: &[u8]) -> bool {
        file::lstat(path).is_ok()
    }

    fn is_directory(&mut self, path: &[u8]) -> bool {
        file::stat(path).is_ok_and(|stat| stat.mode & S_IFMT == S_IFDIR)
    }

    fn go_on(&mut self) -> Result<(), Errno> {
        quota::go_on().map_err(|_| Errno::EINTR)
    }

    fn home(&mut self, name: Option<&[u8]>) -> Option<Vec<u8>> {
        match name {
            Some(name) => user::getpwnam(name).map(|user| user.dir),
            None => self
                .home
                .clone()
                .or_else(|| user::getpwuid(user::uids().real).map(|user| user.dir)),
        }
    }
}

/// The names that match one pattern, in order; an error only where `flags.err` asks for it.
pub(crate) fn glob(
    pattern: &[u8],
    flags: GlobFlags,
    home: Option<Vec<u8>>,
) -> Result<Vec<Vec<u8>>, Errno> {
    glob_pattern::glob(pattern, flags, &mut Directories { home })
}
