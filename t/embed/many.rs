//! Several interpreters in one process and on different threads know nothing of each other.
use keshi::{Code, Output, Perl};

#[test]
fn beside_each_other() {
    let (mut one, mut two) = (Perl::new(), Perl::new());
    one.eval::<()>("our $x = 'one'; srand 7; sub DESTROY { $main::gone .= 'one' } $0 = 'first'")
        .unwrap();
    two.eval::<()>("our $x = 'two'; srand 7; sub DESTROY { $main::gone .= 'two' }")
        .unwrap();
    assert_eq!(one.eval::<String>("$x").unwrap(), "one");
    assert_eq!(two.eval::<String>("$x").unwrap(), "two");
    let (a, b): (f64, f64) = (one.eval("rand").unwrap(), two.eval("rand").unwrap());
    assert_eq!(a, b, "each has its own random numbers");
    let object: keshi::Object = one.eval("bless []").unwrap();
    two.eval::<()>("bless []; 1").unwrap();
    drop(object);
    assert_eq!(two.eval::<String>("$gone").unwrap(), "two");
    assert_eq!(one.eval::<String>("$gone").unwrap(), "one");
    two.eval::<()>("chop $SIG{__WARN__}; $, = '-'; $/ = undef; local $| = 1")
        .unwrap();
    assert_eq!(one.eval::<i64>("defined($,) ? 0 : length $/").unwrap(), 1);
}

#[test]
fn inside_each_other() {
    let mut outer = Perl::new();
    outer.define("inner", |_, code: String| {
        let mut perl = Perl::sandbox().build();
        perl.eval::<String>(&code)
    });
    let said: String = outer
        .eval("my $d = 0; package K { sub DESTROY { $d++ } } my $k = bless [], 'K'; my $i = inner('our $v = 5; $v * 2'); undef $k; \"$i $d\"")
        .unwrap();
    assert_eq!(said, "10 1");
    let error = outer.eval::<()>("inner('die qq{deep\\n}')").unwrap_err();
    assert!(error.text().starts_with("deep"), "{error}");
}

#[test]
fn on_threads() {
    let threads: Vec<_> = (0..4)
        .map(|n| {
            std::thread::spawn(move || {
                let mut perl = Perl::builder().stdout(Output::Capture).build();
                perl.scalar("n").set(&mut perl, n).unwrap();
                let sum: i64 = perl
                    .eval("my $s = 0; for my $i (1 .. 20000) { $s += $i % ($n + 2); $h{$i % 10} .= 'x' } print `echo $n`; $s")
                    .unwrap();
                let expected: i64 = (1..=20000).map(|i| i % (n + 2)).sum();
                assert_eq!(sum, expected);
                assert_eq!(perl.take_output(), format!("{n}\n").into_bytes());
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn one_after_the_other_leave_nothing_behind() {
    // What the other tests take beside it would be counted too.
    if !crate::alone("many::one_after_the_other_leave_nothing_behind") {
        return;
    }
    let memory = || -> u64 {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap();
        text.split(' ').nth(1).unwrap().parse().unwrap()
    };
    let descriptors = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let run = || {
        let mut perl = Perl::builder().stdout(Output::Capture).build();
        perl.eval::<()>("use List::Util 'sum'; my $x = { a => [1 .. 1000] }; $x->{self} = sub { sum @{$x->{a}} }; print $x->{self}->()")
            .unwrap();
        assert_eq!(perl.take_output(), b"500500");
    };
    for _ in 0..10 {
        run();
    }
    let (before, open) = (memory(), descriptors());
    for _ in 0..60 {
        run();
    }
    let grown = memory().saturating_sub(before) * 4;
    println!("grown by {grown} KiB over 60 interpreters");
    assert!(grown < 60 * 250, "{grown} KiB");
    assert!(descriptors() <= open + 8, "descriptors are left open");
}

#[test]
fn a_handle_may_outlive_its_interpreter() {
    let mut perl = Perl::new();
    let code: Code = perl
        .eval("my $x = bless [], 'K'; sub K::DESTROY { die } sub { $x }")
        .unwrap();
    drop(perl);
    let mut other = Perl::new();
    assert!(code.call::<()>(&mut other, ()).is_err());
    drop(code);
}

/// A script cannot leave behind what its memory limit let it take, however it ties it up.
#[test]
fn circles_go_with_their_interpreter() {
    if !crate::alone("many::circles_go_with_their_interpreter") {
        return;
    }
    let resident = || -> u64 {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap();
        text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4
    };
    let run = || {
        let limits = keshi::Limits::new().memory(16 << 20);
        let mut perl = Perl::sandbox().limits(limits).build();
        perl.eval::<()>(
            "sub tie_up {
                 my $list = [1 .. 1000]; push @$list, $list;
                 my %hash; $hash{$_} = { up => \\%hash } for 1 .. 50;
                 my $sub; $sub = sub { $list if $sub };
                 my $ref; $ref = \\$ref;
                 my $object = bless { list => $list }, 'K'; $object->{self} = $object;
             }
             sub K::DESTROY { $main::gone++ }
             sub K::again { $_[1] and $_[0]->again($_[1] - 1) }
             K->again(3); tie_up() for 1 .. 50",
        )
        .unwrap();
        let used = perl.memory_used().unwrap();
        assert!(used > 1_000_000, "{used}");
    };
    for _ in 0..20 {
        run();
    }
    let before = resident();
    for _ in 0..30 {
        run();
    }
    let grown = resident().saturating_sub(before);
    println!("grown by {grown} KiB");
    assert!(
        grown < 10_000,
        "{grown} KiB over 30 interpreters of more than 1 MB"
    );
}

/// What a host holds of a dropped interpreter is of no use, and no harm.
#[test]
fn handles_of_a_swept_interpreter() {
    let limits = keshi::Limits::new().memory(16 << 20);
    let mut perl = Perl::builder().limits(limits).build();
    let list: keshi::Array = perl.eval("my $l = [1, 2]; push @$l, $l; $l").unwrap();
    let object = perl.new_object("Kept", String::from("kept")).unwrap();
    drop(perl);
    assert_eq!(*object.native::<String>().unwrap(), "kept");
    assert_eq!(object.class(), "Kept");
    let mut other = Perl::new();
    assert!(list.len(&mut other).is_err());
    let again = list.clone();
    drop(list);
    assert!(format!("{again:?}").starts_with("ARRAY("));
}
