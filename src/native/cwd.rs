//! Cwd: where the process is, and paths without links (perldoc Cwd).
use crate::sys::{Errno, file};
use crate::value::Val;
use crate::vm::native::{Family, Ret, free};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Cwd",
    &[
        free("abs_path", real, "the path without links, . and .."),
        free("bsd_realpath", real, "the path without links, . and .."),
        free("fastcwd", cwd, "the current directory"),
        free("getcwd", cwd, "the current directory"),
        free("realpath", real, "the path without links, . and .."),
    ],
);

fn cwd(call: &mut Call<'_>) -> Exec<Ret> {
    match file::getcwd() {
        Ok(dir) => Ok(Val::bytes(&dir).into()),
        Err(e) => call.errno(e),
    }
}

/// How many links may follow one another.
const LINKS: usize = 64;

fn real(call: &mut Call<'_>) -> Exec<Ret> {
    let path = match call.defined(0)? {
        Some(val) => call.str(&val)?.as_bytes().to_vec(),
        None => b".".to_vec(),
    };
    let path = if path.is_empty() { b".".to_vec() } else { path };
    match resolve(&path) {
        Ok(path) => Ok(Val::bytes(&path).into()),
        Err(e) => call.errno(e),
    }
}

/// realpath, but the last part need not exist.
fn resolve(path: &[u8]) -> Result<Vec<u8>, Errno> {
    let mut done = if path.starts_with(b"/") {
        Vec::new()
    } else {
        file::getcwd()?
    };
    if done == b"/" {
        done.clear();
    }
    let mut rest: Vec<Vec<u8>> = parts(path);
    let mut links = 0;
    while let Some(part) = rest.pop() {
        match part.as_slice() {
            b"." => continue,
            b".." => {
                let cut = done.iter().rposition(|&b| b == b'/').unwrap_or(0);
                done.truncate(cut);
                continue;
            }
            _ => {}
        }
        let base = done.len();
        done.push(b'/');
        done.extend_from_slice(&part);
        let stat = match file::lstat(&done) {
            Ok(stat) => stat,
            Err(Errno::ENOENT) if rest.is_empty() => return Ok(done),
            Err(e) => return Err(e),
        };
        if stat.kind() == file::Kind::Link {
            links += 1;
            if links > LINKS {
                return Err(Errno::ELOOP);
            }
            let target = file::readlink(&done)?;
            done.truncate(if target.starts_with(b"/") { 0 } else { base });
            rest.extend(parts(&target));
        } else if !rest.is_empty() && stat.kind() != file::Kind::Directory {
            return Err(Errno::ENOTDIR);
        }
    }
    Ok(if done.is_empty() { b"/".to_vec() } else { done })
}

/// The parts of a path, last first.
fn parts(path: &[u8]) -> Vec<Vec<u8>> {
    let parts = path.split(|&b| b == b'/').filter(|p| !p.is_empty());
    let mut parts: Vec<Vec<u8>> = parts.map(<[u8]>::to_vec).collect();
    parts.reverse();
    parts
}
