//! The files of `@ARGV`: reading them by `<>`, and what `$^I` adds to that, editing in place
//! (perlop "I/O Operators", perlrun -i).

use super::Vm;
use super::die::Exec;
use crate::bytecode::Want;
use crate::sys::{Errno, fd, file, process};
use crate::text::PerlStr;
use crate::value::{Glob, Rc, Val};
use std::rc::Rc as Shared;

/// How the names in `@ARGV` are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Diamond {
    /// `<>`: as two-argument open takes them.
    Plain,
    /// `<<>>`: as files to read, whatever is in the name.
    Literal,
}

/// What came of editing a file in place.
enum Begun {
    /// It is read, and written anew; or there is nothing to edit.
    Yes,
    /// It cannot be edited, and that has been said.
    Told,
    /// `$!` says why it cannot.
    Failed,
}

impl Vm {
    /// The next line of the files named in `@ARGV`, or of STDIN (perlop "I/O Operators").
    pub(crate) fn read_argv(&mut self, how: Diamond, one: bool) -> Exec<Option<PerlStr>> {
        loop {
            let io = self.names.argv.io().filter(|io| io.is_open());
            if let Some(io) = io {
                if let Some(line) = self.read_line(&io, one)? {
                    return Ok(Some(line));
                }
                self.argv_reading = true;
            }
            if !self.next_argv(how)? {
                // the next `<>` begins anew
                self.argv_reading = false;
                if let Some(io) = self.names.argv.io() {
                    io.set_handle(None);
                }
                return Ok(None);
            }
        }
    }

    /// Opens the next file of `@ARGV` as ARGV; false where there is none.
    pub(crate) fn next_argv(&mut self, how: Diamond) -> Exec<bool> {
        let glob = self.names.argv.clone();
        let args = glob.array_mut();
        let mut how = how;
        if !self.argv_reading {
            self.argv_reading = true;
            glob.io_mut().lines.set(0);
            if args.is_empty() {
                args.push(Val::str("-"))?;
                how = Diamond::Plain;
            }
        }
        self.edit_ends()?;
        while !args.is_empty() {
            let name = args.shift();
            glob.scalar().set(name.clone());
            let lines = glob.io_mut().lines.get();
            let opened = self.open_argv(&glob, &name, how)?;
            glob.io_mut().lines.set(lines);
            *glob.io_mut().name.borrow_mut() = Some(Shared::from(""));
            if opened {
                match self.edit_begins(&name)? {
                    Begun::Yes => return Ok(true),
                    Begun::Told => continue,
                    Begun::Failed => {}
                }
            }
            let why = crate::sys::Errno(self.errno).message();
            let why = String::from_utf8_lossy(&why).into_owned();
            self.warn_always(format!("Can't open {name}: {why}", name = name.to_str()))?;
        }
        Ok(false)
    }

    fn open_argv(&mut self, glob: &Rc<Glob>, name: &Val, how: Diamond) -> Exec<bool> {
        if how == Diamond::Plain && matches!(name, Val::Str(s) if *s == "-") {
            let Some(stdin) = self.names.stdin.io().and_then(|io| io.handle()) else {
                return Ok(false);
            };
            glob.io_mut().set_handle(Some(stdin));
            return Ok(true);
        }
        let id = crate::signature::Builtin::Open as usize;
        let Some(Some(native)) = self.builtins.get(id).cloned() else {
            return Ok(false);
        };
        if let Some(io) = glob.io() {
            io.set_handle(None);
        }
        let from = self.list.len();
        self.list.push(Val::Glob(glob.clone()));
        if how == Diamond::Literal {
            self.list.push(Val::str("<"));
        }
        self.list.push(name.clone());
        let (at, argc) = self.window_from_list(from)?;
        let ret = self.run_native(&native, at, argc, Want::Scalar, None);
        self.regs.clear(at, at + argc);
        self.top = at;
        Ok(crate::vm::native::scalar_of(ret?, &mut self.list, from).to_bool())
    }

    /// A file of `@ARGV` has been opened: with `$^I` set ARGVOUT, selected, is a work file that will replace it.
    fn edit_begins(&mut self, name: &Val) -> Exec<Begun> {
        let extension = self.fetch(&self.symbols.glob("main::^I").scalar())?;
        if extension.is_undef() || matches!(name, Val::Str(s) if *s == "-") {
            return Ok(Begun::Yes);
        }
        let extension = self.str(&extension)?;
        if name.taint() {
            self.taint();
        }
        self.taint_proper("inplace open")?;
        let path = self.str(name)?.as_bytes().to_vec();
        let stat = match file::stat(&path) {
            Ok(stat) if stat.kind() == file::Kind::Regular => stat,
            Ok(_) => {
                let shown = String::from_utf8_lossy(&path).into_owned();
                self.warn_always(format!(
                    "Can't do inplace edit: {shown} is not a regular file"
                ))?;
                return Ok(Begun::Told);
            }
            Err(errno) => return self.edit_failed(errno),
        };
        let mut edit = Edit::new(&path, extension.as_bytes());
        let new = match edit.open(&stat) {
            Ok(new) => new,
            Err(errno) => return self.edit_failed(errno),
        };
        let out = self.symbols.glob("main::ARGVOUT");
        let handle = out.io_mut().handle_mut();
        let opened = handle.borrow_mut().install(
            new,
            crate::io::Access::WRITE,
            crate::io::Kind::File,
            &[],
            2,
        );
        if opened.is_err() {
            let _ = fd::close(new);
            return Ok(Begun::Failed);
        }
        self.selected = Some(out);
        self.slots.of::<Editing>().0 = Some(edit);
        Ok(Begun::Yes)
    }

    /// A handle has been closed: if it is the one that edits a file, what was written takes the file's place.
    pub fn edit_complete(&mut self, io: &Rc<crate::value::Io>) -> Exec {
        let out = self.symbols.glob("main::ARGVOUT").io();
        if !out.is_some_and(|out| Rc::same(&out, io)) {
            return Ok(());
        }
        let Some(edit) = self.slots.of::<Editing>().0.take() else {
            return Ok(());
        };
        edit.finish().map_err(|text| self.die(text))
    }

    /// The program ends in the middle of a file: what was written takes its place where all went well, else it stays
    /// as it was.
    pub fn edit_left(&mut self, well: bool) -> Exec {
        if well && self.slots.of::<Editing>().0.is_some() {
            return self.edit_ends();
        }
        self.slots.of::<Editing>().0 = None;
        Ok(())
    }

    fn edit_failed(&mut self, errno: Errno) -> Exec<Begun> {
        self.errno = errno.0;
        Ok(Begun::Failed)
    }

    /// The file being read has ended: what was written in its place is complete.
    pub(super) fn edit_ends(&mut self) -> Exec {
        let out = self.symbols.glob("main::ARGVOUT");
        if self
            .selected
            .as_ref()
            .is_some_and(|glob| Rc::same(glob, &out))
        {
            self.selected = Some(self.names.stdout.clone());
        }
        let Some(io) = out.io().filter(|io| io.is_open()) else {
            return Ok(());
        };
        let id = crate::signature::Builtin::Close as usize;
        let Some(Some(native)) = self.builtins.get(id).cloned() else {
            return Ok(());
        };
        let from = self.list.len();
        self.list.push(Val::IoRef(io));
        let (at, argc) = self.window_from_list(from)?;
        let ret = self.run_native(&native, at, argc, Want::Scalar, None);
        self.regs.clear(at, at + argc);
        self.top = at;
        ret.map(drop)
    }
}

/// The file that is being edited.
#[derive(Default)]
struct Editing(Option<Edit>);

/// A file edited in place (perlrun -i): what is written goes to a work file beside it, which takes its place when it is
/// complete. Paths are absolute, so that `chdir` does no harm.
struct Edit {
    path: Vec<u8>,
    work: Vec<u8>,
    backup: Option<Vec<u8>>,
    /// Path and backup as messages name them.
    shown: [String; 2],
    /// The process that edits; a forked child has no part in it. 0: it is done.
    pid: i32,
}

impl Edit {
    fn new(path: &[u8], extension: &[u8]) -> Edit {
        let backup = (!extension.is_empty()).then(|| backup_name(path, extension));
        let shown = [path, backup.as_deref().unwrap_or_default()]
            .map(|name| String::from_utf8_lossy(name).into_owned());
        Edit {
            path: absolute(path),
            work: Vec::new(),
            backup: backup.as_deref().map(absolute),
            shown,
            pid: process::getpid(),
        }
    }

    /// Makes the work file, with the permissions and the owner of the original where that is allowed.
    fn open(&mut self, stat: &file::Stat) -> Result<i32, Errno> {
        let cut = self.path.iter().rposition(|&b| b == b'/');
        let dir = &self.path[..cut.map_or(0, |at| at + 1)];
        let (new, work) = file::mkstemp(&[dir, b"XXXXXXXX"].concat())?;
        self.work = work;
        let _ = file::fchown(new, stat.uid, stat.gid);
        let _ = file::fchmod(new, stat.mode & 0o7777);
        Ok(new)
    }

    /// The original goes to its backup, the work file to its place; the error is perl's text.
    fn finish(mut self) -> Result<(), String> {
        if self.pid != process::getpid() {
            return Ok(());
        }
        let [path, kept] = self.shown.clone();
        let text = |errno: Errno| String::from_utf8_lossy(&errno.message()).into_owned();
        if let Some(backup) = &self.backup {
            file::rename(&self.path, backup).map_err(|errno| {
                format!(
                    "Can't rename {path} to {kept}: {}, skipping file",
                    text(errno)
                )
            })?;
        }
        file::rename(&self.work, &self.path).map_err(|errno| {
            let work = String::from_utf8_lossy(&self.work);
            format!(
                "Can't rename in-place work file '{work}' to '{path}': {}",
                text(errno)
            )
        })?;
        self.pid = 0;
        Ok(())
    }
}

impl Drop for Edit {
    fn drop(&mut self) {
        if self.pid == process::getpid() && !self.work.is_empty() {
            let _ = file::unlink(&self.work);
        }
    }
}

fn absolute(path: &[u8]) -> Vec<u8> {
    match (path.starts_with(b"/"), file::getcwd()) {
        (false, Ok(cwd)) => [&cwd[..], b"/", path].concat(),
        _ => path.to_vec(),
    }
}

/// Where the original goes: the extension appended, or put where its stars are (`bak/*.orig`).
fn backup_name(path: &[u8], extension: &[u8]) -> Vec<u8> {
    if !extension.contains(&b'*') {
        return [path, extension].concat();
    }
    let cut = path.iter().rposition(|&b| b == b'/').map_or(0, |at| at + 1);
    let (dir, base) = path.split_at(cut);
    let mut name = Vec::new();
    for &b in extension {
        if b == b'*' {
            name.extend_from_slice(base)
        } else {
            name.push(b)
        }
    }
    if name.contains(&b'/') {
        name
    } else {
        [dir, &name].concat()
    }
}
