//! The parser derived from `regex.pest`: the pieces of a pattern.
#![allow(missing_docs)]

use pest_derive::Parser;

/// Reads runs of pattern pieces; `keshi`'s `regex::grammar` is its only user.
#[derive(Parser)]
#[grammar = "regex.pest"]
pub struct RegexGrammar;
