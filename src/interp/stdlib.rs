//! The modules of `stdlib/`, carried in the binary.
include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// The files of all of them.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|row| row.0)
}

/// The text of an embedded module (`IO/Handle.pm`).
pub fn text(name: &str) -> Option<&'static [u8]> {
    MODULES
        .binary_search_by_key(&name, |row| row.0)
        .ok()
        .map(|i| MODULES[i].1)
}
