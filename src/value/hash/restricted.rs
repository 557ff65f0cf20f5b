//! Restricted hashes (Hash::Util): a fixed set of keys, some of which may be away for now.

use crate::text::PerlStr;
use crate::value::rc::flag;
use crate::value::{Hash, Val};

impl Hash {
    /// May only its own keys be used?
    #[inline]
    pub fn is_restricted(&self) -> bool {
        self.header.has(flag::RESTRICTED)
    }

    /// Is it a key that may come (back), and is not there now?
    pub fn is_hidden(&self, key: &PerlStr) -> bool {
        self.aside.with_hidden(|hidden| hidden.contains(key)) && !self.exists(key)
    }

    /// Remembers a key that was deleted and may come back.
    pub fn hide(&self, key: PerlStr) {
        self.aside.with_hidden(|hidden| {
            if !hidden.contains(&key) {
                hidden.push(key);
            }
        });
    }

    /// The keys that may come (back).
    pub fn hidden_keys(&self) -> Vec<PerlStr> {
        let mut keys = self.aside.with_hidden(|hidden| hidden.clone());
        keys.retain(|key| !self.exists(key));
        keys
    }

    /// Forgets the keys that are not there.
    pub fn forget_hidden(&self) {
        self.aside.with_hidden(Vec::clear);
    }

    /// The first key whose value must not change.
    pub fn read_only_key(&self) -> Option<PerlStr> {
        self.keys().into_iter().find(|key| self.is_read_only(key))
    }

    /// Is the value of a key one that must not change?
    pub fn is_read_only(&self, key: &PerlStr) -> bool {
        let val = self.with_mut(&crate::value::Key::new(key), |val| val.clone());
        matches!(val, Some(Val::Cell(cell)) if cell.header().has(flag::READONLY))
    }
}
