//! README's example. `cargo run --example embed price`

use keshi::{Limits, Perl};
use std::time::Duration;

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let limits = Limits::new()
        .time(Duration::from_millis(500))
        .memory(64 << 20);
    let mut perl = Perl::sandbox().limits(limits).build();
    perl.define("price", |_, item: String| Ok(item.len() as f64 * 1.25));
    let total: f64 = perl.eval("my $sum = 0; $sum += price($_) for qw(tea milk); $sum")?;
    println!("{total}");
    assert!(perl.eval::<()>("1 while 1").is_err());
    Ok(())
}
