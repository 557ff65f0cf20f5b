//! Making Perl strings from Rust's and the other way round.

use super::{PerlStr, UTF8};
use std::borrow::Cow;
use std::fmt;

impl PerlStr {
    /// A string of bytes known to be well-formed extended UTF-8, with the flag on.
    pub fn from_utf8_bytes(bytes: &[u8]) -> PerlStr {
        let mut s = PerlStr::with_capacity(bytes.len());
        s.push_bytes(bytes);
        s.put_flags(UTF8);
        s
    }

    /// A string of these characters, stored as UTF-8 only if one of them is above 255.
    pub fn from_code_points<C: Into<u64>>(cps: impl IntoIterator<Item = C>) -> PerlStr {
        let cps = cps.into_iter();
        let mut s = PerlStr::with_capacity(cps.size_hint().0.min(1 << 20));
        cps.for_each(|cp| s.push_code_point(cp.into()));
        s
    }

    /// The text for people and for Rust: characters no `char` can hold become U+FFFD.
    pub fn to_str_lossy(&self) -> Cow<'_, str> {
        if self.is_utf8() {
            String::from_utf8_lossy(self.as_bytes())
        } else {
            match std::str::from_utf8(self.as_bytes()) {
                Ok(text) if self.is_ascii() => Cow::Borrowed(text),
                _ => Cow::Owned(self.as_bytes().iter().map(|b| *b as char).collect()),
            }
        }
    }
}

impl Default for PerlStr {
    fn default() -> PerlStr {
        PerlStr::new()
    }
}

impl From<&str> for PerlStr {
    fn from(text: &str) -> PerlStr {
        if text.is_ascii() {
            PerlStr::from_bytes(text.as_bytes())
        } else {
            PerlStr::from_utf8_bytes(text.as_bytes())
        }
    }
}

impl From<String> for PerlStr {
    fn from(text: String) -> PerlStr {
        PerlStr::from(text.as_str())
    }
}

impl From<&[u8]> for PerlStr {
    fn from(bytes: &[u8]) -> PerlStr {
        PerlStr::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for PerlStr {
    fn from(bytes: Vec<u8>) -> PerlStr {
        PerlStr::from_bytes(&bytes)
    }
}

impl AsRef<[u8]> for PerlStr {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Write for PerlStr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !text.is_ascii() {
            self.try_upgrade().map_err(|_| fmt::Error)?;
        }
        self.try_push_bytes(text.as_bytes()).map_err(|_| fmt::Error)
    }
}

impl fmt::Display for PerlStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str_lossy())
    }
}

impl fmt::Debug for PerlStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.to_str_lossy(), f)
    }
}
