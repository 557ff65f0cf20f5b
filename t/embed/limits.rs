//! Each limit ends in an error no eval catches, and the interpreter is usable afterwards.
use keshi::{ErrorKind, LimitKind, Limits, Perl};
use std::time::Duration;

/// What a short script gives. On a busy machine its own time may be over before it has run.
fn after(perl: &mut Perl, script: &str) -> i64 {
    for _ in 0..50 {
        match perl.eval(script) {
            Err(error) if error.kind() == &ErrorKind::Limit(LimitKind::Time) => {}
            result => return result.unwrap(),
        }
    }
    panic!("there was never time for {script}");
}

/// The script runs into the limit, also inside an eval, and the interpreter goes on.
#[track_caller]
fn stops(limits: Limits, kind: LimitKind, script: &str) {
    let mut perl = Perl::builder().limits(limits).build();
    println!("{kind:?}: {script}");
    let texts = [
        format!("eval {{ {script} }}; our $after = 1; 1"),
        format!("eval q{{ {script} }}; $after = 1; 1"),
        script.to_string(),
    ];
    // Filling memory takes its time.
    let most = if kind == LimitKind::Memory { 1 } else { 3 };
    for text in &texts[..most] {
        let error = match perl.eval::<()>(text) {
            Ok(()) => panic!("not stopped: {text}"),
            Err(error) => error,
        };
        assert_eq!(error.kind(), &ErrorKind::Limit(kind), "{text}: {error:?}");
        assert_eq!(after(&mut perl, "defined($after) ? 0 : 42"), 42, "{text}");
    }
    let sum = "my $s = 0; my %h; $h{$_ % 7} .= 'x' for 1 .. 50; $s += length for values %h; $s";
    assert_eq!(after(&mut perl, sum), 50, "{script}");
}

#[test]
fn time() {
    let limits = Limits::new().time(Duration::from_millis(60));
    for script in [
        "1 while 1",
        "for (;;) { my $x = $x + 1 }",
        "sub f { g() } sub g { 1 } f() while 1",
        "sleep 100",
        "select undef, undef, undef, 100",
        "pipe my $r, my $w; my $l = <$r>",
        "pipe my $r, my $w; sysread $r, my $b, 1",
        "my @a = sort { $a <=> $b } reverse 1 .. 10000 while 1",
        "'a' x 5000 =~ /(a*)*b/ while 1",
        "my $x = ('a' x 40) . 'b'; $x =~ /^(a|aa)+$/ while 1",
        "map { $_ + 1 } 1 .. 1000 while 1",
        "local $_ = 'x' x 1e6; 1 while s/x/y/g || s/y/x/g",
    ] {
        stops(limits, LimitKind::Time, script);
    }
}

#[test]
fn steps() {
    let limits = Limits::new().steps(5000);
    for script in [
        "1 while 1",
        "sub f { f2() } sub f2 { 1 } f() while 1",
        "for my $i (1 .. 1e9) { }",
        "my @x = map { $_ } 1 .. 1e6",
        "redo",
    ] {
        let script = if script == "redo" { "{ redo }" } else { script };
        stops(limits, LimitKind::Steps, script);
    }
    let mut perl = Perl::builder().limits(limits).build();
    for _ in 0..10 {
        perl.eval::<()>("my $n = 0; $n++ for 1 .. 2000").unwrap();
    }
}

#[test]
fn memory() {
    let limits = Limits::new().memory(1 << 20);
    for script in [
        "my $x = 'x' x 1e9",
        "my $x = 'xxxxxxxx'; $x .= $x while 1",
        "my @a; push @a, [1, 2, 3] while 1",
        "my @a; push @a, 1 .. 1000 while 1",
        "my %h; $h{$_} = 1 for 1 .. 1e9",
        "my $l; $l = [$l] while 1",
        "my $l; while (1) { my $y = $l; $l = \\$y }",
        "my @a; $#a = 1e9",
        "my @a = (1) x 1e9",
        "my @a = 1 .. 1e9",
        "my @a = map { ($_) x 1000 } 1 .. 1e6",
        "my @a; unshift @a, 'text' . @a while 1",
        "my $s = ''; vec($s, 1e10, 8) = 1",
        "my $s = sprintf '%1000000000d', 1",
        "my $s = ''; substr($s, 0, 0) = 'long' x 1000 while 1",
        "my @s; push @s, join ',', 1 .. 100 while 1",
        "my $s = pack 'x1000000000'",
        "my @c; push @c, sub { my $y = $_[0]; sub { $y } }->(\"$_\") for 1 .. 1e9",
    ] {
        stops(limits, LimitKind::Memory, script);
    }
    // what is let go of may be taken again
    let mut perl = Perl::builder().limits(limits).build();
    perl.eval::<()>(
        "for (1 .. 200) { my @a = map { 'x' x 100 } 1 .. 1000; my %h = (a => 'y' x 3e5) }",
    )
    .unwrap();
}

#[test]
fn recursion() {
    let limits = Limits::new().recursion(200);
    for script in [
        "sub f { f($_[0] + 1) } f(0)",
        "my $f; $f = sub { $f->() }; $f->()",
        "sub K::go { $_[0]->go } K->go",
        "sub d { my @a = sort { d() } 1, 2 } d()",
        "package O { use overload '+' => sub { $_[0] + 1 } } my $o = bless [], 'O'; $o + 1",
        "sub AUTOLOAD { my $n = $AUTOLOAD; &$n } nosuch()",
    ] {
        stops(limits, LimitKind::Recursion, script);
    }
    let mut perl = Perl::builder().limits(limits).build();
    assert_eq!(
        perl.eval::<i64>("sub g { $_[0] ? 1 + g($_[0] - 1) : 0 } g(150)")
            .unwrap(),
        150
    );
}

#[test]
fn string_size() {
    let limits = Limits::new().string_size(100_000);
    for script in [
        "my $x = 'x' x 100_001",
        "my $x = 'x'; $x .= $x while 1",
        "my $x = join '', 1 .. 1e6",
        "my $x = sprintf '%200000s', 1",
        "my $x = 'x' x 90_000; $x =~ s/x/yy/g",
        "my $x = pack 'x200000'",
        "my $x = 'a' x 99_000; $x = \"$x$x\"",
        "my $x = ''; substr($x, 0, 0) = 'text' x 1000 while 1",
    ] {
        stops(limits, LimitKind::StringSize, script);
    }
    let mut perl = Perl::builder().limits(limits).build();
    assert_eq!(perl.eval::<i64>("length('x' x 100_000)").unwrap(), 100_000);
}

#[test]
fn nothing_on_the_way_out_swallows_a_stop() {
    let limits = Limits::new().time(Duration::from_millis(60));
    for script in [
        "package D { sub DESTROY { 1 while 1 } } { my $d = bless []; bless $d, 'D' } sleep 1 while 1",
        "package E { sub DESTROY { eval { 1 while 1 }; 1 while 1 } } my $e = bless [], 'E'; 1 while 1",
        "local $SIG{__DIE__} = sub { 1 while 1 }; die 'x'",
        "local $SIG{__WARN__} = sub { 1 while 1 }; warn 'x'",
        "eval { eval { 1 while 1 }; eval { 1 while 1 }; 1 while 1 }; 1 while 1",
        "BEGIN { 1 while 1 }",
        "package T { sub TIESCALAR { bless [] } sub STORE { 1 while 1 } sub FETCH { 1 while 1 } } tie my $t, 'T'; local $x = $t; 1 while 1",
    ] {
        stops(limits, LimitKind::Time, script);
    }
}
