//! An interrupter stops a script wherever it is, soon.
use keshi::{ErrorKind, Perl};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How long after the interrupt the script was over.
fn latency(perl: &mut Perl, script: &str) -> Duration {
    let interrupter = perl.interrupter();
    let running = Arc::new(AtomicBool::new(false));
    let flag = running.clone();
    perl.define("running", move |_, ()| {
        flag.store(true, Ordering::SeqCst);
        Ok(())
    });
    let (send, receive) = mpsc::channel();
    let stopper = std::thread::spawn(move || {
        while !running.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(5));
        send.send(Instant::now()).unwrap();
        interrupter.interrupt();
    });
    let error = perl
        .eval::<()>(&format!("running(); {script}"))
        .unwrap_err();
    let end = Instant::now();
    assert_eq!(error.kind(), &ErrorKind::Interrupted, "{script}: {error:?}");
    stopper.join().unwrap();
    assert_eq!(perl.eval::<i64>("40 + 2").unwrap(), 42, "{script}");
    end.saturating_duration_since(receive.recv().unwrap())
}

const SCRIPTS: &[&str] = &[
    "1 while 1",
    "eval { 1 while 1 } while 1",
    "sleep 100",
    "sleep 100 while 1",
    "select undef, undef, undef, 100",
    "pipe my $r, my $w; <$r>; 1 while 1",
    "pipe my $r, my $w; sysread $r, my $b, 10; 1 while 1",
    "pipe my $r, my $w; 1 while syswrite $w, 'x' x 1000",
    "waitpid open(my $p, '-|', 'sleep', 100), 0; 1 while 1",
    "system 'sleep', 100; 1 while 1",
    "my $x = `sleep 100`; 1 while 1",
    "use Socket; socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, 0; recv $a, my $d, 10, 0; 1 while 1",
    "('a' x 30) =~ /^(a+)+$x\\1b/ while 1",
    "('ab' x 100_000) =~ /(?:(?:a|b)*?)*c/ while 1",
    "my @x = sort { $a <=> $b } map { $_ * 7919 % 100_003 } 1 .. 100_000 while 1",
    "my %h; $h{$_ % 100} .= 'x' for 1 .. 1e12",
    "L: goto L",
    "my @x = sort { $a % 1000 <=> $b % 1000 } map { $_ * 7919 % 100_003 } 1 .. 300_000 while 1",
    "my $t = 'my $x = [1, 2, {3, 4}];' x 100_000; eval $t while 1",
    "my @l = 'a' .. 'zzzzzzzzz'",
    "my $s = sprintf '%200000000s', 1 while 1",
    "my @l = unpack '(a0)1000000000000', ''",
    "my @l = unpack 'N*', 'abcd' x 1_000_000 while 1",
    "my @l = glob '{a,b}' x 50",
    "package T { sub TIEHASH { bless [] } sub FIRSTKEY { 1 } sub NEXTKEY { 1 } } tie my %t, 'T'; my @k = keys %t",
    "use Fcntl ':flock'; open my $f, '<', '/proc/self/exe'; sleep 100 while 1",
];

#[test]
fn wherever_it_is() {
    let mut perl = Perl::new();
    for script in SCRIPTS {
        let late = latency(&mut perl, script);
        println!("{late:>12?}  {script}");
        // A loaded machine may not let us run for a while: the figure is for the eye, this for hangs.
        assert!(late < Duration::from_secs(5), "{script}: {late:?}");
    }
}

/// One that has the process's signals as well is not kept by a child whose handle it drops on the way out.
#[test]
fn with_the_signals_of_the_process() {
    let mut perl = Perl::builder().grant(keshi::Capability::Signals).build();
    for script in [
        "waitpid open(my $p, '-|', 'sleep', 100), 0; 1 while 1",
        "open my $p, '|-', 'sleep', 100; close $p; 1 while 1",
        "open my $p, '-|', 'sleep', 100; <$p>; 1 while 1",
        "local $SIG{ALRM} = sub { 1 }; sleep 100 while 1",
    ] {
        let late = latency(&mut perl, script);
        assert!(late < Duration::from_secs(5), "{script}: {late:?}");
    }
}

#[test]
fn one_that_comes_early_stops_the_next_run() {
    let mut perl = Perl::new();
    perl.interrupter().interrupt();
    let error = perl.eval::<()>("1 while 1").unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Interrupted);
    assert_eq!(perl.eval::<i64>("1").unwrap(), 1);
}

#[test]
fn long_sorts_are_interruptible_and_right() {
    let mut perl = Perl::new();
    let right: bool = perl
        .eval(
            "my @l = map { [$_ * 7919 % 1009, $_] } 1 .. 3;
             @l = map { $_ * 7919 % 150_001 } 1 .. 140_000;
             my @n = sort { $a <=> $b } @l; my @s = sort @l; my @r = sort { $b <=> $a } @l;
             my $bad = grep { $n[$_ - 1] > $n[$_] || $s[$_ - 1] gt $s[$_] || $r[$_ - 1] < $r[$_] } 1 .. $#n;
             !$bad && @n == 140_000 && @s == 140_000 && $n[0] == $r[-1]",
        )
        .unwrap();
    assert!(right);
    latency(
        &mut perl,
        "my @l = map { $_ * 7919 % 150_001 } 1 .. 140_000; 1 while my @n = sort { $a <=> $b } @l",
    );
}

#[test]
fn inside_natives_and_callbacks() {
    let mut perl = Perl::new();
    perl.define("twice", |call, code: keshi::Code| {
        code.call::<()>(call, ())?;
        code.call::<()>(call, ())
    });
    latency(&mut perl, "twice(sub { 1 while 1 })");
    latency(
        &mut perl,
        "eval { twice(sub { sleep 100 }) }; twice(sub { sleep 100 })",
    );
}
