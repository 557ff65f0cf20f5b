//! A script that may do nothing outside itself, and one that is granted a little.
//! `cargo run --example embed sandbox`

use keshi::{Capability, Perl};

const NOSY: &str = r#"
    my @tried;
    push @tried, 'read: '    . (open(my $f, '<', '/etc/passwd') ? 'yes' : $!);
    push @tried, 'write: '   . (open(my $g, '>', '/tmp/x') ? 'yes' : $!);
    push @tried, 'run: '     . (defined(my $out = `id`) ? 'yes' : $!);
    push @tried, 'env: '     . (keys %ENV ? 'yes' : 'empty');
    push @tried, 'signals: ' . (eval { $SIG{TERM} = sub { }; 1 } ? 'yes' : $@);
    @tried;
"#;

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::sandbox().build();
    for line in perl.eval::<Vec<String>>(NOSY)? {
        println!("{}", line.trim_end());
    }
    let mut perl = Perl::sandbox().grant(Capability::ReadFiles).build();
    println!("granted {}", perl.eval::<Vec<String>>(NOSY)?[0]);
    Ok(())
}
