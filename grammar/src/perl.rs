//! Tokens, terms and statement heads of Perl 5.
//!
//! Several files, one derived parser. `README.md` lists each entry rule and who calls it.

use pest_derive::Parser;

/// The derived parser: `Grammar::parse(Rule::ident, text)`.
#[derive(Parser)]
#[grammar = "lexical.pest"]
#[grammar = "quote.pest"]
#[grammar = "variable.pest"]
#[grammar = "operator.pest"]
#[grammar = "statement.pest"]
#[grammar = "interpolate.pest"]
#[grammar = "pattern.pest"]
#[grammar = "format.pest"]
#[grammar = "prototype.pest"]
pub struct Grammar;

pub use pest::Parser;
pub use pest::iterators::{Pair, Pairs};
