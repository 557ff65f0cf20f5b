//! `errno` as a type: its value, its text, and the table of names behind `%!` and Errno.

use std::fmt;

/// An error number of the system (`$!` as a number).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Errno(pub(crate) i32);

macro_rules! errnos {
    ($($name:ident)*) => {
        impl Errno {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                pub(crate) const $name: Errno = Errno(libc::$name);
            )*
        }

        /// Every name with its number; some numbers have two names (EAGAIN, EWOULDBLOCK).
        pub(crate) const NAMES: &[(&str, i32)] = &[$((stringify!($name), libc::$name)),*];
    };
}

errnos! {
    EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN EWOULDBLOCK ENOMEM EACCES
    EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY
    EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK EDEADLOCK ENAMETOOLONG ENOLCK
    ENOSYS ENOTEMPTY ELOOP ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT
    EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG
    EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD
    EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK
    EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT ENOTSUP
    EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET
    ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED
    EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO
    EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD
    ENOTRECOVERABLE ERFKILL EHWPOISON
}

impl Errno {
    /// The number the last failing libc call of this thread left.
    pub(crate) fn last() -> Errno {
        Errno(std::io::Error::last_os_error().raw_os_error().unwrap_or(0))
    }

    /// Sets the thread's number, for libc calls that report only by it (readdir, sysconf).
    pub(crate) fn set_last(self) {
        // SAFETY: the address of the calling thread's errno is always valid.
        unsafe { *libc::__errno_location() = self.0 }
    }

    /// The system's text for it, in the current locale: what `"$!"` shows.
    pub(crate) fn message(self) -> Vec<u8> {
        if self.0 == 0 {
            return Vec::new();
        }
        let mut buffer = [0u8; 256];
        // SAFETY: the buffer is writable for the length given; strerror_r ends it with NUL.
        unsafe { libc::strerror_r(self.0, buffer.as_mut_ptr().cast(), buffer.len()) };
        let len = buffer.iter().position(|&b| b == 0).unwrap_or(buffer.len());
        buffer[..len].to_vec()
    }

    /// Its symbolic name, where it has one.
    pub(crate) fn name(self) -> Option<&'static str> {
        NAMES.iter().find(|row| row.1 == self.0).map(|row| row.0)
    }

    /// The number behind a name such as `ENOENT`.
    pub(crate) fn from_name(name: &[u8]) -> Option<Errno> {
        NAMES
            .iter()
            .find(|row| row.0.as_bytes() == name)
            .map(|row| Errno(row.1))
    }

    /// Turns libc's "-1 means look at errno" into a result.
    pub(crate) fn check(result: i32) -> Result<i32, Errno> {
        if result == -1 {
            Err(Errno::last())
        } else {
            Ok(result)
        }
    }

    /// The same for calls that give a size.
    pub(crate) fn check_size(result: isize) -> Result<usize, Errno> {
        usize::try_from(result).map_err(|_| Errno::last())
    }

    /// The same for calls that give an offset.
    pub(crate) fn check_offset(result: i64) -> Result<i64, Errno> {
        if result == -1 {
            Err(Errno::last())
        } else {
            Ok(result)
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => out.write_str(name),
            None => write!(out, "errno {}", self.0),
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&String::from_utf8_lossy(&self.message()))
    }
}

impl From<nix::Error> for Errno {
    fn from(error: nix::Error) -> Errno {
        Errno(error as i32)
    }
}

impl From<std::io::Error> for Errno {
    fn from(error: std::io::Error) -> Errno {
        Errno(error.raw_os_error().unwrap_or(libc::EIO))
    }
}
