//! Compiled patterns kept for run-time patterns, found by text, modifiers and representation.

use super::error::RegexError;
use super::pattern::{CompileHooks, Flags, PatternSource};
use super::regex::Regex;
use std::collections::HashMap;
use std::rc::Rc;

/// How many patterns are kept.
const KEPT: usize = 512;

type Key = (Box<[u8]>, bool, Flags);

/// A bounded memory of compiled patterns.
#[derive(Default)]
pub struct PatternCache {
    table: HashMap<Key, Rc<Regex>, foldhash::fast::RandomState>,
    /// The pattern used last, found without hashing.
    last: Option<(Key, Rc<Regex>)>,
}

impl PatternCache {
    /// An empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// The compiled pattern, from memory if possible. Patterns with code blocks or user-defined
    /// properties depend on where they stand and are never kept.
    pub fn get(
        &mut self,
        source: &PatternSource<'_>,
        flags: Flags,
        hooks: &mut dyn CompileHooks,
    ) -> Result<Rc<Regex>, RegexError> {
        if let Some(((text, utf8, kept), regex)) = &self.last
            && **text == *source.bytes
            && (*utf8, *kept) == (source.utf8, flags)
            && source.blocks.is_empty()
        {
            return Ok(regex.clone());
        }
        let key: Key = (source.bytes.into(), source.utf8, flags);
        if source.blocks.is_empty()
            && let Some(regex) = self.table.get(&key)
        {
            let regex = regex.clone();
            self.last = Some((key, regex.clone()));
            return Ok(regex);
        }
        let regex = Regex::compile(source, flags, hooks)?;
        if regex.has_code() || names_user_property(source.bytes) {
            return Ok(regex);
        }
        if self.table.len() >= KEPT {
            self.table.clear();
        }
        self.table.insert(key.clone(), regex.clone());
        self.last = Some((key, regex.clone()));
        Ok(regex)
    }
}

fn names_user_property(text: &[u8]) -> bool {
    let find = |needle: &[u8]| memchr::memmem::find(text, needle).is_some();
    (find(b"\\p{") || find(b"\\P{")) && (find(b"In") || find(b"Is"))
}
