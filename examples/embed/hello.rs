//! The smallest host: a value computed by Perl. `cargo run --example embed hello`

use keshi::Perl;

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::new();
    let text: String = perl.eval(r#"join ' ', map { ucfirst } qw(hello from perl)"#)?;
    println!("{text}");
    Ok(())
}
