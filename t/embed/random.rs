//! Random scripts interrupted at random times: the interpreter is always usable afterwards.
//!
//! `KESHI_ROUNDS` says how often (300 if it says nothing, 10,000 for a long run), `KESHI_SEED`
//! where the random numbers start.
use keshi::{ErrorKind, Limits, Output, Perl};
use std::sync::mpsc;
use std::time::Duration;

/// A small generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

const PIECES: &[&str] = &[
    "$x += $_ for 1 .. 300;",
    "push @a, map { $_ * 2 } 1 .. 50; @a = () if @a > 2000;",
    "$h{$_ % 37} .= 'v' for 1 .. 100; %h = () if keys %h > 30;",
    "@a = sort { $b <=> $a } map { $_ * 7919 % 1009 } 1 .. 200;",
    "$s = join ',', map { \"$_\" } 1 .. 100; $s =~ s/(\\d+),/$1;/g;",
    "('a' x 22) =~ /^(a+)+b$/;",
    "{ local $x = 5; local @a = (1); local $h{7} = 1; f(3); }",
    "eval { die { code => 1 } }; $x = $@->{code};",
    "eval { g(20) }; undef $@;",
    "{ my $o = bless [], 'Obj'; push @$o, $o for 1 .. 2; @$o = (); }",
    "tie my $t, 'Tied'; $t = 5; $x = $t + $t; untie $t;",
    "$x = eval q{ my $y = 3; sub { $y * 2 }->() };",
    "open my $m, '>', \\my $buffer; print $m 'line', $_ for 1 .. 30; close $m;",
    "pipe my $r, my $w; syswrite $w, 'z' x 100; sysread $r, my $b, 100;",
    "select undef, undef, undef, 0.001;",
    "$s = sprintf '%s-%05d-%.3f', 'k', 42, 3.14159 for 1 .. 20;",
    "my @l = (1) x 500; splice @l, 10, 100, 'a' .. 'z'; @a = reverse @l;",
    "OUTER: for my $i (1 .. 20) { for my $j (1 .. 20) { next OUTER if $j > $i } }",
    "my $c = do { my $n = 0; sub { $n++ } }; $c->() for 1 .. 100;",
    "$s = 'x' x 5000; substr($s, $_, 1) = 'y' for 1 .. 50; $s =~ tr/x/z/;",
    "$s = pack('N*', 1 .. 100); @a = unpack('N*', $s);",
    "local $_ = 'abc' x 50; 1 while /b/g; pos = 3;",
    "Obj->new->chain->chain->done for 1 .. 10;",
    "my %copy = map { $_ => [1, { $_ => 2 }] } 'a' .. 'h'; delete @copy{'a' .. 'c'};",
];

const PRELUDE: &str = r#"
    our ($x, $s, @a, %h, $destroyed) = (0, '', (), ());
    sub f { my $n = shift; local $x = $n; $n ? f($n - 1) : g(2) }
    sub g { my ($n) = @_; return 1 if $n < 1; my @t = (g($n - 1)) ; $t[0] + 1 }
    package Obj { sub new { bless {}, shift } sub chain { $_[0]{n}++; $_[0] } sub done { 1 }
        sub DESTROY { $main::destroyed++; eval { die 'inside' } } }
    package Tied { sub TIESCALAR { bless [1] } sub FETCH { $_[0][0]++ } sub STORE { $_[0][0] = $_[1] } }
"#;

/// Everything that a stop may have left in disorder, looked at by a script.
const CHECK: &str = r#"
    my $sum = 0; $sum += $_ for 1 .. 10;
    my @sorted = sort { $a <=> $b } 3, 1, 2;
    my $deep = g(30);
    local $x = 'local'; my $seen = $x;
    my $caught = do { eval { die "caught\n" }; $@ };
    my $match = 'key=value' =~ /(\w+)=(\w+)/ ? "$1/$2" : '';
    my $before = $destroyed; { Obj->new } my $gone = $destroyed - $before;
    my $depth = 0; $depth++ while caller $depth;
    join '|', $sum, "@sorted", $deep, $seen, $caught, $match, $gone, scalar(my @l = map { $_ } 1 .. 5), $depth
"#;

fn script(random: &mut Random) -> String {
    let pieces = 1 + random.below(6);
    let body: String = (0..pieces).map(|_| random.pick(PIECES)).collect();
    match random.below(4) {
        0 => format!("while (1) {{ {body} }}"),
        1 => format!("while (1) {{ eval {{ {body} }} }}"),
        2 => format!(
            "sub r {{ {body} r2() }} sub r2 {{ $main::n++ % 50 ? r() : 1 }} {{ no warnings; r() while 1 }}"
        ),
        _ => format!(
            "for my $round (1 .. 1e9) {{ {body} my $e = eval q{{ {} 1 }}; }}",
            random
                .pick(PIECES)
                .replace(['{', '}'], " ")
                .replace("1 while /b/g", "1")
        ),
    }
}

#[test]
fn interrupted_anywhere_it_stays_usable() {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse().ok());
    let rounds: u64 = number("KESHI_ROUNDS").unwrap_or(300);
    let seed = number("KESHI_SEED").unwrap_or(0x9E37_79B9_7F4A_7C15);
    let mut random = Random(seed | 1);
    let make = || {
        let limits = Limits::new().memory(256 << 20);
        let mut perl = Perl::builder()
            .limits(limits)
            .stdout(Output::Capture)
            .stderr(Output::Null)
            .build();
        perl.eval::<()>(PRELUDE).unwrap();
        perl
    };
    let mut perl = make();
    let expected: String = perl.eval(CHECK).unwrap();
    let (send, receive) = mpsc::channel::<(keshi::Interrupter, Duration)>();
    let stopper = std::thread::spawn(move || {
        for (interrupter, after) in receive {
            std::thread::sleep(after);
            interrupter.interrupt();
        }
    });
    for round in 0..rounds {
        let text = script(&mut random);
        let after = Duration::from_micros(random.below(3000));
        send.send((perl.interrupter(), after)).unwrap();
        match perl.eval::<()>(&text) {
            Ok(()) => panic!("round {round} of seed {seed}: ended by itself: {text}"),
            Err(error) => assert_eq!(
                error.kind(),
                &ErrorKind::Interrupted,
                "round {round} of seed {seed}: {error:?}\n{text}"
            ),
        }
        let found = perl.eval::<String>(CHECK);
        let found = found.unwrap_or_else(|e| panic!("round {round} of seed {seed}: {e:?}\n{text}"));
        assert_eq!(found, expected, "round {round} of seed {seed}: {text}");
        if round % 500 == 499 {
            perl = make();
        }
    }
    drop(send);
    stopper.join().unwrap();
}
