//! What the host keeps and gets back: its signals, its panics, its pending interrupts, its memory.
use keshi::{
    Capability, Code, Error, ErrorKind, LimitKind, Limits, Native, Output, Perl, Result, Value,
};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// The lines of /proc/self/status about signals: blocked, ignored, caught.
fn signals() -> Vec<String> {
    let text = std::fs::read_to_string("/proc/thread-self/status").unwrap();
    let lines = text.lines().filter(|line| line.starts_with("Sig"));
    lines.skip(2).map(str::to_string).collect()
}

#[test]
fn signals_come_back() {
    if !crate::alone("host::signals_come_back") {
        return;
    }
    // the signal of the waker stays caught
    drop(Perl::builder().grant(Capability::Signals).build());
    let before = signals();
    let mut perl = Perl::builder().grant(Capability::Signals).build();
    perl.eval::<()>(
        "$SIG{PIPE} = sub { 1 }; $SIG{USR1} = 'IGNORE'; $SIG{INT} = 'DEFAULT'; $SIG{CHLD} = sub { };
         use POSIX; sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIGUSR2)); kill USR2 => $$;
         alarm 1; $SIG{ALRM} = sub { die 'late' }; kill USR1 => $$; 1",
    )
    .unwrap_err_or_ok();
    assert_ne!(signals(), before);
    perl.eval::<()>(
        "use Time::HiRes 'setitimer', 'ITIMER_VIRTUAL'; setitimer(ITIMER_VIRTUAL, 0.01)",
    )
    .unwrap();
    // blocked signals that came for the script are let in under its own handlers
    perl.eval::<()>("$SIG{USR2} = sub { }; sigprocmask(SIG_UNBLOCK, POSIX::SigSet->new(SIGUSR2))")
        .unwrap();
    drop(perl);
    assert_eq!(signals(), before, "Rust's own SIGPIPE among them");
    // an alarm that was left running would end this process
    let end = std::time::Instant::now() + Duration::from_millis(1300);
    while std::time::Instant::now() < end {
        std::hint::black_box(signals());
    }
}

trait Either {
    fn unwrap_err_or_ok(self);
}

impl<T> Either for Result<T> {
    fn unwrap_err_or_ok(self) {
        if let Err(error) = self {
            assert_ne!(error.kind(), &ErrorKind::Panicked);
        }
    }
}

#[test]
fn panics_of_hooks_are_errors() {
    let usable = |perl: &mut Perl| assert_eq!(perl.eval::<i64>("6 * 7").unwrap(), 42);
    let mut perl = Perl::builder().on_warn(|_| panic!("one")).build();
    let error = perl.eval::<()>("warn 'x'").unwrap_err();
    assert!(
        error
            .text()
            .starts_with("on_warn: panic: one at (eval 1) line 1."),
        "{error}"
    );
    assert!(
        perl.eval::<bool>("eval { warn 'x' }; $@ =~ /^on_warn/")
            .unwrap()
    );
    usable(&mut perl);

    let mut perl = Perl::builder().on_die(|_| panic!("two")).build();
    let error = perl.eval::<()>("die 'x'").unwrap_err();
    assert!(error.text().starts_with("on_die: panic: two at"), "{error}");
    usable(&mut perl);

    let mut perl = Perl::builder()
        .on_require(|file| match file {
            "Three.pm" => panic!("three"),
            _ => None,
        })
        .build();
    let error = perl.require("Three").unwrap_err();
    assert!(
        error.text().starts_with("on_require: panic: three"),
        "{error}"
    );
    usable(&mut perl);

    let mut perl = Perl::builder()
        .stdout(Output::Call(Box::new(|_| panic!("four"))))
        .build();
    let printed: bool = perl.eval("$| = 1; (print 'x') || $!{EIO} == 0").unwrap();
    assert!(!printed);
    usable(&mut perl);
}

#[test]
fn a_panic_in_the_drop_of_an_object_is_held_up() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in drop");
        }
    }
    let mut perl = Perl::new();
    perl.define("bomb", |call, ()| call.new_object("Bomb", Bomb));
    assert_eq!(
        perl.eval::<String>("{ my $b = bomb() } 'after'").unwrap(),
        "after"
    );
    assert_eq!(perl.eval::<i64>("our $kept = bomb(); 1").unwrap(), 1);
}

#[test]
fn a_native_that_swallows_a_limit_is_stopped_as_well() {
    let limits = [
        (
            LimitKind::Time,
            Limits::new().time(Duration::from_millis(50)),
            "1 while 1",
        ),
        (LimitKind::Steps, Limits::new().steps(2000), "1 while 1"),
        (
            LimitKind::Memory,
            Limits::new().memory(1 << 20),
            "my @l; push @l, 'x' x 99 while 1",
        ),
        (
            LimitKind::Recursion,
            Limits::new().recursion(50),
            "sub r { r() } r()",
        ),
        (
            LimitKind::StringSize,
            Limits::new().string_size(1000),
            "my $s = 'x' x 1001",
        ),
    ];
    for (kind, limits, body) in limits {
        let mut perl = Perl::builder().limits(limits).build();
        perl.define("swallow", |call, code: Code| {
            Ok(code.call::<Value>(call, ()).is_ok())
        });
        for script in [
            format!("swallow(sub {{ {body} }}) while 1"),
            format!("sub D::DESTROY {{ eval {{ {body} }} }} {{ my $d = bless [], 'D' }} 1 while 1"),
        ] {
            let error = perl.eval::<()>(&script).unwrap_err();
            assert_eq!(error.kind(), &ErrorKind::Limit(kind), "{script}");
        }
    }
}

#[test]
fn no_time_is_a_limit_too() {
    for _ in 0..20 {
        let mut perl = Perl::builder()
            .limits(Limits::new().time(Duration::ZERO))
            .build();
        let error = perl.eval::<i64>("1").unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Limit(LimitKind::Time));
    }
}

#[test]
fn a_look_does_not_use_an_interrupt_up() {
    let mut perl = Perl::builder().stdout(Output::Capture).build();
    perl.interrupter().interrupt();
    perl.take_output();
    perl.define("nothing", |_, ()| Ok(()));
    let _ = (
        perl.scalar("x"),
        perl.array("y"),
        perl.hash("z"),
        perl.code("f"),
    );
    let error = perl.eval::<()>("1 while 1").unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Interrupted);
}

#[test]
fn limits_can_change() {
    let mut perl = Perl::new();
    let deep = "sub d { $_[0] ? d($_[0] - 1) : 5 } d(1000)";
    assert_eq!(perl.eval::<i64>(deep).unwrap(), 5);
    perl.set_limits(Limits::new().recursion(100).string_size(1000));
    assert_eq!(
        perl.limits(),
        Limits::new().recursion(100).string_size(1000)
    );
    assert!(perl.eval::<i64>("d(1000)").is_err());
    assert!(perl.eval::<i64>("length('x' x 2000)").is_err());
    perl.set_limits(Limits::new());
    assert_eq!(perl.eval::<i64>("d(1000)").unwrap(), 5);
    assert_eq!(perl.eval::<i64>("length('x' x 2000)").unwrap(), 2000);
}

#[test]
fn memory_comes_back_after_errors() {
    let limits = Limits::new()
        .memory(16 << 20)
        .time(Duration::from_secs(10))
        .recursion(300);
    let mut perl = Perl::builder().limits(limits).build();
    let errors = [
        "die { a => [1 .. 10] }",
        "sub r { my @l = (1) x 10; r() } r()",
        "my @l; push @l, 'x' x 10_000 while 1",
        r"eval { my %h = map { $_ => [$_] } 1 .. 10; die \%h }; 1",
        "my $s = ",
        "my @l = sort { die 'x' } 1 .. 100",
        "local $SIG{__DIE__} = sub { die [@_] }; die 'x'",
        "my $f; $f = sub { my $x = shift; $x > 50 ? die 'deep' : $f->($x + 1) }; my $g = $f; undef $f; eval { $g->(1) }; 1",
    ];
    let round = |perl: &mut Perl| {
        for text in errors {
            let _ = perl.eval::<()>(text);
        }
        perl.eval::<()>("$@ = ''; 1").unwrap();
        perl.memory_used().unwrap()
    };
    for _ in 0..5 {
        round(&mut perl);
    }
    let before = round(&mut perl);
    for _ in 0..30 {
        round(&mut perl);
    }
    let after = round(&mut perl);
    assert!(after < before + 100_000, "{before} -> {after}");
}

#[test]
fn closures_are_let_go_of() {
    let alive = Rc::new(Cell::new(0));
    struct Count(Rc<Cell<i32>>);
    impl Drop for Count {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }
    let mut perl = Perl::new();
    for n in 0..10 {
        alive.set(alive.get() + 1);
        let count = Count(alive.clone());
        let code = perl.new_code(move |_, ()| Ok(count.0.get()));
        assert_eq!(code.call::<i64>(&mut perl, ()).unwrap(), 1, "{n}");
        assert_eq!(
            perl.call::<i64>("CORE::ref", &code).map(|_| 0).unwrap_or(0),
            0
        );
        drop(code);
        assert_eq!(alive.get(), 0);
    }
    // one that takes its own place while it runs
    alive.set(1);
    let count = Count(alive.clone());
    perl.define("again", move |call, ()| {
        call.eval::<()>("no warnings; *again = sub { 'another' }")?;
        Ok(count.0.get())
    });
    assert_eq!(perl.eval::<i64>("again()").unwrap(), 1);
    assert_eq!(perl.eval::<String>("again()").unwrap(), "another");
    assert_eq!(alive.get(), 0);
}

#[test]
fn objects_are_checked() {
    let mut perl = Perl::new();
    perl.define("make", |call, n: i64| call.new_object("N", Cell::new(n)));
    perl.define("bump", |_, n: Native<Cell<i64>>| {
        n.set(n.get() + 1);
        Ok(n)
    });
    perl.define("value", |_, n: Native<Cell<i64>>| Ok(n.get()));
    assert_eq!(
        perl.eval::<i64>("my $n = make(4); value(bump(bump($n)))")
            .unwrap(),
        6
    );
    for wrong in [
        "bless {}, 'N'",
        r"bless \my $x, 'N'",
        "1",
        "undef",
        "[]",
        "'N'",
    ] {
        let error = perl.eval::<()>(&format!("value({wrong})")).unwrap_err();
        assert!(
            error.text().starts_with("main::value: "),
            "{wrong}: {error}"
        );
        assert_eq!(error.kind(), &ErrorKind::Died);
    }
    perl.define("text", |call, ()| {
        call.new_object("N", String::from("text"))
    });
    assert!(perl.eval::<()>("value(text())").is_err());
    perl.eval::<()>("sub N::DESTROY { $main::value = value($_[0]) } { my $n = make(9) }")
        .unwrap();
    assert_eq!(
        perl.eval::<i64>("$value").unwrap(),
        9,
        "DESTROY sees the value"
    );
}

#[test]
fn rust_errors_come_through() {
    use std::error::Error as _;
    let mut perl = Perl::new();
    perl.define("number", |_, text: String| Ok(text.parse::<i64>()?));
    perl.define("through", |call, code: Code| code.call::<Value>(call, ()));
    let error = perl
        .eval::<()>("through(sub { eval { number('x') }; die $@ })")
        .unwrap_err();
    let cause = error.source().unwrap();
    assert!(cause.downcast_ref::<std::num::ParseIntError>().is_some());
    assert_eq!(
        error.text(),
        "invalid digit found in string at (eval 1) line 1.\n"
    );
    let error = perl
        .eval::<()>("eval { number('x') }; die 'other'")
        .unwrap_err();
    assert!(error.source().is_none());
    fn host(perl: &mut Perl) -> std::result::Result<i64, Box<dyn std::error::Error + Send + Sync>> {
        let n: i64 = "5".parse()?;
        Ok(n + perl.eval::<i64>("2")?)
    }
    assert_eq!(host(&mut perl).unwrap(), 7);
    perl.define("dies", |call, ()| -> Result<()> {
        let list = call.new_array();
        list.push(call, 5)?;
        Err(call.die(list))
    });
    assert_eq!(perl.eval::<i64>("eval { dies() }; $@->[0]").unwrap(), 5);
    perl.define("says", |call, ()| -> Result<()> { Err(call.die("said")) });
    assert_eq!(
        perl.eval::<String>("\n\neval { says() }; $@").unwrap(),
        "said at (eval 5) line 3.\n"
    );
    let error = Error::from(std::io::Error::from_raw_os_error(2));
    assert_eq!(error.to_string(), "No such file or directory (os error 2)");
}
