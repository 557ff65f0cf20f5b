//! Stopping a script from another thread, and by limits; the interpreter goes on afterwards.
//! `cargo run --example embed interrupt`

use keshi::{Limits, Perl};
use std::time::Duration;

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::new();
    let interrupter = perl.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        interrupter.interrupt();
    });
    let error = perl
        .eval::<()>("our $rounds = 0; while (1) { $rounds++; select undef, undef, undef, 0.001 }");
    println!("{}", error.unwrap_err());
    println!("still here: {}", perl.eval::<bool>("$rounds > 0")?);
    let _ = stopper.join();

    let limits = Limits::new()
        .time(Duration::from_millis(50))
        .memory(32 << 20)
        .recursion(1000);
    let mut perl = Perl::builder().limits(limits).build();
    for script in [
        "1 while 1",
        "my @list; push @list, 'x' x 1000 while 1",
        "sub deeper { deeper() } deeper()",
    ] {
        println!("{}", perl.eval::<()>(script).unwrap_err());
    }
    println!("{}", perl.eval::<String>("'usable'")?);
    Ok(())
}
