//! Input, output, children.
use keshi::{Capability, ErrorKind, Input, Output, Perl};
use std::cell::RefCell;
use std::rc::Rc;

#[test]
fn capture_takes_what_children_write() {
    let mut perl = Perl::builder()
        .stdout(Output::Capture)
        .stderr(Output::Capture)
        .grant(Capability::ForkWithThreads)
        .build();
    perl.eval::<()>("print 'a'; system 'echo b; echo e >&2'; print STDERR 'f'; warn \"w\\n\"")
        .unwrap();
    assert_eq!(perl.take_output(), b"ab\n");
    assert_eq!(perl.take_errors(), b"e\nfw\n");
    perl.eval::<()>("print 'p'; my $pid = fork // die $!; if (!$pid) { print 'c'; exec 'echo', 'x' } waitpid $pid, 0; print 'q'")
        .unwrap();
    assert_eq!(perl.take_output(), b"pcx\nq");
    assert_eq!(perl.take_output(), b"");
}

#[test]
fn a_forked_child_never_comes_back() {
    let mut perl = Perl::builder()
        .stdout(Output::Capture)
        .grant(Capability::ForkWithThreads)
        .build();
    let status: i64 = perl
        .eval("my $pid = fork // die $!; if (!$pid) { print 'child'; } else { waitpid $pid, 0; } $pid ? $? : 0")
        .unwrap();
    assert_eq!(status, 0);
    assert_eq!(perl.take_output(), b"child");
    let status: i64 = perl
        .eval("my $pid = fork // die $!; exit 7 if !$pid; waitpid $pid, 0; $? >> 8")
        .unwrap();
    assert_eq!(status, 7);
    let status: i64 = perl
        .eval("close STDERR; my $pid = fork // die $!; die 'in child' if !$pid; waitpid $pid, 0; $? >> 8")
        .unwrap();
    assert!(status > 0);
}

#[test]
fn the_host_keeps_its_process() {
    let mut perl = Perl::new();
    assert_eq!(
        perl.eval::<()>("exit 4").unwrap_err().kind(),
        &ErrorKind::Exit(4)
    );
    assert_eq!(
        perl.eval::<()>("use POSIX; POSIX::_exit(5)")
            .unwrap_err()
            .kind(),
        &ErrorKind::Exit(5)
    );
    assert_eq!(
        perl.eval::<String>("exec('true'); \"$!\"").unwrap(),
        "Permission denied"
    );
    perl.eval::<()>("close STDOUT; close STDERR; close STDIN; open STDOUT, '>', '/dev/null'")
        .unwrap();
    println!("still here");
    assert_eq!(perl.eval::<i64>("wait").unwrap(), -1);
}

#[test]
fn input_of_every_kind() {
    for refuse in [false, true] {
        let mut builder = Perl::builder().stdin(Input::Bytes(b"one\ntwo\n".to_vec()));
        if refuse {
            builder = builder.refuse(Capability::Processes);
        }
        let mut perl = builder.build();
        assert_eq!(
            perl.eval::<Vec<String>>("chomp(my @l = <STDIN>); @l")
                .unwrap(),
            ["one", "two"]
        );
    }
    let mut perl = Perl::builder().stdin(Input::Null).build();
    assert!(perl.eval::<bool>("eof(STDIN)").unwrap());
    let file = std::fs::File::open("/dev/zero").unwrap();
    let mut perl = Perl::builder().stdin(Input::Fd(file.into())).build();
    assert_eq!(perl.eval::<i64>("read STDIN, my $b, 3").unwrap(), 3);
}

#[test]
fn output_to_a_function() {
    let text = Rc::new(RefCell::new(Vec::new()));
    let sink = text.clone();
    let mut perl = Perl::builder()
        .stdout(Output::Call(Box::new(move |bytes| {
            sink.borrow_mut().extend_from_slice(bytes)
        })))
        .build();
    perl.eval::<()>("print 'x', 1 .. 3, \"\\n\"; printf '%03d', 7; say STDOUT 'no' if 0")
        .unwrap();
    perl.flush();
    assert_eq!(*text.borrow(), b"x123\n007");
}

#[test]
fn end_blocks_run_at_the_end() {
    let mut perl = Perl::builder().stdout(Output::Capture).build();
    perl.eval::<()>("END { $main::last->() } our $last = sub { print STDOUT 'bye'; $? = 3 }")
        .unwrap();
    assert_eq!(perl.end().code(), 3);
}

#[test]
fn handles_on_descriptors_of_the_host() {
    use std::io::{Read, Write};
    let mut perl = Perl::sandbox().build();
    perl.eval::<()>("sub copy { my ($in, $out) = @_; print $out $_ while <$in>; close $out }")
        .unwrap();
    let (mut read, write) = std::io::pipe().unwrap();
    let (ours, mut fed) = std::io::pipe().unwrap();
    fed.write_all(b"one\ntwo\n").unwrap();
    drop(fed);
    let (input, output) = (
        perl.new_handle(ours).unwrap(),
        perl.new_handle(write).unwrap(),
    );
    perl.call::<()>("copy", (&input, output)).unwrap();
    let mut text = String::new();
    read.read_to_string(&mut text).unwrap();
    assert_eq!(text, "one\ntwo\n");
    // a descriptor to read from is not written to
    perl.define("handle", move |_, ()| Ok(input.clone()));
    let failed = perl.eval::<bool>("my $h = handle(); no warnings; !print $h 'x'");
    assert!(failed.unwrap());
    // the last reference closes it
    let (mut read, write) = std::io::pipe().unwrap();
    drop(perl.new_handle(write).unwrap());
    assert_eq!(read.read(&mut [0; 8]).unwrap(), 0);
    assert_eq!(perl.take_refused(), []);
}
