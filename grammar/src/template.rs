//! The grammar of the templates that sprintf, pack and formats read.

use pest_derive::Parser;

/// Parses one directive or picture at a time; see the rules for what is total.
#[derive(Parser)]
#[grammar = "template.pest"]
pub struct TemplateParser;
