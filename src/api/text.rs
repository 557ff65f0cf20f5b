//! Strings of Perl's on their way between the host and a script.
use crate::text::PerlStr;
use std::borrow::Cow;
use std::fmt;

/// A string of Perl's: bytes, or characters.
///
/// A Perl string is a row of characters, each a number; one whose characters are all below 256 may
/// stand for bytes as well. [`Text::to_str`] reads it as characters, [`Text::as_bytes`] as bytes.
///
/// ```
/// use keshi::Text;
///
/// let text = Text::from("caf\u{e9}");
/// assert_eq!(text, "caf\u{e9}");
/// assert_eq!(text.as_bytes().unwrap(), &b"caf\xe9"[..]);
/// assert!(Text::from("\u{263a}").as_bytes().is_none());
/// ```
#[derive(Clone, Default)]
pub struct Text(pub(super) PerlStr);

impl Text {
    /// A string of bytes, each a character below 256.
    pub fn from_bytes(bytes: &[u8]) -> Text {
        Text(PerlStr::from_bytes(bytes))
    }

    /// Its characters. Numbers that are no Unicode characters become U+FFFD.
    pub fn to_str(&self) -> Cow<'_, str> {
        self.0.to_str_lossy()
    }

    /// Its bytes; `None` where it has characters above 255.
    pub fn as_bytes(&self) -> Option<Cow<'_, [u8]>> {
        if self.0.is_utf8() && !self.0.is_ascii() {
            let bytes = self.0.downgraded()?;
            return Some(bytes.as_bytes().to_vec().into());
        }
        Some(self.0.as_bytes().into())
    }

    /// The number of its characters.
    pub fn len(&self) -> usize {
        self.0.char_len()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(PerlStr::from(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::from(&*text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Text {
        Text::from(&**text)
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Text {
        text.clone()
    }
}

impl From<&[u8]> for Text {
    fn from(bytes: &[u8]) -> Text {
        Text::from_bytes(bytes)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.to_str().into_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.0 == other.0
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.to_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.to_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    /// By characters, as `cmp` compares.
    fn cmp(&self, other: &Text) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_str())
    }
}
