//! The keshi command.
fn main() {}
