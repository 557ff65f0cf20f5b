//! Functions: which bring in what is tainted, which refuse it, and whose results are somebody else's values.

use super::Seen;
use crate::bytecode::{NO, Op, R, Want};
use crate::diag::hints::LOCALE;
use crate::signature::{BUILTINS, Builtin};
use crate::sys::file;
use crate::value::{Code, Rc, Scalar, Val};
use crate::vm::call::Call;
use crate::vm::native::{Native, Ret};
use crate::vm::{Exec, Vm};

/// The function an operation runs.
fn builtin(op: Op) -> Option<Builtin> {
    match op {
        Op::Ext(_, id, ..) => BUILTINS.get(id as usize).copied(),
        _ => None,
    }
}

/// Functions that act on the outside and refuse tainted operands (perlsec), by the name the refusal gives them.
#[rustfmt::skip]
fn refuses(function: Builtin) -> Option<&'static str> {
    use Builtin::*;
    Some(match function {
        Bind | Chdir | Chmod | Chown | Chroot | Connect | Fcntl | Ioctl | Kill | Link | Mkdir | Rename | Rmdir
        | Setpgrp | Setpriority | Socket | Socketpair | Symlink | Syscall | Truncate | Umask | Unlink
        | Utime => function.name(),
        _ => return None,
    })
}

/// What `open` looks at before it decides: handle, mode, name or program. The arguments of a program started without
/// a shell may be tainted, as under perl.
const OPEN_READS: usize = 3;

/// Functions whose results come from outside.
fn brings_in(function: Builtin) -> bool {
    use Builtin::*;
    matches!(
        function,
        Getc | Glob | Readdir | Readline | Readlink | Readpipe
    )
}

/// Which argument a function fills from outside.
fn fills(function: Builtin) -> Option<usize> {
    use Builtin::*;
    match function {
        Read | Sysread | Recv | Shmread | Msgrcv => Some(1),
        _ => None,
    }
}

/// Functions that give values that exist already: they have the taint they have.
#[rustfmt::skip]
fn hands_on(function: Builtin) -> bool {
    use Builtin::*;
    matches!(
        function,
        Bless | Chr | Delete | Die | Each | Exit | Getpwent | Getpwnam | Getpwuid | Keys | Pop | Shift | Splice | Tie
            | Tied | Values | Wantarray
    )
}

/// How many arguments a format consumes, at most.
fn consumed(format: &Val) -> usize {
    let text = format.to_str();
    let mut rest = text.as_bytes();
    let mut n = 0;
    while let Some(at) = memchr::memchr(b'%', rest) {
        rest = &rest[at + 1..];
        let end = rest
            .iter()
            .position(|b| b.is_ascii_alphabetic() && *b != b'v' || *b == b'%');
        let spec = &rest[..end.unwrap_or(rest.len())];
        if spec.contains(&b'$') {
            return usize::MAX - 1;
        }
        n += spec.iter().filter(|b| **b == b'*').count();
        if end.is_some_and(|end| rest[end] != b'%') {
            n += 1;
        }
        rest = &rest[end.map_or(rest.len(), |end| end + 1)..];
    }
    n
}

impl Vm {
    /// Before a function with its arguments in registers.
    pub(super) fn taint_call(&mut self, first: R, argc: usize, seen: &mut Seen) -> Exec {
        let Some(function) = builtin(self.op_ahead()) else {
            return Ok(());
        };
        let mut read = match function {
            Builtin::Open => argc.min(OPEN_READS),
            _ => argc,
        };
        if function == Builtin::Sprintf && argc > 0 {
            if self.reg_tainted(first) {
                self.tainted = true;
                self.taint_proper("sprintf")?;
            }
            read = argc.min(1 + consumed(&self.get(first)?));
        }
        for i in 0..read {
            self.taint_read(first + i as R);
        }
        if let Some(i) = fills(function)
            && i < argc
            && !self.trusts(self.raw(first))
        {
            seen.buffer = Some(self.cell(first + i as R)?);
        }
        self.taint_refuse(function)
    }

    /// Before a function with its arguments on the list.
    pub(super) fn taint_call_list(&mut self, seen: &mut Seen) -> Exec {
        let Some(function) = builtin(self.op_ahead()) else {
            return Ok(());
        };
        let mut to = match function {
            Builtin::Open => seen.list + OPEN_READS,
            _ => self.list.len(),
        };
        if function == Builtin::Sprintf && to > seen.list {
            self.taint_format(seen.list, "sprintf")?;
            let format = self.list[seen.list].clone();
            to = to.min(seen.list + 1 + consumed(&self.load(format)?));
        }
        self.taint_read_list(seen.list, to);
        if let Some(i) = fills(function)
            && let Some(Val::Cell(cell)) = self.list.get(seen.list + i)
        {
            let cell = cell.clone();
            let handle = self.list[seen.list].clone();
            if !self.trusts(handle) {
                seen.buffer = Some(cell);
            }
        }
        self.taint_refuse(function)
    }

    /// A format must not be tainted: `%n` is gone, but `%s` shows what it is not meant to.
    pub(super) fn taint_format(&mut self, from: usize, name: &str) -> Exec {
        if from < self.list.len() {
            let at: *const Val = &self.list[from];
            if self.entry_tainted(at) {
                self.tainted = true;
                self.taint_proper(name)?;
            }
        }
        Ok(())
    }

    fn taint_refuse(&mut self, function: Builtin) -> Exec {
        match function {
            Builtin::System | Builtin::Exec => {
                self.taint_env()?;
                self.taint_proper(function.name())
            }
            Builtin::Readpipe => {
                self.taint_proper("``")?;
                self.taint_env()
            }
            function => match refuses(function) {
                Some(name) => self.taint_proper(name),
                None => Ok(()),
            },
        }
    }

    /// Does the program trust what this handle gives (`IO::Handle::untaint`)?
    fn trusts(&mut self, handle: Val) -> bool {
        let val = self.load(handle).unwrap_or_default();
        matches!(self.io_of(&val), Ok(Some(io)) if io.trusted.get())
    }

    /// Behind a function: its result.
    pub(super) fn taint_called(&mut self, d: R, ext: Op, seen: &Seen) {
        let Some(function) = builtin(ext) else {
            return;
        };
        if let Some(buffer) = &seen.buffer {
            self.taint_scalar(buffer);
        }
        if brings_in(function) {
            if !matches!(function, Builtin::Readline) || !self.last_read_trusted() {
                self.taint_reg_if(d);
                self.taint_list(seen.list);
                self.tainted = true;
            }
            return;
        }
        match function {
            Builtin::Getpwent | Builtin::Getpwnam | Builtin::Getpwuid => {
                self.taint_passwd(seen.list);
            }
            function if hands_on(function) => {}
            Builtin::Lc | Builtin::Uc | Builtin::Lcfirst | Builtin::Ucfirst | Builtin::Fc
                if self.hint(LOCALE) =>
            {
                self.taint_reg_if(d);
                self.taint_list(seen.list);
            }
            _ if self.tainted => {
                self.taint_reg_if(d);
                self.taint_list(seen.list);
            }
            _ => {}
        }
        if d != NO {
            self.taint_read(d);
        }
    }

    fn taint_reg_if(&mut self, d: R) {
        if d != NO {
            self.taint_reg(d);
        }
    }

    fn taint_scalar(&mut self, cell: &Rc<Scalar>) {
        let at: *const Val = cell.place();
        self.taint_at(at);
    }

    /// Password, comment and shell: what users can change themselves.
    fn taint_passwd(&mut self, from: usize) {
        for i in [1, 6, 8] {
            if let Some(entry) = self.list.get_mut(from + i) {
                let val = entry.take();
                entry.put(super::tainted(val));
            }
        }
    }

    /// Lines a handle gave: to a register, or to the list from `from` on.
    pub(super) fn taint_lines(&mut self, d: R, from: usize) {
        if self.last_read_trusted() {
            return;
        }
        self.taint_reg_if(d);
        self.taint_list(from);
        self.tainted = true;
    }

    fn last_read_trusted(&self) -> bool {
        self.last_read().is_some_and(|io| io.trusted.get())
    }

    /// A function of a native module: what it makes of tainted arguments is tainted.
    #[cold]
    pub(in crate::vm) fn taint_native(
        &mut self,
        native: &Native,
        (at, argc): (usize, usize),
        want: Want,
        code: Option<Rc<Code>>,
    ) -> Exec<Ret> {
        for i in at..at + argc {
            let at: *const Val = self.regs.at(i);
            self.tainted |= self.entry_tainted(at);
        }
        let name = code.as_ref().map_or_else(String::new, |c| c.full_name());
        self.taint_refuse_native(&name, at, argc)?;
        let buffer = match name.as_str() {
            "POSIX::read" | "IPC::SysV::memread" if argc > 1 => Some(self.cell_at(at + 1)?),
            _ => None,
        };
        let from = self.list.len();
        let mut call = Call {
            vm: self,
            at,
            argc,
            want,
            code,
        };
        let ret = native.run(&mut call)?;
        if let Some(buffer) = buffer {
            self.taint_scalar(&buffer);
        }
        if native_hands_on(&name) {
            return Ok(ret);
        }
        self.tainted |= native_brings_in(&name);
        if !self.tainted {
            return Ok(ret);
        }
        Ok(match ret {
            Ret::One(val) => Ret::One(super::tainted(val)),
            Ret::List => {
                self.taint_list(from);
                Ret::List
            }
            ret => ret,
        })
    }

    fn taint_refuse_native(&mut self, name: &str, at: usize, argc: usize) -> Exec {
        match name {
            "POSIX::mkfifo" => self.taint_proper("mkfifo"),
            "POSIX::open" if argc > 1 => {
                let flags = self.get_at(at + 1)?;
                match file::modifies(flags.to_int() as i32) {
                    true => self.taint_proper("open"),
                    false => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// Functions of native modules that give what they were given.
fn native_hands_on(name: &str) -> bool {
    let computed = ["sum", "sum0", "product", "max", "min", "maxstr", "minstr"];
    name.strip_prefix("List::Util::")
        .is_some_and(|name| !computed.contains(&name))
}

/// Functions of native modules whose results come from outside.
fn native_brings_in(name: &str) -> bool {
    matches!(
        name,
        "Cwd::getcwd"
            | "Cwd::fastcwd"
            | "Cwd::fastgetcwd"
            | "Cwd::cwd"
            | "Cwd::realpath"
            | "Cwd::abs_path"
            | "Cwd::bsd_realpath"
            | "File::Glob::bsd_glob"
            | "File::Glob::csh_glob"
            | "File::Glob::glob"
    )
}
