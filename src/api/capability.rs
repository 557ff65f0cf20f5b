//! What a script may do outside itself.
use crate::sys::grant;

/// What a script may do outside itself, granted or refused by
/// [`Builder::grant`](crate::Builder::grant) and [`Builder::refuse`](crate::Builder::refuse).
///
/// [`Perl::builder`](crate::Perl::builder) starts with all but `Signals`, `NativeModules` included,
/// and without `ForkWithThreads`; [`Perl::sandbox`](crate::Perl::sandbox) with none. What is
/// refused fails as the system would fail it: the function gives its false value and `$!` is
/// `Permission denied`; [`Perl::take_refused`](crate::Perl::take_refused) tells the host of it. A
/// descriptor or handle that the host opened may be used in any case.
///
/// ```
/// use keshi::{Capability, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::sandbox().build();
/// let said: String = perl.eval("open(my $f, '<', '/etc/passwd') ? 'open' : \"$!\"")?;
/// assert_eq!(said, "Permission denied");
///
/// let mut perl = Perl::sandbox().grant(Capability::ReadFiles).build();
/// assert!(perl.eval::<bool>("-d '/'")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// Looking at files and directories by name, and loading modules from them.
    ReadFiles,
    /// Making, changing, renaming and removing them.
    WriteFiles,
    /// Sockets of every family, and looking up hosts.
    Network,
    /// `fork`, `system`, `exec`, pipes from and to commands, waiting, System V IPC, process groups
    /// and priorities; and what belongs to the process as a whole: its directory, umask, user and
    /// group ids.
    ///
    /// `fork` is refused where the host has other threads, unless
    /// [`ForkWithThreads`](Capability::ForkWithThreads) is granted as well. A forked child ends
    /// where the call into the interpreter would return: it never comes back into the host's code.
    /// `exec` works in such a child only.
    Processes,
    /// Handlers in `%SIG`, `kill`, `alarm` and interval timers: the signals of the process are this
    /// interpreter's then, on the thread that made it. Grant it to one interpreter at a time.
    Signals,
    /// The process's environment variables (unless [`Builder::env`](crate::Builder::env) says
    /// otherwise), users and groups, the machine's name, locales, the parent's process id.
    Environment,
    /// Native halves of modules that reach the system (POSIX, Socket, IPC::SysV, Time::HiRes ...);
    /// those that only compute (List::Util, Digest::SHA, Encode ...) need no grant, nor do those that
    /// look at files only (Cwd, which File::Spec wants): they ask for
    /// [`ReadFiles`](Capability::ReadFiles).
    NativeModules,
    /// `fork` though the host has other threads: the child has only the one that forked, and locks
    /// held by others stay locked in it (fork(2)).
    ForkWithThreads,
}

/// What an interpreter may do unless it is told otherwise.
pub(super) const USUAL: u32 = grant::READ_FILES
    | grant::WRITE_FILES
    | grant::NETWORK
    | grant::PROCESSES
    | grant::ENVIRONMENT
    | grant::MODULES;

impl Capability {
    /// All of them.
    ///
    /// ```
    /// use keshi::{Capability, Perl};
    ///
    /// let everything = Capability::ALL.iter().fold(Perl::sandbox(), |builder, one| builder.grant(*one));
    /// let mut perl = everything.refuse(Capability::Signals).build();
    /// # assert_eq!(perl.eval::<i64>("kill 0, $$").unwrap(), 0);
    /// ```
    pub const ALL: &[Capability] = &[
        Capability::ReadFiles,
        Capability::WriteFiles,
        Capability::Network,
        Capability::Processes,
        Capability::Signals,
        Capability::Environment,
        Capability::NativeModules,
        Capability::ForkWithThreads,
    ];

    pub(super) fn rights(self) -> u32 {
        match self {
            Capability::ReadFiles => grant::READ_FILES,
            Capability::WriteFiles => grant::WRITE_FILES,
            Capability::Network => grant::NETWORK,
            Capability::Processes => grant::PROCESSES,
            Capability::Signals => grant::SIGNALS,
            Capability::Environment => grant::ENVIRONMENT,
            Capability::NativeModules => grant::MODULES,
            Capability::ForkWithThreads => grant::FORK_WITH_THREADS,
        }
    }
}
