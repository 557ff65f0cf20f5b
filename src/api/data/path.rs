//! What does not fit, and where it stands in the data.
use super::super::Error;
use super::wrong;
use serde::de::{Expected, Unexpected};
use std::fmt;

/// An error of reading: what is wrong, and the keys and indices that lead there.
#[derive(Debug)]
pub(super) struct Misfit {
    text: String,
    path: String,
}

impl Misfit {
    /// It stands under this key.
    pub(super) fn under(mut self, key: &str) -> Misfit {
        let dot = match self.path.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.path = format!("{key}{dot}{}", self.path);
        self
    }

    /// It stands at this index.
    pub(super) fn at(mut self, index: usize) -> Misfit {
        let dot = match self.path.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.path = format!("[{index}]{dot}{}", self.path);
        self
    }

    /// For the host.
    pub(super) fn into_error(self) -> Error {
        match self.path.is_empty() {
            true => wrong(self.text),
            false => wrong(self),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.text)
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(text: T) -> Misfit {
        Misfit {
            text: text.to_string(),
            path: String::new(),
        }
    }

    /// In Perl's words.
    fn invalid_type(got: Unexpected<'_>, wanted: &dyn Expected) -> Misfit {
        let got = match got {
            Unexpected::Unit | Unexpected::Option => "undef".into(),
            Unexpected::Seq => "an array".into(),
            Unexpected::Map => "a hash".into(),
            other => other.to_string(),
        };
        Misfit::custom(format_args!("{got} is not {wanted}"))
    }
}
