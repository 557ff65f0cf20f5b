//! The pest grammars of Keshi's parser.

#[allow(missing_docs)]
pub mod perl;
pub mod regex;
pub mod template;
