//! Output, errors and input of a script, and of the programs it starts.
//! `cargo run --example embed capture_output`

use keshi::{Input, Output, Perl};

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::builder()
        .stdin(Input::Bytes(b"3\n4\n5\n".to_vec()))
        .stdout(Output::Capture)
        .stderr(Output::Capture)
        .build();
    perl.eval::<()>(
        r#"
        my $sum = 0;
        while (my $line = <STDIN>) { $sum += $line }
        print "sum $sum\n";
        system 'echo from a child';
        warn "a warning\n";
        "#,
    )?;
    print!("out: {}", String::from_utf8_lossy(&perl.take_output()));
    print!("err: {}", String::from_utf8_lossy(&perl.take_errors()));
    Ok(())
}
