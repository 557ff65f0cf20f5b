//! The pest grammars of Keshi's parser.

pub mod template;
pub mod regex;
