//! What restricted hashes refuse (Hash::Util).

use crate::value::{Hash, Key};
use crate::vm::Vm;
use crate::vm::die::{Die, Exec};

impl Vm {
    /// May this key be there? It is about to be.
    pub(in crate::vm) fn may_have(&mut self, hash: &Hash, key: &Key) -> Exec {
        if !hash.is_restricted() || hash.exists_k(key) || hash.is_hidden(&key.text) {
            return Ok(());
        }
        Err(self.disallowed(key))
    }

    #[cold]
    pub(in crate::vm) fn disallowed(&mut self, key: &Key) -> Die {
        self.die(format!(
            "Attempt to access disallowed key '{}' in a restricted hash",
            key.text
        ))
    }

    /// May this key go? It may come back.
    pub(in crate::vm) fn before_delete(&mut self, hash: &Hash, key: &Key) -> Exec {
        let what = if !hash.exists_k(key) {
            if hash.is_hidden(&key.text) {
                return Ok(());
            }
            "disallowed"
        } else if hash.is_read_only(&key.text) {
            "readonly"
        } else {
            hash.hide(key.text.clone());
            return Ok(());
        };
        Err(self.die(format!(
            "Attempt to delete {what} key '{}' from a restricted hash",
            key.text
        )))
    }

    /// May all keys go? They may come back.
    pub(in crate::vm) fn before_clear(&mut self, hash: &Hash) -> Exec {
        if let Some(key) = hash.read_only_key() {
            return Err(self.die(format!(
                "Attempt to delete readonly key '{key}' from a restricted hash"
            )));
        }
        for key in hash.keys() {
            hash.hide(key);
        }
        Ok(())
    }
}
