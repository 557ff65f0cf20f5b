//! Where a script's standard input comes from and where its output and errors go.
use super::context::guarded;
use super::{Cx, Result, Value};
use crate::io::memory::SharedBytes;
use crate::io::{Access, Handle, Kind};
use crate::sys::{Errno, blocking, fd, file, grant};
use crate::value::{Glob, Rc, Val};
use crate::vm::Vm;
use std::cell::RefCell;
use std::os::fd::{AsRawFd, IntoRawFd, OwnedFd};
use std::rc::Rc as Shared;

/// Where STDIN comes from.
///
/// ```
/// use keshi::{Input, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::builder().stdin(Input::Bytes(b"2\n3\n".to_vec())).build();
/// assert_eq!(perl.eval::<i64>("my $product = 1; $product *= $_ while <STDIN>; $product")?, 6);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
#[non_exhaustive]
pub enum Input {
    /// The host's own, by a copy of its descriptor.
    #[default]
    Inherit,
    /// Nothing: at its end from the start.
    Null,
    /// These bytes.
    Bytes(Vec<u8>),
    /// A descriptor.
    Fd(OwnedFd),
}

/// Where STDOUT or STDERR goes.
///
/// Programs that a script starts write to the same place, except with `Call`, which only the
/// script itself can reach.
///
/// ```
/// use keshi::{Output, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::builder().stdout(Output::Capture).build();
/// perl.eval::<()>("print 'hello, '; system 'echo world'")?;
/// assert_eq!(perl.take_output(), b"hello, world\n");
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[non_exhaustive]
pub enum Output {
    /// The host's own, by a copy of its descriptor.
    #[default]
    Inherit,
    /// Nowhere.
    Null,
    /// Kept: [`Perl::take_output`](crate::Perl::take_output) and
    /// [`Perl::take_errors`](crate::Perl::take_errors) give it.
    Capture,
    /// A descriptor.
    Fd(OwnedFd),
    /// Each piece as it is written; what is written goes through the handle's buffer, so switch
    /// `$|` on to see it at once.
    Call(Box<dyn FnMut(&[u8])>),
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Output::Inherit => "Inherit",
            Output::Null => "Null",
            Output::Capture => "Capture",
            Output::Fd(_) => "Fd",
            Output::Call(_) => "Call",
        })
    }
}

/// What has been captured.
pub(super) enum Captured {
    Memory(SharedBytes),
    File(i32),
}

impl Captured {
    pub(super) fn take(&self) -> Vec<u8> {
        match self {
            Captured::Memory(bytes) => bytes.take(),
            Captured::File(fd) => {
                let text = file::contents(*fd).unwrap_or_default();
                let _ = file::ftruncate(*fd, 0);
                text
            }
        }
    }
}

impl Drop for Captured {
    fn drop(&mut self) {
        if let Captured::File(fd) = self {
            let _ = fd::close(*fd);
        }
    }
}

type Callback = Shared<RefCell<Box<dyn FnMut(&[u8])>>>;

/// A handle's end that is a function of the host.
struct CallEnd(Callback);

impl crate::io::memory::Memory for CallEnd {
    fn with(&self, run: &mut dyn FnMut(&[u8])) {
        run(&[]);
    }

    fn put(&mut self, _: usize, bytes: &[u8]) -> std::result::Result<(), Errno> {
        let Ok(mut call) = self.0.try_borrow_mut() else {
            return Ok(());
        };
        guarded("the output's function", || call(bytes)).map_err(|_| Errno::EIO)
    }

    fn truncate(&mut self, _: usize) -> std::result::Result<(), Errno> {
        Ok(())
    }
}

fn put(glob: &Rc<Glob>, handle: Handle) {
    let io = glob.io_mut();
    io.name.replace(Some(glob.name()));
    drop(io.set_handle(Some(handle.into_shared())));
}

fn put_fd(glob: &Rc<Glob>, fd: i32, access: Access) {
    let _ = fd::set_cloexec(fd, true);
    let mut handle = Handle::new();
    handle.attach(fd, access, Kind::Std);
    put(glob, handle);
}

fn null(access: Access) -> Option<i32> {
    let flags = file::open_flags(access.read, access.write, false, false, false);
    grant::as_host(|| blocking::open(b"/dev/null", flags, 0)).ok()
}

/// A copy of one of the host's descriptors, so that closing the handle leaves it alone.
fn copy(fd: i32) -> Option<i32> {
    fd::dup_from(fd, 3).ok()
}

impl Cx<'_> {
    /// A file handle on a descriptor of the host's, for the script to read or write (as the descriptor
    /// itself can be): a file, a pipe, a socket. It needs no [capability](crate::Capability), and is
    /// closed with the handle.
    ///
    /// ```
    /// use keshi::Perl;
    /// use std::io::{Read, Write};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::sandbox().build();
    /// perl.eval::<()>("sub answer { my $peer = shift; my $line = <$peer>; print $peer uc $line }")?;
    ///
    /// let (mut ours, theirs) = std::os::unix::net::UnixStream::pair()?;
    /// ours.write_all(b"hello\n")?;
    /// let peer = perl.new_handle(theirs)?;
    /// perl.call::<()>("answer", peer)?;
    ///
    /// let mut said = String::new();
    /// ours.read_to_string(&mut said)?;
    /// assert_eq!(said, "HELLO\n");
    /// # Ok(())
    /// # }
    /// ```
    pub fn new_handle(&mut self, descriptor: impl Into<OwnedFd>) -> Result<Value> {
        let descriptor: OwnedFd = descriptor.into();
        let flags = fd::status_flags(descriptor.as_raw_fd());
        let flags = flags.map_err(|errno| std::io::Error::from_raw_os_error(errno.0))?;
        let (read, write) = file::access_of_flags(flags);
        let append = false;
        let access = Access {
            read,
            write,
            append,
        };
        let glob = Glob::new("main", "$handle");
        glob.set_bits(crate::value::glob::bit::ANONYMOUS);
        let descriptor = descriptor.into_raw_fd();
        let _ = fd::set_cloexec(descriptor, true);
        let mut handle = Handle::new();
        handle.attach(descriptor, access, Kind::File);
        put(&glob, handle);
        Ok(Value::from_val(Val::GRef(glob), &self.home()))
    }
}

/// Opens STDIN.
pub(super) fn open_input(vm: &mut Vm, input: Input) {
    let glob = vm.names.stdin.clone();
    let fd = match input {
        Input::Inherit => copy(0),
        Input::Null => null(Access::READ),
        Input::Fd(fd) => Some(fd.into_raw_fd()),
        Input::Bytes(bytes) if grant::has_in(vm.home.rights.get(), grant::PROCESSES) => {
            file::memory_file(&bytes).ok()
        }
        Input::Bytes(bytes) => {
            let mut handle = Handle::new();
            handle.attach_memory(Box::new(SharedBytes::new(bytes)), Access::READ);
            return put(&glob, handle);
        }
    };
    if let Some(fd) = fd {
        put_fd(&glob, fd, Access::READ);
    }
}

/// Opens STDOUT (1) or STDERR (2); gives where to find what is captured.
pub(super) fn open_output(vm: &mut Vm, which: i32, output: Output) -> Option<Captured> {
    let glob = match which {
        1 => vm.names.stdout.clone(),
        _ => vm.names.stderr.clone(),
    };
    let mut captured = None;
    match output {
        Output::Inherit => open_fd(vm, which, &glob, copy(which)),
        Output::Null => open_fd(vm, which, &glob, null(Access::WRITE)),
        Output::Fd(fd) => open_fd(vm, which, &glob, Some(fd.into_raw_fd())),
        Output::Capture if grant::has_in(vm.home.rights.get(), grant::PROCESSES) => {
            let fd = file::memory_file(b"").ok();
            captured = fd.and_then(copy).map(Captured::File);
            open_fd(vm, which, &glob, fd);
        }
        Output::Capture => {
            let bytes = SharedBytes::default();
            let mut handle = Handle::new();
            handle.attach_memory(Box::new(bytes.clone()), Access::WRITE);
            put(&glob, handle);
            if which == 2 {
                let errors = bytes.clone();
                vm.watchers.errors = Some(Shared::new(move |text| errors.append(text)));
            }
            captured = Some(Captured::Memory(bytes));
        }
        Output::Call(call) => {
            let call: Callback = Shared::new(RefCell::new(call));
            let mut handle = Handle::new();
            handle.attach_memory(Box::new(CallEnd(call.clone())), Access::WRITE);
            put(&glob, handle);
            if which == 2 {
                vm.watchers.errors = Some(Shared::new(move |text| {
                    if let Ok(mut call) = call.try_borrow_mut() {
                        let _ = guarded("the error output's function", || call(text));
                    }
                }));
            }
        }
    }
    captured
}

fn open_fd(vm: &mut Vm, which: i32, glob: &Rc<Glob>, fd: Option<i32>) {
    let Some(fd) = fd else { return };
    put_fd(glob, fd, Access::WRITE);
    if which != 2 {
        return;
    }
    if let Some(handle) = glob.io().and_then(|io| io.handle()) {
        handle.borrow_mut().set_eager(true);
    }
    // Messages go where STDERR stood at the start, whatever the script does with its handle.
    let Some(fd) = copy(fd).map(Owned) else {
        return;
    };
    vm.watchers.errors = Some(Shared::new(move |text| {
        let (fd, mut rest) = (&fd, text);
        while !rest.is_empty() {
            match blocking::write(fd.0, rest) {
                Ok(n) if n > 0 => rest = &rest[n.min(rest.len())..],
                _ => return,
            }
        }
    }));
}

/// Closed when it goes.
struct Owned(i32);

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = fd::close(self.0);
    }
}
