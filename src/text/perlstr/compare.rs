//! Equality, order and hashing of strings by their characters, whichever way they are stored.

use super::PerlStr;
use crate::text::utf8;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

impl PartialEq for PerlStr {
    #[inline]
    fn eq(&self, other: &PerlStr) -> bool {
        if self.is_utf8() == other.is_utf8() {
            return self.same_buffer(other) || self.as_bytes() == other.as_bytes();
        }
        order_unlike(self, other) == Ordering::Equal
    }
}

impl Eq for PerlStr {}

impl PartialOrd for PerlStr {
    #[inline]
    fn partial_cmp(&self, other: &PerlStr) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PerlStr {
    /// Extended UTF-8 sorts as the code points it encodes, so equal flags compare bytes.
    #[inline]
    fn cmp(&self, other: &PerlStr) -> Ordering {
        if self.is_utf8() == other.is_utf8() {
            return self.as_bytes().cmp(other.as_bytes());
        }
        order_unlike(self, other)
    }
}

#[cold]
fn order_unlike(left: &PerlStr, right: &PerlStr) -> Ordering {
    if left.is_utf8() {
        return order_unlike(right, left).reverse();
    }
    let (latin1, coded) = (left.as_bytes(), right.as_bytes());
    let (mut i, mut j) = (0, 0);
    loop {
        let (cp, width) = utf8::decode(&coded[j..]);
        match latin1.get(i) {
            None if width == 0 => return Ordering::Equal,
            None => return Ordering::Less,
            Some(_) if width == 0 => return Ordering::Greater,
            Some(&b) if b as u64 != cp => return (b as u64).cmp(&cp),
            Some(_) => (i, j) = (i + 1, j + width),
        }
    }
}

impl Hash for PerlStr {
    /// Hashes the downgraded bytes where there are such, so that equal strings hash alike.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        if !self.is_utf8() || self.is_ascii() {
            state.write(self.as_bytes());
        } else {
            match utf8::to_latin1(self.as_bytes()) {
                Some(latin1) => state.write(&latin1),
                None => state.write(self.as_bytes()),
            }
        }
    }
}

impl PartialEq<str> for PerlStr {
    fn eq(&self, other: &str) -> bool {
        if self.is_utf8() || other.is_ascii() {
            self.as_bytes() == other.as_bytes()
        } else {
            self.chars().eq(other.chars().map(|c| c as u64))
        }
    }
}

impl PartialEq<&str> for PerlStr {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}
