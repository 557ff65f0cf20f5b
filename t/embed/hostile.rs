//! Scripts that mean harm: what can be asked of a sandbox with all its limits set ends in time, and the host lives.
use keshi::{ErrorKind, Limits, Perl};
use std::time::{Duration, Instant};

fn guarded() -> Perl {
    let limits = Limits::new()
        .time(Duration::from_millis(100))
        .memory(32 << 20)
        .recursion(2000)
        .string_size(4 << 20);
    Perl::sandbox().limits(limits).build()
}

const SCRIPTS: &[&str] = &[
    // sizes
    "my @a; $a[2 ** 40] = 1",
    "my @a = (1) x 2 ** 33",
    "my %h; keys(%h) = 2 ** 40",
    "my $s = ''; vec($s, 2 ** 40, 1) = 1",
    "my $s = ''; substr($s, 2 ** 40, 1) = 'x'",
    "open my $f, '<', \\'text'; read $f, my $b, 2 ** 40",
    "open my $f, '<', \\'text'; read $f, my $b, 1, 2 ** 33",
    "open my $f, '>', \\my $m; seek $f, 2 ** 40, 0; print $f 'x'",
    "open my $f, '<', \\'text'; local $/ = \\(2 ** 40); my $l = <$f>",
    "my @a = 'a' .. 'zzzzzzzzzz'",
    "my $s = sprintf '%*d', 2 ** 40, 1",
    "my $s = sprintf '%.*f', 2 ** 30, 1",
    "my $s = sprintf '%2147483647s', 1",
    "my $s = pack 'a' . 2 ** 40, 'x'",
    "my $s = pack '(a1000)1000000', ('x') x 10",
    "my $s = pack '@' . 2 ** 40",
    "my @l = unpack '(a0)' . 2 ** 40, ''",
    "my $s = \"@{[1 .. 1e9]}\"",
    "my $s = join 'x' x 1e6, 1 .. 1e6",
    "my $s = '\u{df}' x 1e6; $s = uc $s for 1 .. 20",
    "my $s = quotemeta quotemeta quotemeta '/' x 1e6",
    "my @a = glob '{a,b}' x 40",
    "my @a = glob '{' . join(',', 1 .. 100) . '}' . '{a,b}' x 15",
    "my @l = map { [1 .. 1000] } 1 .. 1e9",
    "my @l = split //, 'x' x 4e6 for 1 .. 1e6",
    "my $s = 'a' x 1e6; my @m = $s =~ /(?=(a+))/g",
    "my $s = 'x'; $s =~ s/x/xx/g while 1",
    "my $s = 'x'; $s = \"$s$s\" while 1",
    "local $_ = 'x' x 1e6; my @l = (tr/x/y/r) x 1e5",
    "my $x = []; push @$x, \\$x while 1",
    "my $l; $l = { l => $l } while 1",
    "my $f = sub { 1 }; for (1 .. 1e9) { my $g = $f; $f = sub { $g } }",
    "format STDOUT =\n^<<<~~\n$main::never\n.\nlocal $never = 'a ' x 1e6; write while 1",
    "study $_ for 1 .. 1e9",
    "my @a = sort { $b <=> $a } 1 .. 1e9",
    "my $s = reverse 'x' x 1e9",
    "require Data::Dumper; my $d = []; $d = [$d, $d] for 1 .. 40; Data::Dumper::Dumper($d)",
    "require Storable; my $d = []; $d = [$d] for 1 .. 1e5; Storable::freeze($d)",
    "my @a = (0) x 1e5; my @b = map { @a } 1 .. 1e5",
    "my $s = 'ab' x 1e6; my $t = $s; $s =~ s/(.)/$t/g",
    "use Encode; my $s = decode('UTF-8', \"\\xff\" x 4e6) while 1",
    "my $n = '9' x 4e6; my $x = $n + 0 while 1",
    "use MIME::Base64; my $s = 'x' x 4e6; $s = encode_base64($s) while 1",
    // time
    "crypt('x', '$6$rounds=999999999$salt')",
    "crypt('x', '$2b$31$abcdefghijklmnopqrstuu')",
    "crypt('x', '$y$jFT$saltsalt')",
    "my $s = 'a' x 1e6; 1 while $s =~ /(a*)*b/",
    "'a' x 100 =~ /^(?:a?){100}a{100}$/ while 1",
    "('a' x 28) =~ /(.*)*\\1x/ while 1",
    "my $r = '(' x 200 . 'a' . ')*' x 200; ('a' x 100) =~ /$r$r$r/ while 1",
    "my $r = 'a' x 4e6; qr/$r$_/ for 1 .. 1e9",
    "my $r = join '|', map { 'x' x $_ } 1 .. 2000; qr/$r$_/i for 1 .. 1e9",
    "qr/(((a{1,1000}){1,1000}){1,1000}){1,1000}/",
    "'a' x 1000 =~ /(((a{1,100}){1,100}){1,100}){1,100}b/",
    "'x' =~ /^(?:(?{ 1 while 1 })x)/",
    "'x' =~ /(??{ 1 while 1 })/",
    "my $s = 'x' x 1e6; 1 while $s =~ s/x(?{ 1 })/x/g",
    "sub f { goto &f } f()",
    "L: goto L",
    "AGAIN: { redo AGAIN }",
    "1 until 0",
    "for (my $i = 0; ; ) { }",
    "eval { eval { die } while 1 } while 1",
    "eval '1 while 1' while 1",
    "my $t = 'my $x = [1, 2, {3, 4}];' x 100_000; eval $t while 1",
    "my $t = '[' . '1,' x 1e6 . ']'; eval $t while 1",
    "my $t = join '+', 1 .. 500_000; eval $t while 1",
    "BEGIN { 1 while 1 }",
    "use strict; sub import { 1 while 1 } BEGIN { main->import }",
    "local $SIG{__WARN__} = sub { warn @_ }; warn 'x'",
    "local $SIG{__DIE__} = sub { die @_ }; die 'x'",
    "package O { use overload '\"\"' => sub { \"$_[0]\" } } my $s = '' . bless [], 'O'",
    "package O2 { use overload 'cmp' => sub { 1 while 1 } } my @s = sort map { bless [], 'O2' } 1 .. 3",
    "package T { sub TIESCALAR { bless [] } sub FETCH { my $s = $main::t } } tie our $t, 'T'; my $x = $t",
    "package TH { sub TIEHASH { bless [] } sub FIRSTKEY { 1 } sub NEXTKEY { 1 } } tie my %h, 'TH'; my @k = keys %h",
    "package TA { sub TIEARRAY { bless [] } sub FETCHSIZE { 2 ** 40 } sub FETCH { 1 } } tie my @a, 'TA'; my @b = @a",
    "package TS { sub TIESCALAR { bless [] } sub FETCH { 1 while 1 } } tie my $x, 'TS'; my @l = sort { $a <=> $b } $x, 2",
    "package D { sub DESTROY { bless [], 'D' } } bless [], 'D'",
    "package D2 { sub DESTROY { my $x = bless [], 'D2'; 1 while 1 } } { bless [], 'D2' } 1 while 1",
    "sub AUTOLOAD { &$AUTOLOAD } nosuch()",
    "@A::ISA = 'B'; @B::ISA = 'A'; A->nosuch",
    "use List::Util 'reduce', 'first'; reduce { 1 while 1 } 1, 2",
    "use List::Util 'shuffle'; my @l = shuffle(1 .. 1e6) while 1",
    "unshift @INC, sub { require 'No/Such.pm' }; require No::Such",
    "unshift @INC, sub { my $n = 0; sub { $_ = '1;'; 1 } }; require No::Such",
    "sleep 1000",
    "select undef, undef, undef, 1000",
    "my $line = <STDIN>; sleep 1000",
    "sub d { my @l = sort { d() } 1, 2 } d()",
    "sub r { 'x' =~ /(?{ r() })/ } r()",
    "sub s2 { my $s = 'x'; $s =~ s/x/s2()/e } s2()",
    "sub m { map { m2() } 1 } sub m2 { map { main::m() } 1 } main::m()",
    "sub e { eval q{ e() } } e()",
    "eval 'sub x { ' x 20_000",
    "eval '(' x 200_000",
    "eval '[' x 200_000",
    "eval '-' x 200_000 . '1'",
    "eval '!' x 200_000 . '1'",
    "eval 'if (1) {' x 100_000",
    "eval '1 ? 1 : ' x 100_000 . '1'",
    "eval '$x->' . '[0]' x 200_000",
    "eval '\"@{[' x 20_000",
    "eval 'do { ' x 100_000",
    "eval '\\\\' x 200_000 . '1'",
    "eval '$' x 200_000 . 'x'",
    "eval 'sub { ' x 50_000 . '}' x 50_000",
    "eval '1 + (' x 100_000 . '1' . ')' x 100_000",
    "eval 'a' x 4e6",
    "my $r = '(' x 100_000; eval { qr/$r/ }",
    "my $r = '(' x 5_000 . ')' x 5_000; eval { 'x' =~ /$r/ } while 1",
    "my $r = '[' x 100_000; eval { qr/$r/ }",
    "my $r = 'a*' x 100_000; eval { ('a' x 1000) =~ /${r}b/ } while 1",
    "my $r = '(?=' x 5_000 . 'a' . ')' x 5_000; eval { 'aaa' =~ /$r/ } while 1",
    "'a' =~ /(?R)/; 'aaaa' =~ /(a(?1)?)*b/ while 1",
    "my $d = []; $d = [$d] for 1 .. 1e6; undef $d; 1 while 1",
    "my $d = {}; $d = { a => $d } for 1 .. 1e5; undef $d; 1 while 1",
    "my $f = sub { 1 }; for (1 .. 1e5) { my $g = $f; $f = sub { $g } } undef $f; 1 while 1",
    "my $d; $d = \\(my $x = $d) for 1 .. 1e5; undef $d; 1 while 1",
    "my $d = bless []; $d = bless [$d] for 1 .. 1e5; sub DESTROY { $n++ } undef $d; 1 while 1",
    // memory that is not the script's
    "unpack 'p', pack 'J', 4096",
    "unpack 'P100', pack 'J', 4096",
    "unpack 'P100', pack 'J', 1",
    "dump",
    "CORE::dump()",
    "exit 3",
    "eval { exit 3 }; 1 while 1",
    "syscall 60, 0",
    "kill 9, $$",
    "exec 'true'",
];

/// Runs every third script from `first` on.
fn host_lives(first: usize) {
    for script in SCRIPTS.iter().skip(first).step_by(3) {
        println!("{script}");
        let begun = Instant::now();
        let mut perl = guarded();
        let outcome = perl.eval::<()>(&format!("no strict; no warnings; {script}"));
        if let Err(error) = &outcome {
            assert_ne!(error.kind(), &ErrorKind::Panicked, "{script}");
        }
        // on a busy machine its own time may be over before it has run
        let usable = (0..50).any(|_| perl.eval::<i64>("6 * 7").is_ok_and(|n| n == 42));
        assert!(usable, "after {script}");
        drop(perl);
        // it shows what does not end at all
        assert!(begun.elapsed() < Duration::from_secs(30), "{script}");
    }
}

#[test]
fn the_host_lives() {
    host_lives(0);
}

#[test]
fn the_host_lives_on() {
    host_lives(1);
}

#[test]
fn the_host_still_lives() {
    host_lives(2);
}

/// END blocks and destructors get their time, and no more.
#[test]
fn the_end_has_an_end() {
    for script in [
        "END { 1 while 1 }",
        "END { sleep 1000 }",
        "END { eval { 1 while 1 } while 1 }",
        "END { my @l; push @l, 'x' x 1e6 while 1 }",
        "our $o = bless []; sub DESTROY { 1 while 1 }",
        "our $o = bless []; sub DESTROY { sleep 1000 }",
        "our $o = bless []; sub DESTROY { our $p = bless [] }",
        "my $o = bless []; $o->[0] = $o; sub DESTROY { 1 while 1 } 1 while 1",
        "END { exit 5 } END { die 'x' } END { exit 6 } 1 while 1",
        "END { fork; exec 'true'; kill 9, $$ } sleep 1000",
        "sub e { eval q{END { e() }} } e(); END { 1 while 1 }",
    ] {
        println!("{script}");
        let begun = Instant::now();
        let mut perl = guarded();
        let _ = perl.eval::<()>(script);
        drop(perl);
        assert!(begun.elapsed() < Duration::from_secs(30), "{script}");
    }
}
