//! What a handle is: its end (descriptor or memory), access, layers, buffers and flags.

use super::layers::{Layers, Spec};
use super::memory::Memory;
use super::{Stop, fds, registry, unwritten};
use crate::sys::file::Stat;
use crate::sys::{Errno, blocking, fd, file};
use crate::text::PerlStr;
use std::cell::RefCell;
use std::rc::Rc;

/// The size of a buffer, as perl's.
pub(crate) const BUFFER: usize = 8192;
/// What the read buffer of a file grows to when it is read in sequence.
pub(super) const BUFFER_MAX: usize = 65536;

/// A handle as the floors above share it.
pub(crate) type HandleRef = Rc<RefCell<Handle>>;

/// What a handle may be used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Access {
    /// Reading.
    pub(crate) read: bool,
    /// Writing.
    pub(crate) write: bool,
    /// Every write goes to the end.
    pub(crate) append: bool,
}

impl Access {
    /// `<`
    pub(crate) const READ: Access = Access {
        read: true,
        write: false,
        append: false,
    };
    /// `>`
    pub(crate) const WRITE: Access = Access {
        read: false,
        write: true,
        append: false,
    };
    /// `+<`
    pub(crate) const BOTH: Access = Access {
        read: true,
        write: true,
        append: false,
    };
    /// `>>`
    pub(crate) const APPEND: Access = Access {
        read: false,
        write: true,
        append: true,
    };
}

/// What stands behind a handle, as far as rules differ by it (perl's IoTYPE).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file, a device, anything opened by name.
    #[default]
    File,
    /// A socket: reading and writing do not share a position.
    Socket,
    /// A pipe, or a command.
    Pipe,
    /// Standard input or output, opened as `-`.
    Std,
    /// A scalar.
    Memory,
}

pub(super) enum End {
    Closed,
    Fd(i32),
    Memory { memory: Box<dyn Memory>, at: usize },
}

/// Bytes that have been read and not yet been taken: `bytes[start..end]`.
#[derive(Default)]
pub(super) struct ReadBuffer {
    pub(super) bytes: Vec<u8>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl ReadBuffer {
    #[inline]
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    pub(super) fn clear(&mut self) {
        (self.start, self.end) = (0, 0);
    }
}

/// Something to warn about, found while data passed a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Bytes that are not of the encoding (`utf8 "\xE9" does not map to Unicode`).
    Malformed {
        /// The encoding, as Encode names it.
        encoding: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A character the encoding has not (`"\x{263a}" does not map to iso-8859-1`).
    Unmappable {
        /// The encoding, as Encode names it.
        encoding: String,
        /// The character.
        code_point: u64,
    },
}

impl Notice {
    /// The warning, without the place (perldiag "%s does not map to %s").
    pub(crate) fn message(&self) -> String {
        match self {
            Notice::Malformed { encoding, bytes } => {
                let shown: String = bytes.iter().map(|b| format!("\\x{b:02X}")).collect();
                format!("{encoding} \"{shown}\" does not map to Unicode")
            }
            Notice::Unmappable {
                encoding,
                code_point,
            } => format!("\"\\x{{{code_point:04x}}}\" does not map to {encoding}"),
        }
    }
}

/// An open (or closed) file as a script sees it.
pub(crate) struct Handle {
    pub(super) end: End,
    pub(super) access: Access,
    pub(super) kind: Kind,
    pub(super) layers: Layers,
    /// The top layer's flag: what is read and written is UTF-8.
    pub(super) utf8: bool,
    /// No layer changes the bytes.
    pub(super) plain: bool,
    /// Without a `:perlio` layer nothing is kept back.
    pub(super) unbuffered: bool,
    pub(super) input: ReadBuffer,
    /// Size of the next read.
    pub(super) chunk: usize,
    pub(super) output: Vec<u8>,
    /// What of `output` has been written.
    pub(super) written: usize,
    /// Bytes may be put into `output` without a further look.
    pub(super) fast_output: bool,
    /// Reading and writing are two streams: a socket, or what cannot seek.
    pub(super) duplex: bool,
    pub(super) tty: bool,
    pub(super) line_buffered: bool,
    autoflush: bool,
    /// Every write goes out at once (STDERR).
    eager: bool,
    /// A regular file: worth reading ahead.
    pub(super) regular: bool,
    pub(super) error: Option<Errno>,
    pub(super) at_eof: bool,
    /// A record has been read since it was opened.
    pub(super) gave: bool,
    child: Option<i32>,
    /// How many writes have been interrupted and wait for their handlers to end.
    waiting: u32,
    /// The glob it was made for, as messages name it.
    label: Option<Rc<str>>,
    generation: u32,
    /// `$.` of this handle; an explicit close sets it to 0.
    pub(crate) lines: i64,
    pub(super) notices: Vec<Notice>,
    /// Bytes of the file that were read and must pass the layers (again).
    pub(super) ahead: Vec<u8>,
    /// Memory for bytes on their way to the layers.
    pub(super) raw: Vec<u8>,
    /// An empty string: memory for the next sysread.
    pub(super) landing: PerlStr,
}

impl Default for Handle {
    fn default() -> Handle {
        Handle {
            end: End::Closed,
            access: Access::default(),
            kind: Kind::default(),
            layers: Layers::default(),
            utf8: false,
            plain: true,
            unbuffered: false,
            input: ReadBuffer::default(),
            chunk: BUFFER,
            output: Vec::new(),
            written: 0,
            fast_output: false,
            duplex: false,
            tty: false,
            line_buffered: false,
            autoflush: false,
            eager: false,
            regular: false,
            error: None,
            at_eof: false,
            gave: false,
            child: None,
            waiting: 0,
            label: None,
            generation: 0,
            lines: 0,
            notices: Vec::new(),
            ahead: Vec::new(),
            raw: Vec::new(),
            landing: PerlStr::new(),
        }
    }
}

/// What closing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Closed {
    /// The first thing that went wrong in the handle's life, writing or closing.
    pub(crate) error: Option<Errno>,
    /// A command's process, now to be waited for.
    pub(crate) child: Option<i32>,
}

impl Handle {
    /// A handle that is not open.
    pub(crate) fn new() -> Handle {
        Handle::default()
    }

    /// The same, shared, and known to the registry.
    pub(crate) fn shared() -> HandleRef {
        Handle::new().into_shared()
    }

    /// Shares a handle and makes it known to the registry.
    pub(crate) fn into_shared(self) -> HandleRef {
        let handle = Rc::new(RefCell::new(self));
        registry::add(&handle);
        handle
    }

    /// Opens the handle on a descriptor, which is its own from now on. It must be closed.
    pub(crate) fn attach(&mut self, fd: i32, access: Access, kind: Kind) {
        debug_assert!(!self.is_open());
        fds::acquire(fd);
        self.end = End::Fd(fd);
        self.fresh(access, kind, Layers::of_descriptor());
        let stat = file::fstat(fd).unwrap_or_default();
        self.describe(fd, &stat);
    }

    /// The same descriptor now stands for another file; layers and flags stay.
    pub(super) fn replaced(&mut self, access: Access, kind: Kind, stat: &Stat) {
        self.generation = self.generation.wrapping_add(1);
        (self.access, self.kind) = (access, kind);
        self.input.clear();
        self.ahead.clear();
        self.gave = false;
        self.layers.forget_pending(true);
        self.clear_error();
        if let End::Fd(fd) = self.end {
            self.describe(fd, stat);
        }
    }

    /// What the kind of file makes of the handle.
    fn describe(&mut self, fd: i32, stat: &Stat) {
        let file = stat.kind();
        if file == file::Kind::Socket {
            self.kind = Kind::Socket;
        }
        self.regular = file == file::Kind::Regular;
        self.tty = file == file::Kind::Character && fd::isatty(fd);
        self.line_buffered = self.tty;
        let seeks = self.regular || file::lseek(fd, 0, libc_seek_cur()).is_ok();
        self.duplex = self.access.read && self.access.write && (!seeks || self.tty);
        self.refresh();
    }

    /// Opens the handle over a scalar.
    pub(crate) fn attach_memory(&mut self, memory: Box<dyn Memory>, access: Access) {
        debug_assert!(!self.is_open());
        let at = if access.append { memory.len() } else { 0 };
        self.end = End::Memory { memory, at };
        self.fresh(access, Kind::Memory, Layers::of_memory());
        self.duplex = false;
        self.refresh();
    }

    /// A new life begins: everything of the former one is forgotten but `$|`.
    fn fresh(&mut self, access: Access, kind: Kind, layers: Layers) {
        let mut new = Handle::default();
        new.generation = self.generation.wrapping_add(1);
        new.autoflush = self.autoflush;
        new.label = self.label.take();
        // Only an explicit close resets it (perlvar `$.`).
        new.lines = self.lines;
        new.end = std::mem::replace(&mut self.end, End::Closed);
        new.input.bytes = std::mem::take(&mut self.input.bytes);
        new.output = std::mem::take(&mut self.output);
        new.output.clear();
        (new.access, new.kind, new.layers) = (access, kind, layers);
        *self = new;
    }

    /// Recomputes what is derived from layers and flags.
    pub(super) fn refresh(&mut self) {
        self.utf8 = self.layers.utf8();
        self.plain = self.layers.plain();
        self.unbuffered = self.eager || !self.layers.buffered();
        self.refresh_fast();
    }

    /// Recomputes whether output may be put straight into the buffer.
    pub(super) fn refresh_fast(&mut self) {
        self.fast_output = matches!(self.end, End::Fd(_))
            && self.access.write
            && self.plain
            && !self.unbuffered
            && !self.line_buffered
            && (self.duplex || self.input.is_empty())
            && self.written == 0;
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.end, End::Closed)
    }

    /// Changes with every open and close: tells whether it is still the same file.
    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// perl's error for a handle that was closed or reopened while an operation on it waited.
    pub(crate) fn check(&self, generation: u32) -> super::Result<()> {
        if self.generation == generation && self.is_open() {
            Ok(())
        } else {
            Err(Stop::Failed(Errno::EINVAL))
        }
    }

    /// The descriptor; none for memory and closed handles.
    pub(crate) fn fd(&self) -> Option<i32> {
        match self.end {
            End::Fd(fd) => Some(fd),
            _ => None,
        }
    }

    /// What it may be used for.
    pub(crate) fn access(&self) -> Access {
        self.access
    }

    /// What stands behind it.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether what it reads and takes are characters, kept as UTF-8.
    pub(crate) fn is_utf8(&self) -> bool {
        self.utf8
    }

    /// `$|`
    pub(crate) fn autoflush(&self) -> bool {
        self.autoflush
    }

    /// Sets `$|`; the caller flushes at once where it becomes true, as perl does.
    pub(crate) fn set_autoflush(&mut self, on: bool) {
        self.autoflush = on;
    }

    /// Makes every write go out at once, as on STDERR.
    pub(crate) fn set_eager(&mut self, on: bool) {
        self.eager = on;
        self.refresh();
    }

    /// A write was interrupted; handlers run now.
    pub(crate) fn suspend(&mut self) {
        self.waiting += 1;
    }

    /// They have run.
    pub(crate) fn resume(&mut self) {
        self.waiting = self.waiting.saturating_sub(1);
    }

    /// Names it for messages that come when nobody else knows its name any more.
    pub(crate) fn set_label(&mut self, label: Option<Rc<str>>) {
        self.label = label;
    }

    /// Whether standing on a terminal makes lines go out at once.
    pub(crate) fn is_line_buffered(&self) -> bool {
        self.line_buffered
    }

    /// The first error since opening or `clear_error` (IO::Handle error).
    pub(crate) fn error(&self) -> Option<Errno> {
        self.error
    }

    /// Forgets errors and the end of file (IO::Handle clearerr).
    pub(crate) fn clear_error(&mut self) {
        self.error = None;
        self.at_eof = false;
    }

    /// Keeps the first error, which close will report.
    pub(super) fn failed(&mut self, error: Errno) -> Stop {
        if error == Errno::EINTR {
            return Stop::Interrupted;
        }
        self.error.get_or_insert(error);
        Stop::Failed(error)
    }

    /// A process that ends with the handle.
    pub(crate) fn child(&self) -> Option<i32> {
        self.child
    }

    /// Ties a process to the handle, or takes it away (after fork, in the child).
    pub(crate) fn set_child(&mut self, child: Option<i32>) {
        self.child = child;
    }

    /// Whether `take_notices` gives some.
    #[inline]
    pub(crate) fn has_notices(&self) -> bool {
        !self.notices.is_empty()
    }

    /// What layers want to be warned about since the last call.
    pub(crate) fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The layers' names, bottom first (PerlIO::get_layers).
    pub(crate) fn layer_names(&self) -> Vec<String> {
        if self.is_open() {
            self.layers.names()
        } else {
            Vec::new()
        }
    }

    /// Applies layers (binmode, open's mode). What is buffered is settled first.
    pub(crate) fn push_layers(&mut self, specs: &[Spec]) -> super::Result<()> {
        if !self.is_open() {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if specs.iter().any(Spec::changes_bytes) || !self.plain {
            self.flush()?;
            self.drop_input();
        }
        let result = self.layers.apply(specs);
        self.refresh();
        result.map_err(Stop::Failed)
    }

    /// Applies the layers of an open, where a first `:unix` or `:stdio` is the bottom.
    pub(crate) fn open_layers(&mut self, specs: &[Spec]) -> super::Result<()> {
        let result = self.layers.apply_at_open(specs);
        self.refresh();
        result.map_err(Stop::Failed)
    }

    /// Closes: writes what is buffered, then lets go of the descriptor. Where a signal ends the
    /// writing the handle is still open and the call is to be made again.
    pub(crate) fn close(&mut self) -> super::Result<Closed> {
        if !self.is_open() {
            return Err(Stop::Failed(Errno::EBADF));
        }
        if self.waiting > 0 {
            // A handler closes what a write further out waits on: there is no room, so nothing
            // more is written, and the close says so.
            let mut closed = self.abandon();
            closed.error.get_or_insert(Errno::EBADF);
            return Ok(closed);
        }
        if let Err(Stop::Interrupted) = self.finish_output() {
            return Err(Stop::Interrupted);
        }
        if self.access.read {
            // Unread input of a shared position is given back, so that others go on behind it.
            let _ = self.give_back();
        }
        Ok(self.abandon())
    }

    /// Closes where nobody asks how it went (the last reference is gone, the program ends), and
    /// waits for the command at the other end as perl does (perlipc, Safe Pipe Opens).
    pub(crate) fn close_and_wait(&mut self) {
        if !self.is_open() {
            return;
        }
        let writes = self.tells_loss();
        // Nobody is left who could dispatch a signal between two tries.
        let _stops_only = blocking::StopsOnly::new();
        let closed = loop {
            if blocking::woken() {
                self.abandon();
                return;
            }
            match self.close() {
                Err(Stop::Interrupted) => {}
                other => break other,
            }
        };
        let Ok(Closed { error, child }) = closed else {
            return;
        };
        if let Some(pid) = child {
            while blocking::wait4(pid, 0) == Err(Errno::EINTR) && !blocking::woken() {}
        }
        if let Some(error) = error.filter(|_| writes) {
            unwritten::add(self.label.clone(), error);
        }
    }

    /// Is output that is lost without a close told? That of pipes and sockets is not.
    pub(crate) fn tells_loss(&self) -> bool {
        self.access.write && !matches!(self.kind, Kind::Pipe | Kind::Socket)
    }

    /// Lets go of the descriptor without writing what is buffered (after a failed exec in a
    /// forked child, or when the same descriptor was replaced).
    pub(crate) fn abandon(&mut self) -> Closed {
        let mut error = self.error;
        if let End::Fd(fd) = std::mem::replace(&mut self.end, End::Closed)
            && let Err(failed) = fds::close(fd)
        {
            error.get_or_insert(failed);
        }
        let child = self.child.take();
        self.fresh(Access::default(), Kind::default(), Layers::default());
        self.refresh();
        Closed { error, child }
    }
}

/// lseek's "from here".
pub(super) const fn libc_seek_cur() -> i32 {
    1
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.close_and_wait();
    }
}
