//! How long after `Interrupter::interrupt` a script is over, wherever it is: the promise is 10 ms.
//!
//! `cargo bench --profile fast --bench interrupt [-- WORDS]`; `ROUNDS=99` for more than 15 rounds. Every script is
//! stopped at a random time by another thread, in an interpreter that has the process's signals and in one that has
//! not: the two sleep in different ways. Shown are the least, the middle and the greatest delay in milliseconds,
//! without the time in which the script could have run and had no processor; a middle one above 10 is a failure.

use keshi::{Capability, ErrorKind, Perl};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

/// The promise.
const LATEST: Duration = Duration::from_millis(10);

/// Name, what is run before, what is interrupted. What stands ready is in package variables, so that letting
/// go of it is not part of the delay. A sub `tidy` runs when all is done.
type Case = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // loops and calls
    ("loop", "", "1 while 1"),
    ("loop of evals", "", "while (1) { eval { 1 while 1 } }"),
    ("sub calls", "sub f { $_[0] ? f($_[0] - 1) : 0 }", "f(50) while 1"),
    ("methods", "sub K::m { 1 }", "K->m while 1"),
    ("foreach over a range", "", "for my $i (1 .. 1e15) { }"),
    ("string eval", "", "eval '1 + 1' while 1"),
    ("parsing a long text", "our $t = 'my $x = [1, 2, {3, 4}];' x 30_000;", "eval $t while 1"),
    ("DESTROY", "sub O::DESTROY { }", "bless [], 'O' while 1"),
    // patterns
    ("hopeless match", "", "('a' x 30) =~ /^(a+)+$x\\1b/ while 1"),
    ("hopeless match, own engine", "", "('a' x 30) =~ /^(?:(a+)(?{ 1 }))+b/ while 1"),
    ("match in a long text", "our $s = 'ab' x 5_000_000;", "$s =~ /a[^c]*c/ while 1"),
    ("literal in a long text", "our $s = 'ab' x 20_000_000;", "$s =~ /abc/ while 1"),
    ("s///g", "our $s = 'ab' x 2_000_000;", "while (1) { (my $t = $s) =~ s/a/xy/g }"),
    ("m//g in list context", "our $s = 'ab ' x 1_000_000;", "while (1) { my @w = $s =~ /\\w+/g }"),
    ("split", "our $s = 'ab ' x 1_000_000;", "while (1) { my @w = split / /, $s }"),
    ("tr", "our $s = 'ab' x 20_000_000;", "$s =~ tr/a-y/b-z/ while 1"),
    // sorts and lists
    ("sort by a sub", "sub by { $a <=> $b } our @l = map { $_ * 7919 % 1_000_003 } 1 .. 300_000;", "while (1) { my @s = sort by @l }"),
    ("sort by a block", "our @l = map { $_ * 7919 % 1_000_003 } 1 .. 300_000;", "while (1) { my @s = sort { $a % 1000 <=> $b % 1000 } @l }"),
    ("sort of numbers", "our @l = map { $_ * 7919 % 1_000_003 } 1 .. 1_000_000;", "while (1) { my @s = sort { $a <=> $b } @l }"),
    ("sort of strings", "our @l = map { 's' . $_ * 7919 % 1_000_003 } 1 .. 1_000_000;", "while (1) { my @s = sort @l }"),
    ("map", "", "while (1) { my @l = map { $_ + 1 } 1 .. 1_000_000 }"),
    ("grep by a pattern", "our @l = ('abc') x 1_000_000;", "while (1) { my @g = grep /b/, @l }"),
    ("reverse of a list", "our @l = 1 .. 2_000_000;", "while (1) { my @r = reverse @l }"),
    ("copy of a list", "our @l = ('text') x 2_000_000;", "while (1) { my @c = @l }"),
    ("range", "", "while (1) { my @l = 1 .. 3_000_000 }"),
    ("keys", "our %h; $h{$_} = 1 for 1 .. 500_000;", "while (1) { my @k = keys %h }"),
    ("copy of a hash", "our %h; $h{$_} = 1 for 1 .. 500_000;", "while (1) { my %c = %h }"),
    ("letting go of a list", "", "while (1) { my @l = map { [$_] } 1 .. 300_000; @l = () }"),
    ("splice", "our @l = 1 .. 2_000_000;", "while (1) { splice @l, 10, 1, 7, 8; splice @l, 10, 1 }"),
    ("List::Util", "use List::Util qw(sum first); our @l = 1 .. 3_000_000;", "while (1) { sum(@l); first { $_ < 0 } @l }"),
    // strings
    ("join", "our @l = ('text') x 3_000_000;", "while (1) { my $s = join ',', @l }"),
    ("x", "", "while (1) { my $s = 'abc' x 30_000_000 }"),
    ("list x", "", "while (1) { my @l = (1, 2) x 2_000_000 }"),
    ("reverse of a string", "our $s = 'ab' x 10_000_000;", "while (1) { my $r = reverse $s }"),
    ("uc", "our $s = 'ab' x 10_000_000;", "while (1) { my $u = uc $s }"),
    ("index", "our $s = 'ab' x 20_000_000;", "index($s, 'bb') while 1"),
    ("concatenation", "our $s = 'ab' x 10_000_000;", "while (1) { my $t = $s . $s }"),
    ("pack", "our @l = 1 .. 1_000_000;", "while (1) { my $s = pack 'N*', @l }"),
    ("unpack", "our $s = 'abcd' x 1_000_000;", "while (1) { my @l = unpack 'N*', $s }"),
    ("sprintf", "", "while (1) { my $s = sprintf '%30000000s', 'x' }"),
    ("sprintf of strings", "our $s = 'abcd' x 10_000_000;", "while (1) { my $t = sprintf '%s%s', $s, $s }"),
    ("sprintf of a vector", "our $s = 'abcd' x 500_000;", "while (1) { my $t = sprintf '%vd', $s }"),
    ("pack of hex digits", "our $s = 'abcd' x 10_000_000;", "while (1) { my $t = pack 'H*', $s }"),
    ("unpack to hex digits", "our $s = 'abcd' x 10_000_000;", "while (1) { my $t = unpack 'H*', $s }"),
    ("pack of uuencoded text", "our $s = 'abcd' x 5_000_000;", "while (1) { my $t = pack 'u', $s }"),
    ("unpack of uuencoded text", "our $s = pack 'u', 'abcd' x 5_000_000;", "while (1) { my $t = unpack 'u', $s }"),
    ("a sum of bytes", "our $s = 'abcd' x 10_000_000;", "while (1) { my $t = unpack '%32C*', $s }"),
    ("vec", "", "while (1) { my $v = ''; vec($v, 80_000_000, 4) = 1 }"),
    ("eq", "our $s = 'ab' x 20_000_000; our $t = 'ab' x 20_000_000;", "1 while $s eq $t"),
    ("bits of strings", "our $s = 'ab' x 20_000_000;", "while (1) { my $t = $s & ~$s }"),
    ("substr with a replacement", "our $s = 'ab' x 20_000_000;", "while (1) { substr $s, 5, 3, 'abcd'; substr $s, 5, 4, 'abc' }"),
    ("substr of characters", "our $s = \"\\x{100}\" x 10_000_000;", "while (1) { my $t = substr $s, 9_000_000, 5 }"),
    ("lc of characters", "our $s = \"\\x{100}\" x 5_000_000;", "while (1) { my $t = lc $s }"),
    ("utf8::encode", "our $s = \"\\x{100}\" x 10_000_000;", "while (1) { my $t = $s; utf8::encode $t; utf8::decode $t }"),
    ("utf8::upgrade", "our $s = \"\\xff\" x 20_000_000;", "while (1) { my $t = $s; utf8::upgrade $t; utf8::downgrade $t }"),
    ("quotemeta", "our $s = 'a.' x 10_000_000;", "while (1) { my $t = quotemeta $s }"),
    ("hex", "no warnings; our $s = 'a' x 20_000_000;", "while (1) { my $t = hex $s }"),
    ("a string as a number", "no warnings; our $s = '1' x 10_000_000;", "while (1) { my $t = $s + 0 }"),
    ("chop of characters", "our $s = \"\\x{100}\" x 10_000_000;", "while (1) { my $t = $s; chop $t }"),
    ("slice of a hash", "our %h; our @k = 1 .. 500_000;", "while (1) { @h{@k} = @k; delete @h{@k} }"),
    ("letting go of a hash", "", "while (1) { my %h; @h{1 .. 300_000} = (); undef %h }"),
    ("List::Util's blocks", "use List::Util qw(first reduce); our @l = 1 .. 300_000;", "while (1) { first { 0 } @l; reduce { $a } @l }"),
    ("Storable", "use Storable 'dclone'; our @l = map { [$_] } 1 .. 300_000;", "while (1) { my $c = dclone \\@l }"),
    ("a digest", "use Digest::MD5 'md5_hex'; our $s = 'ab' x 20_000_000;", "while (1) { my $t = md5_hex $s }"),
    ("base64", "use MIME::Base64; our $s = 'ab' x 10_000_000;", "while (1) { my $t = decode_base64 encode_base64 $s }"),
    ("Encode", "use Encode; our $s = \"\\x{100}\" x 2_000_000;", "while (1) { my $t = decode 'UTF-8', encode 'UTF-8', $s }"),
    ("slurping", "open my $o, '>', $file; print $o 'x' x 40_000_000; close $o;", "while (1) { local $/; open my $f, '<', $file; my $t = <$f> }"),
    ("lines of a file", "open my $o, '>', $file; print $o \"line\\n\" x 1_000_000; close $o;", "while (1) { open my $f, '<', $file; my @l = <$f> }"),
    ("a here-document of many lines", "our $t = \"<<E;\\n\" . \"line\\n\" x 200_000 . \"E\\n\";", "eval $t while 1"),
    ("a pattern of many words", "our $p = join '|', map { \"w$_\" } 1 .. 5_000;", "while (1) { my $m = 'w5000' =~ /^(?:$p)$/; $p .= '|x' }"),

    // sleeping
    ("sleep", "", "sleep 100"),
    ("four-argument select", "", "select undef, undef, undef, 100"),
    ("select on a handle", "pipe my $r, my $w; my $v = ''; vec($v, fileno $r, 1) = 1;", "select my $x = $v, undef, undef, undef"),
    ("readline", "pipe my $r, my $w;", "our $l = <$r>"),
    ("sysread", "pipe my $r, my $w;", "sysread $r, my $b, 10"),
    ("syswrite", "pipe my $r, my $w; my $b = 'x' x 1000;", "1 while syswrite $w, $b"),
    ("print", "pipe my $r, my $w; my $b = 'x' x 1000;", "1 while print $w $b"),
    ("open of a fifo", "use POSIX 'mkfifo'; mkfifo \"$file.fifo\", 0600;", "open my $f, '<', \"$file.fifo\"; my $l = <$f>"),
    ("flock", "use Fcntl ':flock'; open my $f, '+<', $file; open my $g, '+<', $file; flock $f, LOCK_EX;", "flock $g, LOCK_EX"),
    ("waitpid", "my $p = open my $c, '-|', 'sleep', 100; child($p);", "waitpid $p, 0"),
    ("wait", "my $p = open my $c, '-|', 'sleep', 100; child($p);", "wait"),
    ("close of a command's pipe", "my $p = open my $c, '|-', 'sleep', 100; child($p);", "close $c"),
    ("system", "", "system 'sleep', 2 while 1"),
    ("backticks", "", "while (1) { my $x = `sleep 2` }"),
    ("accept", "use Socket; socket my $s, AF_INET, SOCK_STREAM, 0; listen $s, 1;", "accept my $c, $s"),
    ("recv", "use Socket; socketpair my $a, my $b, AF_UNIX, SOCK_DGRAM, 0;", "recv $a, my $d, 10, 0"),
    ("msgrcv", "use IPC::SysV qw(IPC_PRIVATE S_IRUSR S_IWUSR); $q //= msgget IPC_PRIVATE, S_IRUSR | S_IWUSR; sub tidy { msgctl $q, 0, 0 }", "msgrcv $q, my $m, 10, 0, 0"),
    ("semop", "use IPC::SysV qw(IPC_PRIVATE S_IRUSR S_IWUSR); $q //= semget IPC_PRIVATE, 1, S_IRUSR | S_IWUSR; sub tidy { semctl $q, 0, 0, 0 }", "semop $q, pack 's3', 0, -1, 0"),
];

/// A small generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// An interpreter, and what its scripts tell of themselves.
struct Stage {
    perl: Perl,
    running: Arc<AtomicBool>,
    children: Arc<Mutex<Vec<i32>>>,
}

impl Stage {
    /// `signals`: it has those of the process.
    fn new(signals: bool, file: &str) -> Stage {
        let mut builder = Perl::builder().grant(Capability::ForkWithThreads);
        if signals {
            builder = builder.grant(Capability::Signals);
        }
        let mut stage = Stage {
            perl: builder.build(),
            running: Arc::default(),
            children: Arc::default(),
        };
        let (running, children) = (stage.running.clone(), stage.children.clone());
        stage.perl.define("running", move |_, ()| {
            running.store(true, Ordering::SeqCst);
            Ok(())
        });
        stage.perl.define("child", move |_, pid: i32| {
            children.lock().map(|mut list| list.push(pid)).ok();
            Ok(())
        });
        let name = stage.perl.scalar("main::file");
        name.set(&mut stage.perl, file).expect("a variable");
        stage
    }

    /// Runs a script, stops it after a while; how long it went on.
    fn delay(&mut self, text: &str, pause: Duration) -> Duration {
        self.running.store(false, Ordering::SeqCst);
        let (interrupter, running) = (self.perl.interrupter(), self.running.clone());
        let thread = nix::unistd::gettid();
        let (send, receive) = mpsc::channel();
        let stopper = std::thread::spawn(move || {
            while !running.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(pause);
            let before = waited(thread);
            let _ = send.send((Instant::now(), before));
            interrupter.interrupt();
        });
        let outcome = self.perl.eval::<()>(text);
        let (end, after) = (Instant::now(), waited(thread));
        self.running.store(true, Ordering::SeqCst);
        let _ = stopper.join();
        match outcome {
            Err(error) if error.kind() == &ErrorKind::Interrupted => {}
            other => panic!("ended by itself: {text}: {other:?}"),
        }
        for pid in self
            .children
            .lock()
            .map(|mut list| std::mem::take(&mut *list))
            .unwrap_or_default()
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
        assert_eq!(
            self.perl.eval::<i64>("40 + 2").ok(),
            Some(42),
            "after {text}"
        );
        let (begun, before) = receive.recv().unwrap_or((end, after));
        end.saturating_duration_since(begun)
            .saturating_sub(after.saturating_sub(before))
    }
}

/// How long a thread has waited for a processor (the second number of schedstat).
fn waited(thread: Pid) -> Duration {
    let file = format!("/proc/self/task/{thread}/schedstat");
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let mut fields = text.split_whitespace().map(str::parse);
    match fields.nth(1) {
        Some(Ok(nanoseconds)) => Duration::from_nanos(nanoseconds),
        _ => Duration::ZERO,
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|w| !w.starts_with('-'))
        .collect();
    let rounds: usize = std::env::var("ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(15);
    let file = std::env::temp_dir().join(format!("keshi-interrupt-{}", std::process::id()));
    std::fs::write(&file, "a file to lock").expect("a temporary file");
    let name = file.display().to_string();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut late, mut greatest) = (0, Duration::ZERO);
    println!(
        "{:>30}   with signals: least, middle, greatest   without",
        "milliseconds"
    );
    for (title, before, script) in CASES {
        if !words.is_empty() && !words.iter().any(|word| title.contains(word.as_str())) {
            continue;
        }
        print!("{title:>30}");
        for signals in [true, false] {
            let mut stage = Stage::new(signals, &name);
            let text = format!("{before} running(); {script}");
            let one = |_| stage.delay(&text, Duration::from_micros(500 + random.below(15_000)));
            let mut delays: Vec<Duration> = (0..rounds.max(1)).map(one).collect();
            delays.sort();
            let [least, middle, most] =
                [0, delays.len() / 2, delays.len() - 1].map(|at| delays[at]);
            let shown = [least, middle, most].map(|d| format!("{:8.2}", d.as_secs_f64() * 1e3));
            print!("   {}", shown.concat());
            late += usize::from(middle > LATEST);
            greatest = greatest.max(most);
            let _ = stage.perl.eval::<()>("tidy() if defined &tidy");
        }
        println!();
    }
    for left in [file.clone(), file.with_extension("fifo")] {
        let _ = std::fs::remove_file(left);
    }
    println!("{late} middle delays above {LATEST:?}; the greatest of all: {greatest:.2?}");
    ExitCode::from(u8::from(late > 0))
}
