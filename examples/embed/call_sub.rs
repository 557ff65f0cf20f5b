//! A script as a library: its subs called from Rust, with structures both ways.
//! `cargo run --example embed call_sub`

use keshi::{Code, Perl, Program};
use std::collections::BTreeMap;

const SCRIPT: &str = r#"
    use strict; use warnings;

    sub word_count {
        my ($text) = @_;
        my %count;
        $count{lc $_}++ for $text =~ /\w+/g;
        return \%count;
    }

    sub counter { my $n = shift; return sub { return $n++ } }
"#;

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::new();
    let script = perl.compile(Program::new("words.pl", SCRIPT))?;
    perl.run(&script)?;

    let count: BTreeMap<String, u32> = perl.call("word_count", "the cat and The dog")?;
    println!("{count:?}");

    // A closure stays alive as long as its handle does.
    let counter: Code = perl.call("counter", 5)?;
    let first: i64 = counter.call(&mut perl, ())?;
    let second: i64 = counter.call(&mut perl, ())?;
    println!("{first} {second}");
    Ok(())
}
