//! The Rust half of modules that are XS under perl: a file per module, a table of rows each.
pub mod pragmas;
